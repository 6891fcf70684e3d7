"""What an edit changes of the figures, told before it is saved."""

from __future__ import annotations

import datetime as dt

import pytest

from minsheng.dataset import editing
from minsheng.dataset.editing import AddPeriod, SetReport
from minsheng.measuring import preview, snapshot
from minsheng.measuring.preview import Scope
from minsheng.model import Light, Period, Reading, Report
from seed import DATASET


def edited(done: int, **more: object):
    old = next(each for each in DATASET.projects if each.id == "5.1").reports["2023H1"]
    reading = old.readings["老年食堂"].model_copy(update={"done": done, **more})
    report = old.model_copy(update={"readings": {"老年食堂": reading}})
    return editing.edited(DATASET, [SetReport("5.1", "2023H1", report)])


def test_nothing_changed_is_no_effect():
    assert preview.effects(DATASET, DATASET) == ()


def test_a_figure_moves_its_project_its_leads_its_category_and_the_whole():
    (effect,) = preview.effects(DATASET, edited(50))
    assert [(change.scope, change.name) for change in effect.changes] == [
        (Scope.WHOLE, ""),
        (Scope.CATEGORY, "老有所养"),
        (Scope.DEPARTMENT, "区民政局"),
        (Scope.PROJECT, "5.1 新改建老年食堂 50 家。"),
        (Scope.INDICATOR, "5.1 老年食堂"),
    ]
    project, indicator = effect.changes[3:]
    assert project.completion == (0.26, 1.0)
    assert project.light == (Light.BEHIND, Light.DONE)
    assert indicator.done == (13, 50)
    assert [finding.code for finding in effect.new] == ["not-traceable"]
    assert effect.gone == ()


def test_a_finding_that_is_mended_is_told_as_gone():
    (effect,) = preview.effects(DATASET, edited(13, stages={}))
    assert [finding.code for finding in effect.gone] == ["stages-do-not-add-up"]
    assert [change.scope for change in effect.changes] == [Scope.WHOLE], "no figure moved"


def test_of_a_new_period_what_is_known_is_told_and_no_more():
    period = AddPeriod(Period(id="2023Q3", label="三季度", as_of=dt.date(2023, 9, 30)))
    report = Report(
        text="25 家投入运营。", readings={"老年食堂": Reading(done=25, quotes=("25 家投入运营",))}
    )
    after = editing.edited(DATASET, [period, SetReport("5.1", "2023Q3", report)])
    (effect,) = preview.effects(DATASET, after)
    assert effect.is_new
    names = [change.name for change in effect.changes]
    assert names == ["", "老有所养", "区民政局", "5.1 新改建老年食堂 50 家。", "5.1 老年食堂"]
    assert effect.changes[3].completion == (0.26, 0.5)  # 上期 → 本期


@pytest.mark.parametrize("done", [0, 13, 50, 70, None])
def test_what_one_report_makes_of_all_figures_is_what_measuring_all_again_says(done):
    after = edited(done, **({"quotes": ()} if done is None else {}))
    before, whole = snapshot.at(DATASET, "2023H1"), snapshot.at(after, "2023H1")
    own = [
        each.model_copy(update={"projects": tuple(p for p in each.projects if p.id == "5.1")})
        for each in (DATASET, after)
    ]
    found = preview.spread(before, *own, "5.1")
    pairs = [(each.scope, each.name, each.completion, each.claimed) for each in found.changes]
    lead, old, new = "区民政局", before.rows["5.1"], whole.rows["5.1"]
    assert pairs == [
        (Scope.PROJECT, "5.1 新改建老年食堂 50 家。", *both(old, new)),
        (Scope.DEPARTMENT, lead, *both(before.departments[lead], whole.departments[lead])),
        (Scope.CATEGORY, "老有所养", *both(before.categories["5"], whole.categories["5"])),
        (Scope.WHOLE, "", *both(before.whole, whole.whole)),
    ]
    assert found.changes[0].light == (old.light, new.light)
    assert found.lagging == (len(before.lagging), len(whole.lagging))
    assert found.findings == (len(before.findings), len(whole.findings))


def both(old, new):
    """Sums in another order differ in the last bit."""
    return tuple(
        tuple(share and pytest.approx(share) for share in (getattr(old, key), getattr(new, key)))
        for key in ("completion", "claimed")
    )
