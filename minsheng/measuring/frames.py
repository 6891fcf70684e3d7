"""Dataset → tidy DataFrames, and measured frames → frozen types.

The columns of a measured frame are the fields of `MeasuredProject` and `MeasuredIndicator`.

Counts are in the indicator's own unit, shares are 0-1. NaN in a number's place means that
nobody stated it; it is never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

import pandas as pd

from minsheng.model import (
    Basis,
    Dataset,
    Delivery,
    Indicator,
    Light,
    MeasuredIndicator,
    MeasuredProject,
    Period,
    Project,
    Reading,
    Report,
    Standing,
    Tally,
)
from minsheng.printed import missing

Measured = TypeVar("Measured", MeasuredProject, MeasuredIndicator)
_ENUMS = {"light": Light, "light_before": Light, "delivery": Delivery, "basis": Basis}
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
            "leads": _objects(dataset.terms(project, period).leads for project in rows),
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


def measured_projects(frame: pd.DataFrame) -> dict[str, MeasuredProject]:
    """The rows of a measured frame of projects by id, in its order."""
    each = _typed(MeasuredProject, frame.rename_axis("id").reset_index())
    return {row.id: row for row in each}


def measured_indicators(frame: pd.DataFrame) -> list[MeasuredIndicator]:
    """The rows of a measured frame of indicators, in its order."""
    return _typed(MeasuredIndicator, frame)


def _typed(kind: type[Measured], frame: pd.DataFrame) -> list[Measured]:
    """A value a row, of the columns that the type has."""
    names = [each.name for each in fields(kind) if each.name in frame.columns]
    return [kind(**_enumerated(row)) for row in _rows(frame[names])]


def _enumerated(row: dict[str, Any]) -> dict[str, Any]:
    """pandas keeps a member of a StrEnum as plain text."""
    found = {key: row[key] for key in _ENUMS if row.get(key) is not None}
    return row | {key: _ENUMS[key](value) for key, value in found.items()}


def tallies(frame: pd.DataFrame, names: Mapping[str, str]) -> dict[str, Tally]:
    """The rows of `leaderboard.tally` by their index, named."""
    return {
        key: Tally(name=names[key], **row)
        for key, row in zip(map(str, frame.index), _tallied(frame), strict=True)
    }


def standings(frame: pd.DataFrame) -> dict[str, Standing]:
    """The rows of `leaderboard.board` by department."""
    rows = zip(map(str, frame.index), _tallied(frame), strict=True)
    return {name: Standing(name=name, **_ranked(row)) for name, row in rows}


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows with None for NaN: what leaves a frame has no NaN."""
    columns = {
        str(key): [None if missing(value) else value for value in frame[key].tolist()]
        for key in frame.columns
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _tallied(frame: pd.DataFrame) -> list[dict[str, Any]]:
    shown = frame.drop(columns=["finished", "behind"])
    rows = _rows(shown)
    return [
        {
            **{key: value for key, value in row.items() if not key.startswith("light_")},
            "lights": {light: int(row[f"light_{light}"]) for light in Light},
        }
        for row in rows
    ]


def _ranked(row: dict[str, Any]) -> dict[str, Any]:
    """Ranks are floats in a frame, because of NaN."""
    ranks = ("rank", "best_rank", "worst_rank")
    return {**row, **{key: None if row[key] is None else int(row[key]) for key in ranks}}


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
