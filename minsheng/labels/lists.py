"""What is said of many lists: engines, the roll-up, who has not reported."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from minsheng.labels import date, limits
from minsheng.model import Silence, Thresholds
from minsheng.printed import percent, shortened

NO_ENGINE = (
    "没有叫“{name}”的计算引擎。可以写 pandas、duckdb、spark，"
    "或 Spark 的地址，例如 spark://主机:7077、sc://主机。"
)
ENGINE_NOT_INSTALLED = (
    "没有安装 {engine}。请运行 pip install -r requirements-{engine}.txt，或不写 --engine。"
)
NOT_KEPT = (
    "写不进 {folder}：{reason}。请检查文件夹权限和磁盘空间，"
    "或用环境变量 MINSHENG_AMOUNTS 另外指定一个文件夹。"
)

LEVELS = {"province": "省", "city": "市", "county": "县"}
LEVEL = {"province": "省级", "city": "市级", "county": "县级", "": "未写代码的"}
BY = {"place": "按辖区", "category": "按类别", "lead": "按牵头单位", "item": "按项目"}
PLACE = "辖区"
CODE = "代码"
AS_OF = "数据截止"
LAST = "最近一期"
CHANGE = "比上期（百分点）"
VARIANCE = "短板与序时之差（百分点）"
FINDINGS = "核查发现"
UNCHANGED = "原文未变"
REPORTED_AT_ALL = "本期报送"
REPORTED = "已报"
MISSING = "未报清单"
REMINDER = "催报"
SILENCE = {
    Silence.NO_LIST: "无名单",
    Silence.NO_PERIOD: "未报",
    Silence.NO_REPORT: "无进展",
    Silence.NOT_READ: "有文无数",
}
PROJECTS = {Silence.NO_REPORT: "没报的项目", Silence.NOT_READ: "有文无数的项目"}
ABOUT = "说明"
OUTDATED = "文件有错，仍用上一版正确的数据"
LEFT_OUT = "文件有错，没有可用的数据，未计入"

CLI = "汇总一个文件夹里的多份名单；只加总同一级的名单，并说明是哪一级。"
CLI_AS_OF = "截至哪一天，写成 2023-06-30；默认今天。每份名单取这一天以前的最后一期"
CLI_BY = "每行是什么：place 辖区，category 类别，lead 牵头单位，item 项目"
CLI_LEVEL = "哪一级的名单；默认最低的一级"
CLI_MISSING = "列出谁没有报、谁有文无数、谁的原文与上期一字不差，并附催报文字"
CLI_SINCE = "从哪一天起的报告期算本期；默认是最新一期所在月份的 1 日"
CLI_LIMITS = "用同一组界限判断进度，例如 10,10,30（超序时、滞后、严重滞后，百分点）；默认各按各的"
CLI_ENGINE = "pandas、duckdb、spark，或 spark://主机:7077、sc://主机"
CLI_FORMAT = "table、json、csv 或 xlsx"
CLI_OUT = "写到哪个文件；xlsx 必须写"
CLI_BUILDING = "正在核算 {count} 份名单"
NEEDS_OUT = "xlsx 要写进文件，请加 --out，例如 --out 汇总.xlsx。"
BAD_LIMITS = "应为三个数，例如 10,10,30。"
NO_LEVEL = "没有{level}级的名单，有：{known}。"


def item(project: str, content: str) -> str:
    return f"{project} {shortened(content, 24).rstrip('。')}"


def no_list(name: str, day: dt.date) -> str:
    return f"{name}：截至 {date(day)}，还没有收到你处 {day.year} 年的民生实事名单，请尽快报送。"


def no_period(name: str, day: dt.date, label: str, as_of: dt.date | None) -> str:
    last = f"最近一次是{label}（数据截止 {date(as_of)}），" if as_of else ""
    return f"{name}：截至 {date(day)}，还没有收到你处本期的民生实事进展，{last}请尽快报送。"


_ASKED: dict[str, tuple[str, str]] = {
    Silence.NO_REPORT: ("没有报送进展", "请补报"),
    Silence.NOT_READ: ("有文字、没有可以核算的数", "请补报完成数"),
    UNCHANGED: ("原文与上期一字不差", "请核对是否有更新"),
}


def asked(
    name: str, label: str, as_of: dt.date, items: Mapping[str, Sequence[str]], projects: int
) -> str:
    """A line for each kind of what is missing, with the projects where they are not all."""
    lines = []
    for kind, (what, cure) in _ASKED.items():
        count = len(items[kind])
        if count == projects > 1:
            lines.append(f"全部 {count} 项{what}，{cure}。")
        elif count:
            lines.append(f"{what} {count} 项，{cure}：{'；'.join(items[kind])}。")
    return "\n".join([f"{name}：{label}民生实事进展（数据截止 {date(as_of)}）", *lines])


def title(level: str, name: str) -> str:
    if name == MISSING:
        return f"{LEVEL[level]}名单{MISSING}"
    return f"{LEVEL[level]}名单汇总（{name}）"


def missing(day: dt.date, silent: Mapping[Silence, int], others: int) -> str:
    """How many places are silent, and of how many others something is missing."""
    said = [f"{SILENCE[each]} {silent[each]} 个" for each in Silence if silent.get(each)]
    said += [f"已报、还要补报或核对的 {others} 个"] if others else []
    return f"截至 {date(day)}：{'，'.join(said) or '都已报送，没有要补报或核对的'}。"


def written(name: str, path: str, size: int, rows: int) -> str:
    return f"{name}：{path}（{rows} 行，{math.ceil(size / 1024):,} KB）"


def scope(level: str, places: int, projects: int, known: int, completion: float | None) -> str:
    """What was added up, and that nothing else was."""
    unknown = f"，其中 {projects - known} 项无数据、不计入平均" if projects > known else ""
    said = f"只汇总{LEVEL[level]}名单：{places} 份，{projects} 个项目{unknown}"
    return f"{said}；平均核算完成率 {percent(completion)}。"


def judged(common: Thresholds | None, own: Sequence[Thresholds]) -> str:
    """By which rule the lights were judged."""
    if common is not None:
        differing = [each for each in own if each != common]
        said = "；与部分名单自己的界限不同" if differing else ""
        return f"统一{limits(common)}{said}。"
    if len(own) == 1:
        return f"{limits(own[0])}。"
    return f"各份名单按自己的界限判断进度，共 {len(own)} 种；要用同一种，写 --limits。"


def broken(path: str, faults: Sequence[str], outdated: bool) -> str:
    return f"{path}：{OUTDATED if outdated else LEFT_OUT}。{''.join(faults)}"


# A folder of lists.

STRAY = "这个文件不在任何地区的文件夹里，没有读。请放到“代码/年度.yaml”，例如 330302/2023.yaml。"
NOT_A_YEAR = "文件名不是年度，没有读。请改名为“年度.yaml”，例如 2023.yaml。"
CLI_PLACE = "数据是一个文件夹时，哪个地区（六位代码，例如 330302）"
CLI_YEAR = "数据是一个文件夹时，哪一年；不写就是最近一年"


def no_lists(path: object) -> str:
    return f"{path} 里没有名单。每份名单请放到“代码/年度.yaml”，例如 330302/2023.yaml。"


def not_a_code(name: str) -> str:
    return (
        f"文件夹“{shortened(name, 40)}”不是六位行政区划代码，里面的文件没有读。"
        "请改名，例如 330302。"
    )


def not_above(named: str, name: str) -> str:
    return f"upper 写的 {named} 不是{name}上级的名单。请写上级地区的代码、年度和编号。"


def no_upper_item(named: str) -> str:
    return f"upper 写的 {named} 找不到：那份名单里没有这个编号。请核对编号。"


def unknown_code(code: str) -> str:
    return (
        f"行政区划代码表里没有 {code}。请核对代码；开发区等表里没有的，"
        "在文件里写上 parent: 上级的代码。"
    )


def unknown_parent(code: str) -> str:
    return f"行政区划代码表里没有上级 {code}，请核对。"


def wrong_folder(code: str, folder: str, year: int) -> str:
    return (
        f"文件里写的代码是 {code}，却放在 {folder} 的文件夹里。"
        f"请移到 {code}/{year}.yaml，或改正文件里的代码。"
    )


def other_place(place: str, name: str, code: str) -> str:
    return (
        f"文件里写的地区是“{shortened(place, 40)}”，却放在{name}的文件夹里。请移到 {code}，"
        "或改正文件里的地区；名称确实不同的，在文件里写上 code。"
    )


def wrong_year(year: int, named: int) -> str:
    return (
        f"计划是 {year} 年的，文件名却是 {named}.yaml。请改名为 {year}.yaml，或改正计划的起止日。"
    )


def twice(code: str, year: int, first: object) -> str:
    return f"{code} 的 {year} 年名单已有一份：{first}。同一地区同一年只能有一份，请删去一份。"


def no_place(code: str, known: Sequence[str]) -> str:
    return f"没有 {shortened(code)} 的名单，有的是：{_some(known)}。"


def not_a_year(year: str) -> str:
    return f"“{shortened(year)}”不是年度。请写成四位数，例如 2023。"


def which_place(path: object, known: Sequence[str]) -> str:
    return f"{path} 里有几个地区的名单，请用 --place 指定一个：{_some(known)}。"


def no_year(name: str, year: int, known: Sequence[int]) -> str:
    return f"{name}没有 {year} 年的名单，有的是：{'、'.join(map(str, known))}。"


def _some(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > 12 else ""
    return "、".join(names[:12]) + more


def checked(lists: int, projects: int, findings: int, faults: int) -> str:
    said = f"{lists} 份名单没有错误：{projects} 个项目，{findings} 条核查发现。"
    return f"{said}另有 {faults} 处错误，见上。" if faults else said
