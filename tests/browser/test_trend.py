"""The page 趋势 with four periods, as its viewers meet it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from harness import DESKTOP, PHONE, ROOT, App, axe, open_page, serve
from test_app import WIDER_THAN_THE_SCREEN, words_on_each_other

FOUR = (ROOT / "tests" / "data" / "four-periods.yaml").read_text(encoding="utf-8")
ADDRESS = "/trend?period=2023Q3"
# In any notation of the browser's, and not transparent.
A_COLOUR = re.compile(r"^(?!rgba\(.*, 0\)$|.*/ 0\)$)(rgba?|color)\(")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with serve(tmp_path_factory.mktemp("trend"), FOUR) as running:
        yield running


@pytest.mark.parametrize("address", [ADDRESS, "/trend", "/project?id=5.2"])
def test_words_in_charts_do_not_lie_on_each_other(app, page, address):
    assert words_on_each_other(open_page(page, app.at(address))) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(app, new_page, scheme):
    page = open_page(new_page(PHONE, scheme), app.at(ADDRESS))
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light")]
)
def test_no_violation_is_serious(axe_core, app, new_page, viewport, scheme):
    page = open_page(new_page(viewport, scheme), app.at(ADDRESS))
    serious = [each["id"] for each in axe(page) if each["impact"] in ("serious", "critical")]
    assert serious == []


def test_a_click_on_a_row_of_the_matrix_opens_the_project_in_its_period(app, page):
    open_page(page, app.at(ADDRESS))
    page.locator("a.mrow", has_text="4.1").click()
    expect(page.locator("h1")).to_contain_text("新建老年食堂 40 家")
    page.wait_for_url(lambda url: "id=4.1" in url)
    assert dict(parse_qsl(urlsplit(page.url).query)) == {"id": "4.1", "period": "2023Q3"}


def test_the_differing_words_have_a_ground_and_the_rest_has_none(app, page):
    open_page(page, app.at(ADDRESS))
    card = page.locator("a.card", has_text="逐校复核")
    marks = card.locator("mark")
    expect(marks.filter(has_text="230 间")).to_have_css("background-color", A_COLOUR)
    assert "教室安装护眼灯" not in "".join(marks.all_text_contents())
