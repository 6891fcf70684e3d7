"""Reading a file in a process of its own, with limits: whatever is in it, the program that asked
goes on, and a person gets a sentence.

A program with one thread (the command) forks; one with many (the server) starts a new interpreter,
since a fork would inherit the locks that other threads hold.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter

from minsheng import importing
from minsheng.importing.tables import AS_CHOSEN, Proposed, Source, Wanted
from minsheng.labels.importing import FAULT
from minsheng.model import Refused

SECONDS = 5  # of the processor; a table of 2,000 rows takes 2
WAITING = 60  # by the clock, for a machine that has other things to do
MEMORY = 160 * 1024 * 1024  # beyond what the program itself takes

_OUT_OF_MEMORY, _FAILED = 3, 4
_ROOT = Path(__file__).parents[2]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Read:
    """What a file holds, and what its words are proposed to say; or why nothing was read."""

    source: Source | None = None
    rows: tuple[Proposed, ...] = ()
    fault: str = ""


_ANSWER = TypeAdapter(Read)


def read(
    name: str, data: bytes, year: int | None = None, wanted: Wanted = AS_CHOSEN
) -> tuple[Source, tuple[Proposed, ...]]:
    """As `importing.read` and `importing.proposed` for each of its rows. `year` is the
    plan's; None: what the table says of it.

    Raises:
        Refused: nothing was read, or reading took more time or memory than a table needs.
    """
    if len(data) > importing.LARGEST:
        raise Refused(FAULT["too_large"].format(limit=importing.LARGEST // 1024 // 1024))
    run = _forked if _may_fork() else _spawned
    status, answer = run(name, data, year, wanted)
    if status:
        raise Refused(_said(status, answer))
    found = _ANSWER.validate_json(answer)
    if found.source is None:
        raise Refused(found.fault)
    return found.source, found.rows


def _said(status: int, answer: bytes) -> str:
    """Why a process ended without an answer; `status` negative is the signal that ended it."""
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return FAULT["too_long"].format(seconds=SECONDS)
    if status == _OUT_OF_MEMORY:
        return FAULT["too_much_memory"]
    _log.error("an import ended with status %s\n%s", status, answer.decode("utf-8", "replace"))
    return FAULT["reader_failed"]


def _may_fork() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1


def _forked(name: str, data: bytes, year: int | None, wanted: Wanted) -> tuple[int, bytes]:
    """The status that the process ended with, and what it wrote."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        with os.fdopen(theirs, "wb") as into:
            status = _work(name, data, year, wanted, into)
        os._exit(status)
    os.close(theirs)
    timer = threading.Timer(WAITING, os.kill, (child, signal.SIGKILL))
    timer.start()
    try:
        with os.fdopen(ours, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
    finally:
        timer.cancel()
    return os.waitstatus_to_exitcode(status), answer


def _spawned(name: str, data: bytes, year: int | None, wanted: Wanted) -> tuple[int, bytes]:
    numbers = (year or 0, wanted.table, wanted.month)
    command = [sys.executable, "-m", "minsheng.importing.worker", name, *map(str, numbers)]
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter and our own module
            command, input=data, capture_output=True, timeout=WAITING, check=False, cwd=_ROOT
        )
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL, b""
    if done.stderr:
        _log.error("%s", done.stderr.decode("utf-8", "replace"))
    return done.returncode, done.stdout


def _work(name: str, data: bytes, year: int | None, wanted: Wanted, answer: BinaryIO) -> int:
    """In the process that reads: the status to end with."""
    try:
        _limit()
        answer.write(_ANSWER.dump_json(_read(name, data, year, wanted)))
    except MemoryError:
        return _OUT_OF_MEMORY
    except Exception:
        answer.write(traceback.format_exc().encode())
        return _FAILED
    return 0


def _read(name: str, data: bytes, year: int | None, wanted: Wanted) -> Read:
    try:
        source = importing.read(name, data, wanted)
    except Refused as fault:
        return Read(fault=str(fault))
    year = year or importing.year_of(source)
    return Read(source, tuple(importing.proposed(row, year) for row in source.rows))


def _limit() -> None:
    """For this process; where the system knows no limits (Windows) there are those of `WAITING`."""
    if importlib.util.find_spec("resource") is None:
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    taken = _data_taken()
    if taken is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (taken + MEMORY, taken + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _data_taken() -> int | None:
    """Bytes that this process has for its data; None where the system does not say (macOS)."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return None
    lines = (line.split() for line in status.splitlines() if line.startswith("VmData:"))
    return next((int(line[1]) * 1024 for line in lines), None)


if __name__ == "__main__":
    own_year, own_table, own_month = map(int, sys.argv[2:5])
    own = Wanted(own_table, own_month)
    sys.exit(_work(sys.argv[1], sys.stdin.buffer.read(), own_year or None, own, sys.stdout.buffer))
