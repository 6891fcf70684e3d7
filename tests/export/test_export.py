"""The frame of exports: which formats there are, what a document is called and carries."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest

import build
from minsheng import export
from minsheng.export import cover
from minsheng.labels import exports
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Filters
from minsheng.model import Light
from seed import DATASET, SHOT


def test_every_format_has_its_words_its_key_and_a_name_of_its_own():
    assert {each.name for each in export.FORMATS.values()} == set(export.FORMATS)
    assert set(export.FORMATS) <= set(exports.FORMATS)
    names = [each.file_name(DATASET, SHOT.period) for each in export.FORMATS.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", export.FORMATS)
def test_the_same_figures_make_the_same_bytes(name):
    again = snapshot.at(DATASET, fingerprint=SHOT.fingerprint)
    assert export.FORMATS[name].build(SHOT) == export.FORMATS[name].build(again)


@pytest.mark.parametrize("name", export.FORMATS)
@pytest.mark.parametrize(
    "dataset",
    [build.dataset(), build.dataset({**build.project(), "reports": {}})],
    ids=["no project", "no report"],
)
def test_every_format_is_built_of_nothing_too(name, dataset):
    assert export.FORMATS[name].build(snapshot.at(dataset))


def test_formats_that_are_only_offered_load_no_library():
    heavy = ("xlsxwriter", "docx", "pptx", "typst")
    code = f"import sys, minsheng.export; print([m for m in {heavy} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


@pytest.mark.parametrize(
    ("filters", "words", "name"),
    [
        (Filters(), "全部", "温州市鹿城区民生实事-2023H1-数据.json"),
        (Filters(categories=("2",)), "类别 学有所教", "温州市鹿城区民生实事-2023H1-数据-学有所教.json"),
        (
            Filters(("2",), ("区教育局", "区民政局"), (Light.BEHIND,)),
            "类别 学有所教；牵头单位 区教育局、区民政局；进度 滞后",
            "温州市鹿城区民生实事-2023H1-数据-学有所教-区教育局-区民政局-滞后.json",
        ),
        (
            Filters(categories=("1", "2", "3", "4", "5", "6", "7", "8")),
            "类别 幼有所育、学有所教、劳有所获、病有所医、老有所养、住有所居、居有所安、弱有所扶",
            "温州市鹿城区民生实事-2023H1-数据-节选.json",
        ),
    ],
)  # fmt: skip
def test_the_choice_is_said_on_the_cover_and_in_the_file_name(filters, words, name):
    shot = snapshot.at(DATASET, filters=filters)
    assert cover.of(shot).chosen == f"范围：{words}"
    assert export.FORMATS["json"].file_name(DATASET, shot.period, filters) == name


def test_the_place_cannot_lead_a_file_into_another_folder():
    dataset = build.dataset(build.project(), place="../../etc/鹿城\x00\n区" * 9)
    name = export.FORMATS["json"].file_name(dataset, dataset.periods[0])
    assert name == "etc-鹿城-区-etc-鹿城-区-e民生实事-2023H1-数据.json"
    assert len(name.encode()) < 256


def test_the_cover_says_whose_figures_of_which_day_by_which_rules():
    made = cover.of(SHOT)
    assert made.dated == "温州市鹿城区 · 半年度 · 数据截止 2023 年 6 月 30 日"
    assert made.created == dt.datetime(2023, 6, 30)
    assert made.facts == {
        "表题": "2023 年鹿城区政府民生实项目半年度进展表",
        "地区": "温州市鹿城区",
        "报告期": "半年度",
        "数据截止": "2023 年 6 月 30 日",
        "范围": "全部",
        "序时进度": "49.6%",
        "数据指纹": SHOT.fingerprint[:12],
        "进度界限（百分点，与序时进度之差）": "超序时 ≥ +10，滞后 ≤ −10，严重滞后 ≤ −30",
    }


def test_the_json_says_which_projects_were_chosen_in_the_words_of_its_projects():
    shot = snapshot.at(DATASET, filters=Filters(("2",), ("区教育局",), (Light.FAR_BEHIND,)))
    made = json.loads(export.FORMATS["json"].build(shot))
    assert made["filters"] == {
        "categories": ["学有所教"],
        "departments": ["区教育局"],
        "lights": ["严重滞后"],
    }
    assert {each["category"] for each in made["projects"]} == {"学有所教"}
