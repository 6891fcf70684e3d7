"""Everything measured at one period, as one value: what pages show and exports print."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from minsheng import labels
from minsheng.grammar import names
from minsheng.measuring import findings, frames, leaderboard, progress
from minsheng.measuring.findings import Case, Finding, Measured
from minsheng.model import (
    Basis,
    Dataset,
    Light,
    MeasuredIndicator,
    MeasuredProject,
    Period,
    Project,
    Reading,
    Report,
    Severity,
    Standing,
    Tally,
    Terms,
)


@dataclass(frozen=True)
class Filters:
    """Which projects are chosen; an empty choice chooses all. Categories go by their number."""

    categories: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    lights: tuple[Light, ...] = ()

    def admits(self, category_number: str, leads: tuple[str, ...], light: Light) -> bool:
        """Whether every filter lets a project through."""
        return (
            (not self.categories or category_number in self.categories)
            and (not self.departments or not set(self.departments).isdisjoint(leads))
            and (not self.lights or light in self.lights)
        )

    def choose(self, projects: pd.DataFrame) -> pd.DataFrame:
        """The rows of a measured frame of projects that every filter lets through."""
        columns = (projects[key] for key in ("category_number", "leads", "light"))
        kept = [self.admits(*each) for each in zip(*columns, strict=True)]
        return projects[pd.Series(kept, index=projects.index, dtype=bool)]


EVERYTHING = Filters()
_CLAIMS = ("claimed", "claimed_part", "claimed_of")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What the filters chose, measured: frames, findings and means hold nothing else.

    A department's row keeps its rank among all leads of the chosen categories and lights: to be
    looked at alone makes nobody the first. `dataset` is the whole one.

    Shares are 0-1 and None (in frames NaN) where nothing is known.

    `rows` and `parts` are for whoever shows them, by project id; `projects` and `indicators` are
    the same as frames, for whoever counts on. `categories` go by number, `departments` by name.
    """

    dataset: Dataset
    fingerprint: str
    period: Period
    previous: Period | None
    elapsed: float
    projects: pd.DataFrame
    indicators: pd.DataFrame
    categories: dict[str, Tally]
    departments: dict[str, Standing]
    findings: tuple[Finding, ...]
    completion: float | None
    claimed: float | None
    known: int
    lights: dict[Light, int]
    filters: Filters = EVERYTHING

    @cached_property
    def rows(self) -> dict[str, MeasuredProject]:
        """By id, in printed order."""
        return frames.measured_projects(self.projects)

    @cached_property
    def category_names(self) -> dict[str, str]:
        """Category number → name, in printed order."""
        return {number: each.name for number, each in self.categories.items()}

    @cached_property
    def parts(self) -> dict[str, tuple[MeasuredIndicator, ...]]:
        """A project's indicators by its id; none for a project without."""
        found: dict[str, list[MeasuredIndicator]] = {project: [] for project in self.rows}
        for row in frames.measured_indicators(self.indicators):
            found[row.project].append(row)
        return {project: tuple(each) for project, each in found.items()}

    def chosen(self, filters: Filters) -> list[str]:
        """The projects among these that the filters let through, as a page asks at every rerun."""
        return [
            key
            for key, row in self.rows.items()
            if filters.admits(row.category_number, row.leads, row.light)
        ]

    @cached_property
    def whole(self) -> Tally:
        """All chosen projects as one group."""
        return Tally(
            labels.ALL, len(self.rows), self.known, self.completion, self.claimed, self.lights
        )

    @cached_property
    def lagging(self) -> list[str]:
        """The projects behind schedule, furthest back first."""
        late = [key for key, row in self.rows.items() if row.light in leaderboard.LATE]
        return sorted(late, key=lambda key: self.rows[key].variance or 0.0)

    def weakest(self, project: str) -> MeasuredIndicator:
        """The row of the project's weakest indicator.

        Raises:
            StopIteration: nothing is known of the project.
        """
        name = self.rows[project].weakest_name
        return next(part for part in self.parts[project] if part.name == name)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each project of the dataset stands in the file, chosen or not."""
        return {project.id: place for place, project in enumerate(self.dataset.projects)}

    def project(self, project_id: str) -> Project:
        """Raises KeyError where the dataset has no such project."""
        return self.dataset.projects[self.places[project_id]]

    def report(self, project_id: str) -> Report | None:
        """What was reported of the project in this period."""
        return self.project(project_id).reports.get(self.period.id)

    def terms(self, project_id: str) -> Terms:
        """What is in force of the project in this period.

        Raises:
            KeyError: the dataset has no such project.
        """
        return self.dataset.terms(self.project(project_id), self.period)

    @cached_property
    def _findings_by_project(self) -> dict[str, tuple[Finding, ...]]:
        """Grouped once: a document asks for those of every project."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.project, []).append(finding)
        return {project: tuple(each) for project, each in found.items()}

    def findings_of(self, project: str) -> tuple[Finding, ...]:
        return self._findings_by_project.get(project, ())


def at(
    dataset: Dataset,
    period_id: str | None = None,
    fingerprint: str = "",
    filters: Filters = EVERYTHING,
) -> Snapshot:
    """Measures the dataset at a period, the last one if none is named, and keeps what is chosen.

    Raises:
        KeyError: no period has this id.
    """
    period = dataset.period(period_id)
    previous = dataset.period_before(period)
    projects, indicators = _measure(dataset, period)
    before = _measure(dataset, previous) if previous else None
    projects = projects.assign(
        before=before[0]["completion"] if before else float("nan"),
        light_before=before[0]["light"] if before else None,
    )
    found = _findings(dataset, period, previous, projects, indicators, before)
    board = leaderboard.board(replace(filters, departments=()).choose(projects))
    if filters.departments:
        board = board[board.index.isin(filters.departments)]
    projects = filters.choose(projects)
    return Snapshot(
        dataset=dataset,
        fingerprint=fingerprint,
        filters=filters,
        period=period,
        previous=previous,
        elapsed=progress.elapsed_share(dataset.plan, period.as_of),
        projects=projects,
        indicators=indicators[indicators["project"].isin(projects.index)],
        departments=frames.standings(board),
        findings=tuple(each for each in found if each.project in projects.index),
        **_summed(projects),
    )


def replaced(whole: Snapshot, own: Snapshot) -> Snapshot:
    """The whole with the projects of `own` in the place of its own ones, its means counted anew.

    Measures nothing again, so that a form can show at every keystroke what it makes of a list of
    thousands. Both are of one period and unfiltered. Findings that compare projects with each other
    are those of `own`'s few.
    """
    gone = set(own.projects.index)
    projects = pd.concat(
        [whole.projects.drop(index=[*gone & {*whole.projects.index}]), own.projects]
    )
    others = whole.indicators[~whole.indicators["project"].isin(gone)]
    return replace(
        whole,
        projects=projects,
        indicators=pd.concat([others, own.indicators]),
        departments=frames.standings(leaderboard.board(projects)),
        findings=(*(each for each in whole.findings if each.project not in gone), *own.findings),
        **_summed(projects),
    )


def _summed(projects: pd.DataFrame) -> dict[str, Any]:
    """What a snapshot says of its projects together, but for the departments."""
    return {
        "categories": _categories(projects),
        "completion": _mean(projects["completion"]),
        "claimed": _mean(projects["claimed"]),
        "known": int(projects["completion"].count()),
        "lights": {light: int(projects["light"].eq(light).sum()) for light in Light},
    }


def without_claims(shot: Snapshot) -> Snapshot:
    """The same figures without what departments claim beside them, and without findings. A claim
    that a completion rests on (取低, 自报) stays: it is that figure's evidence."""
    parts = shot.indicators
    rests = parts["lowered"] | (parts["basis"] == Basis.CLAIMED)
    kept = {key: parts[key].where(rests & parts[key].notna(), None) for key in _CLAIMS}
    return replace(
        shot,
        indicators=parts.assign(**kept),
        projects=shot.projects.assign(claimed=math.nan),
        categories={key: replace(each, claimed=None) for key, each in shot.categories.items()},
        departments={key: replace(each, claimed=None) for key, each in shot.departments.items()},
        claimed=None,
        findings=(),
    )


def _measure(dataset: Dataset, period: Period) -> tuple[pd.DataFrame, pd.DataFrame]:
    elapsed = progress.elapsed_share(dataset.plan, period.as_of)
    expected = {
        project.id: progress.expected_share(
            dataset.plan,
            project.milestones,
            period.as_of,
            {
                part.name: (frames.target(dataset, project, part, period), part.at_most)
                for part in (project.indicators if project.milestones else ())
            },
        )
        for project in dataset.projects
    }
    indicators = progress.measure_indicators(frames.indicators(dataset, period))
    projects = progress.measure_projects(
        frames.projects(dataset, period),
        indicators,
        pd.Series(expected, dtype="float64"),
        elapsed,
        dataset.thresholds,
    )
    return projects, indicators


def _categories(projects: pd.DataFrame) -> dict[str, Tally]:
    names = projects.groupby("category_number", sort=False)["category"].first()
    return frames.tallies(
        leaderboard.tally(projects, "category_number"),
        {str(key): str(name) for key, name in names.items()},
    )


def _mean(shares: pd.Series) -> float | None:
    return float(shares.mean()) if shares.notna().any() else None


def _findings(
    dataset: Dataset,
    period: Period,
    previous: Period | None,
    projects: pd.DataFrame,
    indicators: pd.DataFrame,
    before: tuple[pd.DataFrame, pd.DataFrame] | None,
) -> tuple[Finding, ...]:
    """Severest first, within that in the order of the catalogue and of the table."""
    found = [
        finding
        for case in _cases(dataset, period, previous, projects, indicators, before)
        for finding in findings.check(case)
    ]
    severity = {each: place for place, each in enumerate(Severity)}
    code = {each: place for place, each in enumerate(findings.CATALOGUE)}
    return tuple(sorted(found, key=lambda each: (severity[each.severity], code[each.code])))


def _cases(
    dataset: Dataset,
    period: Period,
    previous: Period | None,
    projects: pd.DataFrame,
    indicators: pd.DataFrame,
    before: tuple[pd.DataFrame, pd.DataFrame] | None,
) -> Iterator[Case]:
    alike = {
        **names.alike(Counter(lead for leads in projects["leads"] for lead in leads)),
        **names.alike(Counter(projects["category"])),
    }
    rows = iter(frames.measured_indicators(indicators))
    rows_before = iter(frames.measured_indicators(before[1])) if before else None
    for project, leads, light, light_before in zip(
        dataset.projects,
        *(projects[key] for key in ("leads", "light", "light_before")),
        strict=True,
    ):
        report = project.reports.get(period.id)
        readings = report.readings if report else {}
        measured = tuple(
            Measured(
                next(rows),
                readings.get(indicator.name, Reading()),
                next(rows_before) if rows_before else None,
            )
            for indicator in project.indicators
        )
        yield Case(
            project=project,
            report=report or Report(text=""),
            measured=measured,
            leads=leads,
            alike=alike,
            light=light,
            previous_label=previous.label if previous else "",
            previous_report=project.reports.get(previous.id) if previous else None,
            previous_light=light_before if previous else None,
        )
