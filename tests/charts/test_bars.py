"""What is drawn, as numbers."""

from __future__ import annotations

import itertools
from pathlib import Path

import plotly.graph_objects as go
import pytest

from build import dataset, indicator, project
from minsheng import labels
from minsheng.charts import bars as charts
from minsheng.charts.bars import Row
from minsheng.dataset import store
from minsheng.labels import COLUMN
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Snapshot
from minsheng.printed import DASH


@pytest.fixture(scope="module")
def shot() -> Snapshot:
    path = Path(__file__).parents[2] / "data" / "projects.yaml"
    return snapshot.at(store.read(path).dataset)


def named(figure: go.Figure, name: str) -> list[go.Bar | go.Scatter]:
    return [trace for trace in figure.data if trace.name == name]


def printed(figure: go.Figure) -> list[str]:
    return [
        text for trace in figure.data if getattr(trace, "mode", "") == "text" for text in trace.text
    ]


def one(reading: dict, **more) -> charts.Chart:
    shot = snapshot.at(dataset(project(readings={"老年食堂": reading}, **more)))
    return charts.indicators(shot.rows, shot.parts, shot.elapsed)


def test_a_missing_value_keeps_its_row_and_is_never_drawn_as_zero():
    made = one({})
    assert named(made.figure, labels.COUNTED) == []
    assert labels.UNKNOWN in printed(made.figure)
    assert "老年食堂 没有写数 / 50 家" in printed(made.figure)
    assert made.table[labels.COLUMN["completion"]].tolist() == [DASH]


def test_zero_is_drawn_as_zero_and_says_so():
    made = one({"done": 0})
    assert list(named(made.figure, labels.COUNTED)[0].x) == [0]
    assert "0.0%" in printed(made.figure)


def test_a_claim_is_a_mark_and_where_only_it_exists_the_bar_is_hatched():
    both = one({"done": 10, "claimed": 90}).figure
    assert list(named(both, labels.CLAIMED)[0].x) == [0.9]
    assert named(both, labels.CLAIMED_ONLY) == []
    only = one({"claimed": 64}).figure
    (hatched,) = named(only, labels.CLAIMED_ONLY)
    assert (list(hatched.x), hatched.marker.pattern.shape) == ([0.64], "/")
    assert "64.0% 自报" in printed(only)


def test_what_is_lower_holds_on_the_bar_too():
    made = one({"done": 50, "claimed": 90}).figure
    assert list(named(made, labels.COUNTED)[0].x) == [0.9]
    assert "90.0% 取低" in printed(made)


def test_the_weakest_of_several_is_marked():
    parts = [indicator("甲"), indicator("乙")]
    both = {"甲": {"done": 50}, "乙": {"done": 10}}
    made = snapshot.at(dataset(project(indicators=parts, readings=both)))
    chart = charts.indicators(made.rows, made.parts, made.elapsed)
    assert [text for text in printed(chart.figure) if labels.WEAKEST in text] == [
        "乙 10 / 50 家　<b>短板</b>"
    ]


def test_the_table_names_the_projects_without_indicators_in_their_places():
    made = snapshot.at(
        dataset(
            project("5.1", readings={"老年食堂": {"done": 12}}),
            project("5.2", indicators=[]),
            project("5.3", readings={"老年食堂": {"done": 13}}),
        )
    )
    table = charts.indicators(made.rows, made.parts, made.elapsed).table
    assert list(table[COLUMN["id"]]) == ["5.1", "5.2", "5.3"]
    assert list(table.iloc[1])[1:] == [labels.NO_INDICATOR] + [labels.UNKNOWN] * 7
    alone = charts.indicators({"5.2": made.rows["5.2"]}, made.parts, made.elapsed).table
    assert list(alone[COLUMN["indicator"]]) == [labels.NO_INDICATOR]


def test_a_project_with_milestones_has_its_own_tick():
    steps = [{"by": "2023-06-30", "share": 20}]
    figure = one({"done": 10}, milestones=steps).figure
    lines = [trace for trace in figure.data if getattr(trace, "mode", "") == "lines"]
    ticks = [trace for trace in lines if trace.line.dash == "dot"]
    assert ticks[0].x[0] == 0.2


def test_the_board_says_rank_range_and_small_samples(shot):
    chart = charts.departments(shot.departments, shot.elapsed)
    said = printed(chart.figure)
    assert "5 项 · 滞后 4 · 第 13 名（11–13）" in said
    assert "2 项 · 第 1 名 · 样本少" in said


def test_words_from_the_file_are_no_markup_to_plotly():
    parts = [indicator("<b>甲</b>&")]
    made = snapshot.at(dataset(project(content="<a href='x'>y</a>", indicators=parts)))
    chart = charts.indicators(made.rows, made.parts, made.elapsed)
    said = "".join(printed(chart.figure))
    assert "&lt;b&gt;甲&lt;/b&gt;&amp;" in said
    assert "<a" not in said


def test_rows_do_not_overlap():
    rows = [
        Row("a", "甲", "1%", heading="题", note="注"),
        Row("b", "乙", "2%"),
        Row("c", "丙", "—"),
    ]
    figure = charts.bars(rows, 0.5)
    ys = list(figure.data[0].y)
    assert all(b - a >= 0.99 for a, b in itertools.pairwise(ys))
    assert figure.layout.yaxis.range[0] > ys[-1]
