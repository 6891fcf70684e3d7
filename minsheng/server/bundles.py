"""Streamlit's bundles as browsers take them: compressed once, kept in memory, good for ever.

Brotli (MIT, Google's C library; 1.7 MB for what a first visit needs, in 0.8 s at quality 5) where
the browser takes it, else gzip (1.9 MB). Streamlit sends them as they are: 6.8 MB. Higher qualities
take four times as long for 4 % less. What is asked for in parts goes past this: a part is one of
the file as it lies on the disk.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from minsheng.server.paths import path_of

FOR_GOOD = "public, immutable, max-age=31536000"
TEXTS = frozenset({".js", ".mjs", ".css", ".json", ".svg", ".txt", ".map", ".wasm"})
BROTLI_QUALITY, GZIP_LEVEL = 5, 6


@dataclass(frozen=True)
class Bundle:
    """A file as it is sent."""

    data: bytes
    encoding: str
    media: str
    tag: str


def _brotli(data: bytes) -> bytes:
    made: bytes = brotli.compress(data, quality=BROTLI_QUALITY)
    return made


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, GZIP_LEVEL, mtime=0)


_WAYS: dict[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}


class Shelf:
    """The bundles of a folder, each compressed when it is first asked for, and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._lock = threading.Lock()
        self._kept: dict[tuple[Path, str], Future[Bundle]] = {}

    def find(self, name: str) -> Path | None:
        """The file of that name in the folder, where it is one that is worth compressing."""
        try:
            path = (self._folder / name).resolve()
            inside = path.is_relative_to(self._folder) and path.is_file()
        except (OSError, ValueError):
            return None
        return path if inside and path.suffix in TEXTS else None

    def take(self, path: Path, encoding: str) -> Bundle:
        """Compressed; while one thread does that, all who ask for the same file wait for it."""
        with self._lock:
            made = self._kept.get((path, encoding))
            mine = made is None
            if made is None:
                made = self._kept[path, encoding] = Future()
        if mine:
            try:
                made.set_result(compressed(path.read_bytes(), encoding, _media(path)))
            except BaseException as error:
                made.set_exception(error)
                with self._lock:
                    del self._kept[path, encoding]
                raise
        return made.result()


def compressed(data: bytes, encoding: str, media: str) -> Bundle:
    """`data` in one of our encodings, or as it is where that is empty."""
    sent = _WAYS[encoding](data) if encoding else data
    return Bundle(sent, encoding, media, f'"{hashlib.sha256(sent).hexdigest()[:20]}"')


def _media(path: Path) -> str:
    if path.suffix in {".js", ".mjs"}:  # what a machine's own table says of them varies
        return "text/javascript"
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def accepted(header: str) -> str:
    """The best encoding of ours that an Accept-Encoding takes; empty for none."""
    taken = {}
    for part in header.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        refused = any(each.replace(" ", "") in {"q=0", "q=0.0", "q=0.00"} for each in parameters)
        taken[name] = not refused
    return next((each for each in _WAYS if taken.get(each, taken.get("*", False))), "")


def matches(header: str, tag: str) -> bool:
    """Whether an If-None-Match names the tag (RFC 9110, 13.1.2: weakly compared)."""
    named = {each.strip().removeprefix("W/") for each in header.split(",")}
    return tag in named or "*" in named


class Bundles:
    """Answers for `/static/` what it can do better than what lies inside."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._shelf = Shelf(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_of(scope)
        if scope["type"] == "http" and path.startswith("/static/"):
            headers = Headers(scope=scope)
            encoding = accepted(headers.get("accept-encoding", ""))
            if scope["method"] in {"GET", "HEAD"} and encoding and "range" not in headers:
                file = await run_in_threadpool(self._shelf.find, path.removeprefix("/"))
                if file is not None:
                    bundle = await run_in_threadpool(self._shelf.take, file, encoding)
                    await answer(bundle, headers, FOR_GOOD)(scope, receive, send)
                    return
        await self._app(scope, receive, send)


def answer(bundle: Bundle, asked: Headers, cache: str) -> Response:
    """With its tag, so that a browser that has it already is told so instead."""
    headers = {"ETag": bundle.tag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    if matches(asked.get("if-none-match", ""), bundle.tag):
        return Response(status_code=304, headers=headers)
    if bundle.encoding:
        headers["Content-Encoding"] = bundle.encoding
    return Response(bundle.data, media_type=bundle.media, headers=headers)
