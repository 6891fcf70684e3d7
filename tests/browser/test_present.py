"""The presentation as a room sees it: keys, touch, reload, the way out, nothing cut off."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from harness import PHONE, axe, open_page, settle
from minsheng.labels import agenda as words
from minsheng.server.addresses import is_own

HD = {"width": 1920, "height": 1080}
BEAMER = {"width": 1024, "height": 768}
SLIDES = 17


def at(page) -> str:
    return page.locator(".deck .at").text_content()


def slide_of(page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("slide", [])


@pytest.fixture
def deck(app, new_page):
    def opened(address: str = "/present?slide=1", *args):
        page = open_page(new_page(*args), app.at(address))
        expect(page.locator(".deck")).to_be_visible()
        return page

    return opened


def test_the_button_starts_and_escape_and_the_button_leave(app, new_page):
    page = open_page(new_page(), app.at("/present"))
    expect(page.locator(".deck")).to_have_count(0)
    page.get_by_role("button", name=words.START.format(count=SLIDES)).click()
    expect(page.locator(".deck .at")).to_have_text(f"1 / {SLIDES}")
    page.keyboard.press("Escape")
    expect(page.locator(".deck")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("汇报")
    assert slide_of(page) == []
    page.get_by_role("button", name=words.START.format(count=SLIDES)).click()
    page.locator(".deck").get_by_role("button", name=words.LEAVE).click()
    expect(page.locator(".deck")).to_have_count(0)


def test_every_key_of_a_keyboard_and_a_clicker_moves_the_slides(deck):
    page = deck()
    steps = [
        ("ArrowRight", 2),
        ("ArrowDown", 3),
        (" ", 4),
        ("PageDown", 5),
        ("PageUp", 4),
        ("ArrowUp", 3),
        ("ArrowLeft", 2),
        ("End", SLIDES),
        ("ArrowRight", SLIDES),
        ("Home", 1),
        ("ArrowLeft", 1),
    ]
    for key, wanted in steps:
        page.keyboard.press(key)
        assert at(page) == f"{wanted} / {SLIDES}", key
        assert slide_of(page) == [str(wanted)]


def test_a_number_jumps_and_one_too_high_ends_at_the_last(deck):
    page = deck()
    page.keyboard.type("12")
    expect(page.locator(".jump")).to_have_text(words.JUMP.format(at="12"))
    page.keyboard.press("Enter")
    assert at(page) == f"12 / {SLIDES}"
    page.keyboard.type("99")
    expect(page.locator(".deck .at")).to_have_text(f"{SLIDES} / {SLIDES}")


def test_a_finger_moves_the_slides_and_a_scroll_does_not(deck):
    page = deck("/present?slide=4", PHONE)
    swipe = """([x1, y1, x2, y2]) => {
        const host = [...document.querySelectorAll('*')].find(e => e.shadowRoot?.querySelector('.deck'));
        const deck = host.shadowRoot.querySelector('.deck');
        const touch = (x, y) => new Touch({identifier: 1, target: deck, clientX: x, clientY: y});
        const send = (kind, x, y, on) => deck.dispatchEvent(new TouchEvent(kind,
            {touches: on ? [touch(x, y)] : [], changedTouches: [touch(x, y)], bubbles: true}));
        send('touchstart', x1, y1, true); send('touchend', x2, y2, false);
    }"""
    page.evaluate(swipe, [300, 400, 100, 420])
    assert at(page) == f"5 / {SLIDES}"
    page.evaluate(swipe, [100, 400, 300, 380])
    assert at(page) == f"4 / {SLIDES}"
    page.evaluate(swipe, [200, 600, 140, 200])
    assert at(page) == f"4 / {SLIDES}"


def test_a_reload_returns_to_the_same_slide(deck):
    page = deck()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.reload()
    settle(page)
    assert at(page) == f"7 / {SLIDES}"


def test_a_saved_file_redraws_the_slide_that_is_shown(start, new_page):
    app = start()
    page = open_page(new_page(), app.at("/present?slide=2"))
    expect(page.locator(".deck h1")).to_contain_text("56.0%")
    text = app.data.read_text("utf-8")
    app.save(
        text.replace("done: 43\n", "done: 50\n")
        .replace("43 台。", "50 台。")
        .replace("加装电梯 43 台", "加装电梯 50 台")
    )
    expect(page.locator(".deck h1")).to_contain_text("56.5%")
    assert at(page) == f"2 / {SLIDES}"
    expect(page.locator(".deck")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    assert at(page) == f"3 / {SLIDES}"


def test_a_detour_into_a_project_comes_back_to_the_slide_with_its_choices(deck):
    page = deck("/present?part=cover%2Clagging&slide=2")
    total = at(page).split("/")[1].strip()
    page.locator(".deck a.row").first.click()
    expect(page.locator(".deck")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("2.2 新投用中小学、公办幼儿园 10 所。")
    settle(page)
    expect(page.locator("[data-testid=stTopNavLink]").first).not_to_be_visible()
    page.get_by_role("button", name=words.BACK.format(at="2")).click()
    expect(page.locator(".deck .at")).to_have_text(f"2 / {total}")
    assert parse_qs(urlsplit(page.url).query)["part"] == ["cover,lagging"]
    page.locator(".deck a.row").nth(1).click()
    expect(page.locator(".deck")).to_have_count(0)
    expect(page.locator("h1")).to_have_text(re.compile("^2.3 实施"))
    settle(page)
    page.keyboard.press("Escape")
    expect(page.locator(".deck .at")).to_have_text(f"2 / {total}")


def test_other_pages_are_shown_without_chrome_and_larger_until_escape(app, new_page):
    page = open_page(new_page(HD), app.at("/category?category=5&present=1"))
    expect(page.locator("[data-testid=stTopNavLink]").first).not_to_be_visible()
    size = page.locator("h1").evaluate("e => e.getBoundingClientRect().height")
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stTopNavLink]").first).to_be_visible()
    settle(page)
    assert "present" not in page.url
    assert page.locator("h1").evaluate("e => e.getBoundingClientRect().height") < size


def test_words_in_charts_are_as_large_as_those_beside_them(app, new_page):
    """The figure is built at twice the size: its row of 15 px is set in 30."""
    page = open_page(new_page(HD), app.at("/department?present=1"))
    name = page.locator("[data-testid=stPlotlyChart] .textpoint text", has_text="区教育局").first
    expect(name).to_have_css("font-size", "32px")  # the row of a tablet: 16
    assert page.locator("h1").evaluate("e => e.getBoundingClientRect().height") == 52


@pytest.mark.parametrize("viewport", [HD, BEAMER, PHONE], ids=["16:9", "4:3", "phone"])
@pytest.mark.parametrize("address", ["/?present=1", "/category?category=10&present=1"])
def test_an_enlarged_page_cuts_off_neither_bar_nor_figure(app, new_page, viewport, address):
    page = open_page(new_page(viewport), app.at(address))
    # A chart is drawn once more when the page has its size, a moment after all else stands still.
    page.wait_for_function(
        """() => {
        const wide = (e, by) => e.getBoundingClientRect().right > by.getBoundingClientRect().right + 1;
        const bars = [...document.querySelectorAll('[data-testid=stPlotlyChart]')]
            .filter(e => wide(e.querySelector('.main-svg'), e.closest('[data-testid=stElementContainer]')));
        const figures = [...document.querySelectorAll('[data-testid=stMetricValue] *')]
            .filter(e => e.scrollWidth > e.clientWidth + 1);
        return bars.length + figures.length === 0;
    }"""
    )


def test_the_slides_can_go_on_by_themselves(deck):
    page = deck("/present?advance=10&slide=1")
    expect(page.locator(".deck .at")).to_have_text(f"2 / {SLIDES}")


# Leaves that stick out of the window or lie on one another, type below 28 of 1920, lonely slides.
_WRONG = """(phone) => {
    const host = [...document.querySelectorAll('*')].find(e => e.shadowRoot?.querySelector('.deck'));
    const deck = host.shadowRoot.querySelector('.deck'), found = [], frame = deck.getBoundingClientRect();
    const body = deck.querySelector('.body');
    const leaves = [...deck.querySelectorAll('h1, .where, .at, .head span, .group, .cell, .counted, .said, .when, .light, .qr, .body > p')]
        .filter(e => e.textContent && getComputedStyle(e).display !== 'none' && e.getBoundingClientRect().width);
    const least = phone ? 11.8 : 28 * Math.min(innerWidth / 1920, innerHeight / 1080) - 0.1;
    const box = (e) => { // of its words: a cell's box may be wider than they are
        const range = document.createRange();
        range.selectNodeContents(e);
        return range.getBoundingClientRect();
    };
    for (const leaf of leaves) {
        const at = box(leaf), inside = phone && body.contains(leaf);
        if (at.left < -1 || at.right > frame.right + 1 || (!inside && (at.top < -1 || at.bottom > frame.bottom + 1)))
            found.push(['cut', leaf.textContent]);
        if (parseFloat(getComputedStyle(leaf).fontSize) < least) found.push(['small', leaf.textContent]);
    }
    const solid = leaves.filter(e => !(phone && body.contains(e)));
    for (let a = 0; a < solid.length; a++) for (let b = a + 1; b < solid.length; b++) {
        if (solid[a].contains(solid[b]) || solid[b].contains(solid[a])) continue;
        const p = box(solid[a]), q = box(solid[b]);
        const w = Math.min(p.right, q.right) - Math.max(p.left, q.left), h = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (w > 2 && h > 2) found.push(['on each other', solid[a].textContent, solid[b].textContent]);
    }
    const rows = deck.querySelector('.rows');
    if (rows && !phone && rows.scrollHeight > rows.clientHeight + 1) found.push(['fuller than it can be', rows.scrollHeight]);
    return found;
}"""


@pytest.mark.parametrize("viewport", [HD, BEAMER, PHONE], ids=["16:9", "4:3", "phone"])
def test_nothing_is_cut_off_small_or_on_something_else(deck, viewport):
    page = deck("/present?slide=1", viewport)
    found = {}
    for number in range(1, SLIDES + 1):
        assert at(page) == f"{number} / {SLIDES}"
        if wrong := page.evaluate(_WRONG, viewport is PHONE):
            found[number] = wrong
        page.keyboard.press("ArrowRight")
    assert found == {}


def test_title_body_and_foot_are_sixty_forty_and_twenty_eight(deck):
    page = deck("/present?slide=3", HD)
    sizes = {"h1": "60px", ".cell p:not(.small)": "40px", ".where": "28px"}
    for what, size in sizes.items():
        leaf = page.locator(f".deck {what}").first
        assert leaf.evaluate("e => getComputedStyle(e).fontSize") == size, what


def test_what_is_only_said_is_hatched_as_far_as_it_is_said(start, new_page):
    app = start()
    app.save(
        app.data.read_text("utf-8").replace(
            "declared: true\n", "declared: true\n            claimed: 90\n"
        )
    )
    page = open_page(new_page(HD), app.at("/present?part=category&category=8&slide=1"))
    bar = page.locator(".deck .row", has_text="8.1").locator(".track")
    assert bar.locator(".fill").count() == 0
    assert bar.locator(".hatched").get_attribute("style").endswith("width: 90%;")


def test_the_buttons_fade_without_movement_and_come_back_with_it(deck):
    page = deck()
    nav = page.locator(".deck nav")
    expect(nav).to_have_css("opacity", "0")
    page.keyboard.press("ArrowRight")  # who goes on with a clicker does not want them
    expect(nav).to_have_css("opacity", "0")
    page.mouse.move(300, 300)
    expect(nav).to_have_css("opacity", "1")


def test_the_cover_and_the_last_slide_show_a_code_and_no_other(axe_core, deck):
    page = deck(f"/present?slide={SLIDES}")
    code = page.locator(".deck .qr img")
    assert code.get_attribute("src").startswith("data:image/png;base64,")
    assert code.get_attribute("alt") == words.SCAN
    page.keyboard.press("ArrowLeft")
    expect(code).to_have_count(0)
    found = [v["id"] for v in axe(page) if v["impact"] in ("serious", "critical")]
    assert found == []
    page.keyboard.press("Home")
    expect(code).to_have_count(1)


def test_a_copied_link_says_when_the_data_have_changed_since(start, new_page):
    app = start()
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, app.at("/category?category=5"))
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(copied).query).keys() == {"category", "v", "period"}
    assert not is_own(urlsplit(copied).hostname), "others can open it"
    assert urlsplit(copied).port == urlsplit(app.url).port
    other = open_page(new_page(), app.at(f"/category?{urlsplit(copied).query}"))
    expect(other.locator("h1")).to_have_text("类别 · 老有所养")
    expect(other.get_by_text("数据后来有变化")).to_have_count(0)
    app.save(app.data.read_text("utf-8") + "\n# 改过\n")
    expect(other.get_by_text("数据后来有变化")).to_be_visible()
