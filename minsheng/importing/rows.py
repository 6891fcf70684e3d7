"""Grids to rows: repeated headings left out, merged and blank cells filled from above, titles of
sections and remarks told apart from promises. Nothing is dropped without a note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from minsheng.grammar import fold
from minsheng.importing.columns import ROLES, Header, header_at, role_of, squeezed
from minsheng.importing.tables import Cell, Column, Row, Sheets, Source, Table
from minsheng.labels import importing as say
from minsheng.model import Refused

_LIST_MARK = re.compile(say.LIST_MARK)
_REMARK = re.compile(say.REMARK)
_SECTION = re.compile(say.SECTION)
_LEAD_MARK = re.compile(say.LEAD_MARK)
_SUPPORT_MARK = re.compile(say.SUPPORT_MARK)
_BETWEEN = re.compile(r"([、,，;；/\s]+)")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_CJK = "\u3400-\u9fff"
_INNER_BLANK = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_AROUND = "。.:： -—“”‘’\u200b\u200c\u200d\u2060\ufeff"
LONGEST_TITLE = 30


@dataclass
class _State:
    """What the rows so far say about the next one: across tables too, because a table that is
    split over pages goes on."""

    rows: list[Row] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    columns: dict[Column, None] = field(default_factory=dict)
    header: Header | None = None
    width: int = 0
    serial: str = ""
    category: str = ""
    leads: str = ""
    content: str = ""


def source(sheets: Sheets) -> Source:
    """The rows of all tables, in the order of the file.

    Raises:
        Refused: there is no table, none has a heading, or no row stands below it.
    """
    state = _State(above=list(sheets.above), notes=list(sheets.notes))
    for table in sheets.tables:
        _take(table, state)
    if state.header is None:
        raise Refused(
            say.FAULT["no_header"].format(**say.headings_looked_for())
            if sheets.tables or sheets.above
            else say.FAULT["no_table"]
        )
    if not state.rows:
        raise Refused(say.FAULT["no_rows"])
    rows = _with_duplicates(state.rows)
    notes = [*_column_notes(tuple(state.columns), rows), *state.notes]
    return Source(tuple(rows), tuple(state.columns), tuple(state.above), tuple(notes))


def _take(table: Table, state: _State) -> None:
    lines = table.lines
    starts = {at: found for at in range(len(lines)) if (found := header_at(lines, at))}
    if not starts:
        width = max((len(line) for line in lines), default=0)
        if state.header is None or not table.goes_on or width != len(state.header.columns):
            _skip(table, state)
            return
        state.notes.append(say.NOTE_CONTINUED.format(where=table.where))
    header = None if starts else state.header
    skip = 0
    for at, line in enumerate(lines):
        if skip:
            skip -= 1
        elif at in starts:
            skip = starts[at].depth - 1
            if starts[at] == state.header:
                state.notes.append(say.NOTE_REPEATED.format(where=table.places[at]))
            header = state.header = starts[at]
            state.columns |= dict.fromkeys(each for each in header.columns if each.heading)
        elif header is not None:
            _line(line, table.places[at], header, state, at in table.joined)
        elif (text := _alone(line)) and text not in state.above:
            if state.rows:
                state.notes.append(
                    say.NOTE_REMARK.format(place=table.places[at], text=say.shortened(text))
                )
            else:
                state.above.append(text)


def _skip(table: Table, state: _State) -> None:
    """A table of another kind. Before the first progress table it may hold the title."""
    if not state.rows:
        state.above.extend(text for line in table.lines if (text := _alone(line)))
    if any(cell.text for line in table.lines for cell in line):
        state.notes.append(say.NOTE_NO_HEADER.format(where=table.where))


def _alone(line: Sequence[Cell]) -> str:
    return " ".join(cell.text for cell in line if cell.text and not cell.above and not cell.left)


def _line(line: Sequence[Cell], place: str, header: Header, state: _State, joined: bool) -> None:
    """One line below a heading: a row, or the title of a section, or a remark."""
    own = [cell for cell in line if cell.text and not cell.left and not cell.above]
    if not own:
        return
    cells = {role: _cell(line, header, role) for role in ROLES}
    told = [cells[role].text for role in ("content", "progress", "leads")]
    first = own[0].text
    if squeezed(first) in say.TOTALS or squeezed(cells["content"].text) in say.TOTALS:
        _remark(line, place, state)
    elif not any(told) or (len(own) == 1 and _is_title(first, line, header)):
        text = _alone(line)
        if _REMARK.match(first) or len(text) > LONGEST_TITLE or _other(line, header):
            _remark(line, place, state)
        else:
            state.category, state.leads, state.content = _category(text), "", ""
            state.serial = cells["serial"].text if len(own) > 1 else ""
            state.notes.append(say.NOTE_SECTION.format(place=place, text=say.shortened(text)))
    else:
        state.rows.append(_row(cells, _other(line, header), place, state, joined))


def _remark(line: Sequence[Cell], place: str, state: _State) -> None:
    state.notes.append(say.NOTE_REMARK.format(place=place, text=say.shortened(_alone(line), 200)))


def _is_title(text: str, line: Sequence[Cell], header: Header) -> bool:
    """Whether the only text of a line is no promise: it stands over the whole width, or it is
    numbered as a section where no column says the category, or it begins as a remark does."""
    whole = 1 < len(line) >= len(header.columns) and all(cell.left for cell in line[1:])
    section = header.place("category") is None and _SECTION.match(text)
    return whole or bool(section or _REMARK.match(text))


def _cell(line: Sequence[Cell], header: Header, role: str) -> Cell:
    """The cell of a role. What reaches over from the column to the left is not its own."""
    at = header.place(role)
    if at is None or at >= len(line) or line[at].left:
        return Cell()
    return line[at]


def _other(line: Sequence[Cell], header: Header) -> dict[str, str]:
    """The texts of the columns without a role, each under its heading."""
    found: dict[str, str] = {}
    for at, cell in enumerate(line):
        known = at < len(header.columns)
        if not cell.text or cell.left or (known and header.columns[at].role):
            continue
        name = header.columns[at].heading if known else ""
        name = name or say.COLUMN.format(number=at + 1)
        while name in found:
            name += "'"
        found[name] = cell.text
    return found


def _row(
    cells: dict[str, Cell], other: dict[str, str], place: str, state: _State, joined: bool
) -> Row:
    flags = ["lines_joined"] if joined else []
    category, begins = _category(cells["category"].text), False
    if not category or cells["category"].above:
        category = state.category
        flags.append("category_from_above" if category else "category_missing")
    else:
        begins = category != state.category
        state.category = category
    serial = cells["serial"].text or ("" if begins else state.serial)
    state.serial = serial
    content = cells["content"].text
    if cells["content"].above or not content:
        content = content or state.content
        flags.append("content_from_above" if content else "content_missing")
    state.content = content
    leads, supports = _bodies(cells, state, begins, flags)
    if not cells["progress"].text:
        flags.append("progress_missing")
    elif cells["progress"].above:
        flags.append("progress_shared")
    return Row(
        number=len(state.rows) + 1,
        where=place,
        content=content,
        progress=cells["progress"].text,
        serial=serial,
        category=category,
        leads=leads,
        supports=supports,
        leader=" ".join(cells["leader"].text.split()),
        deadline=cells["deadline"].text,
        problems=cells["problems"].text,
        next_steps=cells["next_steps"].text,
        claimed=cells["claimed"].text,
        other=other,
        flags=tuple(flags),
    )


def _bodies(
    cells: dict[str, Cell], state: _State, begins: bool, flags: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Leads and supporting bodies. A blank lead is that of the row above in the same category; a
    merged one wherever it reaches."""
    cell = cells["leads"]
    text = cell.text
    if not text and not begins:
        text = state.leads
    if text and (cell.above or not cell.text):
        flags.append("leads_from_above")
    state.leads = text
    leads, others = _split(text)
    supports = tuple(dict.fromkeys((*_split(cells["supports"].text)[0], *others)))
    if not leads:
        flags.append("leads_missing")
    elif len(leads) > 1 or others or "\n" in text:
        flags.append("leads_split")
    return leads, supports


def _split(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The bodies named in a cell; those marked 配合 apart. 区城乡改造和 ⏎ 编研中心 is one, because
    no body's name ends with 和; 区 教 育 局 is one as well. Nothing is parted inside brackets."""
    whole = _BRACKETS.sub(lambda found: _BETWEEN.sub("\0", found[0]), text)
    names: list[str] = []
    mark = "、"
    for at, part in enumerate(_BETWEEN.split(whole)):
        if at % 2:
            mark = part
        elif names and mark.isspace() and part and _is_one_name(names[-1], part, mark):
            latin = names[-1][-1].isascii() and part[0].isascii()
            names[-1] += f" {part}" if latin else part
        elif part:
            names.append(part)
    leads: dict[str, None] = {}
    supports: dict[str, None] = {}
    into = leads
    for name in names:
        if _SUPPORT_MARK.match(name):
            into = supports
        elif _LEAD_MARK.match(name):
            into = leads
        bare = _LEAD_MARK.sub("", _SUPPORT_MARK.sub("", name)).replace("\0", " ").strip(_AROUND)
        if bare:
            into[bare] = None
    return tuple(leads), tuple(supports)


def _is_one_name(before: str, after: str, mark: str) -> bool:
    if before[-1].isascii() and after[0].isascii() and before[-1].isalnum():
        return True
    if len(after) == 1 or len(before) == 1:
        return True
    return "\n" in mark and not before.endswith(say.BODY_ENDS)


def _category(text: str) -> str:
    """Without list mark and without the blanks and line breaks that fit a name into its cell."""
    return _INNER_BLANK.sub("", " ".join(_LIST_MARK.sub("", text.strip()).split()))


def _with_duplicates(rows: Sequence[Row]) -> list[Row]:
    counts = Counter(fold(row.content) for row in rows)
    return [
        replace(row, flags=(*row.flags, "duplicate_content"))
        if row.content and counts[fold(row.content)] > 1
        else row
        for row in rows
    ]


def _column_notes(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[str]:
    by_role = {each.role: each.heading for each in columns if each.role}
    for each in columns:
        if each.role is not None:
            continue
        role = role_of(each.heading)
        if role in by_role:
            yield say.NOTE_SECOND.format(
                heading=each.heading, role=say.ROLE[role], first=by_role[role]
            )
        else:
            yield say.NOTE_UNKNOWN.format(heading=each.heading)
    named = by_role.get("category", "")
    if role_of(named) == "name" and 3 < len(rows) == len({row.category for row in rows}):
        yield say.NOTE_NAMES.format(heading=named)
