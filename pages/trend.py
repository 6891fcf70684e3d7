"""How did it go over the periods, and what changed since the last one."""

import streamlit as st

from minsheng import labels, ui
from minsheng.measuring.snapshot import Filters

view = ui.begin()
shot, series = view.snapshot, ui.series(view)

every = {labels.ALL_VALUE: labels.ALL}
categories = shot.category_names
leads = {ui.slug(name): name for name in shot.departments}
category = ui.wanted(labels.COLUMN["category"], "category", every | categories)
department = ui.wanted(labels.COLUMN["department"], "department", every | leads)
place = ui.Place(category, department, categories, leads)
chosen = shot.chosen(
    Filters(
        categories=() if category == labels.ALL_VALUE else (category,),
        departments=() if department == labels.ALL_VALUE else (leads[department],),
    )
)
within = set(chosen)
changes = [change for change in series.changes if change.project in within]
key = f"over_time_{category}_{department}"

if shot.previous:
    ui.trend_head(view, place, changes)
else:
    ui.pace_head(view, place, chosen)
if not chosen:
    st.info(labels.NOTHING_CHOSEN)
    ui.end(view)
    ui.stop()

left, right = ui.beside(640, 532)
with left:
    if shot.previous:
        ui.matrix(view, chosen)
    else:
        ui.at_this_pace(view, chosen)
with right:
    ui.lines_heading(view, place)
    ui.draw(view, key, lambda: ui.over_time(view, place))
    if shot.previous:
        ui.lights_over_time(view, chosen)
    else:
        ui.next_period(view)
if shot.previous:
    ui.changes(view, place, changes)
ui.end(view)
