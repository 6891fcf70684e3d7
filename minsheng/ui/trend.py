"""趋势: what is new trouble, every project over the periods, where the year would end."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from minsheng import charts, labels, printed
from minsheng.charts import Line
from minsheng.charts.rows import Chart
from minsheng.labels import trend
from minsheng.measuring.comparison import Piece
from minsheng.measuring.leaderboard import WORST_FIRST
from minsheng.measuring.series import NOTHING_NEW, WHOLE, Change, Series, Turn, by_weight
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Basis, Light, MeasuredProject
from minsheng.printed import percent, tenths
from minsheng.server.keeping import along
from minsheng.ui import access
from minsheng.ui.markdown import coloured, plain
from minsheng.ui.page import View
from minsheng.ui.paging import part
from minsheng.ui.screens import to_project
from minsheng.ui.words import Inside, Node, To, choice, glyph, heading, link, mount, node

PER_PAGE = 12
IN_BOX = 3
LATEST = 6  # periods of which the matrix has a cell each
_TONE = {
    **dict.fromkeys(trend.TROUBLE, "far_behind"),
    Turn.FINISHED: "done",
    Turn.CAUGHT_UP: "ahead",
    Turn.BETTER: "ahead",
}


class Place(NamedTuple):
    """What the page was asked for: values of the address, and their names."""

    category: str
    department: str
    categories: Mapping[str, str]
    departments: Mapping[str, str]

    def to(self, **other: str) -> To:
        asked = {"category": self.category, "department": self.department, **other}
        return To("trend", {k: v for k, v in asked.items() if v != labels.ALL_VALUE})

    def choices(self) -> list[Node]:
        def one(label: str, key: str, options: Mapping[str, str], chosen: str) -> Node:
            each = {labels.ALL_VALUE: f"{label}：{labels.ALL}", **options}
            ways = [(name, self.to(**{key: value})) for value, name in each.items()]
            return choice(label, ways, list(each).index(chosen))

        category, department = labels.COLUMN["category"], labels.COLUMN["department"]
        return [
            one(category, "category", self.categories, self.category),
            one(department, "department", self.departments, self.department),
        ]


def series(view: View) -> Series:
    """The periods up to the one looked at."""
    return along(view.state, view.snapshot.period.id)


def trend_head(view: View, place: Place, changes: Sequence[Change]) -> None:
    """What is new trouble since the period before."""
    shot, seen = view.snapshot, series(view)
    assert shot.previous is not None
    counts = Counter(change.turn for change in changes)
    finding, late = trend.trouble({kind: counts[kind] for kind in Turn})
    shares, _ = seen.whole.of(WHOLE)
    by_kind: dict[str, int] = {kind: counts[kind] for kind in Turn if kind is not Turn.UNCHANGED}
    means = trend.means(shares[-2], shares[-1], shot.elapsed, by_kind)
    mount(
        "head",
        heading(trend.COMPARED.format(previous=shot.previous.label), finding, late),
        node("div", "filters", *place.choices(), node("span", "push quiet", means)),
        node("div", "boxes", *_boxes(shot, changes)),
    )


def pace_head(view: View, place: Place, only: Sequence[str]) -> None:
    """In the first period: what will not be done by the end of the plan at today's pace."""
    shot = view.snapshot
    late = _short(shot, only)
    nothing = sum(row.completion == 0 for row in late)
    said = trend.short(nothing, len(late) - nothing) if late else ""
    mount(
        "head",
        heading(
            trend.FIRST_PERIOD.format(period=shot.period.label),
            trend.AT_THIS_PACE if late else trend.ALL_DONE,
            said,
        ),
        node("div", "filters", *place.choices(), node("span", "push quiet", trend.STRAIGHT)),
    )


def _boxes(shot: Snapshot, changes: Sequence[Change]) -> Iterator[Node]:
    at = 0
    for kind in trend.TROUBLE:
        of_it = [each for each in changes if each.turn == kind]
        if not of_it:
            continue
        at += 1
        lines = [_box_line(shot, each) for each in of_it[:IN_BOX]]
        if len(of_it) > IN_BOX:
            lines.append(node("p", "quiet", trend.more(len(of_it) - IN_BOX)))
        if len(of_it) == 1:
            lines += _box_words(shot, of_it[0])
        yield node("section", "", node("h2", "late", trend.box(at, kind, len(of_it))), *lines)


def _box_line(shot: Snapshot, change: Change) -> Node:
    row = shot.rows[change.project]
    moved = next((part for part in change.parts if part.moved), None)
    counts: list[Inside] = []
    if moved is not None:
        done, targets = (moved.done_before, moved.done), (moved.target_before, moved.target)
        before, now, rest = trend.counts(moved.unit, done, targets)
        if change.text is None:
            now = trend.NO_CELL["silent"]
        counts = [f"　{before}", node("b", "", now), rest]
    promise = row.content.rstrip("。；;")
    return link(
        "boxed",
        to_project(change.project),
        node("span", "cut", node("b", "", change.project), f" {promise}"),
        node("span", "n", *counts),
        title=promise,
    )


def _box_words(shot: Snapshot, change: Change) -> Iterator[Node]:
    """Of one alone there is room for what it says, or whose silence it is."""
    row = shot.rows[change.project]
    if change.text is not None:
        yield node("p", "cut quiet", labels.quoted([change.text]), title=change.text)
        return
    late = row.light_before in (Light.BEHIND, Light.FAR_BEHIND)
    words = [labels.joined(row.leads), trend.LATE_BEFORE if late else ""]
    yield node("p", "cut quiet", "；".join(each for each in words if each))


def matrix(view: View, only: Sequence[str]) -> None:
    """Every project over the periods: light, shape and figure; worst now first."""
    seen = series(view)
    periods = seen.periods[-LATEST:]
    widths = f"grid-template-columns: minmax(0,1fr) repeat({len(periods)}, minmax(0,84px)) 62px"
    heads = [node("span", "cut", period.label) for period in periods]
    top = node("div", "top", node("span"), *heads, node("span", "n", trend.SINCE), style=widths)
    rows = [_matrix_row(view.snapshot, seen, key, widths) for key in part(_worst(seen, only))]
    note = trend.MATRIX_NOTE
    if len(seen.periods) > LATEST:
        note = f"{note} · {trend.LATEST.format(count=LATEST)}"
    mount(
        "matrix",
        node("h2", "", trend.Q_MATRIX, node("small", "", note)),
        node("div", "matrix", top, *rows),
    )


def _worst(seen: Series, only: Sequence[str]) -> list[str]:
    """By light now, what was not reported by its last one; what was never known comes last."""

    def place(key: str) -> tuple[int, float]:
        known = [row for row in seen.projects[key] if row.light != Light.UNKNOWN]
        if not known:
            return len(WORST_FIRST), 0.0
        return WORST_FIRST.index(known[-1].light), known[-1].completion or 0.0

    return sorted(only, key=place)


def _matrix_row(shot: Snapshot, seen: Series, key: str, widths: str) -> Node:
    measured = seen.projects[key]
    promise = shot.rows[key].content.rstrip("。；;")
    cells = []
    for period, row in zip(seen.periods[-LATEST:], measured[-LATEST:], strict=True):
        kind, words = _cell(row)
        cells.append(node("span", f"mx {kind}", *words, title=trend.cell(period.label, row.light)))
    since: list[Inside] = [printed.DASH]
    if len(measured) > 1:
        gap = printed.gap(measured[-1].completion, measured[-2].completion)
        since = [node("b", "late", gap) if gap.startswith("−") else gap]
    return link(
        "mrow",
        to_project(key),
        node("span", "cut", node("b", "", key), f" {promise}"),
        *cells,
        node("span", "n", *since),
        style=widths,
    )


def _cell(row: MeasuredProject) -> tuple[str, tuple[Inside, ...]]:
    """Its classes and words: what was not reported is hatched, what has no figure dashed, what is
    only said outlined, everything else in the ink of its light."""
    if row.text is None or not row.text.strip():
        return "no", (node("b", "", trend.NO_CELL["silent"]),)
    shape = labels.LIGHT_SHAPE[row.light]
    if row.completion is None:
        return "un", (f"{shape} {trend.NO_CELL['unknown']}",)
    if row.basis == Basis.DECLARED:
        return f"said ink {row.light}", (f"{shape} {trend.NO_CELL['declared']}",)
    return f"cell {row.light}", (f"{shape} {percent(row.completion)}",)


def lights_over_time(view: View, only: Sequence[str]) -> None:
    """How many projects had which light in each period."""
    seen = series(view)
    periods = seen.periods[-LATEST:]
    rows = []
    for at in range(-len(periods), 0):
        counts = Counter(seen.projects[key][at].light for key in only)
        cells = [
            node(
                "span",
                *_count(light, counts[light]),
                title=f"{labels.LIGHT[light]} {counts[light]}",
            )
            for light in WORST_FIRST
        ]
        label = node("span", "cut", seen.periods[at].label)
        rows.append(node("div", "mrow", label, *cells, style=_COUNTS))
    mount("lights_over_time", node("h2", "", trend.Q_LIGHTS), node("div", "matrix", *rows))


def _count(light: Light, count: int) -> tuple[str, str]:
    """Its classes and its word."""
    if not count:
        return "mx", "·"
    kind = "un" if light is Light.UNKNOWN else f"cell {light}"
    return f"mx {kind}", f"{labels.LIGHT_SHAPE[light]} {count}"


_COUNTS = f"grid-template-columns: 72px repeat({len(WORST_FIRST)}, minmax(0,1fr))"


def lines_heading(view: View, place: Place) -> None:
    """The question of the lines, and what they are."""
    chosen = (place.category, place.department) != (labels.ALL_VALUE, labels.ALL_VALUE)
    title, note = trend.Q_END, trend.END_NOTE
    if view.snapshot.previous is not None:
        title, note = trend.Q_LINES, trend.LINES_CHOSEN if chosen else trend.LINES_NOTE
    mount("lines_heading", node("h2", "", title, node("small", "", note)))


def over_time(view: View, place: Place) -> Chart:
    """The whole plan over the periods, with what was chosen, else with every category."""
    seen, shot = series(view), view.snapshot
    whole = charts.mean_line(seen.whole, WHOLE, trend.WHOLE, True, _forecast(shot))
    if shot.previous is None:
        return charts.lines(seen.periods, seen.elapsed, [whole], shot.dataset.plan)
    chosen = []
    if place.category != labels.ALL_VALUE:
        name = place.categories[place.category]
        chosen.append(charts.mean_line(seen.categories, place.category, name, True))
    if place.department != labels.ALL_VALUE:
        name = place.departments[place.department]
        chosen.append(charts.mean_line(seen.departments, name, name, True))
    others = (
        []
        if chosen
        else [
            charts.mean_line(seen.categories, key, name) for key, name in place.categories.items()
        ]
    )
    return charts.lines(seen.periods, seen.elapsed, [whole, *chosen, *others], shot.dataset.plan)


def _forecast(shot: Snapshot) -> float | None:
    """What its projects would come to, in the first period: the mean of lines through one point."""
    if shot.previous is not None:
        return None
    known = [row.forecast for row in shot.rows.values() if row.forecast is not None]
    return statistics.fmean(known) if known else None


def _short(shot: Snapshot, only: Iterable[str]) -> list[MeasuredProject]:
    """Those that would not be done by the end of the plan, furthest from it first."""
    late = [
        row
        for row in (shot.rows[key] for key in only)
        if row.completion is not None
        and tenths(row.completion) < 1000
        and (not row.weakest or row.forecast is None or tenths(row.forecast) < 1000)
    ]
    return sorted(late, key=lambda row: (WORST_FIRST.index(row.light), row.forecast or 0.0))


def at_this_pace(view: View, only: Sequence[str]) -> None:
    """What will not be done at today's pace, and how many times as fast it would have to be."""
    shot = view.snapshot
    late = _short(shot, only)
    done = {row.id for row in late}
    rest = [shot.rows[key] for key in only if key not in done]
    unknown = sum(row.completion is None for row in rest)
    widths = "grid-template-columns: minmax(0,1fr) minmax(0,84px) 116px 94px"
    heads = [node("span", "cut", shot.period.label)]
    heads += [node("span", "n", trend.ENDS_AT), node("span", "n", trend.PACE)]
    shown = {row.id for row in part([*late, *_in_order(rest)])}
    rows = [_pace_row(row, widths) for row in late if row.id in shown]
    others = [_pace_row(row, widths) for row in _in_order(rest) if row.id in shown]
    title = trend.Q_SHORT.format(count=len(late)) if late else trend.ALL_DONE
    able = Counter(row.light for row in rest if row.completion is not None)
    lights: list[Inside] = [
        link(
            f"cell {light} tag",
            To("category", {"light": light}),
            f"{labels.light(light)} {able[light]}",
        )
        for light in WORST_FIRST
        if able[light]
    ]
    after = [node("p", "after", f"{trend.THE_REST.format(count=sum(able.values()))} ", *lights)]
    if unknown:
        after.append(node("p", "quiet", trend.NO_FIGURE.format(count=unknown)))
    mount(
        "pace",
        node("h2", "", title, node("small", "", trend.SHORT_NOTE)),
        node("div", "matrix pace", node("div", "top", node("span"), *heads, style=widths), *rows),
        *(after if able or unknown else []),
        node("div", "matrix pace", *others),
    )


def _in_order(rows: Iterable[MeasuredProject]) -> list[MeasuredProject]:
    return sorted(rows, key=lambda row: (WORST_FIRST.index(row.light), row.completion or 0.0))


def _pace_row(row: MeasuredProject, widths: str) -> Node:
    kind, words = _cell(row)
    promise = row.content.rstrip("。；;")
    ends = trend.NO_PACE if not row.completion or row.forecast is None else percent(row.forecast)
    if row.completion is None:
        pace = printed.DASH
    elif tenths(row.completion) >= 1000:
        ends, pace = labels.LIGHT[Light.DONE], printed.DASH
    elif not row.completion:
        pace = trend.STILL_NOTHING
    elif not row.weakest:
        pace = trend.WEAKEST_NOTHING
    else:
        pace = printed.DASH if row.pace is None else trend.pace(row.pace)
    return link(
        "mrow",
        to_project(row.id),
        node("span", "cut", node("b", "", row.id), f" {promise}"),
        node("span", f"mx {kind}", *words),
        node("b" if row.completion else "span", "n" if row.completion else "n quiet", ends),
        node("span", "n" if row.weakest else "n quiet", pace),
        style=widths,
    )


def next_period(view: View) -> None:
    """What stands here once another period is reported."""
    inside = [node("b", "", trend.NEXT_PERIOD), node("p", "", trend.NEXT_WORDS)]
    if access.editor() is not None:
        inside.append(link("", To("data"), trend.ADD_PERIOD))
    mount("next_period", node("div", "frame", *inside))


def changes(view: View, place: Place, chosen: Sequence[Change]) -> None:
    """A card for each change, what matters most first; the silent and the unchanged in a line."""
    shot = view.snapshot
    cards = by_weight(chosen)
    shown, parts = _page_of(cards, place)
    head = node("h2", "", trend.Q_CHANGED, node("small", "", trend.CHANGED_NOTE))
    lines = []
    for kind in NOTHING_NEW:
        names = [
            f"{each.project} {shot.rows[each.project].content.rstrip('。；;')}"
            for each in chosen
            if each.turn == kind
        ]
        if names:
            lines.append(node("p", "still", trend.still(kind, names)))
    mount("changes", head, *parts, node("div", "cards", *(_card(shot, c) for c in shown)), *lines)


def _page_of(cards: Sequence[Change], place: Place) -> tuple[Sequence[Change], list[Node]]:
    """So many at a time that a page stays light, whatever the table holds."""
    pages = -(-len(cards) // PER_PAGE)
    if pages <= 1:
        return cards, []
    asked = st.query_params.get("part", "1")
    at = int(asked) - 1 if asked.isdecimal() and 1 <= int(asked) <= pages else 0
    names = [
        trend.PART.format(
            first=page * PER_PAGE + 1,
            last=min((page + 1) * PER_PAGE, len(cards)),
            total=len(cards),
        )
        for page in range(pages)
    ]
    ways = [(name, place.to(part=str(page + 1))) for page, name in enumerate(names)]
    shown = cards[at * PER_PAGE : (at + 1) * PER_PAGE]
    return shown, [node("div", "filters", choice(trend.CHANGE, ways, at))]


def _card(shot: Snapshot, change: Change) -> Node:
    row = shot.rows[change.project]
    tone = _TONE.get(change.turn, "on_track")
    promise = row.content.rstrip("。；;")
    checks = [
        labels.RULES[each.code].title
        for each in shot.findings_of(change.project)
        if each.code in _OF_PERIODS
    ]
    facts: list[Inside] = [*_lights(change), "　"]
    facts.append(trend.completions(change.completion_before, change.completion))
    facts.append(node("span", "quiet", f"　{labels.joined(row.leads)}"))
    said: list[Inside] = []
    if checks:
        said.append(node("span", "late", f"{trend.CHECK}：{labels.joined(checks)}　"))
    said.append("；".join(change.moved))
    compared = change.compared
    texts = [
        _text(shot.previous.label if shot.previous else "", change.text_before, compared.before),
        _text(shot.period.label, change.text, compared.after),
    ]
    kind = node("span", f"ink {tone}", trend.TURN[change.turn])
    return link(
        f"card {tone}",
        to_project(change.project),
        node("p", "t", kind, f"　{change.project} {promise}"),
        node("p", "", *facts),
        *([node("p", "", *said)] if checks or change.moved else []),
        node("div", "ba", *texts),
    )


_OF_PERIODS = ("count-fell", "target-changed", "text-unchanged", "better-light-without-number")


def _lights(change: Change) -> list[Inside]:
    now: list[Inside] = [glyph(change.light), f" {labels.LIGHT[change.light]}"]
    if change.light == change.light_before:
        return now
    before = change.light_before
    return [glyph(before), f" {labels.LIGHT[before]} → ", *now]


def _text(label: str, said: str | None, pieces: Sequence[Piece]) -> Node:
    words: list[Inside] = [
        node("mark", "moved", each.text) if each.changed else each.text for each in pieces
    ]
    if said is None:
        words = [node("span", "quiet", trend.NOT_REPORTED)]
    return node("div", "", node("p", "small", label), node("p", "", *words))


def history(view: View, project: str) -> Chart:
    """A project's completion over the periods, each with the mark of its light."""
    seen = series(view)
    lights, shares = seen.of_project(project)
    line = Line(labels.COLUMN["completion"], shares, lights=lights, strong=True)
    return charts.lines(seen.periods, list(seen.elapsed), [line])


def past_texts(view: View, project: str) -> None:
    """What was reported of the project in the periods before this one, latest first."""
    seen = series(view)
    reports = view.snapshot.project(project).reports
    each = list(zip(seen.periods, *seen.of_project(project), strict=True))
    for period, light, share in reversed(each[:-1]):
        report = reports.get(period.id)
        said = plain(report.text) if report else f":gray[{plain(trend.NOT_REPORTED)}]"
        words = f"{coloured(light)} {labels.LIGHT[light]} {plain(printed.percent(share))}"
        st.markdown(f"**{plain(period.label)}**　{words}  \n{said}")
