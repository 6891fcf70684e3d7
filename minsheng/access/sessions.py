"""Which sign-ins are still good: each ends after a time without use, and at last in any case.

They are kept in this process, so a restart ends them all. What a cookie says of a sign-in made
elsewhere is believed only while it is fresh.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

IDLE_MINUTES = 60
HOURS = 12
FRESH = 600.0


@dataclass
class _Login:
    since: float
    used: float
    over: bool = False


class Sessions:
    """Sign-ins by a key that nobody can guess. Safe to call from many threads."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        idle: float = IDLE_MINUTES * 60.0,
        longest: float = HOURS * 3600.0,
    ) -> None:
        self._clock, self._idle, self._longest = clock, idle, longest
        self._lock = threading.Lock()
        self._logins: dict[str, _Login] = {}

    def start(self, key: str, age: float = 0.0) -> bool:
        """Takes up a sign-in made `age` seconds ago; False where it is known or no longer fresh."""
        with self._lock:
            now = self._clock()
            kept = self._logins.items()
            self._logins = {k: v for k, v in kept if now - v.since <= self._longest}
            if key in self._logins or age > FRESH:
                return False
            self._logins[key] = _Login(now - max(0.0, age), now)
            return True

    def alive(self, key: str, used: bool = True) -> bool:
        """Whether the sign-in is good; with `used` its idle time begins anew."""
        with self._lock:
            login = self._logins.get(key)
            now = self._clock()
            if login is None or login.over:
                return False
            if now - login.used > self._idle or now - login.since > self._longest:
                login.over = True
                return False
            if used:
                login.used = now
            return True

    def end(self, key: str) -> None:
        """For every tab it is open in. The key stays known, so that no cookie brings it back."""
        with self._lock:
            now = self._clock()
            self._logins.setdefault(key, _Login(now, now)).over = True


def login_key(claims: Mapping[str, object]) -> str:
    """One key for one login at a provider, the same in every tab that carries its cookie."""
    once = [str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce", "jti")]
    return hashlib.sha256(json.dumps(once).encode()).hexdigest()
