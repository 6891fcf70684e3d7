"""The words of the one-file page that are not the app's own."""

from __future__ import annotations

from minsheng.labels import RULES, SEVERITY
from minsheng.model import Severity

SECTIONS = {
    "overview": "总览",
    "categories": "类别",
    "departments": "部门",
    "projects": "项目",
    "findings": "核查",
    "rules": "规则",
}
SKIP = "跳到正文"
MENU = "目录"
SEARCH = "查找项目"
SEARCH_HINT = "编号、内容、单位、原文，空格分开几个词"
SHOWN = "显示 {shown} / {total} 个项目"
NONE_FOUND = "没有符合的项目。"
TABLE = "表格"
BAR = "图示"
BAR_NOTE = (
    "表格里的条形从 0 画起：深色是核算，浅色是推进中，虚框是只有自报；"
    "灰色竖线是 100%，竖虚线是应达（序时进度或节点），紫色竖线是自报。"
)
Q_LAGGING = "哪些滞后，是谁的"
Q_PROJECTS = "每个项目做到了哪一步"
Q_WHY = "这个数怎么来的"
NO_LAGGING = "没有滞后的项目。"
NO_CLAIMS = "没有部门自报的百分比。"
TEXT = "部门原文"
STAGES = "各阶段"
QUOTED = "原文"
NOT_LIVE = "这是导出的文件，数据不会更新。"


def rule_heading(code: str, severity: Severity, count: int) -> str:
    return f"{RULES[code].title}（{SEVERITY[severity]} {count}）"


# A site for the public.
TITLE = "民生实事项目进展"
PAGES = {
    "index": "总览",
    "departments": "部门",
    "projects": "项目与原文",
    "claims": "自报与核算",
    "findings": "核查",
}
UP = "各地名单"
PUBLISHED = "数字出自各单位报送的原文；下次发布时更新。"
PLACES_SHOWN = "显示 {shown} / {total}"
PLACES_NONE = "没有符合的辖区。"
PLACES_HINT = "县、市、省的名称"
LIST = "名单"
PERIOD = "报告期"
OTHER_YEARS = "其他年份"
BROKEN = "数据文件有错，没有更新"


def part(at: int, count: int) -> str:
    """Which of several pages."""
    return f"（{at + 1}/{count}）" if count > 1 else ""


def more_lagging(count: int) -> str:
    return f"另有 {count} 项滞后，见各类别。"


def year(number: int) -> str:
    return f"{number} 年"


def lists(count: int) -> str:
    return f"{count} 份名单"
