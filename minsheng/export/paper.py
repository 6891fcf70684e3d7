"""A4 as official documents use it (GB/T 9704-2012), and what of a table stays on one page of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minsheng.export import cells
from minsheng.export.blocks import Row, Table

# The width of the type area in millimetres: the page stands, or it lies.
ROOM = {False: 156.0, True: 225.0}
CELL_PADDING = 1.4  # mm, beside a cell's text on either side
_HALF = 10.5 / 2 * 25.4 / 72  # mm, half of a Chinese character in a table
# A row up to so many lines moves to the next page in one piece; a higher one may break.
_WHOLE_ROW = 16
# So do the rows that a merged cell reaches over. Higher groups would leave half a page empty.
_WHOLE_GROUP = 8


def widths(table: Table, lying: bool) -> list[float]:
    """The columns in millimetres: every table is as wide as the type area."""
    scale = ROOM[lying] / sum(column.width for column in table.columns)
    return [column.width * scale for column in table.columns]


def lines(row: Row, widths: Sequence[float]) -> int:
    """How many lines the row takes; cells that reach over others do not count."""
    return max(
        (
            cells.lines(cell.text, (width - CELL_PADDING * 2) / _HALF)
            for cell, width in zip(row, widths, strict=True)
            if cell and cell.down == 1
        ),
        default=1,
    )


def rows(table: Table, widths: Sequence[float]) -> Iterator[tuple[Row, bool, bool, bool]]:
    """Each row with what holds it: it does not break, its group does not, it has one below it."""
    for group in table.groups():
        high = [lines(row, widths) for row in group]
        whole = len(group) > 1 and sum(high) <= _WHOLE_GROUP
        for place, row in enumerate(group):
            yield row, high[place] <= _WHOLE_ROW, whole, place + 1 < len(group)
