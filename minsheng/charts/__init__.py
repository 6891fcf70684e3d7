"""Values → plotly Figure.

A missing value keeps its place and its words, and is never drawn as 0.
"""

from minsheng.charts.lines import Line, lines, mean_line
from minsheng.charts.moved import moved
from minsheng.charts.naming import named, spread
from minsheng.charts.strip import strip

__all__ = ["Line", "lines", "mean_line", "moved", "named", "spread", "strip"]
