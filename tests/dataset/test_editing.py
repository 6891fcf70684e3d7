"""Edits on the text of the dataset file: what is meant is there, and nothing else moved."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsheng.dataset import comparing, editing, schema, yaml_core, yaml_render
from minsheng.dataset.comparing import DiffLine
from minsheng.dataset.editing import (
    AddPeriod,
    AddProject,
    RemoveReport,
    SetField,
    SetReport,
)
from minsheng.model import Dataset, DatasetError, Period, Project, Reading, Refused, Report
from variants import Hand, applied, datasets, projects, reports, united, words

SEED = (Path(__file__).parents[2] / "data" / "projects.yaml").read_text(encoding="utf-8")
Q3 = Period(id="2023Q3", label="三季度", as_of=dt.date(2023, 9, 30))
H1 = "2023H1"
EXAMPLES = int(os.environ.get("EDIT_EXAMPLES", "60"))  # more by hand: EDIT_EXAMPLES=400


def loaded(text: str) -> Dataset:
    return schema.loads(text.encode("utf-8")).dataset


DATASET = loaded(SEED)


def project(id_: str, dataset: Dataset = DATASET) -> Project:
    return next(each for each in dataset.projects if each.id == id_)


def with_reading(id_: str, name: str, **said: object) -> SetReport:
    old = project(id_).reports[H1]
    new = old.readings[name].model_copy(update=said)
    return SetReport(id_, H1, old.model_copy(update={"readings": {**old.readings, name: new}}))


def changed(before: str, after: str) -> list[tuple[str, str]]:
    return [(line.kind, line.text.strip()) for line in comparing.diff(before, after, around=0)]


def test_one_figure_is_one_line():
    text = applied(SEED, [with_reading("5.1", "老年食堂", done=14)])
    assert comparing.diff(SEED, text, around=0) == (
        DiffLine("removed", 207, None, "            done: 13"),
        DiffLine("added", None, 207, "            done: 14"),
    )


def test_no_edit_is_no_change():
    same = SetReport("5.1", H1, project("5.1").reports[H1])
    assert applied(SEED, [same]) == SEED


def test_a_comment_beside_what_is_edited_stays():
    text = applied(
        SEED, [SetField(("thresholds", "ahead"), 5), with_reading("10.2", "绿道卡口", done=4)]
    )
    assert changed(SEED, text) == [
        ("removed", "thresholds: {ahead: 10, behind: 10, far_behind: 30}  # 百分点"),
        ("added", "thresholds: {ahead: 5, behind: 10, far_behind: 30}  # 百分点"),
        ("removed", "done: 3"),
        ("added", "done: 4"),
    ]


def test_a_stage_added_and_one_taken_away_stay_in_their_line():
    stages = {"选址": 1, "图纸设计": 20, "完成建设": 1, "投入运营": 12, "验收": 2}
    text = applied(SEED, [with_reading("5.1", "老年食堂", stages=stages)])
    assert changed(SEED, text) == [
        ("removed", "stages: {选址: 1, 图纸设计: 21, 施工装修: 17, 完成建设: 1, 投入运营: 12}"),
        ("added", "stages: {选址: 1, 图纸设计: 20, 完成建设: 1, 投入运营: 12, 验收: 2}"),
    ]


def test_a_new_period_and_its_first_report_are_written_as_the_seed_is():
    report = Report(
        text="20 家投入运营。\n其余推进: 中", readings={"老年食堂": Reading(done=20, quotes=("20 家投入运营",))}
    )  # fmt: skip
    text = applied(SEED, [AddPeriod(Q3), SetReport("5.1", "2023Q3", report)])
    assert [line.text for line in comparing.diff(SEED, text, around=0)] == [
        "  - {id: 2023Q3, label: 三季度, as_of: 2023-09-30}",
        "      2023Q3:",
        "        text: |-",
        "          20 家投入运营。",
        "          其余推进: 中",
        "        readings:",
        "          老年食堂:",
        "            done: 20",
        "            quotes: [20 家投入运营]",
    ]


@pytest.mark.parametrize("id_", [each.id for each in DATASET.projects])
def test_a_report_taken_away_and_put_back_is_the_same_text(id_):
    report = project(id_).reports[H1]
    without = applied(SEED, [RemoveReport(id_, H1)])
    assert not any(H1 in each.reports for each in loaded(without).projects if each.id == id_)
    restored = applied(without, [SetReport(id_, H1, report)])
    lost = "            # 原文点名三处，没有写“3 处”，因此核查会提示“读数在原文里找不到依据”\n"
    assert restored == (SEED.replace(lost, "") if id_ == "10.2" else SEED)


@pytest.mark.parametrize("id_", [each.id for each in DATASET.projects])
def test_a_report_replaced_and_replaced_back_is_the_same_text(id_):
    report = project(id_).reports[H1]
    readings = {
        name: each.model_copy(update={"done": 7, "underway": 3, "quotes": (), "stages": {"甲": 1}})
        for name, each in report.readings.items()
    }
    other = report.model_copy(update={"text": "尚未统计: 7 家", "readings": readings})
    text = applied(SEED, [SetReport(id_, H1, other)])
    assert project(id_, loaded(text)).reports[H1] == other
    assert applied(text, [SetReport(id_, H1, report)]) == SEED


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (SetReport("5.9", H1, Report(text="")), "没有编号为 5.9 的项目。请先添加这个项目。"),
        (SetReport("5.1", "2023Q3", Report(text="")), "没有报告期 2023Q3。请先添加这个报告期。"),
        (RemoveReport("5.1", "2023Q3"), "项目 5.1 在报告期 2023Q3 没有进展情况，无从删除。"),
        (AddPeriod(Q3.model_copy(update={"id": H1})), "报告期 2023H1 已经有了。请换一个代号。"),
        (AddProject(DATASET.projects[0]), "项目编号 1.1 已经用过。请换一个编号。"),
        (SetField(("projects", "5.9", "leader"), "张三"), "数据里没有 projects.5.9.leader 这个位置。请对照数据文件检查名称。"),
        (SetField(("plan", "end"), "年底"), "plan.end 不能写成「年底」。请对照数据文件里同样的位置改正。"),
        (SetField(("title",), None), "title 不能写成「空」。请对照数据文件里同样的位置改正。"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_a_sentence(edit, said):
    with pytest.raises(Refused) as caught:
        applied(SEED, [edit])
    assert str(caught.value) == said


def test_a_text_that_is_no_dataset_is_not_edited():
    with pytest.raises(DatasetError, match="十三"):
        applied(SEED.replace("done: 13\n", "done: 十三\n"), [AddPeriod(Q3)])


def test_what_is_edited_may_have_faults_of_its_own():
    text = applied(SEED, [with_reading("5.1", "老年食堂", quotes=("13 家",))])
    with pytest.raises(DatasetError, match="不在原文里"):
        schema.loads(text.encode())


def test_other_fields_are_reached_by_id_and_by_name():
    text = applied(
        SEED,
        [
            SetField(("projects", "5.1", "leader"), "张三"),
            SetField(("projects", "5.1", "indicators", "老年食堂", "target"), 60),
            SetField(("periods", H1, "as_of"), dt.date(2023, 6, 29)),
            SetField(("projects", "7.2", "leads"), ("区应急管理局",)),
        ],
    )
    assert [
        line.text.strip() for line in comparing.diff(SEED, text, 0) if line.kind == "added"
    ] == [
        "- {id: 2023H1, label: 半年度, as_of: 2023-06-29}",
        "- {name: 老年食堂, target: 60, unit: 家, counts: 建成}",
        "leader: 张三",
        "leads: [区应急管理局]",
    ]


def test_a_project_stands_behind_the_last_of_its_category():
    new = project("5.1").model_copy(update={"id": "5.4"})
    order = [each.id for each in loaded(applied(SEED, [AddProject(new)])).projects]
    assert order[order.index("5.4") - 1 : order.index("5.4") + 2] == ["5.3", "5.4", "6.1"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\n# 完"])
def test_line_breaks_and_end_stay(newline, end):
    text = (SEED.rstrip("\n") + end).replace("\n", newline)
    edits = [
        AddPeriod(Q3),
        SetReport("10.4", "2023Q3", Report(text="甲\n乙")),
        with_reading("5.1", "老年食堂", done=14),
    ]
    made = applied(text, edits)
    expected = applied(SEED, edits).rstrip("\n") + end
    assert made == expected.replace("\n", newline)


def test_files_in_another_hand_keep_it():
    text = """\
version: 1
title: 表
place: 区
plan:
    start: 2023-01-01   # 年初
    end: 2023-12-31
periods:
-   id: 2023H1
    label: "半年度"
    as_of: 2023-06-30
projects:
-   leader: 张三   # 分管
    # 编号
    id: "1.1"
    category: 甲
    content: 'it''s'
    leads:
    -   甲局   # 主办
    -   乙局
    supports: []
    indicators: [
        {name: 家, target: 5, unit: 家, counts: 建成},   # 第一个
    ]
    reports:
        2023H1:
            text: >-
                一句
                话
            # 读数
            readings: {家: {done: 1, "approx": false}}
                # 深处的说明
    kind: 工程
"""
    reading = Reading(done=2, approx=True, stages={"a, b": 1})
    made = applied(
        text,
        [
            AddPeriod(Q3),
            SetReport("1.1", H1, Report(text="一句 话", readings={"家": reading}, problems="无")),
            SetReport("1.1", "2023Q3", Report(text="新", readings={"家": Reading(done=3)})),
            SetField(("projects", "1.1", "leader"), None),
            SetField(("projects", "1.1", "supports"), ["丙局"]),
            SetField(("projects", "1.1", "leads"), ["甲局", "丁局"]),
        ],
    )
    assert (
        made
        == """\
version: 1
title: 表
place: 区
plan:
    start: 2023-01-01   # 年初
    end: 2023-12-31
periods:
-   id: 2023H1
    label: "半年度"
    as_of: 2023-06-30
-   {id: 2023Q3, label: 三季度, as_of: 2023-09-30}
projects:
-   # 分管
    # 编号
    id: "1.1"
    category: 甲
    content: 'it''s'
    leads:
    -   甲局   # 主办
    -   丁局
    supports: [丙局]
    indicators: [
        {name: 家, target: 5, unit: 家, counts: 建成},   # 第一个
    ]
    reports:
        2023H1:
            text: >-
                一句
                话
            # 读数
            readings: {家: {done: 2, "approx": true, stages: {"a, b": 1}}}
                # 深处的说明
            problems: 无
        2023Q3:
            text: 新
            readings:
                家:
                    done: 3
    kind: 工程
"""
    )


# Canonical text.


def test_the_seed_written_anew_is_the_seed_without_its_comments():
    said = [line for line in SEED.splitlines()[23:] if not line.startswith("            #")]
    said = [re.sub(r"(?<=\S)  # .*", "", line) for line in said]
    assert editing.dumps(DATASET).splitlines() == [SEED.splitlines()[0], "", *said]
    assert loaded(editing.dumps(DATASET)) == DATASET


EVERY_KEY = """\
# yaml-language-server: $schema=projects.schema.json

version: 1
title: 表
place: 鹿城区
code: "330302"
parent: "330300"
plan: {start: 2023-01-01, end: 2023-12-31}
thresholds: {ahead: 10, behind: 10, far_behind: 30}
periods:
  - {id: 2023H1, label: 半年度, as_of: 2023-06-30}

projects:
  # 5 老有所养
  - id: "5.1"
    category: 老有所养
    content: 新改建老年食堂 50 家。
    leads: [区民政局]
    indicators:
      - {name: 老年食堂, target: 50, unit: 家, counts: 建成}
    milestones:
      - {by: 2023-03-31, text: 完成选址}
      - {by: 2023-06-30, count: {老年食堂: 30}}
    printed: "12"
    upper: [330300/2023#5.1]
    notes:
      责任科室: 养老服务科
    reports:
      2023H1:
        text: 12 家投入运营。
        readings:
          老年食堂:
            done: 12
            quotes: [12 家投入运营]
            this_period: 2
            by_place: {五马街道: 7, 松台街道: 5}
        verdict: 达序时
        investment: {paid: 120}
        leads: [区民政局, 区残联]
        supports: [区财政局]
        deadline: 2023-11-30
        notes:
          备注: 无
"""


def test_every_key_of_real_tables_is_read_and_written_as_it_stands():
    assert editing.dumps(loaded(EVERY_KEY)) == EVERY_KEY
    bare = EVERY_KEY.replace('"330302"', "330302").replace('"330300"\n', "330300\n")
    assert loaded(bare) == loaded(EVERY_KEY)
    old = loaded(bare).projects[0].reports[H1]
    read = {"老年食堂": old.readings["老年食堂"].model_copy(update={"this_period": 3})}
    made = applied(bare, [SetReport("5.1", H1, old.model_copy(update={"readings": read}))])
    assert changed(bare, made) == [("removed", "this_period: 2"), ("added", "this_period: 3")]


def test_comments_stand_above_what_they_are_about():
    at = next(n for n, each in enumerate(DATASET.projects) if each.id == "5.1")
    here = ("projects", at, "reports", H1, "readings", "老年食堂")
    made = editing.dumps(
        DATASET,
        {
            ("projects", at): "第 11 行",
            here: "请确认：有几个候选数\nunderway: 4",
            (*here, "done"): "两处相加",
            ("projects", at, "indicators", 0): "目标: 50",
        },
    )
    lines = made.splitlines()
    found = {line.strip(): lines[n + 1].strip() for n, line in enumerate(lines) if "# " in line}
    assert found["# 第 11 行"] == '- id: "5.1"'
    assert found["# underway: 4"] == "老年食堂:"
    assert found["# 两处相加"] == "done: 13"
    assert found["# 目标: 50"] == "- {name: 老年食堂, target: 50, unit: 家, counts: 建成}"
    assert loaded(made) == DATASET


@given(
    st.one_of(words, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
)
def test_a_scalar_is_read_as_it_was_meant(value):
    for text, key in (
        (f"a: {yaml_render.inline(value)}", "a"),
        (f"a: [甲, {yaml_render.inline(value, True)}, 乙]", "a"),
        (f"a: {{b: {yaml_render.inline(value, True)}}}", "a"),
        ("\n".join(yaml_render.entry("a", value, ("a",), 0, yaml_render.CANONICAL)) + "\n", "a"),
    ):
        found, problems = yaml_core.read(text)
        read = found[key]
        read = read[1] if isinstance(read, list) else read["b"] if isinstance(read, dict) else read
        assert (read, problems) == (value, [])
        assert isinstance(read, str) == isinstance(value, str)


@given(words)
def test_a_key_is_read_as_it_was_meant(key):
    assert yaml_core.read(f"{yaml_render.key_of(key)}: 1")[0] == {key: 1}
    assert yaml_core.read(f"{{{yaml_render.key_of(key, True)}: 1}}")[0] == {key: 1}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("no", "no"), ("2023-01-01", "2023-01-01"), ("0123", "0123"), ("12:30", "12:30"), ("100%", "100%"),
        ("5.1", '"5.1"'), ("12", '"12"'), ("true", '"true"'), ("~", '"~"'), ("%", '"%"'), ("a: b", '"a: b"'),
        ("一 # 二", '"一 # 二"'), ("（一）推进", "（一）推进"), ("甲，乙", "甲，乙"), ("", '""'), ("甲 ", '"甲 "'),
    ],
)  # fmt: skip
def test_quotes_stand_only_where_the_reader_needs_them(text, written):
    assert yaml_render.inline(text) == written


@given(datasets())
def test_any_dataset_written_is_read_again(dataset):
    assert loaded(editing.dumps(dataset)) == dataset


# Any edit, any hand.


@st.composite
def report_edits(draw, dataset: Dataset):
    at = draw(st.integers(0, len(dataset.projects) - 1))
    chosen = dataset.projects[at]
    period = draw(st.sampled_from([each.id for each in dataset.periods]))
    if period in chosen.reports and draw(st.booleans()):
        return at, RemoveReport(chosen.id, period)
    report = draw(reports(tuple(each.name for each in chosen.indicators)))
    if (old := chosen.reports.get(period)) and draw(st.booleans()):
        kept = {key: each for key, each in old.readings.items() if draw(st.booleans())}
        report = old.model_copy(update={"readings": kept})
    return at, SetReport(chosen.id, period, report)


@settings(max_examples=EXAMPLES)
@given(st.data(), datasets(), st.randoms(use_true_random=False))
def test_an_edit_is_what_was_meant_and_everything_outside_is_byte_identical(data, dataset, chance):
    hand = Hand(chance)
    pieces = hand.pieces(editing.as_written(dataset))
    text = ("\ufeff" if hand.bom else "") + "".join(pieces)
    assert loaded(text) == dataset
    at, edit = data.draw(report_edits(dataset))
    made = applied(text, [edit])
    assert loaded(made) == editing.edited(dataset, [edit])
    before, after = "".join(pieces[: at + 1]), "".join(pieces[at + 2 :])
    assert made.removeprefix("\ufeff").startswith(before)
    assert made.endswith(after)
    assert set(made.replace("\r\n", "")) & {"\r", "\n"} <= (
        {"\n"} if hand.newline == "\n" else set()
    )


@settings(max_examples=EXAMPLES // 2)
@given(st.data(), datasets(), st.randoms(use_true_random=False))
def test_several_edits_at_once_are_what_was_meant(data, dataset, chance):
    text = "".join(Hand(chance).pieces(editing.as_written(dataset)))
    edits = [data.draw(report_edits(dataset))[1]]
    one = data.draw(st.sampled_from(dataset.projects))
    edits.append(SetField(("projects", one.id, "leader"), data.draw(st.none() | words)))
    edits.append(
        SetField(("projects", one.id, "deadline"), data.draw(st.sampled_from([None, "2023-10-01"])))
    )
    edits.append(SetField(("title",), data.draw(words)))
    edits.append(
        SetField(
            ("projects", one.id, "leads"),
            data.draw(st.sampled_from([["甲局"], ["5.1", "区民政局", "丙"]])),
        )
    )
    edits.append(AddPeriod(Period(id="2023Y", label=data.draw(words), as_of=dt.date(2023, 12, 31))))
    new = data.draw(
        projects(data.draw(st.sampled_from(["1.3", "2.1", "9.1"])), ("2023H1", "2023Y"))
    )
    edits.append(AddProject(new))
    made = applied(text, edits)
    assert loaded(made) == editing.edited(dataset, edits)


@settings(max_examples=EXAMPLES // 2)
@given(datasets(), datasets(), st.randoms(use_true_random=False))
def test_any_file_can_be_made_to_say_any_dataset(before, after, chance):
    text = "".join(Hand(chance).pieces(editing.as_written(before)))
    assert loaded(editing.written(schema.loads(text.encode()), after).text) == after


# Two people.


def test_edits_of_different_projects_are_merged():
    mine = applied(SEED, [with_reading("5.1", "老年食堂", done=14), AddPeriod(Q3)])
    theirs = applied(SEED, [with_reading("6.4", "小区", done=13)]).replace("# 如此", "# 原")
    merged = united(SEED, mine, theirs)
    assert merged == applied(theirs, [with_reading("5.1", "老年食堂", done=14), AddPeriod(Q3)])


def test_their_comments_are_kept_in_a_merge():
    theirs = SEED.replace("# 原表如此", "# 已核对").replace("done: 12\n", "done: 11\n")
    mine = applied(SEED, [with_reading("5.1", "老年食堂", done=14)])
    assert changed(theirs, united(SEED, mine, theirs)) == [
        ("removed", "done: 13"),
        ("added", "done: 14"),
    ]


def test_edits_of_the_same_project_are_named():
    mine = applied(SEED, [with_reading("5.1", "老年食堂", done=14), SetField(("title",), "甲")])
    theirs = applied(
        SEED, [with_reading("5.1", "老年食堂", claimed=30), SetField(("title",), "乙")]
    )
    with pytest.raises(Refused) as caught:
        united(SEED, mine, theirs)
    assert "表题、5.1 新改建老年食堂 50 家。" in str(caught.value)


def test_the_same_edit_by_both_is_no_conflict():
    both = applied(SEED, [with_reading("5.1", "老年食堂", done=14)])
    assert united(SEED, both, both) == both


def test_projects_added_and_taken_away_are_merged():
    new = project("5.1").model_copy(update={"id": "5.4"})
    mine = applied(SEED, [AddProject(new)])
    less = DATASET.model_copy(update={"projects": DATASET.projects[1:]})
    theirs = editing.written(schema.loads(SEED.encode()), less).text
    merged = loaded(united(SEED, mine, theirs))
    assert [each.id for each in merged.projects] == [
        each.id for each in editing.edited(less, [AddProject(new)]).projects
    ]
    assert loaded(united(SEED, theirs, mine)) == merged
