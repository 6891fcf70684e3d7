from __future__ import annotations

from pathlib import Path

import pytest

from build import dataset, project
from minsheng import agenda, labels
from minsheng.dataset import store
from minsheng.measuring import series, snapshot
from minsheng.model import Light

ROOT = Path(__file__).parent.parent
SEED = store.read(ROOT / "data" / "projects.yaml").dataset
SHOT = snapshot.at(SEED)
SLIDES = agenda.whole(SHOT)
FOUR = store.read(ROOT / "tests" / "data" / "four-periods.yaml").dataset


def of(part: str, slides=SLIDES) -> list[agenda.Slide]:
    return [slide for slide in slides if slide.part == part]


def test_the_agenda_goes_from_the_whole_to_the_next_steps():
    parts = list(dict.fromkeys(slide.part for slide in SLIDES))
    assert parts == [
        "cover",
        "plan",
        "lights",
        "lagging",
        "categories",
        "departments",
        "category",
        "findings",
        "next",
    ]
    assert SLIDES[0].title == "2023 年鹿城区政府民生实项目半年度进展表"
    assert SLIDES[1].title.startswith("能数出来的完成了 56.0%")


def test_the_whole_plan_stands_beside_the_claim_and_the_calendar():
    (slide,) = of("plan")
    assert [(bar.label, bar.value) for bar in slide.bars] == [
        ("核算完成率", "56.0%"),
        ("部门自报", "63.5%"),
        ("序时进度", "49.6%"),
    ]
    assert [bar.done for bar in slide.bars] == [SHOT.completion, SHOT.claimed, SHOT.elapsed]
    assert slide.bars[1].note == "与核算相差 +7.5 个百分点"


def test_the_lights_add_up_to_all_projects():
    (slide,) = of("lights")
    assert [(f.name, f.value, f.light) for f in slide.figures] == [
        ("已完成", "6", Light.DONE),
        ("超序时", "10", Light.AHEAD),
        ("按序时", "2", Light.ON_TRACK),
        ("滞后", "3", Light.BEHIND),
        ("严重滞后", "8", Light.FAR_BEHIND),
    ]


def test_every_lagging_project_is_shown_once_furthest_back_first():
    slides = of("lagging")
    assert [item.project for slide in slides for item in slide.items] == SHOT.lagging
    assert {len(slide.items) for slide in slides} <= {3, 4}
    assert slides[0].title == "11 项滞后，是谁的、差多少、为什么（1/3）"
    assert slides[0].items[0].small == "投用学校 0 / 10 所；验收 5、竣工待投用 3"


def test_every_indicator_and_department_has_its_bar():
    assert sum(len(slide.bars) for slide in of("category")) == 35
    assert sum(len(slide.bars) for slide in of("departments")) == 16
    assert [slide.category for slide in of("category")] == [str(n) for n in range(1, 11)]
    bars = {bar.label: bar for slide in of("category") for bar in slide.bars}
    assert bars["3.1 培训 16,737 / 13,000 人次"].done == pytest.approx(16737 / 13000)
    assert bars["3.1 高技能人才 1,532 / 2,600 人"].note == labels.WEAKEST
    declared = bars["5.3 保险 没有写数 / 90,000 人"]
    assert (declared.done, declared.uncounted, declared.value) == (1, True, "100.0% 只报完成")


def test_an_unknown_share_has_no_length():
    shot = snapshot.at(dataset(project(readings={})))
    ((bar,),) = [slide.bars for slide in of("category", agenda.whole(shot))]
    assert (bar.done, bar.value) == (None, labels.UNKNOWN)


def test_every_finding_is_shown_with_its_words():
    items = [item for slide in of("findings") for item in slide.items]
    assert len(items) == len(SHOT.findings) == 20
    assert items[0].small == "“已完成 65%”"


def test_a_step_that_is_written_is_read_out_and_a_silent_project_behind_is_named():
    late = project("5.1", readings={"老年食堂": {"done": 1}})
    told = project("5.2", readings={"老年食堂": {"done": 1}})
    told["reports"]["2023H1"]["next_steps"] = "8 月底前完成装修。"
    slides = of("next", agenda.whole(snapshot.at(dataset(late, told))))
    assert [[(i.project, i.small) for i in slide.items] for slide in slides] == [
        [("5.2", "8 月底前完成装修。")],
        [("5.1", "")],
    ]
    assert slides[1].title == "1 项滞后、没有写下一步，请会议明确"


def test_what_has_nothing_to_say_is_left_out():
    reading = {"done": 50, "quotes": ["50 家投入运营"]}
    text = "50 家投入运营。"
    done = snapshot.at(dataset(project(text=text, readings={"老年食堂": reading})))
    parts = [slide.part for slide in agenda.whole(done)]
    assert parts == ["cover", "plan", "lights", "categories", "departments", "category"]
    assert [slide.part for slide in agenda.whole(snapshot.at(dataset()))] == [
        "cover",
        "plan",
        "lights",
    ]


def test_a_choice_keeps_its_parts_and_its_categories():
    chosen = agenda.chosen(SLIDES, ("cover", "category"), ("3", "10"))
    assert [(slide.part, slide.category) for slide in chosen] == [
        ("cover", ""),
        ("category", "3"),
        ("category", "10"),
    ]
    assert agenda.chosen(SLIDES, (), ()) == SLIDES


def only_changed(data, period=None):
    seen = series.over(data, period)
    return agenda.only_changed(snapshot.at(data, period), seen.changes), seen.changes


@pytest.mark.parametrize("period", ["2023H1", "2023Q3", "2023Y"])
def test_only_what_changed_is_what_the_trend_says_changed(period):
    slides, changes = only_changed(FOUR, period)
    shown = [item.project for slide in of("changed", slides) for item in slide.items]
    assert sorted(shown) == sorted(c.project for c in changes if c.kind != series.Kind.UNCHANGED)
    assert len(set(shown)) == len(shown)
    assert [slide.part for slide in agenda.only_changed(SHOT, ())] == ["cover"]


def test_a_change_says_light_completion_and_which_counts_moved():
    slides, _ = only_changed(FOUR, "2023Y")
    items = {item.project: item for slide in of("changed", slides) for item in slide.items}
    assert items["6.1"].title == "进度变好　6.1 打通断头路 8 条。"
    assert items["6.1"].words == "◆ 严重滞后 → ▼ 滞后\n核算完成率 37.5% → 75.0%（+37.5）"
    assert items["6.1"].small == "断头路 3 → 6 / 目标 8 条\n区交通局"
    assert next(iter(items)) == "5.2"  # a count that fell comes before all that went well


def test_a_count_that_moved_above_its_target_is_a_change_though_nothing_printed_did():
    before, after = ({"老年食堂": {"done": n, "quotes": [f"{n} 家"]}} for n in (52, 60))
    later = {"text": "60 家投入运营。", "readings": after}
    moved = project("5.1", text="52 家投入运营。", readings=before, later=later)
    slides, _ = only_changed(dataset(moved))
    ((item,),) = [slide.items for slide in of("changed", slides)]
    assert item.words == "● 已完成\n核算完成率 100.0%"
    assert item.small.startswith("老年食堂 52 → 60 / 目标 50 家")


def test_new_words_without_a_new_count_are_shown_and_the_unreported_are_named_apart():
    same = {"text": "12 家已投入运营。", "readings": {}}
    slides, _ = only_changed(dataset(project("5.1", later=same), project("5.2")))
    words, silent = of("changed", slides)
    assert words.title == "与半年度相比，2 项里有 1 项变了"
    assert words.items[0].small == "12 家已投入运营。\n区民政局"
    assert silent.title == "1 项本期没有报送"
    assert [item.project for item in silent.items] == ["5.2"]


def test_what_is_unknown_is_not_said_to_be_in_time():
    slides = agenda.whole(snapshot.at(dataset(project(readings={}))))
    assert [slide.title for slide in of("lights", slides)] == ["1 个项目都没有数据"]
    assert [bar.note for slide in of("plan", slides) for bar in slide.bars][1] == ""
    assert [slide.title for slide in of("category", slides)] == ["类别5：1 个项目，都没有数据"]
