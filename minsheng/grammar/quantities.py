"""Which numerals of a text are quantities, and which are not and why.

Every numeral lands exactly once, as a `Mention` or as an `Ignored` with its reason. At each numeral
the first rule that matches wins:

    list_mark  at the start of a clause:   1. | 1、 | (1) | ① | 一、 | （一）
    ordinal    第二批 | 第 3 期 | 2 期工程
    age        70 周岁 | 0-3 岁 | 6 月龄
    date       2023 年 6 月 30 日 | 2023-06-30 | 7 月初 | 4、7 月 | 1-6 月 | 三季度 | 8:30
    code       5G | A12 | PM2.5 | 12 号楼 | 12345 热线 | 3 组团 | 1.2.3 | more than 15 digits ;
               12 路 ; but 新增AED10台, 监控 800 路: Mentions
    fraction   1/3 | 6/10 | 1:3 | 三分之二
    range      3-5 | 3 至 5 | 三至五家 | 十几家 | 数十家
    percent    64% | 百分之六十四                     a Mention, value as printed, unit "%"
    duration   24 小时 | 3 个月 | 三年 | 5 天内 | 15 分钟生活圈 ; but 5 天, 5 小时: Mentions,
               and so is a bound that is promised: 候车时间压缩至 8 分钟以内
    money      90 万元 | 1.2 亿元 | ¥300 ; but 90 万: a Mention
    number     digits [scale [digits scale]] [多|余] [unit]                    a Mention
    chinese    七 | 一百二十 | 两千三百 | 三点五万 ... and a measure word        a Mention
    name       any other Chinese numeral: 十组团, 三板桥, 一体, 同一家, 一户一档

digits are 16737, 0.70, 16,737 or their full-width forms; scale is 万, 亿, 百万 ...; a unit is a
word of `measures`. 百 of 百分之 and of 百分点 is part of that word. 半, 双, 几 are no numerals.

Flags of a Mention:

    approx           a word makes it a bound or a guess: 约 近 超 逾 至少 不足 多 余 左右 以上
    chinese_numeral  written in characters
    separator        its thousands are parted by a space, ' or, between half-width digits, by ，
                     (16，737 人次 is one number, 已建成12，300个在建 two, and they look alike),
                     or a comma parts it from other digits: 12,3456 人
    torn             a comma and a blank stand between it and other digits: 1 ,100 个
    signed           a minus or 负 stands before it and is not in the value
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from minsheng.grammar.measures import AFTER_ARABIC, AFTER_CHINESE, RENAMED
from minsheng.grammar.numerals import CHINESE, LONGEST, arabic, as_number, chinese


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity. [start, end) is the numeral with its multiplier in the original text, without
    the unit. `value` is exact: 0.70 万 is the int 7000. A percent's value is as printed: 64."""

    value: int | float
    unit: str
    start: int
    end: int
    percent: bool = False
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ignored:
    """A numeral that counts nothing; `reason` is the name of a rule of the grammar."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """Both in the order of the text."""

    mentions: tuple[Mention, ...]
    ignored: tuple[Ignored, ...]


_NO_FLAGS: frozenset[str] = frozenset()
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


def fold(text: str) -> str:
    """Full-width characters as ASCII, one for one, so that spans index the original."""
    return text.translate(_WIDE)


_S = r"[ \t]{0,3}"
_CN = f"[{CHINESE}]"
_SCALE = r"(?:[十百千]?(?:万亿|[万亿])|百(?![分姓货日里年])|千(?![米克瓦伏]))"
_GROUPS = r"[0-9]{1,3}(?:[,' ][0-9]{3}){1,5}(?![0-9]|[,'][0-9])(?:\.[0-9]++)?"
_DIGITS = rf"(?:{_GROUPS}|[0-9]++(?:\.[0-9]++)?)"
_MORE = r"(?:[多余几]|来(?=[个家所人户名台座套处]))"
_TO = rf"{_S}[-~—–至到]{_S}"
_DAY = rf"(?:{_S}[0-9]{{1,2}}(?:{_TO}[0-9]{{1,2}})?{_S}[日号])?"
_YMD = r"(?:19|20)[0-9]{2}(?:-[01]?[0-9]-|/[01]?[0-9]/|\.[01]?[0-9]\.)[0-3]?[0-9](?![0-9.])"
_BOUND = r"(?:\([^()\s]{1,2}\))?[ \t]{0,3}(?P<%s>左右|上下|以上|以下|以内)?"
# What follows the digits wherever one of the rules from age to money can match: most stop here.
_RARE = (
    r"[ \t]{0,3}[多余几来]{0,2}[ \t]{0,3}"
    r"(?:[-~—–至到/:年月日季周岁星天小分工号\#热国省县线路组级期×*%十百千万亿元美欧A-Za-z]"
    r"|个[ \t]*[多半月星季小工])"
)
_CLAUSE = "|".join(
    [
        rf"(?<={edge}{gap}{bracket})"
        for edge in ("^", r"[。;!?\n:]")
        for gap in ("", r"\s", r"\s\s", r"\s{4}")
        for bracket in ("", r"\(")
        if (edge, gap, bracket) != ("^", "", "")
    ]
    + ["^"]
)
_COUNT = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_COUNTED = "[家所个座台套处户人名幢栋条项]"
_CIRCLED = "①-⒛㈠-㈩"

# Any one character between an Arabic numeral and a mark measures: 12 尊。
_UNKNOWN = (
    r"(?![年月日时分秒号的是中和及与为在已均后前上下内外余多个等至到成元岁周多几左占共计])"
    r"[一-鿿](?=[,。;、:)]|\s|$)"
)
_NO_CAMERAS = "".join(
    rf"(?<!{word}{gap})"
    for word in ("监控", "视频", "探头", "摄像头")
    for gap in ("", r"\s", "约", r"\s约", r"约\s", r"\s约\s")
)
_NO_BOUND = "".join(
    rf"(?<!{word}{gap})"
    for word in ("压缩[至到]", "缩短[至到]", "控制在", "降[至到]", "不超过")
    for gap in ("", r"\s")
)

_NUMERAL = re.compile(f"[0-9{CHINESE}{_CIRCLED}]")
_RULES = re.compile(
    rf"""
    (?P<list_mark>(?<![^。;!?\n:\s(])(?=[0-9]{{1,2}}[.、)]|{_COUNT}[、)])
        (?:{_CLAUSE})(?:
        [1-9][0-9]?(?:\.(?![0-9]|$)|\.(?=20[0-9]{{2}}{_S}年|[0-9]{{1,4}}{_S}{_COUNTED})
            |、(?!{_S}[0-9])|\)(?!{_S}{_COUNTED}))
        |{_COUNT}(?:\)|、(?!{_CN})))|[{_CIRCLED}])
    |(?P<ordinal>(?:(?<=第)|(?<=第[ \t]))(?:[0-9]++(?:(?:{_TO}|、)[0-9]++)?|{_CN}++)
        |[0-9]{{1,2}}{_S}期(?=工程|项目|建设|地块))
    |(?P<serial>[0-9]{{{LONGEST + 1},}}+(?:\.[0-9]++)?|[0-9]{{1,3}}(?:,[0-9]{{3}}){{5,}}+
        |(?!{_YMD})[0-9]++(?:\.[0-9]++){{2,}}+
        |(?<=[〔\[【])[0-9]{{4}}(?=[〕\]】])
        |(?:(?<=[A-Za-z])|(?<=[A-Za-z]-))(?!(?<=[A-Za-z]{{2}})[0-9]++{_S}(?:{AFTER_ARABIC}))
            [0-9]++(?:[-.][0-9]++)*+[A-Za-z]*+)
    |(?={_CN}|[0-9]++(?:[.,' ][0-9]++){{0,5}}+{_S}(?:、[0-9]{{1,2}}){{0,3}}+{_RARE}
        |(?<=[¥￥$]))(?:
    (?P<age>[0-9]{{1,3}}(?:{_TO}[0-9]{{1,3}})?{_S}(?:周?岁|月龄)|{_CN}{{1,4}}周?岁)
    |(?P<date>{_YMD}
        |(?:19|20)[0-9]{{2}}-(?:0[1-9]|1[0-2])(?![0-9-])
        |[0-9]{{4}}(?:{_TO}[0-9]{{4}})?{_S}年(?:{_S}[0-9]{{1,2}}(?:{_TO}[0-9]{{1,2}})?{_S}月{_DAY})?
        |[0-9]{{2}}{_S}年{_S}[0-9]{{1,2}}{_S}月{_DAY}
        |[0-9]{{1,2}}(?:(?:{_TO}|{_S}、{_S})[0-9]{{1,2}}){{0,3}}{_S}月{_DAY}
        |[0-9]{{1,2}}(?:{_TO}[0-9]{{1,2}})?{_S}日
        |[1-4]{_S}季度
        |[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9])
        |[〇零一二三四五六七八九]{{4}}年(?:{_CN}{{1,2}}月)?(?:{_CN}{{1,3}}[日号])?
        |[一二三四五六七八九十]{{1,3}}(?:月(?:{_CN}{{1,3}}[日号])?|日)|[一二三四]季度)
    |(?P<code>[0-9]++(?:-[0-9]++){{2,}}+|0[0-9]{{2,3}}-[0-9]{{7,8}}(?![0-9])
        |[0-9]++(?:\.[0-9]++)?(?!{AFTER_ARABIC}|h(?![A-Za-z]))[A-Za-z]+[0-9]*+
        |[0-9]++{_S}(?:号|\#|热线|[国省县]道|线(?!路)|组团|年级)|(?<![0-9])1?[0-9]{_S}级(?!别)
        |(?=[0-9]++{_S}路(?!口|段|灯)){_NO_CAMERAS}[0-9]++{_S}路)
    |(?P<fraction>[0-9]++(?:/[0-9]++)++|[0-9]++:[0-9]++
        |(?!百分之){_CN}{{1,3}}分之{_CN}{{1,4}}|[0-9]++分之[0-9]++)
    |(?P<duration>(?:7{_S}[×xX*]{_S})?(?:24|48|72){_S}(?:个?小时|h(?![A-Za-z]))
        |{_DIGITS}{_S}{_MORE}?{_S}(?:个半{_S}(?:小时|月)|个{_S}(?:多?月|星期|季度)
            |年|周(?!岁)|星期
            |(?:个?工作日|个?小时|分钟|天)(?={_S}之?[前后])
            |分钟(?=[^\s，。；、,;0-9]{{0,6}}圈))
        |(?={_DIGITS}{_S}{_MORE}?{_S}(?P<time>个?工作日|个?小时|分钟|天){_S}[以之]?内)
            {_NO_BOUND}{_DIGITS}{_S}{_MORE}?{_S}(?P=time)
        |{_CN}{{1,4}}[多余]?(?:年(?!级)|天|周|个半?多?月|个?工作日|个?小时|分钟))
    |(?P<range>{_DIGITS}{_TO}{_DIGITS}
        |(?<=[数几])[十百千万亿]{{1,4}}(?![一二三四五六七八九])
        |{_CN}{{1,6}}(?:几|[至到~-]{_CN}{{1,6}}(?={_S}(?:{AFTER_CHINESE}))))
    |(?P<percent>(?:(?P<share>{_DIGITS}){_S}%|百分之(?P<share_cn>
        (?:{_CN}{{1,6}}(?:点[〇零一二三四五六七八九]{{1,4}})?|[0-9]++(?:\.[0-9]++)?)))
        {_BOUND % "about_share"})
    |(?P<money>{_DIGITS}{_S}{_MORE}?{_S}{_SCALE}?{_S}{_MORE}?{_S}[美欧]?元|{_CN}{{1,12}}[多余]?元
        |(?<=[¥￥$]){_DIGITS}(?:{_S}{_SCALE})?))
    |(?P<number>(?P<numeral>{_DIGITS}
            (?:{_S}(?P<more_scale>{_MORE})?{_S}(?P<scale>{_SCALE}
                (?:[0-9]{{1,4}}{_SCALE}){{0,2}}(?:[0-9]{{1,4}}(?![0-9.,%]))?))?)
        (?P<more>{_S}{_MORE})?{_S}(?P<unit>{AFTER_ARABIC}|{_UNKNOWN})?{_BOUND % "about"})
    |(?P<idiom>一(?:批|次性|条[龙心]|张(?:网|图|表|卡|清单)|件事|片|口气|对一)
        |(?<=[同每逐某任])一(?!{_CN})|(?<=一[^\s，。；、,;:]){_CN}(?!{_CN}))
    |(?P<chinese>(?P<run>{_CN}{{1,12}}(?:点[〇零一二三四五六七八九]{{1,4}}[万亿]?)?)(?P<more_cn>[多余])?
        {_S}(?P<measure>{AFTER_CHINESE}){_BOUND % "about_cn"})
    |(?P<name>{_CN}++)
    """,
    re.VERBOSE | re.MULTILINE,
)
_EACH = re.compile(rf"[0-9]+(?:[.,' ]?[0-9]+)*(?:{_S}{_SCALE})?|[{_CIRCLED}]|{_CN}+")
_REASON = {"idiom": "name", "serial": "code"}

_MINUS = ("-", "−", "负")
_ASCII_DIGITS = frozenset("0123456789")
_TORN = re.compile(r"[0-9](?:\s+[,，]|[,，]\s+)$")
_ODD_SEPARATOR = re.compile(r"[0-9]，[0-9]|[0-9０-９][' ＇\u3000\xa0][0-9０-９]")
_VAGUE_WORDS = "约 近 逾 超 超过 高于 低于 不到 不足 至少 至多 最多 突破 不少于 不低于 不多于"
_PLAIN_WORDS = (
    "节约 签约 预约 合约 履约 公约 违约 特约 邀约 集约 续约 契约 租约 解约 条约 "
    "最近 附近 邻近 临近 靠近 就近 反超 赶超"
)
_VAGUE, _NOT_VAGUE = tuple(_VAGUE_WORDS.split()), tuple(_PLAIN_WORDS.split())


def scan(text: str, *, promised: bool = False) -> Scan:
    """Every numeral of the text, once. Never raises; time is linear in the length.

    `promised`: the text promises, or answers a promise of, money and ranges, so that these are
    Mentions too: 850 万元 is 8500000 元, 16-20 间 is 16 间 with the flag "range".
    """
    folded = fold(text)
    mentions: list[Mention] = []
    ignored: list[Ignored] = []
    at = 0
    while numeral := _NUMERAL.search(folded, at):
        match = _RULES.match(folded, numeral.start())
        assert match is not None, "number and name take every numeral"
        at = match.end()
        kind = str(match.lastgroup)
        read = _READ[kind](match, text) if kind in _READ else _REASON.get(kind, kind)
        if promised and kind in _PROMISED:
            read = _PROMISED[kind](match, text)
        if isinstance(read, Mention):
            mentions.append(read)
        else:
            ignored.extend(_ignored(match, read))
    return Scan(tuple(mentions), tuple(ignored))


def numbers(text: str, *, promised: bool = False) -> tuple[int | float, ...]:
    """The values of all mentions, in order, percents as printed."""
    return tuple(mention.value for mention in scan(text, promised=promised).mentions)


def _ignored(match: re.Match[str], reason: str) -> Iterator[Ignored]:
    """One for each numeral of the match: 2023 年 6 月 is two."""
    for each in _EACH.finditer(match.string, match.start(), match.end()):
        yield Ignored(each.start(), each.end(), reason)


def _percent(match: re.Match[str], text: str) -> Mention | str:
    group = "share" if match["share"] else "share_cn"
    words = match[group]
    characters = not words[0].isascii()
    value = Decimal(100) if words == "百" else chinese(words) if characters else arabic(words)
    if value is None:
        return "name" if characters else "code"
    begin = match.start()
    flags = _flags(match.string, text, match.span(group), begin, match["about_share"])
    return Mention(as_number(value), "%", *match.span(group), True, flags)


def _number(match: re.Match[str], text: str) -> Mention | str:
    value = arabic(match["numeral"])
    start, end = match.span("numeral")
    unit = match["unit"] or ""
    if value is None:
        return "code"
    vague = match["more"] or match["about"] or match["more_scale"]
    flags = _flags(match.string, text, (start, end), start, vague)
    return Mention(as_number(value), RENAMED.get(unit, unit), start, end, flags=flags)


def _chinese(match: re.Match[str], text: str) -> Mention | str:
    value = chinese(match["run"])
    if value is None:
        return "name"
    span, vague = match.span("run"), match["more_cn"] or match["about_cn"]
    flags = _flags(match.string, text, span, span[0], vague)
    return Mention(as_number(value), match["measure"], *span, flags=flags)


_LOW = re.compile(rf"(?P<low>{_DIGITS}){_TO}{_DIGITS}")
_UNIT = re.compile(rf"{_S}(?P<unit>{AFTER_ARABIC}|{_UNKNOWN})")
_MONEY = re.compile(rf"(?P<numeral>{_DIGITS}(?:{_S}{_SCALE})?){_S}{_MORE}?{_S}元")


def _range(match: re.Match[str], _: str) -> Mention | str:
    low, unit = _LOW.fullmatch(match.group()), _UNIT.match(match.string, match.end())
    value = arabic(low["low"]) if low else None
    if value is None or unit is None:
        return "range"
    return Mention(as_number(value), unit["unit"], *match.span(), flags=frozenset({"range"}))


def _money(match: re.Match[str], text: str) -> Mention | str:
    sum_ = _MONEY.fullmatch(match.group())
    value = arabic(sum_["numeral"]) if sum_ else None
    if sum_ is None or value is None:
        return "money"
    start = match.start()
    span = (start, start + len(sum_["numeral"]))
    return Mention(
        as_number(value), "元", *span, flags=_flags(match.string, text, span, start, None)
    )


_PROMISED: dict[str, Callable[[re.Match[str], str], Mention | str]] = {
    "range": _range,
    "money": _money,
}
_READ: dict[str, Callable[[re.Match[str], str], Mention | str]] = {
    "percent": _percent,
    "number": _number,
    "chinese": _chinese,
}


def _flags(
    folded: str, text: str, span: tuple[int, int], begin: int, vague: str | None
) -> frozenset[str]:
    found = []
    before = folded[max(0, begin - 6) : begin].rstrip()
    if vague or (before.endswith(_VAGUE) and not before.endswith(_NOT_VAGUE)):
        found.append("approx")
    if _TORN.search(folded, max(0, begin - 4), begin) and span[1] - span[0] == 3:
        found.append("torn")
    if before.endswith(_MINUS) and not folded[begin - 1].isspace():
        found.append("signed")
    if folded[span[0]] in CHINESE:
        found.append("chinese_numeral")
    elif _parted(folded, text, *span):
        found.append("separator")
    return frozenset(found) if found else _NO_FLAGS


def _parted(folded: str, text: str, start: int, end: int) -> bool:
    if folded[start - 1 : start] == "," and folded[max(0, start - 2)] in _ASCII_DIGITS:
        return True
    if folded[end : end + 1] == "," and folded[end + 1 : end + 2].isdecimal():
        return True
    return end - start > 4 and _ODD_SEPARATOR.search(text, start, end) is not None
