"""Numerals to exact numbers. Nothing here passes through binary fractions: 0.57 万 is 5700."""

from __future__ import annotations

import re
from decimal import Decimal

CHINESE = "〇零一二两三四五六七八九十百千万亿"
LONGEST = 15

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_SEPARATOR = re.compile(r"[,'](?=[0-9])|(?<=[0-9]) (?=[0-9])")
_PART = re.compile(r"([0-9.]+)[ \t多余几]*([十百千]?[万亿]*)")


def chinese(run: str) -> Decimal | None:
    """一百二十 → 120, 一万二 → 12000, 三点五万 → 35000; None for no number: 一二, 百, 万亿."""
    if "点" in run:
        return _with_point(run)
    whole = section = digit = 0
    last, fresh = 10, True
    for char in run:
        if char in _DIGITS:
            if not fresh:
                return None
            digit, fresh = _DIGITS[char], char in "零〇"
            last = 10 if fresh else last
        elif char in _TENS:
            if (fresh and char != "十") or (section and section % (_TENS[char] * 10)):
                return None
            section, digit, fresh = section + (digit or 1) * _TENS[char], 0, True
            last = _TENS[char]
        else:
            if not section + digit + whole:
                return None
            whole = (whole + section + digit) * _LARGE[char]
            section, digit, fresh, last = 0, 0, True, _LARGE[char]
    total = whole + section + digit * (last // 10)
    return Decimal(total) if total else None


def _with_point(run: str) -> Decimal | None:
    whole, _, rest = run.partition("点")
    fraction = rest.rstrip("万亿")
    before = Decimal(0) if whole in {"零", "〇"} else chinese(whole)
    if before is None or not fraction or any(char not in _DIGITS for char in fraction):
        return None
    digits = "".join(str(_DIGITS[char]) for char in fraction)
    return (before + Decimal(f"0.{digits}")) * _scale(rest[len(fraction) :])


def arabic(numeral: str) -> int | Decimal | None:
    """1亿2千万 → 120000000, 1万2 → 12000; None if the scales do not fall or it is too long."""
    if len(numeral) <= LONGEST and numeral.isdigit():
        return int(numeral)
    plain = _SEPARATOR.sub("", numeral)
    if sum(char.isdigit() for char in plain) > LONGEST:
        return None
    total, last = Decimal(0), Decimal("Infinity")
    for digits, words in _PART.findall(plain):
        scale = _scale(words)
        part = Decimal(digits) * scale
        if not words and total and len(digits) == 1:
            part *= last / 10
        if total and part >= last:
            return None
        total, last = total + part, scale
    return total


def _scale(words: str) -> Decimal:
    scale = 1
    for char in words:
        scale *= _TENS.get(char) or _LARGE[char]
    return Decimal(scale)


def as_number(value: int | Decimal) -> int | float:
    """An int where the number is whole."""
    if isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
