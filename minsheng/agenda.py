"""What a meeting goes through, slide by slide, as values: the page 汇报 draws them.

A slide holds so little that it can be read at four metres; what does not fit goes on to the next
one. Nothing is worked out here that the snapshot does not say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from minsheng import labels, printed
from minsheng.labels import agenda as words
from minsheng.labels import slides as headings
from minsheng.labels import trend
from minsheng.measuring import drawn, series
from minsheng.measuring.series import Change, Kind
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, MeasuredIndicator, MeasuredProject, Tally
from minsheng.printed import percent

CARDS = 4  # on one slide
SHORT_CARDS = 8
BARS = 8
MANY_BARS = 10  # of one line each


@dataclass(frozen=True)
class Figure:
    """A number that fills a tile; `light` gives it a shape and a colour."""

    name: str
    value: str
    note: str = ""
    light: Light | None = None


@dataclass(frozen=True)
class Bar:
    """A bar with its words; a `quiet` one is there to be compared with."""

    label: str
    value: str
    drawn: drawn.Bar
    quiet: bool = False
    note: str = ""
    project: str = ""
    light: Light | None = None


@dataclass(frozen=True)
class Item:
    """A project in words, and the way to its evidence."""

    project: str
    title: str
    words: str
    small: str = ""
    light: Light | None = None


@dataclass(frozen=True)
class Slide:
    """`part` is the point of the agenda it belongs to; `page` and `query` show the same at leisure.

    `category` is the number of the category that it is about, if it is about one.
    """

    part: str
    title: str
    note: str = ""
    figures: tuple[Figure, ...] = ()
    bars: tuple[Bar, ...] = ()
    items: tuple[Item, ...] = ()
    page: str = "overview"
    query: tuple[tuple[str, str], ...] = ()
    category: str = ""


def whole(shot: Snapshot) -> tuple[Slide, ...]:
    """Every point of the agenda. A point that has nothing to say is left out."""
    return (
        _cover(shot),
        _plan(shot),
        _lights(shot),
        *_lagging(shot),
        *_categories(shot),
        *_departments(shot),
        *(slide for number in shot.category_names for slide in _category(shot, number)),
        *_findings(shot),
        *_next_steps(shot),
    )


def only_changed(shot: Snapshot, changes: Sequence[Change]) -> tuple[Slide, ...]:
    """What is not as it was in the period before; just the cover where there is none.

    `changes` are those of the period looked at, as `series` has them.
    """
    if shot.previous is None:
        return (_cover(shot),)
    moved = series.by_weight(changes)
    silent = [each for each in changes if each.kind is Kind.NOT_REPORTED]
    title = words.CHANGED.format(before=shot.previous.label, count=len(moved), all=len(changes))
    slide = Slide("changed", title, page="trend")
    missing_ones = replace(slide, title=words.SILENT.format(count=len(silent)))
    return (
        _cover(shot),
        _plan(shot),
        *(_paged(slide, CARDS, items=[_change(shot, each) for each in moved]) or [slide]),
        *_paged(missing_ones, SHORT_CARDS, items=[_to_do(shot, c.project, "") for c in silent]),
    )


def chosen(
    slides: Sequence[Slide], parts: Sequence[str], categories: Sequence[str]
) -> tuple[Slide, ...]:
    """The slides of these points and, of those about one category, of these; none chosen is all."""
    return tuple(
        slide
        for slide in slides
        if (not parts or slide.part in parts)
        and (not categories or not slide.category or slide.category in categories)
    )


def _cover(shot: Snapshot) -> Slide:
    note = labels.dated(shot.dataset.place, shot.period.label, shot.period.as_of)
    return Slide("cover", shot.dataset.title, note)


def _plan(shot: Snapshot) -> Slide:
    title = labels.headline(shot.completion, shot.claimed, shot.elapsed, shot.lights)
    counted = labels.counted_of(shot.known, len(shot.rows))
    bars = (
        Bar(
            labels.COLUMN["completion"],
            percent(shot.completion),
            drawn.Bar(solid=shot.completion),
            note=counted,
        ),
        Bar(
            labels.DEPARTMENTS_CLAIM,
            percent(shot.claimed),
            drawn.Bar(hatched=shot.claimed),
            note=words.gap(shot.claimed, shot.completion),
        ),
        Bar(
            labels.ELAPSED,
            percent(shot.elapsed),
            drawn.Bar(solid=shot.elapsed),
            quiet=True,
            note=words.ELAPSED_NOTE,
        ),
    )
    return Slide("plan", title, bars=bars)


def _lights(shot: Snapshot) -> Slide:
    figures = tuple(
        Figure(labels.LIGHT[light], str(count), words.OF_ALL.format(all=len(shot.rows)), light)
        for light, count in shot.lights.items()
        if count
    )
    title = headings.lights(shot.lights)
    return Slide("lights", title, labels.limits(shot.dataset.thresholds), figures, page="category")


def _lagging(shot: Snapshot) -> list[Slide]:
    items = [
        Item(
            key,
            f"{key} {shot.rows[key].content}",
            words.WHOSE.format(
                leads=labels.joined(shot.rows[key].leads),
                variance=printed.points(shot.rows[key].variance),
            ),
            labels.reason(shot.weakest(key)),
            shot.rows[key].light,
        )
        for key in shot.lagging
    ]
    slide = Slide("lagging", words.LAGGING.format(late=len(items)))
    return _paged(slide, CARDS, items=items)


def _categories(shot: Snapshot) -> list[Slide]:
    bars = [
        replace(
            _group_bar(row, shot.elapsed),
            label=words.IN_ALL.format(name=row.name, projects=row.projects),
        )
        for row in shot.categories.values()
    ]
    return _paged(Slide("categories", labels.Q_CATEGORIES), MANY_BARS, bars=bars)


def _departments(shot: Snapshot) -> list[Slide]:
    bars = [
        replace(_group_bar(row, shot.elapsed), label=name, note=labels.department_note(row))
        for name, row in shot.departments.items()
    ]
    return _paged(Slide("departments", labels.Q_BOARD, page="department"), BARS, bars=bars)


def _group_bar(row: Tally, elapsed: float) -> Bar:
    value = labels.UNKNOWN if row.completion is None else percent(row.completion)
    return Bar("", value, drawn.mean(row, elapsed))


def _category(shot: Snapshot, number: str) -> list[Slide]:
    bars = [
        _indicator_bar(key, row, part)
        for key, row in shot.rows.items()
        if row.category_number == number
        for part in (*shot.parts[key],) or (None,)
    ]
    lights = Counter(r.light for r in shot.rows.values() if r.category_number == number)
    mean = shot.categories[number].completion
    slide = Slide(
        "category",
        headings.category(shot.category_names[number], lights, mean, shot.elapsed),
        page="category",
        query=(("category", number),),
        category=number,
    )
    return _paged(slide, BARS, bars=bars)


def _indicator_bar(project: str, row: MeasuredProject, part: MeasuredIndicator | None) -> Bar:
    if part is None:
        label = f"{project} {row.content}"
        return Bar(label, labels.NO_INDICATOR, drawn.Bar(), project=project, light=row.light)
    return Bar(
        f"{project} {labels.done_of(part)}",
        labels.shown(part),
        drawn.bar(part, row.expected),
        note=labels.WEAKEST if _is_weakest(row, part) else "",
        project=project,
        light=row.light,
    )


def _is_weakest(row: MeasuredProject, part: MeasuredIndicator) -> bool:
    several = row.indicators > 1 and (row.weakest or 0.0) < 1
    return bool(several and part.name == row.weakest_name)


def _findings(shot: Snapshot) -> Iterator[Slide]:
    for code in dict.fromkeys(finding.code for finding in shot.findings):
        found = [finding for finding in shot.findings if finding.code == code]
        items = [
            Item(
                each.project,
                f"{each.project} {shot.rows[each.project].content}",
                f"{labels.joined(shot.rows[each.project].leads)}：{each.message}",
                labels.quoted(each.quotes),
            )
            for each in found
        ]
        heading = labels.rule_heading(code, found[0].severity, len(found))
        slide = Slide("findings", heading, labels.RULES[code].why, page="findings")
        yield from _paged(replace(slide, query=(("rule", code),)), CARDS, items=items)


def _next_steps(shot: Snapshot) -> list[Slide]:
    """What the departments write they will do; and what of those behind the meeting has to settle
    because nothing is written."""
    reports = {key: shot.report(key) for key in shot.rows}
    steps = {key: each.next_steps for key, each in reports.items() if each and each.next_steps}
    silent = [key for key in shot.lagging if key not in steps]
    return [
        *_paged(
            Slide("next", words.NEXT),
            CARDS,
            items=[_to_do(shot, key, written) for key, written in steps.items()],
        ),
        *_paged(
            Slide("next", words.NEXT_MISSING.format(count=len(silent))),
            SHORT_CARDS,
            items=[_to_do(shot, key, "") for key in silent],
        ),
    ]


def _to_do(shot: Snapshot, key: str, written: str) -> Item:
    row = shot.rows[key]
    title = f"{key} {row.content}"
    return Item(key, title, labels.joined(row.leads), written, row.light)


def _change(shot: Snapshot, change: Change) -> Item:
    """Light and completion before and after, and which counts moved; else the new words."""
    row = shot.rows[change.project]
    facts = (
        trend.lights(change.light_before, change.light),
        trend.completions(change.completion_before, change.completion),
    )
    small = [*(change.moved or [change.text or labels.NO_REPORT]), labels.joined(row.leads)]
    return Item(
        change.project,
        words.CHANGE.format(
            kind=trend.KIND[change.kind], project=change.project, content=row.content
        ),
        "\n".join(facts),
        "\n".join(small),
        change.light,
    )


def _paged(
    slide: Slide, most: int, *, bars: Sequence[Bar] = (), items: Sequence[Item] = ()
) -> list[Slide]:
    """The slide once for as many things as it can show, alike full; none for none."""
    count = len(bars) + len(items)
    if not count:
        return []
    pages = -(-count // most)
    size = -(-count // pages)
    return [
        replace(
            slide,
            title=words.PAGE_OF.format(title=slide.title, at=at + 1, of=pages)
            if pages > 1
            else slide.title,
            bars=tuple(bars[at * size : (at + 1) * size]),
            items=tuple(items[at * size : (at + 1) * size]),
        )
        for at in range(pages)
    ]
