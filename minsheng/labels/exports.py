"""The words of exports: formats, file names, what every document carries, the sheets of Excel."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minsheng.labels import COLUMN, columns, date
from minsheng.printed import shortened


@dataclass(frozen=True)
class FormatWords:
    """`file` is the part of the file name that says what is in it; `purpose` one sentence."""

    label: str
    file: str
    purpose: str


FORMATS = {
    "xlsx": FormatWords(
        "Excel 进展表",
        "进展表",
        "五列进展表加核算结果，另有指标、部门、核查各表和可以改的图表，用来核对和再加工。",
    ),
    "docx": FormatWords(
        "Word 进展表", "进展表", "照印发样式的五列进展表，用来流转和会签，也可以再导入。"
    ),
    "bulletin": FormatWords(
        "Word 通报", "通报", "通报初稿：总体情况、滞后项目、部门情况和附表，下一步要求留空待写。"
    ),
    "pptx": FormatWords(
        "PowerPoint 汇报", "汇报", "汇报用的幻灯片，图表都可以在 PowerPoint 里改，备注里有原文。"
    ),
    "html": FormatWords(
        "网页", "网页", "一个文件，不连网也能打开和查找，用来拷给没有这个系统的人看。"
    ),
    "pdf": FormatWords("PDF 通报", "通报", "通报和附表的定稿样式，用来发送和打印，文字可以选取。"),
    "csv": FormatWords("CSV 明细", "明细", "每个指标一行的明细，用来导入别的系统或做统计。"),
    "json": FormatWords(
        "JSON 数据",
        "数据",
        "给程序读取：与命令 show --format json 相同，末尾另有数据指纹、进度界限和所选范围。",
    ),
}

SCOPE = "范围"
EVERYTHING = "全部"
CATEGORY = "类别"
DEPARTMENT = "牵头单位"
LIGHT = "进度"
FACTS = {
    "title": "表题",
    "place": "地区",
    "period": "报告期",
    "as_of": "数据截止",
    "scope": SCOPE,
    "elapsed": "序时进度",
    "fingerprint": "数据指纹",
}
FILE_NAME = "{place}民生实事-{period}-{what}{chosen}.{ending}"
EXCERPT = "节选"

# The columns of the table as it is printed, by the headings it is printed with.
PRINTED = {
    "category_number": "序号",
    "category": "项目名称",
    "content": "项目内容",
    "leads": "牵头单位",
    "text": "进展情况",
}
# 进度 alone heads the progress text in some districts' tables: what is read again must not meet it.
MEASURED = {"completion": "核算完成率", "claimed": "自报", "light": "进度评价"}
CSV = {
    "period": COLUMN["period"],
    "as_of": "数据截止",
    "id": COLUMN["id"],
    "category_number": "类别序号",
    "number": "类内序号",
    "category": COLUMN["category"],
    "content": COLUMN["content"],
    "leads": COLUMN["leads"],
    "supports": "配合单位",
    "leader": "分管领导",
    "deadline": "完成时限",
    "kind": "性质",
    "text": PRINTED["text"],
    "problems": "存在问题",
    "next_steps": "下一步",
    "project_completion": "项目核算完成率",
    "weakest": COLUMN["weakest"],
    "project_claimed": "项目自报",
    "expected": "应达进度",
    "delivery": COLUMN["delivery"],
    "light": MEASURED["light"],
    "findings": "核查发现",
    "indicator": COLUMN["indicator"],
    "part_of": "其中项属于",
    "counts": columns.COUNTS,
    "unit": columns.UNIT,
    "target": COLUMN["target"],
    "done": COLUMN["done"],
    "approx": "约数",
    "underway": COLUMN["underway"],
    "stages": columns.STAGES,
    "claimed": "指标自报",
    "claimed_part": "部分自报",
    "claimed_of": "部分自报的基数",
    "counted": columns.COUNTED,
    "completion": "指标核算完成率",
    "basis": COLUMN["basis"],
    "quotes": columns.QUOTES,
    "elapsed": COLUMN["elapsed"],
    "title": FACTS["title"],
    "place": FACTS["place"],
    "scope": SCOPE,
    "limits": "进度界限",
    "fingerprint": FACTS["fingerprint"],
}

# By name; the program that opens the document replaces what the machine lacks.
FONT_TITLE = "方正小标宋简体"
FONT_HEAD = "黑体"
FONT_BODY = "宋体"

SHEETS = {
    "progress": "进展表",
    "rest": "其余各栏",
    "categories": "类别",
    "departments": "部门",
    "indicators": "指标",
    "findings": "核查",
    "history": "历期",
    "about": "说明",
}
ITEM = "事项"
CONTENT = "内容"
MEAN = "平均"
BASE = "计算范围"
CUT = "……（以下省略：Excel 一格最多 32767 个字，全文见数据文件）"
SHARES_NOTE = (
    "百分比按页面显示的一位小数存放，没有达到 100% 的不显示为 100.0%；"
    "要更精确时，用“指标”表里的完成数除以目标。数据条的刻度固定为 0 到 100%。"
)
TEXT_NOTE = "空白格表示没有数据，不是 0。以 = + - @ 开头的文字按文字存放，不会被计算。"

COMMA = re.compile("[,，、]")
CLI = "把一个报告期写成文件：Excel、CSV 等；文件名与“导出”页相同，已有的同名文件会被替换。"
CLI_LIST = "甲,乙"
CLI_FORMAT = "格式，可以写几个，用逗号分开：{known}"
CLI_OUT = "写到哪个文件夹，没有就新建"
CLI_CATEGORY = "只要这些类别，写序号或名称，可以写几个"
CLI_DEPARTMENT = "只要这些牵头单位的项目，写名称，可以写几个"
CLI_LIGHT = "只要这些进度的项目，例如 滞后,严重滞后"
CLI_UNKNOWN = "没有“{value}”，可选：{known}"

LINK = "导出这些项目"
EVERYTHING_HINT = "不选就是全部"


def download(label: str) -> str:
    return f"下载 {label}"


def written(label: str, path: str, size: int, projects: int) -> str:
    return f"{label}：{path}（{projects} 个项目，{math.ceil(size / 1024):,} KB）"


def not_made(label: str, reason: str) -> str:
    return f"{label}没有写出：{reason}"


def not_written(path: str, reason: str | None) -> str:
    return f"写不进 {path}：{reason or ''}。请检查文件夹权限和磁盘空间，或用 --out 换一个文件夹。"


def footer(as_of: dt.date, fingerprint: str) -> str:
    """In Excel's own notation: left, centre, right; & begins a code."""
    mark = f" · {FACTS['fingerprint']} {fingerprint}" if fingerprint else ""
    return f"&L{FACTS['as_of']} {date(as_of)}{mark}&R第 &P 页，共 &N 页"


def at(period: str, measured: str) -> str:
    """The heading of a column of a sheet that has several periods."""
    return f"{period}\n{MEASURED[measured]}"


def scope(categories: Iterable[str], departments: Iterable[str], lights: Iterable[str]) -> str:
    """The filters in words: "类别 学有所教；牵头单位 区教育局", or 全部."""
    each = {CATEGORY: categories, DEPARTMENT: departments, LIGHT: lights}
    chosen = {name: "、".join(values) for name, values in each.items()}
    words = "；".join(f"{name} {values}" for name, values in chosen.items() if values)
    return words or EVERYTHING


def not_offered(label: str, values: Sequence[str]) -> str:
    """Of very many the first three: whoever made up the address reads no more."""
    named = "、".join(f"“{shortened(each)}”" for each in values[:3])
    more = f"等 {len(values)} 项" if len(values) > 3 else "这一项" if len(values) == 1 else "这几项"
    return f"{label}没有{named}{more}，已略去。"
