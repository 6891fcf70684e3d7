"""How a share, a count, a difference and an unknown are printed, so that all places agree."""

from __future__ import annotations

import math
import re

DASH = "—"


def tenths(share: float) -> int:
    """A share in tenths of a percent, as it is printed: halves up, 100.0 only when reached.

    The tenth decimal absorbs what binary floats add (1803/2000 is a true half and prints 90.2).
    """
    whole = math.floor(round(share * 1000, 10) + 0.5)
    return min(whole, 999) if share < 1 else whole


def missing(value: object) -> bool:
    """Unknown, as frames (NaN) and types (None) write it."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def rounded(share: float | None) -> float | None:
    """The share that a cell of one decimal shows as `percent` prints it: 99.96 % becomes 0.999,
    because a spreadsheet would round it to 100.0 %."""
    return None if share is None or math.isnan(share) else tenths(share) / 1000


def percent(share: float | None) -> str:
    """0.496 → "49.6%", whole percents too ("60.0%"); unknown is a dash, never 0."""
    if share is None or math.isnan(share):
        return DASH
    value = tenths(share)
    return f"{value // 10}.{value % 10}%"


def points(tenths_of_a_point: float | None, sign: bool = True, unit: bool = True) -> str:
    """Percentage points from tenths: 129 → "+12.9 个百分点"; `unit` off where a heading says it."""
    if tenths_of_a_point is None or math.isnan(tenths_of_a_point):
        return DASH
    return f"{_signed(tenths_of_a_point, sign)}{' 个百分点' if unit else ''}"


def _signed(tenths_of_a_point: float, plus: bool = True) -> str:
    """With the minus sign of print, as wide as a plus; a zero has none."""
    value = tenths_of_a_point / 10
    return f"{value:{'+' if plus and value else ''}.1f}".replace("-", "−")


def number(value: float | None) -> str:
    """A count as officials print it: 16737 → "16,737", 0.7 → "0.7"."""
    if value is None or math.isnan(value):
        return DASH
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def gap(claimed: float | None, counted: float | None) -> str:
    """The difference of two shares as they are printed, in percentage points: "+7.5"."""
    if claimed is None or counted is None:
        return DASH
    return _signed(tenths(claimed) - tenths(counted))


_PARTED = re.compile(r"(?<=\d) (?=[/\u4e00-\u9fff])|(?<=/) (?=\d)")


def unbroken(words: str) -> str:
    """Sentences in which no line ends between a number and its unit."""
    return _PARTED.sub("\u00a0", words)


def shortened(text: str, most: int = 40) -> str:
    """One line of it, for a message, a note or a comment; its beginning is looked at, no more."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"


def rank(value: int | None) -> str:
    return DASH if value is None else str(value)


def rank_range(best: int | None, worst: int | None) -> str:
    return rank(best) if best == worst else f"{rank(best)}–{rank(worst)}"
