"""The measure words: what a numeral may count, and when a Chinese numeral counts nothing.

`EITHER` counts after Arabic and Chinese numerals alike. `UNLESS` does too, but after a Chinese
numeral only if none of the given words follows: 两处 counts, 两处理 does not. `ARABIC` counts after
Arabic numerals alone: 水心三村, 二期 and 五班 are names. `RENAMED` are written one way and meant
another.
"""

from __future__ import annotations

import re

EITHER = """
人次 人份 车次 班次 户次 门次 场次 批次 件次 例次 台次 节次 课次 艘次
平方公里 平方千米 平方米 立方米 公里 千米 公顷 公斤 千克
点位 车位 泊位 床位 学位 托位 工位 摊位 货位 席位 格口 课时 学时
座 套 幢 栋 辆 亩 吨 株 盏 棵 艘 枚 宗 笔 只 米 副 款
"""

UNLESS = {
    "个": "个|体|人|性|别",
    "家": "人|庭|长|园|里|亲|子",
    "所": "有|在|需|以|属|谓",
    "台": "阶|账",
    "处": "理|置|于|长|级|罚|方",
    "户": "籍|外|型|口|主",
    "人": "民|才|员|大|社|制|行|工|家|口|生|气|间|格|防",
    "条": "例|件|龙|款",
    "项": "目",
    "名": "录|单|称|城|校|师|医|字|为|词|工程|优",
    "张": "贴",
    "间": "接|隔|距",
    "场": "所|景|馆|地|合",
    "次": "性|产业|供水|供热|元|生",
    "例": "如|外|会",
    "对": "接|象|应|于|比|标|口|外",
    "批": "准|复|发|评|示",
    "位": "于|一体|数|置",
    "件": "事|实事|大事",
    "支": "持|付|部|队|撑|援",
    "根": "据|本|治",
    "份": "额",
    "起": "来|步|点",
    "种": "植|子|业",
    "类": "别|型",
}

ARABIC = """
小时 分钟 工作日 剂次 街道 社区 小区 村居 村 镇 门 眼 口 班 组 片 床 本 册 颗 路 部 期 块 段 天
层 度 杆 扇 头 羽 面 轮 列 级 匹 尾 幅 首 篇 节 堂 章
桌 餐 顿 票 单 卷 箱 包 袋 瓶 桶 罐 盒 束 捆 串 排 格
孔 井 席 把 顶 架 具 枝 丛 队 曲 方 票次 人天 千瓦时 千瓦 千伏
兆瓦 平方 立方 百分点 km m ㎡ m² km² kg MW kW ‰
"""

RENAMED = {
    "个百分点": "百分点",
    "个工作日": "工作日",
    "个小时": "小时",
    "个课时": "课时",
    "个学时": "学时",
}


def alternation(words: list[str]) -> str:
    """The words as one pattern, longest first; 10m is metres, 10mm is not."""
    longest = sorted((w for w in words if len(w) > 1), key=len, reverse=True)
    latin = r"(?:km|kg|MW|kW|m)(?![A-Za-z])|成(?![立为功员果本都人])"
    han = "|".join(re.escape(w) for w in longest if not w.isascii())
    single = "".join(w for w in words if len(w) == 1 and not w.isascii())
    return f"{han}|[{single}]|{latin}"


AFTER_ARABIC = alternation([*EITHER.split(), *UNLESS, *ARABIC.split(), *RENAMED])
AFTER_CHINESE = "(?:{}|{})(?!一)".format(
    "|".join(sorted(EITHER.split(), key=len, reverse=True)),
    "|".join(f"{word}(?!{trap})" for word, trap in UNLESS.items()),
)
