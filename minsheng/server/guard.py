"""Who is let in, and what every answer says to the browser about itself.

All addresses are decided at the start: nobody, by whatever he sends, makes the server ask another
host anything.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, net_util
from uvicorn.config import Config

from minsheng.labels import serving as words
from minsheng.server.paths import path_of

# Nobody's business outside the process. host-config and health stay: no page starts without them.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Known:
    """The addresses that browsers may open the application at, and come to it from.

    A name of one word and an address of digits cannot be somebody else's page that had its name
    pointed at us, so those are let in without being listed.
    """

    hosts: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset()
    frames: tuple[str, ...] = ()

    def host(self, host: str | None) -> bool:
        name = _name(host or "")
        if name is None:
            return False
        if self.patterns:
            return any(_fits(name, each) for each in self.patterns)
        return "." not in name or name in self.hosts or _is_digits(name)

    def origin(self, origin: str | None, host: str | None) -> bool:
        """Whether a WebSocket may be opened from there: from our own pages or from who is listed.
        What is no browser says no origin."""
        if origin is None:
            return True
        return urlsplit(origin).netloc == host or origin.rstrip("/") in self.origins


def known() -> Known:
    """By `.streamlit/config.toml`: `server.allowedHosts`, `browser.serverAddress`,
    `server.corsAllowedOrigins` and `client.allowedOrigins` (who may show us in a frame)."""
    listed = _listed("server.corsAllowedOrigins")
    own = {socket.gethostname(), config.get_option("browser.serverAddress") or ""}
    names = {*own, *(urlsplit(each).hostname or "" for each in listed)} - {""}
    frames = _listed("client.allowedOrigins") if _is_set("client.allowedOrigins") else ()
    return Known(
        frozenset(each.lower() for each in names),
        tuple(
            each.strip().lower().rstrip(".") for each in config.get_option("server.allowedHosts")
        ),
        frozenset(each.rstrip("/") for each in listed),
        tuple(each for each in frames if _is_source(each)),
    )


def ask_nobody() -> None:
    """Streamlit would find out the address it is seen at from an outside host, at a WebSocket from
    a listed origin too; what it cannot learn it leaves out."""
    net_util.get_external_ip = lambda: None


def say_no_name() -> None:
    """uvicorn names itself in every answer, and Streamlit does not pass on its option for that."""

    def unnamed(own: Config) -> list[tuple[bytes, bytes]]:
        return [each for each in vars(own)["encoded_headers"] if each[0] != b"server"]

    def keep(own: Config, headers: list[tuple[bytes, bytes]]) -> None:
        vars(own)["encoded_headers"] = headers

    Config.encoded_headers = property(unnamed, keep)  # type: ignore[assignment]


def headers(scripts: Iterable[str], frames: Iterable[str]) -> dict[str, str]:
    """What every answer carries. Streamlit's components are scripts out of blobs, and its styles
    stand in the elements; plotly draws pictures out of data and blobs."""
    policy = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *scripts],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "media-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'", *frames],
    }
    always = {
        "Content-Security-Policy": "; ".join(f"{k} {' '.join(v)}" for k, v in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    # The older word for it knows no list of sites.
    return always if list(frames) else {**always, "X-Frame-Options": "SAMEORIGIN"}


class Guard:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, known: Known, headers: dict[str, str]) -> None:
        self._app, self._known, self._headers = app, known, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        host, origin = asked.get("host"), asked.get("origin")
        if scope["type"] == "websocket":
            if self._known.host(host) and self._known.origin(origin, host):
                await self._app(scope, receive, send)
            else:
                _log.warning("no WebSocket from %.200r to %.200r", origin, host)
                await send({"type": "websocket.close", "code": 1008})
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        if not self._known.host(host):
            said = words.NO_HOST.format(host=(host or "").partition(":")[0][:100])
            await PlainTextResponse(said, 421)(scope, receive, headed)
        elif _is_closed(path_of(scope)):
            await PlainTextResponse(words.NOT_HERE, 404)(scope, receive, headed)
        else:
            await self._app(scope, receive, headed)


def _is_closed(path: str) -> bool:
    """Also under a page's address, where Streamlit answers too."""
    return any(f"{each}/" in f"{path}/" for each in CLOSED)


def _name(host: str) -> str | None:
    """The name in a Host header; None where that is none."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    if parts.netloc != host or "@" in host or not parts.hostname:
        return None
    return parts.hostname.lower().rstrip(".")


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern in {"*", name}


def _is_digits(name: str) -> bool:
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _listed(option: str) -> tuple[str, ...]:
    return tuple(str(each).strip() for each in config.get_option(option))


def _is_set(option: str) -> bool:
    is_set: bool = config.is_manually_set(option)
    return is_set


def _is_source(origin: str) -> bool:
    """What a policy can name: scheme and host, nothing that would end the policy."""
    return urlsplit(origin).scheme in {"http", "https"} and not set(origin) & set(" ;,'\"")
