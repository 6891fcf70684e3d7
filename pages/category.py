"""How far has every project of a category come."""

from minsheng import labels, ui
from minsheng.labels import screens
from minsheng.measuring.leaderboard import WORST_FIRST
from minsheng.model import Light

view = ui.begin()
shot = view.snapshot

every = {labels.ALL_VALUE: labels.ALL}
category = ui.wanted(labels.COLUMN["category"], "category", every | shot.category_names)
lights = {light: labels.light(light) for light in WORST_FIRST}
light = ui.wanted(labels.COLUMN["light"], "light", every | lights)
order = ui.wanted(screens.ORDER, "order", screens.PROJECT_ORDERS)

groups = ui.groups(
    shot,
    category=None if category == labels.ALL_VALUE else category,
    light=None if light == labels.ALL_VALUE else Light(light),
    worst=order == "worst",
)
ui.category_head(view, category=category, light=light, order=order)
ui.projects(view, groups, category=category, light=light, order=order)
if category != labels.ALL_VALUE:
    ui.check_first(shot, [row.id for _, rows in groups for row in rows])
ui.end(view)
