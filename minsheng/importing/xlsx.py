"""The sheets of an Excel workbook as grids of text, as they are shown.

openpyxl reads the cells (read-only, stored results, no formula is evaluated). Its read-only sheets
do not say which cells are merged, so that is read from the same part of the package here.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from minsheng.grammar.numerals import plain
from minsheng.importing.package import BROKEN
from minsheng.importing.tables import Cell, ImportFault, Sheets, Table
from minsheng.labels.importing import FAULT, NOTE_FORMULA, NOTE_HIDDEN, SHEET, TABLE_LINE

MOST_LINES = 20_000
MOST_COLUMNS = 200
MOST_MERGED = 2_000_000

Range = tuple[int, int, int, int]


@dataclass
class _Extent:
    """What the XML of a sheet says beside its values."""

    merged: list[Range] = field(default_factory=list)
    empty_formulas: int = 0
    lines: int = 0
    columns: int = 0


def read(data: bytes) -> Sheets:
    """Every visible sheet that holds something, in the order of the tabs.

    Raises:
        ImportFault: the workbook is damaged, or larger than a progress table can be.
    """
    with warnings.catch_warnings():
        # A workbook without styles, or with bars in cells: openpyxl tells its programmer.
        warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
        try:
            book = load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=False
            )
            try:
                return _sheets(book, data)
            finally:
                book.close()
        except BROKEN:
            raise ImportFault(FAULT["damaged"]) from None


def _sheets(book: Any, data: bytes) -> Sheets:
    tables, notes = [], []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for sheet in book.worksheets:
            where = SHEET.format(name=sheet.title)
            if sheet.sheet_state != "visible":
                notes.append(NOTE_HIDDEN.format(where=where))
                continue
            extent = _extent(archive.read(sheet._worksheet_path))
            if extent.lines > MOST_LINES or extent.columns > MOST_COLUMNS:
                words = FAULT["too_many"].format(where=where, rows=MOST_LINES, columns=MOST_COLUMNS)
                raise ImportFault(words)
            if extent.empty_formulas:
                notes.append(NOTE_FORMULA.format(where=where, count=extent.empty_formulas))
            table = _table(sheet, where, extent)
            if table.lines:
                tables.append(table)
    return Sheets(tuple(tables), (), tuple(notes))


def _extent(part: bytes) -> _Extent:
    """Only cells that hold something count: a sheet whose last row is formatted is not long."""
    found = _Extent()
    row = 0
    names = {f"{{{SHEET_MAIN_NS}}}{tag}": tag for tag in ("row", "c", "mergeCell", "v", "is", "f")}
    held: set[str] = set()
    for event, element in iterparse(io.BytesIO(part), events=("start", "end")):
        tag = names.get(element.tag)
        if tag == "row" and event == "start":
            row = int(element.get("r") or row + 1)
        elif event == "start" or tag is None:
            continue
        elif tag == "c":
            if held & {"v", "is"}:
                found.lines = max(found.lines, row)
                at = element.get("r")
                found.columns = max(found.columns, _bounds(at)[0] if at else 0)
            elif held:
                found.empty_formulas += 1
            held.clear()
        elif tag in ("is", "f") or (tag == "v" and element.text):
            held.add(tag)
        elif tag == "mergeCell":
            found.merged.append(_bounds(element.get("ref", "")))
        elif tag == "row":
            element.clear()
    return found


def _bounds(ref: str) -> Range:
    left, top, right, bottom = range_boundaries(ref)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(ref)
    return left, top, right, bottom


def _table(sheet: Any, where: str, extent: _Extent) -> Table:
    rows = sheet.iter_rows(
        min_row=1, max_row=extent.lines, min_col=1, max_col=max(extent.columns, 1)
    )
    lines = [[Cell(_shown(cell)) for cell in row] for row in rows] if extent.lines else []
    area = 0
    for bounds in extent.merged:
        area += _spread(lines, bounds)
        if area > MOST_MERGED:
            raise ImportFault(FAULT["merged"].format(where=where))
    places = tuple(
        TABLE_LINE.format(where=where, line=number) for number in range(1, len(lines) + 1)
    )
    return Table(where, tuple(tuple(line) for line in lines), places, goes_on=False)


def _spread(lines: list[list[Cell]], bounds: Range) -> int:
    """Puts the first cell's text at each place of a merged range; the number of places."""
    left, top, right, bottom = bounds
    bottom = min(bottom, len(lines))
    if top > bottom:
        return 0
    right = min(right, len(lines[0]))
    if left > right:
        return 0
    text = lines[top - 1][left - 1].text
    for y in range(top, bottom + 1):
        for x in range(left, right + 1):
            if (y, x) != (top, left):
                lines[y - 1][x - 1] = Cell(text, above=y > top, left=x > left)
    return (bottom - top + 1) * (right - left + 1)


def _shown(cell: Any) -> str:
    """A value as Excel shows it, as far as a progress table has such values."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return "\n".join(_lines(str(value))).strip()


def _lines(text: str) -> Iterator[str]:
    yield from text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _number(value: int | float, form: str) -> str:
    """0.65 formatted as a percent is 65%; 12.0 is 12; no more digits than Excel keeps."""
    if "%" in form:
        return f"{_plain(value * 100)}%"
    return _plain(value)


def _plain(value: int | float) -> str:
    exact = plain(Decimal(f"{value:.15g}"))
    return str(exact) if isinstance(exact, int) else f"{exact:.15g}"
