"""What is said when the dataset is edited, merged and saved, and the names of periods."""

from __future__ import annotations

import re
from collections.abc import Iterable

NO_PROJECT = "没有编号为 {id} 的项目。请先添加这个项目。"
NO_PERIOD = "没有报告期 {id}。请先添加这个报告期。"
NO_REPORT = "项目 {id} 在报告期 {period} 没有进展情况，无从删除。"
NO_PLACE = "数据里没有 {path} 这个位置。请对照数据文件检查名称。"
PERIOD_TAKEN = "报告期 {id} 已经有了。请换一个代号。"
PROJECT_TAKEN = "项目编号 {id} 已经用过。请换一个编号。"
BAD_VALUE = "{path} 不能写成「{value}」。请对照数据文件里同样的位置改正。"
NOT_WRITABLE = (
    "这处修改没法写进文件而不影响其他内容，没有改动。请检查新内容里是否有特殊字符，或直接编辑文件。"
)
HEAD = {
    "version": "文件格式版本",
    "title": "表题",
    "place": "地区",
    "plan": "计划起止日",
    "thresholds": "快慢界限",
}

_SEASONS = {"1": "一季度", "2": "二季度", "3": "三季度", "4": "全年"}
_HALVES = {"1": "半年度", "2": "全年"}
_PERIOD = re.compile(r"\d{4}-?(?:Q([1-4])|H([12])|(Y)|M?(0?[1-9]|1[0-2]))?", re.IGNORECASE)


def period_label(id_: str) -> str:
    """2023Q3 三季度, 2023M07 7 月; empty where the id follows no such manner."""
    found = _PERIOD.fullmatch(id_)
    if not found:
        return ""
    season, half, _, month = found.groups()
    if month:
        return f"{int(month)} 月"
    return _SEASONS.get(season or "", "") or _HALVES.get(half or "", "") or "全年"


def conflict(names: Iterable[str]) -> str:
    return f"同一处两边都改了，不能自动合并：{'、'.join(names)}。请对照两个版本，选一个再改。"


def category_comment(number: str, name: str) -> str:
    return f"{number} {name}"


def period_name(id_: str) -> str:
    return f"报告期 {id_}"


def project_name(id_: str, content: str) -> str:
    return f"{id_} {content}"
