"""Every page on a chosen list of a folder, and nothing of one list at another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from minsheng import server

PAGES = Path(__file__).parents[2] / "pages"
SEED = (PAGES.parent / "data" / "projects.yaml").read_text("utf-8")
CITY = SEED.replace("place: 温州市鹿城区", "place: 温州市").replace("done: 59", "done: 58")


@pytest.fixture
def lists(tmp_path, monkeypatch) -> Path:
    for place, text in (("330302", SEED), ("330300", CITY)):
        (tmp_path / place).mkdir()
        (tmp_path / place / "2023.yaml").write_text(text, "utf-8")
    monkeypatch.setenv("MINSHENG_DATA", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


def opened(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if page != "overview":
        app.switch_page(str(PAGES / f"{page}.py"))
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
    assert not app.exception, app.exception
    return app


def foot(app: AppTest) -> str:
    (found,) = [
        json.loads(each.proto.bytes)
        for each in app.get("bidi_component")
        if each.proto.id.endswith("-frame")
    ]
    return found["fingerprint"]


def choices(app: AppTest) -> list[str]:
    (dated,) = [
        json.loads(each.proto.bytes)
        for each in app.get("bidi_component")
        if each.proto.id.endswith("-dated")
    ]
    text = json.dumps(dated, ensure_ascii=False)
    return [name for name in ("温州市 2023", "鹿城区 2023") if name in text]


@pytest.mark.parametrize(
    "page",
    [
        "overview",
        "category",
        "department",
        "project",
        "findings",
        "trend",
        "present",
        "export",
        "data",
    ],
)
def test_every_page_shows_the_list_of_the_address(lists, page):
    mine = opened(page, place="330302", year="2023")
    theirs = opened(page, place="330300", year="2023")
    assert foot(mine) != foot(theirs)
    assert choices(mine) == ["温州市 2023", "鹿城区 2023"]
    assert mine.query_params["place"] == "330302"


def test_without_a_place_the_first_is_shown(lists):
    assert foot(opened("overview")) == foot(opened("overview", place="330300"))


def test_a_page_of_the_menu_keeps_the_list(lists):
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    app.query_params["place"] = "330302"
    app.run()
    app.query_params.clear()
    app.switch_page(str(PAGES / "category.py")).run()
    assert app.query_params["place"] == "330302"
    assert foot(app) == foot(opened("overview", place="330302"))


def test_a_list_that_is_not_there_is_said_with_those_that_are(lists):
    app = opened("overview", place="110101")
    (error,) = app.error
    assert "没有 110101 的名单，有的是：330300 温州市、330302 鹿城区" in error.value.replace(
        "\\", ""
    )


@pytest.mark.parametrize("year", ["abc", "9" * 5000, "２０２３年"])
def test_a_year_that_is_none_is_said_and_never_a_traceback(lists, year):
    (error,) = opened("overview", place="330302", year=year).error
    assert "不是年度。请写成四位数" in error.value
    assert len(error.value) < 200


def test_a_place_of_any_length_is_quoted_short(lists):
    (error,) = opened("overview", place="9" * 50_000).error
    assert len(error.value) < 300


def test_a_broken_list_leaves_the_others_alone(lists):
    (lists / "330300" / "2023.yaml").write_text("version: 1\n", "utf-8")
    assert not opened("overview", place="330302").error
    assert opened("overview", place="330300").error


def test_an_empty_folder_says_what_to_put_there(tmp_path, monkeypatch):
    monkeypatch.setenv("MINSHENG_DATA", str(tmp_path))
    (error,) = opened("overview").error
    assert "里没有名单" in error.value


def test_one_file_has_no_choice_of_lists(tmp_path, monkeypatch):
    path = tmp_path / "projects.yaml"
    path.write_text(SEED, "utf-8")
    monkeypatch.setenv("MINSHENG_DATA", str(path))
    app = opened("overview")
    assert choices(app) == []
    assert "place" not in app.query_params


def test_a_share_leads_to_the_item_of_the_upper_list_with_that_lists_own_figure(lists):
    file = lists / "330302" / "2023.yaml"
    shares = SEED.replace(
        'id: "6.1"', 'id: "6.1"\n    upper: ["330300/2023#6.1", "330000/2023#1.1"]'
    )
    file.write_text(shares, "utf-8")
    app = opened("project", place="330302", year="2023", id="6.1")
    (head,) = [
        json.loads(each.proto.bytes)
        for each in app.get("bidi_component")
        if each.proto.id.endswith("-head")
    ]
    text = json.dumps(head, ensure_ascii=False)
    assert "上级名单：温州市 2023 年 6.1 打造" in text
    assert "29.0%" in text, "58 of 200 there, and 59 here"
    assert "project?place=330300&year=2023&id=6.1" in text.replace("&amp;", "&")
    assert "上级名单：浙江省 2023 年 1.1（这里没有那份名单）" in text
