"""The screens of 总览, 类别, 部门 and 项目 by the boxes of what stands on them."""

from __future__ import annotations

import io
import re
from pathlib import Path
from unicodedata import normalize

import pypdf
import pytest
from playwright.sync_api import Page, expect

from harness import drawn_for, open_page, settle

FOUR = Path(__file__).parents[1] / "data" / "four-periods.yaml"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PAGES = (
    "/",
    "/category",
    "/department",
    "/project?id=5.2",
    "/findings",
    "/trend",
    "/present",
    "/export",
    "/data",
    "/data?tab=fill&id=5.2",
)
# 150 % zoom of 1366 leaves 910 of them.
WIDTHS = (390, 768, 910, 1024, 1366, 1920)

# Everything that reads, inside components too: [text, left, top, right, bottom, size of type].
WORDS = """() => {
    const found = [], walk = (root) => {
        for (const node of root.querySelectorAll('*')) {
            if (node.shadowRoot) walk(node.shadowRoot);
            const own = [...node.childNodes].filter((n) => n.nodeType === 3 && n.textContent.trim());
            if (!own.length || node.closest('style, script, option, [aria-hidden=true]')) continue;
            const range = document.createRange();
            range.selectNodeContents(own[0]);
            const b = range.getBoundingClientRect(), style = getComputedStyle(node);
            if (!b.width || style.visibility === 'hidden' || node.closest('.skip')) continue;
            const edge = style.overflowX === 'hidden' ? node.getBoundingClientRect().right : b.right;
            found.push([own[0].textContent.trim(), b.left, b.top, Math.min(b.right, edge), b.bottom, parseFloat(style.fontSize)]);
        }
    };
    walk(document.querySelector('[data-testid=stMain]'));
    return found;
}"""
# Words that stand out less than 4.5 to 1 from what is behind them: [text, contrast]. What cannot be
# used (a disabled field) needs none.
FAINT = """() => {
    const pen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const rgba = (colour) => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
    const up = (node) => node.parentElement ?? node.getRootNode().host ?? null;
    const ground = (node) => {
        const layers = [];
        for (let at = node; at; at = up(at)) {
            const colour = rgba(getComputedStyle(at).backgroundColor);
            if (colour[3]) layers.push(colour);
            if (colour[3] === 1) break;
        }
        return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
    };
    const luminance = (colour) => {
        const [r, g, b] = colour.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found = [], walk = (root) => {
        for (const node of root.querySelectorAll('*')) {
            if (node.shadowRoot) walk(node.shadowRoot);
            const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
            if (!own || node.closest('style, script, option, svg, .skip, [disabled], [aria-disabled=true]')) continue;
            if (node.closest('label')?.querySelector('[disabled]') || node.closest('[data-testid=stElementContainer]')?.querySelector('[disabled]')) continue;
            const box = node.getBoundingClientRect(), style = getComputedStyle(node);
            if (!box.width || style.visibility === 'hidden') continue;
            const back = ground(node), ink = over(rgba(style.color), back);
            const [a, b] = [luminance(ink), luminance(back)].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
            if (ratio < 4.5) found.push([node.textContent.trim().slice(0, 30), Math.round(ratio * 100) / 100]);
        }
    };
    walk(document.querySelector('[data-testid=stMain]'));
    return found;
}"""
# Numbers whose unit stands on the next line; not in what a department wrote, which is shown as it is.
PARTED = """() => {
    const found = [], walk = (root) => {
        for (const node of root.querySelectorAll('*')) {
            if (node.shadowRoot) walk(node.shadowRoot);
            if (node.closest('style, script, option, svg, .skip, [lang], textarea')) continue;
            for (const own of node.childNodes) {
                if (own.nodeType !== 3) continue;
                for (const match of own.textContent.matchAll(/\\d[\\d,.]*[ \\u00a0]?(?:%|个百分点|项|个|家|所|处|套|户|人|条|天)/g)) {
                    const range = document.createRange();
                    range.setStart(own, match.index);
                    range.setEnd(own, match.index + match[0].length);
                    const tops = new Set([...range.getClientRects()].map((each) => Math.round(each.top)));
                    if (tops.size > 1) found.push(match[0]);
                }
            }
        }
    };
    walk(document.querySelector('[data-testid=stMain]'));
    return found;
}"""
PAINTED = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].flatMap((chart) => {
    const each = [...chart.querySelectorAll('.textpoint text, .annotation-text')]
        .map((e) => [e.textContent, e.getBoundingClientRect()]).filter(([, b]) => b.width);
    return each.flatMap(([a, p], i) => each.slice(i + 1)
        .filter(([, q]) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1
            && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 3)
        .map(([b]) => a + ' / ' + b));
})"""


def bottom_of(page: Page, text: str) -> float:
    """The lower edge of the last words that are exactly these."""
    boxes = [each for each in page.evaluate(WORDS) if each[0] == text]
    assert boxes, text
    return max(each[4] for each in boxes)


def test_the_first_screen_of_a_desktop_answers_the_three_questions(app, new_page):
    page = open_page(new_page(DESK), app.at("/"))
    for words in (
        "29 项里 11 项滞后，8 项严重",
        "核算 56.0%",
        "序时 49.6%",
        "9.2",
        "10.2",
        "病有所医",
    ):
        assert bottom_of(page, words) <= DESK["height"], words
    cells = page.locator("a.cell:not(.count)")
    assert cells.count() == 29
    assert page.locator("a.row").count() == 11
    assert page.locator("a.row").last.bounding_box()["y"] + 30 <= DESK["height"]


def test_the_first_screen_of_a_phone_has_headline_bar_counts_and_seven_that_lag(app, new_page):
    page = open_page(new_page(PHONE), app.at("/"))
    expect(page.locator(".short")).to_be_visible()
    expect(page.locator(".page")).to_have_text("总览")
    for words in ("29 项里 11 项滞后，8 项严重", "核算 56.0%", "◆ 8"):
        assert bottom_of(page, words) <= PHONE["height"], words
    seventh = page.locator("a.row").nth(6).bounding_box()
    assert seventh["y"] + seventh["height"] <= PHONE["height"]


def test_all_departments_stand_in_one_screen(app, new_page):
    page = open_page(new_page(DESK), app.at("/department"))
    assert bottom_of(page, "区红十字会") <= DESK["height"]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_overlaps_is_tiny_or_runs_off_at_any_width(app, new_page, address):
    page = new_page({"width": WIDTHS[0], "height": 900})
    open_page(page, app.at(address))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        drawn_for(page)
        words = page.evaluate(WORDS)
        assert [each for each in words if each[3] > width + 1] == []
        assert [each for each in words if each[5] < 12] == []
        assert page.evaluate(PAINTED) == [], width


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_word_stands_out_from_its_ground_and_no_number_parts_from_its_unit(
    app, new_page, theme
):
    page = new_page(DESK, theme)
    found = {}
    for address in PAGES:
        open_page(page, app.at(address))
        faint = page.evaluate(FAINT)
        parted = page.evaluate(PARTED)
        if faint or parted:
            found[address] = faint, parted
    assert found == {}


def click_row(page: Page, text: str) -> None:
    box = next(each for each in page.evaluate(WORDS) if each[0] == text)
    page.mouse.click((box[1] + box[3]) / 2, (box[2] + box[4]) / 2)


def test_words_bar_and_glyph_of_a_row_open_what_they_stand_for(app, new_page):
    page = open_page(new_page(DESK), app.at("/department"))
    click_row(page, "区民政局")
    expect(page.locator("h1")).to_have_text("部门 · 区民政局")
    settle(page)
    page.go_back()
    expect(page.locator("h1")).to_have_text("各单位做到了多少")
    settle(page)
    marks = page.locator("[data-testid=stPlotlyChart] .scatterlayer .trace:has(.points path)")
    glyphs = marks.last.locator(".points path")  # before them what is due, and a claim
    glyphs.nth(4).click(force=True)
    expect(page.locator("h1")).to_have_text(re.compile("^2.1 "))


def test_the_keyboard_opens_a_row_too(app, new_page):
    page = open_page(new_page(DESK), app.at("/"))
    page.get_by_role("link", name=re.compile("^老有所养，3 项")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("类别 · 老有所养")


def test_the_menu_keeps_the_period_that_was_chosen(start, new_page):
    page = open_page(new_page(DESK), start(FOUR.read_text("utf-8")).at("/"))
    chosen = page.locator(".dated select").evaluate("s => [...s.options].map(o => o.textContent)")
    page.locator(".dated select").select_option(label=chosen[-1])
    expect(page).to_have_url(re.compile(r"period="))
    period = page.url.partition("period=")[2]
    page.get_by_role("link", name="部门", exact=True).click()
    expect(page.locator("h1")).to_have_text("各单位做到了多少")
    expect(page).to_have_url(re.compile(f"period={period}"))


@pytest.mark.parametrize("width", [1280, 1366, 1920])
def test_paper_keeps_every_percentage_and_row(app, new_page, width):
    page = new_page({"width": width, "height": 800})
    for address, last in (("/category", "100.0%"), ("/department", "区红十字会"), ("/", "10.2")):
        open_page(page, app.at(address))
        read = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
        # A PDF names some characters by the radicals they look like.
        text = normalize("NFKC", "".join(each.extract_text() for each in read.pages))
        assert last in text
        assert text.count("%") >= {"/category": 45, "/department": 16, "/": 12}[address]
