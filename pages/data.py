"""In what state is the file, and by which rules is it read."""

import streamlit as st

from minsheng import labels, ui
from minsheng.findings import CATALOGUE

view = ui.begin()
state, shot = view.state, view.snapshot
st.title(labels.PAGES["data"])

st.subheader(labels.Q_FILE)
ui.file_facts(view)

st.subheader(labels.Q_PROBLEMS)
ui.problems(state)
if not state.problems:
    st.markdown(labels.NO_PROBLEMS)

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

ui.access.section()
ui.end(view)
