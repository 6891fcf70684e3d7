"""What saving asks of the operating system: written means on the disk, locked means alone."""

from __future__ import annotations

import contextlib
import os
import random
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path


def write(path: Path, data: bytes, like: os.stat_result) -> None:
    """A new file, on the disk when this returns, with the owner and permissions of `like`."""
    path.unlink(missing_ok=True)
    handle = _opened(path, 0, like)
    try:
        _put(handle, data)
    finally:
        os.close(handle)


def append(path: Path, data: bytes, like: os.stat_result) -> None:
    """All of the data at the end of the file, or none."""
    handle = _opened(path, os.O_APPEND, like)
    try:
        size = os.fstat(handle).st_size
        try:
            _put(handle, data)
        except OSError:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)


def sync(folder: Path) -> None:
    """A rename is on the disk when its folder is. Windows has no such call."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folder(path: Path) -> None:
    """As open to others as the folder it stands in."""
    above = path.parent.stat()
    path.mkdir(exist_ok=True)
    if sys.platform != "win32":
        handle = os.open(path, os.O_RDONLY)
        try:
            _own(handle, above)
        finally:
            os.close(handle)
    sync(path.parent)


@contextlib.contextmanager
def locked(path: Path, like: os.stat_result, wait: float) -> Iterator[bool]:
    """Whether the lock was got within `wait` seconds. A dead process holds none."""
    handle = _opened(path, 0, like)
    try:
        deadline = time.monotonic() + wait
        while not (is_ours := _lock(handle)) and time.monotonic() < deadline:
            time.sleep(random.uniform(0.001, 0.02))  # noqa: S311 - so that two do not step alike
        yield is_ours
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # the second is what Windows says
        return False
    return True


def _opened(path: Path, flags: int, like: os.stat_result) -> int:
    """The file, open for writing; made if it is not there."""
    flags |= os.O_RDWR | getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        made = os.open(path, flags | os.O_CREAT, 0o600)
    _own(made, like)
    return made


def _own(handle: int, like: os.stat_result) -> None:
    if sys.platform != "win32":
        for owner in ((like.st_uid, -1), (-1, like.st_gid)):  # as far as we may
            with contextlib.suppress(PermissionError):
                os.fchown(handle, *owner)
        os.fchmod(handle, stat.S_IMODE(like.st_mode))


def _put(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
    os.fsync(handle)
