"""Frame → plotly Figure, with what it says in words and the same figures as a table.

Every progress chart is rows of one kind: a line of words, and under it a bar from 0 past the
largest value, with the elapsed share and 100 % as lines. A missing value keeps its row and its
words and has no bar: it is never drawn as 0.
"""

from __future__ import annotations

import html
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from minsheng import labels, printed, theme
from minsheng.labels import COLUMN
from minsheng.measuring.frames import Record, by_index, records
from minsheng.model import Light
from minsheng.printed import missing, number, percent

ROW = 46
HEADING = 30
NOTE = 22
PER_LINE = 6
LINE = 0.44
LEGEND_WIDTH = 24


@dataclass(frozen=True)
class Chart:
    """`table` holds what the figure draws, printed; `alt` is its finding in a sentence."""

    figure: go.Figure
    alt: str
    table: pd.DataFrame


@dataclass(frozen=True)
class Row:
    """One bar. Shares may pass 1; None is unknown and draws nothing."""

    key: str
    label: str
    value: str
    done: float | None = None
    hatched: float | None = None
    underway: float | None = None
    claimed: float | None = None
    due: float | None = None
    heading: str = ""
    note: str = ""
    hover: str = ""


def categories(frame: pd.DataFrame, elapsed: float) -> Chart:
    """A bar for each category of `Snapshot.categories`; `customdata` is the category number."""
    rows = [
        Row(
            key=str(number_),
            label=plain(f"{row['name']}（{row['projects']} 项）"),
            value=_value(row),
            done=known(row["completion"]),
            claimed=_higher_claim(row),
        )
        for number_, row in by_index(frame).items()
    ]
    table = pd.DataFrame(
        {
            COLUMN["category"]: list(frame["name"]),
            COLUMN["projects"]: list(frame["projects"]),
            COLUMN["completion"]: [percent(x) for x in frame["completion"]],
            COLUMN["claimed"]: [percent(x) for x in frame["claimed"]],
            COLUMN["behind"]: list(frame["behind"]),
        }
    )
    return Chart(
        bars(rows, elapsed),
        labels.alt_of_groups(zip(frame["name"], frame["completion"], strict=True), elapsed),
        table,
    )


def departments(board: pd.DataFrame, elapsed: float) -> Chart:
    """A bar for each lead department, best first; `customdata` is the department's name."""
    rows = [
        Row(
            key=str(name),
            label=plain(short(str(name), 18)),
            note=labels.department_note(row),
            value=_value(row),
            done=known(row["completion"]),
            claimed=_higher_claim(row),
        )
        for name, row in by_index(board).items()
    ]
    table = pd.DataFrame(
        {
            COLUMN["department"]: list(board.index),
            COLUMN["projects"]: list(board["projects"]),
            COLUMN["finished"]: list(board["finished"]),
            COLUMN["behind"]: list(board["behind"]),
            COLUMN["completion"]: [percent(x) for x in board["completion"]],
            COLUMN["claimed"]: [percent(x) for x in board["claimed"]],
            COLUMN["rank"]: [printed.rank(x) for x in board["rank"]],
            COLUMN["rank_range"]: [
                printed.rank_range(a, b)
                for a, b in zip(board["best_rank"], board["worst_rank"], strict=True)
            ],
            labels.FEW: [labels.FEW if few else "" for few in board["few"]],
        }
    )
    groups = zip(board.index, board["completion"], strict=True)
    return Chart(bars(rows, elapsed), labels.alt_of_groups(groups, elapsed), table)


def indicators(
    projects: pd.DataFrame, measured: pd.DataFrame, elapsed: float, headings: bool = True
) -> Chart:
    """Every project of the frame with its indicators under it; `customdata` is the project id.

    A project without indicators keeps its heading and one row that says so, in the table too.
    """
    parts = {key: records(rows) for key, rows in measured.groupby("project", sort=False)}
    rows = [
        row
        for project, each in by_index(projects).items()
        for row in _indicator_rows(str(project), each, parts.get(project, []), headings)
    ]
    shown = measured[measured["project"].isin(projects.index)]
    table = _with_a_row_each(indicator_table(shown), list(projects.index))
    return Chart(bars(rows, elapsed), _alt_of_lights(projects), table)


def _with_a_row_each(table: pd.DataFrame, projects: list[str]) -> pd.DataFrame:
    """The table of indicators in the order of the projects; one without any says so."""
    silent = [each for each in projects if each not in set(table[COLUMN["id"]])]
    rows = pd.DataFrame({name: [labels.UNKNOWN] * len(silent) for name in table.columns})
    rows = rows.assign(**{COLUMN["id"]: silent, COLUMN["indicator"]: labels.NO_INDICATOR})
    places = {project: place for place, project in enumerate(projects)}
    whole = pd.concat([table, rows]) if silent else table
    return whole.sort_values(
        COLUMN["id"], key=lambda ids: ids.map(places), kind="stable", ignore_index=True
    )


def indicator_table(measured: pd.DataFrame) -> pd.DataFrame:
    """The figures of `progress.measure_indicators`, printed; unknown is a dash."""
    return pd.DataFrame(
        {
            COLUMN["id"]: list(measured["project"]),
            COLUMN["indicator"]: list(measured["name"]),
            COLUMN["target"]: [number(x) for x in measured["target"]],
            COLUMN["done"]: [number(x) for x in measured["done"]],
            COLUMN["underway"]: [number(x) for x in measured["underway"]],
            COLUMN["unit"]: list(measured["unit"]),
            COLUMN["completion"]: [percent(x) for x in measured["completion"]],
            COLUMN["claimed"]: [percent(x) for x in measured["claimed"]],
            COLUMN["basis"]: [labels.BASIS[x] for x in measured["basis"]],
        }
    )


def _indicator_rows(
    project: str, row: Record, parts: Sequence[Record], headings: bool
) -> Iterable[Row]:
    heading = (
        ""
        if not headings
        else f"{light_mark(row['light'])} <b>{project}</b> {plain(short(row['content'], 22))}"
    )
    hover = _about(project, row)
    if not parts:
        yield Row(project, labels.NO_INDICATOR, labels.UNKNOWN, heading=heading, hover=hover)
    for place, part in enumerate(parts):
        weakest = len(parts) > 1 and part["name"] == row["weakest_name"] and row["weakest"] < 1
        counted = not missing(part["counted"])
        yield Row(
            key=project,
            label=_indicator_label(part, weakest),
            value=labels.shown(part),
            done=known(part["completion"] if part["lowered"] else part["counted"]),
            hatched=None if counted else known(part["completion"]),
            underway=known(part["underway"] / part["target"]),
            claimed=known(part["claimed"]),
            due=row["expected"],
            heading="" if place else heading,
            hover=hover,
        )


def _indicator_label(part: Record, weakest: bool) -> str:
    words = labels.done_of({**part, "name": short(part["name"], 10)})
    return f"{plain(words)}{'　<b>' + labels.WEAKEST + '</b>' if weakest else ''}"


def stages(projects: pd.DataFrame, measured: pd.DataFrame) -> Chart | None:
    """Stacked stage counts, as shares of the target; None where no report lists stages."""
    listed = measured[measured["stages"].map(bool) & measured["project"].isin(projects.index)]
    if listed.empty:
        return None
    rows = records(listed)
    titles, legends, ys, place = [], [], [], 0.0
    for row in rows:
        lines = _legend_lines(row["stages"])
        titles.append((place + 0.3, f"<b>{row['project']}</b> {plain(_goal(row))}"))
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
    largest = max(math.fsum(row["stages"].values()) / row["target"] for row in rows)
    axes(figure, place, max(largest, 1.0) * 1.02)
    table = pd.DataFrame(
        [
            (row["project"], row["name"], stage, number(count), row["unit"])
            for row in rows
            for stage, count in row["stages"].items()
        ],
        columns=[COLUMN[key] for key in ("id", "indicator", "stage", "count", "unit")],
    )
    alt = labels.alt_of_stages((row["project"], row["stages"]) for row in rows)
    return Chart(figure, alt, table)


def _goal(row: Record) -> str:
    return labels.goal(short(row["name"], 10), row["target"], row["unit"])


def _legend_lines(stages: dict[str, float]) -> list[str]:
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


def _stack(figure: go.Figure, rows: Sequence[Record], ys: Sequence[float]) -> None:
    """One trace for all segments, each beginning where the one before it ends."""
    segments = [
        (row, y, stage, count, sum(list(row["stages"].values())[:at]), at)
        for row, y in zip(rows, ys, strict=True)
        for at, (stage, count) in enumerate(row["stages"].items())
    ]
    figure.add_bar(
        x=[count / row["target"] for row, _, _, count, _, _ in segments],
        y=[y for _, y, *_ in segments],
        base=[before / row["target"] for row, _, _, _, before, _ in segments],
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
            f"{plain(stage)} {number(count)} {plain(row['unit'])}"
            for row, _, stage, count, _, _ in segments
        ],
        hoverinfo="text",
        showlegend=False,
        customdata=[row["project"] for row, *_ in segments],
    )


def dumbbell(projects: pd.DataFrame, measured: pd.DataFrame) -> Chart | None:
    """What is claimed against what is counted, indicator by indicator, widest gap first."""
    rows = measured.dropna(subset=["claimed", "completion"])
    rows = rows[rows["project"].isin(projects.index)]
    if rows.empty:
        return None
    rows = rows.assign(gap=(rows["claimed"] - rows["counted"].fillna(rows["completion"])))
    rows = rows.sort_values("gap", ascending=False, kind="stable")
    each = records(rows)
    counted = [known(r["counted"]) or float(r["completion"]) for r in each]
    claimed = [float(r["claimed"]) for r in each]
    figure = canvas(len(each) * ROW, 40.0)
    ys = [place + 0.72 for place in range(len(each))]
    names = [plain(f"{r['project']} {short(r['name'], 12)}") for r in each]
    gaps = [printed.gap(a, b) for a, b in zip(claimed, counted, strict=True)]
    largest = max([1.0, *counted, *claimed]) * 1.02
    write(figure, [0] * len(ys), [y - 0.42 for y in ys], names, "middle right")
    write(figure, [largest] * len(ys), [y - 0.42 for y in ys], gaps, "middle left")
    figure.add_scatter(
        x=[x for pair in zip(counted, claimed, strict=True) for x in (*pair, None)],
        y=[y for at in ys for y in (at, at, None)],
        mode="lines",
        line={"color": theme.LINE, "width": 3},
        hoverinfo="skip",
        showlegend=False,
    )
    _markers(figure, labels.COUNTED, counted, ys, "circle", theme.DONE)
    _markers(figure, labels.CLAIMED, claimed, ys, "diamond-open", theme.CLAIMED)
    axes(figure, float(len(each)), largest)
    worst = each[0]
    return Chart(
        figure,
        labels.alt_of_gap(worst["project"], worst["name"], claimed[0], counted[0]),
        indicator_table(rows),
    )


def lights(projects: pd.DataFrame, names: dict[str, str]) -> Chart:
    """Every light by category; `customdata` is the project id, `names` category number → name."""
    spots: list[tuple[float, float, str, Record]] = []
    titles: list[tuple[float, str]] = []
    place = 0
    for number_, rows in projects.groupby("category_number", sort=False):
        titles.append((place + 0.22, plain(names[str(number_)])))
        for at, (project, row) in enumerate(by_index(rows).items()):
            spots.append((at % PER_LINE, place + at // PER_LINE + 0.72, project, row))
        place += (len(rows) - 1) // PER_LINE + 1
    colours = [theme.LIGHT[row["light"]] for *_, row in spots]
    figure = canvas(0, 0.0)
    figure.add_scatter(
        x=[x for x, *_ in spots],
        y=[y for _, y, *_ in spots],
        mode="markers+text",
        marker={
            "symbol": [theme.LIGHT_SYMBOL[row["light"]] for *_, row in spots],
            "color": colours,
            "size": 14,
            "line": {"width": 1.5, "color": colours},
        },
        text=[f" {project}" for *_, project, _ in spots],
        textposition="middle right",
        textfont={"size": theme.SMALL},
        customdata=[project for *_, project, _ in spots],
        hovertext=[_about(project, row) for *_, project, row in spots],
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
            COLUMN["category"]: [row["category"] for *_, row in spots],
            COLUMN["id"]: [project for *_, project, _ in spots],
            COLUMN["content"]: [row["content"] for *_, row in spots],
            COLUMN["light"]: [labels.light(row["light"]) for *_, row in spots],
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
    largest = _largest(rows)
    figure = canvas(place * ROW, 56.0)
    hit(figure, rows, tops, ys, largest)
    _bar(figure, ys, [1.0] * len(rows), theme.TRACK)
    _bar(figure, ys, [row.done for row in rows], theme.DONE, labels.COUNTED)
    _bar(
        figure,
        ys,
        [row.underway for row in rows],
        theme.UNDERWAY,
        labels.UNDERWAY,
        base=[row.done or 0.0 for row in rows],
    )
    _bar(
        figure,
        ys,
        [row.hatched for row in rows],
        theme.UNDERWAY,
        labels.CLAIMED_ONLY,
        hatched=True,
    )
    _ticks(figure, [1.0] * len(rows), ys, "solid")
    _ticks(figure, [elapsed if row.due is None else row.due for row in rows], ys, "dot")
    _markers(
        figure,
        labels.CLAIMED,
        [row.claimed for row in rows],
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


def _largest(rows: Sequence[Row]) -> float:
    drawn = [
        value
        for row in rows
        for value in ((row.done or 0.0) + (row.underway or 0.0), row.hatched, row.claimed, row.due)
        if value is not None
    ]
    return max([1.0, *drawn]) * 1.02


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
) -> None:
    if all(value is None for value in values):
        return
    figure.add_bar(
        x=list(values),
        y=list(ys),
        base=list(base) if base else None,
        width=0.34,
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


def _value(row: Record) -> str:
    return labels.UNKNOWN if missing(row["completion"]) else percent(row["completion"])


def _higher_claim(row: Record) -> float | None:
    """The claim is worth a mark only where it says more than the count."""
    return float(row["claimed"]) if labels.claims_more(row) else None


def _alt_of_lights(projects: pd.DataFrame) -> str:
    return labels.alt_of_lights({x: int(projects["light"].eq(x).sum()) for x in Light})


def _about(project: str, row: Record) -> str:
    return f"{project} {plain(short(row['content'], 30))}<br>{labels.LIGHT[row['light']]}"


def light_mark(light: Light) -> str:
    return f"<span style='color:{theme.LIGHT[light]}'>{labels.LIGHT_SHAPE[light]}</span>"


def known(value: float) -> float | None:
    return None if missing(value) else float(value)


def short(words: str, length: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[: length - 1] + "…"


def plain(words: str) -> str:
    """Text from the file, so that plotly's own tags are not read into it."""
    return html.escape(words, quote=False)
