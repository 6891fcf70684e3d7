"""The sentences of the 通报 and the heads of its tables, in the manner of official documents.

A sentence gets figures and gives words; it never counts. What a department or the dataset says is
put in as it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from minsheng import labels, printed
from minsheng.labels import columns, joined
from minsheng.model import Delivery, Light
from minsheng.printed import percent, tenths

ADDRESSEE = "【请填写：主送单位】"
READ_ON = "现将有关情况通报如下。"
OVERALL = "一、总体情况"
LAGGING = "二、滞后项目"
LEADS = "三、牵头单位情况"
TO_VERIFY = "四、需要核实的数据"
NEXT = "五、下一步工作"
NEXT_GAPS = (
    "【请填写：对滞后项目的整改要求、责任人和完成时限】",
    "【请填写：对需要核实的数据，由谁在何时前报送依据】",
    "【请填写：下一阶段重点工作安排】",
)
SIGNATURES = ("【请填写：发文单位】", "【请填写：成文日期】")
ANNEXES = "附件：{lines}"
ANNEX_LINE = "\n　　　　　"  # under the first, behind two characters of indent
ANNEX = "附件{number}"
MEASURED = "核算结果表"
RULES = "计算口径"
INTERNAL = "附：核算结果与核查发现"
INTERNAL_NOTE = "以下供核对进展情况用；流转上面的进展表时可以不附。"
VERIFY = "核查发现"

CATEGORIES_TABLE = "各类别进展情况"
LAGGING_TABLE = "滞后项目（差距大的在前）"
LEADS_TABLE = "牵头单位进展情况"
VERIFY_TABLE = "需要核实的数据"
BAR_NOTE = "横条以框线为 100%，黑竖线是序时进度，紫竖线是高于核算的自报。"
OVER_NOTE = (
    "横条以框线为 100%，斜线是没有数、只报完成或自报的，"
    "下方细条是推进中或各阶段；黑竖线是应达，紫竖线是自报。"
)
COUNTS_NOTE = "“计入”是封顶、取低以后算进项目完成率的数；“短板”是各指标中最低的。"

HEAD = {
    "id": "编号",
    "category": "类别",
    "projects": "项目数",
    "finished": "已完成",
    "behind": "滞后",
    "completion": "核算完成率",
    "claimed": "自报",
    "department": "牵头单位",
    "content": columns.PROMISE,
    "figure": "完成率",
    "light": "与序时之差（百分点）",
    "reason": "原因",
    "rank": "名次",
    "rank_range": "名次范围",
    "problem": "问题",
    "severity": labels.SEVERITY_FIELD,
    "message": "情况",
    "quotes": "原文",
    "indicator": "指标",
    "target": "目标",
    "done": "完成数",
    "counted": "完成数÷目标",
    "counts_as": "计入",
    "basis": "依据",
    "project_completion": "项目完成率",
    "weakest": "短板",
    "delivery": "交付",
}
SAID_PROBLEMS = "单位反映的问题：“{words}”"
SAID_NEXT = "单位的下一步打算：“{words}”"

_LONGEST_SCOPE = 18
_LINE = 19  # characters of a title on one line of the type area
_SPACED = re.compile(r"(?<=[0-9%]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=[0-9])")


def _tight(words: str) -> str:
    """Our own dates and figures without the spaces of the screen: official documents have none."""
    return _SPACED.sub("", words)


def date(day: dt.date) -> str:
    return _tight(labels.date(day))


def title(
    place: str,
    years: tuple[int, int],
    label: str,
    categories: Sequence[str],
    departments: Sequence[str],
    lights: Sequence[str],
) -> tuple[str, ...]:
    """关于…民生实事项目…进展情况的通报 in lines that break no word; a choice of projects is named,
    or where that is too long said to be one."""
    scope = "；".join(
        words
        for words in (
            joined(categories),
            f"{joined(departments)}牵头" if departments else "",
            joined(lights),
        )
        if words
    )
    chosen = f"（{scope if len(scope) <= _LONGEST_SCOPE else '部分项目'}）" if scope else ""
    whose, what = f"关于{place}", f"{_year(years, label)}民生实事项目"
    head = (whose + what,) if _characters(whose + what) <= _LINE else (whose, what)
    return tuple(line for line in (*head, chosen, f"{label}进展情况的通报") if line)


def _characters(words: str) -> float:
    """How wide the words are: digits and Latin letters take half a character."""
    return sum(0.5 if char.isascii() else 1 for char in words)


def _year(years: tuple[int, int], label: str) -> str:
    first, last = years
    if str(first) in label:
        return ""
    return f"{first}年" if first == last else f"{first}—{last}年"


def head(
    place: str,
    years: tuple[int, int],
    as_of: dt.date,
    scope: str | None,
    lights: Mapping[Light, int],
    figures: str,
) -> str:
    """The one sentence that a reader takes away. `scope` is the filters in words."""
    range_ = f"（范围：{scope}）" if scope else ""
    total = sum(lights.values())
    whose = f"截至{date(as_of)}，{place}{_year(years, '')}民生实事项目{range_}共{total}项"
    return f"{whose}，{_lights(lights, total)}；{figures}。"


def nothing_chosen(as_of: dt.date, scope: str) -> str:
    return f"截至{date(as_of)}，所选范围（{scope}）内没有民生实事项目。"


def _lights(lights: Mapping[Light, int], total: int) -> str:
    each = [(labels.LIGHT[light], lights[light]) for light in Light if lights[light]]
    if total == 1:
        return f"进度为{each[0][0]}"
    if len(each) == 1:
        return f"全部为{each[0][0]}"
    counts = f"其中{joined(f'{name}{count}项' for name, count in each)}"
    late = [labels.LIGHT[each] for each in (Light.BEHIND, Light.FAR_BEHIND) if lights[each]]
    if not late:
        return counts
    number = lights[Light.BEHIND] + lights[Light.FAR_BEHIND]
    both = f"合计{number}项，" if len(late) > 1 else "项目"
    return f"{counts}（{'和'.join(late)}{both}占{percent(number / total)}）"


def figures(
    completion: float | None, claimed: float | None, elapsed: float, known: int, total: int
) -> str:
    """核算, 序时, 自报 and what lies between them; unknown projects are said to be left out."""
    if completion is None or claimed is None:
        return f"尚无可以核算的数据，序时进度为{percent(elapsed)}"
    mean = "完成率" if known == 1 else "平均完成率"
    left_out = f"（{total - known}项无数据，未计入）" if known < total else ""
    counted = f"按能够核算的完成数计算，{mean}为{percent(completion)}{left_out}"
    return f"{counted}，{_pace(completion, elapsed)}；{_believed(claimed, completion)}"


def _pace(completion: float, elapsed: float) -> str:
    ahead = tenths(completion) - tenths(elapsed)
    if not ahead:
        return f"与序时进度（{percent(elapsed)}）持平"
    return f"{'快于' if ahead > 0 else '慢于'}序时进度（{percent(elapsed)}）{_points(ahead)}"


def _believed(claimed: float, completion: float) -> str:
    above = tenths(claimed) - tenths(completion)
    if not above:
        return f"按牵头单位自报计算为{percent(claimed)}，与核算一致"
    side = "高于" if above > 0 else "低于"
    return f"按牵头单位自报计算为{percent(claimed)}，{side}核算{_points(above)}"


def _points(tenths_of_a_point: int) -> str:
    return _tight(printed.points(abs(tenths_of_a_point), sign=False))


def extremes(groups: Sequence[tuple[str, float]], unknown: Sequence[str]) -> str:
    """The best and the worst categories, all that print the same; `groups` are the known ones."""
    without = f"{joined(unknown)}没有数据，未列入比较。" if unknown else ""
    printed = [tenths(share) for _, share in groups]
    if len(groups) < 2:
        return without
    if len(set(printed)) == 1:
        same = percent(groups[0][1])
        return f"{len(groups)}个类别的核算完成率相同，均为{same}。{without}"
    return (
        f"{len(groups)}个类别中，核算完成率{_ends('最高', groups, max(printed))}，"
        f"{_ends('最低', groups, min(printed))}。{without}"
    )


def _ends(which: str, groups: Sequence[tuple[str, float]], printed: int) -> str:
    of = [(name, share) for name, share in groups if tenths(share) == printed]
    return f"{which}的是{joined(name for name, _ in of)}（{percent(of[0][1])}）"


def delivery(counts: Mapping[Delivery, int]) -> str:
    each = joined(f"{labels.DELIVERY[kind]}{n}项" for kind, n in counts.items() if n)
    said = counts[Delivery.DECLARED]
    doubt = f"只报完成的{said}项没有写数量，无法核算，暂按完成计。" if said else ""
    return f"按交付情况分，{each}。{doubt}"


def gap(projects: Sequence[str], leads: Sequence[str]) -> str:
    """Where the department's own figures stand above what can be counted."""
    if not projects:
        return "各单位自报的完成率没有高于核算的。"
    every = "均" if len(projects) > 1 else ""
    whose = f"{every}由{leads[0]}牵头" if len(leads) == 1 else f"涉及{joined(leads)}"
    each = f"{len(projects)}个：{joined(projects)}"
    return f"自报高于核算的项目有{each}，{whose}，以核算为准。"


def lagging(late: int, far: int, total: int, known: int, milestones: bool) -> str:
    """`known` of the projects have data: of the others nobody can say that they are in time."""
    if not late and not known:
        return ""
    if not late:
        return "没有滞后项目。" if known == total else "有数据的项目没有滞后。"
    compared = "序时进度（有节点计划的按已到期节点）" if milestones else "序时进度"
    if total == 1:
        how_many = f"{labels.LIGHT[Light.FAR_BEHIND if far else Light.BEHIND]}1项"
    else:
        share = f"滞后{late}项，占{percent(late / total)}"
        how_many = (share if late < total else f"{total}项全部滞后") + _far(far, late)
    order = "由差距大的到小的列表如下" if late > 1 else "情况如下"
    return f"按短板与{compared}比较，{how_many}，{order}。"


def _far(far: int, late: int) -> str:
    if not far:
        return ""
    every = "均为严重滞后" if late > 1 else "为严重滞后"
    return f"，{every if far == late else f'其中严重滞后{far}项'}"


def unknown(projects: Sequence[str]) -> str:
    each = f"没有数据、无法判断进度的{len(projects)}项：{joined(projects)}"
    return f"{each}。没有数据不等于没有进展。"


def figure(completion: float | None, weakest: float | None) -> str:
    """A project's completion, with its weakest part where that is lower."""
    if completion is None or weakest is None or tenths(completion) == tenths(weakest):
        return percent(completion)
    return f"{percent(completion)}\n{labels.WEAKEST}{percent(weakest)}"


def leads(projects: int, departments: int, credits: int) -> str:
    joint = (
        f"联合牵头的项目每个牵头单位各计一次，共计{credits}项次。" if credits != projects else ""
    )
    return f"{projects}个项目由{departments}个单位牵头。{joint}"


def behind_of(departments: Sequence[tuple[str, int]], all_known: bool) -> str:
    if not departments:
        return "各牵头单位均没有滞后项目。" if all_known else ""
    each = joined(f"{name}{count}项" for name, count in departments)
    return f"滞后项目涉及{len(departments)}个单位：{each}。"


def ranked_among(scoped: bool) -> str:
    alone = "名次是在所选类别和进度的全部牵头单位中的名次。" if scoped else ""
    return f"{alone}{labels.RANK_NOTE}"


def to_verify(findings: int, projects: int, severities: Mapping[str, int]) -> str:
    if not findings:
        return "逐项核对原文，没有发现需要核实的数据。"
    each = joined(f"{name}{count}条" for name, count in severities.items() if count)
    return (
        f"逐项核对原文，有{findings}条需要核实，涉及{projects}个项目（{each}）。"
        "核实以前，有关数据请慎重引用。"
    )


def counted(projects: int, known: int) -> str:
    """How many projects a row of a table stands on."""
    return str(projects) if projects == known else f"{projects}（{projects - known}项无数据）"


def annexes(titles: Iterable[str]) -> str:
    """The list of annexes: one a line, numbered."""
    lines = (f"{place}. {title}" for place, title in enumerate(titles, 1))
    return ANNEXES.format(lines=ANNEX_LINE.join(lines))


def note(facts: Mapping[str, str]) -> str:
    """What every document carries, as one small line."""
    return "；".join(f"{name}：{words}" for name, words in facts.items() if words) + "。"
