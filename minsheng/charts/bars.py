"""Frame → plotly Figure, with what it says in words and the same figures as a table.

Every progress chart is rows of one kind: a line of words, and under it a bar from 0 past the
largest value, with the elapsed share and 100 % as lines. A missing value keeps its row and its
words and has no bar: it is never drawn as 0.
"""

from __future__ import annotations

import html
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from minsheng import labels, printed, theme
from minsheng.charts.rows import Chart as Chart
from minsheng.labels import COLUMN
from minsheng.measuring import drawn
from minsheng.measuring.drawn import Bar
from minsheng.model import Light, MeasuredIndicator, MeasuredProject, Standing, Tally
from minsheng.printed import number, percent

ROW = 46
HEADING = 30
NOTE = 22
PER_LINE = 6
LINE = 0.44
LEGEND_WIDTH = 24


@dataclass(frozen=True)
class Row:
    """One bar with its words."""

    key: str
    label: str
    value: str
    bar: Bar = field(default_factory=Bar)
    heading: str = ""
    note: str = ""
    hover: str = ""


def categories(tallies: Mapping[str, Tally], elapsed: float) -> Chart:
    """A bar for each category; `customdata` is the category number."""
    rows = [
        Row(
            key=number_,
            label=plain(f"{each.name}（{each.projects} 项）"),
            value=_value(each),
            bar=drawn.mean(each, elapsed),
        )
        for number_, each in tallies.items()
    ]
    each = list(tallies.values())
    table = pd.DataFrame(
        {
            COLUMN["category"]: [row.name for row in each],
            COLUMN["projects"]: [row.projects for row in each],
            COLUMN["completion"]: [percent(row.completion) for row in each],
            COLUMN["claimed"]: [percent(row.claimed) for row in each],
            COLUMN["behind"]: [row.behind for row in each],
        }
    )
    groups = [(row.name, row.completion) for row in each]
    return Chart(bars(rows, elapsed), labels.alt_of_groups(groups, elapsed), table)


def departments(board: Mapping[str, Standing], elapsed: float) -> Chart:
    """A bar for each lead department, best first; `customdata` is the department's name."""
    rows = [
        Row(
            key=name,
            label=plain(short(name, 18)),
            note=labels.department_note(row),
            value=_value(row),
            bar=drawn.mean(row, elapsed),
        )
        for name, row in board.items()
    ]
    each = list(board.values())
    table = pd.DataFrame(
        {
            COLUMN["department"]: list(board),
            COLUMN["projects"]: [row.projects for row in each],
            COLUMN["finished"]: [row.finished for row in each],
            COLUMN["behind"]: [row.behind for row in each],
            COLUMN["completion"]: [percent(row.completion) for row in each],
            COLUMN["claimed"]: [percent(row.claimed) for row in each],
            COLUMN["rank"]: [printed.rank(row.rank) for row in each],
            COLUMN["rank_range"]: [
                printed.rank_range(row.best_rank, row.worst_rank) for row in each
            ],
            labels.FEW: [labels.FEW if row.few else "" for row in each],
        }
    )
    groups = [(row.name, row.completion) for row in each]
    return Chart(bars(rows, elapsed), labels.alt_of_groups(groups, elapsed), table)


Projects = Mapping[str, MeasuredProject]
Parts = Mapping[str, Sequence[MeasuredIndicator]]


def indicators(projects: Projects, parts: Parts, elapsed: float, headings: bool = True) -> Chart:
    """Each of the projects with its indicators under it; `customdata` is the project id.

    A project without indicators keeps its heading and one row that says so, in the table too.
    """
    rows = [
        row
        for key, each in projects.items()
        for row in _indicator_rows(key, each, parts[key], headings)
    ]
    return Chart(bars(rows, elapsed), _alt_of_lights(projects), indicator_table(projects, parts))


def indicator_table(projects: Projects, parts: Parts) -> pd.DataFrame:
    """The figures of the indicators, printed; unknown is a dash."""
    names = (
        "id",
        "indicator",
        "target",
        "done",
        "underway",
        "unit",
        "completion",
        "claimed",
        "basis",
    )
    rows = [
        (
            key,
            part.name,
            number(part.target),
            number(part.done),
            number(part.underway),
            part.unit,
            percent(part.completion),
            percent(part.claimed),
            labels.BASIS[part.basis],
        )
        if part
        else (key, labels.NO_INDICATOR, *[labels.UNKNOWN] * 7)
        for key in projects
        for part in (*parts[key],) or (None,)
    ]
    return pd.DataFrame(rows, columns=[COLUMN[name] for name in names])


def _indicator_rows(
    project: str, row: MeasuredProject, parts: Sequence[MeasuredIndicator], headings: bool
) -> Iterable[Row]:
    heading = (
        ""
        if not headings
        else f"{light_mark(row.light)} <b>{project}</b> {plain(short(row.content, 22))}"
    )
    hover = _about(row)
    if not parts:
        yield Row(project, labels.NO_INDICATOR, labels.UNKNOWN, heading=heading, hover=hover)
    for place, part in enumerate(parts):
        weakest = len(parts) > 1 and part.name == row.weakest_name and (row.weakest or 0.0) < 1
        yield Row(
            key=project,
            label=_indicator_label(part, weakest),
            value=labels.shown(part),
            bar=drawn.bar(part, row.expected),
            heading="" if place else heading,
            hover=hover,
        )


def _indicator_label(part: MeasuredIndicator, weakest: bool) -> str:
    words = labels.done_of(replace(part, name=short(part.name, 10)))
    return f"{plain(words)}{'　<b>' + labels.WEAKEST + '</b>' if weakest else ''}"


def stages(projects: Projects, parts: Parts) -> Chart | None:
    """Stacked stage counts, as shares of the target; None where no report lists stages."""
    rows = [part for key in projects for part in parts[key] if part.stages]
    if not rows:
        return None
    titles, legends, ys, place = [], [], [], 0.0
    for row in rows:
        lines = _legend_lines(row.stages)
        titles.append((place + 0.3, f"<b>{row.project}</b> {plain(_goal(row))}"))
        legends += [(place + 0.85 + at * LINE, line) for at, line in enumerate(lines)]
        ys.append(place + 0.8 + len(lines) * LINE)
        place = ys[-1] + 0.3
    figure = canvas(place * ROW, 0.0)
    for spots, small in ((titles, False), (legends, True)):
        write(
            figure,
            [0] * len(spots),
            [y for y, _ in spots],
            [text for _, text in spots],
            "middle right",
            small,
        )
    _stack(figure, rows, ys)
    largest = max(math.fsum(row.stages.values()) / row.target for row in rows)
    axes(figure, place, max(largest, 1.0) * 1.02)
    table = pd.DataFrame(
        [
            (row.project, row.name, stage, number(count), row.unit)
            for row in rows
            for stage, count in row.stages.items()
        ],
        columns=[COLUMN[key] for key in ("id", "indicator", "stage", "count", "unit")],
    )
    alt = labels.alt_of_stages((row.project, row.stages) for row in rows)
    return Chart(figure, alt, table)


def _goal(row: MeasuredIndicator) -> str:
    return labels.goal(short(row.name, 10), row.target, row.unit)


def _legend_lines(stages: Mapping[str, float]) -> list[str]:
    """Each stage with its colour and count, in lines that fit a phone."""
    lines: list[str] = []
    width = 0
    for (stage, count), colour in zip(stages.items(), itertools.cycle(theme.STAGES), strict=False):
        words = f"{short(stage, 8)} {number(count)}"
        width += len(words) + 3
        entry = f"<span style='color:{colour}'>■</span> {plain(words)}"
        if not lines or width > LEGEND_WIDTH:
            lines.append(entry)
            width = len(words) + 3
        else:
            lines[-1] += f"　{entry}"
    return lines


def _stack(figure: go.Figure, rows: Sequence[MeasuredIndicator], ys: Sequence[float]) -> None:
    """One trace for all segments, each beginning where the one before it ends."""
    segments = [
        (row, y, stage, count, sum(list(row.stages.values())[:at]), at)
        for row, y in zip(rows, ys, strict=True)
        for at, (stage, count) in enumerate(row.stages.items())
    ]
    figure.add_bar(
        x=[count / row.target for row, _, _, count, _, _ in segments],
        y=[y for _, y, *_ in segments],
        base=[before / row.target for row, _, _, _, before, _ in segments],
        width=0.44,
        orientation="h",
        marker={"color": [theme.STAGES[at % len(theme.STAGES)] for *_, at in segments]},
        text=[number(count) for _, _, _, count, _, _ in segments],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": "#ffffff", "size": theme.SMALL},
        hovertext=[
            f"{plain(stage)} {number(count)} {plain(row.unit)}"
            for row, _, stage, count, _, _ in segments
        ],
        hoverinfo="text",
        showlegend=False,
        customdata=[row.project for row, *_ in segments],
    )


def lights(projects: Projects) -> Chart:
    """Every light by category; `customdata` is the project id."""
    spots: list[tuple[float, float, str, MeasuredProject]] = []
    titles: list[tuple[float, str]] = []
    place = 0
    for _, group in groupby(projects.values(), key=lambda row: row.category_number):
        rows = list(group)
        titles.append((place + 0.22, plain(rows[0].category)))
        for at, row in enumerate(rows):
            spots.append((at % PER_LINE, place + at // PER_LINE + 0.72, row.id, row))
        place += (len(rows) - 1) // PER_LINE + 1
    colours = [theme.LIGHT[row.light] for *_, row in spots]
    figure = canvas(0, 0.0)
    figure.add_scatter(
        x=[x for x, *_ in spots],
        y=[y for _, y, *_ in spots],
        mode="markers+text",
        marker={
            "symbol": [theme.LIGHT_SYMBOL[row.light] for *_, row in spots],
            "color": colours,
            "size": 14,
            "line": {"width": 1.5, "color": colours},
        },
        text=[f" {project}" for *_, project, _ in spots],
        textposition="middle right",
        textfont={"size": theme.SMALL},
        customdata=[project for *_, project, _ in spots],
        hovertext=[_about(row) for *_, row in spots],
        hoverinfo="text",
        showlegend=False,
    )
    write(
        figure,
        [-0.45] * len(titles),
        [y for y, _ in titles],
        [name for _, name in titles],
        "middle right",
    )
    figure.update_layout(
        height=place * ROW + 16,
        xaxis={"visible": False, "range": [-0.5, PER_LINE - 0.2]},
        yaxis={"visible": False, "range": [place, 0]},
        margin={"t": 8, "b": 8},
    )
    table = pd.DataFrame(
        {
            COLUMN["category"]: [row.category for *_, row in spots],
            COLUMN["id"]: [project for *_, project, _ in spots],
            COLUMN["content"]: [row.content for *_, row in spots],
            COLUMN["light"]: [labels.light(row.light) for *_, row in spots],
        }
    )
    return Chart(figure, _alt_of_lights(projects), table)


def bars(rows: Sequence[Row], elapsed: float) -> go.Figure:
    """The rows, top to bottom. An empty list gives an empty figure."""
    tops, ys, place = [], [], 0.0
    for row in rows:
        tops.append(place)
        place += HEADING / ROW if row.heading else 0.0
        ys.append(round(place + 0.72 + (NOTE / ROW if row.note else 0.0), 3))
        place = ys[-1] + 0.28
    largest = 1.02
    figure = canvas(place * ROW, 56.0)
    hit(figure, rows, tops, ys, largest)
    _bar(figure, ys, [1.0] * len(rows), theme.TRACK)
    _bar(figure, ys, [row.bar.solid for row in rows], theme.DONE, labels.COUNTED)
    strips = [(y, each) for y, row in zip(ys, rows, strict=True) for each in row.bar.strip]
    _bar(
        figure,
        [y + 0.24 for y, _ in strips],
        [each.end - each.start for _, each in strips],
        theme.UNDERWAY,
        labels.UNDERWAY,
        base=[each.start for _, each in strips],
        width=0.1,
    )
    _bar(
        figure,
        ys,
        [row.bar.hatched for row in rows],
        theme.UNDERWAY,
        labels.CLAIMED_ONLY,
        hatched=True,
    )
    _ticks(figure, [1.0] * len(rows), ys, "solid")
    _ticks(figure, [elapsed if row.bar.due is None else row.bar.due for row in rows], ys, "dot")
    _markers(
        figure,
        labels.CLAIMED,
        [row.bar.claim for row in rows],
        ys,
        "diamond-open",
        theme.CLAIMED,
    )
    headed = [(top, row.heading) for top, row in zip(tops, rows, strict=True) if row.heading]
    write(
        figure,
        [0] * len(headed),
        [top + 0.36 for top, _ in headed],
        [heading for _, heading in headed],
        "middle right",
    )
    up = [y - 0.4 - (NOTE / ROW if row.note else 0.0) for y, row in zip(ys, rows, strict=True)]
    noted = [(y, row.note) for y, row in zip(ys, rows, strict=True) if row.note]
    write(
        figure,
        [0] * len(noted),
        [y - 0.42 for y, _ in noted],
        [note for _, note in noted],
        "middle right",
        True,
    )
    write(figure, [0] * len(rows), up, [row.label for row in rows], "middle right", bool(headed))
    write(figure, [largest] * len(rows), up, [row.value for row in rows], "middle left")
    axes(figure, place, largest)
    figure.add_annotation(
        x=elapsed,
        y=0,
        yanchor="bottom",
        text=labels.ELAPSED_MARK.format(share=percent(elapsed)),
        showarrow=False,
        xanchor="left" if elapsed < 0.15 else "right" if elapsed > 0.85 else "center",
        font={"size": theme.SMALL},
    )
    return figure


def canvas(height: float, top: float) -> go.Figure:
    return go.Figure(
        layout={
            "template": theme.TEMPLATE,
            "height": int(height + top + 36),
            "margin": {"t": int(top)},
            "barmode": "overlay",
            "legend": {"y": 1, "yref": "container", "yanchor": "top"},
        }
    )


def axes(figure: go.Figure, bottom: float, largest: float) -> None:
    """The axis from 0 past the largest value."""
    step = 0.25 if largest < 1.6 else 0.5 if largest < 3 else math.ceil(largest / 5)
    ticks = [place * step for place in range(int(largest / step) + 1)]
    figure.update_xaxes(
        range=[0, largest],
        tickvals=ticks,
        ticktext=[f"{tick:.0%}" for tick in ticks],
        tickfont={"size": theme.SMALL},
    )
    figure.update_yaxes(visible=False, range=[bottom, 0])


def _ticks(figure: go.Figure, xs: Sequence[float], ys: Sequence[float], dash: str) -> None:
    """A short line across each bar, so that no line crosses the words between the bars."""
    figure.add_scatter(
        # Rounded to what can be seen: every digit goes over the wire.
        x=[x for each in xs for x in (round(each, 4), round(each, 4), None)],
        y=[y for each in ys for y in (round(each - 0.2, 3), round(each + 0.3, 3), None)],
        mode="lines",
        line={"color": theme.INK_LINE, "width": 2, "dash": dash},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def hit(
    figure: go.Figure,
    rows: Sequence[Row],
    tops: Sequence[float],
    ys: Sequence[float],
    largest: float,
) -> None:
    """The whole row, words and bar, takes the click and the hover; nothing else does."""
    bottoms = [y + 0.28 for y in ys]
    figure.add_bar(
        x=[largest] * len(rows),
        y=[(top + bottom) / 2 for top, bottom in zip(tops, bottoms, strict=True)],
        width=[bottom - top for top, bottom in zip(tops, bottoms, strict=True)],
        orientation="h",
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[row.key for row in rows],
        hovertext=[row.hover or f"{row.label} {row.value}" for row in rows],
        hoverinfo="text",
        showlegend=False,
    )


def _bar(
    figure: go.Figure,
    ys: Sequence[float],
    values: Sequence[float | None],
    colour: str,
    name: str = "",
    base: Sequence[float] | None = None,
    hatched: bool = False,
    width: float = 0.34,
) -> None:
    if all(value is None for value in values):
        return
    figure.add_bar(
        x=list(values),
        y=list(ys),
        base=list(base) if base else None,
        width=width,
        orientation="h",
        marker={
            "color": colour,
            "line": {"width": 1 if hatched else 0, "color": theme.DONE},
            "pattern": {"shape": "/", "fgcolor": theme.DONE, "size": 6} if hatched else None,
        },
        name=name,
        showlegend=bool(name),
        hoverinfo="skip",
    )


def _markers(
    figure: go.Figure,
    name: str,
    values: Sequence[float | None],
    ys: Sequence[float],
    symbol: str,
    colour: str,
) -> None:
    if all(value is None for value in values):
        return
    figure.add_scatter(
        x=list(values),
        y=list(ys),
        mode="markers",
        marker={
            "symbol": symbol,
            "color": colour,
            "size": 12,
            "line": {"width": 2.5, "color": colour},
        },
        name=name,
        hoverinfo="skip",
        cliponaxis=False,
    )


def write(
    figure: go.Figure,
    xs: Sequence[float],
    ys: Sequence[float],
    words: Sequence[str],
    position: str,
    small: bool = False,
) -> None:
    figure.add_scatter(
        x=list(xs),
        y=list(ys),
        mode="text",
        text=list(words),
        textposition=position,
        textfont={"size": theme.SMALL + 1 if small else theme.TEXT_SIZE},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _value(row: Tally) -> str:
    return labels.UNKNOWN if row.completion is None else percent(row.completion)


def _alt_of_lights(projects: Projects) -> str:
    found = Counter(row.light for row in projects.values())
    return labels.alt_of_lights({light: found[light] for light in Light})


def _about(row: MeasuredProject) -> str:
    return f"{row.id} {plain(short(row.content, 30))}<br>{labels.LIGHT[row.light]}"


def light_mark(light: Light) -> str:
    return f"<span style='color:{theme.LIGHT[light]}'>{labels.LIGHT_SHAPE[light]}</span>"


def short(words: str, length: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1] + "…"


def plain(words: str) -> str:
    """Text from the file, so that plotly's own tags are not read into it."""
    return html.escape(words, quote=False)
