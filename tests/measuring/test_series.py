"""Several periods side by side, and what changed between two of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import dataset, indicator, project
from minsheng import printed
from minsheng.dataset import store
from minsheng.labels import trend
from minsheng.measuring import series, snapshot
from minsheng.measuring.series import WHOLE, Series, Turn
from minsheng.model import Light

FILE = Path(__file__).parents[1] / "data" / "four-periods.yaml"
FOUR = store.read(FILE).dataset
SEED = store.read(FILE.parent.parent.parent / "data" / "projects.yaml").dataset

FINDINGS = {
    "2023Q1": [("preparation-only", "2.1"), ("approximate", "5.3")],
    "2023H1": [
        ("claimed-above-counted", "6.1"),
        ("other-event", "2.1"),
        ("weak-part", "2.3"),
        ("text-unchanged", "4.2"),
    ],
    "2023Q3": [
        ("claimed-above-counted", "6.1"),
        ("not-traceable", "4.1"),
        ("count-fell", "2.2"),
        ("better-light-without-number", "5.2"),
        ("weak-part", "3.1"),
        ("declared-without-figure", "5.2"),
        ("target-changed", "4.1"),
    ],
    "2023Y": [
        ("claimed-above-counted", "6.1"),
        ("not-traceable", "4.1"),
        ("weak-part", "3.1"),
        ("text-unchanged", "2.3"),
    ],
}

KINDS = {
    "2023H1": {
        Turn.FELL_BEHIND: ["4.2"],
        Turn.WORSE: ["2.1", "6.1"],
        Turn.SILENT: ["3.2"],
        Turn.CAUGHT_UP: ["5.2"],
        Turn.BETTER: ["2.2"],
        Turn.PROGRESS: ["1.1", "1.2", "2.3", "3.1", "4.1", "5.1", "5.3", "6.2"],
        Turn.WORDS: ["6.3"],
    },
    "2023Q3": {
        Turn.FELL_BEHIND: ["1.2", "5.1"],
        Turn.SETBACK: ["2.2"],
        Turn.NOT_REPORTED: ["4.2"],
        Turn.FINISHED: ["2.3", "5.2"],
        Turn.CAUGHT_UP: ["1.1", "2.1", "4.1"],
        Turn.PROGRESS: ["3.1", "3.2", "5.3", "6.1", "6.2"],
        Turn.WORDS: ["6.3"],
    },
    "2023Y": {
        Turn.SETBACK: ["5.2"],
        Turn.FINISHED: ["1.1", "2.1", "2.2", "3.2", "4.1", "5.1", "5.3", "6.2"],
        Turn.BETTER: ["6.1"],
        Turn.RESUMED: ["4.2"],
        Turn.PROGRESS: ["1.2", "3.1"],
        Turn.WORDS: ["6.3"],
        Turn.UNCHANGED: ["2.3"],
    },
}


def kinds(made: Series) -> dict[Turn, list[str]]:
    found: dict[Turn, list[str]] = {}
    for change in made.changes:
        found.setdefault(change.turn, []).append(change.project)
    return {kind: found[kind] for kind in Turn if kind in found}


def test_the_test_dataset_says_that_it_is_none():
    assert FOUR.title.startswith("【测试数据，非真实】")
    assert FILE.read_text(encoding="utf-8").splitlines()[2].startswith("# 测试数据，非真实")


@pytest.mark.parametrize("period", FINDINGS)
def test_the_test_dataset_yields_exactly_these_findings(period):
    shot = snapshot.at(FOUR, period)
    assert [(each.code, each.project) for each in shot.findings] == FINDINGS[period]


@pytest.mark.parametrize("period", KINDS)
def test_every_project_changed_in_one_way(period):
    made = series.over(FOUR, period)
    assert kinds(made) == KINDS[period]
    assert [change.project for change in made.changes] == [each.id for each in FOUR.projects]


def test_the_first_period_has_nothing_before_it():
    for made in (series.over(FOUR, "2023Q1"), series.over(SEED)):
        assert (made.changes, made.previous) == ((), None)
        assert {len(each) for each in made.projects.values()} == {1}


def test_a_past_lag_stays_in_its_place_after_the_project_caught_up():
    made = series.over(FOUR)
    lights, shares = made.of_project("1.1")
    assert lights == [Light.BEHIND, Light.BEHIND, Light.ON_TRACK, Light.DONE]
    assert shares == pytest.approx([0.1, 0.35, 0.8, 1.0])


def test_unknown_is_not_zero_anywhere():
    made = series.over(FOUR)
    assert made.of_project("4.2")[1][2] is None
    assert made.projects["4.2"][2].light == Light.UNKNOWN
    assert made.departments.of("区大数据局") == ([None] * 4, [1, 1, 1, 1])
    assert made.departments.of("区残联")[0][2] is None


def test_means_are_those_of_the_snapshots_and_say_what_they_left_out():
    made = series.over(FOUR)
    for at, period in enumerate(FOUR.periods):
        shot = snapshot.at(FOUR, period.id)
        assert made.whole.of(WHOLE)[0][at] == shot.completion
        assert made.elapsed[at] == shot.elapsed
        for number, tally in shot.categories.items():
            assert made.categories.of(number)[0][at] == tally.completion
        for name, standing in shot.departments.items():
            assert made.departments.of(name)[0][at] == standing.completion
    assert made.categories.of("3")[1] == [0, 1, 0, 0]
    assert made.whole.of(WHOLE)[1] == [1, 2, 2, 1]


def test_a_later_period_than_the_one_looked_at_does_not_show():
    made = series.over(FOUR, "2023H1", "f")
    assert [period.id for period in made.periods] == ["2023Q1", "2023H1"]
    assert (made.period.id, made.previous.id, made.fingerprint) == ("2023H1", "2023Q1", "f")
    with pytest.raises(KeyError):
        series.over(FOUR, "2024Q1")


def test_a_change_says_figures_and_targets_before_and_after():
    change = next(c for c in series.over(FOUR, "2023Q3").changes if c.project == "4.1")
    (part,) = change.parts
    assert (part.done_before, part.done) == (14, 25)
    assert (part.target_before, part.target) == (40, 36)
    assert (change.light_before, change.light) == (Light.BEHIND, Light.ON_TRACK)
    assert change.completion_before == pytest.approx(0.35)
    assert change.completion == pytest.approx(25 / 36)
    assert [p.text for p in change.compared.before if p.changed] == ["6 家选址、15 家", "14 家"]


def one(before: dict | None, after: dict | None, text: str = "乙。", **more) -> Turn:
    """The kind of change of one project with a target of 100, from one reading to another."""
    parts = [indicator(target=100, **more)]
    reports = {
        "2023H1": {"text": "甲。", "readings": {"老年食堂": before or {}}},
        "2023Q3": {"text": text, "readings": {"老年食堂": after or {}}},
    }
    reports = {
        period: report
        for (period, report), reading in zip(reports.items(), (before, after), strict=True)
        if reading is not None
    }
    made = dataset(
        {**project(indicators=parts), "reports": reports},
        project("5.2", later={"text": "别的。", "readings": {}}),
    )
    return series.over(made).changes[0].turn


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        # 49.6 % have gone by in the half-year, 74.8 % in the third quarter; the bounds are 10 and 30
        ({"done": 50}, {"done": 64}, Turn.FELL_BEHIND),
        ({"done": 50}, {"done": 65}, Turn.PROGRESS),
        ({"done": 39}, {"done": 64}, Turn.PROGRESS),
        ({"done": 39}, {"done": 65}, Turn.CAUGHT_UP),
        ({"done": 39}, {"done": 44}, Turn.WORSE),
        ({"done": 60}, {"done": 80}, Turn.WORSE),
        ({"done": 50}, {"done": 85}, Turn.BETTER),
        ({"done": 50}, {"done": 100}, Turn.FINISHED),
        ({"done": 10}, {"done": 100}, Turn.FINISHED),
        ({"done": 10}, {"declared": True}, Turn.FINISHED),
        ({"done": 100}, {"done": 100}, Turn.WORDS),
        ({"done": 70}, {"done": 69}, Turn.SETBACK),
        ({"done": 70}, {"done": 70, "claimed": 69}, Turn.SETBACK),
        ({"done": 70}, {"done": 64}, Turn.FELL_BEHIND),
        ({"done": 70}, {}, Turn.SILENT),
        ({}, {"done": 70}, Turn.PROGRESS),
        ({}, {"done": 0}, Turn.PROGRESS),
        ({"claimed": 66}, {"claimed": 70}, Turn.WORSE),
        ({"claimed": 55}, {"claimed": 70}, Turn.PROGRESS),
        ({"done": 55}, {"done": 55, "target": 80}, Turn.TARGET),
        ({"done": 55}, {"done": 56, "target": 80}, Turn.PROGRESS),
        ({"done": 42}, {"done": 42, "target": 60}, Turn.TARGET),
        ({}, {}, Turn.WORDS),
        ({"done": 70}, None, Turn.NOT_REPORTED),
        (None, {"done": 70}, Turn.RESUMED),
        (None, {"done": 100}, Turn.FINISHED),
        (None, None, Turn.NOT_REPORTED),
    ],
)
def test_the_kind_of_a_change(before, after, kind):
    assert one(before, after) == kind


def test_where_lower_is_better_a_lower_count_is_progress_and_a_higher_one_a_setback():
    assert one({"done": 112}, {"done": 110}, at_most=True) == Turn.PROGRESS
    assert one({"done": 110}, {"done": 112}, at_most=True) == Turn.SETBACK


def test_the_same_words_are_no_change_whatever_their_width_and_a_blank_report_is_none():
    assert one({"done": 100}, {"done": 100}, "甲。") == Turn.UNCHANGED
    assert one({"done": 100}, {"done": 100}, "甲。 ") == Turn.UNCHANGED
    assert one({"done": 100}, {"done": 100}, "丙。") == Turn.WORDS
    assert one({"done": 70}, {}, "  \n") == Turn.NOT_REPORTED


def test_every_kind_has_its_word():
    assert set(trend.TURN) == {str(kind) for kind in Turn}
    assert len(set(trend.TURN.values())) == len(Turn)


def test_a_change_is_said_in_figures_as_they_are_printed():
    assert trend.completions(0.35, 0.8) == "核算完成率 35.0% → 80.0%（+45.0）"
    assert trend.completions(None, 0.8) == "核算完成率 — → 80.0%"
    assert trend.completions(0.8, 0.8) == "核算完成率 80.0%"
    assert trend.part("老年食堂", "家", (14, 25), (40, 36)) == "老年食堂 14 → 25 / 目标 40 → 36 家"
    assert trend.part("电梯", "台", (20, None), (45, 45)) == "电梯 20 → 没有写数 / 目标 45 台"
    assert trend.lights(Light.BEHIND, Light.ON_TRACK) == "▼ 滞后 → ■ 按序时"
    assert printed.percent(None) in trend.completions(None, None)


readings = st.fixed_dictionaries(
    {},
    optional={
        "done": st.integers(0, 120),
        "claimed": st.integers(0, 120),
        "declared": st.booleans(),
        "target": st.integers(1, 120),
    },
)


@given(readings | st.none(), readings | st.none())
def test_every_change_has_a_kind_and_no_change_is_called_one(before, after):
    kind = one(before, after, "甲。")
    assert kind in Turn
    if before == after and before is not None and "target" not in before:
        assert kind in (Turn.UNCHANGED, Turn.FELL_BEHIND, Turn.WORSE)
