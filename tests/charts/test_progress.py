"""What the rows of 总览, 类别, 部门 and 项目 draw, as numbers."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
import pytest

from build import dataset, indicator, project
from minsheng import labels, theme
from minsheng.charts import progress, rows
from minsheng.charts.rows import Chart, Row, Sheet, fit
from minsheng.dataset import store
from minsheng.labels import COLUMN, screens
from minsheng.measuring import drawn, leaderboard, snapshot
from minsheng.measuring.drawn import Bar
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, Tally
from minsheng.printed import DASH

SEED = Path(__file__).parents[2] / "data" / "projects.yaml"
WIDTHS = [progress.WIDE, progress.MIDDLE, progress.NARROW]


@pytest.fixture(scope="module")
def seed() -> Snapshot:
    return snapshot.at(store.read(SEED).dataset)


def listed(shot: Snapshot, width: int = progress.WIDE) -> Chart:
    every = leaderboard.worst_projects(shot.rows.values())
    return progress.projects([(None, every)], shot.parts, shot.elapsed, width)


def one(reading: dict, width: int = progress.WIDE, **more) -> Chart:
    return listed(snapshot.at(dataset(project(readings={"老年食堂": reading}, **more))), width)


def traces(figure: go.Figure, name: str) -> list:
    return [trace for trace in figure.data if trace.name == name]


def printed(figure: go.Figure) -> list[str]:
    return [
        t
        for trace in figure.data
        if trace.to_plotly_json().get("mode") == "text"
        for t in trace.text
    ]


# One dataset that holds every row of the table in design.md section 5.
EVERY_CASE = {
    "1.1": {"done": 30, "quotes": []},
    "1.2": {"done": 50, "claimed": 90, "quotes": []},
    "1.3": {"declared": True},
    "1.4": {"declared": True, "claimed": 90},
    "1.5": {"claimed": 64},
    "1.6": {"done": 10, "underway": 20, "quotes": []},
    "1.7": {"done": 13, "stages": {"选址": 1, "图纸设计": 21, "投入运营": 12}, "quotes": []},
    "1.8": {"done": 10, "claimed": 70, "quotes": []},
    "1.9": {"done": 450, "quotes": []},
    "2.1": {},
    "2.2": {"done": 0, "quotes": []},
}


@pytest.fixture(scope="module")
def cases() -> Snapshot:
    return snapshot.at(
        dataset(*(project(key, readings={"老年食堂": r}) for key, r in EVERY_CASE.items()))
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_draw_exactly_the_value_that_every_surface_draws(cases, width):
    figure = listed(cases, width).figure
    hits = next(t for t in figure.data if t.type == "bar" and t.customdata is not None)
    places = {
        key: (y - w / 2, y + w / 2)
        for key, y, w in zip(hits.customdata, hits.y, hits.width, strict=True)
    }

    def of(name: str, key: str) -> list[tuple[float, float]]:
        top, bottom = places[key]
        return [box for y, box in boxes_of(figure, name) if top < y < bottom]

    for key, row in cases.rows.items():
        bar = drawn.bar(cases.parts[key][0], row.expected)
        assert of(labels.COUNTED, key) == ([] if bar.solid is None else [(0, round(bar.solid, 4))])
        said = [] if bar.hatched is None else [(0, round(bar.hatched, 4))]
        assert of(labels.CLAIMED_ONLY, key) == said
        strip = [(round(each.start, 4), round(each.end - each.start, 4)) for each in bar.strip]
        assert of(labels.UNDERWAY, key) == strip
        top, bottom = places[key]
        claims = [
            x
            for trace in traces(figure, labels.CLAIMED)
            for x, y in zip(trace.x, trace.y, strict=True)
            if top < y < bottom
        ]
        assert claims == ([] if bar.claim is None else [bar.claim])
        dues = {
            x
            for trace in traces(figure, labels.ELAPSED)
            for x, y in zip(trace.x, trace.y, strict=True)
            if y is not None and top < y < bottom
        }
        assert dues == {round(row.expected, 4)}


def boxes_of(figure: go.Figure, name: str) -> list[tuple[float, tuple[float, float]]]:
    return [
        (y, (base, x))
        for trace in traces(figure, name)
        for y, base, x in zip(trace.y, trace.base, trace.x, strict=True)
    ]


def chips(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_what_a_figure_rests_on_is_a_chip_beside_it(cases):
    assert sorted(chips(listed(cases).figure)) == sorted(
        ["按自报取低", "只报完成", "按自报取低", "只有自报", "超额 900%"]
    )


def test_a_missing_value_keeps_its_row_and_is_never_drawn_as_zero():
    made = one({})
    assert traces(made.figure, labels.COUNTED) == []
    assert labels.UNKNOWN in printed(made.figure)
    assert made.table[COLUMN["completion"]].tolist() == [DASH]


def test_zero_is_drawn_as_zero_and_says_so():
    figure = one({"done": 0}).figure
    assert [box for _, box in boxes_of(figure, labels.COUNTED)] == [(0, 0)]
    assert "<b>0.0%</b>" in printed(figure)


def test_the_axis_ends_at_100_percent_whatever_was_done():
    figure = one({"done": 450}).figure
    assert [box for _, box in boxes_of(figure, labels.COUNTED)] == [(0, 1)]
    assert tuple(figure.layout.xaxis.range) == (0, 1)


def test_the_bar_takes_the_hue_of_the_light_and_a_mean_has_none(seed):
    figure = listed(seed).figure
    (counted,) = traces(figure, labels.COUNTED)
    assert set(counted.marker.color) <= set(theme.LIGHT.values())
    board = progress.departments(
        seed.departments, seed.rows, seed.elapsed, progress.WIDE, list(seed.departments)
    ).figure
    (means,) = traces(board, labels.COUNTED)
    assert set(means.marker.color) == {theme.MEAN}


def test_the_weakest_of_several_comes_first_under_its_project():
    parts = [indicator("甲"), indicator("乙")]
    both = {"甲": {"done": 50}, "乙": {"done": 10}}
    made = listed(snapshot.at(dataset(project(indicators=parts, readings=both))))
    said = printed(made.figure)
    assert "<b>短板 乙</b>" in said
    assert "甲" in said
    assert "2 项指标平均" in said
    counted = sorted(boxes_of(made.figure, labels.COUNTED))
    assert [round(length, 2) for _, (_, length) in counted] == [0.6, 0.2, 1.0]


def test_a_mean_of_what_nobody_counted_is_not_solid():
    parts = [indicator("甲"), indicator("乙")]
    both = {"甲": {"declared": True}, "乙": {"done": 10}}
    figure = listed(snapshot.at(dataset(project(indicators=parts, readings=both)))).figure
    heads = [box for _, box in sorted(boxes_of(figure, labels.CLAIMED_ONLY))]
    assert heads[0] == (0, 0.6)


def test_a_project_whose_indicators_are_all_done_is_one_row(seed):
    said = printed(listed(seed).figure)
    assert "3 项指标都完成" in said
    assert not any("参保率" in each and "短板" in each for each in said)


def test_a_project_with_milestones_has_its_own_mark():
    steps = [{"by": "2023-06-30", "share": 20}]
    (due,) = traces(one({"done": 10}, milestones=steps).figure, labels.ELAPSED)
    assert {x for x in due.x if x is not None} == {0.2}


def test_projects_stand_worst_first(seed):
    order = [row.id for row in leaderboard.worst_projects(seed.rows.values())]
    assert order[:9] == ["2.2", "2.3", "2.4", "5.2", "6.6", "7.2", "8.2", "7.1", "5.1"]
    lights = [leaderboard.WORST_FIRST.index(seed.rows[key].light) for key in order]
    assert lights == sorted(lights)


def test_categories_stand_by_how_many_lag_then_by_completion(seed):
    assert leaderboard.worst_first(seed.categories) == [
        *("2", "7", "5", "6", "8", "10"),
        *("3", "1", "9", "4"),
    ]


def test_departments_stand_by_how_many_lag_and_are_ranked_from_three_projects(seed):
    order = leaderboard.worst_first(seed.departments)
    assert order[:4] == ["区教育局", "区消防救援大队", "区应急管理局", "区残联"]
    assert leaderboard.ranked(seed.departments)[:2] == ["区住建局", "区教育局"]
    chart = progress.departments(seed.departments, seed.rows, seed.elapsed, progress.WIDE, order)
    said = printed(chart.figure)
    assert "第 13 名（11–13）" in said
    assert said.count("1 项，不排名") == 8
    assert chart.table[COLUMN["rank"]].tolist().count(DASH) == 14


def test_each_glyph_of_a_department_leads_to_its_project(seed):
    order = leaderboard.worst_first(seed.departments)
    figure = progress.departments(
        seed.departments, seed.rows, seed.elapsed, progress.WIDE, order
    ).figure
    (glyphs,) = [
        t
        for t in figure.data
        if t.to_plotly_json().get("mode") == "markers" and t.customdata is not None
    ]
    assert list(glyphs.customdata[:5]) == ["2.2", "2.3", "2.4", "5.2", "2.1"]
    assert len(glyphs.customdata) == 31
    assert list(glyphs.marker.symbol[:5]) == ["diamond"] * 4 + ["triangle-up"]


def test_the_plan_ends_in_the_surplus_of_the_claim_and_says_whose_it_is(seed):
    whole = Tally("全部", 29, seed.known, seed.completion, seed.claimed, seed.lights)
    more = [seed.rows[key] for key in ("2.1", "2.2", "2.3", "2.4")]
    figure = progress.plan(whole, seed.elapsed, more, progress.WIDE).figure
    (start, length), *_ = [box for _, box in boxes_of(figure, labels.SURPLUS)]
    assert (round(start, 3), round(start + length, 3)) == (0.560, 0.635)
    assert traces(figure, labels.CLAIMED) == []
    assert any("多出 7.5，全在区教育局 4 项 ›" in words for words in printed(figure))
    phone = printed(progress.plan(whole, seed.elapsed, more, progress.NARROW).figure)
    assert not any("多出" in words for words in phone)


def test_a_plan_of_which_nothing_is_known_draws_nothing_and_says_so():
    figure = progress.plan(
        Tally("全部", 1, 0, None, None, {each: int(each is Light.UNKNOWN) for each in Light}),
        0.5,
        [],
        progress.WIDE,
    ).figure
    assert traces(figure, labels.COUNTED) == []
    assert f"<b>{labels.UNKNOWN}</b>" in printed(figure)


def test_a_project_without_indicators_keeps_its_row_and_says_so():
    made = listed(snapshot.at(dataset(project("5.2", indicators=[]))))
    assert labels.NO_INDICATOR in printed(made.figure)
    assert made.table[COLUMN["indicator"]].tolist() == [labels.NO_INDICATOR]


def test_the_bullet_names_due_and_claim_over_their_marks_clear_of_each_other():
    shot = snapshot.at(dataset(project(readings={"老年食堂": {"done": 10, "claimed": 52}})))
    for width in WIDTHS:
        chart = progress.bullet(shot.rows["5.1"], shot.parts["5.1"], width)
        assert chart
        spots = {
            text: x
            for trace in chart.figure.data
            if trace.to_plotly_json().get("mode") == "text"
            for text, x in zip(trace.text, trace.x, strict=True)
        }
        due, claim = spots["序时 49.6%"], spots["自报 52.0%"]
        assert claim - due >= rows.wide("序时 49.6%", 13)


def test_a_strip_gives_each_stage_its_own_words_where_there_is_room(seed):
    chart = progress.bullet(seed.rows["2.2"], seed.parts["2.2"], progress.WIDE)
    assert chart
    assert {"验收 5", "竣工待投用 3"} <= set(printed(chart.figure))


def test_the_stage_nearest_to_the_promise_is_the_darkest(seed):
    part = seed.parts["2.2"][0]
    shades = rows.shades(drawn.bar(part, 0.5).strip)
    assert shades == [theme.STEPS[-2], theme.STEPS[-1]]
    assert len(rows.shades(drawn.bar(seed.parts["6.6"][0], 0.5).strip)) == 1


def test_a_whole_row_takes_the_click_and_every_row_has_a_sentence(seed):
    chart = listed(seed)
    (hits,) = [t for t in chart.figure.data if t.type == "bar" and t.customdata is not None]
    assert set(hits.customdata) == set(seed.rows) == set(chart.links)
    assert chart.links["5.1"].startswith("5.1 新改建老年食堂 50 家，滞后，老年食堂 13 / 50")
    assert sum(hits.width) == chart.figure.layout.height - progress.HEAD


def test_words_are_cut_only_where_they_do_not_fit():
    assert fit("新改建老年食堂", 10, 70) == "新改建老年食堂"
    assert fit("新改建老年食堂", 10, 69) == "新改建老年…"


@pytest.mark.parametrize("width", WIDTHS)
def test_names_of_eighty_characters_stay_in_their_columns(width):
    long = "区" + "某某" * 40
    shot = snapshot.at(
        dataset(project(content=long, readings={"老年食堂": {"done": 1}}, leads=[long, "乙", "丙"]))
    )
    made = [
        listed(shot, width),
        progress.departments(
            shot.departments, shot.rows, shot.elapsed, width, list(shot.departments)
        ),
    ]
    for chart in made:
        for trace in chart.figure.data:
            if trace.to_plotly_json().get("mode") != "text":
                continue
            for x, words in zip(trace.x, trace.text, strict=True):
                bare = words.replace("<b>", "").replace("</b>", "")
                long_ = 0 if "<span" in bare else rows.wide(bare, trace.textfont.size)
                end = x + long_ if trace.textposition == "middle right" else x
                start = x - long_ if trace.textposition == "middle left" else x
                assert start >= -2
                assert end <= width + 2


def test_words_from_the_file_are_no_markup_to_plotly():
    shot = snapshot.at(
        dataset(project(content="<b>x</b><a href='y'>", readings={}, leads=["<i>局</i>"]))
    )
    said = printed(listed(shot).figure)
    assert not any("<a href" in words or "<i>" in words for words in said)
    assert any("&lt;i&gt;局" in words for words in said)


def test_an_empty_list_gives_an_empty_figure():
    figure = rows.figure([], Sheet(100, 0, 100))
    assert len(figure.data) == 0


def test_the_halo_is_a_pixel_of_paper_round_the_mark():
    figure = rows.figure([Row(30, bar=Bar(due=0.5), at=15)], Sheet(100, 0, 100))
    halo, mark = [
        trace.marker
        for trace in figure.data
        if trace.to_plotly_json().get("marker", {}).get("symbol") == "line-ns"
    ]
    assert (halo.line.color, halo.line.width) == (theme.PAPER, 5)
    assert (mark.line.color, mark.line.width) == (theme.INK["light"], 3)
    assert halo.opacity == mark.opacity == 1  # plotly's own is 0.7 where the sizes differ
    long = 1.4  # of its size: plotly's own measure of the symbol
    assert mark.size[0] * long == pytest.approx(12 + 2 * rows.PAST, abs=0.01)


def test_the_dark_page_has_colours_of_its_own_in_words_too():
    sent = theme.darkened({"a": ["#1f2328", "<span style='color:#b23f12'>4</span>", 3, "#fff"]})
    assert sent == {"a": ["#e8eaed", "<span style='color:#f08a5d'>4</span>", 3, "#fff"]}


def _luminance(colour: str) -> float:
    each = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in each)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_words_and_marks_of_the_figures_stand_out_from_the_page(dark):
    def seen(colour: str) -> str:
        return theme.DARK.get(colour, colour) if dark else colour

    paper = seen(theme.PAPER)
    inks = [theme.INK["light"], theme.QUIET, theme.CLAIMED_INK, *theme.LIGHT_INK.values()]
    for ink in inks:
        assert _contrast(seen(ink), paper) >= 4.5, ink
    for ground, ink in theme.CHIP.values():
        assert _contrast(seen(ink), seen(ground)) >= 4.5
    for mark in [theme.MEAN, theme.CLAIMED, *theme.LIGHT.values(), *theme.STEPS[1:]]:
        assert _contrast(seen(mark), paper) >= 3, mark
    assert _contrast("#ffffff", seen(theme.MEAN)) >= 4.5
    for ground in theme.LIGHT_INK.values():
        assert _contrast("#ffffff", ground) >= 4.5


def test_a_project_says_where_its_claim_comes_from_to_a_pointer(seed):
    about = screens.about(seed.rows["2.2"], seed.parts["2.2"])
    assert "部门自报 90.0%，能数出来 0.0%" in about
    assert "学校：验收 5 · 竣工待投用 3" in about


def test_a_name_is_not_cut_on_a_phone_where_a_line_of_its_own_has_room(seed):
    chart = progress.bullet(seed.rows["10.3"], seed.parts["10.3"], progress.NARROW)
    assert chart
    assert {"停车位", "<b>短板 公共停车位</b>"} <= set(printed(chart.figure))


def test_on_a_phone_a_heading_stands_over_the_departments_in_time_where_they_come_last(seed):
    def said(order: list[str], width: int) -> list[str]:
        chart = progress.departments(seed.departments, seed.rows, seed.elapsed, width, order)
        return [each for each in printed(chart.figure) if "没有滞后的" in each]

    worst = leaderboard.worst_first(seed.departments)
    assert said(worst, progress.NARROW) == ["<b>没有滞后的 8 个单位</b>"]
    assert said(worst, progress.WIDE) == []
    assert said(leaderboard.ranked(seed.departments), progress.NARROW) == []
    in_time = [name for name in worst if not seed.departments[name].behind]
    assert said(in_time, progress.NARROW) == []
