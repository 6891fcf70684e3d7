"""What a document is made of, as plain values: Word and PDF draw the same blocks, so that there is
one place that says what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a paragraph is for. How it looks is the renderer's."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    ADDRESSEE = "addressee"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    NOTE = "note"
    SIGNATURE = "signature"
    ANNEX = "annex"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True)
class Paragraph:
    """`gap` marks what the writer still has to fill in."""

    role: Role
    text: str
    gap: bool = False


@dataclass(frozen=True)
class Bar:
    """A share drawn on a fixed scale from 0 to `room` (1 is 100 %), with a line at `mark`.

    A share past `room` is drawn up to its edge and marked there: the figure stands beside it.
    """

    share: float
    mark: float
    room: float = 1.0


@dataclass(frozen=True)
class Cell:
    """`down` is how many rows it covers. A bar is drawn where the renderer can, under the text."""

    text: str
    down: int = 1
    bar: Bar | None = None


@dataclass(frozen=True)
class Column:
    """`width` is in millimetres; the widths of a table add up to the width of the type area."""

    head: str
    width: float
    align: Align = Align.CENTER


@dataclass(frozen=True)
class Table:
    """In a row, None stands where a cell above reaches down. The head is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True)
class Landscape:
    """From here on the pages lie; starts a new one."""


Block = Paragraph | Table | Landscape

_NO_GLYPH = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without what no paper shows and no document may hold: control characters.

    Line breaks and tabs stay. They are otherwise legal in the dataset ("\\a" in a YAML string), and
    one of them would make a whole document unreadable.
    """
    return _NO_GLYPH.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
