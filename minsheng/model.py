"""The words of the field as frozen types (design.md section 2).

Descriptions are Chinese because they are what VS Code shows to the staff who edit the file;
everything that appears on the screen lives in `labels`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict


class Basis(StrEnum):
    """What a completion rests on. The order is from firm to nothing."""

    COUNTED = "counted"
    DECLARED = "declared"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"


class Delivery(StrEnum):
    """How far the promise is kept, whatever the calendar says."""

    EXCEEDED = "exceeded"
    DONE = "done"
    DECLARED = "declared"
    UNDERWAY = "underway"
    PREPARING = "preparing"
    UNKNOWN = "unknown"


class Light(StrEnum):
    """The schedule light. The order is from good to bad, unknown last: unknown is not zero."""

    DONE = "done"
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    UNKNOWN = "unknown"


class Silence(StrEnum):
    """Why there is no figure. None of the four is a zero; the order is from nothing to almost."""

    NO_LIST = "no_list"
    NO_PERIOD = "no_period"
    NO_REPORT = "no_report"
    NOT_READ = "not_read"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PERIOD_ID = r"^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$"
PROJECT_ID = r"[1-9][0-9]{0,3}\.[1-9][0-9]{0,5}"
PLACE_CODE = "[1-9][0-9]{5}"
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _date(value: Any) -> Any:
    """A date is a date only where one is expected, so the reader leaves it as text until here."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _code(value: Any) -> Any:
    """330302 without quotes is read as a number, and is a code all the same."""
    return str(value) if type(value) is int else value


Date = Annotated[dt.date, BeforeValidator(_date, json_schema_input_type=dt.date)]
Text = Annotated[str, Field(min_length=1)]
Names = Annotated[tuple[Text, ...], Strict(False)]
Code = Annotated[
    str, BeforeValidator(_code, json_schema_input_type=int | str), Field(pattern=f"^{PLACE_CODE}$")
]
ItemOfAList = Annotated[str, Field(pattern=rf"^{PLACE_CODE}/[0-9]{{4}}#{PROJECT_ID}$")]
# Far past anything counted in a district, and near enough that no quotient of two is infinite.
MOST, LEAST = 10**15, 1e-6
Target = Annotated[int | float, Field(allow_inf_nan=False, gt=0, ge=LEAST, le=MOST)]
Count = Annotated[int | float, Field(allow_inf_nan=False, ge=0, le=MOST)]
Percent = Annotated[int | float, Field(allow_inf_nan=False, ge=0, le=1000)]
Points = Annotated[int | float, Field(allow_inf_nan=False, ge=0, le=100)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Plan(Frozen):
    """The days the promise runs over; both end days belong to it."""

    start: Date = Field(description="计划开始日，写成 2023-01-01")
    end: Date = Field(description="计划截止日，写成 2023-12-31")


class Thresholds(Frozen):
    """Percentage points between the weakest indicator and the expected share. A local rule."""

    ahead: Points = Field(default=10, description="高出序时多少个百分点算超序时")
    behind: Points = Field(default=10, description="落后序时多少个百分点算滞后")
    far_behind: Points = Field(default=30, description="落后序时多少个百分点算严重滞后")


class Period(Frozen):
    id: Annotated[str, Field(pattern=PERIOD_ID)] = Field(
        description="报告期代号，只用字母和数字，例如 2023H1、2023Q3"
    )
    label: Text = Field(description="报告期名称，例如 半年度")
    as_of: Date = Field(description="数据截止日，写成 2023-06-30")


class Indicator(Frozen):
    """One numeric target of a project, with the event that counts."""

    name: Text = Field(description="指标名称，例如 老年食堂；进展读数用这个名称对应")
    target: Target = Field(description="全年目标数，只写数字")
    unit: Text = Field(description="单位，例如 家、套、人次、%")
    counts: Text = Field(description="承诺的是什么事件，例如 建成、投用、新开工；只有这件事算数")
    part_of: Text | None = Field(default=None, description="其中项：所属指标的名称")
    at_most: bool = Field(default=False, description="越低越好的指标（如候车时间）写 true")


class Reading(Frozen):
    """What somebody read from a report for one indicator. Absent is not zero."""

    done: Count | None = Field(
        default=None, description="承诺的那件事已完成的数量；原文没说就不写，不要写 0"
    )
    quotes: Names = Field(
        default=(), description="读出 done 的原文，逐字照抄；其中的数字之和等于 done"
    )
    declared: bool = Field(default=False, description="原文只说“已完成”、没有数字时写 true")
    approx: bool = Field(default=False, description="原文是约、近、余等约数时写 true")
    claimed: Percent | None = Field(
        default=None, description="部门自报的完成百分比，照原文写，129% 写 129"
    )
    claimed_of: Text | None = Field(
        default=None, description="自报百分比的基数不是全年目标时，写明基数，例如 第二批"
    )
    underway: Count | None = Field(default=None, description="已开始、尚未完成的数量")
    preparing: bool = Field(
        default=False, description="只有勘察、设计、招标、评估、采购等前期工作时写 true"
    )
    stages: dict[Text, Count] = Field(
        default_factory=dict, description="原文列出的各阶段数量，例如 {选址: 1, 图纸设计: 21}"
    )
    target: Target | None = Field(
        default=None, description="本期起全年目标有调整时，写调整后的目标数"
    )
    this_period: Count | None = Field(
        default=None, description="本期新增的数量；done 是累计数，两者都写"
    )
    by_place: dict[Text, Count] = Field(
        default_factory=dict,
        description="各街道（乡镇）或各处的完成数，例如 {五马街道: 3, 松台街道: 2}；合计等于 done",
    )


class Spent(Frozen):
    """What of the investment is paid up to the report's period."""

    paid: Count = Field(description="到本期累计完成投资，万元")


class Report(Frozen):
    """The text of one project in one period, verbatim, with its readings."""

    text: str = Field(description="进展情况原文，一字不改")
    readings: dict[Text, Reading] = Field(
        default_factory=dict, description="按指标名称写读数；没有把握就不写"
    )
    problems: Text | None = Field(default=None, description="存在问题，原文")
    next_steps: Text | None = Field(default=None, description="下一步打算，原文")
    verdict: Text | None = Field(
        default=None, description="部门自己对进度的评价，原文，例如 达序时、滞后"
    )
    investment: Spent | None = Field(default=None, description="到本期的投资，万元")
    leads: Names = Field(default=(), description="本期起牵头单位有调整时，写调整后的全部单位")
    supports: Names = Field(default=(), description="本期起配合单位有调整时，写调整后的全部单位")
    deadline: Date | None = Field(default=None, description="本期起完成时限有调整时，写新的时限")
    notes: dict[Text, Text] = Field(
        default_factory=dict, description="表里没有对应键的各列：列名 → 内容，原文"
    )


class Milestone(Frozen):
    """A node of the plan: a share of the year, counts by indicator, or only words."""

    by: Date = Field(description="节点日期")
    share: Points | None = Field(default=None, description="到该日应完成的百分比，0 到 100")
    count: dict[Text, Count] = Field(
        default_factory=dict, description="到该日应完成的数量，例如 {老年食堂: 30}"
    )
    text: Text | None = Field(default=None, description="到该日应做到什么，原文；只作说明，不计算")


class Investment(Frozen):
    planned: Count | None = Field(default=None, description="计划投资，万元")
    paid: Count | None = Field(default=None, description="已完成投资，万元")


class Project(Frozen):
    """One promise; a row of the printed table."""

    id: Annotated[str, Field(pattern=f"^{PROJECT_ID}$")] = Field(
        description='编号：类别序号.类内序号，一定加引号，例如 "5.1"'
    )
    category: Text = Field(description="民生领域，例如 老有所养")
    content: Text = Field(description="项目内容原文，一字不改")
    leads: Annotated[Names, Field(min_length=1)] = Field(description="牵头单位，一个或几个")
    indicators: Annotated[tuple[Indicator, ...], Strict(False)] = Field(
        default=(), description="这一项承诺的数字指标"
    )
    reports: dict[Text, Report] = Field(
        default_factory=dict, description="按报告期代号写进展情况和读数"
    )
    supports: Names = Field(default=(), description="配合单位")
    leader: Text | None = Field(default=None, description="分管领导")
    deadline: Date | None = Field(default=None, description="完成时限")
    milestones: Annotated[tuple[Milestone, ...], Strict(False)] = Field(
        default=(), description="进度节点，写了就代替按天平均的序时进度"
    )
    kind: Literal["工程", "服务", "政策"] | None = Field(default=None, description="项目性质")
    investment: Investment | None = Field(default=None, description="投资，万元")
    printed: Text | None = Field(
        default=None, description='表上印的序号，与编号不同时照写，加引号，例如 "12"'
    )
    upper: Annotated[tuple[ItemOfAList, ...], Strict(False)] = Field(
        default=(), description='本项是上级清单哪一项的份额，例如 ["330300/2023#5.1"]'
    )
    notes: dict[Text, Text] = Field(
        default_factory=dict, description="表里没有对应键的各列：列名 → 内容，原文"
    )

    @property
    def category_number(self) -> str:
        """The part of the id before the point: the ASCII name of the category in addresses."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is in force of a project in a period: the project's own words until a report changes
    them. `paid` is in 万元 up to the period, None where nobody said."""

    leads: tuple[str, ...]
    supports: tuple[str, ...]
    deadline: dt.date | None
    paid: float | None


class Dataset(Frozen):
    version: Literal[1] = Field(description="文件格式版本，写 1")
    title: Text = Field(description="表题原文")
    place: Text = Field(description="地区")
    code: Code | None = Field(
        default=None, description="行政区划代码（GB/T 2260），六位，例如 330302"
    )
    parent: Code | None = Field(
        default=None, description="上级的行政区划代码；只在代码看不出上级时写，例如开发区"
    )
    plan: Plan = Field(description="计划起止日")
    thresholds: Thresholds = Field(default=Thresholds(), description="判断快慢的界限，百分点")
    periods: Annotated[tuple[Period, ...], Strict(False), Field(min_length=1)] = Field(
        description="报告期，按时间先后"
    )
    projects: Annotated[tuple[Project, ...], Strict(False)] = Field(description="项目，按印发顺序")

    @property
    def category_names(self) -> dict[str, str]:
        """Category number → name, in printed order."""
        return {each.category_number: each.category for each in self.projects}

    def period(self, period_id: str | None = None) -> Period:
        """The named period, or the last one.

        Raises:
            KeyError: no period has this id.
        """
        if period_id is None:
            return self.periods[-1]
        for period in self.periods:
            if period.id == period_id:
                return period
        raise KeyError(period_id)

    def period_before(self, period: Period) -> Period | None:
        place = self.periods.index(period)
        return self.periods[place - 1] if place else None

    def terms(self, project: Project, period: Period) -> Terms:
        """What is in force of the project in the period. The last report up to it that says
        something of a term decides; a later one does not reach back."""
        money = project.investment
        terms = Terms(
            project.leads, project.supports, project.deadline, money.paid if money else None
        )
        for each in self.periods[: self.periods.index(period) + 1]:
            report = project.reports.get(each.id)
            if report is not None:
                terms = Terms(
                    report.leads or terms.leads,
                    report.supports or terms.supports,
                    report.deadline or terms.deadline,
                    report.investment.paid if report.investment else terms.paid,
                )
        return terms


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """What the dataset file must not be, at a place (both 1-based), with what to write instead."""

    line: int
    column: int
    message: str

    def at(self, file: object) -> str:
        return f"{file}:{self.line}:{self.column}: {self.message}"


class Refused(Exception):  # noqa: N818 - it is no error, it is an answer
    """No, said to a person: the sentences say why, and what to do instead."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = tuple(dict.fromkeys(sentences))
        super().__init__("\n".join(self.sentences))


LONGEST_MESSAGE = 400


def _bounded(problem: Problem) -> Problem:
    """A message quotes the file, and that may be a megabyte; the cure stands at its end."""
    words, half = problem.message, LONGEST_MESSAGE // 2
    if len(words) <= LONGEST_MESSAGE:
        return problem
    return Problem(problem.line, problem.column, f"{words[:half]}……{words[-half:]}")


class DatasetError(Refused):
    """The file is not a dataset; `problems` are all of its faults, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted({_bounded(problem) for problem in problems}))
        super().__init__(*(problem.message for problem in self.problems))


@dataclass(frozen=True, slots=True)
class MeasuredIndicator:
    """One indicator in one period, as the rules of design.md section 4 measure it.

    `target`, `done` and `underway` are in the indicator's unit; the others are shares, 0-1.
    None is not stated or not known, and never 0. `target` is the one in force in the period.
    """

    project: str
    name: str
    unit: str
    counts: str
    target: float
    part_of: str | None = None
    at_most: bool = False
    done: float | None = None
    underway: float | None = None
    declared: bool = False
    approx: bool = False
    claimed: float | None = None
    """The department's own share of the year's target."""
    claimed_part: float | None = None
    """Its share of another base, `claimed_of`."""
    claimed_of: str | None = None
    preparing: bool = False
    stages: Mapping[str, float] = field(default_factory=dict)
    quotes: tuple[str, ...] = ()
    counted: float | None = None
    """done / target, not capped; target / done where lower is better."""
    completion: float | None = None
    lowered: bool = False
    """The claim is below the count, and holds (取低)."""
    basis: Basis = Basis.UNKNOWN


@dataclass(frozen=True, slots=True)
class MeasuredProject:
    """One project in one period. Shares are 0-1, None where nothing is known.

    `indicators` and `known` say how many indicators there are and how many have a completion.
    """

    id: str
    category: str
    category_number: str
    content: str
    leads: tuple[str, ...]
    text: str | None = None
    indicators: int = 0
    known: int = 0
    completion: float | None = None
    claimed: float | None = None
    """If the department is simply believed."""
    weakest: float | None = None
    weakest_name: str | None = None
    basis: Basis = Basis.UNKNOWN
    delivery: Delivery = Delivery.UNKNOWN
    light: Light = Light.UNKNOWN
    expected: float = 0.0
    """What should be done by the cut-off date."""
    variance: float | None = None
    """weakest - expected in tenths of a percentage point, of the figures as printed."""
    forecast: float | None = None
    pace: float | None = None
    before: float | None = None
    """The completion in the period before."""
    light_before: Light | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a group of projects amounts to: means over those of which something is known."""

    name: str
    projects: int
    known: int
    completion: float | None
    claimed: float | None
    lights: Mapping[Light, int]

    @property
    def finished(self) -> int:
        return self.lights[Light.DONE]

    @property
    def far_behind(self) -> int:
        return self.lights[Light.FAR_BEHIND]

    @property
    def behind(self) -> int:
        """Both degrees of it."""
        return self.lights[Light.BEHIND] + self.far_behind


@dataclass(frozen=True, slots=True)
class Standing(Tally):
    """A lead department on the board. A joint project counts once for each of its leads."""

    on_schedule: float | None
    """Share of its known projects on or ahead of schedule."""
    worst: float | None
    split: float | None
    """Mean completion with joint projects weighted 1/n."""
    rank: int | None
    """1 = highest mean completion; ties share the better rank. None: nothing is known."""
    best_rank: int | None
    worst_rank: int | None
    few: bool
    """Too few projects to be ranked."""
