"""The words of the slides: headings that say the finding, heads of tables, speaker notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from minsheng import labels, printed
from minsheng.labels import COLUMN
from minsheng.model import Basis, Light, MeasuredIndicator, MeasuredProject, Standing, Tally
from minsheng.printed import number, percent, points, tenths

FONT = "微软雅黑"
LAYOUT_TITLE = "封面"
LAYOUT_CONTENT = "标题和内容"
TABLE = "表格"
CHART = "图表"
TICKS = "0%"
TENTHS = "0.0%"
DUE = "应达"
LIGHT_COUNT = "项数"
PROJECTS_OF_LIGHT = "项目编号"
WHO = "牵头单位"
HOW_FAR = "短板 · 偏差"
WHY = "原因"
RANK_OF = "名次（范围）"
DONE_OF = "指标 · 完成 / 目标"
PREPARING = "前期"
WHAT = "发现"
WORDS = "原文"
TEXT = "进展原文"
CONTENT = "项目内容"
NO_TEXT = "（没有进展情况）"
WHO_IS_BEHIND = "滞后项目"


def paged(title: str, page: int, pages: int) -> str:
    return title if pages == 1 else f"{title}（{page}/{pages}）"


def whole(completion: float | None, claimed: float | None, known: int, total: int) -> str:
    """What the three bars of the whole plan stand on, under them."""
    if completion is None:
        return f"{total} 个项目，都没有可以核算的数据。"
    return (
        f"{labels.COUNTED}：{labels.counted_of(known, total)}。"
        f"{COLUMN['gap']} {printed.gap(claimed, completion)}。"
    )


def whole_alt(completion: float | None, claimed: float | None, elapsed: float) -> str:
    return (
        f"条形图：{labels.COUNTED} {percent(completion)}，{labels.CLAIMED} {percent(claimed)}，"
        f"{labels.ELAPSED} {percent(elapsed)}。"
    )


def groups(kind: str, shares: Sequence[tuple[str, float | None]], elapsed: float) -> str:
    """How many categories or departments are behind the calendar, and which is last."""
    known = [(share, name) for name, share in shares if share is not None]
    if not known:
        return f"{len(shares)} 个{kind}都没有数据"
    behind = sum(tenths(share) < tenths(elapsed) for share, _ in known)
    lowest = min(share for share, _ in known)
    last = some([name for share, name in known if tenths(share) == tenths(lowest)], "个")
    left_out = (
        f"，{len(shares) - len(known)} 个{labels.UNKNOWN}" if len(known) < len(shares) else ""
    )
    if not behind:
        return f"{len(known)} 个{kind}平均都不低于序时进度{left_out}"
    return (
        f"{len(known)} 个{kind}中 {behind} 个低于序时进度，"
        f"最低的是{last}（{percent(lowest)}）{left_out}"
    )


def some(names: Sequence[str], measure: str) -> str:
    """All names where a heading has room for them, else the first and how many there are."""
    if len(names) <= 3:
        return labels.joined(names)
    space = " " if names[0].isascii() else ""
    return f"{names[0]}{space}等 {len(names)} {measure}"


def group(row: Tally) -> str:
    """A category under its column: how many projects, and the claim where it is higher."""
    words = f"{row.name}\n{row.projects} 项"
    if row.completion is None:
        return f"{words}\n{labels.UNKNOWN}"
    if row.claimed is not None and tenths(row.claimed) > tenths(row.completion):
        return f"{words}\n{labels.CLAIMED} {percent(row.claimed)}"
    return words


def group_note(row: Tally) -> str:
    return (
        f"{row.name}：{row.projects} 项，{labels.COUNTED} {percent(row.completion)}，"
        f"{labels.CLAIMED} {percent(row.claimed)}，"
        f"{COLUMN['finished']} {row.finished}，{COLUMN['behind']} {row.behind}"
        f"（{labels.counted_of(row.known, row.projects)}）"
    )


def department_note(row: Standing) -> str:
    few = f"，{labels.FEW}" if row.few else ""
    standing = labels.standing(row.rank, row.best_rank, row.worst_rank)
    return f"{group_note(row)}，{standing}{few}"


def lights(counts: Mapping[Light, int]) -> str:
    total = sum(counts.values())
    if counts[Light.UNKNOWN] == total:
        return f"{total} 个项目都没有数据"
    done = f"，{counts[Light.DONE]} 项已完成" if counts[Light.DONE] else ""
    return f"{total} 个项目中 {labels.stuck(counts)}{done}{_unknown(counts)}"


def _unknown(counts: Mapping[Light, int]) -> str:
    return f"，{counts[Light.UNKNOWN]} 项{labels.UNKNOWN}" if counts[Light.UNKNOWN] else ""


def listed(ids: Sequence[str]) -> str:
    return "  ".join(ids) if ids else printed.DASH


def and_more(shown: int, total: int) -> str:
    return f"  等 {total} 项" if shown < total else ""


def lagging(variances: Mapping[str, float]) -> str:
    """The late projects and how far each is back, furthest first; as far back, as far printed."""
    furthest = min(variances.values())
    first = [project for project, variance in variances.items() if variance == furthest]
    return f"{len(variances)} 项滞后，落后最多的是 {some(first, '项')}（{points(furthest)}）"


def behind_by(row: MeasuredProject) -> str:
    return f"{percent(row.weakest)}\n{points(row.variance)}"


def category(name: str, counts: Mapping[Light, int], mean: float | None, elapsed: float) -> str:
    """A category in one sentence: mean against the calendar, and how many are behind."""
    total = sum(counts.values())
    if counts[Light.DONE] == total:
        return f"{name}：{total} 个项目全部完成"
    late = counts[Light.BEHIND] + counts[Light.FAR_BEHIND]
    stuck = f"{late} 项滞后" if late else "没有滞后"
    if mean is None:
        return f"{name}：{total} 个项目，都没有数据"
    against = "不低于" if tenths(mean) >= tenths(elapsed) else "低于"
    known = total - counts[Light.UNKNOWN]
    return (
        f"{name}：{known} 个项目平均 {percent(mean)}，{against}序时进度，{stuck}{_unknown(counts)}"
    )


def done_of(part: MeasuredIndicator) -> str:
    done = labels.NOT_STATED if part.done is None else number(part.done)
    return f"{done} / {number(part.target)} {part.unit}"


def about(part: MeasuredIndicator, weakest: bool) -> str:
    """An indicator's name, and what its bar cannot say: the weakest, on what it rests."""
    words = [labels.WEAKEST] if weakest else []
    if part.lowered:
        words.append(labels.LOWERED)
    elif part.basis in (Basis.DECLARED, Basis.CLAIMED):
        words.append(labels.BASIS[part.basis])
    if part.underway is not None:
        words.append(f"{labels.UNDERWAY} {number(part.underway)}")
    elif part.preparing:
        words.append(PREPARING)
    return f"{part.name} {'，'.join(words)}".strip()


def indicators_alt(rows: Iterable[tuple[str, str, str]]) -> str:
    """`rows` are (project, indicator, figure)."""
    return "条形图：" + "；".join(f"{id_} {name} {value}" for id_, name, value in rows)


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


def finding_rule(title: str, severity: str, count: int) -> str:
    return f"{title}（{severity}，{count} 条）"
