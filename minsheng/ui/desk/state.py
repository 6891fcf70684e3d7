"""What a session holds of its unsaved work, and the small things that the tabs share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import streamlit as st
from pydantic import ValidationError

from minsheng import importing
from minsheng.dataset import drafting, unsaved
from minsheng.dataset.drafting import Draft
from minsheng.dataset.editing import AddPeriod, AddProject, Edit, SetReport
from minsheng.dataset.store import State
from minsheng.labels import desk as words
from minsheng.labels import editing as editing_words
from minsheng.model import Dataset, Period, Refused
from minsheng.ui import access, mounted
from minsheng.ui.address import choose, chosen, link, put
from minsheng.ui.markdown import moment, plain

_DRAFT, _SAID, _SAVED = "desk_draft", "desk_said", "desk_saved"
_MEMO, _NEW_PERIOD, _OFFERED = "desk_memo", "desk_new_period", "desk_offered"
IMPORT, _STAGED, _FOCUS = "desk_import", "desk_staged", "desk_focus"
FORMS, PASTED, OTHERS, SAVE = "desk_forms", "desk_pasted", "desk_other_tables", "desk_save"
_LIST, _ASIDE = "desk_list", "desk_aside"
_OF_A_LIST = (
    *(_DRAFT, _SAID, _SAVED, _MEMO, _NEW_PERIOD, _OFFERED, IMPORT, _STAGED, _FOCUS),
    *(FORMS, PASTED, OTHERS, SAVE),
)

Tone = Literal["success", "warning", "error"]
Value = TypeVar("Value")


def draft(state: State) -> Draft:
    """The session's draft; one without changes is on the file as it is now."""
    held = st.session_state.get(_DRAFT)
    assert state.document is not None
    if isinstance(held, Draft) and held.is_changed and held.dataset != state.document.dataset:
        return held
    return memo("fresh", state, lambda: drafting.started(state.document, state.fingerprint))  # type: ignore[arg-type]


def edits(state: State) -> tuple[Edit, ...]:
    held = draft(state)
    return held.edits if held.is_changed else ()


def hold(held: Draft) -> None:
    """In the session, and on the disk for the person: a closed lid or a restart loses nothing."""
    st.session_state[_DRAFT] = held
    who = access.editor()
    if who is None:
        return
    try:
        unsaved.keep(chosen().current().path, who.name, held, dt.datetime.now(dt.UTC))
    except Refused as error:
        say("warning", str(error))


def drop() -> None:
    st.session_state.pop(_DRAFT, None)
    if who := access.editor():
        unsaved.forget(chosen().current().path, who.name)


def take_up(state: State) -> None:
    """What the person staged before a reload, a restart, at another machine: his again."""
    who = access.editor()
    if who is None or st.session_state.get(_OFFERED) == who.name:
        return
    st.session_state[_OFFERED] = who.name
    if edits(state):
        return
    try:
        left = unsaved.kept(state.path, who.name)
    except Refused as error:
        say("warning", str(error))
        return
    if left is not None and left.draft.is_changed:
        st.session_state[_DRAFT] = left.draft
        say("success", words.taken_up(len(left.draft.edits), moment(left.when)))


def turn_to(path: Path) -> None:
    """Puts aside what was done for another list, and takes up what was done for this one."""
    last = st.session_state.get(_LIST, path)
    if last != path:
        aside = st.session_state.setdefault(_ASIDE, {})
        aside[last] = {
            key: st.session_state.pop(key) for key in _OF_A_LIST if key in st.session_state
        }
        for key, value in aside.pop(path, {}).items():
            st.session_state[key] = value
    st.session_state[_LIST] = path


def staged_rows() -> set[tuple[importing.Wanted, int, str]]:
    """Which rows of which table of the file are in the draft already, and of which period."""
    found: set[tuple[importing.Wanted, int, str]] = st.session_state.setdefault(_STAGED, set())
    return found


def discard() -> None:
    drop()
    staged_rows().clear()
    put("into", "")  # the period may have been the draft's own
    say("success", words.DISCARDED)


def add(state: State, more: Iterable[Edit]) -> None:
    """Raises what `drafting.added` does."""
    hold(drafting.added(draft(state), more))


def memo(name: str, key: object, make: Callable[[], Value]) -> Value:
    """`make()` once while `key` is the same object; of one name only the latest is held."""
    held: dict[str, tuple[object, Any]] = st.session_state.setdefault(_MEMO, {})
    if name not in held or held[name][0] is not key:
        held[name] = key, make()
    made: Value = held[name][1]
    return made


def say(tone: Tone, sentence: str) -> None:
    """Shown by the next run, until something else is done: for callbacks, which draw nothing."""
    st.session_state[_SAID] = tone, sentence, False


def said() -> None:
    """In a place of its own, so that what is below stays where it is. A colleague's save makes the
    page run again, too, and must not take away what nobody has read yet."""
    with st.container():
        stayed = mounted.is_there("desk") and not mounted.is_answer()
        tone, sentence, was_shown = st.session_state.pop(_SAID, ("", "", True))
        if not sentence or (was_shown and not stayed):
            return
        st.session_state[_SAID] = tone, sentence, True
        {"success": st.success, "warning": st.warning, "error": st.error}[tone](plain(sentence))


def focus(key: str) -> None:
    """Sets the focus of the next run into what has the key: a button that its own click takes away
    takes the focus along, and who works with the keyboard would begin at the top again."""
    st.session_state[_FOCUS] = key


def focused() -> str:
    key: str = st.session_state.pop(_FOCUS, "")
    return key


def say_saved(fingerprint: str, sentence: str) -> None:
    """Said for as long as the file is that version: the save itself makes the page run again."""
    st.session_state[_SAVED] = fingerprint, sentence


def saved(state: State) -> None:
    fingerprint, sentence = st.session_state.get(_SAVED, ("", ""))
    if fingerprint == state.fingerprint and not draft(state).is_changed:
        st.success(plain(sentence))


def main_button() -> Literal["primary", "secondary"]:
    """White on the blue of the dark theme has too little contrast to be read."""
    return "secondary" if st.context.theme.type == "dark" else "primary"


def may_edit() -> bool:
    """Whether to draw for an editor; else says how to become one. No right to save by itself."""
    if access.editor() is not None:
        return True
    st.info(words.READ_ONLY)
    link("data", words.TO_STATE)
    return False


def bound(values: MutableMapping[Any, Any], field: str | int, key: str) -> dict[str, Any]:
    """What a widget needs to show `values[field]` and to write it: the values outlive the widget.

    The widget's value is set where it is another one or the browser has forgotten it, and else left
    alone, so that a run that somebody else's save woke does not take away what is being typed.
    """
    if not mounted.is_there(key) or st.session_state.get(key) != values[field]:
        st.session_state[key] = values[field]
    return {"key": key, "on_change": _write, "args": (values, field, key)}


def _write(values: MutableMapping[Any, Any], field: str | int, key: str) -> None:
    values[field] = st.session_state[key]


def choose_period(view_state: State, can: bool) -> str:
    """The period to write into, in the address as `into`; and a place to add one."""
    held = draft(view_state)
    names = {
        period.id: f"{period.label}（{period.id}）" for period in reversed(held.dataset.periods)
    }
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        chosen = choose(words.PERIOD, "into", names)
    with right:
        _new_period(view_state, can)
    return chosen


def _new_period(state: State, can: bool) -> None:
    """Closed again by a key of its own, once the period is there."""
    typed = st.session_state.setdefault(_NEW_PERIOD, {"id": "", "day": ""})
    known = len(draft(state).dataset.periods)
    with st.popover(words.NEW_PERIOD, key=f"desk_new_period_{known}", disabled=not can):
        st.text_input(
            words.NEW_PERIOD_ID,
            placeholder=words.NEW_PERIOD_ID_HINT,
            max_chars=32,
            disabled=not can,
            **bound(typed, "id", "desk_period_id"),
        )
        st.text_input(
            words.NEW_PERIOD_DAY,
            placeholder=words.NEW_PERIOD_DAY_HINT,
            max_chars=10,
            disabled=not can,
            **bound(typed, "day", "desk_period_day"),
        )
        st.button(
            words.ADD_PERIOD,
            key="desk_period_add",
            type=main_button(),
            on_click=_add_period,
            disabled=not can,
        )


def _add_period() -> None:
    """Into the file as it is now: a period does not depend on what a colleague saved since the page
    was drawn, and would be asked about when it is saved."""
    state = chosen().current()
    typed = st.session_state[_NEW_PERIOD]
    try:
        made = new_period(draft(state).dataset, typed["id"].strip(), typed["day"].strip())
        add(state, [AddPeriod(made)])
    except Refused as error:
        say("error", str(error))
        return
    st.session_state[_NEW_PERIOD] = {"id": "", "day": ""}
    put("into", made.id)
    say("success", words.period_added(made.id, made.label, made.as_of))


def new_period(dataset: Dataset, id_: str, day: str) -> Period:
    """Raises Refused: the sentence says what to type instead."""
    label = editing_words.period_label(id_) or id_
    try:
        made = Period(id=id_, label=label, as_of=day or "2000-01-01")  # type: ignore[arg-type]
    except ValidationError as error:
        place = error.errors()[0]["loc"][0]
        raise Refused(
            words.BAD_DAY.format(day=day)
            if place == "as_of"
            else words.BAD_PERIOD_ID.format(id=id_)
        ) from None
    if any(period.id == id_ for period in dataset.periods):
        raise Refused(editing_words.PERIOD_TAKEN.format(id=id_))
    if day:
        return made
    try:
        return importing.period_of(dataset, id_, None)
    except Refused:
        raise Refused(words.NEEDS_DAY.format(id=id_)) from None


def described(edits: Iterable[Edit]) -> Iterator[str]:
    """A line for each period and project that is new, and one a period for its reports."""
    reports: dict[str, list[str]] = {}
    for edit in edits:
        match edit:
            case SetReport(project, period):
                reports.setdefault(period, []).append(project)
            case AddPeriod(added):
                yield words.add_period(added.id, added.label)
            case AddProject(new):
                yield words.add_project(new.id, new.content)
            case _:
                raise AssertionError(edit)  # the desk makes no others
    for period_id, projects in reports.items():
        yield words.set_reports(period_id, projects)
