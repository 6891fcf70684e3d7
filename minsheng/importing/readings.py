"""Rows to values of the model: what the words are proposed to say, and what a person must see.

A proposal becomes an indicator and its reading. What the model or the schema would refuse is left
out and said, so that a draft is always a dataset.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from minsheng.grammar import fold, propose, scan
from minsheng.grammar.proposals import Proposal
from minsheng.importing import words
from minsheng.importing.columns import squeezed
from minsheng.importing.tables import Proposed, Row
from minsheng.labels import importing as say
from minsheng.model import Indicator, Reading, Report

_DAY, _MONTH = re.compile(words.DEADLINE_DAY), re.compile(words.DEADLINE_MONTH)
_YEAR_END = re.compile(words.DEADLINE_YEAR_END)
_BARE_PERCENT = re.compile(r"\d+(?:\.\d+)?")
_SERIAL_DAY = re.compile(r"4\d{4}")
_ITEM = re.compile(words.ITEM)
MOST_CLAIMED = 1000
FAR_ABOVE = 3  # times the target: more probably a slip than an achievement
# What a column says for its cells: that they are done, and of what.
_UNSAID = frozenset({"inherited", "told_bare"})
_UNFOUND = frozenset({"several_candidates", "no_figure", "declared_only"})


def proposed(row: Row, year: int | None = None) -> Proposed:
    """The row with its indicators and readings proposed, and what else a person should look at.

    A percent in a column of its own is the department's claim for the whole row, so it is given to
    the only indicator there is, or to none; so is a number in a column of its own. `year` is the
    plan's: 10 月底前 is a day of it.
    """
    proposals = _by_items(row.content, row.progress) or propose(row.content, row.progress)
    flags = list(row.flags)
    if not proposals:
        flags.append("no_target")
    proposals = _of_parts(row, _with_number(row, proposals, flags))
    if row.target and len(proposals) == 1:
        target = _number(row.target, row.unit)
        if target is not None and target != proposals[0].target:
            flags.append("target_differs")
    if row.claimed:
        share = claimed(row.claimed)
        if share is not None and len(proposals) == 1 and proposals[0].claimed in (None, share):
            proposals = (replace(proposals[0], claimed=share),)
            said = fold(row.claimed + row.taken.get("claimed", ""))
            if not re.search(words.SHARE, said) or not re.fullmatch(
                r"[\d.\s%]+", fold(row.claimed)
            ):
                flags.append("claimed_from_column")
        elif share is None or len(proposals) != 1:
            flags.append("claimed_unread")
        else:
            flags.append("claimed_differs")
    proposals = tuple(_far_above(each) for each in proposals)
    if row.by_place and not _places_add_up(row, proposals):
        flags.append("places_differ")
    if row.deadline:
        day, exact = deadline(row.deadline, year)
        if not exact:
            flags.append("deadline_guessed" if day else "deadline_unread")
    return Proposed(row, _distinct(proposals), tuple(dict.fromkeys(flags)))


def _by_items(content: str, progress: str) -> tuple[Proposal, ...]:
    """（1） of a promise is answered by （1） of its report; empty where the numbers are not the
    same ones."""
    promised, told = _items(content), _items(progress)
    if len(promised) < 2 or list(promised) != list(told):
        return ()
    return tuple(each for mark, words_ in promised.items() for each in propose(words_, told[mark]))


def _items(text: str) -> dict[str, str]:
    marks = list(_ITEM.finditer(text))
    if not marks:
        return {}
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found = {
        fold(mark[1]).strip("()、. "): text[mark.end() : end]
        for mark, end in zip(marks, ends, strict=True)
    }
    return found if len(found) == len(marks) else {}


def _with_number(
    row: Row, proposals: tuple[Proposal, ...], flags: list[str]
) -> tuple[Proposal, ...]:
    """The figure of a column of its own is that of the only indicator."""
    if not row.done:
        return proposals
    value = _number(row.done, row.unit)
    if value is None or len(proposals) != 1:
        flags += ["done_unplaced"] if proposals else []
        return proposals
    only = proposals[0]
    if only.done == value:
        return (replace(only, flags=only.flags - _UNFOUND - _UNSAID),)
    if only.done is not None and "inherited" not in only.flags:
        flags.append("done_differs")
        return proposals
    quote = row.progress.strip()
    if squeezed(row.done) not in squeezed(quote):
        flags.append("done_from_column")
        quote = ""
    elif "\n" in quote or len(squeezed(quote)) > len(squeezed(row.done)) + 6:
        quote = next((each for each in quote.split() if squeezed(row.done) in each), "")
    filled = replace(
        only,
        done=value,
        quotes=(quote,) if quote else (),
        declared=False,
        flags=only.flags - _UNFOUND - _UNSAID,
    )
    return (filled,)


def _number(text: str, unit: str) -> int | float | None:
    """1.8 of 万平方米 is 18000."""
    found = scan(f"{squeezed(text)}{unit}").mentions
    if len(found) == 1 and not found[0].percent:
        return found[0].value
    plain = squeezed(text).replace(",", "")
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return None
    value = float(plain) * (10_000 if unit.startswith("万") else 1)
    return int(value) if value.is_integer() else value


def _of_parts(row: Row, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Of several lines or items that tell of one promise, 已完工 of one is not the promise kept."""
    is_of_items = len(proposals) == 1 and len(_items(row.progress)) > 1
    if "rows_joined" not in row.flags and not is_of_items:
        return proposals
    return tuple(
        replace(each, declared=False, claimed=None, flags=each.flags | {"no_figure"})
        if each.done is None
        else each
        for each in proposals
    )


def _far_above(proposal: Proposal) -> Proposal:
    done = proposal.done
    if done is None or proposal.at_most or done < FAR_ABOVE * proposal.target:
        return proposal
    return replace(proposal, flags=proposal.flags | {"far_above"})


def by_place(row: Row) -> dict[str, int | float]:
    found = {name: _number(text, row.unit) for name, text in row.by_place.items()}
    return {name: number for name, number in found.items() if number is not None}


def _places_add_up(row: Row, proposals: Sequence[Proposal]) -> bool:
    if len(proposals) != 1 or proposals[0].done is None:
        return False
    return abs(sum(by_place(row).values()) - proposals[0].done) < 1e-6


def claimed(text: str) -> int | float | None:
    """The percent of a 完成率 cell. A bare number above 1 is one; 0.65 may be 65 % or 0.65 %. More
    digits than anybody prints are those of a division: 45.33333 is 45.3."""
    plain = fold(text).strip()
    if _BARE_PERCENT.fullmatch(plain):
        value = float(plain)
        if not 1 < value <= MOST_CLAIMED:
            return 0 if value == 0 else None
        return _printed_percent(value)
    found = scan(text)
    percents = [each for each in found.mentions if each.percent]
    if len(percents) != 1 or len(found.mentions) + len(found.ignored) != 1:
        return None
    return _printed_percent(percents[0].value)


def _printed_percent(value: int | float) -> int | float | None:
    if value > MOST_CLAIMED:
        return None
    value = round(value, 1) if len(f"{value}".partition(".")[2]) > 2 else value
    return int(value) if float(value).is_integer() else value


def deadline(text: str, year: int | None = None) -> tuple[dt.date | None, bool]:
    """The date, and whether it is written in full. 2023 年 11 月底 is the last day of the month;
    without a year it is one of the plan's."""
    plain = fold(text).strip()
    try:
        if found := _DAY.fullmatch(plain):
            said = int(found[1]) if found[1] else year
            if said is None:
                return None, False
            return dt.date(said, int(found[2]), int(found[3])), bool(found[1])
        if found := _MONTH.fullmatch(plain):
            said = int(found[1]) if found[1] else year if "月" in plain else None
            if said is None:
                return None, False
            month = int(found[2])
            return dt.date(said, month, calendar.monthrange(said, month)[1]), False
        if found := _YEAR_END.fullmatch(plain):
            said = int(found[1]) if found[1] else year
            return (dt.date(said, 12, 31) if said else None), False
        if _SERIAL_DAY.fullmatch(plain):
            return dt.date(1899, 12, 30) + dt.timedelta(days=int(plain)), False
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


def with_columns(row: Row, readings: dict[str, Reading]) -> dict[str, Reading]:
    """The only reading, with what columns of their own say beside it."""
    if len(readings) != 1:
        return readings
    name, only = next(iter(readings.items()))
    this = _number(row.this_period, row.unit) if row.this_period else None
    return {name: only.model_copy(update={"this_period": this, "by_place": by_place(row)})}


def report(row: Row, readings: dict[str, Reading], notes: Mapping[str, str]) -> Report | None:
    """None where the row says nothing of the period: no report is not an empty one."""
    if not (row.progress or row.problems or row.next_steps or row.verdict or readings or notes):
        return None
    return Report(
        text=row.progress,
        readings=readings,
        problems=row.problems or None,
        next_steps=row.next_steps or None,
        verdict=row.verdict or None,
        notes=dict(notes),
    )


def notes(
    each: Proposed, year: int | None, read: Mapping[str, Reading]
) -> tuple[dict[str, str], dict[str, str]]:
    """What has no key of its own, of the project and of the report: the columns of no role, and the
    cells that were not understood."""
    row = each.row
    of_project = {name: text for name, text in row.other.items() if name in row.lasting}
    of_report = {name: text for name, text in row.other.items() if name not in row.lasting}
    if row.claimed and not any(reading.claimed is not None for reading in read.values()):
        of_report[row.taken.get("claimed", say.ROLE["claimed"])] = row.claimed
    if row.deadline and deadline(row.deadline, year)[0] is None:
        of_project[row.taken.get("deadline", say.ROLE["deadline"])] = row.deadline
    if row.this_period and not any(one.this_period is not None for one in read.values()):
        of_report[row.taken.get("this_period", say.ROLE["this_period"])] = row.this_period
    is_read = any(one.done == _number(row.done, row.unit) for one in read.values())
    if row.done and not is_read and squeezed(row.done) not in squeezed(row.progress):
        of_report[row.taken.get("done", say.ROLE["done"])] = row.done
    if row.by_place and not any(one.by_place for one in read.values()):
        of_report |= row.by_place
    if row.target and "target_differs" in each.flags:
        of_project[row.taken.get("target", say.ROLE["target"])] = row.target
    return of_project, of_report


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
