"""The page 趋势 and the project's past, as their reader gets them."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
import streamlit as st

from minsheng.measuring.snapshot import Filters
from minsheng.ui import slug
from minsheng.ui.trend import PER_PAGE
from test_pages import ROOT, SEED, alts, component, flat, nodes, opened, words

FOUR = ROOT / "tests" / "data" / "four-periods.yaml"


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "projects.yaml"
    shutil.copy(FOUR, path)
    monkeypatch.setenv("MINSHENG_DATA", str(path))
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()


def rows(app, key: str, kind: str) -> dict[str, list]:
    """The nodes of this kind in a component, by what they lead to."""
    each = [node for node in nodes(component(app, key)) if node[1].split(" ")[0] == kind]
    return {node[3].get("href", str(at)): node for at, node in enumerate(each)}


def cells(row: list) -> list[tuple[str, str]]:
    return [(n[1], "".join(_words(n[2]))) for n in row[2] if n[1].startswith("mx")]


def _words(inside: list) -> list[str]:
    return [w for each in inside for w in ([each] if isinstance(each, str) else _words(each[2]))]


def test_the_page_says_what_is_new_trouble_since_the_period_before(data):
    app = opened("trend", period="2023Q3")
    said = flat(app)
    assert "与半年度相比本期三件事：2 项新滞后，1 项数字倒退，1 项没有报送" in said
    assert "全部项目核算 43.7% → 75.1%，快于序时 74.8%；2 项本期完成、3 项赶上进度" in said
    assert "1　新滞后 2 项" in said
    assert "4.2 为 1200 户困难老年人家庭实施适老化改造　320 → 没有报 / 1,200 户" in said
    assert "区民政局、区残联；上期已滞后" in said
    assert alts(app) == [
        "三季度：全部项目 75.1%，幼有所育 69.2%，学有所教 79.5%，劳有所获 89.1%，老有所养 69.4%，"
        "住有所居 74.6%，行有所畅 63.8%，序时进度 74.8%。"
    ]


def test_the_matrix_has_a_cell_for_every_period_worst_now_first_and_no_zero_for_the_unknown(data):
    found = rows(opened("trend", period="2023Q3"), "matrix", "mrow")
    order = [parse_qs(urlsplit(href).query)["id"][0] for href in found]
    assert (order[0], order[1], order[-1]) == ("6.1", "4.2", "6.3")
    by_id = dict(zip(order, found.values(), strict=True))
    assert len(by_id) == 15
    assert cells(by_id["1.1"]) == [
        ("mx cell behind", "▼ 10.0%"),
        ("mx cell behind", "▼ 35.0%"),
        ("mx cell on_track", "■ 80.0%"),
    ]
    assert cells(by_id["4.2"])[-1] == ("mx no", "没有报")
    assert cells(by_id["6.3"])[-1] == ("mx un", "○ 没有数")
    assert cells(by_id["5.2"])[-1] == ("mx said ink done", "● 只报完成")
    assert "".join(_words([by_id["2.2"]])).endswith("■ 71.9%−9.4")
    assert by_id["2.2"][2][-2][3]["title"] == "三季度 ■ 按序时"


def test_both_texts_stand_side_by_side_with_the_differing_words_marked(data):
    cards = rows(opened("trend", period="2023Q3"), "changes", "card")
    card = next(card for href, card in cards.items() if "id=2.2" in href)
    marked = ["".join(_words(each[2])) for each in nodes([card]) if each[0] == "mark"]
    assert marked == ["260 间", "经逐校复核，", "230 间", "，其余利用寒假施工"]
    said = "".join(_words([card]))
    assert "数字倒退　2.2 为 320 间教室安装护眼灯" in said
    assert "核算完成率 81.3% → 71.9%（−9.4）　区教育局" in said
    assert "核查：完成数比上期少" in said
    assert "老年食堂 14 → 25 / 目标 40 → 36 家" in flat(opened("trend", period="2023Q3"))


def test_what_was_not_reported_before_is_said_in_its_place(data):
    cards = rows(opened("trend", part="1"), "changes", "card")
    card = next(card for href, card in cards.items() if "id=4.2" in href)
    assert "本期新报　4.2" in "".join(_words([card]))
    assert "没有报送" in "".join(_words([card]))


def test_the_unchanged_are_one_line_and_have_no_card(data):
    said = flat(opened("trend"))
    assert "没有变化的 1 项：2.3 开展青少年心理健康讲座 200 场、家长课堂 80 场" in said
    assert "没有变化　" not in said


def test_a_page_of_changes_stays_short_and_the_rest_has_an_address(data):
    each = [len(rows(opened("trend", part=part), "changes", "card")) for part in ("1", "2")]
    assert each == [PER_PAGE, 14 - PER_PAGE]


def test_category_and_department_are_chosen_in_the_address(data):
    app = opened("trend", category="5", department=slug("区住建局"), period="2023Q3")
    assert "本期一件事：1 项新滞后" in flat(app)
    (lines,) = alts(app)
    assert lines == "三季度：全部项目 75.1%，住有所居 74.6%，区住建局 68.5%，序时进度 74.8%。"
    found = rows(app, "matrix", "mrow")
    assert {parse_qs(urlsplit(href).query)["id"][0] for href in found} == {"5.1", "5.2"}


def test_a_choice_that_holds_no_project_says_so(data):
    app = opened("trend", category="1", department=slug("区教育局"))
    assert "没有符合条件的项目。" in words(app)
    assert alts(app) == []


@pytest.mark.parametrize(("file", "period"), [(SEED, ""), (FOUR, "2023Q1")])
def test_in_a_first_period_the_page_says_what_will_not_be_done(data, file, period):
    shutil.copy(file, data)
    app = opened("trend", period=period)
    name = "半年度" if file == SEED else "一季度"
    assert f"{name}是第一期，还没有可以比较的上一期" in flat(app)
    assert len(alts(app)) == 1


def test_at_this_pace_the_seed_has_eleven_that_will_not_be_done(data):
    shutil.copy(SEED, data)
    app = opened("trend")
    assert "按目前速度看年底：6 项完成数还是 0，另有 5 项也完不成" in flat(app)
    found = rows(app, "pace", "mrow")
    said = ["".join(_words([node])) for node in found.values()]
    assert len(said) == 29
    assert [each.partition(" ")[0] for each in said[:11]] == [
        "2.2", "2.3", "2.4", "6.6", "7.2", "8.2", "7.1", "5.2", "5.1", "6.1", "10.2",
    ]  # fmt: skip
    assert said[0].endswith("◆ 0.0%推不出还是 0")
    assert said[6].endswith("◆ 10.0%20.2%8.9 倍")
    assert said[7].endswith("◆ 25.4%51.3%短板还是 0")
    assert "其余 18 项按此速度能完成" in flat(app)
    assert "new-period" not in words(app)  # a reader gets no commands
    assert "去“数据”新增报告期" not in flat(app)


def test_nothing_is_measured_again_while_the_file_stays_as_it_is(data, monkeypatch):
    app = opened("trend")

    def fail(*_: object) -> None:
        raise AssertionError("measured, drawn or compared again")

    for name in (
        "minsheng.measuring.snapshot.at",
        "minsheng.measuring.series.of",
        "minsheng.charts.lines",
        "minsheng.measuring.comparison.compare",
    ):
        monkeypatch.setattr(name, fail)
    app.run()
    assert not app.exception


def test_a_project_shows_its_past_lights_and_texts(data):
    app = opened("project", id="1.1")
    said = words(app)
    assert (
        "**三季度**　:gray[■] 按序时 80.0%  \n累计新增托位 480 个，5 家机构已全部备案并投用" in said
    )
    assert "**一季度**　:orange[▼] 滞后 10.0%  \n已新增托位 60 个" in said
    assert "全年：核算完成率 100.0%，序时进度 100.0%。" in alts(app)
    assert ":gray[没有报送]" in words(opened("project", id="4.2"))


def test_text_from_the_file_is_shown_as_typed(data):
    hostile = "| a | [x](javascript:alert(1)) :red[y] $z$ *w* <b>"
    text = FOUR.read_text(encoding="utf-8")
    data.write_text(text.replace("其余利用寒假施工", hostile), encoding="utf-8")
    assert hostile in flat(opened("trend", period="2023Q3"))


@pytest.mark.parametrize("page", ["trend", "export"])
def test_a_rerun_does_no_work_on_frames(data, monkeypatch, page):
    app = opened(page, period="2023Q3", category="2")

    def worked(*_: object, **__: object) -> None:
        raise AssertionError("a frame was looked into")

    for name in ("__getitem__", "groupby", "to_dict", "iterrows", "itertuples"):
        monkeypatch.setattr(pd.DataFrame, name, worked)
    monkeypatch.setattr(Filters, "choose", worked)
    app.run()
    assert not app.exception
