"""What is asked of many lists at once, and the answer as tables that are said once.

One answer is of one level: nothing adds a city's figures to its counties'.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from minsheng import labels, printed
from minsheng.labels import COLUMN, columns
from minsheng.labels import lists as say
from minsheng.lists import counting, unheard
from minsheng.lists.counting import At, Group
from minsheng.lists.engines import Frame
from minsheng.lists.unheard import Unheard
from minsheng.measuring.leaderboard import badness, worst_first
from minsheng.measuring.tables import Column, Kind, Value, Width
from minsheng.model import Light, Silence, Thresholds

Row = TypeVar("Row")


class By(StrEnum):
    """What a row of the answer is."""

    PLACE = "place"
    CATEGORY = "category"
    LEAD = "lead"
    ITEM = "item"


@dataclass(frozen=True)
class Table(Generic[Row]):
    """An answer as rows and what each column says of one; every surface renders this. `note` is the
    answer in a sentence, where the rows have one."""

    name: str
    columns: tuple[Column[Row], ...]
    rows: Sequence[Row]
    note: str = ""

    def texts(self) -> list[tuple[str, ...]]:
        """The rows as printed; unknown is a dash."""
        return [tuple(column.text(row) for column in self.columns) for row in self.rows]

    def values(self) -> list[dict[str, Any]]:
        """The rows by key of the column: numbers, shares of 0-1, percentage points, words; unknown
        is None."""
        return [{each.key: _plain(each, row) for each in self.columns} for row in self.rows]


def _plain(column: Column[Row], row: Row) -> Value:
    value = column.value(row)
    if column.kind is Kind.POINTS and isinstance(value, int | float):
        return value / 10
    return value


@dataclass(frozen=True)
class Place:
    """A place of the level: what its list comes to, at which period (`counting.LIST`), and what is
    missing of it. Both are None where it has no list or no period yet."""

    code: str
    name: str
    group: Group | None = None
    at: Mapping[str, Any] | None = None
    missing: Unheard | None = None

    @property
    def is_silent(self) -> bool:
        """It has not reported for now; what it has is of an earlier period."""
        return self.missing is not None and self.missing.silence is not None


@dataclass(frozen=True)
class Rollup:
    """The answer: which lists it is of (`counting.LIST`), what they come to, and the table.

    `common` is the rule that the lights were judged by, None where each list keeps its own.
    """

    level: str
    day: dt.date
    by: By
    lists: list[dict[str, Any]]
    whole: Group | None
    table: Table[Any]
    common: Thresholds | None = None

    @property
    def limits(self) -> list[Thresholds]:
        """The rules that hold in the lists, each once."""
        found = {(row["ahead"], row["behind"], row["far_behind"]): None for row in self.lists}
        return [Thresholds(ahead=a, behind=b, far_behind=f) for a, b, f in found]


@dataclass(frozen=True)
class Ask:
    """What is asked. `expected` are the places (code → name) that should have a list, those of
    `unheard.expected` where None; `start` is the first day whose period counts as of now,
    `unheard.since` where None. `unread` are the codes of the places whose list is there and cannot
    be read: nobody tells them that they have sent none."""

    level: str
    day: dt.date
    by: By = By.PLACE
    common: Thresholds | None = None
    expected: Mapping[str, str] | None = None
    start: dt.date | None = None
    unread: frozenset[str] = frozenset()


def of(rows: Frame, ask: Ask) -> Rollup:
    """What the lists of a level come to on a day, worst first; of places the silent ones first."""
    at = At(rows, ask.level, ask.day)
    now = counting.judged(at.projects, ask.common)
    whole = next(iter(counting.tally(now, ())), None)
    made: Table[Any]
    if ask.by is By.PLACE:
        made = Table(say.BY[ask.by], PLACES, _places(at, ask))
    elif ask.by is By.ITEM:
        made = Table(say.BY[ask.by], ITEMS, _items(now))
    elif ask.by is By.LEAD:
        made = Table(say.BY[ask.by], (_PLACE, _LEAD, *GROUP), _worst_first(counting.board(now)))
    else:
        groups = counting.tally(now, counting.CATEGORY)
        made = Table(say.BY[ask.by], (_CATEGORY, *GROUP), _worst_first(groups))
    return Rollup(ask.level, ask.day, ask.by, [*at.lists.values()], whole, made, ask.common)


def comparable(rows: Frame, ask: Ask) -> tuple[Ask, Rollup]:
    """As `of`; where the lists judge by different thresholds all are judged by the usual ones,
    which the Ask that comes back says."""
    answer = of(rows, ask)
    if len(answer.limits) < 2:
        return ask, answer
    ask = replace(ask, common=Thresholds())
    return ask, of(rows, ask)


def places(rows: Frame, ask: Ask) -> list[Place]:
    """Every place of the level, those that have not reported first, then worst first."""
    return _places(At(rows, ask.level, ask.day), ask)


def _places(at: At, ask: Ask) -> list[Place]:
    groups = counting.tally(counting.judged(at.projects, ask.common), counting.PLACE)
    quiet = {each.code: each for each in _unheard(at, ask)}
    found = [
        Place(code, group.key["place"], group, at.lists[code], quiet.get(code))
        for group in _worst_first(groups)
        for code in [group.key["code"]]
    ]
    without = [Place(each.code, each.place, missing=each) for each in quiet.values()]
    every = [*found, *(each for each in without if each.code not in at.lists)]
    return sorted(every, key=lambda each: not each.is_silent)


def missing(rows: Frame, ask: Ask) -> Table[Unheard]:
    """Who is missing, a row a place; a row a department where it is asked by lead."""
    found = _unheard(At(rows, ask.level, ask.day), ask)
    silent = Counter(each.silence for each in found if each.silence)
    note = say.missing(ask.day, silent, sum(each.silence is None for each in found))
    place, *others = _unheard_columns(ask.day)
    if ask.by is By.LEAD:
        return Table(say.MISSING, (place, _UNIT, *others), unheard.by_unit(found), note)
    return Table(say.MISSING, (place, *others), found, note)


def _unheard(at: At, ask: Ask) -> list[Unheard]:
    wanted = unheard.expected(at) if ask.expected is None else ask.expected
    return [
        each
        for each in unheard.of(at, wanted, ask.start)
        if each.code not in ask.unread or each.silence is not Silence.NO_LIST
    ]


def _worst_first(groups: Sequence[Group]) -> list[Group]:
    named = {str(at): group for at, group in enumerate(groups)}
    return [named[key] for key in worst_first({at: each.standing for at, each in named.items()})]


Item = Mapping[str, Any]
_ITEM = (
    "place", "project", "category", "content", "leads", "weakest", "completion", "claimed",
    "variance", "light", "silence",
)  # fmt: skip


def _items(now: Frame) -> list[Item]:
    rows = counting.projects(now, _ITEM)
    return sorted(rows, key=lambda row: badness(Light(row["light"]), row["variance"]))


def _key(key: str) -> Callable[[Group], Value]:
    return lambda group: str(group.key[key])


_PLACE: Column[Group] = Column("place", say.PLACE, _key("place"), width=Width.NAME)
_LEAD: Column[Group] = Column("lead", COLUMN["leads"], _key("leads"), width=Width.NAME)
_CATEGORY: Column[Group] = Column("category", COLUMN["category"], _key("category"))


def _lit(light: Light) -> Callable[[Group], Value]:
    return lambda group: group.standing.lights[light]


def _unsaid(silence: Silence) -> Column[Group]:
    return _counted(silence.value, say.PROJECTS[silence], lambda group: group.said[silence])


def _counted(key: str, heading: str, value: Callable[[Group], Value]) -> Column[Group]:
    return Column(key, heading, value, Kind.COUNT, Width.TINY)


GROUP: tuple[Column[Group], ...] = (
    _counted("projects", COLUMN["projects"], lambda group: group.standing.projects),
    _counted("known", columns.KNOWN, lambda group: group.standing.known),
    Column("completion", COLUMN["completion"], lambda g: g.standing.completion, Kind.SHARE),
    Column("claimed", COLUMN["claimed"], lambda group: group.standing.claimed, Kind.SHARE),
    Column("change", say.CHANGE, lambda group: group.change, Kind.POINTS),
    *(_counted(f"light_{each}", labels.light(each), _lit(each)) for each in Light),
    _unsaid(Silence.NO_REPORT),
    _unsaid(Silence.NOT_READ),
    _counted("unchanged", say.UNCHANGED, lambda group: group.unchanged),
    _counted("findings", say.FINDINGS, lambda group: group.findings),
    _counted("rank", COLUMN["rank"], lambda group: group.standing.rank),
    Column(
        "rank_range",
        COLUMN["rank_range"],
        lambda g: printed.rank_range(g.standing.best_rank, g.standing.worst_rank),
        Kind.MIDDLE,
        Width.TINY,
    ),
    Column(
        "few",
        columns.NOTE,
        lambda group: labels.FEW if group.standing.few else "",
        Kind.MIDDLE,
        Width.TINY,
    ),
)


def _of_place(column: Column[Group]) -> Column[Place]:
    """The same of a place, unknown where it has nothing."""
    return Column(
        column.key,
        column.heading,
        lambda row: None if row.group is None else column.value(row.group),
        column.kind,
        column.width,
    )


def _at(key: str, heading: str, kind: Kind = Kind.MIDDLE) -> Column[Place]:
    return Column(key, heading, lambda row: None if row.at is None else row.at[key], kind)


def _reported(row: Place) -> str:
    silence = row.missing.silence if row.missing else None
    return say.REPORTED if silence is None else say.SILENCE[silence]


PLACES: tuple[Column[Place], ...] = (
    Column("place", say.PLACE, lambda row: row.name, width=Width.NAME),
    Column("code", say.CODE, lambda row: row.code, Kind.MIDDLE, Width.TINY),
    Column("reported", say.REPORTED_AT_ALL, _reported, Kind.MIDDLE, Width.TINY),
    _at("label", COLUMN["period"]),
    _at("as_of", say.AS_OF),
    _at("elapsed", labels.ELAPSED, Kind.SHARE),
    *map(_of_place, GROUP),
)


def _of(key: str, heading: str, kind: Kind = Kind.TEXT, width: Width = Width.SMALL) -> Column[Item]:
    return Column(key, heading, lambda row: row[key], kind, width)


ITEMS: tuple[Column[Item], ...] = (
    _of("place", say.PLACE, width=Width.NAME),
    _of("code", say.CODE, Kind.MIDDLE),
    _of("project", COLUMN["id"], Kind.MIDDLE, Width.TINY),
    _of("category", COLUMN["category"], Kind.MIDDLE),
    _of("content", columns.PROMISE, width=Width.PROSE),
    Column("leads", COLUMN["leads"], lambda row: labels.joined(row["leads"]), width=Width.NAME),
    _of("completion", COLUMN["completion"], Kind.SHARE),
    _of("weakest", COLUMN["weakest"], Kind.SHARE),
    _of("claimed", COLUMN["claimed"], Kind.SHARE),
    _of("variance", say.VARIANCE, Kind.POINTS),
    _of("light", COLUMN["light"], Kind.LIGHT),
    Column(
        "silence",
        columns.NOTE,
        lambda row: say.PROJECTS[Silence(row["silence"])] if row["silence"] else "",
    ),
)


def _asked(key: Callable[[Unheard], Sequence[unheard.Item]]) -> Callable[[Unheard], Value]:
    return lambda row: labels.joined(each.project for each in key(row))


_UNIT: Column[Unheard] = Column("unit", COLUMN["leads"], lambda row: row.unit, width=Width.NAME)


def _unheard_columns(day: dt.date) -> tuple[Column[Unheard], ...]:
    return (
        Column("place", say.PLACE, lambda row: row.place, width=Width.NAME),
        Column("code", say.CODE, lambda row: row.code, Kind.MIDDLE),
        Column(
            "reported",
            say.REPORTED_AT_ALL,
            lambda row: say.SILENCE[row.silence] if row.silence else say.REPORTED,
            Kind.MIDDLE,
        ),
        Column("period", say.LAST, lambda row: row.label or None, Kind.MIDDLE),
        Column("as_of", say.AS_OF, lambda r: r.as_of.isoformat() if r.as_of else None, Kind.MIDDLE),
        Column("no_report", say.PROJECTS[Silence.NO_REPORT], _asked(lambda row: row.no_report)),
        Column("not_read", say.PROJECTS[Silence.NOT_READ], _asked(lambda row: row.not_read)),
        Column("unchanged", say.UNCHANGED, _asked(lambda row: row.unchanged)),
        Column("reminder", say.REMINDER, lambda row: unheard.reminder(row, day), width=Width.PROSE),
    )
