"""Work on many lists at once, in processes that end with the one that began them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import connection, get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

# Below this many lists a process of its own costs more than it gives: each imports pandas first.
FROM = 16


def spread(
    work: Callable[[Item], Made], items: Sequence[Item], workers: int | None = None
) -> Iterator[Made]:
    """What `work` makes of each, as it is done; of many lists several at a time. `work` is one that
    a new process can import."""
    most = min(workers or os.cpu_count() or 1, len(items))
    if most < 2 or (workers is None and len(items) < FROM):
        yield from map(work, items)
        return
    with ProcessPoolExecutor(most, get_context("spawn"), _follow_parent) as pool:
        waiting = [pool.submit(work, item) for item in items]
        try:
            for each in as_completed(waiting):
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _follow_parent() -> None:
    """A worker whose builder was killed would wait for work for ever."""
    builder = parent_process()
    if builder is not None:
        threading.Thread(target=_end_with, args=(builder,), daemon=True).start()


def _end_with(builder: BaseProcess) -> None:
    """The sentinel is a pipe, and a pipe may be closed without its process being gone: the one who
    is no child of the builder any more is sure of it."""
    connection.wait([builder.sentinel])
    while os.name == "posix" and os.getppid() == builder.pid:
        time.sleep(0.2)
    os._exit(1)
