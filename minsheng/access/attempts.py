"""Attempts to sign in, slowed: after some failures the wait doubles with each further one.

Three waits run side by side. One for a name from one address, with a long cap: that is where an
ordinary guesser stops. One for a name from wherever, and one for all names, for whoever has many
addresses; their caps are short, for otherwise a stranger could keep an editor out of his own
account for hours. A name and address that have signed in before are asked for the first alone.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

REMEMBERED = 10_000


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
BY_ALL = Slope(free=30, first=1, cap=5, forget=300)


@dataclass
class _Streak:
    failures: int
    last: float
    until: float


class Throttle:
    """Kept in this process and gone with it. Safe to call from many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._streaks: OrderedDict[Hashable, _Streak] = OrderedDict()
        self._known: OrderedDict[Hashable, None] = OrderedDict()

    def admit(self, name: str, address: str) -> float:
        """0 where the attempt may be made, else the seconds to wait.

        An admitted attempt counts as a failure at once, until `succeeded` takes it back: a hundred
        attempts started together are no way around the wait. One told to wait is not counted.
        """
        with self._lock:
            now = self._clock()
            counted = self._counted(name, address)
            exempt = (name, address) in self._known
            for key, slope in counted[:1] if exempt else counted:
                streak = self._current(key, slope, now)
                if streak and streak.until > now:
                    return streak.until - now
            for key, slope in counted:
                self._fail(key, slope, now)
            return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """Forgets this name's failures from this address, wherever they were counted."""
        with self._lock:
            (own, _), *shared = self._counted(name, address)
            forgiven = self._streaks.pop(own, None)
            for key, slope in shared:
                streak = self._streaks.get(key)
                if streak and forgiven:
                    streak.failures = max(0, streak.failures - forgiven.failures)
                    streak.until = streak.last + slope.wait(streak.failures)
            self._known[(name, address)] = None
            self._known.move_to_end((name, address))
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)

    @staticmethod
    def _counted(name: str, address: str) -> list[tuple[Hashable, Slope]]:
        return [((name, address), BY_NAME_AND_ADDRESS), (name, BY_NAME), (None, BY_ALL)]

    def _current(self, key: Hashable, slope: Slope, now: float) -> _Streak | None:
        streak = self._streaks.get(key)
        if streak and now - max(streak.last, streak.until) > slope.forget:
            del self._streaks[key]
            return None
        return streak

    def _fail(self, key: Hashable, slope: Slope, now: float) -> None:
        streak = self._current(key, slope, now) or _Streak(0, now, now)
        streak.failures += 1
        streak.last = now
        streak.until = now + slope.wait(streak.failures)
        self._streaks[key] = streak
        self._streaks.move_to_end(key)
        while len(self._streaks) > REMEMBERED:
            self._streaks.popitem(last=False)
