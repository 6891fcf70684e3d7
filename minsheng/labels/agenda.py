"""The words of the presentation: its agenda, its slides, its buttons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from minsheng import labels
from minsheng.labels import COLUMN
from minsheng.model import Basis, Light, MeasuredIndicator, Severity, Standing, Tally
from minsheng.printed import number, percent, points, tenths

PARTS: Mapping[str, str] = {
    "cover": "封面",
    "plan": "总体进度",
    "lagging": "滞后项目",
    "departments": "有滞后的单位",
    "categories": "各类别",
    "category": "有滞后的类别",
    "findings": "待核实的数",
    "next": "下一步",
}
AGENDAS: Mapping[str, str] = {"whole": "全部议程", "changed": "只看与上期的变化"}
ADVANCE: Mapping[str, str] = {
    "0": "手动翻页",
    "10": "每 10 秒",
    "20": "每 20 秒",
    "30": "每 30 秒",
    "60": "每 60 秒",
}

DOT = " · "
DONE_OF = "做到 / 目标"
GAP = "差（百分点）"
LATE_PROJECTS = "滞后的项目"
LATE_OF = "滞后 / 牵头"
LIGHTS = "各有几项"
WHAT = "怎么对不上"
BEFORE_AFTER = "上期 → 本期"
REST = "还差"
COUNTS = "形状后面的数是项目数"
HATCHED = "斜纹是只报完成，没有数"
STRIP = "下面的细条是推进中，不计入"

AGENDA_FIELD = "议程"
PARTS_FIELD = "讲哪些部分（不选就是全部）"
CATEGORIES_FIELD = "有滞后的类别讲哪些（不选就是全部）"
ADVANCE_FIELD = "翻页"
START = "开始汇报（{count} 页）"
NOTHING = "这样选没有可讲的内容，请少选一些条件。"
HOW = (
    "翻页：方向键、空格、翻页笔、手指左右滑；输入页码再按回车可跳页；F 全屏，D 换深浅色；"
    "Esc 或“退出”离开。按钮 3 秒不动就隐去，动一下鼠标又出来。"
    "点一个项目可以看依据，看完回到同一页。"
)

LEAVE = "退出"
BACK = "回到汇报（第 {at} 页）"
PREVIOUS = "上一页"
NEXT_SLIDE = "下一页"
FULL = "全屏"
DARK = "深浅色"
JUMP = "转到第 {at} 页"
SCAN = "扫码看明细"
NO_SCAN = "本页是用 localhost 打开的，手机打不开，所以没有二维码。请用服务器的地址打开。"
DUE = "序时"


def paged(title: str, page: int, pages: int) -> str:
    return title if pages == 1 else f"{title}（{page}/{pages}）"


def figure(name: str, share: float | None) -> str:
    return f"{name} {percent(share)}"


def as_of(day: dt.date) -> str:
    return f"截止 {day.isoformat()}"


def of_bars(elapsed: float) -> str:
    """The head of a column of bars: what the bar, the mark and the diamond are."""
    return f"{COLUMN['completion']}　┃ {DUE} {percent(elapsed)}　◇ {labels.CLAIMED}"


def whole(completion: float | None, elapsed: float, lights: Mapping[Light, int]) -> tuple[str, str]:
    """How far the plan is, and what is stuck; the second is to be seen first."""
    total = sum(lights.values())
    far = lights[Light.FAR_BEHIND]
    late = lights[Light.BEHIND] + far
    if completion is None:
        return f"{total} 项都没有可以核算的数据", ""
    ahead = tenths(completion) - tenths(elapsed)
    pace = "快于序时" if ahead > 0 else "慢于序时" if ahead < 0 else "与序时持平"
    begin = f"{labels.COUNTED}完成 {percent(completion)}，{pace}"
    if not late:
        return f"{begin}；{labels.stuck(lights)}", ""
    if late == far:
        return f"{begin}；", f"{total} 项里 {late} 项严重滞后"
    severe = f"，{far} 项严重" if far else ""
    return f"{begin}；", f"{total} 项里 {late} 项滞后{severe}"


def widths(projects: int) -> str:
    return f"宽度＝项目数，共 {projects} 项"


def lagging(count: int, nothing: int, furthest: float) -> tuple[str, str]:
    """`nothing` of them have an indicator that is still at 0; `furthest` in tenths of a point."""
    if nothing:
        return f"{count} 项滞后，", f"其中 {nothing} 项的短板还是 0"
    return f"{count} 项滞后，", f"最多落后 {points(-furthest, sign=False)}"


def whose(projects: int, behind: Mapping[str, int]) -> tuple[str, str]:
    """`behind` counts by department, most first; who has most is named where it is one alone."""
    most = max(behind.values())
    first = [name for name, count in behind.items() if count == most]
    begin = f"{projects} 项滞后落在 {len(behind)} 个单位"
    alone = len(first) == 1 and len(behind) > 1
    return (f"{begin}，", f"{first[0]}占 {most} 项") if alone else (begin, "")


def others(departments: int) -> str:
    return f"其余 {departments} 个单位没有滞后项目" if departments else ""


def means(kind: str, shares: Sequence[tuple[str, float | None]], elapsed: float) -> tuple[str, str]:
    """How many groups are behind the calendar, and which is last."""
    known = [(share, name) for name, share in shares if share is not None]
    if not known:
        return f"{len(shares)} 个{kind}都没有数据", ""
    below = sum(tenths(share) < tenths(elapsed) for share, _ in known)
    without = len(shares) - len(known)
    left_out = f"，{without} 个{labels.UNKNOWN}" if without else ""
    if not below:
        return f"{len(known)} 个{kind}平均都不低于序时{left_out}", ""
    lowest, name = min(known)
    return (
        f"{len(known)} 个{kind}里 {below} 个平均低于序时{left_out}，",
        f"{name}最低，{percent(lowest)}",
    )


def category(tallies: Sequence[Tally]) -> tuple[str, str]:
    late = sum(each.behind for each in tallies)
    if len(tallies) > 1:
        return f"{labels.joined(each.name for each in tallies)}：", f"{late} 项滞后"
    row = tallies[0]
    return f"{row.name} {row.projects} 项平均 {percent(row.completion)}，", f"{late} 项滞后"


def standing_on(part: MeasuredIndicator, weak: bool) -> str:
    """What a figure rests on where that is not plain counting, or that it is the weakest."""
    if part.lowered:
        return "按自报取低"
    if part.basis in (Basis.DECLARED, Basis.CLAIMED):
        return labels.BASIS[part.basis]
    if (part.counted or 0.0) > 1:
        return f"超额 {percent(part.counted)}"
    return labels.WEAKEST if weak else ""


def underway(part: MeasuredIndicator) -> str:
    """What is on the way and does not count yet, each with its number."""
    stages = [f"{name} {number(count)}" for name, count in part.stages.items()]
    if part.underway is not None:
        stages.append(f"{labels.UNDERWAY} {number(part.underway)}")
    if part.preparing and not stages:
        return "只有前期工作"
    return labels.joined(stages)


def and_others(lead: str, others: int) -> str:
    return f"{lead}等 {others + 1} 家" if others else lead


def findings(count: int, severe_ones: int) -> tuple[str, str]:
    severe_words = f"{severe_ones} 条严重" if severe_ones else ""
    return f"{count} 条要核实{'，' if severe_ones else ''}", severe_words


def severe(code: str, severity: Severity) -> str:
    return f"{labels.SEVERITY[severity]}　{labels.RULES[code].title}"


def written(count: int) -> str:
    return f"{count} 项写了下一步"


def unsettled(projects: int, departments: int) -> tuple[str, str]:
    return f"{projects} 项滞后没有写下一步，", f"请 {departments} 个单位在会上明确"


def days_left(days: int) -> str:
    return f"到计划结束还有 {days} 天" if days > 0 else ""


def changed(before: str, moved: int, total: int) -> str:
    return f"与{before}相比，{total} 项里 {moved} 项有变化"


def newly_late(count: int) -> str:
    return f"，{count} 项新滞后" if count else ""


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
