"""Snapshot → Excel: the table as it is printed, with what it comes to and why.

Shares are stored as they are printed (`printed.rounded`); sheet 指标 has the exact counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from minsheng import labels
from minsheng.export import cover, rest
from minsheng.export.excel import charts as excel_charts
from minsheng.export.excel.sheet import Book, Column, Table
from minsheng.export.tables import as_printed
from minsheng.labels import columns, exports
from minsheng.labels import rest as rest_words
from minsheng.labels.exports import SHEETS
from minsheng.measuring import snapshot, tables
from minsheng.measuring.snapshot import Snapshot
from minsheng.measuring.tables import Kind, Value, Width, take
from minsheng.model import Light
from minsheng.printed import percent

_BAR = "#a9cbe5"
_CLAIMED_BAR = "#dfb8cf"


def build(shot: Snapshot) -> bytes:
    book = Book(cover.of(shot))
    book.add(_progress(shot, book.cover))
    if said := rest.lines(shot):
        book.add(_rest(said, book.cover))
    _categories(book, shot)
    _departments(book, shot)
    book.add(_indicators(shot, book.cover))
    book.add(_findings(shot, book.cover))
    past = _past(shot)
    if len(past) > 1:
        book.add(_history(past, book.cover))
    about = _about(shot, book.cover)
    book.printed(book.add(about), about, about.last, pages=1)
    return book.bytes()


def _subtitle(made: cover.Cover) -> str:
    return f"{made.dated} · {made.chosen}"


def _progress(shot: Snapshot, made: cover.Cover) -> Table:
    """The five columns as they are printed, then the three that were measured.

    Neither their headings nor those of the other sheets are ones that an import looks for: a 完成率
    would come back as what the department claims.
    """
    rows = [
        [
            int(row.category_number),
            row.category,
            row.content,
            "\n".join(row.leads),
            row.text,
            row.completion,
            row.claimed,
            row.light,
        ]
        for row in shot.rows.values()
    ]
    alike, one_lead = _printed_runs(shot)
    headline = labels.headline(shot.completion, shot.elapsed, shot.lights)
    return Table(
        SHEETS["progress"],
        made.title,
        [_subtitle(made), headline],
        [
            Column(exports.PRINTED["category_number"], 6, Kind.MIDDLE),
            Column(exports.PRINTED["category"], 11, Kind.MIDDLE),
            Column(exports.PRINTED["content"], 39),
            Column(exports.PRINTED["leads"], 19, Kind.MIDDLE),
            Column(exports.PRINTED["text"], 62),
            Column(labels.COUNTED, 10, Kind.SHARE, _BAR),
            Column(exports.MEASURED["claimed"], 10, Kind.SHARE, _CLAIMED_BAR),
            Column(exports.MEASURED["light"], 12, Kind.LIGHT),
        ],
        rows,
        merged={0: alike, 1: alike, 3: one_lead},
        together=alike,
        frozen=2,
    )


def _rest(lines: Sequence[rest.Line], made: cover.Cover) -> Table:
    """What the projects have beside the five columns, a line for each key."""
    return Table(
        SHEETS["rest"],
        rest_words.TITLE,
        [_subtitle(made)],
        [
            Column(head, width, kind)
            for head, width, kind in zip(
                rest_words.HEAD,
                (8, 39, 20, 62),
                (Kind.MIDDLE, Kind.TEXT, Kind.MIDDLE, Kind.TEXT),
                strict=True,
            )
        ],
        lines,
        frozen=2,
    )


Runs = list[tuple[int, int]]


def _printed_runs(shot: Snapshot) -> tuple[Runs, Runs]:
    """The rows that each category's cells reach over, and those that a lead's cell does."""
    alike: Runs = []
    one_lead: Runs = []
    for rows, is_one in as_printed(shot):
        first = alike[-1][1] + 1 if alike else 0
        alike.append((first, first + len(rows) - 1))
        if is_one:
            one_lead.append(alike[-1])
    return alike, one_lead


def _runs(rows: Sequence[Sequence[Value]]) -> Runs:
    """Runs of neighbours that are equal in the first column."""
    groups = [list(group) for _, group in groupby(range(len(rows)), lambda at: rows[at][0])]
    return [(group[0], group[-1]) for group in groups]


_WIDTHS = {
    Width.TINY: 8,
    Width.SMALL: 12,
    Width.NAME: 19,
    Width.WORDS: 26,
    Width.PROSE: 36,
}
_BARS = {"completion": _BAR, "claimed": _CLAIMED_BAR}


def laid_out(chosen: Sequence[tables.Column[Any]]) -> list[Column]:
    """The columns of a table of `measuring.tables` as those of a sheet."""
    return [
        Column(each.heading, _WIDTHS[each.width], each.kind, _BARS.get(each.key, ""))
        for each in chosen
    ]


def values(chosen: Sequence[tables.Column[Any]], rows: Iterable[Any]) -> list[list[Value]]:
    return [[column.value(row) for column in chosen] for row in rows]


def _categories(book: Book, shot: Snapshot) -> None:
    keys = ("number", "category", "projects", "known", "completion", "claimed")
    chosen = take(tables.CATEGORIES, *keys, *(f"light_{light}" for light in Light))
    rows = values(chosen, shot.categories.items())
    due = 6  # 序时进度 stands beside what it is compared with, for the chart's line
    table = Table(
        SHEETS["categories"],
        labels.Q_CATEGORIES,
        [_subtitle(book.cover)],
        [*laid_out(chosen[:due]), Column(labels.ELAPSED, 12, Kind.SHARE), *laid_out(chosen[due:])],
        [[*row[:due], shot.elapsed, *row[due:]] for row in rows],
    )
    sheet = book.add(table)
    if rows:
        chart = excel_charts.compared(book, table, "column", name=1, completion=4, claimed=5)
        chart.combine(excel_charts.line(book, table, name=1, values=6))
        groups = [(row.name, row.completion) for row in shot.categories.values()]
        alt = labels.alt_of_groups(groups, shot.elapsed)
        excel_charts.under(book, sheet, table, chart, alt)


def _departments(book: Book, shot: Snapshot) -> None:
    chosen = tuple(tables.DEPARTMENTS.values())
    rows = values(chosen, shot.departments.values())
    credits = sum(each.projects for each in shot.departments.values())
    joint = labels.JOINT.format(projects=len(shot.rows), credits=credits)
    table = Table(
        SHEETS["departments"],
        labels.Q_BOARD,
        [_subtitle(book.cover), f"{joint}{labels.RANK_NOTE}"],
        laid_out(chosen),
        rows,
    )
    sheet = book.add(table)
    if rows:
        chart = excel_charts.compared(book, table, "bar", name=1, completion=6, claimed=7)
        groups = [(name, row.completion) for name, row in shot.departments.items()]
        alt = labels.alt_of_groups(groups, shot.elapsed)
        excel_charts.beside(book, sheet, table, chart, alt)


def _indicators(shot: Snapshot, made: cover.Cover) -> Table:
    chosen = tuple(tables.INDICATORS.values())
    rows = [row for row in tables.parts(shot, shot.rows) if row.part]
    return Table(
        SHEETS["indicators"],
        labels.Q_FIGURES,
        [_subtitle(made)],
        laid_out(chosen),
        values(chosen, rows),
        frozen=4,
        said=frozenset(at for at, row in enumerate(rows) if row.bar.hatched is not None),
    )


def _findings(shot: Snapshot, made: cover.Cover) -> Table:
    chosen = tuple(tables.FINDINGS.values())
    rows = tables.found(shot)
    return Table(
        SHEETS["findings"],
        labels.Q_FINDINGS,
        [_subtitle(made), labels.found(len(rows), len({row.project.id for row in rows}))],
        laid_out(chosen),
        values(chosen, rows),
        frozen=3,
    )


def _past(shot: Snapshot) -> list[Snapshot]:
    """The same choice at every period up to the one that is exported."""
    periods = shot.dataset.periods[: shot.dataset.periods.index(shot.period)]
    measured = [
        snapshot.at(shot.dataset, each.id, shot.fingerprint, shot.filters) for each in periods
    ]
    return [*measured, shot]


def _history(past: Sequence[Snapshot], made: cover.Cover) -> Table:
    """A row for each project that is chosen now; another period may have chosen others by light."""
    now = past[-1]
    rows: list[list[Value]] = [
        ["", exports.MEAN, "", *_each(past, lambda shot: (shot.completion, None))],
        ["", labels.ELAPSED, "", *_each(past, lambda shot: (shot.elapsed, None))],
    ]
    for project, row in now.rows.items():
        then = [each.rows.get(project) for each in past]
        figures = [
            value
            for each in then
            for value in ((each.completion, each.light) if each else (None, None))
        ]
        rows.append([project, row.content, "\n".join(row.leads), *figures])
    return Table(
        SHEETS["history"],
        labels.Q_HISTORY,
        [_subtitle(made)],
        [
            Column(labels.COLUMN["id"], 7, Kind.MIDDLE),
            Column(columns.PROMISE, 36),
            Column(labels.COLUMN["leads"], 19, Kind.MIDDLE),
            *(
                column
                for each in past
                for column in (
                    Column(exports.at(each.period.label, "completion"), 14, Kind.SHARE, _BAR),
                    Column(exports.at(each.period.label, "light"), 13, Kind.LIGHT),
                )
            ),
        ],
        rows,
        frozen=3,
    )


def _each(past: Sequence[Snapshot], of: Any) -> Iterator[Value]:
    for shot in past:
        yield from of(shot)


def _about(shot: Snapshot, made: cover.Cover) -> Table:
    """What the file is, what the chosen projects come to, and by which rules."""
    facts = {
        **made.facts,
        exports.MEASURED["completion"]: percent(shot.completion),
        exports.MEASURED["claimed"]: percent(shot.claimed),
        exports.BASE: labels.counted_of(shot.known, len(shot.rows)),
        exports.MEASURED["light"]: labels.alt_of_lights(shot.lights),
    }
    rules = [*labels.RULES_TEXT, labels.RANK_NOTE, exports.SHARES_NOTE, exports.TEXT_NOTE]
    rows = [*facts.items(), *((labels.Q_RULES, words) for words in rules)]
    return Table(
        SHEETS["about"],
        SHEETS["about"],
        [_subtitle(made)],
        [Column(exports.ITEM, 26), Column(exports.CONTENT, 100)],
        rows,
        merged={0: _runs(rows)},
    )
