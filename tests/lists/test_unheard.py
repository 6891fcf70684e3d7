from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from build import dataset, project
from minsheng.lists import amounts, engines, rollup, unheard
from minsheng.lists.amounts import Identity
from minsheng.lists.counting import At
from minsheng.lists.rollup import Ask, By
from minsheng.model import Silence

JUNE = dt.date(2023, 6, 30)
JULY = dt.date(2023, 7, 15)


def of(code: str, *projects: dict, **more) -> pa.Table:
    return amounts.of(dataset(*projects, place=f"{code[-2:]}县", **more), Identity.of(code))


def food(done: int | None = 12, id: str = "5.1", **more) -> dict:
    readings = {} if done is None else {"老年食堂": {"done": done}}
    return project(id, readings=readings, **more)


def held(*tables: pa.Table):
    with engines.using() as engine:
        return engine.hold(pa.concat_tables(tables))


def found(*tables: pa.Table, day: dt.date = JUNE, expected: dict | None = None, **more):
    return unheard.of(At(held(*tables), "county", day), expected or {}, **more)


MARCH = {"periods": [{"id": "2023H1", "label": "一季度", "as_of": "2023-03-31"}]}
MAY = {"periods": [{"id": "2023H1", "label": "5 月", "as_of": "2023-05-31"}]}
LAST_YEAR = {
    "plan": {"start": "2022-01-01", "end": "2022-12-31"},
    "periods": [{"id": "2023H1", "label": "全年", "as_of": "2022-12-31"}],
}
NEXT = {"periods": [{"id": "2023H1", "label": "9 月", "as_of": "2023-09-30"}]}


def test_who_reported_everything_is_not_asked_after():
    assert found(of("330302", food()), of("330303", food())) == []


def test_the_kinds_of_silence_are_told_apart_the_gravest_first():
    missing = found(
        of("330301", food()),
        of("330302", food(), **MAY),
        of("330303", food(), **NEXT),
        of("330304", food(), food(None, "5.2"), {**food(None, "5.3"), "reports": {}}),
        of("330305", food(), **LAST_YEAR),
        expected={"330309": "壹县", "330301": "别名"},
    )
    assert [(each.place, each.silence, each.label) for each in missing] == [
        ("05县", Silence.NO_LIST, ""),
        ("壹县", Silence.NO_LIST, ""),
        ("02县", Silence.NO_PERIOD, "5 月"),
        ("03县", Silence.NO_PERIOD, ""),
        ("04县", None, "半年度"),
    ]
    (last,) = [each for each in missing if each.silence is None]
    assert [[item.project for item in each] for each in (last.no_report, last.not_read)] == [
        ["5.3"],
        ["5.2"],
    ]


def test_nobody_is_late_before_somebody_has_reported():
    """A month that has begun asks after nobody; the first place that reports it asks after all."""
    may = of("330302", food(), **MAY), of("330303", food(), **MAY)
    assert found(*may, day=JULY) == []
    assert [each.place for each in found(*may, of("330304", food()), day=JULY)] == ["02县", "03县"]
    assert [each.place for each in found(*may, day=JULY, start=dt.date(2023, 6, 1))] == [
        "02县",
        "03县",
    ]


def test_places_that_report_by_the_quarter_are_late_only_from_the_day_that_is_asked():
    march = of("330302", food(), **MARCH)
    assert found(march) == []
    assert [each.silence for each in found(march, start=dt.date(2023, 4, 1))] == [Silence.NO_PERIOD]


def test_a_text_of_the_period_before_is_asked_after():
    missing = found(
        of(
            "330302",
            food(
                text="12 家投入运营。",
                later={"text": "12 家投入运营。", "readings": {"老年食堂": {"done": 12}}},
            ),
        ),
        day=dt.date(2023, 9, 30),
    )
    assert [[item.project for item in each.unchanged] for each in missing] == [["5.1"]]
    assert missing[0].not_read == ()


def test_beside_places_of_one_city_its_others_are_expected_and_no_zone():
    at = At(held(of("330302", food()), of("330303", food())), "county", JUNE)
    wanted = unheard.expected(at)
    assert {"330302": "鹿城区", "330305": "洞头区", "330381": "瑞安市"}.items() <= wanted.items()
    assert not [code for code in wanted if "71" <= code[4:] <= "79"]
    assert len(wanted) == 12
    assert unheard.expected(At(held(of("330302", food())), "county", JUNE)) == {}
    two_cities = held(of("330302", food()), of("330102", food()))
    assert unheard.expected(At(two_cities, "county", JUNE)) == {}


def test_by_department_a_joint_project_is_asked_after_at_each_of_its_leads():
    joint = {**food(None, "5.2", leads=["甲局", "乙局"]), "reports": {}}
    places = found(
        of("330302", joint, food(None, "5.3", leads=["乙局"])), of("330303", food(), **MAY)
    )
    units = unheard.by_unit(places)
    assert [(each.place, each.unit, len(each.no_report), len(each.not_read)) for each in units] == [
        ("03县", "", 0, 0), ("02县", "甲局", 1, 0), ("02县", "乙局", 1, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            of("330302", food(), **MAY),
            "02县：截至 2023 年 6 月 30 日，还没有收到你处本期的民生实事进展，最近一次是5 月"
            "（数据截止 2023 年 5 月 31 日），请尽快报送。",
        ),
        (
            of("330302", food(), **NEXT),
            "02县：截至 2023 年 6 月 30 日，还没有收到你处本期的民生实事进展，请尽快报送。",
        ),
        (
            of("330302", food(), **LAST_YEAR),
            "02县：截至 2023 年 6 月 30 日，还没有收到你处 2023 年的民生实事名单，请尽快报送。",
        ),
        (
            of("330302", food(), food(None, "5.2"), {**food(None, "5.3"), "reports": {}}),
            "02县：半年度民生实事进展（数据截止 2023 年 6 月 30 日）\n"
            "没有报送进展 1 项，请补报：5.3 新改建老年食堂 50 家。\n"
            "有文字、没有可以核算的数 1 项，请补报完成数：5.2 新改建老年食堂 50 家。",
        ),
        (
            of("330302", food(None), food(None, "5.2")),
            "02县：半年度民生实事进展（数据截止 2023 年 6 月 30 日）\n"
            "全部 2 项有文字、没有可以核算的数，请补报完成数。",
        ),
    ],
)  # fmt: skip
def test_a_reminder_says_what_is_missing_and_what_to_do(table, words):
    (missing,) = found(table, of("330399", food()))
    assert unheard.reminder(missing, JUNE) == words


def test_in_the_roll_up_silent_places_come_first_and_then_the_worst():
    rows = held(
        of("330301", food(50)),
        of("330302", food(0)),
        of("330303", food(40), **MAY),
        of("330304", food(), **NEXT),
    )
    places = rollup.places(rows, Ask("county", JUNE, expected={"330309": "壹县"}))
    assert [(each.name, each.is_silent) for each in places] == [
        ("03县", True), ("壹县", True), ("04县", True), ("02县", False), ("01县", False),
    ]  # fmt: skip
    shown = rollup.of(
        rows, Ask("county", JUNE, By.PLACE, expected={"330309": "壹县"})
    ).table.texts()
    assert [row[:5] for row in shown] == [
        ("03县", "330303", "未报", "5 月", "2023-05-31"),
        ("壹县", "330309", "无名单", "—", "—"),
        ("04县", "330304", "未报", "—", "—"),
        ("02县", "330302", "已报", "半年度", "2023-06-30"),
        ("01县", "330301", "已报", "半年度", "2023-06-30"),
    ]
