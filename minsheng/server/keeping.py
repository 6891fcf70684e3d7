"""What the process keeps for all viewers: the store, its watcher, the measured snapshots."""

from __future__ import annotations

import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from streamlit import runtime

from minsheng.dataset.schema import Document
from minsheng.dataset.store import State, Store
from minsheng.measuring import series, snapshot
from minsheng.measuring.series import Series
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.ui.address import ROOT

WATCH_EVERY = 0.25
APART = 0.015  # seconds, about what a page takes
Value = TypeVar("Value")


_stores: dict[Path, Store] = {}
_making = threading.Lock()


def store() -> Store:
    """The one store of the process, watched from one thread that wakes the pages.

    Not in Streamlit's cache, which any browser may ask to be emptied. Objects made so far are moved
    out of the reach of Streamlit's collection after every rerun, which costs ten times what a page
    does.
    """
    path = Path(os.environ.get("MINSHENG_DATA", ROOT / "data" / "projects.yaml"))
    with _making:
        if path not in _stores:
            made = Store(path)
            made.current()
            _settle()
            threading.Thread(target=_watch, args=(made,), name="dataset-watch", daemon=True).start()
            _stores[path] = made
        return _stores[path]


def _watch(watched: Store) -> None:
    """A stat four times a second for the whole process, however many pages are open."""
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
        # One after the other: all at once, each would wait for all the others.
        for place, info in enumerate(instance._session_mgr.list_active_sessions()):
            loop.call_soon_threadsafe(loop.call_later, place * APART, _wake, loop, info.session)


def _wake(loop: Any, session: Any) -> None:
    """On the event loop, as Streamlit's own messages. A page that is running is asked again when
    it is done: until then its address is not known, and it would come back without its choices."""
    if session._scriptrunner is None:
        session.request_rerun(session._client_state)
    else:
        loop.call_later(0.1, _wake, loop, session)


def _settle() -> None:
    """Collects now, and hides what is left from the collection after every rerun. What was hidden
    before stays so: it goes when nobody holds it any more, and looking at it takes half a second
    in which no page runs."""
    gc.collect()
    gc.freeze()


class _Kept:
    """What was worked out from one version of the dataset: once, for all viewers."""

    MOST = 512

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._version: Document | None = None
        self._values: dict[Hashable, Any] = {}

    def get(self, version: Document | None, key: Hashable, make: Callable[[], Any]) -> Any:
        # Under the lock, so that after a save a hundred pages do not all measure the same.
        with self._lock:
            if version is not self._version:
                self._version, self._values = version, {}
            if key not in self._values:
                if len(self._values) >= self.MOST:
                    del self._values[next(iter(self._values))]
                self._values[key] = make()
            return self._values[key]


_kept = _Kept()


def kept(state: State, key: Hashable, make: Callable[[], Value]) -> Value:
    """`make()` of this version of the dataset, made once; `key` names all else it depends on."""
    value: Value = _kept.get(state.document, key, make)
    return value


def taken(state: State, period: str, filters: Filters = EVERYTHING) -> Snapshot:
    """The last good version of the file, measured at a period."""
    document = state.document
    assert document is not None
    return kept(
        state,
        ("snapshot", period, filters),
        lambda: snapshot.at(document.dataset, period, state.fingerprint, filters),
    )


def along(state: State, period: str) -> Series:
    """The periods up to one, out of the snapshots that are taken already."""
    document = state.document
    assert document is not None
    dataset = document.dataset
    until = dataset.periods.index(dataset.period(period)) + 1
    return kept(
        state,
        ("series", period),
        lambda: series.of([taken(state, each.id) for each in dataset.periods[:until]]),
    )
