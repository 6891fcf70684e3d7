"""历史: each save, when, by whom, why and what; and the way back, which is itself a save."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from minsheng.dataset import comparing, history, schema, store
from minsheng.dataset.history import Version
from minsheng.dataset.store import State
from minsheng.labels import desk as words
from minsheng.model import DatasetError, Refused
from minsheng.ui import access
from minsheng.ui.address import choose
from minsheng.ui.desk import lines, state
from minsheng.ui.desk.preview import write
from minsheng.ui.markdown import moment, note, plain
from minsheng.ui.page import View

PER_PAGE = 10
_WHY = "desk_restore_why"


def show(view: View, can: bool) -> None:
    try:
        versions = history.versions(view.state.path)
    except Refused as fault:
        st.error(plain(access.for_reader(str(fault), view.state.path)))
        return
    if not versions:
        st.info(words.NO_HISTORY)
        return
    state.saved(view.state)
    for version in _part(versions):
        _version(view.state, version, can)


def _part(versions: Sequence[Version]) -> Sequence[Version]:
    if len(versions) <= PER_PAGE:
        return versions
    total = len(versions)
    parts = {
        str(at // PER_PAGE + 1): words.part(total - at, max(total - at - PER_PAGE + 1, 1), total)
        for at in range(0, total, PER_PAGE)
    }
    at = (int(choose(words.HISTORY_PART, "saves", parts)) - 1) * PER_PAGE
    return versions[at : at + PER_PAGE]


def _version(held: State, version: Version, can: bool) -> None:
    when = moment(version.when)
    heading, why = when, ""
    if can:  # who saved, and why, is the business of those who may
        heading, why = words.version(
            when, version.who, version.why, version.outside, version.number
        )
    is_now = version.fingerprint == _standing(held)
    with st.container(border=True, gap="small"):
        now = f" :blue-badge[{words.NOW}]" if is_now else ""
        st.markdown(f"**{plain(heading)}**{now}  \n{plain(why)}")
        lid = st.expander(
            words.WHAT_CHANGED, key=f"past_{version.number}", on_change="rerun", type="compact"
        )
        if lid.open:
            with lid:
                _opened(held, version, can, is_now)


def _opened(held: State, version: Version, can: bool, is_now: bool) -> None:
    try:
        text = history.version_text(held.path, version.fingerprint)
        before = history.version_text(held.path, version.before) if version.before else None
    except Refused as fault:
        st.error(plain(access.for_reader(str(fault), held.path)))
        return
    if before is None:
        note(words.FIRST)
    elif changed := comparing.diff(before, text):
        lines.show(f"past_diff_{version.number}", changed)
    else:
        note(words.NO_DIFFERENCE)
    if is_now:
        note(words.SHOWN_IS_CURRENT)
        return
    if not can:
        return
    if state.edits(held):
        st.warning(words.DRAFT_STAYS)
    key = f"{_WHY}_{version.number}"
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.text_input(words.RESTORE_REASON, key=key, max_chars=200)
    right.button(
        words.RESTORE,
        key=f"past_restore_{version.number}",
        on_click=_restore,
        args=(held, version, text, key),
        width="stretch",
    )


def _standing(held: State) -> str:
    """The fingerprint of the file itself: while it is bad it is no version that is shown, and a
    version put back is its cure."""
    if not held.problems:
        return held.fingerprint
    try:
        return store.fingerprint(store.raw(held.path))
    except DatasetError:
        return ""


def _restore(held: State, version: Version, text: str, key: str) -> None:
    saved = write(held, lambda: schema.loads(text.encode()), _standing(held), st.session_state[key])
    if saved is not None:
        state.say_saved(
            saved.fingerprint, words.RESTORED.format(fingerprint=version.fingerprint[:12])
        )
