"""How did it go over the periods, and what changed since the last one."""

import streamlit as st

from minsheng import charts as trend_charts
from minsheng import labels, ui
from minsheng.charts import mean_line
from minsheng.labels import trend
from minsheng.measuring.series import WHOLE
from minsheng.measuring.snapshot import Filters

view = ui.begin()
shot, series = view.snapshot, ui.series(view)

every = {labels.ALL_VALUE: labels.ALL}
categories = shot.category_names
leads = {ui.slug(name): name for name in shot.departments}
category = ui.choose(labels.COLUMN["category"], "category", every | categories, "pills")
department = ui.choose(labels.COLUMN["department"], "department", every | leads)
chosen = shot.chosen(
    Filters(
        categories=() if category == labels.ALL_VALUE else (category,),
        departments=() if department == labels.ALL_VALUE else (leads[department],),
    )
)
within = set(chosen)
changes = [change for change in series.changes if change.project in within]
key = f"{category}_{department}"

st.title(labels.PAGES["trend"])
if shot.previous:
    st.markdown(ui.plain(ui.changes_in_short(shot.previous.label, changes)))
else:
    st.info(trend.ONE_PERIOD if len(shot.dataset.periods) == 1 else trend.FIRST_PERIOD)
if not chosen:
    st.info(labels.NOTHING_CHOSEN)
    ui.end(view)
    st.stop()

lines = [(series.whole, WHOLE, trend.WHOLE)]
if category != labels.ALL_VALUE:
    lines.append((series.categories, category, categories[category]))
if department != labels.ALL_VALUE:
    lines.append((series.departments, leads[department], leads[department]))
if len(lines) == 1:
    lines += [(series.categories, each, name) for each, name in categories.items()]

left, right = st.columns(2, gap="large") if shot.previous else (st.container(), None)
with left:
    st.subheader(trend.Q_STRIP)
    ui.light_key()
    project = ui.draw(
        view,
        f"strip_{key}",
        lambda: trend_charts.strip(series, {key: shot.rows[key] for key in chosen}),
        True,
    )
moved = None
if right:
    with right:
        st.subheader(trend.Q_LINES)
        ui.draw(
            view,
            f"lines_{key}",
            lambda: trend_charts.lines(
                series.periods,
                list(series.elapsed),
                [mean_line(*line, strong=line[1] == WHOLE) for line in lines],
            ),
        )
        ui.note(trend.LEFT_OUT_NOTE)
        moved = ui.draw(
            view,
            f"moved_{key}",
            lambda: trend_charts.moved(
                changes, {key: row.content for key, row in shot.rows.items()}
            ),
            clickable=True,
            heading=trend.Q_MOVED,
            empty=trend.NOTHING_MOVED,
        )
if project or moved:
    ui.go("project", id=str(project or moved))

if shot.previous:
    st.subheader(ui.plain(trend.Q_CHANGED.format(previous=shot.previous.label)))
    ui.changes(view, changes)
ui.end(view)
