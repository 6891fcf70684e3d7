"""The fields of one reading, as the form and the import both show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from minsheng.importing.filling import Typed
from minsheng.labels import desk as words
from minsheng.labels import importing as importing_words
from minsheng.ui.desk.state import bound
from minsheng.ui.markdown import plain

_REST = ("claimed", "claimed_of", "underway", "target", "declared", "approx", "preparing", "stages")


def reading(
    heading: str,
    typed: Typed,
    key: str,
    unit: str,
    quotable: Sequence[str],
    flags: Sequence[str] = (),
    can: bool = True,
    wide: bool = True,
    why: str = "",
) -> None:
    """What was read is in sight, where it is in doubt with the reason; the other fields are under
    a lid that says which are filled."""
    with st.container(border=wide, gap="small"):
        doubts = importing_words.flags_said(flags)
        lines = [f"**{plain(heading)}**", *([f":orange[▲ {plain(doubts)}]"] if doubts else [])]
        lines += [f":gray[{plain(why)}]"] if doubts and why else []
        st.markdown("  \n".join(lines))
        first, second = st.columns([1, 3])
        first.text_input(
            words.field("done", plain(unit)),
            placeholder=words.UNREPORTED,
            max_chars=40,
            disabled=not can,
            **bound(typed, "done", f"{key}_done"),
        )
        second.multiselect(
            words.FIELDS["quotes"],
            list(dict.fromkeys((*quotable, *typed["quotes"]))),
            placeholder=words.QUOTES_HINT if quotable else words.NO_NUMERALS,
            disabled=not can,
            **bound(typed, "quotes", f"{key}_quotes"),
        )
        with st.container():
            if only_claimed(typed):
                st.checkbox(
                    words.CLAIM_BOX, disabled=not can, **bound(typed, "by_claim", f"{key}_by_claim")
                )
        filled = [words.filled(each, typed[each]) for each in _REST if typed[each]]
        lid = st.expander(
            plain(words.more(filled)), key=f"{key}_more", on_change="rerun", type="compact"
        )
        if lid.open:
            with lid:
                _rest(typed, key, unit, can)


def only_claimed(typed: Typed) -> bool:
    """Whether nothing but the department's percent would be the figure."""
    typed.setdefault("by_claim", False)
    said = typed["claimed"].strip() and not typed["claimed_of"].strip()
    return bool(said) and not typed["done"].strip() and not typed["declared"]


def _rest(typed: Typed, key: str, unit: str, can: bool) -> None:
    places = st.columns(2) + st.columns(2)
    for place, each in zip(places, _REST[:4], strict=True):
        place.text_input(
            words.field(each, plain(unit)),
            max_chars=100,
            disabled=not can,
            **bound(typed, each, f"{key}_{each}"),
        )
    with st.container(horizontal=True):
        for each in _REST[4:7]:
            st.checkbox(
                words.FIELDS[each],
                disabled=not can,
                width="content",
                **bound(typed, each, f"{key}_{each}"),
            )
    st.text_area(
        words.FIELDS["stages"],
        height=100,
        placeholder=words.STAGES_HINT,
        disabled=not can,
        **bound(typed, "stages", f"{key}_stages"),
    )


def mistakes(sentences: Sequence[Any]) -> None:
    st.error("  \n".join([words.CHECK_FIRST, *(plain(str(each)) for each in sentences)]))
