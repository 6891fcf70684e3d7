"""What a table is, whatever it was written in, and what its rows are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from minsheng.grammar.proposals import Proposal
from minsheng.importing.periods import When

MOST_LINES = 3_000  # a progress table of a district has thirty, a city's three hundred


class AsideKind(StrEnum):
    """Why words of a file do not belong to the text that it prints, or stand beside it."""

    STRUCK = "struck"
    HIDDEN = "hidden"
    DELETED = "deleted"  # a tracked deletion: what it says no longer holds
    RAISED = "raised"  # the mark of a footnote, set small above the line
    COMMENT = "comment"  # of Word or Excel
    FOOTNOTE = "footnote"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_COLUMN = "hidden_column"


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that are no part of any cell's text, and must be named to a person. `place` says where
    they stand; it is empty for those of a cell, which stand where the cell does."""

    kind: AsideKind
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid. A merged cell's text stands at every place that it covers: `above`
    where it comes down from the row above, `left` where it comes from the column to the left.

    `text` is what is printed: what was struck out, hidden, deleted or commented is in `asides`, at
    the first place of a merged cell only. `form` is Excel's number format where the cell holds a
    number or a date, else empty. `unsure`: its borders are not those of the heading above it, and
    it lies nearly as much beneath another one.
    """

    text: str = ""
    above: bool = False
    left: bool = False
    asides: tuple[Aside, ...] = ()
    form: str = ""
    unsure: bool = False


@dataclass(frozen=True)
class Table:
    """A grid with its merged cells resolved, as a person sees it: in Word and HTML each cell stands
    in the column of the heading that it overlaps most, hidden rows and columns are left out and
    are `asides`. `places` name each line of it to a person; `joined` are the lines that had been
    torn and were put together again. `goes_on`: without a heading of its own it may be the rest of
    the table before it, as where a page ends. `name` is the sheet's; `above` are the paragraphs
    between the table before and this one (none at the first: those are in `Sheets.above`).
    """

    where: str
    lines: tuple[tuple[Cell, ...], ...]
    places: tuple[str, ...]
    joined: frozenset[int] = frozenset()
    goes_on: bool = True
    name: str = ""
    above: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True)
class Sheets:
    """What a reader of one kind of file found: its tables and the lines of text outside them,
    before the first (`above`), between (`Table.above`) and after the last (`below`); where there is
    no table, all are `above`. `asides` are those of the paragraphs and of whole sheets. `pictures`
    counts those in the body of a document."""

    tables: tuple[Table, ...]
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A heading as printed, and the role it was given: a key of `labels.importing.ROLE`, or None:
    kept as a note on each row."""

    heading: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What one column says of another period than the table's: its last month, and the words."""

    when: When
    text: str


@dataclass(frozen=True)
class Row:
    """One row of the table, its texts word for word (without blanks around them).

    `number` counts the rows of the file from 1, `where` is the place of this one in it. `printed`
    is its own number in the table. `done`, `target` and `this_period` are numbers of columns of
    their own, `unit` what they count; `by_place` the same for parts of the district. `planned` and
    `paid` are money in 万元. `plans` were made for a part of the year, `earlier` told at the end of
    one. `other` are the columns of no known role, by heading; those in `lasting` say something of
    the project, the rest of this period. `taken` is the heading of each key. `flags` are keys of
    `labels.importing.ROW_FLAGS`: what a person should look at before believing the row.
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
    printed: str = ""
    done: str = ""
    target: str = ""
    unit: str = ""
    this_period: str = ""
    by_place: Mapping[str, str] = field(default_factory=dict)
    verdict: str = ""
    planned: float | None = None
    paid: float | None = None
    plans: tuple[Told, ...] = ()
    earlier: tuple[Told, ...] = ()
    lasting: frozenset[str] = frozenset()
    taken: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """Which of a file's tables to read, by its number in `Source.tables` from 1, and of its columns
    for several months which; 0: those that the program takes."""

    table: int = 0
    month: int = 0


AS_CHOSEN = Wanted()


@dataclass(frozen=True)
class Source:
    """The rows of a file in its order, and what was made of the rest: which heading became which
    column, and everything that is no row, in `notes`. `above` is the text before the table, from
    which title and period can be guessed; `when` the period that the columns taken name. `tables`
    are the names of all its tables that have a heading of their own, those read and the others;
    `months` the earlier ones that columns of this one tell of, the newest first, and `chosen` that
    of them which a person wanted instead."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    when: When | None = None
    tables: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    chosen: When | None = None


@dataclass(frozen=True)
class Proposed:
    """A row with what its words are proposed to say. Whoever confirms a reading replaces it by one
    without flags, and a row's flags by none: what is flagged is written with a comment."""

    row: Row
    proposals: tuple[Proposal, ...]
    flags: tuple[str, ...] = ()
