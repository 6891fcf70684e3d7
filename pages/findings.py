"""Which figures deserve a question before they are believed."""

import streamlit as st

from minsheng import labels, ui
from minsheng.measuring.findings import CATALOGUE
from minsheng.model import Severity

view = ui.begin()
shot = view.snapshot

every = {labels.ALL_VALUE: labels.ALL}
leads = {ui.slug(name): name for name in shot.departments}
chosen = {
    "severity": ui.wanted(
        labels.SEVERITY_FIELD, "severity", every | {s: labels.SEVERITY[s] for s in Severity}
    ),
    "rule": ui.wanted(
        labels.RULE_FIELD, "rule", every | {code: labels.RULES[code].title for code in CATALOGUE}
    ),
    "department": ui.wanted(labels.COLUMN["department"], "department", every | leads),
}
department = chosen["department"]
of_it = [
    key
    for key, row in shot.rows.items()
    if department == labels.ALL_VALUE or leads[department] in row.leads
]
found = [
    finding
    for finding in shot.findings
    if chosen["severity"] in (labels.ALL_VALUE, finding.severity)
    and chosen["rule"] in (labels.ALL_VALUE, finding.code)
    and finding.project in of_it
]

ui.findings_head(view, chosen, leads)
ui.findings_gaps(view, of_it)
if found:
    ui.findings_by_project(view, found)
else:
    st.info(labels.NO_FINDINGS)
ui.end(view)
