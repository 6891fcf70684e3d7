"""Which column is which, by its heading, and which row of a grid is the heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from minsheng.grammar import fold
from minsheng.importing.tables import Cell, Column
from minsheng.labels.importing import (
    HEADING_JOINTS,
    HEADING_STARTS,
    HEADINGS,
    NAME_HEADINGS,
    SERIAL_HEADINGS,
)

ROLES = ("serial", *HEADINGS)
LONGEST_HEADING = 24
DEEPEST_HEADER = 3


@dataclass(frozen=True)
class Header:
    """The columns from left to right, and how many rows of the grid say so."""

    columns: tuple[Column, ...]
    depth: int

    @cached_property
    def _places(self) -> dict[str | None, int]:
        return {each.role: at for at, each in enumerate(self.columns) if each.role}

    def place(self, role: str) -> int | None:
        return self._places.get(role)


def squeezed(text: str) -> str:
    return "".join(fold(text).split())


def role_of(heading: str) -> str | None:
    """The role of one heading by itself; "name" where it may be a category or a promise.

    A Chinese noun phrase has its head at its end: 年度目标完成情况 is a 完成情况. Of two joined
    nouns the first decides: 进展情况及存在问题 is kept whole as 进展情况.
    """
    words = squeezed(heading)
    if not words or len(words) > LONGEST_HEADING:
        return None
    plain = _without_brackets(words)
    if plain in SERIAL_HEADINGS:
        return "serial"
    for start, role in HEADING_STARTS.items():
        if plain.startswith(start):
            return role
    first = plain
    for joint in HEADING_JOINTS:
        first = first.partition(joint)[0] or first
    found = max(
        (
            (first.rfind(stem) + len(stem), len(stem), role)
            for role, stems in HEADINGS.items()
            for stem in stems
            if stem in first
        ),
        default=(0, 0, None),
    )[2]
    if found == "progress" and "%" in words:
        return "claimed"
    if found is None and plain.endswith(NAME_HEADINGS):
        return "name"
    return found


def _without_brackets(words: str) -> str:
    """牵头(责任)单位 → 牵头单位; what is only a bracket stays."""
    kept, depth = [], 0
    for char in words:
        depth += char == "("
        if not depth:
            kept.append(char)
        depth -= char == ")" and depth > 0
    return "".join(kept) or words


def header_at(lines: Sequence[Sequence[Cell]], at: int) -> Header | None:
    """The heading that begins at this line of a grid; None where the line is none.

    A heading names the promise and, beside it, the progress or the lead, and consists of headings
    for the greater part. Its cells may be divided once more on the lines below.
    """
    header = _header([cell.text for cell in lines[at]], 1)
    if header is None:
        return None
    depth = 1
    while depth < DEEPEST_HEADER and _goes_on(lines, at + depth):
        depth += 1
    if depth == 1:
        return header
    rows = lines[at : at + depth]
    width = max(len(row) for row in rows)
    stacked = [[row[x].text for row in rows if x < len(row)] for x in range(width)]
    return _header([_lowest(texts) for texts in stacked], depth) or header


def _lowest(texts: Sequence[str]) -> str:
    """The nearest heading of a column that says something by itself, else all of them."""
    own = list(dict.fromkeys(text for text in texts if text))
    known = [text for text in own if role_of(text)]
    return known[-1] if known else " ".join(own)


def _goes_on(lines: Sequence[Sequence[Cell]], at: int) -> bool:
    """Whether a line is the lower part of the heading above it: some of its cells are merged with
    those above, and all the others are headings."""
    if at >= len(lines):
        return False
    cells = [cell for cell in lines[at] if cell.text]
    own = [cell for cell in cells if not cell.above]
    return bool(own) and len(own) < len(cells) and all(len(c.text) <= LONGEST_HEADING for c in own)


def _header(headings: Sequence[str], depth: int) -> Header | None:
    if any(
        len(each) > LONGEST_HEADING and len(squeezed(each)) > LONGEST_HEADING for each in headings
    ):
        return None
    roles = [role_of(each) for each in headings]
    written = [squeezed(each) for each in headings if each.strip()]
    known = {role for role in roles if role}
    named = known & {"content", "name"}
    if not named or not known & {"progress", "leads"} or 2 * len(known) < len(set(written)):
        return None
    return Header(_settled(headings, roles), depth)


def _settled(headings: Sequence[str], roles: Sequence[str | None]) -> tuple[Column, ...]:
    """One column for each role: the surest synonym, then the first. 项目名称 is the promise where
    nothing else is, else the category where nothing else is."""
    places: dict[str, list[int]] = {}
    for at, role in enumerate(roles):
        if role:
            places.setdefault(role, []).append(at)
    names = places.pop("name", [])
    chosen = {
        role: min((_rank(role, headings[at]), at) for at in found)[1]
        for role, found in places.items()
    }
    for role in ("content", "category"):
        if role not in chosen and names:
            chosen[role] = names.pop(0)
    by_place = {at: role for role, at in chosen.items()}
    return tuple(
        Column(" ".join(heading.split()), by_place.get(at)) for at, heading in enumerate(headings)
    )


def _rank(role: str, heading: str) -> int:
    words = squeezed(heading)
    stems = HEADINGS.get(role, ())
    return next((at for at, stem in enumerate(stems) if stem in words), len(stems))
