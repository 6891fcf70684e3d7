"""A viewer without a browser: Streamlit's own protocol over a real WebSocket.

It sends what the browser sends (query string, page hash, hashes of the messages it still has) and
counts what arrives, so a rerun costs the server what a click in a browser costs it.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

# The browser forgets a message that this many runs did not use (global.maxCachedMessageAge).
RUNS_KEPT = 2


class RunError(Exception):
    """The page answered with an exception, or was not found."""


@dataclass(frozen=True)
class Run:
    """One run of a page as its viewer got it."""

    seconds: float
    bytes: int
    messages: int


@dataclass
class Viewer:
    """One open page. `address` is what stands in the browser, e.g. /category?category=5."""

    socket: ClientConnection
    address: str
    page_hash: str = ""
    pages: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """What the last run said in Markdown and alerts."""
    fingerprint: str = ""
    """Of the data that the page shows, as its foot has it."""
    _widgets: dict[str, str] = field(default_factory=dict)
    _cached: dict[str, int] = field(default_factory=dict)
    _runs: int = 0

    async def run(self, cached: bool = True) -> Run:
        """Asks for a run and reads until it is over; without `cached`, as if nothing were kept."""
        start = time.perf_counter()
        await self.socket.send(self._request(cached).SerializeToString())
        return await self._until_finished(start)

    async def press(self, key: str, **typed: str) -> Run:
        """Types into fields and presses a button, all by the keys of their widgets."""
        start = time.perf_counter()
        await self.send_press(key, **typed)
        return await self._until_finished(start)

    async def send_press(self, key: str, **typed: str) -> None:
        """As `press`, and waits for nothing."""
        message = self._request(cached=True)
        for name, words in typed.items():
            message.rerun_script.widget_states.widgets.add(
                id=self._widget(name), string_value=words
            )
        message.rerun_script.widget_states.widgets.add(id=self._widget(key), trigger_value=True)
        await self.socket.send(message.SerializeToString())

    def _widget(self, key: str) -> str:
        try:
            return self._widgets[key]
        except KeyError:
            raise RunError(
                f"{self.address}: no widget {key} among {sorted(self._widgets)}"
            ) from None

    async def awakened(self) -> Run:
        """Waits for a run that the server starts by itself, and reads until it is over."""
        return await self._until_finished(time.perf_counter())

    async def _until_finished(self, start: float) -> Run:
        received = messages = 0
        self.words = []
        while True:
            data = await self.socket.recv(decode=False)
            received += _on_the_wire(len(data))
            messages += 1
            message = ForwardMsg.FromString(data)
            self._note(message)
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and message.HasField(
                "script_finished"
            ):
                self._forget()
                return Run(time.perf_counter() - start, received, messages)

    def _request(self, cached: bool) -> BackMsg:
        parts = urlsplit(self.address)
        message = BackMsg()
        state = message.rerun_script
        state.query_string = parts.query
        state.page_script_hash = self.page_hash
        state.page_name = "" if self.page_hash else parts.path.strip("/")
        state.widget_states.SetInParent()
        state.context_info.timezone = "Asia/Shanghai"
        state.context_info.locale = "zh-CN"
        state.context_info.url = self.address
        if cached:
            state.cached_message_hashes.extend(self._cached)
        return message

    def _note(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
            self.pages = [page.url_pathname for page in message.navigation.app_pages]
        elif kind == "page_not_found":
            raise RunError(f"no page at {self.address}")
        elif kind == "session_event":
            raise RunError(f"{self.address}: {message.session_event}")
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            raise RunError(f"{self.address}: {message.delta.new_element.exception.message}")
        elif kind == "delta" and message.delta.HasField("new_element"):
            self._remember(message.delta.new_element)
        if kind == "ref_hash":
            self._cached[message.ref_hash] = self._runs
        elif message.metadata.cacheable:
            self._cached[message.hash] = self._runs

    def _remember(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        made = getattr(element, kind) if kind else None
        if kind in ("markdown", "alert"):
            self.words.append(made.body)
        elif kind == "bidi_component" and made.component_name == "minsheng_frame":
            self.fingerprint = json.loads(made.bytes)["fingerprint"]
        elif kind in ("button", "text_input", "text_area"):
            self._widgets[made.id.rpartition("-")[2]] = made.id

    def _forget(self) -> None:
        self._cached = {
            name: used for name, used in self._cached.items() if self._runs - used < RUNS_KEPT
        }
        self._runs += 1


@asynccontextmanager
async def viewer(port: int, address: str, cookie: str = "") -> AsyncIterator[Viewer]:
    """Opens a connection as the browser does; the page is run only when asked for."""
    async with connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=Origin(f"http://127.0.0.1:{port}"),
        additional_headers={"Cookie": cookie} if cookie else None,
        max_size=None,
        max_queue=None,
        ping_interval=None,
    ) as socket:
        yield Viewer(socket, address)


def _on_the_wire(payload: int) -> int:
    """A frame's payload and its header, as a server sends it (RFC 6455, section 5.2)."""
    return payload + (2 if payload < 126 else 4 if payload < 65536 else 10)
