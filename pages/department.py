"""How far has every lead department come, and how firm is its rank."""

from minsheng import labels, ui
from minsheng.charts import progress
from minsheng.labels import screens
from minsheng.measuring import leaderboard

view = ui.begin()
shot = view.snapshot
board = shot.departments

names = {labels.ALL_VALUE: labels.ALL, **{ui.slug(name): name for name in board}}
department = ui.wanted(labels.COLUMN["department"], "department", names)
order = ui.wanted(screens.ORDER, "order", screens.ORDERS)

if department == labels.ALL_VALUE:
    ui.department_head(view, order)
    clicked = ui.draw(
        view,
        f"board_{order}",
        lambda: progress.departments(
            board,
            shot.rows,
            shot.elapsed,
            ui.width(),
            leaderboard.ranked(board) if order == "rank" else leaderboard.worst_first(board),
        ),
        clickable=True,
        ways=ui.to_department,
    )
    ui.note(labels.JOINT.format(projects=len(shot.rows), credits=ui.credits(shot)))
    ui.note(labels.RANK_NOTE)
    if clicked in shot.rows:
        ui.go("project", id=clicked)
    elif clicked:
        ui.go("department", department=ui.slug(clicked))
else:
    name = names[department]
    groups = ui.groups(shot, department=name)
    ui.one_department_head(view, name)
    ui.projects(view, groups, department=department)
    ui.check_first(shot, [row.id for _, rows in groups for row in rows])
ui.end(view)
