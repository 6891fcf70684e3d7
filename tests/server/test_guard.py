"""Who is let in is decided by addresses that were known at the start."""

from __future__ import annotations

import pytest
from streamlit import config

from minsheng.server import guard
from minsheng.server.guard import Known

OFFICE = Known(
    hosts=frozenset({"kanban.lucheng.gov.cn"}),
    origins=frozenset({"https://kanban.lucheng.gov.cn"}),
)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8501",
        "10.1.2.3",
        "[::1]:8501",
        "[fe80::1]",
        "localhost:8501",
        "minsheng",
        "kanban.lucheng.gov.cn",
        "Kanban.LuCheng.gov.cn.:443",
    ],
)
def test_digits_one_word_and_a_listed_name_are_ours(host):
    assert OFFICE.host(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "10.1.2.3.evil.example",
        "kanban.lucheng.gov.cn.evil.example",
        "a@10.1.2.3",
        "10.1.2.3/x",
        "10.1.2.3:x",
        "[::1",
        "",
        None,
    ],
)
def test_any_other_name_and_what_is_no_name_is_not(host):
    assert not OFFICE.host(host)


def test_a_list_of_hosts_is_the_whole_list():
    known = Known(patterns=("*.gov.cn", "10.1.2.3"))
    assert known.host("kanban.gov.cn:8501")
    assert known.host("10.1.2.3")
    assert not known.host("gov.cn")
    assert not known.host("10.1.2.4")
    assert Known(patterns=("*",)).host("evil.example")


def test_a_page_of_ours_a_listed_one_and_no_browser_may_open_a_websocket():
    assert OFFICE.origin("http://10.1.2.3:8501", "10.1.2.3:8501")
    assert OFFICE.origin("https://kanban.lucheng.gov.cn", "127.0.0.1:8501")
    assert OFFICE.origin(None, "10.1.2.3")


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://10.1.2.3:9999", "http://kanban.lucheng.gov.cn", "null", ""],
)
def test_any_other_page_may_not(origin):
    assert not OFFICE.origin(origin, "10.1.2.3:8501")


@pytest.fixture
def options():
    names = ("server.allowedHosts", "server.corsAllowedOrigins", "client.allowedOrigins")
    before = {name: config.get_option(name) for name in (*names, "browser.serverAddress")}
    yield lambda name, value: config.set_option(name, value)
    for name, value in before.items():
        config.set_option(name, value)


def test_the_configuration_says_who_is_known(options):
    options("server.corsAllowedOrigins", ["https://oa.lucheng.gov.cn/"])
    options("browser.serverAddress", "kanban.lucheng.gov.cn")
    known = guard.known()
    assert known.host("oa.lucheng.gov.cn")
    assert known.host("kanban.lucheng.gov.cn")
    assert known.origin("https://oa.lucheng.gov.cn", "10.1.2.3")
    assert not known.host("evil.example")


def policy(frames: tuple[str, ...]) -> dict[str, list[str]]:
    written = guard.headers(["'sha256-x'"], frames)["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in written.split(";"))}


def test_nobody_may_frame_the_pages_but_who_is_named(options):
    assert policy(())["frame-ancestors"] == ["'self'"]
    assert guard.headers([], ())["X-Frame-Options"] == "SAMEORIGIN"
    options("client.allowedOrigins", ["https://oa.lucheng.gov.cn", "https://x; script-src *", "*"])
    frames = guard.known().frames
    assert frames == ("https://oa.lucheng.gov.cn",)
    assert policy(frames)["frame-ancestors"] == ["'self'", "https://oa.lucheng.gov.cn"]
    assert "X-Frame-Options" not in guard.headers([], frames)


def test_only_named_scripts_run():
    assert policy(())["script-src"] == ["'self'", "blob:", "'wasm-unsafe-eval'", "'sha256-x'"]
