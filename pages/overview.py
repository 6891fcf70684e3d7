"""How far is the year's promise, what is stuck, whose is it."""

from minsheng import ui
from minsheng.charts import progress

view = ui.begin()
shot = view.snapshot

ui.overview_head(view)
if ui.draw(
    view,
    "plan",
    lambda: progress.plan(shot.whole, shot.elapsed, ui.claiming(shot), ui.width()),
    clickable=True,
    twin=False,
):
    ui.go("findings", rule="claimed-above-counted")
ui.light_cells(view)

left, right = ui.beside(688, 482)
with left:
    ui.lagging(view)
with right:
    ui.category_heading(view)
    category = ui.draw(
        view,
        "categories",
        lambda: progress.categories(
            shot.categories, shot.rows, shot.whole, shot.elapsed, ui.width()
        ),
        clickable=True,
        ways=ui.to_category,
    )
if category:
    ui.go("category", category=category)
ui.end(view)
