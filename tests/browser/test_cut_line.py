"""A page that was cut off says so in Chinese, and follows when it is back, where it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from harness import PATIENCE, SEED, App, open_page, settle
from line import Line
from minsheng import labels
from minsheng.labels import findings, screens
from minsheng.labels import serving as words

pytestmark = pytest.mark.slow

TEXT = SEED.read_text(encoding="utf-8")
MENDED = TEXT.replace("category: 老有所养", "category: 老有所乐")
AGAIN = TEXT.replace("category: 老有所养", "category: 老有所安")
MARK = "#minsheng-mark"
LONG_CUT = 10_000  # ms; longer than any wake-up of the server waits
SOON = PATIENCE * 1000


@pytest.fixture
def app(start) -> App:
    return start()


@pytest.fixture
def line(app) -> Iterator[Line]:
    made = Line(app.url)
    yield made
    made.close()


def cut_off(page: Page, line: Line) -> None:
    line.cut()
    expect(page.locator(MARK)).to_have_text(words.SHELL["lost"], timeout=SOON)
    expect(page.get_by_role("dialog")).to_have_count(0)


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_contain_text(text, timeout=SOON)


@pytest.mark.parametrize(
    ("address", "length"),
    [
        ("category?category=5", LONG_CUT),
        ("category?category=5&present=1", LONG_CUT),
        # longer than a browser waits between two tries, and than Streamlit by itself keeps a session
        ("category?category=5", 60_000),
        ("category?category=5", 200_000),
    ],
)
def test_a_save_during_a_cut_is_shown_without_a_click(app, line, page, address, length):
    open_page(page, line.at(address))
    heading(page, "老有所养")
    cut_off(page, line)
    app.save(MENDED)
    page.wait_for_timeout(length)
    assert page.get_by_text("Connection error").count() == 0
    line.mend()
    heading(page, "老有所乐")
    expect(page.locator(MARK)).to_have_count(0, timeout=SOON)
    expect(page).to_have_url(line.at(address))


def test_after_a_restart_the_page_is_where_it_was_and_follows_again(app, line, page, start):
    open_page(page, line.at("category?category=5"))
    heading(page, "老有所养")
    cut_off(page, line)
    app.process.terminate()
    app.process.wait()
    anew = start(MENDED)
    line.mend(anew.url)
    heading(page, "老有所乐")
    anew.save(AGAIN)
    heading(page, "老有所安")
    expect(page).to_have_url(line.at("category?category=5"))


def test_a_slide_stays_on_the_screen_through_a_cut_a_restart_and_a_save(app, line, page, start):
    open_page(page, line.at("present?slide=3"))
    title = page.locator(".deck h1").text_content()
    cut_off(page, line)
    expect(page.locator(".deck h1")).to_have_text(title)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".deck h1")).not_to_have_text(title)
    page.keyboard.press("ArrowLeft")
    app.process.terminate()
    app.process.wait()
    anew = start(TEXT.replace("as_of: 2023-06-30", "as_of: 2023-06-29"))
    line.mend(anew.url)
    expect(page.locator(".deck footer")).to_contain_text("2023-06-29", timeout=SOON)
    expect(page.locator(".deck footer")).to_contain_text("3 / ")
    expect(page).to_have_url(line.at("present?slide=3"))


def test_a_page_that_was_just_opened_is_not_thrown_to_the_overview_by_a_save(app, line, page):
    """Streamlit knows no address of it yet; a wake-up then would run the first page of the menu."""
    app.save(MENDED)
    page.goto(line.at("category?category=5"), wait_until="commit")
    for text in (AGAIN, MENDED) * 5:
        app.save(text)
        page.wait_for_timeout(300)
    heading(page, "老有所乐")
    expect(page).to_have_url(line.at("category?category=5"))


def test_a_click_during_a_restart_is_not_lost_in_silence(app, line, page, start):
    """The menu is off and the mark says that clicks do nothing; afterwards heading and address are
    of one page, and clicks work."""
    open_page(page, line.at("category?category=5"))
    cut_off(page, line)
    app.process.terminate()
    app.process.wait()
    menu = page.get_by_test_id("stTopNavLink").filter(has_text=labels.PAGES["department"]).first
    expect(menu).to_have_attribute("disabled", "")
    page.locator(".ask").first.click()
    expect(page.locator(MARK)).to_contain_text("点击暂不起作用")
    anew = start()
    line.mend(anew.url)
    expect(page.locator(MARK)).to_have_count(0, timeout=SOON)
    heading(page, "5.1 " if "/project?" in page.url else "老有所养")
    settle(page)
    menu.click()
    heading(page, screens.DEPARTMENT_LIST)


def test_back_and_forward_pass_through_the_pages_as_they_were_seen(app, page):
    """With a click on a bar in between, whose filter stays with the page that it led to."""
    open_page(page, app.at("/"))
    rows = page.locator("[data-testid=stPlotlyChart]").nth(1).locator(".barlayer .trace").last
    rows.locator(".point path").nth(2).click(force=True)
    heading(page, "类别 · ")
    one = page.locator("h1").text_content() or ""
    category = page.url
    page.get_by_role("link", name=labels.PAGES["findings"]).first.click()
    heading(page, findings.TITLE)
    page.go_back()
    heading(page, one)
    expect(page).to_have_url(category)
    page.go_back()
    heading(page, "2023 年鹿城区")
    expect(page).to_have_url(app.at("/"))
    page.go_forward()
    heading(page, one)
    expect(page).to_have_url(category)
