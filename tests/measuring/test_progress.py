"""Measuring, rule by rule: a case, one just short of it, and the unknown."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import dataset, indicator, project
from minsheng.measuring import frames, progress, snapshot
from minsheng.model import Basis, Delivery, Light, Milestone, Plan, Terms
from minsheng.printed import tenths

YEAR = Plan.model_validate({"start": "2023-01-01", "end": "2023-12-31"})


def measured(reading: dict, **more) -> dict:
    """The indicator row of one project with one indicator and one reading."""
    made = dataset(project(readings={"老年食堂": reading}, indicators=[indicator(**more)]))
    return snapshot.at(made).indicators.iloc[0].to_dict()


def shown(*projects: dict, **more) -> dict:
    return snapshot.at(dataset(*projects, **more)).projects.iloc[0].to_dict()


@pytest.mark.parametrize(
    ("day", "share"),
    [
        ("2022-12-31", 0),
        ("2023-01-01", 1 / 365),
        ("2023-06-30", 181 / 365),
        ("2023-12-31", 1),
        ("2024-02-01", 1),
    ],
)
def test_both_end_days_belong_to_the_plan(day, share):
    assert progress.elapsed_share(YEAR, dt.date.fromisoformat(day)) == share


@pytest.mark.parametrize(
    ("reading", "completion", "basis"),
    [
        ({"done": 13}, 0.26, Basis.COUNTED),
        ({"done": 0}, 0.0, Basis.COUNTED),
        ({"done": 60}, 1.0, Basis.COUNTED),
        ({"declared": True}, 1.0, Basis.DECLARED),
        ({"declared": True, "claimed": 90}, 0.9, Basis.DECLARED),
        ({"claimed": 64}, 0.64, Basis.CLAIMED),
        ({"claimed": 129}, 1.0, Basis.CLAIMED),
        ({"done": 50, "claimed": 90}, 0.9, Basis.COUNTED),
        ({"done": 25, "claimed": 90}, 0.5, Basis.COUNTED),
        ({"done": 25, "claimed": 10, "claimed_of": "第二批"}, 0.5, Basis.COUNTED),
        ({"done": 0, "declared": True}, 0.0, Basis.COUNTED),
    ],
)
def test_completion_is_the_lower_of_count_and_claim_and_says_what_it_rests_on(
    reading, completion, basis
):
    row = measured(reading)
    assert (row["completion"], row["basis"]) == (pytest.approx(completion), basis)


@pytest.mark.parametrize(
    "reading", [{}, {"underway": 50}, {"preparing": True}, {"claimed": 64, "claimed_of": "第二批"}]
)
def test_unknown_is_not_zero(reading):
    row = measured(reading)
    assert row["completion"] != row["completion"]
    assert row["basis"] == Basis.UNKNOWN


@pytest.mark.parametrize(
    ("done", "completion"), [(8, 1.0), (10, 1.0), (12.5, 0.8), (20, 0.5), (0, 1.0)]
)
def test_where_lower_is_better_the_target_is_reached_from_above(done, completion):
    row = measured({"done": done}, target=10, at_most=True)
    assert row["completion"] == completion
    assert row["counted"] <= 1


def test_129_percent_of_one_does_not_pay_for_59_percent_of_another():
    row = shown(
        project(
            indicators=[indicator("培训", 13000), indicator("高技能人才", 2600)],
            readings={"培训": {"done": 16737}, "高技能人才": {"done": 1532}},
        )
    )
    assert row["completion"] == pytest.approx((1 + 1532 / 2600) / 2)
    assert (row["weakest_name"], row["light"]) == ("高技能人才", Light.ON_TRACK)


def due(*milestones: dict, day: str = "2023-06-30", **more) -> float:
    made = dataset(
        project(milestones=list(milestones), **more),
        periods=[{"id": "2023H1", "label": "半年度", "as_of": day}],
    )
    return snapshot.at(made).rows["5.1"].expected


def test_a_milestone_in_counts_is_due_as_a_share_of_the_target():
    steps = (
        {"by": "2023-03-31", "count": {"老年食堂": 10}},
        {"by": "2023-06-30", "count": {"老年食堂": 30}},
    )
    assert due(*steps) == pytest.approx(30 / 50)
    assert due(*steps, day="2023-06-29") == pytest.approx(10 / 50)
    assert due(*steps, day="2023-03-30") == 0
    assert due({"by": "2023-06-30", "count": {"老年食堂": 60}}) == 1


def test_counts_of_several_indicators_are_due_as_their_mean_and_those_not_named_are_not_asked_for():
    parts = [indicator("甲", 50), indicator("乙", 10), indicator("丙", 3)]
    step = {"by": "2023-06-30", "count": {"甲": 25, "乙": 10}}
    assert due(step, indicators=parts) == pytest.approx((25 / 50 + 1) / 2)


def test_a_milestone_in_counts_goes_by_the_target_in_force_and_by_what_is_better():
    step = {"by": "2023-06-30", "count": {"老年食堂": 30}}
    assert due(step, readings={"老年食堂": {"target": 60}}) == pytest.approx(30 / 60)
    waiting = [indicator("老年食堂", 10, "分钟", at_most=True)]
    assert due({"by": "2023-06-30", "count": {"老年食堂": 20}}, indicators=waiting) == 0.5


def test_a_milestone_in_words_says_something_and_does_not_count():
    words = {"by": "2023-03-31", "text": "完成选址"}
    assert due(words) == pytest.approx(181 / 365)
    assert due(words, {"by": "2023-06-30", "share": 20, "text": "主体结顶"}) == pytest.approx(0.2)


def test_what_a_report_changes_is_in_force_from_its_period_on():
    made = dataset(
        project(
            supports=["区财政局"],
            deadline="2023-11-30",
            investment={"planned": 500, "paid": 1},
            later={
                "text": "",
                "leads": ["区住建局", "区民政局"],
                "deadline": "2023-12-20",
                "investment": {"paid": 120},
            },
        )
    )
    (one,) = made.projects
    before, after = (made.terms(one, period) for period in made.periods)
    assert before == Terms(("区民政局",), ("区财政局",), dt.date(2023, 11, 30), 1)
    assert after == Terms(("区住建局", "区民政局"), ("区财政局",), dt.date(2023, 12, 20), 120)
    assert set(snapshot.at(made, "2023H1").departments) == {"区民政局"}
    assert set(snapshot.at(made, "2023Q3").departments) == {"区民政局", "区住建局"}


def test_an_unknown_indicator_is_left_out_and_cannot_be_success():
    parts = [indicator("甲"), indicator("乙")]
    row = shown(project(indicators=parts, readings={"甲": {"done": 50}}))
    assert (row["completion"], row["known"], row["indicators"]) == (1.0, 1, 2)
    assert (row["delivery"], row["light"]) == (Delivery.UNDERWAY, Light.AHEAD)


@pytest.mark.parametrize(
    ("reading", "delivery"),
    [
        ({"done": 51}, Delivery.EXCEEDED),
        ({"done": 50}, Delivery.DONE),
        ({"done": 49}, Delivery.UNDERWAY),
        ({"declared": True}, Delivery.DECLARED),
        ({"claimed": 100}, Delivery.DECLARED),
        ({"done": 60, "claimed": 90}, Delivery.UNDERWAY),
        ({"done": 0, "preparing": True}, Delivery.PREPARING),
        ({"preparing": True}, Delivery.PREPARING),
        ({"done": 1, "preparing": True}, Delivery.UNDERWAY),
        ({"done": 0}, Delivery.UNDERWAY),
        ({}, Delivery.UNKNOWN),
    ],
)
def test_delivery(reading, delivery):
    assert shown(project(readings={"老年食堂": reading}))["delivery"] == delivery


@pytest.mark.parametrize(
    ("done", "light"),
    [
        # elapsed prints 49.6, so 59.6 is exactly +10 and 59.5 is not; 39.6 and 19.6 likewise
        (1000, Light.DONE),
        (596, Light.AHEAD),
        (595, Light.ON_TRACK),
        (397, Light.ON_TRACK),
        (396, Light.BEHIND),
        (197, Light.BEHIND),
        (196, Light.FAR_BEHIND),
        (0, Light.FAR_BEHIND),
    ],
)
def test_the_light_is_judged_on_the_figures_as_printed(done, light):
    made = project(indicators=[indicator(target=1000)], readings={"老年食堂": {"done": done}})
    assert shown(made)["light"] == light


def test_thresholds_come_from_the_file():
    made = project(readings={"老年食堂": {"done": 20}})
    assert shown(made)["light"] == Light.ON_TRACK
    strict = {"ahead": 5, "behind": 5, "far_behind": 8}
    assert shown(made, thresholds=strict)["light"] == Light.FAR_BEHIND


def test_no_report_and_no_indicator_are_unknown():
    made = dataset(project(), project("5.2", indicators=[]))
    lights = snapshot.at(made).projects["light"]
    assert list(lights) == [Light.UNKNOWN, Light.UNKNOWN]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2023-03-30", 0),
        ("2023-03-31", 0.2),
        ("2023-06-30", 0.2),
        ("2023-09-30", 0.7),
        ("2023-12-31", 1),
    ],
)
def test_milestones_replace_the_straight_line_and_nothing_is_due_between_them(day, due):
    steps = [
        Milestone.model_validate({"by": "2023-03-31", "share": 20}),
        Milestone.model_validate({"by": "2023-09-30", "share": 70}),
    ]
    assert progress.expected_share(YEAR, steps, dt.date.fromisoformat(day)) == due


def test_a_project_with_milestones_is_judged_by_them():
    late = project(readings={"老年食堂": {"done": 10}})
    planned = {**late, "milestones": [{"by": "2023-06-30", "share": 20}]}
    assert shown(late)["light"] == Light.BEHIND
    assert shown(planned)["light"] == Light.ON_TRACK


def test_forecast_is_a_straight_line_capped_and_pace_a_multiple_of_todays():
    row = shown(project(readings={"老年食堂": {"done": 13}}))
    elapsed = 181 / 365
    assert row["forecast"] == pytest.approx(0.26 / elapsed)
    assert row["pace"] == pytest.approx((0.74 / (1 - elapsed)) / (0.26 / elapsed))
    nothing = shown(project(readings={"老年食堂": {"done": 0}}))
    assert nothing["forecast"] == 0
    assert nothing["pace"] != nothing["pace"]
    assert shown(project(readings={"老年食堂": {"done": 49}}))["forecast"] == 1


def test_the_pace_that_is_needed_is_the_weakest_indicators():
    two = [indicator("培训", 100, "人次"), indicator("高技能人才", 100, "人")]
    readings = {"培训": {"done": 129}, "高技能人才": {"done": 59}}
    row = shown(project(indicators=two, readings=readings))
    alone = shown(project(indicators=two[1:], readings={"高技能人才": {"done": 59}}))
    assert row["pace"] == alone["pace"] > 0.6


def test_an_adjusted_target_holds_from_its_period_on():
    made = dataset(
        project(
            readings={"老年食堂": {"done": 20}},
            later={"text": "20 家。", "readings": {"老年食堂": {"done": 20, "target": 40}}},
        )
    )
    targets = [frames.indicators(made, period)["target"].item() for period in made.periods]
    assert targets == [50, 40]
    assert snapshot.at(made, "2023Q3").projects["completion"].item() == 0.5


readings = st.fixed_dictionaries(
    {},
    optional={
        "done": st.integers(0, 200),
        "claimed": st.integers(0, 200),
        "declared": st.booleans(),
        "preparing": st.booleans(),
        "underway": st.integers(0, 60),
    },
)


@given(st.lists(readings, min_size=1, max_size=8), st.randoms())
def test_shares_stay_within_bounds_and_the_order_of_projects_changes_nothing(each, random):
    rows = [project(f"5.{n}", readings={"老年食堂": r}) for n, r in enumerate(each, 1)]
    shot = snapshot.at(dataset(*rows))
    known = shot.projects["completion"].dropna()
    assert known.between(0, 1).all()
    assert (shot.projects["weakest"].dropna() <= known).all()
    random.shuffle(rows)
    again = snapshot.at(dataset(*rows))
    assert again.projects.loc[shot.projects.index, "light"].equals(shot.projects["light"])
    assert again.lights == shot.lights
    assert again.completion == pytest.approx(shot.completion) if known.size else True


@given(st.lists(readings, min_size=1, max_size=6))
def test_adding_an_unknown_changes_no_known_mean(each):
    rows = [project(f"5.{n}", readings={"老年食堂": r}) for n, r in enumerate(each, 1)]
    before = snapshot.at(dataset(*rows))
    after = snapshot.at(dataset(*rows, project("5.99")))
    assert (after.completion, after.claimed) == (before.completion, before.claimed)
    assert after.known == before.known


@given(st.integers(1, 400), st.integers(1, 400))
def test_a_share_below_one_is_never_finished(done, target):
    made = project(indicators=[indicator(target=target)], readings={"老年食堂": {"done": done}})
    row = shown(made)
    assert (row["light"] == Light.DONE) == (done >= target)
    assert (tenths(row["completion"]) == 1000) == (done >= target)
