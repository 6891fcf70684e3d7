"""What a meeting goes through, slide by slide, as values: 汇报 and PowerPoint render the same ones.

A slide is 1920 by 1080. Its title is a finding at 60 px, what it shows is 40 px and never below 28;
what does not fit so goes on to the next slide, nothing is made smaller. Nothing is worked out here
that the snapshot does not say.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from minsheng import labels, printed
from minsheng.labels import agenda as words
from minsheng.labels import exports, room, trend
from minsheng.measuring import drawn, leaderboard, series
from minsheng.measuring.leaderboard import WORST_FIRST, worst_projects
from minsheng.measuring.series import Change, Turn
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.model import (
    Dataset,
    Light,
    MeasuredIndicator,
    MeasuredProject,
    Severity,
    Standing,
)
from minsheng.printed import number, percent, tenths

WIDTH, HEIGHT = 1760, 828  # pixels of 1920 × 1080 that a one-line title leaves
TITLE, BODY, SMALL, HEAD = 60, 40, 32, 44
LEADING, TITLE_LEADING = 1.3, 1.25
GROUP = 68  # the heading of a group
PAD = 16  # above and below the words of a row, together
GAP = 24  # between two columns
CODE = 80  # what a QR code beside the title takes away
NARROW, SPACE = "\u2009", "\u2002"  # after the shape of a light, between one and the next
MOST = 3  # lines of one thing said, before it ends in …

Tone = Literal["ink", "quiet", "alert", "claim"] | Light | Severity


@dataclass(frozen=True)
class Run:
    """Words of one look. `project` makes them the way to its evidence."""

    text: str
    tone: Tone = "ink"
    strong: bool = False
    project: str = ""


@dataclass(frozen=True)
class Line:
    runs: tuple[Run, ...]
    small: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def size(self) -> int:
        return SMALL if self.small else BODY


@dataclass(frozen=True)
class Drawn:
    """A bar in its light's hue; a mean has no light and takes slate. `pale` stands beside the
    weakest indicator of its project."""

    bar: drawn.Bar
    light: Light | None = None
    pale: bool = False


@dataclass(frozen=True)
class Cell:
    lines: tuple[Line, ...] = ()
    bar: Drawn | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Column:
    """`width` is in pixels of 1920."""

    head: str
    width: int
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Row:
    """`group` is the heading it stands under, said again where a slide begins within it."""

    cells: tuple[Cell, ...]
    project: str = ""
    group: Line | None = None


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @cached_property
    def barred(self) -> int | None:
        """The place of the column of bars. Rows that have one are alike high, so that one chart
        stands beside them."""
        places = (at for row in self.rows for at, cell in enumerate(row.cells) if cell.bar)
        return next(places, None)

    def height(self, row: Row) -> float:
        """In pixels, without its heading: what its words need."""
        return PAD + max(
            sum(
                room.lines(line.text, line.size, column.width - GAP) * line.size * LEADING
                for line in cell.lines
            )
            for column, cell in zip(self.columns, row.cells, strict=True)
        )


@dataclass(frozen=True)
class Plan:
    """The whole plan as one bar, and its lights, worst first."""

    bar: drawn.Bar
    completion: float | None
    claimed: float | None
    lights: tuple[tuple[Light, int], ...]


@dataclass(frozen=True)
class Slide:
    """`part` is the point of the agenda it belongs to; `page` and `query` show the same at leisure.

    The title is `title` and, in the ink of a warning, `alert`. `about` are the projects whose
    evidence a speaker wants at hand; `notes` is what else is said, not shown.
    """

    part: str
    title: str
    alert: str = ""
    lines: tuple[str, ...] = ()
    plan: Plan | None = None
    table: Table | None = None
    foot: str = ""
    page: str = "overview"
    query: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    at: int = 1
    of: int = 1

    @property
    def heading(self) -> str:
        return words.paged(f"{self.title}{self.alert}", self.at, self.of)


def whole(
    shot: Snapshot, parts: Sequence[str] = (), categories: Sequence[str] = ()
) -> tuple[Slide, ...]:
    """Every point of the agenda; only these, and of the single categories only these, where some
    are named. A point that has nothing to say is left out."""
    makers = {
        "cover": _cover,
        "plan": _plan,
        "lagging": _lagging,
        "departments": _departments,
        "categories": _categories,
        "category": lambda each: _each_category(each, categories),
        "findings": _findings,
        "next": _next_steps,
    }
    return tuple(
        _dated(slide, shot)
        for part, make in makers.items()
        if part in parts or not parts
        for slide in make(shot)
    )


def only_changed(shot: Snapshot, changes: Sequence[Change]) -> tuple[Slide, ...]:
    """What is not as it was in the period before; just the cover where there is none.

    `changes` are those of the period looked at, as `series` has them.
    """
    made = [*_cover(shot)]
    if shot.previous is not None:
        silent = [each for each in changes if each.turn is Turn.NOT_REPORTED]
        told = [*series.by_weight(changes), *silent]
        late = sum(each.turn is Turn.FELL_BEHIND for each in changes)
        slide = Slide(
            "changed",
            words.changed(shot.previous.label, len(told), len(changes)),
            words.newly_late(late),
            page="trend",
            about=tuple(each.project for each in told),
        )
        columns = (Column(labels.COLUMN["project"], 1020), Column(words.BEFORE_AFTER, 740))
        rows = [_change_row(shot, each) for each in told]
        made += [*_plan(shot), *(_paged(slide, columns, rows) or [slide])]
    return tuple(_dated(slide, shot) for slide in made)


def _dated(slide: Slide, shot: Snapshot) -> Slide:
    """With the words of the foot: cut-off date, what was chosen, what the slide's marks mean."""
    chosen = "" if shot.filters == EVERYTHING else scope(shot.dataset, shot.filters)
    said = [words.as_of(shot.period.as_of), chosen, slide.foot]
    title, alert = slide.title, slide.alert
    if room.lines(title + alert, TITLE, WIDTH) > 2:  # a name without end
        title, alert = (room.clipped(each, TITLE, WIDTH - 2 * CODE, 1) for each in (title, alert))
    foot = words.DOT.join(each for each in said if each)
    return replace(slide, title=title, alert=alert, foot=foot)


def scope(dataset: Dataset, filters: Filters) -> str:
    """全部, or the filters in words; a category is named as it is printed."""
    names = dataset.category_names
    return exports.scope(
        [names.get(number, number) for number in filters.categories],
        filters.departments,
        [labels.LIGHT[light] for light in filters.lights],
    )


def _cover(shot: Snapshot) -> list[Slide]:
    dated = labels.dated(shot.dataset.place, shot.period.label, shot.period.as_of)
    lines = (dated, labels.limits(shot.dataset.thresholds))
    return [Slide("cover", shot.dataset.title, lines=lines, notes=labels.RULES_TEXT)]


def _plan(shot: Snapshot) -> list[Slide]:
    if not shot.rows:
        return [Slide("plan", labels.NOTHING_CHOSEN)]
    title, alert = words.whole(shot.completion, shot.elapsed, shot.lights)
    lights = tuple((light, shot.lights[light]) for light in WORST_FIRST if shot.lights[light])
    plan = Plan(drawn.mean(shot.whole, shot.elapsed), shot.completion, shot.claimed, lights)
    notes = (
        labels.headline(shot.completion, shot.elapsed, shot.lights),
        labels.counted_of(shot.known, len(shot.rows)),
    )
    return [Slide("plan", title, alert, plan=plan, foot=words.widths(len(shot.rows)), notes=notes)]


def _lagging(shot: Snapshot) -> list[Slide]:
    columns = (
        Column(labels.COLUMN["project"], 830),
        Column(words.DONE_OF, 420),
        Column(labels.COLUMN["leads"], 310),
        Column(words.GAP, 200, "right"),
    )
    rows = [
        Row(
            (
                _promise(shot, key, 830),
                Cell(tuple(_counted(shot.weakest(key), 420))),
                _leads(shot, key),
                Cell((Line((_difference(shot.rows[key]),)),)),
            ),
            key,
        )
        for key in shot.lagging
    ]
    variances = [shot.rows[key].variance or 0.0 for key in shot.lagging]
    nothing = sum(tenths(shot.rows[key].weakest or 0.0) == 0 for key in shot.lagging)
    title, alert = words.lagging(len(rows), nothing, min(variances, default=0.0))
    return _paged(Slide("lagging", title, alert, page="category"), columns, rows)


def _departments(shot: Snapshot) -> list[Slide]:
    late = {name: row for name, row in shot.departments.items() if row.behind}
    if not late:
        return []
    order = sorted(late, key=lambda name: (-late[name].behind, late[name].completion or 0.0))
    title, alert = words.whose(len(shot.lagging), {name: late[name].behind for name in order})
    slide = Slide(
        "departments",
        title,
        alert,
        foot=words.others(len(shot.departments) - len(late)),
        page="department",
        notes=tuple(words.department_note(row) for row in shot.departments.values()),
    )
    columns = (
        Column(labels.COLUMN["department"], 400),
        Column(words.LATE_PROJECTS, 580),
        Column(words.LATE_OF, 190, "right"),
        Column(words.of_bars(shot.elapsed), 420),
        Column("", 170, "right"),
    )
    return _paged(slide, columns, [_department_row(shot, name, late[name]) for name in order])


def _department_row(shot: Snapshot, name: str, row: Standing) -> Row:
    own = [key for key in shot.lagging if name in shot.rows[key].leads]
    glyphs = [_glyph(shot, key) for key in own]
    count = Line((Run(str(row.behind), "alert", True), Run(f" / {row.projects}")))
    return Row(
        (
            Cell((_text(name, 400, 2),)),
            Cell((Line(tuple(run for pair in glyphs for run in pair)),)),
            Cell((count,)),
            Cell(bar=Drawn(drawn.mean(row, shot.elapsed))),
            _share(row.completion),
        )
    )


def _categories(shot: Snapshot) -> list[Slide]:
    if not shot.categories:
        return []
    means = [(row.name, row.completion) for row in shot.categories.values()]
    title, alert = words.means(labels.COLUMN["category"], means, shot.elapsed)
    order = sorted(
        shot.categories, key=lambda key: (-shot.categories[key].behind, _worst(shot, key))
    )
    slide = Slide(
        "categories",
        title,
        alert,
        page="category",
        foot=words.COUNTS,
        about=tuple(
            key for key, row in shot.rows.items() if not shot.categories[row.category_number].behind
        ),
        notes=tuple(words.group_note(row) for row in shot.categories.values()),
    )
    columns = (
        Column(labels.COLUMN["category"], 470),
        Column(words.LIGHTS, 490),
        Column(words.of_bars(shot.elapsed), 610),
        Column("", 190, "right"),
    )
    return _paged(slide, columns, [_category_row(shot, key) for key in order])


def _worst(shot: Snapshot, category: str) -> float:
    completion = shot.categories[category].completion
    return 2.0 if completion is None else completion


def _category_row(shot: Snapshot, key: str) -> Row:
    row = shot.categories[key]
    counts = [(light, row.lights[light]) for light in WORST_FIRST if row.lights[light]]
    return Row(
        (
            Cell((Line((*_text(row.name, 300, 2).runs, Run(f"　{row.projects} 项", "quiet"))),)),
            Cell((Line(tuple(r for light, count in counts for r in _lit(light, str(count)))),)),
            Cell(bar=Drawn(drawn.mean(row, shot.elapsed))),
            _share(row.completion),
        )
    )


def _each_category(shot: Snapshot, chosen: Sequence[str]) -> Iterator[Slide]:
    """Categories that have something lagging; two that are short share a slide."""
    held: list[str] = []
    for key, row in shot.categories.items():
        if not row.behind or (chosen and key not in chosen):
            continue
        if held and (_short(shot, held) and _short(shot, [key])):
            held.append(key)
            continue
        if held:
            yield from _category(shot, held)
        held = [key]
    if held:
        yield from _category(shot, held)


def _short(shot: Snapshot, categories: Sequence[str]) -> bool:
    rows = (key for key, row in shot.rows.items() if row.category_number in categories)
    return sum(max(len(shot.parts[key]), 1) for key in rows) <= 2


def _category(shot: Snapshot, keys: Sequence[str]) -> list[Slide]:
    tallies = [shot.categories[key] for key in keys]
    members = [key for key, row in shot.rows.items() if row.category_number in keys]
    title, alert = words.category(tallies)
    slide = Slide(
        "category",
        title,
        alert,
        page="category",
        query=(("category", keys[0]),) if len(keys) == 1 else (),
        about=tuple(members),
        foot=_meaning(part for key in members for part in shot.parts[key]),
    )
    columns = (
        Column(labels.COLUMN["project"], 460),
        Column(words.DONE_OF, 560),
        Column(words.of_bars(shot.elapsed), 520),
        Column("", 220, "right"),
    )
    names = {key: _text(shot.categories[key].name, most=1, strong=True) for key in keys}
    rows = [
        replace(row, group=names[shot.rows[key].category_number] if len(keys) > 1 else None)
        for key in _worst_first(shot, members)
        for row in _indicator_rows(shot, key)
    ]
    return _paged(slide, columns, rows)


def _worst_first(shot: Snapshot, members: Sequence[str]) -> list[str]:
    """By category as they come, within it by light and then by how far back."""
    rows = worst_projects(shot.rows[key] for key in members)
    return [row.id for number in shot.categories for row in rows if row.category_number == number]


def _indicator_rows(shot: Snapshot, key: str) -> Iterator[Row]:
    row = shot.rows[key]
    if not shot.parts[key]:
        nothing = (_text(labels.NO_INDICATOR, tone="quiet"),)
        yield Row((_promise(shot, key, 460), Cell(nothing), Cell(), _share(None)), key)
    for part in shot.parts[key]:
        several = len(shot.parts[key]) > 1
        weak = several and part.name == row.weakest_name and (part.completion or 0.0) < 1
        name = _text(part.name, 300, 2, strong=weak)
        label = (Run(labels.LIGHT_SHAPE[row.light], row.light), Run(f" {key} ", strong=True))
        bar = Drawn(drawn.bar(part, row.expected), row.light, pale=several and not weak)
        yield Row(
            (
                Cell((Line((*label, *name.runs)),)),
                Cell(tuple(_counted(part, 560))),
                Cell(bar=bar),
                Cell(tuple(_value(part, weak))),
            ),
            key,
        )


def _value(part: MeasuredIndicator, weak: bool) -> Iterator[Line]:
    if part.completion is None:
        yield _text(labels.UNKNOWN, tone="quiet")
        return
    yield _text(percent(part.completion), strong=True)
    if said := words.standing_on(part, weak):
        yield _text(said, small=True, tone="alert" if weak else "quiet")


def _meaning(parts: Iterable[MeasuredIndicator]) -> str:
    """What hatched bars and the strip beneath mean, where some are drawn."""
    bars = [drawn.bar(part, None) for part in parts]
    said = [
        words.HATCHED if any(bar.hatched is not None for bar in bars) else "",
        words.STRIP if any(bar.strip for bar in bars) else "",
    ]
    return words.DOT.join(each for each in said if each)


def _findings(shot: Snapshot) -> list[Slide]:
    """Grouped by the rule, severest first, as the snapshot has them."""
    counts = {each: sum(f.severity == each for f in shot.findings) for each in Severity}
    title, alert = words.findings(len(shot.findings), counts[Severity.HIGH])
    columns = (Column(labels.COLUMN["project"], 560), Column(words.WHAT, 1200))
    rows = [
        Row(
            (
                Cell((Line((*_glyph(shot, each.project), _led(shot, each.project))),)),
                Cell((_text(each.message, 1200),)),
            ),
            each.project,
            Line((Run(words.severe(each.code, each.severity), each.severity, True),)),
        )
        for each in shot.findings
    ]
    return _paged(Slide("findings", title, alert, page="findings"), columns, rows)


def _next_steps(shot: Snapshot) -> list[Slide]:
    """What the departments write they will do; and what of those behind the meeting has to settle
    because nothing is written."""
    reports = {key: shot.report(key) for key in shot.rows}
    steps = {key: each.next_steps for key, each in reports.items() if each and each.next_steps}
    silent = [key for key in shot.lagging if key not in steps]
    written = [
        Row((_promise(shot, key, 700), _leads(shot, key), Cell((_text(said, 760, 8),))), key)
        for key, said in steps.items()
    ]
    missing = [
        Row((_promise(shot, key, 1080), _leads(shot, key), Cell((_rest(shot, key),))), key)
        for key in silent
    ]
    project, lead = labels.COLUMN["project"], Column(labels.COLUMN["leads"], 300)
    whose = {lead for key in silent for lead in shot.rows[key].leads}
    days = words.days_left((shot.dataset.plan.end - shot.period.as_of).days)
    title, alert = words.unsettled(len(silent), len(whose))
    return [
        *_paged(
            Slide("next", words.written(len(written))),
            (Column(project, 700), lead, Column(labels.NEXT_STEPS_FIELD, 760)),
            written,
            CODE,
        ),
        *_paged(
            Slide("next", title, alert, foot=days),
            (Column(project, 1080), lead, Column(words.REST, 380, "right")),
            missing,
            CODE,
        ),
    ]


def _rest(shot: Snapshot, key: str) -> Line:
    """What is still to do of the weakest indicator, in its unit."""
    part = shot.weakest(key)
    if part.done is None or part.at_most:
        return Line((_difference(shot.rows[key]),))
    return Line((Run(f"{number(max(part.target - part.done, 0.0))} {part.unit}", "alert", True),))


def _change_row(shot: Snapshot, change: Change) -> Row:
    """Light and completion before and after, and which counts moved; else the new words."""
    said = [*(change.moved or [change.text or labels.NO_REPORT])]
    shares = trend.completions(change.completion_before, change.completion)
    return Row(
        (
            Cell((*_promise(shot, change.project, 1020).lines, *(_note(s, 1020) for s in said))),
            Cell((_lights(change), _note(shares, 740), *_leads(shot, change.project).lines)),
        ),
        change.project,
        _text(trend.TURN[change.turn], strong=True),
    )


def _lights(change: Change) -> Line:
    before, after = change.light_before, change.light
    if before == after:
        return Line(_lit(after, labels.LIGHT[after]))
    arrow = Run("→ ", "quiet")
    return Line((*_lit(before, labels.LIGHT[before]), arrow, *_lit(after, labels.LIGHT[after])))


def _text(
    said: str,
    width: float = WIDTH,
    most: int = MOST,
    *,
    small: bool = False,
    strong: bool = False,
    tone: Tone = "ink",
) -> Line:
    """One paragraph, ending in … where it would need more than so many lines."""
    size = SMALL if small else BODY
    said = room.clipped(" ".join(said.split()), size, width - GAP, most)
    return Line((Run(said, tone, strong),), small)


def _note(said: str, width: float) -> Line:
    return _text(said, width, small=True, tone="quiet")


def _leads(shot: Snapshot, key: str) -> Cell:
    """A lead a line; of more than a slide has room for the first ones."""
    return Cell(tuple(_text(lead, 300, 2, small=True) for lead in shot.rows[key].leads[:MOST]))


def _led(shot: Snapshot, key: str) -> Run:
    first, *more = shot.rows[key].leads
    return Run(words.and_others(room.clipped(first, BODY, 400, 1), len(more)))


def _glyph(shot: Snapshot, key: str) -> tuple[Run, Run]:
    light = shot.rows[key].light
    return Run(labels.LIGHT_SHAPE[light], light), Run(f"{NARROW}{key}{SPACE}", project=key)


def _lit(light: Light, said: str) -> tuple[Run, Run]:
    return Run(f"{labels.LIGHT_SHAPE[light]}{NARROW}", light), Run(f"{said}{SPACE}")


def _promise(shot: Snapshot, key: str, width: float) -> Cell:
    row = shot.rows[key]
    shape = Run(f"{labels.LIGHT_SHAPE[row.light]} ", row.light)
    content = _text(row.content.rstrip("。；;"), width - 140)
    return Cell((Line((shape, Run(f"{key} ", strong=True), *content.runs)),))


def _counted(part: MeasuredIndicator, width: float) -> Iterator[Line]:
    """投用 0 / 10 所, and under it what is on the way and does not count."""
    done = labels.NOT_STATED if part.done is None else number(part.done)
    yield Line((Run(done, strong=True), Run(f" / {number(part.target)} {part.unit}")))
    if underway := words.underway(part):
        yield _note(underway, width)


def _difference(row: MeasuredProject) -> Run:
    late = row.light in leaderboard.LATE
    return Run(printed.points(row.variance, unit=False), "alert" if late else "ink", True)


def _share(share: float | None) -> Cell:
    if share is None:
        return Cell((_text(labels.UNKNOWN, tone="quiet"),))
    return Cell((_text(percent(share), strong=True),))


def _paged(
    slide: Slide, columns: tuple[Column, ...], rows: Sequence[Row], code: int = 0
) -> list[Slide]:
    """The slide as often as its rows need, alike full, none with a lonely row; none for none."""
    if not rows:
        return []
    table = Table(columns, tuple(rows))
    lines = min(room.lines(f"{slide.title}{slide.alert}（1/2）", TITLE, WIDTH - 2 * code), 2)
    most = HEIGHT - code - HEAD - (lines - 1) * TITLE * TITLE_LEADING
    pages = _pages(table, most)
    return [
        replace(
            slide,
            table=Table(columns, tuple(page)),
            about=slide.about or tuple(dict.fromkeys(r.project for r in page if r.project)),
            at=at,
            of=len(pages),
        )
        for at, page in enumerate(pages, start=1)
    ]


def _pages(table: Table, most: float) -> list[list[Row]]:
    """In as few pages as hold them, and then no page fuller than it must be."""
    high = [table.height(row) for row in table.rows]
    fewest = len(_filled(table, high, most))
    rooms = (most * at / 40 for at in range(41))
    return next(pages for room_ in rooms if len(pages := _filled(table, high, room_)) == fewest)


def _filled(table: Table, high: Sequence[float], most: float) -> list[list[Row]]:
    pages: list[list[Row]] = []
    page: list[float] = []
    headings = 0
    for row, height in zip(table.rows, high, strict=True):
        begins = row.group is not None and (not pages or pages[-1][-1].group != row.group)
        if not pages or _sum(table, [*page, height], headings + begins) > most:
            pages.append([])
            page, headings, begins = [], 0, row.group is not None
        pages[-1].append(row)
        page.append(height)
        headings += begins
    return pages


def _sum(table: Table, high: Sequence[float], headings: int) -> float:
    rows = max(high) * len(high) if table.barred is not None else sum(high)
    return rows + headings * GROUP


def needed(table: Table) -> float:
    """In pixels, with the headings of its groups, without the head."""
    headings = sum(group is not None for group, _ in groups(table))
    return _sum(table, [table.height(row) for row in table.rows], headings)


def groups(table: Table) -> Iterator[tuple[Line | None, list[Row]]]:
    """The rows under one heading; all of them where there is none."""
    for group, rows in itertools.groupby(table.rows, key=lambda row: row.group):
        yield group, list(rows)
