"""secrets.toml → who may edit, and how they say who they are.

One mistake anywhere in what concerns us, and nobody may edit: a list that is read in part could
let in whom a line was meant to keep out.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

from minsheng.access.passwords import BadCostError, Hash, NotAHashError
from minsheng.labels.access import FAULTS
from minsheng.model import Refused

Table = Mapping[str, object]
TABLES = ("accounts", "editors", "auth")
COOKIE_SECRET = 32
_EMAIL = re.compile(r"[!-)+->A-~]+@[0-9A-Za-z.-]+\.[0-9A-Za-z-]+")
_BARE_NAME = re.compile(r'\s*[^\x00-\x7f][^"\'=]*=')
_FULL_WIDTH = re.compile(r"[＝＂“”‘’＇［］，]")
_LINE = re.compile(r"at line (\d+)")


class Way(Enum):
    """How editors say who they are; NONE: nobody may edit."""

    NONE = "none"
    ACCOUNTS = "accounts"
    OIDC = "oidc"


@dataclass(frozen=True)
class Policy:
    """`way` is NONE wherever there are faults. What is only unwise is a warning, for editors."""

    way: Way = Way.NONE
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    accounts: Mapping[str, Hash] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    claim: str = "email"
    provider: str = "default"
    client_id: str = ""


def parse(files: Iterable[bytes]) -> Policy:
    """The files in Streamlit's order: a table of a later one replaces the earlier one's whole."""
    tables: dict[str, object] = {}
    faults = []
    for data in files:
        try:
            tables |= _toml(data)
        except Refused as fault:
            faults.append(str(fault))
    return Policy(faults=tuple(faults)) if faults else _policy(tables)


def is_name(name: str) -> bool:
    """Whether an account may be called so: it is a key in TOML, and stands in journals and logs."""
    plain = name.isprintable() and not set(name) & set("\"'\\")
    return plain and name == name.strip() and 0 < len(name) <= 32


def account_name(typed: str) -> str:
    """A name as accounts are looked up by: an input method at full width names the same person."""
    return unicodedata.normalize("NFKC", typed).strip()


def _toml(data: bytes) -> dict[str, object]:
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused(FAULTS["bom"])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(FAULTS["not_utf8"]) from None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(_syntax(text, str(error))) from None
    except RecursionError:
        raise Refused(FAULTS["toml_deep"]) from None


def _syntax(text: str, message: str) -> str:
    """The parser's message is not passed on: it may quote the line."""
    lines = text.replace("\r\n", "\n").split("\n")
    found = _LINE.search(message)
    line = int(found[1]) if found else len(lines)
    if "overwrite" in message or "twice" in message:
        return FAULTS["twice"].format(line=line)
    if not found:
        return FAULTS["toml_end"]
    words = lines[line - 1]
    wide = _FULL_WIDTH.search(words)
    if wide:
        return FAULTS["full_width"].format(line=line, char=wide[0])
    if _BARE_NAME.match(words):
        return FAULTS["bare_name"].format(line=line)
    return FAULTS["toml"].format(line=line)


def _policy(tables: Table) -> Policy:
    faults = list(_table_faults(tables))
    if faults:
        return Policy(faults=tuple(faults))
    accounts, editors, auth = (_as_table(tables.get(name)) for name in TABLES)
    if accounts is not None and editors is not None:
        return Policy(faults=(FAULTS["both"],))
    if accounts is not None:
        return _by_accounts(accounts)
    if editors is not None and auth is not None:
        return _by_oidc(editors, auth)
    if editors is not None:
        return Policy(faults=(FAULTS["no_auth"],))
    if auth is not None:
        return Policy(faults=(FAULTS["no_editors"],))
    return Policy()


def _table_faults(tables: Table) -> Iterator[str]:
    """A misspelt table would be passed over in silence. Other tables are other people's."""
    for name, value in tables.items():
        if name in TABLES:
            if not isinstance(value, Mapping):
                yield FAULTS["not_table"].format(name=name)
            continue
        for known in TABLES:
            if name.strip().casefold().rstrip("s") == known.rstrip("s"):
                yield FAULTS["table_name"].format(name=name, known=known)


def _as_table(value: object) -> Table | None:
    return value if isinstance(value, Mapping) else None


def _by_accounts(table: Table) -> Policy:
    accounts: dict[str, Hash] = {}
    faults = [] if table else [FAULTS["no_accounts"]]
    for place, (written, line) in enumerate(table.items(), 1):
        name = account_name(written)
        if not is_name(written):
            faults.append(FAULTS["account_name"].format(place=place))
        elif name in accounts:
            faults.append(FAULTS["account_twice"].format(place=place))
        else:
            try:
                accounts[name] = Hash.parse(line if isinstance(line, str) else "")
            except NotAHashError:
                faults.append(FAULTS["account_plain"].format(place=place))
            except BadCostError:
                faults.append(FAULTS["account_cost"].format(place=place))
    if faults:
        return Policy(faults=tuple(faults))
    return Policy(Way.ACCOUNTS, accounts=accounts)


def _by_oidc(editors: Table, auth: Table) -> Policy:
    faults = [*_editors_faults(editors, auth), *_auth_faults(editors, auth)]
    if faults:
        return Policy(faults=tuple(faults))
    provider = str(editors.get("provider", "default"))
    claim = str(editors.get("claim", "email"))
    allowed = [str(each) for each in _as_list(editors["allowed"])]
    return Policy(
        Way.OIDC,
        allowed=frozenset(each.lower() if claim == "email" else each for each in allowed),
        claim=claim,
        provider=provider,
        client_id=str(_provider(editors, auth)[1]["client_id"]),
    )


def _editors_faults(editors: Table, auth: Table) -> Iterator[str]:
    for key in editors:
        if key not in ("allowed", "claim", "provider"):
            yield FAULTS["editors_key"].format(key=key)
    claim = editors.get("claim", "email")
    if claim not in ("email", "sub"):
        yield FAULTS["claim"]
    allowed = _as_list(editors.get("allowed"))
    if not allowed or not all(isinstance(each, str) and each.strip() for each in allowed):
        yield FAULTS["allowed"]
    elif claim == "email":
        for place, each in enumerate(allowed, 1):
            if not _EMAIL.fullmatch(str(each)):
                yield FAULTS["allowed_email"].format(place=place)
    if not _is_provider(editors.get("provider", "default"), auth):
        yield FAULTS["provider"]


def _auth_faults(editors: Table, auth: Table) -> Iterator[str]:
    """What st.login needs; without it a click on 登录 would show an English error."""
    table, section = _provider(editors, auth)
    for name, values, keys in (
        ("auth", auth, ("redirect_uri", "cookie_secret")),
        (table, section, ("client_id", "client_secret", "server_metadata_url")),
    ):
        for key in keys:
            value = values.get(key)
            if not isinstance(value, str) or not value.strip():
                yield FAULTS["auth_key"].format(table=name, key=key)
            elif key in ("redirect_uri", "server_metadata_url") and not _is_url(value):
                yield FAULTS["auth_url"].format(table=name, key=key)
            elif key == "redirect_uri" and not value.endswith("/oauth2callback"):
                yield FAULTS["redirect"]
            elif key == "cookie_secret" and len(value) < COOKIE_SECRET:
                yield FAULTS["cookie_secret"]


def _provider(editors: Table, auth: Table) -> tuple[str, Table]:
    """The name and the keys of the table in which the provider is described."""
    name = editors.get("provider", "default")
    named = auth.get(name) if isinstance(name, str) else None
    if isinstance(named, Mapping):
        return f"auth.{name}", named
    return "auth", auth


def _is_provider(name: object, auth: Table) -> bool:
    if name == "default":
        return True
    return isinstance(name, str) and "_" not in name and isinstance(auth.get(name), Mapping)


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value.replace("{port}", "1"))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
