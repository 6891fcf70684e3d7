"""What a document is made of, as plain values: Word and PDF draw the same blocks, so that there is
one place that says what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from minsheng.export.clean import clean
from minsheng.measuring.drawn import Bar
from minsheng.model import Light


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
    ANNEXES = "annexes"
    ANNEX = "annex"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True)
class Paragraph:
    """`gap` marks what the writer still has to fill in; `keep` holds it on a page with the next."""

    role: Role
    text: str
    gap: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Cell:
    """`down` is how many rows it covers. A bar is drawn where the renderer can, under the text, in
    the hue of its project's light; a mean has none and takes slate."""

    text: str
    down: int = 1
    bar: Bar | None = None
    light: Light | None = None


Row = tuple[Cell | None, ...]


@dataclass(frozen=True)
class Column:
    """`width` is a proportion: every table is as wide as the type area (156 or 225 mm)."""

    head: str
    width: float
    align: Align = Align.CENTER


@dataclass(frozen=True)
class Table:
    """In a row, None stands where a cell above reaches down. The head is repeated on every page.

    `legend` says what the bars mean, and is printed where bars are drawn. `whole` asks for one
    page: it is for a few rows of one line.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    legend: str = ""
    whole: bool = False

    def groups(self) -> Iterator[tuple[Row, ...]]:
        """The rows that a cell of the first column reaches over, together."""
        place = 0
        while place < len(self.rows):
            first = self.rows[place][0]
            end = place + (first.down if first else 1)
            yield self.rows[place:end]
            place = end


@dataclass(frozen=True)
class Landscape:
    """From here on the pages lie; starts a new one."""


Block = Paragraph | Table | Landscape


def sections(blocks: Sequence[Block]) -> list[tuple[bool, list[Paragraph | Table]]]:
    """The blocks between changes of the paper, and whether it lies."""
    found: list[tuple[bool, list[Paragraph | Table]]] = [(False, [])]
    for block in blocks:
        if isinstance(block, Landscape):
            found.append((True, []))
        else:
            found[-1][1].append(block)
    return [section for section in found if section[1]]


def printable(text: str) -> str:
    """The text as paper shows it: cleaned, every line break as one."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
