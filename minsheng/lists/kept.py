"""What each list amounts to, kept as Parquet: measured when its file or the rules change.

One file a list, named by the file's fingerprint and the version of the rules, so that to be there
is to be right. It is put there whole under its name, and the one before it stays beside it for
whoever reads that just now, and for the day on which the list's file is broken. Everything may be
deleted at any time. A build that is killed has kept what it finished; the next one goes on.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from minsheng.dataset import store
from minsheng.labels import lists as say
from minsheng.lists import amounts
from minsheng.lists.amounts import Identity
from minsheng.lists.folder import Folder, Listed, misplaced
from minsheng.lists.folder import read as listed
from minsheng.lists.pool import spread
from minsheng.model import DatasetError, Problem, Refused

FOLDER = ".amounts"
VERSIONS = 2  # of a list: the one that holds, and the one that somebody may be reading
ABANDONED = 3600.0  # seconds after which an unfinished file is a killed build's


@dataclass(frozen=True)
class Source:
    """A list's file, which need not be a good one; `year` is the one of its name."""

    path: Path
    year: int
    whose: Identity

    @property
    def name(self) -> str:
        return f"{self.whose.code}-{self.year}"


@dataclass(frozen=True)
class Kept:
    """`files` are the rows of every list that has any. `problems` are the faults of the files that
    are broken now; of those `outdated` still have the rows of an earlier version."""

    files: tuple[Path, ...]
    problems: Mapping[Path, tuple[Problem, ...]]
    outdated: frozenset[Path]

    @property
    def unread(self) -> frozenset[str]:
        """The codes of the places whose file is there, and broken, without rows of before."""
        return frozenset(path.parent.name for path in self.problems.keys() - self.outdated)

    def said(self, lists: Folder, name: Callable[[Path], str] = str) -> tuple[str, ...]:
        """A sentence for each file that is no list where it is, and each that is broken; `name` is
        what it is called."""
        strays = tuple(each.at(name(path)) for path, each in lists.strays.items())
        return strays + tuple(
            say.broken(name(path), [each.at(path.name) for each in found], path in self.outdated)
            for path, found in self.problems.items()
        )


def short(path: Path) -> str:
    """330302/2023.yaml: readers are told of no path of the server's."""
    return f"{path.parent.name}/{path.name}"


@dataclass(frozen=True)
class Step:
    """One list is done: its rows are kept, or its faults are known."""

    source: Source
    file: Path | None
    problems: tuple[Problem, ...] = ()


def sources(lists: Path) -> list[Source]:
    """The files of a folder of lists, by code and year."""
    return [Source(each.path, each.year, Identity.of(each.code)) for each in listed(lists).lists]


def folder_of(lists: Path) -> Path:
    """Where the rows of a folder of lists are kept: in `MINSHENG_AMOUNTS`, else inside it."""
    named = os.environ.get("MINSHENG_AMOUNTS")
    return Path(named) if named else lists / FOLDER


def stale(sources: Sequence[Source], folder: Path) -> tuple[list[Step], list[Source]]:
    """What is kept already, and which lists have to be measured."""
    done, left, versions = [], [], _listing(folder)
    for source in sources:
        try:
            file = folder / _file_name(source, store.fingerprint(store.raw(source.path)))
        except DatasetError as error:
            done.append(Step(source, None, error.problems))
            continue
        there = versions.get(source.name, [])
        if file not in there:
            left.append(source)
            continue
        if file != there[0]:  # the list is again as it was before
            with suppress(OSError):  # a reader that may not write finds it all the same
                file.touch()
        done.append(Step(source, file))
    return done, left


def build(left: Sequence[Source], folder: Path, workers: int | None = None) -> Iterator[Step]:
    """Measures the lists and keeps their rows, several at a time; a step as each is done.

    Raises:
        Refused: the folder cannot be written.
    """
    if not left:
        return
    _sweep(folder)
    yield from spread(partial(_measure, folder=folder), left, workers)


def settled(steps: Sequence[Step], folder: Path) -> Kept:
    """What there is to count; for a broken list the newest rows that were kept of it."""
    files, problems, outdated = [], {}, set()
    for step in sorted(steps, key=lambda each: each.source.name):
        file = step.file
        if step.problems:
            problems[step.source.path] = step.problems
            file = next(filter(_is_readable, _versions(step.source, folder)), None)
            if file is not None:
                outdated.add(step.source.path)
        if file is not None:
            files.append(file)
    return Kept(tuple(files), problems, frozenset(outdated))


def keep(sources: Sequence[Source], folder: Path, workers: int | None = None) -> Kept:
    """Everything above in one call, without a word on the way.

    Raises:
        Refused: the folder cannot be written.
    """
    done, left = stale(sources, folder)
    return settled([*done, *build(left, folder, workers)], folder)


def _measure(source: Source, folder: Path) -> Step:
    """The file as it is now, which may be newer than when it was found to be stale."""
    try:
        document, fingerprint = store.opened(source.path)
    except DatasetError as error:
        return Step(source, None, error.problems)
    code = source.whose.code
    if found := misplaced(Listed(source.path, code, source.year), document):
        return Step(source, None, found)
    whose = Identity.of(code, document.dataset.parent)
    table = amounts.of(document.dataset, whose, fingerprint)
    written = io.BytesIO()
    # Plain and without statistics: of files so small the frame is most of what reading costs.
    pq.write_table(table, written, compression="none", write_statistics=False)
    file = folder / _file_name(source, fingerprint)
    try:
        store.deliver(file, written.getvalue())
    except OSError as error:
        raise Refused(say.NOT_KEPT.format(folder=folder, reason=error.strerror)) from None
    for old in _versions(source, folder)[VERSIONS:]:
        old.unlink(missing_ok=True)
    return Step(source, file)


def _file_name(source: Source, fingerprint: str) -> str:
    return f"{source.name}.{fingerprint[:16]}-{amounts.rules()}.parquet"


def _listing(folder: Path, pattern: str = "*.parquet") -> dict[str, list[Path]]:
    """The rows that are kept of each list, newest first."""
    found: dict[str, list[tuple[int, Path]]] = {}
    for path in folder.glob(pattern):
        with suppress(FileNotFoundError):  # another build has just removed it
            found.setdefault(path.name.partition(".")[0], []).append(
                (path.stat().st_mtime_ns, path)
            )
    return {name: [path for _, path in sorted(each, reverse=True)] for name, each in found.items()}


def _versions(source: Source, folder: Path) -> list[Path]:
    return _listing(folder, f"{source.name}.*.parquet").get(source.name, [])


def _is_readable(file: Path) -> bool:
    """Rows of an older program may lack a column."""
    return bool(pq.read_schema(file).equals(amounts.SCHEMA))


def _sweep(folder: Path) -> None:
    """A build that was killed leaves the file that it was writing."""
    for path in folder.glob(".*.tmp"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()
