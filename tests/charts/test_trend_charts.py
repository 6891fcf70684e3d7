"""What is drawn of several periods, as numbers."""

from __future__ import annotations

import itertools
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import H1, Q3, dataset, indicator, project
from minsheng import charts as trend_charts
from minsheng import labels, theme
from minsheng.charts import Line, mean_line, spread
from minsheng.dataset import store
from minsheng.labels import COLUMN, trend
from minsheng.measuring import series, snapshot
from minsheng.measuring.series import WHOLE, Series
from minsheng.model import Light, Period

FOUR = store.read(Path(__file__).parents[1] / "data" / "four-periods.yaml").dataset
PERIODS = tuple(Period.model_validate(each) for each in (H1, Q3))


@pytest.fixture(scope="module")
def seen() -> Series:
    return series.over(FOUR, "2023Q3")


@pytest.fixture(scope="module")
def projects():
    return snapshot.at(FOUR, "2023Q3").projects


def printed(figure: go.Figure) -> list[str]:
    return [
        text for trace in figure.data if getattr(trace, "mode", "") == "text" for text in trace.text
    ]


def named(figure: go.Figure, name: str) -> go.Scatter:
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def test_the_strip_has_a_mark_for_every_project_and_period_in_a_place_of_its_own(seen, projects):
    figure = trend_charts.strip(seen, projects).figure
    marks = [trace for trace in figure.data if trace.name in labels.LIGHT.values()]
    spots = [spot for trace in marks for spot in zip(trace.x, trace.y, strict=True)]
    assert len(spots) == len(set(spots)) == 15 * 3
    assert {trace.name: trace.marker.symbol for trace in marks} == {
        labels.LIGHT[light]: theme.LIGHT_SYMBOL[light] for light in Light
    }
    assert list(figure.data[0].customdata) == list(projects.index)


def test_a_past_lag_is_drawn_in_its_period_and_said_in_words_and_in_the_table(seen, projects):
    chart = trend_charts.strip(seen, projects.loc[["1.1"]])
    late = named(chart.figure, labels.LIGHT[Light.BEHIND])
    assert list(late.text) == [" 10.0%", " 35.0%"]
    assert list(named(chart.figure, labels.LIGHT[Light.ON_TRACK]).text) == [" 80.0%"]
    assert chart.alt == "一季度至三季度各项目的进度；三季度：按序时 1。曾经滞后、现已赶上的有 1.1。"
    assert chart.table.iloc[0].tolist()[2:] == ["▼ 滞后 10.0%", "▼ 滞后 35.0%", "■ 按序时 80.0%"]


def test_a_period_without_a_report_keeps_its_mark_and_is_no_zero(seen, projects):
    figure = trend_charts.strip(seen, projects.loc[["4.2"]]).figure
    unknown = named(figure, labels.LIGHT[Light.UNKNOWN])
    assert (list(unknown.text), unknown.marker.symbol) == ([" —"], "circle-open")


def test_with_many_periods_the_marks_stand_alone_and_few_of_them_are_named():
    months = [
        {"id": f"2023M{n:02}", "label": f"{n} 月", "as_of": f"2023-{n:02}-28"} for n in range(1, 13)
    ]
    made = dataset(
        {**project(), "reports": {month["id"]: {"text": "1 家。"} for month in months}},
        periods=months,
    )
    chart = trend_charts.strip(series.over(made), snapshot.at(made).projects)
    (marks,) = [trace for trace in chart.figure.data if trace.name == labels.UNKNOWN]
    assert (marks.mode, len(marks.x)) == ("markers", 12)
    assert [word for word in printed(chart.figure) if "月" in word] == [
        "2 月",
        "4 月",
        "6 月",
        "8 月",
        "10 月",
        "12 月",
    ]


def test_one_period_is_a_strip_too():
    made = dataset(project(readings={"老年食堂": {"done": 13}}))
    chart = trend_charts.strip(series.over(made), snapshot.at(made).projects)
    assert chart.alt == "半年度各项目的进度；半年度：滞后 1。"


def test_a_missing_value_breaks_its_line_and_is_never_zero():
    chart = trend_charts.lines(PERIODS, [0.5, 0.75], [Line("甲", [None, 0.4])])
    line = named(chart.figure, "甲")
    assert (list(line.y), line.connectgaps) == ([None, 0.4], False)
    assert chart.table["甲"].tolist() == ["—", "40.0%"]
    assert chart.alt == "三季度：甲 40.0%，序时进度 75.0%。"


def test_a_line_that_ends_unknown_says_so_and_one_never_known_stands_in_the_table_only():
    each = [Line("甲", [0.4, None]), Line("乙", [None, None])]
    chart = trend_charts.lines(PERIODS, [0.5, 0.75], each)
    assert printed(chart.figure) == ["序时进度 75.0%", "甲 无数据"]
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
    each = [mean_line(seen.categories, number, number) for number in seen.categories.shares.index]
    figure = trend_charts.lines(seen.periods, list(seen.elapsed), each).figure
    (names,) = [trace for trace in figure.data if getattr(trace, "mode", "") == "text"]
    pixels = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    apart = [b - a for a, b in itertools.pairwise(sorted(names.y))]
    assert min(apart) * pixels / figure.layout.yaxis.range[1] >= 18
    assert max(names.y) < figure.layout.yaxis.range[1]


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


def test_what_moved_begins_with_the_deepest_fall_and_ends_with_the_least_rise(seen, projects):
    chart = trend_charts.moved(seen.changes, projects["content"].to_dict())
    assert list(chart.figure.data[0].customdata) == [
        "2.2", "2.1", "5.2", "1.1", "4.1", "2.3", "5.1", "3.1", "6.1", "5.3", "1.2", "6.2",
    ]  # fmt: skip
    fell = named(chart.figure, trend.FELL)
    assert (fell.marker.symbol, list(fell.x)) == ("triangle-left", [pytest.approx(230 / 320)])
    assert chart.table.iloc[0].tolist() == [
        "2.2",
        "为 320 间教室安装护眼灯。",
        "81.3%",
        "71.9%",
        "−9.4",
        "▲ 超序时 → ■ 按序时",
    ]
    assert chart.alt == "完成率上升 11 项，下降 1 项；变化最大的是 2.1（0.0% → 66.7%）。"


def test_what_became_known_or_unknown_did_not_move_and_nothing_moved_is_no_chart(seen):
    silent = [change for change in seen.changes if change.project in ("3.2", "4.2", "6.3")]
    assert trend_charts.moved(silent, {}) is None


def test_words_from_the_file_are_no_markup_to_plotly():
    hostile = "<b>甲</b>&"
    made = dataset(
        project(
            content="<a href='x'>y</a>",
            indicators=[indicator()],
            readings={"老年食堂": {"done": 13}},
            later={"text": "20 家。", "readings": {"老年食堂": {"done": 20}}},
            category=hostile,
        ),
        periods=[{**H1, "label": hostile}, {**Q3, "label": hostile}],
    )
    both, shot = series.over(made), snapshot.at(made)
    charts = [
        trend_charts.strip(both, shot.projects),
        trend_charts.lines(
            both.periods, list(both.elapsed), [mean_line(both.categories, "5", hostile)]
        ),
        trend_charts.moved(both.changes, shot.projects["content"].to_dict()),
    ]
    for chart in charts:
        said = [*printed(chart.figure), *(chart.figure.layout.xaxis.ticktext or ())]
        hovers = [str(text) for trace in chart.figure.data for text in trace.hovertext or ()]
        for words in [*said, *hovers]:
            plain = words.replace("<b>5.1</b>", "").replace("<br>", "")
            plain = plain.removeprefix("<b>").removesuffix("</b>")
            assert "<" not in plain


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
