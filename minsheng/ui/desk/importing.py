"""导入: a table read, its rows to confirm one by one; nothing is in the draft before that."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from minsheng import importing, labels
from minsheng.dataset.store import State
from minsheng.importing import Match, Matching, Proposed, Wanted, filling, worker
from minsheng.labels import desk as words
from minsheng.labels import importing as importing_words
from minsheng.model import Dataset, Refused
from minsheng.ui import access
from minsheng.ui.address import choose, link
from minsheng.ui.desk import state
from minsheng.ui.desk.rows import (
    NEW,
    PER_PAGE,
    STAGE_ROWS,
    Import,
    Status,
    confirm,
    confirmed,
    is_sound,
    row,
    status,
)
from minsheng.ui.markdown import note, plain
from minsheng.ui.page import View

_FILE = "desk_file"

# A workbook without styles and the like: openpyxl tells its programmer, not this user.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")


def _read(name: str, data: bytes, wanted: Wanted, dataset: Dataset) -> Import:
    """Raises Refused."""
    source, rows = worker.read(name, data, dataset.plan.start.year, wanted)
    matching = importing.match(source.rows, dataset)
    found = {each.row: each.project for each in matching.matched}
    return Import(
        name,
        data,
        wanted,
        source,
        rows,
        matching,
        {
            each.row.number: [
                filling.from_proposal(p, each.row.progress).typed for p in each.proposals
            ]
            for each in rows
        },
        {each.row.number: found.get(each.row.number, "") for each in rows},
    )


def show(view: View, can: bool) -> None:
    period = state.choose_period(view.state, can)
    held = st.session_state.get(state.IMPORT)
    if not isinstance(held, Import):
        _ask(view.state, can)
        return
    dataset = state.draft(view.state).dataset
    _choose_table(view.state, held, can)
    if not _settled(held, dataset, period, can):
        return
    statuses = {each.row.number: status(held, each, dataset, period) for each in held.rows}
    _head(view.state, held, statuses, period, can)
    shown = _part(held, statuses)
    for each in shown:
        row(held, each, statuses[each.row.number], dataset, period, can)
    opened = [each for each in shown if statuses[each.row.number] is Status.OPEN]
    sound = [each for each in opened if is_sound(held, each, dataset, period)]
    if len(sound) > 1:
        st.button(
            words.CONFIRM_PAGE,
            key="desk_confirm_page",
            disabled=not can,
            on_click=confirm,
            args=(held, sound, dataset, period),
        )
    if len(sound) < len(opened):
        note(words.ONE_BY_ONE)


def _choose_table(now: State, held: Import, can: bool) -> None:
    """Where the file holds several tables, or one of several months: which is read. What was done
    with the others stays: they are as they were on the way back."""
    tables, months = held.source.tables, held.source.months
    if len(tables) < 2 and not months:
        return
    left, right = st.columns(2)
    if len(tables) > 1:
        names = {Wanted(): words.CHOSEN_BY_US}
        names |= {Wanted(at): words.table(at, name) for at, name in enumerate(tables, 1)}
        _choice(
            now, left, words.TABLE_TO_READ, "desk_table", names, replace(held.wanted, month=0), can
        )
    if months:
        times = {replace(held.wanted, month=0): words.NEWEST_MONTH}
        times |= {replace(held.wanted, month=each): words.month(each) for each in months}
        _choice(now, right, words.MONTH_TO_READ, "desk_month", times, held.wanted, can)


def _choice(
    now: State,
    place: DeltaGenerator,
    label: str,
    key: str,
    names: dict[Wanted, str],
    chosen: Wanted,
    can: bool,
) -> None:
    values = {"chosen": chosen}
    bound = state.bound(values, "chosen", key)
    place.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        key=bound["key"],
        on_change=_read_other,
        args=(now, key),
        disabled=not can,
    )


def _read_other(now: State, key: str) -> None:
    held: Import = st.session_state[state.IMPORT]
    wanted: Wanted = st.session_state[key]
    others = st.session_state.setdefault(state.OTHERS, {})
    others[held.wanted] = held
    if wanted in others:
        st.session_state[state.IMPORT] = others[wanted]
        return
    _read_in(now, held.name, held.data, wanted)


def _settled(held: Import, dataset: Dataset, period: str, can: bool) -> bool:
    """Whether nothing speaks against writing the table into this period; else a person is asked,
    who chooses another period or another file, or says that the title is wrong."""
    found = importing.doubt(held.source, None, dataset, dataset.period(period))
    if found is None or period in held.settled:
        return True
    as_of = dataset.period(period).as_of
    asked = (
        words.other_year(found.title, found.year, dataset.plan.start.year)
        if found.year
        else words.other_period(found.title, found.day, period, as_of)
    )
    st.warning(plain(asked))
    with st.container(horizontal=True):
        st.button(
            words.settle(period),
            key="desk_settle",
            disabled=not can,
            on_click=held.settled.add,
            args=(period,),
        )
        st.button(words.OTHER_FILE, key="desk_other_file", on_click=_other_file)
    return False


# The file.


def _ask(held: State, can: bool) -> None:
    st.file_uploader(
        words.UPLOAD,
        key=_FILE,
        help=words.UPLOAD_HELP,
        disabled=not can,
        on_change=_upload,
        args=(held,),
        max_upload_size=importing.LARGEST // 1024 // 1024,
    )
    store = st.session_state.setdefault(state.PASTED, {"text": ""})
    st.text_area(
        words.PASTE,
        height=160,
        placeholder=words.PASTE_HINT,
        disabled=not can,
        **state.bound(store, "text", "desk_paste"),
    )
    st.button(
        words.READ_PASTED,
        key="desk_read_pasted",
        disabled=not can,
        on_click=_paste,
        args=(held,),
    )


def _upload(held: State) -> None:
    file = st.session_state[_FILE]
    if file is not None:
        _take(held, file.name, file.getvalue())


def _paste(held: State) -> None:
    if _take(held, "", st.session_state[state.PASTED]["text"].encode("utf-8", "replace")):
        st.session_state[state.PASTED] = {"text": ""}


def typed() -> bool:
    """Whether a table is being worked on of which not every confirmed row is staged."""
    held = st.session_state.get(state.IMPORT)
    pasted = st.session_state.get(state.PASTED, {}).get("text", "")
    if not isinstance(held, Import):
        return bool(pasted.strip())
    staged = {(wanted, number) for wanted, number, _ in state.staged_rows()}
    tables = (held, *st.session_state.get(state.OTHERS, {}).values())
    return any((each.wanted, row) not in staged for each in tables for row in each.confirmed)


def _take(held: State, name: str, data: bytes) -> bool:
    state.staged_rows().clear()
    return _read_in(held, name, data, Wanted())


def _read_in(held: State, name: str, data: bytes, wanted: Wanted) -> bool:
    if access.editor() is None:
        state.say("error", words.READ_ONLY)
        return False
    try:
        st.session_state[state.IMPORT] = _read(name, data, wanted, state.draft(held).dataset)
    except Refused as fault:
        state.say("error", str(fault))
        return False
    return True


def _other_file() -> None:
    for key in (state.IMPORT, state.OTHERS):
        st.session_state.pop(key, None)


def _head(
    held_state: State, held: Import, statuses: dict[int, Status], period: str, can: bool
) -> None:
    counts = Counter(statuses.values())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            plain(
                words.rows_read(
                    held.name or words.PASTED,
                    len(held.rows),
                    counts[Status.OPEN],
                    counts[Status.CONFIRMED],
                    counts[Status.STAGED],
                )
            ),
            width="content",
        )
        st.button(
            words.OTHER_FILE,
            key="desk_other_file",
            help=words.OTHER_FILE_HELP,
            on_click=_other_file,
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words.stage_rows(counts[Status.CONFIRMED]),
            key=STAGE_ROWS,
            type=state.main_button(),
            disabled=not can or not counts[Status.CONFIRMED],
            on_click=_stage,
            args=(held_state, held, period),
        )
        if state.edits(held_state):
            link("data", words.TO_PREVIEW, tab="preview")
        st.checkbox(words.ONLY_OPEN, **state.bound(held.only_open, "only_open", "desk_only_open"))
    notes = (
        importing_words.columns((each.heading, each.role) for each in held.source.columns),
        *held.source.notes,
    )
    lid = st.expander(words.NOTES, key="desk_import_notes", on_change="rerun", type="compact")
    if lid.open:
        lid.markdown("\n".join(f"- {plain(each)}" for each in notes))


def _part(held: Import, statuses: dict[int, Status]) -> Sequence[Proposed]:
    if held.only_open["only_open"]:
        opened = [each for each in held.rows if statuses[each.row.number] is Status.OPEN]
        if not opened:
            st.success(words.ALL_CONFIRMED)
        return opened[:PER_PAGE]
    total = len(held.rows)
    if total <= PER_PAGE:
        return held.rows
    parts = {
        str(at // PER_PAGE + 1): words.part(at + 1, min(at + PER_PAGE, total), total)
        for at in range(0, total, PER_PAGE)
    }
    at = (int(choose(words.PART, "rows", parts)) - 1) * PER_PAGE
    return held.rows[at : at + PER_PAGE]


def _stage(held_state: State, held: Import, period: str) -> None:
    draft = state.draft(held_state)
    dataset = draft.dataset
    rows = [each for each in held.rows if status(held, each, dataset, period) is Status.CONFIRMED]
    targets = Counter(held.project[each.row.number] for each in rows)
    for id_, count in targets.items():
        if count > 1 and id_ != NEW:
            numbers = [str(e.row.number) for e in rows if held.project[e.row.number] == id_]
            said = words.SAME_PROJECT.format(numbers=labels.joined(numbers), project=id_)
            state.say("error", said)
            return
    numbers_of_new = [e.row.number for e in rows if held.project[e.row.number] == NEW]
    matched = [
        Match(e.row.number, held.project[e.row.number], 100.0)
        for e in rows
        if e.row.number not in numbers_of_new
    ]
    matching = Matching(tuple(matched), (), tuple(numbers_of_new), ())
    try:
        settled = [confirmed(held, each) for each in rows]
        joined = importing.join(settled, draft.document.text, dataset.period(period), matching)
        state.add(held_state, joined.edits)
    except Refused as error:
        state.say("error", str(error))
    else:
        state.staged_rows().update((held.wanted, each.row.number, period) for each in rows)
        state.say("success", words.ROWS_STAGED.format(count=len(rows)))
