"""What the server itself sees to: what is sent and how, who is let in, what is seen meanwhile."""

from __future__ import annotations

import http.client
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from forger import session_id
from harness import HOST, open_page, settle, sign_in
from minsheng import labels
from minsheng.labels import serving as words
from sample_secrets import ACCOUNTS

FIRST_VISIT = 2_600_000  # bytes on the wire; 7.67 million as Streamlit sends them
ADDRESSES = [name if name != "overview" else "" for name in labels.PAGES]

# Everything that was ever seen of a menu, at every change of the page from its very beginning.
EVERY_FRAME = """(() => {
    window.menus = new Set();
    new MutationObserver(() => {
        for (const link of document.querySelectorAll(
            '[data-testid=stSidebarNavLink], [data-testid=stTopNavLink]')) window.menus.add(link.textContent.trim());
    }).observe(document, { subtree: true, childList: true, characterData: true });
})()"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_frame_of_a_first_visit_shows_another_menu_than_ours(start, page, address):
    app = start()
    page.add_init_script(EVERY_FRAME)
    open_page(page, app.at(address))
    seen = set(page.evaluate("[...window.menus]"))
    assert seen
    assert seen <= set(labels.PAGES.values())
    expect(page.locator("[data-testid=stTopNavLink]")).to_have_text(list(labels.PAGES.values()))
    expect(page.locator("[data-testid=stSidebarNav]")).to_have_count(0)
    expect(page.locator("h1").or_(page.locator("h2")).first).to_be_visible()
    expect(page).to_have_url(app.at(address))


def test_a_first_visit_costs_little_on_the_wire_and_a_second_next_to_nothing(app, page):
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[int] = []
    network.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    open_page(page, app.at("/"))
    first = sum(sizes)
    assert 500_000 < first <= FIRST_VISIT
    sizes.clear()
    open_page(page, app.at("/"))
    assert sum(sizes) < 50_000


@pytest.mark.parametrize("path", ["/", "/category", "/_stcore/health", "/static/none.js"])
def test_every_answer_has_the_headers_and_none_names_the_server(app, path):
    with _asked(app.url, path) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Server"] is None


def test_no_page_breaks_the_policy_it_is_sent_with(app, new_page):
    page = new_page()
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation', "
        "(e) => window.broken.push(`${e.violatedDirective} ${e.blockedURI}`))"
    )
    for address in (*ADDRESSES, "present?slide=2"):
        open_page(page, app.at(address))
        assert page.evaluate("window.broken") == []


@pytest.mark.parametrize(
    "path",
    ["metrics", "agent/openapi.json", "agent/mcp", "agent/interact", "script-health-check"],
)
def test_what_is_nobodys_business_is_not_there(app, path):
    for before in ("/_stcore/", "/category/_stcore/"):
        with _asked(app.url, before + path) as answer:
            assert answer.status == 404
            assert answer.read().decode() == words.NOT_HERE


def test_the_page_says_that_it_is_chinese(app, page):
    open_page(page, app.at("/category"))
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.title() == labels.APP


def test_an_address_that_is_no_page_is_said_in_chinese_over_the_overview(app, page):
    open_page(page, app.at("/nowhere"))
    expect(page.locator("#minsheng-mark")).to_have_text(words.SHELL["noPage"])
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_name_that_nobody_listed_is_refused_with_the_cure(app):
    with _asked(app.url, "/", {"Host": "evil.example"}) as answer:
        assert answer.status == 421
        assert answer.read().decode() == words.NO_HOST.format(host="evil.example")


class Outside:
    """The world outside: a proxy that only notes that somebody asked for it."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._socket = socket.create_server((HOST, 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.asked.set()
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def outside(monkeypatch) -> Iterator[Outside]:
    made = Outside()
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, f"http://{HOST}:{made.port}")
    monkeypatch.setenv("no_proxy", HOST)
    yield made
    made.close()


def test_a_page_of_another_site_gets_no_websocket_and_makes_the_server_ask_nobody(start, outside):
    app = start()
    own = f"http://{urlsplit(app.url).netloc}"
    assert _handshake(app.url, own) == 101
    assert _handshake(app.url, "https://evil.example") == 403
    assert _handshake(app.url, f"http://{HOST}:1") == 403
    assert not outside.asked.is_set()


def test_a_listed_site_gets_one_and_the_server_asks_nobody_either(start, outside, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS", "https://oa.lucheng.gov.cn")
    app = start()
    assert _handshake(app.url, "https://oa.lucheng.gov.cn") == 101
    assert not outside.asked.is_set()


def test_streamlit_by_itself_would_have_asked(start, outside, tmp_path, monkeypatch):
    """What the two tests above rest on."""
    script = tmp_path / "plain.py"
    script.write_text("import streamlit as st\nst.title('plain')\n", "utf-8")
    monkeypatch.setenv("STREAMLIT_SERVER_HEADLESS", "true")
    monkeypatch.setenv("STREAMLIT_BROWSER_SERVER_ADDRESS", "localhost")
    app = start(script=script)
    assert not outside.asked.is_set()
    assert _handshake(app.url, "https://evil.example") == 403
    assert outside.asked.is_set()


def _asked(url: str, path: str, headers: dict[str, str] | None = None):
    request = urllib.request.Request(url + path, headers=headers or {})
    try:
        return urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as answer:
        return answer


def _handshake(url: str, origin: str) -> int:
    """The status of a WebSocket's opening; 101 where it was let in."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request(
            "GET",
            "/_stcore/stream",
            headers={
                "Connection": "Upgrade",
                "Upgrade": "websocket",
                "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol": "streamlit",
                "Origin": origin,
            },
        )
        return connection.getresponse().status
    finally:
        connection.close()


def test_only_the_page_of_an_editor_may_send_files(start, new_page):
    app = start(secrets=ACCOUNTS)
    sent = """async (session) => {
        const token = document.cookie.match(/_streamlit_xsrf=([^;]+)/)[1], body = new FormData();
        body.append('file', new Blob(['x'.repeat(1000)]), 'x.txt');
        const answer = await fetch(`/_stcore/upload_file/${session}/f1`,
            { method: 'PUT', body, headers: { 'X-Xsrftoken': token } });
        return [answer.status, await answer.text()];
    }"""
    reader, editor = new_page(), new_page()
    reading, editing = _session(reader), _session(editor)
    open_page(reader, app.at("/data"))
    open_page(editor, app.at("/data"))
    assert reader.evaluate(sent, reading()) == [403, words.NO_UPLOAD]
    assert editor.evaluate(sent, editing()) == [403, words.NO_UPLOAD]
    sign_in(editor)
    expect(editor.get_by_text("已登录")).to_be_visible()
    assert editor.evaluate(sent, editing()) == [204, ""]
    assert reader.evaluate(sent, editing()) == [403, words.NO_UPLOAD]  # who saw the id in a log
    editor.get_by_role("button", name="退出登录").click()
    expect(editor.get_by_text("已登录")).to_have_count(0)
    settle(editor)
    assert editor.evaluate(sent, editing()) == [403, words.NO_UPLOAD]


def _session(page: Page) -> Callable[[], str]:
    """The id of the page's session, once it has one."""
    frames: list[bytes] = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame))
    )
    return lambda: session_id(frames)
