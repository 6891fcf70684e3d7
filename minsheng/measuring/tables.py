"""The tables of the product, said once: key, heading, value, kind and width of every column.

Pages and documents take the columns that they have room for and render them. A value is a number,
a share of 0-1, a word, or None for unknown; `Column.text` prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from minsheng import labels, printed
from minsheng.labels import COLUMN, columns
from minsheng.measuring import drawn
from minsheng.measuring.drawn import Bar
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, MeasuredIndicator, MeasuredProject, Standing, Tally

Value = str | float | None
Row = TypeVar("Row")


class Kind(StrEnum):
    """What a column holds, which decides how it is printed and on which side it stands. Points are
    the difference of two shares in tenths of a percentage point."""

    TEXT = "text"
    MIDDLE = "middle"
    COUNT = "count"
    SHARE = "share"
    POINTS = "points"
    LIGHT = "light"


class Width(StrEnum):
    """How much room a column wants; each surface gives it its own measure."""

    TINY = "tiny"
    SMALL = "small"
    NAME = "name"
    WORDS = "words"
    PROSE = "prose"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`value` is what a row has in this column; `bar` what is drawn beside it, if anything is."""

    key: str
    heading: str
    value: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    width: Width = Width.SMALL
    bar: Callable[[Row, float], Bar] | None = None

    def text(self, row: Row) -> str:
        """The value as it is printed; unknown is a dash."""
        value = self.value(row)
        if value is None:
            return printed.DASH
        if self.kind is Kind.SHARE and not isinstance(value, str):
            return printed.percent(value)
        if self.kind is Kind.POINTS and not isinstance(value, str):
            return printed.points(value, unit=False)
        if self.kind is Kind.LIGHT and isinstance(value, str):
            return labels.light(Light(value))
        return value if isinstance(value, str) else printed.number(value)


Columns = Mapping[str, Column[Row]]


def _keyed(*each: Column[Row]) -> Columns[Row]:
    return {column.key: column for column in each}


def take(known: Columns[Row], *keys: str) -> tuple[Column[Row], ...]:
    """Some columns of a table, in this order."""
    return tuple(known[key] for key in keys)


def texts(chosen: Sequence[Column[Row]], rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """The rows as printed."""
    return [tuple(column.text(row) for column in chosen) for row in rows]


def _lit(light: Light) -> Callable[[tuple[str, Tally]], Value]:
    return lambda row: row[1].lights[light]


CATEGORIES: Columns[tuple[str, Tally]] = _keyed(
    Column("number", columns.NUMBER, lambda row: int(row[0]), Kind.MIDDLE, Width.TINY),
    Column("category", COLUMN["category"], lambda row: row[1].name, width=Width.NAME),
    Column("projects", COLUMN["projects"], lambda row: row[1].projects, Kind.COUNT),
    Column("known", columns.KNOWN, lambda row: row[1].known, Kind.COUNT),
    Column("finished", COLUMN["finished"], lambda row: row[1].finished, Kind.COUNT),
    Column("behind", COLUMN["behind"], lambda row: row[1].behind, Kind.COUNT),
    Column(
        "completion",
        COLUMN["completion"],
        lambda row: row[1].completion,
        Kind.SHARE,
        Width.WORDS,
        lambda row, due: drawn.mean(row[1], due),
    ),
    Column("claimed", COLUMN["claimed"], lambda row: row[1].claimed, Kind.SHARE),
    *(Column(f"light_{each}", labels.light(each), _lit(each), Kind.COUNT) for each in Light),
)

DEPARTMENTS: Columns[Standing] = _keyed(
    Column("rank", COLUMN["rank"], lambda row: row.rank, Kind.COUNT, Width.TINY),
    Column("department", COLUMN["department"], lambda row: row.name, width=Width.NAME),
    Column("projects", COLUMN["projects"], lambda row: row.projects, Kind.COUNT),
    Column("known", columns.KNOWN, lambda row: row.known, Kind.COUNT),
    Column("finished", COLUMN["finished"], lambda row: row.finished, Kind.COUNT),
    Column("behind", COLUMN["behind"], lambda row: row.behind, Kind.COUNT),
    Column(
        "completion",
        COLUMN["completion"],
        lambda row: row.completion,
        Kind.SHARE,
        bar=drawn.mean,
    ),
    Column("claimed", COLUMN["claimed"], lambda row: row.claimed, Kind.SHARE),
    Column(
        "rank_range",
        COLUMN["rank_range"],
        lambda row: printed.rank_range(row.best_rank, row.worst_rank),
        Kind.MIDDLE,
    ),
    Column("few", columns.NOTE, lambda row: labels.FEW if row.few else "", Kind.MIDDLE),
)


@dataclass(frozen=True)
class Part:
    """A row of the table of indicators. A project without indicators keeps one, of None."""

    project: MeasuredProject
    part: MeasuredIndicator | None

    @property
    def bar(self) -> Bar:
        due = self.project.expected
        return Bar(due=due) if self.part is None else drawn.bar(self.part, due)


def parts(shot: Snapshot, projects: Iterable[str]) -> list[Part]:
    """The indicators of the projects, in their order."""
    return [
        Part(shot.rows[key], part) for key in projects for part in (*shot.parts[key],) or (None,)
    ]


def _of(value: Callable[[MeasuredIndicator], Value]) -> Callable[[Part], Value]:
    return lambda row: None if row.part is None else value(row.part)


INDICATORS: Columns[Part] = _keyed(
    Column("id", COLUMN["id"], lambda row: row.project.id, Kind.MIDDLE, Width.TINY),
    Column("category", COLUMN["category"], lambda row: row.project.category, Kind.MIDDLE),
    Column(
        "leads",
        COLUMN["leads"],
        lambda row: "\n".join(row.project.leads),
        Kind.MIDDLE,
        Width.NAME,
    ),
    Column(
        "indicator",
        COLUMN["indicator"],
        lambda row: labels.NO_INDICATOR if row.part is None else row.part.name,
        width=Width.NAME,
    ),
    Column("counts", columns.COUNTS, _of(lambda part: part.counts), Kind.MIDDLE),
    Column("unit", columns.UNIT, _of(lambda part: part.unit), Kind.MIDDLE, Width.TINY),
    Column("target", COLUMN["target"], _of(lambda part: part.target), Kind.COUNT),
    Column("done", COLUMN["done"], _of(lambda part: part.done), Kind.COUNT),
    Column(
        "counted",
        columns.COUNTED,
        _of(lambda part: part.counted),
        Kind.SHARE,
        Width.NAME,
        lambda row, _: row.bar,
    ),
    Column("completion", COLUMN["completion"], _of(lambda part: part.completion), Kind.SHARE),
    Column("basis", COLUMN["basis"], _of(columns.basis), Kind.MIDDLE),
    Column("claimed", COLUMN["claimed"], _of(lambda part: part.claimed), Kind.SHARE),
    Column("underway", COLUMN["underway"], _of(lambda part: part.underway), Kind.COUNT),
    Column("stages", columns.STAGES, _of(lambda p: columns.stages(p.stages)), width=Width.WORDS),
    Column("quotes", columns.QUOTES, _of(lambda p: labels.quoted(p.quotes)), width=Width.PROSE),
    Column("remarks", columns.NOTE, _of(columns.remarks), width=Width.WORDS),
)


@dataclass(frozen=True)
class Found:
    """A row of the table of findings."""

    project: MeasuredProject
    finding: Finding


def found(shot: Snapshot) -> list[Found]:
    return [Found(shot.rows[each.project], each) for each in shot.findings]


FINDINGS: Columns[Found] = _keyed(
    Column(
        "severity",
        labels.SEVERITY_FIELD,
        lambda row: labels.SEVERITY[row.finding.severity],
        Kind.MIDDLE,
        Width.TINY,
    ),
    Column(
        "rule",
        labels.RULE_FIELD,
        lambda row: labels.RULES[row.finding.code].title,
        width=Width.NAME,
    ),
    Column("id", COLUMN["id"], lambda row: row.project.id, Kind.MIDDLE, Width.TINY),
    Column("content", columns.PROMISE, lambda row: row.project.content, width=Width.WORDS),
    Column("indicator", COLUMN["indicator"], lambda row: row.finding.indicator or ""),
    Column(
        "leads",
        COLUMN["leads"],
        lambda row: "\n".join(row.project.leads),
        Kind.MIDDLE,
        Width.NAME,
    ),
    Column("message", columns.MESSAGE, lambda row: row.finding.message, width=Width.PROSE),
    Column(
        "quotes", columns.QUOTES, lambda row: labels.quoted(row.finding.quotes), width=Width.PROSE
    ),
    Column("why", columns.WHY, lambda row: labels.RULES[row.finding.code].why, width=Width.PROSE),
)
