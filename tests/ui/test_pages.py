"""Every page as its reader gets it, run by Streamlit's own test harness."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from minsheng import export, labels, server, ui
from minsheng.export import pdf
from minsheng.labels import fonts
from minsheng.ui import documents

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "projects.yaml"


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "projects.yaml"
    shutil.copy(SEED, path)
    monkeypatch.setenv("MINSHENG_DATA", str(path))
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()


def opened(page: str = "overview", **query: str) -> AppTest:
    app = AppTest.from_file(str(server.SCRIPT), default_timeout=30)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if page != "overview":
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.text, app.info)
    each = [element.value for kind in kinds for element in kind]
    each += [element.value for kind in (app.error, app.warning) for element in kind]
    each += [word for mounted in app.get("bidi_component") for word in _texts(mounted.proto)]
    return "\n".join(each).replace("\\", "")


def _texts(proto) -> list[str]:
    """Every text among the data of a component."""
    data = json.loads(proto.bytes)
    found, left = [], [data]
    while left:
        node = left.pop()
        if isinstance(node, str):
            found.append(node)
        elif isinstance(node, dict | list):
            left += node.values() if isinstance(node, dict) else node
    return found


def alts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("page", labels.PAGES)
def test_every_page_opens_and_ends_with_the_foot_line(data, page):
    said = words(opened(page))
    assert "数据截止 2023 年 6 月 30 日" in said
    assert "超序时 ≥ +10，滞后 ≤ −10，严重滞后 ≤ −30" in said


def test_the_overview_says_how_far_and_what_is_stuck(data):
    app = opened()
    said = words(app)
    assert (
        "能数出来的完成了 56.0%，快于序时进度 6.4 个百分点；11 项滞后，其中 8 项严重滞后。" in said
    )
    assert [(m.label, m.value) for m in app.metric] == [
        ("核算完成率", "56.0%"),
        ("部门自报", "63.5%"),
        ("自报高出（百分点）", "+7.5"),
        ("序时进度", "49.6%"),
    ]
    assert "区教育局 · −49.6 个百分点" in said
    assert "投用学校 0 / 10 所；验收 5、竣工待投用 3" in said
    assert alts(app) == [
        "序时进度 49.6%。完成率最高的是病有所医（100.0%），最低的是居有所安（5.0%）。",
        "29 个项目：已完成 6，超序时 10，按序时 2，滞后 3，严重滞后 8",
    ]


def test_a_light_leads_to_exactly_its_projects(data):
    app = opened("category", light="behind")
    (alt, *_) = alts(app)
    assert alt == "3 个项目：滞后 3"
    assert app.selectbox[-1].options == [
        "5.1 新改建老年食堂 50 家。",
        "6.1 打造“共享社·幸福里”单元 200 个。",
        "10.2 打通绿道卡口 10 处。",
    ]


def test_a_category_shows_its_projects_and_their_stages(data):
    app = opened("category", category="5")
    assert (
        "3 个项目，平均核算完成率 50.5%（序时进度 49.6%）。已完成 1，滞后 1，严重滞后 1。"
        in words(app)
    )
    assert alts(app)[1].startswith("各阶段数量：5.1 选址 1、图纸设计 21")


def test_a_department_shows_its_projects(data):
    app = opened("department")
    assert "29 个项目，31 个牵头席次" in words(app)
    education = next(o for o in app.selectbox[0].options if o == "区教育局")
    app.selectbox[0].select(education).run()
    assert not app.exception
    assert app.title[0].value == "区教育局"
    assert "5 个项目，平均核算完成率 17.6%" in words(app)


def test_a_project_shows_its_evidence(data):
    said = words(opened("project", id="5.1"))
    assert ":blue-background[1 家完成建设]、:blue-background[12 家投入运营]。" in said
    assert "13 ÷ 50 = 26.0%" in said
    assert "`projects.yaml:207`" in said
    assert "短板 26.0% − 序时进度 49.6% = −23.6 个百分点，判为“滞后”" in said
    assert "「老年食堂」各阶段合计 52 家，超过目标 50 家。" in said
    assert (
        "按目前的平均速度，到年底完成 52.4%。要全部完成，以后的速度需要达到目前的 2.8 倍。" in said
    )


def test_findings_are_filtered_by_the_address(data):
    assert "20 条发现，涉及 17 个项目" in words(opened("findings"))
    said = words(opened("findings", rule="weak-part"))
    assert "一好遮短（一般 2）" in said
    assert "只有前期工作（" not in said


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("category", {"category": "99"}),
        ("category", {"light": "purple"}),
        ("department", {"department": "nobody"}),
        ("project", {"id": "99.9"}),
        ("findings", {"rule": "<script>"}),
    ],
)
def test_an_unknown_value_in_the_address_is_named_and_the_default_taken(data, page, query):
    app = opened(page, **query)
    (value,) = query.values()
    assert f"没有“{value}”这一项" in app.warning[0].value.replace("\\", "")


def test_a_bad_file_at_the_start_is_told_with_every_fault(data):
    data.write_text(SEED.read_text().replace("target: 50,", "target: 五十,"), encoding="utf-8")
    for page in labels.PAGES:
        said = words(opened(page))
        assert said.count("projects.yaml:201:30: 项目 5.1「老年食堂」的 target 应为数字") == 1
        assert "还没有可以显示的数据" in said


@pytest.mark.parametrize("page", labels.PAGES)
def test_while_the_file_is_bad_the_last_good_figures_stay(data, page):
    app = opened(page)
    before = [metric.value for metric in app.metric]
    data.write_text(SEED.read_text().replace("done: 13\n", "done：13\n"), encoding="utf-8")
    app.run()
    assert not app.exception
    assert "页面仍显示" in app.error[0].value.replace("\\", "")
    assert "用了全角冒号" in app.error[0].value
    assert [metric.value for metric in app.metric] == before
    shutil.copy(SEED, data)
    app.run()
    assert not app.error


def test_a_file_that_lost_projects_is_followed_and_says_which(data):
    app = opened()
    text = SEED.read_text(encoding="utf-8")
    data.write_text(text[: text.index('  - id: "10.4"')], encoding="utf-8")
    app.run()
    assert "少了 1 个项目：10.4 设立电动自行车智能充电桩" in words(app)
    assert "29 个项目" not in alts(app)[1]


def test_of_many_projects_lost_the_first_are_named_and_the_others_numbered(data):
    app = opened()
    text = SEED.read_text(encoding="utf-8")
    data.write_text(text[: text.index('  - id: "6.2"')], encoding="utf-8")
    app.run()
    said = app.warning[0].value.replace("\\", "")
    assert "少了 15 个项目：6.2 交付安置房 2000 套、6.3 建设筹集" in said
    assert "9.2 打造数字化“未来农贸”10 家，还有 10.1、10.2、10.3、10.4。如果不是" not in said
    assert "9.1 创建省级放心农贸市场 6 家，还有 9.2、10.1、10.2、10.3、10.4。如果不是" in said


def test_all_faults_are_one_list_on_the_page_of_the_data(data):
    opened()
    bad = SEED.read_text(encoding="utf-8").replace("done: ", "dnoe: ")
    data.write_text(bad, encoding="utf-8")
    app = opened("data")
    (list_,) = [each.value for each in app.markdown if each.value.startswith("- projects")]
    assert list_.count("\n") + 1 == bad.count("\n            dnoe: ")


ONE = """
version: 1
title: 只有一项
place: 测试区
plan: {start: 2023-01-01, end: 2023-12-31}
periods: [{id: 2023H1, label: 半年度, as_of: 2023-06-30}]
projects:
  - id: "1.1"
    category: '*重点* :red[x] $y$ <b>'
    content: '[链接](javascript:alert(1)) 10 家'
    leads: [':smile: 局']
    indicators: [{name: '`甲`', target: 10, unit: 家, counts: 建成}]
"""


@pytest.mark.parametrize("page", labels.PAGES)
@pytest.mark.parametrize("text", [ONE, ONE[: ONE.index("projects:")] + "projects: []\n"])
def test_one_project_without_a_report_and_none_at_all(data, page, text):
    data.write_text(text, encoding="utf-8")
    app = opened(page)
    assert "0.0%" not in [metric.value for metric in app.metric]


def test_two_periods_are_chosen_in_the_address_and_make_a_history(data):
    text = SEED.read_text(encoding="utf-8").replace(
        "as_of: 2023-06-30}\n",
        "as_of: 2023-06-30}\n  - {id: 2023Q3, label: 三季度, as_of: 2023-09-30}\n",
    )
    data.write_text(text, encoding="utf-8")
    assert "数据截止 2023 年 9 月 30 日" in words(opened())
    app = opened("project", id="5.1", period="2023H1")
    assert "数据截止 2023 年 6 月 30 日" in words(app)
    later = opened("project", id="5.1")
    assert "三季度：核算完成率 —，序时进度 74.8%。" in alts(later)


def cards(app: AppTest) -> list[dict[str, str]]:
    mounted = [json.loads(each.proto.bytes) for each in app.get("bidi_component")]
    return [card for data in mounted for card in data.get("cards", []) if "href" in card]


def offered(app: AppTest) -> list[str]:
    return [card["button"] for card in cards(app) if not card["lacking"]]


def test_the_export_page_links_to_every_format_and_makes_none_of_them(data, monkeypatch):
    def build(*_: object) -> bytes:
        raise AssertionError("a document was made while the page was drawn")

    monkeypatch.setattr(export.Format, "build", build)
    app = opened("export")
    assert offered(app) == [f"下载 {each.label}" for each in export.FORMATS.values()]
    said = words(app)
    for each in export.FORMATS.values():
        assert each.words.purpose in said


def test_without_a_chinese_font_the_export_page_says_so_instead_of_offering_a_pdf(
    data, monkeypatch
):
    monkeypatch.setattr(documents, "_lack_nothing", set())
    monkeypatch.setattr(pdf.typst, "Fonts", lambda **_: SimpleNamespace(families=lambda: ["Arial"]))
    app = opened("export")
    assert {each["lacking"] for each in cards(app)} == {"", fonts.NONE_INSTALLED}
    expected = [each.label for name, each in export.FORMATS.items() if name != "pdf"]
    assert offered(app) == [f"下载 {label}" for label in expected]
    monkeypatch.undo()
    assert len(offered(opened("export"))) == len(export.FORMATS)


def test_the_export_page_takes_the_choice_of_the_address(data):
    said = words(opened("export", category="2,5", light="far_behind", department="7b1f8f3c"))
    assert "没有“7b1f8f3c”这一项，已略去" in said
    assert "4 个项目，平均核算完成率 6.4%" in said
    assert offered(opened("export", category="1", light="behind")) == []


def test_a_choice_on_the_export_page_goes_into_the_address(data):
    app = opened("export")
    app.multiselect[0].select("区教育局").select("区民政局").run()
    assert not app.exception
    assert "7 个项目" in words(app)
    assert app.query_params["department"] == f"{ui.slug('区教育局')},{ui.slug('区民政局')}"


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("category", {"category": "2", "light": "far_behind"}),
        ("category", {"light": "behind"}),
        ("department", {"department": ui.slug("区教育局")}),
    ],
)
def test_a_page_of_projects_leads_to_their_export_with_its_choice(data, page, query):
    links = [each.proto for each in opened(page, **query).get("page_link")]
    (link,) = [each for each in links if each.label == "导出这些项目"]
    assert dict(parse_qsl(link.query_string)) == query
