"""Dataset → tidy DataFrames, and the dictionary of their columns.

Counts are in the indicator's own unit, shares are 0-1. NaN in a number's place means that
nobody stated it; it is never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from minsheng.model import Dataset, Indicator, Period, Project, Reading, Report

COLUMNS = {
    "project": "project id, e.g. 5.1",
    "category": "the livelihood field, as printed",
    "category_number": "the part of the id before the point",
    "content": "the promise, verbatim",
    "leads": "tuple of lead departments",
    "text": "the report of the period, verbatim; None without a report",
    "name": "indicator name",
    "unit": "unit of target, done and underway",
    "counts": "the event that the promise names",
    "part_of": "the indicator this one is a part of, or None",
    "at_most": "lower is better",
    "target": "the year's target in force in the period",
    "done": "counted of that event",
    "underway": "begun, not done",
    "declared": "said to be complete",
    "approx": "the figure is approximate",
    "claimed": "share the department states, on the year's base; of a project or more: if believed",
    "claimed_part": "share the department states on another base",
    "claimed_of": "that other base, or None",
    "preparing": "only preparation",
    "stages": "dict of stage → count",
    "quotes": "tuple of the words done was read from",
    "counted": "done / target, not capped; target / done where lower is better",
    "completion": "share, capped at 1",
    "lowered": "the claim is below the count, and holds",
    "basis": "model.Basis",
    "weakest": "lowest completion among the known indicators",
    "weakest_name": "its indicator",
    "known": "how many of them have a completion",
    "indicators": "number of indicators",
    "expected": "share that should be done by the cut-off date",
    "variance": "weakest - expected, in tenths of a percentage point, as printed",
    "delivery": "model.Delivery",
    "light": "model.Light",
    "forecast": "completion at the plan's end at today's pace",
    "pace": "pace the weakest indicator still needs, as a multiple of today's",
    "before": "completion in the period before",
    "light_before": "light in the period before, or None",
    "number": "category number",
    "projects": "number of projects",
    "finished": "projects whose light is DONE",
    "behind": "projects whose light is BEHIND or FAR_BEHIND",
    "on_schedule": "share of known projects on or ahead of schedule",
    "worst": "lowest project completion",
    "split": "mean completion with joint projects weighted 1/n",
    "rank": "1 = highest mean completion; ties share the better rank",
    "best_rank": "best rank under the four ways",
    "worst_rank": "worst rank under the four ways",
    "few": "fewer than 3 projects",
    **{
        f"light_{name}": f"projects whose light is {name}"
        for name in ("done", "ahead", "on_track", "behind", "far_behind", "unknown")
    },
}

_NO_READING = Reading()


def projects(dataset: Dataset, period: Period) -> pd.DataFrame:
    """One row a project, in printed order, indexed by id; `text` is None without a report."""
    rows = dataset.projects
    reports = [project.reports.get(period.id) for project in rows]
    return pd.DataFrame(
        {
            "category": _objects(project.category for project in rows),
            "category_number": _objects(project.category_number for project in rows),
            "content": _objects(project.content for project in rows),
            "leads": _objects(project.leads for project in rows),
            "text": _objects(report.text if report else None for report in reports),
        },
        dtype=object,
    ).set_axis(pd.Index([project.id for project in rows], name="project", dtype=object))


def indicators(dataset: Dataset, period: Period) -> pd.DataFrame:
    """One row an indicator, in printed order; numbers are float with NaN for not stated."""
    rows = [
        (project, indicator, _reading(project.reports.get(period.id), indicator))
        for project in dataset.projects
        for indicator in project.indicators
    ]
    return pd.DataFrame(
        {
            "project": _objects(project.id for project, _, _ in rows),
            "name": _objects(indicator.name for _, indicator, _ in rows),
            "unit": _objects(indicator.unit for _, indicator, _ in rows),
            "counts": _objects(indicator.counts for _, indicator, _ in rows),
            "part_of": _objects(indicator.part_of for _, indicator, _ in rows),
            "at_most": _flags(indicator.at_most for _, indicator, _ in rows),
            "target": _floats(target(dataset, *row[:2], period) for row in rows),
            "done": _floats(reading.done for *_, reading in rows),
            "underway": _floats(reading.underway for *_, reading in rows),
            "declared": _flags(reading.declared for *_, reading in rows),
            "approx": _flags(reading.approx for *_, reading in rows),
            "claimed": _floats(None if r.claimed_of else _share(r.claimed) for *_, r in rows),
            "claimed_part": _floats(_share(r.claimed) if r.claimed_of else None for *_, r in rows),
            "claimed_of": _objects(reading.claimed_of for *_, reading in rows),
            "preparing": _flags(reading.preparing for *_, reading in rows),
            "stages": _objects(reading.stages for *_, reading in rows),
            "quotes": _objects(reading.quotes for *_, reading in rows),
        }
    )


def target(dataset: Dataset, project: Project, indicator: Indicator, period: Period) -> float:
    """The year's target in force: the last adjustment up to the period, else the promise's."""
    if not any(r.target for report in project.reports.values() for r in report.readings.values()):
        return indicator.target
    in_force: float = indicator.target
    for each in dataset.periods[: dataset.periods.index(period) + 1]:
        in_force = _reading(project.reports.get(each.id), indicator).target or in_force
    return in_force


def credits(projects: pd.DataFrame) -> pd.DataFrame:
    """One row a project and lead: a joint project counts once for each. Column `weight` is 1/n."""
    return projects.assign(weight=1 / projects["leads"].map(len)).explode("leads")


Record = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Record]:
    """The rows as dicts, for code that goes row by row."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def by_index(frame: pd.DataFrame) -> dict[str, Record]:
    """The rows as dicts under the frame's index (a project id, a number, a name)."""
    return dict(zip(map(str, frame.index), records(frame), strict=True))


def _reading(report: Report | None, indicator: Indicator) -> Reading:
    return report.readings.get(indicator.name, _NO_READING) if report else _NO_READING


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _objects(values: Iterable[object]) -> pd.Series:
    return pd.Series(list(values), dtype=object)


def _floats(values: Iterable[float | None]) -> pd.Series:
    return pd.Series(list(values), dtype="float64")


def _flags(values: Iterable[bool]) -> pd.Series:
    return pd.Series(list(values), dtype=bool)
