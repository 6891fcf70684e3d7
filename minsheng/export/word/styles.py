"""Page, styles and fonts of a Chinese official document (GB/T 9704-2012), as WordprocessingML.

Every style and every run names its East Asian font: without `w:eastAsia` Word would set Chinese in
the theme's font, whatever `w:ascii` says, and without `w:hint` quotation marks in the Latin one.
Text is set flush left: figures in brackets do not break, and justified they tear a line apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from minsheng.export.blocks import Role
from minsheng.labels import fonts

# A4 with the margins of the standard: 37 mm above, 28 mm left, a type area of 156 mm by 225 mm.
SHORT_SIDE, LONG_SIDE = 210.0, 297.0
# Keys say whether the page lies.
MARGINS = {False: (37, 26, 35, 28), True: (28, 37, 26, 35)}  # top, right, bottom, left
NUMBER_BELOW = 13  # the page number's line ends so far under the type area


@dataclass(frozen=True)
class Face:
    """One paragraph style: the inner XML of its pPr, and its font."""

    style: str
    name: str
    font: str
    points: float
    paragraph: str
    based_on: str = "Normal"


# 22 lines on a page of 225 mm: 28.95 points a line. Two characters of indent are w:firstLineChars.
_LINE = '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_KEEP = "<w:keepNext/><w:keepLines/>"


def _exact(before: int, after: int, line: int) -> str:
    """Space and line in twentieths of a point. Exact lines in tables and notes too: a font that
    stands in must not change the pages."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


FACES = {
    Role.TITLE: Face(
        "Title",
        "Title",
        fonts.TITLE,
        22,
        f'{_KEEP}<w:spacing w:before="120" w:after="360" w:line="720" w:lineRule="exact"/>{_FLUSH}'
        '<w:jc w:val="center"/>',
    ),
    Role.SUBTITLE: Face(
        "Subtitle",
        "Subtitle",
        fonts.BODY,
        12,
        f'{_KEEP}{_exact(0, 160, 320)}{_FLUSH}<w:jc w:val="center"/>',
    ),
    Role.HEADING: Face(
        "Heading1",
        "heading 1",
        fonts.HEADING,
        16,
        f'{_KEEP}{_LINE}{_INDENT}<w:outlineLvl w:val="0"/>',
    ),
    Role.BODY: Face("MinshengBody", fonts.STYLE["body"], fonts.BODY, 16, f"{_LINE}{_INDENT}"),
    Role.ADDRESSEE: Face(
        "MinshengAddressee", fonts.STYLE["addressee"], fonts.BODY, 16, f"{_LINE}{_FLUSH}"
    ),
    Role.SIGNATURE: Face(
        "MinshengSignature",
        fonts.STYLE["signature"],
        fonts.BODY,
        16,
        f'{_KEEP}{_LINE}<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>',
    ),
    Role.CAPTION: Face(
        "Caption",
        "caption",
        fonts.HEADING,
        12,
        f'{_KEEP}{_exact(160, 80, 320)}{_FLUSH}<w:jc w:val="center"/>',
    ),
    Role.NOTE: Face(
        "MinshengNote", fonts.STYLE["note"], fonts.BODY, 9, f"{_exact(60, 0, 240)}{_FLUSH}"
    ),
    Role.ANNEXES: Face(
        "MinshengAnnexes",
        fonts.STYLE["annexes"],
        fonts.BODY,
        16,
        f"{_KEEP}{_exact(579, 579, 579)}{_INDENT}",
    ),
    Role.ANNEX: Face(
        "MinshengAnnex", fonts.STYLE["annex"], fonts.HEADING, 16, f"{_KEEP}{_LINE}{_FLUSH}"
    ),
}
CELL = Face("MinshengCell", fonts.STYLE["cell"], fonts.BODY, 10.5, f"{_exact(20, 20, 280)}{_FLUSH}")
HEAD = Face(
    "MinshengHead",
    fonts.STYLE["head"],
    fonts.HEADING,
    10.5,
    f'<w:keepNext/>{_exact(40, 40, 280)}{_FLUSH}<w:jc w:val="center"/>',
)


def dress(document: Any) -> None:
    """Gives python-docx's own template the styles, fonts and languages of official documents."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    styles.replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{_fonts(fonts.BODY)}"
            f'{_size(16)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    normal = Face("Normal", "Normal", fonts.BODY, 16, "", based_on="")
    for face in (normal, *FACES.values(), CELL, HEAD):
        for old in styles.findall(qn("w:style")):
            if old.get(qn("w:styleId")) == face.style:
                styles.remove(old)
        styles.append(_style(face))
    _font_table(document)


def _style(face: Face) -> Any:
    default = ' w:default="1"' if face.style == "Normal" else ""
    based_on = f'<w:basedOn w:val="{face.based_on}"/>' if face.based_on else ""
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph"{default} w:styleId="{face.style}">'
        f"<w:name w:val={quoteattr(face.name)}/>{based_on}<w:qFormat/>"
        f"<w:pPr>{face.paragraph}</w:pPr>"
        f"<w:rPr>{_fonts(face.font)}{_size(face.points)}</w:rPr></w:style>"
    )


def _fonts(name: str) -> str:
    latin = f'w:ascii="{fonts.LATIN}" w:hAnsi="{fonts.LATIN}" w:cs="{fonts.LATIN}"'
    return f'<w:rFonts w:hint="eastAsia" {latin} w:eastAsia="{name}"/>'


def _size(points: float) -> str:
    halves = round(points * 2)
    return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'


def _font_table(document: Any) -> None:
    """Says which fonts may stand in where the named one is not installed."""
    entries = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(','.join(others))}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in fonts.ALTERNATIVES.items()
    )
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    table = f"{declared}<w:fonts {nsdecls('w')}>{entries}</w:fonts>"
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = table.encode()


def paragraph(
    face: Face,
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
    words = escape(text).replace("\t", f"{_END}<w:tab/>{_START}")
    words = words.replace("\n", f"{_END}<w:br/>{_START}")
    properties = f'<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="{face.font}"/>{mark}</w:rPr>'
    run = f"<w:r>{properties}{_START}{words}{_END}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{face.style}"/>{kept}{jc}{ends}</w:pPr>{run}</w:p>'


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


def number_pages(document: Any) -> str:
    """— 1 — in the footer, on the outer side: right on odd pages, left on even ones.

    Returns the references to the footers.
    """
    document.settings.odd_and_even_pages_header_footer = True
    first = document.sections[0]
    for footer, jc, side in (
        (first.footer, "right", "right"),
        (first.even_page_footer, "left", "left"),
    ):
        footer.is_linked_to_previous = False
        body = footer._element
        for old in list(body):
            body.remove(old)
        run = f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{fonts.PAGE_NUMBER}"'
        run += (
            f' w:hAnsi="{fonts.PAGE_NUMBER}" w:eastAsia="{fonts.PAGE_NUMBER}"/>{_size(14)}</w:rPr>'
        )
        body.append(
            parse_xml(
                f'<w:p {nsdecls("w")}><w:pPr><w:ind w:{side}Chars="100" w:{side}="280"/>'
                f'<w:jc w:val="{jc}"/></w:pPr>'
                f"<w:r>{run}<w:t xml:space='preserve'>— </w:t></w:r>"
                f'<w:fldSimple w:instr=" PAGE "><w:r>{run}<w:t>1</w:t></w:r></w:fldSimple>'
                f"<w:r>{run}<w:t xml:space='preserve'> —</w:t></w:r></w:p>"
            )
        )
    references = first._sectPr.findall(qn("w:footerReference"))
    return "".join(
        f'<w:footerReference w:type="{each.get(qn("w:type"))}" r:id="{each.get(qn("r:id"))}"/>'
        for each in references
    )
