"""The table and the findings of design.md section 4, project by project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minsheng.dataset import store
from minsheng.export import json_text
from minsheng.measuring import snapshot
from minsheng.printed import percent

ROOT = Path(__file__).parent.parent
SEED = ROOT / "tests" / "data" / "lucheng-2023-half-year.txt"

TABLE = """
1.1  托位 400 440                                            100.0 100.0 100.0 超额 已完成
1.2  公园 10 6                                                60.0  60.0  60.0 推进中 超序时
2.1  学校 8 5                                                 62.5  62.5  65.0 推进中 超序时
2.2  学校 10 0                                                 0.0   0.0  90.0 推进中 严重滞后
2.3  教室 750 0                                                0.0   0.0  60.0 前期 严重滞后
2.4  多媒体设备 300 0                                          0.0   0.0  65.0 前期 严重滞后
3.1  培训 13000 16737 技能人才 5200 6680 高技能人才 2600 1532 86.3  58.9  86.3 推进中 按序时
3.2  就业 10000 7000                                          70.0  70.0  70.0 推进中 超序时
4.1  参保率 100 100 救助率 100 100 化解率 100 100            100.0 100.0 100.0 已完成 已完成
4.2  AED 10 10                                               100.0 100.0 100.0 已完成 已完成
5.1  老年食堂 50 13                                           26.0  26.0  26.0 推进中 滞后
5.2  社区学校 3 0 学位 450 229                                25.4   0.0  25.4 推进中 严重滞后
5.3  保险 90000 -                                    100.0 100.0 100.0 已完成（只报完成） 已完成
6.1  单元 200 59                                              29.5  29.5  29.5 推进中 滞后
6.2  安置房 2000 1803                                         90.2  90.2  90.2 推进中 超序时
6.3  保障房 3780 2650                                         70.1  70.1  70.1 推进中 超序时
6.4  小区 20 12                                               60.0  60.0  60.0 推进中 超序时
6.5  电梯 50 43                                               86.0  86.0  86.0 推进中 超序时
6.6  小区 20 0                                                 0.0   0.0   0.0 推进中 严重滞后
7.1  高层建筑 100 10                                          10.0  10.0  10.0 推进中 严重滞后
7.2  微型消防站 20 0                                           0.0   0.0   0.0 前期 严重滞后
8.1  床位 60 -                                       100.0 100.0 100.0 已完成（只报完成） 已完成
8.2  家庭 100 0                                                0.0   0.0   0.0 前期 严重滞后
9.1  农贸市场 6 6                                             90.0  90.0  90.0 推进中 超序时
9.2  未来农贸 10 10                                          100.0 100.0 100.0 已完成 已完成
10.1 断头路 10 7                                              70.0  70.0  70.0 推进中 超序时
10.2 绿道卡口 10 3                                            30.0  30.0  30.0 推进中 滞后
10.3 停车位 5000 6100 公共停车位 1000 571                     78.6  57.1  78.6 推进中 按序时
10.4 充电桩 1000 800                                          80.0  80.0  80.0 推进中 超序时
"""

FINDINGS = {
    "claimed-above-counted": ["2.1", "2.2", "2.3", "2.4"],
    "preparation-only": ["2.3", "2.4", "8.2"],
    "other-event": ["5.2", "6.3", "6.6", "8.2"],
    "weak-part": ["3.1", "10.3"],
    "stages-do-not-add-up": ["5.1"],
    "declared-without-figure": ["5.3", "8.1"],
    "claim-of-a-part": ["6.1"],
    "all-done-below-100": ["9.1"],
    "approximate": ["10.4"],
    "not-traceable": ["10.2"],
}


@pytest.fixture(scope="module")
def shown() -> dict:
    document = store.read(ROOT / "data" / "projects.yaml")
    return json.loads(json_text.dumps(snapshot.at(document.dataset)))


def test_every_row_reads_as_the_contract_says(shown):
    rows = [
        [
            each["id"],
            *(
                str(word)
                for part in each["indicators"]
                for word in (
                    part["name"],
                    part["target"],
                    "-" if part["done"] is None else part["done"],
                )
            ),
            *(percent(each[key])[:-1] for key in ("completion", "weakest", "claimed")),
            each["delivery"],
            each["light"],
        ]
        for each in shown["projects"]
    ]
    assert rows == [line.split() for line in TABLE.strip().splitlines()]


def test_the_findings_are_exactly_these(shown):
    found: dict[str, list[str]] = {}
    for each in shown["findings"]:
        found.setdefault(each["code"], []).append(each["project"])
    assert found == FINDINGS


def test_the_totals_are_those_of_the_contract(shown):
    assert len(shown["projects"]) == 29
    assert sum(len(each["indicators"]) for each in shown["projects"]) == 35
    assert len(shown["departments"]) == 16
    assert sum(each["projects"] for each in shown["departments"]) == 31
    assert [each["name"] for each in shown["categories"]] == [
        "幼有所育",
        "学有所教",
        "劳有所获",
        "病有所医",
        "老有所养",
        "住有所居",
        "居有所安",
        "弱有所扶",
        "食有所依",
        "行有所畅",
    ]
    assert shown["lights"] == {
        "已完成": 6,
        "超序时": 10,
        "按序时": 2,
        "滞后": 3,
        "严重滞后": 8,
        "无数据": 0,
    }
    assert percent(shown["completion"]) == "56.0%"
    assert percent(shown["claimed"]) == "63.5%"
    assert percent(shown["elapsed"]) == "49.6%"


def test_the_gap_between_claim_and_count_is_four_projects_of_one_department(shown):
    gaps = [each for each in shown["projects"] if each["claimed"] - each["completion"] > 0.01]
    assert [each["id"] for each in gaps] == ["2.1", "2.2", "2.3", "2.4"]
    assert {tuple(each["leads"]) for each in gaps} == {("区教育局",)}


def test_the_dataset_holds_the_seed_word_for_word():
    rows, lead = [], ""
    for line in SEED.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 5 or cells[0] == "序号":
            continue
        lead = cells[3] or lead
        rows.append((cells[2], tuple(lead.split(" ")), cells[4]))
    dataset = store.read(ROOT / "data" / "projects.yaml").dataset
    assert [(p.content, p.leads, p.reports["2023H1"].text) for p in dataset.projects] == rows
    assert dataset.title == "2023 年鹿城区政府民生实项目半年度进展表"


def test_every_done_has_the_words_it_was_read_from():
    dataset = store.read(ROOT / "data" / "projects.yaml").dataset
    without = [
        (project.id, name)
        for project in dataset.projects
        for name, reading in project.reports["2023H1"].readings.items()
        if reading.done and not reading.quotes
    ]
    assert without == []
