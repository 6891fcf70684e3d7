"""Documents as a reader gets them: made on click, with the choice that the address names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from harness import PHONE, open_page, screenshot, settle


def download(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("button", name=f"下载 {label}").click()
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
    assert page.url.endswith("/export?category=7")
    page.get_by_role("button", name="弱有所扶").click()
    page.wait_for_url("**/export?category=7%2C8")
    settle(page)
    path = download(page, "CSV 明细", tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["编号"] for row in rows] == ["7.1", "7.2", "8.1", "8.2"]


def test_nothing_on_the_page_is_wider_than_a_phone(app, new_page, tmp_path):
    page = open_page(new_page(PHONE), app.at("/export"))
    screenshot(page, tmp_path / "phone.png")
    wide = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] button')]
            .map(each => each.getBoundingClientRect()).filter(box => box.right > innerWidth).length"""
    )
    assert wide == 0
