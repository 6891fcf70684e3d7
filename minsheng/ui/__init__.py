"""What pages share. The only part beside app.py and pages/ that imports streamlit."""

from minsheng.ui.address import choose, choose_many, export_link, go, link, slug
from minsheng.ui.markdown import BADGE, coloured, note, plain
from minsheng.ui.page import View, begin, draw, end, menu, problems
from minsheng.ui.parts import (
    days,
    details,
    downloads,
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
    "begin",
    "choose",
    "choose_many",
    "coloured",
    "days",
    "details",
    "downloads",
    "draw",
    "end",
    "explained",
    "export_link",
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
