"""The real app in a real browser: start it, open its pages, look at them, listen to what they ask."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, WebSocket

from minsheng.charts import progress
from minsheng.labels import access as access_words
from sample_secrets import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "data" / "projects.yaml"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
HOST = "127.0.0.1"
# How long a test waits for what it expects before it fails; nothing here says how long it may take.
PATIENCE = 60
_CLAIMS = Path(tempfile.gettempdir()) / "minsheng-ports"
_claimed: list[Any] = []

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",  # a test's other site is no machine on a network
    # What asks for another host is recorded all the same, and fails at once instead of waiting.
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
]

# Connected, not running, nothing left from the run before, no placeholder, every chart drawn.
_SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    return app !== null
        && app.dataset.testConnectionState === 'CONNECTED'
        && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-testid=stAppSkeleton], [data-testid=stSkeleton]')
        && !document.querySelector('[data-stale=true]')
        && document.querySelector('[data-testid=stMain] [data-testid=stElementContainer]') !== null
        && [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
            .every(chart => chart.querySelector('.main-svg'));
}"""


@dataclass(frozen=True)
class App:
    """A running server, the dataset and the secrets it reads, and what it wrote to its log."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]
    secrets: Path

    def at(self, address: str) -> str:
        """The whole address of a page, e.g. of `/category?category=5`."""
        return f"{self.url}/{address.lstrip('/')}"

    def save(self, text: str) -> None:
        """Saves the dataset as a careful editor does: beside it first, then in its place."""
        _save(self.data, text)

    def save_secrets(self, text: str) -> None:
        _save(self.secrets, text)

    def said(self) -> str:
        """The server's log so far."""
        return self.log.read_text("utf-8", errors="replace")


LISTS = "lists"


@contextlib.contextmanager
def serve(
    folder: Path,
    dataset: str | Mapping[str, str] | None = None,
    script: Path = ROOT / "app.py",
    secrets: str | None = None,
) -> Iterator[App]:
    """Serves the app with a dataset of its own in `folder`, the seed's unless another is given; or
    with a folder of lists, by their places in it ("330302/2023.yaml").

    `secrets` is what its secrets.toml holds, also in `folder`; without it there is no such file,
    whatever the developer's own folders hold. Fails when the server wrote a traceback, whatever
    its pages showed.
    """
    secrets_file = folder / "secrets.toml"
    files = {"../projects.yaml": dataset or SEED.read_text("utf-8")}
    for place, text in (dataset if isinstance(dataset, Mapping) else files).items():
        path = (folder / LISTS / place).resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if secrets is not None:
        secrets_file.write_text(secrets, encoding="utf-8")
        secrets_file.chmod(0o600)
    with serve_again(folder, script) as app:
        yield app


@contextlib.contextmanager
def serve_again(
    folder: Path, script: Path = ROOT / "app.py", env: Mapping[str, str] | None = None
) -> Iterator[App]:
    """Serves what an earlier server has left in the folder, or what another one serves."""
    data, log, secrets_file = (folder / n for n in ("projects.yaml", "server.log", "secrets.toml"))
    data = data if data.exists() else folder / LISTS
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    command.append(f"--secrets.files={secrets_file}")
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=script.parent,
            env={**os.environ, "MINSHENG_DATA": str(data), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    app = App(f"http://{HOST}:{port}", data, log, process, secrets_file)
    try:
        _wait_for_health(app)
        yield app
    finally:
        _stop(process)
    assert "Traceback" not in app.said(), app.said()


def _save(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def free_port() -> int:
    """A port that nobody listens on, and that no other test run of this machine picks meanwhile.

    It is claimed until this process ends, and lies below those that outgoing connections take.
    """
    _CLAIMS.mkdir(exist_ok=True)
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        claim = (_CLAIMS / str(port)).open("w")
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.bind((HOST, port))
        except OSError:
            claim.close()
        else:
            _claimed.append(claim)
            return port


def _wait_for_health(app: App) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if app.process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(app.at("_stcore/health"), timeout=10).close()
            return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{app.log.read_text('utf-8')}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass
class Witness:
    """Every request of a browser context, and every script error of its pages."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", self._socket))

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self.requests.append(socket.url)

    def outside(self) -> list[str]:
        """What was asked of anybody but the server under test. Names in .test are on no network: a
        test answers for them itself."""
        hosts = {url: urlsplit(url).hostname or HOST for url in self.requests}
        return [url for url, host in hosts.items() if host != HOST and not host.endswith(".test")]

    def check(self) -> None:
        assert self.outside() == []
        assert self.errors == []


def open_page(page: Page, url: str) -> Page:
    """Goes to the address and waits until the page stands still."""
    page.goto(url)
    return settle(page)


def settle(page: Page) -> Page:
    """Waits until the run in progress is over and drawn."""
    page.wait_for_function(_SETTLED, timeout=PATIENCE * 1000)
    # The state is set before the last elements are laid out: it has to hold for a moment.
    page.wait_for_timeout(150)
    page.wait_for_function(_SETTLED, timeout=PATIENCE * 1000)
    return page


def drawn_for(page: Page) -> None:
    """Waits until the page is drawn for the room that it has now."""
    room = page.evaluate("document.querySelector('[data-testid=stMain]').clientWidth - 32")
    widths = (progress.WIDE, progress.MIDDLE, progress.NARROW)
    wanted = next((each for each in widths if each <= room), progress.NARROW)
    page.locator(f"[data-width='{wanted}']").wait_for(state="attached")
    settle(page)


def screenshot(page: Page, path: Path) -> Path:
    """A picture of the whole page, which scrolls inside its main part and not in the window."""
    before = page.viewport_size
    assert before is not None
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": before["width"], "height": max(height, before["height"])})
    settle(page)
    page.screenshot(path=path, full_page=True)
    page.set_viewport_size(before)
    return path


def sign_in(page: Page, name: str = "王芳", password: str = PASSWORD) -> None:
    """Signs in to an account, where the page offers it."""
    page.get_by_label(access_words.NAME).fill(name)
    page.get_by_label(access_words.PASSWORD, exact=True).fill(password)
    page.get_by_role("button", name=access_words.SIGN_IN, exact=True).click()
    settle(page)


def axe(page: Page) -> list[dict[str, Any]]:
    """The page's violations of accessibility rules, as axe-core reports them, once nothing fades."""
    page.evaluate("""() => Promise.allSettled(document.getAnimations()
        .filter(each => each.effect?.getTiming().iterations !== Infinity)
        .map(each => each.finished))""")
    page.evaluate(AXE.read_text("utf-8"))
    report: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    violations: list[dict[str, Any]] = report["violations"]
    return violations


def chromium() -> str | None:
    """Debian's chromium; Playwright's own browsers are never downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser")
