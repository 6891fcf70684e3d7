from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import dataset, project
from minsheng.lists import amounts
from minsheng.lists.amounts import Identity
from minsheng.measuring import snapshot
from minsheng.printed import percent
from seed import DATASET, SHOT

SAID = {"text": "12 家投入运营。", "readings": {"老年食堂": {"done": 12}}}


def rows(data, **more):
    return amounts.of(data, **more).to_pylist()


def test_a_list_has_one_row_a_project_and_period_with_the_figures_of_its_snapshot():
    made = rows(DATASET, whose=Identity("330302", "县", "330300"))
    assert [row["project"] for row in made] == list(SHOT.rows)
    for row in made:
        figure = SHOT.rows[row["project"]]
        for key in ("completion", "claimed", "weakest", "light", "delivery", "basis", "variance"):
            assert row[key] == getattr(figure, key), key
        assert row["findings"] == len(SHOT.findings_of(row["project"]))
        assert row["finished"] == (row["light"] == "done")
    assert {(row["code"], row["level"], row["parent"], row["year"]) for row in made} == {
        ("330302", "县", "330300", 2023)
    }
    assert {(row["as_of"], row["elapsed"]) for row in made} == {("2023-06-30", 181 / 365)}


def test_the_four_states_of_a_row_are_told_apart():
    whole = dataset(
        project("5.1"),
        project("5.2", text="", readings={}),
        project("5.3", text="正在推进。"),
        project("5.4", text="已发文。", indicators=[]),
    )
    without = {**project("5.5"), "reports": {}}
    made = rows(dataset(*[each.model_dump() for each in whole.projects], without))
    made = {row["project"]: row["silence"] for row in made}
    assert made == {
        "5.1": "not_read",
        "5.2": "no_report",
        "5.3": "not_read",
        "5.4": "",
        "5.5": "no_report",
    }
    read = rows(dataset(project("5.1", readings={"老年食堂": {"done": 0}})))
    assert [(row["silence"], row["completion"]) for row in read] == [("", 0.0)]


def test_unknown_is_null_in_every_column_of_figures():
    (row,) = rows(dataset(project("5.1")))
    figures = (
        "completion",
        "completion_hi",
        "completion_lo",
        "claimed",
        "claimed_hi",
        "weakest",
        "variance",
        "exact_variance",
        "before",
    )
    assert {key: row[key] for key in figures} == dict.fromkeys(figures)


def test_a_text_of_the_period_before_is_said_to_be_unchanged():
    made = rows(
        dataset(
            project("5.1", later={"text": "12 家投入运营。"}),
            project("5.2", later=SAID | {"text": "13 家。"}),
        )
    )
    assert [(row["period"], row["project"], row["unchanged"]) for row in made] == [
        ("2023H1", "5.1", False), ("2023H1", "5.2", False),
        ("2023Q3", "5.1", True), ("2023Q3", "5.2", False),
    ]  # fmt: skip


@given(st.lists(st.fractions(0, 1, max_denominator=20_000), min_size=1, max_size=60))
def test_the_mean_of_the_parts_prints_as_the_exact_mean(shares):
    floats = [float(share) for share in shares]
    total = sum(amounts.whole(*amounts.split(each)) for each in floats)
    exact = sum(shares) / len(shares)
    assert percent(amounts.mean(total, len(shares))) == percent(float(exact))
    assert total == sum(round(Fraction(each) * amounts.UNIT) for each in floats)


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ([1803 / 2000], "90.2%"),
        ([1 / 3, 1 / 3, 1 / 3 + 0.0015], "33.4%"),
        ([0.9995, 0.9995], "99.9%"),
        ([1.0, 1.0], "100.0%"),
        ([0.0], "0.0%"),
    ],
)
def test_halves_go_up_and_nothing_short_of_all_is_all(shares, shown):
    total = sum(amounts.whole(*amounts.split(each)) for each in shares)
    assert percent(amounts.mean(total, len(shares))) == shown


def test_the_version_of_the_rules_follows_their_source(monkeypatch):
    before = amounts.rules()
    monkeypatch.setattr(amounts, "_RULES", (*amounts._RULES, "theme.py"))
    amounts.rules.cache_clear()
    try:
        assert amounts.rules() != before
    finally:
        amounts.rules.cache_clear()


def test_a_row_of_a_later_period_knows_what_was_before():
    made = rows(dataset(project("5.1", readings={"老年食堂": {"done": 10}}, later=SAID)))
    shot = snapshot.at(dataset(project("5.1", readings={"老年食堂": {"done": 10}}, later=SAID)))
    assert [(row["completion"], row["before"]) for row in made] == [(0.2, None), (0.24, 0.2)]
    assert shot.rows["5.1"].before == made[1]["before"]
