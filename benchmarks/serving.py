"""Servers to measure: the product, and an empty page that is served the same way."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
import yaml

from benchmarks import lists

ROOT = Path(__file__).resolve().parent.parent
SEED = (ROOT / "data" / "projects.yaml").read_bytes()
STARTS_WITHIN = 60

# A menu of one page with nothing on it. What the imports made is moved out of the collector's
# reach, as server/keeping.py does it: else an empty page costs ten times as much, and flatters us.
EMPTY = """\
import gc
import streamlit as st

@st.cache_resource
def settle():
    gc.collect()
    gc.freeze()

def empty():
    settle()

st.navigation([st.Page(empty)], position="top").run()
"""


@dataclass(frozen=True)
class Server:
    port: int
    process: psutil.Process
    data: Path

    def cpu(self) -> float:
        """Seconds of processor time since its start, in its own code and in the kernel's."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def rss(self) -> float:
        """Resident memory in MB."""
        return float(self.process.memory_info().rss) / 2**20


@contextlib.contextmanager
def product(dataset: bytes = SEED, secrets: Path | None = None) -> Iterator[Server]:
    """app.py with a dataset of its own, the seed's unless another is given, and who may edit it."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "projects.yaml"
        data.write_bytes(dataset)
        more = [f"--secrets.files={secrets}"] if secrets else []
        with _served(ROOT / "app.py", data, more) as server:
            yield server


@contextlib.contextmanager
def many(count: int) -> Iterator[Server]:
    """app.py with a folder of that many lists."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed = yaml.load(SEED, yaml.CSafeLoader)
        for at in range(count):
            lists.put(folder, seed, at)
        with _served(ROOT / "app.py", folder) as server:
            yield server


@contextlib.contextmanager
def empty() -> Iterator[Server]:
    """The empty page, with the product's own .streamlit/config.toml."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / ".streamlit", Path(folder) / ".streamlit")
        script = Path(folder) / "app.py"
        script.write_text(EMPTY, "utf-8")
        with _served(script, script) as server:
            yield server


@contextlib.contextmanager
def _served(script: Path, data: Path, more: Sequence[str] = ()) -> Iterator[Server]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *more],
        cwd=script.parent,
        env={**os.environ, "MINSHENG_DATA": str(data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_health(port)
        yield Server(port, psutil.Process(process.pid), data)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_health(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
            return
        time.sleep(0.1)
    raise TimeoutError(f"no server on port {port} after {STARTS_WITHIN} s")
