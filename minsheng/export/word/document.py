"""Blocks → a Word document. Written as XML in one pass: python-docx's own `table.cell(r, c)` walks
the whole table for every cell, which makes 3,000 projects take hours."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import nsdecls

from minsheng import labels
from minsheng.export import ooxml, paper
from minsheng.export.blocks import Align, Block, Paragraph, Role, Row, Table, printable, sections
from minsheng.export.cover import Cover
from minsheng.export.word import styles as word_styles
from minsheng.export.word.styles import CELL, HEAD, STYLES, Template, twips
from minsheng.labels import bulletin

_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONGEST = 255  # characters of a document property
_MERGE = {True: '<w:vMerge w:val="restart"/>', False: "<w:vMerge/>"}
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES = "".join(f'<w:{e} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for e in _EDGES)
_BESIDE = "".join(
    f'<w:{edge} w:w="{twips(paper.CELL_PADDING)}" w:type="dxa"/>' for edge in ("left", "right")
)
_BORDERS = (
    '<w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
    f"<w:tblBorders>{_LINES}</w:tblBorders>"
    f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_BESIDE}</w:tblCellMar>'
)
_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'


def render(blocks: Sequence[Block], cover: Cover, title: str) -> bytes:
    template = word_styles.opened()
    body = _body(template, sections(blocks))
    _describe(template.document, cover, title)
    made = io.BytesIO()
    template.document.save(made)
    # The body goes straight into the package: lxml takes quadratic time to move a large table
    # into python-docx's tree.
    whole = f"<w:document {nsdecls('w', 'r')}><w:body>{body}</w:body></w:document>"
    return ooxml.settled(made.getvalue(), {"word/document.xml": (_DECLARED + whole).encode()})


def _body(template: Template, parts: Sequence[tuple[bool, Sequence[Paragraph | Table]]]) -> str:
    """A section ends in its last paragraph: one of its own could make an empty page."""
    written = []
    for place, (lying, blocks) in enumerate(parts):
        layout = word_styles.section(lying, "" if place else template.footers)
        last = place == len(parts) - 1
        written += [_block(template, block, lying) for block in blocks[:-1]]
        end = blocks[-1]
        if isinstance(end, Table):
            written.append(_block(template, end, lying))
            end = Paragraph(Role.NOTE, "")
        ends = "" if last else layout
        written.append(
            word_styles.paragraph(template, STYLES[end.role], end.text, gap=end.gap, ends=ends)
        )
        if last:
            written.append(layout)
    return "".join(written)


def _block(template: Template, block: Paragraph | Table, lying: bool) -> str:
    if isinstance(block, Table):
        return _table(template, block, lying)
    return word_styles.paragraph(
        template, STYLES[block.role], block.text, gap=block.gap, keep=block.keep
    )


def _describe(document: Any, cover: Cover, title: str) -> None:
    """The document's properties: nobody's name, and the cut-off date for every time."""
    properties = document.core_properties
    properties.title = printable(title)[:_LONGEST]
    properties.subject = printable(cover.dated)[:_LONGEST]
    properties.author = properties.last_modified_by = labels.APP
    properties.comments = printable(bulletin.note(cover.facts))[:_LONGEST]
    properties.language = "zh-CN"
    properties.created = properties.modified = cover.created
    properties.revision = 1


def _table(template: Template, table: Table, lying: bool) -> str:
    widths = paper.widths(table, lying)
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    head = "".join(
        _cell(width, word_styles.paragraph(template, HEAD, column.head), _SHADED)
        for width, column in zip(widths, table.columns, strict=True)
    )
    rows = [
        _row(template, table, row, widths, unbroken, keep=table.whole or (group and goes_on))
        for row, unbroken, group, goes_on in paper.rows(table, widths)
    ]
    return (
        f"<w:tbl><w:tblPr>{_BORDERS.format(width=twips(paper.ROOM[lying]))}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{''.join(rows)}</w:tbl>"
    )


def _row(
    template: Template, table: Table, row: Row, widths: Sequence[float], unbroken: bool, keep: bool
) -> str:
    """`keep` holds the row on one page with the next."""
    written = []
    for cell, width, column in zip(row, widths, table.columns, strict=True):
        text = cell.text if cell else ""
        merge = "" if cell and cell.down == 1 else _MERGE[cell is not None]
        center = column.align is Align.CENTER
        words = word_styles.paragraph(template, CELL, text, center=center, keep=keep)
        written.append(_cell(width, words, merge))
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if unbroken else ""
    return f"<w:tr>{whole}{''.join(written)}</w:tr>"


def _cell(width: float, paragraph: str, more: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{more}'
        f'<w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>'
    )
