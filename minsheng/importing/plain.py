"""A pasted or saved text as a grid: parted by tabs, bars (Markdown too) or, in .csv, commas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minsheng.importing.columns import Header, header_at
from minsheng.importing.tables import Cell, ImportFault, Sheets, Table
from minsheng.labels.importing import FAULT, LINE, REMARK, SECTION

DELIMITERS = ("\t", "|", ",")

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_RULE = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_REMARK = re.compile(REMARK)
_SECTION = re.compile(SECTION)


@dataclass
class _Record:
    """The cells of one row of the text, and the line on which it begins."""

    number: int
    cells: list[str]
    joined: bool = False


def read(data: bytes) -> Sheets:
    """The text as one grid, headings and lines between tables included.

    Raises:
        ImportFault: the bytes are no text.
    """
    text = decode(data)
    for delimiter in DELIMITERS:
        records = list(_records(text, delimiter))
        lines = [_cells(record) for record in records]
        if any(header_at(lines, at) for at in range(len(lines))):
            return _sheets(_whole(records))
    return Sheets((), tuple(line.strip() for line in text.split("\n") if line.strip()))


def decode(data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16, or GB18030, which takes almost any bytes and is last."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return re.sub(r"\r\n?", "\n", text)
    raise ImportFault(FAULT["not_text"])


def _encodings(data: bytes) -> Sequence[str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    if b"\0" in data[:4096]:
        return ("utf-16-le", "utf-16-be")
    return ("utf-8-sig", "gb18030")


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    if delimiter == "|":
        yield from _barred(text)
        return
    at, number = 0, 1
    while at <= len(text):
        record, end = _record(text, at, delimiter, number)
        number += text.count("\n", at, end + 1)
        at = end + 1
        yield record


def _record(text: str, at: int, delimiter: str, number: int) -> tuple[_Record, int]:
    """One row and where it ends. Excel quotes a cell only where it must; a quotation mark that
    opens plain prose is a quotation mark."""
    cells: list[str] = []
    while True:
        quoted = _QUOTED.match(text, at)
        if (
            quoted
            and _needed(quoted[1], delimiter)
            and text[quoted.end() :][:1] in ("", "\n", delimiter)
        ):
            cells.append(quoted[1].replace('""', '"').strip())
            at = quoted.end()
        else:
            ends = [end for end in (text.find(delimiter, at), text.find("\n", at)) if end >= 0]
            end = min(ends, default=len(text))
            cells.append(text[at:end].replace("\x0b", "\n").strip())
            at = end
        if text[at : at + 1] != delimiter:
            return _Record(number, cells), at
        at += 1


def _needed(inside: str, delimiter: str) -> bool:
    return delimiter == "," or any(mark in inside for mark in (delimiter, "\n", '""'))


def _barred(text: str) -> Iterator[_Record]:
    """The rows of a Markdown table, or cells parted by bars without one at the edges: the heading
    shows which, since a row without a bar before it may begin with an empty cell."""
    lines = text.split("\n")
    rows = [[each.replace("\\|", "|").strip() for each in _BAR.split(line)] for line in lines]
    edges = any(
        not row[0] and header_at([[Cell(each) for each in row]], 0) for row in rows if len(row) > 2
    )
    for number, (line, row) in enumerate(zip(lines, rows, strict=True), 1):
        if _RULE.fullmatch(line):
            continue
        cells = row[1:] if edges and len(row) > 1 and not row[0] else row
        cells = cells[:-1] if edges and len(cells) > 1 and not cells[-1] else cells
        yield _Record(number, [_LINE_BREAK.sub("\n", cell) for cell in cells])


def _cells(record: _Record) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in record.cells)


def _whole(records: Sequence[_Record]) -> list[_Record]:
    """With rows that a line break inside a cell has torn put together again: Word's tables lose
    their cell marks when they are pasted as text."""
    whole: list[_Record] = []
    header: Header | None = None
    last = 0
    for record in records:
        own = header_at([_cells(record)], 0)
        header = own or header
        torn = (
            header is not None
            and own is None
            and bool(whole)
            and whole[-1] is not record
            and record.number == last + 1
            and _continues(whole[-1], record, len(header.columns))
        )
        if torn:
            before = whole[-1]
            before.cells[-1] = f"{before.cells[-1]}\n{record.cells[0]}".strip()
            before.cells.extend(record.cells[1:])
            before.joined = True
        else:
            whole.append(record)
        last = record.number + sum(cell.count("\n") for cell in record.cells)
    return whole


def _continues(before: _Record, record: _Record, width: int) -> bool:
    """Whether the line can only be the rest of the row before it. A row of the table begins with
    its own first cell or with a tab; a title and a remark are no part of a row."""
    first = record.cells[0]
    if not first or header_at([_cells(before)], 0) or len(before.cells) < 2:
        return False
    if len(record.cells) == 1 and (_REMARK.match(first) or _SECTION.match(first)):
        return False
    return len(record.cells) < width and len(before.cells) + len(record.cells) - 1 <= width


def _sheets(records: Sequence[_Record]) -> Sheets:
    lines = tuple(_cells(record) for record in records)
    places = tuple(LINE.format(line=record.number) for record in records)
    joined = frozenset(at for at, record in enumerate(records) if record.joined)
    return Sheets((Table("", lines, places, joined),))
