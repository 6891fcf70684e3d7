"""What is claimed against what is counted, indicator by indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from minsheng import labels, printed, theme
from minsheng.charts import rows
from minsheng.charts.rows import (
    HEAD,
    INK,
    LATE_INK,
    WIDE,
    Chart,
    Chip,
    Glyph,
    Row,
    Sheet,
    Word,
    fit,
    plain,
    quiet,
)
from minsheng.labels import COLUMN, findings, screens
from minsheng.measuring.drawn import Bar
from minsheng.model import MeasuredIndicator, MeasuredProject
from minsheng.printed import percent, tenths

LEAST = 10  # tenths of a point: what differs by less is not shown
HEIGHT, TALL = 32, 58


class Pair(NamedTuple):
    part: MeasuredIndicator
    claimed: float
    counted: float

    @property
    def gap(self) -> int:
        """In tenths of a point, as printed."""
        return tenths(self.claimed) - tenths(self.counted)


def pairs(parts: Mapping[str, Sequence[MeasuredIndicator]]) -> list[Pair]:
    """Every indicator of which both are known, widest gap first. What is only declared was not
    counted."""
    found = [
        Pair(part, part.claimed, part.counted)
        for each in parts.values()
        for part in each
        if part.claimed is not None and part.counted is not None
    ]
    return sorted(found, key=lambda pair: -pair.gap)


def dumbbell(
    projects: Mapping[str, MeasuredProject],
    parts: Mapping[str, Sequence[MeasuredIndicator]],
    width: int,
) -> Chart | None:
    """Those whose gap is more than a point; None where there are none. The key is the project."""
    each = [pair for pair in pairs(parts) if abs(pair.gap) > LEAST]
    if not each:
        return None
    wide = width >= WIDE
    sheet = Sheet(width, 626, 1060) if wide else Sheet(width, 52, width - 58)
    made = [_head(sheet)] if wide else []
    made += [_row(projects[pair.part.project], pair, sheet, wide) for pair in each]
    figure = rows.figure(made, sheet)
    _dots(figure, each, made[-len(each) :], HEAD if wide else 0)
    worst = each[0]
    alt = labels.alt_of_gap(worst.part.project, worst.part.name, worst.claimed, worst.counted)
    links = {
        pair.part.project: screens.sentence(projects[pair.part.project], [pair.part])
        for pair in each
    }
    return Chart(figure, alt, _table(projects, each), links)


def _head(sheet: Sheet) -> Row:
    marks = [quiet(f"{share:.0%}", sheet.x(share), 13, "center") for share in (0.0, 0.5, 1.0)]
    return Row(
        HEAD,
        words=(
            quiet(screens.PROMISE, 22, 13),
            quiet(screens.LEADS, 344, 13),
            quiet(screens.DONE_OF, 552, 13, "right"),
            *marks,
            quiet(screens.GAP_LONG, 1206, 13, "right"),
        ),
    )


def _row(row: MeasuredProject, pair: Pair, sheet: Sheet, wide: bool) -> Row:
    part = pair.part
    at = HEIGHT / 2 if wide else TALL - 16.0
    top = at if wide else 16.0
    promise = row.content.rstrip("。；;")
    room = 312 if wide else sheet.width - 90
    said = fit(promise, 15, room - 40)
    chip = Chip(findings.LOWERED, 70 + rows.wide(said, 15), top, "link") if part.lowered else None
    words = [
        Word(f"<b>{row.id}</b> {plain(said)}", 22, top),
        Word(
            f"<b>{printed.points(pair.gap, unit=False)}</b>",
            sheet.width,
            top,
            "right",
            17,
            LATE_INK if pair.gap > 100 else INK,
        ),
    ]
    if wide:
        lead = fit(screens.leads_short(row.leads), 14, 110)
        words.append(Word(plain(lead), 344, top, size=14))
        words.append(Word(plain(screens.done_of(part)), 552, top, "right"))
    low, high = sorted((pair.claimed, pair.counted))
    for share, colour in ((pair.claimed, theme.CLAIMED_INK), (pair.counted, INK)):
        right = share == high and low != high
        x = sheet.x(min(share, 1.0)) + (12 if right else -12)
        words.append(Word(percent(share), x, at, "left" if right else "right", 14, colour))
    bar = Bar(claim=min(pair.claimed, 1.0), due=row.expected)
    return Row(
        HEIGHT if wide else TALL,
        row.id,
        tuple(words),
        (Glyph(row.light, 8, top),),
        chip if wide else None,
        bar=bar,
        at=at,
        thick=6,
        hover=plain(f"{part.name} {screens.done_of(part)}"),
    )


def _dots(figure: go.Figure, each: Sequence[Pair], made: Sequence[Row], top: float) -> None:
    """The count as a disc, and how far the claim is from it."""
    ys = []
    for row in made:
        ys.append(top + row.at)
        top += row.height
    figure.add_scatter(
        x=[x for p in each for x in (min(p.counted, 1.0), min(p.claimed, 1.0), None)],
        y=[y for each_y in ys for y in (each_y, each_y, None)],
        mode="lines",
        line={"color": theme.CLAIMED, "width": 4},
        opacity=0.55,
        hoverinfo="skip",
    )
    between, *_ = figure.data[-1:]
    figure.add_scatter(
        x=[min(p.counted, 1.0) for p in each],
        y=ys,
        mode="markers",
        marker={"color": theme.MEAN, "size": 13},
        name=labels.COUNTED,
        hoverinfo="skip",
        cliponaxis=False,
    )
    rest = [trace for trace in figure.data if trace is not between]
    figure.data = (rest[0], between, *rest[1:])  # the diamonds lie on the line


def _table(projects: Mapping[str, MeasuredProject], each: Sequence[Pair]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            COLUMN["id"]: [pair.part.project for pair in each],
            COLUMN["content"]: [projects[pair.part.project].content for pair in each],
            COLUMN["indicator"]: [pair.part.name for pair in each],
            labels.COUNTED: [percent(pair.counted) for pair in each],
            labels.CLAIMED: [percent(pair.claimed) for pair in each],
            screens.GAP_LONG: [printed.points(pair.gap, unit=False) for pair in each],
        }
    )
