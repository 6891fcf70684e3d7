"""Saving the dataset file: nobody's change is lost, and every version and its reason are kept.

Beside the file stands `.history/`: a copy of each version under its fingerprint, and a journal, one
JSON line a save. The order of a save is what makes it whole after a crash at any point:

1. the copy, and the new file under another name, are on the disk;
2. the journal's line is on the disk as an *intent*;
3. the new file is renamed onto the old one;
4. the line is appended to the journal, and the intent removed.

Whoever comes next finds an intent only after a crash, and asks the file itself whether step 3
happened. A change made outside, in an editor, shows as such at the next save.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from minsheng.dataset import disk, schema, store
from minsheng.dataset.schema import Document
from minsheng.labels import editing as say
from minsheng.model import DatasetError, Refused

LONGEST_WAIT = 20.0  # seconds for the others' saves, each of some ten milliseconds
_BOM = b"\xef\xbb\xbf"
_FAULTS = {
    errno.ENOSPC: say.DISK_FULL,
    errno.EDQUOT: say.DISK_FULL,
    errno.EFBIG: say.DISK_FULL,
    errno.EROFS: say.FOLDER_READ_ONLY,
    errno.EACCES: say.FORBIDDEN,
    errno.EPERM: say.FORBIDDEN,
    errno.EBUSY: say.MOUNTED_ALONE,
    errno.ENOENT: say.GONE,
}


class Conflict(Refused):
    """The file is no longer the one that the editor started from.

    `document` is None where the newer text is no dataset; `version` says who saved it, None where
    it was changed outside.
    """

    def __init__(self, text: str, fingerprint: str, version: Version | None) -> None:
        self.text = text
        self.fingerprint = fingerprint
        self.version = version
        super().__init__(say.changed_since(version.who if version else ""))

    @property
    def document(self) -> Document | None:
        try:
            return schema.loads(self.text.encode("utf-8"))
        except DatasetError:
            return None


@dataclass(frozen=True)
class Version:
    """A line of the journal. `before` and `fingerprint` are SHA-256 of the file's bytes.

    `outside`: the file was changed without us, between the save before and the one after;
    `when` is then the file's own time. The first line is how the file was found.
    """

    number: int
    when: dt.datetime
    who: str
    why: str
    before: str
    fingerprint: str
    outside: bool = False


class _Place:
    """Where everything of one dataset file stands; a symlink's target is the file."""

    def __init__(self, path: Path) -> None:
        self.file = path.resolve()
        name = self.file.name
        self.folder = self.file.parent / ".history"
        self.temporary = self.file.parent / f".{name}.saving"
        self.journal = self.folder / f"{name}.jsonl"
        self.intent = self.folder / f"{name}.intent"
        self.lock = self.folder / f"{name}.lock"
        self.scratch = self.folder / f"{name}.scratch"

    def copy(self, fingerprint: str) -> Path:
        return self.folder / f"{fingerprint}.yaml"


def save(
    path: Path, document: Document, *, expected: str, who: str, why: str, when: dt.datetime
) -> Version:
    """Puts the document in the file's place; `expected` is the fingerprint it was edited from.

    A byte order mark stays, or stays away, as the file has it.

    Raises:
        Conflict: the file is another one by now.
        Refused: what is no dataset; nobody's name, no reason, nothing changed; the disk is full,
            read-only, forbidden; or somebody saves without end.
    """
    if not who.strip() or not why.strip():
        raise Refused(say.NO_NAME if not who.strip() else say.NO_REASON)
    data = document.text.encode("utf-8")
    schema.check(document.dataset)
    place = _Place(path)
    with _said(place), _locked(place):
        _recover(place)
        _may_replace(place)
        seen = _stamp(place)
        old = place.file.read_bytes()
        current = store.fingerprint(old)
        last = _last(place)
        known = last if last and last.fingerprint == current else None
        if current != expected:
            raise Conflict(old.decode("utf-8-sig", "replace"), current, known)
        data = _BOM + data if old.startswith(_BOM) else data
        made = store.fingerprint(data)
        if made == current:
            raise Refused(say.UNCHANGED)
        if known is None:
            known = _notice(place, old, last)
        version = Version(
            known.number + 1, _whole_second(when), who.strip(), why.strip(), current, made
        )
        _replace(place, data, version, seen)
        return version


def versions(path: Path) -> tuple[Version, ...]:
    """Every version, newest first. Writes nothing, so that whoever may only look can look.

    Raises:
        Refused: the journal cannot be read.
    """
    place = _Place(path)
    with _said(place, reading=True):
        intent = _intent(place)
        found = _journal(place)
        last = found[-1].number if found else 0
        if intent and intent.number > last and _happened(place, intent):
            found.append(intent)
    return tuple(reversed(found))


def is_saved(path: Path, fingerprint: str) -> bool:
    """Whether the newest version is this one, saved here by a person and with a reason. A journal
    that cannot be read tells of nobody; whoever asks for the history hears why."""
    place = _Place(path)
    try:
        # In this order: a save that ends meanwhile is in the journal before its intent goes.
        newest = [each for each in (_intent(place), _last(place)) if each]
    except (OSError, Refused):
        return False
    return any(each.fingerprint == fingerprint and not each.outside for each in newest)


def version_text(path: Path, fingerprint: str) -> str:
    """The text of a version; to restore it, save it.

    Raises:
        Refused: there is no whole copy of it.
    """
    if not re.fullmatch("[0-9a-f]{64}", fingerprint):
        raise Refused(say.NO_VERSION.format(fingerprint=fingerprint[:12]))
    place = _Place(path)
    with _said(place, reading=True):
        try:
            data = place.copy(fingerprint).read_bytes()
        except FileNotFoundError:
            raise Refused(say.NO_VERSION.format(fingerprint=fingerprint[:12])) from None
    if store.fingerprint(data) != fingerprint:
        raise Refused(say.BAD_VERSION.format(fingerprint=fingerprint[:12]))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(say.NOT_UTF8.format(fingerprint=fingerprint[:12])) from None


def _may_replace(place: _Place) -> None:
    """A rename asks neither the file's own permissions nor its other names."""
    found = place.file.stat()
    if not found.st_mode & 0o222:
        raise Refused(say.READ_ONLY.format(path=place.file))
    if found.st_nlink > 1:
        raise Refused(say.HARD_LINK.format(path=place.file))


def _stamp(place: _Place) -> tuple[int, int, int]:
    found = place.file.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _replace(place: _Place, data: bytes, version: Version, seen: tuple[int, int, int]) -> None:
    """Raises Conflict where the file is no longer the one that was seen."""
    try:
        _keep(place, data, version.fingerprint)
        disk.write(place.temporary, data, place.file.stat())
        disk.sync(place.file.parent)
        _write_whole(place, place.intent, _line(version))
        if _stamp(place) != seen:  # somebody saved in an editor in this very moment
            newer = place.file.read_bytes()
            raise Conflict(newer.decode("utf-8-sig", "replace"), store.fingerprint(newer), None)
        place.temporary.replace(place.file)
    except (OSError, Conflict):
        place.intent.unlink(missing_ok=True)
        place.temporary.unlink(missing_ok=True)
        raise
    try:
        disk.sync(place.file.parent)
    except OSError:
        raise Refused(say.NOT_CONFIRMED) from None
    # The save has happened. Where the line finds no room the intent stays and stands for it,
    # until the next save finds room for both.
    with contextlib.suppress(OSError):
        _append(place, version)
        place.intent.unlink()


def _recover(place: _Place) -> None:
    """Finishes, or forgets, what a save left when it was killed."""
    _cut_torn_line(place)
    intent = _intent(place)
    if intent is not None:
        last = _last(place)
        if (last is None or last.number < intent.number) and _happened(place, intent):
            _append(place, intent)
        place.intent.unlink()
        disk.sync(place.folder)
    place.temporary.unlink(missing_ok=True)
    place.scratch.unlink(missing_ok=True)


def _happened(place: _Place, intent: Version) -> bool:
    """Whether the rename took place. If the file has been changed outside since, it is the
    renamed name that tells: it is there until then, and gone afterwards."""
    try:
        current = store.fingerprint(place.file.read_bytes())
    except FileNotFoundError:
        current = ""
    if current in (intent.before, intent.fingerprint):
        return current == intent.fingerprint
    return not place.temporary.exists()


def _notice(place: _Place, data: bytes, last: Version | None) -> Version:
    """A version that did not come through us: the first of all, or one made in an editor."""
    fingerprint = store.fingerprint(data)
    _keep(place, data, fingerprint)
    at = dt.datetime.fromtimestamp(int(place.file.stat().st_mtime), dt.UTC)
    number, before = (last.number, last.fingerprint) if last else (0, "")
    version = Version(number + 1, at, "", "", before, fingerprint, outside=True)
    _append(place, version)
    return version


def _keep(place: _Place, data: bytes, fingerprint: str) -> None:
    copy = place.copy(fingerprint)
    if not copy.exists() or store.fingerprint(copy.read_bytes()) != fingerprint:
        _write_whole(place, copy, data)


# The journal.


def _line(version: Version) -> bytes:
    said = {**asdict(version), "when": version.when.isoformat()}
    return json.dumps(said, ensure_ascii=False).encode("utf-8") + b"\n"


def _parsed(line: bytes, number: int, path: Path) -> Version:
    try:
        said = json.loads(line)
        made: Version | None = Version(**{**said, "when": dt.datetime.fromisoformat(said["when"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        made = None
    if made is None or not _is_sound(made):
        raise Refused(say.BAD_JOURNAL.format(path=path, line=number))
    return made


def _is_sound(version: Version) -> bool:
    """Whether its values have their types, which a line of JSON does not ask for."""
    words = (version.who, version.why, version.before, version.fingerprint)
    flags = (type(version.number) is int, type(version.outside) is bool, version.when.tzinfo)
    return all(flags) and all(type(each) is str for each in words)


def _journal(place: _Place) -> list[Version]:
    """Whole lines only: one without its line break was being written when the power failed."""
    return [_parsed(line, number, place.journal) for number, line in _lines(place)]


def _last(place: _Place) -> Version | None:
    lines = _lines(place)
    return _parsed(lines[-1][1], lines[-1][0], place.journal) if lines else None


def _lines(place: _Place) -> list[tuple[int, bytes]]:
    """(number, line) of those that say something: an editor may leave a blank one behind."""
    lines = _journal_bytes(place).split(b"\n")[:-1]
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _journal_bytes(place: _Place) -> bytes:
    try:
        return place.journal.read_bytes()
    except FileNotFoundError:
        return b""


def _intent(place: _Place) -> Version | None:
    try:
        return _parsed(place.intent.read_bytes(), 1, place.intent)
    except FileNotFoundError:
        return None


def _append(place: _Place, version: Version) -> None:
    is_new = not place.journal.exists()
    disk.append(place.journal, _line(version), place.file.stat())
    if is_new:
        disk.sync(place.folder)


def _cut_torn_line(place: _Place) -> None:
    data = _journal_bytes(place)
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        os.truncate(place.journal, whole)


def _whole_second(when: dt.datetime) -> dt.datetime:
    return when.astimezone(dt.UTC).replace(microsecond=0)


def _write_whole(place: _Place, path: Path, data: bytes) -> None:
    """A file of the history folder, there as a whole or not at all."""
    try:
        disk.write(place.scratch, data, place.file.stat())
        place.scratch.replace(path)
    except OSError:
        place.scratch.unlink(missing_ok=True)
        raise
    disk.sync(place.folder)


@contextlib.contextmanager
def _locked(place: _Place) -> Iterator[None]:
    like = place.file.stat()
    if not place.folder.exists():
        disk.make_folder(place.folder)
    with disk.locked(place.lock, like, LONGEST_WAIT) as is_ours:
        if not is_ours:
            raise Refused(say.BUSY)
        yield


@contextlib.contextmanager
def _said(place: _Place, reading: bool = False) -> Iterator[None]:
    """What the operating system reports, as a sentence."""
    try:
        yield
    except OSError as error:
        words = say.READ_FAULT if reading else _FAULTS.get(error.errno or 0, say.OTHER_FAULT)
        raise Refused(words.format(path=place.file, reason=error.strerror)) from error
