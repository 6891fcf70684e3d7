"""Native charts of a deck: numbers that can be edited in PowerPoint, no pictures.

A share is kept as it is printed (`printed.rounded`), so that no program can round 99.96 % up
to 100.0 %. Unknown is a gap: the category stays and has neither bar nor label.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt
from xlsxwriter import Workbook

from minsheng import theme
from minsheng.export.clean import clean
from minsheng.export.powerpoint.deck import GREY, INK, RULE, describe, paint
from minsheng.export.powerpoint.template import Box, rgb
from minsheng.labels import slides as words

_C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


@dataclass(frozen=True)
class Series:
    """`look` is solid, hatched (said, not counted) or outlined (what should be)."""

    name: str
    values: Sequence[float | None]
    colour: str
    look: str = "solid"
    colours: Sequence[str] = ()


def ceiling(values: Sequence[float | None], narrow: bool = False) -> tuple[float, float]:
    """The end of an axis of shares, past the largest value, and the step between its ticks."""
    largest = max([1.0, *(value for value in values if value is not None)]) * 1.02
    if largest < 1.6:
        return math.ceil(largest * 4) / 4, 0.5 if narrow or largest > 1.25 else 0.25
    step = 0.5 if largest < 3 else math.ceil(largest / 5)
    return math.ceil(largest / step) * step, step


class _Data(CategoryChartData):
    """Chart data whose workbook has no date of today, and in which no text is a formula."""

    def __init__(self, created: dt.datetime, number_format: str) -> None:
        super().__init__(number_format=number_format)  # type: ignore[no-untyped-call]
        self._created = created

    @property
    def xlsx_blob(self) -> bytes:
        out = io.BytesIO()
        with Workbook(out, {"in_memory": True}) as book:
            book.set_properties({"created": self._created})
            sheet = book.add_worksheet()
            form = book.add_format({"num_format": self.number_format})
            for row, category in enumerate(self.categories, start=1):
                sheet.write_string(row, 0, category.label)
            for column, series in enumerate(self, start=1):
                sheet.write_string(0, column, series.name)
                for row, value in enumerate(series.values, start=1):
                    if value is not None:
                        sheet.write_number(row, column, value, form)
        return out.getvalue()


@dataclass(frozen=True)
class Native:
    """A chart on a slide. `plot` is the place of the bars themselves within `box`, in inches."""

    box: Box
    plot: Box
    alt: str
    created: dt.datetime


def bars(
    slide: Any,
    place: Native,
    categories: Sequence[str],
    series: Sequence[Series],
    names: bool = True,
    size: int = 16,
) -> Any:
    """Horizontal bars of shares, first on top, drawn over each other. Without `names` they and
    the values stand in a table beside it, row by row."""
    chart = _chart(slide, place, XL_CHART_TYPE.BAR_CLUSTERED, categories, series, words.TENTHS)
    plot = chart.plots[0]
    plot.overlap, plot.gap_width = 100, 70
    _shares(chart, series, place.plot.w < 3)
    chart.category_axis.reverse_order = True
    # The axis of shares goes where the last row is, else it would be on top.
    chart._chartSpace.find(f".//{qn('c:valAx')}/{qn('c:crosses')}").set("val", "max")
    if not names:
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    for each, made in zip(series, plot.series, strict=True):
        _paint(made, each)
        if names:
            _label(made, words.TENTHS, size)
    return chart


def columns(
    slide: Any, place: Native, categories: Sequence[str], bar: Series, line: Series, mark: Series
) -> Any:
    """Standing bars with a line across (what should be) and a mark (what is claimed)."""
    every = [bar, line, mark]
    chart = _chart(slide, place, XL_CHART_TYPE.COLUMN_CLUSTERED, categories, every, words.TENTHS)
    chart.plots[0].gap_width = 60
    _shares(chart, every)
    _paint(chart.plots[0].series[0], bar)
    _label(chart.plots[0].series[0], words.TENTHS, 16)
    standing = chart._chartSpace.find(f".//{qn('c:barChart')}")
    drawn = standing.findall(qn("c:ser"))[1:]
    axes = "".join(f'<c:axId val="{axis.get("val")}"/>' for axis in standing.findall(qn("c:axId")))
    lines = parse_xml(
        f'<c:lineChart {_C}><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'<c:marker val="1"/>{axes}</c:lineChart>'
    )
    for at, element in enumerate(drawn):
        standing.remove(element)
        _as_line(element, (line, mark)[at], marked=at == 1)
        lines.insert(2 + at, element)
    standing.addnext(lines)
    return chart


def counts(
    slide: Any, place: Native, categories: Sequence[str], series: Series, names: bool = False
) -> Any:
    """Horizontal bars of whole numbers."""
    chart = _chart(slide, place, XL_CHART_TYPE.BAR_CLUSTERED, categories, [series], "0")
    chart.plots[0].gap_width = 70
    chart.has_legend = False
    chart.category_axis.reverse_order = True
    _axis_of_categories(chart)
    if not names:
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    value = chart.value_axis
    value.minimum_scale, value.has_major_gridlines, value.visible = 0, False, False
    value.maximum_scale = max([1.0, *(each or 0 for each in series.values)]) * 1.15
    _paint(chart.plots[0].series[0], series)
    _label(chart.plots[0].series[0], "0", 20)
    return chart


def _chart(
    slide: Any,
    place: Native,
    kind: Any,
    categories: Sequence[str],
    series: Sequence[Series],
    number_format: str,
) -> Any:
    data = _Data(place.created, number_format)
    data.categories = [clean(each) for each in categories]
    for each in series:
        data.add_series(each.name, list(each.values))  # type: ignore[no-untyped-call]
    frame = slide.shapes.add_chart(kind, *place.box.emu, data)
    describe(frame, place.alt, f"{words.CHART} {len(slide.shapes)}")
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.name = Pt(14), words.FONT
    chart.font.color.rgb = paint(INK)
    _east_asian(chart)
    _lay_out(chart, place)
    return chart


def _shares(chart: Any, series: Sequence[Series], narrow: bool = False) -> None:
    """The axis from 0 past the largest value, and which colour is what."""
    value = chart.value_axis
    value.minimum_scale = 0
    values = [share for each in series for share in each.values]
    value.maximum_scale, value.major_unit = ceiling(values, narrow)
    value.tick_labels.number_format = words.TICKS
    value.tick_labels.number_format_is_linked = False
    value.tick_labels.font.size = Pt(12)
    value.tick_labels.font.color.rgb = paint(GREY)
    value.major_tick_mark = XL_TICK_MARK.NONE
    value.format.line.fill.background()
    value.major_gridlines.format.line.color.rgb = paint(RULE)
    value.major_gridlines.format.line.width = Pt(0.75)
    _axis_of_categories(chart)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(12)


def enlarge(chart: Any, size: int) -> None:
    """Larger words beside the bars, where there are few of them."""
    chart.category_axis.tick_labels.font.size = Pt(size)


def _axis_of_categories(chart: Any) -> None:
    axis = chart.category_axis
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = paint(GREY)
    axis.tick_labels.font.size = Pt(14)
    axis._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("rot", "0")  # never aslant


def _paint(made: Any, series: Series) -> None:
    made.invert_if_negative = False
    shape = made.format
    if series.look == "outlined":
        shape.fill.background()
        shape.line.color.rgb = paint(theme.INK_LINE)
        shape.line.width = Pt(1.75)
        _dash(shape.line)
    elif series.look == "hatched":
        _hatch(made, series.colour)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = paint(series.colour)
    for at, colour in enumerate(series.colours):
        fill = made.points[at].format.fill
        fill.solid()
        fill.fore_color.rgb = paint(colour)


def _hatch(made: Any, colour: str) -> None:
    properties = made._element.get_or_add_spPr()
    properties.insert(
        0,
        parse_xml(
            f'<a:pattFill {_A} prst="wdUpDiag"><a:fgClr><a:srgbClr val="{rgb(colour)}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
        ),
    )
    made.format.line.color.rgb = paint(colour)


def _dash(line: Any) -> None:
    line.dash_style = MSO_LINE.SQUARE_DOT


def _label(made: Any, number_format: str, size: int) -> None:
    shown = made.data_labels
    shown.show_value = True
    shown.number_format, shown.number_format_is_linked = number_format, False
    shown.position = XL_LABEL_POSITION.OUTSIDE_END
    shown.font.size, shown.font.bold, shown.font.name = Pt(size), True, words.FONT
    # LibreOffice breaks a long bar's "100.0%" into two lines otherwise.
    shown._element.find(f".//{qn('a:bodyPr')}").set("wrap", "none")


def _as_line(element: Any, series: Series, marked: bool) -> None:
    """Makes a bar's series a line's: only its own properties may stand in it."""
    for name in ("c:invertIfNegative", "c:spPr", "c:marker", "c:smooth"):
        for old in element.findall(qn(name)):
            element.remove(old)
    stroke = (
        "<a:noFill/>"
        if marked
        else f'<a:solidFill><a:srgbClr val="{rgb(series.colour)}"/></a:solidFill>'
        '<a:prstDash val="dash"/>'
    )
    symbol = (
        f'<c:marker {_C} {_A}><c:symbol val="diamond"/><c:size val="12"/><c:spPr><a:solidFill>'
        f'<a:srgbClr val="{rgb(series.colour)}"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        "</c:marker>"
        if marked
        else f'<c:marker {_C}><c:symbol val="none"/></c:marker>'
    )
    title = element.find(qn("c:tx"))
    shape = parse_xml(f'<c:spPr {_C} {_A}><a:ln w="28575">{stroke}</a:ln></c:spPr>')
    title.addnext(shape)
    shape.addnext(parse_xml(symbol))
    element.append(parse_xml(f'<c:smooth {_C} val="0"/>'))


def _east_asian(chart: Any) -> None:
    for latin in chart._chartSpace.findall(f"./{qn('c:txPr')}//{qn('a:latin')}"):
        latin.addnext(parse_xml(f'<a:ea {_A} typeface="{words.FONT}"/>'))


def _lay_out(chart: Any, place: Native) -> None:
    """Puts the plot where it is wanted, so that bars and the rows of a table meet."""
    box, plot = place.box, place.plot
    values = {
        "x": plot.x / box.w,
        "y": plot.y / box.h,
        "w": plot.w / box.w,
        "h": plot.h / box.h,
    }
    sizes = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in values.items())
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {_C}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{sizes}</c:manualLayout></c:layout>'
        ),
    )
