from __future__ import annotations

from pathlib import Path

import pytest

from minsheng.dataset import store
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Filters
from minsheng.model import Light

SEED = store.read(Path(__file__).parents[2] / "data" / "projects.yaml").dataset


@pytest.mark.parametrize(
    ("filters", "chosen"),
    [
        (Filters(categories=("7",)), ["7.1", "7.2"]),
        (Filters(categories=("7", "9")), ["7.1", "7.2", "9.1", "9.2"]),
        (Filters(departments=("区应急管理局",)), ["7.2"]),
        (Filters(lights=(Light.BEHIND,)), ["5.1", "6.1", "10.2"]),
        (Filters(categories=("6",), lights=(Light.BEHIND,)), ["6.1"]),
        (Filters(departments=("没有的局",)), []),
    ],
)
def test_a_filter_keeps_exactly_its_projects_in_every_part(filters, chosen):
    shot = snapshot.at(SEED, filters=filters)
    assert list(shot.rows) == snapshot.at(SEED).chosen(filters) == chosen
    assert set(shot.indicators["project"]) == set(chosen)
    assert {finding.project for finding in shot.findings} <= set(chosen)
    assert (
        sum(shot.lights.values())
        == sum(each.projects for each in shot.categories.values())
        == len(chosen)
    )
    assert shot.known == len(chosen)


def test_what_is_chosen_is_averaged_and_nothing_else():
    shot = snapshot.at(SEED, filters=Filters(categories=("7",)))
    assert shot.completion == pytest.approx(0.05)
    assert snapshot.at(SEED, filters=Filters(departments=("没有的局",))).completion is None


def test_a_department_looked_at_alone_keeps_its_rank_among_all():
    whole = snapshot.at(SEED).departments
    alone = snapshot.at(SEED, filters=Filters(departments=("区教育局",))).departments
    assert alone == {"区教育局": whole["区教育局"]}


def test_every_project_and_its_report_is_found_by_id():
    shot = snapshot.at(SEED, filters=Filters(categories=("7",)))
    assert shot.project("5.1").content == "新改建老年食堂 50 家。"
    assert shot.report("5.1").text.startswith("1 家选址")
    with pytest.raises(KeyError):
        shot.project("99.9")
