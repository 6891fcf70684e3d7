"""A table as a sheet of Excel: title, header, body, borders, heights, filter, print settings.

XlsxWriter knows nothing of this project here, and this module nothing of projects.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from minsheng import labels, theme
from minsheng.export import cells
from minsheng.export.clean import clean
from minsheng.export.cover import Cover
from minsheng.labels import exports
from minsheng.measuring.tables import Kind, Value
from minsheng.model import Light
from minsheng.printed import missing, rounded

POINTS = 10.5  # 五号: a full-width character takes exactly two of the units that widths count in
LINE = 15.5
PADDING = 7
INDENT = 1.5  # what the indent of text takes from the width of its column
TALLEST = 409  # Excel's own limit for a row
LONGEST = 32_767  # and for a cell, in UTF-16 units
HEADER_FILL = "#eef1f5"
BORDER = "#9aa3ad"
SMALL_INK = "#57606a"
_CHINESE = 134  # the GB2312 charset: a missing font is replaced by one that has the characters
_A4 = 9
_HATCH = 14  # thin diagonal stripes
_PAGE = (842, 595)  # A4 across, in points
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7}  # inches
_MOST_BREAKS = 1023  # Excel's own limit
_FORMATS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"align": "left", "indent": 1},
    Kind.MIDDLE: {"align": "center"},
    Kind.COUNT: {"align": "right", "indent": 1},
    Kind.SHARE: {"align": "right", "indent": 1, "num_format": "0.0%"},
    Kind.POINTS: {"align": "right", "indent": 1, "num_format": "+0.0;−0.0;0.0"},
    Kind.LIGHT: {"align": "center", "bold": True},
}


@dataclass(frozen=True)
class Column:
    """`width` counts half-width characters; `bar` is the colour of data bars from 0 to 100 %."""

    head: str
    width: float
    kind: Kind = Kind.TEXT
    bar: str = ""


@dataclass(frozen=True)
class Table:
    """`merged` are groups of rows that are one cell: column → runs (first, last) of row numbers.

    Under a merged cell every row keeps its value, so that filters and readers find it there.
    `together` are runs that paper shall not part, if a page has room for them. `said` are rows
    whose shares nobody counted: where there are bars, theirs are hatched and never solid.
    """

    name: str
    title: str
    notes: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    together: Sequence[tuple[int, int]] = ()
    frozen: int = 0
    said: frozenset[int] = frozenset()

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)

    @property
    def pixels(self) -> int:
        """The width on the screen: Excel gives a character seven, and a column five more."""
        return round(self.width * 7 + len(self.columns) * 5)

    @property
    def header(self) -> int:
        return 1 + len(self.notes)

    @property
    def first(self) -> int:
        return self.header + 1

    @property
    def last(self) -> int:
        """The header's row where there is nothing under it."""
        return self.header + len(self.rows)


_PROPERTY = 255  # characters of a property of a document


class Book:
    """A workbook in memory, whose formats are made once for all sheets."""

    def __init__(self, cover: Cover) -> None:
        self.cover = cover
        self._target = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(
            self._target,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self.workbook.set_properties(
            {
                "title": clean(cover.title)[:_PROPERTY],
                "subject": clean(f"{cover.dated} · {cover.chosen}")[:_PROPERTY],
                "author": clean(cover.place)[:_PROPERTY],
                "company": "",
                "comments": f"{exports.FACTS['fingerprint']} {cover.fingerprint}",
                "created": cover.created,
            }
        )
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def bytes(self) -> bytes:
        self.workbook.close()
        return self._target.getvalue()

    def format(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {
                "font_name": exports.FONT_BODY,
                "font_size": POINTS,
                "font_family": 3,
                "font_charset": _CHINESE,
                "valign": "vcenter",
            }
            self._formats[key] = self.workbook.add_format(base | properties)
        return self._formats[key]

    def body(self, kind: Kind, **more: Any) -> Format:
        frame = {"border": 1, "border_color": BORDER, "text_wrap": kind in (Kind.TEXT, Kind.MIDDLE)}
        return self.format(**_FORMATS[kind], **frame, **more)

    def add(self, table: Table) -> Worksheet:
        """Writes the table as the next sheet, ready to be read, filtered and printed."""
        sheet = self.workbook.add_worksheet(table.name)
        self._head(sheet, table)
        self._body(sheet, table)
        self._bars(sheet, table)
        end = len(table.columns) - 1
        sheet.autofilter(table.header, 0, table.last, end)
        sheet.freeze_panes(table.first, table.frozen)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(end)}{table.last + 1}"})
        self.printed(sheet, table, table.last)
        return sheet

    def printed(
        self, sheet: Worksheet, table: Table, last: int, beside: int = 0, pages: int = 0
    ) -> None:
        """Prints on A4 across up to row `last` and the columns `beside` the table.

        The width fits; every page has the header and its number. `pages` 0 is as many as it takes.
        """
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(**_MARGINS)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, pages)
        sheet.repeat_rows(table.header)
        sheet.print_area(0, 0, last, len(table.columns) - 1 + beside)
        sheet.set_footer(exports.footer(self.cover.as_of, self.cover.fingerprint))

    def write(self, sheet: Worksheet, row: int, col: int, value: Value, kind: Kind) -> None:
        """One cell of the body. Unknown is blank; text is text, whatever it begins with."""
        if missing(value) or value == "":
            sheet.write_blank(row, col, None, self.body(kind))
        elif kind is Kind.LIGHT:
            light = Light(str(value))
            style = self.body(kind, font_color=theme.LIGHT_INK[light])
            sheet.write_string(row, col, labels.light(light), style)
        elif isinstance(value, str):
            quoted = {"quote_prefix": True} if cells.like_formula(value) else {}
            _say(sheet, row, col, value, self.body(kind, **quoted))
        elif kind is Kind.SHARE:
            sheet.write_number(row, col, rounded(value) or 0, self.body(kind))
        elif kind is Kind.POINTS:
            sheet.write_number(row, col, (value or 0) / 10, self.body(kind))
        else:
            whole = float(value or 0).is_integer()
            shown = "#,##0" if whole else "#,##0.0#########"
            sheet.write_number(row, col, value or 0, self.body(kind, num_format=shown))

    def _head(self, sheet: Worksheet, table: Table) -> None:
        end = len(table.columns) - 1
        title = self.format(
            font_name=exports.FONT_TITLE, font_size=18, align="center", text_wrap=True
        )
        sheet.merge_range(0, 0, 0, end, "", title)
        _say(sheet, 0, 0, table.title, title)
        sheet.set_row(0, _title_height(table))
        note = self.format(font_color=SMALL_INK, text_wrap=True)
        for row, words in enumerate(table.notes, 1):
            sheet.merge_range(row, 0, row, end, "", note)
            _say(sheet, row, 0, words, note)
            sheet.set_row(row, _note_height(table, words))
        head = self.format(
            font_name=exports.FONT_HEAD,
            align="center",
            text_wrap=True,
            border=1,
            border_color=BORDER,
            bg_color=HEADER_FILL,
        )
        for col, column in enumerate(table.columns):
            sheet.set_column(col, col, column.width)
            _say(sheet, table.header, col, column.head, head)
        sheet.set_row(table.header, _header_height(table))

    def _body(self, sheet: Worksheet, table: Table) -> None:
        tall = heights(table)
        for at, height in enumerate(tall):
            sheet.set_row(table.first + at, height)
        if table.together:
            sheet.set_h_pagebreaks([table.first + at for at in breaks(table, tall)][:_MOST_BREAKS])
        for col, runs in table.merged.items():
            style = self.body(table.columns[col].kind)
            for first, last in runs:
                if last > first:
                    sheet.merge_range(table.first + first, col, table.first + last, col, "", style)
        for at, values in enumerate(table.rows, table.first):
            for col, (column, value) in enumerate(zip(table.columns, values, strict=True)):
                self.write(sheet, at, col, value, column.kind)
                if column.bar and at - table.first in table.said and isinstance(value, float):
                    hatched = self.body(column.kind, pattern=_HATCH, fg_color=column.bar)
                    sheet.write_number(at, col, rounded(value) or 0, hatched)

    def _bars(self, sheet: Worksheet, table: Table) -> None:
        """Bars on the same scale everywhere: 100 % fills the cell, and so does what is above."""
        for col, column in enumerate(table.columns):
            counted = " ".join(
                xl_range(table.first + first, col, table.first + last, col)
                for first, last in _runs_without(len(table.rows), table.said)
            )
            if column.bar and counted:
                sheet.conditional_format(
                    counted.split()[0],
                    {
                        "multi_range": counted,
                        "type": "data_bar",
                        "data_bar_2010": True,
                        "bar_solid": True,
                        "bar_no_border": True,
                        "bar_color": column.bar,
                        "min_type": "num",
                        "min_value": 0,
                        "max_type": "num",
                        "max_value": 1,
                    },
                )


def _runs_without(rows: int, left_out: frozenset[int]) -> list[tuple[int, int]]:
    """The runs (first, last) of the rows that are not left out."""
    kept = set(range(rows)) - left_out
    begins = [row for row in sorted(kept) if row - 1 not in kept]
    ends = [row for row in sorted(kept) if row + 1 not in kept]
    return list(zip(begins, ends, strict=True))


def heights(table: Table) -> list[float]:
    """The height of every row of the body, in points, that shows its longest cell whole.

    Excel and LibreOffice do not look at merged cells: what they lack is added to their last row.
    """
    merged = {
        (at, col)
        for col, runs in table.merged.items()
        for first, last in runs
        for at in range(first, last + 1)
    }
    found = [
        max(
            (
                _needed(value, column)
                for col, (column, value) in enumerate(zip(table.columns, values, strict=True))
                if (at, col) not in merged
            ),
            default=0.0,
        )
        for at, values in enumerate(table.rows)
    ]
    for col, runs in table.merged.items():
        for first, last in runs:
            wanted = _needed(table.rows[first][col], table.columns[col])
            lacking = wanted - sum(found[first : last + 1])
            found[last] += max(lacking, 0)
    return [min(height, TALLEST) for height in found]


def breaks(table: Table, tall: Sequence[float]) -> list[int]:
    """Before which rows a new page begins, so that what belongs together stays together.

    A merged cell that paper cuts shows its words on neither side. A run that is longer than a page
    is left to the program.
    """
    room = page_room(table)
    used = _title_height(table) + sum(_note_height(table, words) for words in table.notes)
    found = []
    for first, last in table.together:
        needed = sum(tall[first : last + 1])
        if used and used + needed > room:
            found.append(first)
            used = 0
        used = (used + needed) % room
    return [at for at in found if at]


def page_room(table: Table) -> float:
    """How many points of rows a printed page has under the repeated header, rather too few: the
    sheet is shrunk until its width fits, and never enlarged."""
    across = _PAGE[0] - (_MARGINS["left"] + _MARGINS["right"]) * 72
    down = _PAGE[1] - (_MARGINS["top"] + _MARGINS["bottom"]) * 72
    scale = min(1.0, across / (table.pixels * 0.75))
    return down / scale * 0.985 - _header_height(table)


def _title_height(table: Table) -> float:
    return 26.0 * cells.lines(table.title, table.width * POINTS / 18) + 8


def _note_height(table: Table, words: str) -> float:
    return LINE * cells.lines(words, table.width) + PADDING


def _header_height(table: Table) -> float:
    """Two characters of a heading stay free for the button of the filter."""
    tallest = max(cells.lines(each.head, each.width - 2) for each in table.columns)
    return LINE * tallest + PADDING * 2


def _needed(value: Value, column: Column) -> float:
    if not isinstance(value, str) or column.kind is Kind.LIGHT:
        return LINE + PADDING
    room = column.width - (INDENT if column.kind is Kind.TEXT else 0)
    return LINE * cells.lines(value, room) + PADDING


def _say(sheet: Worksheet, row: int, col: int, text: str, form: Format) -> None:
    sheet.write_string(row, col, _cut(clean(text)), form)


def _cut(text: str) -> str:
    """Excel refuses longer text; what is left out is said."""
    if len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    room = (LONGEST - len(exports.CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + exports.CUT


def _letters(column: int) -> str:
    return str(xlsxwriter.utility.xl_col_to_name(column))
