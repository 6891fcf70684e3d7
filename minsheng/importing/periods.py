"""What a title, a heading or the name of a sheet says of the time that it tells of."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from minsheng.grammar import fold
from minsheng.importing import words

_YEAR = re.compile(r"(20\d\d)\s*年?")
_CHINESE_YEAR = re.compile(words.CHINESE_YEAR)
_DATE = re.compile(words.DATE)
_CUT_OFF = re.compile(words.CUT_OFF)
_RANGE = re.compile(words.MONTH_RANGE)
_MONTH_DAY = re.compile(words.MONTH_DAY)
_YEAR_MONTH = re.compile(words.YEAR_MONTH)
_MONTH = re.compile(words.MONTH)
_PERIODS = tuple((re.compile(said), month, suffix) for said, month, suffix in words.PERIODS)
_HALVES = {6: "H1"}
_QUARTERS = {3: "Q1", 9: "Q3"}


@dataclass(frozen=True, slots=True)
class When:
    """The last month told of, and the day and the year where they are said. `suffix` is what the
    id of such a period ends with; two are the same period when their months are."""

    month: int
    suffix: str
    year: int | None = None
    day: int | None = None

    def as_of(self, year: int) -> dt.date:
        """The day itself where it is one, else the last of the month."""
        year = self.year or year
        last = calendar.monthrange(year, self.month)[1]
        return dt.date(year, self.month, min(self.day or last, last))


def folded(text: str) -> str:
    """Digits for 二〇二四年 and 七月, simplified script, no full width."""
    plain = fold(text).translate(words.SIMPLIFIED)
    plain = _CHINESE_YEAR.sub(lambda found: found[0].translate(words.CHINESE_DIGITS), plain)
    for said, digits in words.MONTHS_IN_CHINESE:
        plain = plain.replace(said, digits)
    return plain


def year_in(text: str) -> int | None:
    found = _YEAR.search(folded(text))
    return int(found[1]) if found else None


def when(text: str) -> When | None:
    """None where nothing is said of a time within the year: 2024 年 is no period."""
    plain = folded(text)
    exact = _exact(plain)
    named = _named(plain)
    if named is None:
        return exact
    if exact and (exact.day or exact.month != named.month):
        return When(exact.month, named.suffix, exact.year or named.year, exact.day)
    return named


def _exact(plain: str) -> When | None:
    """A day, or the month of 截至 6 月底 and of 2024.7."""
    for date in _DATE.finditer(plain):
        year, month, day = (int(each) for each in date.groups() if each and each.isdigit())
        if _is_day(year, month, day):
            return When(month, f"M{month:02d}", year, day)
    named = _YEAR.search(plain)
    own = int(named[1]) if named else None
    if (dated := _MONTH_DAY.search(plain)) and _is_day(own or 2024, int(dated[1]), int(dated[2])):
        return When(int(dated[1]), f"M{int(dated[1]):02d}", own, int(dated[2]))
    mark = _CUT_OFF.search(plain)
    if mark and (alone := _MONTH.match(plain, mark.end())):
        return When(int(alone[1]), f"M{int(alone[1]):02d}", own)
    pointed = _YEAR_MONTH.search(plain)
    if pointed and 1 <= int(pointed[2]) <= 12 and not _RANGE.search(plain):
        return When(int(pointed[2]), f"M{int(pointed[2]):02d}", int(pointed[1]))
    return None


def _named(plain: str) -> When | None:
    found = _RANGE.search(plain)
    if found and int(found[1]) == 1:
        last = int(found[2])
        suffix = _HALVES.get(last) or _QUARTERS.get(last) or f"M{last:02d}"
        return When(last, "Q4" if last == 12 else suffix, _year_at(plain, found.start()))
    for said, month, suffix in _PERIODS:
        if named := said.search(plain):
            return When(month, suffix, _year_at(plain, named.start()))
    months = list(_MONTH.finditer(plain))
    if not months:
        return None
    month = int(months[-1][1])
    return When(month, f"M{month:02d}", _year_at(plain, months[-1].start()))


def _year_at(plain: str, at: int) -> int | None:
    """The year that stands nearest before: 2023 年民生实事 2024 年一季度 is of 2024."""
    years = list(_YEAR.finditer(plain))
    before = [each for each in years if each.start() < at]
    near = before[-1] if before else years[0] if years else None
    return int(near[1]) if near else None


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
