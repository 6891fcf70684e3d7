"""Cells with borders of their own → a grid in the columns of its heading, as a person sees it.

A dragged border makes a cell begin elsewhere than the heading above it. Whoever looks at the table
still sees it beneath one heading: the one that it overlaps most.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minsheng.importing.columns import header_at
from minsheng.importing.tables import Cell

DEEPEST_HEADING = 3
LONGEST_HEADING = 24
UNSURE = 0.5  # of the width of a heading: so much of a cell beneath it lies beneath another one


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of one row with its left and right border, in any unit. `merged`: it goes on from the
    row above and says nothing itself."""

    start: int
    end: int
    cell: Cell
    merged: bool = False

    def shared(self, start: int, end: int) -> int:
        return max(0, min(self.end, end) - max(self.start, start))


Line = tuple[Box, ...]
Column = tuple[int, int]  # its left and right border


def grid(rows: Sequence[Line]) -> tuple[tuple[Cell, ...], ...]:
    """Every row in the columns of the heading above it; where no row is a heading, in those of the
    division that most rows have."""
    filled = _filled(rows)
    depths: dict[int, int] = {}
    at = 0
    while at < len(filled):
        if header_at([[box.cell for box in filled[at]]], 0):
            depths[at] = _depth(filled, at)
        at += depths.get(at, 1)
    starts = [0, *(at for at in depths if at), len(filled)]
    made: list[tuple[Cell, ...]] = []
    for at, end in itertools.pairwise(starts):
        part = filled[at:end]
        if at in depths:
            columns = _columns(part[: depths[at]])
            columns = _divided(columns, part[depths[at] :])
        else:
            columns = _usual(part)
        made.extend(_placed(row, columns) for row in part)
    return tuple(made)


def _filled(rows: Sequence[Line]) -> list[Line]:
    """With the text of a vertically merged cell in each row that it reaches."""
    filled: list[Line] = []
    above: Line = ()
    for row in rows:
        above = tuple(_from_above(box, above) if box.merged else box for box in row)
        filled.append(above)
    return filled


def _from_above(box: Box, above: Line) -> Box:
    near = max(above, key=lambda each: each.shared(box.start, box.end), default=None)
    if near is None or not near.shared(box.start, box.end):
        return box
    return replace(box, cell=Cell(near.cell.text, above=True, form=near.cell.form))


def _depth(rows: Sequence[Line], at: int) -> int:
    """How many rows a heading has: its lower part begins with cells merged with those above, and
    all its own cells are short."""
    depth = 1
    while depth < DEEPEST_HEADING and at + depth < len(rows):
        told = [box for box in rows[at + depth] if box.cell.text]
        own = [box for box in told if not box.merged]
        short = all(len(box.cell.text) <= LONGEST_HEADING for box in own)
        if not own or len(own) == len(told) or not short:
            break
        depth += 1
    return depth


def _columns(rows: Sequence[Line]) -> list[Column]:
    """The columns of a heading of several rows: a cell that is divided below is its parts."""
    columns = [(box.start, box.end) for box in rows[0] if box.end > box.start]
    for row in rows[1:]:
        divided: list[Column] = []
        for start, end in columns:
            inside = _inside(row, start, end)
            if len(inside) < 2:
                divided.append((start, end))
                continue
            borders = [start, *(box.start for box in inside[1:]), end]
            divided += itertools.pairwise(borders)
        columns = divided
    return columns


def _divided(columns: Sequence[Column], body: Sequence[Line]) -> list[Column]:
    """The columns again, those divided that most rows below divide: 项目 over group and item."""
    made: list[Column] = []
    for start, end in columns:
        ways = Counter(
            tuple(box.start for box in inside[1:])
            for row in body
            if len(inside := _inside(row, start, end)) > 1
        )
        way, most = max(ways.items(), key=lambda each: each[1], default=((), 0))
        borders = [start, *way, end] if 2 * most > len(body) else [start, end]
        made += itertools.pairwise(borders)
    return made


def _inside(row: Line, start: int, end: int) -> list[Box]:
    return [box for box in row if 2 * box.shared(start, end) > box.end - box.start > 0]


def _usual(rows: Sequence[Line]) -> list[Column]:
    divisions = Counter(tuple((box.start, box.end) for box in row) for row in rows)
    most = max((len(each) for each in divisions), default=0)
    usual = max(
        (each for each in divisions if 2 * len(each) > most),
        key=lambda each: divisions[each] * len(each),
        default=(),
    )
    return [(start, end) for start, end in usual if end > start]


def _placed(row: Line, columns: Sequence[Column]) -> tuple[Cell, ...]:
    """One cell for each column. Every cell with words of its own gets a column; a cell over several
    columns stands in the first of them, and the others say that it comes from the left."""
    boxes = [box for box in row if box.end > box.start]
    if not columns or not boxes:
        return tuple(box.cell for box in row)
    owner = _owners(boxes, columns)
    narrow = _narrow(boxes, owner, columns)
    line: list[Cell] = []
    for at, own in enumerate(owner):
        if own is None:
            line.append(Cell())
        elif at and owner[at - 1] == own and at in narrow:
            line.append(_joined([*narrow[at], Box(*columns[at], Cell())], columns[at], False))
        elif at and owner[at - 1] == own:
            first = boxes[own].cell
            line.append(Cell(first.text, above=first.above, left=True, form=first.form))
        else:
            inside = sorted([boxes[own], *narrow.get(at, ())], key=lambda box: box.start)
            line.append(_joined(inside, columns[at], owner.count(own) > 1))
    line.extend(box.cell for box in boxes if box.start >= columns[-1][1] and box.cell.text)
    return tuple(line)


def _owners(boxes: Sequence[Box], columns: Sequence[Column]) -> list[int | None]:
    """For each column the cell that stands in it. As many cells as columns stand in their order,
    if each touches its own: nobody sees that as anything else."""
    in_order = len(boxes) == len(columns) and all(
        box.shared(*column) for box, column in zip(boxes, columns, strict=True)
    )
    if in_order:
        return list(range(len(boxes)))
    owner: list[int | None] = []
    for start, end in columns:
        shares = [box.shared(start, end) for box in boxes]
        best = [at for at, share in enumerate(shares) if share == max(shares) > 0]
        # Of those that share as much of it one that has no column yet.
        owner.append(next((at for at in best if at not in owner), next(iter(best), None)))
    return owner


def _narrow(
    boxes: Sequence[Box], owner: Sequence[int | None], columns: Sequence[Column]
) -> dict[int, list[Box]]:
    """The cells with words that own no column, by the column that they mostly lie in."""
    homes: dict[int, list[Box]] = {}
    for number in sorted(set(range(len(boxes))) - set(owner)):
        box = boxes[number]
        shares = [box.shared(*column) for column in columns]
        if box.cell.text and max(shares):
            homes.setdefault(shares.index(max(shares)), []).append(box)
    return homes


def _joined(inside: Sequence[Box], column: Column, reaches_on: bool) -> Cell:
    if len(inside) > 1:
        cells = [box.cell for box in inside]
        text = "\n".join(cell.text for cell in cells if cell.text)
        asides = tuple(each for cell in cells for each in cell.asides)
        return Cell(text, asides=asides, unsure=True)
    box = inside[0]
    own = box.shared(*column)
    outside = box.end - box.start - own
    doubtful = not reaches_on and outside > UNSURE * (column[1] - column[0])
    return replace(box.cell, unsure=True) if doubtful and box.cell.text else box.cell
