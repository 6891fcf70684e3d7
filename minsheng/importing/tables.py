"""What a table is, whatever it was written in, and what its rows are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from minsheng.grammar.proposals import Proposal


class ImportFault(Exception):  # noqa: N818 - a fault of the file, none of the program
    """Nothing was read; the message is the Chinese sentence that says why, and the cure."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid. A merged cell's text stands at every place that it covers: `above`
    where it comes down from the row above, `left` where it comes from the column to the left."""

    text: str = ""
    above: bool = False
    left: bool = False


@dataclass(frozen=True)
class Table:
    """A grid with its merged cells resolved. `places` name each line of it to a person; `joined`
    are the lines that had been torn and were put together again. `goes_on`: without a heading of
    its own it may be the rest of the table before it, as where a page ends."""

    where: str
    lines: tuple[tuple[Cell, ...], ...]
    places: tuple[str, ...]
    joined: frozenset[int] = frozenset()
    goes_on: bool = True


@dataclass(frozen=True)
class Sheets:
    """What a reader of one kind of file found: its tables and the lines of text outside them."""

    tables: tuple[Table, ...]
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A heading as printed, and the role it was given: one of `columns.ROLES`, or None: kept as a
    note on each row."""

    heading: str
    role: str | None


@dataclass(frozen=True)
class Row:
    """One row of the table, its texts word for word (without blanks around them).

    `number` counts the rows of the file from 1, `where` is the place of this one in it. `other` are
    the columns of no known role, by heading. `flags` are keys of `labels.importing.ROW_FLAGS`: what
    a person should look at before believing the row.
    """

    number: int
    where: str
    content: str
    progress: str
    serial: str = ""
    category: str = ""
    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    leader: str = ""
    deadline: str = ""
    problems: str = ""
    next_steps: str = ""
    claimed: str = ""
    other: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """The rows of a file in its order, and what was made of the rest: which heading became which
    column, and everything that is no row, in `notes`. `above` is the text before the first table,
    from which title and period can be guessed."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """A row with what its words are proposed to say. Whoever confirms a reading replaces it by one
    without flags, and a row's flags by none: what is flagged is written with a comment."""

    row: Row
    proposals: tuple[Proposal, ...]
    flags: tuple[str, ...] = ()
