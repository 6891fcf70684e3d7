"""Headings of tables that are not `labels.COLUMN`'s, and what stands in their cells."""

from __future__ import annotations

from collections.abc import Mapping

from minsheng.labels import BASIS, LOWERED, joined
from minsheng.model import MeasuredIndicator
from minsheng.printed import number, percent

NUMBER = "序号"
KNOWN = "有数据项数"
PROMISE = "承诺事项"  # 项目内容 heads the table that is read again, and no other
COUNTS = "计数事件"
UNIT = "计量单位"
COUNTED = "完成数÷目标"
STAGES = "各阶段"
QUOTES = "所引原文"
MESSAGE = "发现"
WHY = "为什么要核"
NOTE = "备注"


def basis(part: MeasuredIndicator) -> str:
    """What an indicator's completion rests on; 取低 where the lower claim holds."""
    return f"{BASIS[part.basis]}（{LOWERED}）" if part.lowered else BASIS[part.basis]


def stages(counts: Mapping[str, float]) -> str:
    return joined(f"{name} {number(count)}" for name, count in counts.items())


def remarks(part: MeasuredIndicator) -> str:
    """What a reader of the figure must know beside it."""
    of = f"其中项，属于{part.part_of}" if part.part_of else ""
    base = f"自报 {percent(part.claimed_part)} 以“{part.claimed_of}”为基数"
    each = {
        of: bool(of),
        base: part.claimed_part is not None,
        "约数": part.approx,
        "原文只说完成": part.declared,
        "只有前期工作": part.preparing,
        "越低越好": part.at_most,
    }
    return "；".join(words for words, holds in each.items() if holds)
