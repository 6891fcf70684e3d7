"""Snapshot → PDF: the bulletin with its annexes, set on the server without browser or office suite.

Set by Typst (Apache-2.0; one wheel of 34 MB, 84 MB unpacked, no system libraries): it knows Chinese
line breaking, repeats the heads of tables, embeds subsets and takes text as values. Tried beside
it, reportlab 5.1 (BSD) refuses Noto CJK ("postscript outlines are not supported") and fpdf2 2.8
(LGPL, 40 MB with fontTools and Pillow) begins lines with a comma; WeasyPrint (BSD) needs Pango.

The file is PDF/A-2u, the archive form: Typst refuses it where a character has no glyph, which
is how an empty box is noticed before a reader sees it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from minsheng import labels, theme
from minsheng.export import cover, paper
from minsheng.export.blocks import Cell, Paragraph, Table, printable, sections
from minsheng.export.clean import apart
from minsheng.export.word import bulletin_text
from minsheng.labels import bulletin, fonts
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Refused

_TEMPLATE = Path(__file__).with_name("document.typ")
_COLORS = {
    "strip": theme.STEPS[0],
    "claimed": theme.CLAIMED,
    "hatch": theme.MEAN,
    "frame": theme.LINE,
    "mark": theme.INK["light"],
    "gap": "#ffee66",
    "head": "#f2f2f2",
}
# A report names few characters that no installed font has; more are a font that lacks Chinese.
_MOST_REPLACED = 30
_MOST_ROWS = 400
_PROPERTY = 2000  # characters of a property; a string of PDF/A may have 32,767
_NO_GLYPH = re.compile(
    r'the text `"(?P<text>(?:[^"\\]|\\.)+)"` could not be displayed'
    r'|codepoint `"(?P<point>(?:[^"\\]|\\.)+)"`'
)
_COMMON = re.compile("[\u4e00-\u9fff]")
_PICTURE = re.compile("[\U0001f000-\U0001faff]")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)|(.)", re.DOTALL)


def build(shot: Snapshot) -> bytes:
    """The bulletin.

    Raises:
        Refused: no Chinese font is installed.
    """
    made = cover.of(shot)
    installed = typst.Fonts(include_embedded_fonts=False)
    document = {
        "title": bulletin_text.title(shot)[:_PROPERTY],
        "description": printable(bulletin.note(made.facts))[:_PROPERTY],
        "author": labels.APP,
        "keywords": [
            printable(made.place)[:_PROPERTY],
            printable(made.period)[:_PROPERTY],
            made.fingerprint,
        ],
        "date": [made.as_of.year, made.as_of.month, made.as_of.day],
        "fonts": chosen_fonts(installed.families()),
        "colors": _COLORS,
        "sections": [
            {"lying": lying, "blocks": [each for block in blocks for each in _drawn(block, lying)]}
            for lying, blocks in sections(bulletin_text.blocks(shot))
        ],
    }
    return _compiled(apart(json.dumps(document, ensure_ascii=False)), installed, made.created)


def check() -> None:
    """Raises Refused where `build` would, for want of a font."""
    chosen_fonts(typst.Fonts(include_embedded_fonts=False).families())


def chosen_fonts(families: Iterable[str]) -> dict[str, list[str]]:
    """For each role the installed fonts that may set it, the preferred one first.

    Raises:
        Refused: none is installed; Typst by itself would set empty boxes.
    """
    installed = {family.casefold(): family for family in families}
    chosen = {
        role: [installed[name.casefold()] for name in names if name.casefold() in installed]
        for role, names in fonts.INSTALLED.items()
    }
    if not all(chosen.values()):
        raise Refused(fonts.NONE_INSTALLED)
    return chosen


def _compiled(data: str, installed: typst.Fonts, created: dt.datetime) -> bytes:
    """Sets the document; a character without a glyph is set as its code, 〔U+13000〕."""
    named: set[str] = set()
    for _ in range(_MOST_REPLACED):
        try:
            pdf: bytes = typst.compile(
                str(_TEMPLATE),
                root=str(_TEMPLATE.parent),
                font_paths=installed,
                sys_inputs={"data": data},
                timestamp=created.replace(tzinfo=dt.UTC),
                pdf_standards="a-2u",
            )
        except typst.TypstError as error:
            characters = _missing(data, str(error))
            named |= characters
            for character in characters:
                code = fonts.NOT_SHOWN.format(code=f"U+{ord(character):04X}")
                data = data.replace(character, code)
        else:
            return pdf
    if any(_COMMON.match(character) for character in named):
        raise Refused(fonts.NONE_INSTALLED)
    raise Refused(fonts.TOO_MANY.format(characters=" ".join(sorted(named)[:10])))


def _missing(data: str, message: str) -> set[str]:
    """The characters that Typst complains of; of pictures all that the data hold, for no font that
    is chosen has any.

    Raises:
        Refused: it complains of something else.
    """
    found = _NO_GLYPH.search(message)
    missing = _ESCAPED.findall(found["text"] or found["point"]) if found else []
    characters = {
        chr(int(code, 16)) if code else escaped or plain for code, escaped, plain in missing
    }
    odd = {each for each in characters if not each.isascii()} & set(data)
    if not odd:
        raise Refused(fonts.CANNOT_SET.format(why=message))
    return odd | set(_PICTURE.findall(data) if any(map(_PICTURE.match, odd)) else ())


def _drawn(block: Paragraph | Table, lying: bool) -> Iterator[dict[str, Any]]:
    if isinstance(block, Paragraph):
        yield {"kind": "text", "role": block.role, "text": block.text, "gap": block.gap}
        return
    pieces = list(_pieces(block, lying))
    for place, rows in enumerate(pieces):
        yield {
            "kind": "table",
            "legend": block.legend if place == len(pieces) - 1 else "",
            "whole": block.whole,
            "columns": [
                {"head": column.head, "width": column.width, "align": column.align}
                for column in block.columns
            ],
            "rows": rows,
        }


def _pieces(table: Table, lying: bool) -> Iterator[list[list[dict[str, Any] | None]]]:
    """The rows in tables that Typst can set: its time grows with the square of a table's rows."""
    piece: list[list[dict[str, Any] | None]] = []
    for row, unbroken, group, goes_on in paper.rows(table, paper.widths(table, lying)):
        piece.append([_cell(cell, unbroken, group) for cell in row])
        if len(piece) >= _MOST_ROWS and not goes_on:
            yield piece
            piece = []
    if piece:
        yield piece


def _cell(cell: Cell | None, unbroken: bool, group: bool) -> dict[str, Any] | None:
    if cell is None:
        return None
    ink = theme.MEAN if cell.light is None else theme.LIGHT[cell.light]
    bar = cell.bar and {**asdict(cell.bar), "ink": ink}
    breakable = not (unbroken if cell.down == 1 else group)
    return {"text": cell.text, "down": cell.down, "bar": bar, "breakable": breakable}
