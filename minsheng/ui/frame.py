"""The foot of every page: what the figures rest on, 复制链接, and the way out of a presentation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from minsheng import labels
from minsheng.charts import progress
from minsheng.labels import agenda as words
from minsheng.measuring.snapshot import Snapshot
from minsheng.server.addresses import host_for_others
from minsheng.ui.address import PRESENT, SLIDE, VERSION, go
from minsheng.ui.component import component, packed
from minsheng.ui.markdown import plain

ZOOMS = (2.0, 1.5, 1.25, 1.0)  # what is written for a desk is read across a room
NARROWEST = 900  # pixels that are left of a page at least
_WIDTH, _ZOOM = "width of the figures", "zoom of a presentation"
_component, _back = component("frame"), component("back")


def follow() -> None:
    """Lets the page ask for itself when a lost connection is back. Stands on every page."""
    _back(key="back", data=packed({}), on_back_change=_nothing)


def width() -> int:
    """The width that figures are set for. Until the browser has reported, a phone is guessed by
    what it calls itself."""
    if _WIDTH not in st.session_state:
        phone = "Mobi" in st.context.headers.get("User-Agent", "")
        st.session_state[_WIDTH] = progress.NARROW if phone else progress.WIDE
    known: int = st.session_state[_WIDTH]
    return known


def zoom() -> float:
    """How many times as large the page is shown: 1 but while presenting. Until the browser has
    reported, what a wide screen takes."""
    if not presenting():
        return 1.0
    known: float = st.session_state.get(_ZOOM, ZOOMS[0])
    return known


def presenting() -> bool:
    return st.query_params.get(PRESENT) == "1"


def wide() -> bool:
    """Whether there is room for columns beside each other."""
    return width() == progress.WIDE


def beside(*widths: int) -> Sequence[Any]:
    """Columns of these widths where there is room for them, else one under the other."""
    if wide():
        return st.columns(list(widths), gap="medium")
    return [st.container() for _ in widths]


def _reported() -> None:
    """One value for both, so that the page is drawn anew once."""
    said, times = st.session_state["frame"].get("room") or (None, None)
    if said in (progress.WIDE, progress.MIDDLE, progress.NARROW) and times in ZOOMS:
        st.session_state[_WIDTH], st.session_state[_ZOOM] = said, float(times)


def others() -> str | None:
    """The host under which others can open the address of this page; None: there is none."""
    return host_for_others(st.context.url or "", is_beside=st.context.ip_address is None)


def foot(shot: Snapshot) -> None:
    """Cut-off date, thresholds in force, fingerprint; and, while presenting, the way out."""
    host = others()
    data = {
        "words": labels.foot(shot.period.as_of, shot.dataset.thresholds, shot.fingerprint),
        "copy": labels.COPY_LINK,
        "copied": labels.COPIED if host else labels.COPIED_HERE_ONLY,
        "host": host or "",
        "version": VERSION,
        "fingerprint": shot.fingerprint[:12],
        "period": shot.period.id,
        "zoom": zoom(),
        "zooms": ZOOMS,
        "narrowest": NARROWEST,
        "leave": _ways_out() if presenting() else None,
        "width": width(),
        "widths": [progress.WIDE, progress.MIDDLE, progress.NARROW],
    }
    result = _component(
        key="frame", data=packed(data), on_leave_change=_nothing, on_room_change=_reported
    )
    way = result.get("leave")
    if way in ("back", "leave"):
        deck = {k: v for k, v in st.query_params.items() if k not in (PRESENT, VERSION, "id")}
        st.query_params.pop(PRESENT, None)
        if way == "back":  # to the address of the slide that the detour began at
            go("present", **deck)
        st.query_params.pop(SLIDE, None)
        st.rerun()


def _ways_out() -> list[tuple[str, str]]:
    """The first one is what Escape does."""
    out = [("leave", words.LEAVE)]
    slide = st.query_params.get(SLIDE, "")
    return [("back", words.BACK.format(at=slide)), *out] if slide.isdecimal() else out


def shared(fingerprint: str) -> None:
    """Says so where the address was copied from other data than those now shown."""
    version = st.query_params.get(VERSION, "")
    if version and not fingerprint.startswith(version):
        st.info(plain(labels.SHARED_EARLIER.format(then=version[:12], now=fingerprint[:12])))


def _nothing() -> None:
    """A trigger has to have somebody who listens."""
