"""The one-file page as somebody opens it from a USB stick: no server, no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pypdf import PdfReader

import build
from harness import DESKTOP, PATIENCE, PHONE, axe
from minsheng.export import page as export_page
from minsheng.measuring import snapshot
from seed import SHOT

# The width that A4 leaves between the margins of the page, at 96 px to the inch.
PAPER = {"width": 703, "height": 1000}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stick") / "民生实事 网页.html"
    path.write_bytes(export_page.build(SHOT))
    return path


Open = Callable[..., Page]


@pytest.fixture
def open_file(browser: Browser, file: Path) -> Iterator[Open]:
    """Opens the file with the network off. Fails when anything but the file was asked for, or a
    script failed, or the page's own policy had to refuse something."""
    asked: list[str] = []
    said: list[str] = []
    with ExitStack() as contexts:

        def opened(
            viewport: ViewportSize = DESKTOP, color_scheme: str = "light", scripts: bool = True
        ) -> Page:
            context = browser.new_context(
                viewport=viewport,
                color_scheme=color_scheme,
                offline=True,
                java_script_enabled=scripts,
                locale="zh-CN",
            )
            contexts.callback(context.close)
            context.on("request", lambda request: asked.append(request.url))
            context.on("weberror", lambda error: said.append(str(error.error)))
            context.on(
                "console",
                lambda message: said.append(message.text) if message.type == "error" else None,
            )
            context.set_default_timeout(PATIENCE * 1000)
            page = context.new_page()
            page.goto(file.as_uri())
            return page

        yield opened
    assert set(asked) == {file.as_uri()}
    assert said == []


def scroll_through(page: Page) -> None:
    """As a reader does: charts are drawn when they come near, and one passed in between two frames
    has not come near."""
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".main-svg").first).to_be_attached(timeout=PATIENCE * 1000)
    page.evaluate("scrollTo(0, 0)")


def overflow(page: Page) -> int:
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")]
)
def test_every_chart_is_drawn_without_a_request_and_nothing_is_wider_than_the_screen(
    open_file, viewport, scheme
):
    page = open_file(viewport, scheme)
    scroll_through(page)
    assert overflow(page) == 0
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.chart .main-svg')].map(each => {
            const box = each.getBoundingClientRect(); return [box.left, box.right]; })"""
    )
    assert all(left >= 0 and right <= viewport["width"] for left, right in boxes)
    ink = page.evaluate("getComputedStyle(document.querySelector('.chart text')).fill")
    assert ink == ("rgb(232, 234, 237)" if scheme == "dark" else "rgb(31, 35, 40)")


def test_charts_follow_when_the_reader_turns_the_light_off(open_file):
    page = open_file()
    page.wait_for_selector(".chart .main-svg")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        """() => { const words = document.querySelector('.chart text');
            return words && getComputedStyle(words).fill === 'rgb(232, 234, 237)'; }"""
    )


def test_search_finds_by_any_words_of_a_project(open_file):
    page = open_file()
    shown = page.locator(".project:visible")
    assert page.locator("#shown").inner_text() == "显示 29 / 29 个项目"
    page.fill("#search", "区教育局 招标")
    assert [each.get_attribute("id") for each in shown.all()] == ["p-2.3"]
    assert page.locator("#shown").inner_text() == "显示 1 / 29 个项目"
    page.fill("#search", "aed")
    assert [each.get_attribute("id") for each in shown.all()] == ["p-4.2"]
    page.fill("#search", "地铁")
    assert shown.count() == 0
    assert page.locator("#shown").inner_text() == "没有符合的项目。"


def test_a_link_shows_a_project_that_the_search_had_put_away(open_file):
    page = open_file()
    page.fill("#search", "地铁")
    page.click("#overview .cards a >> nth=0")
    page.wait_for_function("!document.getElementById('p-2.2').hidden")
    assert page.input_value("#search") == ""
    page.wait_for_function(
        """() => { const top = document.getElementById('p-2.2').getBoundingClientRect().top;
            return top >= 0 && top < innerHeight; }"""
    )


def test_a_click_on_a_row_of_a_chart_leads_to_it(open_file):
    page = open_file({"width": 1280, "height": 1200})
    page.wait_for_selector("#chart-categories .main-svg")
    box = page.locator("#chart-categories").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 20)
    page.wait_for_selector("#chart-categories .hoverlayer .hovertext")
    page.mouse.click(box["x"] + 100, box["y"] + 20)
    page.wait_for_function("location.hash === '#c-2'")  # the one that lags most stands first


def test_a_window_made_narrow_has_the_figures_of_a_phone(open_file):
    page = open_file()
    scroll_through(page)
    whole = "5.3 为 70 周岁及以上鹿城区户籍老年人购买意外伤害保险 90000 人"
    expect(page.locator("#chart-c5 text", has_text=whole)).to_have_count(1)
    page.set_viewport_size(PHONE)
    expect(page.locator("#chart-c5 text", has_text=whole)).to_have_count(0)
    expect(page.locator("#chart-c5 text", has_text="5.3 为 70 周岁")).to_have_count(1)
    assert overflow(page) == 0


def test_the_table_of_a_chart_opens_and_closes(open_file):
    page = open_file()
    table = page.locator("#twin-departments")
    assert not table.is_visible()
    button = page.locator("[aria-controls=twin-departments]")
    button.click()
    assert table.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert table.locator("tbody tr").count() == 16
    button.click()
    assert not table.is_visible()


def test_without_scripts_every_text_and_table_is_there(open_file):
    page = open_file(scripts=False)
    assert page.locator(".twin:visible").count() == page.locator(".twin").count() == 13
    assert page.locator(".chart:visible, .more:visible, #search:visible").count() == 0
    assert page.locator(".project:visible").count() == 29


def test_on_paper_every_bar_is_whole_and_as_long_as_its_figure(open_file):
    page = open_file(PAPER)
    page.emulate_media(media="print")
    assert overflow(page) == 0
    assert page.locator(".chart:visible, nav:visible, #search:visible").count() == 0
    bars = page.evaluate(
        """() => [...document.querySelectorAll('svg.bar')].map(svg => {
            const length = (kind) => {
                const part = svg.querySelector(kind);
                return part ? part.getBoundingClientRect().width : 0;
            };
            const box = svg.getBoundingClientRect(), cell = svg.closest('td').getBoundingClientRect();
            const row = [...svg.closest('tr').cells].map(each => each.textContent);
            const ends = [...svg.children].map(each => each.getBoundingClientRect().right);
            return { row, left: box.left, right: box.right, cell: [cell.left, cell.right],
                     end: Math.max(...ends), done: length('.done'), track: length('.track') };
        })"""
    )
    assert len(bars) == 35 + 1 + 10 + 16  # indicators, the whole plan, categories, departments
    for bar in bars:
        assert bar["cell"][0] <= bar["left"]
        assert bar["end"] <= bar["right"] + 2 <= bar["cell"][1] + 2 <= PAPER["width"] + 2
    longest = {bar["row"][1]: bar["done"] / bar["track"] for bar in bars if bar["row"][0] == "3.1"}
    assert longest == {
        "培训": pytest.approx(1, abs=0.002),  # the axis ends at 100 %
        "技能人才": pytest.approx(1, abs=0.002),
        "高技能人才": pytest.approx(0.589, abs=0.002),
    }


def test_printed_to_a4_nothing_is_lost_and_heads_are_repeated(open_file, tmp_path):
    page = open_file()
    page.pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "printed.pdf").pages
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages} == {(595, 842)}
    texts = ["".join(p.extract_text().split()) for p in pages]
    whole = "".join(texts)
    for project, row in SHOT.rows.items():
        assert found(f"{project} {row.content}", whole)
    assert all(found(each.message, whole) for each in SHOT.findings)


def test_the_head_of_a_table_that_goes_on_is_printed_on_each_page(open_file, file, tmp_path):
    shown = file.read_bytes()
    long = build.dataset(*(build.project(f"5.{at}") for at in range(1, 81)))
    try:
        file.write_bytes(export_page.build(snapshot.at(long)))
        open_file().pdf(path=tmp_path / "printed.pdf", prefer_css_page_size=True)
    finally:
        file.write_bytes(shown)
    texts = ["".join(p.extract_text().split()) for p in PdfReader(tmp_path / "printed.pdf").pages]
    assert sum(found("编号指标目标完成数", text) for text in texts) >= 2


def found(words: str, printed: str) -> bool:
    """Whether the words are printed. The font gives some characters back as their radicals."""
    pattern = "".join(f"(?:{re.escape(char)}|[\u2e80-\u2fdf])" for char in "".join(words.split()))
    return re.search(pattern, printed) is not None


def test_a_search_that_is_open_leaves_its_choice_on_paper(open_file):
    page = open_file()
    page.fill("#search", "aed")
    page.emulate_media(media="print")
    assert page.locator(".project:visible").count() == 1


def test_accessibility_has_nothing_serious(open_file, axe_core):
    for scheme in ("light", "dark"):
        page = open_file(color_scheme=scheme)
        scroll_through(page)
        serious = [
            (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
            for each in axe(page)
            if each["impact"] in ("serious", "critical")
        ]
        assert serious == []
