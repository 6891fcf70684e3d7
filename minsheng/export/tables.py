"""The tables of the documents, as blocks: the official one, and what was measured.

The five columns hold the dataset's words and nothing else, so that importing the table gives the
same projects back. Figures are printed as on the screen, unknown ones as a dash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from minsheng import labels, printed
from minsheng.export import rest as rest_of
from minsheng.export.blocks import Align, Cell, Column, Row, Table, printable
from minsheng.labels import bulletin, exports
from minsheng.labels import rest as rest_words
from minsheng.measuring import drawn, tables
from minsheng.measuring.leaderboard import worst_first
from minsheng.measuring.snapshot import Snapshot
from minsheng.measuring.tables import Kind, Width, take
from minsheng.model import MeasuredIndicator, MeasuredProject
from minsheng.printed import number, percent

# A table of so many rows stays on one page.
_FEW = 12


def official(shot: Snapshot) -> Table:
    """The five-column table as it is printed: 225 mm wide.

    A category's cells reach over its projects. A lead's cell does where the whole category has
    that one lead, as the printed table has it: two of three neighbours are printed twice.
    """
    widths = (12.0, 24.0, 62.0, 34.0, 93.0)
    aligns = (Align.CENTER, Align.CENTER, Align.LEFT, Align.CENTER, Align.LEFT)
    heads = zip(exports.PRINTED.values(), widths, aligns, strict=True)
    return Table(
        tuple(Column(*each) for each in heads),
        tuple(row for rows, one_lead in as_printed(shot) for row in _category_rows(rows, one_lead))
        or (_nothing(5),),
    )


def _category(row: MeasuredProject) -> tuple[str, str]:
    return row.category_number, row.category


def as_printed(shot: Snapshot) -> Iterator[tuple[list[MeasuredProject], bool]]:
    """The projects of each category, and whether the whole category has one lead cell."""
    for _, group in groupby(shot.rows.values(), key=_category):
        rows = list(group)
        yield rows, len({row.leads for row in rows}) == 1


def _category_rows(rows: list[MeasuredProject], one_lead: bool) -> Iterator[Row]:
    down = len(rows)
    for place, row in enumerate(rows):
        first = place == 0
        leads = "\n".join(row.leads)
        yield (
            _cell(row.category_number, down) if first else None,
            _cell(row.category, down) if first else None,
            _cell(row.content),
            (_cell(leads, down) if first else None) if one_lead else _cell(leads),
            _cell(row.text or ""),
        )


def rest(shot: Snapshot) -> Table | None:
    """What the projects have beside the five columns; None where they have nothing."""
    rows = tuple(tuple(_cell(text) for text in line) for line in rest_of.lines(shot))
    widths = (14.0, 66.0, 45.0, 100.0)
    aligns = (Align.CENTER, Align.LEFT, Align.CENTER, Align.LEFT)
    heads = zip(rest_words.HEAD, widths, aligns, strict=True)
    return Table(tuple(Column(*each) for each in heads), rows) if rows else None


def categories(shot: Snapshot) -> Table:
    keys = ("category", "projects", "known", "finished", "behind", "completion", "claimed")
    chosen = take(tables.CATEGORIES, *keys)
    rows = [(key, shot.categories[key]) for key in worst_first(shot.categories)]
    few = len(rows) <= _FEW
    return _drawn(shot, chosen, rows, bulletin.BAR_NOTE, few)


def lagging(shot: Snapshot) -> Table:
    """What is behind schedule, furthest back first: item, lead, figure, reason."""
    columns = (
        _column("id", 13),
        _column("content", 37, Align.LEFT),
        _column("department", 25),
        _column("figure", 20),
        _column("light", 28),
        _column("reason", 33, Align.LEFT),
    )
    return _table(columns, (_late(shot, key) for key in shot.lagging))


def _late(shot: Snapshot, key: str) -> tuple[Cell, ...]:
    row, report = shot.rows[key], shot.report(key)
    reason = [printed.unbroken(labels.reason(shot.weakest(key)))]
    if report and report.problems:
        reason.append(bulletin.SAID_PROBLEMS.format(words=report.problems))
    if report and report.next_steps:
        reason.append(bulletin.SAID_NEXT.format(words=report.next_steps))
    return (
        _cell(key),
        _cell(row.content),
        _cell("\n".join(row.leads)),
        _cell(bulletin.figure(row.completion, row.weakest)),
        _cell(f"{labels.light(row.light)}\n{printed.points(row.variance, unit=False)}"),
        _cell("\n".join(reason)),
    )


def departments(shot: Snapshot) -> Table:
    keys = ("rank", "department", "projects", "finished", "behind")
    chosen = take(tables.DEPARTMENTS, *keys, "completion", "claimed", "rank_range", "few")
    rows = [shot.departments[name] for name in worst_first(shot.departments)]
    return _drawn(shot, chosen, rows)


def findings(shot: Snapshot) -> Table:
    """Every finding with the words it is about, severest first."""
    chosen = take(tables.FINDINGS, "id", "leads", "rule", "severity", "message", "quotes")
    return _drawn(shot, chosen, tables.found(shot))


def measured(shot: Snapshot) -> Table:
    """Every indicator, and what its project comes to: 225 mm wide."""
    columns = (
        _column("id", 13),
        _column("indicator", 28),
        _column("target", 24),
        _column("done", 24),
        _column("counted", 28),
        _column("counts_as", 17),
        _column("basis", 17),
        _column("project_completion", 17),
        _column("weakest", 17),
        _column("claimed", 17),
        _column("delivery", 23),
    )
    rows = (row for key in shot.rows for row in _project(shot, key))
    return _table(columns, rows, bulletin.OVER_NOTE)


def _project(shot: Snapshot, key: str) -> Iterator[Row]:
    row, parts = shot.rows[key], shot.parts[key]
    down = max(len(parts), 1)
    first = [_cell(key, down)]
    last = [
        _cell(percent(row.completion), down),
        _cell(percent(row.weakest), down),
        _cell(percent(row.claimed), down),
        _cell(f"{labels.DELIVERY[row.delivery]}\n{labels.light(row.light)}", down),
    ]
    if not parts:
        basis = labels.BASIS[row.basis]
        dashes = [_cell(printed.DASH) for _ in range(4)]
        yield (*first, _cell(labels.NO_INDICATOR), *dashes, _cell(basis), *last)
    for place, part in enumerate(parts):
        own = _indicator(part, row)
        yield (*first, *own, *last) if place == 0 else (None, *own, None, None, None, None)


def _indicator(part: MeasuredIndicator, row: MeasuredProject) -> tuple[Cell, ...]:
    unit = part.unit
    done = printed.DASH if part.done is None else f"{number(part.done)} {unit}"
    return (
        _cell(part.name),
        _cell(f"{number(part.target)} {unit}"),
        _cell(done),
        Cell(percent(part.counted), bar=drawn.bar(part, row.expected), light=row.light),
        _cell(percent(part.completion)),
        _cell(labels.BASIS[part.basis] + (labels.LOWERED if part.lowered else "")),
    )


# Proportions of the type area, by how much room a column wants.
_WIDTHS = {Width.TINY: 13, Width.SMALL: 17, Width.NAME: 28, Width.WORDS: 40, Width.PROSE: 39}


def _drawn(
    shot: Snapshot,
    chosen: Sequence[tables.Column[Any]],
    rows: Iterable[Any],
    legend: str = "",
    whole: bool = False,
) -> Table:
    """A table that is said in `measuring.tables`, on paper."""
    columns = tuple(
        Column(
            each.heading,
            _WIDTHS[each.width],
            Align.LEFT if each.kind is Kind.TEXT and each.width is Width.PROSE else Align.CENTER,
        )
        for each in chosen
    )
    cells = (
        tuple(
            Cell(
                printable(column.text(row)),
                bar=column.bar(row, shot.elapsed) if column.bar and legend else None,
            )
            for column in chosen
        )
        for row in rows
    )
    return _table(columns, cells, legend, whole)


def _table(
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    legend: str = "",
    whole: bool = False,
) -> Table:
    return Table(columns, tuple(rows) or (_nothing(len(columns)),), legend, whole)


def _nothing(columns: int) -> tuple[Cell, ...]:
    """The only row of a table without rows."""
    return tuple(Cell(printed.DASH) for _ in range(columns))


def _column(name: str, width: float, align: Align = Align.CENTER) -> Column:
    return Column(bulletin.HEAD[name], width, align)


def _cell(text: str, down: int = 1) -> Cell:
    return Cell(printable(text), down)
