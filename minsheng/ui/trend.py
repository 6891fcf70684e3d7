"""What pages show of several periods: how it went, and what changed since the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from minsheng import charts as trend_charts
from minsheng import labels, printed
from minsheng.charts import Line
from minsheng.charts.bars import Chart
from minsheng.labels import trend
from minsheng.measuring.comparison import Piece
from minsheng.measuring.series import NOTHING_NEW, Change, Kind, Series, by_weight
from minsheng.model import Light, MeasuredProject
from minsheng.server.keeping import along
from minsheng.ui.address import choose, link
from minsheng.ui.markdown import coloured, note, plain
from minsheng.ui.page import View

PER_PAGE = 10


def series(view: View) -> Series:
    """The periods up to the one looked at."""
    return along(view.state, view.snapshot.period.id)


def light_key() -> None:
    """Which shape and colour is which light."""
    with st.container(horizontal=True, gap="small"):
        for light in Light:
            st.markdown(f"{coloured(light)} {labels.LIGHT[light]}", width="content")


def changes_in_short(previous: str, changes: Sequence[Change]) -> str:
    counts = Counter(change.kind for change in changes)
    return trend.headline(previous, {kind: counts[kind] for kind in Kind})


def changes(view: View, chosen: Sequence[Change]) -> None:
    """A card for each change, what matters most first; the silent and the unchanged in a line."""
    cards = by_weight(chosen)
    for kind in NOTHING_NEW:
        names = [
            f"{each.project} {view.snapshot.rows[each.project].content.rstrip('。；;')}"
            for each in chosen
            if each.kind == kind
        ]
        if names:
            st.markdown(plain(trend.still(kind, names)))
    shown = _page_of(cards)
    grid = st.grid(min_column_width=520)
    for change in shown:
        _card(grid, change, view.snapshot.rows[change.project])
    if cards:
        note(trend.MARKED)


def _page_of(cards: Sequence[Change]) -> Sequence[Change]:
    """So many at a time that a page stays light, whatever the table holds."""
    if len(cards) <= PER_PAGE:
        return cards
    parts = {
        str(at // PER_PAGE + 1): trend.PART.format(
            first=at + 1, last=min(at + PER_PAGE, len(cards)), total=len(cards)
        )
        for at in range(0, len(cards), PER_PAGE)
    }
    at = (int(choose(trend.CHANGE, "part", parts)) - 1) * PER_PAGE
    return cards[at : at + PER_PAGE]


def _card(grid: Any, change: Change, row: MeasuredProject) -> None:
    """One Markdown element and one link: a page of cards is as many elements as it must be."""
    with grid.container(border=True):
        head = f"**{plain(trend.KIND[change.kind])}　{change.project} {plain(row.content)}**"
        st.markdown("  \n".join([head, _facts(change, row), "", _texts(change)]))
        link("project", labels.EVIDENCE, id=change.project)


def _facts(change: Change, row: MeasuredProject) -> str:
    light = f"{coloured(change.light)} {labels.LIGHT[change.light]}"
    if change.light != change.light_before:
        before = change.light_before
        light = f"{coloured(before)} {labels.LIGHT[before]} → {light}"
    words = [trend.completions(change.completion_before, change.completion)]
    words += change.moved
    words.append(labels.joined(row.leads))
    return "　".join([light, *map(plain, words)])


def _texts(change: Change) -> str:
    """Both texts side by side, as a Markdown table: one element, and it keeps to a phone."""
    compared = change.compared
    before = _cell(change.text_before, compared.before)
    after = _cell(change.text, compared.after)
    return f"| {trend.BEFORE} | {trend.AFTER} |\n|---|---|\n| {before} | {after} |"


def _cell(said: str | None, pieces: Sequence[Piece]) -> str:
    if said is None:
        return f":gray[{plain(trend.NOT_REPORTED)}]"
    return _marked(pieces).replace("\n", " ")


def _marked(pieces: Sequence[Piece]) -> str:
    """Pieces as Markdown, the changed ones with a ground."""
    return "".join(
        f":blue-background[{plain(piece.text)}]" if piece.changed else plain(piece.text)
        for piece in pieces
    )


def history(view: View, project: str) -> Chart:
    """A project's completion over the periods, each with the mark of its light."""
    seen = series(view)
    lights, shares = seen.of_project(project)
    line = Line(labels.COLUMN["completion"], shares, lights=lights, strong=True)
    return trend_charts.lines(seen.periods, list(seen.elapsed), [line])


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
