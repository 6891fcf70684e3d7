"""Everything about one project: the promise, the text, the figures, and how they came about."""

import streamlit as st

from minsheng import labels, ui
from minsheng.charts import progress
from minsheng.labels import trend

view = ui.begin()
shot = view.snapshot
if not shot.rows:
    st.info(labels.NOTHING_CHOSEN)
    ui.end(view)
    ui.stop()

chosen = ui.wanted(
    labels.COLUMN["project"], "id", {key: row.content for key, row in shot.rows.items()}
)
row, parts = shot.rows[chosen], shot.parts[chosen]

ui.project_head(view, chosen)
count, bar = ui.beside(300, 874)
with count:
    ui.project_count(view, chosen)
with bar:
    ui.draw(view, f"project_{chosen}", lambda: progress.bullet(row, parts, ui.width()))

left, right = ui.beside(587, 587)
with left:
    ui.project_text(view, chosen)
    ui.project_places(view, chosen)
with right:
    ui.project_evidence(view, chosen)

if shot.previous:
    st.subheader(labels.Q_HISTORY)
    ui.draw(view, f"history_{chosen}", lambda: ui.history(view, chosen))
    st.subheader(trend.Q_TEXTS)
    ui.past_texts(view, chosen)
ui.project_way(view, chosen)
ui.end(view)
