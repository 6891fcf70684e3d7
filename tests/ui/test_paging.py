"""A list of very many projects is shown in parts of 300, chosen in the address."""

from __future__ import annotations

import json

import pytest

from benchmarks.read import dataset
from minsheng.labels import desk as said
from minsheng.ui.paging import MOST, part, part_of_groups
from test_pages import component, data, nodes, opened  # noqa: F401 - data is a fixture

MANY = 1_300


@pytest.fixture
def many(data):  # noqa: F811
    data.write_bytes(dataset(MANY))


def projects_of(app) -> list[str]:
    """The ids under the figure of the projects, where each is a link for the keyboard."""
    (under,) = [
        json.loads(each.proto.bytes)
        for each in app.get("bidi_component")
        if "under_projects" in each.proto.id
    ]
    return [words.split(" ")[0] for words, _ in under["links"][:-1]]


def test_the_categories_show_every_project_in_one_part_and_each_once(many):
    shown = [projects_of(opened("category", rows=str(at))) for at in (1, 2, 3, 4, 5)]
    assert [len(each) for each in shown] == [MOST] * 4 + [MANY - 4 * MOST]
    assert len({each for ids in shown for each in ids}) == MANY
    (choice,) = opened("category").selectbox
    assert (choice.label, choice.options[2]) == (said.PART, "601–900，共 1300")


def test_a_category_of_few_projects_has_no_parts(many):
    app = opened("category", category="5")
    assert 0 < len(projects_of(app)) < MOST
    assert not app.selectbox


def test_findings_are_shown_in_parts_and_the_overview_keeps_its_cells_few(many):
    rows = [each for each in nodes(component(opened("findings"), "findings")) if "find " in each[1]]
    assert len(rows) == MOST
    app = opened()
    cells = [each for each in nodes(component(app, "cells")) if each[1].startswith("cell ")]
    far = [each for each in cells if each[1] == "cell far_behind"]
    assert len(far) == MOST
    (count,) = [each for each in cells if each[1] == "cell count far_behind"]
    assert int(count[2][0].removeprefix("◆ ")) > MOST, "the count is of all"


def test_what_is_not_done_at_this_pace_is_shown_in_parts(many):
    app = opened("trend")
    rows = [each for each in nodes(component(app, "pace")) if each[1] == "mrow"]
    assert len(rows) == MOST
    assert said.PART in [each.label for each in app.selectbox]


def test_a_group_that_does_not_fit_goes_on_in_the_next_part(monkeypatch):
    monkeypatch.setattr("minsheng.ui.paging.choose", lambda *_: "2")
    groups = [("甲", range(200)), ("乙", range(250)), ("丙", range(50))]
    assert part_of_groups(groups) == [("乙", [*range(100, 250)]), ("丙", [*range(50)])]
    assert part(range(MOST)) == range(MOST)
