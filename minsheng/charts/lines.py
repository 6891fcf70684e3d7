"""Completion over time against the elapsed share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from minsheng import labels, theme
from minsheng.charts.naming import named, spread
from minsheng.charts.rows import Chart, fit, plain
from minsheng.labels import COLUMN, trend
from minsheng.measuring.series import Means
from minsheng.model import Light, Period, Plan
from minsheng.printed import missing, percent

LABEL_GAP = 19
HEIGHT = 300
LEADER = 0.05
NAMED = 2  # of the lines that are quiet, the lowest have their names at their ends
QUIET_LINE = "#a3abb5"
LEFT, TOP, BOTTOM, CHARACTER = 46, 12, 26, 13


@dataclass(frozen=True)
class Line:
    """Completion over the periods: a share a period, None where nothing is known.

    `left_out` counts the projects a mean could not hold, `lights` make the marks of a project. A
    line that is not `strong` is there to be compared with; `ends_at` is where it would be at the
    end of the plan.
    """

    name: str
    shares: Sequence[float | None]
    left_out: Sequence[int] = ()
    lights: Sequence[Light] = ()
    strong: bool = False
    ends_at: float | None = None


def lines(
    periods: Sequence[Period],
    elapsed: Sequence[float],
    each: Sequence[Line],
    plan: Plan | None = None,
) -> Chart:
    """Completion over time against the elapsed share, to the scale of the calendar.

    A period without a figure breaks its line. With a `plan` the calendar begins at its first day,
    and ends with it where a line says where it would end. Names stand at the lines' ends, moved
    apart where they would lie on each other; a line of which nothing is known stands in the table
    only.
    """
    drawn = [line for line in each if any(not missing(share) for share in line.shares)]
    days = [period.as_of.toordinal() for period in periods]
    calendar = Line(labels.ELAPSED, list(elapsed), strong=True)
    forecast = plan is not None and any(line.ends_at is not None for line in drawn)
    figure = go.Figure(layout={"template": theme.TEMPLATE, "height": HEIGHT})
    first = plan.start.toordinal() if plan else days[0]
    last = plan.end.toordinal() if plan and forecast else days[-1]
    _calendar(figure, days, elapsed, first if plan else None, last if forecast else None)
    for line in sorted(drawn, key=lambda line: line.strong):
        _line(figure, days, periods, line, first if plan else None)
        if forecast and line.ends_at is not None:
            _forecast(figure, days, last, line)
    span = max(last - first, 1)
    said = [line for line in drawn if line.strong] + _lowest(drawn)
    if forecast:
        _beside(figure, days, last, [line for line in drawn if line.strong], elapsed[-1])
    else:
        _ends(figure, days, span, [calendar, *said])
    shown = named(periods)
    figure.update_xaxes(
        range=[first - 0.03 * span, last + (0.03 if forecast else LEADER) * span],
        tickvals=[period.as_of.toordinal() for period in shown] + ([last] if forecast else []),
        ticktext=[plain(fit(period.label, 13, 80)) for period in shown]
        + ([trend.PLAN_END] if forecast else []),
        tickfont={"size": 13, "color": theme.QUIET},
        automargin=False,
    )
    figure.update_yaxes(
        range=[0, 1.06],
        tickvals=[0, 0.25, 0.5, 0.75, 1],
        ticktext=["0%", "25%", "50%", "75%", "100%"],
        tickfont={"size": 13, "color": theme.QUIET},
        showgrid=True,
        gridcolor=theme.RULE,
        automargin=False,
    )
    longest = 0 if forecast else max(len(line.name) for line in [calendar, *said])
    figure.update_layout(
        margin={
            "l": LEFT,
            "r": 24 if forecast else CHARACTER * min(longest, 9) + 62,
            "t": TOP,
            "b": BOTTOM,
        },
        hovermode="closest",
        showlegend=False,
    )
    alt = [(line.name, line.shares[-1]) for line in [*each, calendar]]
    return Chart(
        figure, trend.alt_of_history(periods[-1].label, alt), _table(periods, calendar, each)
    )


def _lowest(drawn: Sequence[Line]) -> list[Line]:
    known = [line for line in drawn if not line.strong and not missing(line.shares[-1])]
    return sorted(known, key=lambda line: line.shares[-1] or 0.0)[:NAMED]


def _calendar(
    figure: go.Figure,
    days: Sequence[int],
    elapsed: Sequence[float],
    first: int | None,
    last: int | None,
) -> None:
    xs, ys = list(days), list(elapsed)
    if first is not None:
        xs, ys = [first, *xs], [0.0, *ys]
    if last is not None and last > xs[-1]:
        xs, ys = [*xs, last], [*ys, 1.0]
    figure.add_scatter(
        x=xs,
        y=ys,
        name=labels.ELAPSED,
        mode="lines" if len(xs) > 1 else "markers",
        line={"color": theme.INK["light"], "dash": "dash", "width": 1.5},
        hoverinfo="skip",
    )


def _line(
    figure: go.Figure,
    days: Sequence[int],
    periods: Sequence[Period],
    line: Line,
    first: int | None,
) -> None:
    """From nothing at the plan's first day on where a forecast stands on that straight line."""
    omitted = list(line.left_out) or [0] * len(days)
    colour = theme.INK["light"] if line.strong else QUIET_LINE
    xs, ys = list(days), [None if missing(share) else share for share in line.shares]
    hover = [
        trend.point(plain(line.name), plain(period.label), share, count)
        for period, share, count in zip(periods, line.shares, omitted, strict=True)
    ]
    marks = [0.0 if missing(share) else 1.0 for share in line.shares]
    if first is not None and line.ends_at is not None:
        xs, ys, hover, marks = [first, *xs], [0.0, *ys], ["", *hover], [0.0, *marks]
    marked = {
        "symbol": [theme.LIGHT_SYMBOL[light] for light in line.lights] or "circle",
        "color": [theme.LIGHT[light] for light in line.lights] or colour,
        "size": [mark * (13 if line.lights else 10 if line.strong else 5) for mark in marks],
    }
    figure.add_scatter(
        x=xs,
        y=ys,
        name=line.name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 3 if line.strong else 1.5},
        marker=marked,
        hovertext=hover,
        hoverinfo="text",
        cliponaxis=False,
    )


def _forecast(figure: go.Figure, days: Sequence[int], last: int, line: Line) -> None:
    """Where the straight line ends: a ring at the end of dots, for it is no figure yet."""
    ink = theme.INK["light"]
    figure.add_scatter(
        x=[days[-1], last],
        y=[line.shares[-1], line.ends_at],
        name=trend.FORECAST,
        mode="lines+markers",
        line={"color": ink, "dash": "dot", "width": 2.5},
        marker={
            "color": theme.PAPER,
            "size": [0, 11],
            "line": {"width": 2, "color": ink},
            "symbol": "circle",
        },
        hoverinfo="skip",
        cliponaxis=False,
    )


def _beside(
    figure: go.Figure, days: Sequence[int], last: int, each: Sequence[Line], elapsed: float
) -> None:
    """Words at the figures themselves, where one line stands alone."""
    x, ink = days[-1], theme.INK["light"]
    for line in each:
        share = line.shares[-1]
        if missing(share) or line.ends_at is None:
            continue
        up = (share or 0.0) >= elapsed
        said = f"<b>{plain(trend.end_of_line(line.name, share))}</b>"
        due = trend.end_of_line(labels.ELAPSED, elapsed)
        _say(figure, x, share, said, "top left" if up else "bottom right", ink)
        _say(figure, x, elapsed, due, "bottom right" if up else "top left", ink)
        _say(figure, last, line.ends_at - 0.06, trend.ends_at(line.ends_at), "bottom left", ink)


def _say(figure: go.Figure, x: float, y: float | None, words: str, where: str, colour: str) -> None:
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="text",
        text=[f" {words} "],
        textposition=where,
        textfont={"size": 14, "color": colour},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _ends(figure: go.Figure, days: Sequence[int], span: int, each: Sequence[Line]) -> None:
    """Every named line's name and last figure, with a leader from where the line ends."""
    ends = [_last(line.shares) for line in each]
    shares = [float(line.shares[at] or 0.0) for line, at in zip(each, ends, strict=True)]
    gap = LABEL_GAP / (HEIGHT - TOP - BOTTOM) * 1.06
    places = spread(shares, gap, gap / 2, 1.06 - gap / 2)
    edge = days[-1] + LEADER * span
    for line, share, place, at in zip(each, shares, places, ends, strict=True):
        colour = theme.INK["light"] if line.strong else theme.QUIET
        figure.add_scatter(
            x=[days[at], edge],
            y=[share, place],
            mode="lines",
            line={"color": QUIET_LINE, "width": 1, "dash": "dot"},
            hoverinfo="skip",
            cliponaxis=False,
        )
        words = plain(trend.end_of_line(fit(line.name, CHARACTER, 9 * CHARACTER), line.shares[-1]))
        bold = line.strong and line.name != labels.ELAPSED
        said = f"<b>{words}</b>" if bold else words
        _say(figure, edge, place, said, "middle right", colour)


def _last(shares: Sequence[float | None]) -> int:
    return max(at for at, share in enumerate(shares) if not missing(share))


def _table(periods: Sequence[Period], calendar: Line, each: Sequence[Line]) -> pd.DataFrame:
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


def mean_line(
    means: Means, key: str, name: str, strong: bool = False, ends_at: float | None = None
) -> Line:
    """The line of one of the means, e.g. of `series.categories`."""
    shares, left_out = means.of(key)
    return Line(name, shares, left_out, strong=strong, ends_at=ends_at)
