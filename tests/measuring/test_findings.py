"""Each rule: a case that fires, one just short of it, and clean data."""

from __future__ import annotations

import pytest

from build import dataset, indicator, project
from minsheng import labels
from minsheng.measuring import snapshot
from minsheng.measuring.findings import CATALOGUE

PLAIN = {"done": 12, "quotes": ["12 家投入运营"]}


def codes(made: dict, period: str | None = None) -> list[str]:
    return [each.code for each in snapshot.at(dataset(made), period).findings]


def read(text: str, reading: dict, **more) -> list[str]:
    return codes(project(text=text, readings={"老年食堂": reading}, **more))


def test_clean_data_has_no_findings():
    assert read("12 家投入运营。", PLAIN) == []


@pytest.mark.parametrize(
    ("text", "reading", "found"),
    [
        # a claim more than one point above the count, as printed
        ("12 家投入运营，完成 26%。", {**PLAIN, "claimed": 26}, ["claimed-above-counted"]),
        ("12 家投入运营，完成 25%。", {**PLAIN, "claimed": 25}, []),
        (
            "12 家投入运营，第二批完成 90%。",
            {**PLAIN, "claimed": 90, "claimed_of": "第二批"},
            ["claim-of-a-part"],
        ),
        # preparation
        ("已完成招标。", {"done": 0, "preparing": True}, ["preparation-only"]),
        ("正在招标。", {"done": 0, "preparing": True}, []),
        ("正在招标，进度 40%。", {"preparing": True, "claimed": 40}, ["preparation-only"]),
        ("已完成招标，12 家投入运营。", {**PLAIN, "preparing": True}, []),
        # another event
        ("50 家已进场。", {"done": 0, "underway": 50}, ["other-event"]),
        ("49 家已进场。", {"done": 0, "underway": 49}, []),
        ("50 家已登记。", {"stages": {"登记": 50}}, ["other-event"]),
        (
            "50 家已登记，50 家建成。",
            {"done": 50, "quotes": ["50 家建成"], "stages": {"登记": 50}},
            [],
        ),
        # stages
        (
            "30 家设计，21 家施工。",
            {"done": 0, "stages": {"设计": 30, "施工": 21}},
            ["stages-do-not-add-up"],
        ),
        ("30 家设计，20 家施工。", {"done": 0, "stages": {"设计": 30, "施工": 20}}, []),
        # declared
        ("已完成。", {"declared": True}, ["declared-without-figure"]),
        ("已完成 50 家。", {"declared": True, "done": 50, "quotes": ["50 家"]}, []),
        # all done, yet less than 100 %
        (
            "50 家已全部完成，进度 90%。",
            {"done": 50, "quotes": ["50 家"], "claimed": 90},
            ["all-done-below-100"],
        ),
        ("50 家已全部完成，进度 100%。", {"done": 50, "quotes": ["50 家"], "claimed": 100}, []),
        # approximate
        (
            "约 12 家投入运营。",
            {"done": 12, "quotes": ["约 12 家"], "approx": True},
            ["approximate"],
        ),
        ("约 12 家投入运营。", {"done": 12, "quotes": ["约 12 家"]}, ["approximate"]),
        # not traceable
        ("12 家投入运营。", {**PLAIN, "done": 13}, ["not-traceable", "read-otherwise"]),
        ("12 家投入运营。", {"done": 12}, ["not-traceable"]),
        ("12 家投入运营。", {**PLAIN, "claimed": 24}, ["not-traceable"]),
        ("12 家投入运营。", {**PLAIN, "underway": 3}, ["not-traceable"]),
        ("12 家投入运营。", {**PLAIN, "stages": {"投入运营": 21}}, ["not-traceable"]),
        (
            "12 家投入运营。",
            {"done": 0, "quotes": ["12 家"]},
            ["not-traceable", "read-otherwise"],
        ),
        ("12 家投入运营。", {**PLAIN, "stages": {"投入运营": 0}}, ["not-traceable"]),
        ("一家也没有。", {"done": 0}, []),
    ],
)
def test_rules_of_one_indicator(text, reading, found):
    assert read(text, reading) == found


def test_a_target_that_the_promise_does_not_name_is_not_traceable():
    assert read("12 家投入运营。", PLAIN, content="新改建老年食堂 60 家。") == ["not-traceable"]


def test_units_of_ten_thousand_are_the_same_number():
    parts = [indicator("投资", 1.2, "亿元"), indicator("人次", 0.7, "万人次")]
    made = project(
        content="投资 1.2 亿元，培训 7000 人次。",
        indicators=parts,
        text="完成投资 6000 万元，培训 0.35 万人次。",
        readings={
            "投资": {"done": 0.6, "quotes": ["投资 6000 万元"]},
            "人次": {"done": 0.35, "quotes": ["培训 0.35 万人次"]},
        },
    )
    assert codes(made) == []


def test_a_strong_indicator_does_not_hide_a_weak_one():
    parts = [indicator("甲", 50), indicator("乙", 50)]
    both = {"甲": {"done": 50, "quotes": ["甲 50 家"]}, "乙": {"done": 49, "quotes": ["乙 49 家"]}}
    content = "甲 50 家，乙 50 家。"
    text = "甲 50 家，乙 49 家，丙 50 家。"
    assert codes(project(text=text, readings=both, indicators=parts, content=content)) == [
        "weak-part"
    ]
    done = {**both, "乙": {"done": 50, "quotes": ["丙 50 家"]}}
    assert codes(project(text=text, readings=done, indicators=parts, content=content)) == []


@pytest.mark.parametrize(
    ("text", "reading", "found"),
    [
        ("11 家投入运营。", {"done": 11, "quotes": ["11 家"]}, ["count-fell"]),
        ("13 家投入运营。", {"done": 13, "quotes": ["13 家"]}, []),
        ("12 家投入运营。", PLAIN, ["text-unchanged"]),
        (
            "目标调为 12 家，仍是 12 家。",
            {"done": 12, "quotes": ["仍是 12 家"], "target": 48},
            ["not-traceable", "target-changed"],
        ),
    ],
)
def test_rules_that_need_two_periods(text, reading, found):
    later = {"text": text, "readings": {"老年食堂": reading}}
    made = project(readings={"老年食堂": PLAIN}, later=later)
    assert codes(made, "2023Q3") == found
    assert codes(made, "2023H1") == []


def test_a_better_light_without_a_new_number():
    made = project(
        text="12 家投入运营。",
        readings={"老年食堂": PLAIN},
        later={"text": "已全部建成。", "readings": {"老年食堂": {"declared": True}}},
    )
    assert "better-light-without-number" in codes(made, "2023Q3")
    more = {"text": "50 家投入运营。", "readings": {"老年食堂": {"done": 50, "quotes": ["50 家"]}}}
    assert codes({**made, "reports": {**made["reports"], "2023Q3": more}}, "2023Q3") == []


def test_where_lower_is_better_a_lower_count_is_no_fall_and_makes_a_light_better():
    def waiting(before: int, after: int) -> list[str]:
        said = [f"平均候车 {minutes} 分钟" for minutes in (before, after)]
        reports = [
            {"text": words, "readings": {"候车时间": {"done": minutes, "quotes": [words]}}}
            for words, minutes in zip(said, (before, after), strict=True)
        ]
        made = project(
            content="平均候车时间不超过 9 分钟。",
            indicators=[indicator("候车时间", 9, "分钟", at_most=True)],
            later=reports[1],
            **reports[0],
        )
        return codes(made, "2023Q3")

    assert waiting(20, 9) == []  # 45.0 % → 100 %: from on schedule to done
    assert waiting(9, 20) == []


def test_a_message_says_what_stands_where():
    made = dataset(
        project(text="50 家已进场。", readings={"老年食堂": {"done": 0, "underway": 50}})
    )
    (found,) = snapshot.at(made).findings
    assert found.message == "「老年食堂」推进中 50 家已达到目标 50 家，但承诺的“建成”只有 0。"
    assert found.quotes == ("50 家已进场",)


@pytest.mark.parametrize(
    ("done", "verdict", "found"),
    [
        # elapsed 49.6 %: 26 % done is behind, 50 % is on schedule, 60 % ahead
        (13, "达序时", ["verdict-disagrees"]),
        (13, "进度正常，按期推进", ["verdict-disagrees"]),
        (13, "滞后", []),
        (13, "未达序时", []),
        (25, "达到序时进度", []),
        (25, "已滞后", ["verdict-disagrees"]),
        (30, "低于序时进度", ["verdict-disagrees"]),
        (30, "无滞后", []),
        (30, "推进中", []),
        (None, "滞后", []),
    ],
)
def test_a_department_judges_its_own_schedule_unlike_the_light(done, verdict, found):
    text = f"{done} 家建成。" if done else "正在推进。"
    readings = {"老年食堂": {"done": done, "quotes": [f"{done} 家建成"]}} if done else {}
    report = {"text": text, "readings": readings, "verdict": verdict}
    made = dataset({**project(), "reports": {"2023H1": report}})
    shot = snapshot.at(made)
    assert [each.code for each in shot.findings] == found
    for each in shot.findings:
        assert each.quotes == (verdict,)
        assert verdict in each.message


@pytest.mark.parametrize(
    ("reading", "found"),
    [
        ({**PLAIN, "by_place": {"五马街道": 7, "松台街道": 5}}, []),
        ({**PLAIN, "by_place": {"五马街道": 7, "松台街道": 4}}, ["places-do-not-add-up"]),
        ({"by_place": {"五马街道": 7}}, ["places-do-not-add-up"]),
        (PLAIN, []),
    ],
)
def test_what_the_places_have_is_what_is_done(reading, found):
    assert read("12 家投入运营。", reading) == found


def test_rates_of_places_have_no_sum():
    rate = indicator("参保率", 100, "%")
    made = project(
        content="参保率 100%。",
        indicators=[rate],
        text="参保率 99%。",
        readings={
            "参保率": {"done": 99, "quotes": ["参保率 99%"], "by_place": {"五马": 99, "松台": 98}}
        },
    )
    assert codes(made) == []


def led_by(*leads: str) -> list[tuple[str, str]]:
    """(project, message) of what is found in a table whose rows have these leads."""
    rows = [
        project(id=f"5.{at}", leads=[lead], readings={"老年食堂": PLAIN})
        for at, lead in enumerate(leads, 1)
    ]
    return [(each.project, each.message) for each in snapshot.at(dataset(*rows)).findings]


def test_the_rarer_of_two_names_one_character_apart_is_named():
    slip = [("5.3", "“区民证局”与“区民政局”只差一个字，可能是同一个。")]
    assert led_by("区民政局", "区民政局", "区民证局") == slip
    assert led_by("区人社局", "区人社", "区人社局") == [
        ("5.2", "“区人社”与“区人社局”只差一个字，可能是同一个。")
    ]


@pytest.mark.parametrize(
    "leads",
    [
        ("区民政局", "市民政局", "民政局"),  # the level in front is no slip
        ("区民政局", "区财政局", "区教育局", "区体育局"),  # neighbours that are both right
        ("城东街道", "城西街道"),
        ("区第一小学", "区第二小学"),
        ("区人社局", "区人设处"),  # two characters apart
        ("区残联", "区妇联"),
        ("区文化和广电旅游体育局", "区发展和改革局", "区农业农村和水利局"),
        ("市医疗保障局鹿城分局", "区卫生健康局（区疾控局）"),
        ("市公安局区分局", "区住建局市政园林中心", "区行政审批局市民中心"),
        ("团区委", "区委区府办", "县委县政府办公室"),
    ],
)
def test_names_that_are_right_are_not_found(leads):
    assert led_by(*leads) == []


@pytest.mark.parametrize(
    "name",
    [
        *(f"区民政局{mark}区残联" for mark in "和与及·•・&+-—–~_./：:"),
        "区民政局以及区残联",
        "区民政局区残联",  # the comma forgotten
        "五马街道和松台街道",
    ],
)
def test_a_name_that_holds_two_units_is_found(name):
    assert led_by("区人社局", name) == [
        ("5.2", f"“{name}”里像是有两个单位，应当分开写成 [甲局, 乙局]。")
    ]


def test_a_sentence_quotes_no_megabyte():
    long = "长" * 1_000_000
    rows = project(
        leads=[f"区民政局·{long}"],
        indicators=[indicator(name=long, target=50)],
        readings={long: {**PLAIN, "claimed": 24}},
    )
    found = snapshot.at(dataset(rows)).findings
    assert {each.code for each in found} == {"not-traceable", "alike-names"}
    assert all(len(each.message) < 200 for each in found)


def test_a_category_one_character_away_is_found():
    rows = [
        project(id="5.1", category="老有所养", readings={"老年食堂": PLAIN}),
        project(id="6.1", category="老有所样", readings={"老年食堂": PLAIN}),
    ]
    assert [each.code for each in snapshot.at(dataset(*rows)).findings] == ["alike-names"]


def test_a_claim_that_is_not_in_the_text_is_named_as_a_percent():
    readings = {"老年食堂": {**PLAIN, "claimed": 24}}
    (found,) = snapshot.at(dataset(project(readings=readings))).findings
    assert found.message == "「老年食堂」自报 24 %，进展原文里找不到这个数。"


def test_every_rule_has_its_words_and_every_words_a_rule():
    assert set(CATALOGUE) == set(labels.RULES)


READ = "已建成老年食堂 12 家。"


@pytest.mark.parametrize(
    ("text", "reading", "found"),
    [
        # another figure than the words give without doubt
        (
            READ,
            {"done": 21, "quotes": ["已建成老年食堂 12 家"]},
            ["not-traceable", "read-otherwise"],
        ),
        (READ, {"done": 12, "quotes": ["12 家"]}, []),
        # told bare: the reader asks, so what a person decided stands
        ("新建老年食堂 12 家。", {"done": 0}, []),
        # a figure, or 已完成, and no reading
        (READ, {}, ["not-read"]),
        ("已完成。", {}, ["not-read"]),
        (READ, {"underway": 12}, []),
        ("已完成选址。", {}, []),
        ("", {}, []),
    ],
)
def test_the_words_are_read_again_beside_the_reading(text, reading, found):
    assert read(text, reading, content="建成老年食堂 50 家。") == found


def test_an_unread_figure_is_quoted_and_the_cure_named():
    made = project(text=READ, readings={}, content="建成老年食堂 50 家。")
    (finding,) = snapshot.at(dataset(made)).findings
    assert finding.quotes == ("已建成老年食堂 12 家",)
    assert "“12 家”" in finding.message
    assert finding.message.endswith("请核对后填上。")
