"""Dataset + edit → Dataset, and the text of its file made to say so.

`edited` says what is meant and reads no text; `written` puts it into the text, once for any number
of edits. What an edit does not touch keeps its bytes: comments, order, quotes, blank lines, breaks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from minsheng.dataset import yaml_core, yaml_patch, yaml_render
from minsheng.dataset.schema import Document
from minsheng.dataset.yaml_core import Path
from minsheng.labels import editing as say
from minsheng.model import Dataset, DatasetError, Period, Project, Refused, Report

_HEADER = "# yaml-language-server: $schema=projects.schema.json"


@dataclass(frozen=True)
class SetReport:
    """The report of one project in one period: added, or put in the place of the one there."""

    project: str
    period: str
    report: Report


@dataclass(frozen=True)
class RemoveReport:
    project: str
    period: str


@dataclass(frozen=True)
class AddPeriod:
    """Stands where its `as_of` puts it."""

    period: Period


@dataclass(frozen=True)
class AddProject:
    """Stands behind the last project of its category."""

    project: Project


@dataclass(frozen=True)
class SetField:
    """Any other value. Projects and periods are named by id, indicators by name:
    ("projects", "5.1", "leader"), ("periods", "2023H1", "label"), ("title",).
    None takes an optional key away.
    """

    path: tuple[str, ...]
    value: Any


Edit = SetReport | RemoveReport | AddPeriod | AddProject | SetField


def written(document: Document, dataset: Dataset) -> Document:
    """The document, its text changed so that it says this dataset and nothing else of it changed.

    The dataset may have faults of its own, as a draft may: `schema.check` names them. The text is
    read twice: to find the places, and to see that the result says what it should.

    Raises:
        Refused: that cannot be written.
    """
    text = document.text
    if document.dataset == dataset:
        return document
    made = yaml_patch.patched(text, as_written(document.dataset), as_written(dataset))
    ends = made if text.endswith(("\n", "\r")) else made.rstrip("\r\n")
    # A text block at the very end of the file needs its line break to be read as it was.
    for each in (ends, ends + "\n"):
        if _says(each, dataset):
            return Document(dataset, each)
    raise Refused(say.NOT_WRITABLE)


def dumps(dataset: Dataset, comments: Mapping[Path, str] | None = None) -> str:
    """A whole dataset in the style of data/projects.yaml.

    `comments` are set above what stands at their path, e.g. ("projects", 0, "reports", "2023H1",
    "readings", "老年食堂"); a path inside a line that is written in flow style has no line above.
    """
    data = as_written(dataset)
    said = dict(comments or {})
    layout = yaml_render.Layout(comments=said)
    head = yaml_render.block({k: v for k, v in data.items() if k != "projects"}, (), 0, layout)
    lines = [_HEADER, "", *head, ""]
    if not data["projects"]:
        return "\n".join([*lines, "projects: []", ""])
    lines += [*yaml_render.comment(("projects",), 0, layout), "projects:"]
    seen: set[str] = set()
    for at, project in enumerate(dataset.projects):
        number = project.category_number
        if number not in seen:
            title = say.category_comment(number, " ".join(project.category.split()))
            lines += [*([""] if at else []), f"  # {title}"]
        seen.add(number)
        lines += yaml_render.item(data["projects"][at], ("projects", at), 2, layout)
    return "\n".join([*lines, ""])


def as_written(dataset: Dataset) -> dict[str, Any]:
    """The dataset as the file's plain data, in canonical order, without what need not be said."""
    made: dict[str, Any] = _plain(dataset)
    return made


def edited(dataset: Dataset, edits: Iterable[Edit]) -> Dataset:
    """What the edits mean, one after the other.

    Raises:
        Refused: an edit's place does not exist, or is taken.
    """
    for edit in edits:
        dataset = _edited(dataset, edit)
    return dataset


def _edited(dataset: Dataset, edit: Edit) -> Dataset:
    match edit:
        case SetReport(id_, period, report):
            if period not in [each.id for each in dataset.periods]:
                raise Refused(say.NO_PERIOD.format(id=period))
            old = _project(dataset, id_)
            return _with_reports(dataset, old, {**old.reports, period: report})
        case RemoveReport(id_, period):
            old = _project(dataset, id_)
            if period not in old.reports:
                raise Refused(say.NO_REPORT.format(id=id_, period=period))
            kept = {key: each for key, each in old.reports.items() if key != period}
            return _with_reports(dataset, old, kept)
        case AddPeriod(period):
            if period.id in [each.id for each in dataset.periods]:
                raise Refused(say.PERIOD_TAKEN.format(id=period.id))
            periods = sorted([*dataset.periods, period], key=lambda each: each.as_of)
            return dataset.model_copy(update={"periods": tuple(periods)})
        case AddProject(project):
            if project.id in [each.id for each in dataset.projects]:
                raise Refused(say.PROJECT_TAKEN.format(id=project.id))
            return dataset.model_copy(update={"projects": _joined(dataset.projects, project)})
        case SetField(path, value):
            return _with_field(dataset, path, value)


def _project(dataset: Dataset, id_: str) -> Project:
    for project in dataset.projects:
        if project.id == id_:
            return project
    raise Refused(say.NO_PROJECT.format(id=id_))


def _with_reports(dataset: Dataset, old: Project, reports: dict[str, Report]) -> Dataset:
    order = {period.id: at for at, period in enumerate(dataset.periods)}
    placed = dict(sorted(reports.items(), key=lambda each: order.get(each[0], len(order))))
    new = old.model_copy(update={"reports": placed})
    projects = tuple(new if each is old else each for each in dataset.projects)
    return dataset.model_copy(update={"projects": projects})


def _joined(projects: Sequence[Project], new: Project) -> tuple[Project, ...]:
    """Behind the last of its category, or of those before it, or at the end."""
    number = int(new.category_number)
    same = [at for at, each in enumerate(projects) if each.category_number == new.category_number]
    less = [at for at, each in enumerate(projects) if int(each.category_number) < number]
    at = (same or less or [len(projects) - 1])[-1] + 1
    return (*projects[:at], new, *projects[at:])


def _with_field(dataset: Dataset, path: tuple[str, ...], value: Any) -> Dataset:
    data = as_written(dataset)
    shown = ".".join(path)
    node: Any = data
    for step in path[:-1]:
        node = _step(node, step, shown)
    if not path or not isinstance(node, dict):
        raise Refused(say.NO_PLACE.format(path=shown))
    if value is None:
        node.pop(path[-1], None)
    else:
        node[path[-1]] = _plain(value)
    try:
        return Dataset.model_validate(data)
    except ValidationError:
        named = say.NOTHING if value is None else value
        raise Refused(say.BAD_VALUE.format(path=shown, value=named)) from None


def _step(node: Any, step: str, shown: str) -> Any:
    if isinstance(node, dict) and step in node:
        return node[step]
    for row in node if isinstance(node, list) else ():
        if isinstance(row, dict) and step in (row.get("id"), row.get("name")):
            return row
    raise Refused(say.NO_PLACE.format(path=shown))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        said = {
            name: _plain(each)
            for name, each in value
            if fields[name].is_required() or not _says_nothing(each)
        }
        if "reports" in said:
            said["reports"] = said.pop("reports")  # the longest part of a project stands last
        return said
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _says_nothing(value: Any) -> bool:
    return value is None or value is False or value == () or value == {}


def _says(text: str, dataset: Dataset) -> bool:
    try:
        raw, problems = yaml_core.read(text)
        return not problems and Dataset.model_validate(raw) == dataset
    except (DatasetError, ValidationError):
        return False


def merged(base: Dataset, mine: Dataset, theirs: Dataset) -> Dataset:
    """Theirs with my changes to it, where we changed different projects and periods.

    Raises:
        Refused: both changed the same project, period or head line, differently.
    """
    three = [base, mine, theirs]
    clashes: list[str] = []
    head = {
        name: _choice([getattr(each, name) for each in three], say.HEAD[name], clashes)
        for name in say.HEAD
    }
    periods = _union(
        [each.periods for each in three], lambda each: say.period_name(each.id), clashes
    )
    projects = _union(
        [each.projects for each in three],
        lambda each: say.project_name(each.id, each.content),
        clashes,
    )
    if clashes:
        raise Refused(say.conflict(clashes))
    placed = tuple(sorted(periods, key=lambda each: each.as_of))
    return theirs.model_copy(update={**head, "periods": placed, "projects": tuple(projects)})


_Row = TypeVar("_Row", Period, Project)


def _choice(three: list[Any], name: str, clashes: list[str]) -> Any:
    base, mine, theirs = three
    if mine in (base, theirs):
        return theirs
    if theirs != base:
        clashes.append(name)
    return mine


def _union(
    three: list[tuple[_Row, ...]], name: Callable[[_Row], str], clashes: list[str]
) -> list[_Row]:
    """Their rows in their order with my changes; my new rows behind the row they follow."""
    base, mine, theirs = ({row.id: row for row in rows} for rows in three)
    order = list(theirs)
    behind = 0
    for id_ in mine:
        if id_ not in theirs and id_ not in order:
            order.insert(behind, id_)
        behind = order.index(id_) + 1
    chosen = []
    for id_ in order:
        versions = [rows.get(id_) for rows in (base, mine, theirs)]
        shown = next(row for row in versions if row is not None)
        chosen.append(_choice(versions, name(shown), clashes))
    return [row for row in chosen if row is not None]
