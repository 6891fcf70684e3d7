"""The lights of every project over the periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from minsheng import labels, theme
from minsheng.charts.bars import ROW, Chart, Row, canvas, hit, plain, short, write
from minsheng.charts.naming import named
from minsheng.labels import COLUMN, trend
from minsheng.measuring import leaderboard
from minsheng.measuring.series import Series
from minsheng.model import Light, MeasuredProject, Period
from minsheng.printed import percent

MOST_FIGURES = 5


def strip(series: Series, projects: Mapping[str, MeasuredProject]) -> Chart:
    """A row for each project of the frame, a mark a period, by category.

    `customdata` is the project id. A light of the past stays where it was.
    """
    rows: list[Row] = []
    tops, ys, heads, place = [], [], [], 0.0
    for category, members in groupby(projects.values(), key=lambda row: row.category):
        heads.append((place, category))
        place += 1.06
        for row in members:
            words = f"<b>{row.id}</b> {plain(short(row.content, 20))}"
            rows.append(Row(row.id, words, "", hover=_hover(series, row.id, row.content)))
            tops.append(place)
            ys.append(place + 0.66)
            place += 1.06
        place += 0.1
    count = len(series.periods)
    xs = [at + 0.02 * count for at in range(count)]
    figure = canvas(place * ROW, 0.0)
    hit(figure, rows, tops, ys, float(count))
    _tracks(figure, ys, float(count))
    write(figure, [0] * len(rows), [y - 0.43 for y in ys], [r.label for r in rows], "middle right")
    _heads(figure, series.periods, heads, xs)
    _marks(figure, series, [row.key for row in rows], xs, ys)
    figure.update_layout(
        xaxis={"visible": False, "range": [0, count]},
        yaxis={"visible": False, "range": [place, 0]},
        margin={"t": 4, "b": 4},
        height=int(place * ROW + 8),
    )
    return Chart(figure, _alt_of_strip(series, projects), _strip_table(series, projects))


def _heads(
    figure: go.Figure,
    periods: Sequence[Period],
    heads: Sequence[tuple[float, str]],
    xs: Sequence[float],
) -> None:
    """The category, and under it which column is which period."""
    write(
        figure,
        [0] * len(heads),
        [place + 0.4 for place, _ in heads],
        [f"<b>{plain(name)}</b>" for _, name in heads],
        "middle right",
    )
    kept = named(periods)
    columns = [(x, p) for x, p in zip(xs, periods, strict=True) if p in kept]
    write(
        figure,
        [x for _ in heads for x, _ in columns],
        [place + 0.82 for place, _ in heads for _ in columns],
        [plain(short(period.label, 6)) for _ in heads for _, period in columns],
        "middle right" if len(periods) <= MOST_FIGURES else "middle center",
        True,
    )


def _tracks(figure: go.Figure, ys: Sequence[float], width: float) -> None:
    figure.add_bar(
        x=[width] * len(ys),
        y=list(ys),
        width=0.46,
        orientation="h",
        marker={"color": theme.TRACK, "line": {"width": 0}},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(
    figure: go.Figure, series: Series, ids: Sequence[str], xs: Sequence[float], ys: Sequence[float]
) -> None:
    """With few periods each mark has its figure beside it."""
    measured = [series.projects[project] for project in ids]
    for light in Light:
        spots = [
            (x, y, each.completion)
            for y, periods in zip(ys, measured, strict=True)
            for x, each in zip(xs, periods, strict=True)
            if each.light == light
        ]
        if not spots:
            continue
        figure.add_scatter(
            x=[x for x, _, _ in spots],
            y=[y for _, y, _ in spots],
            mode="markers+text" if len(xs) <= MOST_FIGURES else "markers",
            marker={
                "symbol": theme.LIGHT_SYMBOL[light],
                "color": theme.LIGHT[light],
                "size": 12,
                "line": {"width": 1.5, "color": theme.LIGHT[light]},
            },
            text=[f" {percent(share)}" for *_, share in spots],
            textposition="middle right",
            textfont={"size": theme.SMALL + 1},
            name=labels.LIGHT[light],
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )


def _hover(series: Series, project: str, content: str) -> str:
    each = [
        f"{plain(period.label)}　{labels.light(light)} {percent(share)}"
        for period, light, share in zip(series.periods, *series.of_project(project), strict=True)
    ]
    return "<br>".join([f"{project} {plain(short(content, 36))}", *each])


def _alt_of_strip(series: Series, projects: Mapping[str, MeasuredProject]) -> str:
    now = {key: series.projects[key][-1].light for key in projects}
    recovered = [
        project
        for project, light in now.items()
        if light in leaderboard.ON_SCHEDULE and series.was_late(project)
    ]
    counts = {light: list(now.values()).count(light) for light in Light}
    return trend.alt_of_strip([p.label for p in series.periods], counts, recovered)


def _strip_table(series: Series, projects: Mapping[str, MeasuredProject]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            COLUMN["id"]: list(projects),
            COLUMN["content"]: [row.content for row in projects.values()],
            **{
                f"{period.label}（{period.id}）": [
                    f"{labels.light(each.light)} {percent(each.completion)}"
                    for each in (series.projects[key][at] for key in projects)
                ]
                for at, period in enumerate(series.periods)
            },
        }
    )
