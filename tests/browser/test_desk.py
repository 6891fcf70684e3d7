"""The desk with a real browser: from a table to the overview of somebody else, and what is refused."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from forger import forger, session_id
from harness import DESKTOP, PHONE, ROOT, SEED, App, axe, open_page, settle, sign_in
from minsheng import labels
from minsheng.dataset import store
from minsheng.labels import access as access_words
from minsheng.labels import desk as said
from sample_secrets import ACCOUNTS
from test_app import HOSTILE, WIDER_THAN_THE_SCREEN

FILE = SEED.read_text(encoding="utf-8")
TABLE = (ROOT / "tests" / "data" / "lucheng-2023-half-year.txt").read_text(encoding="utf-8")
CASES = ROOT / "tests" / "data" / "cases"
ROWS_OF_SEVEN = "\n".join(
    f"新建{name}{at + 3}座。\t区{name}办\t已建成{at + 1}座。"
    for at, name in enumerate(("书房", "码头", "驿站", "泵房", "球场", "花园", "桥梁"))
)


def go_to(page: Page, tab: str) -> Page:
    page.get_by_test_id("stMain").get_by_role("radio", name=re.compile(tab)).or_(
        page.locator("[data-testid=stButtonGroup] button").filter(has_text=tab)
    ).first.click()
    return settle(page)


def press(page: Page, name: str) -> Page:
    page.get_by_role("button", name=name, exact=True).click()
    return settle(page)


def type_in(page: Page, label: str, words: str) -> Page:
    field = page.get_by_label(label, exact=True).first
    field.fill(words)
    field.press("Control+Enter")
    field.blur()
    return settle(page)


def at_desk(app: App, page: Page, address: str) -> Page:
    """Signed in, with the address open in the same session: a new address is a new session."""
    open_page(page, app.at(f"/data?{address}"))
    go_to(page, said.TABS["state"])
    sign_in(page)
    return page


def choose_project(page: Page, key: str) -> Page:
    """As one who types the number: the list does not take a click while it still scrolls."""
    field = page.get_by_label(said.PROJECT)
    field.click()
    field.fill(f"{key} ")
    page.get_by_role("option", name=re.compile(rf"^{re.escape(key)} ")).click()
    expect(page).to_have_url(re.compile(rf"[?&]id={re.escape(key)}(&|$)"))
    return settle(page)


def fill(page: Page, project: str, unit: str, done: str) -> Page:
    go_to(page, said.TABS["fill"])
    choose_project(page, project)
    type_in(page, f"完成数（{unit}）", done)
    return press(page, said.STAGE)


def save(page: Page, why: str) -> Page:
    go_to(page, said.TABS["preview"])
    type_in(page, said.REASON, why)
    return press(page, said.SAVE)


def test_a_table_is_imported_confirmed_previewed_saved_and_an_open_overview_follows(
    start, new_page
):
    app = start(secrets=ACCOUNTS)
    overview = open_page(new_page(), app.at("/"))
    expect(overview.get_by_text(re.compile("半年度 · 截止 2023-06-30"))).to_be_visible()
    page = at_desk(app, new_page(), "tab=import")
    go_to(page, said.TABS["import"])
    page.get_by_role("button", name=said.NEW_PERIOD).click()
    type_in(page, said.NEW_PERIOD_ID, "2023Q3")
    press(page, said.ADD_PERIOD)
    expect(page.get_by_role("status").first).to_contain_text("已新增报告期 2023Q3")
    page.locator("input[type=file]").set_input_files(
        {"name": "三季度.txt", "mimeType": "text/plain", "buffer": TABLE.encode("gb18030")}
    )
    expect(page.get_by_text("对不上")).to_be_visible()
    press(page, said.settle("2023Q3"))
    expect(page.get_by_text("“三季度.txt”：29 项。")).to_be_visible()
    settle(page)
    type_in(page, "完成数（座）", "7")
    press(page, said.CONFIRM_PAGE)
    expect(page.get_by_text("待确认 27，已确认 2")).to_be_visible()
    press(page, said.stage_rows(2))
    assert app.data.read_text("utf-8") == FILE
    go_to(page, said.TABS["preview"])
    expect(page.get_by_text("三季度（2023Q3），新增的报告期")).to_be_visible()
    expect(page.locator("[data-lines]").first).to_contain_text("2023Q3")
    type_in(page, said.REASON, "三季度各单位报送")
    press(page, said.SAVE)
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    expect(overview.get_by_text(re.compile("^截止 2023-09-30 · 已过"))).to_be_visible()
    projects = store.read(app.data).dataset.projects
    assert projects[1].reports["2023Q3"].readings["公园"].done == 7
    go_to(page, said.TABS["history"])
    expect(page.get_by_text("三季度各单位报送")).to_be_visible()


def test_the_focus_goes_on_to_the_next_row_over_the_pages_and_at_last_to_what_stages_them(
    start, new_page
):
    """By the keyboard alone: the button that confirms goes with its row."""
    app = start(secrets=ACCOUNTS)
    page = at_desk(app, new_page(), "tab=import")
    go_to(page, said.TABS["import"])
    page.get_by_label(said.PASTE).fill("项目内容\t牵头单位\t进展情况\n" + ROWS_OF_SEVEN)
    press(page, said.READ_PASTED)
    expect(page.get_by_text("：7 项。")).to_be_visible()
    for number in range(1, 8):
        expect(page.locator(f".st-key-row_{number}")).to_be_visible()
        project = page.locator(f".st-key-row_{number}").get_by_label(said.TARGET_PROJECT)
        project.fill(said.AS_NEW)
        project.press("Enter")
        settle(page)
        expect(project).to_be_focused()
        confirming = page.locator(f".st-key-row_{number}").get_by_role(
            "button", name=said.CONFIRM, exact=True
        )
        confirming.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"待确认 {7 - number}，已确认 {number}")).to_be_visible()
        goal = f".st-key-row_{number + 1}" if number < 7 else ".st-key-desk_stage_rows"
        expect(page.locator(f"{goal} :focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text(said.ROWS_STAGED.format(count=7))).to_be_visible()


def test_two_editors_of_different_projects_lose_nothing(start, new_page):
    app = start(secrets=ACCOUNTS)
    first = at_desk(app, new_page(), "")
    second = at_desk(app, new_page(), "")
    fill(first, "5.1", "家", "14")
    fill(second, "1.2", "座", "7")
    save(first, "核对老年食堂")
    go_to(second, said.TABS["preview"])
    expect(second.get_by_text(said.CONFLICT)).to_be_visible()
    expect(second.get_by_role("button", name=said.SAVE)).to_have_count(0)
    press(second, said.MERGE)
    save(second, "核对公园")
    expect(second.get_by_role("status").first).to_contain_text("已保存")
    by_id = {each.id: each.reports["2023H1"] for each in store.read(app.data).dataset.projects}
    assert by_id["5.1"].readings["老年食堂"].done == 14
    assert by_id["1.2"].readings["公园"].done == 7


def test_a_forged_save_is_refused_whoever_sends_it(start, page):
    frames: list[bytes] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)),
    )
    app = start(secrets=ACCOUNTS)
    at_desk(app, page, "")
    fill(page, "5.1", "家", "14")
    go_to(page, said.TABS["preview"])
    type_in(page, said.REASON, "伪造的保存")
    ids = [re.search(rb"\$\$ID-[0-9a-f]+-desk_save_button", bytes(frame)) for frame in frames]
    button = next(found[0] for found in ids if found).decode()
    with forger(app) as stranger:
        shown = stranger.run("data", {button: True}, "tab=preview")
    assert said.READ_ONLY in shown
    assert app.data.read_text("utf-8") == FILE
    app.save_secrets("")  # read-only from now on; the page still shows the button
    with forger(app, session_id(frames)) as thief:
        shown = thief.run("data", {button: True}, "tab=preview")
    assert access_words.READ_ONLY in shown
    assert app.data.read_text("utf-8") == FILE
    assert not [*app.data.parent.glob(".history/*.jsonl")], "staged is kept, nothing is saved"


@pytest.mark.parametrize("tab", ["import", "fill", "preview", "history"])
def test_hostile_text_is_shown_as_typed(start, page, tab):
    quoted = HOSTILE.replace("'", "''")
    app = start(
        FILE.replace("content: 新改建老年食堂 50 家。", f"content: '{quoted} 50 家'")
        .replace("name: 老年食堂", f"name: '{quoted}'")
        .replace("          老年食堂:", f"          '{quoted}':")
        .replace("[区民政局]", f"['{re.sub('[/:!]', '', quoted)}']")
        .replace("stages: {选址: 1", f"stages: {{'{quoted}': 1")
        .replace("text: 1 家选址", f"text: '{quoted} 1 家选址")
        .replace("12 家投入运营。\n", "12 家投入运营。'\n"),
        secrets=ACCOUNTS,
    )
    at_desk(app, page, "id=5.1")
    if tab == "import":
        go_to(page, said.TABS["import"])
        table = f"项目内容\t牵头单位\t进展情况\t备注栏\n{HOSTILE} 新建食堂 5 家\t{HOSTILE}\t{HOSTILE} 建成 3 家\t{HOSTILE}\n"
        type_in(page, said.PASTE, table)
        press(page, said.READ_PASTED)
    else:
        go_to(page, said.TABS["fill"])
        if tab != "fill":
            choose_project(page, "5.1")
            type_in(page, said.TEXT, f"{HOSTILE} 1 家完成建设、12 家投入运营。")
            press(page, said.STAGE)
            go_to(page, said.TABS["preview"])
        if tab == "history":
            save(page, HOSTILE)
            go_to(page, said.TABS["history"])
    main = page.locator("[data-testid=stMain]")
    if tab == "fill":
        choose_project(page, "5.1")
    # Findings quote the beginning of a long name; the lines of the file have it whole.
    if tab == "preview":
        expect(page.locator("[data-lines]").first).to_be_attached()
    lines = page.locator("[data-lines]").all_text_contents()
    assert HOSTILE in "".join([main.text_content(), *lines])
    assert main.locator("script, img").count() == 0
    assert page.locator("[data-testid=stMain] a[href^=javascript]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen_and_nobody_is_shut_out(
    axe_core, start, new_page, scheme
):
    app = start(secrets=ACCOUNTS)
    page = at_desk(app, new_page(PHONE, scheme), "")
    fill(page, "5.1", "家", "14")
    for tab in ("fill", "preview", "import", "history"):
        go_to(page, said.TABS[tab])
        assert page.evaluate(WIDER_THAN_THE_SCREEN) == [], tab
    page.set_viewport_size(DESKTOP)
    page.wait_for_timeout(2000)  # the frame reports the other width, and the page runs again
    settle(page)
    for tab in ("fill", "preview", "import", "history"):
        go_to(page, said.TABS[tab])
        found = serious(page)
        for _ in range(5):  # what is fading while the page runs once more has too little contrast
            if not found:
                break
            page.wait_for_timeout(1000)
            found = serious(settle(page))
        assert found == {}, (tab, labels.PAGES["data"])


def serious(page: Page) -> dict[str, str]:
    return {
        e["id"]: e["nodes"][0]["html"][:200]
        for e in axe(page)
        if e["impact"] in ("serious", "critical")
    }


def done_field(page: Page):
    return page.get_by_label("完成数（家）", exact=True).first


def choose_5_1(page: Page) -> Page:
    go_to(page, said.TABS["fill"])
    return choose_project(page, "5.1")


def test_an_untouched_form_is_full_again_after_every_detour_and_stages_nothing(start, new_page):
    app = start(secrets=ACCOUNTS)
    page = choose_5_1(at_desk(app, new_page(), ""))
    for tab in ("history", "preview", "import", "state"):
        go_to(page, said.TABS[tab])
        go_to(page, said.TABS["fill"])
        expect(done_field(page)).to_have_value("13")
        expect(page.get_by_label(said.TEXT)).to_have_value(re.compile("^1 家选址"))
        press(page, said.STAGE)
        expect(page.get_by_text(said.NOTHING_NEW)).to_be_visible()


def test_typing_outlives_the_bad_and_the_good_save_of_a_colleague(start, new_page):
    app = start(secrets=ACCOUNTS)
    page = choose_5_1(at_desk(app, new_page(), ""))
    field = done_field(page)
    field.fill("14")  # not sent to the server yet: the focus stays in the field
    app.data.write_text(FILE.replace("target: 50, unit: 家", "target: 五十, unit: 家"), "utf-8")
    expect(page.get_by_text("数据文件有 1 处错误").first).to_be_visible()
    expect(field).to_have_value("14")
    app.data.write_text(FILE.replace("done: 59", "done: 60"), "utf-8")
    expect(page.get_by_text("数据文件有 1 处错误")).to_have_count(0)
    expect(field).to_have_value("14")
    field.press("Enter")
    settle(page)
    press(page, said.STAGE)
    expect(page.get_by_text("已放进待保存的修改：5.1")).to_be_visible()


def test_what_was_said_and_chosen_outlives_the_save_of_a_colleague_a_moment_later(start, new_page):
    app = start(secrets=ACCOUNTS)
    page = at_desk(app, new_page(), "tab=import")
    go_to(page, said.TABS["import"])
    page.get_by_role("button", name=said.NEW_PERIOD).click()
    type_in(page, said.NEW_PERIOD_ID, "2023Q3")
    page.get_by_role("button", name=said.ADD_PERIOD, exact=True).click()
    theirs = FILE.replace("done: 59", "done: 60")
    app.data.write_text(theirs, "utf-8")
    version = store.fingerprint(theirs.encode())[:12]
    expect(page.get_by_text(f"数据指纹 {version}")).to_be_visible()
    settle(page)
    told = page.get_by_text("已新增报告期 2023Q3")
    expect(told).to_be_visible()
    expect(page.get_by_role("combobox", name=said.PERIOD)).to_have_value(re.compile("2023Q3"))
    go_to(page, said.TABS["fill"])  # something else is done: now it has been read
    expect(told).to_have_count(0)


def test_staged_work_is_there_after_a_reload_and_typing_asks_before_it_is_left(start, new_page):
    app = start(secrets=ACCOUNTS)
    page = at_desk(app, new_page(), "")
    fill(page, "5.1", "家", "14")
    page.reload()
    settle(page)
    go_to(page, said.TABS["state"])
    sign_in(page)
    go_to(page, said.TABS["preview"])
    expect(page.get_by_text("接着上次没有保存的修改：1 处")).to_be_visible()
    save(page, "核对老年食堂")
    expect(page.get_by_text("已保存").first).to_be_visible()
    go_to(page, said.TABS["fill"])
    done_field(page).fill("15")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


def read_in(page: Page, name: str, count: int) -> None:
    """Its title says another time than the period that is chosen: that is settled first."""
    page.locator("input[type=file]").set_input_files(CASES / name)
    expect(page.get_by_text("截至 2024-06-30；现在选的报告期 2024Q3")).to_be_visible()
    press(page, said.settle("2024Q3"))
    expect(page.get_by_text(f"“{name}”：{count} 项。")).to_be_visible()
    settle(page)


def confirm_each(page: Page, count: int, is_new: bool) -> None:
    """Row by row, as the manual says of those in doubt: looked at, given a place, confirmed."""
    for at in range(count if is_new else 0):
        project = page.get_by_label(said.TARGET_PROJECT).nth(at)
        project.click()
        project.fill(said.AS_NEW)
        page.get_by_role("option", name=said.AS_NEW).click()
        settle(page)
    for left in reversed(range(count)):
        page.get_by_role("button", name=said.CONFIRM, exact=True).first.click()
        expect(page.get_by_text(f"待确认 {left}，已确认 {count - left}")).to_be_visible()
        settle(page)
    press(page, said.stage_rows(count))
    expect(page.get_by_text(said.ROWS_STAGED.format(count=count))).to_be_visible()


def test_of_several_tables_one_is_chosen_and_what_was_typed_into_another_stays(start, new_page):
    app = start((CASES / "dataset-nine-projects.yaml").read_text("utf-8"), secrets=ACCOUNTS)
    page = at_desk(app, new_page(), "tab=import")
    go_to(page, said.TABS["import"])
    page.get_by_role("button", name=said.NEW_PERIOD).click()
    type_in(page, said.NEW_PERIOD_ID, "2024Q3")
    press(page, said.ADD_PERIOD)
    read_in(page, "sheet-per-month.xlsx", 2)
    first = page.locator(".st-key-row_1")
    expect(first).to_contain_text("已建成9家")
    type_in(page, "完成数（家）", "8")
    choose_table(page, "2　5月")
    expect(page.get_by_text("截至 2024-05-31；现在选的报告期 2024Q3")).to_be_visible()
    press(page, said.settle("2024Q3"))
    expect(first).to_contain_text("已建成4家")
    expect(page.get_by_label("完成数（家）", exact=True).first).to_have_value("4")
    choose_table(page, said.CHOSEN_BY_US)
    expect(first).to_contain_text("已建成9家")
    expect(page.get_by_label("完成数（家）", exact=True).first).to_have_value("8")


def choose_table(page: Page, name: str) -> None:
    page.get_by_role("combobox", name=said.TABLE_TO_READ).click()
    page.get_by_role("option", name=name).click()
    settle(page)


@pytest.mark.slow
def test_three_ugly_tables_go_in_one_after_the_other_and_every_cell_is_in_its_place(
    start, new_page
):
    app = start((CASES / "dataset-nine-projects.yaml").read_text("utf-8"), secrets=ACCOUNTS)
    page = at_desk(app, new_page(), "tab=import")
    go_to(page, said.TABS["import"])
    page.get_by_role("button", name=said.NEW_PERIOD).click()
    type_in(page, said.NEW_PERIOD_ID, "2024Q3")
    press(page, said.ADD_PERIOD)

    read_in(page, "everything-in-fifteen-columns.docx", 3)
    confirm_each(page, 3, is_new=False)

    press(page, said.OTHER_FILE)
    read_in(page, "dragged-border-lead.docx", 3)
    confirm_each(page, 3, is_new=True)

    press(page, said.OTHER_FILE)
    read_in(page, "sheet-per-month.xlsx", 2)
    expect(page.get_by_text("待确认 2，已确认 0")).to_be_visible()
    press(page, said.OTHER_FILE)  # the same promises once more: put back

    save(page, "三季度各单位报送")
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    told = [
        (each.content, each.leads, report.text, report.problems)
        for each in store.read(app.data).dataset.projects
        if (report := each.reports.get("2024Q3"))
    ]
    known = [
        ("新建社区食堂20家。", ("区民政局",), "已建成9家，6家装修", "选址难"),
        ("新增养老床位300张。", ("区民政局",), "已新增180张", None),
        ("改造老旧小区12个。", ("区住建局",), "完成4个", "资金缺口"),
    ]
    new = [
        ("新建社区食堂20家。", ("区民政局",), "已建成9家。", None),
        ("改造老旧小区12个。", ("区住建局",), "完成4个。", None),
        ("加装电梯60台。", ("区住建局",), "完成27台。", None),
    ]
    assert sorted(told, key=str) == sorted(known + new, key=str)


def test_the_steps_of_a_department_lead_to_its_projects_and_back_to_what_was_typed(start, page):
    app = start(secrets=ACCOUNTS)
    at_desk(app, page, "tab=fill&id=5.2")
    go_to(page, said.TABS["fill"])
    choose_project(page, "5.2")
    expect(page.get_by_text(said.steps("区教育局", 5, 5))).to_be_visible()
    type_in(page, said.PROBLEMS, "场地还没有落实。")
    page.get_by_role("link", name="✓ 2.1", exact=True).click()
    expect(page).to_have_url(re.compile("id=2.1"))
    settle(page)
    expect(page.get_by_label(said.TEXT)).to_have_value(re.compile("已累计开工 4 所幼儿园"))
    page.get_by_role("link", name="✓ 5.2", exact=True).click()
    expect(page).to_have_url(re.compile("id=5.2"))
    settle(page)
    expect(page.get_by_label(said.PROBLEMS)).to_have_value("场地还没有落实。")


def test_a_form_that_a_narrow_window_opens_is_full_though_it_is_drawn_twice(start, new_page):
    """The browser tells its width while the code of the fields is still on its way."""
    page = new_page({"width": 500, "height": 844})
    page.route("**/TextArea*.js", lambda route: later(page, route))
    open_page(page, start().at("/data?tab=fill&id=5.2"))
    expect(page.get_by_label(said.TEXT)).to_have_value(re.compile("累计完成学位数 229 个"))
    expect(page.get_by_label(said.PROJECT)).to_have_value(re.compile(r"^5\.2 "))


def later(page: Page, route: Route) -> None:
    """Only when the second run has been drawn."""
    page.locator("[data-width]").first.wait_for(state="attached")
    page.wait_for_timeout(1000)
    route.continue_()
