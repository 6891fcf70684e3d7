"""What pages share. The only part beside app.py and pages/ that imports streamlit."""

from minsheng.ui.address import choose, choose_many, export_link, go, link, slug
from minsheng.ui.documents import downloads
from minsheng.ui.markdown import BADGE, coloured, note, plain
from minsheng.ui.page import View, begin, draw, end, menu, problems
from minsheng.ui.parts import (
    days,
    details,
    explained,
    file_facts,
    finding,
    findings_by_rule,
    history,
    lagging,
    light_counts,
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
    "findings_by_rule",
    "go",
    "history",
    "lagging",
    "light_counts",
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
