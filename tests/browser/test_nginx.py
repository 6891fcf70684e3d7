"""The app behind the nginx of deploy/, Debian's own."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from harness import PATIENCE, App, open_page
from nginx import nginx


@pytest.fixture
def proxy(start, tmp_path) -> Iterator[tuple[str, App]]:
    app = start()
    with nginx(tmp_path, app, [app]) as made:
        yield made.url, app


def test_behind_nginx_the_page_lives_is_compressed_and_hides_what_is_nobodys_business(
    proxy, new_page
):
    url, app = proxy
    page = open_page(new_page(), f"{url}/category?category=5")
    expect(page.locator("h1")).to_have_text("类别 · 老有所养")
    page.get_by_text("行有所畅", exact=True).first.click()  # over the WebSocket
    expect(page.locator("h1")).to_have_text("类别 · 行有所畅")
    text = app.data.read_text("utf-8")
    app.save(text.replace("    category: 行有所畅", "    category: 行有所畅畅"))
    expect(page.locator("h1")).to_have_text("类别 · 行有所畅畅")
    for path in ("metrics", "agent/x"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{url}/_stcore/{path}")
    script = page.locator("script[src]").first.get_attribute("src")
    asked = urllib.request.Request(
        f"{url}/{script.lstrip('./')}", headers={"Accept-Encoding": "gzip"}
    )
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"


def test_nginx_lets_large_bodies_through_to_uploads_only(proxy):
    url, _ = proxy
    assert _put(f"{url}/_stcore/upload_file/s/f", 1_000_000) == 403  # the app's answer: no editor
    assert _put(f"{url}/_stcore/upload_file/s/f", 30_000_000) == 413
    assert _put(f"{url}/api/health", 1_000_000) == 413


def _put(url: str, size: int) -> int:
    request = urllib.request.Request(url, data=bytes(size), method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
