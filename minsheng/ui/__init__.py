"""What pages share. The only part beside app.py and pages/ that imports streamlit."""

from minsheng.ui import access
from minsheng.ui.address import choose, go, link, slug
from minsheng.ui.markdown import BADGE, coloured, note, plain
from minsheng.ui.page import View, begin, draw, end, menu, problems
from minsheng.ui.parts import (
    days,
    details,
    explained,
    file_facts,
    finding,
    findings_of_rule,
    history,
    lagging,
    projects,
    report,
    summary,
)

__all__ = [
    "BADGE",
    "View",
    "access",
    "begin",
    "choose",
    "coloured",
    "days",
    "details",
    "draw",
    "end",
    "explained",
    "file_facts",
    "finding",
    "findings_of_rule",
    "go",
    "history",
    "lagging",
    "link",
    "menu",
    "note",
    "plain",
    "problems",
    "projects",
    "report",
    "slug",
    "summary",
]
