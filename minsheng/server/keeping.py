"""What the process keeps for all viewers: the store, and what was worked out of its versions."""

from __future__ import annotations

import gc
import itertools
import os
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from minsheng.dataset import history
from minsheng.dataset.schema import Document
from minsheng.dataset.store import State, Store
from minsheng.labels import lists as list_words
from minsheng.lists import folder
from minsheng.lists.folder import Folder
from minsheng.measuring import series, snapshot
from minsheng.measuring.series import Series
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.model import Refused

ROOT = Path(__file__).resolve().parent.parent.parent
Value = TypeVar("Value")


_stores: dict[Path, Store] = {}
_making = threading.Lock()
_folders: dict[Path, tuple[float, Folder | None]] = {}
LOOKED_INTO_EVERY = 5.0  # seconds: for lists that are new in the folder, or gone


def data() -> Path:
    """The dataset's file, or the folder of lists."""
    return Path(os.environ.get("MINSHENG_DATA") or ROOT / "data" / "projects.yaml")


def lists() -> Folder | None:
    """The folder of lists, as it was some seconds ago; None where the data is one file."""
    path = data()
    known = _folders.get(path)
    if known is None or time.monotonic() - known[0] > LOOKED_INTO_EVERY:
        found = folder.read(path) if path.is_dir() else None
        known = _folders[path] = time.monotonic(), found
    return known[1]


def opened() -> list[Store]:
    """The stores of all lists that anybody has asked for."""
    with _making:
        return list(_stores.values())


def store(place: str = "", year: str = "") -> Store:
    """The one store of a list in the process; not in Streamlit's cache, which any browser may ask
    to be emptied. Of a folder of lists that of the place and the year; without them its first
    place, the newest year.

    Raises:
        Refused: the folder has no such list.
    """
    path, found = data(), lists()
    if found is not None:
        named = place or (found.lists[0].code if found.lists else None)
        if year and not (len(year) == 4 and year.isdecimal()):
            raise Refused(list_words.not_a_year(year))
        path = found.one(named, int(year) if year else None).path
    with _making:
        if path not in _stores:
            made = Store(path, is_saved=history.is_saved)
            made.current()
            settle()
            _stores[path] = made
        return _stores[path]


@dataclass(frozen=True)
class Rolled:
    """What all lists amounted to when their files were as `marks` says: the rows
    (`lists.engines.Frame`), a sentence for each file that is broken or out of place, the codes of
    the places whose file is there and gave no row, and what was counted of the rows."""

    marks: Hashable
    rows: Any
    broken: tuple[str, ...]
    unread: frozenset[str]
    _made: dict[Hashable, Any] = field(default_factory=dict)

    def counted(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """`make()` of these rows, made once."""
        if key not in self._made:
            self._made[key] = make()
        value: Value = self._made[key]
        return value


_rolling = threading.Lock()
_rolled: Rolled | None = None


def marks() -> Hashable:
    """What tells one state of the folder of lists from another; None where the data is one file."""
    found = lists()
    if found is None:
        return None
    return found.path, tuple((each.path, _mark(each.path)) for each in found.lists)


def _mark(path: Path) -> Hashable:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size


def rolled() -> Rolled:
    """Measured where a list has changed; whoever asks meanwhile waits for that.

    Raises:
        Refused: there is no list, or what they amount to cannot be kept.
    """
    # Only who watches many lists pays for loading what counts them.
    from minsheng.lists import engines, kept

    global _rolled
    with _rolling:
        now, found = marks(), lists()
        if _rolled is None or _rolled.marks != now:
            if found is None or not found.lists:
                raise Refused(list_words.no_lists(data()))
            built = kept.keep(kept.sources(found.path), kept.folder_of(found.path))
            rows = engines.Pandas().read(built.files)
            _rolled = Rolled(now, rows, built.said(found, kept.short), built.unread)
        return _rolled


_settled = itertools.count(1)
LOOKED_THROUGH_EVERY = 16
MOST_LOOSE = 3000  # objects, which take the collector some 0.7 ms


def settle() -> None:
    """Collects now, and hides what is left from Streamlit's collection after every rerun, which
    else costs ten times what a page does. What was hidden before stays so: it goes when nobody
    holds it any more, but for what holds itself. To look for that takes up to half a second in
    which no page runs, so it is done after every so many times; never, and an hour's worth of saves
    under open pages would cost hundreds of megabytes."""
    if next(_settled) % LOOKED_THROUGH_EVERY == 0:
        gc.unfreeze()
    gc.collect()
    gc.freeze()


def is_loose() -> bool:
    """Whether so much has come to stay since (figures, modules, sessions: some 400 objects each)
    that Streamlit's collection takes a fifth of a rerun."""
    return len(gc.get_objects()) > MOST_LOOSE


_Version = tuple[Document | None, dict[Hashable, Future[Any]]]


class Kept:
    """What was worked out from a version of the dataset: once, for all viewers.

    Whoever asks for what somebody is making waits for that alone; all others go on. Beside the
    newest version of a list the one before it stays: after a save some pages still draw it. Of many
    lists those stay that were asked for last.
    """

    MOST = 512
    VERSIONS = 2
    LISTS = 24

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lists: dict[Path, list[_Version]] = {}

    def get(
        self, path: Path, version: Document | None, key: Hashable, make: Callable[[], Any]
    ) -> Any:
        """`make()`, or what it returned before. Where it raises, whoever waits gets the same, and
        the next one tries again."""
        with self._lock:
            values = self._of(path, version)
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

    def _of(self, path: Path, version: Document | None) -> dict[Hashable, Future[Any]]:
        versions = self._lists.pop(path, [])
        self._lists[path] = versions  # the last that was asked for
        if len(self._lists) > self.LISTS:
            del self._lists[next(iter(self._lists))]
        for known, values in versions:
            if known is version:
                return values
        versions[:] = [*versions[1 - self.VERSIONS :], (version, {})]
        return versions[-1][1]


_kept = Kept()


def kept(state: State, key: Hashable, make: Callable[[], Value]) -> Value:
    """`make()` of this version of the dataset, made once; `key` names all else it depends on."""
    value: Value = _kept.get(state.path, state.document, key, make)
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
