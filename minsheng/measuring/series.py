"""The periods side by side, and what changed since the last one: Snapshots → one value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from minsheng.labels import trend
from minsheng.measuring import comparison, leaderboard, snapshot
from minsheng.measuring.comparison import Comparison
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Dataset, Light, MeasuredIndicator, MeasuredProject, Period, Tally
from minsheng.printed import tenths


class Turn(StrEnum):
    """What a project's change comes to. A change is the first of them that fits it, and the order
    is the order in which a reader has to know."""

    FELL_BEHIND = "fell_behind"
    SETBACK = "setback"
    WORSE = "worse"
    SILENT = "silent"
    NOT_REPORTED = "not_reported"
    FINISHED = "finished"
    CAUGHT_UP = "caught_up"
    BETTER = "better"
    RESUMED = "resumed"
    PROGRESS = "progress"
    TARGET = "target"
    WORDS = "words"
    UNCHANGED = "unchanged"


# Of these there is nothing to compare: their projects are only named.
NOTHING_NEW = (Turn.NOT_REPORTED, Turn.UNCHANGED)


@dataclass(frozen=True)
class PartChange:
    """One indicator before and after, in its own unit; None is unknown. Targets are those in force.

    `counted` is done against target as `frames` has it: it rises where a lower count is better.
    """

    name: str
    unit: str
    target_before: float
    target: float
    done_before: float | None
    done: float | None
    counted_before: float | None
    counted: float | None

    @property
    def moved(self) -> bool:
        return (self.done, self.target) != (self.done_before, self.target_before)

    @property
    def words(self) -> str:
        """老年食堂 14 → 25 / 目标 40 家"""
        counts = (self.done_before, self.done)
        return trend.part(self.name, self.unit, counts, (self.target_before, self.target))


@dataclass(frozen=True)
class Change:
    """One project since the period before. A text of None was not reported; shares are 0-1, None
    where nothing is known."""

    project: str
    turn: Turn
    light_before: Light
    light: Light
    completion_before: float | None
    completion: float | None
    parts: tuple[PartChange, ...]
    text_before: str | None
    text: str | None

    @property
    def moved(self) -> list[str]:
        """The indicators whose count or target is another one, in words."""
        return [part.words for part in self.parts if part.moved]

    @cached_property
    def compared(self) -> Comparison:
        """Both texts with their differing words; what was not reported is empty."""
        return comparison.compare(self.text_before or "", self.text or "")


@dataclass(frozen=True, eq=False)
class Means:
    """Mean completion of groups over the periods, and how many projects it had to leave out.

    Two periods' means need not be of the same projects: where `left_out` differs, a mean may have
    moved although no project did.
    """

    groups: Mapping[str, tuple[Tally | None, ...]]
    """By its key, each group in every period; None where the period has no such group."""

    def of(self, key: str) -> tuple[list[float | None], list[int]]:
        """The shares of one group over the periods, and what each left out."""
        each = self.groups[key]
        return (
            [tally.completion if tally else None for tally in each],
            [tally.projects - tally.known if tally else 0 for tally in each],
        )


WHOLE = "all"


@dataclass(frozen=True, eq=False)
class Series:
    """The periods up to one of them, side by side.

    `projects` has each project of the last period in printed order, measured in every period;
    `categories` goes by category number, `departments` by lead, `whole` has the one key WHOLE.
    `changes` has one a project, in printed order; none while there is only one period.
    """

    fingerprint: str
    periods: tuple[Period, ...]
    elapsed: tuple[float, ...]
    projects: Mapping[str, tuple[MeasuredProject, ...]]
    whole: Means
    categories: Means
    departments: Means
    changes: tuple[Change, ...]

    @property
    def period(self) -> Period:
        return self.periods[-1]

    @property
    def previous(self) -> Period | None:
        return self.periods[-2] if len(self.periods) > 1 else None

    def of_project(self, project: str) -> tuple[list[Light], list[float | None]]:
        """The lights and completions of one project over the periods."""
        each = self.projects[project]
        return [row.light for row in each], [row.completion for row in each]


def over(dataset: Dataset, until: str | None = None, fingerprint: str = "") -> Series:
    """Measures every period up to one, the last if none is named.

    Raises:
        KeyError: no period has this id.
    """
    last = dataset.periods.index(dataset.period(until))
    each = dataset.periods[: last + 1]
    return of([snapshot.at(dataset, period.id, fingerprint) for period in each])


def of(shots: Sequence[Snapshot]) -> Series:
    """The periods measured already: of one dataset, unfiltered, earliest first, at least one."""
    last = shots[-1]
    return Series(
        fingerprint=last.fingerprint,
        periods=tuple(shot.period for shot in shots),
        elapsed=tuple(shot.elapsed for shot in shots),
        projects={key: tuple(shot.rows[key] for shot in shots) for key in last.rows},
        whole=_means([{WHOLE: _whole(shot)} for shot in shots]),
        categories=_means([shot.categories for shot in shots]),
        departments=_means([shot.departments for shot in shots]),
        changes=_changes(shots[-2], last) if len(shots) > 1 else (),
    )


def _whole(shot: Snapshot) -> Tally:
    return Tally("", len(shot.rows), shot.known, shot.completion, shot.claimed, shot.lights)


def _means(periods: Sequence[Mapping[str, Tally]]) -> Means:
    return Means({key: tuple(period.get(key) for period in periods) for key in periods[-1]})


def _changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    return tuple(
        _change(
            project,
            before.rows[project],
            row,
            tuple(map(_part, before.parts[project], after.parts[project])),
        )
        for project, row in after.rows.items()
    )


def _part(before: MeasuredIndicator, after: MeasuredIndicator) -> PartChange:
    return PartChange(
        name=after.name,
        unit=after.unit,
        target_before=before.target,
        target=after.target,
        done_before=before.done,
        done=after.done,
        counted_before=before.counted,
        counted=after.counted,
    )


def _change(
    project: str, before: MeasuredProject, after: MeasuredProject, parts: tuple[PartChange, ...]
) -> Change:
    """A report that is still blank is none: the form has room for the period, nobody wrote."""
    change = Change(
        project=project,
        turn=Turn.UNCHANGED,
        light_before=before.light,
        light=after.light,
        completion_before=before.completion,
        completion=after.completion,
        parts=parts,
        text_before=_said(before.text),
        text=_said(after.text),
    )
    return replace(change, turn=turn(change))


def by_weight(changes: Sequence[Change]) -> list[Change]:
    """What changed, what a reader has to know first in front; without NOTHING_NEW."""
    order = {each: place for place, each in enumerate(Turn)}
    changed = (each for each in changes if each.turn not in NOTHING_NEW)
    return sorted(changed, key=lambda each: order[each.turn])


def turn(change: Change) -> Turn:
    """The first turn that fits what stands in the change."""
    return next((each for each, fits in _FITS.items() if fits(change)), Turn.UNCHANGED)


def _fell_behind(c: Change) -> bool:
    return _both_judged(c) and c.light in leaderboard.LATE and not _was_late(c)


def _caught_up(c: Change) -> bool:
    return _both_judged(c) and c.light not in leaderboard.LATE and _was_late(c)


def _was_late(c: Change) -> bool:
    return c.light_before in leaderboard.LATE


def _both_judged(c: Change) -> bool:
    return Light.UNKNOWN not in (c.light, c.light_before)


_PLACE = {light: place for place, light in enumerate(Light)}


def _steps_down(c: Change) -> int:
    return _PLACE[c.light] - _PLACE[c.light_before] if _both_judged(c) else 0


def _completion_moved(c: Change) -> int:
    """Up or down as printed; where one of them is unknown nothing moved."""
    if c.completion is None or c.completion_before is None:
        return 0
    return tenths(c.completion) - tenths(c.completion_before)


def _setback(c: Change) -> bool:
    """A count fell against the same target, or the completion did without a new target."""
    fell = any(
        part.target == part.target_before
        and part.counted is not None
        and part.counted_before is not None
        and part.counted < part.counted_before
        for part in c.parts
    )
    return fell or (_completion_moved(c) < 0 and not _retargeted(c))


def _progress(c: Change) -> bool:
    """A count is new or better, or the completion rose without a new target."""
    new = any(
        part.counted is not None
        and (
            part.counted_before is None
            or (part.target == part.target_before and part.counted > part.counted_before)
            or (part.target != part.target_before and part.done != part.done_before)
        )
        for part in c.parts
    )
    first = c.completion is not None and c.completion_before is None
    return new or first or (_completion_moved(c) > 0 and not _retargeted(c))


def _retargeted(c: Change) -> bool:
    return any(part.target != part.target_before for part in c.parts)


_FITS: dict[Turn, Callable[[Change], bool]] = {
    Turn.FELL_BEHIND: _fell_behind,
    Turn.SETBACK: _setback,
    Turn.WORSE: lambda c: _steps_down(c) > 0,
    Turn.SILENT: lambda c: (
        c.text is not None and c.completion is None and c.completion_before is not None
    ),
    Turn.NOT_REPORTED: lambda c: c.text is None,
    Turn.FINISHED: lambda c: c.light == Light.DONE != c.light_before,
    Turn.CAUGHT_UP: _caught_up,
    Turn.BETTER: lambda c: _steps_down(c) < 0,
    Turn.RESUMED: lambda c: c.text_before is None,
    Turn.PROGRESS: _progress,
    Turn.TARGET: _retargeted,
    Turn.WORDS: lambda c: not comparison.same(c.text_before or "", c.text or ""),
}


def _said(report: str | None) -> str | None:
    return None if report is None or not report.strip() else report
