"""A pasted or saved text as a grid: parted by tabs, bars (Markdown too), commas, semicolons or,
where nothing else parts it, by two blanks and more.

Every step is linear in the length of the text, and a text that is longer than any table is refused
before it is looked at line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from minsheng.importing.cleaning import tidy
from minsheng.importing.columns import Header, header_at
from minsheng.importing.placing import placed
from minsheng.importing.tables import MOST_LINES, Cell, Sheets, Table
from minsheng.importing.words import REMARK, SECTION
from minsheng.labels.importing import FAULT, LINE, TEXT_TABLE
from minsheng.model import Refused

BLANKS = "  "
DELIMITERS = ("\t", "|", ",", ";", BLANKS)
MOST_COLUMNS = 200
WIDEST = 20_000  # Excel copies rows of 16,384 cells, blank for the most part

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_RUNS = {each: re.compile(f"{each}++") for each in "\t,;"}
_BAR = re.compile(r"(?<!\\)\|")
_BLANKS = re.compile(r" {2,}|[ \u3000]*\u3000[ \u3000]*")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_REMARK = re.compile(REMARK)
_SECTION = re.compile(SECTION)
_SEPARATOR = re.compile(r"sep=(.)\n", re.IGNORECASE)  # a line that Excel wants before a .csv


@dataclass
class _Record:
    """The cells of one row of the text, and the line on which it begins."""

    number: int
    cells: list[str]
    width: int
    joined: bool = False


def read(data: bytes) -> Sheets:
    """The text as one grid, headings and lines between tables included.

    Raises:
        Refused: the bytes are no text, or more than a table holds.
    """
    texts = list(decoded(data))
    if not texts:
        raise Refused(FAULT["not_text"])
    for text in texts:
        for delimiter in DELIMITERS:
            records = _table(text, delimiter)
            if records:
                return _sheets(_whole(records))
    lines = (tidy(line).strip() for line in texts[0].split("\n"))
    return Sheets((), tuple(line for line in lines if line))


def decoded(data: bytes) -> Iterator[str]:
    """UTF-8 with or without mark, UTF-16, or GB18030, which takes almost any bytes and comes before
    Big5 only because more people write it."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            yield re.sub(r"\r\n?", "\n", text).rstrip("\n \u3000")
            if encoding.startswith("utf"):
                return


def _encodings(data: bytes) -> Sequence[str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    if b"\0" in data[:4096]:
        return ("utf-16-le", "utf-16-be")
    return ("utf-8-sig", "gb18030", "big5hkscs")


def _table(text: str, delimiter: str) -> list[_Record] | None:
    """The records, if parted in this way one of them is a heading.

    Raises:
        Refused: one is, and there are more lines or columns than a table has.
    """
    if delimiter not in text and delimiter != BLANKS:
        return None
    records = list(islice(_records(text, delimiter), MOST_LINES + 1))
    lines = [_cells(record) for record in records if len(record.cells) <= MOST_COLUMNS]
    is_long = len(records) > MOST_LINES
    if not any(header_at(lines, at) for at in range(100 if is_long else len(lines))):
        return None
    if is_long or len(lines) < len(records):
        raise _too_many()
    return records


def _too_many() -> Refused:
    words = FAULT["too_many"]
    return Refused(words.format(where=TEXT_TABLE, rows=MOST_LINES, columns=MOST_COLUMNS))


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """The rows, without the empty cells at their end: Excel's clipboard fills a row up to the last
    column that is marked, which may be the 16,384th."""
    for number, cells in _parted(text, delimiter):
        width = len(cells)
        while len(cells) > 1 and not cells[-1]:
            cells.pop()
        yield _Record(number, cells, width)


def _parted(text: str, delimiter: str) -> Iterable[tuple[int, list[str]]]:
    if delimiter == "|":
        return _barred(text)
    if delimiter == BLANKS:
        return _blank_parted(text)
    return _delimited(text, delimiter)


def _delimited(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    separator = _SEPARATOR.match(text)
    at, number = (separator.end(), 2) if separator else (0, 1)
    while at <= len(text):
        cells, end = _record(text, at, delimiter)
        yield number, cells
        number += text.count("\n", at, end + 1)
        at = end + 1


def _record(text: str, at: int, delimiter: str) -> tuple[list[str], int]:
    """One row and where it ends. Excel quotes a cell only where it must; a quotation mark that
    opens plain prose is a quotation mark."""
    cells: list[str] = []
    run = _RUNS[delimiter]
    line_end = text.find("\n", at)
    while len(cells) <= WIDEST:
        quoted = _QUOTED.match(text, at) if text.startswith('"', at) else None
        if (
            quoted
            and text[quoted.end() : quoted.end() + 1] in ("", "\n", delimiter)
            and _needed(quoted[1], delimiter)
        ):
            cells.append(tidy(quoted[1].replace('""', '"')).strip())
            at = quoted.end()
            if 0 <= line_end < at:
                line_end = text.find("\n", at)
        else:
            end = text.find(delimiter, at, line_end if line_end >= 0 else len(text))
            if end < 0:
                end = line_end if line_end >= 0 else len(text)
            cells.append(tidy(text[at:end]).strip())
            at = end
        following = run.match(text, at)
        if not following:
            return cells, at
        cells.extend([""] * (len(following[0]) - 1))
        at = following.end()
    raise _too_many()


def _needed(inside: str, delimiter: str) -> bool:
    return delimiter in ",;" or any(mark in inside for mark in (delimiter, "\n", '""'))


def _blank_parted(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        yield number, [tidy(each).strip() for each in _BLANKS.split(line.strip())]


def _barred(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a Markdown table, or cells parted by bars without one at the edges: the heading
    shows which, since a row without a bar before it may begin with an empty cell."""
    lines = text.split("\n")
    rows = [_bars(line) for line in lines]
    edges = any(
        not row[0] and header_at([[Cell(each) for each in row]], 0)
        for row in rows
        if 2 < len(row) <= MOST_COLUMNS
    )
    for number, (line, row) in enumerate(zip(lines, rows, strict=True), 1):
        if _is_rule(line):
            continue
        cells = row[1:] if edges and len(row) > 1 and not row[0] else row
        cells = cells[:-1] if edges and len(cells) > 1 and not cells[-1] else cells
        yield number, [_LINE_BREAK.sub("\n", cell) for cell in cells]


def _bars(line: str) -> list[str]:
    return [tidy(each.replace("\\|", "|")).strip() for each in _BAR.split(line)]


def _is_rule(line: str) -> bool:
    """The line of dashes below a Markdown heading."""
    return "--" in line and "|" in line and not line.strip(" \t|:-")


def _cells(record: _Record) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in record.cells)


def _whole(records: Sequence[_Record]) -> list[_Record]:
    """With rows that a line break inside a cell has torn put together again: Word's tables lose
    their cell marks when they are pasted as text."""
    whole: list[_Record] = []
    rest: list[str] = []  # lines that go on the last cell of the last row
    header: Header | None = None
    is_heading = False
    last = 0
    for record in records:
        own = header_at([_cells(record)], 0)
        header = own or header
        torn = (
            header is not None
            and own is None
            and not is_heading
            and bool(whole)
            and record.number == last + 1
            and _continues(whole[-1], record, header)
        )
        if torn:
            before = whole[-1]
            rest.append(record.cells[0])
            before.joined = True
            if len(record.cells) > 1:
                _end(before, rest)
                before.cells.extend(record.cells[1:])
                before.width += record.width - 1
        else:
            if whole:
                _end(whole[-1], rest)
            whole.append(record)
            is_heading = own is not None
        last = record.number + sum(cell.count("\n") for cell in record.cells)
    if whole:
        _end(whole[-1], rest)
    return whole


def _end(record: _Record, rest: list[str]) -> None:
    record.cells[-1] = "\n".join([record.cells[-1], *rest]).strip()
    rest.clear()


def _continues(before: _Record, record: _Record, header: Header) -> bool:
    """Whether the line can only be the rest of the row before it. A row of the table begins with
    its own first cell, its number or a tab; a title and a remark are no part of a row."""
    first, width = record.cells[0], len(header.columns)
    if not first or len(before.cells) < 2:
        return False
    if len(record.cells) == 1 and (_REMARK.match(first) or _SECTION.match(first)):
        return False
    if header.place("serial") == 0 and len(record.cells) > 1 and first.isdecimal():
        return False
    return record.width < width and before.width + record.width - 1 <= width


def _sheets(records: Sequence[_Record]) -> Sheets:
    records = [record for record in records if any(record.cells)]
    lines = placed([(_cells(record), record.width) for record in records])
    places = tuple(LINE.format(line=record.number) for record in records)
    joined = frozenset(at for at, record in enumerate(records) if record.joined)
    return Sheets((Table("", lines, places, joined),))
