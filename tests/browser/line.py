"""A line between browser and server that can be cut and mended."""

from __future__ import annotations

import contextlib
import socket
import threading
from urllib.parse import urlsplit

from harness import HOST


class Line:
    """Passes bytes on between its own address and a server's. While it is cut, what was open is
    closed and what is opened anew is closed at once."""

    def __init__(self, to: str) -> None:
        self._to, self._open, self._is_cut = to, set[socket.socket](), False
        self._listening = socket.create_server((HOST, 0))
        self.url = f"http://{HOST}:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def at(self, address: str) -> str:
        return f"{self.url}/{address.lstrip('/')}"

    def cut(self) -> None:
        self._is_cut = True
        for each in list(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def mend(self, to: str = "") -> None:
        """Also to another server, as when the same one was started anew."""
        self._to, self._is_cut = to or self._to, False

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        with contextlib.ExitStack() as both, contextlib.suppress(OSError):
            both.enter_context(near)
            if self._is_cut:
                return
            parts = urlsplit(self._to)
            far = both.enter_context(socket.create_connection((parts.hostname, parts.port)))
            self._open |= {near, far}
            back = threading.Thread(target=_pass_on, args=(far, near), daemon=True)
            back.start()
            _pass_on(near, far)
            back.join()
            self._open -= {near, far}


def _pass_on(source: socket.socket, to: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            to.sendall(data)
    for each in (source, to):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
