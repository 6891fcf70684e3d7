"""Debian's nginx with the files of deploy/, in front of servers that a test has started."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import HOST, PATIENCE, ROOT, App, free_port

_ONE = "server 127.0.0.1:8501;"
# One line a request, written when it is over: of a WebSocket when it is closed.
_SEATS = r"log_format seats '$upstream_addr\t$minsheng_seat\t$request_uri';"


@dataclass(frozen=True)
class Proxy:
    """Where it listens, and which instance it asked for what."""

    url: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def asked(self) -> list[tuple[str, str, str]]:
        """Address of the instance that answered, seat and path of every request that is over."""
        lines = (line.split("\t") for line in self.log.read_text("utf-8").splitlines())
        return [(tried.split(", ")[-1], seat, path) for tried, seat, path in lines if tried != "-"]


@contextlib.contextmanager
def nginx(folder: Path, editor: App, viewers: Sequence[App]) -> Iterator[Proxy]:
    """Runs deploy/nginx.conf and instances.conf, with these instances in their places."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed: apt-get install nginx")
    port = free_port()
    site = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    site = site.replace("listen 80;", f"listen {HOST}:{port};")
    at, log = folder / "nginx.conf", folder / "access.log"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    at.write_text(
        f"error_log {folder}/error.log; pid {folder}/pid; daemon off; user root; events {{}}"
        f" http {{ {_SEATS} access_log {log} seats; {temporary}"
        f" {instances(editor, viewers)} {site} }}",
        "utf-8",
    )
    process = subprocess.Popen([program, "-c", str(at)])
    try:
        _wait(f"http://{HOST}:{port}")
        yield Proxy(f"http://{HOST}:{port}", log)
    finally:
        process.terminate()
        process.wait(10)


def instances(editor: App, viewers: Sequence[App]) -> str:
    """instances.conf with the addresses of these."""
    text = (ROOT / "deploy" / "instances.conf").read_text("utf-8")
    assert text.count(_ONE) == 2, "an upstream that edits and one that shows, of one server each"
    for apps in ([editor], viewers):
        text = text.replace(_ONE, "".join(f"server {_address(each)};" for each in apps), 1)
    return text


def _address(app: App) -> str:
    return app.url.removeprefix("http://")


def _wait(url: str) -> None:
    for _ in range(10 * PATIENCE):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=10).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("nginx did not start")
