"""How far is the year's promise, what is stuck, whose is it."""

import streamlit as st

from minsheng import labels, printed, ui
from minsheng.charts import bars as charts
from minsheng.printed import percent

view = ui.begin()
shot = view.snapshot

st.title(ui.plain(shot.dataset.title))
st.markdown(ui.plain(labels.dated(shot.dataset.place, shot.period.label, shot.period.as_of)))
st.subheader(ui.plain(labels.headline(shot.completion, shot.claimed, shot.elapsed, shot.lights)))

counted = labels.counted_of(shot.known, len(shot.rows))
figures = st.grid(4, min_column_width=150)
for name, value, note in (
    (labels.COLUMN["completion"], percent(shot.completion), counted),
    (labels.DEPARTMENTS_CLAIM, percent(shot.claimed), labels.IF_BELIEVED),
    (labels.COLUMN["gap"], printed.gap(shot.claimed, shot.completion), labels.GAP_NOTE),
    (labels.ELAPSED, percent(shot.elapsed), labels.days(ui.days(shot))),
):
    figures.metric(name, value, border=True, delta=note, delta_color="off", delta_arrow="off")

ui.light_counts(shot)

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(labels.Q_CATEGORIES)
    category = ui.draw(
        view, "categories", lambda: charts.categories(shot.categories, shot.elapsed), True
    )
with right:
    st.subheader(labels.Q_LIGHTS)
    project = ui.draw(
        view,
        "lights",
        lambda: charts.lights(shot.rows),
        True,
    )
if category:
    ui.go("category", category=category)
if project:
    ui.go("project", id=project)

st.subheader(labels.Q_LAGGING)
ui.lagging(shot)
ui.end(view)
