"""A folder of lists in the browser: one is chosen, kept, followed; nothing of one is written into another."""

from __future__ import annotations

import json
import re
import urllib.request

from playwright.sync_api import expect

from harness import SEED, open_page, settle, sign_in
from minsheng.dataset import store
from minsheng.labels import desk as said
from minsheng.labels import screens
from sample_secrets import ACCOUNTS
from test_desk import choose_project, go_to, press, save, type_in

MINE = SEED.read_text(encoding="utf-8")
THEIRS = MINE.replace("place: 温州市鹿城区", "place: 温州市龙湾区")
LISTS = {"330302/2023.yaml": MINE, "330303/2023.yaml": THEIRS}


def version(text: str) -> str:
    return f"数据指纹 {store.fingerprint(text.encode())[:12]}"


def test_a_list_is_chosen_kept_by_the_menu_and_followed(start, new_page):
    app = start(LISTS)
    page = open_page(new_page(), app.at("/category?place=330303&year=2023"))
    expect(page.get_by_text(version(THEIRS))).to_be_visible()
    page.get_by_role("link", name="部门").click()
    settle(page)
    expect(page.get_by_text(version(THEIRS))).to_be_visible()
    expect(page).to_have_url(re.compile("place=330303"))
    later = THEIRS.replace("done: 59", "done: 60")
    (app.data / "330303" / "2023.yaml").write_text(later, "utf-8")
    expect(page.get_by_text(version(later))).to_be_visible()
    page.get_by_label(screens.LISTS).select_option(label=screens.list_name("鹿城区", 2023))
    expect(page.get_by_text(version(MINE))).to_be_visible()
    settle(page)
    expect(page).to_have_url(re.compile("place=330302"))
    with urllib.request.urlopen(app.at("/api/snapshot.json?place=330303&year=2023")) as answer:
        assert json.load(answer)["place"] == "温州市龙湾区"


def test_what_is_typed_for_one_list_is_put_aside_at_another_and_there_on_the_way_back(
    start, new_page
):
    app = start(LISTS, secrets=ACCOUNTS)
    page = open_page(new_page(), app.at("/data?place=330302&year=2023"))
    sign_in(go_to(page, said.TABS["state"]))
    go_to(page, said.TABS["fill"])
    choose_project(page, "5.1")
    type_in(page, "完成数（家）", "14")
    press(page, said.STAGE)
    expect(page.get_by_text("已放进待保存的修改：5.1")).to_be_visible()
    page.get_by_label(screens.LISTS).select_option(label=screens.list_name("龙湾区", 2023))
    expect(page.get_by_text(version(THEIRS))).to_be_visible()
    settle(page)
    go_to(page, said.TABS["preview"])
    expect(page.get_by_role("radio", name=said.tab("preview", 0))).to_be_visible()
    page.get_by_label(screens.LISTS).select_option(label=screens.list_name("鹿城区", 2023))
    expect(page.get_by_text(version(MINE))).to_be_visible()
    settle(page)
    go_to(page, said.TABS["preview"])
    save(page, "核对老年食堂")
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    assert (app.data / "330303" / "2023.yaml").read_text("utf-8") == THEIRS
    saved = store.read(app.data / "330302" / "2023.yaml").dataset.projects
    (project,) = [each for each in saved if each.id == "5.1"]
    assert next(iter(project.reports["2023H1"].readings.values())).done == 14
