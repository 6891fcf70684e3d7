"""Which projects go onto paper, and as what."""

import streamlit as st

from minsheng import labels, ui
from minsheng.measuring.snapshot import Filters
from minsheng.model import Light

view = ui.begin()
shot = view.snapshot
st.title(labels.PAGES["export"])

categories = ui.choose_many(labels.COLUMN["category"], "category", shot.category_names, "pills")
lights = ui.choose_many(
    labels.COLUMN["light"], "light", {light: labels.light(light) for light in Light}, "pills"
)
leads = {ui.slug(name): name for name in shot.departments}
departments = ui.choose_many(labels.COLUMN["leads"], "department", leads)

filters = Filters(categories, tuple(leads[each] for each in departments), tuple(map(Light, lights)))
chosen = shot.chosen(filters)
if not chosen:
    st.info(labels.NOTHING_CHOSEN)
else:
    st.markdown(ui.plain(ui.summary(shot, chosen)))
    ui.downloads(view, filters)
ui.end(view)
