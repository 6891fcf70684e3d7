"""Every Chinese word that is said."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minsheng.model import (
    Basis,
    Delivery,
    Light,
    MeasuredIndicator,
    Severity,
    Standing,
    Thresholds,
)
from minsheng.printed import DASH, number, percent, points, rank, rank_range, shortened, tenths

APP = "民生实事进展"
UNKNOWN = "无数据"

BASIS = {
    Basis.COUNTED: "核算",
    Basis.DECLARED: "只报完成",
    Basis.CLAIMED: "自报",
    Basis.UNKNOWN: UNKNOWN,
}
DELIVERY = {
    Delivery.EXCEEDED: "超额",
    Delivery.DONE: "已完成",
    Delivery.DECLARED: "已完成（只报完成）",
    Delivery.UNDERWAY: "推进中",
    Delivery.PREPARING: "前期",
    Delivery.UNKNOWN: UNKNOWN,
}
LIGHT = {
    Light.DONE: "已完成",
    Light.AHEAD: "超序时",
    Light.ON_TRACK: "按序时",
    Light.BEHIND: "滞后",
    Light.FAR_BEHIND: "严重滞后",
    Light.UNKNOWN: UNKNOWN,
}
LIGHT_SHAPE = {
    Light.DONE: "●",
    Light.AHEAD: "▲",
    Light.ON_TRACK: "■",
    Light.BEHIND: "▼",
    Light.FAR_BEHIND: "◆",
    Light.UNKNOWN: "○",
}
SEVERITY = {Severity.HIGH: "严重", Severity.MEDIUM: "一般", Severity.LOW: "提示"}


@dataclass(frozen=True)
class RuleWords:
    title: str
    why: str
    message: str


RULES = {
    "claimed-above-counted": RuleWords(
        "自报高于核算",
        "部门自报的百分比比能数出来的多 1 个百分点以上，说明自报数里算进了承诺之外的工作。",
        "「{indicator}」自报 {claimed}，能数出来的只有 {done}/{target}，即 {counted}。",
    ),
    "preparation-only": RuleWords(
        "只有前期工作",
        "原文只讲了摸排、招标、评估、采购等前期工作，却写了“完成”或报了百分比，容易被当成实绩。",
        "「{indicator}」只有前期工作，承诺的“{counts}”还没有数。",
    ),
    "other-event": RuleWords(
        "数的是另一件事",
        "达到目标数的是另一个环节（进场、登记、评估），不是承诺的那件事。",
        "「{indicator}」{stage} {count} {unit}已达到目标 {target} {unit}，"
        "但承诺的“{counts}”只有 {done}。",
    ),
    "weak-part": RuleWords(
        "一好遮短",
        "一个指标超额，另一个没有完成，平均数会把短板遮住。",
        "「{strong}」已达 {best}，「{weak}」只有 {worst}。",
    ),
    "stages-do-not-add-up": RuleWords(
        "各阶段合计超过目标",
        "各阶段加起来比目标还多，可能重复计数，也可能口径不同。",
        "「{indicator}」各阶段合计 {total} {unit}，超过目标 {target} {unit}。",
    ),
    "declared-without-figure": RuleWords(
        "只报完成没有数",
        "原文只说“已完成”，没有数量，无法核算。",
        "「{indicator}」目标 {target} {unit}，原文只说完成，没有写完成了多少。",
    ),
    "claim-of-a-part": RuleWords(
        "百分比只是一部分的",
        "自报的百分比以一个批次或一部分为基数，不能当作全年完成率。",
        "「{indicator}」自报 {claimed} 是“{claimed_of}”的，全年核算为 {counted}。",
    ),
    "all-done-below-100": RuleWords(
        "说全部完成却不到 100%",
        "同一段话里既说全部完成，又报了不到 100% 的进度，按低的算。",
        "「{indicator}」原文说全部完成，自报只有 {claimed}。",
    ),
    "approximate": RuleWords(
        "约数",
        "原文是约、近、余等约数，实际数可能不同。",
        "「{indicator}」的 {done} {unit}是约数。",
    ),
    "not-traceable": RuleWords(
        "读数在原文里找不到依据",
        "数字与所引原文对不上，需要有人核对原文。",
        "「{indicator}」{what} {value} {unit}，{where}找不到这个数。",
    ),
    "read-otherwise": RuleWords(
        "与原文读数不同",
        "原文里有一个没有疑问的数，填的却是另一个，可能抄错，也可能原文后来改过。",
        "「{indicator}」填的是 {done} {unit}，原文读出来是 {words} {unit}。",
    ),
    "not-read": RuleWords(
        "原文有数没有读",
        "原文里有能回答这个指标的话，却没有读数；空着不算，平均数会悄悄变高。",
        "「{indicator}」没有读数，原文里有“{words}”。请核对后填上。",
    ),
    "count-fell": RuleWords(
        "完成数比上期少",
        "累计完成数只会增加，减少说明其中一期有误或口径变了。",
        "「{indicator}」由上期 {before} {unit}减为 {done} {unit}。",
    ),
    "target-changed": RuleWords(
        "目标有调整",
        "年中调整目标会改变完成率，应当说明依据。",
        "「{indicator}」目标由 {before} {unit}改为 {target} {unit}。",
    ),
    "text-unchanged": RuleWords(
        "原文与上期一字不差",
        "一个报告期没有任何新内容，可能没有更新。",
        "进展情况与“{before}”完全相同。",
    ),
    "better-light-without-number": RuleWords(
        "灯变好了但没有新数",
        "进度评价变好，却没有一个完成数增加。",
        "由“{before}”变为“{after}”，完成数没有增加。",
    ),
    "verdict-disagrees": RuleWords(
        "部门评价与进度不一致",
        "部门说按序时而核算滞后，或反过来，说明两边数的不是一件事，或评价没有更新。",
        "部门自评“{verdict}”，按核算是“{light}”。",
    ),
    "places-do-not-add-up": RuleWords(
        "分处合计对不上",
        "各街道（乡镇）或各处的数加起来应等于完成数，对不上说明漏了一处或重复计了。",
        "「{indicator}」各处合计 {total} {unit}，完成数是 {done}。",
    ),
    "alike-names": RuleWords(
        "名称可能写错",
        "同一个单位或类别写成两样，会各占一行，排名和合计都不对；两个单位写在一起则都查不到。",
        "{what}",
    ),
}
ONE_CHARACTER = "“{name}”与“{other}”只差一个字，可能是同一个。"
TWO_IN_ONE = "“{name}”里像是有两个单位，应当分开写成 [甲局, 乙局]。"
DECLARED_WORDS = "已完成"
NOT_TRACEABLE = {
    "target": ("目标", "项目内容里"),
    "done": ("完成数", "所引原文里"),
    "claimed": ("自报", "进展原文里"),
    "underway": ("推进中", "进展原文里"),
}
STAGE = "“{name}”阶段"
UNDERWAY = "推进中"
NOT_STATED = "没有写数"

ELAPSED = "序时进度"
COUNTED = "核算"
CLAIMED = "自报"
CLAIMED_ONLY = "未经核算"
SURPLUS = "自报多出"
STEP_DUE = "节点应达"
COLUMN = {
    "id": "编号",
    "category": "类别",
    "projects": "项目数",
    "content": "项目内容",
    "leads": "牵头单位",
    "indicator": "指标",
    "done": "完成数",
    "target": "目标",
    "underway": "推进中",
    "unit": "单位",
    "completion": "核算完成率",
    "claimed": "自报",
    "weakest": "短板",
    "gap": "自报高出（百分点）",
    "light": "进度",
    "delivery": "交付",
    "basis": "依据",
    "department": "单位",
    "project": "项目",
    "finished": "已完成",
    "behind": "滞后",
    "rank": "名次",
    "rank_range": "名次范围",
    "stage": "阶段",
    "count": "数量",
    "place": "街道（点位）",
    "period": "报告期",
    "elapsed": ELAPSED,
}
LOWERED = "取低"
NO_INDICATOR = "没有数字指标"
FEW = "样本少"
WEAKEST = "短板"


PAGES = {
    "overview": "总览",
    "category": "类别",
    "department": "部门",
    "project": "项目",
    "findings": "核查",
    "trend": "趋势",
    "present": "汇报",
    "export": "导出",
    "data": "数据",
}
ALL = "全部"
DEPARTMENTS_CLAIM = "部门自报"
IF_BELIEVED = "照部门说法计算"
GAP_NOTE = "自报减核算"
SEVERITY_FIELD = "程度"
RULE_FIELD = "规则"
ALL_VALUE = "all"
COPY_LINK = "复制链接"
COPIED = "已复制"
COPIED_HERE_ONLY = (
    "已复制，但只有这台电脑能打开。要发给别人，请先用 http://服务器地址:端口 打开本页再复制。"
)
SHARED_EARLIER = (
    "这个链接是按另一版数据（指纹 {then}）复制的，数据后来有变化。下面是现在的数据（指纹 {now}）。"
)
AS_TABLE = "表格"
AS_PICTURE = "存为图片"
ALL_PROBLEMS = "查看全部错误"
MORE_PROBLEMS = (
    "还有 {count} 处错误没有列出。请先改好上面的；要一次看全，请运行 python -m minsheng check。"
)
NOT_OFFERED = "{label}没有“{value}”这一项，已改为默认。"
NOTHING_CHOSEN = "没有符合条件的项目。"

Q_CATEGORIES = "各类别做到了多少"
Q_LIGHTS = "每个项目的进度"
Q_BOARD = "各单位做到了多少"
Q_TEXT = "部门原文"
Q_FIGURES = "读出的数"
Q_FINDINGS = "核查发现"
Q_FORECAST = "照这个速度"
Q_HISTORY = "历期"
Q_DUMBBELL = "自报比核算高多少"
Q_FILE = "数据文件"
Q_PROBLEMS = "文件里的错误"
Q_RULES = "计算规则"
Q_CATALOGUE = "核查规则"

NO_REPORT = "这个报告期没有进展情况。"
NO_FINDINGS = "没有核查发现。"
NO_PROBLEMS = "没有错误。"
PROBLEMS_FIELD = "存在问题"
NEXT_STEPS_FIELD = "下一步"
JOINT = "联合牵头的项目，每个牵头单位各计一次：{projects} 个项目，{credits} 个牵头席次。"
RANK_NOTE = (
    "名次按平均核算完成率；括号里是换四种算法（平均完成率、达到序时的项目占比、"
    "最差的项目、联合项目按单位数分摊）后的最好和最差名次。少于 3 个项目的单位标“样本少”。"
)
FORECAST_NOTE = "只用一个时点画直线推算，仅供参考。"
RULES_TEXT = (
    "指标完成率 = 完成数 ÷ 目标，超过 100% 按 100% 计；部门自报更低时取低。",
    "项目完成率 = 各指标完成率的平均；没有数据的指标不计入，并注明。短板是最低的指标。",
    "原文只说“已完成”、没有数字的，按 100% 计并注明“只报完成”；没有数据不等于 0。",
    "类别、部门、全部的完成率 = 各项目完成率的平均，没有数据的项目不计入，并注明。",
    "进度按短板与序时进度之差判断；有节点计划的项目按已到期的节点判断。",
    "所有比例保留一位小数，四舍五入；没有达到 100% 的绝不显示为 100.0%。",
)
COMPLETION_OF = "「{name}」完成率"
PROJECT_COMPLETION = "项目完成率"
YES = "是"
WHY_UNKNOWN = "原文没有这个指标的数，不计入平均"
WHY_DECLARED = "原文只说完成、没有数，按 100% 计，注明“只报完成”"
WHY_CLAIMED = "没有可以数的完成数，暂用部门自报 {claimed}"
WHY_LOWERED = "{counted}；部门自报 {claimed} 更低，取低"
WHY_CAPPED = "，超过 100% 按 100% 计"
WHY_AT_MOST = "越低越好：不高于 {target} 为 100%，否则 {target} ÷ {done}，现为 {share}"
LEFT_OUT = "，{count} 个指标没有数据，未计入"
NO_PERIOD = "没有报告期“{period}”，可选：{known}"
WHY_FINISHED = "每个指标都达到 100%"
WHY_LIGHT = "短板 {weakest} − {name} {expected} = {difference}，判为“{light}”"

PLOTLY = {
    "Download plot as a png": "保存为图片",
    "Download plot as a PNG": "保存为图片",
    "Download plot": "保存为图片",
    "Taking snapshot - this may take a few seconds": "正在生成图片",
    "Snapshot succeeded": "图片已保存",
    "Sorry, there was a problem downloading your snapshot!": "图片没有保存成功",
}

CLI = "民生实事项目：检查、显示数据文件。"
CLI_ACTS_ON = "数据文件：{path}"
CLI_PERIOD = "报告期代号，默认最后一期"
CLI_CHECK = "检查数据文件；有错误时逐条列出并以 1 退出。"
CLI_FINDINGS = "同时列出核查发现"
CLI_SHOW = "显示一个报告期的核算结果。"
CLI_SCHEMA = "输出编辑器用的 JSON Schema（data/projects.schema.json）。"


def date(day: dt.date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def joined(names: Iterable[str]) -> str:
    return "、".join(names)


def light(value: Light) -> str:
    """Shape and word; the colour is `theme.LIGHT`."""
    return f"{LIGHT_SHAPE[value]} {LIGHT[value]}"


def standing(value: int | None, best: int | None, worst: int | None) -> str:
    if value is None:
        return "未排名"
    firm = "" if best == worst else f"（{rank_range(best, worst)}）"
    return f"第 {rank(value)} 名{firm}"


def shown(row: MeasuredIndicator) -> str:
    """An indicator's figure with what it rests on, where that is not plain counting."""
    if row.completion is None:
        return UNKNOWN
    if row.lowered:
        return f"{percent(row.completion)} {LOWERED}"
    if row.basis == Basis.COUNTED:
        return percent(row.counted)
    return f"{percent(row.completion)} {BASIS[row.basis]}"


def done_of(part: MeasuredIndicator) -> str:
    """老年食堂 13 / 50 家: an indicator with what is done of its target."""
    done = NOT_STATED if part.done is None else number(part.done)
    return f"{part.name} {done} / {number(part.target)} {part.unit}"


def department_note(row: Standing) -> str:
    """A row of the board in short: projects, how many behind, rank, 样本少."""
    words = [
        f"{row.projects} 项",
        f"{COLUMN['behind']} {row.behind}" if row.behind else "",
        standing(row.rank, row.best_rank, row.worst_rank),
        FEW if row.few else "",
    ]
    return " · ".join(word for word in words if word)


def headline(completion: float | None, elapsed: float, lights: Mapping[Light, int]) -> str:
    """The whole plan in one sentence: how far, against the calendar, and what is stuck."""
    if completion is None:
        return "这个报告期还没有可以核算的数据。"
    ahead = tenths(completion) - tenths(elapsed)
    pace = f"{'快于' if ahead >= 0 else '慢于'}序时进度 {points(abs(ahead), sign=False)}"
    return f"能数出来的完成了 {percent(completion)}，{pace}；{stuck(lights)}。"


def stuck(lights: Mapping[Light, int]) -> str:
    """How many are behind. Of those without data nobody can say that they are not."""
    far = lights[Light.FAR_BEHIND]
    late = lights[Light.BEHIND] + far
    if not late:
        return "有数据的项目没有滞后" if lights[Light.UNKNOWN] else "没有滞后项目"
    if far == late:
        return f"{late} 项严重滞后"
    return f"{late} 项滞后，其中 {far} 项严重滞后" if far else f"{late} 项滞后"


def dated(place: str, label: str, as_of: dt.date) -> str:
    return f"{place} · {label} · 数据截止 {date(as_of)}"


def counted_of(known: int, total: int) -> str:
    """How many projects a mean stands on."""
    return f"{total} 项平均" if known == total else f"{known} 项平均，{total - known} 项无数据"


def days(gone_of: tuple[int, int]) -> str:
    return f"{gone_of[0]} / {gone_of[1]} 天"


def summary(counts: Mapping[Light, int], completion: float | None, elapsed: float) -> str:
    """A choice of projects in one sentence."""
    total = sum(counts.values())
    each = "，".join(f"{LIGHT[light]} {counts[light]}" for light in Light if counts.get(light))
    mean = UNKNOWN if completion is None else percent(completion)
    return f"{total} 个项目，平均核算完成率 {mean}（{ELAPSED} {percent(elapsed)}）。{each}。"


def sound(projects: int, findings: int) -> str:
    return f"数据文件没有错误：{projects} 个项目，{findings} 条核查发现。"


def found(findings: int, projects: int) -> str:
    if not findings:
        return NO_FINDINGS
    return f"{findings} 条发现，涉及 {projects} 个项目。数字在核实之前先看这里。"


def details(
    leader: str | None,
    supports: Iterable[str],
    deadline: dt.date | None,
    kind: str | None,
    investment: tuple[float | None, float | None] | None,
) -> str:
    """What a project says of itself beside the promise; empty where it says nothing."""
    planned, paid = investment or (None, None)
    parts = {
        "分管领导": leader,
        "配合单位": joined(supports),
        "完成时限": date(deadline) if deadline else None,
        "性质": kind,
        "计划投资": f"{number(planned)} 万元" if planned is not None else None,
        "已完成投资": f"{number(paid)} 万元" if paid is not None else None,
    }
    return " · ".join(f"{name} {words}" for name, words in parts.items() if words)


def limits(thresholds: Thresholds) -> str:
    return (
        f"进度界限（百分点，与序时进度之差）：{LIGHT[Light.AHEAD]} ≥ +{number(thresholds.ahead)}，"
        f"{LIGHT[Light.BEHIND]} ≤ −{number(thresholds.behind)}，"
        f"{LIGHT[Light.FAR_BEHIND]} ≤ −{number(thresholds.far_behind)}"
    )


def file_facts(
    path: str, saved_at: str, fingerprint: str, projects: int, periods: Iterable[str]
) -> dict[str, str]:
    return {
        "位置": path,
        "保存时间": saved_at or DASH,
        "数据指纹": fingerprint[:12],
        "项目数": str(projects),
        "报告期": joined(periods),
    }


def foot(as_of: dt.date, thresholds: Thresholds, fingerprint: str) -> str:
    return f"数据截止 {date(as_of)} · {limits(thresholds)} · 数据指纹 {fingerprint[:12]}"


def reason(part: MeasuredIndicator) -> str:
    """Why a project lags: what is counted of its weakest indicator, and what is on the way."""
    done = NOT_STATED if part.done is None else number(part.done)
    words = [f"{part.counts}{part.name} {done} / {number(part.target)} {part.unit}"]
    if part.preparing:
        words.append("只有前期工作")
    if part.underway is not None:
        words.append(f"{UNDERWAY} {number(part.underway)} {part.unit}")
    if part.stages:
        words.append("、".join(f"{name} {number(n)}" for name, n in part.stages.items()))
    return "；".join(words)


def bad_file(problems: int, saved_at: str) -> str:
    kept = f"页面仍显示 {saved_at} 保存的正确数据。" if saved_at else "还没有可以显示的数据。"
    return f"数据文件有 {problems} 处错误，{kept}"


def vanished(names: Iterable[str], lost: Iterable[str] = ()) -> str:
    """Each "5.1 新改建老年食堂 50 家。"; of many the first ten so, and of the others the number.
    `lost` are the reports and figures of projects that are still there."""
    each = [shortened(name, 60).rstrip("。；;") for name in names]
    words = joined(each[:10])
    if more := [name.partition(" ")[0] for name in each[10:100]]:
        words += f"，还有 {joined(more)}{' 等' if len(each) > 100 else ''}"
    gone = [f"{len(each)} 个项目：{words}"] if each else []
    if parts := list(lost):
        rest = " 等" if len(parts) > 10 else ""
        named = joined(shortened(each, 60) for each in parts[:10])
        gone.append(f"{len(parts)} 处进展或读数：{named}{rest}")
    return f"与上一版相比少了 {'；'.join(gone)}。如果不是有意删除，请检查文件是否保存完整。"


def moment(when: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """In the machine's zone, or in the one given, which is named where it is another hour."""
    here = when.astimezone()
    there = here if zone is None else when.astimezone(zone)
    words = there.strftime("%Y-%m-%d %H:%M:%S")
    if there.utcoffset() == here.utcoffset():
        return words
    minutes = round((there.utcoffset() or dt.timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    apart = f"{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
    return f"{words}（UTC{apart}）"


def forecast(completion: float | None, ends_at: float | None, pace: float | None) -> str:
    """A line through one point, said as such."""
    if completion is None:
        return UNKNOWN
    if completion >= 1:
        return "已经完成。"
    if completion == 0:
        return "目前完成数是 0，没有速度可以推算。"
    if ends_at is None:
        return "计划还没有开始，无法推算。"
    if pace is None:
        return f"按目前的平均速度，到年底完成 {percent(ends_at)}。"
    if pace <= 1:
        return f"按目前的平均速度，年底前可以全部完成；{_enough(pace)}"
    needed = f"达到目前的 {pace:.1f} 倍" if round(pace, 1) > 1 else "比目前略快一些"
    # The mean can get there on parts that are ahead, while the weakest one does not.
    reached = (
        f"到年底完成 {percent(ends_at)}。"
        if ends_at < 1
        else "平均完成率到年底能到 100%，但短板跟不上。"
    )
    return f"按目前的平均速度，{reached}要全部完成，以后的速度需要{needed}。"


def _enough(pace: float) -> str:
    """How slow it may become, in tenths as people say it, rounded to the safe side."""
    tenths_ = math.ceil(round(pace * 10, 6))
    if tenths_ >= 10:
        return "以后保持目前的速度，就能按期完成。"
    return f"以后只要保持目前{'一二三四五六七八九'[max(tenths_, 1) - 1]}成的速度，也能按期完成。"


def quoted(quotes: Iterable[str]) -> str:
    return "".join(f"“{quote}”" for quote in quotes)


def goal(name: str, target: float, unit: str) -> str:
    return f"{name}（目标 {number(target)} {unit}）"


def alt_of_groups(groups: Iterable[tuple[str, float | None]], elapsed: float) -> str:
    """What a chart of means says; `groups` are (name, completion)."""
    known = [(share, name) for name, share in groups if share is not None]
    if not known:
        return f"{ELAPSED} {percent(elapsed)}，各项都没有数据。"
    best, worst = max(known), min(known)
    return (
        f"{ELAPSED} {percent(elapsed)}。完成率最高的是{best[1]}（{percent(best[0])}），"
        f"最低的是{worst[1]}（{percent(worst[0])}）。"
    )


def alt_of_lights(counts: Mapping[Light, int]) -> str:
    each = "，".join(f"{LIGHT[light]} {count}" for light, count in counts.items() if count)
    return f"{sum(counts.values())} 个项目：{each}"


def alt_of_gap(project: str, name: str, claimed: float, counted: float) -> str:
    return (
        f"自报与核算相差最大的是 {project}「{name}」："
        f"自报 {percent(claimed)}，核算 {percent(counted)}。"
    )
