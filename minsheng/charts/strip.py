"""The lights of every project over the periods."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from minsheng import labels, theme
from minsheng.charts.bars import ROW, Chart, Row, canvas, hit, plain, short, write
from minsheng.charts.naming import named
from minsheng.labels import COLUMN, trend
from minsheng.measuring import leaderboard
from minsheng.measuring.series import Series
from minsheng.model import Light, Period
from minsheng.printed import percent

MOST_FIGURES = 5


def strip(series: Series, projects: pd.DataFrame) -> Chart:
    """A row for each project of the frame, a mark a period, by category.

    `customdata` is the project id. A light of the past stays where it was.
    """
    rows: list[Row] = []
    tops, ys, heads, place = [], [], [], 0.0
    for _, members in projects.groupby("category_number", sort=False):
        heads.append((place, str(members["category"].iloc[0])))
        place += 1.06
        for project, content in members["content"].items():
            words = f"<b>{project}</b> {plain(short(content, 20))}"
            rows.append(Row(str(project), words, "", hover=_hover(series, str(project), content)))
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
    lights = series.lights.loc[list(ids)].to_numpy()
    shares = series.completion.loc[list(ids)].to_numpy()
    for light in Light:
        spots = [
            (x, y, shares[row, column])
            for row, y in enumerate(ys)
            for column, x in enumerate(xs)
            if lights[row, column] == light
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


def _alt_of_strip(series: Series, projects: pd.DataFrame) -> str:
    now = {str(project): series.of_project(str(project))[0][-1] for project in projects.index}
    recovered = [
        project
        for project, light in now.items()
        if light in leaderboard.ON_SCHEDULE and series.was_late(project)
    ]
    counts = {light: list(now.values()).count(light) for light in Light}
    return trend.alt_of_strip([p.label for p in series.periods], counts, recovered)


def _strip_table(series: Series, projects: pd.DataFrame) -> pd.DataFrame:
    ids = projects.index
    return pd.DataFrame(
        {
            COLUMN["id"]: list(ids),
            COLUMN["content"]: list(projects["content"]),
            **{
                f"{period.label}（{period.id}）": [
                    f"{labels.light(light)} {percent(share)}"
                    for light, share in zip(
                        series.lights.loc[ids, period.id],
                        series.completion.loc[ids, period.id],
                        strict=True,
                    )
                ]
                for period in series.periods
            },
        }
    )
