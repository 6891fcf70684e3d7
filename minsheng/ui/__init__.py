"""What pages share. The only part beside app.py and pages/ that imports streamlit."""

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
    lagging,
    projects,
    report,
    summary,
)
from minsheng.ui.trend import (
    changes,
    changes_in_short,
    history,
    light_key,
    past_texts,
    series,
)

__all__ = [
    "BADGE",
    "View",
    "begin",
    "changes",
    "changes_in_short",
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
    "light_key",
    "link",
    "menu",
    "note",
    "past_texts",
    "plain",
    "problems",
    "projects",
    "report",
    "series",
    "slug",
    "summary",
]
