"""Paragraphs and sections of a Chinese official document (GB/T 9704-2012), as WordprocessingML.

How a paragraph looks is a style of `template.docx`, which a district changes in Word; the page's
footers are the template's too. Every run names the East Asian font of its style: without
`w:eastAsia` Word would set Chinese in the theme's font, whatever `w:ascii` says, and without
`w:hint` quotation marks in the Latin one. Text is set flush left: figures in brackets do not break,
and justified they tear a line apart.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.oxml.ns import qn

from minsheng.export.blocks import Role
from minsheng.export.clean import clean

# A4 with the margins of the standard: 37 mm above, 28 mm left, a type area of 156 mm by 225 mm.
SHORT_SIDE, LONG_SIDE = 210.0, 297.0
# Keys say whether the page lies.
MARGINS = {False: (37, 26, 35, 28), True: (28, 37, 26, 35)}  # top, right, bottom, left
NUMBER_BELOW = 13  # the page number's line ends so far under the type area

# The identifiers of the template's styles.
STYLES = {
    Role.TITLE: "Title",
    Role.SUBTITLE: "Subtitle",
    Role.HEADING: "Heading1",
    Role.BODY: "MinshengBody",
    Role.ADDRESSEE: "MinshengAddressee",
    Role.SIGNATURE: "MinshengSignature",
    Role.CAPTION: "Caption",
    Role.NOTE: "MinshengNote",
    Role.ANNEXES: "MinshengAnnexes",
    Role.ANNEX: "MinshengAnnex",
}
CELL = "MinshengCell"
HEAD = "MinshengHead"


@cache
def _template() -> bytes:
    return files(__package__).joinpath("template.docx").read_bytes()


@dataclass(frozen=True)
class Template:
    """A copy of the template to be written into, and the East Asian font of each of its styles."""

    document: Any
    fonts: dict[str, str]

    @property
    def footers(self) -> str:
        """References to the footers, which number the pages on their outer side."""
        section = self.document.sections[0]._sectPr
        return "".join(
            f'<w:footerReference w:type="{each.get(qn("w:type"))}" r:id="{each.get(qn("r:id"))}"/>'
            for each in section.findall(qn("w:footerReference"))
        )


def opened(data: bytes | None = None) -> Template:
    """The program's template, or another one of the same styles."""
    document = docx.Document(io.BytesIO(data or _template()))
    path = f"{qn('w:rPr')}/{qn('w:rFonts')}"
    found = {
        style.get(qn("w:styleId")): fonts.get(qn("w:eastAsia"))
        for style in document.styles.element.findall(qn("w:style"))
        if (fonts := style.find(path)) is not None
    }
    return Template(document, found)


def paragraph(
    template: Template,
    style: str,
    text: str,
    *,
    gap: bool = False,
    center: bool = False,
    keep: bool = False,
    ends: str = "",
) -> str:
    """A paragraph as XML; `text` keeps its line breaks and tabs, and is never markup.

    `ends` is the sectPr of the section that ends with this paragraph.
    """
    mark = '<w:highlight w:val="yellow"/>' if gap else ""
    jc = '<w:jc w:val="center"/>' if center else ""
    kept = "<w:keepNext/>" if keep else ""
    words = escape(clean(text)).replace("\t", f"{_END}<w:tab/>{_START}")
    words = words.replace("\n", f"{_END}<w:br/>{_START}")
    font = quoteattr(template.fonts[style])
    properties = f'<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia={font}/>{mark}</w:rPr>'
    run = f"<w:r>{properties}{_START}{words}{_END}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{jc}{ends}</w:pPr>{run}</w:p>'


_START, _END = '<w:t xml:space="preserve">', "</w:t>"


def section(lying: bool, footers: str = "") -> str:
    """Paper and margins as sectPr; `footers` are references, which later sections inherit."""
    width, height = (LONG_SIDE, SHORT_SIDE) if lying else (SHORT_SIDE, LONG_SIDE)
    top, right, bottom, left = (twips(margin) for margin in MARGINS[lying])
    footer = twips(MARGINS[lying][2] - NUMBER_BELOW)
    return (
        f'<w:sectPr>{footers}<w:type w:val="nextPage"/><w:pgSz w:w="{twips(width)}" '
        f'w:h="{twips(height)}" w:orient="{"landscape" if lying else "portrait"}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="850" w:footer="{footer}" w:gutter="0"/></w:sectPr>'
    )


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)
