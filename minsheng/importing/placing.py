"""Rows of a pasted table that have lost cells → which column each of the rest belongs to.

A page of the web leaves no tab where a cell is merged with the one above it: what is left would
slide into the columns to the left. The words say where they belong; every such row is `unsure`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from minsheng.importing import words
from minsheng.importing.columns import Header, header_at
from minsheng.importing.tables import Cell

MOST_WORK = 1_000_000  # comparisons of a cell with a column; beyond that rows stay as they are
LONGEST_LOOKED_AT = 200

_SERIAL = re.compile(words.SERIAL_LIKE)
_DATE = re.compile(words.DATE_LIKE)
_PROGRESS = re.compile(words.PROGRESS_LIKE)
_DIGIT = re.compile(r"\d")
# What it costs to leave a column without a cell: these are merged down, others hardly ever.
_BLANK = {"serial": 0.5, "category": 0.0, "leads": 0.2, "supports": 0.5, "leader": 0.5}
_OTHER_BLANK = 1.0

Line = tuple[Cell, ...]


def placed(rows: Sequence[tuple[Line, int]]) -> tuple[Line, ...]:
    """`rows` are the cells of each with how many it had in the text, blank ones at the end
    included."""
    lines = [cells for cells, _ in rows]
    seen: list[set[str]] = []
    header: Header | None = None
    made: list[Line] = []
    skip = work = own_width = 0
    for at, (cells, width) in enumerate(rows):
        found = None if skip else header_at(lines, at)
        if found:
            header, skip = found, found.depth
            own_width = max(width, len(found.columns))
            seen = [set() for _ in found.columns]
        full = len(header.columns) if header else 0
        if skip:
            skip -= 1
        elif header and max(width, len(cells)) >= full:
            cells = _filled(cells, own_width, header, seen)
        elif header and len(cells) > 1:
            work += len(cells) * full
            cells = _spread(cells, header, seen) if work <= MOST_WORK else _doubted(cells)
        made.append(cells)
    return tuple(made)


def _filled(cells: Line, width: int, header: Header, seen: Sequence[set[str]]) -> Line:
    """A row with all its cells; with more than the line of the headings has it is in doubt."""
    for cell, texts in zip(cells, seen, strict=False):
        texts.add(cell.text)
    if len(cells) > width:
        return _doubted(cells)
    return (*cells, *[Cell()] * (len(header.columns) - len(cells)))


def _doubted(cells: Line) -> Line:
    return tuple(replace(cell, unsure=True) if cell.text else cell for cell in cells)


def _spread(cells: Line, header: Header, seen: Sequence[set[str]]) -> Line:
    """The cells in their order, each in the column where all together fit best."""
    columns = header.columns
    blank = [_BLANK.get(column.role or "", _OTHER_BLANK) for column in columns]
    # best[y]: the first y cells in the columns so far; and from which of them that is.
    best: list[float] = [0.0] + [float("-inf")] * len(cells)
    choices: list[list[bool]] = []
    for at, column in enumerate(columns):
        after = [score - blank[at] for score in best]
        chosen = [False] * (len(cells) + 1)
        for y, cell in enumerate(cells, 1):
            score = best[y - 1] + _fit(column.role, cell.text[:LONGEST_LOOKED_AT], seen[at])
            if score > after[y]:
                after[y], chosen[y] = score, True
        best = after
        choices.append(chosen)
    line, y = [Cell()] * len(columns), len(cells)
    for at in range(len(columns) - 1, -1, -1):
        if choices[at][y]:
            y -= 1
            line[at] = replace(cells[y], unsure=bool(cells[y].text))
    return tuple(line)


def _fit(role: str | None, text: str, seen: set[str]) -> float:
    if not text:
        return 0.0
    known = 3.0 if text in seen else 0.0
    is_body = len(text) <= 40 and text.endswith(words.BODY_ENDS) and not _DIGIT.search(text)
    if role == "serial":
        return 3.0 if _SERIAL.fullmatch(text) else -4.0
    if role in ("leads", "supports"):
        return known + (3.0 if is_body else -3.0)
    if role == "category":
        return known + (1.0 if len(text) <= 12 and not is_body and not _DIGIT.search(text) else -3)
    if role == "deadline":
        return 2.0 if _DATE.search(text) else -3.0
    if role == "claimed":
        return 3.0 if "%" in text or "％" in text else -2.0
    if role == "content":
        return 1.0 if _DIGIT.search(text) and not is_body else -1.0
    if role == "progress":
        return 1.5 if _PROGRESS.search(text) and not is_body else -0.5
    return known
