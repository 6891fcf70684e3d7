"""A figure for a room: what is measured in pixels grows, what is measured in shares does not."""

from minsheng.charts import progress
from minsheng.charts.enlarged import enlarged
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
    fonts = [each["font"]["size"] for each in one["layout"]["annotations"]]
    assert fonts
    assert [each["font"]["size"] for each in two["layout"]["annotations"]] == [
        2 * size for size in fonts
    ]


def test_places_shares_and_the_thickness_of_bars_in_their_axis_stay():
    one, two = sent(), enlarged(sent(), 2)
    for key in ("x", "y", "width", "base", "text", "customdata"):
        assert [each.get(key) for each in one["data"]] == [each.get(key) for each in two["data"]]
    for axis in ("xaxis", "xaxis2", "yaxis"):
        assert one["layout"][axis] == two["layout"][axis]


def test_once_as_large_is_the_same():
    figure = sent()
    assert enlarged(figure, 1) is figure
