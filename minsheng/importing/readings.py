"""Rows to values of the model: what the words are proposed to say, and what a person must see.

A proposal becomes an indicator and its reading. What the model or the schema would refuse is left
out and said, so that a draft is always a dataset.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minsheng.grammar import fold, propose, scan
from minsheng.grammar.proposals import Proposal
from minsheng.importing.tables import Proposed, Row
from minsheng.labels import importing as say
from minsheng.model import Indicator, Reading, Report

_DAY, _MONTH = re.compile(say.DAY), re.compile(say.MONTH)
_BARE_PERCENT = re.compile(r"\d+(?:\.\d+)?")
MOST_CLAIMED = 1000


def proposed(row: Row) -> Proposed:
    """The row with its indicators and readings proposed, and what else a person should look at.

    A percent in a column of its own is the department's claim for the whole row, so it is given to
    the only indicator there is, or to none.
    """
    proposals = propose(row.content, row.progress)
    flags = list(row.flags)
    if not proposals:
        flags.append("no_target")
    if row.claimed:
        share = claimed(row.claimed)
        if share is not None and len(proposals) == 1 and proposals[0].claimed is None:
            proposals = (replace(proposals[0], claimed=share),)
            flags.append("claimed_from_column")
        elif share is None or len(proposals) != 1 or proposals[0].claimed != share:
            flags.append("claimed_unread")
    if row.deadline:
        day, exact = deadline(row.deadline)
        if not exact:
            flags.append("deadline_guessed" if day else "deadline_unread")
    return Proposed(row, _distinct(proposals), tuple(flags))


def claimed(text: str) -> int | float | None:
    """The percent of a 完成率 cell. A bare number above 1 is one; 0.65 may be 65 % or 0.65 %."""
    plain = fold(text).strip()
    if _BARE_PERCENT.fullmatch(plain):
        value = float(plain)
        if not 1 < value <= MOST_CLAIMED:
            return 0 if value == 0 else None
        return int(value) if value.is_integer() else value
    found = scan(text)
    percents = [each for each in found.mentions if each.percent]
    if len(percents) != 1 or len(found.mentions) + len(found.ignored) != 1:
        return None
    return percents[0].value if percents[0].value <= MOST_CLAIMED else None


def deadline(text: str) -> tuple[dt.date | None, bool]:
    """The date, and whether it is written in full. 2023 年 11 月底 is the last day of the month."""
    plain = fold(text).strip()
    try:
        if found := _DAY.fullmatch(plain):
            return dt.date(*(int(each) for each in found.groups())), True
        if found := _MONTH.fullmatch(plain):
            year, month = (int(each) for each in found.groups())
            return dt.date(year, month, calendar.monthrange(year, month)[1]), False
    except (ValueError, calendar.IllegalMonthError):
        return None, False
    return None, False


def _distinct(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """A reading is found by the name of its indicator, so a second one of a name is numbered."""
    names: set[str] = set()
    made = []
    for each in proposals:
        name, number = each.name, 2
        while name in names:
            name, number = f"{each.name}{number}", number + 1
        names.add(name)
        made.append(each if name == each.name else replace(each, name=name))
    return tuple(made)


def indicator(proposal: Proposal) -> Indicator | None:
    """None where the model has no room for it: a target of 0 cannot be divided by."""
    if proposal.target <= 0 or not proposal.name or not proposal.unit or not proposal.counts:
        return None
    return Indicator(
        name=proposal.name,
        target=proposal.target,
        unit=proposal.unit,
        counts=proposal.counts,
        part_of=proposal.part_of,
        at_most=proposal.at_most,
    )


def reading(proposal: Proposal, text: str, target: int | float | None = None) -> Reading | None:
    """The reading of a proposal; None where nothing was read."""
    done = proposal.done
    made = Reading(
        done=done,
        quotes=tuple(q for q in proposal.quotes if q in text) if done is not None else (),
        declared=proposal.declared,
        approx="approx" in proposal.flags and done is not None,
        claimed=proposal.claimed,
        claimed_of=proposal.claimed_of if proposal.claimed is not None else None,
        underway=proposal.underway,
        preparing=proposal.preparing,
        stages=dict(proposal.stages),
        target=target,
    )
    return made if made != Reading() else None


def report(row: Row, readings: dict[str, Reading]) -> Report | None:
    """None where the row says nothing of the period: no report is not an empty one."""
    if not (row.progress or row.problems or row.next_steps):
        return None
    return Report(
        text=row.progress,
        readings=readings,
        problems=row.problems or None,
        next_steps=row.next_steps or None,
    )


def doubts(proposal: Proposal) -> str:
    """What a person has to look at; empty where the words are clear or a person has looked."""
    said = say.flags_said(flag for flag in say.FLAGS if flag in proposal.flags)
    if said and proposal.done is None and not proposal.declared:
        return say.left_empty(said)
    return say.check(said) if said else ""


def row_doubts(each: Proposed) -> Iterator[tuple[str, str]]:
    """(the key of the project that it is about, the sentence): only what the draft cannot show."""
    for flag in each.flags:
        key = say.FLAG_ABOUT.get(flag)
        if key == "deadline":
            yield key, say.with_text(say.ROW_FLAGS[flag], each.row.deadline)
        elif flag in ("claimed_unread", "claimed_from_column"):
            yield "claimed", say.with_text(say.ROW_FLAGS[flag], each.row.claimed)
        elif key:
            yield key, say.check(say.ROW_FLAGS[flag])
    for heading, text in each.row.other.items():
        yield "content", say.kept_column(heading, text)
