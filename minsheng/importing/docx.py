"""The tables of a Word document, as they are printed.

python-docx opens the package; the walk is over its elements, because `Cell.text` leaves out what
stands in content controls and tracked insertions, and a promise lost there would be lost in
silence.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from minsheng.importing.columns import header_at
from minsheng.importing.package import BROKEN
from minsheng.importing.tables import Cell, ImportFault, Sheets, Table
from minsheng.labels.importing import FAULT, NOTE_NUMBERING, NOTE_REVISIONS, TABLE, TABLE_LINE

MOST_LINES = 20_000
MOST_COLUMNS = 63  # Word's own limit
DEEPEST = 20

_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "r", "t"))
_VAL = qn("w:val")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_MATH_T = qn("m:t")
# Deleted or moved away; notes and formulas of fields; the second copy of a text box; ruby.
_NOT_PRINTED = {
    *(qn(f"w:{tag}") for tag in ("del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_REVISIONS = tuple(qn(f"w:{tag}") for tag in ("ins", "del", "moveFrom", "moveTo"))


def read(data: bytes) -> Sheets:
    """Every table of the document's body in its order, one in a cell after the one around it.

    Raises:
        ImportFault: the document is damaged, or too large for a progress table.
    """
    try:
        body = Document(io.BytesIO(data)).element.body
    except BROKEN:
        raise ImportFault(FAULT["damaged"]) from None
    if body is None:
        raise ImportFault(FAULT["damaged"])
    tables: list[Table] = []
    above: list[str] = []
    for element in _blocks(body):
        if element.tag == _TBL:
            _grid(element, tables, 0)
        elif text := _text(element).strip():
            above.extend([text] if not tables else [])
    notes = []
    if next(body.iter(*_REVISIONS), None) is not None:
        notes.append(NOTE_REVISIONS)
    if (
        next((each for tbl in body.iter(_TBL) for each in tbl.iter(qn("w:numPr"))), None)
        is not None
    ):
        notes.append(NOTE_NUMBERING)
    return Sheets(tuple(tables), tuple(above), tuple(notes))


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also in content controls and text boxes."""
    for child in parent:
        if child.tag in _NOT_PRINTED or not isinstance(child.tag, str):
            continue
        if child.tag in (_P, _TBL):
            yield child
            if child.tag == _P:
                for box in child.iter(qn("w:txbxContent")):
                    if not any(up.tag in _NOT_PRINTED for up in box.iterancestors()):
                        yield from _blocks(box)
        else:
            yield from _blocks(child)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table, the cells of a row: through whatever wraps them, but no deeper."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in (_TBL, _TR, _TC, _P) and child.tag not in _NOT_PRINTED:
            yield from _children(child, tag)


def _grid(tbl: Any, tables: list[Table], depth: int) -> Table:
    """The table with its merged cells resolved; it and those in its cells are added to `tables`."""
    if depth > DEEPEST:
        raise ImportFault(FAULT["damaged"])
    place = len(tables)
    where = TABLE.format(number=place + 1)
    empty = Table(where, (), ())
    tables.append(empty)
    lines: list[tuple[Cell, ...]] = []
    for tr in _children(tbl, _TR):
        if tr.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        lines.append(_line(tr, lines[-1] if lines else (), tables, depth))
        if len(lines) > MOST_LINES or len(lines[-1]) > MOST_COLUMNS:
            words = FAULT["too_many"].format(where=where, rows=MOST_LINES, columns=MOST_COLUMNS)
            raise ImportFault(words)
    places = tuple(
        TABLE_LINE.format(where=where, line=number) for number in range(1, len(lines) + 1)
    )
    tables[place] = Table(where, tuple(lines), places)
    return tables[place]


def _line(tr: Any, above: tuple[Cell, ...], tables: list[Table], depth: int) -> tuple[Cell, ...]:
    line: list[Cell] = [Cell()] * _number(tr, "w:trPr/w:gridBefore")
    for tc in _children(tr, _TC):
        width = max(1, min(_number(tc, "w:tcPr/w:gridSpan"), MOST_COLUMNS + 1))
        at = len(line)
        merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        across = tc.find(f"{qn('w:tcPr')}/{qn('w:hMerge')}")
        if merge is not None and merge.get(_VAL, "continue") != "restart" and at < len(above):
            first = Cell(above[at].text, above=True, left=above[at].left)
        elif across is not None and across.get(_VAL, "continue") != "restart" and line:
            first = Cell(line[-1].text, left=True)
        else:
            first = Cell(_cell_text(tc, tables, depth))
        line.append(first)
        line.extend([Cell(first.text, above=first.above, left=True)] * (width - 1))
        if len(line) > MOST_COLUMNS:
            break
    return tuple(line)


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = "" if found is None else str(found.get(_VAL, ""))
    return min(int(value), MOST_COLUMNS + 1) if value.isascii() and value.isdigit() else 0


def _cell_text(tc: Any, tables: list[Table], depth: int) -> str:
    """The paragraphs, one a line. A table in the cell is part of its text, unless it is a progress
    table of its own."""
    parts: list[str] = []
    for block in _blocks(tc):
        if block.tag == _P:
            parts.append(_text(block))
            continue
        inside: list[Table] = []
        inner = _grid(block, inside, depth + 1)
        if any(header_at(inner.lines, at) for at in range(len(inner.lines))) or len(inside) > 1:
            _add(tables, inside)
        else:
            parts.extend(
                " ".join(
                    cell.text for cell in line if cell.text and not cell.above and not cell.left
                )
                for line in inner.lines
            )
    return "\n".join(parts).strip()


def _add(tables: list[Table], inside: list[Table]) -> None:
    for table in inside:
        where = TABLE.format(number=len(tables) + 1)
        numbers = range(1, len(table.lines) + 1)
        places = tuple(TABLE_LINE.format(where=where, line=number) for number in numbers)
        tables.append(Table(where, table.lines, places))


def _text(paragraph: Any) -> str:
    pieces: list[str] = []
    _collect(paragraph, pieces)
    return "".join(pieces)


def _collect(element: Any, pieces: list[str]) -> None:
    """What a reader sees of a paragraph, tracked insertions and content controls included."""
    for child in element:
        tag = child.tag
        if tag in (_T, _MATH_T):
            pieces.append(child.text or "")
        elif tag in _BREAKS:
            if child.get(qn("w:type")) not in ("page", "column"):
                pieces.append(_BREAKS[tag])
        elif tag not in _NOT_PRINTED and isinstance(tag, str) and tag != qn("w:txbxContent"):
            _collect(child, pieces)
