"""How far has every lead department come, and how firm is its rank."""

import streamlit as st

from minsheng import labels, ui
from minsheng.charts import bars as charts

view = ui.begin()
shot = view.snapshot
board = shot.departments

names = {labels.ALL_VALUE: labels.ALL, **{ui.slug(name): name for name in board}}
department = ui.choose(labels.COLUMN["department"], "department", names)

if department == labels.ALL_VALUE:
    st.title(labels.Q_BOARD)
    st.markdown(
        ui.plain(
            labels.JOINT.format(
                projects=len(shot.rows), credits=sum(each.projects for each in board.values())
            )
        )
    )
    clicked = ui.draw(view, "board", lambda: charts.departments(board, shot.elapsed), True)
    ui.note(labels.RANK_NOTE)
    if clicked:
        ui.go("department", department=ui.slug(clicked))
else:
    chosen = [key for key, row in shot.rows.items() if names[department] in row.leads]
    st.title(ui.plain(names[department]))
    st.markdown(ui.plain(ui.summary(shot, chosen)))
    ui.projects(view, f"department_{department}", chosen)
    ui.export_link(department=department)

ui.end(view)
