"""What is drawn of several periods, as numbers."""

from __future__ import annotations

import itertools
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import H1, Q3, dataset, project
from minsheng import charts as trend_charts
from minsheng import labels, theme
from minsheng.charts import Line, mean_line, spread
from minsheng.dataset import store
from minsheng.labels import COLUMN, trend
from minsheng.measuring import series
from minsheng.measuring.series import WHOLE, Series
from minsheng.model import Light, Period

FOUR = store.read(Path(__file__).parents[1] / "data" / "four-periods.yaml").dataset
PERIODS = tuple(Period.model_validate(each) for each in (H1, Q3))


@pytest.fixture(scope="module")
def seen() -> Series:
    return series.over(FOUR, "2023Q3")


def printed(figure: go.Figure) -> list[str]:
    return [
        text for trace in figure.data if getattr(trace, "mode", "") == "text" for text in trace.text
    ]


def named(figure: go.Figure, name: str) -> go.Scatter:
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def test_a_missing_value_breaks_its_line_and_is_never_zero():
    chart = trend_charts.lines(PERIODS, [0.5, 0.75], [Line("甲", [None, 0.4])])
    line = named(chart.figure, "甲")
    assert (list(line.y), line.connectgaps) == ([None, 0.4], False)
    assert chart.table["甲"].tolist() == ["—", "40.0%"]
    assert chart.alt == "三季度：甲 40.0%，序时进度 75.0%。"


def test_a_line_that_ends_unknown_says_so_and_one_never_known_stands_in_the_table_only():
    each = [Line("甲", [0.4, None], strong=True), Line("乙", [None, None])]
    chart = trend_charts.lines(PERIODS, [0.5, 0.75], each)
    assert [word.strip() for word in printed(chart.figure)] == [
        "序时进度 75.0%",
        "<b>甲 无数据</b>",
    ]
    assert "乙" not in [trace.name for trace in chart.figure.data]
    assert chart.table["乙"].tolist() == ["—", "—"]


def test_the_axis_begins_at_zero_and_passes_the_largest_and_the_calendar_is_dashed():
    figure = trend_charts.lines(PERIODS, [0.5, 0.75], [Line("甲", [0.2, 1.0])]).figure
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis.range[1] > 1
    calendar = named(figure, labels.ELAPSED)
    assert (calendar.line.dash, list(calendar.y)) == ("dash", [0.5, 0.75])


def test_periods_stand_where_their_days_are():
    figure = trend_charts.lines(PERIODS, [0.5, 0.75], [Line("甲", [0.2, 1.0])]).figure
    first, last = named(figure, "甲").x
    assert last - first == 92


def test_names_at_the_ends_keep_apart_though_the_lines_meet(seen):
    each = [
        mean_line(seen.categories, number, number, strong=True) for number in seen.categories.groups
    ]
    figure = trend_charts.lines(seen.periods, list(seen.elapsed), each).figure
    names = [trace.y[0] for trace in figure.data if getattr(trace, "mode", "") == "text"]
    pixels = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    apart = [b - a for a, b in itertools.pairwise(sorted(names))]
    assert len(names) == 7
    assert min(apart) * pixels / figure.layout.yaxis.range[1] >= 18
    assert max(names) < figure.layout.yaxis.range[1]


def test_a_mean_says_how_many_projects_it_left_out(seen):
    whole = mean_line(seen.whole, WHOLE, trend.WHOLE, strong=True)
    chart = trend_charts.lines(seen.periods, list(seen.elapsed), [whole])
    assert chart.table[trend.WHOLE].tolist() == [
        "25.2%（1 项无数据未计入）",
        "43.7%（2 项无数据未计入）",
        "75.1%（2 项无数据未计入）",
    ]
    assert (
        "全部项目 · 半年度 43.7%（2 项无数据未计入）" in named(chart.figure, trend.WHOLE).hovertext
    )


def test_a_project_has_the_marks_of_its_lights():
    lights = [Light.BEHIND, Light.DONE]
    chart = trend_charts.lines(PERIODS, [0.5, 0.75], [Line("甲", [0.2, 1.0], lights=lights)])
    marker = named(chart.figure, "甲").marker
    assert list(marker.symbol) == ["triangle-down", "circle"]
    assert chart.table[COLUMN["light"]].tolist() == ["▼ 滞后", "● 已完成"]


def test_words_from_the_file_are_no_markup_to_plotly():
    hostile = "<b>甲</b>&"
    made = dataset(
        project(
            readings={"老年食堂": {"done": 13}},
            later={"text": "20 家。", "readings": {"老年食堂": {"done": 20}}},
            category=hostile,
        ),
        periods=[{**H1, "label": hostile}, {**Q3, "label": hostile}],
    )
    both = series.over(made)
    chart = trend_charts.lines(
        both.periods, list(both.elapsed), [mean_line(both.categories, "5", hostile)]
    )
    said = [*printed(chart.figure), *(chart.figure.layout.xaxis.ticktext or ())]
    hovers = [str(text) for trace in chart.figure.data for text in trace.hovertext or ()]
    for words in [*said, *hovers]:
        assert "<" not in words


def test_of_the_quiet_lines_the_two_lowest_are_named_and_the_strong_one_is_ink(seen):
    each = [mean_line(seen.categories, key, f"类 {key}") for key in seen.categories.groups]
    whole = mean_line(seen.whole, WHOLE, trend.WHOLE, strong=True)
    figure = trend_charts.lines(seen.periods, list(seen.elapsed), [*each, whole]).figure
    assert [word.strip() for word in printed(figure)] == [
        "序时进度 74.8%", "<b>全部项目 75.1%</b>", "类 6 63.8%", "类 1 69.2%",
    ]  # fmt: skip
    assert named(figure, trend.WHOLE).line.width > named(figure, "类 6").line.width
    assert named(figure, trend.WHOLE).line.color == theme.INK["light"]


def test_a_forecast_is_a_ring_at_the_end_of_dots_and_the_calendar_goes_on_to_the_end():
    made = dataset(project(readings={"老年食堂": {"done": 13}}))
    seen = series.over(made)
    line = mean_line(seen.whole, WHOLE, trend.WHOLE, strong=True, ends_at=0.524)
    figure = trend_charts.lines(seen.periods, list(seen.elapsed), [line], made.plan).figure
    dots = named(figure, trend.FORECAST)
    assert (list(dots.y), dots.line.dash, list(dots.marker.size)) == ([0.26, 0.524], "dot", [0, 11])
    assert list(named(figure, trend.WHOLE).y) == [0, 0.26]
    assert list(named(figure, labels.ELAPSED).y) == [0, seen.elapsed[0], 1]
    assert "按此速度约 52.4%" in "".join(printed(figure))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9), st.floats(0.01, 0.1))
def test_names_spread_keep_their_order_and_their_distance_within_bounds(values, gap):
    places = spread(values, gap, 0.0, 1.0)
    by_value = [place for _, place in sorted(zip(values, places, strict=True))]
    assert all(b - a >= gap - 1e-9 for a, b in itertools.pairwise(sorted(places)))
    assert by_value == sorted(by_value)
    assert min(places) >= 0
    assert max(places) <= 1 + 1e-9


def test_names_that_have_room_stay_where_they_are():
    assert spread([0.2, 0.8, 0.5], 0.1, 0, 1) == pytest.approx([0.2, 0.8, 0.5])
    assert spread([0.5, 0.5], 0.1, 0, 1) == pytest.approx([0.45, 0.55])
