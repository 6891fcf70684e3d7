"""Which numerals of a text are quantities, and which are not and why.

Every numeral lands exactly once, as a `Mention` or as an `Ignored` with its reason. The first rule
that matches at a place wins:

    list_mark  at the start of a sentence:   1. | 1、 | (1) | ① | 一、 | （一）
    ordinal    第二批 | 第 3 期
    date       2023 年 6 月 30 日 | 2023-06-30 | 7 月初 | 二〇二三年 | 20 年
    age        70 周岁 | 0-3 岁
    money      90 万元 | 1.2 亿元
    percent    64% | 百分之六十四                         a Mention, value as printed, unit "%"
    range      3-5 | 3 至 5
    code       5G | A12 | 12 号 | 12345 热线 | more than 15 digits
    number     [约] digits [万|亿|千|百] [多|余] [unit] [左右]   a Mention
    chinese    [约] 七 | 一百二十 | 两千三百 ... and a measure word: a Mention
    name       any other Chinese numeral: 十组团, 三板桥, 一体, 进一步

digits are 16737, 0.70, 16,737 or their full-width forms. A full-width comma parts thousands only
between full-width digits: after half-width ones it ends a clause (已建成12，300个在建).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

LONGEST_NUMBER = 15


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
    mentions: tuple[Mention, ...]
    ignored: tuple[Ignored, ...]


_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


def fold(text: str) -> str:
    """Full-width characters as ASCII, one for one, so that spans index the original."""
    return text.translate(_WIDE)


_CHINESE = "〇零一二两三四五六七八九十百千万亿"
_UNITS = (
    "人次|人份|车次|班次|平方公里|平方千米|平方米|立方米|公里|千米|公顷|万吨|"
    "户次|门次|场次|批次|个点位|车位|泊位|床位|学位|托位|点位|小时|分钟|街道|社区|小区|村居|"
    "家|所|个|座|台|套|处|户|人|幢|栋|条|项|名|张|间|辆|场|次|例|对|组|片|米|亩|吨|班|株|盏|根|"
    "门|眼|口|村|镇|只|本|份|部|支|件|册|期|块|段|棵|天|km|m|㎡|kg|MW|kW"
)
# A Chinese numeral is a quantity only before one of these, and not where they begin another word.
_MEASURES = (
    "人次|平方米|公里|家(?!人|庭|长|园)|所|个(?!个|体|人|性)|座|台(?!阶)|套|处(?!理|置|于|长)|户(?!一|籍)|"
    "幢|栋|条(?!龙|例|件)|项(?!目)|名|张(?!贴)|间(?!接)|辆|场(?!所|景|馆)|例(?!如)|对(?!接|象|应|于)|"
    "组(?!团|织|合|成|建)|片(?!区)|亩|吨|株|盏|根(?!据|本)|支(?!持|付|部|队)|件(?!事)|棵|人(?!民|才|员|大|社)|米|万"
)
_SPACE = r"[ \t]{0,3}"
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_SCALE = r"(?:[百千]?[万亿]|[百千])"
_VAGUE = r"(?:大约|(?<![节签预合履公违])约|(?<![最附邻])近|逾|超过|(?<!反)超|不少于|至少|接近)"
_MASTER = re.compile(
    rf"""
    (?=[0-9A-Za-z①-⑳(\s第大约近逾超不至接{_CHINESE}])(?:
    (?P<list_mark>(?:^|(?<=[。;!?\n:：]))\s{{0,4}}(?:
        (?:[0-9]{{1,2}}(?:\.(?![0-9])|、(?!{_SPACE}[0-9])|\))
        |\([0-9]{{1,2}}\)|\(?[一二三四五六七八九十]{{1,3}}(?:\)|、)))|[①-⑳])
    |(?P<ordinal>第{_SPACE}(?:[0-9]+|[{_CHINESE}]+))
    |(?P<date>[0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?![0-9])
        |[0-9]{{1,4}}{_SPACE}年(?:{_SPACE}[0-9]{{1,2}}{_SPACE}月)?(?:{_SPACE}[0-9]{{1,2}}{_SPACE}[日号])?
        |[0-9]{{1,2}}{_SPACE}月(?:{_SPACE}[0-9]{{1,2}}{_SPACE}[日号])?
        |[0-9]{{1,2}}{_SPACE}日
        |[{_CHINESE}]{{1,4}}(?:年|月(?:[{_CHINESE}]{{1,3}}[日号])?|日))
    |(?P<age>[0-9]+(?:{_SPACE}[-~—–至到]{_SPACE}[0-9]+)?{_SPACE}周?岁|[{_CHINESE}]{{1,4}}周?岁)
    |(?P<money>(?:{_NUMBER}){_SPACE}{_SCALE}?[多余]?{_SPACE}元|[{_CHINESE}]{{1,12}}元)
    |(?P<percent>(?P<vague_percent>{_VAGUE}{_SPACE})?
        (?:(?P<share>{_NUMBER}){_SPACE}%|百分之(?P<share_chinese>[{_CHINESE}]{{1,6}}|[0-9]+(?:\.[0-9]+)?)))
    |(?P<range>[0-9]+(?:\.[0-9]+)?{_SPACE}[-~—–至到]{_SPACE}[0-9]+(?:\.[0-9]+)?)
    |(?P<code>(?<![A-Za-z])[A-Za-z]{{1,8}}-?[0-9]+|[0-9]{{{LONGEST_NUMBER + 1},}}
        |[0-9]+(?!{_SPACE}(?:{_UNITS}))[A-Za-z]+[0-9]*|[0-9]+{_SPACE}(?:号|热线))
    |(?P<number>(?P<vague>{_VAGUE}{_SPACE})?(?P<numeral>(?P<digits>{_NUMBER})
        (?:{_SPACE}(?P<scale>{_SCALE})(?:(?P<rest>[0-9]{{1,4}})(?P<rest_scale>[百千万]))?)?)
        (?P<more>{_SPACE}[多余])?{_SPACE}(?P<unit>{_UNITS})?(?P<about>(?:\(间\))?{_SPACE}(?:左右|以上|上下))?)
    |(?P<chinese>(?P<vague_chinese>{_VAGUE})?(?P<run>[{_CHINESE}]{{1,12}})(?P<more_chinese>[多余])?
        {_SPACE}(?P<measure>{_MEASURES}))
    |(?P<name>[{_CHINESE}]+))
    """,
    re.VERBOSE | re.MULTILINE,
)
_NUMERALS = re.compile(rf"[0-9][0-9.,]*|[①-⑳]|[{_CHINESE}]+")


def scan(text: str) -> Scan:
    """Every numeral of the text, once. Never raises; time is linear in the length."""
    folded = _thousands(text, fold(text))
    mentions: list[Mention] = []
    ignored: list[Ignored] = []
    for match in _MASTER.finditer(folded):
        kind = str(match.lastgroup)
        mention = _READ[kind](match) if kind in _READ else None
        if mention is not None:
            mentions.append(mention)
        else:
            ignored.extend(_ignored(match, "name" if kind in _READ else kind))
    return Scan(tuple(mentions), tuple(ignored))


def numbers(text: str) -> tuple[int | float, ...]:
    """The values of all mentions, in order, percents as printed."""
    return tuple(mention.value for mention in scan(text).mentions)


def _thousands(text: str, folded: str) -> str:
    """Keeps the full-width commas of a text apart from thousands separators."""
    if "，" not in text:
        return folded
    return "".join(
        "，" if char == "，" and not (at and "０" <= text[at - 1] <= "９") else plain
        for at, (char, plain) in enumerate(zip(text, folded, strict=True))
    )


def _ignored(match: re.Match[str], reason: str) -> Iterator[Ignored]:
    """One for each numeral of the match: 2023 年 6 月 is two."""
    for each in _NUMERALS.finditer(match.string, match.start(), match.end()):
        yield Ignored(each.start(), each.end(), reason)


def _percent(match: re.Match[str]) -> Mention | None:
    group = "share" if match["share"] else "share_chinese"
    words = match[group]
    value = _exact(words) if words[0].isascii() else _chinese(words)
    if value is None:
        return None
    flags = {"approx": match["vague_percent"], "chinese_numeral": not words[0].isascii()}
    return Mention(_plain(value), "%", *match.span(group), True, _flags(flags))


def _number(match: re.Match[str]) -> Mention:
    value = _exact(match["digits"]) * _SCALES[match["scale"] or ""]
    if match["rest"]:
        value += Decimal(match["rest"]) * _SCALES[match["rest_scale"]]
    vague = match["vague"] or match["more"] or match["about"]
    return Mention(
        _plain(value),
        match["unit"] or "",
        *match.span("numeral"),
        flags=_flags({"approx": vague}),
    )


def _chinese_number(match: re.Match[str]) -> Mention | None:
    value = _chinese(match["run"])
    if value is None:
        return None
    vague = match["vague_chinese"] or match["more_chinese"]
    flags = _flags({"approx": vague, "chinese_numeral": True})
    return Mention(_plain(value), match["measure"], *match.span("run"), flags=flags)


_READ = {"percent": _percent, "number": _number, "chinese": _chinese_number}
_SCALES = {
    "": Decimal(1),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "百亿": Decimal(10_000_000_000),
    "千亿": Decimal(100_000_000_000),
}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}


def _chinese(run: str) -> Decimal | None:
    """一百二十 → 120; None for what is no number: 一二, 百, 万亿."""
    whole = section = digit = 0
    fresh = True
    for char in run:
        if char in _DIGITS:
            if not fresh:
                return None
            digit, fresh = _DIGITS[char], char in "零〇"
        elif char in _TENS:
            if fresh and char != "十":
                return None
            section, digit, fresh = section + (digit or 1) * _TENS[char], 0, True
        else:
            if not section and not digit:
                return None
            whole = (whole + section + digit) * (10_000 if char == "万" else 100_000_000)
            section, digit, fresh = 0, 0, True
    total = whole + section + digit
    return Decimal(total) if total else None


def _exact(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _flags(present: dict[str, object]) -> frozenset[str]:
    return frozenset(name for name, found in present.items() if found)
