"""What the process keeps for all viewers: the store, its watcher, the measured snapshots."""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import runtime

from minsheng import series, snapshot
from minsheng.series import Series
from minsheng.snapshot import Snapshot
from minsheng.store import State, Store
from minsheng.ui.address import ROOT

WATCH_EVERY = 0.5


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The one store of the process, watched from one thread that wakes the pages.

    Objects made so far are moved out of the reach of Streamlit's collection after every rerun,
    which costs ten times what a page does.
    """
    made = Store(Path(os.environ.get("MINSHENG_DATA", ROOT / "data" / "projects.yaml")))
    made.current()
    _settle()
    threading.Thread(target=_watch, args=(made,), name="dataset-watch", daemon=True).start()
    return made


def _watch(watched: Store) -> None:
    """A stat every half second for the whole process, however many pages are open."""
    seen = watched.current()
    while True:
        time.sleep(WATCH_EVERY)
        try:
            state = watched.current()
            if state is not seen:
                seen = state
                _settle()
                _wake_pages()
        except Exception:  # a watcher that died would be silent: the pages would just stay old
            logging.exception("dataset watch")


def _wake_pages() -> None:
    """Asks every open page to run again. There is no public call; a browser test holds this one."""
    if runtime.exists():
        instance = runtime.get_instance()
        loop = instance._get_async_objs().eventloop
        for info in instance._session_mgr.list_active_sessions():
            loop.call_soon_threadsafe(_wake, loop, info.session)


def _wake(loop: Any, session: Any) -> None:
    """On the event loop, as Streamlit's own messages. A page that is running is asked again when
    it is done: until then its address is not known, and it would come back without its choices."""
    if session._scriptrunner is None:
        session.request_rerun(session._client_state)
    else:
        loop.call_later(0.1, _wake, loop, session)


def _settle() -> None:
    """Collects now, and hides what is left from the collection after every rerun."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False, max_entries=24)
def taken(fingerprint: str, period_id: str, _state: State) -> Snapshot:
    assert _state.document is not None
    return snapshot.at(_state.document.dataset, period_id, fingerprint)


@st.cache_resource(show_spinner=False, max_entries=24)
def along(fingerprint: str, period_id: str, _state: State) -> Series:
    """The periods up to one, out of the snapshots that are taken already."""
    assert _state.document is not None
    dataset = _state.document.dataset
    until = dataset.periods.index(dataset.period(period_id)) + 1
    return series.of([taken(fingerprint, period.id, _state) for period in dataset.periods[:until]])
