"""The app as its viewers meet it: a fresh server, a real browser, a file that somebody saves."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from harness import PHONE, SEED, App, drawn_for, open_page, serve, settle
from minsheng import labels

TEXT = SEED.read_text(encoding="utf-8")
ADDRESSES = {
    "overview": "/",
    "category": "/category?category=5",
    "department": "/department",
    "project": "/project?id=5.1",
    "findings": "/findings?rule=weak-part",
    "trend": "/trend",
    "data": "/data",
}

WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1
        && getComputedStyle(e).visibility !== 'hidden'
        && !e.closest('[data-testid=stTable]')
        && !e.ownerSVGElement) // what an SVG holds ends with it
    .map(e => e.tagName + ' ' + (e.textContent || '').slice(0, 30))"""
WORDS_ON_EACH_OTHER = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].flatMap(chart => {
        const boxes = [...chart.querySelectorAll('.textpoint text, .annotation-text, .legendtext')]
            .map(e => [e.textContent, e.getBoundingClientRect()])
            .filter(([, b]) => b.width);
        return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
            .filter(([, q]) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1
                && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 3)
            .map(([b]) => a + ' / ' + b));
    })"""


def test_a_click_on_a_category_bar_opens_the_category(app, page):
    open_page(page, app.at("/"))
    rows = page.locator("[data-testid=stPlotlyChart]").nth(1).locator(".barlayer .trace").last
    rows.locator(".point path").nth(2).click(force=True)
    expect(page.locator("h1")).to_have_text("类别 · 老有所养")
    expect(page).to_have_url(app.at("/category?category=5"))


def test_a_click_on_the_cell_of_a_project_opens_it(app, page):
    open_page(page, app.at("/"))
    page.get_by_role("link", name="5.1", exact=True).click()
    expect(page.locator("h1")).to_have_text("5.1 新改建老年食堂 50 家。")
    expect(page).to_have_url(app.at("/project?id=5.1"))


def test_a_count_of_lights_is_a_link_to_exactly_those_projects(app, page):
    open_page(page, app.at("/"))
    page.get_by_role("link", name="严重滞后 8").first.click()
    expect(page.locator("h1")).to_have_text("各类别的每一个项目")
    settle(page)
    expect(page).to_have_url(app.at("/category?light=far_behind"))
    words = page.locator("[data-testid=stPlotlyChart]").first.locator(".textpoint text")
    found = (re.match(r"(\d+\.\d+) \D", text) for text in words.all_text_contents())
    ids = [match[1] for match in found if match]
    assert ids == ["2.2", "2.3", "2.4", "5.2", "6.6", "7.2", "8.2", "7.1"]


def test_a_choice_stands_in_the_address_and_the_address_makes_the_choice(app, new_page):
    page = open_page(new_page(), app.at("/category"))
    page.get_by_role("link", name="行有所畅", exact=True).click()
    expect(page.locator("h1")).to_have_text("类别 · 行有所畅")
    expect(page).to_have_url(app.at("/category?category=10"))
    other = open_page(new_page(), page.url)
    expect(other.locator("h1")).to_have_text("类别 · 行有所畅")


def test_an_open_page_follows_a_save_and_keeps_its_choices(start, new_page):
    app = start()
    overview = open_page(new_page(), app.at("/"))
    project = open_page(new_page(), app.at("/project?id=5.1"))
    expect(overview.locator(".finding")).to_contain_text("核算完成 56.0%")
    changed = TEXT.replace("[1 家完成建设, 12 家投入运营]", "[21 家图纸设计]").replace(
        "done: 13\n", "done: 21\n"
    )
    app.save(changed)
    expect(overview.locator(".finding")).to_contain_text("核算完成 56.6%")
    expect(project.get_by_text("21 ÷ 50 = 42.0%")).to_be_visible()
    expect(project.locator("h1")).to_have_text("5.1 新改建老年食堂 50 家。")
    expect(project).to_have_url(app.at("/project?id=5.1"))


def test_a_bad_save_keeps_the_figures_and_names_the_fault_until_it_is_mended(start, page):
    app = start()
    open_page(page, app.at("/"))
    app.save(TEXT.replace("done: 13\n", "done：13\n"))
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("用了全角冒号")
    expect(page.locator(".finding")).to_contain_text("核算完成 56.0%")
    page.get_by_role("link", name=labels.ALL_PROBLEMS).click()
    expect(page.locator("h1")).to_have_text("数据")
    expect(page.get_by_text("projects.yaml:207:17: 用了全角冒号").last).to_be_visible()
    app.save(TEXT)
    expect(alert).to_have_count(0)


def test_a_file_cut_or_gone_for_a_moment_never_blanks_the_page(start, page):
    app = start()
    open_page(page, app.at("/"))
    value = page.locator(".finding")
    app.data.write_text(TEXT[:3000], encoding="utf-8")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(value).to_be_visible()
    app.data.unlink()
    expect(page.get_by_role("alert").first).to_contain_text("找不到文件")
    expect(value).to_be_visible()
    app.save(TEXT)
    expect(value).to_contain_text("核算完成 56.0%")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(app, new_page, name, scheme):
    page = open_page(new_page(PHONE, scheme), app.at(ADDRESSES[name]))
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []


@pytest.mark.parametrize("name", ["overview", "category", "department", "project", "trend"])
def test_words_in_charts_do_not_lie_on_each_other(app, page, name):
    open_page(page, app.at(ADDRESSES[name]))
    assert words_on_each_other(page) == {}


def words_on_each_other(page: Page) -> dict[int, list[str]]:
    """By the width of the window, where there are any."""
    found = {}
    for width in (390, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        drawn_for(page)
        found[width] = page.evaluate(WORDS_ON_EACH_OTHER)
    return {width: words for width, words in found.items() if words}


HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) $y$ :red[z] :smile: *a* `b` ![](http://a.b/c)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Iterator[App]:
    """A server whose dataset has hostile words in every place for words."""
    quoted = HOSTILE.replace("'", "''")
    dataset = (
        TEXT.replace("content: 新改建老年食堂 50 家。", f"content: '{quoted} 50 家'")
        .replace("name: 老年食堂", f"name: '{quoted}'")
        .replace("          老年食堂:", f"          '{quoted}':")
        .replace("[区民政局]", f"['{re.sub('[/:!]', '', quoted)}']")
        .replace("category: 老有所养", f"category: '{quoted}'")
        .replace("text: 1 家选址", f"text: '{quoted} 1 家选址".rstrip())
        .replace("12 家投入运营。\n", "12 家投入运营。'\n")
        .replace("title: 2023", f"title: '{quoted} 2023")
        .replace("进展表  # 原表如此", "进展表'")
    )
    with serve(tmp_path_factory.mktemp("hostile"), dataset) as running:
        yield running


@pytest.mark.parametrize("name", ADDRESSES)
def test_text_from_the_file_is_shown_as_typed(hostile, page, name):
    open_page(page, hostile.at(ADDRESSES[name].replace("?rule=weak-part", "")))
    shown = page.locator("[data-testid=stMain]").text_content()
    for part in (".cards", "[data-words]"):
        shown += "".join(page.locator(f"[data-testid=stMain] {part}").all_text_contents())
    expected = {"department": HOSTILE[:16], "data": "projects.yaml"}
    assert expected.get(name, HOSTILE) in shown
    assert page.locator("[data-testid=stMain] script, [data-testid=stMain] img").count() == 0
    assert page.locator("[data-testid=stMain] a[href^=javascript]").count() == 0


def test_the_picture_button_is_chinese_and_saves_at_double_size(app, page):
    open_page(page, app.at("/"))
    chart = page.locator("[data-testid=stPlotlyChart]").nth(1)
    button = page.get_by_role("button", name=labels.AS_PICTURE)
    with page.expect_download() as download:
        button.click()
    picture = Image.open(io.BytesIO(download.value.path().read_bytes()))
    box = chart.locator(".main-svg").first.bounding_box()
    assert picture.format == "PNG"
    assert abs(picture.width - 2 * box["width"]) <= 2


def test_a_page_that_came_from_an_older_server_asks_for_itself_anew(app, page):
    """Its scripts came with it; what a newer server sends may be for others."""
    open_page(page, app.at("/"))
    page.evaluate("window.isOld = true")
    page.evaluate("window.minsheng('words', 'of a newer server', {})")
    page.wait_for_function("window.isOld === undefined")
    expect(page.locator("h1")).to_be_visible()


def test_a_chart_has_its_finding_in_words_and_its_table(app, page):
    open_page(page, app.at("/"))
    chart = page.locator("[data-testid=stPlotlyChart]").first
    said = "序时进度 49.6%。完成率最高的是病有所医（100.0%），最低的是居有所安（5.0%）。"
    assert page.locator(f"[aria-label='{said}']").count() >= 1
    page.get_by_text(labels.AS_TABLE, exact=True).first.click()
    table = page.get_by_role("table").first
    expect(table).to_contain_text("学有所教")
    expect(table).to_contain_text("15.6%")
    expect(chart).to_be_visible()


def test_times_are_those_of_the_browser_and_name_its_zone_where_the_server_has_another(
    start, page, monkeypatch
):
    monkeypatch.setenv("TZ", "UTC")
    app = start()
    open_page(page, app.at("/data"))  # from a browser in Shanghai
    saved = dt.datetime.fromtimestamp(int(app.data.stat().st_mtime), dt.UTC)
    there = saved.astimezone(dt.timezone(dt.timedelta(hours=8)))
    said = f"保存时间：{there:%Y-%m-%d %H:%M:%S}（UTC+8）"
    expect(page.get_by_text(said)).to_be_visible()
