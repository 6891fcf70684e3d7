from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import dataset, project
from minsheng.measuring import snapshot


def board(*projects: dict):
    return snapshot.at(dataset(*projects)).departments


def _ranks(row) -> tuple:
    return (row.rank, row.best_rank, row.worst_rank)


def of(id: str, done: int | None, *leads: str) -> dict:
    readings = {} if done is None else {"老年食堂": {"done": done}}
    return project(id, readings=readings, leads=list(leads))


def test_a_joint_project_counts_once_for_each_lead():
    made = board(of("5.1", 50, "甲局", "乙局"), of("5.2", 0, "甲局"))
    assert {name: row.projects for name, row in made.items()} == {"甲局": 2, "乙局": 1}
    assert {name: row.completion for name, row in made.items()} == {"甲局": 0.5, "乙局": 1.0}


def test_split_among_its_leads_a_joint_project_weighs_less():
    made = board(of("5.1", 50, "甲局", "乙局"), of("5.2", 0, "甲局"))
    assert made["甲局"].split == pytest.approx(0.5 / 1.5)


def test_equal_as_printed_is_equal_in_rank_and_the_next_is_skipped():
    made = board(
        of("5.1", 50, "甲局"), of("5.2", 25, "乙局"), of("5.3", 25, "丙局"), of("5.4", 0, "丁局")
    )
    assert {name: row.rank for name, row in made.items()} == {
        "甲局": 1,
        "乙局": 2,
        "丙局": 2,
        "丁局": 4,
    }


def test_the_range_shows_how_firm_a_rank_is():
    made = board(
        of("5.1", 50, "甲局"), of("5.2", 50, "甲局"), of("5.3", 0, "甲局"), of("5.4", 30, "乙局")
    )
    # by mean 甲局 66.7 leads 乙局 60.0; by share on schedule and by the worst project 乙局 leads
    assert _ranks(made["甲局"]) == (1, 1, 2)
    assert _ranks(made["乙局"]) == (2, 1, 2)


def test_fewer_than_three_projects_is_a_small_sample():
    made = board(*[of(f"5.{n}", 5, "甲局") for n in range(1, 4)], of("5.9", 5, "乙局"))
    assert {name: row.few for name, row in made.items()} == {"甲局": False, "乙局": True}


def test_a_department_of_which_nothing_is_known_has_no_rank_and_is_not_last():
    made = board(of("5.1", 0, "甲局"), of("5.2", None, "乙局"))
    assert made["甲局"].rank == 1
    assert (made["乙局"].completion, *_ranks(made["乙局"])) == (None, None, None, None)
    assert made["乙局"].projects == 1


def test_done_and_behind_are_counted_by_light():
    made = board(of("5.1", 50, "甲局"), of("5.2", 10, "甲局"), of("5.3", 0, "甲局"))
    assert (made["甲局"].finished, made["甲局"].behind, made["甲局"].far_behind) == (1, 2, 1)


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 60), st.sets(st.sampled_from("甲乙丙丁"), min_size=1)),
        min_size=1,
        max_size=8,
    )
)
def test_the_range_contains_the_rank(rows):
    made = board(*[of(f"5.{n}", done, *sorted(leads)) for n, (done, leads) in enumerate(rows, 1)])
    for row in made.values():
        assert row.rank is None or row.best_rank <= row.rank <= row.worst_rank
    assert sum(row.projects for row in made.values()) == sum(len(leads) for _, leads in rows)
