"""The page 辖区: one row a place of a level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minsheng.labels import joined
from minsheng.model import Light, Thresholds
from minsheng.printed import percent

TITLE = "辖区"
ORDER = "排列"
ORDERS = {"worst": "严重滞后多的在前", "silent": "未报的在前", "rank": "按完成率名次"}
LEVEL = "级别"
DAY = "截至"
HINT = "点一行进入该地的总览；未报的用上一期的数，条空心、数字灰"
HEADS = {
    "place": "辖区",
    "counted": "核算",
    "claimed": "自报",
    "reported": "本期报送",
    "change": "比上期",
}
LIGHT = {Light.FAR_BEHIND: "严重"}
SAME = "同"
NOTHING = "·"
WHOLE = "全部"
UPPER = "上级名单另列，不与这里相加："
OTHER_LIMITS = "界限不同"
MOST_HEAT = 12  # categories beside each other
MOST_REMINDED = 100
TO_PASTE = "每条可以直接复制到消息里。"
AS_EXCEL = "下载未报清单（Excel）"
NO_PLACES = "截至这一天，这一级还没有名单有报告期。请改选日期或级别。"


def short(day: str) -> str:
    return f"截至 {day}"


def small(level: str, count: int) -> str:
    return f"{level}名单 {count} 份"


def finding(count: int, completion: float | None) -> str:
    if completion is None:
        return f"{count} 个辖区都没有可以核算的数"
    return f"{count} 个辖区平均核算 {percent(completion)}"


def late(silent: int, worst: str, far_behind: int) -> str:
    said = [f"{silent} 个本期未报"] if silent else []
    said += [f"{worst} {far_behind} 项严重滞后"] if far_behind else []
    return "，".join(said)


def lacking(count: int) -> str:
    return f"缺 {count} 项"


def reported(count: int, of: int) -> str:
    return f"{count} / {of} 已报"


def rank(rank: int, ranges: str) -> str:
    return f"第 {rank} 名（{ranges}）" if ranges else f"第 {rank} 名"


def heat(elapsed: Sequence[str]) -> str:
    due = f"序时 {joined(elapsed)}" if len(elapsed) < 3 else "各自的序时"
    return (
        f"右边是各类别的核算完成率（%），只给低于{due} 的上色，越深差得越多。"
        "“自报”与核算印出来一样的写“同”。"
    )


def common(limits: Thresholds) -> str:
    return (
        "各地的进度界限不同，这里一律按 "
        f"+{limits.ahead:g} / −{limits.behind:g} / −{limits.far_behind:g} 个百分点判断；"
        f"自己的界限不是这样的标“{OTHER_LIMITS}”，该地自己的页面上数目可能不同。"
    )


def own(limits: Thresholds) -> str:
    return (
        f"该地自己的界限：超序时 ≥ +{limits.ahead:g}，滞后 ≤ −{limits.behind:g}，"
        f"严重滞后 ≤ −{limits.far_behind:g}"
    )


def sentence(name: str, values: Mapping[str, str]) -> str:
    """The row read aloud."""
    return f"{name}：" + "，".join(f"{head} {value}" for head, value in values.items() if value)


def more_categories(count: int) -> str:
    return f"另有 {count} 个类别没有列出。"


def more_missing(count: int) -> str:
    return f"另有 {count} 个没有列出。"


def first(sentences: Sequence[str]) -> list[str]:
    """So many that the figures still stand in the first screen."""
    more = len(sentences) - 2
    return [*sentences[:2], f"另有 {more} 份文件也有错。"] if more > 0 else list(sentences)
