from __future__ import annotations

import pytest

from build import dataset, indicator, project
from minsheng.measuring import snapshot
from minsheng.measuring.explanation import explain


def steps(reading: dict, **more) -> list[tuple[str, str]]:
    made = dataset(project(readings={"老年食堂": reading}, **more))
    return [(step.name, step.formula) for step in explain(snapshot.at(made), "5.1")]


@pytest.mark.parametrize(
    ("reading", "formula"),
    [
        ({"done": 13}, "13 ÷ 50 = 26.0%"),
        ({"done": 60}, "60 ÷ 50 = 120.0%，超过 100% 按 100% 计"),
        ({"done": 50, "claimed": 90}, "50 ÷ 50 = 100.0%；部门自报 90.0% 更低，取低"),
        ({"declared": True}, "原文只说完成、没有数，按 100% 计，注明“只报完成”"),
        ({"claimed": 64}, "没有可以数的完成数，暂用部门自报 64.0%"),
        ({}, "原文没有这个指标的数，不计入平均"),
    ],
)
def test_the_formula_says_what_the_figure_rests_on(reading, formula):
    assert steps(reading)[0] == ("「老年食堂」完成率", formula)


def test_the_light_is_explained_against_the_calendar_or_the_milestone():
    assert steps({"done": 13})[-1] == (
        "进度",
        "短板 26.0% − 序时进度 49.6% = −23.6 个百分点，判为“滞后”",
    )
    planned = steps({"done": 13}, milestones=[{"by": "2023-06-30", "share": 20}])
    assert planned[-1][1] == "短板 26.0% − 节点应达 20.0% = +6.0 个百分点，判为“按序时”"
    assert steps({"done": 50})[-1][1] == "每个指标都达到 100%"
    assert len(steps({})) == 1


def test_an_unknown_indicator_is_said_to_be_left_out():
    made = dataset(
        project(
            indicators=[indicator("甲"), indicator("乙"), indicator("丙")],
            readings={"甲": {"done": 10}, "乙": {"done": 20}},
        )
    )
    named = {step.name: step.formula for step in explain(snapshot.at(made), "5.1")}
    assert named["项目完成率"] == "（20.0% + 40.0%）÷ 2 = 30.0%，1 个指标没有数据，未计入"
    assert named["短板"] == "甲 20.0%"


def test_every_input_has_its_words_and_its_place_in_the_dataset():
    made = dataset(project(readings={"老年食堂": {"done": 12, "quotes": ["12 家"], "claimed": 30}}))
    target, done, claimed = explain(snapshot.at(made), "5.1")[0].inputs
    assert target.path == ("projects", 0, "indicators", 0, "target")
    assert (done.value, done.quotes) == ("12 家", ("12 家",))
    assert done.path == ("projects", 0, "reports", "2023H1", "readings", "老年食堂", "done")
    assert claimed.value == "30.0%"


def test_every_figure_of_a_lowered_declaration_is_explained():
    assert steps({"declared": True, "claimed": 90})[0][1].endswith("部门自报 90.0% 更低，取低")
