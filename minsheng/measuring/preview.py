"""What an edit changes of the figures, before it is saved: two datasets, measured and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from minsheng.measuring import snapshot
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Dataset, Light, MeasuredIndicator, MeasuredProject, Period, Tally

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
class Shift:
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
    changes: tuple[Shift, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


@dataclass(frozen=True)
class Spread:
    """What one report makes of all figures: of the project, its departments, its category and the
    whole, moved or not; and how many lag and how many findings there are, before and after."""

    changes: tuple[Shift, ...]
    lagging: tuple[int, int]
    findings: tuple[int, int]


def spread(before: Snapshot, known: Dataset, after: Dataset, project: str) -> Spread:
    """`known` and `after` hold nothing but the project as it is and as it would be; `before` is the
    whole list at the period. A project that `before` lacks is measured as unknown before."""
    period = before.period.id
    was, own = (snapshot.at(each, period) for each in (known, after))
    old = snapshot.replaced(before, was) if project in before.rows else before
    new = snapshot.replaced(before, own)
    row = new.rows[project]
    changes = [_change(Scope.PROJECT, _named(row), old.rows.get(project), row)]
    for lead in row.leads:
        pair = old.departments.get(lead), new.departments[lead]
        changes.append(_change(Scope.DEPARTMENT, lead, *pair))
    number = row.category_number
    pair_of = old.categories.get(number), new.categories[number]
    changes.append(_change(Scope.CATEGORY, new.categories[number].name, *pair_of))
    changes.append(_change(Scope.WHOLE, "", old.whole, new.whole))
    return Spread(
        tuple(changes),
        (len(old.lagging), len(new.lagging)),
        (len(old.findings), len(new.findings)),
    )


def effects(before: Dataset, after: Dataset) -> tuple[Effect, ...]:
    """The periods in which something measured is different, or that are new."""
    known = {period.id for period in before.periods}
    found = []
    for period in after.periods:
        is_new = period.id not in known
        # A new period is compared with the one before it: 上期 → 本期.
        last = after.period_before(period) if is_new else None
        old = (
            snapshot.at(before, period.id)
            if not is_new
            else snapshot.at(after, last.id)
            if last
            else None
        )
        effect = _effect(old, snapshot.at(after, period.id), is_new)
        if is_new or len(effect.changes) > 1 or effect.new or effect.gone:
            found.append(effect)
    return tuple(found)


def of_project(
    before: Snapshot | None, after: Dataset, project: str, period: str
) -> tuple[Shift, tuple[Finding, ...]]:
    """One project's figures in one period, moved or not, and what is then found of it. `before`
    None: the period is new; `after` need hold no other project."""
    new = snapshot.at(after, period)
    was = before.rows.get(project) if before else None
    row = new.rows[project]
    return _change(Scope.PROJECT, _named(row), was, row), new.findings_of(project)


def _effect(old: Snapshot | None, new: Snapshot, is_new: bool) -> Effect:
    before = Counter(old.findings if old and not is_new else ())
    after = Counter(new.findings)
    whole = Shift(
        Scope.WHOLE,
        "",
        (old.completion if old else None, new.completion),
        (old.claimed if old else None, new.claimed),
    )
    return Effect(
        new.period,
        is_new,
        (whole, *_changes(old, new, is_new)),
        tuple((after - before).elements()),
        tuple((before - after).elements()),
    )


def _changes(old: Snapshot | None, new: Snapshot, is_new: bool) -> Iterator[Shift]:
    """What is another figure; of a new period only that of which it says something."""
    for scope, rows in (
        (Scope.CATEGORY, _categories),
        (Scope.DEPARTMENT, _departments),
        (Scope.PROJECT, _projects),
        (Scope.INDICATOR, _indicators),
    ):
        before: Mapping[str, _Figures] = rows(old) if old else {}
        after: Mapping[str, _Figures] = rows(new)
        for name in dict.fromkeys((*after, *before)):
            change = _change(scope, name, before.get(name), after.get(name))
            pairs = (change.completion, change.claimed, change.done)
            if is_new and all(now is None for _, now in pairs):
                continue
            if any(a != b for a, b in pairs) or (
                change.light[0] != change.light[1] and any(pair != (None, None) for pair in pairs)
            ):
                yield change


_Figures = Tally | MeasuredProject | MeasuredIndicator


def _categories(shot: Snapshot) -> Mapping[str, _Figures]:
    return {each.name: each for each in shot.categories.values()}


def _departments(shot: Snapshot) -> Mapping[str, _Figures]:
    return dict(shot.departments)


def _projects(shot: Snapshot) -> Mapping[str, _Figures]:
    return {_named(row): row for row in shot.rows.values()}


def _indicators(shot: Snapshot) -> Mapping[str, _Figures]:
    return {f"{key} {part.name}": part for key, parts in shot.parts.items() for part in parts}


def _named(row: MeasuredProject) -> str:
    return f"{row.id} {row.content}"


def _change(scope: Scope, name: str, was: _Figures | None, row: _Figures | None) -> Shift:
    return Shift(
        scope,
        name,
        (was.completion if was else None, row.completion if row else None),
        (was.claimed if was else None, row.claimed if row else None),
        (_done(was), _done(row)),
        (_light(was), _light(row)),
    )


def _done(row: _Figures | None) -> float | None:
    return row.done if isinstance(row, MeasuredIndicator) else None


def _light(row: _Figures | None) -> Light | None:
    return row.light if isinstance(row, MeasuredProject) else None
