"""From what to what the completion of each project moved since the period before."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from minsheng import printed, theme
from minsheng.charts.bars import ROW, Chart, Row, axes, canvas, hit, plain, short, write
from minsheng.labels import COLUMN, trend
from minsheng.measuring.series import Change
from minsheng.model import Light
from minsheng.printed import percent, tenths


def moved(changes: Sequence[Change], contents: dict[str, str]) -> Chart | None:
    """From what to what each completion moved, the deepest fall first, then the highest rise.

    What is unknown in one of the two periods did not move. `customdata` is the project id; None
    where nothing moved.
    """
    rows = [
        (change, float(change.completion_before), float(change.completion))
        for change in changes
        if change.completion is not None
        and change.completion_before is not None
        and tenths(change.completion) != tenths(change.completion_before)
    ]
    if not rows:
        return None
    rows.sort(
        key=lambda row: (row[2] > row[1], row[1] - row[2] if row[2] > row[1] else row[2] - row[1])
    )
    figure = canvas(len(rows) * ROW, 32.0)
    ys = [place + 0.72 for place in range(len(rows))]
    drawn = [
        Row(
            change.project,
            f"<b>{change.project}</b> {plain(short(contents[change.project], 13))}",
            trend.arrow(percent(before), percent(after)),
        )
        for change, before, after in rows
    ]
    largest = 1.02
    hit(figure, drawn, [float(place) for place in range(len(rows))], ys, largest)
    write(figure, [0] * len(ys), [y - 0.42 for y in ys], [r.label for r in drawn], "middle right")
    write(
        figure, [largest] * len(ys), [y - 0.42 for y in ys], [r.value for r in drawn], "middle left"
    )
    _arrows(figure, rows, ys)
    axes(figure, float(len(rows)), largest)
    rose = sum(after > before for _, before, after in rows)
    most = max(rows, key=lambda row: abs(row[2] - row[1]))
    alt = trend.alt_of_moved(
        rose, len(rows) - rose, (most[0].project, trend.arrow(percent(most[1]), percent(most[2])))
    )
    return Chart(figure, alt, _moved_table(rows, contents))


def _arrows(
    figure: go.Figure, rows: Sequence[tuple[Change, float, float]], ys: Sequence[float]
) -> None:
    """The head of the arrow says the direction by its shape as well as by its colour."""
    figure.add_scatter(
        x=[before for _, before, _ in rows],
        y=list(ys),
        mode="markers",
        name=trend.BEFORE,
        marker={"symbol": "circle-open", "size": 11, "color": theme.LINE, "line": {"width": 2.5}},
        hoverinfo="skip",
        cliponaxis=False,
    )
    spots = [(before, after, y) for (_, before, after), y in zip(rows, ys, strict=True)]
    rose = [spot for spot in spots if spot[1] > spot[0]]
    fell = [spot for spot in spots if spot[1] < spot[0]]
    _heads(figure, rose, trend.ROSE, "triangle-right", theme.DONE)
    _heads(figure, fell, trend.FELL, "triangle-left", theme.LIGHT[Light.FAR_BEHIND])


def _heads(
    figure: go.Figure,
    spots: Sequence[tuple[float, float, float]],
    name: str,
    symbol: str,
    colour: str,
) -> None:
    if not spots:
        return
    figure.add_bar(
        x=[after - before for before, after, _ in spots],
        base=[before for before, _, _ in spots],
        y=[y for *_, y in spots],
        width=0.1,
        orientation="h",
        marker={"color": colour, "line": {"width": 0}},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=[after for _, after, _ in spots],
        y=[y for *_, y in spots],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": 14, "color": colour},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _moved_table(
    rows: Sequence[tuple[Change, float, float]], contents: dict[str, str]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            COLUMN["id"]: [change.project for change, _, _ in rows],
            COLUMN["content"]: [contents[change.project] for change, _, _ in rows],
            trend.BEFORE: [percent(before) for _, before, _ in rows],
            trend.AFTER: [percent(after) for *_, after in rows],
            trend.MOVED: [printed.gap(after, before) for _, before, after in rows],
            COLUMN["light"]: [trend.lights(c.light_before, c.light) for c, _, _ in rows],
        }
    )
