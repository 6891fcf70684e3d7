"""The head of a draft: title, place, year and period, given or guessed from the title."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minsheng.grammar import fold
from minsheng.importing.tables import Source
from minsheng.labels import importing as say
from minsheng.labels.editing import period_label
from minsheng.model import Period, Plan, Refused

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,31}")
_YEAR = re.compile(r"(20\d\d)\s*年?")
_PERIOD_ID = re.compile(r"(20\d\d)-?(?:H([12])|Q([1-4])|[M]?(0?[1-9]|1[0-2])|Y)?", re.IGNORECASE)
_SUFFIXES = tuple((re.compile(words), suffix) for words, suffix in say.PERIOD_WORDS)
_CUT_OFF = re.compile(say.CUT_OFF)
_PLACE = re.compile(say.PLACE_IN_TITLE)
_TITLE = re.compile(say.TITLE_WORDS)


@dataclass(frozen=True)
class Head:
    """What stands above the projects. `guessed` names what nobody gave: it gets a comment."""

    title: str
    place: str
    plan: Plan
    period: Period
    guessed: Mapping[str, str]


def title_of(above: Sequence[str]) -> str:
    """The line above the table that reads like its title, else the first."""
    likely = [line for line in above if _TITLE.search(fold(line)) and len(line) <= 80]
    return next(iter(likely or above), "").strip()


def head(
    source: Source,
    title: str | None = None,
    place: str | None = None,
    period: str | None = None,
    as_of: dt.date | None = None,
) -> Head:
    """Raises Refused where neither the options nor the text above the table give a year."""
    guessed: dict[str, str] = {}
    found = title_of(source.above)
    if title is None and not found:
        guessed["title"] = say.GUESSED["title"]
    title = title or found or say.TITLE_UNKNOWN
    if place is None:
        match = _PLACE.search(fold(title))
        place = match[1].strip() if match else say.PLACE_UNKNOWN
        guessed["place"] = say.GUESSED["place"]
    words = fold(" ".join((title, *source.above, *(each.heading for each in source.columns))))
    when = _period(words, period, as_of, guessed)
    year = _year(title, when, period)
    plan = Plan(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31))
    guessed["plan"] = say.GUESSED["plan"]
    return Head(title, place, plan, when, guessed)


def _year(title: str, when: Period, period: str | None) -> int:
    """The plan's year: the title's, unless a period is given of another."""
    named = _YEAR.search(fold(title))
    if named and (period is None or int(named[1]) <= when.as_of.year):
        return int(named[1])
    return when.as_of.year


def _period(
    words: str, period: str | None, as_of: dt.date | None, guessed: dict[str, str]
) -> Period:
    if period is not None:
        return new_period(period, as_of)
    year = _YEAR.search(words)
    if year is None and as_of is None:
        raise Refused(say.FAULT["no_year"])
    number = int(year[1]) if year else as_of.year if as_of else 0
    suffix = next((suffix for words_, suffix in _SUFFIXES if words_.search(words)), None)
    cut_off = as_of or _cut_off(words, number)
    if suffix is None:
        suffix = f"M{cut_off.month:02d}" if cut_off else ""
    guessed["periods"] = say.GUESSED["period" if suffix else "whole_year"]
    return new_period(f"{number}{suffix}", cut_off)


def _cut_off(words: str, year: int) -> dt.date | None:
    """截至 2023 年 6 月 30 日, 截至 6 月底."""
    found = _CUT_OFF.search(words)
    if not found:
        return None
    year, month = int(found[1] or year), int(found[2])
    try:
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, int(found[3] or last))
    except (ValueError, calendar.IllegalMonthError):
        return None


def new_period(id_: str, as_of: dt.date | None) -> Period:
    """A period by its id: 2023H1, 2023Q3, 2023M07, 2023 name their last day; others need one.

    Raises:
        Refused: the id cannot be one, or the day is neither given nor in the id.
    """
    if not _ID.fullmatch(id_):
        raise Refused(say.FAULT["period_id"].format(period=id_))
    day = as_of or _last_day(id_)
    if day is None:
        raise Refused(say.FAULT["period"].format(period=id_))
    return Period(id=id_, label=period_label(id_) or id_, as_of=day)


def _last_day(id_: str) -> dt.date | None:
    found = _PERIOD_ID.fullmatch(id_)
    if not found:
        return None
    year, half, season, month = found.groups()
    last = int(half or 0) * 6 or int(season or 0) * 3 or int(month or 0) or 12
    return dt.date(int(year), last, calendar.monthrange(int(year), last)[1])
