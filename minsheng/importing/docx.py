"""The tables of a Word document, as they are printed.

python-docx opens the package; the walk is over its elements, because `Cell.text` leaves out what
stands in content controls and tracked insertions, and a promise lost there would be lost in
silence. What it prints and what nobody would read on paper are told apart here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl.xml.functions import fromstring

from minsheng.importing import geometry, numbering
from minsheng.importing.cleaning import raised, tidy
from minsheng.importing.columns import header_at
from minsheng.importing.geometry import Box
from minsheng.importing.numbering import Numbering
from minsheng.importing.package import BROKEN
from minsheng.importing.tables import MOST_LINES, Aside, AsideKind, Cell, Sheets, Table
from minsheng.labels.importing import (
    FAULT,
    NOTE_REVISIONS,
    PARAGRAPH,
    TABLE,
    TABLE_LINE,
)
from minsheng.model import Refused

MOST_CELLS = 200_000
MOST_COLUMNS = 63  # Word's own limit
DEEPEST = 20
COLUMN_WIDTH = 1000  # where the document does not say, in twentieths of a point

_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "r", "t"))
_BOX, _SYMBOL, _DELETED, _DELETED_TEXT = (
    qn(f"w:{tag}") for tag in ("txbxContent", "sym", "del", "delText")
)
_VAL, _ID, _TYPE = qn("w:val"), qn("w:id"), qn("w:type")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
_MATH_T = qn("m:t")
# Moved away; codes of fields; the second copy of a text box; ruby; the properties.
_NOT_PRINTED = {
    *(qn(f"w:{tag}") for tag in ("moveFrom", "instrText", "delInstrText", "rt", "pPr", "rPr")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_REVISIONS = tuple(qn(f"w:{tag}") for tag in ("ins", "del", "moveFrom", "moveTo"))
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", qn("w:pict"))
_NOTES = {
    qn("w:commentReference"): ("comments", AsideKind.COMMENT),
    qn("w:footnoteReference"): ("footnotes", AsideKind.FOOTNOTE),
    qn("w:endnoteReference"): ("endnotes", AsideKind.FOOTNOTE),
}
_OFF = {"0", "false", "off", "none"}
# Ticks and boxes that Wingdings draws for letters of no meaning.
_SYMBOLS = {"F0FC": "√", "F0FB": "×", "F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□"}

_KINDS = {"strike": AsideKind.STRUCK, "dstrike": AsideKind.STRUCK, "vanish": AsideKind.HIDDEN}
Styles = dict[str, AsideKind]


@dataclass
class _Words:
    """The text of some paragraphs as it is collected, and what stands beside it."""

    pieces: list[str] = field(default_factory=list)
    asides: dict[AsideKind, list[str]] = field(default_factory=dict)

    def aside(self, kind: AsideKind, text: str) -> None:
        self.asides.setdefault(kind, []).append(text)

    @property
    def text(self) -> str:
        return tidy("".join(self.pieces)).strip()

    def all_asides(self, place: str = "") -> tuple[Aside, ...]:
        """Runs that follow each other are one; comments are each one."""
        made = []
        for kind, texts in self.asides.items():
            alone = kind in (AsideKind.COMMENT, AsideKind.FOOTNOTE)
            for each in texts if alone else ["".join(texts)]:
                if text := tidy(each).strip():
                    made.append(Aside(kind, text, place))
        return tuple(made)


def read(data: bytes) -> Sheets:
    """Every table of the document's body in its order, one in a cell after the one around it.

    Raises:
        Refused: the document is damaged, or too large for a progress table.
    """
    try:
        document = Document(io.BytesIO(data))
        body = document.element.body
        if body is None:
            raise Refused(FAULT["damaged"])
        part = document.part
        reader = _Reader(_notes(part), _styles(part), numbering.read(_part(part, "numbering")))
        return reader.sheets(body)
    except BROKEN:
        raise Refused(FAULT["damaged"]) from None


def _part(part: Any, name: str) -> Any:
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{name}"):
            return fromstring(relation.target_part.blob)
    return ()


def _notes(part: Any) -> dict[tuple[str, str], str]:
    """The texts of comments and footnotes, by kind of part and id."""
    found = {}
    for name in ("comments", "footnotes", "endnotes"):
        for note in _part(part, name):
            if note.get(_ID) is not None:
                paragraphs = ("".join(t.text or "" for t in p.iter(_T)) for p in note.iter(_P))
                found[name, note.get(_ID)] = "\n".join(paragraphs).strip()
    return found


def _styles(part: Any) -> Styles:
    """The styles that strike out or hide, their own or what they are based on."""
    own: dict[str, tuple[str, AsideKind | None, bool]] = {}
    for style in _part(part, "styles"):
        based = style.find(qn("w:basedOn"))
        kind, said = _format(style.find(qn("w:rPr")))
        base = "" if based is None else str(based.get(_VAL))
        own[str(style.get(qn("w:styleId")))] = base, kind, said
    found: Styles = {}
    for name in own:
        at = name
        for _ in range(DEEPEST):
            base, kind, said = own.get(at, ("", None, False))
            if kind:
                found[name] = kind
            if said or not base:
                break
            at = base
    return found


def _format(properties: Any) -> tuple[AsideKind | None, bool]:
    """What the properties of a run make of it, and whether they say anything of it."""
    said = False
    for tag, kind in _KINDS.items():
        found = None if properties is None else properties.find(qn(f"w:{tag}"))
        if found is not None:
            said = True
            if str(found.get(_VAL, "1")).lower() not in _OFF:
                return kind, True
    return None, said


class _Reader:
    """The walk through one document's body."""

    def __init__(self, notes: dict[tuple[str, str], str], styles: Styles, lists: Numbering) -> None:
        self.notes = notes
        self.styles = styles
        self.lists = lists
        self.tables: list[Table] = []
        self.cells = 0

    def sheets(self, body: Any) -> Sheets:
        above: tuple[str, ...] = ()
        between: list[str] = []
        asides: list[Aside] = []
        number = 0
        for element in _blocks(body):
            if element.tag == _P:
                number += 1
                words = _Words()
                self._paragraph(element, words)
                asides += words.all_asides(PARAGRAPH.format(number=number))
                between += [words.text] if words.text else []
                continue
            place = len(self.tables)
            self._grid(element, self.tables, 0)
            if place:
                self.tables[place] = replace(self.tables[place], above=tuple(between))
            else:
                above = tuple(between)
            between = []
        if not self.tables:
            above, between = tuple(between), []
        pictures = sum(1 for _ in body.iter(*_PICTURES))
        notes = tuple(_general_notes(body))
        return Sheets(tuple(self.tables), above, notes, tuple(between), tuple(asides), pictures)

    def _grid(self, tbl: Any, tables: list[Table], depth: int) -> None:
        """Adds the table with its merged cells resolved, and those in its cells, to `tables`."""
        if depth > DEEPEST:
            raise Refused(FAULT["damaged"])
        place = len(tables)
        where = TABLE.format(number=place + 1)
        tables.append(Table(where, (), ()))
        edges = _edges(tbl)
        rows: list[geometry.Line] = []
        places: list[str] = []
        asides: list[Aside] = []
        for number, tr in enumerate(_children(tbl, _TR), 1):
            if number > MOST_LINES:
                raise self._too_many(where)
            line = TABLE_LINE.format(where=where, line=number)
            row = self._line(tr, edges, tables, depth, where)
            if kind := _gone(tr):
                text = " ".join(box.cell.text for box in row if box.cell.text)
                asides += [Aside(kind, text, line)] if text else []
                continue
            rows.append(row)
            places.append(line)
        tables[place] = Table(where, geometry.grid(rows), tuple(places), asides=tuple(asides))

    def _too_many(self, where: str) -> Refused:
        words = FAULT["too_many"]
        return Refused(words.format(where=where, rows=MOST_LINES, columns=MOST_COLUMNS))

    def _line(
        self, tr: Any, edges: Callable[[int], int], tables: list[Table], depth: int, where: str
    ) -> geometry.Line:
        line: list[Box] = []
        at = _number(tr, "w:trPr/w:gridBefore")
        for tc in _children(tr, _TC):
            end = at + max(1, _number(tc, "w:tcPr/w:gridSpan"))
            self.cells += 1
            if end > MOST_COLUMNS or self.cells > MOST_CELLS:
                raise self._too_many(where)
            if _goes_on(tc, "w:hMerge") and line:
                line[-1] = replace(line[-1], end=edges(end))
            elif _goes_on(tc, "w:vMerge"):
                # Word shows nothing of what it holds.
                line.append(Box(edges(at), edges(end), Cell(), merged=True))
            else:
                line.append(Box(edges(at), edges(end), self._cell(tc, tables, depth)))
            at = end
        return tuple(line)

    def _cell(self, tc: Any, tables: list[Table], depth: int) -> Cell:
        """The paragraphs, one a line. A table in the cell is part of its text, unless it is a
        progress table of its own."""
        parts: list[str] = []
        beside = _Words()
        for block in _blocks(tc):
            if block.tag == _P:
                words = _Words(asides=beside.asides)
                self._paragraph(block, words)
                parts.append(words.text)
                continue
            inside: list[Table] = []
            self._grid(block, inside, depth + 1)
            lines = inside[0].lines
            if len(inside) > 1 or any(header_at(lines, at) for at in range(len(lines))):
                _add(tables, inside)
                continue
            for line in lines:
                own = [cell for cell in line if not cell.above and not cell.left]
                parts.append(" ".join(cell.text for cell in own if cell.text))
                for aside in (each for cell in own for each in cell.asides):
                    beside.aside(aside.kind, aside.text)
            for aside in inside[0].asides:
                beside.aside(aside.kind, aside.text)
        text = "\n".join(parts).strip()
        if tc.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
            beside.aside(AsideKind.DELETED, text)
            text = ""
        return Cell(text, asides=beside.all_asides())

    def _paragraph(self, paragraph: Any, words: _Words) -> None:
        """Its words behind its automatic number, or the number alone."""
        listed = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        kind = None if style is None else self.styles.get(str(style.get(_VAL)))
        if listed is not None and kind is None:
            words.pieces.append(self.lists.label(listed))
        self._collect(paragraph, words, kind)

    def _collect(self, element: Any, words: _Words, kind: AsideKind | None) -> None:
        """What a reader sees of a paragraph, tracked insertions and content controls included.
        `kind`: what becomes of text that has no format of its own."""
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child, words, kind)
            elif tag == _DELETED:
                for each in child.iter(_DELETED_TEXT, _T):
                    words.aside(AsideKind.DELETED, each.text or "")
            elif tag == _MATH_T:
                words.pieces.append(child.text or "")
            elif isinstance(tag, str) and tag not in _NOT_PRINTED and tag != _BOX:
                self._collect(child, words, kind)

    def _run(self, run: Any, words: _Words, kind: AsideKind | None) -> None:
        properties = run.find(qn("w:rPr"))
        own, said = _format(properties)
        style = None if properties is None else properties.find(qn("w:rStyle"))
        if not said and style is not None:
            own = self.styles.get(str(style.get(_VAL)))
        kind = own if said else own or kind
        printed = _Words()
        self._printed(run, printed, words)
        text = "".join(printed.pieces)
        height = None if properties is None else properties.find(qn("w:vertAlign"))
        if kind:
            words.aside(kind, text)
        elif height is None or height.get(_VAL) != "superscript":
            words.pieces.append(text)
        elif (shown := raised(text, "".join(words.pieces[-3:]))) is None:
            words.aside(AsideKind.RAISED, text)
        else:
            words.pieces.append(shown)

    def _printed(self, element: Any, printed: _Words, words: _Words) -> None:
        for child in element:
            tag = child.tag
            if tag in (_T, _MATH_T):
                printed.pieces.append(child.text or "")
            elif tag in _BREAKS:
                if child.get(_TYPE) not in ("page", "column"):
                    printed.pieces.append(_BREAKS[tag])
            elif tag in _NOTES:
                name, kind = _NOTES[tag]
                if text := self.notes.get((name, str(child.get(_ID))), ""):
                    words.aside(kind, text)
            elif tag == _SYMBOL:
                printed.pieces.append(_SYMBOLS.get(str(child.get(qn("w:char"))).upper(), ""))
            elif tag == _DELETED_TEXT:
                words.aside(AsideKind.DELETED, child.text or "")
            elif isinstance(tag, str) and tag not in _NOT_PRINTED and tag != _BOX:
                self._printed(child, printed, words)


def _general_notes(body: Any) -> Iterator[str]:
    if next(body.iter(*_REVISIONS), None) is not None:
        yield NOTE_REVISIONS


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also in content controls and text boxes."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _NOT_PRINTED:
            continue
        if child.tag in (_P, _TBL):
            yield child
        if child.tag == _P:
            for box in _boxes(child):
                yield from _blocks(box)
        elif child.tag != _TBL:
            yield from _blocks(child)


def _boxes(parent: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, but not those inside them: whoever reads a box comes to
    them."""
    for child in parent:
        if child.tag == _BOX:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NOT_PRINTED:
            yield from _boxes(child)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table, the cells of a row: through whatever wraps them, but no deeper."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in (_TBL, _TR, _TC, _P, _DELETED) and child.tag not in _NOT_PRINTED:
            yield from _children(child, tag)


def _edges(tbl: Any) -> Callable[[int], int]:
    """Where each column of the table's grid begins; columns that it does not declare are as wide
    as the others are on the average."""
    widths = [_width(each) for each in tbl.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    known = [width for width in widths if width]
    mean = sum(known) // len(known) if known else COLUMN_WIDTH
    edges = [0]
    for width in widths[: MOST_COLUMNS + 1]:
        edges.append(edges[-1] + (width or mean))
    last = len(edges) - 1
    return lambda at: edges[at] if at <= last else edges[last] + mean * (at - last)


def _width(column: Any) -> int:
    value = str(column.get(qn("w:w"), ""))
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0


def _goes_on(tc: Any, tag: str) -> bool:
    merge = tc.find(f"{qn('w:tcPr')}/{qn(tag)}")
    return merge is not None and merge.get(_VAL, "continue") != "restart"


def _gone(tr: Any) -> AsideKind | None:
    """Whether the row is deleted or hidden."""
    if tr.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
        return AsideKind.DELETED
    hidden = tr.find(f"{qn('w:trPr')}/{qn('w:hidden')}")
    is_hidden = hidden is not None and str(hidden.get(_VAL, "1")).lower() not in _OFF
    return AsideKind.HIDDEN_ROW if is_hidden else None


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = "" if found is None else str(found.get(_VAL, ""))
    if not (value.isascii() and value.isdigit()):
        return 0
    return min(int(value[:4]), MOST_COLUMNS + 1)


def _add(tables: list[Table], inside: Sequence[Table]) -> None:
    """Tables in a cell, counted on after those of the document."""
    for table in inside:
        where = TABLE.format(number=len(tables) + 1)
        places = tuple(each.replace(table.where, where, 1) for each in table.places)
        asides = tuple(
            replace(each, place=each.place.replace(table.where, where, 1)) for each in table.asides
        )
        tables.append(replace(table, where=where, places=places, asides=asides))
