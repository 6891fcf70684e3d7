"""What is sent of a figure (`Figure.to_dict`): for a room larger, and always in few bytes."""

from __future__ import annotations

from typing import Any

# What plotly measures in pixels wherever it stands. `width` and `height` are pixels only for lines
# and for the figure itself: the width of a bar is in the units of its axis.
_PIXELS = (
    {"size", "borderpad", "borderwidth", "xshift", "yshift", "ax", "ay", "standoff"}
    | {"l", "r", "t", "b", "pad", "ticklen", "cornerradius", "barcornerradius"}
    | {"tickwidth", "linewidth", "gridwidth", "zerolinewidth"}
)

# Where plotly takes one value for all points as well as a list.
_ONE_FOR_ALL = {"base", "color", "size", "symbol", "width"}


def enlarged(sent: Any, by: float, within: str = "") -> Any:
    """The same drawing with everything that is measured in pixels `by` times as large; `by` 1 is
    the same one.

    plotly measures its box wrongly inside an element with CSS `zoom`, and a picture that is
    stretched has blurred words: so a figure is built at the size at which it is seen.
    """
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


def slim(sent: Any, key: str = "") -> Any:
    """Said once where it is the same for all points, to four decimals, and 12 instead of 12.0: a
    third of the bytes of a list of bars."""
    if isinstance(sent, float):
        rounded = round(sent, 4)
        return int(rounded) if rounded.is_integer() else rounded
    if isinstance(sent, dict):
        return {name: slim(value, name) for name, value in sent.items()}
    if isinstance(sent, list | tuple):
        made = [slim(each) for each in sent]
        is_one = key in _ONE_FOR_ALL and made and made.count(made[0]) == len(made)
        return made[0] if is_one else made
    return sent
