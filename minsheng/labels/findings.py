"""The sentences of 核查: what has to be verified, whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from minsheng.printed import points

TITLE = "哪些数要核实"
TOGETHER = "同一项目的放在一起，严重的在前"
EACH = "每个项目要核实什么"
RULE, LEADS, WHAT, QUOTES = "发现", "牵头", "怎么对不上", "原文"
LOWERED = "按自报取低"
FOOT = "点一行打开项目，原文里对应的话有底色。规则的道理见“数据 · 核查规则”。"
NONE = "没有核查发现"


def finding(total: int, severe: int) -> str:
    if not total:
        return NONE
    return f"{total} 条要核实，{severe} 条严重" if severe else f"{total} 条要核实"


def claimed(gaps: Sequence[int], leads: Sequence[str]) -> str:
    """Whose claims exceed the count by how much; `gaps` in tenths of a point, one a project."""
    if not gaps:
        return ""
    whose = leads[0] if len(leads) == 1 else f"{len(leads)} 个单位"
    low, high = min(gaps), max(gaps)
    most = points(high, sign=False)
    far = most if low == high else f"{points(low, sign=False, unit=False)} 到 {most}"
    return f"{whose} {len(gaps)} 项自报比核算高 {far}"


def counts(findings: int, projects: int) -> str:
    return f"{findings} 条，{projects} 个项目"


def keys(elapsed: str, left_out: int) -> str:
    """What the signs of the figure mean, and what it leaves out."""
    rest = f"　相差不到 1 个百分点的 {left_out} 个指标不列" if left_out else ""
    return f"● 核算　◇ 自报　┃ 序时 {elapsed}{rest}"
