"""Native charts of a deck: numbers that can be edited in PowerPoint, no pictures.

A share is kept as it is printed (`printed.rounded`), so that no program can round 99.96 % up
to 100.0 %. Unknown is a gap: the row stays and has no bar. The axis ends at 100 %.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from xlsxwriter import Workbook

from minsheng.export.clean import clean
from minsheng.export.powerpoint.deck import A, describe, fill
from minsheng.export.powerpoint.template import Box
from minsheng.labels import slides as words

_C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'


@dataclass(frozen=True)
class Series:
    """`colours` are of its single bars, where they differ from its own."""

    name: str
    values: Sequence[float | None]
    colour: str
    hatched: bool = False
    colours: Sequence[str] = ()


class _Data(CategoryChartData):
    """Chart data whose workbook has no date of today, and in which no text is a formula."""

    def __init__(self, created: dt.datetime) -> None:
        super().__init__(number_format=words.TENTHS)  # type: ignore[no-untyped-call]
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


def bars(
    slide: Any,
    box: Box,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    thick: float,
    stacked: bool,
    alt: str,
    created: dt.datetime,
) -> None:
    """Bars of shares that fill the box, first on top, over or behind each other, without axes.

    `thick` is how much of a row's height its bar takes, 0-1.
    """
    data = _Data(created)
    data.categories = [clean(each) for each in categories]
    for each in series:
        data.add_series(each.name, list(each.values))  # type: ignore[no-untyped-call]
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, box.x, box.y, box.w, box.h, data)
    describe(frame, alt, f"{words.CHART} {len(slide.shapes)}")
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    plot = chart.plots[0]
    plot.overlap, plot.gap_width = 100, min(round((1 / thick - 1) * 100), 500)
    chart.category_axis.reverse_order = True
    value = chart.value_axis
    value.minimum_scale, value.maximum_scale = 0, 1
    value.has_major_gridlines = False
    value.visible = chart.category_axis.visible = False
    for each, made in zip(series, plot.series, strict=True):
        _paint(made, each)
    _fill_the_box(chart)


def _paint(made: Any, series: Series) -> None:
    made.invert_if_negative = False
    properties = made._element.get_or_add_spPr()
    for old in list(properties):
        properties.remove(old)
    if series.hatched:
        ink = fill(series.colour).removeprefix("<a:solidFill>").removesuffix("</a:solidFill>")
        properties.append(
            parse_xml(
                f'<a:pattFill {A} prst="wdUpDiag"><a:fgClr>{ink}</a:fgClr>'
                f'<a:bgClr><a:schemeClr val="bg1"/></a:bgClr></a:pattFill>'
            )
        )
        properties.append(parse_xml(f'<a:ln {A} w="19050">{fill(series.colour)}</a:ln>'))
    else:
        properties.append(parse_xml(fill(series.colour).replace(">", f" {A}>", 1)))
    for at, colour in enumerate(series.colours):
        if colour != series.colour:
            one = made.points[at].format.fill
            one.solid()
            one._xPr.replace(
                one._xPr.find(qn("a:solidFill")),
                parse_xml(fill(colour).replace(">", f" {A}>", 1)),
            )


def _fill_the_box(chart: Any) -> None:
    """The plot is the box, so that bars and the rows of a table meet."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    sizes = "".join(
        f'<c:{name} val="{value}"/>' for name, value in {"x": 0, "y": 0, "w": 1, "h": 1}.items()
    )
    area.insert(
        0,
        parse_xml(
            f'<c:layout {_C}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{sizes}</c:manualLayout></c:layout>'
        ),
    )
