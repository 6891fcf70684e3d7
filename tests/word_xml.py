"""Word tables with borders of their own, written as Word writes them: python-docx draws straight ones."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

import make_tables as make

Cells = Sequence[tuple[str, int] | tuple[str, int, str]]
HEADING = (("序号", 1), ("项目内容", 2), ("牵头单位", 1), ("进展情况", 1))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def cell(text: str, span: int = 1, properties: str = "") -> str:
    runs = text if text.startswith("<w:") else run(text)
    return (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{properties}</w:tcPr><w:p>{runs}</w:p></w:tc>'
    )


def row(cells: Cells, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cell(*each) for each in cells)}</w:tr>"


def table(widths: Sequence[int], *rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def document(*elements: str) -> bytes:
    made = Document()
    for element in elements:
        made.element.body.insert_element_before(
            parse_xml(element.replace(">", f" {nsdecls('w', 'r')}>", 1)), "w:sectPr"
        )
    return make.saved(made)
