"""Rows of words and bars in one plotly figure, set in pixels.

`y` counts pixels from the top; `x` is the axis of the bars, 0-100 %; `x2` counts pixels over the
whole width and carries columns of words, glyphs, rules, and an invisible bar a row that takes the
click. One figure of forty rows costs a page what one bar costs; a wide sheet and a narrow one are
drawn from the same values.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from minsheng import labels, theme
from minsheng.labels import screens
from minsheng.measuring.drawn import Bar, Segment
from minsheng.model import Light

Align = Literal["left", "right", "center"]
_POSITION = {"left": "middle right", "right": "middle left", "center": "middle center"}
WIDE, MIDDLE, NARROW = 1206, 736, 328
"""Pixels of a page's content on a desktop, a tablet and a phone."""
HEAD = 26
"""Pixels of the row that names the columns."""
INK = theme.INK["light"]
LATE_INK = theme.LIGHT_INK[Light.FAR_BEHIND]
PAST = 4  # the due mark stands out of its bar so far
STRIP = 5
_LINE = 1.4  # plotly draws the symbol of a line so many times as long as its size
CONFIG = {
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "minsheng"},
    "locale": "zh-CN",
    "locales": {
        "zh-CN": {
            "dictionary": labels.PLOTLY,
            "format": {"decimal": ".", "thousands": ","},
        }
    },
}
LATIN = 0.58  # width of a letter or digit by the size of the type; a Chinese character has 1


@dataclass(frozen=True)
class Chart:
    """`table` holds what the figure draws, printed; `alt` is its finding in a sentence; `links`
    are the ways that a click on it takes, by key, each with the row's sentence."""

    figure: go.Figure
    alt: str
    table: pd.DataFrame
    links: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Word:
    """Words in a row: `x` from the left of the sheet, `y` from the top of the row. Markup of
    plotly's is read, so that words from the file come through `plain`."""

    text: str
    x: float
    y: float
    align: Align = "left"
    size: int = 15
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Glyph:
    """A light's shape; with a key of its own it takes the click itself."""

    light: Light
    x: float
    y: float
    key: str = ""
    hover: str = ""
    size: int = 12


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    x: float
    y: float
    kind: Literal["link", "plain"] = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """`at` is the middle of the bar, from the top of the row. Without a key nothing is clicked."""

    height: float
    key: str = ""
    words: tuple[Word, ...] = ()
    glyphs: tuple[Glyph, ...] = ()
    chip: Chip | None = None
    bar: Bar | None = None
    at: float = 16
    thick: float = 12
    colour: str = theme.MEAN
    rest: bool = False
    """Whether the claim's surplus is drawn as the end of the bar instead of as a mark."""
    hover: str = ""
    rule: str = theme.RULE


@dataclass(frozen=True, slots=True)
class Sheet:
    """The width in pixels, and between which two of them the bars lie."""

    width: float
    left: float
    right: float

    def x(self, share: float) -> float:
        return self.left + share * (self.right - self.left)


def figure(rows: Sequence[Row], sheet: Sheet) -> go.Figure:
    """The rows, top to bottom. An empty list gives an empty figure."""
    tops = [0.0]
    for row in rows:
        tops.append(tops[-1] + row.height)
    placed = list(zip(rows, tops, strict=False))
    height = max(tops[-1], 10.0)  # plotly's least
    made = go.Figure(
        layout={
            "template": theme.TEMPLATE,
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "barmode": "overlay",
            "showlegend": False,
            "barcornerradius": 2,
            "xaxis": {
                "domain": [sheet.left / sheet.width, sheet.right / sheet.width],
                "range": [0, 1],
                "visible": False,
                "fixedrange": True,
            },
            "xaxis2": {
                "domain": [0, 1],
                "range": [0, sheet.width],
                "visible": False,
                "fixedrange": True,
                "anchor": "y",
            },
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        }
    )
    bars = [(row, top) for row, top in placed if row.bar is not None]
    _tracks(made, bars)
    _bars(made, bars)
    _strips(made, bars)
    _rules(made, placed, sheet.width)
    _dues(made, bars)
    _claims(made, bars)
    _hits(made, placed, sheet.width)
    _glyphs(made, placed)
    _words(made, placed)
    # All at once: plotly copies those that are there for each that is added.
    made.layout.annotations = [_chip(row.chip, top) for row, top in placed if row.chip]
    return made


Placed = Sequence[tuple[Row, float]]


def _tracks(made: go.Figure, bars: Placed) -> None:
    _add(
        made,
        [(1.0, top + row.at, row.thick, 0.0, theme.TRACK) for row, top in bars],
        "",
    )


def _bars(made: go.Figure, bars: Placed) -> None:
    """Counted solid, said hatched in slate, the surplus of a claim hatched in magenta."""
    solid, said, surplus = [], [], []
    for row, top in bars:
        bar, y = row.bar, top + row.at
        assert bar is not None
        if bar.solid is not None:
            solid.append((bar.solid, y, row.thick, 0.0, row.colour))
        if bar.hatched is not None:
            said.append((bar.hatched, y, row.thick, 0.0, theme.PAPER))
        if row.rest and bar.claim is not None and bar.claim > (bar.solid or 0.0):
            start = bar.solid or 0.0
            surplus.append((bar.claim - start, y, row.thick, start, theme.PAPER))
    _add(made, solid, labels.COUNTED)
    _add(made, said, labels.CLAIMED_ONLY, hatch=theme.MEAN)
    _add(made, surplus, labels.SURPLUS, hatch=theme.CLAIMED)


def _strips(made: go.Figure, bars: Placed) -> None:
    strips = []
    for row, top in bars:
        assert row.bar is not None
        y = top + row.at + row.thick / 2 + PAST + STRIP / 2
        colours = shades(row.bar.strip)
        for each, colour in zip(row.bar.strip, colours, strict=True):
            strips.append((each.end - each.start, y, float(STRIP), each.start, colour))
    _add(made, strips, labels.UNDERWAY, gap=True)


def shades(strip: Sequence[Segment]) -> list[str]:
    """The nearest to the promise is the darkest; what is only under way has the middle shade."""
    if len(strip) == 1:
        return [theme.STEPS[2]]
    last = len(theme.STEPS) - 1
    return [theme.STEPS[max(last - (len(strip) - 1 - at), 0)] for at in range(len(strip))]


_Box = tuple[float, float, float, float, str]  # width, middle, thickness, base, colour


def _add(
    made: go.Figure, boxes: Sequence[_Box], name: str, hatch: str = "", gap: bool = False
) -> None:
    if not boxes:
        return
    marker: dict[str, Any] = {
        # One colour for what is hatched: plotly takes a list of them for the lines of the pattern.
        "color": theme.PAPER if hatch else [colour for *_, colour in boxes],
        "line": {"width": 1 if hatch else 0.5 if gap else 0, "color": hatch or theme.PAPER},
    }
    if hatch:
        marker["pattern"] = {
            "shape": "/",
            "fgcolor": hatch,
            "fgopacity": 1,
            "bgcolor": theme.PAPER,
            "size": 6,
            "solidity": 0.3,
        }
    made.add_bar(
        x=[round(width, 4) for width, *_ in boxes],
        y=[y for _, y, *_ in boxes],
        width=[thick for _, _, thick, *_ in boxes],
        base=[round(base, 4) for *_, base, _ in boxes],
        orientation="h",
        marker=marker,
        name=name,
        hoverinfo="skip",
    )


def _rules(made: go.Figure, placed: Placed, width: float) -> None:
    for colour in dict.fromkeys(row.rule for row, _ in placed if row.rule):
        ys = [top + row.height - 0.5 for row, top in placed if row.rule == colour]
        made.add_scatter(
            x=[x for _ in ys for x in (0, width, None)],
            y=[each for y in ys for each in (y, y, None)],
            xaxis="x2",
            mode="lines",
            line={"color": colour, "width": 1},
            hoverinfo="skip",
        )


def _dues(made: go.Figure, bars: Placed) -> None:
    """A line of ink in a halo of paper, out of the bar on both sides."""
    marks = [
        (round(row.bar.due, 4), top + row.at, (row.thick + 2 * PAST) / _LINE)
        for row, top in bars
        if row.bar is not None and row.bar.due is not None
    ]
    if not marks:
        return
    for name, colour, thick in (("", theme.PAPER, 5), (labels.ELAPSED, INK, 3)):
        made.add_scatter(
            x=[x for x, *_ in marks],
            y=[y for _, y, _ in marks],
            mode="markers",
            marker={
                "symbol": "line-ns",
                "size": [round(size, 2) for *_, size in marks],
                "opacity": 1,  # else 0.7 where the sizes differ
                "line": {"color": colour, "width": thick},
            },
            name=name,
            hoverinfo="skip",
            cliponaxis=False,
        )


def _claims(made: go.Figure, bars: Placed) -> None:
    spots = [
        (row.bar.claim, top + row.at)
        for row, top in bars
        if row.bar is not None and row.bar.claim is not None and not row.rest
    ]
    if spots:
        made.add_scatter(
            x=[x for x, _ in spots],
            y=[y for _, y in spots],
            mode="markers",
            marker={
                "symbol": "diamond",
                "color": theme.PAPER,
                "size": 11,
                "line": {"width": 2, "color": theme.CLAIMED},
            },
            name=labels.CLAIMED,
            hoverinfo="skip",
            cliponaxis=False,
        )


def _hits(made: go.Figure, placed: Placed, width: float) -> None:
    """The whole row, words and bar, takes the click and the hover."""
    rows = [(row, top) for row, top in placed if row.key]
    if not rows:
        return
    made.add_bar(
        x=[width] * len(rows),
        y=[top + row.height / 2 for row, top in rows],
        width=[row.height for row, _ in rows],
        xaxis="x2",
        orientation="h",
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[row.key for row, _ in rows],
        hovertext=[row.hover for row, _ in rows],
        hoverinfo="text" if any(row.hover for row, _ in rows) else "none",
    )


def _glyphs(made: go.Figure, placed: Placed) -> None:
    spots = [(glyph, top) for row, top in placed for glyph in row.glyphs]
    for own in (False, True):
        each = [(glyph, top) for glyph, top in spots if bool(glyph.key) == own]
        if not each:
            continue
        colours = [theme.LIGHT[glyph.light] for glyph, _ in each]
        made.add_scatter(
            x=[glyph.x for glyph, _ in each],
            y=[top + glyph.y for glyph, top in each],
            xaxis="x2",
            mode="markers",
            marker={
                "symbol": [theme.LIGHT_SYMBOL[glyph.light] for glyph, _ in each],
                "color": colours,
                "size": [glyph.size for glyph, _ in each],
                "opacity": 1,
                "line": {"width": 1, "color": colours},
            },
            customdata=[glyph.key for glyph, _ in each] if own else None,
            hovertext=[glyph.hover for glyph, _ in each] if own else None,
            hoverinfo="text" if own else "skip",
            cliponaxis=False,
        )


def _words(made: go.Figure, placed: Placed) -> None:
    """A trace for each kind of type: plotly sets one size and one side a trace."""
    kinds: dict[tuple[Align, int, str], list[tuple[Word, float]]] = {}
    for row, top in placed:
        for word in row.words:
            if word.text:
                kinds.setdefault((word.align, word.size, word.colour), []).append((word, top))
    for (align, size, colour), words in kinds.items():
        made.add_scatter(
            x=[round(word.x, 1) for word, _ in words],
            y=[round(top + word.y, 1) for word, top in words],
            xaxis="x2",
            mode="text",
            text=[word.text for word, _ in words],
            textposition=_POSITION[align],
            textfont={"size": size, "color": colour},
            hoverinfo="skip",
            cliponaxis=False,
        )


def _chip(chip: Chip, top: float) -> go.layout.Annotation:
    ground, ink = theme.CHIP[chip.kind]
    return go.layout.Annotation(
        x=chip.x,
        y=top + chip.y,
        text=plain(chip.text),
        bgcolor=ground,
        font_color=ink,
    )


def wide(words: str, size: float) -> float:
    """About how many pixels the words take."""
    return sum(map(_ems, words)) * size


def _ems(char: str) -> float:
    return 1.0 if ord(char) > 0x2000 else LATIN


def fit(words: str, size: float, room: float) -> str:
    """The words, cut with an ellipsis only where they do not fit."""
    words = " ".join(words.split())
    ends = [*accumulate(map(_ems, words), initial=0.0)]
    if ends[-1] * size <= room:
        return words
    # The last place at which the ellipsis, a character wide, has room behind the words.
    return f"{words[: max(bisect_right(ends, room / size - 1) - 1, 0)]}…"


def plain(words: str) -> str:
    """Text from the file, so that plotly's own tags are not read into it."""
    return html.escape(words, quote=False)


def tinted(words: str, colour: str, bold: bool = False) -> str:
    """Words of a line that have a colour of their own."""
    inside = f"<b>{plain(words)}</b>" if bold else plain(words)
    return f"<span style='color:{colour}'>{inside}</span>"


def quiet(words: str, x: float, y: float, align: Align = "left") -> Word:
    """Words that name a column or say what stands beside."""
    return Word(words, x, y, align, 13, theme.QUIET)


def hover(heads: Sequence[str], lines: Sequence[str]) -> str:
    """What a row says to a pointer; `heads` may have markup, `lines` are set as they are."""
    return "<br>".join([*heads, *map(plain, lines)])


def above(share: float, words: str, sheet: Sheet, y: float, **kind: Any) -> Word:
    """Words centred over a share of the bar, and within the sheet where that is near an end."""
    size = kind.get("size", 13)
    half = wide(words, size) / 2
    x = min(max(sheet.x(share), half), sheet.width - half)
    return Word(plain(words), x, y, "center", **{"size": 13, **kind})


def flow(strip: Iterable[Segment]) -> str:
    """What stands under a strip: each stage with its count."""
    return screens.strip((each.stage, each.count) for each in strip)
