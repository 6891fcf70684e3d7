"""What slides are made of: words, tables, notes, footer. Knows nothing of projects.

Every word is set in 微软雅黑 by name, Latin and East Asian, with exact line spacing: what was
measured to fit fits whatever font the reader's machine puts in its place.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.util import Inches

from minsheng import theme
from minsheng.export.clean import clean
from minsheng.export.cover import Cover
from minsheng.export.ooxml import settled
from minsheng.export.powerpoint import fitting
from minsheng.export.powerpoint.template import (
    BODY,
    FOOT,
    PAD,
    POINTS,
    Box,
    empty,
    placeholder,
    rgb,
)
from minsheng.labels import slides as words_

LEADING = 1.3
ROOF = 0.05

INK = theme.INK["light"]
GREY, RULE, SHADE = theme.INK_LINE, theme.GRID, theme.TRACK

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_DECORATIVE = (
    f'<a:extLst {_A}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
_FACE = f'<a:latin typeface="{words_.FONT}"/><a:ea typeface="{words_.FONT}"/>'


@dataclass(frozen=True)
class Words:
    """One paragraph. `most` is how many lines it may take before it is cut with …"""

    text: str
    size: int = 16
    colour: str = INK
    bold: bool = False
    most: int = 1

    def fitted(self, points: float) -> Words:
        text = fitting.clipped(self.text, self.size, points, self.most)
        return Words(text, self.size, self.colour, self.bold, self.most)

    def height(self, points: float) -> float:
        """In inches."""
        return fitting.lines(self.text, self.size, points) * self.size * LEADING / POINTS


@dataclass(frozen=True)
class Cell:
    paragraphs: tuple[Words, ...] = ()
    align: str = "l"
    span: int = 1
    across: int = 1
    shaded: bool = False

    def fitted(self, points: float) -> Cell:
        kept = tuple(each.fitted(points) for each in self.paragraphs if each.text)
        return Cell(kept, self.align, self.span, self.across, self.shaded)

    def height(self, points: float) -> float:
        return sum(each.height(points) for each in self.paragraphs) + 2 * ROOF


@dataclass(frozen=True)
class Column:
    head: str
    width: float
    align: str = "l"

    @property
    def points(self) -> float:
        return (self.width - 2 * PAD) * POINTS


class Deck:
    """`slide` adds one, `save` ends the deck. The same calls make the same bytes."""

    def __init__(self, cover: Cover, foot: str) -> None:
        self.cover = cover
        self._foot = foot
        self._show, self._opening, self._plain = empty(cover)

    def slide(self, title: str, notes: Sequence[str], opening: bool = False) -> Any:
        """A slide with heading, footer, number and speaker notes."""
        slide = self._show.slides.add_slide(self._opening if opening else self._plain)
        number = len(self._show.slides)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        heading = slide.shapes.title
        points = Box(0, 0, BODY.w, 0).points
        size = 40 if opening else fitting.size(title, points, 2, 28, 22)
        fill(heading, [Words(title, size, bold=True, most=2).fitted(points)])
        self._foot_of(slide, number)
        _notes(slide, notes)
        return slide

    def _foot_of(self, slide: Any, number: int) -> None:
        points = (FOOT.w - 2 * PAD) * POINTS
        words = Words(self._foot, 10, GREY, most=2).fitted(points)
        for place in ("ftr", "sldNum"):
            shape = copy.deepcopy(placeholder(slide.slide_layout, place))
            body = shape.txBody
            for paragraph in list(body.p_lst):
                body.remove(paragraph)
            xml = _paragraph(words) if place == "ftr" else _number(number)
            body.append(parse_xml(xml))
            properties = shape.spPr
            for child in list(properties):
                properties.remove(child)
            shape.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
            slide.shapes._spTree.append(shape)

    def save(self) -> bytes:
        out = io.BytesIO()
        self._show.save(out)
        return settled(out.getvalue())


def text(slide: Any, box: Box, paragraphs: Sequence[Words], align: str = "l") -> None:
    shape = slide.shapes.add_textbox(*box.emu)
    fill(shape, [each.fitted(box.points) for each in paragraphs], align)


def fill(shape: Any, paragraphs: Sequence[Words], align: str = "l") -> None:
    """Replaces the shape's words. Nothing is fitted here."""
    body = shape.text_frame._txBody
    shape.text_frame.word_wrap = True
    for old in list(body.p_lst):
        body.remove(old)
    for each in paragraphs:
        body.append(parse_xml(_paragraph(each, align)))


def stripe(slide: Any, box: Box, colour: str) -> None:
    """A coloured area that says nothing, and is marked so for those who listen."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    shape.fill.solid()
    shape.fill.fore_color.rgb = paint(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False
    shape._element.nvSpPr.cNvPr.append(parse_xml(_DECORATIVE))


def describe(frame: Any, alt: str, name: str) -> None:
    """The words that are read aloud in place of a chart or table."""
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("descr", clean(alt))
    properties.set("name", name)


def heights(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """How high each row will be, in inches, with its cells cut as they may be."""
    return [
        max(
            cell.fitted(room := _room(columns, at, cell)).height(room) / cell.span
            for at, cell in enumerate(row)
            if cell.paragraphs
        )
        for row in rows
    ]


def table(
    slide: Any,
    at: tuple[float, float],
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    row_heights: Sequence[float],
    head: float,
    alt: str,
) -> None:
    """A native table with a head. A cell that spans rows stands in the first of them; below it
    (and beside one that goes across) an empty `Cell()` keeps its place."""
    total = sum(column.width for column in columns)
    box = Box(*at, total, head + sum(row_heights))
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), *box.emu)
    describe(frame, alt, f"{words_.TABLE} {len(slide.shapes)}")
    grid = frame.table
    grid._tbl.tblPr.find(f"{{{_ns()}}}tableStyleId").text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    grid.horz_banding = False
    for column, width in zip(grid.columns, columns, strict=True):
        column.width = Inches(width.width)
    headings = [
        Cell((Words(column.head, 14, GREY, True),), column.align, shaded=True) for column in columns
    ]
    for place, (cells, height) in enumerate(
        zip([headings, *rows], [head, *row_heights], strict=True)
    ):
        grid.rows[place].height = Inches(height)
        for number, cell in enumerate(cells):
            _cell(grid, place, number, cell, _room(columns, number, cell))


def _room(columns: Sequence[Column], at: int, cell: Cell) -> float:
    width = sum(column.width for column in columns[at : at + cell.across])
    return (width - 2 * PAD) * POINTS


def _cell(grid: Any, row: int, column: int, cell: Cell, room: float) -> None:
    target = grid.cell(row, column)
    if cell.span > 1 or cell.across > 1:
        target.merge(grid.cell(row + cell.span - 1, column + cell.across - 1))
    element = target._tc
    for old in list(element):
        element.remove(old)
    paragraphs = cell.fitted(room).paragraphs or (Words(""),)
    xml = "".join(_paragraph(each, cell.align, bare=True) for each in paragraphs)
    line = f'<a:solidFill><a:srgbClr val="{rgb(RULE)}"/></a:solidFill>'
    ground = f'<a:solidFill><a:srgbClr val="{rgb(SHADE)}"/></a:solidFill>'
    edge, pad = Inches(PAD), Inches(ROOF)
    element.append(parse_xml(f"<a:txBody {_A}><a:bodyPr/><a:lstStyle/>{xml}</a:txBody>"))
    element.append(
        parse_xml(
            f'<a:tcPr {_A} marL="{edge}" marR="{edge}" marT="{pad}" marB="{pad}" anchor="ctr">'
            f'<a:lnB w="9525">{line}</a:lnB>{ground if cell.shaded else "<a:noFill/>"}</a:tcPr>'
        )
    )


def paint(colour: str) -> RGBColor:
    digits = rgb(colour)
    channels = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return RGBColor(*channels)  # type: ignore[no-untyped-call]


def _paragraph(words: Words, align: str = "l", bare: bool = False) -> str:
    spacing = round(words.size * LEADING * 100)
    style = f'lang="zh-CN" altLang="en-US" sz="{words.size * 100}" b="{int(words.bold)}" dirty="0"'
    colour = f'<a:solidFill><a:srgbClr val="{rgb(words.colour)}"/></a:solidFill>'
    runs = "<a:br/>".join(
        f"<a:r><a:rPr {style}>{colour}{_FACE}</a:rPr><a:t>{escape(clean(line))}</a:t></a:r>"
        for line in words.text.split("\n")
    )
    return (
        f'<a:p{"" if bare else " " + _A}><a:pPr algn="{align}"><a:lnSpc><a:spcPts val="{spacing}"/>'
        f'</a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/></a:pPr>{runs}</a:p>'
    )


def _number(number: int) -> str:
    colour = f'<a:solidFill><a:srgbClr val="{rgb(GREY)}"/></a:solidFill>'
    return (
        f'<a:p {_A}><a:pPr algn="r"/><a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" '
        f'type="slidenum"><a:rPr lang="zh-CN" sz="1200">{colour}{_FACE}</a:rPr>'
        f"<a:t>{number}</a:t></a:fld></a:p>"
    )


def _notes(slide: Any, notes: Sequence[str]) -> None:
    body = slide.notes_slide.notes_text_frame._txBody
    for old in list(body.p_lst):
        body.remove(old)
    for line in notes or [""]:
        body.append(parse_xml(_paragraph(Words(line, 12))))


def _ns() -> str:
    return "http://schemas.openxmlformats.org/drawingml/2006/main"
