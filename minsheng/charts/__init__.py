"""Values → plotly Figure.

A missing value keeps its place and its words, and is never drawn as 0.
"""

from minsheng.charts.lines import Line, lines, mean_line
from minsheng.charts.naming import named, spread

__all__ = ["Line", "lines", "mean_line", "named", "spread"]
