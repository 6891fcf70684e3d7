"""Every page as its reader gets it, run by Streamlit's own test harness."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from build import dataset, project
from minsheng import export, labels, server, ui
from minsheng.export import pdf
from minsheng.labels import agenda as agenda_words
from minsheng.labels import fonts, screens
from minsheng.ui import documents
from minsheng.ui import screens as screens_of
from minsheng.ui.markdown import plain
from minsheng.ui.page import MOST_PROBLEMS

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


def component(app: AppTest, key: str):
    """The data of the component with this key."""
    (found,) = [
        json.loads(each.proto.bytes)
        for each in app.get("bidi_component")
        if f"-{key}" in each.proto.id and each.proto.id.endswith(f"-{key}")
    ]
    return found


def nodes(tree) -> list[list]:
    """Every [tag, class, inside, attributes, link] of a component's tree, in reading order; what
    is left out at the end there is none of."""
    found = []
    for each in tree:
        if isinstance(each, list):
            found += [[*each, *({}, -1)[len(each) - 3 :]], *nodes(each[2])]
    return found


def _reads(tree) -> str:
    return "".join(each if isinstance(each, str) else _reads(each[2]) for each in tree)


def flat(app: AppTest) -> str:
    """What the components of words say, as it reads."""
    data = [json.loads(each.proto.bytes) for each in app.get("bidi_component")]
    return "\n".join(_reads(each) for each in data if isinstance(each, list))


def rows_of(app: AppTest) -> list[str]:
    """The lagging rows, their columns parted by blanks."""
    rows = [each for each in nodes(component(app, "lagging")) if each[1] == "row"]
    return [" ".join(_reads([inner]) for inner in row[2][1:]) for row in rows]


def alts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("plotly_chart")]


@pytest.mark.parametrize("page", labels.PAGES)
def test_every_page_opens_and_ends_with_the_foot_line(data, page):
    said = words(opened(page))
    assert "数据截止 2023 年 6 月 30 日" in said
    assert "超序时 ≥ +10，滞后 ≤ −10，严重滞后 ≤ −30" in said


def test_the_overview_says_how_far_what_is_stuck_and_whose_it_is(data):
    app = opened()
    said = words(app)
    assert "核算完成 56.0%，快于序时 6.4 个百分点；29 项里 11 项滞后，8 项严重" in flat(app)
    assert "2.2 新投用中小学、公办幼儿园 10 所 0 / 10\u00a0所 区教育局 −49.6" in rows_of(app)
    assert "差（百分点）" in said
    assert alts(app) == [
        "全部，29 项，滞后 11：严重 8、一般 3，核算完成率 56.0%",
        "序时进度 49.6%。完成率最高的是病有所医（100.0%），最低的是居有所安（5.0%）。",
    ]


def test_the_headline_says_how_many_are_counted_where_some_are_unknown(data):
    table = dataset(
        project("5.1", readings={"老年食堂": {"done": 30}}), project("5.2", readings={})
    ).model_dump(mode="json", exclude_defaults=True)
    data.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    said = flat(opened())
    assert "核算完成 60.0%（1 / 2 项有数），快于序时 10.4 个百分点；有数的 1 项没有滞后" in said


def test_the_headline_says_how_many_are_counted_in_part_alone(data):
    text = SEED.read_text(encoding="utf-8")
    at = text.index("          高技能人才:\n")
    data.write_text(text[:at] + text[text.index('  - id: "3.2"') :], encoding="utf-8")
    said = "（1 项只算了部分指标）"
    assert f"核算完成 56.5%{said}，快于序时" in flat(opened())
    assert said in flat(opened("category", category="3"))
    assert said in flat(opened("department", department=ui.slug("区人社局")))
    assert "部分指标" not in flat(opened("category", category="5"))


def test_every_project_is_a_linked_cell_under_its_light(data):
    mounted = component(opened(), "cells")
    cells = [each for each in nodes(mounted) if each[1].startswith("cell ")]
    one_each = [each for each in cells if "count" not in each[1]]
    assert len(one_each) == 29
    assert [each[1] for each in one_each[:9]] == ["cell far_behind"] * 8 + ["cell behind"]
    assert one_each[0][3]["href"] == "project?id=2.2"


def test_a_rerun_writes_nothing_anew_of_an_unchanged_dataset(data, monkeypatch):
    written = []
    cells = screens_of._cells
    monkeypatch.setattr(screens_of, "_cells", lambda shot: written.append(1) or cells(shot))
    app = opened()
    app.run()
    assert written == [1]
    assert component(app, "cells") == component(opened(), "cells")
    data.write_text(data.read_text("utf-8") + "\n# saved again\n", "utf-8")
    app.run()
    assert written == [1, 1]


def test_words_written_for_one_address_do_not_serve_another(data):
    """Links keep what holds on every page."""
    plain = component(opened(), "cells")
    presenting = component(opened(present="1"), "cells")
    assert "present=1" not in json.dumps(plain)
    assert "present=1" in json.dumps(presenting)


def test_of_many_that_lag_the_worst_are_rows_and_the_others_a_link(data):
    each = [
        project(f"{at // 10 + 1}.{at % 10 + 1}", readings={"老年食堂": {"done": 0, "quotes": []}})
        for at in range(40)
    ]
    table = dataset(*each).model_dump(mode="json", exclude_defaults=True)
    data.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    app = opened()
    assert len([n for n in nodes(component(app, "lagging")) if n[1] == "row"]) == 15
    assert "还有 25 项滞后 ›" in words(app)
    assert "40 项全部严重滞后" in flat(app)


def test_a_light_leads_to_exactly_its_projects(data):
    (alt,) = alts(opened("category", light="behind"))
    assert alt == "3 个项目：滞后 3"


def test_the_categories_say_which_lag_and_one_says_what_of_it(data):
    assert "10 类里 6 类有滞后；学有所教 4 项里 3 项、居有所安 2 项全部滞后" in flat(
        opened("category")
    )
    said = flat(opened("category", category="10"))
    assert (
        "核算 64.6%，快于序时 15.0 个百分点；4 项里 1 项滞后：绿道卡口 3\u00a0/\u00a010\u00a0处"
        in said
    )
    assert "核查发现 3 条" in said


def test_the_departments_say_where_what_lags_lies(data):
    app = opened("department")
    assert "11 项滞后落在 8 个单位，区教育局 4 项、区消防救援大队 2 项" in flat(app)
    assert "29 个项目，31 个牵头席次" in words(app)
    said = flat(opened("department", department=ui.slug("区教育局")))
    assert "部门 · 区教育局" in said
    assert "核算 17.6%，慢于序时 32.0 个百分点；5 项里 4 项严重滞后" in said


def test_a_project_shows_its_evidence(data):
    app = opened("project", id="5.1")
    marks = [(n[1], n[2]) for n in nodes(component(app, "text")) if n[0] == "mark"]
    assert ("counted", ["1 家完成建设"]) in marks
    assert ("counted", ["12 家投入运营"]) in marks
    assert ("stage", ["17 家施工装修"]) in marks
    said = flat(app)
    assert "13 / 50\u00a0家建成" in said
    assert "核算 26.0%，比序时少 23.6 个百分点" in said
    assert "13 ÷ 50 = 26.0%" in said
    assert "短板 26.0% − 序时进度 49.6% = −23.6 个百分点，判为“滞后”" in said
    assert "「老年食堂」各阶段合计 52 家，超过目标 50 家。" in said
    assert (
        "按目前的平均速度，到年底完成 52.4%。要全部完成，以后的速度需要达到目前的 2.8 倍。" in said
    )


def test_the_claim_in_the_text_is_marked_as_one(data):
    app = opened("project", id="2.2")
    marks = [(n[1], n[2]) for n in nodes(component(app, "text")) if n[0] == "mark"]
    assert ("claim", ["整体已完成 90%"]) in marks
    assert ("stage", ["3 所幼儿园建设工程已竣工待投用"]) in marks
    assert "0 / 10\u00a0所投用" in flat(app)


def test_lines_of_the_file_are_for_those_who_may_edit(data):
    assert screens.HOW_COLUMNS[-1] not in words(opened("project", id="5.1"))


def test_a_project_leads_to_the_ones_beside_it(data):
    app = opened("project", id="2.2")
    hrefs = [n[3].get("href") for n in nodes(component(app, "way"))]
    assert [each for each in hrefs if each] == ["project?id=2.1", "project?id=2.3"]
    first = [n[3].get("href") for n in nodes(component(opened("project", id="1.1"), "way"))]
    assert [each for each in first if each] == ["project?id=1.2"]


def test_findings_say_what_has_to_be_verified_and_stand_together_by_project(data):
    app = opened("findings")
    assert "20 条要核实，9 条严重；区教育局 4 项自报比核算高 2.5 到 90.0 个百分点" in flat(app)
    rows = [each for each in nodes(component(app, "findings")) if each[1].startswith("find ")]
    assert len(rows) == 20
    assert [each[3]["href"] for each in rows[:4]] == [
        f"project?id={key}" for key in ("2.2", "2.4", "2.4", "2.3")
    ]
    assert rows[2][3]["title"] == "2.4 新改造交互式班级多媒体设备 300 套"


def test_findings_are_filtered_by_the_address(data):
    rows = component(opened("findings", rule="weak-part"), "findings")
    shown = [each for each in nodes(rows) if each[1].startswith("find ")]
    assert [each[3]["href"] for each in shown] == ["project?id=3.1", "project?id=10.3"]
    assert alts(opened("findings", department=ui.slug("区残联"))) == []  # nobody claims anything


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
    before = alts(app)
    data.write_text(SEED.read_text().replace("done: 13\n", "done：13\n"), encoding="utf-8")
    app.run()
    assert not app.exception
    assert "页面仍显示" in app.error[0].value.replace("\\", "")
    assert "用了全角冒号" in app.error[0].value
    assert alts(app) == before
    shutil.copy(SEED, data)
    app.run()
    assert not app.error


def test_a_file_that_lost_projects_is_followed_and_says_which(data):
    app = opened()
    text = SEED.read_text(encoding="utf-8")
    data.write_text(text[: text.index('  - id: "10.4"')], encoding="utf-8")
    app.run()
    assert "少了 1 个项目：10.4 设立电动自行车智能充电桩" in words(app)
    assert alts(app)[0].startswith("全部，28 项")


def test_of_many_projects_lost_the_first_are_named_and_the_others_numbered(data):
    app = opened()
    text = SEED.read_text(encoding="utf-8")
    data.write_text(text[: text.index('  - id: "6.2"')], encoding="utf-8")
    app.run()
    said = app.warning[0].value.replace("\\", "")
    assert "少了 15 个项目：6.2 交付安置房 2000 套、6.3 建设筹集" in said
    assert "9.2 打造数字化“未来农贸”10 家，还有 10.1、10.2、10.3、10.4。如果不是" not in said
    assert "9.1 创建省级放心农贸市场 6 家，还有 9.2、10.1、10.2、10.3、10.4。如果不是" in said


def test_a_link_that_nobody_else_can_open_says_so(data, monkeypatch):
    hosts = ["10.0.0.5", None]
    monkeypatch.setattr("minsheng.ui.frame.host_for_others", lambda *_, **__: hosts[0])
    frame = component(opened(), "frame")
    assert (frame["copied"], frame["host"]) == (labels.COPIED, "10.0.0.5")
    hosts.pop(0)
    frame = component(opened(), "frame")
    assert (frame["copied"], frame["host"]) == (labels.COPIED_HERE_ONLY, "")
    deck = component(opened("present", slide="1"), "deck")
    assert deck["slides"][0]["noQr"] == agenda_words.NO_SCAN
    assert "qr" not in deck["slides"][0]


def test_all_faults_are_one_list_on_the_page_of_the_data(data):
    opened()
    bad = SEED.read_text(encoding="utf-8").replace("done: ", "dnoe: ")
    data.write_text(bad, encoding="utf-8")
    app = opened("data")
    (list_,) = [each.value for each in app.markdown if each.value.startswith("- projects")]
    assert list_.count("\n") + 1 == bad.count("\n            dnoe: ")


def test_of_very_many_faults_the_first_are_listed_and_the_others_counted(data):
    bad = SEED.read_text(encoding="utf-8") + "".join(f"键{at}: 1\n" for at in range(100_000))
    data.write_text(bad, encoding="utf-8")
    for page in ("overview", "data"):  # nothing else can be shown, so every page lists them
        app = opened(page)
        (list_,) = [each.value for each in app.markdown if each.value.startswith("- projects")]
        assert list_.count("\n") == MOST_PROBLEMS
        assert list_.endswith(plain(labels.MORE_PROBLEMS.format(count=99_800)))
        assert len(list_) < 50_000


def test_the_banner_quotes_no_megabyte(data):
    opened()
    long = "长" * 1_000_000
    text = SEED.read_text(encoding="utf-8")
    told = text.replace("content: 新改建老年食堂", f"content: {long}新改建老年食堂")
    data.write_text(told, encoding="utf-8")
    opened()
    rows = told.split('  - id: "5.1"')
    data.write_text(rows[0] + '  - id: "5.2"' + rows[1].split('  - id: "5.2"')[1], "utf-8")
    app = opened()
    (gone,) = [each.value for each in app.warning]
    assert "5\\.1 长长长" in gone
    assert len(gone) < 500
    data.write_text(text.replace("    leads:", f"    {long}: 1\n    leads:"), encoding="utf-8")
    (said,) = [each.value for each in opened().error]
    assert len(said) < 3000


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
    assert not any("0.0%" in alt for alt in alts(app))


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
    mounted = [data for data in mounted if isinstance(data, dict)]
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


def test_of_20_000_values_that_are_not_offered_the_first_are_named_in_one_sentence(data):
    app = opened("export", light=",".join(f"x{n}" for n in range(20_000)) + ",behind")
    assert [each.value.replace("\\", "") for each in app.warning] == [
        "进度没有“x0”、“x1”、“x2”等 20000 项，已略去。"
    ]
    app = opened("findings", rule="长" * 50_000)
    (said,) = [each.value for each in app.warning]
    assert len(said) < 100


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
    datas = [json.loads(each.proto.bytes) for each in opened(page, **query).get("bidi_component")]
    links = [link for data in datas if isinstance(data, dict) for link in data.get("links", [])]
    (link,) = [href for said, href in links if said == "导出这些项目"]
    assert dict(parse_qsl(urlsplit(link).query)) == query
