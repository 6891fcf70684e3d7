"""The one-file page, parsed: what it says, what it can do, what it cannot ask for."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from lxml import html
from plotly.offline import get_plotlyjs_version

import build
from minsheng import theme
from minsheng.charts import progress
from minsheng.export import json_text, page
from minsheng.labels import RULES
from minsheng.measuring import leaderboard, snapshot
from minsheng.measuring.snapshot import Filters, Snapshot
from minsheng.printed import percent
from seed import DATASET, SHOT

MADE = page.build(SHOT)
LARGEST = 1_600_000
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u2028&amp; \"'"


def parsed(shot: Snapshot | None = None) -> Any:
    made = MADE if shot is None else page.build(shot)
    return html.document_fromstring(made.decode())


def measured(*projects: dict[str, Any], **more: Any) -> Snapshot:
    return snapshot.at(build.dataset(*projects, **more))


def text(element: Any) -> str:
    """The words, with a space where one element ends and another begins."""
    return " ".join(" ".join(element.itertext()).split())


def figures(tree: Any) -> dict[str, Any]:
    return json.loads(tree.get_element_by_id("charts").text)


def twin(tree: Any, key: str) -> list[list[str]]:
    rows = tree.get_element_by_id(f"twin-{key}").iterfind(".//tr")
    return [[text(cell) for cell in row] for row in rows]


def test_it_is_one_chinese_file_with_one_plotly_that_draws_its_charts_and_no_more():
    assert len(MADE) <= LARGEST
    assert MADE.startswith(b'<!DOCTYPE html>\n<html lang="zh-CN">')
    assert MADE.count(page.plotly().encode()) == 1
    drawn = {
        trace["type"]
        for both in figures(parsed())["charts"].values()
        for each in both
        for trace in each["data"]
    }
    assert drawn <= {"bar", "scatter"}  # what the basic bundle knows, but for pies
    scripts = [each.text or "" for each in parsed().iterfind(".//script")]
    assert sorted(len(each) > 1_000_000 for each in scripts)[-2:] == [False, True]


def test_the_script_is_of_the_version_that_figures_are_written_for():
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}\n" in page.plotly()[:100]


def test_projects_beyond_the_script_cost_a_few_kilobytes_each():
    assert (len(MADE) - len(page.plotly().encode())) / 29 < 8000


def test_every_project_figure_and_finding_of_the_json_is_found():
    tree, said = parsed(), json_text.as_dict(SHOT)
    for each in said["projects"]:
        article = text(tree.get_element_by_id(f"p-{each['id']}"))
        assert article.startswith(f"{each['id']} {each['content']} ")
        assert (
            f" · {each['delivery']} · {each['category']} · {'、'.join(each['leads'])} " in article
        )
        assert f" {each['light']} · " in article
        assert (
            f"核算完成率 {percent(each['completion'])} · 短板 {percent(each['weakest'])} · "
            f"自报 {percent(each['claimed'])} · 依据 {each['basis']}"
        ) in article
        assert all(f"{part['name']} " in article for part in each["indicators"])
        assert all(RULES[code].title in article for code in each["findings"])
    for each in said["findings"]:
        assert each["message"] in text(tree.get_element_by_id("findings"))
        assert each["message"] in text(tree.get_element_by_id(f"p-{each['project']}"))
    board = {row[0]: row for row in twin(tree, "departments")}
    for each in said["departments"]:
        best, worst = each["rank_range"]
        assert board[each["name"]][1:8] == [
            str(each["projects"]),
            str(each["done"]),
            percent(each["completion"]),
            percent(each["claimed"]),
            str(each["behind"]),
            "—" if each["few"] else str(each["rank"]),
            "—" if each["few"] else str(best) if best == worst else f"{best}–{worst}",
        ]
    groups = {row[0]: row for row in twin(tree, "categories")}
    for each in said["categories"]:
        assert groups[each["name"]][1:3] == [str(each["projects"]), percent(each["completion"])]
    parts = [row for n in SHOT.categories for row in twin(tree, f"c{n}")[1:]]
    assert len(parts) == 35
    (school,) = (row for row in parts if row[0] == "2.1")
    assert school[:9] == ["2.1", "学校", "8", "5", "—", "所", "62.5%", "65.0%", "核算"]


def test_the_overview_opens_with_the_headline_and_the_four_figures():
    overview = text(parsed().get_element_by_id("overview"))
    assert overview.startswith(
        "能数出来的完成了 56.0%，快于序时进度 6.4 个百分点；11 项滞后，其中 8 项严重滞后。"
    )
    assert "核算完成率 56.0% 29 项平均 部门自报 63.5% 照部门说法计算" in overview
    assert "◆ 严重滞后 8" in overview


def test_the_words_that_a_figure_was_read_from_are_marked():
    article = parsed().get_element_by_id("p-5.1")
    assert [mark.text for mark in article.iterfind(".//mark")] == ["1 家完成建设", "12 家投入运营"]
    promised = SHOT.project("5.1").reports["2023H1"].text
    assert article.find(".//blockquote").text_content() == promised
    assert "「老年食堂」完成率：13 ÷ 50 = 26.0%" in text(article)


@pytest.mark.parametrize(("place", "width"), [(0, progress.MIDDLE), (1, progress.NARROW)])
def test_charts_are_the_figures_of_the_app(place, width):
    said = figures(parsed())
    drawn = {key: both[place] for key, both in said["charts"].items()}
    assert [*drawn] == [
        "categories",
        *(f"c{n}" for n in SHOT.categories),
        "departments",
        "dumbbell",
    ]
    order = leaderboard.worst_first(SHOT.departments)
    shown = progress.departments(SHOT.departments, SHOT.rows, SHOT.elapsed, width, order).figure
    same = json.loads(shown.to_json(), parse_float=lambda digits: round(float(digits), 4))
    usual = {kind: each for kind, (each,) in said["template"]["data"].items()}
    whole = [{**usual[trace["type"]], **trace} for trace in drawn["departments"]["data"]]
    plotly = {"cliponaxis": True, "hoverinfo": "all", "xaxis": "x"}
    for trace, made in zip(same["data"], whole, strict=True):
        left_out = {key: plotly[key] for key in made.keys() - trace.keys()}
        if place:  # a phone has no pointer
            trace.pop("hovertext", None)
        assert made == {**left_out, **trace}
    assert "template" not in drawn["departments"]["layout"]
    assert (said["dark"], said["from"]) == (theme.DARK, progress.MIDDLE)


def test_every_chart_has_its_finding_in_words_and_a_table():
    tree = parsed()
    boxes = tree.find_class("chart")
    assert {box.get("data-chart") for box in boxes} == set(figures(tree)["charts"])
    for box in boxes:
        assert box.get("aria-label")
        assert len(twin(tree, box.get("data-chart"))) > 1
    assert all(table.find("thead/tr/th") is not None for table in tree.iterfind(".//table"))


def test_links_lead_to_what_is_there():
    tree = parsed()
    targets = {each.get("id") for each in tree.iterfind(".//*[@id]")}
    assert {link.get("href")[1:] for link in tree.iterfind(".//a")} <= targets
    for box in tree.find_class("chart"):
        if prefix := box.get("data-target"):
            both = figures(tree)["charts"][box.get("data-chart")]
            keys = {
                key
                for each in both
                for trace in each["data"]
                for key in trace.get("customdata", ())
            }
            assert {f"{prefix}{key}" for key in keys} <= targets


def test_the_policy_allows_its_own_scripts_by_their_hash_and_nothing_from_outside():
    tree = parsed()
    meta = next(each for each in tree.iterfind(".//meta") if each.get("http-equiv"))
    rules = dict(rule.split(" ", 1) for rule in meta.get("content").split("; "))
    assert rules["default-src"] == "'none'"
    assert not any(word in meta.get("content") for word in ("http", "*", "unsafe-eval"))
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256((each.text or '').encode()).digest()).decode()}'"
        for each in tree.iterfind(".//script")
        if each.get("type") is None
    }
    assert set(rules["script-src"].split()) == hashes
    asking = [
        e for e in tree.iter() if isinstance(e.tag, str) and {"src", "srcset"} & set(e.attrib)
    ]
    assert asking == []
    assert list(tree.iterfind(".//link")) == []
    assert b"url(" not in MADE.split(b"</style>")[0]


def test_hostile_text_is_text_everywhere():
    shot = measured(
        build.project(
            content=HOSTILE,
            text=f"{HOSTILE}12 家。",
            leads=[HOSTILE],
            category=HOSTILE,
            indicators=[build.indicator(name=HOSTILE, unit=HOSTILE)],
            readings={
                HOSTILE: {"done": 12, "quotes": ["12 家"], "claimed": 90, "stages": {HOSTILE: 60}}
            },
        ),
        title=HOSTILE,
        place=HOSTILE,
    )
    tree = parsed(shot)
    assert len(list(tree.iterfind(".//script"))) == 4
    assert list(tree.iterfind(".//img")) == []
    assert text(tree.find(".//h1")) == " ".join(HOSTILE.split())
    assert not any(key.startswith("on") for each in tree.iter() for key in each.attrib)
    made = page.build(shot).decode()
    assert "\u2028" not in made.split('id="charts">')[1].split("</script>")[0]
    assert all(each["data"] for each in figures(tree)["charts"]["c5"])


def test_unknown_has_its_row_and_no_bar():
    tree = parsed(measured(build.project(id="5.1"), build.project(id="5.2", indicators=[])))
    head, first, second = twin(tree, "c5")
    assert head[-1] == "图示"
    assert first[:7] == ["5.1", "老年食堂", "50", "—", "—", "家", "—"]
    assert second[:2] == ["5.2", "没有数字指标"]
    assert [each.get("class") for each in tree.iterfind(".//svg/rect")] == ["track"] * 5
    assert "无数据" in text(tree.get_element_by_id("p-5.1"))
    assert "没有数字指标" in text(tree.get_element_by_id("p-5.2"))


def test_only_what_was_chosen_is_in_it():
    tree = parsed(snapshot.at(DATASET, filters=Filters(categories=("2",))))
    ids = [each.get("id") for each in tree.find_class("project")]
    assert ids == ["p-2.1", "p-2.2", "p-2.3", "p-2.4"]
    assert "范围：类别 学有所教" in text(tree.find(".//header"))
    assert "范围：类别 学有所教 · 数据截止 2023 年 6 月 30 日" in text(tree.find(".//footer"))
    assert "食有所依" not in text(tree.find(".//main"))


def test_an_empty_choice_says_so():
    chosen = Filters(categories=("4",), departments=("区教育局",))
    tree = parsed(snapshot.at(DATASET, filters=chosen))
    assert text(tree.get_element_by_id("overview")) == "没有符合条件的项目。"
    assert tree.find_class("chart") == []


def test_the_foot_carries_thresholds_and_fingerprint():
    foot = text(parsed().find(".//footer"))
    assert "超序时 ≥ +10，滞后 ≤ −10，严重滞后 ≤ −30" in foot
    assert f"数据指纹 {SHOT.fingerprint[:12]}" in foot


def test_a_printed_bar_ends_at_100_percent_and_what_is_only_said_is_hatched():
    shot = measured(
        build.project(id="5.1", readings={"老年食堂": {"done": 64}}),
        build.project(id="5.2", readings={"老年食堂": {"declared": True, "claimed": 90}}),
        build.project(id="5.3", readings={"老年食堂": {"done": 10, "underway": 20}}),
    )
    tree = parsed(shot)
    drawn = [
        [(rect.get("class"), float(rect.get("x")), float(rect.get("width"))) for rect in svg]
        for svg in tree.get_element_by_id("twin-c5").iterfind(".//svg")
        for svg in [svg.findall("rect")]
    ]
    assert drawn == [  # worst first
        [("track", 0, 1000), ("done", 0, 200), ("underway", 200, 400)],
        [("track", 0, 1000), ("hatched", 0, 900)],
        [("track", 0, 1000), ("done", 0, 1000)],
    ]
