"""Who has not reported by a day, who reported no figure, whose text is that of the period before.

Nothing here is a zero: what was not said is named, and left out of every mean.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from minsheng.labels import lists as say
from minsheng.lists import codes, counting
from minsheng.lists.counting import At
from minsheng.model import Silence

_SAID = ("code", "project", "content", "leads", "silence", "unchanged")


@dataclass(frozen=True, slots=True)
class Item:
    """A project that is asked after."""

    project: str
    content: str
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unheard:
    """One place of which something is missing, or one lead department of it.

    `silence` says that the whole place is silent: it has no list, or no period in the time that is
    asked about (then `label` and `as_of` are those of the last one it has, empty where it has
    none). Otherwise it reported, and the projects are named that were not. `unit` is the lead
    department where the list is by departments, else empty.
    """

    code: str
    place: str
    silence: Silence | None
    label: str = ""
    as_of: dt.date | None = None
    no_report: tuple[Item, ...] = ()
    not_read: tuple[Item, ...] = ()
    unchanged: tuple[Item, ...] = ()
    projects: int = 0
    unit: str = ""


def since(at: At) -> dt.date:
    """From which day a period counts as of now: the first of the month of the newest period that
    any place of the level has up to the day. Nobody is late before somebody has reported."""
    newest = max((dt.date.fromisoformat(row["as_of"]) for row in at.lists.values()), default=at.day)
    return newest.replace(day=1)


def expected(at: At) -> dict[str, str]:
    """The places (code → name) that should have a list: those beside the ones that have, where all
    are under one government. Of a place alone, or of places of several, nobody else is expected;
    nor is a development zone, which may report with its county."""
    parents = {codes.parent(code) for code in at.places}
    if len(at.places) < 2 or len(parents) > 1:
        return {}
    return {
        each.code: each.name
        for each in codes.divisions().values()
        if each.parent in parents and each.level == at.level and not _is_zone(each.code)
    }


def _is_zone(code: str) -> bool:
    return "71" <= code[4:] <= "79"


def of(at: At, expected: Mapping[str, str], start: dt.date | None = None) -> list[Unheard]:
    """The places of the level of which something is missing on the day, silent ones first.

    `expected` are the places (code → name) that should have a list; those that have one, of any
    year, are asked after anyway. `start` is the first day whose period counts as of now, `since`
    where None.
    """
    begin = start or since(at)
    places = {**{code: (name, False) for code, name in expected.items()}, **at.places}
    said = _said(at)
    found = []
    for code, (place, has_begun) in sorted(places.items()):
        its = at.lists.get(code)
        if not has_begun:
            found.append(Unheard(code, place, Silence.NO_LIST))
        elif its is None:
            found.append(Unheard(code, place, Silence.NO_PERIOD))
        else:
            as_of = dt.date.fromisoformat(its["as_of"])
            silent = Silence.NO_PERIOD if as_of < begin else None
            each = Unheard(code, place, silent, its["label"], as_of, projects=its["projects"])
            found.append(each if silent else _with_items(each, said.get(code, [])))
    return sorted((each for each in found if _is_missing(each)), key=_gravest)


def by_unit(places: Sequence[Unheard]) -> list[Unheard]:
    """The same, one row a lead department; a silent place stays one row. A joint project is asked
    after at each of its leads."""
    return [
        unit for place in places for unit in (_units(place) if place.silence is None else [place])
    ]


def reminder(each: Unheard, day: dt.date) -> str:
    """What to write to them: a short text to paste, from which nothing is sent."""
    name = each.unit or each.place
    if each.silence is Silence.NO_LIST:
        return say.no_list(name, day)
    if each.silence is Silence.NO_PERIOD:
        return say.no_period(name, day, each.label, each.as_of)
    assert each.as_of is not None
    asked = {
        Silence.NO_REPORT: _named(each.no_report),
        Silence.NOT_READ: _named(each.not_read),
        say.UNCHANGED: _named(each.unchanged),
    }
    return say.asked(name, each.label, each.as_of, asked, each.projects)


def _named(items: Sequence[Item]) -> list[str]:
    return [say.item(each.project, each.content) for each in items]


def _units(place: Unheard) -> Iterator[Unheard]:
    items = (*place.no_report, *place.not_read, *place.unchanged)
    for lead in dict.fromkeys(lead for item in items for lead in item.leads):
        yield replace(
            place,
            unit=lead,
            no_report=_of_lead(place.no_report, lead),
            not_read=_of_lead(place.not_read, lead),
            unchanged=_of_lead(place.unchanged, lead),
        )


def _of_lead(items: Sequence[Item], lead: str) -> tuple[Item, ...]:
    return tuple(item for item in items if lead in item.leads)


def _said(at: At) -> dict[str, list[dict[str, Any]]]:
    """The projects by place that have no figure, or an old text."""
    asked = at.projects.filter((nw.col("silence") != "") | nw.col("unchanged"))
    found: dict[str, list[dict[str, Any]]] = {}
    for row in counting.projects(asked, _SAID):
        found.setdefault(row["code"], []).append(row)
    return found


def _with_items(place: Unheard, rows: Sequence[dict[str, Any]]) -> Unheard:
    def items(wanted: Silence) -> tuple[Item, ...]:
        return tuple(_item(row) for row in rows if row["silence"] == wanted)

    return replace(
        place,
        no_report=items(Silence.NO_REPORT),
        not_read=items(Silence.NOT_READ),
        unchanged=tuple(_item(row) for row in rows if row["unchanged"]),
    )


def _item(row: dict[str, Any]) -> Item:
    return Item(row["project"], row["content"], tuple(row["leads"]))


def _is_missing(place: Unheard) -> bool:
    return bool(place.silence or place.no_report or place.not_read or place.unchanged)


def _gravest(place: Unheard) -> tuple[int, int, int, int, str]:
    order = list(Silence)
    grave = order.index(place.silence) if place.silence else len(order)
    counts = (len(place.no_report), len(place.not_read), len(place.unchanged))
    return grave, -counts[0], -counts[1], -counts[2], place.code
