"""The frame of every page: menu, banners, period, charts, foot line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st
from plotly.basedatatypes import BaseFigure
from plotly.graph_objects import Figure

from minsheng import labels, theme
from minsheng.charts.bars import Chart
from minsheng.dataset.store import State
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Dataset
from minsheng.server.keeping import kept, store, taken
from minsheng.ui import access
from minsheng.ui.address import choose, go, link, pages
from minsheng.ui.frame import follow, foot, shared
from minsheng.ui.markdown import note, plain, rows


@dataclass(frozen=True)
class View:
    """What a page shows: the state of the file, and its last good figures at one period."""

    state: State
    snapshot: Snapshot


def menu() -> None:
    """Builds the menu and runs the chosen page: what Streamlit runs each time."""
    page = _navigation()
    if access.follow():
        go("data")
    follow()
    page.run()


def begin(asks_period: bool = True) -> View:
    """Opens a page: menu, banners, period. Stops the page where nothing can be shown.

    A page that is not about one period does not ask for it, and keeps the one in the address.
    """
    state = store().current()
    if state.document is None:
        st.title(labels.APP)
        _banner(state)
        problems(state)
        st.stop()
    _banner(state)
    shared(state.fingerprint)
    period = _period(state.document.dataset, asks_period)
    return View(state, taken(state, period))


def end(view: View) -> None:
    """The foot line of every page: cut-off date, thresholds in force, dataset fingerprint."""
    foot(view.snapshot)


def _navigation() -> Any:
    st.set_page_config(page_title=labels.APP, page_icon=theme.ICON, layout="wide")
    return st.navigation(list(pages().values()), position="top")


def _period(dataset: Dataset, asks: bool) -> str:
    """The period in the address; the last one where none is named."""
    names = {period.id: f"{period.label}（{period.id}）" for period in reversed(dataset.periods)}
    if len(names) == 1:
        return next(iter(names))
    if not asks:
        named = st.query_params.get("period", "")
        return named if named in names else next(iter(names))
    return choose(labels.COLUMN["period"], "period", names)


class _Finished(BaseFigure):  # type: ignore[misc]  # plotly ships no types
    """What is sent of a figure that nobody changes any more, worked out once.

    plotly otherwise copies and converts every array again at each rerun. Nothing of the figure is
    kept: its parts refer to each other, and would wait for the collector.
    """

    def __init__(self, figure: Figure, ink: str) -> None:
        object.__setattr__(self, "_sent", figure.update_layout(font_color=ink).to_dict())

    def to_dict(self) -> dict[str, Any]:
        sent: dict[str, Any] = self._sent
        return sent


def _drawn(view: View, key: str, make: Callable[[], Chart | None]) -> Chart | None:
    ink = theme.INK["dark" if st.context.theme.type == "dark" else "light"]

    def finished() -> Chart | None:
        chart = make()
        return chart and replace(chart, figure=_Finished(chart.figure, ink))

    return kept(view.state, ("chart", view.snapshot.period.id, key, ink), finished)


def draw(
    view: View,
    key: str,
    make: Callable[[], Chart | None],
    clickable: bool = False,
    heading: str = "",
    empty: str = "",
) -> str | None:
    """Draws a chart (made once for a dataset and period) with its table twin.

    `key` names everything `make` depends on beside the dataset and the period. Where there is
    nothing to draw, says `empty` or leaves the heading out too. Returns the `customdata` of the
    bar that was clicked.
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
        key=f"chart_{key}",
        theme=None,
        config=labels.PLOTLY_CONFIG,
        alt=chart.alt,
        on_select="rerun" if clickable else "ignore",
        selection_mode="points",
    )
    _twin(key, chart.table)
    points = event.selection.points if clickable else []  # type: ignore[union-attr]
    return str(points[0]["customdata"]) if points else None


def _twin(key: str, table: pd.DataFrame) -> None:
    """The same figures as a table, built only while it is open."""
    twin = st.expander(labels.AS_TABLE, key=f"table_{key}", on_change="rerun")
    if twin.open:
        twin.table(rows(table), hide_index=True)


def problems(state: State) -> None:
    """Every fault of the newest bytes, each with its place and cure; one element, however many."""
    if state.problems:
        st.markdown("\n".join(f"- {plain(each.at(state.path.name))}" for each in state.problems))


def _banner(state: State) -> None:
    """While the file is bad: the first faults, and that the figures are the last good ones. Where
    there are no figures, all the faults stand below instead."""
    if state.problems:
        first = state.problems[:3] if state.document is not None else ()
        shown = [problem.at(state.path.name) for problem in first]
        st.error(
            "  \n".join([labels.bad_file(len(state.problems), state.saved_at), *map(plain, shown)])
        )
        if state.document is not None:
            link("data", labels.ALL_PROBLEMS)
    if state.vanished:
        st.warning(plain(labels.vanished(state.vanished)))
