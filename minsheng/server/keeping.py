"""What the process keeps for all viewers: the store, and what was worked out of its versions."""

from __future__ import annotations

import gc
import itertools
import os
import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from minsheng.dataset import history
from minsheng.dataset.schema import Document
from minsheng.dataset.store import State, Store
from minsheng.measuring import series, snapshot
from minsheng.measuring.series import Series
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot

ROOT = Path(__file__).resolve().parent.parent.parent
Value = TypeVar("Value")


_stores: dict[Path, Store] = {}
_making = threading.Lock()


def store() -> Store:
    """The one store of the process; not in Streamlit's cache, which any browser may ask to be
    emptied."""
    path = Path(os.environ.get("MINSHENG_DATA", ROOT / "data" / "projects.yaml"))
    with _making:
        if path not in _stores:
            made = Store(path, is_saved=history.is_saved)
            made.current()
            settle()
            _stores[path] = made
        return _stores[path]


_settled = itertools.count(1)
LOOKED_THROUGH_EVERY = 16


def settle() -> None:
    """Collects now, and hides what is left from Streamlit's collection after every rerun, which
    else costs ten times what a page does. What was hidden before stays so: it goes when nobody
    holds it any more, but for what holds itself. To look for that takes up to half a second in
    which no page runs, so it is done after every so many saves; never, and an hour's worth of saves
    under open pages would cost hundreds of megabytes."""
    if next(_settled) % LOOKED_THROUGH_EVERY == 0:
        gc.unfreeze()
    gc.collect()
    gc.freeze()


class Kept:
    """What was worked out from a version of the dataset: once, for all viewers.

    Whoever asks for what somebody is making waits for that alone; all others go on. Beside the
    newest version the one before it stays: after a save some pages still draw it.
    """

    MOST = 512
    VERSIONS = 2

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._versions: list[tuple[Document | None, dict[Hashable, Future[Any]]]] = []

    def get(self, version: Document | None, key: Hashable, make: Callable[[], Any]) -> Any:
        """`make()`, or what it returned before. Where it raises, whoever waits gets the same, and
        the next one tries again."""
        with self._lock:
            values = self._of(version)
            made = values.get(key)
            mine = made is None
            if made is None:
                if len(values) >= self.MOST:
                    del values[next(iter(values))]
                made = values[key] = Future()
        if mine:
            try:
                made.set_result(make())
            except BaseException as error:
                made.set_exception(error)
                with self._lock:
                    if values.get(key) is made:
                        del values[key]
                raise
        return made.result()

    def _of(self, version: Document | None) -> dict[Hashable, Future[Any]]:
        for known, values in self._versions:
            if known is version:
                return values
        self._versions = [*self._versions[1 - self.VERSIONS :], (version, {})]
        return self._versions[-1][1]


_kept = Kept()


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
