"""The manual's quarter, from a Word file to what is saved and exported, with everything on the way that
happens to people: a colleague saves, the line is cut, the page is loaded anew, the server restarts."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

import make_tables
from harness import PATIENCE, SEED, App, open_page, serve_again, settle, sign_in
from line import Line
from minsheng.dataset import history, store
from minsheng.labels import desk as said
from minsheng.labels import serving as words
from sample_secrets import ACCOUNTS, WANG
from test_desk import choose_project, go_to, press, type_in
from test_export import download

FILE = SEED.read_text(encoding="utf-8")
TEN_SECONDS = 10_000
WORD = {
    "name": "三季度进展.docx",
    "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "buffer": make_tables.word(
        make_tables.seed_parts(), before=(make_tables.TITLE.replace("半年度", "三季度"),)
    ),
}
MARK = "#minsheng-mark"


def arrive(page: Page, url: str, name: str = "王芳") -> Page:
    open_page(page, url)
    sign_in(go_to(page, said.TABS["state"]), name)
    return page


def cut_for_ten_seconds(page: Page, line: Line) -> None:
    line.cut()
    expect(page.locator(MARK)).to_have_text(words.SHELL["lost"], timeout=PATIENCE * 1000)
    page.wait_for_timeout(TEN_SECONDS)
    line.mend()
    expect(page.locator(MARK)).to_have_count(0, timeout=PATIENCE * 1000)
    settle(page)


def saves_meanwhile(colleague: Page, project: str, label: str, value: str, why: str) -> None:
    """The second person's whole way, in the half-year that is there already."""
    go_to(colleague, said.TABS["fill"])
    choose_project(colleague, project)
    type_in(colleague, label, value)
    press(colleague, said.STAGE)
    go_to(colleague, said.TABS["preview"])
    type_in(colleague, said.REASON, why)
    press(colleague, said.SAVE)
    expect(colleague.get_by_role("status").first).to_contain_text("已保存")


def readings(app: App, period: str) -> dict[str, float]:
    """What is counted in a period, by project and indicator."""
    return {
        f"{each.id} {name}": reading.done
        for each in store.read(app.data).dataset.projects
        if period in each.reports
        for name, reading in each.reports[period].readings.items()
        if reading.done is not None
    }


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_a_quarter_from_word_to_saved_and_exported_with_every_accident_on_the_way(
    start, new_page, tmp_path
):
    app = start(secrets=f'{ACCOUNTS}"李强" = "{WANG.line()}"\n')
    line = Line(app.url)
    reader = open_page(new_page(), app.at("/"))
    colleague = arrive(new_page(), app.at("/data"), "李强")
    page = arrive(new_page(), line.at("/data"))

    # A new period, typed while a colleague saves.
    go_to(page, said.TABS["import"])
    page.get_by_role("button", name=said.NEW_PERIOD).click()
    field = page.get_by_label(said.NEW_PERIOD_ID, exact=True)
    field.fill("2023Q3")
    saves_meanwhile(colleague, "5.1", "完成数（家）", "14", "核对老年食堂")
    expect(field).to_have_value("2023Q3")
    field.press("Enter")
    press(page, said.ADD_PERIOD)
    expect(page.get_by_role("status").first).to_contain_text("已新增报告期 2023Q3")

    # The department's table; the line is cut while a figure is typed.
    page.locator("input[type=file]").set_input_files(WORD)
    expect(page.get_by_text("“三季度进展.docx”：29 项。")).to_be_visible()
    settle(page)
    parks = page.get_by_label("完成数（座）", exact=True).first
    parks.fill("7")
    cut_for_ten_seconds(page, line)
    expect(parks).to_have_value("7")
    parks.press("Enter")
    settle(page)
    press(page, said.CONFIRM_PAGE)
    expect(page.get_by_text("待确认 27，已确认 2")).to_be_visible()
    for tab in ("history", "fill", "import"):  # looks elsewhere and comes back
        go_to(page, said.TABS[tab])
    expect(page.get_by_text("待确认 27，已确认 2")).to_be_visible()
    press(page, said.stage_rows(2))

    # Loaded anew, then the server restarts: what is staged is the person's.
    page.reload()
    settle(page)
    sign_in(go_to(page, said.TABS["state"]))
    go_to(page, said.TABS["preview"])
    expect(page.get_by_text("三季度（2023Q3），新增的报告期")).to_be_visible()
    line.cut()
    app.process.terminate()
    app.process.wait()
    with serve_again(app.data.parent) as anew:
        line.mend(anew.url)
        expect(page.locator(MARK)).to_have_count(0, timeout=PATIENCE * 1000)
        settle(page)
        sign_in(go_to(page, said.TABS["state"]))
        colleague = arrive(colleague, anew.at("/data"), "李强")
        reader = open_page(reader, anew.at("/"))

        # One more figure by hand, into the same period.
        go_to(page, said.TABS["fill"])
        choose_project(page, "2.1")
        type_in(page, said.TEXT, "6 所学校完成扩建。")
        type_in(page, "完成数（所）", "6")
        saves_meanwhile(colleague, "6.1", "完成数（个）", "60", "核对单元")
        expect(page.get_by_label(said.TEXT)).to_have_value("6 所学校完成扩建。")
        expect(page.get_by_label("完成数（所）", exact=True).first).to_have_value("6")

        # Against the colleague's version: merged, looked at, saved with its reason.
        press(page, said.STAGE)
        go_to(page, said.TABS["preview"])
        press(page, said.MERGE)
        reason = page.get_by_label(said.REASON, exact=True)
        reason.fill("三季度各单位报送")
        cut_for_ten_seconds(page, line)
        expect(reason).to_have_value("三季度各单位报送")
        reason.press("Control+Enter")
        settle(page)
        press(page, said.SAVE)
        expect(page.get_by_role("status").first).to_contain_text("已保存")

        # Nothing is lost: both people's figures, who and why, the open overview, the paper.
        assert readings(anew, "2023H1")["5.1 老年食堂"] == 14
        assert readings(anew, "2023H1")["6.1 单元"] == 60
        third = readings(anew, "2023Q3")
        assert third["1.1 托位"] == 440
        assert (third["1.2 公园"], third["2.1 学校"]) == (7, 6)
        reasons = [each.why for each in history.versions(anew.data)]
        assert reasons[:3] == ["三季度各单位报送", "核对单元", "核对老年食堂"]
        expect(reader.get_by_text(re.compile("^截止 2023-09-30 · 已过"))).to_be_visible()
        open_page(reader, anew.at("/export"))
        book = load_workbook(io.BytesIO(download(reader, "Excel 进展表", tmp_path).read_bytes()))
        cells = {str(cell.value) for row in book["进展表"].iter_rows() for cell in row}
        assert "6 所学校完成扩建。" in cells
    line.close()
