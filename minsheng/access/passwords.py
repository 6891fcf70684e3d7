"""Passwords as scrypt hashes: `scrypt$n$r$p$salt$hash`, salt and hash in base64.

What a file may ask of the server is bounded on both sides: at least what a guesser should have to
pay, at most 128 MB for an attempt, and two attempts at a time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import threading
import unicodedata
from dataclasses import dataclass

SHORTEST, LONGEST = 10, 128
# OWASP's equal of n=2^17, p=1 with a quarter of the memory: 32 MB, 0.3 s of one core.
N, R, P = 2**15, 8, 3
LEAST_WORK, MOST_WORK = 2**14 * 8 * 5, 2**17 * 8 * 2
MOST_MEMORY = 128 * 2**20
SALT_BYTES, HASH_BYTES = 16, 32

_COMMON = ("password", "qwertyuiop", "1234567890", "0123456789", "abcdefghij", "iloveyou", "admin")
_at_a_time = threading.BoundedSemaphore(2)


class NotAHashError(ValueError):
    """What stands in a hash's place is none: a password written as it is, a line cut short."""


class BadCostError(ValueError):
    """The parameters are too cheap to protect anything, or dear enough to stop the server."""


@dataclass(frozen=True)
class Hash:
    """Never printed: a page or a log that shows it invites guessing at home."""

    n: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    def __repr__(self) -> str:
        return "Hash(...)"

    @classmethod
    def parse(cls, line: str) -> Hash:
        """Raises NotAHashError or BadCostError."""
        parts = line.split("$")
        numbers = parts[1:4]
        if len(parts) != 6 or parts[0] != "scrypt" or not all(map(_is_number, numbers)):
            raise NotAHashError
        n, r, p = map(int, numbers)
        salt, digest = _bytes(parts[4]), _bytes(parts[5])
        if not 16 <= len(salt) <= 64 or not 32 <= len(digest) <= 64:
            raise NotAHashError
        if n < 2**14 or n & (n - 1) or not 1 <= r <= 32 or not 1 <= p <= 16:
            raise BadCostError
        if 128 * n * r > MOST_MEMORY or not LEAST_WORK <= n * r * p <= MOST_WORK:
            raise BadCostError
        return cls(n, r, p, salt, digest)

    def line(self) -> str:
        salt, digest = (base64.b64encode(each).decode() for each in (self.salt, self.digest))
        return f"scrypt${self.n}${self.r}${self.p}${salt}${digest}"

    def verify(self, password: str) -> bool:
        """Takes as long for a wrong password as for the right one."""
        wanted = _scrypt(password, self.salt, self.n, self.r, self.p, len(self.digest))
        return hmac.compare_digest(wanted, self.digest)

    def dummy(self) -> Hash:
        """What an unknown name is checked against: as dear as this one, and right for nobody."""
        salt, digest = os.urandom(len(self.salt)), os.urandom(len(self.digest))
        return Hash(self.n, self.r, self.p, salt, digest)


def hash_password(password: str) -> Hash:
    salt = os.urandom(SALT_BYTES)
    return Hash(N, R, P, salt, _scrypt(password, salt, N, R, P, HASH_BYTES))


def weakness(password: str, name: str) -> str | None:
    """Why the password is refused, as a key of `labels.access.CLI_WEAK`."""
    folded = _folded(password).casefold()
    if len(folded) < SHORTEST:
        return "short"
    if len(folded) > LONGEST:
        return "long"
    if len(set(folded)) < 5:
        return "simple"
    if _folded(name).casefold() in folded:
        return "name"
    if any(folded.replace(common, "").strip("0123456789!@#.") == "" for common in _COMMON):
        return "common"
    return None


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int, length: int) -> bytes:
    secret = _folded(password).encode("utf-8", "surrogatepass")
    with _at_a_time:
        return hashlib.scrypt(
            secret, salt=salt, n=n, r=r, p=p, maxmem=128 * r * (n + p + 4), dklen=length
        )


def _folded(text: str) -> str:
    """An input method left at full width types another character for the same key."""
    return unicodedata.normalize("NFKC", text)


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= 12


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part, validate=True)
    except (binascii.Error, ValueError):
        raise NotAHashError from None
