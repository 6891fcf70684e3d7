from __future__ import annotations

from pathlib import Path

import pytest

import drawn_cases
from build import dataset, indicator, project
from minsheng import agenda, labels
from minsheng.agenda import Slide
from minsheng.dataset import store
from minsheng.measuring import drawn, series, snapshot
from minsheng.measuring.snapshot import Filters
from minsheng.model import Light
from seed import DATASET, SHOT

SLIDES = agenda.whole(SHOT)
FOUR = store.read(Path(__file__).parent / "data" / "four-periods.yaml").dataset
DONE = project(
    text="50 家投入运营。", readings={"老年食堂": {"done": 50, "quotes": ["50 家投入运营"]}}
)


def of(part: str, slides: tuple[Slide, ...] = SLIDES) -> list[Slide]:
    return [slide for slide in slides if slide.part == part]


def rows(part: str, slides: tuple[Slide, ...] = SLIDES) -> list[agenda.Row]:
    return [row for slide in of(part, slides) if slide.table for row in slide.table.rows]


def said(row: agenda.Row) -> list[str]:
    return [cell.text for cell in row.cells]


def test_the_agenda_goes_from_the_whole_to_the_next_steps_in_at_most_twenty_slides():
    parts = list(dict.fromkeys(slide.part for slide in SLIDES))
    assert parts == [
        "cover", "plan", "lagging", "departments", "categories", "category", "findings", "next",
    ]  # fmt: skip
    assert len(SLIDES) <= 20


def test_every_title_is_a_finding():
    assert list(dict.fromkeys(slide.title + slide.alert for slide in SLIDES)) == [
        "2023 年鹿城区政府民生实项目半年度进展表",
        "核算完成 56.0%，快于序时；29 项里 11 项滞后，8 项严重",
        "11 项滞后，其中 7 项的短板还是 0",
        "11 项滞后落在 8 个单位，区教育局占 4 项",
        "10 个类别里 2 个平均低于序时，居有所安最低，5.0%",
        "学有所教 4 项平均 15.6%，3 项滞后",
        "老有所养 3 项平均 50.5%，2 项滞后",
        "住有所居 6 项平均 56.0%，2 项滞后",
        "居有所安、弱有所扶：3 项滞后",
        "行有所畅 4 项平均 64.6%，1 项滞后",
        "20 条要核实，9 条严重",
        "11 项滞后没有写下一步，请 8 个单位在会上明确",
    ]


def test_the_foot_says_the_date_and_what_was_chosen():
    assert {slide.foot.partition(" · ")[0] for slide in SLIDES} == {"截止 2023-06-30"}
    chosen = agenda.whole(snapshot.at(DATASET, filters=Filters(categories=("2",))))
    assert all("类别 学有所教" in slide.foot for slide in chosen)


def test_the_whole_plan_is_one_bar_and_its_lights_worst_first():
    (slide,) = of("plan")
    assert slide.plan is not None
    bar = slide.plan.bar
    assert (bar.solid, bar.claim, bar.due) == (SHOT.completion, SHOT.claimed, SHOT.elapsed)
    assert slide.plan.lights == (
        (Light.FAR_BEHIND, 8),
        (Light.BEHIND, 3),
        (Light.ON_TRACK, 2),
        (Light.AHEAD, 10),
        (Light.DONE, 6),
    )


def test_every_lagging_project_is_shown_once_furthest_back_first_and_whole():
    assert [row.project for row in rows("lagging")] == SHOT.lagging
    assert said(rows("lagging")[0]) == [
        "◆ 2.2 新投用中小学、公办幼儿园 10 所",
        "0 / 10 所\n验收 5、竣工待投用 3",
        "区教育局",
        "−49.6",
    ]
    assert not any(
        "…" in cell for part in ("lagging", "next") for r in rows(part) for cell in said(r)
    )


def test_only_departments_with_something_lagging_most_first():
    glyphs = {row.cells[0].text: row.cells[1].text.split() for row in rows("departments")}
    assert list(glyphs) == [
        "区教育局", "区消防救援大队", "区应急管理局", "区残联", "区委组织部", "区综合行政执法局",
        "区水利建设管理中心", "区民政局",
    ]  # fmt: skip
    assert glyphs["区教育局"] == ["◆", "2.2", "◆", "2.3", "◆", "2.4", "◆", "5.2"]
    assert "其余 8 个单位没有滞后项目" in of("departments")[0].foot
    assert said(rows("departments")[0])[2:] == ["4 / 5", "", "17.6%"]


def test_categories_by_lagging_and_then_completion_and_only_those_with_it_one_by_one():
    assert [row.cells[0].text.partition("　")[0] for row in rows("categories")] == [
        "学有所教", "居有所安", "老有所养", "住有所居", "弱有所扶", "行有所畅", "劳有所获",
        "幼有所育", "食有所依", "病有所医",
    ]  # fmt: skip
    shown = {row.project.partition(".")[0] for row in rows("category")}
    assert shown == {n for n, tally in SHOT.categories.items() if tally.behind}


def test_every_finding_is_shown_under_its_rule():
    assert [(row.project, row.cells[1].text) for row in rows("findings")] == [
        (each.project, each.message) for each in SHOT.findings
    ]
    groups = list(dict.fromkeys(row.group.text for row in rows("findings") if row.group))
    assert groups[0] == "严重　自报高于核算"
    assert len(groups) == len({each.code for each in SHOT.findings})


@pytest.mark.parametrize(
    "data", [DATASET, FOUR, drawn_cases.DATASET], ids=["seed", "four", "cases"]
)
def test_no_slide_is_fuller_than_it_can_be_and_none_holds_a_lonely_row(data):
    for slide in agenda.whole(snapshot.at(data)):
        if slide.table:
            assert agenda.needed(slide.table) <= agenda.HEIGHT - agenda.HEAD
            assert len(slide.table.rows) > 1 or slide.of == 1


def test_a_bar_on_a_slide_is_the_value_that_every_surface_draws():
    shot = snapshot.at(drawn_cases.DATASET)
    bars = {row.project: row.cells[2].bar for row in rows("category", agenda.whole(shot))}
    assert bars.keys() == shot.rows.keys()
    for key, each in bars.items():
        (part,) = shot.parts[key]
        assert each.bar == drawn.bar(part, shot.elapsed), part.name
    declared = next(key for key in bars if shot.parts[key][0].name == "declared, claimed 90")
    assert (bars[declared].bar.solid, bars[declared].bar.hatched) == (None, 0.9)
    assert bars[declared].light is shot.rows[declared].light


def test_an_unknown_share_has_no_length():
    late = project("5.1", readings={"老年食堂": {"done": 1}})
    slides = agenda.whole(snapshot.at(dataset(late, project("5.2"), project("5.3", indicators=[]))))
    unknown, without = (row for row in rows("category", slides) if row.project != "5.1")
    assert unknown.cells[2].bar.bar == drawn.Bar(due=snapshot.at(dataset(late)).elapsed)
    assert said(unknown)[3] == said(without)[3] == labels.UNKNOWN
    assert without.cells[2].bar is None
    (plan,) = of("plan", agenda.whole(snapshot.at(dataset(project(readings={})))))
    assert plan.title == "1 项都没有可以核算的数据"


def test_a_step_that_is_written_is_read_out_and_a_silent_project_behind_is_named():
    late = project("5.1", readings={"老年食堂": {"done": 1}})
    told = project("5.2", readings={"老年食堂": {"done": 1}})
    told["reports"]["2023H1"]["next_steps"] = "8 月底前完成装修。"
    written, silent = of("next", agenda.whole(snapshot.at(dataset(late, told))))
    assert [(row.project, said(row)[2]) for row in written.table.rows] == [
        ("5.2", "8 月底前完成装修。")
    ]
    assert [(row.project, said(row)[2]) for row in silent.table.rows] == [("5.1", "49 家")]
    assert silent.foot.endswith("到计划结束还有 184 天")


def test_what_has_nothing_to_say_is_left_out():
    parts = [slide.part for slide in agenda.whole(snapshot.at(dataset(DONE)))]
    assert parts == ["cover", "plan", "categories"]
    nothing = agenda.whole(snapshot.at(dataset()))
    assert [(slide.part, slide.title) for slide in nothing[1:]] == [
        ("plan", "没有符合条件的项目。")
    ]


def test_a_choice_keeps_its_parts_and_its_categories():
    chosen = agenda.whole(SHOT, ("cover", "category"), ("2", "10"))
    assert [(slide.part, slide.query) for slide in chosen] == [
        ("cover", ()),
        ("category", (("category", "2"),)),
        ("category", (("category", "10"),)),
    ]


def test_words_without_end_are_cut_and_stay_on_their_slide():
    long = "在全区范围内对年久失修的老旧小区实施综合改造提升" * 12
    each = [
        project(
            f"5.{at}", readings={long: {"done": 1, "stages": {long: 3}}}, content=long,
            leads=[long] * 5, category=long, indicators=[indicator(long)],
        )
        for at in range(1, 9)
    ]  # fmt: skip
    for slide in agenda.whole(snapshot.at(dataset(*each))):
        if slide.table:
            assert agenda.needed(slide.table) <= agenda.HEIGHT
        assert agenda.room.lines(slide.title + slide.alert, agenda.TITLE, agenda.WIDTH) <= 2


def only_changed(data, period=None):
    seen = series.over(data, period)
    return agenda.only_changed(snapshot.at(data, period), seen.changes), seen.changes


@pytest.mark.parametrize("period", ["2023H1", "2023Q3", "2023Y"])
def test_only_what_changed_is_what_the_trend_says_changed(period):
    slides, changes = only_changed(FOUR, period)
    shown = [row.project for row in rows("changed", slides)]
    assert sorted(shown) == sorted(c.project for c in changes if c.turn != series.Turn.UNCHANGED)
    assert len(set(shown)) == len(shown)
    assert [slide.part for slide in agenda.only_changed(SHOT, ())] == ["cover"]


def test_a_change_says_light_completion_and_which_counts_moved():
    slides, _ = only_changed(FOUR, "2023Y")
    row = next(row for row in rows("changed", slides) if row.project == "6.1")
    assert row.group.text == "进度变好"
    assert said(row)[0] == "◆ 6.1 打通断头路 8 条\n断头路 3 → 6 / 目标 8 条".replace("◆", "▼")
    assert [" ".join(line.split()) for line in said(row)[1].split("\n")] == [
        "◆ 严重滞后 → ▼ 滞后",
        "核算完成率 37.5% → 75.0%（+37.5）",
        "区交通局",
    ]
    assert rows("changed", slides)[0].project == "5.2"  # a count that fell comes first


def test_the_unreported_are_named_under_their_own_heading():
    same = {"text": "12 家已投入运营。", "readings": {}}
    slides, _ = only_changed(dataset(project("5.1", later=same), project("5.2")))
    assert [(row.group.text, row.project) for row in rows("changed", slides)] == [
        ("只有文字变化", "5.1"),
        ("没有报送", "5.2"),
    ]
    assert of("changed", slides)[0].title == "与半年度相比，2 项里 2 项有变化"
