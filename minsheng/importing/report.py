"""What was read, as values for a machine and as lines for a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from minsheng import labels
from minsheng.dataset.editing import AddPeriod
from minsheng.grammar.proposals import Proposal
from minsheng.importing.joining import Joined
from minsheng.importing.matching import EXACT
from minsheng.importing.tables import Proposed, Source
from minsheng.labels import importing as say


def dumps(source: Source, rows: Sequence[Proposed], read: str, joined: Joined | None = None) -> str:
    made = as_dict(source, rows, read, joined)
    return json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_dict(
    source: Source, rows: Sequence[Proposed], read: str, joined: Joined | None = None
) -> dict[str, Any]:
    """The keys of `rows` are the contract of `python -m minsheng import --report`: one entry for
    each row of the table, `done` null where it was left empty, `from` the heading that each part of
    it was taken from. `period` is what the title said and how it was taken."""
    made: dict[str, Any] = {
        "period": read,
        "rows": [
            {
                "row": each.row.number,
                "content": each.row.content,
                "progress": each.row.progress,
                "leads": list(each.row.leads),
                "printed": each.row.printed,
                "claimed": each.row.claimed,
                "deadline": each.row.deadline,
                "from": dict(each.row.taken),
                "indicators": [_indicator(proposal) for proposal in each.proposals],
            }
            for each in rows
        ],
        "columns": [{"heading": each.heading, "as": each.role} for each in source.columns],
        "notes": [each for each in (read, *source.notes) if each],
        "places": {str(each.row.number): each.row.where for each in rows},
        "row_flags": {
            str(each.row.number): flags for each in rows if (flags := _flags(each, joined))
        },
        "other": {str(each.row.number): dict(each.row.other) for each in rows if each.row.other},
    }
    return made | (_matching(joined) if joined else {})


def _indicator(proposal: Proposal) -> dict[str, Any]:
    return {
        "name": proposal.name,
        "target": proposal.target,
        "unit": proposal.unit,
        "done": proposal.done,
        "declared": proposal.declared,
        "claimed": proposal.claimed,
        "flags": sorted(proposal.flags),
        "quotes": list(proposal.quotes),
        "candidates": [{"value": each.value, "quote": each.quote} for each in proposal.candidates],
        "why": why(proposal),
    }


def why(proposal: Proposal) -> str:
    """One sentence in Chinese: what was taken, why, and why nothing else was."""
    reasons = proposal.why
    return say.why_said(
        proposal.quotes,
        (reasons.tier, reasons.met, reasons.rule),
        [each.quote for each in proposal.candidates],
        [(each.quote, reason) for each, reason in reasons.excluded],
    )


def reasons(rows: Sequence[Proposed]) -> Iterator[str]:
    """A line for every indicator that was read, row by row."""
    for each in rows:
        for proposal in each.proposals:
            yield f"{say.numbered(each.row.number, proposal.name)}：{why(proposal)}"


def _flags(each: Proposed, joined: Joined | None) -> list[str]:
    return [*each.flags, *(joined.flags.get(each.row.number, ()) if joined else ())]


def _matching(joined: Joined) -> dict[str, Any]:
    matching = joined.matching
    return {
        "matched": [
            {"row": each.row, "project": each.project, "score": round(each.score, 1)}
            for each in matching.matched
        ],
        "ambiguous": [
            {
                "row": each.row,
                "candidates": [
                    {"project": project, "score": round(score, 1)}
                    for project, score in each.candidates
                ],
            }
            for each in matching.ambiguous
        ],
        "new": list(matching.new),
        "missing": list(matching.missing),
        "kept": list(joined.kept),
    }


def summary(
    name: str,
    source: Source,
    rows: Sequence[Proposed],
    read: str,
    joined: Joined | None = None,
) -> Iterator[str]:
    """Lines in Chinese: what the title said, what was recognised, how much was proposed, and what
    to check by row."""
    if read:
        yield read
    figures = [proposal for each in rows for proposal in each.proposals]
    done = sum(each.done is not None for each in figures)
    declared = sum(each.done is None and each.declared for each in figures)
    yield say.rows_read(len(rows), name)
    yield say.columns((each.heading, each.role) for each in source.columns)
    yield from source.notes
    yield say.figures(len(figures), done, declared, len(figures) - done - declared)
    if joined:
        yield from _matching_said(rows, joined)
    checks = [line for each in rows if (line := _row_said(each, joined))]
    if checks:
        yield say.TO_CHECK
        yield from checks


def _row_said(each: Proposed, joined: Joined | None) -> str:
    words = [say.ROW_FLAGS[flag] for flag in _flags(each, joined) if flag not in say.QUIET]
    for proposal in each.proposals:
        said = say.flags_said(flag for flag in say.FLAGS if flag in proposal.flags)
        if proposal.done is None and not proposal.declared:
            words.append(say.about(proposal.name, f"{say.EMPTY}{f'（{said}）' if said else ''}"))
        elif said:
            words.append(say.about(proposal.name, said))
    row = each.row
    return say.row_said(row.number, row.where, row.content, words) if words else ""


def _matching_said(rows: Sequence[Proposed], joined: Joined) -> Iterator[str]:
    for edit in joined.edits:
        if isinstance(edit, AddPeriod):
            made = edit.period
            yield say.period_added(made.id, made.label, labels.date(made.as_of))
    matching = joined.matching
    contents = {each.row.number: each.row.content for each in rows}
    near = [each for each in matching.matched if each.score < EXACT]
    yield say.matched(len(matching.matched), len(matching.matched) - len(near))
    if near:
        yield say.MATCHED_NEARLY
        for each in near:
            yield say.match_said(each.row, contents[each.row], each.project, each.score)
    if matching.ambiguous:
        yield say.AMBIGUOUS
        for unclear in matching.ambiguous:
            yield say.ambiguous_said(unclear.row, contents[unclear.row], unclear.candidates)
    for title, names in (
        (say.NEW, [say.numbered(number, contents[number]) for number in matching.new]),
        (say.MISSING, matching.missing),
        (say.KEPT, joined.kept),
    ):
        if names:
            yield f"{title}{'、'.join(names)}"
