"""预览与保存: what would be written, what it changes; the save asks for the right once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from minsheng import labels
from minsheng.dataset import comparing, drafting, history
from minsheng.dataset.drafting import Draft
from minsheng.dataset.schema import Document
from minsheng.dataset.store import State
from minsheng.labels import desk as words
from minsheng.measuring import preview
from minsheng.measuring.findings import Finding
from minsheng.measuring.preview import Effect, Scope
from minsheng.model import DatasetError, Reading, Refused
from minsheng.ui import access
from minsheng.ui.address import link
from minsheng.ui.desk import lines, state
from minsheng.ui.markdown import moment, note, plain, rows
from minsheng.ui.page import MOST_PROBLEMS, View

_REASON = "desk_reason"


def show(view: View, can: bool) -> None:
    held = state.draft(view.state)
    if not held.is_changed:
        state.saved(view.state)
        st.info(words.NO_CHANGES)
        with st.container(horizontal=True):
            link("data", words.TABS["fill"], tab="fill")
            link("data", words.TABS["import"], tab="import")
            link("data", words.TO_HISTORY, tab="history")
        return
    edits = state.edits(view.state)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(words.changes(len(edits)))}**", width="content")
        st.button(words.DISCARD, key="desk_discard", on_click=state.discard)
    st.markdown("\n".join(f"- {plain(each)}" for each in state.described(edits)))
    if held.fingerprint != view.state.fingerprint:
        _conflict(view.state, held, can)
        return
    try:
        text = held.document.text
    except Refused as refusal:
        st.error(plain(str(refusal)))
        return
    if lost := _lost(held):
        st.error(plain(words.EMPTIED_HERE.format(each=labels.joined(lost))))
    _effects(state.memo("effects", held, lambda: _measured(held)))
    if view.state.problems:
        st.markdown(words.PROBLEMS_GONE.format(before=len(view.state.problems)))
    st.subheader(words.Q_DIFF)
    lines.show("desk_diff", comparing.diff(held.base.text, text))
    note(words.DIFF_NOTE)
    if can:
        _save_form(view.state)


def _lost(held: Draft) -> list[str]:
    """The counts that the file has and would have no more."""
    before = {each.id: each for each in held.base.dataset.projects}
    found = []
    for project in held.dataset.projects:
        was = before.get(project.id)
        for period, report in project.reports.items() if was else ():
            old = was.reports.get(period) if was else None
            for indicator in project.indicators if old else ():
                count = (old.readings.get(indicator.name) or Reading()).done if old else None
                now = (report.readings.get(indicator.name) or Reading()).done
                if count is not None and now is None:
                    found.append(words.lost(project.id, indicator.name, count, indicator.unit))
    return found


def _measured(held: Draft) -> tuple[Effect, ...]:
    return preview.effects(held.base.dataset, held.dataset)


# What changes.


def _effects(found: Sequence[Effect]) -> None:
    st.subheader(words.Q_EFFECT)
    if not found:
        st.markdown(words.NO_EFFECT)
    for effect in found:
        period = effect.period
        st.markdown(f"**{plain(words.effect(period.label, period.id, effect.is_new))}**")
        st.table(rows(_table(effect)), hide_index=True)
    st.subheader(words.Q_FINDINGS)
    if not any(effect.new or effect.gone for effect in found):
        st.markdown(words.NO_FINDING_CHANGE)
    for effect in found:
        for title, each in ((words.FINDINGS_NEW, effect.new), (words.FINDINGS_GONE, effect.gone)):
            if each:
                st.markdown(f"**{plain(f'{effect.period.label} {title} {len(each)}')}**")
                _list(each)


def _list(found: Sequence[Finding]) -> None:
    """One element, however many there are."""
    st.markdown(
        "\n".join(
            f"- {each.project} **{plain(labels.RULES[each.code].title)}** {plain(each.message)}"
            for each in found
        )
    )


def _table(effect: Effect) -> pd.DataFrame:
    """From the whole to the part, in as few columns as a phone has room for."""

    return pd.DataFrame(
        [
            {
                words.NAME_COLUMN: change.name or words.WHOLE,
                labels.COLUMN["completion"]: words.shares(change.completion),
                labels.COLUMN["claimed"]: words.shares(change.claimed),
                words.DONE_OR_LIGHT: words.counts(change.done)
                if change.scope is Scope.INDICATOR
                else words.lights(change.light),
            }
            for change in effect.changes
        ]
    )


# The save.


def _save_form(held: State) -> None:
    st.subheader(words.Q_SAVE)
    who = access.editor()
    with st.container(border=True):
        if who:
            st.markdown(plain(words.WHO.format(name=who.name)))
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        left.text_input(
            words.REASON,
            placeholder=words.REASON_HINT,
            max_chars=200,
            **state.bound(st.session_state.setdefault(state.SAVE, {_REASON: ""}), _REASON, _REASON),
        )
        right.button(
            words.SAVE,
            key="desk_save_button",
            type=state.main_button(),
            on_click=_save,
            args=(held,),
            width="stretch",
        )


def _save(held: State) -> None:
    made = state.draft(held)
    saved = write(
        held, lambda: made.document, made.fingerprint, st.session_state[state.SAVE][_REASON]
    )
    if saved is not None:
        state.drop()
        st.session_state[state.SAVE] = {_REASON: ""}
        state.say_saved(saved.fingerprint, words.SAVED.format(when=moment(saved.when)))


def write(
    held: State, document: Callable[[], Document], expected: str, why: str
) -> history.Version | None:
    """Saves in the name of whoever may edit at this moment; None after saying why it did not."""
    try:
        who = access.require_editor()
        return history.save(
            held.path,
            document(),
            expected=expected,
            who=who.name,
            why=why,
            when=dt.datetime.now(dt.UTC),
        )
    except history.Conflict as conflict:
        state.say("error", str(conflict) if conflict.document else words.BAD_NOW)
    except DatasetError as error:
        first = error.problems[:MOST_PROBLEMS]
        state.say("error", "\n".join(problem.at(held.path.name) for problem in first))
    except Refused as refusal:
        state.say("error", str(refusal))
    return None


# Somebody else has saved meanwhile.


def _conflict(held: State, mine: Draft, can: bool) -> None:
    assert held.document is not None
    st.warning(words.CONFLICT)
    theirs = held.document
    clash = ""
    try:
        drafting.merged(mine, theirs, held.fingerprint)
    except Refused as error:
        clash = str(error)
    if clash:
        st.error(plain(clash))
        label, act, told = words.REDO, drafting.redone, words.REDONE
        note(words.REDO_NOTE)
    else:
        st.markdown(words.CAN_MERGE)
        label, act, told = words.MERGE, drafting.merged, words.MERGED
    st.button(
        label,
        key="desk_merge",
        type="secondary" if clash else state.main_button(),
        disabled=not can,
        on_click=_take,
        args=(held, mine, act, told),
    )
    for key, title, text in (
        ("mine", words.MINE, mine.document.text),
        ("theirs", words.THEIRS, theirs.text),
    ):
        st.subheader(title)
        lines.show(f"desk_diff_{key}", comparing.diff(mine.base.text, text))


def _take(held: State, mine: Draft, act: Callable[..., Draft], told: str) -> None:
    try:
        state.hold(act(mine, held.document, held.fingerprint))
    except Refused as error:
        state.say("error", str(error))
    else:
        state.say("success", told)
