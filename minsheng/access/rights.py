"""From what somebody shows (a password, a provider's claims) to an editor, or to a refusal."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass

from minsheng.access.attempts import Throttle
from minsheng.access.passwords import LONGEST, Hash
from minsheng.access.policy import Policy, Way, account_name
from minsheng.labels import access as words
from minsheng.model import Refused

_log = logging.getLogger("minsheng.access")
_SALT = os.urandom(16)


@dataclass(frozen=True)
class Editor:
    """`name` is what a save is signed with: unique, and not of the editor's own choosing alone."""

    name: str


def sign_in(
    policy: Policy, typed: str, password: str, address: str, throttle: Throttle
) -> tuple[Editor, Hash]:
    """The account's editor, and the hash by which to see later whether the account has changed.

    Raises:
        Refused: wrong, or too soon after too many failures, or there are no accounts.
    """
    if policy.way is not Way.ACCOUNTS:
        raise Refused(words.READ_ONLY)
    name = account_name(typed)[:64]
    if not name or not password:
        raise Refused(words.EMPTY)
    known = policy.accounts.get(name)
    logged = repr(name) if known else _masked(name)
    seconds = throttle.admit(name, address, exists=known is not None)
    if slowed := throttle.slowed():
        _log.warning("sign-in: %d tries slowed; now %s from %s", slowed, logged, address)
    if seconds:
        raise Refused(words.wait(seconds))
    # A password beyond the longest is none of ours, but the attempt costs what each one does.
    right = (known or _stand_in(policy, name)).verify(password[: 2 * LONGEST])
    if not known or not right or len(password) > LONGEST:
        _log.warning("sign-in of %s from %s: wrong", logged, address)
        raise Refused(words.WRONG)
    throttle.succeeded(name, address)
    _log.info("sign-in of %s from %s: right", logged, address)
    return Editor(name), known


def _stand_in(policy: Policy, name: str) -> Hash:
    """A dummy that costs what one of the accounts does, always the same one for the same name:
    the time an answer takes does not tell whether there is such an account."""
    costs = list(policy.accounts.values())
    drawn = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), key=_SALT).digest()
    return costs[int.from_bytes(drawn[:8], "big") % len(costs)].dummy()


def _masked(name: str) -> str:
    """An unknown name may be a password typed into the wrong field."""
    return f"unknown {name[:1]!r}... ({len(name)} characters)"


def by_claims(policy: Policy, claims: Mapping[str, object]) -> Editor:
    """The editor whom a provider's (already verified) claims name.

    Raises:
        Refused: these claims give no right to edit.
    """
    if policy.way is not Way.OIDC:
        raise Refused(words.READ_ONLY)
    audience = claims.get("aud")
    if claims.get("provider") != policy.provider or policy.client_id not in (
        audience if isinstance(audience, list) else [audience]
    ):
        raise Refused(words.OTHER_PROVIDER)
    identity = claims.get(policy.claim)
    if not isinstance(identity, str) or not identity:
        raise Refused(words.NO_CLAIM.format(claim=words.CLAIMS[policy.claim]))
    shown = _shown(identity)
    if policy.claim == "email":
        if claims.get("email_verified") not in (True, "true"):
            raise Refused(words.UNVERIFIED.format(who=shown))
        # Beyond ASCII other letters become these ones in lower case: the Kelvin sign is a k.
        identity = identity.lower() if identity.isascii() else ""
    if identity not in policy.allowed:
        raise Refused(words.NOT_LISTED.format(who=shown))
    name = claims.get("name")
    return Editor(words.who(_shown(name) if isinstance(name, str) else "", shown))


def _shown(text: str) -> str:
    return "".join(char for char in text if char.isprintable()).strip()[:64]
