"""The sentences of 总览, 类别, 部门 and 项目: the finding first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from minsheng.labels import LIGHT, LOWERED, NOT_STATED, UNDERWAY, UNKNOWN, joined
from minsheng.model import (
    Basis,
    Light,
    MeasuredIndicator,
    MeasuredProject,
    Standing,
    Tally,
)
from minsheng.printed import gap, number, percent, points, rank, rank_range, tenths

WHERE = "卡在哪、是谁的"
WHERE_NOTE = "差得多的在前 · 点开看依据"
CATEGORIES = "各类别"
CATEGORY_LIST = "各类别的每一个项目"
DEPARTMENT_LIST = "各单位做到了多少"
PROMISE, DONE, DONE_OF, LEADS = "承诺", "做到", "做到 / 目标", "牵头"
GAP, GAP_LONG = "差", "差（百分点）"
EACH, COMPLETION = "各项目", "核算完成率"
OF_DEPARTMENT = "核算完成率（各项目平均）"
UNIT, LED, LATE, CLAIMED, RANK = "单位", "牵头的项目", "滞后", "自报", "名次（换四种算法）"
MEAN = "平均"
SAME = "同"
CHECK_FIRST = "先核实这几处"
BELIEVE = "这个数能信吗"
HOW = "怎么算的"
HOW_COLUMNS = ("项", "值", "原文", "文件行")
OTHER_PROJECT = "换一个项目"
OPEN = "打开一个项目"
EVERY_DEPARTMENT = "‹ 全部单位"
ONE_DEPARTMENT = "看一个单位"
ORDER = "排列"
ORDERS = {"worst": "滞后多的在前", "rank": "按完成率名次"}
PROJECT_ORDERS = {"worst": "差的在前", "printed": "按编号"}
COUNTED, COUNTED_DONE = "核算", "核算完成"
NOTHING_LATE = "没有滞后项目"
NONE_READ = "这个报告期还没有可以核算的数据"
NO_FINDINGS = "没有核查发现。"
LINES_KEY = "粗条＝承诺的事做到多少，颜色＝进度；灰蓝条＝平均；细条＝原文写的阶段，不计入。"
GAP_KEY = "差＝短板减序时，百分点。指标全部完成的项目不展开。"
GLYPH_KEY = "一个符号＝一个项目，点开看依据"
FIGURES = "各街道（点位）"


def _pace(completion: float, elapsed: float) -> tuple[str, str]:
    """Whether it is ahead of the calendar, and by how much."""
    ahead = tenths(completion) - tenths(elapsed)
    if not ahead:
        return "与序时持平", ""
    return f"{'快于' if ahead > 0 else '慢于'}序时", f" {points(abs(ahead), sign=False)}"


def known_of(known: int, total: int, partly: int = 0) -> str:
    """How many projects a mean stands on, where that is not all of them, or not all of one: what is
    left out raises it. `partly` are those of whose indicators not all have a figure."""
    if known == total:
        return f"（{partly} 项只算了部分指标）" if partly else ""
    more = f"，{partly} 项只算了部分指标" if partly else ""
    return f"（{known} / {total} 项有数{more}）"


def how_far(
    completion: float | None,
    elapsed: float,
    known: int,
    total: int,
    word: str = COUNTED_DONE,
    partly: int = 0,
) -> tuple[str, str]:
    """How far a group has come, and the part of it that a phone leaves out."""
    if completion is None:
        return NONE_READ, ""
    pace, by = _pace(completion, elapsed)
    return f"{word} {percent(completion)}{known_of(known, total, partly)}，{pace}", by


def stuck(lights: Mapping[Light, int]) -> str:
    """29 项里 11 项滞后，8 项严重. Of those without data nobody can say that they are not."""
    total = sum(lights.values())
    far = lights.get(Light.FAR_BEHIND, 0)
    late = lights.get(Light.BEHIND, 0) + far
    unknown = lights.get(Light.UNKNOWN, 0)
    if not late:
        return f"有数的 {total - unknown} 项没有滞后" if unknown else NOTHING_LATE
    if far == late:
        return f"{total} 项里 {late} 项严重滞后" if late < total else f"{total} 项全部严重滞后"
    each = f"{total} 项里 {late} 项滞后" if late < total else f"{total} 项全部滞后"
    return f"{each}，{far} 项严重" if far else each


def stuck_one(part: MeasuredIndicator) -> str:
    """What is counted of the one that lags."""
    whole = done_of(part).replace(" ", "\u00a0")  # a headline breaks before a count, not in it
    return f"：{part.name} {whole}"


def stuck_categories(tallies: Iterable[Tally]) -> tuple[str, str]:
    """How many categories lag, and the two that lag most."""
    each = list(tallies)
    late = sorted(
        (row for row in each if row.behind), key=lambda row: (-row.behind, row.completion or 0.0)
    )
    if not late:
        return f"{len(each)} 类都没有滞后", ""
    worst = [
        f"{row.name} {row.projects} 项"
        + ("全部" if row.behind == row.projects else f"里 {row.behind} 项")
        for row in late[:2]
    ]
    return f"{len(each)} 类里 {len(late)} 类有滞后；", f"{joined(worst)}滞后"


def stuck_departments(board: Mapping[str, Standing], late: int) -> tuple[str, str]:
    """In how many departments what lags lies, and the two that have most of it."""
    each = sorted(
        ((name, row.behind) for name, row in board.items() if row.behind), key=lambda x: -x[1]
    )
    if not each:
        return f"{len(board)} 个单位都没有滞后项目", ""
    most = [f"{name} {count} 项" for name, count in each[:2]]
    return f"{late} 项滞后落在 {len(each)} 个单位，", joined(most)


def not_late(departments: int, all_known: bool) -> str:
    """The heading over the departments that follow those with something behind."""
    if all_known:
        return f"没有滞后的 {departments} 个单位"
    return f"其余 {departments} 个单位，有数的都没有滞后"


def surplus(
    claimed: float | None, completion: float | None, more: Sequence[MeasuredProject]
) -> str:
    """Where the difference between claim and count comes from: 多出 7.5，全在区教育局 4 项."""
    leads = list(dict.fromkeys(lead for row in more for lead in row.leads))
    words = f"多出 {gap(claimed, completion).lstrip('+')}"
    if len(leads) == 1:
        return f"{words}，全在{leads[0]} {len(more)} 项"
    return f"{words}，来自 {len(leads)} 个单位 {len(more)} 项"


def done_of(part: MeasuredIndicator) -> str:
    """13 / 50 家; a number never parts from its unit."""
    return f"{done(part)} / {number(part.target)}\u00a0{part.unit}"


def done(part: MeasuredIndicator) -> str:
    return "没写数" if part.done is None else number(part.done)


def counts_of(part: MeasuredIndicator) -> str:
    """/ 10 所投用: the target with the event that counts."""
    return f"/ {number(part.target)}\u00a0{part.unit}{part.counts}"


def strip(stages: Iterable[tuple[str, float]]) -> str:
    return " · ".join(f"{stage or UNDERWAY} {number(count)}" for stage, count in stages)


def over(share: float) -> str:
    """超额 122%: the decimal only where it says something."""
    return f"超额 {percent(share).replace('.0%', '%')}"


def chip(part: MeasuredIndicator, beyond: float | None) -> str:
    """What has to be said beside a bar of what its figure rests on."""
    if part.completion is None:
        return ""
    if part.lowered:
        return f"按自报{LOWERED}"
    if part.basis == Basis.DECLARED:
        return "只报完成"
    if part.basis == Basis.CLAIMED:
        return "只有自报"
    if beyond is not None:
        return over(beyond)
    return "约数" if part.approx else ""


def share(completion: float | None) -> str:
    return UNKNOWN if completion is None else percent(completion)


def variance(tenths_of_a_point: float | None) -> str:
    """−49.6 in a column that says 百分点 in its heading."""
    if tenths_of_a_point is None:
        return ""
    return points(tenths_of_a_point).removesuffix(" 个百分点")


def parts_mean(row: MeasuredProject, finished: bool) -> str:
    """What stands where one indicator has done / target."""
    if finished:
        return f"{row.indicators} 项指标都完成"
    if row.known < row.indicators:
        return f"{row.known} / {row.indicators} 项指标有数"
    return f"{row.indicators} 项指标平均"


def leads_short(leads: Sequence[str]) -> str:
    return leads[0] if len(leads) == 1 else f"{leads[0]}等 {len(leads)} 家"


def late_of(row: Tally) -> str:
    """The parts of it too: 滞后 is said with how many of it are severe."""
    if not row.behind:
        return "没有滞后" if row.known == row.projects else f"{row.projects - row.known} 项无数据"
    return f"{row.behind} 项滞后"


def late_parts(behind: int, far: int) -> str:
    """滞后 11：严重 8、一般 3."""
    return f"{LATE} {behind}：严重 {far}、一般 {behind - far}"


def standing(row: Standing) -> str:
    """A rank only where there is enough to rank."""
    if row.few:
        return f"{row.projects} 项，不排名"
    if row.rank is None:
        return UNKNOWN
    firm = (
        ""
        if row.best_rank == row.worst_rank
        else f"（{rank_range(row.best_rank, row.worst_rank)}）"
    )
    return f"第 {rank(row.rank)} 名{firm}"


def due(share: float, own: bool = False) -> str:
    return f"{'节点应达' if own else '序时'} {percent(share)}"


def counted(share: float | None) -> str:
    return f"核算 {percent(share)}"


def claim(share: float | None) -> str:
    return f"自报 {percent(share)}"


def keys(elapsed: float) -> str:
    return f"竖线＝序时 {percent(elapsed)}，◇＝自报"


def keys_of_rows(elapsed: float) -> tuple[str, str, str, str]:
    """Mark of the calendar, claim, strip, hatch: what follows each sign."""
    return f"序时 {percent(elapsed)}", "自报", "阶段，不计入", "只报完成"


MARKS = {
    "counted": "灰底＝读出完成数的原文",
    "stage": "灰线＝阶段，不计入",
    "claim": "紫色＝部门自报",
}


def printed_and_verdict(printed: str | None, verdict: str | None) -> str:
    """The number the table prints, and what the department says of its own schedule."""
    each = {"表上序号": printed, "部门自评": verdict and f"“{verdict}”"}
    return " · ".join(f"{name} {words}" for name, words in each.items() if words)


def marks(kinds: Iterable[str]) -> str:
    """What the grounds and lines in a department's text mean."""
    seen = set(kinds)
    return "；".join(words for kind, words in MARKS.items() if kind in seen) + "。"


def place_of(at: int, total: int) -> str:
    return f"第 {at} 项，共 {total} 项"


def more_lagging(count: int) -> str:
    return f"还有 {count} 项滞后 ›"


def found(count: int) -> str:
    return f"核查发现 {count} 条"


def of_category(name: str) -> str:
    return f"类别 · {name}"


def of_department(name: str) -> str:
    return f"部门 · {name}"


def result(row: MeasuredProject, own_steps: bool) -> tuple[str, str, str]:
    """核算 0.0%，比序时少 49.6 个百分点: completion, then the weakest against what is due."""
    if row.completion is None:
        return UNKNOWN, "", ""
    words = "节点" if own_steps else "序时"
    if row.variance is None:
        return percent(row.completion), "", ""
    by = points(abs(row.variance), sign=False)
    if not row.variance:
        return percent(row.completion), f"与{words}持平", ""
    weak = "短板" if row.indicators > 1 else ""
    return percent(row.completion), f"{weak}比{words}{'多' if row.variance > 0 else '少'}", by


def bullet_key(counts: Iterable[str]) -> str:
    events = list(dict.fromkeys(counts))
    said = f"已{events[0]}" if len(events) == 1 else "做到"
    return f"粗条＝{said}（承诺的事）；细条＝原文写的阶段，不计入"


def target(part: MeasuredIndicator) -> str:
    return f"目标 {number(part.target)}\u00a0{part.unit}"


def sentence(row: MeasuredProject, parts: Sequence[MeasuredIndicator]) -> str:
    """A project's row in words, for whoever does not see it."""
    each = "；".join(f"{part.name} {done_of(part)}" for part in parts)
    words = [
        f"{row.id} {row.content.rstrip('。；;')}",
        LIGHT[row.light],
        each,
        share(row.completion),
        joined(row.leads),
    ]
    return "，".join(word for word in words if word)


def sentence_of_group(row: Tally) -> str:
    """A category's or a department's row in words."""
    late = late_parts(row.behind, row.far_behind) if row.behind else late_of(row)
    return f"{row.name}，{row.projects} 项，{late}，核算完成率 {share(row.completion)}"


def _claims_more(row: MeasuredProject | Tally) -> bool:
    if row.claimed is None or row.completion is None:
        return False
    return tenths(row.claimed) > tenths(row.completion)


def about(row: MeasuredProject, parts: Sequence[MeasuredIndicator]) -> list[str]:
    """What a pointer over a project's row tells beside the row: claim, way there, basis."""
    lines = [f"{LIGHT[row.light]} · {joined(row.leads)}"]
    if _claims_more(row):
        lines.append(f"部门自报 {percent(row.claimed)}，能数出来 {percent(row.completion)}")
    for part in parts:
        if part.claimed_of:
            lines.append(f"自报 {percent(part.claimed_part)} 是“{part.claimed_of}”的")
        if part.stages:
            lines.append(f"{part.name}：{strip(part.stages.items())}")
        elif part.underway is not None:
            lines.append(f"{part.name}：{UNDERWAY} {number(part.underway)}\u00a0{part.unit}")
        if part.done is None and not part.declared and part.claimed is None:
            lines.append(f"{part.name}：{NOT_STATED}")
    if row.pace is not None and row.pace > 1:
        lines.append(f"以后要达到目前的 {row.pace:.1f} 倍")
    return lines


def about_group(row: Tally, late: Sequence[MeasuredProject]) -> list[str]:
    """What a pointer over a mean tells beside it: what lags, and who claims more."""
    lines = []
    if row.behind:
        lines.append(late_parts(row.behind, row.far_behind))
        lines += [f"{each.id} {each.content.rstrip('。；;')}" for each in late[:6]]
    if _claims_more(row):
        lines.append(f"自报 {percent(row.claimed)}，高出 {gap(row.claimed, row.completion)}")
    if row.known < row.projects:
        lines.append(f"{row.projects - row.known} 项无数据，没有计入")
    return lines or [f"{row.projects} 项都没有滞后"]


def status(label: str, as_of: str, gone: int, whole: int) -> tuple[str, str]:
    """What stands at the right end of the menu, and its short form for a phone."""
    return f"{label} · 截止 {as_of} · 已过 {gone} / {whole} 天", f"截止 {as_of}"


LISTS = "名单"


def list_name(place: str, year: int) -> str:
    return f"{place} {year}"


def upper(place: str, year: int, item: str, content: str, share: str) -> str:
    """The item of the upper list that a project is a share of, with that list's own figure."""
    return f"上级名单：{place} {year} 年 {item} {content}　{share}"


def upper_unread(place: str, year: int, item: str) -> str:
    return f"上级名单：{place} {year} 年 {item}（这里没有那份名单）"
