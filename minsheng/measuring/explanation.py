"""How a figure came about: formula → inputs → the sentence → the place in the file."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from minsheng import labels
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Basis, Light, MeasuredIndicator, MeasuredProject
from minsheng.printed import number, percent, points

DatasetPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Input:
    """One number of a formula; `path` is its place in the dataset, for `Document.line`."""

    name: str
    value: str
    quotes: tuple[str, ...]
    path: DatasetPath


@dataclass(frozen=True)
class Step:
    """One figure: what it is called, the formula with its numbers in, and where they are from."""

    name: str
    formula: str
    inputs: tuple[Input, ...] = ()

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words that its inputs were read from."""
        return tuple(quote for each in self.inputs for quote in each.quotes)


def marked(text: str, quotes: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether a quote stands there; quotes that overlap are one."""
    within = [False] * len(text)
    for quote in quotes:
        at = text.find(quote)
        while at >= 0:
            within[at : at + len(quote)] = [True] * len(quote)
            at = text.find(quote, at + len(quote))
    return [
        ("".join(text[at] for at in group), mark)
        for mark, group in itertools.groupby(range(len(text)), key=within.__getitem__)
    ]


class Mark(StrEnum):
    """What some words of a report are the evidence of."""

    COUNTED = "counted"
    STAGE = "stage"
    CLAIM = "claim"


_CLAUSE = re.compile(r"[^，；。、：\n]+")


def evidence(text: str, parts: Sequence[MeasuredIndicator]) -> list[tuple[str, Mark | None]]:
    """The text in pieces, each with what was read from it: the words that were counted, those of a
    stage with its count, and the clause of a claim. What was counted goes before the others."""
    marks: list[Mark | None] = [None] * len(text)
    for clause in _CLAUSE.finditer(text):
        for part in parts:
            for stage, count in part.stages.items():
                _mark(marks, _span(clause, [stage, number(count).replace(",", "")]), Mark.STAGE)
            for share in (part.claimed, part.claimed_part):
                if share is not None:
                    end = clause[0].find(f"{number(round(share * 100, 6))}%")
                    if end >= 0:
                        _mark(marks, (clause.start(), clause.end()), Mark.CLAIM)
    for part in parts:
        for quote in part.quotes:
            at = text.find(quote)
            while at >= 0:
                _mark(marks, (at, at + len(quote)), Mark.COUNTED)
                at = text.find(quote, at + len(quote))
    return [
        ("".join(text[at] for at in group), mark)
        for mark, group in itertools.groupby(range(len(text)), key=marks.__getitem__)
    ]


def _span(clause: re.Match[str], words: Sequence[str]) -> tuple[int, int] | None:
    """From the first to the last of the words, where the clause has them all."""
    places = [(clause[0].find(word), len(word)) for word in words]
    if min(at for at, _ in places) < 0:
        return None
    start = clause.start()
    return start + min(at for at, _ in places), start + max(at + long for at, long in places)


def _mark(marks: list[Mark | None], span: tuple[int, int] | None, kind: Mark) -> None:
    if span:
        marks[span[0] : span[1]] = [kind] * (span[1] - span[0])


def explain(snapshot: Snapshot, project: str) -> tuple[Step, ...]:
    """Each indicator's completion, then the project's, its weakest and its light."""
    row, parts = snapshot.rows[project], snapshot.parts[project]
    place = snapshot.places[project]
    steps = [
        Step(
            labels.COMPLETION_OF.format(name=part.name),
            _formula(part),
            tuple(_inputs(part, ("projects", place), at, snapshot.period.id)),
        )
        for at, part in enumerate(parts)
    ]
    known = [part for part in parts if part.completion is not None]
    if len(parts) > 1 and known:
        steps.append(Step(labels.PROJECT_COMPLETION, _mean(known, len(parts), row.completion)))
        steps.append(Step(labels.WEAKEST, f"{row.weakest_name} {percent(row.weakest)}"))
    if known:
        steps.append(Step(labels.COLUMN["light"], _judged(snapshot, row)))
    return tuple(steps)


def _formula(part: MeasuredIndicator) -> str:
    if part.basis == Basis.UNKNOWN:
        return labels.WHY_UNKNOWN
    if part.basis == Basis.DECLARED and not part.lowered:
        return labels.WHY_DECLARED
    if part.basis == Basis.CLAIMED:
        return labels.WHY_CLAIMED.format(claimed=percent(part.claimed))
    counted = _division(part) if part.done is not None else labels.WHY_DECLARED
    if part.lowered:
        return labels.WHY_LOWERED.format(counted=counted, claimed=percent(part.claimed))
    return f"{counted}{labels.WHY_CAPPED if (part.counted or 0) > 1 else ''}"


def _division(part: MeasuredIndicator) -> str:
    done, target = number(part.done), number(part.target)
    if part.at_most:
        return labels.WHY_AT_MOST.format(done=done, target=target, share=percent(part.counted))
    return f"{done} ÷ {target} = {percent(part.counted)}"


def _inputs(part: MeasuredIndicator, project: DatasetPath, at: int, period: str) -> Sequence[Input]:
    reading = (*project, "reports", period, "readings", part.name)
    target = number(part.target) + " " + part.unit
    inputs = [Input(labels.COLUMN["target"], target, (), (*project, "indicators", at, "target"))]
    if part.done is not None:
        done = f"{number(part.done)} {part.unit}"
        inputs.append(Input(labels.COLUMN["done"], done, tuple(part.quotes), (*reading, "done")))
    if part.claimed is not None:
        claimed = percent(part.claimed)
        inputs.append(Input(labels.COLUMN["claimed"], claimed, (), (*reading, "claimed")))
    if part.claimed_part is not None:
        words = f"{percent(part.claimed_part)}（{part.claimed_of}）"
        inputs.append(Input(labels.COLUMN["claimed"], words, (), (*reading, "claimed")))
    if part.declared:
        inputs.append(Input(labels.BASIS[Basis.DECLARED], labels.YES, (), (*reading, "declared")))
    return inputs


def _mean(known: Sequence[MeasuredIndicator], total: int, mean: float | None) -> str:
    terms = " + ".join(percent(part.completion) for part in known)
    left_out = labels.LEFT_OUT.format(count=total - len(known)) if total > len(known) else ""
    return f"（{terms}）÷ {len(known)} = {percent(mean)}{left_out}"


def _judged(snapshot: Snapshot, row: MeasuredProject) -> str:
    if row.light == Light.DONE:
        return labels.WHY_FINISHED
    milestones = row.expected != snapshot.elapsed
    difference = points(row.variance)
    return labels.WHY_LIGHT.format(
        name=labels.STEP_DUE if milestones else labels.ELAPSED,
        weakest=percent(row.weakest),
        expected=percent(row.expected),
        difference=difference,
        light=labels.LIGHT[row.light],
    )
