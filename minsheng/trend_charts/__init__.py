"""Series → plotly Figure: the lights over the periods, completion over time, what moved.

As in `charts`: a missing value keeps its place and its words, and is never drawn as 0.
"""

from minsheng.trend_charts.lines import Line, lines, mean_line
from minsheng.trend_charts.moved import moved
from minsheng.trend_charts.naming import named, spread
from minsheng.trend_charts.strip import strip

__all__ = ["Line", "lines", "mean_line", "moved", "named", "spread", "strip"]
