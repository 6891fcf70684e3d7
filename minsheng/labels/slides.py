"""The words of a deck beside those of its agenda: names of parts, what is read aloud, notes."""

from __future__ import annotations

from collections.abc import Iterable

from minsheng import labels
from minsheng.labels import COLUMN
from minsheng.model import MeasuredProject
from minsheng.printed import percent

LAYOUT_TITLE = "封面"
LAYOUT_CONTENT = "标题和内容"
TABLE = "表格"
CHART = "图表"
MARKS = "序时、自报、推进中的标记"
TENTHS = "0.0%"
TARGET = "目标"
SURPLUS = "自报多出"
REST = "还没有做到"
TEXT = "进展原文"
NO_TEXT = "（没有进展情况）"


def whole_alt(completion: float | None, claimed: float | None, elapsed: float | None) -> str:
    return (
        f"条形图：{labels.COUNTED} {percent(completion)}，{labels.CLAIMED} {percent(claimed)}，"
        f"{labels.ELAPSED} {percent(elapsed)}。"
    )


def bars_alt(rows: Iterable[tuple[str, str, float | None, float | None]]) -> str:
    """`rows` are (name, figure, claim, what should be done)."""
    each = [
        f"{name} {figure}"
        + (f"，{labels.CLAIMED} {percent(claim)}" if claim is not None else "")
        + (f"，应达 {percent(due)}" if due is not None else "")
        for name, figure, claim, due in rows
    ]
    return f"条形图：{'；'.join(each)}"


def table_alt(what: str, rows: int) -> str:
    return f"表格：{what}，{rows} 行"


def facts(row: MeasuredProject) -> str:
    """A project's figures in one line of the notes."""
    values = {
        COLUMN["completion"]: percent(row.completion),
        COLUMN["weakest"]: percent(row.weakest),
        COLUMN["claimed"]: percent(row.claimed),
        COLUMN["basis"]: labels.BASIS[row.basis],
        COLUMN["delivery"]: labels.DELIVERY[row.delivery],
        COLUMN["light"]: labels.LIGHT[row.light],
    }
    return "，".join(f"{name} {value}" for name, value in values.items())
