"""The progress figures of 总览, 类别, 部门 and 项目: rows of words and bars, worst first.

Every figure comes for the width it is drawn at: `WIDE` sets a row in columns, anything below sets
the words above and the bar beneath. What is drawn of a figure is `measuring.drawn`'s.
"""

from minsheng.charts.progress.means import categories, departments, plan
from minsheng.charts.progress.one import bullet, places
from minsheng.charts.progress.projects import projects
from minsheng.charts.rows import HEAD, MIDDLE, NARROW, WIDE

__all__ = [
    "HEAD",
    "MIDDLE",
    "NARROW",
    "WIDE",
    "bullet",
    "categories",
    "departments",
    "places",
    "plan",
    "projects",
]
