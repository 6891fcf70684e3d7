"""“XML 表格 2003”: what some office systems send as .xls, one XML file with all sheets."""

from __future__ import annotations

from typing import Any

from lxml import etree

from minsheng.importing import geometry, html, number_format
from minsheng.importing.cleaning import tidy, unescaped
from minsheng.importing.html import Span
from minsheng.importing.package import BROKEN
from minsheng.importing.tables import MOST_LINES, Aside, AsideKind, Cell, Sheets, Table
from minsheng.labels.importing import FAULT, NOTE_HIDDEN, SHEET, TABLE_LINE
from minsheng.model import Refused

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{NAMESPACE}}}"
_X = "{urn:schemas-microsoft-com:office:excel}"


def read(data: bytes) -> Sheets:
    """Every visible sheet that holds something, in the order of the tabs.

    Raises:
        Refused: the file is damaged, or larger than a progress table can be.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            raise Refused(FAULT["entities"])
        formats = _formats(root)
        tables, notes = [], []
        for sheet in root.iter(f"{_SS}Worksheet"):
            name = str(sheet.get(f"{_SS}Name") or "")
            if sheet.findtext(f".//{_X}Visible", "").startswith("SheetHidden"):
                notes.append(NOTE_HIDDEN.format(where=SHEET.format(name=name)))
                continue
            table = _table(sheet, name, formats)
            if table.lines or table.asides:
                tables.append(table)
    except (etree.LxmlError, *BROKEN):
        raise Refused(FAULT["damaged"]) from None
    return Sheets(tuple(tables), (), tuple(notes))


def _formats(root: Any) -> dict[str, tuple[str, bool]]:
    """By the id of a style: its number format, and whether it strikes out."""
    found = {}
    for style in root.iter(f"{_SS}Style"):
        form, font = style.find(f"{_SS}NumberFormat"), style.find(f"{_SS}Font")
        written = "" if form is None else str(form.get(f"{_SS}Format") or "")
        struck = font is not None and font.get(f"{_SS}StrikeThrough") == "1"
        found[str(style.get(f"{_SS}ID"))] = _NAMED.get(written, written), struck
    return found


_NAMED = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "": "General"}


def _table(sheet: Any, name: str, formats: dict[str, tuple[str, bool]]) -> Table:
    where = SHEET.format(name=name)
    rows: list[list[Span]] = []
    hidden: set[int] = set()
    for row in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        index = _number(row, "Index") - 1
        if max(index, len(rows)) > MOST_LINES:
            words = FAULT["too_many"]
            raise Refused(words.format(where=where, rows=MOST_LINES, columns=html.MOST_COLUMNS))
        rows.extend([] for _ in range(index - len(rows)))
        if row.get(f"{_SS}Hidden") == "1":
            hidden.add(len(rows))
        rows.append([_span(cell, formats) for cell in row.iterfind(f"{_SS}Cell")])
    lines, places, asides = [], [], []
    gone = _hidden_columns(sheet)
    for at, line in enumerate(html.resolved(rows, where)):
        place = TABLE_LINE.format(where=where, line=at + 1)
        text = " ".join(box.cell.text for box in line if box.cell.text)
        if at in hidden:
            asides += [Aside(AsideKind.HIDDEN_ROW, text, place)] if text else []
            continue
        lines.append(tuple(box for box in line if box.start not in gone))
        places.append(place)
        asides += [
            Aside(AsideKind.HIDDEN_COLUMN, box.cell.text, place)
            for box in line
            if box.start in gone and box.cell.text
        ]
    grid = geometry.grid(lines)
    return Table(where, grid, tuple(places), goes_on=False, name=name, asides=tuple(asides))


def _hidden_columns(sheet: Any) -> set[int]:
    found: set[int] = set()
    at = 0
    for column in sheet.iterfind(f"{_SS}Table/{_SS}Column"):
        at = _number(column, "Index", at + 1) - 1
        end = min(at + _number(column, "Span", 0) + 1, html.MOST_COLUMNS)
        if column.get(f"{_SS}Hidden") == "1":
            found.update(range(at, end))
        at = end
    return found


def _span(cell: Any, formats: dict[str, tuple[str, bool]]) -> Span:
    form, struck = formats.get(str(cell.get(f"{_SS}StyleID")), ("General", False))
    data = cell.find(f"{_SS}Data")
    text = "" if data is None else "".join(data.itertext())
    kind = "" if data is None else data.get(f"{_SS}Type")
    if kind == "Number":
        text = number_format.number(float(text), form)
    elif kind == "DateTime":
        text = number_format.moment(number_format.read_moment(text), form)
    text = tidy(unescaped(text)).strip()
    asides: tuple[Aside, ...] = (Aside(AsideKind.STRUCK, text),) if struck and text else ()
    note = cell.find(f"{_SS}Comment")
    words = "" if note is None else tidy("".join(note.itertext())).strip()
    asides += (Aside(AsideKind.COMMENT, words),) if words else ()
    made = Cell("" if struck else text, asides=asides, form=form if kind == "Number" else "")
    index = _number(cell, "Index", 0)
    across, down = _number(cell, "MergeAcross", 0) + 1, _number(cell, "MergeDown", 0) + 1
    return Span(made, across, down, index - 1 if index else None)


def _number(element: Any, name: str, otherwise: int | None = None) -> int:
    value = str(element.get(f"{_SS}{name}") or "")
    if value.isascii() and value.isdigit():
        return int(value[:7])
    return otherwise or 0
