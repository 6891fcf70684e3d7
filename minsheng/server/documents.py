"""The documents of 导出, each made once in a process of its own, and few at a time."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field

from minsheng.labels import serving as words
from minsheng.measuring.snapshot import Filters
from minsheng.model import Refused
from minsheng.server.keeping import ROOT
from minsheng.server.worker import LACKING

AT_ONCE = 2
LONGEST = (
    600.0  # seconds; the largest known, 3,000 projects as PowerPoint, takes 35 on a free machine
)
KEPT_BYTES = 64_000_000

_log = logging.getLogger(__name__)


class Busy(Refused):
    """As many documents are being made as may be; the message is a sentence."""


@dataclass(frozen=True)
class Order:
    """A document of one version of the dataset; `text` is that version, named by `fingerprint`."""

    format: str
    period: str
    filters: Filters
    fingerprint: str
    text: str = field(repr=False, compare=False)

    def written(self) -> bytes:
        """As the worker reads it."""
        head = {
            "format": self.format,
            "period": self.period,
            "fingerprint": self.fingerprint,
            **asdict(self.filters),
        }
        return json.dumps(head).encode() + b"\n" + self.text.encode()


class Workshop:
    """Makes documents and keeps the last ones. All but `close` belongs to one event loop."""

    def __init__(self, make: Callable[[Order], bytes] | None = None) -> None:
        self._make = make or self._in_a_process
        self._made: OrderedDict[Order, bytes] = OrderedDict()
        self._making: dict[Order, asyncio.Future[bytes]] = {}
        self._threads = ThreadPoolExecutor(AT_ONCE, "document")
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._is_over = False

    async def get(self, order: Order) -> bytes:
        """The document. Whoever asks for one that is being made waits for that.

        Raises:
            Busy: others are being made, as many as may be.
            Refused: this machine lacks what it needs, or it took too long.
        """
        if order in self._made:
            self._made.move_to_end(order)
            return self._made[order]
        if order not in self._making:
            if len(self._making) >= AT_ONCE:
                raise Busy(words.BUSY.format(count=AT_ONCE))
            loop = asyncio.get_running_loop()
            self._making[order] = loop.run_in_executor(self._threads, self._make, order)
            self._making[order].add_done_callback(lambda made: self._put(order, made))
        # Who goes away does not take the document from who stays.
        return await asyncio.shield(self._making[order])

    def close(self) -> None:
        """Ends what is being made."""
        with self._lock:
            self._is_over = True
            for each in self._processes:
                each.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _put(self, order: Order, made: asyncio.Future[bytes]) -> None:
        del self._making[order]
        if made.cancelled() or made.exception() is not None:
            return
        self._made[order] = made.result()
        while len(self._made) > 1 and sum(map(len, self._made.values())) > KEPT_BYTES:
            self._made.popitem(last=False)

    def _in_a_process(self, order: Order) -> bytes:
        with self._lock:
            if self._is_over:
                raise Refused(words.STOPPED)
            process = subprocess.Popen(
                [sys.executable, "-m", "minsheng.server.worker"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            self._processes.add(process)
        try:
            made, said = process.communicate(order.written(), LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Refused(words.TOO_LONG.format(minutes=int(LONGEST // 60))) from None
        finally:
            with self._lock:
                self._processes.discard(process)
        if process.returncode == LACKING:
            raise Refused(made.decode())
        if process.returncode:
            _log.error("%r was not made: %s", order, said.decode(errors="replace"))
            raise Refused(words.FAILED)
        return made
