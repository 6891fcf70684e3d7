"""The slides that list: what lags, the board, each category's projects, the findings.

Tables are native, and beside a row stands its bar; a list that is longer than a slide goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from minsheng import labels, printed, theme
from minsheng.export.powerpoint import charts as deck_charts
from minsheng.export.powerpoint import fitting
from minsheng.export.powerpoint.charts import Native, Series
from minsheng.export.powerpoint.deck import (
    GREY,
    INK,
    LEADING,
    Cell,
    Column,
    Deck,
    Words,
    heights,
    table,
)
from minsheng.export.powerpoint.template import BODY, Box
from minsheng.labels import slides as words
from minsheng.measuring import drawn
from minsheng.measuring.drawn import Bar
from minsheng.measuring.explanation import explain
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, MeasuredIndicator, MeasuredProject, Standing
from minsheng.printed import rounded

HEAD = 0.45
AXIS = 0.4
PER_BOARD = 8
PER_CATEGORY = 6
RULE_HEIGHT = 0.72


def evidence(shot: Snapshot, project: str) -> Iterator[str]:
    """A project's figures with the formulas and the sentences that they came from."""
    row, report = shot.rows[project], shot.report(project)
    yield f"{project} {row.content}（{labels.joined(row.leads)}）"
    yield words.facts(row)
    for step in explain(shot, project):
        quotes = labels.quoted(quote for each in step.inputs for quote in each.quotes)
        yield f"{step.name}：{step.formula}{' ' if quotes else ''}{quotes}"
    yield f"{words.TEXT}：{report.text if report else words.NO_TEXT}"
    yield ""


LAGGING = [
    Column(labels.COLUMN["id"], 1.55),
    Column(labels.COLUMN["project"], 3.3),
    Column(words.WHO, 2.0),
    Column(words.HOW_FAR, 1.95),
    Column(words.WHY, BODY.w - 8.8),
]


def lagging(deck: Deck, shot: Snapshot) -> None:
    late = shot.lagging
    if not late:
        deck.slide(labels.NO_LAGGING, [labels.limits(shot.dataset.thresholds)])
        return
    rows = [_lagging_row(shot, key) for key in late]
    high = [max(each, 1.0) for each in heights(LAGGING, rows)]
    title = words.lagging({key: shot.rows[key].variance or 0.0 for key in late})
    pages = list(fitting.pages(high, BODY.h - HEAD))
    for at, page in enumerate(pages, start=1):
        notes = [line for key in late[page] for line in evidence(shot, key)]
        slide = deck.slide(words.paged(title, at, len(pages)), notes)
        alt = words.table_alt(words.WHO_IS_BEHIND, len(late[page]))
        table(slide, (BODY.x, BODY.y), LAGGING, rows[page], high[page], HEAD, alt)


def _lagging_row(shot: Snapshot, key: str) -> tuple[Cell, ...]:
    row = shot.rows[key]
    share, behind = words.behind_by(row).split("\n")
    return (
        Cell((Words(key, 18, bold=True), _lit(row.light))),
        Cell((Words(row.content, 18, most=3),)),
        Cell((Words(labels.joined(row.leads), most=3),)),
        Cell((Words(share, 18, bold=True), Words(behind))),
        Cell((Words(labels.reason(shot.weakest(key)), most=4),)),
    )


def _lit(light: Light) -> Words:
    return Words(labels.light(light), 16, theme.LIGHT[light], True)


BOARD = [
    Column(words.RANK_OF, 1.75),
    Column(labels.COLUMN["department"], 2.55),
    Column("", 0.9),
    Column(labels.COLUMN["projects"], 0.85, "r"),
    Column(labels.COLUMN["finished"], 0.85, "r"),
    Column(labels.COLUMN["behind"], 0.7, "r"),
    Column(labels.CLAIMED, 1.05, "r"),
    Column(labels.COUNTED, 1.15, "r"),
]


def board(deck: Deck, shot: Snapshot) -> None:
    rows = shot.departments
    names = list(rows)
    shares = [(name, row.completion) for name, row in rows.items()]
    title = words.groups(labels.COLUMN["department"], shares, shot.elapsed)
    pages = list(fitting.even(len(rows), PER_BOARD))
    for at, page in enumerate(pages, start=1):
        shown = [(name, rows[name]) for name in names[page]]
        joint = labels.JOINT.format(
            projects=len(shot.rows), credits=sum(each.projects for each in rows.values())
        )
        notes = [
            *(words.department_note(row) for _, row in shown),
            joint,
            labels.RANK_NOTE,
        ]
        slide = deck.slide(words.paged(title, at, len(pages)), notes)
        _beside(
            deck,
            slide,
            BOARD,
            [_board_row(name, row) for name, row in shown],
            [name for name, _ in shown],
            [
                Series(labels.COUNTED, [rounded(r.completion) for _, r in shown], theme.DONE),
                Series(
                    labels.ELAPSED, [rounded(shot.elapsed)] * len(shown), theme.LINE, "outlined"
                ),
            ],
            PER_BOARD,
            labels.alt_of_groups(shares[page], shot.elapsed),
        )


def _board_row(name: str, row: Standing) -> tuple[Cell, ...]:
    standing = printed.rank(row.rank)
    spread = printed.rank_range(row.best_rank, row.worst_rank)
    firm = standing if spread == standing else f"{standing}（{spread}）"
    late = theme.LIGHT[Light.FAR_BEHIND] if row.behind else GREY
    return (
        Cell((Words(firm),)),
        Cell((Words(name, 16, bold=True, most=2),)),
        Cell((Words(labels.FEW if row.few else "", 14, GREY),)),
        Cell((Words(printed.number(row.projects)),), "r"),
        Cell((Words(printed.number(row.finished)),), "r"),
        Cell((Words(printed.number(row.behind), 16, late, bool(row.behind)),), "r"),
        Cell((Words(printed.percent(row.claimed)),), "r"),
        Cell((Words(_share(row.completion), 16, bold=True),), "r"),
    )


def _beside(
    deck: Deck,
    slide: Any,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    categories: Sequence[str],
    series: Sequence[Series],
    most: int,
    alt: str,
) -> None:
    """A table, and beside each of its rows the row's bar."""
    height = _height(len(rows), most)
    wide = sum(column.width for column in columns)
    about = words.table_alt(deck.cover.scope, len(rows))
    table(slide, (BODY.x, BODY.y), columns, rows, [height] * len(rows), HEAD, about)
    box = Box(BODY.x + wide, BODY.y, BODY.w - wide, HEAD + height * len(rows) + AXIS)
    plot = Box(0.2, HEAD, box.w - 0.45, height * len(rows))
    deck_charts.bars(
        slide, Native(box, plot, alt, deck.cover.created), categories, series, names=False
    )


def _height(rows: int, most: int) -> float:
    """Few rows are higher, so that they fill the slide; never so high that they fall apart."""
    return min((BODY.h - HEAD - AXIS) / min(max(rows, 3), most), 1.3)


CATEGORY = [
    Column(labels.COLUMN["light"], 1.7),
    Column(labels.COLUMN["project"], 3.0),
    Column(words.DONE_OF, 2.9),
    Column(labels.COLUMN["completion"], 1.35, "r"),
]


def category(deck: Deck, shot: Snapshot, number: str) -> None:
    group = shot.categories[number]
    members = {k: row for k, row in shot.rows.items() if row.category_number == number}
    rows: list[tuple[str, MeasuredIndicator | None]] = [
        (key, part) for key in members for part in (*shot.parts[key], *_none(shot, key))
    ]
    counts = {light: sum(r.light == light for r in members.values()) for light in Light}
    title = words.category(group.name, counts, group.completion, shot.elapsed)
    pages = list(fitting.even(len(rows), PER_CATEGORY))
    for at, page in enumerate(pages, start=1):
        shown = rows[page]
        keys = dict.fromkeys(key for key, _ in shown)
        notes = [line for key in keys for line in evidence(shot, key)]
        slide = deck.slide(words.paged(title, at, len(pages)), notes)
        labelled = [
            (key, f"{part.name} {words.done_of(part)}", labels.shown(part))
            if part
            else (key, labels.NO_INDICATOR, labels.UNKNOWN)
            for key, part in shown
        ]
        _beside(
            deck,
            slide,
            CATEGORY,
            _category_rows(shot, shown),
            [f"{key} {label}" for key, label, _ in labelled],
            _progress(shot, shown),
            PER_CATEGORY,
            words.indicators_alt(labelled),
        )


def _none(shot: Snapshot, project: str) -> tuple[None, ...]:
    """A project without indicators keeps a row that says so."""
    return () if shot.parts[project] else (None,)


def _category_rows(
    shot: Snapshot, shown: Sequence[tuple[str, MeasuredIndicator | None]]
) -> list[tuple[Cell, ...]]:
    keys = [key for key, _ in shown]
    size = 20 if len(shown) <= 3 else 16
    high = _height(len(shown), PER_CATEGORY)
    rows: list[tuple[Cell, ...]] = []
    for place, (key, part) in enumerate(shown):
        row, span = shot.rows[key], keys.count(key)
        fits = int((high * span - 0.1) * 72 / (size * LEADING))
        about = (
            (
                Cell((Words(key, size + 2, bold=True), _lit(row.light)), span=span),
                Cell((Words(row.content, size, most=fits),), span=span),
            )
            if place == keys.index(key)
            else (Cell(), Cell())
        )
        counted = Words(_counted(part), max(size, 18), bold=True)
        figures = _figures(row, part, len(shot.parts[key]), size)
        rows.append((*about, figures, Cell((counted,), "r")))
    return rows


def _figures(row: MeasuredProject, part: MeasuredIndicator | None, parts: int, size: int) -> Cell:
    if part is None:
        return Cell((Words(labels.NO_INDICATOR, size, GREY),))
    weakest = parts > 1 and part.name == row.weakest_name and (row.weakest or 0.0) < 1
    colour = theme.LIGHT[Light.FAR_BEHIND] if weakest else GREY
    return Cell(
        (
            _whole(words.about(part, weakest), size, colour, weakest),
            _whole(words.done_of(part), size),
        )
    )


def _whole(text: str, size: int, colour: str = INK, bold: bool = False) -> Words:
    """Smaller type, and at last a second line, rather than a figure or its unit cut off."""
    return Words(text, fitting.size(text, CATEGORY[2].points, 1, size, 10), colour, bold, most=2)


def _counted(part: MeasuredIndicator | None) -> str:
    """What the bar beside it shows."""
    if part is None:
        return labels.UNKNOWN
    return _share(drawn.bar(part, None).over or part.completion)


def _share(share: float | None) -> str:
    return labels.UNKNOWN if share is None else printed.percent(share)


def _progress(
    shot: Snapshot, shown: Sequence[tuple[str, MeasuredIndicator | None]]
) -> list[Series]:
    """Counted, said only, and what should be: the bars of the app's own chart of indicators."""
    bars = [
        drawn.bar(part, shot.rows[key].expected) if part else Bar(due=shot.rows[key].expected)
        for key, part in shown
    ]
    counted = [rounded(bar.solid) for bar in bars]
    said = [rounded(bar.hatched) for bar in bars]
    due = [rounded(bar.due) for bar in bars]
    series = [Series(labels.COUNTED, counted, theme.DONE)]
    if any(value is not None for value in said):
        series.append(Series(labels.CLAIMED_ONLY, said, theme.DONE, "hatched"))
    return [*series, Series(words.DUE, due, theme.LINE, "outlined")]


FINDINGS = [
    Column(labels.COLUMN["project"], 3.4),
    Column(words.WHO, 1.9),
    Column(words.WHAT, 3.7),
    Column(words.WORDS, BODY.w - 9.0),
]


def findings(deck: Deck, shot: Snapshot) -> None:
    found = shot.findings
    title = labels.found(len(found), len({each.project for each in found}))
    if not found:
        deck.slide(labels.NO_FINDINGS, [])
        return
    rows = [_finding_row(shot, each) for each in found]
    high = heights(FINDINGS, rows)
    begins = [at == 0 or found[at - 1].code != each.code for at, each in enumerate(found)]
    pages = list(_rule_pages(high, begins))
    for at, page in enumerate(pages, start=1):
        cells: list[tuple[Cell, ...]] = []
        sizes: list[float] = []
        for place in range(page.start, page.stop):
            if begins[place] or place == page.start:
                cells.append(_rule(found[place], found))
                sizes.append(RULE_HEIGHT)
            cells.append(rows[place])
            sizes.append(high[place])
        notes = [line for each in found[page] for line in _finding_notes(shot, each)]
        slide = deck.slide(words.paged(title, at, len(pages)), notes)
        alt = words.table_alt(labels.Q_FINDINGS, page.stop - page.start)
        table(slide, (BODY.x, BODY.y), FINDINGS, cells, sizes, HEAD, alt)


def _rule_pages(high: Sequence[float], begins: Sequence[bool]) -> Iterator[slice]:
    """A rule's heading stands before its first finding, and again on each page that goes on."""
    first, used = 0, 0.0
    for place, (height, begin) in enumerate(zip(high, begins, strict=True)):
        needed = height + (RULE_HEIGHT if begin or place == first else 0)
        if place > first and used + needed > BODY.h - HEAD:
            yield slice(first, place)
            first, used, needed = place, 0.0, height + RULE_HEIGHT
        used += needed
    yield slice(first, len(high))


def _rule(first: Finding, found: Sequence[Finding]) -> tuple[Cell, ...]:
    rule = labels.RULES[first.code]
    count = sum(each.code == first.code for each in found)
    title = words.finding_rule(rule.title, labels.SEVERITY[first.severity], count)
    about = (Words(title, 18, bold=True), Words(rule.why, 14, GREY, most=1))
    return (Cell(about, across=len(FINDINGS), shaded=True), *[Cell()] * (len(FINDINGS) - 1))


def _finding_row(shot: Snapshot, found: Finding) -> tuple[Cell, ...]:
    row = shot.rows[found.project]
    return (
        Cell((Words(f"{found.project} {row.content}", most=3),)),
        Cell((Words(labels.joined(row.leads), most=3),)),
        Cell((Words(found.message, most=4),)),
        Cell((Words(labels.quoted(found.quotes), 16, GREY, most=4),)),
    )


def _finding_notes(shot: Snapshot, found: Finding) -> Iterator[str]:
    rule = labels.RULES[found.code]
    row = shot.rows[found.project]
    yield f"{rule.title}：{found.project} {row.content}（{labels.joined(row.leads)}）"
    yield f"{found.message}{labels.quoted(found.quotes)}"
    yield rule.why
    yield ""
