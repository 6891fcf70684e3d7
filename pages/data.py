"""The staff's desk: the state of the file, what goes into it, what was saved."""

import streamlit as st

from minsheng import labels, ui
from minsheng.measuring.findings import CATALOGUE

view = ui.begin(asks_period=False)
tab = ui.desk.chosen(view)
if tab != ui.desk.STATE:
    ui.desk.show(view, tab)
    ui.end(view)
    ui.stop()

state, shot = view.state, view.snapshot
st.subheader(labels.Q_FILE)
ui.file_facts(view)

st.subheader(labels.Q_PROBLEMS)
ui.problems(state)
if not state.problems:
    st.markdown(labels.NO_PROBLEMS)

ui.access.section()

st.subheader(labels.Q_RULES)
st.markdown("\n".join(f"- {ui.plain(words)}" for words in labels.RULES_TEXT))
st.markdown(ui.plain(labels.limits(shot.dataset.thresholds)))

st.subheader(labels.Q_CATALOGUE)
st.markdown(
    "\n\n".join(
        f"**{ui.plain(labels.RULES[code].title)}**（{labels.SEVERITY[severity]}） "
        f"{ui.plain(labels.RULES[code].why)}"
        for code, (severity, _) in CATALOGUE.items()
    )
)
ui.end(view)
