"""How far has every project of a category come."""

import streamlit as st

from minsheng import labels, ui
from minsheng.charts import bars as charts
from minsheng.model import Light

view = ui.begin()
shot = view.snapshot

names = {labels.ALL_VALUE: labels.ALL, **shot.category_names}
category = ui.choose(labels.COLUMN["category"], "category", names, "pills")
lights = {labels.ALL_VALUE: labels.ALL, **{light: labels.light(light) for light in Light}}
light = ui.choose(labels.COLUMN["light"], "light", lights, "pills")

chosen = [
    project
    for project, row in shot.rows.items()
    if category in (labels.ALL_VALUE, row.category_number)
]
summary = ui.summary(shot, chosen)
chosen = [each for each in chosen if light in (labels.ALL_VALUE, shot.rows[each].light)]

st.title(ui.plain(names[category] if category != labels.ALL_VALUE else labels.ALL_CATEGORIES))
st.markdown(ui.plain(summary))
ui.projects(view, f"category_{category}_{light}", chosen)
if chosen:
    ui.export_link(category=category, light=light)

ui.draw(
    view,
    f"stages_{category}_{light}",
    lambda: charts.stages({key: shot.rows[key] for key in chosen}, shot.parts),
    heading=labels.Q_STAGES,
)
ui.end(view)
