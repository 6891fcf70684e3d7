"""The words of the table 其余各栏: what the five printed columns have no room for, a line for each
project and key. Exports write them, an import reads them."""

from __future__ import annotations

from minsheng.labels.columns import PROMISE

TITLE = "附：各项的其余各栏"
HEAD = ("编号", PROMISE, "栏目", "原文")
KEYS = {
    "printed": "表上序号",
    "supports": "配合单位",
    "leader": "分管领导",
    "deadline": "完成时限",
    "planned": "计划投资（万元）",
    "paid": "完成投资（万元）",
    "done": "完成数",
    "claimed": "自报完成率",
    "this_period": "本期完成数",
    "verdict": "部门自评",
    "problems": "存在问题",
    "next_steps": "下一步",
}
PLAN = "节点 "
PLACE = "其中："
PROJECT_NOTE = "项目备注："
REPORT_NOTE = "本期备注："


def share(percent: str) -> str:
    return f"应完成 {percent}%"
