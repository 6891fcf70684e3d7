"""What is claimed against what is counted, as numbers."""

from __future__ import annotations

import pytest

from build import dataset, project
from minsheng import labels, theme
from minsheng.charts import claims
from minsheng.charts.progress import NARROW, WIDE
from minsheng.measuring import snapshot
from minsheng.model import Light
from seed import SHOT


def named(figure, name):
    (trace,) = [trace for trace in figure.data if trace.name == name]
    return trace


def said(figure):
    return [t for trace in figure.data if getattr(trace, "mode", "") == "text" for t in trace.text]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_widest_gap_comes_first_and_a_counted_zero_is_drawn(width):
    chart = claims.dumbbell(SHOT.rows, SHOT.parts, width)
    counted, claimed = (named(chart.figure, name) for name in (labels.COUNTED, labels.CLAIMED))
    assert list(counted.x) == [0, 0, 0, 0.625, 1]
    assert list(claimed.x) == [0.9, 0.65, 0.6, 0.65, 0.9]
    assert list(counted.y) == list(claimed.y)
    assert list(chart.links) == ["2.2", "2.4", "2.3", "2.1", "9.1"]
    assert chart.alt.startswith("自报与核算相差最大的是 2.2「学校」")
    assert {"<b>+90.0</b>", "<b>−10.0</b>"} <= set(said(chart.figure))


def test_the_line_lies_under_the_disc_and_the_diamond():
    figure = claims.dumbbell(SHOT.rows, SHOT.parts, WIDE).figure
    kinds = [trace.name for trace in figure.data if trace.name in (labels.COUNTED, labels.CLAIMED)]
    lines = [
        at
        for at, t in enumerate(figure.data)
        if getattr(t, "mode", "") == "lines" and t.line.color == theme.CLAIMED
    ]
    first = min(at for at, trace in enumerate(figure.data) if trace.name in kinds)
    assert lines[0] < first


def test_a_point_is_not_shown_and_a_tenth_more_is():
    def shown(done: float):
        reading = {"done": done, "quotes": [f"{done} 家"], "claimed": 50}
        shot = snapshot.at(dataset(project(readings={"老年食堂": reading})))
        return claims.dumbbell(shot.rows, shot.parts, WIDE)

    assert shown(24.5) is None  # 49.0 %
    assert shown(24.45) is not None  # 48.9 %


def test_what_is_only_declared_was_not_counted():
    reading = {"declared": True, "claimed": 90}
    shot = snapshot.at(dataset(project(readings={"老年食堂": reading})))
    assert claims.pairs(shot.parts) == []
    assert claims.dumbbell(shot.rows, shot.parts, WIDE) is None


def test_the_severest_gap_is_in_the_ink_of_what_lags():
    figure = claims.dumbbell(SHOT.rows, SHOT.parts, WIDE).figure
    late = theme.LIGHT_INK[Light.FAR_BEHIND]
    red = [
        t
        for trace in figure.data
        if getattr(trace, "mode", "") == "text" and trace.textfont.color == late
        for t in trace.text
    ]
    assert red == ["<b>+90.0</b>", "<b>+65.0</b>", "<b>+60.0</b>"]
