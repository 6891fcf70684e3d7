"""Long lists in parts: thousands of rows are drawn for nobody, and read by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from minsheng.labels import desk as words
from minsheng.ui.address import choose

MOST = 300
_KEY = "rows"  # in the address: which part
Row = TypeVar("Row")
Group = TypeVar("Group")


def part(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of the part that the address asks for, with the choice of another; all of them
    where there are not many."""
    total = len(rows)
    if total <= MOST:
        return rows
    parts = {
        str(at // MOST + 1): words.part(at + 1, min(at + MOST, total), total)
        for at in range(0, total, MOST)
    }
    at = (int(choose(words.PART, _KEY, parts)) - 1) * MOST
    return rows[at : at + MOST]


def part_of_groups(
    groups: Sequence[tuple[Group, Sequence[Row]]],
) -> list[tuple[Group, list[Row]]]:
    """As `part`, over rows that stand under headings: one goes on in the next part."""
    shown = part([(at, row) for at, (_, rows) in enumerate(groups) for row in rows])
    found: dict[int, list[Row]] = {}
    for at, row in shown:
        found.setdefault(at, []).append(row)
    return [(groups[at][0], rows) for at, rows in found.items()]
