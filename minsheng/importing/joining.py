"""Rows of a new period into the text of an existing dataset. What stands in it keeps its bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from minsheng import printed
from minsheng.dataset import editing, schema, yaml_core, yaml_render
from minsheng.dataset.editing import AddPeriod, AddProject, Edit, SetReport
from minsheng.dataset.yaml_core import Path
from minsheng.importing.draft import Comments, category_name, comments, project
from minsheng.importing.heads import new_period
from minsheng.importing.matching import Matching, fitted, match, without_numbers
from minsheng.importing.readings import deadline, notes, reading, report, with_columns
from minsheng.importing.tables import Proposed, Row
from minsheng.labels import importing as say
from minsheng.measuring import frames
from minsheng.model import Dataset, Period, Project, Reading, Refused, Report, Spent

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
    """The report of a matched row, its readings under the project's own names of indicators. What
    the table changes of the project itself is in force from this period on."""
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
    flags = ["target_changed"] * bool(changes) + ["indicator_unmatched"] * bool(strange)
    changes += [say.unmatched(p.name, printed.number(p.target), p.unit) for p in strange]
    if len(each.proposals) == 1:
        read = with_columns(each.row, read)
    terms, words_of_terms, more = _terms(each.row, old, dataset, period)
    flags += more
    changes += words_of_terms
    said = report(each.row, read, _notes(each, old, period, read))
    if terms:
        said = (said or Report(text=each.row.progress)).model_copy(update=terms)
    if said is None:
        return [], {}, ()
    if not _says_the_same(each.row.content, old.content):
        flags.append("words_changed")
        changes.append(say.check(say.new_words(old.content)))
    new = old.model_copy(update={"reports": {period.id: said}})
    words = comments(replace(each, proposals=tuple(named)), new, period.id)
    edits: list[Edit] = [SetReport(old.id, period.id, said)]
    return edits, _of_report(words, changes, period), tuple(flags)


def _terms(
    row: Row, old: Project, dataset: Dataset, period: Period
) -> tuple[dict[str, Any], list[str], list[str]]:
    """What the row says of leads, supports, deadline and money that is not in force already; the
    sentences that name it, and its flags."""
    made: dict[str, Any] = {}
    said: list[str] = []
    flags: list[str] = []
    before = in_force(old, dataset, period)
    own = {
        "leads": row.leads if "leads_from_above" not in row.flags else (),
        "supports": row.supports,
    }
    for key, bodies in own.items():
        if bodies and set(bodies) != set(before[key]):
            made[key] = bodies
            said.append(say.changed(key, "、".join(before[key]), "、".join(bodies)))
            flags.append(f"{key}_changed")
    day, _ = deadline(row.deadline, dataset.plan.start.year) if row.deadline else (None, False)
    if day and day != before["deadline"]:
        made["deadline"] = day
        said.append(say.changed("deadline", str(before["deadline"] or ""), str(day)))
        flags.append("deadline_changed")
    if row.paid is not None:
        made["investment"] = Spent(paid=row.paid)
    return made, said, flags


def in_force(project: Project, dataset: Dataset, period: Period) -> dict[str, Any]:
    """Leads, supports and deadline as the reports before this period leave them."""
    found: dict[str, Any] = {
        "leads": project.leads,
        "supports": project.supports,
        "deadline": project.deadline,
    }
    for each in sorted(dataset.periods, key=lambda one: one.as_of):
        told = project.reports.get(each.id)
        if told and each.as_of < period.as_of:
            found |= {key: value for key in found if (value := getattr(told, key))}
    return found


def _notes(
    each: Proposed, old: Project, period: Period, read: Mapping[str, Reading]
) -> dict[str, str]:
    """What the file does not say of the project already."""
    of_project, of_report = notes(each, period.as_of.year, read)
    told = {say.told_at(told.when.month): told.text for told in each.row.earlier}
    plans = {say.planned_for(told.when.month): told.text for told in each.row.plans}
    found = of_project | of_report | told | plans
    return {name: text for name, text in found.items() if old.notes.get(name) != text}


def _says_the_same(one: str, other: str) -> bool:
    """But for numbers, which are named as changed targets."""
    return without_numbers(one) == without_numbers(other)


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
    id_ = f"{number}.{max(own, default=0) + 1}"
    return project(each, id_, period, dataset.plan.start.year)


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
