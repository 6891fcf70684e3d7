"""Three mangled files of one table, imported at the desk by one who reads what is asked."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from minsheng import importing
from minsheng.dataset import editing, store
from minsheng.labels import desk as said
from sample_secrets import ACCOUNTS
from test_desk import at_desk, go_to, press, save, type_in
from ugly_sheets import SHEETS
from ugly_word import WORD

WHOLE = WORD["borders dragged both ways"]


def before() -> str:
    """The same promises at the end of the first quarter, of which nobody had reported."""
    source = importing.read(WHOLE.name, WHOLE.data)
    title = "2024年青禾区民生实事项目一季度进展情况表"
    head = importing.head(source, title=title)
    made = importing.dataset([importing.proposed(row, 2024) for row in source.rows], head)
    bare = tuple(each.model_copy(update={"reports": {}}) for each in made.projects)
    return editing.dumps(made.model_copy(update={"projects": bare}))


def upload(page: Page, name: str, data: bytes) -> None:
    kind = "application/octet-stream"
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": data}
    )


def stage_first(page: Page) -> None:
    """The first row that is still open."""
    page.get_by_role("button", name=said.CONFIRM, exact=True).first.click()
    expect(page.get_by_role("button", name=said.stage_rows(1), exact=True)).to_be_enabled()
    press(page, said.stage_rows(1))


def test_three_mangled_files_are_uploaded_asked_about_staged_and_saved(start, new_page):
    app = start(before(), secrets=ACCOUNTS)
    page = at_desk(app, new_page(), "tab=import")
    go_to(page, said.TABS["import"])
    upload(page, "拖动.docx", WORD["a border dragged over half of the next heading"].data)
    expect(page.get_by_text("现在选的报告期 2024Q1 截至 2024-03-31，对不上")).to_be_visible()
    page.get_by_role("button", name=said.NEW_PERIOD).click()
    type_in(page, said.NEW_PERIOD_ID, "2024H1")
    press(page, said.ADD_PERIOD)
    expect(page.get_by_text("“拖动.docx”：1 项。")).to_be_visible()
    expect(page.get_by_text("这一行的格子与表头没有对齐")).to_be_visible()
    stage_first(page)
    for name, each in (
        ("导出.xls", SHEETS["a page with cells over rows named as a workbook"]),
        ("空格.docx", WORD["blanks inside a name"]),
    ):
        press(page, said.OTHER_FILE)
        upload(page, name, each.data)
        expect(page.get_by_text(f"“{name}”：3 项。")).to_be_visible()
        stage_first(page)
    save(page, "上半年各单位报送")
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    found = store.read(app.data).dataset.projects
    done = [
        (each.leads, [one.done for one in each.reports["2024H1"].readings.values()])
        for each in found
    ]
    assert done == [(("区民政局",), [9]), (("区卫健局",), [180]), (("区住建局",), [27])]
