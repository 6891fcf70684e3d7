"""The words of the trend: what happened between two periods, and where the year would end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from minsheng.labels import COLUMN, NOT_STATED, UNKNOWN, joined, light
from minsheng.model import Light
from minsheng.printed import gap, missing, number, percent, tenths

TURN = {
    "fell_behind": "新滞后",
    "setback": "数字倒退",
    "worse": "进度变差",
    "silent": "不再有数",
    "not_reported": "没有报送",
    "finished": "本期完成",
    "caught_up": "赶上进度",
    "better": "进度变好",
    "resumed": "本期新报",
    "progress": "有进展",
    "target": "只调整了目标",
    "words": "只有文字变化",
    "unchanged": "没有变化",
}
TROUBLE = ("fell_behind", "setback", "worse", "silent", "not_reported")
"""What a meeting has to know of first."""

NOTHING_WORSE = "没有新滞后、没有倒退、都报了"
FIRST_PERIOD = "{period}是第一期，还没有可以比较的上一期"
COMPARED = "与{previous}相比"
AT_THIS_PACE = "按目前速度看年底："
Q_MATRIX = "每个项目各期的进度"
MATRIX_NOTE = "本期差的在前 · 点一行看原文"
LATEST = "只列最近 {count} 期"
Q_LINES = "跟上序时了吗"
LINES_NOTE = "粗黑＝全部，灰＝各类别，虚线＝序时"
LINES_CHOSEN = "粗黑＝全部和所选的，虚线＝序时"
Q_LIGHTS = "各期各有几项"
Q_CHANGED = "每个项目变了什么"
CHANGED_NOTE = "要紧的在前 · 有底色的是与另一期不同的文字"
Q_TEXTS = "各期原文"
Q_SHORT = "年底完不成的 {count} 项"
SHORT_NOTE = "差的在前 · 以后各期报送后在这里接着排"
Q_END = "年底会到哪里"
END_NOTE = "粗黑＝核算，虚线＝序时"
ENDS_AT, PACE = "按此速度到年底", "要提速到"
NO_PACE, STILL_NOTHING, WEAKEST_NOTHING = "推不出", "还是 0", "短板还是 0"
ALL_DONE = "按此速度，年底都能完成"
STRAIGHT = "直线推算，只用一个时点，仅供参考"
THE_REST = "其余 {count} 项按此速度能完成"
NO_FIGURE = "{count} 项没有数，推不出"
NEXT_PERIOD = "下一期报送以后，这里比较两期"
NEXT_WORDS = "谁新滞后、谁倒退、谁没有报，每个项目的原文并排看。"
ADD_PERIOD = "去“数据”新增报告期 ›"
FORECAST = "按此速度"
PLAN_END = "年底"
WHOLE = "全部项目"
CHECK = "核查"
SINCE = "比上期"
NOT_REPORTED = "没有报送"
NO_CELL = {"silent": "没有报", "unknown": "没有数", "declared": "只报完成"}
LEFT_OUT = "未计入"
PART = "项目 {first}–{last} / {total}"
CHANGE = "变化"
LATE_BEFORE = "上期已滞后"
_COUNT = "零一二三四五六七八九"


def trouble(counts: Mapping[str, int]) -> tuple[str, str]:
    """本期三件事：2 项新滞后，1 项数字倒退，1 项没有报送; `counts` go by kind."""
    each = [f"{counts[kind]} 项{TURN[kind]}" for kind in TROUBLE if counts.get(kind)]
    if not each:
        return NOTHING_WORSE, ""
    return f"本期{_COUNT[len(each)]}件事：", "，".join(each)


def box(at: int, kind: str, count: int) -> str:
    return f"{at}　{TURN[kind]} {count} 项"


def more(count: int) -> str:
    return f"还有 {count} 项"


def means(
    before: float | None, now: float | None, elapsed: float, counts: Mapping[str, int]
) -> str:
    """全部核算 43.7% → 75.1%，与序时 74.8% 持平；另有 …"""
    words = f"{WHOLE}核算 {arrow(percent(before), percent(now))}"
    if now is not None:
        ahead = tenths(now) - tenths(elapsed)
        due = f"序时 {percent(elapsed)}"
        pace = f"与{due} 持平" if not ahead else f"{'快于' if ahead > 0 else '慢于'}{due}"
        words += f"，{pace}"
    rest = [f"{n} 项{TURN[kind]}" for kind, n in counts.items() if n and kind not in TROUBLE]
    return f"{words}；{joined(rest)}" if rest else words


def short(nothing: int, others: int) -> str:
    """6 项完成数还是 0，另有 5 项也完不成."""
    if nothing and others:
        return f"{nothing} 项完成数还是 0，另有 {others} 项也完不成"
    return f"{nothing} 项完成数还是 0" if nothing else f"{others} 项完不成"


def pace(times: float) -> str:
    return f"{times:.1f} 倍"


def ends_at(share: float) -> str:
    return f"{FORECAST}约 {percent(share)}"


def cell(period: str, value: Light) -> str:
    """What a cell of the matrix is of."""
    return f"{period} {light(value)}"


def still(kind: str, projects: Sequence[str]) -> str:
    """Projects that need no card of their own, in one line."""
    return f"{TURN[kind]}的 {len(projects)} 项：{joined(projects)}。"


def arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def completions(before: float | None, after: float | None) -> str:
    """核算完成率 35.0% → 80.0%（+45.0）: the difference of the figures as printed."""
    figures = arrow(percent(before), percent(after))
    known = figures != percent(after) and not missing(before) and not missing(after)
    return f"{COLUMN['completion']} {figures}{f'（{gap(after, before)}）' if known else ''}"


def lights(before: Light, after: Light) -> str:
    """▼ 滞后 → ■ 按序时, or the one light that stayed."""
    return arrow(light(before), light(after))


def counts(
    unit: str, done: tuple[float | None, float | None], targets: tuple[float, float]
) -> tuple[str, str, str]:
    """14 → , 25 and / 40 → 36 家: before, now, of how many; each pair is before and after."""
    before, now = (NOT_STATED if value is None else number(value) for value in done)
    target = arrow(*map(number, targets))
    return ("" if before == now else f"{before} → "), now, f" / {target} {unit}"


def part(
    name: str,
    unit: str,
    done: tuple[float | None, float | None],
    targets: tuple[float, float],
) -> str:
    """老年食堂 14 → 25 家（目标 40 → 36 家）; each pair is before and after."""
    moved = arrow(*(NOT_STATED if value is None else number(value) for value in done))
    target = arrow(*map(number, targets))
    return f"{name} {moved} / {COLUMN['target']} {target} {unit}"


def left_out(count: int) -> str:
    return f"{count} 项{UNKNOWN}{LEFT_OUT}" if count else ""


def point(name: str, period: str, share: float | None, omitted: int) -> str:
    """What a point of a line says."""
    beside = f"（{left_out(omitted)}）" if omitted else ""
    return f"{name} · {period} {percent(share)}{beside}"


def end_of_line(name: str, share: float | None) -> str:
    return f"{name} {UNKNOWN if missing(share) else percent(share)}"


def alt_of_history(period: str, last: Iterable[tuple[str, float | None]]) -> str:
    return f"{period}：{'，'.join(f'{name} {percent(value)}' for name, value in last)}。"
