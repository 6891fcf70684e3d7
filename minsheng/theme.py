"""Colours by meaning, and how every plotly figure looks.

The hues are Okabe and Ito's (colour-blind safe, 2008), darkened where white paper and a projector
ask for it; every one has at least 3:1 contrast on the light and on the dark page. Colour never
stands alone: a word and a shape say the same.
"""

from __future__ import annotations

import re
from typing import Any

import plotly.graph_objects as go

from minsheng.model import Light

FONT = (
    '"Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", '
    '"Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif'
)

LIGHT = {
    Light.DONE: "#2b7cb8",
    Light.AHEAD: "#109575",
    Light.ON_TRACK: "#7d8894",
    Light.BEHIND: "#c98300",
    Light.FAR_BEHIND: "#d0501e",
    Light.UNKNOWN: "#8b8f96",
}
# The same hues as ink: words on white paper want 4.5:1.
LIGHT_INK = {
    Light.DONE: "#1d6aa3",
    Light.AHEAD: "#0b7058",
    Light.ON_TRACK: "#57606a",
    Light.BEHIND: "#8f5c00",
    Light.FAR_BEHIND: "#b23f12",
    Light.UNKNOWN: "#57606a",
}
# How Streamlit's own theme calls the ink of a light.
NAMED = {
    Light.DONE: "blue",
    Light.AHEAD: "green",
    Light.ON_TRACK: "gray",
    Light.BEHIND: "orange",
    Light.FAR_BEHIND: "red",
    Light.UNKNOWN: "gray",
}
LIGHT_SYMBOL = {
    Light.DONE: "circle",
    Light.AHEAD: "triangle-up",
    Light.ON_TRACK: "square",
    Light.BEHIND: "triangle-down",
    Light.FAR_BEHIND: "diamond",
    Light.UNKNOWN: "circle-open",
}

MEAN = "#52667a"
"""A mean has no light."""
STEPS = ("#9aa8b5", "#82919f", "#6e8093", "#52667a")
"""The strip of stages, in one slate: the darker, the nearer to the promise."""
DONE = "#2b7cb8"
UNDERWAY = "rgba(43, 124, 184, 0.32)"
CLAIMED = "#b0568a"
CLAIMED_INK = "#8c3c6a"
LINK = "#1d5fa6"
PAPER = "#ffffff"
ON_COLOUR = "#fff"
"""Words on a coloured ground, which are the same on the dark page; `PAPER` is not."""
QUIET = "#57606a"
RULE = "#e4e7eb"
HEAVY_RULE = "#c3c9d0"
CHIP = {"link": ("#e6eef8", LINK), "plain": ("#eceff2", "#4a535d")}
"""Ground and ink of a few words beside a bar."""
TRACK = "rgba(128, 138, 150, 0.16)"
LINE = "#7d8894"
INK_LINE = "#5f6873"
INK = {"light": "#1f2328", "dark": "#e8eaed"}
STAGES = ("#2b7cb8", "#109575", "#c98300", "#b0568a", "#7d8894", "#d0501e", "#6d63b5", "#8a6d3b")

# What a colour of the light page is on the dark one. Figures are made in light colours and sent
# through this at the edge; hues that serve both pages are not in it.
DARK = {
    "#1f2328": "#e8eaed",
    "#ffffff": "#0e1117",
    "#57606a": "#a8b0b9",
    "#e4e7eb": "#2b3038",
    "#c3c9d0": "#4a515b",
    "#1d6aa3": "#6fb3e8",
    "#0b7058": "#3cc3a1",
    "#8f5c00": "#e8a93a",
    "#b23f12": "#f08a5d",
    "#8c3c6a": "#e29ac4",
    "#1d5fa6": "#7db7ee",
    "#b0568a": "#cf78ab",
    "#52667a": "#64778b",
    "#9aa8b5": "#5d6b79",
    "#82919f": "#728290",
    "#6e8093": "#8798a8",
    "#e6eef8": "#1b2c42",
    "#eceff2": "#262c34",
    "#4a535d": "#c3cad2",
}

TEXT_SIZE = 14
SMALL = 12

TEMPLATE = go.layout.Template(
    layout=go.Layout(
        font={"family": FONT, "size": TEXT_SIZE},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 8, "b": 32},
        dragmode=False,
        hoverlabel={"align": "left"},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": SMALL}},
        xaxis={"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True},
        yaxis={"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True},
        barcornerradius=3,
        # Chips are the only annotations: beside their row, on the axis of pixels.
        annotationdefaults={
            "xref": "x2",
            "yref": "y",
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "borderpad": 2,
            "yshift": 2,
            "font": {"size": SMALL},
        },
    )
)

_HEX = re.compile("#[0-9a-f]{6}")


def darkened(sent: Any) -> Any:
    """A figure as it is sent, in the colours of the dark page."""
    if isinstance(sent, str):
        return _HEX.sub(lambda found: DARK.get(found[0], found[0]), sent)
    if isinstance(sent, dict):
        return {key: darkened(value) for key, value in sent.items()}
    if isinstance(sent, list | tuple):
        return [darkened(each) for each in sent]
    return sent


# A bar chart, 32 × 32. In the page itself: an icon of a file would be read and hashed at every run.
ICON = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAYAAACqaXHeAAABGUlEQVR42u2bwQ3CMBAEY4s2oB3XQD5Q"
    "GvlADWmHFAIvpAgl4FiyY9/OfSGIHV/2bh92XUQdL/dX12BNQ+/+fcdZFL4FhLMsPAaEVxG/ps2riF/T"
    "6JXEL2n1nXh5tdP/7gL5DnCKp/9zDAIAAACQqkPKQ8/buVpBp+sj3xSoWXgqCDzA4ulv+b90AAAyuSsm"
    "aDkMye4BmCAAAAAA0mC5KRASp8BoLQ1mBYEHNLD8jImvaaADAGAjDWKCqmmwvj0AEwQAAABAGkyfAqGE"
    "oBbSYFUg8IAdlp+xhDDSIFOg3jSICaqmwfb3AEwQAACwByDmapnVmobe0QEfEoqnjwfMASh1wVyrX/tA"
    "QfziK2AZwpI2Lk/H/IDl6/NvCfOEgLwW5AUAAAAASUVORK5CYII="
)
