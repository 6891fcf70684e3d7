"""Two texts of a file line by line, in a time that the file's length bounds."""

from __future__ import annotations

import bisect
import difflib
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class DiffLine:
    """A line of a comparison; `old` and `new` are 1-based, None on the side that lacks it."""

    kind: Literal["same", "removed", "added"]
    old: int | None
    new: int | None
    text: str


def diff(before: str, after: str, around: int | None = 3) -> tuple[DiffLine, ...]:
    """The changed lines with `around` unchanged ones on each side (None: all of them)."""
    old, new = before.splitlines(), after.splitlines()
    found: list[DiffLine] = []
    for a, a_end, b, b_end in _changes(old, new):
        same = a_end - a == b_end - b and old[a:a_end] == new[b:b_end]
        if same:
            found += [DiffLine("same", a + n + 1, b + n + 1, old[a + n]) for n in range(a_end - a)]
            continue
        found += [DiffLine("removed", n + 1, None, old[n]) for n in range(a, a_end)]
        found += [DiffLine("added", None, n + 1, new[n]) for n in range(b, b_end)]
    if around is None:
        return tuple(found)
    near = {
        at + step
        for at, line in enumerate(found)
        if line.kind != "same"
        for step in range(-around, around + 1)
    }
    return tuple(line for at, line in enumerate(found) if at in near)


def _changes(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Blocks, alike and unlike by turns. What both begin and end with is not searched."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    tail = next(
        (at for at in range(shorter - head) if old[-1 - at] != new[-1 - at]), shorter - head
    )
    ends = len(old) - tail, len(new) - tail
    inner: list[tuple[int, int, int, int]] = []
    at = head, head
    for a, b in [*_anchors(old, new, head, ends), ends]:
        inner += _between(old, new, (at[0], a, at[1], b))
        at = a, b
    return [(0, head, 0, head), *inner, (ends[0], len(old), ends[1], len(new))]


# Pairs of lines that may be compared with each other. A comparison's time grows with them, and a
# file of thousands of projects in which every report is new has thousands of millions.
_MOST_PAIRS = 4_000_000


def _between(
    old: list[str], new: list[str], block: tuple[int, int, int, int]
) -> list[tuple[int, int, int, int]]:
    a, a_end, b, b_end = block
    if (a_end - a) * (b_end - b) > _MOST_PAIRS:
        return [block]  # said as taken away and put in its stead, whole
    matcher = difflib.SequenceMatcher(None, old[a:a_end], new[b:b_end])
    return [
        (start + a, end + a, first + b, last + b)
        for _, start, end, first, last in matcher.get_opcodes()
    ]


def _anchors(
    old: list[str], new: list[str], head: int, ends: tuple[int, int]
) -> list[tuple[int, int]]:
    """Places of lines that stand once in both texts, as many as keep their order; none where the
    texts are short enough to be compared whole."""
    if (ends[0] - head) * (ends[1] - head) <= _MOST_PAIRS:
        return []
    once = [
        {line: at for line, at in places.items() if at >= 0}
        for places in (_once(old, head, ends[0]), _once(new, head, ends[1]))
    ]
    pairs = [(at, once[1][line]) for line, at in once[0].items() if line in once[1]]
    piles: list[int] = []
    tops: list[int] = []
    below: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect.bisect_left(piles, place)
        below.append(tops[pile - 1] if pile else -1)
        piles[pile : pile + 1], tops[pile : pile + 1] = [place], [number]
    kept, number = [], tops[-1] if tops else -1
    while number >= 0:
        kept.append(pairs[number])
        number = below[number]
    return kept[::-1]


def _once(lines: list[str], start: int, end: int) -> dict[str, int]:
    """Where each line stands; -1 where it does more than once."""
    found: dict[str, int] = {}
    for at in range(start, end):
        found[lines[at]] = -1 if lines[at] in found else at
    return found
