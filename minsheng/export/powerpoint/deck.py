"""What slides are made of: words, tables, marks, notes, footer. Knows nothing of projects.

The agenda's pixels of 1920 are half points here; spacing is exact, so that what was measured to fit
fits whatever font the reader's machine puts in the theme's place.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.util import Emu

from minsheng import theme
from minsheng.agenda import LEADING, SMALL, Cell, Column, Line, Run, Tone
from minsheng.export.clean import clean
from minsheng.export.cover import Cover
from minsheng.export.ooxml import settled
from minsheng.export.powerpoint.template import FILE, Box, body, layout, opened
from minsheng.labels import slides as words_
from minsheng.model import Light, Severity
from minsheng.printed import unbroken

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
PIXEL = 12192000 / 1920  # in EMU
PAD = 12  # pixels beside a cell's words
_DECORATIVE = (
    f'<a:extLst {A}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
_FACE = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_INK: dict[Tone, str] = {
    "ink": "tx1",
    "quiet": "tx2",
    "alert": theme.LIGHT_INK[Light.FAR_BEHIND],
    "claim": theme.CLAIMED_INK,
    Severity.HIGH: theme.LIGHT_INK[Light.FAR_BEHIND],
    Severity.MEDIUM: theme.LIGHT_INK[Light.BEHIND],
    Severity.LOW: "tx2",
}


def px(pixels: float) -> Emu:
    return Emu(round(pixels * PIXEL))


@dataclass(frozen=True)
class Mark:
    """A shape of a chart that no series draws; `colour` as `fill` takes it."""

    box: Box
    colour: str
    kind: Any = MSO_SHAPE.RECTANGLE
    edge: str = ""


class Deck:
    """`slide` adds one, `save` ends the deck. The same calls make the same bytes."""

    def __init__(self, cover: Cover, file: Path = FILE) -> None:
        self.cover = cover
        self._show = opened(cover, file)

    def slide(
        self,
        title: Sequence[Run],
        foot: str,
        notes: Sequence[str],
        opening: bool = False,
        small: str = "",
    ) -> tuple[Any, Box]:
        """A slide with heading, footer, number and speaker notes, and the place that is left;
        `small` stands behind the heading."""
        made = layout(self._show, opening)
        slide = self._show.slides.add_slide(made)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        heading = slide.shapes.title.text_frame._txBody
        for old in list(heading.p_lst):
            heading.remove(old)
        runs = "".join(_run(run, inherits=True) for run in title) + _run(Run(small, "quiet"), SMALL)
        heading.append(parse_xml(f"<a:p {A}>{runs}</a:p>"))
        number = len(self._show.slides)
        _foot(slide, made, 11, _run(Run(foot), inherits=True))
        _foot(slide, made, 12, _number(number))
        _notes(slide, notes)
        return slide, body(made)

    def save(self) -> bytes:
        out = io.BytesIO()
        self._show.save(out)
        return settled(out.getvalue())


def text(slide: Any, box: Box, lines: Sequence[Line], align: str = "l", anchor: str = "t") -> None:
    shape = slide.shapes.add_textbox(box.x, box.y, box.w, box.h)
    frame = shape.text_frame._txBody
    shape.text_frame.word_wrap = True
    _inset(frame.bodyPr, anchor)
    for old in list(frame.p_lst):
        frame.remove(old)
    for each in lines:
        frame.append(parse_xml(_paragraph(each, align)))


def tile(
    slide: Any,
    box: Box,
    ground: str,
    words: str,
    size: int,
    ink: str = "bg1",
    align: str = "ctr",
) -> None:
    """A word of its own size on a coloured area; on none where `ground` is empty."""
    if ground:
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, box.x, box.y, box.w, box.h)
        _painted(shape, Mark(box, ground))
    else:
        shape = slide.shapes.add_textbox(box.x, box.y, box.w, box.h)
    frame = shape.text_frame._txBody
    _inset(frame.bodyPr, "ctr")
    for old in list(frame.p_lst):
        frame.remove(old)
    frame.append(
        parse_xml(
            f'<a:p {A}><a:pPr algn="{align}"/><a:r><a:rPr lang="zh-CN" sz="{size * 50}" b="1">'
            f"{fill(ink)}{_FACE}</a:rPr><a:t>{escape(clean(words))}</a:t></a:r></a:p>"
        )
    )


def marks(slide: Any, each: Sequence[Mark]) -> None:
    """Shapes in one group, which says nothing to those who listen: the chart's words do."""
    if not each:
        return
    group = slide.shapes.add_group_shape()
    for mark in each:
        box = mark.box
        _painted(group.shapes.add_shape(mark.kind, box.x, box.y, box.w, box.h), mark)
    group.name = words_.MARKS
    group._element.nvGrpSpPr.cNvPr.append(parse_xml(_DECORATIVE))


def describe(frame: Any, alt: str, name: str) -> None:
    """The words that are read aloud in place of a chart or table."""
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("descr", clean(alt))
    properties.set("name", name)


def table(
    slide: Any,
    box: Box,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...] | Line],
    heights: Sequence[float],
    alt: str,
) -> None:
    """A native table with a head; `heights` are in pixels, the head's first. A row that is one line
    goes across, and a heading without words is that of the column before it."""
    widths = [round(box.w * each.width / sum(c.width for c in columns)) for each in columns]
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), box.x, box.y, sum(widths), box.h)
    describe(frame, alt, f"{words_.TABLE} {len(slide.shapes)}")
    grid = frame.table
    grid._tbl.tblPr.find(f"{{{_ns()}}}tableStyleId").text = _NO_STYLE
    grid.horz_banding = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    heads = [
        Cell((Line((Run(column.head, "quiet"),), small=True),)) if column.head else Cell()
        for column in columns
    ]
    for place, (row, height) in enumerate(zip([tuple(heads), *rows], heights, strict=True)):
        grid.rows[place].height = px(height)
        cells = (Cell((row,)), *[Cell()] * (len(columns) - 1)) if isinstance(row, Line) else row
        if isinstance(row, Line):
            grid.cell(place, 0).merge(grid.cell(place, len(columns) - 1))
        for at, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            if place == 0 and at + 1 < len(columns) and not columns[at + 1].head:
                grid.cell(0, at).merge(grid.cell(0, at + 1))
            _cell(grid.cell(place, at)._tc, cell, column.align[0], 28 if place == 0 else 0)


def _cell(element: Any, cell: Cell, align: str, size: int) -> None:
    for old in list(element):
        element.remove(old)
    lines = cell.lines or (Line((Run(""),), small=True),)
    xml = "".join(_paragraph(each, align, size, bare=True) for each in lines)
    edge = px(PAD)
    element.append(parse_xml(f"<a:txBody {A}><a:bodyPr/><a:lstStyle/>{xml}</a:txBody>"))
    element.append(
        parse_xml(
            f'<a:tcPr {A} marL="0" marR="{edge}" marT="0" marB="0" anchor="ctr">'
            f'<a:lnB w="9525">{fill("bg2")}</a:lnB><a:noFill/></a:tcPr>'
        )
    )


def fill(colour: str) -> str:
    """A colour of the theme by its name, any other as it is; a translucent one as on white."""
    if not colour.startswith(("#", "rgb")):
        return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
    return f'<a:solidFill><a:srgbClr val="{rgb(colour)}"/></a:solidFill>'


def rgb(colour: str) -> str:
    if colour.startswith("#"):
        return colour[1:].upper()
    *channels, alpha = (float(each) for each in re.findall(r"[\d.]+", colour))
    return "".join(f"{round(255 + (each - 255) * alpha):02X}" for each in channels)


def pale(colour: str) -> str:
    """Half as strong, on white paper."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.5)"


def _painted(shape: Any, mark: Mark) -> None:
    properties = shape._element.spPr
    for style in shape._element.findall("{*}style"):  # which would add a shadow
        shape._element.remove(style)
    properties.append(parse_xml(fill(mark.colour).replace(">", f" {A}>", 1)))
    edge = f'<a:ln {A} w="{px(4)}">{fill(mark.edge)}</a:ln>' if mark.edge else ""
    properties.append(parse_xml(edge or f"<a:ln {A}><a:noFill/></a:ln>"))


def _inset(properties: Any, anchor: str) -> None:
    for side in ("lIns", "rIns", "tIns", "bIns"):
        properties.set(side, "0")
    properties.set("anchor", anchor)
    properties.set("wrap", "square")


def _paragraph(line: Line, align: str = "l", size: int = 0, bare: bool = False) -> str:
    size = size or line.size
    spacing = round(size * LEADING * 50)
    runs = "".join(_run(each, size) for each in line.runs)
    return (
        f'<a:p{"" if bare else " " + A}><a:pPr algn="{align if align == "ctr" else align[0]}">'
        f'<a:lnSpc><a:spcPts val="{spacing}"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f"<a:buNone/></a:pPr>{runs}</a:p>"
    )


def _run(run: Run, size: int = 0, inherits: bool = False) -> str:
    """A run; one that inherits has the size, weight and face of its place in the template, and its
    colour too where it says nothing of its own."""
    colour = "" if inherits and run.tone == "ink" else fill(_ink(run.tone))
    style = "" if inherits else f' sz="{size * 50}" b="{int(run.strong)}"'
    return (
        f'<a:r><a:rPr lang="zh-CN" altLang="en-US"{style} dirty="0">{colour}'
        f"{'' if inherits else _FACE}</a:rPr><a:t>{escape(clean(unbroken(run.text)))}</a:t></a:r>"
    )


def _ink(tone: Tone) -> str:
    return _INK[tone] if tone in _INK else theme.LIGHT[Light(tone)]


def _foot(slide: Any, made: Any, idx: int, run: str) -> None:
    """The layout's own placeholder, with words: python-pptx leaves footers out of new slides."""
    place = next(each for each in made.placeholders if each.placeholder_format.idx == idx)
    shape = copy.deepcopy(place._element)
    frame = shape.txBody
    for paragraph in list(frame.p_lst):
        frame.remove(paragraph)
    frame.append(parse_xml(f"<a:p {A}>{run}</a:p>"))
    for child in list(shape.spPr):
        shape.spPr.remove(child)
    shape.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
    slide.shapes._spTree.append(shape)


def _number(number: int) -> str:
    return (
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
        f'<a:rPr lang="zh-CN"/><a:t>{number}</a:t></a:fld>'
    )


def _notes(slide: Any, notes: Sequence[str]) -> None:
    frame = slide.notes_slide.notes_text_frame._txBody
    for old in list(frame.p_lst):
        frame.remove(old)
    for line in notes or [""]:
        frame.append(parse_xml(_paragraph(Line((Run(line),)), size=24)))


def _ns() -> str:
    return "http://schemas.openxmlformats.org/drawingml/2006/main"
