"""Reads the dataset file: the newest good version of it, and its faults. `history` writes it.

While nothing changes, a call costs one stat. The last good version stays whatever happens to the
file: replaced by rename or symlink, truncated or deleted for a moment, or saved with faults.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from minsheng.dataset import schema
from minsheng.dataset.schema import Document
from minsheng.labels import faults
from minsheng.model import DatasetError, Problem, Refused

# An in-place edit of equal size and time is invisible to stat, so the bytes are hashed now and
# then; large files less often, so that it never costs more than a thousandth of the time.
REHASH_EVERY = 30.0
REHASH_BYTES_A_SECOND = 1_000_000

Signature = tuple[int, int, int, int]
# Project and period; and the indicator; and a key of the reading: what `faults.lost` says.
Part = tuple[str, ...]


@dataclass(frozen=True)
class State:
    """What is known of the file. The same object as long as nothing changes.

    `document`, `fingerprint` and `saved_at` are those of the last good version, `problems` those
    of the newest bytes. `vanished` are the projects, `lost` the reports, readings and figures of
    others, that the newest good version lacks against the good one before it: a truncated save
    often parses, and a reading left out raises the mean. Projects, reports and counts are named
    until they are back, what else is lost once; what somebody took out here, with a reason, is not.
    """

    path: Path
    document: Document | None
    fingerprint: str
    saved_at: dt.datetime | None
    problems: tuple[Problem, ...] = ()
    vanished: tuple[str, ...] = ()
    parts_lost: tuple[Part, ...] = ()

    @property
    def lost(self) -> tuple[str, ...]:
        return tuple(faults.lost(*part) for part in self.parts_lost)


def read(path: Path) -> Document:
    """The dataset file, for one look.

    Raises:
        DatasetError: the file cannot be read, or what it holds is not a dataset.
    """
    return opened(path)[0]


def opened(path: Path) -> tuple[Document, str]:
    """The dataset file and its fingerprint, to edit and to save again.

    Raises:
        DatasetError: the file cannot be read, or what it holds is not a dataset.
    """
    data = raw(path)
    return schema.loads(data), fingerprint(data)


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def deliver(path: Path, data: bytes) -> None:
    """Puts a made document in its place, whole or not at all; makes the folder.

    Raises:
        OSError: it cannot be written; what was there before is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name[-40:]}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


class Store:
    """The dataset file, watched by whoever calls `current`; safe to call from many threads."""

    def __init__(
        self,
        path: Path,
        clock: Callable[[], float] = time.monotonic,
        is_saved: Callable[[Path, str], bool] = lambda *_: False,
    ) -> None:
        """`is_saved`: whether a version was saved here, by a person who has seen what it lacks."""
        self._path = path
        self._clock = clock
        self._is_saved = is_saved
        self._lock = threading.Lock()
        self._state = State(path, None, "", None)
        self._signature: Signature | None = None
        self._bad_fingerprint = ""
        self._hashed_at = clock()

    def current(self) -> State:
        """The state of the file. While one thread reads a new version the others get the old."""
        if self._is_due() and self._lock.acquire(blocking=self._state.document is None):
            try:
                if self._is_due():
                    self._refresh()
            finally:
                self._lock.release()
        return self._state

    def _is_due(self) -> bool:
        if self._signature is None or _signature(self._path) != self._signature:
            return True
        size = self._signature[3]
        return self._clock() - self._hashed_at > max(REHASH_EVERY, size / REHASH_BYTES_A_SECOND)

    def _refresh(self) -> None:
        """Reads until the file stands still; what is being written is read at the next call."""
        before = _signature(self._path)
        try:
            data = raw(self._path)
        except DatasetError as error:
            self._settle(before, replace(self._state, problems=error.problems), "")
            return
        found = fingerprint(data)
        if _signature(self._path) != before:
            return
        if found == self._state.fingerprint and self._state.document is not None:
            self._settle(before, replace(self._state, problems=()), "")
        elif found == self._bad_fingerprint:
            self._settle(before, self._state, found)
        else:
            self._parse(before, data, found)

    def _parse(self, signature: Signature | None, data: bytes, fingerprint: str) -> None:
        try:
            document = schema.loads(data)
        except DatasetError as error:
            self._settle(signature, replace(self._state, problems=error.problems), fingerprint)
            return
        saved_at = dt.datetime.fromtimestamp(signature[2] / 1e9, dt.UTC) if signature else None
        is_meant = self._is_saved(self._path, fingerprint)
        vanished = _vanished(self._state, document, is_meant)
        lost = _lost(self._state, document, is_meant)
        state = State(self._path, document, fingerprint, saved_at, (), vanished, lost)
        self._settle(signature, state, "")

    def _settle(self, signature: Signature | None, state: State, bad_fingerprint: str) -> None:
        self._bad_fingerprint = bad_fingerprint
        self._hashed_at = self._clock()
        if state != self._state:
            self._state = state
        self._signature = signature


def _vanished(before: State, after: Document, is_meant: bool = False) -> tuple[str, ...]:
    """Named until they are back: the list is kept while any of them is still missing."""
    present = {project.id for project in after.dataset.projects}
    if before.document is None:
        return ()
    known = {
        project.id: f"{project.id} {project.content}"
        for project in before.document.dataset.projects
    }
    kept = [name for name in before.vanished if name.partition(" ")[0] not in present]
    gone = [name for id_, name in known.items() if id_ not in present and not is_meant]
    return (*kept, *gone)


def _lost(before: State, after: Document, is_meant: bool = False) -> tuple[Part, ...]:
    """As `_vanished`, of the projects that are still there; a report with all that was in it."""
    if before.document is None:
        return ()
    now = set(_parts(after))
    kept = [part for part in before.parts_lost if part[3:] in ((), ("done",))]
    known = () if is_meant else _parts(before.document)
    gone = {part: None for part in (*kept, *known) if part not in now}
    present = {project.id for project in after.dataset.projects}
    return tuple(part for part in gone if part[:-1] not in gone and part[0] in present)


def _parts(document: Document) -> Iterator[Part]:
    for project in document.dataset.projects:
        for indicator in project.indicators:
            yield project.id, "", indicator.name
        for step in project.milestones:
            yield project.id, "", "", step.by.isoformat()
        for period, report in project.reports.items():
            yield project.id, period
            for name, reading in report.readings.items():
                yield project.id, period, name
                for key in faults.READINGS:
                    value = getattr(reading, key)
                    if value is not None and value is not False:
                        yield project.id, period, name, key
                for stage in reading.stages:
                    yield project.id, period, name, stage


def _signature(path: Path) -> Signature | None:
    """What stat tells two versions apart by; None where there is no file to stat."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def raw(path: Path) -> bytes:
    """The bytes of the file, dataset or not.

    Raises:
        DatasetError: they cannot be read.
    """
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode):
            if found.st_size > schema.LARGEST:
                raise DatasetError([Problem(1, 1, faults.SCHEMA["too_large"])])
            return path.read_bytes()
        is_folder = stat.S_ISDIR(found.st_mode)
        words = faults.FILE_IS_DIRECTORY if is_folder else faults.FILE_NOT_REGULAR
    except FileNotFoundError:
        words = faults.FILE_MISSING
    except PermissionError:
        words = faults.FILE_FORBIDDEN
    except OSError as error:
        words = faults.FILE_UNREADABLE.format(reason=error.strerror)
    raise DatasetError([Problem(1, 1, words.format(path=path))])


def load(path: Path, largest: int) -> bytes:
    """A file to import; one byte more than `largest` is read of a larger one, no more.

    Raises:
        Refused: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(largest + 1)
    except FileNotFoundError:
        words = faults.FILE_MISSING
    except IsADirectoryError:
        words = faults.IMPORT_IS_DIRECTORY
    except PermissionError:
        words = faults.FILE_FORBIDDEN
    except OSError as error:
        words = faults.FILE_UNREADABLE.format(reason=error.strerror)
    raise Refused(words.format(path=path))


def write_new(files: Mapping[Path, bytes], force: bool = False) -> None:
    """Writes the files, or none of them where one exists already and `force` is not set.

    Raises:
        Refused: one exists, or cannot be written.
    """
    for path in files:
        if not force and path.exists():
            raise Refused(faults.FILE_EXISTS.format(path=path))
    for path, data in files.items():
        try:
            with path.open("wb" if force else "xb") as stream:
                stream.write(data)
        except FileExistsError:
            raise Refused(faults.FILE_EXISTS.format(path=path)) from None
        except OSError as error:
            words = faults.FILE_UNWRITABLE.format(path=path, reason=error.strerror)
            raise Refused(words) from None
