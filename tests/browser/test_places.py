"""辖区 in the browser: twelve places in one screen, each row to its evidence, followed and unharmed."""

from __future__ import annotations

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

import make_lists
from harness import DESKTOP, PHONE, axe, open_page, settle
from minsheng.labels import lists as list_words
from minsheng.labels import places as words
from minsheng.lists import codes
from test_app import WIDER_THAN_THE_SCREEN

SCREEN = {"width": 1366, "height": 768}
TWELVE = make_lists.folder(12, silent=3)
CITY = {"330300/2023.yaml": make_lists.text(codes.divisions()["330300"])}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """A server with twelve counties, of which three have not reported, and their city."""
    from harness import serve

    with serve(tmp_path_factory.mktemp("places"), {**TWELVE, **CITY}) as running:
        yield running


def names(page) -> list[str]:
    return page.locator("table.places .place").all_inner_texts()


def test_all_twelve_and_their_mean_are_in_one_screen_and_say_who_is_silent(app, new_page):
    page = open_page(new_page(SCREEN), app.at("/places"))
    expect(page.locator("table.places .place")).to_have_count(12)
    boxes = [row.bounding_box() for row in page.locator("table.places tbody tr").all()]
    assert len(boxes) == 13
    assert max(box["y"] + box["height"] for box in boxes) <= 768
    expect(page.locator(".finding")).to_contain_text("12 个辖区平均核算")
    expect(page.locator(".finding")).to_contain_text("3 个本期未报")
    silent = page.locator("tr.silent")
    expect(silent).to_have_count(3)
    for row in silent.all():
        expect(row).to_contain_text(list_words.SILENCE["no_period"])
    expect(page.locator("tr.whole")).to_contain_text("9 / 12 已报")
    expect(page.get_by_text(re.compile("温州市 核算"))).to_be_visible()  # beside, never added
    assert axe(page) == []
    reminders = page.locator("p.finding-row")
    for at in range(3):
        expect(reminders.nth(at)).to_contain_text("请")


def test_orders_levels_and_days_are_in_the_address(app, new_page):
    page = open_page(new_page(SCREEN), app.at("/places"))
    worst = names(page)
    page.get_by_role("link", name=words.ORDERS["silent"]).click()
    expect(page).to_have_url(re.compile("order=silent"))
    settle(page)
    assert page.locator("table.places tbody tr").first.get_attribute("class") == "silent"
    assert sorted(names(page)) == sorted(worst)
    page.get_by_role("link", name=words.ORDERS["rank"]).click()
    expect(page.get_by_text(re.compile(r"第 1 名")).first).to_be_visible()
    page.get_by_role("link", name=list_words.LEVEL["city"]).click()
    expect(page).to_have_url(re.compile("level=city"))
    expect(page.locator("table.places .place")).to_have_count(1)
    page.go_back()
    expect(page.locator("table.places .place")).to_have_count(12)
    page.get_by_label(words.DAY).select_option("2023-03-31")
    expect(page).to_have_url(re.compile("day=2023-03-31"))
    expect(page.locator("tr.silent")).to_have_count(0)  # by then all had reported


def test_a_row_leads_to_its_place_from_there_to_a_project_and_its_sentence(app, new_page):
    page = open_page(new_page(SCREEN), app.at("/places"))
    row = page.locator("table.places tbody tr").first
    name = row.locator(".place").inner_text()
    row.locator("td.bar").click(force=True)  # anywhere: the way lies over the whole row
    expect(page).to_have_url(re.compile(r"place=\d{6}&year=2023"))
    expect(page.get_by_text(f"2023 年{name}民生实事项目进展表").first).to_be_visible()
    settle(page)
    page.locator("[data-words] .cell").first.click()
    expect(page).to_have_url(re.compile(r"/project\?.*id="))
    expect(page.get_by_text(re.compile(r"已建成\d+个")).first).to_be_visible()
    expect(page).to_have_url(re.compile("place="))


def test_a_row_opens_by_the_keyboard(app, new_page):
    page = open_page(new_page(SCREEN), app.at("/places"))
    page.locator("table.places .place").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place="))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP, {"width": 768, "height": 900}], ids=str)
def test_nothing_is_wider_than_the_screen(app, new_page, viewport):
    page = open_page(new_page(viewport), app.at("/places"))
    expect(page.locator("table.places .place")).to_have_count(12)
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []


def test_a_save_in_one_place_is_followed_and_a_broken_place_is_named_and_harms_none(
    start, new_page
):
    app = start(dict(list(TWELVE.items())[3:7]))
    page = open_page(new_page(SCREEN), app.at("/places"))
    expect(page.locator("table.places .place")).to_have_count(4)
    before = page.locator("tr.whole").inner_text()
    place, text = list(TWELVE.items())[4]
    name = re.search("place: (.*)", text)[1]
    (app.data / place).write_text(re.sub(r"done: \d+", "done: 0", text), "utf-8")
    expect(page.locator("tr", has_text=name)).to_contain_text("0.0%")
    assert page.locator("tr.whole").inner_text() != before
    (app.data / place).write_text("version: 1\n", "utf-8")
    expect(page.get_by_text(list_words.OUTDATED)).to_be_visible()
    expect(page.locator("tr", has_text=name)).to_contain_text("0.0%")  # its last good rows
    expect(page.locator("table.places .place")).to_have_count(4)


def test_who_is_missing_is_a_file_too(app, page, tmp_path):
    open_page(page, app.at("/places"))
    with page.expect_download() as loading:
        page.get_by_role("link", name=words.AS_EXCEL).click()
    file = tmp_path / "missing.xlsx"
    loading.value.save_as(file)
    book = load_workbook(file)
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    texts = page.locator(".finding-row").all_text_contents()
    assert texts
    assert set(texts) <= said
    assert loading.value.suggested_filename.startswith(list_words.MISSING)


def test_a_place_that_judges_otherwise_is_judged_as_all_and_says_so(start, new_page):
    lists = dict(list(TWELVE.items())[3:6])
    place, text = list(lists.items())[1]
    own = "thresholds: {ahead: 5, behind: 40, far_behind: 60}\nperiods:\n"
    app = start({**lists, place: text.replace("periods:\n", own, 1)})
    page = open_page(new_page(SCREEN), app.at("/places"))
    name = re.search("place: (.*)", text)[1]
    expect(page.locator("tr", has_text=words.OTHER_LIMITS)).to_have_count(1)
    expect(page.locator("tr", has_text=words.OTHER_LIMITS)).to_contain_text(name)
    expect(
        page.get_by_text("各地的进度界限不同，这里一律按 +10 / −10 / −30 个百分点判断")
    ).to_be_visible()
