"""Who may send files, and how much of them the process holds.

Streamlit takes 20 MB at a time from anybody who has a page open, and keeps them until that page's
session ends. Here a file is taken only for the session of somebody who may edit, asked at that
moment; what all of them hold is bounded; and it is given back when the session or the right ends.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from minsheng.labels import serving as words
from minsheng.server.paths import path_of

PLACE = "/_stcore/upload_file/"
LARGEST = 22_000_000  # bytes, a whole form with a file of maxUploadSize
OF_A_SESSION = 50_000_000  # bytes
OF_THE_PROCESS = 200_000_000

# Whether the right still holds, for the browser with these cookies.
Still = Callable[[dict[str, str]], bool]


class Uploads:
    """Safe to call from many threads."""

    def __init__(self, held: Callable[[], dict[str, int]], free: Callable[[str], None]) -> None:
        self._held, self._free = held, free
        self._lock = threading.Lock()
        self._rights: dict[str, Still] = {}
        self._coming: Counter[str] = Counter()

    def permit(self, session: str, still: Still) -> None:
        with self._lock:
            self._rights[session] = still

    def forbid(self, session: str) -> None:
        """Also gives back what the session had sent while it might."""
        with self._lock:
            had = self._rights.pop(session, None)
        if had is not None:
            self._free(session)

    def may(self, session: str, cookies: dict[str, str]) -> bool:
        with self._lock:
            still = self._rights.get(session)
        return still is not None and still(cookies)

    def begin(self, session: str, size: int) -> bool:
        """Whether there is room for so many bytes more; if so they are counted until `end`."""
        held = self._held()
        with self._lock:
            own = held.get(session, 0) + self._coming[session] + size
            everybodys = sum(held.values()) + self._coming.total() + size
            if own > OF_A_SESSION or everybodys > OF_THE_PROCESS:
                return False
            self._coming[session] += size
            return True

    def end(self, session: str, size: int) -> None:
        with self._lock:
            self._coming[session] -= size
            if not self._coming[session]:
                del self._coming[session]

    def sweep(self, alive: set[str]) -> None:
        """Forgets sessions that have ended, and frees what is left of them."""
        with self._lock:
            gone = (self._rights.keys() | self._held().keys()) - alive
            for each in gone:
                self._rights.pop(each, None)
        for each in gone:
            self._free(each)


def _held() -> dict[str, int]:
    """Bytes by session."""
    if not runtime.exists():
        return {}
    storage = runtime.get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return {
        session: sum(len(file.data) for file in list(files.values()))
        for session, files in list(storage.items())
    }


def _free(session: str) -> None:
    if runtime.exists():
        runtime.get_instance().uploaded_file_mgr.remove_session_files(session)


uploads = Uploads(_held, _free)


class UploadGuard:
    """In front of Streamlit's own place for uploads."""

    def __init__(self, app: ASGIApp, uploads: Uploads) -> None:
        self._app, self._uploads = app, uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_of(scope)
        if scope["type"] != "http" or not path.startswith(PLACE) or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        session = path.removeprefix(PLACE).partition("/")[0]
        length = asked.get("content-length", "")
        if not self._uploads.may(session, cookie_parser(asked.get("cookie", ""))):
            await _read_through(receive)
            await PlainTextResponse(words.NO_UPLOAD, 403)(scope, receive, send)
        elif scope["method"] != "PUT":
            await self._app(scope, receive, send)
        elif not length.isdecimal():
            await PlainTextResponse(words.NO_LENGTH, 411)(scope, receive, send)
        elif not self._uploads.begin(session, int(length)):
            await _read_through(receive)
            await PlainTextResponse(words.NO_ROOM, 413)(scope, receive, send)
        else:
            try:
                await self._app(scope, receive, send)
            finally:
                self._uploads.end(session, int(length))


async def _read_through(receive: Receive) -> None:
    """A proxy that is still sending when we answer and hang up tells its browser of a bad gateway,
    and not what we said. What is larger than any upload is cut off all the same."""
    left = LARGEST
    while left > 0:
        message = await receive()
        left -= len(message.get("body", b""))
        if not message.get("more_body"):
            return
