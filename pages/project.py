"""Everything about one project: the promise, the text, the figures, and how they came about."""

import streamlit as st

from minsheng import labels, ui
from minsheng.charts import bars as charts
from minsheng.labels import trend
from minsheng.measuring.explanation import explain

view = ui.begin()
shot = view.snapshot
if not shot.rows:
    st.info(labels.NOTHING_CHOSEN)
    ui.end(view)
    st.stop()

names = {key: f"{key} {row.content}" for key, row in shot.rows.items()}
chosen = ui.choose(labels.COLUMN["project"], "id", names)
row = shot.rows[chosen]
project, report = shot.project(chosen), shot.report(chosen)

st.title(ui.plain(f"{chosen} {project.content}"))
with st.container(horizontal=True, vertical_alignment="center"):
    st.badge(labels.light(row.light), color=ui.BADGE[row.light])
    st.badge(labels.DELIVERY[row.delivery], color="gray")
    ui.link("category", ui.plain(project.category), category=project.category_number)
    for lead in row.leads:
        ui.link("department", ui.plain(lead), department=ui.slug(lead))
ui.details(project, shot.terms(chosen))

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(labels.Q_FIGURES)
    ui.draw(
        view,
        f"project_{chosen}",
        lambda: charts.indicators({chosen: row}, shot.parts, shot.elapsed, headings=False),
    )
    ui.draw(
        view,
        f"project_stages_{chosen}",
        lambda: charts.stages({chosen: row}, shot.parts),
        heading=labels.Q_STAGES,
    )
    st.subheader(labels.Q_WHY)
    for step in explain(shot, chosen):
        ui.explained(view, step)
with right:
    st.subheader(labels.Q_TEXT)
    if report is None:
        st.info(labels.NO_REPORT)
    else:
        ui.report(report)
    st.subheader(labels.Q_FINDINGS)
    for finding in shot.findings_of(chosen):
        ui.finding(finding)
    if not shot.findings_of(chosen):
        ui.note(labels.NO_FINDINGS)
    st.subheader(labels.Q_FORECAST)
    st.markdown(ui.plain(labels.forecast(row.completion, row.forecast, row.pace)))
    ui.note(labels.FORECAST_NOTE)

st.subheader(labels.Q_HISTORY)
if shot.previous:
    ui.draw(view, f"history_{chosen}", lambda: ui.history(view, chosen))
    st.subheader(trend.Q_TEXTS)
    ui.past_texts(view, chosen)
else:
    ui.note(trend.ONE_PERIOD if len(shot.dataset.periods) == 1 else trend.FIRST_PERIOD)

ui.end(view)
