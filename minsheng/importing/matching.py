"""The rows of a new period and the projects of an existing dataset.

Rows are matched by what they promise: without spaces, punctuation and list marks equal, else
similar above a bar, one to one and the best first. Where a second project is nearly as similar the
row is matched to none: a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from minsheng.grammar import fold
from minsheng.grammar.proposals import Proposal
from minsheng.importing.tables import Proposed, Row
from minsheng.labels import importing as say
from minsheng.model import Dataset, Indicator, Project

BAR = 80.0  # rapidfuzz ratio, 0-100: a changed target or an added half-sentence stays above it
CLOSE = 8.0  # a second project within so many points is a rival
EXACT = 100.0

_LIST_MARK = re.compile(say.LIST_MARK)
_KEPT = re.compile(r"[^\W_]+|%|(?<=\d)\.(?=\d)")


@dataclass(frozen=True)
class Match:
    row: int
    project: str
    score: float


@dataclass(frozen=True)
class Ambiguous:
    """A row that is as near to several projects; (project, score), the best first."""

    row: int
    candidates: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Matching:
    """`new` are the numbers of rows that are like no project, `missing` the ids of projects that no
    row is like. In the order of the table and of the file."""

    matched: tuple[Match, ...]
    ambiguous: tuple[Ambiguous, ...]
    new: tuple[int, ...]
    missing: tuple[str, ...]


def match(rows: Sequence[Row], dataset: Dataset) -> Matching:
    projects = {project.id: project for project in dataset.projects}
    words = {id_: normal(project.content) for id_, project in projects.items()}
    matched, ambiguous, rest = _equal(rows, projects, words)
    taken = {each.project for each in matched} | _candidates(ambiguous)
    free = {id_: text for id_, text in words.items() if id_ not in taken}
    near, unclear, new = _similar(rest, free)
    matched, ambiguous = [*matched, *near], [*ambiguous, *unclear]
    named = {each.project for each in matched} | _candidates(ambiguous)
    return Matching(
        tuple(sorted(matched, key=lambda each: each.row)),
        tuple(sorted(ambiguous, key=lambda each: each.row)),
        tuple(new),
        tuple(id_ for id_ in projects if id_ not in named),
    )


def normal(content: str) -> str:
    """What is compared: letters, digits, percent signs and decimal points."""
    return "".join(_KEPT.findall(_LIST_MARK.sub("", fold(content).strip()))).lower()


def _candidates(ambiguous: Iterable[Ambiguous]) -> set[str]:
    return {id_ for each in ambiguous for id_, _ in each.candidates}


def _equal(
    rows: Sequence[Row], projects: dict[str, Project], words: dict[str, str]
) -> tuple[list[Match], list[Ambiguous], list[Row]]:
    """Rows and projects of equal words. Where several are, category and leads decide, or nobody."""
    by_words: dict[str, list[str]] = {}
    for id_, text in words.items():
        by_words.setdefault(text, []).append(id_)
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        rows_of.setdefault(normal(row.content), []).append(row)
    matched: list[Match] = []
    ambiguous: list[Ambiguous] = []
    rest: list[Row] = []
    for text, alike in rows_of.items():
        ids = by_words.get(text, []) if text else []
        if len(ids) == len(alike) == 1:
            matched.append(Match(alike[0].number, ids[0], EXACT))
        elif not ids:
            rest.extend(alike)
        else:
            for row in alike:
                own = [id_ for id_ in ids if _same_place(row, projects[id_])]
                rivals = [other for other in alike if other is not row and _alike(other, row)]
                if len(own) == 1 and not rivals:
                    matched.append(Match(row.number, own[0], EXACT))
                else:
                    ambiguous.append(Ambiguous(row.number, tuple((id_, EXACT) for id_ in ids)))
    return matched, ambiguous, sorted(rest, key=lambda row: row.number)


def _same_place(row: Row, project: Project) -> bool:
    return row.category == project.category and set(row.leads) == set(project.leads)


def _alike(one: Row, other: Row) -> bool:
    return one.category == other.category and set(one.leads) == set(other.leads)


def _similar(
    rows: Sequence[Row], free: dict[str, str]
) -> tuple[list[Match], list[Ambiguous], list[int]]:
    found: dict[int, list[tuple[str, float]]] = {
        row.number: [
            (str(id_), float(score))
            for _, score, id_ in process.extract(
                normal(row.content), free, scorer=fuzz.ratio, score_cutoff=BAR - CLOSE, limit=5
            )
        ]
        for row in rows
        if normal(row.content)
    }
    nearest: dict[str, list[tuple[int, float]]] = {}
    for number, near in found.items():
        for id_, score in near:
            nearest.setdefault(id_, []).append((number, score))
    pairs = sorted(
        ((score, -number, id_) for number, near in found.items() for id_, score in near),
        reverse=True,
    )
    matched: dict[int, Match] = {}
    unclear: dict[int, Ambiguous] = {}
    taken: set[str] = set()
    for score, negative, id_ in pairs:
        number = -negative
        if score < BAR or number in matched or number in unclear or id_ in taken:
            continue
        rivals = [
            (other, close)
            for other, close in found[number]
            if other not in taken and close > score - CLOSE
        ]
        contested = any(
            other != number and other not in matched and close > score - CLOSE
            for other, close in nearest[id_]
        )
        if len(rivals) > 1 or contested:
            unclear[number] = Ambiguous(number, tuple(rivals))
        else:
            matched[number] = Match(number, id_, score)
            taken.add(id_)
    new = [row.number for row in rows if row.number not in matched and row.number not in unclear]
    return list(matched.values()), list(unclear.values()), new


def fitted(
    each: Proposed, project: Project
) -> tuple[list[tuple[Indicator, Proposal]], list[Proposal]]:
    """The proposals of a matched row with the project's own indicators, and those that fit none: by
    name and unit, by target and unit, and what is then left over by unit alone."""
    left = list(project.indicators)
    pairs: list[tuple[Indicator, Proposal]] = []
    rest = list(each.proposals)
    keys = (
        lambda thing: (thing.name, thing.unit),
        lambda thing: (thing.target, thing.unit),
        lambda thing: thing.unit,
    )
    for key in keys:
        for proposal in list(rest):
            same = [one for one in left if key(one) == key(proposal)]
            rivals = [other for other in rest if key(other) == key(proposal)]
            if len(same) == len(rivals) == 1:
                pairs.append((same[0], proposal))
                left.remove(same[0])
                rest.remove(proposal)
    order = list(project.indicators)
    return sorted(pairs, key=lambda pair: order.index(pair[0])), rest
