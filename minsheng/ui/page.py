"""The frame of every page: menu, banners, period, charts, foot line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure
from plotly.graph_objects import Figure

from minsheng import labels, theme
from minsheng.charts.rows import Chart
from minsheng.charts.sending import enlarged, slim
from minsheng.dataset.store import State
from minsheng.labels import screens
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Dataset, Problem, Refused
from minsheng.printed import shortened
from minsheng.server import watching
from minsheng.server.keeping import kept, lists, taken
from minsheng.ui import access, mounted
from minsheng.ui.address import (
    PERIOD,
    PLACE,
    PRESENT,
    YEAR,
    chosen,
    current,
    go,
    hrefs,
    kept_period,
    link,
    pages,
    stands_on,
    staying,
)
from minsheng.ui.component import component, packed
from minsheng.ui.frame import follow, foot, shared, width, zoom
from minsheng.ui.markdown import moment, note, plain
from minsheng.ui.words import Node, To, choice, mount, node, show, written

_under = component("under")

MOST_PROBLEMS = 200
_CONFIG = {"displayModeBar": False}  # the picture's button stands beneath


@dataclass(frozen=True)
class View:
    """What a page shows: the state of the file, and its last good figures at one period."""

    state: State
    snapshot: Snapshot


def menu() -> None:
    """Builds the menu and runs the chosen page: what Streamlit runs each time."""
    page = _navigation()
    stands_on(page)
    try:
        chosen()
    except Refused as refusal:
        _no_list(refusal)
        return
    if access.follow():
        go("data")
    follow()
    with mounted.run():
        page.run()
    watching.ran()


def begin(asks_period: bool = True) -> View:
    """Opens a page: menu, banners, period. Stops the page where nothing can be shown.

    A page that is not about one period does not ask for it, and keeps the one in the address.
    """
    state = chosen().current()
    if state.document is None:
        st.title(labels.APP)
        _banner(state)
        problems(state)
        mounted.stop()
    with st.container():  # a place of its own: what is below stays where it is, with what is typed
        _banner(state)
        shared(state.fingerprint)
    dataset = state.document.dataset
    shot = taken(state, _period(dataset))
    _dated(shot, asks_period, _lists(str(state.path)))
    return View(state, shot)


def _no_list(refusal: Refused) -> None:
    """An address of a list that is not there, or a folder without any: with those that are."""
    with mounted.run():
        st.title(labels.APP)
        st.error(plain(str(refusal)))
        if others := _lists(""):
            mount("dated", node("div", "dated", others))


MOST_OFFERED = 300


def _lists(path: str) -> Node | None:
    """The choice of a list, at the newest period of each; None where there is but one. Of more than
    can be chosen from so the first."""
    found = lists()
    if found is None or len(found.lists) < 2:
        return None
    some = found.lists[:MOST_OFFERED]
    options = [
        (
            screens.list_name(each.name, each.year),
            To(current(), {PLACE: each.code, YEAR: str(each.year), PERIOD: ""}),
        )
        for each in some
    ]
    at = next((at for at, each in enumerate(some) if str(each.path) == path), None)
    return choice(screens.LISTS, options, at)


def end(view: View) -> None:
    """The foot line of every page: cut-off date, thresholds in force, dataset fingerprint."""
    foot(view.snapshot)


def _navigation() -> Any:
    st.set_page_config(page_title=labels.APP, page_icon=theme.ICON, layout="wide")
    return st.navigation(list(pages().values()), position="top")


def _period(dataset: Dataset) -> str:
    """The period in the address; the last one where none is named."""
    known = {period.id for period in dataset.periods}
    wanted = kept_period()
    if wanted and wanted not in known:
        st.warning(
            plain(labels.NOT_OFFERED.format(label=labels.COLUMN["period"], value=shortened(wanted)))
        )
    return wanted if wanted in known else dataset.periods[-1].id


def _dated(shot: Snapshot, asks: bool, others: Node | None) -> None:
    """What stands beside the menu: the page on a phone, the cut-off date, the choices of a list and
    of a period.

    Fixed in the bar of the menu by the style of the shell, so that it takes no room of the page.
    """
    here, periods = current(), shot.dataset.periods
    plan = shot.dataset.plan
    gone, whole = (
        round(shot.elapsed * ((plan.end - plan.start).days + 1)),
        (plan.end - plan.start).days + 1,
    )
    long, short = screens.status(shot.period.label, shot.period.as_of.isoformat(), gone, whole)
    inside = [node("b", "page", labels.PAGES[here])]
    if others is not None:
        inside.append(others)
    if asks and len(periods) > 1:
        kept_query = {k: v for k, v in st.query_params.items() if k not in (PERIOD, PRESENT)}
        options = [
            (each.label, To(here, {**kept_query, PERIOD: "" if each == periods[-1] else each.id}))
            for each in reversed(periods)
        ]
        at = list(reversed(periods)).index(shot.period)
        inside.append(choice(labels.COLUMN["period"], options, at))
        long = long.partition(" · ")[2]
    inside += [node("span", "long", long), node("span", "short", short)]
    mount("dated", node("div", "dated", *inside))


def keep(view: View, key: str, make: Callable[[], Iterable[Node]]) -> None:
    """Sets nodes that depend on nothing but the dataset, the period and `key`: written once."""
    kind = ("words", view.snapshot.period.id, current(), key, *staying().items())
    show(key, kept(view.state, kind, lambda: written(make())))


class _Finished(BaseFigure):  # type: ignore[misc]  # plotly ships no types
    """What is sent of a figure that nobody changes any more, worked out once.

    plotly otherwise copies and converts every array again at each rerun. Nothing of the figure is
    kept: its parts refer to each other, and would wait for the collector.
    """

    def __init__(self, figure: Figure, ink: str, times: float) -> None:
        sent = slim(enlarged(figure.update_layout(font_color=theme.INK[ink]).to_dict(), times))
        object.__setattr__(self, "_sent", theme.darkened(sent) if ink == "dark" else sent)

    def to_dict(self) -> dict[str, Any]:
        sent: dict[str, Any] = self._sent
        return sent


def _drawn(view: View, key: str, make: Callable[[], Chart | None]) -> Chart | None:
    ink, times = "dark" if st.context.theme.type == "dark" else "light", zoom()

    def finished() -> Chart | None:
        chart = make()
        return chart and replace(chart, figure=_Finished(chart.figure, ink, times))

    return kept(view.state, ("chart", view.snapshot.period.id, key, ink, width(), times), finished)


def draw(
    view: View,
    key: str,
    make: Callable[[], Chart | None],
    clickable: bool = False,
    heading: str = "",
    empty: str = "",
    twin: bool = True,
    ways: Callable[[str], To] | None = None,
    further: tuple[str, To] | None = None,
) -> str | None:
    """Draws a chart (made once for a dataset, period and width) with its table twin.

    `key` names everything `make` depends on beside the dataset, the period and the width. Where
    there is nothing to draw, says `empty` or leaves the heading out too. Returns the `customdata`
    of the bar that was clicked. `ways` says where a key of the chart's `links` leads, for the
    keyboard; `further` is one more link beside the table's button; without `twin` nothing stands
    under the figure.
    """
    chart = _drawn(view, key, make)
    if heading and (chart is not None or empty):
        st.subheader(heading)
    if chart is None:
        if empty:
            note(empty)
        return None
    event = st.plotly_chart(
        chart.figure,
        key=f"chart_{key}_{width()}_{zoom():g}",
        theme=None,
        config=_CONFIG,
        alt=chart.alt,
        on_select="rerun" if clickable else "ignore",
        selection_mode="points",
    )
    if twin:
        _beneath(key, chart, ways, further)
    points = event.selection.points if clickable else []  # type: ignore[union-attr]
    return str(points[0]["customdata"]) if points else None


def _beneath(
    key: str,
    chart: Chart,
    ways: Callable[[str], To] | None,
    further: tuple[str, To] | None,
) -> None:
    """The same figures as a table, sent only while it is open; the figure as a picture; and what a
    click on a row opens, for the keyboard."""
    name = f"under_{key}"
    opened = bool(st.session_state.get(name, {}).get("open"))
    table = chart.table
    links = [(words, ways(each)) for each, words in chart.links.items()] if ways else []
    links += [further] if further else []
    address = hrefs()
    data = {
        "links": [(words, address(to.page, to.query)) for words, to in links],
        "seen": 1 if further else 0,
        "twin": labels.AS_TABLE,
        "picture": labels.AS_PICTURE,
        "name": key,
        "table": [list(table.columns), [[str(cell) for cell in row] for row in table.to_numpy()]]
        if opened
        else None,
    }
    result = _under(key=name, data=packed(data), on_go_change=_nothing, on_open_change=_nothing)
    at = result.get("go")
    if isinstance(at, int) and 0 <= at < len(links):
        go(links[at][1].page, **links[at][1].query)


def _nothing() -> None:
    """A trigger has to have somebody who listens."""


def problems(state: State) -> None:
    """The faults of the newest bytes, each with its place and cure, in one element. Of very many
    the first, and the number of the others: every page open would else be sent megabytes."""
    shown = [f"- {plain(_placed(each, state))}" for each in state.problems[:MOST_PROBLEMS]]
    if more := len(state.problems) - len(shown):
        shown.append(f"- {plain(labels.MORE_PROBLEMS.format(count=more))}")
    if shown:
        st.markdown("\n".join(shown))


def _placed(problem: Problem, state: State) -> str:
    return access.for_reader(problem.at(state.path.name), state.path)


def _banner(state: State) -> None:
    """While the file is bad: the first faults, and that the figures are the last good ones. Where
    there are no figures, all the faults stand below instead."""
    if state.problems:
        first = state.problems[:3] if state.document is not None else ()
        shown = [_placed(problem, state) for problem in first]
        st.error(
            "  \n".join(
                [labels.bad_file(len(state.problems), moment(state.saved_at)), *map(plain, shown)]
            )
        )
        if state.document is not None:
            link("data", labels.ALL_PROBLEMS)
    if state.vanished or state.lost:
        st.warning(plain(labels.vanished(state.vanished, state.lost)))
