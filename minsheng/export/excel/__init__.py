"""Snapshot → Excel: the table as it is printed, with what it comes to and why.

Shares are stored as they are printed (`printed.rounded`); sheet 指标 has the exact counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from minsheng import labels, printed
from minsheng.export import cover
from minsheng.export.excel import charts as excel_charts
from minsheng.export.excel.sheet import Book, Column, Table, Value
from minsheng.export.tables import as_printed
from minsheng.labels import exports
from minsheng.labels.exports import SHEETS
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light
from minsheng.printed import percent

_BAR = "#a9cbe5"
_CLAIMED_BAR = "#dfb8cf"


def build(shot: Snapshot) -> bytes:
    book = Book(cover.of(shot))
    book.add(_progress(shot, book.cover))
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
    headline = labels.headline(shot.completion, shot.claimed, shot.elapsed, shot.lights)
    return Table(
        SHEETS["progress"],
        made.title,
        [_subtitle(made), headline],
        [
            Column(exports.PRINTED["category_number"], 6, "middle"),
            Column(exports.PRINTED["category"], 11, "middle"),
            Column(exports.PRINTED["content"], 39),
            Column(exports.PRINTED["leads"], 19, "middle"),
            Column(exports.PRINTED["text"], 62),
            Column(labels.COUNTED, 10, "share", _BAR),
            Column(exports.MEASURED["claimed"], 10, "share", _CLAIMED_BAR),
            Column(exports.MEASURED["light"], 12, "light"),
        ],
        rows,
        merged={0: alike, 1: alike, 3: one_lead},
        together=alike,
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


def _categories(book: Book, shot: Snapshot) -> None:
    elapsed = shot.elapsed
    rows = [
        [
            int(number),
            row.name,
            row.projects,
            row.known,
            row.completion,
            row.claimed,
            elapsed,
            *(row.lights[light] for light in Light),
        ]
        for number, row in shot.categories.items()
    ]
    table = Table(
        SHEETS["categories"],
        labels.Q_CATEGORIES,
        [_subtitle(book.cover)],
        [
            Column(exports.PRINTED["category_number"], 7, "middle"),
            Column(labels.COLUMN["category"], 16),
            Column(labels.COLUMN["projects"], 10, "count"),
            Column(exports.KNOWN, 12, "count"),
            Column(exports.MEASURED["completion"], 14, "share", _BAR),
            Column(exports.MEASURED["claimed"], 12, "share", _CLAIMED_BAR),
            Column(labels.ELAPSED, 12, "share"),
            *(Column(labels.light(light), 12, "count") for light in Light),
        ],
        rows,
    )
    sheet = book.add(table)
    if rows:
        chart = excel_charts.compared(book, table, "column", name=1, completion=4, claimed=5)
        chart.combine(excel_charts.line(book, table, name=1, values=6))
        groups = [(row.name, row.completion) for row in shot.categories.values()]
        alt = labels.alt_of_groups(groups, elapsed)
        excel_charts.under(book, sheet, table, chart, alt)


def _departments(book: Book, shot: Snapshot) -> None:
    rows = [
        [
            row.rank,
            name,
            row.projects,
            row.known,
            row.finished,
            row.behind,
            row.completion,
            row.claimed,
            printed.rank_range(row.best_rank, row.worst_rank),
            labels.FEW if row.few else "",
        ]
        for name, row in shot.departments.items()
    ]
    joint = labels.JOINT.format(
        projects=len(shot.rows),
        credits=sum(each.projects for each in shot.departments.values()),
    )
    table = Table(
        SHEETS["departments"],
        labels.Q_BOARD,
        [_subtitle(book.cover), f"{joint}{labels.RANK_NOTE}"],
        [
            Column(labels.COLUMN["rank"], 8, "count"),
            Column(labels.COLUMN["department"], 30),
            Column(labels.COLUMN["projects"], 10, "count"),
            Column(exports.KNOWN, 12, "count"),
            Column(labels.COLUMN["finished"], 10, "count"),
            Column(labels.COLUMN["behind"], 10, "count"),
            Column(exports.MEASURED["completion"], 14, "share", _BAR),
            Column(exports.MEASURED["claimed"], 12, "share", _CLAIMED_BAR),
            Column(labels.COLUMN["rank_range"], 12, "middle"),
            Column(exports.NOTE, 10, "middle"),
        ],
        rows,
    )
    sheet = book.add(table)
    if rows:
        chart = excel_charts.compared(book, table, "bar", name=1, completion=6, claimed=7)
        groups = [(name, row.completion) for name, row in shot.departments.items()]
        alt = labels.alt_of_groups(groups, shot.elapsed)
        excel_charts.beside(book, sheet, table, chart, alt)


def _indicators(shot: Snapshot, made: cover.Cover) -> Table:
    rows = [
        [
            project,
            row.category,
            "\n".join(row.leads),
            part.name,
            part.counts,
            part.unit,
            part.target,
            part.done,
            part.counted,
            part.completion,
            exports.basis(part),
            part.claimed,
            part.underway,
            exports.stages(part.stages),
            labels.quoted(part.quotes),
            exports.remarks(part),
        ]
        for project, row in shot.rows.items()
        for part in shot.parts[project]
    ]
    return Table(
        SHEETS["indicators"],
        labels.Q_FIGURES,
        [_subtitle(made)],
        [
            Column(labels.COLUMN["id"], 7, "middle"),
            Column(labels.COLUMN["category"], 10, "middle"),
            Column(labels.COLUMN["leads"], 19, "middle"),
            Column(labels.COLUMN["indicator"], 15),
            Column(exports.CSV["counts"], 11, "middle"),
            Column(exports.CSV["unit"], 8, "middle"),
            Column(labels.COLUMN["target"], 10, "count"),
            Column(labels.COLUMN["done"], 10, "count"),
            Column(exports.CSV["counted"], 12, "share"),
            Column(exports.MEASURED["completion"], 12, "share", _BAR),
            Column(labels.COLUMN["basis"], 12, "middle"),
            Column(exports.MEASURED["claimed"], 10, "share", _CLAIMED_BAR),
            Column(labels.COLUMN["underway"], 10, "count"),
            Column(exports.CSV["stages"], 24),
            Column(exports.CSV["quotes"], 32),
            Column(exports.NOTE, 20),
        ],
        rows,
        frozen=4,
    )


def _findings(shot: Snapshot, made: cover.Cover) -> Table:
    rows = [
        [
            labels.SEVERITY[each.severity],
            labels.RULES[each.code].title,
            each.project,
            shot.rows[each.project].content,
            each.indicator or "",
            "\n".join(shot.rows[each.project].leads),
            each.message,
            labels.quoted(each.quotes),
            labels.RULES[each.code].why,
        ]
        for each in shot.findings
    ]
    return Table(
        SHEETS["findings"],
        labels.Q_FINDINGS,
        [_subtitle(made), labels.found(len(rows), len({f.project for f in shot.findings}))],
        [
            Column(labels.SEVERITY_FIELD, 8, "middle"),
            Column(labels.RULE_FIELD, 16),
            Column(labels.COLUMN["id"], 7, "middle"),
            Column(exports.PROMISE, 26),
            Column(labels.COLUMN["indicator"], 13),
            Column(labels.COLUMN["leads"], 19, "middle"),
            Column(exports.MESSAGE, 38),
            Column(exports.CSV["quotes"], 34),
            Column(exports.WHY, 34),
        ],
        rows,
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
            Column(labels.COLUMN["id"], 7, "middle"),
            Column(exports.PROMISE, 36),
            Column(labels.COLUMN["leads"], 19, "middle"),
            *(
                column
                for each in past
                for column in (
                    Column(exports.at(each.period.label, "completion"), 14, "share", _BAR),
                    Column(exports.at(each.period.label, "light"), 13, "light"),
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
