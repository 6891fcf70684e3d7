"""A figure for a room: the same drawing with everything that is measured in pixels larger.

plotly measures its box wrongly inside an element with CSS `zoom`, and a picture that is stretched
has blurred words: so a figure is built at the size at which it is seen.
"""

from __future__ import annotations

from typing import Any

# What plotly measures in pixels wherever it stands. `width` and `height` are pixels only for lines
# and for the figure itself: the width of a bar is in the units of its axis.
_PIXELS = (
    {"size", "borderpad", "borderwidth", "xshift", "yshift", "ax", "ay", "standoff"}
    | {"l", "r", "t", "b", "pad", "ticklen", "cornerradius", "barcornerradius"}
    | {"tickwidth", "linewidth", "gridwidth", "zerolinewidth"}
)


def enlarged(sent: Any, by: float, within: str = "") -> Any:
    """A figure as it is sent (`Figure.to_dict`), `by` times as large; `by` 1 is the same one."""
    if by == 1:
        return sent
    if isinstance(sent, dict):
        return {key: _of(key, value, by, within) for key, value in sent.items()}
    if isinstance(sent, list | tuple):
        return [enlarged(each, by, within) for each in sent]
    return sent


def _of(key: str, value: Any, by: float, within: str) -> Any:
    measured = key in _PIXELS or (key, within) in {("width", "line"), ("height", "layout")}
    if measured and isinstance(value, int | float):
        return value * by
    if measured and isinstance(value, list | tuple):
        return [each if each is None else each * by for each in value]
    return enlarged(value, by, key)
