"""Which row of a grid is the heading, and what each heading says by itself.

What a column then is, when there are several of a kind, `layout` decides from what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from minsheng.grammar import fold
from minsheng.importing import words
from minsheng.importing.periods import When, folded, when
from minsheng.importing.tables import Cell, Column

LONGEST_HEADING = 24
LONGEST_READ = 400  # with the instructions in its brackets
DEEPEST_HEADER = 3
# Roles whose stem must be the head noun itself, and those that another role beats.
_LAST = {"done", "target", "money", "place", "verdict", "unit", "known", "start"}
_WEAK = {"remark", "known", "person"}
_TELLING = {"progress", "done", "claimed", "leads", "period", "verdict"}

# Streets with a goal and a figure each, and no promise.
_OF_PLACES = {"place", "content", "target", "done", "claimed", "serial", "whole"}

_STEMS = sorted(
    ((stem, role) for role, stems in words.STEMS.items() for stem in stems),
    key=lambda each: -len(each[0]),
)
_PLANNED, _ACTUAL = re.compile(words.PLANNED), re.compile(words.ACTUAL)
_MONEY = re.compile(words.MONEY)
_TRAITS = {
    "month": re.compile(words.MONTHLY),
    "total": re.compile(words.CUMULATIVE),
    "earlier": re.compile(words.EARLIER),
    "before": re.compile(words.PREPARATORY),
    "person": re.compile("|".join(words.STEMS["person"])),
    "image": re.compile(words.IMAGE),
}
_WHOLE = re.compile(words.WHOLE)
_LEVEL = re.compile(words.LEVEL_OF_HEADING)
_PLACE = re.compile(words.PLACE_NAME)
_SENTENCE = re.compile(r"[。；;！!?？]|[，,]")


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading says by itself. `traits`: plan, month, total, earlier, before (what comes
    before the works), image, person, percent, money, told (a part of 进展情况). `level`: 省, 市, 区
    where it begins with it."""

    printed: str
    role: str | None
    traits: frozenset[str] = frozenset()
    when: When | None = None
    unit: str = ""
    level: str = ""


@dataclass(frozen=True)
class Header:
    """The columns from left to right, how many rows of the grid say so, and the headings read."""

    columns: tuple[Column, ...]
    depth: int
    headings: tuple[Heading, ...] = field(default=(), compare=False)

    @cached_property
    def _places(self) -> dict[str | None, int]:
        return {each.role: at for at, each in reversed(list(enumerate(self.columns))) if each.role}

    def place(self, role: str) -> int | None:
        return self._places.get(role)


def squeezed(text: str) -> str:
    return "".join(fold(text).split())


def role_of(heading: str) -> str | None:
    """The role of one heading by itself; "name" where it may be a category or a promise."""
    return read(heading).role


def read(*levels: str) -> Heading:
    """A heading of one or more lines, the uppermost first. The lowest that has a role of its own
    decides what the column is; what the others say of time and kind stays."""
    texts = list(dict.fromkeys(each for each in levels if each.strip()))
    found = [_read(each) for each in texts]
    own = next((each for each in reversed(found) if each.role), None)
    printed = " ".join(" ".join(each.split()) for each in texts)
    if own is None:
        times = [each.when for each in found if each.when]
        if len(found) == 1 and squeezed(printed) in words.COUNTS_ALONE:
            return Heading(printed, "done", found[0].traits, found[0].when)
        return Heading(printed, None, when=times[-1] if times else None)
    role, traits = own.role, set().union(*(each.traits for each in found))
    lowest = found[-1]
    if role == "period" and len(found) > 1:
        above = next((each for each in reversed(found) if each.role not in (None, "period")), None)
        role = above.role if above else role
    if (lowest is own and own.role in ("leads", "supports")) or own.role == "money":
        traits = set(own.traits)
    if lowest is own and any(each.role == "progress" for each in found[:-1]):
        traits.add("told")
    if own.role == "claimed" and "money" in traits and lowest is own:
        role = "money"
    times = [each.when for each in found if each.when]
    level = next((each.level for each in reversed(found) if each.level), "")
    unit = next((each.unit for each in reversed(found) if each.unit), "")
    return Heading(printed, role, frozenset(traits), times[-1] if times else None, unit, level)


def _read(heading: str) -> Heading:
    return _known(heading) if len(heading) <= LONGEST_READ else Heading(heading, None)


@lru_cache(maxsize=8192)  # every line of a table is looked at as a heading, more than once
def _known(heading: str) -> Heading:
    said = "".join(folded(heading).split())
    plain = _without_brackets(said)
    if not said or len(plain) > LONGEST_HEADING or _SENTENCE.search(plain):
        return Heading(heading, None)
    inside = "".join(re.findall(r"[(](.*?)[)]", said))
    time = when(re.sub("全年", "", said))
    traits = {name for name, pattern in _TRAITS.items() if pattern.search(plain)}
    role = _role(plain, said)
    if "%" in said or plain.endswith(words.PERCENT_ENDS):
        traits.add("percent")
    if _PLANNED.search(plain) and not _ACTUAL.search(plain):
        traits.add("plan")
    if _MONEY.search(plain) and role not in ("known", "problems", "leads", "remark", "next_steps"):
        traits.add("money")
        if role in (None, "progress", "done", "claimed", "target", "content", "money"):
            role = "money"
    if role is None and time is not None and len(plain) <= 12:
        role = "progress" if "plan" in traits else "period"
    unit = inside if re.fullmatch(words.ITEM_UNIT, f"({inside})") and role != "money" else ""
    if role == "money":
        money = re.search(words.MONEY_IN_HEADING, said)
        unit = money[1] if money else ""
    level = _LEVEL.match(plain) if role == "leads" else None
    return Heading(heading, role, frozenset(traits), time, unit, level[1] if level else "")


def _role(plain: str, said: str) -> str | None:
    """A Chinese noun phrase has its head at its end: 年度目标完成情况 is a 完成情况. Of two joined
    nouns the first decides: 进展情况及存在问题 is kept whole as 进展情况."""
    if plain.lower() in words.SERIAL:
        return "serial"
    if plain == words.UNIT_OR_BODY:
        return "unit_or_body"
    for start, role in words.STARTS.items():
        if plain.startswith(start):
            return role
    if _WHOLE.match(plain):
        return "whole"
    first = plain
    for joint in words.JOINTS:
        first = first.partition(joint)[0] or first
    best: tuple[int, int, str | None] = (0, 0, None)
    weak: str | None = None
    for stem, role in _STEMS:
        if stem not in first:
            continue
        end = first.rfind(stem) + len(stem)
        if end != len(first) and (role in _LAST or len(stem) < 3):
            continue
        if role in _WEAK:
            weak = weak or role
        else:
            best = max(best, (end, len(stem), role), key=lambda each: each[:2])
    found = best[2]
    if found is None and first.endswith(words.NAMES):
        return "name"
    if found in ("progress", "content", "done", "target") and "%" in said:
        return "claimed" if found in ("progress", "done") or "完成" in plain else found
    if found == "place" and first not in words.STEMS["place"]:
        found = None
    if found is None and _PLACE.match(plain) and not _PLANNED.search(plain):
        return "site"
    return found or weak


def _without_brackets(said: str) -> str:
    """牵头(责任)单位 → 牵头单位; what is only a bracket stays."""
    kept, depth = [], 0
    for char in said:
        depth += char == "("
        if not depth:
            kept.append(char)
        depth -= char == ")" and depth > 0
    return "".join(kept) or said.strip("()")


def header_at(lines: Sequence[Sequence[Cell]], at: int) -> Header | None:
    """The heading that begins at this line of a grid; None where the line is none.

    A heading names the promise and, beside it, the progress or the lead, and consists of headings
    for the greater part. Its cells may be divided once more on the lines below.
    """
    cells = lines[at]
    if len(cells) < 2:
        return None
    depth = 1
    while depth < DEEPEST_HEADER and _goes_on(lines, at + depth):
        depth += 1
    rows = lines[at : at + depth]
    width = max(len(row) for row in rows)
    stacked = [[_over(rows, level, x) for level in range(depth)] for x in range(width)]
    return _header([read(*texts) for texts in stacked], depth) or (
        _header([read(cell.text) for cell in cells], 1) if depth > 1 else None
    )


def _own(row: Sequence[Cell], x: int) -> str:
    return row[x].text if x < len(row) else ""


def _over(rows: Sequence[Sequence[Cell]], level: int, x: int) -> str:
    """The heading of a level over a place. Where nothing is merged an upper heading stands over the
    blanks to its right that the line below divides."""
    text = _own(rows[level], x)
    if text or level + 1 == len(rows) or not _own(rows[level + 1], x):
        return text
    left = (each.text for each in reversed(rows[level][:x]) if each.text)
    return next(left, "")


def _goes_on(lines: Sequence[Sequence[Cell]], at: int) -> bool:
    """Whether a line is the lower part of the heading above it: its cells are merged with those
    above or blank beneath a heading, and the others divide one that reaches over several."""
    if at >= len(lines):
        return False
    above, line = lines[at - 1], lines[at]
    own = [(x, cell) for x, cell in enumerate(line) if cell.text and not cell.above]
    if not own or len(own) == len([cell for cell in line if cell.text]) == len(line):
        return False
    if not all(_is_part(cell.text) for _, cell in own):
        return False
    if any(cell.above for cell in line):
        return True

    # Nothing is merged downwards: a pasted table, or a sheet whose upper cells were left unmerged.
    if _header([read(cell.text) for cell in above], 1) is None:
        return False

    def is_open(x: int) -> bool:
        return x >= len(above) or above[x].left or not above[x].text or _repeats(above, x)

    spans = [x for x, _ in own if is_open(x) or is_open(x + 1)]
    return len(spans) == len(own) >= 2 and any(above[x].text for x, _ in own if x < len(above))


def _repeats(above: Sequence[Cell], x: int) -> bool:
    """责任单位 written over each of the columns that it is divided into."""
    return x > 0 and bool(squeezed(above[x].text)) and above[x].text == above[x - 1].text


def _promises(headings: Sequence[Heading]) -> bool:
    """Whether a column of promises is more than a column of goals."""
    return any(each.role == "content" and "plan" not in each.traits for each in headings)


def _is_part(text: str) -> bool:
    """Short enough for a heading, and none of the words of a promise or a report."""
    plain = _without_brackets("".join(folded(text).split()))
    return len(plain) <= LONGEST_HEADING and not _SENTENCE.search(plain) and not plain.isdigit()


def _header(headings: Sequence[Heading], depth: int) -> Header | None:
    roles = {each.role for each in headings if each.role}
    written = [squeezed(each.printed) for each in headings if each.printed.strip()]
    named = roles & {"content", "name"}
    if (
        not named
        or not roles & _TELLING
        or ("place" in roles and roles <= _OF_PLACES and not _promises(headings))
    ):
        return None
    known = len({squeezed(each.printed) for each in headings if each.role})
    if known < 2 or (2 * known < len(set(written)) and known < 4):
        return None
    if any(len(_without_brackets(each)) > 3 * LONGEST_HEADING for each in written):
        return None
    columns = tuple(Column(" ".join(each.printed.split()), each.role) for each in headings)
    return Header(columns, depth, tuple(headings))
