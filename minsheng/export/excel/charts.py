"""Native charts of Excel over the cells of a table, which anybody can change."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from minsheng import theme
from minsheng.export.clean import clean
from minsheng.export.excel.sheet import Book, Table, heights
from minsheng.labels import exports
from minsheng.measuring.tables import Value
from minsheng.printed import rounded

_CHART_ROWS, _CHART_COLUMNS = 19, 9
_ROW_PIXELS, _COLUMN_PIXELS = 20, 64  # of the empty cells under and beside a table
_ONE_PAGE = 24  # rows of a table that stay readable when it shares one page with its chart


def compared(book: Book, table: Table, kind: str, name: int, completion: int, claimed: int) -> Any:
    """Counted beside claimed, on an axis that ends a label past 100 %; what is unknown is a gap."""
    chart = book.workbook.add_chart({"type": kind})
    font = {"name": exports.FONT_BODY, "size": 10}
    chart.add_series(
        _series(table, name, completion)
        | {
            "fill": {"color": theme.DONE},
            "data_labels": {"value": True, "num_format": "0.0%", "font": font},
            "gap": 60,
        }
    )
    chart.add_series(_series(table, name, claimed) | {"fill": {"color": theme.CLAIMED}})
    shares, names = {"num_font": font}, {"num_font": font}
    scale = {"min": 0, "max": 1.1, "major_unit": 0.25, "num_format": "0%"}
    grid = {"major_gridlines": {"visible": True, "line": {"color": "#dfe3e8", "width": 0.75}}}
    if kind == "bar":
        # The first row on top, and the scale below all the same.
        chart.set_y_axis(names | {"reverse": True})
        chart.set_x_axis(shares | scale | grid | {"label_position": "high"})
    else:
        chart.set_x_axis(names)
        chart.set_y_axis(shares | scale | grid)
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": font})
    return chart


def _series(table: Table, name: int, values: int) -> dict[str, Any]:
    """The shares of a column. XlsxWriter would remember a blank cell as 0, so they are given."""
    return {
        "name": [table.name, table.header, values],
        "categories": [table.name, table.first, name, table.last, name],
        "values": [table.name, table.first, values, table.last, values],
        "values_data": [rounded(_share(row[values])) for row in table.rows],
    }


def under(book: Book, sheet: Worksheet, table: Table, chart: Any, alt: str) -> None:
    first = table.last + 2
    chart.set_size({"width": table.pixels, "height": _CHART_ROWS * _ROW_PIXELS})
    sheet.insert_chart(first, 0, chart, {"description": clean(alt), "object_position": 2})
    book.printed(sheet, table, first + _CHART_ROWS, pages=len(table.rows) <= _ONE_PAGE)


def beside(book: Book, sheet: Worksheet, table: Table, chart: Any, alt: str) -> None:
    """As tall as the table, but for one of a few rows."""
    tall = max(round(sum(heights(table)) * 4 / 3) + 40, 320)
    chart.set_size({"width": (_CHART_COLUMNS - 1) * _COLUMN_PIXELS, "height": tall})
    place = {"x_offset": _COLUMN_PIXELS // 2, "description": clean(alt), "object_position": 2}
    sheet.insert_chart(table.header, len(table.columns), chart, place)
    last = max(table.last, table.header + tall // _ROW_PIXELS)
    pages = len(table.rows) <= _ONE_PAGE
    book.printed(sheet, table, last, _CHART_COLUMNS, pages)


def _share(value: Value) -> float | None:
    assert not isinstance(value, str)
    return value


def line(book: Book, table: Table, name: int, values: int) -> Any:
    """A dashed line to be combined with a chart of columns."""
    chart = book.workbook.add_chart({"type": "line"})
    style = {"color": theme.INK_LINE, "width": 1.75, "dash_type": "dash"}
    chart.add_series(_series(table, name, values) | {"line": style})
    return chart
