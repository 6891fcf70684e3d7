"""What is sent of a figure: for a room larger where it is measured in pixels, and in few bytes."""

import plotly.graph_objects as go

from minsheng import theme
from minsheng.charts import progress
from minsheng.charts.sending import enlarged, slim
from seed import SHOT


def sent():
    return progress.projects(
        [(None, list(SHOT.rows.values()))], SHOT.parts, SHOT.elapsed, progress.WIDE
    ).figure.to_dict()


def test_type_marks_lines_and_height_are_twice_as_large():
    one, two = sent(), enlarged(sent(), 2)
    assert two["layout"]["height"] == 2 * one["layout"]["height"]
    for once, twice in zip(one["data"], two["data"], strict=True):
        if "textfont" in once:
            assert twice["textfont"]["size"] == 2 * once["textfont"]["size"]
        if once.get("line", {}).get("width"):
            assert twice["line"]["width"] == 2 * once["line"]["width"]
        size = once.get("marker", {}).get("size")
        if isinstance(size, list):
            assert twice["marker"]["size"] == [2 * each for each in size]
        if once.get("marker", {}).get("line", {}).get("width"):
            thick = once["marker"]["line"]["width"]
            assert twice["marker"]["line"]["width"] == 2 * thick
    (chip, larger) = (
        each["layout"]["template"]["layout"]["annotationdefaults"] for each in (one, two)
    )
    assert one["layout"]["annotations"]
    for key in ("borderpad", "yshift"):
        assert larger[key] == 2 * chip[key]
    assert larger["font"]["size"] == 2 * chip["font"]["size"]


def test_places_shares_and_the_thickness_of_bars_in_their_axis_stay():
    one, two = sent(), enlarged(sent(), 2)
    for key in ("x", "y", "width", "base", "text", "customdata"):
        assert [each.get(key) for each in one["data"]] == [each.get(key) for each in two["data"]]
    for axis in ("xaxis", "xaxis2", "yaxis"):
        assert one["layout"][axis] == two["layout"][axis]


def test_once_as_large_is_the_same():
    figure = sent()
    assert enlarged(figure, 1) is figure


def test_what_is_the_same_for_all_points_is_sent_once_and_places_stay_a_list():
    trace = {
        "x": [1.0, 1.0],
        "base": [0.0, 0.0],
        "width": [12.5, 12.5],
        "marker": {"color": ["#fff", "#fff"], "size": [8, 9], "symbol": ["circle", "square"]},
        "text": ["12.0", "12.0"],
        "y": [None, 1 / 3],
    }
    assert slim(trace) == {
        "x": [1, 1],
        "base": 0,
        "width": 12.5,
        "marker": {"color": "#fff", "size": [8, 9], "symbol": ["circle", "square"]},
        "text": ["12.0", "12.0"],
        "y": [None, 0.3333],
    }
    assert slim({"base": []}) == {"base": []}


def test_plotly_takes_a_slim_figure_for_the_same():
    """It refuses a value that it does not know for a key."""
    figure = go.Figure(slim(sent()))
    assert len(figure.data) == len(sent()["data"])
    tracks = figure.data[0]
    assert (tracks.base, tracks.marker.color) == (0, theme.TRACK)
