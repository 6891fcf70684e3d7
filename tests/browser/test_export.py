"""Documents as a reader gets them: made on click, with the choice that the address names."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from harness import PHONE, open_page, screenshot, settle
from minsheng.labels import serving as words


def download(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("link", name=f"下载 {label}").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_a_click_makes_the_document_of_the_projects_in_the_address(app, page, tmp_path):
    open_page(page, app.at("/export?category=2,5&light=far_behind"))
    path = download(page, "Excel 进展表", tmp_path)
    assert path.name == "温州市鹿城区民生实事-2023H1-进展表-学有所教-老有所养-严重滞后.xlsx"
    sheet = load_workbook(path)["进展表"]
    assert [sheet.cell(row, 8).value for row in range(5, 10)] == ["◆ 严重滞后"] * 4 + [None]
    assert "类别 学有所教、老有所养；进度 严重滞后" in sheet["A2"].value


def test_what_is_chosen_on_the_page_is_what_is_downloaded(app, page, tmp_path):
    open_page(page, app.at("/category?category=7"))
    page.get_by_role("link", name="导出这些项目").click()
    settle(page)
    expect(page).to_have_url(app.at("/export?category=7"))
    page.get_by_role("button", name="弱有所扶").click()
    page.wait_for_url("**/export?category=7%2C8")
    settle(page)
    path = download(page, "CSV 明细", tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["编号"] for row in rows] == ["7.1", "7.2", "8.1", "8.2"]


def test_a_second_choice_made_before_the_first_was_answered_does_not_take_it_back(app, page):
    """The second request still carries the address as it was before the first."""
    held: list[str | bytes] = []
    slow = False

    def line(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()
        browser.on_message(server.send)
        server.on_message(lambda said: held.append(said) if slow else browser.send(said))
        lines.append(browser)

    lines: list[WebSocketRoute] = []
    page.route_web_socket("**/_stcore/stream", line)
    open_page(page, app.at("/export"))
    slow = True
    page.get_by_role("button", name="弱有所扶").click()
    while not any(finished(each) for each in held):
        page.wait_for_timeout(20)
    page.get_by_role("button", name="严重滞后").click()
    slow = False
    for each in held:
        lines[-1].send(each)
    expect(page).to_have_url(re.compile(r"/export\?category=8&light=far_behind$"))
    settle(page)
    for name in ("弱有所扶", "严重滞后"):
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/export\?category=8$"))
    settle(page)
    expect(page.get_by_role("button", name="严重滞后")).to_have_attribute("aria-pressed", "false")


def finished(said: str | bytes) -> bool:
    message = ForwardMsg()
    message.ParseFromString(said if isinstance(said, bytes) else said.encode())
    return message.WhichOneof("type") == "script_finished"


def test_nothing_on_the_page_is_wider_than_a_phone(app, new_page, tmp_path):
    page = open_page(new_page(PHONE), app.at("/export"))
    screenshot(page, tmp_path / "phone.png")
    wide = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] *')]
            .flatMap(each => [each, ...each.shadowRoot?.querySelectorAll('a') ?? []])
            .filter(each => ['A', 'BUTTON'].includes(each.tagName))
            .map(each => each.getBoundingClientRect()).filter(box => box.right > innerWidth).length"""
    )
    assert wide == 0


def test_of_three_documents_asked_for_at_once_one_is_refused_with_a_sentence(app, page):
    open_page(page, app.at("/export"))
    answers = page.evaluate(
        """() => Promise.all(['pptx', 'docx', 'bulletin'].map(async name => {
            const answer = await fetch(`api/documents/${name}`);
            return [answer.status, answer.status === 200 ? '' : await answer.text()];
        }))"""
    )
    assert sorted(status for status, _ in answers) == [200, 200, 429]
    assert {said for _, said in answers} == {"", words.BUSY.format(count=2)}


def test_a_refusal_stands_on_the_card_and_the_next_click_tries_again(app, page, tmp_path):
    open_page(page, app.at("/export"))
    said = words.BUSY.format(count=2)
    page.route("**/api/documents/csv*", lambda route: route.fulfill(status=429, body=said))
    page.get_by_role("link", name="下载 CSV 明细").click()
    expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    page.unroute("**/api/documents/csv*")
    assert download(page, "CSV 明细", tmp_path).stat().st_size > 10_000
    expect(page.get_by_text(said)).to_have_count(0)
