"""A row of an imported table: its cells on the left, its readings on the right."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import streamlit as st

from minsheng import grammar, labels
from minsheng.importing import Matching, Proposed, Source, Wanted, filling
from minsheng.importing import report as reasons
from minsheng.importing.filling import Typed
from minsheng.importing.matching import fitted
from minsheng.labels import desk as words
from minsheng.labels import importing as importing_words
from minsheng.measuring import frames
from minsheng.model import Dataset, Project, Refused
from minsheng.ui.address import link, put
from minsheng.ui.desk import fields, state
from minsheng.ui.markdown import note, numerals, plain

NEW, OUT = "new", "out"
PER_PAGE = 5
STAGE_ROWS = "desk_stage_rows"


class Status(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    STAGED = "staged"
    KEPT = "kept"
    OUT = "out"


@dataclass
class Import:
    """A table that was read, out of the bytes of a file that may hold others. `typed` are a row's
    readings as they stand in the fields, `project` what it belongs to; `confirmed` is a copy of
    both as they were confirmed: changed fields are not confirmed any more. `settled` are the
    periods that it may be written into although its title tells of another time."""

    name: str
    data: bytes
    wanted: Wanted
    source: Source
    rows: tuple[Proposed, ...]
    matching: Matching
    typed: dict[int, list[Typed]]
    project: dict[int, str]
    confirmed: dict[int, Any] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    only_open: dict[str, bool] = field(default_factory=lambda: {"only_open": False})

    def said(self, number: int) -> Any:
        return copy.deepcopy((self.typed[number], self.project[number]))


def status(held: Import, each: Proposed, dataset: Dataset, period: str) -> Status:
    number = each.row.number
    project = held.project[number]
    if project == OUT:
        return Status.OUT
    if (held.wanted, number, period) in state.staged_rows():
        return Status.STAGED
    known = _project(dataset, project)
    if known and period in known.reports:
        return Status.KEPT
    is_confirmed = held.confirmed.get(number) == (held.typed[number], project)
    return Status.CONFIRMED if is_confirmed else Status.OPEN


def _project(dataset: Dataset, id_: str) -> Project | None:
    return next((each for each in dataset.projects if each.id == id_), None)


def row(
    held: Import, each: Proposed, now: Status, dataset: Dataset, period: str, can: bool
) -> None:
    number = each.row.number
    known = _project(dataset, held.project[number])
    with st.container(border=True, key=_key(number)):
        if now in (Status.CONFIRMED, Status.STAGED):
            _closed(held, each, now, can)
            return
        left, right = st.columns([2, 3], gap="medium")
        with left:
            st.markdown("  \n".join(_cell(each)))
            _choose_project(held, each, dataset, can)
            if now is Status.KEPT and known:
                st.markdown(plain(words.KEPT_ROW.format(period=period)))
                link("data", words.TO_FILL, tab="fill", id=known.id, into=period)
        if now in (Status.KEPT, Status.OUT):
            return
        with right:
            quotable = grammar.quotes(each.row.progress)
            doubts = [importing_words.ROW_FLAGS[flag] for flag in _row_flags(each, bool(known))]
            doubts += _against(each, known, dataset, period) if known else ()
            if doubts:
                st.markdown("  \n".join(f":orange[▲ {plain(words_)}]" for words_ in doubts))
            for at, proposal in enumerate(each.proposals):
                fields.reading(
                    words.indicator(proposal.name, proposal.target, proposal.unit, proposal.counts),
                    held.typed[number][at],
                    f"row_{number}_{at}",
                    proposal.unit,
                    quotable,
                    filling.flags_of(proposal),
                    can,
                    wide=False,
                    why=reasons.why(proposal),
                )
            st.button(
                words.CONFIRM,
                key=f"row_{number}_confirm",
                disabled=not can,
                on_click=confirm,
                args=(held, [each], dataset, period),
            )


def _row_flags(each: Proposed, is_known: bool) -> list[str]:
    """What to look at; of a project that is there already only what its report is made of."""
    of_project = ("leads", "category", "deadline")
    return [
        flag
        for flag in each.flags
        if flag not in importing_words.QUIET
        and not (is_known and importing_words.FLAG_ABOUT.get(flag) in of_project)
    ]


def _cell(each: Proposed) -> Iterator[str]:
    """The cells as printed, with the numerals marked; the columns without a field of their own."""
    row = each.row
    yield f"**{plain(words.row(row.number, row.where))}**　{plain(labels.joined(row.leads))}"
    yield f"{words.CONTENT}　{numerals(row.content)}"
    yield f"{words.PROGRESS}　{numerals(row.progress)}"
    named = {
        words.PROBLEMS: row.problems,
        words.NEXT_STEPS: row.next_steps,
        labels.CLAIMED: row.claimed,
        importing_words.ROLE["deadline"]: row.deadline,
    }
    for name, said in (named | dict(row.other)).items():
        if said:
            yield f":gray[{plain(name)}　{plain(said)}]"


def _closed(held: Import, each: Proposed, now: Status, can: bool) -> None:
    number = each.row.number
    said = words.CONFIRMED if now is Status.CONFIRMED else words.IN_DRAFT
    figures = [
        words.figure(proposal.name, typed["done"], proposal.unit)
        for proposal, typed in zip(each.proposals, held.typed[number], strict=True)
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":green-badge[{said}] **{plain(words.row(number, ''))}**　{plain(each.row.content)}"
            f"  \n{plain('，'.join(figures))}",
            width="stretch",
        )
        if now is Status.CONFIRMED:
            st.button(
                words.REOPEN,
                key=f"row_{number}_reopen",
                disabled=not can,
                on_click=_reopen,
                args=(held, number),
            )


def _choose_project(held: Import, each: Proposed, dataset: Dataset, can: bool) -> None:
    number = each.row.number
    names = {
        "": words.CHOOSE_PROJECT,
        NEW: words.AS_NEW,
        OUT: words.LEAVE_OUT,
        **{one.id: words.project(one.id, one.content) for one in dataset.projects},
    }
    if held.project[number] not in names:
        held.project[number] = ""
    st.selectbox(
        words.TARGET_PROJECT,
        list(names),
        format_func=names.__getitem__,
        disabled=not can,
        **state.bound(held.project, number, f"row_{number}_project"),
    )
    note(_how_matched(held.matching, number))


def _how_matched(matching: Matching, number: int) -> str:
    for match in matching.matched:
        if match.row == number:
            return words.matched(match.score)
    for unclear in matching.ambiguous:
        if unclear.row == number:
            return words.ambiguous(id_ for id_, _ in unclear.candidates)
    return words.UNMATCHED


def _against(each: Proposed, project: Project, dataset: Dataset, period: str) -> Iterator[str]:
    """Where the row promises something else than the project that it is to be a report of."""
    pairs, strange = fitted(each, project)
    for own, proposal in pairs:
        before = frames.target(dataset, project, own, dataset.period(period))
        if before != proposal.target:
            yield words.target_changed(own.name, before, proposal.target)
    for proposal in strange:
        yield words.strange(proposal.name)


# Confirming.


def is_sound(held: Import, each: Proposed, dataset: Dataset, period: str) -> bool:
    """Whether the row may be confirmed with others: nothing of it is in doubt, no figure empty."""
    known = _project(dataset, held.project[each.row.number])
    doubts = _row_flags(each, bool(known))
    against = known and next(_against(each, known, dataset, period), None)
    figures = zip(each.proposals, held.typed[each.row.number], strict=True)
    return not (doubts or against) and all(
        not filling.flags_of(proposal) and (typed["done"].strip() or typed["declared"])
        for proposal, typed in figures
    )


def confirm(held: Import, rows: Sequence[Proposed], dataset: Dataset, period: str) -> None:
    """Goes on to the next row that is to be looked at, on another page where this one has none."""
    mistakes: list[str] = []
    for each in rows:
        number = each.row.number
        if not held.project[number]:
            mistakes.append(words.NO_PROJECT_CHOSEN.format(number=number))
            continue
        try:
            confirmed(held, each)
        except Refused as error:
            mistakes += (words.in_row(number, sentence) for sentence in error.sentences)
        else:
            held.confirmed[number] = held.said(number)
    if mistakes:
        state.say("error", "\n".join(mistakes))
        return
    last = max(held.rows.index(each) for each in rows)
    is_open = [status(held, each, dataset, period) is Status.OPEN for each in held.rows]
    page = range(last - last % PER_PAGE, last - last % PER_PAGE + PER_PAGE)
    left = sorted((at not in page, at < last, at) for at, its in enumerate(is_open) if its)
    if not left:
        state.focus(STAGE_ROWS)
        return
    _, _, ahead = left[0]
    if ahead not in page and not held.only_open["only_open"]:
        put("rows", str(ahead // PER_PAGE + 1))
    state.focus(_key(held.rows[ahead].row.number))


def _key(number: int) -> str:
    return f"row_{number}"


def confirmed(held: Import, each: Proposed) -> Proposed:
    """Raises Refused of all its fields."""
    mistakes: list[str] = []
    made = []
    for proposal, typed in zip(each.proposals, held.typed[each.row.number], strict=True):
        if fields.only_claimed(typed) and not typed["by_claim"]:
            mistakes.append(
                words.ONLY_CLAIMED.format(
                    name=proposal.name, claimed=f"{typed['claimed'].strip()}%", box=words.CLAIM_BOX
                )
            )
            continue
        try:
            made.append(filling.confirmed(proposal, typed))
        except Refused as error:
            mistakes += error.sentences
    if mistakes:
        raise Refused(*mistakes)
    return replace(each, proposals=tuple(made), flags=())


def _reopen(held: Import, number: int) -> None:
    held.confirmed.pop(number, None)
    state.focus(_key(number))
