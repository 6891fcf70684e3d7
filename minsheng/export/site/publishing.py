"""The pages of one list or of a folder of lists, put into a folder and kept up with the lists.

Beside the pages of each list lies what they were made of (`MARK`: the list's fingerprint, the
version of the program, the names of the pages): what has not changed is not written again, what is
gone is taken away, and nothing else is ever touched. A run that was killed has left its mark
without a fingerprint, and the next one ends it. Everything may be deleted at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from minsheng.dataset import store
from minsheng.export import site
from minsheng.export.site import Entry
from minsheng.labels import exports
from minsheng.labels import publish as say
from minsheng.lists import folder, kept
from minsheng.lists.amounts import Identity
from minsheng.lists.folder import misplaced
from minsheng.lists.pool import spread
from minsheng.measuring import snapshot
from minsheng.model import DatasetError, Problem, Refused

MARK = ".published.json"
SHARED = "assets"
_LARGEST = 10_000_000  # bytes of a mark


@dataclass(frozen=True)
class Source:
    """A list's file; `address` is the folder of its pages in the site, empty for the only one."""

    path: Path
    whose: Identity
    year: int
    address: str


@dataclass(frozen=True)
class Step:
    """One list is done. `pages` were written, none of one that had not changed; `problems` are the
    faults of a broken file, whose last good pages stay if `has_pages`."""

    source: Source
    pages: int = 0
    size: int = 0
    problems: tuple[Problem, ...] = ()
    has_pages: bool = True


@dataclass(frozen=True)
class _Mark:
    """`files` are the pages beside it; without a fingerprint they may be only half there."""

    fingerprint: str = ""
    version: str = ""
    files: tuple[str, ...] = ()
    entry: Mapping[str, Any] = field(default_factory=dict)

    @property
    def assets(self) -> str:
        return self.version.partition(" ")[0]


def sources(data: Path) -> list[Source]:
    """The file, or the lists of the folder."""
    if not data.is_dir():
        return [Source(data, Identity(), 0, "")]
    return [
        Source(each.path, each.whose, each.year, f"{each.whose.code}/{each.year}")
        for each in kept.sources(data)
    ]


def publish(data: Path, out: Path, with_findings: bool) -> Iterator[Step]:
    """Brings the folder `out` up to the lists; a step as each is done, in any order.

    Raises:
        Refused: there is no list; `out` holds what was not published here, or cannot be written.
    """
    lists = sources(data)
    if not lists:
        raise Refused(say.no_lists(data))
    try:
        version = f"{site.version()} {'findings' if with_findings else 'figures'}"
        _take(out)
        for name, text in site.assets().items():
            path = out / SHARED / site.version() / name
            if not path.exists():
                store.deliver(path, text)
        as_they_are = [_as_it_is(each, out, version) for each in lists]
        left = [each for each, step in zip(lists, as_they_are, strict=True) if step is None]
        broken = set()
        for step in chain(
            filter(None, as_they_are), spread(partial(_write, out=out, version=version), left)
        ):
            if step.problems:
                broken.add(step.source.address)
            yield step
        _settle(out, lists, broken, version)
    except OSError as error:
        raise Refused(exports.not_written(str(out), error.strerror)) from error


def _as_it_is(source: Source, out: Path, version: str) -> Step | None:
    """Where there is nothing to write: the list has not changed, or cannot be read."""
    mark = _read(out / source.address)
    try:
        found = store.fingerprint(store.raw(source.path))
    except DatasetError as error:
        return _broken(source, out, version, error.problems)
    same = (mark.fingerprint, mark.version) == (found, version)
    return Step(source) if same else None


def _write(source: Source, out: Path, version: str) -> Step:
    here = out / source.address
    before = _read(here)
    try:
        document, fingerprint = store.opened(source.path)
    except DatasetError as error:
        return _broken(source, out, version, error.problems)
    whose = source.whose
    if source.address:
        if found := misplaced(folder.Listed(source.path, whose.code, source.year), document):
            return _broken(source, out, version, found)
        whose = Identity.of(whose.code, document.dataset.parent)
    shot = snapshot.at(document.dataset, None, fingerprint)
    up = "../" * (source.address.count("/") + 1) if source.address else ""
    pages = site.pages(
        shot,
        f"{up}{SHARED}/{site.version()}",
        f"{up}index.html" if up else "",
        with_findings=version.endswith(" findings"),
    )
    files = tuple(pages)
    entry = asdict(site.entry(shot, whose, f"{source.address}/index.html"))
    _note(here, replace(before, fingerprint="", files=tuple({*before.files, *files})))
    for name, data in pages.items():
        store.deliver(here / name, data)
    _remove(here, set(before.files) - set(files))
    _note(here, _Mark(fingerprint, version, files, entry))
    return Step(source, len(pages), sum(map(len, pages.values())))


def _broken(source: Source, out: Path, version: str, problems: tuple[Problem, ...]) -> Step:
    """The last good pages stay, unless they hold, or may hold half written, findings and claims
    that are no longer published."""
    here = out / source.address
    mark = _read(here)
    shown = not mark.fingerprint or mark.version.endswith(" findings")
    if mark.files and shown and not version.endswith(" findings"):
        _remove(here, mark.files)
        mark = _Mark()
        _note(here, mark)
    return Step(source, problems=problems, has_pages=bool(mark.entry))


def _settle(out: Path, lists: Sequence[Source], broken: set[str], version: str) -> None:
    """Takes away what is gone, and writes the index of what is there."""
    there = {each.address for each in lists}
    for mark in out.glob(f"*/*/{MARK}"):
        if mark.parent.relative_to(out).as_posix() not in there:
            _remove(mark.parent, _read(mark.parent).files)
            mark.unlink()
            for empty in (mark.parent, mark.parent.parent):
                with suppress(OSError):  # somebody has put something of his own there
                    empty.rmdir()
    marks = {each.address: _read(out / each.address) for each in lists}
    if "" not in there:
        entries = [
            replace(_entry(mark.entry), broken=address in broken)
            for address, mark in marks.items()
            if mark.entry
        ]
        pages = site.index(entries, f"{SHARED}/{site.version()}")
        before = _read(out)
        _note(out, _Mark("", version, tuple({*before.files, *pages})))
        for name, data in pages.items():
            store.deliver(out / name, data)
        _remove(out, set(before.files) - set(pages))
        _note(out, _Mark("", version, tuple(pages)))
    used = {site.version(), *(mark.assets for mark in marks.values())}
    for old in (out / SHARED).iterdir():
        if old.name not in used:
            _remove(old, site.assets())
            with suppress(OSError):
                old.rmdir()


def _take(out: Path) -> None:
    """Makes the folder a site's; not one that holds something else.

    Raises:
        Refused: it does.
    """
    if (out / MARK).exists():
        return
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Refused(say.not_ours(out))
    _note(out, _Mark())


def _read(here: Path) -> _Mark:
    """The mark of a folder of pages; an empty one where there is none, or none that can be read."""
    try:
        found = json.loads(store.load(here / MARK, _LARGEST))
        return _Mark(**{**found, "files": tuple(found["files"])})
    except (Refused, ValueError, TypeError, KeyError):
        return _Mark()


def _note(here: Path, mark: _Mark) -> None:
    text = json.dumps(asdict(mark), ensure_ascii=False, separators=(",", ":"))
    store.deliver(here / MARK, text.encode())


def _entry(found: Mapping[str, Any]) -> Entry:
    return Entry(**{**found, "whose": Identity(**found["whose"])})


def _remove(here: Path, names: Iterable[str]) -> None:
    """Files of ours, by the names that a mark gives; no mark names one that is outside."""
    for name in names:
        path = here / name
        if ".." not in Path(name).parts and not Path(name).is_absolute():
            path.unlink(missing_ok=True)
            if path.parent != here:
                with suppress(OSError):
                    path.parent.rmdir()
