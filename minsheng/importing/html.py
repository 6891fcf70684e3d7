"""Tables of a web page, as office systems save them under .xls and .doc: as they are shown.

lxml's parser mends what is not closed. The tree is walked once, without recursion, so that neither
depth nor size costs more than reading it.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from minsheng.importing import geometry
from minsheng.importing.cleaning import raised, tidy
from minsheng.importing.columns import header_at
from minsheng.importing.geometry import Box
from minsheng.importing.package import BROKEN
from minsheng.importing.tables import MOST_LINES, Aside, AsideKind, Cell, Sheets, Table
from minsheng.labels.importing import FAULT, TABLE, TABLE_LINE
from minsheng.model import Refused

MOST_COLUMNS = 200
MOST_CELLS = 200_000
DEEPEST = 20

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9._-]+)""", re.IGNORECASE)
_LIKE_GB18030 = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNSEEN = {"script", "style", "head", "noscript", "template", "title", "rt", "rp", "select"}
_BLOCKS = {
    *("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"),
    *("header", "footer", "main", "pre", "blockquote", "dt", "dd", "caption", "center", "form"),
}
_STRUCK = {"s", "strike", "del"}
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_SOURCE_BREAK = re.compile(r"[ \t\r\n\f]*[\r\n][ \t\r\n\f]*")
_WRAPPED = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef])\0(?=[\u3000-\u9fff\uff00-\uffef])")
_PICTURES = {"img", "object", "svg"}


def read(data: bytes) -> Sheets:
    """Every table of the page in its order, one in a cell after the one around it.

    Raises:
        Refused: the page cannot be read, or is too large for a progress table.
    """
    walk = _Walk()
    try:
        for page in _pages(data):
            text = _PROLOG.sub("", _decoded(page)).replace("\0", "")
            if text.strip():
                walk.page(_parsed(text))
    except (etree.LxmlError, AssertionError, *BROKEN):
        raise Refused(FAULT["damaged"]) from None
    return walk.sheets()


def _parsed(text: str) -> Any:
    """Raises Refused where the parser gave up in the middle: what comes after would be lost."""
    parser = lxml_html.HTMLParser()
    root = lxml_html.document_fromstring(text, parser=parser)
    if any(each.level_name == "FATAL" for each in parser.error_log):
        raise Refused(FAULT["damaged"])
    return root


def _pages(data: bytes) -> Iterator[bytes]:
    """The pages of a file that holds several (Word and Excel: 单个文件网页), or the one."""
    if not data[:64].lstrip().lower().startswith(b"mime-version:"):
        yield data
        return
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            yield payload if isinstance(payload, bytes) else b""


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else "utf-8-sig"
    name = "gb18030" if name in _LIKE_GB18030 else name
    for encoding in (name, "utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


@dataclass
class _Text:
    """The words of a cell, or of the page outside of tables, as they are collected."""

    pieces: list[str] = field(default_factory=list)
    asides: dict[AsideKind, list[str]] = field(default_factory=dict)

    def add(self, text: str, style: _Style) -> None:
        text = _SOURCE_BREAK.sub("\0", text)
        if style.kind is not None:
            self.asides.setdefault(style.kind, []).append(text)
        elif style.raised and (said := raised(text, "".join(self.pieces[-2:]))) != text:
            if said is None:
                self.asides.setdefault(AsideKind.RAISED, []).append(text)
            else:
                self.pieces.append(said)
        else:
            self.pieces.append(text)

    def take_lines(self) -> list[str]:
        parts = "".join(self.pieces).split("\n")
        self.pieces.clear()
        return [line for part in parts if (line := _line(part))]

    def take_asides(self, place: str = "") -> tuple[Aside, ...]:
        found = ((kind, _line("".join(pieces))) for kind, pieces in self.asides.items())
        made = tuple(Aside(kind, text, place) for kind, text in found if text)
        self.asides.clear()
        return made


def _line(text: str) -> str:
    """A break of the source between two Chinese characters is none; elsewhere it is a blank."""
    text = _WRAPPED.sub("", text).replace("\0", " ").replace("\xa0", " ")
    return re.sub(r"[ \t]+", " ", tidy(text)).strip()


@dataclass(frozen=True)
class _Style:
    kind: AsideKind | None = None
    raised: bool = False
    unseen: bool = False

    def of(self, element: Any) -> _Style:
        tag, style = str(element.tag), str(element.get("style") or "").lower()
        kind = self.kind
        if _is_hidden(element):
            kind = AsideKind.HIDDEN
        elif kind is None and (tag in _STRUCK or _STRUCK_STYLE.search(style)):
            kind = AsideKind.STRUCK
        raised = self.raised or tag == "sup"
        return _Style(kind, raised, self.unseen or tag in _UNSEEN)


def _is_hidden(element: Any) -> bool:
    style = str(element.get("style") or "").lower()
    return "hidden" in element.attrib or bool(_HIDDEN_STYLE.search(style))


@dataclass(frozen=True, slots=True)
class Span:
    """One cell as the file writes it: over how many columns and rows it reaches. `column`: its
    own, where the file says so, else it follows the one before."""

    cell: Cell
    across: int = 1
    down: int = 1
    column: int | None = None


@dataclass
class _Grid:
    """A table as it is read."""

    above: tuple[str, ...] = ()
    rows: list[list[Span]] = field(default_factory=list)
    hidden: dict[int, bool] = field(default_factory=dict)  # rows by number, from 0
    hidden_columns: set[int] = field(default_factory=set)
    columns: int = 0
    asides: list[tuple[int, Aside]] = field(default_factory=list)
    open_row: bool = False

    def new_row(self, hidden: bool) -> None:
        if hidden:
            self.hidden[len(self.rows)] = True
        self.rows.append([])
        self.open_row = True

    def column(self, element: Any) -> None:
        count = min(_count(element, "span"), MOST_COLUMNS)
        if _is_hidden(element):
            self.hidden_columns.update(range(self.columns, self.columns + count))
        self.columns = min(self.columns + count, MOST_COLUMNS)


class _Walk:
    """One pass over the elements of the pages."""

    def __init__(self) -> None:
        self.grids: list[_Grid] = []
        self.stack: list[_Grid] = []
        self.outside = _Text()
        self.cells: list[tuple[_Text, Span]] = []  # those that are open, the innermost last
        self.above: tuple[str, ...] = ()
        self.asides: list[Aside] = []
        self.pictures = 0
        self.held = 0

    def page(self, root: Any) -> None:
        styles = [_Style()]
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                styles.append(styles[-1].of(element))
                self._start(element, styles[-1])
                self._add(element.text, styles[-1])
            else:
                if event == "end":
                    self._end(element)
                    styles.pop()
                self._add(element.tail, styles[-1])

    def sheets(self) -> Sheets:
        rest = tuple(self.outside.take_lines())
        asides = (*self.asides, *self.outside.take_asides())
        if not self.grids:
            return Sheets((), rest, (), (), asides, self.pictures)
        tables = tuple(_table(grid, number) for number, grid in enumerate(self.grids, 1))
        return Sheets(tables, self.above, (), rest, asides, self.pictures)

    @property
    def _sink(self) -> _Text:
        return self.cells[-1][0] if self.cells else self.outside

    def _add(self, text: str | None, style: _Style) -> None:
        if text and not style.unseen:
            self._sink.add(text, style)

    def _start(self, element: Any, style: _Style) -> None:
        tag = str(element.tag)
        if tag == "br" or tag in _BLOCKS:
            self._sink.pieces.append("\n")
        elif tag in _PICTURES:
            self.pictures += 1
        elif tag == "table":
            self._open_table()
        elif tag in ("tr", "td", "th", "col") and self.stack:
            grid = self.stack[-1]
            if tag == "tr":
                grid.new_row(style.kind == AsideKind.HIDDEN)
            elif tag == "col":
                grid.column(element)
            else:
                self._open_cell(grid, element)

    def _open_table(self) -> None:
        grid = _Grid()
        if len(self.stack) > DEEPEST:
            raise Refused(FAULT["damaged"])
        if self.cells:
            self._sink.pieces.append("\n")
        if not self.stack:
            lines = tuple(self.outside.take_lines())
            self.asides += self.outside.take_asides()
            if self.grids:
                grid.above = lines
            else:
                self.above = lines
            self.grids.append(grid)
        self.stack.append(grid)

    def _open_cell(self, grid: _Grid, element: Any) -> None:
        if not grid.open_row:
            grid.new_row(hidden=False)
        self.held += 1
        across = min(_count(element, "colspan"), MOST_COLUMNS + 1)
        down = min(_count(element, "rowspan"), MOST_LINES)
        if self.held > MOST_CELLS or len(grid.rows) > MOST_LINES:
            raise _too_many(len(self.grids))
        self.cells.append((_Text(), Span(Cell(), across, down)))

    def _end(self, element: Any) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self._sink.pieces.append("\n")
        elif tag == "table" and self.stack:
            self._close_table()
        elif tag == "tr" and self.stack:
            self.stack[-1].open_row = False
        elif tag in ("td", "th") and self.stack and self.cells:
            text, span = self.cells.pop()
            grid = self.stack[-1]
            beside = text.take_asides()
            if _is_hidden(element):
                grid.asides += [(len(grid.rows), each) for each in beside]
                return
            cell = Cell("\n".join(text.take_lines()), asides=beside)
            grid.rows[-1].append(Span(cell, span.across, span.down))

    def _close_table(self) -> None:
        """A table in a cell is part of its text, unless it is a progress table of its own."""
        grid = self.stack.pop()
        if not self.stack or not self.cells:
            return
        lines = _table(grid, 0).lines
        if any(header_at(lines, at) for at in range(len(lines))):
            self.grids.append(grid)
            return
        text, _ = self.cells[-1]
        for line in lines:
            own = [cell for cell in line if not cell.above and not cell.left]
            text.pieces.append(" ".join(cell.text for cell in own if cell.text) + "\n")
            for aside in (each for cell in own for each in cell.asides):
                text.asides.setdefault(aside.kind, []).append(aside.text)


def _count(element: Any, name: str) -> int:
    value = str(element.get(name) or "").strip()
    return max(1, int(value[:6])) if value.isascii() and value.isdigit() else 1


def _too_many(number: int) -> Refused:
    where = TABLE.format(number=number)
    words = FAULT["too_many"].format(where=where, rows=MOST_LINES, columns=MOST_COLUMNS)
    return Refused(words)


def _table(grid: _Grid, number: int) -> Table:
    where = TABLE.format(number=number)
    kept: list[geometry.Line] = []
    places: list[str] = []
    asides = [
        Aside(aside.kind, aside.text, TABLE_LINE.format(where=where, line=line))
        for line, aside in grid.asides
    ]
    for at, line in enumerate(resolved(grid.rows, where)):
        place = TABLE_LINE.format(where=where, line=at + 1)
        shown = [box for box in line if not _is_within(box, grid.hidden_columns)]
        for box in line:
            if box.cell.text and box not in shown and at not in grid.hidden:
                asides.append(Aside(AsideKind.HIDDEN_COLUMN, box.cell.text, place))
        if at not in grid.hidden:
            kept.append(tuple(shown))
            places.append(place)
        elif text := " ".join(_words(box.cell) for box in line if _words(box.cell)):
            asides.append(Aside(AsideKind.HIDDEN_ROW, text, place))
    return Table(where, geometry.grid(kept), tuple(places), above=grid.above, asides=tuple(asides))


def _words(cell: Cell) -> str:
    return " ".join(each for each in (cell.text, *(aside.text for aside in cell.asides)) if each)


def _is_within(box: Box, columns: set[int]) -> bool:
    return bool(columns) and all(at in columns for at in range(box.start, box.end))


def resolved(rows: Sequence[Sequence[Span]], where: str) -> Iterator[geometry.Line]:
    """Each row with its cells where they stand, those included that reach down into it.

    Raises:
        Refused: more columns or cells than a table has.
    """
    reaching: dict[int, tuple[int, int]] = {}  # by its column: where it ends, rows left
    places = 0
    for row in rows:
        line = _boxes(row, reaching)
        places += len(line)
        if places > MOST_CELLS or (line and line[-1].end > MOST_COLUMNS):
            words = FAULT["too_many"]
            raise Refused(words.format(where=where, rows=MOST_LINES, columns=MOST_COLUMNS))
        reaching = {at: (end, left - 1) for at, (end, left) in reaching.items() if left > 1}
        yield line


def _boxes(row: Sequence[Span], reaching: dict[int, tuple[int, int]]) -> geometry.Line:
    """One row; what reaches down from it is added to `reaching`, this row among its rows."""
    line: list[Box] = []
    from_above = sorted(reaching)
    at = passed = 0

    def pass_those(before: int) -> None:
        nonlocal at, passed
        while passed < len(from_above) and from_above[passed] < max(before, at + 1):
            start = from_above[passed]
            at = reaching[start][0]
            line.append(Box(start, at, Cell(), merged=True))
            passed += 1

    for span in row:
        wanted = span.column or 0
        pass_those(wanted)
        at = max(at, wanted)
        pass_those(at)
        limit = from_above[passed] if passed < len(from_above) else MOST_COLUMNS + 1
        end = min(at + span.across, max(limit, at + 1))
        line.append(Box(at, end, span.cell))
        if span.down > 1:
            reaching[at] = end, span.down
        at = end
    pass_those(MOST_COLUMNS + 2)
    return tuple(line)
