"""The public's pages as they are read: from a disk, from any web server, on a phone, on paper."""

from __future__ import annotations

import functools
import http.server
import io
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pypdf import PdfReader

import make_lists
from harness import DESKTOP, HOST, PATIENCE, PHONE, ROOT, axe
from minsheng.export.site import publishing
from minsheng.labels import page as words
from seed import SHOT
from test_export_page import found

SEED = ROOT / "data" / "projects.yaml"
BELOW = "zwgk/minsheng"  # a site seldom has a server to itself


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A web server's folder, with the site of 鹿城区 and two invented neighbours deep inside."""
    lists, root = tmp_path_factory.mktemp("lists"), tmp_path_factory.mktemp("www")
    for place in make_lists.places(3):
        file = lists / place.code / "2023.yaml"
        file.parent.mkdir()
        file.write_text(make_lists.text(place, projects=12), "utf-8")
    (lists / "330302" / "2023.yaml").write_bytes(SEED.read_bytes())
    assert not any(each.problems for each in publishing.publish(lists, root / BELOW, False))
    return root


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{server.server_port}/{BELOW}"
        server.shutdown()


@pytest.fixture(params=["disk", "server"])
def site(request: pytest.FixtureRequest, folder: Path, served: str) -> str:
    return (folder / BELOW).as_uri() if request.param == "disk" else served


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Fails the test where a page asked for anything but the site's own, or had an error."""
    asked: list[str] = []
    said: list[str] = []
    roots: list[str] = []
    with ExitStack() as contexts:

        def go(
            root: str, path: str, viewport: ViewportSize = DESKTOP, scheme: str = "light"
        ) -> Page:
            roots.append(root)
            context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="zh-CN")
            contexts.callback(context.close)
            context.on("request", lambda request: asked.append(request.url))
            context.on("weberror", lambda error: said.append(str(error.error)))
            context.on(
                "console",
                lambda message: said.append(message.text) if message.type == "error" else None,
            )
            context.set_default_timeout(PATIENCE * 1000)
            page = context.new_page()
            page.goto(f"{root}/{path}")
            return page

        yield go
    assert [url for url in asked if not url.startswith((*roots, "data:", "blob:"))] == []
    assert [each for each in said if "favicon" not in each and "404" not in each] == []


def drawn(page: Page) -> Page:
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".main-svg").first).to_be_attached()
    page.evaluate("scrollTo(0, 0)")
    return page


def test_from_the_index_to_the_sentence_by_clicks(opened, site):
    page = opened(site, "index.html")
    page.get_by_label("辖区").fill("鹿城")
    expect(page.locator("tr[data-searched]:visible")).to_have_count(1)
    page.get_by_role("link", name="鹿城区", exact=True).click()
    expect(page.locator("h2").first).to_contain_text("能数出来的完成了 56.0%")
    drawn(page).get_by_text("老有所养", exact=True).first.click(force=True)
    expect(page.locator("h2").first).to_have_text("5 老有所养")
    drawn(page).get_by_role("link", name="5.1 新改建老年食堂 50 家。").click()
    article = page.locator("article:target")
    expect(article).to_contain_text(
        "1 家选址、21 家图纸设计、17 家施工装修、1 家完成建设、12 家投入运营。"
    )
    expect(article).to_contain_text("13 ÷ 50 = 26.0%")
    page.get_by_label(words.SEARCH).fill("住建局 电梯")
    expect(page.locator("article:visible")).to_have_count(1)
    page.get_by_role("link", name=words.UP).click()
    expect(page.locator("h1")).to_have_text(words.TITLE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_every_page_fits_the_screen_with_its_charts_drawn(
    opened, folder, served, viewport, scheme, axe_core
):
    for path in (
        "index.html",
        *(
            f"330302/2023/{each}.html"
            for each in ("index", "category-10", "departments", "projects")
        ),
    ):
        page = drawn(opened(served, path, viewport, scheme))
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide == 0, path
        grave = [each["id"] for each in axe(page) if each["impact"] in ("serious", "critical")]
        assert grave == [], path


def printed(page: Page) -> str:
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return "".join("".join(each.extract_text().split()) for each in paper.pages)


def test_paper_has_every_project_and_its_words(opened, folder):
    disk = (folder / BELOW).as_uri()
    paper = printed(opened(disk, "330302/2023/projects.html"))
    for key, row in SHOT.rows.items():
        assert found(f"{key} {row.content}", paper)
        assert found(SHOT.report(key).text, paper)
    assert "26.0%" in printed(opened(disk, "330302/2023/category-5.html"))


def test_without_scripts_the_tables_and_words_are_there(browser, folder):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{(folder / BELOW).as_uri()}/330302/2023/category-5.html")
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.locator(".chart").first).to_be_hidden()
    context.close()
