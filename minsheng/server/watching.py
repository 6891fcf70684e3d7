"""The dataset is watched from the start of the server to its end, and open pages follow it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from minsheng.dataset.store import Store
from minsheng.server import keeping
from minsheng.server.keeping import settle
from minsheng.server.uploads import uploads

WATCH_EVERY = 0.25
APART = 0.015  # seconds, about what a page takes
SWEEP_EVERY = 20  # looks
QUIET = 2.0  # seconds: what a slow browser takes to draw what it was sent

_ran: dict[str, float] = {}  # when a session's page last ran to its end

_log = logging.getLogger(__name__)


@contextlib.contextmanager
def watched(stores: Callable[[], Sequence[Store]]) -> Iterator[None]:
    """A stat of each list four times a second for the whole process, however many pages are open;
    `stores` are those that anybody has asked for."""
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(stores, over), name="dataset-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _watch(stores: Callable[[], Sequence[Store]], over: threading.Event) -> None:
    seen, seen_lists = {store: store.current() for store in stores()}, keeping.marks()
    for tick in itertools.count():
        if over.wait(WATCH_EVERY):
            return
        try:
            sweeps = tick % SWEEP_EVERY == 0
            if sweeps:
                _loop().call_soon_threadsafe(_sweep)
            now = {store: store.current() for store in stores()}
            lists = keeping.marks()
            is_new = any(seen.get(store, state) is not state for store, state in now.items())
            is_new = is_new or lists != seen_lists
            if is_new or (sweeps and keeping.is_loose()):
                settle()
            if is_new:
                _wake_pages()
            seen, seen_lists = now, lists
        except Exception:  # a watcher that died would be silent: the pages would just stay old
            _log.exception("dataset watch")


def _wake_pages() -> None:
    """Asks every open page to run again. There is no public call; a browser test holds this one."""
    loop = _loop()
    # One after the other: all at once, each would wait for all the others.
    for place, info in enumerate(_sessions().list_active_sessions()):
        loop.call_soon_threadsafe(loop.call_later, place * APART, _wake, loop, info.session)


def _sweep() -> None:
    """On the event loop. To ask for the sessions lets go of those cut off too long ago."""
    known = {each.session.id for each in _sessions().list_sessions()}
    uploads.sweep(known)
    for gone in _ran.keys() - known:
        del _ran[gone]


def ran() -> None:
    """Notes that the page that calls has run to its end."""
    if context := get_script_run_ctx():
        _ran[context.session_id] = time.monotonic()


def _loop() -> asyncio.AbstractEventLoop:
    return runtime.get_instance()._get_async_objs().eventloop


def _sessions() -> Any:
    return runtime.get_instance()._session_mgr


def _wake(loop: Any, session: Any) -> None:
    """On the event loop, as Streamlit's own messages. A page that is running is asked again when
    it is done: until then its address is not known, and it would come back without its choices.
    One that has not run yet is left alone for the same reason: it will ask by itself. One that has
    just run is given time to draw: of two answers at once a browser draws only the second, and a
    value that the first one set would never have been in its field."""
    if session._scriptrunner is not None:
        loop.call_later(0.1, _wake, loop, session)
    elif (quiet := time.monotonic() - _ran.get(session.id, -QUIET)) < QUIET:
        loop.call_later(QUIET - quiet, _wake, loop, session)
    elif session._client_state.page_script_hash:
        session.request_rerun(session._client_state)
