"""What pages share. The only part beside app.py and pages/ that imports streamlit."""

from minsheng.ui import access, desk
from minsheng.ui.address import SLIDE, choose, choose_many, export_link, go, link, slug
from minsheng.ui.deck import first_slide, present, slides
from minsheng.ui.documents import downloads
from minsheng.ui.markdown import BADGE, note, plain
from minsheng.ui.page import View, begin, draw, end, menu, problems
from minsheng.ui.parts import (
    days,
    details,
    explained,
    file_facts,
    finding,
    findings_by_rule,
    lagging,
    light_counts,
    projects,
    report,
    summary,
)
from minsheng.ui.trend import changes, changes_in_short, history, light_key, past_texts, series

__all__ = [
    "BADGE",
    "SLIDE",
    "View",
    "access",
    "begin",
    "changes",
    "changes_in_short",
    "choose",
    "choose_many",
    "days",
    "desk",
    "details",
    "downloads",
    "draw",
    "end",
    "explained",
    "export_link",
    "file_facts",
    "finding",
    "findings_by_rule",
    "first_slide",
    "go",
    "history",
    "lagging",
    "light_counts",
    "light_key",
    "link",
    "menu",
    "note",
    "past_texts",
    "plain",
    "present",
    "problems",
    "projects",
    "report",
    "series",
    "slides",
    "slug",
    "summary",
]
