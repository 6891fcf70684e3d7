"""Which of a file's tables are the progress table, and which heading each of their lines is under.

A table goes on over pages and sheets. Tables with titles of their own are different tables: those
of the promises are taken, of the same promises in several months the newest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minsheng.grammar import fold
from minsheng.importing import words
from minsheng.importing.columns import Header, header_at, read, squeezed
from minsheng.importing.periods import When, when
from minsheng.importing.tables import Cell, Sheets, Table
from minsheng.labels import importing as say
from minsheng.model import Refused

Line = tuple[Cell, ...]

_TITLE, _TITLE_CORE = re.compile(words.TITLE), re.compile(words.TITLE_CORE)
_TITLE_ENDS, _NO_TITLE = re.compile(words.TITLE_ENDS), re.compile(words.NO_TITLE)
LONGEST_TITLE = 80
SAME = 0.5  # two tables tell of the same promises when so many of their rows do


@dataclass(frozen=True)
class Part:
    """The lines of one table below one heading. `above` are the lines of text before it that are no
    title; `repeated`: the heading is that of the part before."""

    table: Table
    header: Header
    lines: tuple[int, ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chosen:
    parts: tuple[Part, ...]
    above: tuple[str, ...]
    notes: tuple[str, ...]
    when: When | None
    tables: tuple[str, ...]


@dataclass
class _Group:
    """A table with what goes on of it."""

    title: str
    name: str
    above: list[str]
    parts: list[Part]

    @property
    def when(self) -> When | None:
        return when(self.name) or when(self.title)

    def tells(self) -> bool:
        """Whether it says what was done: a sheet laid out for next month does not."""
        return any(
            at < len(line := part.table.lines[number]) and _own(line[at])
            for part in self.parts
            for role in ("progress", "done", "claimed", "period")
            if (at := part.header.place(role)) is not None
            for number in part.lines
        )

    def contents(self) -> set[str]:
        return {
            squeezed(line[at].text)
            for part in self.parts
            if (at := _content(part.header)) is not None
            for number in part.lines
            if at < len(line := part.table.lines[number]) and line[at].text
        }


def title_of(above: Sequence[str]) -> str:
    """The line above the table that reads like its title, put together where it goes over two."""
    lines = [each.strip() for each in above]
    likely = [
        at
        for at, line in enumerate(lines)
        if _TITLE.search(fold(line)) and len(line) <= LONGEST_TITLE and not _NO_TITLE.search(line)
    ]
    core = [at for at in likely if _TITLE_CORE.search(fold(lines[at]))]
    if not likely:
        return ""
    at = (core or likely)[0]
    title = lines[at]
    after = lines[at + 1] if at + 1 < len(lines) else ""
    if not _TITLE_ENDS.search(title) and _goes_on(after):
        title += after
    before = lines[at - 1] if at else ""
    if before.startswith("关于") and len(before) < LONGEST_TITLE and not _TITLE_ENDS.search(before):
        title = before + title
    return title


def _goes_on(line: str) -> bool:
    return (
        bool(line) and len(line) <= 40 and bool(_TITLE_ENDS.search(line)) and line[0] not in "(（"
    )


def choose(sheets: Sheets, wanted: int = 0) -> Chosen:
    """The parts to read, in the order of the file; empty where no table has a heading.

    `wanted` is the number of the one that a person chose, from 1; 0: nobody chose.

    Raises:
        Refused: there is no such table.
    """
    notes: list[str] = []
    groups: list[_Group] = []
    loose = list(sheets.above)
    for table in sheets.tables:
        table, loose_lines = _upright(table), list(table.above)
        starts = _starts(table)
        before = [
            text
            for line in table.lines[: min(starts, default=len(table.lines))]
            if (text := _alone(line))
        ]
        if not starts:
            if groups and _continues(table, groups[-1]):
                notes.append(say.NOTE_CONTINUED.format(where=table.where))
                header = groups[-1].parts[-1].header
                groups[-1].parts.append(
                    Part(table, header, tuple(range(len(table.lines))), tuple(loose_lines))
                )
                continue
            if not groups:
                loose += [*loose_lines, *before]
            if any(cell.text for line in table.lines for cell in line):
                notes.append(_skipped(table))
            continue
        own = [*loose_lines, *before]
        lines = [*loose, *own] if not groups else own
        title = title_of(lines)
        if (
            not groups
            or (title and title != groups[-1].title)
            or (table.name != groups[-1].name and when(table.name) != when(groups[-1].name))
        ):
            groups.append(_Group(title, table.name, lines, []))
            own = lines
        ordered = sorted(starts)
        for at, end in zip(ordered, [*ordered[1:], len(table.lines)], strict=True):
            header = starts[at]
            if at != ordered[0] and header == starts[ordered[ordered.index(at) - 1]]:
                notes.append(say.NOTE_REPEATED.format(where=table.places[at]))
            first = at + header.depth
            above = tuple(own) if at == ordered[0] else ()
            groups[-1].parts.append(Part(table, header, tuple(range(first, end)), above))
    kept, left, why = _kept(groups) if not wanted else _asked_for(groups, wanted)
    notes += why
    for group in left:
        notes.append(say.not_taken(group.title or group.name, _told(group)))
    names = tuple(_name(group) for group in groups)
    over = [line for group in kept for line in group.above]
    rest = [line for line in loose if line not in over]
    parts, aside = _telling([part for group in kept for part in group.parts])
    notes += [say.not_taken(part.table.name or part.table.where, _lines(part)) for part in aside]
    times = [time for group in kept if (time := when(group.name))]
    return Chosen(
        tuple(parts),
        tuple(dict.fromkeys([*over, *rest])),
        tuple(notes),
        next(iter(times), None),
        names,
    )


def _name(group: _Group) -> str:
    return group.name or group.title or group.parts[0].table.where


def _asked_for(groups: list[_Group], wanted: int) -> tuple[list[_Group], list[_Group], list[str]]:
    """As `_kept`, of the one that a person named."""
    if wanted > len(groups):
        raise Refused(say.no_such_table(wanted, [_name(group) for group in groups]))
    chosen = groups[wanted - 1]
    left = [group for group in groups if group is not chosen]
    return [chosen], left, [say.CHOSEN_BY_PERSON.format(name=_name(chosen))]


def _telling(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """The tables that tell of progress in words; where none does, all. What stands beside them, as
    a table of figures in an annex, tells of the same projects once more."""
    telling = [part for part in parts if part.header.place("progress") is not None]
    if not telling:
        return list(parts), []
    return telling, [part for part in parts if part not in telling]


def _kept(groups: Sequence[_Group]) -> tuple[list[_Group], list[_Group], list[str]]:
    """Those to read, the others, and why."""
    core = [group for group in groups if _TITLE_CORE.search(fold(group.title))]
    kept = core if core and len(core) < len(groups) else list(groups)
    left = [group for group in groups if group not in kept]
    why = [say.NOTE_CHOSEN_TITLE] if left else []
    timed = [(group.when.month, group) for group in kept if group.when]
    if len(timed) == len(kept) > 1 and len({month for month, _ in timed}) > 1:
        newest = max(timed, key=lambda each: (each[1].tells(), each[0]))[1]
        same = (
            [
                group
                for month, group in timed
                if group is not newest and month != newest.when.month and _same(group, newest)
            ]
            if newest.when
            else []
        )
        if same:
            names = [group.name or group.title for group in kept]
            why.append(say.chosen_newest(newest.name or newest.title, names))
            kept = [group for group in kept if group not in same]
            left += same
    return kept, left, why


def _same(one: _Group, other: _Group) -> bool:
    mine, theirs = one.contents(), other.contents()
    return bool(mine) and len(mine & theirs) >= SAME * min(len(mine), len(theirs))


def _told(group: _Group) -> str:
    return " / ".join(_lines(part) for part in group.parts)


def _lines(part: Part) -> str:
    return " / ".join(text for at in part.lines if (text := _alone(part.table.lines[at])))


def _skipped(table: Table) -> str:
    said = " / ".join(text for line in table.lines if (text := _alone(line)))
    return say.skipped(table.name or table.where, table.where, said)


def _starts(table: Table) -> dict[int, Header]:
    starts: dict[int, Header] = {}
    at = 0
    while at < len(table.lines):
        if found := header_at(table.lines, at):
            starts[at] = found
            at += found.depth
        else:
            at += 1
    return starts


def _continues(table: Table, group: _Group) -> bool:
    width = max((len(line) for line in table.lines), default=0)
    return table.goes_on and width == len(group.parts[-1].header.columns)


def _content(header: Header) -> int | None:
    found = header.place("content")
    return header.place("name") if found is None else found


def _upright(table: Table) -> Table:
    """A form with its headings at the left, one project a table, as a table of one row."""
    if _starts(table):
        return table
    pairs: dict[str, str] = {}
    roles: list[str] = []
    rest: list[int] = []
    for at, line in enumerate(table.lines):
        own = [cell.text for cell in line if _own(cell)]
        role = read(own[0]).role if own else None
        if role is None or len(own) < 1 or (len(own) % 2 and len(own) > 1):
            rest.append(at)
            continue
        for name, value in zip(own[::2], [*own[1::2], ""], strict=False):
            if name not in pairs:
                pairs[name] = value
                roles.append(read(name).role or "")
    telling = {"content", "name"} & set(roles) and {"progress", "done", "claimed"} & set(roles)
    if not telling or len(set(roles)) < 3 or len(rest) > 2:
        return table
    above = tuple(_alone(table.lines[at]) for at in rest if _alone(table.lines[at]))
    lines = (tuple(map(Cell, pairs)), tuple(map(Cell, pairs.values())))
    return replace(
        table, lines=lines, places=(table.where, table.where), above=(*table.above, *above)
    )


def _own(cell: Cell) -> bool:
    return bool(cell.text) and not cell.above and not cell.left


def _alone(line: Sequence[Cell]) -> str:
    return " ".join(" ".join(cell.text.split()) for cell in line if _own(cell))
