"""The words of exports: formats, file names, what every document carries, the sheets of Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from minsheng.labels import BASIS, COLUMN, LOWERED, joined, number


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
    "counts": "计数事件",
    "unit": "计量单位",
    "target": COLUMN["target"],
    "done": COLUMN["done"],
    "approx": "约数",
    "underway": COLUMN["underway"],
    "stages": "各阶段",
    "claimed": "指标自报",
    "claimed_part": "部分自报",
    "claimed_of": "部分自报的基数",
    "counted": "完成数÷目标",
    "completion": "指标核算完成率",
    "basis": COLUMN["basis"],
    "quotes": "所引原文",
    "elapsed": COLUMN["elapsed"],
    "title": FACTS["title"],
    "place": FACTS["place"],
    "scope": SCOPE,
    "limits": "进度界限",
    "fingerprint": FACTS["fingerprint"],
}


def stages(counts: Mapping[str, float]) -> str:
    return joined(f"{name} {number(count)}" for name, count in counts.items())


def basis(part: Mapping[str, Any]) -> str:
    """What an indicator's completion rests on; 取低 where the lower claim holds."""
    return f"{BASIS[part['basis']]}（{LOWERED}）" if part["lowered"] else BASIS[part["basis"]]


def scope(categories: Iterable[str], departments: Iterable[str], lights: Iterable[str]) -> str:
    """The filters in words: "类别 学有所教；牵头单位 区教育局", or 全部."""
    each = {CATEGORY: categories, DEPARTMENT: departments, LIGHT: lights}
    chosen = {name: "、".join(values) for name, values in each.items()}
    words = "；".join(f"{name} {values}" for name, values in chosen.items() if values)
    return words or EVERYTHING
