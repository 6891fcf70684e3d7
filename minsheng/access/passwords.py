"""Passwords as Argon2id hashes in PHC format; lines of scrypt from before are still good.

What a file may ask of the server is bounded on both sides: at least what a guesser should have to
pay, at most 128 MB for an attempt, and two attempts at a time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import re
import threading
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SHORTEST, LONGEST = 10, 128
# Twice the passes of OWASP's first choice (46 MiB, t=1, p=1).
M, T, P = 47_104, 2, 1
LEAST_BLOCKS, MOST_BLOCKS = 19_456 * 2, 131_072 * 8  # KiB times passes; the least is OWASP's
LEAST_WORK, MOST_WORK = 2**14 * 8 * 5, 2**17 * 8 * 2
MOST_MEMORY = 128 * 2**20
LEAST_MEMORY = 7_168  # KiB, OWASP's smallest
SALT_BYTES, HASH_BYTES = 16, 32

_COMMON = ("password", "qwertyuiop", "1234567890", "0123456789", "abcdefghij", "iloveyou", "admin")
_PHC = re.compile(
    r"\$argon2id\$v=19\$m=(?P<m>\d{1,9}),t=(?P<t>\d{1,4}),p=(?P<p>\d{1,3})"
    r"\$(?P<s>[A-Za-z0-9+/]{1,100})\$(?P<h>[A-Za-z0-9+/]{1,100})",
    re.ASCII,
)
_at_a_time = threading.BoundedSemaphore(2)


class NotAHashError(ValueError):
    """What stands in a hash's place is none: a password written as it is, a line cut short."""


class BadCostError(ValueError):
    """The parameters are too cheap to protect anything, or dear enough to stop the server."""


@dataclass(frozen=True)
class Hash:
    """Never printed: a page or a log that shows it invites guessing at home."""

    written: str

    def __repr__(self) -> str:
        return "Hash(...)"

    @classmethod
    def parse(cls, line: str) -> Hash:
        """Raises NotAHashError or BadCostError."""
        _parsed(line)
        return cls(line)

    def line(self) -> str:
        return self.written

    @property
    def cost(self) -> str:
        """What an attempt costs: the line without its salt and hash."""
        return self.written.rsplit("$", 2)[0]

    def verify(self, password: str) -> bool:
        """Takes as long for a wrong password as for the right one."""
        return _parsed(self.written).verify(password)

    def dummy(self) -> Hash:
        """What an unknown name is checked against: as dear as this one, and right for nobody."""
        return Hash(_parsed(self.written).dummy())


def hash_password(password: str) -> Hash:
    kdf = Argon2id(
        salt=os.urandom(SALT_BYTES), length=HASH_BYTES, iterations=T, lanes=P, memory_cost=M
    )
    with _at_a_time:
        return Hash(kdf.derive_phc_encoded(_secret(password)))


@dataclass(frozen=True)
class _Argon2id:
    """`$argon2id$v=19$m=…,t=…,p=…$salt$hash`, as the PHC string format has it."""

    line: str

    @classmethod
    def parse(cls, line: str) -> _Argon2id:
        found = _PHC.fullmatch(line)
        if found is None:
            raise NotAHashError
        memory, passes, lanes = (int(found[name]) for name in ("m", "t", "p"))
        salt, digest = (_bytes(found[name] + "=" * (-len(found[name]) % 4)) for name in ("s", "h"))
        if not 16 <= len(salt) <= 64 or not 32 <= len(digest) <= 64:
            raise NotAHashError
        work = memory * passes
        if memory * 1024 > MOST_MEMORY or not LEAST_BLOCKS <= work <= MOST_BLOCKS:
            raise BadCostError
        if memory < LEAST_MEMORY or not 1 <= lanes <= 4:
            raise BadCostError
        return cls(line)

    def verify(self, password: str) -> bool:
        with _at_a_time:
            try:
                Argon2id.verify_phc_encoded(_secret(password), self.line)
            except InvalidKey:
                return False
        return True

    def dummy(self) -> str:
        head, salt, digest = self.line.rsplit("$", 2)
        return "$".join([head, *map(_random, (salt, digest))])


def _random(part: str) -> str:
    """Other bytes of the same length, in base64 without padding."""
    return base64.b64encode(os.urandom(len(part) * 3 // 4)).decode().rstrip("=")


@dataclass(frozen=True)
class _Scrypt:
    """`scrypt$n$r$p$salt$hash`, salt and hash in base64: what was written before Argon2id."""

    n: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    @classmethod
    def parse(cls, line: str) -> _Scrypt:
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

    def verify(self, password: str) -> bool:
        with _at_a_time:
            wanted = hashlib.scrypt(
                _secret(password),
                salt=self.salt,
                n=self.n,
                r=self.r,
                p=self.p,
                maxmem=128 * self.r * (self.n + self.p + 4),
                dklen=len(self.digest),
            )
        return hmac.compare_digest(wanted, self.digest)

    def dummy(self) -> str:
        each = (os.urandom(len(self.salt)), os.urandom(len(self.digest)))
        salt, digest = (base64.b64encode(part).decode() for part in each)
        return f"scrypt${self.n}${self.r}${self.p}${salt}${digest}"


def _parsed(line: str) -> _Argon2id | _Scrypt:
    return _Argon2id.parse(line) if line.startswith("$argon2id$") else _Scrypt.parse(line)


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


def _secret(password: str) -> bytes:
    return _folded(password).encode("utf-8", "surrogatepass")


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
