"""Completion over time against the elapsed share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from minsheng import labels, theme
from minsheng.charts.bars import Chart, canvas, plain, short, write
from minsheng.charts.naming import named, spread
from minsheng.labels import COLUMN, trend
from minsheng.measuring.series import Means
from minsheng.model import Light, Period
from minsheng.printed import missing, percent

LABEL_GAP = 19
HEIGHT = 340
LEADER = 0.06
BEGIN = 0.12
COLOURS = [colour for colour in theme.STAGES if colour not in (theme.DONE, theme.LINE)]


@dataclass(frozen=True)
class Line:
    """Completion over the periods: a share a period, None where nothing is known.

    `left_out` counts the projects a mean could not hold, `lights` make the marks of a project.
    """

    name: str
    shares: Sequence[float | None]
    left_out: Sequence[int] = ()
    lights: Sequence[Light] = ()
    strong: bool = False


def lines(periods: Sequence[Period], elapsed: Sequence[float], each: Sequence[Line]) -> Chart:
    """Completion over time against the elapsed share, to the scale of the calendar.

    A period without a figure breaks its line. Names stand at the lines' ends, moved apart where
    they would lie on each other; a line of which nothing is known stands in the table only.
    """
    drawn = [line for line in each if any(not missing(share) for share in line.shares)]
    top = max([1.0, *elapsed, *(x for line in drawn for x in line.shares if x is not None)]) * 1.04
    calendar = Line(labels.ELAPSED, list(elapsed))
    height = max(HEIGHT, (len(drawn) + 1) * LABEL_GAP + 96)
    days = [period.as_of.toordinal() for period in periods]
    figure = canvas(height - 72, 36.0)
    _line(figure, days, periods, calendar, theme.LINE, dash="dash")
    colours = [_colour(line, place) for place, line in enumerate(drawn)]
    for line, colour in zip(drawn, colours, strict=True):
        _line(figure, days, periods, line, colour)
    span = max(days[-1] - days[0], 1)
    _ends(figure, days, span, [calendar, *drawn], [theme.LINE, *colours], top, height - 68)
    kept = named(periods)
    figure.update_xaxes(
        range=[days[0] - BEGIN * span, days[-1] + LEADER * span],
        tickvals=[period.as_of.toordinal() for period in kept],
        ticktext=[plain(short(period.label, 6)) for period in kept],
        tickfont={"size": theme.SMALL},
        automargin=False,
    )
    steps = [step / 4 for step in range(int(top * 4) + 1)]
    figure.update_yaxes(
        range=[0, top],
        tickvals=steps,
        ticktext=[f"{step:.0%}" for step in steps],
        tickfont={"size": theme.SMALL},
        showgrid=True,
        gridcolor=theme.GRID,
    )
    longest = max(len(line.name) for line in [calendar, *drawn])
    figure.update_layout(margin={"r": 13 * min(longest, 8) + 56, "b": 32}, hovermode="closest")
    alt = [(line.name, line.shares[-1]) for line in [*each, calendar]]
    return Chart(
        figure, trend.alt_of_history(periods[-1].label, alt), _lines_table(periods, calendar, each)
    )


def _colour(line: Line, place: int) -> str:
    return theme.DONE if line.strong else COLOURS[place % len(COLOURS)]


def _line(
    figure: go.Figure,
    days: Sequence[int],
    periods: Sequence[Period],
    line: Line,
    colour: str,
    dash: str = "solid",
) -> None:
    omitted = list(line.left_out) or [0] * len(days)
    marked = {
        "symbol": [theme.LIGHT_SYMBOL[light] for light in line.lights] or "circle",
        "color": [theme.LIGHT[light] for light in line.lights] or colour,
        "size": 13 if line.lights else 9 if line.strong else 6,
    }
    figure.add_scatter(
        x=list(days),
        y=[None if missing(share) else share for share in line.shares],
        name=line.name,
        mode="lines" if dash == "dash" and len(days) > 1 else "lines+markers",
        connectgaps=False,
        line={"color": colour, "dash": dash, "width": 4 if line.strong else 2},
        marker=marked,
        hovertext=[
            trend.point(plain(line.name), plain(period.label), share, count)
            for period, share, count in zip(periods, line.shares, omitted, strict=True)
        ],
        hoverinfo="text",
        showlegend=False,
        cliponaxis=False,
    )


def _ends(
    figure: go.Figure,
    days: Sequence[int],
    span: int,
    each: Sequence[Line],
    colours: Sequence[str],
    top: float,
    height: float,
) -> None:
    """Every line's name and last figure, with a leader from where the line ends."""
    ends = [_last(line.shares) for line in each]
    shares = [float(line.shares[at] or 0.0) for line, at in zip(each, ends, strict=True)]
    gap = LABEL_GAP / height * top
    places = spread(shares, gap, gap / 2, top - gap / 2)
    edge = days[-1] + LEADER * span
    for share, place, at, colour in zip(shares, places, ends, colours, strict=True):
        figure.add_scatter(
            x=[days[at], edge],
            y=[share, place],
            mode="lines",
            line={"color": colour, "width": 1, "dash": "dot"},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
    said = [trend.end_of_line(plain(short(line.name, 8)), line.shares[-1]) for line in each]
    bold = [
        f"<b>{words}</b>" if line.strong else words for words, line in zip(said, each, strict=True)
    ]
    write(figure, [edge] * len(each), places, bold, "middle right", True)


def _last(shares: Sequence[float | None]) -> int:
    return max(at for at, share in enumerate(shares) if not missing(share))


def _lines_table(periods: Sequence[Period], calendar: Line, each: Sequence[Line]) -> pd.DataFrame:
    columns: dict[str, list[str]] = {COLUMN["period"]: [f"{p.label}（{p.id}）" for p in periods]}
    for line in [*each, calendar]:
        columns[line.name] = [percent(share) for share in line.shares]
        if any(line.left_out):
            omitted = map(trend.left_out, line.left_out)
            columns[line.name] = [
                f"{share}（{words}）" if words else share
                for share, words in zip(columns[line.name], omitted, strict=True)
            ]
        if line.lights:
            columns[COLUMN["light"]] = [labels.light(light) for light in line.lights]
    return pd.DataFrame(columns)


def mean_line(means: Means, key: str, name: str, strong: bool = False) -> Line:
    """The line of one of the means, e.g. of `series.categories`."""
    shares, left_out = means.of(key)
    return Line(name, shares, left_out, strong=strong)
