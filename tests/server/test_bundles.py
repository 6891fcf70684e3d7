"""Bundles are compressed once; what a browser asks in other ways is answered as HTTP says."""

from __future__ import annotations

import gzip

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient

from minsheng.server import bundles
from minsheng.server.bundles import Bundles, accepted

SCRIPT = b"const a = 1;\n" * 1000


@pytest.fixture
def client(tmp_path) -> TestClient:
    folder = tmp_path / "streamlit"
    (folder / "static" / "js").mkdir(parents=True)
    (folder / "static" / "js" / "index.abc.js").write_bytes(SCRIPT)
    (folder / "static" / "font.woff2").write_bytes(b"font")
    (tmp_path / "secret.js").write_bytes(b"secret")
    inner = Mount("/", StaticFiles(directory=folder))
    return TestClient(Starlette(routes=[inner], middleware=[Middleware(Bundles, folder=folder)]))


def raw(client: TestClient, encoding: str, method: str = "GET", **headers: str):
    asked = {"Accept-Encoding": encoding, **{k.replace("_", "-"): v for k, v in headers.items()}}
    with client.stream(method, "/static/js/index.abc.js", headers=asked) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize(
    ("encoding", "sent", "back"),
    [("gzip, deflate, br", "br", brotli.decompress), ("gzip, deflate", "gzip", gzip.decompress)],
)
def test_a_browser_gets_the_best_it_takes_and_keeps_it(client, encoding, sent, back):
    answer, data = raw(client, encoding)
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == sent
    assert answer.headers["content-length"] == str(len(data))
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]
    assert back(data) == SCRIPT


@pytest.mark.parametrize("encoding", ["identity", "br;q=0, gzip;q=0", ""])
def test_what_takes_neither_gets_the_file(client, encoding):
    answer, data = raw(client, encoding)
    assert "content-encoding" not in answer.headers
    assert data == SCRIPT


def test_what_a_browser_has_is_not_sent_again(client):
    first, _ = raw(client, "br")
    again, data = raw(client, "br", If_None_Match=f'"other", W/{first.headers["etag"]}')
    assert (again.status_code, data) == (304, b"")
    assert "content-encoding" not in again.headers
    other, data = raw(client, "gzip", If_None_Match=first.headers["etag"])
    assert other.status_code == 200
    assert gzip.decompress(data) == SCRIPT


def test_a_part_is_one_of_the_file_as_it_is(client):
    answer, data = raw(client, "br", Range="bytes=6-11")
    assert (answer.status_code, data) == (206, SCRIPT[6:12])
    assert "content-encoding" not in answer.headers
    whole, data = raw(client, "br", Range="bytes=6-11", If_Range='"another version"')
    assert (whole.status_code, data) == (200, SCRIPT)


def test_a_head_has_the_length_and_no_body(client):
    answer, data = raw(client, "br", "HEAD")
    assert int(answer.headers["content-length"]) == len(raw(client, "br")[1])
    assert data == b""


def test_only_texts_of_the_folder_are_taken_up(client):
    assert client.get("/static/font.woff2").content == b"font"
    assert client.get("/static/none.js").status_code == 404
    for path in (
        "/static/..%2f..%2fsecret.js",
        "/static/%2e%2e/%2e%2e/secret.js",
        "/static/%00.js",
    ):
        assert b"secret" not in client.get(path).content


def test_a_file_is_compressed_once(client, monkeypatch):
    made = []
    compress = bundles._WAYS["br"]
    monkeypatch.setitem(bundles._WAYS, "br", lambda data: made.append(1) or compress(data))
    for _ in range(3):
        raw(client, "br")
    assert made == [1]


def test_encodings_are_read_as_browsers_and_proxies_write_them():
    assert accepted("gzip, deflate, br, zstd") == "br"
    assert accepted("br;q=0,gzip") == "gzip"
    assert accepted("*") == "br"
    assert accepted("GZIP;q=1.0") == "gzip"
    assert accepted("") == accepted("deflate") == ""
