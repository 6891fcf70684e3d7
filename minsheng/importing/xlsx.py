"""The sheets of an Excel workbook as grids of text, as they are shown.

openpyxl reads the cells (read-only, stored results, no formula is evaluated). Its read-only sheets
do not say which cells are merged, hidden or commented on, so that is read from the same package
here.
"""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import warnings
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring, iterparse

from minsheng.importing import number_format
from minsheng.importing.cleaning import tidy, unescaped
from minsheng.importing.package import BROKEN
from minsheng.importing.tables import MOST_LINES, Aside, AsideKind, Cell, Sheets, Table
from minsheng.labels.importing import (
    FAULT,
    NOTE_FORMULA,
    NOTE_HIDDEN,
    SHEET,
    SHEET_CELL,
    SHEET_COLUMN,
    TABLE_LINE,
)
from minsheng.model import Refused

MOST_COLUMNS = 200
LAST_LINE = 20_000  # somebody's remark may stand far below the table
MOST_CELLS = 200_000  # that hold something
MOST_PLACES = 2_000_000
MOST_MERGED = 2_000_000

Range = tuple[int, int, int, int]
Place = tuple[int, int]  # row and column, from 1
_EMPTY = Cell()
_TAGS = ("row", "c", "col", "sheetFormatPr", "mergeCell", "v", "is", "f")
_NAMES = {f"{{{SHEET_MAIN_NS}}}{tag}": tag for tag in _TAGS}
_RUN = f"{{{SHEET_MAIN_NS}}}r"


@dataclass
class _Extent:
    """What the XML of a sheet says beside its values."""

    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    rich: dict[Place, CellRichText] = field(default_factory=dict)
    comments: dict[Place, list[str]] = field(default_factory=dict)
    all_hidden: bool = False
    empty_formulas: int = 0
    cells: int = 0
    rows: set[int] = field(default_factory=set)  # that hold something
    lines: int = 0
    columns: int = 0

    def is_too_large(self) -> bool:
        return (
            len(self.rows) > MOST_LINES
            or self.lines > LAST_LINE
            or self.columns > MOST_COLUMNS
            or self.cells > MOST_CELLS
            or self.lines * self.columns > MOST_PLACES
        )


def read(data: bytes) -> Sheets:
    """Every visible sheet that holds something, in the order of the tabs.

    Raises:
        Refused: the workbook is damaged, or larger than a progress table can be.
    """
    with warnings.catch_warnings():
        # A workbook without styles, or with bars in cells: openpyxl tells its programmer.
        warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
        try:
            book = load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=True
            )
            try:
                return _sheets(book, data)
            finally:
                book.close()
        except BROKEN:
            raise Refused(FAULT["damaged"]) from None


def _sheets(book: Any, data: bytes) -> Sheets:
    tables, notes = [], []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet in book.worksheets:
            where = SHEET.format(name=sheet.title)
            if sheet.sheet_state != "visible":
                notes.append(NOTE_HIDDEN.format(where=where))
                continue
            path = sheet._worksheet_path
            extent = _extent(archive.read(path))
            if extent.is_too_large():
                words = FAULT["too_many"].format(where=where, rows=MOST_LINES, columns=MOST_COLUMNS)
                raise Refused(words)
            if extent.empty_formulas:
                notes.append(NOTE_FORMULA.format(where=where, count=extent.empty_formulas))
            for place, text in _comments(archive, path):
                extent.comments.setdefault(place, []).append(text)
            table = _table(sheet, where, extent)
            if table.lines or table.asides:
                tables.append(table)
    return Sheets(tuple(tables), (), tuple(notes))


def _extent(part: bytes) -> _Extent:
    """Only cells that hold something count: a sheet whose last row is formatted is not long."""
    found = _Extent()
    row = column = 0
    held: set[str] = set()
    rich: CellRichText | None = None
    for event, element in iterparse(io.BytesIO(part), events=("start", "end")):
        tag = _NAMES.get(element.tag)
        if tag == "row" and event == "start":
            row, column = int(element.get("r") or row + 1), 0
            if _is_true(element.get("hidden")) or element.get("ht") == "0":
                found.hidden_rows.add(row)
        elif event == "start" or tag is None:
            continue
        elif tag == "c":
            at = element.get("r")
            column = _bounds(at)[0] if at else column + 1
            if held & {"v", "is"}:
                found.cells += 1
                found.rows.add(row)
                found.lines = max(found.lines, row)
                found.columns = max(found.columns, column)
                if rich is not None:
                    found.rich[row, column] = rich
            elif held:
                found.empty_formulas += 1
            held.clear()
            rich = None
        elif tag in ("is", "f") or (tag == "v" and element.text):
            held.add(tag)
            if tag == "is" and element.find(_RUN) is not None:
                rich = CellRichText.from_tree(element)
        elif tag == "mergeCell":
            found.merged.append(_bounds(element.get("ref", "")))
        elif tag == "col":
            if _is_true(element.get("hidden")) or element.get("width") == "0":
                found.hidden_columns.append((int(element.get("min")), int(element.get("max"))))
        elif tag == "sheetFormatPr":
            found.all_hidden = _is_true(element.get("zeroHeight"))
        elif tag == "row":
            element.clear()
    return found


def _is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _bounds(ref: str) -> Range:
    left, top, right, bottom = range_boundaries(ref)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(ref)
    return left, top, right, bottom


def _comments(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[Place, str]]:
    """What people wrote on cells: as threads where there are such, else as notes (Excel keeps a
    copy of each thread among the notes, with a remark that this Excel is too old)."""
    names = set(archive.namelist())
    folder, name = posixpath.split(path.lstrip("/"))
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in names:
        return
    threaded: set[Place] = set()
    parts = sorted(
        (not kind.endswith("/threadedComment"), target)
        for kind, target in _related(archive.read(relations), folder)
        if kind.endswith(("/comments", "/threadedComment")) and target in names
    )
    for is_note, target in parts:
        for comment in fromstring(archive.read(target)).iter():
            ref = comment.get("ref") if isinstance(comment.tag, str) else None
            if not ref:
                continue
            left, top, _, _ = _bounds(ref)
            if is_note and (top, left) in threaded:
                continue
            if not is_note:
                threaded.add((top, left))
            runs = [each.text or "" for each in comment.iter() if _local(each) in ("t", "text")]
            if text := tidy(unescaped("".join(runs))).strip():
                yield (top, left), text


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _related(part: bytes, folder: str) -> Iterator[tuple[str, str]]:
    for relation in fromstring(part):
        target = str(relation.get("Target", ""))
        full = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        yield str(relation.get("Type", "")), posixpath.normpath(full)


def _table(sheet: Any, where: str, extent: _Extent) -> Table:
    rows = sheet.iter_rows(
        min_row=1, max_row=extent.lines, min_col=1, max_col=max(extent.columns, 1)
    )
    lines = [
        [_cell(each, extent.rich.get((y, x))) for x, each in enumerate(row, 1)]
        for y, row in enumerate(rows, 1)
    ]
    lines = lines if extent.lines else []
    shown_rows = [y for y in range(len(lines)) if not _is_hidden_row(y + 1, extent, lines[y])]
    ranges = (range(left - 1, min(right, MOST_COLUMNS)) for left, right in extent.hidden_columns)
    hidden = {x for each in ranges for x in each}
    shown_columns = [x for x in range(len(lines[0]) if lines else 0) if x not in hidden]
    asides = [*_commented(lines, where, extent)]
    asides += _hidden(lines, where, shown_rows, shown_columns)
    area = 0
    for bounds in extent.merged:
        area += _spread(lines, bounds, shown_rows, shown_columns)
        if area > MOST_MERGED:
            raise Refused(FAULT["merged"].format(where=where))
    return Table(
        where,
        tuple(tuple(lines[y][x] for x in shown_columns) for y in shown_rows),
        tuple(TABLE_LINE.format(where=where, line=y + 1) for y in shown_rows),
        goes_on=False,
        name=sheet.title,
        asides=tuple(asides),
    )


def _is_hidden_row(number: int, extent: _Extent, line: Sequence[Cell]) -> bool:
    """Where all rows are hidden from some row on, only those that the file writes down show."""
    return number in extent.hidden_rows or (extent.all_hidden and not any(c.text for c in line))


def _hidden(
    lines: list[list[Cell]], where: str, rows: Sequence[int], columns: Sequence[int]
) -> Iterator[Aside]:
    """What stands in hidden rows and columns, a row or column an aside."""
    for y in sorted(set(range(len(lines))) - set(rows)):
        if text := _words(lines[y]):
            yield Aside(AsideKind.HIDDEN_ROW, text, TABLE_LINE.format(where=where, line=y + 1))
    width = len(lines[0]) if lines else 0
    for x in sorted(set(range(width)) - set(columns)):
        if text := _words([lines[y][x] for y in rows]):
            place = SHEET_COLUMN.format(where=where, column=get_column_letter(x + 1))
            yield Aside(AsideKind.HIDDEN_COLUMN, text, place)


def _words(cells: Sequence[Cell]) -> str:
    return " ".join(
        each for cell in cells for each in (cell.text, *(a.text for a in cell.asides)) if each
    )


def _commented(lines: list[list[Cell]], where: str, extent: _Extent) -> Iterator[Aside]:
    """Puts each comment beside its cell; those outside of what the sheet holds are returned."""
    for (row, column), texts in extent.comments.items():
        made = [Aside(AsideKind.COMMENT, text) for text in texts]
        if row <= len(lines) and column <= len(lines[row - 1]):
            cell = lines[row - 1][column - 1]
            lines[row - 1][column - 1] = replace(cell, asides=(*cell.asides, *made))
        else:
            at = f"{get_column_letter(column)}{row}"
            place = SHEET_CELL.format(where=where, cell=at)
            yield from (replace(each, place=place) for each in made)


def _spread(
    lines: list[list[Cell]], bounds: Range, rows: Sequence[int], columns: Sequence[int]
) -> int:
    """Puts the first cell's text at each place of a merged range that is shown; the number of
    places. The first that is shown has it as its own."""
    left, top, right, bottom = bounds
    bottom = min(bottom, len(lines))
    right = min(right, len(lines[0]) if lines else 0)
    if top > bottom or left > right:
        return 0
    first = lines[top - 1][left - 1]
    ys = rows[bisect_left(rows, top - 1) : bisect_left(rows, bottom)]
    xs = columns[bisect_left(columns, left - 1) : bisect_left(columns, right)]
    for y in ys:
        for x in xs:
            above, over = y > ys[0], x > xs[0]
            beside = () if above or over else first.asides
            lines[y][x] = Cell(first.text, above, over, beside, first.form)
    return (bottom - top + 1) * (right - left + 1)


def _cell(cell: Any, rich: CellRichText | None) -> Cell:
    value = cell.value if rich is None else rich
    if value is None:
        return _EMPTY
    whole = cell.font is not None and bool(cell.font.strike)
    form = ""
    if isinstance(value, CellRichText):
        runs = [(str(run), _is_struck(run, whole)) for run in value]
    elif isinstance(value, str):
        runs = [(value, whole)]
    else:
        form = str(cell.number_format or "")
        runs = [(_shown(value, form), whole)]
    text, struck = (
        tidy(unescaped("".join(words for words, is_struck in runs if is_struck == want))).strip()
        for want in (False, True)
    )
    asides = (Aside(AsideKind.STRUCK, struck),) if struck else ()
    if form and not text and not struck:
        asides = (Aside(AsideKind.HIDDEN, str(value)),)
    return Cell(text, asides=asides, form=form)


def _is_struck(run: str | TextBlock, whole: bool) -> bool:
    """A run with a font of its own has nothing of the cell's."""
    return bool(run.font.strike) if isinstance(run, TextBlock) else whole


def _shown(value: Any, form: str) -> str:
    """A value as Excel shows it, as far as a progress table has such values."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return number_format.moment(value, form)
    if isinstance(value, int | float):
        return number_format.number(value, form)
    return str(value)
