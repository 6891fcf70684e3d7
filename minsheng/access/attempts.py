"""Attempts to sign in, slowed: after some failures the wait doubles with each further one.

Waits run side by side. One for a name from one address, with a long cap: that is where an ordinary
guesser stops. One for a name from wherever, one for an address whatever the name, one for all
names, for whoever has many of them; their caps are short, for otherwise a stranger could keep an
editor out of his own account for hours. A name and address that have signed in before are asked
for the first alone. Names that do not exist count for their address, and among themselves: nobody's
account is slowed, and nobody's failures are forgotten, by guesses at names.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

REMEMBERED = 10_000
REPORT_EVERY = 60.0  # seconds between two lines in the log about what was slowed


@dataclass(frozen=True)
class Slope:
    """`free` failures without a wait, then `first` seconds, doubled at each, at most `cap`.

    A quiet time of `forget` seconds after the last failure makes everything as it was.
    """

    free: int
    first: float
    cap: float
    forget: float

    def wait(self, failures: int) -> float:
        if failures < self.free:
            return 0.0
        return float(min(self.cap, self.first * 2.0 ** min(failures - self.free, 60)))


BY_NAME_AND_ADDRESS = Slope(free=3, first=2, cap=900, forget=3600)
BY_NAME = Slope(free=10, first=2, cap=30, forget=900)
BY_ADDRESS = Slope(free=10, first=2, cap=30, forget=900)
BY_ALL = Slope(free=30, first=1, cap=5, forget=300)


@dataclass
class _Streak:
    failures: int
    last: float
    until: float


_Streaks = OrderedDict[Hashable, _Streak]


class Throttle:
    """Kept in this process and gone with it. Safe to call from many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._streaks: OrderedDict[Hashable, _Streak] = OrderedDict()
        self._strangers: OrderedDict[Hashable, _Streak] = OrderedDict()
        self._signed_in: OrderedDict[Hashable, None] = OrderedDict()
        self._slowed = 0
        self._reported_at = -REPORT_EVERY

    def admit(self, name: str, address: str, exists: bool = True) -> float:
        """0 where the attempt may be made, else the seconds to wait; `exists`: there is an account
        of this name.

        An admitted attempt counts as a failure at once, until `succeeded` takes it back: a hundred
        attempts started together are no way around the wait. One told to wait is not counted.
        """
        with self._lock:
            now = self._clock()
            counted = self._counted(name, address, exists)
            exempt = exists and (name, _network(address)) in self._signed_in
            for streaks, key, slope in counted[:1] if exempt else counted:
                streak = self._current(streaks, key, slope, now)
                if streak and streak.until > now:
                    self._slowed += 1
                    return streak.until - now
            for streaks, key, slope in counted:
                self._fail(streaks, key, slope, now)
            return 0.0

    def slowed(self) -> int:
        """How many attempts were slowed since this was last answered; 0 where that is less than a
        minute ago, or there were none."""
        with self._lock:
            now = self._clock()
            if not self._slowed or now - self._reported_at < REPORT_EVERY:
                return 0
            count, self._slowed, self._reported_at = self._slowed, 0, now
            return count

    def succeeded(self, name: str, address: str) -> None:
        """Forgets this name's failures from this address, wherever they were counted."""
        with self._lock:
            (_, own, _), *shared = self._counted(name, address, exists=True)
            forgiven = self._streaks.pop(own, None)
            for streaks, key, slope in shared:
                streak = streaks.get(key)
                if streak and forgiven:
                    streak.failures = max(0, streak.failures - forgiven.failures)
                    streak.until = streak.last + slope.wait(streak.failures)
            where = (name, _network(address))
            self._signed_in[where] = None
            self._signed_in.move_to_end(where)
            while len(self._signed_in) > REMEMBERED:
                self._signed_in.popitem(last=False)

    def _counted(
        self, name: str, address: str, exists: bool
    ) -> list[tuple[_Streaks, Hashable, Slope]]:
        """Where a failure counts: in which streaks, under which key, and how steep. What strangers
        fill is kept apart, so that many names push out no account's failures."""
        named, where = self._streaks if exists else self._strangers, _network(address)
        return [
            (named, (name, where), BY_NAME_AND_ADDRESS),
            (named, name, BY_NAME),
            (named, None, BY_ALL),
            (self._strangers, ("", where), BY_ADDRESS),
        ]

    @staticmethod
    def _current(streaks: _Streaks, key: Hashable, slope: Slope, now: float) -> _Streak | None:
        streak = streaks.get(key)
        if streak and now - max(streak.last, streak.until) > slope.forget:
            del streaks[key]
            return None
        return streak

    def _fail(self, streaks: _Streaks, key: Hashable, slope: Slope, now: float) -> None:
        streak = self._current(streaks, key, slope, now) or _Streak(0, now, now)
        streak.failures += 1
        streak.last = now
        streak.until = now + slope.wait(streak.failures)
        streaks[key] = streak
        streaks.move_to_end(key)
        while len(streaks) > REMEMBERED:
            streaks.popitem(last=False)


def _network(address: str) -> str:
    """What one machine may choose its address from: of IPv6 the network of 64 bits."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
