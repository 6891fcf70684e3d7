"""Blocks → a Word document. Written as XML in one pass: python-docx's own `table.cell(r, c)` walks
the whole table for every cell, which makes 3,000 projects take hours."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from minsheng import labels
from minsheng.export import ooxml, word_styles
from minsheng.export.blocks import Align, Block, Landscape, Row, Table, printable
from minsheng.export.cover import Cover
from minsheng.export.word_styles import CELL, FACES, HEAD, TYPE_AREA
from minsheng.labels import bulletin

_TWIPS = 1440 / 25.4
_PADDING = 1.4  # mm, beside a cell's text on either side
_CHARACTER = 10.5 * 25.4 / 72  # mm, one Chinese character in a table
# A row up to this high moves to the next page in one piece; a higher one may break.
_SHORT = 8
_GROUP = 16  # lines of rows that are kept together
_MERGE = {True: '<w:vMerge w:val="restart"/>', False: "<w:vMerge/>"}
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{e} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for e in _EDGES)
_BESIDE = "".join(
    f'<w:{edge} w:w="{round(_PADDING * _TWIPS)}" w:type="dxa"/>' for edge in ("left", "right")
)
_BORDERS = (
    '<w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
    f"<w:tblBorders>{_LINES}</w:tblBorders>"
    f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_BESIDE}</w:tblCellMar>'
)
_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


def render(blocks: Sequence[Block], cover: Cover, title: str) -> bytes:
    document = docx.Document()
    word_styles.dress(document)
    body = document.element.body
    side = "landscape" if isinstance(blocks[0], Landscape) else "portrait"
    word_styles.lay(document.sections[0], side)
    word_styles.number_pages(document)
    for place, block in enumerate(blocks):
        if isinstance(block, Landscape):
            if place:
                side = "landscape"
                _new_section(document, side)
        elif isinstance(block, Table):
            _append(body, _table(block, TYPE_AREA[side][0]))
        else:
            _append(body, word_styles.paragraph(FACES[block.role], block.text, gap=block.gap))
    _describe(document, cover, title)
    made = io.BytesIO()
    document.save(made)
    return ooxml.settled(made.getvalue())


def _append(body: Any, xml: str) -> None:
    body.insert(len(body) - 1, parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")[0])


def _new_section(document: Any, side: str) -> None:
    """Ends the section in its last paragraph: a paragraph of its own could make an empty page."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    word_styles.lay(section, side)
    last = document.element.body[-2]
    before = last.getprevious()
    if before.tag == qn("w:p"):
        before.get_or_add_pPr().append(last.pPr.find(qn("w:sectPr")))
        document.element.body.remove(last)


def _describe(document: Any, cover: Cover, title: str) -> None:
    """The document's properties: nobody's name, and the cut-off date for every time."""
    properties = document.core_properties
    properties.title = title
    properties.subject = printable(cover.dated)
    properties.author = properties.last_modified_by = labels.APP
    properties.comments = printable(bulletin.note(cover.facts))
    properties.language = "zh-CN"
    properties.created = properties.modified = cover.created
    properties.revision = 1


def _table(table: Table, room: float) -> str:
    """The table as wide as the type area, `room` in millimetres."""
    scale = room / sum(column.width for column in table.columns)
    widths = [column.width * scale for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    head = "".join(
        _cell(width, word_styles.paragraph(HEAD, column.head), _SHADED)
        for width, column in zip(widths, table.columns, strict=True)
    )
    rows = [
        _row(table, row, widths, keep)
        for row, keep in zip(table.rows, _kept(table, widths), strict=True)
    ]
    return (
        f"<w:tbl><w:tblPr>{_BORDERS.format(width=_twips(room))}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{''.join(rows)}</w:tbl>"
    )


def _kept(table: Table, widths: Sequence[float]) -> Iterator[bool]:
    """Which rows stay on one page with the next: those of a small table, or of a small group."""
    for group in table.groups():
        small = sum(_row_lines(row, widths) for row in group) <= _GROUP
        yield from (table.whole or small for _ in group[1:])
        yield table.whole


def _row(table: Table, row: Row, widths: Sequence[float], keep: bool) -> str:
    """`keep` holds the row on one page with the next."""
    cells = []
    for cell, width, column in zip(row, widths, table.columns, strict=True):
        text = cell.text if cell else ""
        merge = "" if cell and cell.down == 1 else _MERGE[cell is not None]
        center = column.align is Align.CENTER
        words = word_styles.paragraph(CELL, text, center=center, keep=keep)
        cells.append(_cell(width, words, merge))
    whole = "<w:cantSplit/>" if _row_lines(row, widths) <= _SHORT else ""
    return f"<w:tr>{f'<w:trPr>{whole}</w:trPr>' if whole else ''}{''.join(cells)}</w:tr>"


def _row_lines(row: Row, widths: Sequence[float]) -> int:
    pairs = zip(row, widths, strict=True)
    return max(
        (_lines(cell.text, width) for cell, width in pairs if cell and cell.down == 1), default=1
    )


def _lines(text: str, width: float) -> int:
    """How many lines the text takes, near enough to tell a short row from a long one."""
    fit = max(int((width - _PADDING * 2) / _CHARACTER), 1)
    return sum(-(-max(len(line), 1) // fit) for line in text.split("\n"))


def _cell(width: float, paragraph: str, more: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{more}'
        f'<w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)
