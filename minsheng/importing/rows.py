"""The tables of a file to rows, and what holds of all rows together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minsheng.grammar import fold
from minsheng.importing import rest, words
from minsheng.importing.choosing import Chosen, choose
from minsheng.importing.columns import header_at, role_of, squeezed
from minsheng.importing.reader import Reader
from minsheng.importing.tables import Aside, Cell, Column, Row, Sheets, Source, Wanted
from minsheng.labels import importing as say
from minsheng.model import Refused

_REMARK = re.compile(words.REMARK)
_SIGNATURE = re.compile(words.SIGNATURE)
_ITEM = re.compile(r"第\s*(\d{1,3})\s*项")
_BLANKS = re.compile(r"\S(?: {2,}|\t|\u3000+)\S")
_PROSE_LEADS = re.compile(words.PROSE_LEADS)


def source(sheets: Sheets, wanted: Wanted) -> Source:
    """The rows of the progress table, in the order of the file.

    Raises:
        Refused: there is no table, none has a heading, or no row stands below it; or there is none
            such as is wanted.
    """
    sheets, lines = rest.parted(sheets)
    chosen = choose(sheets, wanted.table)
    if not chosen.parts:
        raise Refused(_no_table(sheets))
    reader = Reader(chosen)
    for part in chosen.parts:
        reader.take(part)
    if not reader.made.rows:
        raise Refused(say.FAULT["no_rows"])
    notes = [*chosen.notes, *sheets.notes, *reader.notes]
    notes += [say.aside_note(each.kind, each.place, each.text) for each in _asides(sheets, chosen)]
    rows = _with_remarks(_without_copies(reader.made.rows, notes), sheets.below, notes)
    rows = rest.joined(_with_duplicates(rows), lines, notes)
    rows = _asked_once(rows, notes)
    columns = tuple(reader.columns)
    made = Source(
        tuple(replace(row, number=number) for number, row in enumerate(rows, 1)),
        columns,
        chosen.above,
        (*_column_notes(columns), *notes),
        reader.when or chosen.when,
        chosen.tables,
        tuple(sorted({told.when.month for row in rows for told in row.earlier}, reverse=True)),
    )
    return _of_month(made, wanted.month) if wanted.month else made


def _of_month(made: Source, month: int) -> Source:
    """With what the columns of an earlier month say. What other columns count or call the state is
    of the newest month: it is left out."""
    if month not in made.months:
        raise Refused(say.no_such_month(month, made.months))
    rows = []
    when = made.when
    for row in made.rows:
        told = next((each for each in row.earlier if each.when.month == month), None)
        when = told.when if told else when
        rows.append(
            replace(
                row,
                progress=told.text if told else "",
                claimed="",
                done="",
                this_period="",
                by_place={},
                verdict="",
                paid=None,
                earlier=tuple(each for each in row.earlier if each.when.month < month),
            )
        )
    note = say.MONTH_BY_PERSON.format(month=month)
    return replace(made, rows=tuple(rows), notes=(note, *made.notes), when=when, chosen=when)


def _asides(sheets: Sheets, chosen: Chosen) -> Iterator[Aside]:
    yield from sheets.asides
    for table in dict.fromkeys(id(part.table) for part in chosen.parts):
        yield from next(p.table.asides for p in chosen.parts if id(p.table) == table)


def _no_table(sheets: Sheets) -> str:
    """What the file is, as far as one can see, and what can be done."""
    lines = [line for line in sheets.above if line.strip()]
    if not sheets.tables:
        if sheets.pictures and len(lines) < 10:
            return say.FAULT["picture"]
        blanks = [line for line in lines if _BLANKS.search(line.strip())]
        if any(
            header_at([[Cell(c) for c in re.split(r"\s{2,}|\t", x.strip())]], 0) for x in blanks
        ):
            return say.FAULT["blanks"]
        if sum(bool(_PROSE_LEADS.search(line)) for line in lines) > 1:
            return say.FAULT["list"]
        if not any("\t" in line or "|" in line for line in lines):
            return say.FAULT["no_table"]
    return say.FAULT["no_header"].format(**say.headings_looked_for())


def _without_copies(rows: Sequence[Row], notes: list[str]) -> list[Row]:
    """A sheet of a department that repeats the summary's rows says nothing new."""
    seen: dict[tuple[object, ...], Row] = {}
    kept = []
    for row in rows:
        key = (squeezed(row.content), squeezed(row.progress), row.leads, row.done, row.claimed)
        first = seen.get(key)
        if first and _table(first) != _table(row) and row.content:
            notes.append(say.copied(row.where, row.content, first.where))
            continue
        seen.setdefault(key, row)
        kept.append(row)
    return kept


def _table(row: Row) -> str:
    return re.sub(r"第\s*\d+\s*行$", "", row.where)


def _with_duplicates(rows: Sequence[Row]) -> list[Row]:
    counts = Counter(fold(row.content) for row in rows)
    return [
        replace(row, flags=(*row.flags, "duplicate_content"))
        if row.content and counts[fold(row.content)] > 1
        else row
        for row in rows
    ]


def _with_remarks(rows: Sequence[Row], below: Sequence[str], notes: list[str]) -> list[Row]:
    """What is said below the table of 第 3 项 stands at that row; the rest in the notes."""
    made = list(rows)
    for text in below:
        if _SIGNATURE.match(text) or (_REMARK.match(text) and not _ITEM.search(text)):
            notes.append(say.note_remark(say.BELOW, text))
            continue
        notes.append(say.note_below(text))
        for number in _ITEM.findall(text):
            for at, row in enumerate(made):
                if number in (row.printed, row.serial):
                    known = dict(row.other)
                    before = known.get(say.BELOW)
                    known[say.BELOW] = f"{before}\n{text}" if before else text
                    flags = tuple(dict.fromkeys((*row.flags, "remark_below")))
                    made[at] = replace(row, other=known, flags=flags)
    return made


def _asked_once(rows: Sequence[Row], notes: list[str]) -> list[Row]:
    """A table that has no categories at all asks once for them, and not at each row."""
    if any(row.category for row in rows):
        return list(rows)
    notes.insert(0, say.NOTE_NO_CATEGORY)
    return [
        replace(row, flags=tuple(each for each in row.flags if each != "category_missing"))
        for row in rows
    ]


def _column_notes(columns: Sequence[Column]) -> Iterator[str]:
    by_role = {each.role: each.heading for each in columns if each.role}
    unknown = []
    for each in columns:
        if each.role is not None:
            continue
        role = role_of(each.heading)
        if role in by_role:
            yield say.second_column(each.heading, role, by_role[role])
        else:
            unknown.append(each.heading)
    if unknown:
        yield say.unknown_columns(unknown)
