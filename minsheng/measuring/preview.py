"""What an edit changes of the figures, before it is saved: two datasets, measured and compared."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from minsheng.measuring import frames, snapshot
from minsheng.measuring.findings import Finding
from minsheng.measuring.frames import Record
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Dataset, Light, Period

Share = float | None
Pair = tuple[Share, Share]


class Scope(StrEnum):
    """Whose figure it is, from the whole to the part."""

    WHOLE = "whole"
    CATEGORY = "category"
    DEPARTMENT = "department"
    PROJECT = "project"
    INDICATOR = "indicator"


@dataclass(frozen=True)
class Change:
    """A figure before and after; None is unknown. `done` is an indicator's only, in its unit."""

    scope: Scope
    name: str
    completion: Pair
    claimed: Pair
    done: Pair = (None, None)
    light: tuple[Light | None, Light | None] = (None, None)


@dataclass(frozen=True)
class Effect:
    """All that is different in one period; the first change is the whole plan's, moved or not."""

    period: Period
    is_new: bool
    changes: tuple[Change, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def effects(before: Dataset, after: Dataset) -> tuple[Effect, ...]:
    """The periods in which something measured is different, or that are new."""
    known = {period.id for period in before.periods}
    found = []
    for period in after.periods:
        old = snapshot.at(before, period.id) if period.id in known else None
        new = snapshot.at(after, period.id)
        effect = _effect(old, new)
        if old is None or len(effect.changes) > 1 or effect.new or effect.gone:
            found.append(effect)
    return tuple(found)


def of_project(
    before: Snapshot | None, after: Dataset, project: str, period: str
) -> tuple[Change, tuple[Finding, ...]]:
    """One project's figures in one period, moved or not, and what is then found of it. `before`
    None: the period is new; `after` need hold no other project."""
    new = snapshot.at(after, period)
    was = before.rows.get(project, {}) if before else {}
    return _change(Scope.PROJECT, project, was, new.rows[project]), new.findings_of(project)


def _effect(old: Snapshot | None, new: Snapshot) -> Effect:
    before = Counter(old.findings if old else ())
    after = Counter(new.findings)
    whole = Change(
        Scope.WHOLE,
        "",
        (old.completion if old else None, new.completion),
        (old.claimed if old else None, new.claimed),
    )
    return Effect(
        new.period,
        old is None,
        (whole, *_changes(old, new)),
        tuple((after - before).elements()),
        tuple((before - after).elements()),
    )


def _changes(old: Snapshot | None, new: Snapshot) -> Iterator[Change]:
    for scope, frame in (
        (Scope.CATEGORY, "categories"),
        (Scope.DEPARTMENT, "departments"),
        (Scope.PROJECT, "projects"),
        (Scope.INDICATOR, "indicators"),
    ):
        before = _rows(getattr(old, frame), scope) if old else {}
        after = _rows(getattr(new, frame), scope)
        for key in dict.fromkeys((*after, *before)):
            row, was = after.get(key, {}), before.get(key, {})
            change = _change(scope, key, was, row)
            pairs = (change.completion, change.claimed, change.done)
            if any(a != b for a, b in pairs) or (
                change.light[0] != change.light[1] and any(pair != (None, None) for pair in pairs)
            ):
                yield change


def _change(scope: Scope, key: Any, was: Record, row: Record) -> Change:
    return Change(
        scope,
        _name(scope, key, row or was),
        (_share(was, "completion"), _share(row, "completion")),
        (_share(was, "claimed"), _share(row, "claimed")),
        (_share(was, "done"), _share(row, "done")),
        (was.get("light"), row.get("light")),
    )


def _rows(frame: pd.DataFrame, scope: Scope) -> Mapping[Any, Record]:
    if scope is Scope.INDICATOR:
        return {(row["project"], row["name"]): row for row in frames.records(frame)}
    return frames.by_index(frame)


def _name(scope: Scope, key: Any, row: Record) -> str:
    match scope:
        case Scope.CATEGORY:
            return str(row["name"])
        case Scope.PROJECT:
            return f"{key} {row['content']}"
        case Scope.INDICATOR:
            return f"{key[0]} {key[1]}"
    return str(key)


def _share(row: Record, key: str) -> Share:
    value = row.get(key)
    return None if value is None or math.isnan(value) else float(value)
