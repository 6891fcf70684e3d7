"""A client that is no browser: it sends the server what no page of the app would."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from harness import PATIENCE, App


class Forger:
    """A connection to the server as Streamlit's own page makes it, with whatever it likes to say."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    def send(self, message: BackMsg) -> None:
        self._socket.send(message.SerializeToString())

    def run(
        self, page: str, widgets: Mapping[str, str | bool] | None = None, query: str = ""
    ) -> str:
        """Runs a page with these values of widgets, by their ids, as a click does; what it shows.

        A text stands for what was typed, True for a button that was pressed.
        """
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        for key, value in (widgets or {}).items():
            state = message.rerun_script.widget_states.widgets.add(id=key)
            if isinstance(value, bool):
                state.trigger_value = value
            else:
                state.string_value = value
        self.send(message)
        shown = []
        while True:
            answer = ForwardMsg.FromString(self._socket.recv(timeout=PATIENCE))
            shown.append(str(answer.delta))
            if answer.WhichOneof("type") == "script_finished":
                return "\n".join(shown)


@contextlib.contextmanager
def forger(app: App, session_id: str = "") -> Iterator[Forger]:
    """Connects, to another one's session where its id is given."""
    url = app.at("_stcore/stream").replace("http", "ws", 1)
    protocols = ["streamlit", "forged", session_id] if session_id else ["streamlit"]
    with connect(url, subprotocols=protocols, max_size=None) as socket:
        yield Forger(socket)


def session_id(frames: list[bytes]) -> str:
    """The id of the session of a page, from what its WebSocket received."""
    for frame in frames:
        message = ForwardMsg.FromString(frame)
        if message.new_session.initialize.session_id:
            return message.new_session.initialize.session_id
    raise AssertionError("no frame tells the session")
