"""The words of exports: formats, file names, what every document carries, the sheets of Excel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
    "json": FormatWords("JSON 数据", "数据", "与命令 show --format json 的输出相同，给程序读取。"),
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


def scope(categories: Iterable[str], departments: Iterable[str], lights: Iterable[str]) -> str:
    """The filters in words: "类别 学有所教；牵头单位 区教育局", or 全部."""
    each = {CATEGORY: categories, DEPARTMENT: departments, LIGHT: lights}
    chosen = {name: "、".join(values) for name, values in each.items()}
    words = "；".join(f"{name} {values}" for name, values in chosen.items() if values)
    return words or EVERYTHING
