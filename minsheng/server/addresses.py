"""The address at which others find what somebody looks at on the server's own machine."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from functools import cache
from urllib.parse import urlsplit

from streamlit import config

_NOWHERE = {"", "localhost", "0.0.0.0", "::"}  # noqa: S104 - names to be replaced, not bound to
_FAR = (("198.51.100.1", socket.AF_INET), ("2001:db8::1", socket.AF_INET6))  # nobody's, RFC 5737


def host_for_others(url: str, is_beside: bool) -> str | None:
    """The host under which others can open the address; its own where that is not the machine's
    word for itself. None: no such host is known, and the person has to be told.

    `is_beside`: the browser runs on the server's machine. Else "localhost" is a forwarded port,
    and what is at its other end nobody here knows.
    """
    host = (urlsplit(url).hostname or "").lower()
    if not is_own(host):
        return host
    named = str(config.get_option("browser.serverAddress") or "").lower()
    if not is_own(named):
        return named
    bound = str(config.get_option("server.address") or "").lower()
    if bound not in _NOWHERE:
        return None if is_own(bound) else bound
    return (_machine() or None) if is_beside else None


def is_own(host: str) -> bool:
    """Whether a machine means itself by it."""
    if host in _NOWHERE or host.endswith(".localhost"):
        return True
    with contextlib.suppress(ValueError):
        found = ipaddress.ip_address(host)
        return found.is_loopback or found.is_unspecified
    return False


@cache
def _machine() -> str:
    """The address by which this machine would go to another; empty where it has none. To connect a
    datagram socket sends nothing."""
    for far, family in _FAR:
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            own = str(probe.getsockname()[0])
            if not is_own(own):
                return own
    return ""
