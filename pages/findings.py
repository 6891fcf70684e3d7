"""Which figures deserve a question before they are believed."""

import streamlit as st

from minsheng import labels, ui
from minsheng.charts import bars as charts
from minsheng.measuring.findings import CATALOGUE
from minsheng.model import Severity

view = ui.begin()
shot = view.snapshot
st.title(labels.PAGES["findings"])
st.markdown(ui.plain(labels.found(len(shot.findings), len({f.project for f in shot.findings}))))

every = {labels.ALL_VALUE: labels.ALL}
first, second, third = st.columns(3)
with first:
    severity = ui.choose(
        labels.SEVERITY_FIELD, "severity", every | {s: labels.SEVERITY[s] for s in Severity}
    )
with second:
    rule = ui.choose(
        labels.RULE_FIELD, "rule", every | {code: labels.RULES[code].title for code in CATALOGUE}
    )
with third:
    leads = {ui.slug(name): name for name in shot.departments}
    department = ui.choose(labels.COLUMN["department"], "department", every | leads)

chosen = [
    finding
    for finding in shot.findings
    if severity in (labels.ALL_VALUE, finding.severity)
    and rule in (labels.ALL_VALUE, finding.code)
    and (department == labels.ALL_VALUE or leads[department] in shot.rows[finding.project].leads)
]
if chosen:
    ui.findings_by_rule(shot, chosen)
else:
    st.info(labels.NO_FINDINGS)

ui.draw(
    view,
    "dumbbell",
    lambda: charts.dumbbell(shot.rows, shot.parts),
    heading=labels.Q_DUMBBELL,
    empty=labels.NO_CLAIMS,
)
ui.end(view)
