"""The head of a draft: title, place, year and period, given or guessed from the title."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from minsheng.importing import words
from minsheng.importing.choosing import title_of
from minsheng.importing.periods import When, folded, when, year_in
from minsheng.importing.tables import Source
from minsheng.labels import importing as say
from minsheng.labels.editing import period_label
from minsheng.model import Dataset, Period, Plan, Refused

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,31}")
_PERIOD_ID = re.compile(r"(20\d\d)-?(?:H([12])|Q([1-4])|[M]?(0?[1-9]|1[0-2])|Y)?", re.IGNORECASE)
_PLACES = tuple(re.compile(each) for each in words.PLACE_IN_TITLE)
_NOT_A_CUT_OFF = re.compile(words.NOT_A_CUT_OFF)


@dataclass(frozen=True)
class Head:
    """What stands above the projects. `guessed` names what nobody gave: it gets a comment. `read`
    is the sentence that says what the title said and how it was taken."""

    title: str
    place: str
    plan: Plan
    period: Period
    guessed: Mapping[str, str]
    read: str = ""


def place_of(title: str) -> str | None:
    plain = folded(title)
    found = next((match for each in _PLACES if (match := each.search(plain))), None)
    return found[1].strip() if found else None


def head(
    source: Source,
    title: str | None = None,
    place: str | None = None,
    period: str | None = None,
    as_of: dt.date | None = None,
) -> Head:
    """Raises Refused where neither the options nor the text above the table give a year."""
    guessed: dict[str, str] = {}
    found = title_of(source.above) or next(iter(source.above), "").strip()
    if title is None and not found:
        guessed["title"] = say.GUESSED["title"]
    title = title or found or say.TITLE_UNKNOWN
    if place is None:
        place = place_of(title) or say.PLACE_UNKNOWN
        guessed["place"] = say.GUESSED["place"]
    told = told_of(title, source)
    taken = _period(title, told, source, period, as_of, guessed)
    named = year_in(title)
    year = taken.as_of.year
    if named and (period is None or named <= year):
        year = named
    plan = Plan(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31))
    guessed["plan"] = say.GUESSED["plan"]
    read = say.title_read(title, taken.id, taken.label, taken.as_of, bool(told))
    return Head(title, place, plan, taken, guessed, read)


def year_of(source: Source) -> int | None:
    """The year that title, lines or headings name; None where nothing does."""
    lines = [line for line in source.above if not _NOT_A_CUT_OFF.search(line)]
    said = (title_of(source.above), *lines, *(each.heading for each in source.columns))
    return next((year for text in said if (year := year_in(text))), None)


def told_of(title: str, source: Source) -> When | None:
    """The period that title, headings and the lines above the table tell of, the title first; the
    day of 截至 6 月 28 日 stands beside a title that says 上半年. A month that a person chose comes
    before all of them."""
    if source.chosen:
        return source.chosen
    lines = [line for line in source.above if not _NOT_A_CUT_OFF.search(line)]
    told = [time for time in (when(title), source.when, *map(when, lines)) if time]
    if not told:
        return None
    first = told[0]
    exact = next((each for each in told if each.day and each.month == first.month), None)
    return When(first.month, first.suffix, first.year, exact.day if exact else first.day)


@dataclass(frozen=True)
class Doubt:
    """A title that contradicts the period that its table is to be written into: it tells of another
    `year` than the plan's, or of a time that ends on another `day`."""

    title: str
    year: int | None = None
    day: dt.date | None = None


def doubt(source: Source, title: str | None, dataset: Dataset, period: Period) -> Doubt | None:
    """What has to be settled before the table is written into this period; None where nothing
    contradicts."""
    said = title or title_of(source.above)
    told = told_of(said, source)
    year = year_in(said) or (told.year if told else None)
    if year and not dataset.plan.start.year <= year <= dataset.plan.end.year:
        return Doubt(said, year=year)
    if told and told.month != period.as_of.month:
        return Doubt(said, day=told.as_of(year or period.as_of.year))
    return None


def question(source: Source, title: str | None, dataset: Dataset, period: Period) -> str | None:
    """The doubt in words, with the options of the command that settle it."""
    found = doubt(source, title, dataset, period)
    if found is None:
        return None
    if found.year:
        return say.other_year(found.title, found.year, dataset.plan.start.year, period.id)
    return say.other_period(found.title, found.day, period.id, period.as_of)


def _period(
    title: str,
    told: When | None,
    source: Source,
    period: str | None,
    as_of: dt.date | None,
    guessed: dict[str, str],
) -> Period:
    if period is not None:
        return new_period(period, as_of)
    year = year_in(title) or year_of(source) or (told.year if told else None)
    if year is None and as_of is None:
        raise Refused(say.FAULT["no_year"])
    number = (told.year if told and told.year else None) or year or (as_of.year if as_of else 0)
    cut_off = as_of or (told.as_of(number) if told else None)
    suffix = told.suffix if told else f"M{as_of.month:02d}" if as_of else ""
    guessed["periods"] = say.GUESSED["period" if suffix else "whole_year"]
    return new_period(f"{number}{suffix}", cut_off)


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
