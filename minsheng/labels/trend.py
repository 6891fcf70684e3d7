"""The words of the trend: what happened between two periods, and the charts that show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from minsheng.labels import COLUMN, LIGHT, NOT_STATED, UNKNOWN, joined, light
from minsheng.model import Light
from minsheng.printed import DASH, gap, missing, number, percent

KIND = {
    "fell_behind": "新滞后",
    "setback": "数字倒退",
    "worse": "进度变差",
    "silent": "不再有数",
    "not_reported": "本期没有报送",
    "finished": "本期完成",
    "caught_up": "赶上进度",
    "better": "进度变好",
    "resumed": "本期新报",
    "progress": "有进展",
    "target": "只调整了目标",
    "words": "只有文字变化",
    "unchanged": "没有变化",
}

ONE_PERIOD = (
    "目前只有一个报告期，从第二个报告期起这里显示变化：运行 "
    "python -m minsheng new-period 2023Q3 --as-of 2023-09-30 添加报告期（代号和截止日换成实际的），"
    "或照数据文件开头的说明在 periods 末尾加一行。"
)
FIRST_PERIOD = "这是第一个报告期，没有更早的可以比较。请在上面选后面的报告期。"
Q_STRIP = "每个项目各期的进度"
Q_LINES = "完成率跟上序时进度了吗"
Q_MOVED = "哪些项目的完成率变了"
Q_CHANGED = "与{previous}相比，每个项目变了什么"
Q_TEXTS = "各期原文"
NOTHING_MOVED = "没有一个项目的核算完成率有变化。"
WHOLE = "全部项目"
BEFORE = "上期"
AFTER = "本期"
ROSE = "本期（上升）"
FELL = "本期（下降）"
MOVED = "完成率变化（百分点）"
NOT_REPORTED = "没有报送"
LEFT_OUT = "未计入"
MARKED = "有底色的是与另一期不同的文字。"
LEFT_OUT_NOTE = "没有数据的项目不计入平均，各期计入的项目可能不同；未计入几项见表格。"
PART = "项目 {first}–{last} / {total}"
CHANGE = "变化"


def headline(previous: str, counts: Mapping[str, int]) -> str:
    """What changed since the period before, in one sentence; `counts` go by kind."""
    each = [f"{KIND[kind]} {count} 项" for kind, count in counts.items() if count]
    return f"与{previous}相比：{joined(each)}。" if each else f"与{previous}相比没有可看的项目。"


def still(kind: str, projects: Sequence[str]) -> str:
    """Projects that need no card of their own, in one line."""
    return f"{KIND[kind]}的 {len(projects)} 项：{joined(projects)}。"


def arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def lights(before: Light, after: Light) -> str:
    """▼ 滞后 → ■ 按序时, or the one light that stayed."""
    return arrow(light(before), light(after))


def completions(before: float | None, after: float | None) -> str:
    """核算完成率 35.0% → 80.0%（+45.0）: the difference of the figures as printed."""
    figures = arrow(percent(before), percent(after))
    known = figures != percent(after) and not missing(before) and not missing(after)
    return f"{COLUMN['completion']} {figures}{f'（{gap(after, before)}）' if known else ''}"


def part(
    name: str,
    unit: str,
    done: tuple[float | None, float | None],
    targets: tuple[float, float],
) -> str:
    """老年食堂 14 → 25 家（目标 40 → 36 家）; each pair is before and after."""
    counts = arrow(*(NOT_STATED if value is None else number(value) for value in done))
    target = arrow(*map(number, targets))
    return f"{name} {counts} / {COLUMN['target']} {target} {unit}"


def left_out(count: int) -> str:
    return f"{count} 项{UNKNOWN}{LEFT_OUT}" if count else ""


def point(name: str, period: str, share: float | None, omitted: int) -> str:
    """What a point of a line says."""
    beside = f"（{left_out(omitted)}）" if omitted else ""
    return f"{name} · {period} {percent(share)}{beside}"


def end_of_line(name: str, share: float | None) -> str:
    return f"{name} {UNKNOWN if missing(share) else percent(share)}"


def alt_of_strip(
    periods: Sequence[str], counts: Mapping[Light, int], recovered: Iterable[str]
) -> str:
    """`recovered` were behind once and are no more."""
    each = "，".join(f"{LIGHT[kind]} {count}" for kind, count in counts.items() if count)
    caught = list(recovered)
    past = f"曾经滞后、现已赶上的有 {joined(caught)}。" if caught else ""
    span = periods[0] if len(periods) == 1 else f"{periods[0]}至{periods[-1]}"
    return f"{span}各项目的进度；{periods[-1]}：{each or DASH}。{past}"


def alt_of_history(period: str, last: Iterable[tuple[str, float | None]]) -> str:
    return f"{period}：{'，'.join(f'{name} {percent(value)}' for name, value in last)}。"


def alt_of_moved(rose: int, fell: int, most: tuple[str, str]) -> str:
    """`most` is the project that moved most, and from what to what."""
    return f"完成率上升 {rose} 项，下降 {fell} 项；变化最大的是 {most[0]}（{most[1]}）。"
