"""Rows of a new period into the text of an existing dataset. What stands in it keeps its bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from minsheng import printed
from minsheng.dataset import editing, schema, yaml_core, yaml_render
from minsheng.dataset.editing import AddPeriod, AddProject, Edit, SetReport
from minsheng.dataset.yaml_core import Path
from minsheng.importing.draft import Comments, category_name, comments, project
from minsheng.importing.heads import new_period
from minsheng.importing.matching import Matching, fitted, match
from minsheng.importing.readings import reading, report
from minsheng.importing.tables import Proposed
from minsheng.labels import importing as say
from minsheng.measuring import frames
from minsheng.model import Dataset, Period, Project, Reading, Refused

BOM = "\ufeff"


@dataclass(frozen=True)
class Joined:
    """The new text, the edits that lead to it (without comments), and what became of each row.
    `kept` are matched projects that had a report of the period already: nothing of it was altered.
    """

    text: str
    edits: tuple[Edit, ...]
    matching: Matching
    kept: tuple[str, ...]
    flags: Mapping[int, tuple[str, ...]]


def period_of(dataset: Dataset, id_: str, as_of: dt.date | None) -> Period:
    """The dataset's period, or a new one.

    Raises:
        Refused: it is not there and neither id nor `as_of` says its last day; or the day given
            is another.
    """
    known = {period.id: period for period in dataset.periods}
    if id_ not in known:
        return new_period(id_, as_of)
    if as_of not in (None, known[id_].as_of):
        words = say.FAULT["as_of_differs"]
        raise Refused(words.format(period=id_, known=known[id_].as_of, given=as_of))
    return known[id_]


def join(
    rows: Sequence[Proposed], text: str, period: Period, matching: Matching | None = None
) -> Joined:
    """`text` is the dataset's file as it is, byte order mark included. `matching` None: as `match`
    finds it; a person may have corrected it.

    Raises:
        Refused, DatasetError: the text cannot take the rows.
    """
    base = schema.loads(text.encode())
    before = base.dataset
    known = [each.id for each in before.periods]
    edits: list[Edit] = [] if period.id in known else [AddPeriod(period)]
    dataset = editing.edited(before, edits)
    matching = matching or match([each.row for each in rows], dataset)
    by_number = {each.row.number: each for each in rows}
    projects = {each.id: each for each in dataset.projects}
    said: Comments = {("periods", period.id): say.ADDED_PERIOD} if edits else {}
    flags: dict[int, tuple[str, ...]] = {}
    kept = []
    for found in matching.matched:
        old, each = projects[found.project], by_number[found.row]
        if period.id in old.reports:
            kept.append(old.id)
            continue
        edit, words, more = _update(each, old, period, dataset)
        edits.extend(edit)
        said |= {("projects", old.id, *path): each for path, each in words.items()}
        flags |= {found.row: more} if more else {}
    for number in matching.new:
        new = _new(by_number[number], edits, dataset, period)
        edits.append(AddProject(new))
        words = comments(by_number[number], new, period.id)
        words[("id",)] = say.ADDED.format(period=period.id)
        said |= {("projects", new.id, *path): each for path, each in words.items()}
    written = editing.written(base, editing.edited(before, edits)).text
    made = text[: len(text) - len(base.text)] + commented(written, said) if edits else text
    schema.loads(made.encode())
    return Joined(made, tuple(edits), matching, tuple(kept), flags)


def _update(
    each: Proposed, old: Project, period: Period, dataset: Dataset
) -> tuple[list[Edit], Comments, tuple[str, ...]]:
    """The report of a matched row, its readings under the project's own names of indicators."""
    pairs, strange = fitted(each, old)
    read: dict[str, Reading] = {}
    named, changes = [], []
    for own, proposal in pairs:
        before = frames.target(dataset, old, own, period)
        changed = proposal.target if proposal.target != before and proposal.target > 0 else None
        made = reading(proposal, each.row.progress, changed)
        named.append(replace(proposal, name=own.name))
        if made:
            read[own.name] = made
        if changed:
            figures = printed.number(before), printed.number(changed)
            changes.append(say.about(own.name, say.new_target(*figures)))
    said = report(each.row, read)
    if said is None:
        return [], {}, ()
    flags = ("target_changed",) * bool(changes) + ("indicator_unmatched",) * bool(strange)
    changes += [say.unmatched(p.name, printed.number(p.target), p.unit) for p in strange]
    new = old.model_copy(update={"reports": {period.id: said}})
    words = comments(replace(each, proposals=tuple(named)), new, period.id)
    return [SetReport(old.id, period.id, said)], _of_report(words, changes, period), flags


def _of_report(words: Comments, more: Sequence[str], period: Period) -> Comments:
    """All that is said stands in the new report: nothing else of the file is touched."""
    text: Path = ("reports", period.id, "text")
    kept: Comments = {}
    for path, each in words.items():
        place = path if path[:1] == ("reports",) else text
        kept[place] = f"{kept[place]}\n{each}" if place in kept else each
    if more:
        kept[text] = "\n".join(([kept[text]] if text in kept else []) + list(more))
    return kept


def _new(each: Proposed, edits: Sequence[Edit], dataset: Dataset, period: Period) -> Project:
    """A project behind the last of its category, or in a category of its own behind the last."""
    added = [edit.project for edit in edits if isinstance(edit, AddProject)]
    all_ = [*dataset.projects, *added]
    name = category_name(each.row)
    numbers = {one.category: int(one.category_number) for one in all_}
    number = numbers.get(name) or max(numbers.values(), default=0) + 1
    own = [int(one.id.partition(".")[2]) for one in all_ if one.category == name]
    return project(each, f"{number}.{max(own, default=0) + 1}", period.id)


def commented(text: str, said: Comments) -> str:
    """The text with comment lines above what stands at these paths, projects and periods named by
    id. A key inside a line of flow style has no line above; its comment stands above the nearest
    one that has."""
    mark, text = text[: text.startswith(BOM)], text.removeprefix(BOM)
    places = yaml_core.places(text)
    made = schema.loads(text.encode()).dataset
    order = {("projects", each.id): at for at, each in enumerate(made.projects)}
    order |= {("periods", each.id): at for at, each in enumerate(made.periods)}
    lines = text.splitlines(keepends=True)
    above: dict[int, list[str]] = {}
    for (kind, id_, *rest), words in said.items():
        path: Path = (kind, order[str(kind), str(id_)], *rest)
        above.setdefault(_line_above(places, path, lines), []).append(words)
    for line in sorted(above, reverse=True):
        own = lines[line]
        indent = len(own) - len(own.lstrip(" "))
        end = "\r\n" if own.endswith("\r\n") else "\n"
        layout = yaml_render.Layout(comments={(): "\n".join(above[line])})
        lines[line:line] = [f"{each}{end}" for each in yaml_render.comment((), indent, layout)]
    return mark + "".join(lines)


def _line_above(places: yaml_core.Places, path: Path, lines: Sequence[str]) -> int:
    for length in range(len(path), 1, -1):
        if path[:length] in places:
            line, column = places[path[:length]][0]
            if not lines[line - 1][: column - 1].strip(" -"):
                return line - 1
    return 0
