"""How far has every project of a category come."""

import streamlit as st

from minsheng import charts, labels, ui
from minsheng.model import Light

view = ui.begin()
shot = view.snapshot

names = {labels.ALL_VALUE: labels.ALL, **shot.categories["name"].to_dict()}
category = ui.choose(labels.COLUMN["category"], "category", names, "pills")
lights = {labels.ALL_VALUE: labels.ALL, **{light: labels.light(light) for light in Light}}
light = ui.choose(labels.COLUMN["light"], "light", lights, "pills")

chosen = shot.projects
if category != labels.ALL_VALUE:
    chosen = chosen[chosen["category_number"] == category]
summary = ui.summary(shot, chosen)
if light != labels.ALL_VALUE:
    chosen = chosen[chosen["light"] == light]

st.title(ui.plain(names[category] if category != labels.ALL_VALUE else labels.ALL_CATEGORIES))
st.markdown(ui.plain(summary))
ui.projects(view, f"category_{category}_{light}", chosen)
if not chosen.empty:
    ui.export_link(category=category, light=light)

ui.draw(
    view,
    f"stages_{category}_{light}",
    lambda: charts.stages(chosen, shot.indicators),
    heading=labels.Q_STAGES,
)
ui.end(view)
