"""The words of the presentation: its agenda, its slides, its buttons."""

from __future__ import annotations

from collections.abc import Mapping

from minsheng.printed import gap as difference

PARTS: Mapping[str, str] = {
    "cover": "封面",
    "plan": "总体进度",
    "lights": "进度分布",
    "lagging": "滞后项目",
    "categories": "各类别",
    "departments": "牵头单位",
    "category": "逐个类别",
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

ELAPSED_NOTE = "按天数应达到的"
OF_ALL = "共 {all} 项"
LAGGING = "{late} 项滞后，是谁的、差多少、为什么"
WHOSE = "{leads}　{variance}"
IN_ALL = "{name}（{projects} 项）"
CHANGED = "与{before}相比，{all} 项里有 {count} 项变了"
CHANGE = "{kind}　{project} {content}"
SILENT = "{count} 项本期没有报送"
NEXT = "下一步"
NEXT_MISSING = "{count} 项滞后、没有写下一步，请会议明确"
PAGE_OF = "{title}（{at}/{of}）"

AGENDA_FIELD = "议程"
PARTS_FIELD = "讲哪些部分（不选就是全部）"
CATEGORIES_FIELD = "逐个类别讲哪些（不选就是全部）"
ADVANCE_FIELD = "翻页"
START = "开始汇报（{count} 页）"
NOTHING = "这样选没有可讲的内容，请少选一些条件。"
HOW = (
    "翻页：方向键、空格、翻页笔、手指左右滑；输入页码再按回车可跳页；F 全屏，D 换深浅色；"
    "Esc 或右上角“退出”离开。点一个项目可以看依据，看完回到同一页。"
)

LEAVE = "退出"
BACK = "回到汇报（第 {at} 页）"
PREVIOUS = "上一页"
NEXT_SLIDE = "下一页"
FULL = "全屏"
DARK = "深浅色"
JUMP = "转到第 {at} 页"
SCAN = "扫码看明细"
UNCOUNTED = "未经核算"
CLAIMED = "自报"
UNDERWAY = "推进中"
DUE = "序时"


def gap(claimed: float | None, counted: float | None) -> str:
    """How far the claim is from the count; nothing where one of them is unknown."""
    if claimed is None or counted is None:
        return ""
    return f"与核算相差 {difference(claimed, counted)} 个百分点"
