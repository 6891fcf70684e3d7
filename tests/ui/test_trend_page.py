"""The page 趋势 and the project's past, as their reader gets them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from minsheng.measuring.snapshot import Filters
from minsheng.ui import slug
from minsheng.ui.trend import PER_PAGE
from test_pages import ROOT, SEED, alts, opened, words

FOUR = ROOT / "tests" / "data" / "four-periods.yaml"


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "projects.yaml"
    shutil.copy(FOUR, path)
    monkeypatch.setenv("MINSHENG_DATA", str(path))
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()


def test_the_page_says_what_changed_since_the_period_before(data):
    app = opened("trend", period="2023Q3")
    said = words(app)
    assert "与半年度相比：新滞后 2 项、数字倒退 1 项、本期没有报送 1 项、本期完成 2 项" in said
    assert "本期没有报送的 1 项：4.2 为 1200 户困难老年人家庭实施适老化改造。" in said
    assert [alt.partition("；")[0] for alt in alts(app)] == [
        "一季度至三季度各项目的进度",
        "三季度：全部项目 75.1%，幼有所育 69.2%，学有所教 79.5%，劳有所获 89.1%，老有所养 69.4%，"
        "住有所居 74.6%，行有所畅 63.8%，序时进度 74.8%。",
        "完成率上升 11 项，下降 1 项",
    ]


def test_both_texts_stand_side_by_side_with_the_differing_words_marked(data):
    said = words(opened("trend", period="2023Q3"))
    assert (
        "| 累计为 :blue-background[260 间]教室安装护眼灯。 "
        "| :blue-background[经逐校复核，]累计为 :blue-background[230 间]教室安装护眼灯"
        ":blue-background[，其余利用寒假施工]。 |"
    ) in said
    assert "**数字倒退　2.2 为 320 间教室安装护眼灯。**" in said
    assert "核算完成率 81.3% → 71.9%（−9.4）　教室 260 → 230 / 目标 320 间　区教育局" in said
    assert "老年食堂 14 → 25 / 目标 40 → 36 家" in said


def test_what_was_not_reported_before_is_said_in_its_place(data):
    said = words(opened("trend", part="2"))
    assert "**本期新报　4.2" in said
    assert "| :gray[没有报送] | " in said


def test_the_unchanged_are_one_line_and_have_no_card(data):
    said = words(opened("trend"))
    assert "没有变化的 1 项：2.3 开展青少年心理健康讲座 200 场、家长课堂 80 场" in said
    assert "**没有变化" not in said


def test_a_page_of_changes_stays_short_and_the_rest_has_an_address(data):
    first, second = opened("trend"), opened("trend", part="2")
    cards = [words(app).count("| 上期 | 本期 |") for app in (first, second)]
    assert cards == [PER_PAGE, 14 - PER_PAGE]


def test_category_and_department_are_chosen_in_the_address(data):
    app = opened("trend", category="5", department=slug("区住建局"), period="2023Q3")
    assert "与半年度相比：新滞后 1 项、本期完成 1 项。" in words(app)
    strip, lines, moved = alts(app)
    assert strip.endswith("三季度：已完成 1，滞后 1。曾经滞后、现已赶上的有 5.2。")
    assert lines == ("三季度：全部项目 75.1%，住有所居 74.6%，区住建局 68.5%，序时进度 74.8%。")
    assert moved.startswith("完成率上升 2 项，下降 0 项")


def test_a_choice_that_holds_no_project_says_so(data):
    app = opened("trend", category="1", department=slug("区教育局"))
    assert "没有符合条件的项目。" in words(app)
    assert alts(app) == []


def test_in_the_first_of_several_periods_there_is_nothing_to_compare(data):
    app = opened("trend", period="2023Q1")
    assert "这是第一个报告期，没有更早的可以比较" in words(app)
    assert len(alts(app)) == 1


def test_with_a_single_period_the_page_says_how_to_add_one_and_shows_the_strip(data):
    shutil.copy(SEED, data)
    app = opened("trend")
    assert "从第二个报告期起这里显示变化：运行 python -m minsheng new-period" in words(app)
    assert alts(app) == [
        "半年度各项目的进度；半年度：已完成 6，超序时 10，按序时 2，滞后 3，严重滞后 8。"
    ]


def test_nothing_is_measured_again_while_the_file_stays_as_it_is(data, monkeypatch):
    app = opened("trend")

    def fail(*_: object) -> None:
        raise AssertionError("measured, drawn or compared again")

    for name in (
        "minsheng.measuring.snapshot.at",
        "minsheng.measuring.series.of",
        "minsheng.charts.strip",
        "minsheng.charts.lines",
        "minsheng.charts.moved",
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


def test_text_from_the_file_is_shown_as_typed_in_marks_and_table_cells(data):
    hostile = "| a | [x](javascript:alert(1)) :red[y] $z$ *w* <b>"
    text = FOUR.read_text(encoding="utf-8")
    data.write_text(text.replace("其余利用寒假施工", hostile), encoding="utf-8")
    app = opened("trend", period="2023Q3")
    (card,) = [m.value for m in app.markdown if "**数字倒退" in m.value]
    assert r"\| a \| \[x\]\(javascript\:alert\(1\)\) \:red\[y\] \$z\$ \*w\* \<b\>" in card


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
