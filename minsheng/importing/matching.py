"""The rows of a new period and the projects of an existing dataset.

Rows are matched by what they promise: without spaces, punctuation and list marks equal, else equal
but for numbers or for words added to them, one to one. Where words are only near, or stand in
another order, the row is matched to none and the near projects are named: a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from minsheng.grammar import fold
from minsheng.grammar.proposals import Proposal
from minsheng.importing import words
from minsheng.importing.tables import Proposed, Row
from minsheng.model import Dataset, Indicator, Project

EXACT = 100.0

LIKE = 60.0  # of all words but the numbers, or of the nouns: near enough to ask

_LIST_MARK = re.compile(words.LIST_MARK)
_COMMON, _COUNTS = re.compile(words.COMMON), re.compile(words.COUNTS)
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
    said = {id_: normal(project.content) for id_, project in projects.items()}
    matched, ambiguous, rest = _equal(rows, projects, said)
    taken = {each.project for each in matched} | _candidates(ambiguous)
    free = {id_: project for id_, project in projects.items() if id_ not in taken}
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
    rows: Sequence[Row], projects: dict[str, Project]
) -> tuple[list[Match], list[Ambiguous], list[int]]:
    """Rows that no project has word for word. What differs in numbers only, or says more of the
    same and has the same lead, is the same promise; a word in the place of another makes it another
    one, however near, and so does another order: both are offered to a person."""
    near = {row.number: _near(row, projects) for row in rows if normal(row.content)}
    by_number = {row.number: row for row in rows}
    same = {
        number: [id_ for id_, _ in found if _is_same(by_number[number], projects[id_])]
        for number, found in near.items()
    }
    claims: dict[str, list[int]] = {}
    for number, ids in same.items():
        for id_ in ids:
            claims.setdefault(id_, []).append(number)
    matched: dict[int, Match] = {}
    for number, ids in same.items():
        if len(ids) == 1 and len(claims[ids[0]]) == 1:
            words_ = normal(by_number[number].content), normal(projects[ids[0]].content)
            matched[number] = Match(number, ids[0], float(fuzz.ratio(*words_)))
    taken = {each.project for each in matched.values()}
    unclear = [
        Ambiguous(number, rivals)
        for number, found in near.items()
        if number not in matched
        and (rivals := tuple((id_, score) for id_, score in found if id_ not in taken))
    ]
    asked = {each.row for each in unclear}
    new = [row.number for row in rows if row.number not in matched and row.number not in asked]
    return list(matched.values()), unclear, new


def _near(row: Row, projects: dict[str, Project]) -> list[tuple[str, float]]:
    """The projects that may be meant, by the likeness of all their words or of the nouns."""
    scores: dict[str, float] = {}
    for say_of in (without_numbers, nouns):
        said = {id_: say_of(project.content) for id_, project in projects.items()}
        mine = say_of(row.content)
        if not mine:
            continue
        for _, score, id_ in process.extract(
            mine, said, scorer=fuzz.ratio, score_cutoff=LIKE, limit=5
        ):
            scores[str(id_)] = max(scores.get(str(id_), 0.0), float(score))
    return sorted(scores.items(), key=lambda each: -each[1])


def _is_same(row: Row, project: Project) -> bool:
    one, other = without_numbers(row.content), without_numbers(project.content)
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 0.6 * len(long) or not _is_subsequence(short, long):
        return False
    return _is_subsequence(
        *sorted(map(_figures, (row.content, project.content)), key=len)
    ) and bool(not row.leads or set(row.leads) & set(project.leads))


def _is_subsequence(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(each in rest for each in short)


def _figures(content: str) -> list[str]:
    return re.findall(r"\d[\d.]*", normal(content))


def without_numbers(content: str) -> str:
    return re.sub(r"\d[\d.]*", "", normal(content))


def nouns(content: str) -> str:
    """What is built or given, without verbs, counts and units."""
    return _COMMON.sub("", _COUNTS.sub("", normal(content)))


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
