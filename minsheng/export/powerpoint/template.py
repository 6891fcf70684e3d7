"""The empty deck: its size, its two layouts, fonts and colours; what the template of python-pptx
brings besides is taken out."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from minsheng import theme
from minsheng.export.clean import clean
from minsheng.export.cover import Cover
from minsheng.labels import slides as words

WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.6
TOP, BOTTOM = 1.5, 6.85
POINTS = 72
PAD = 0.08


@dataclass(frozen=True)
class Box:
    """A place on the slide, in inches."""

    x: float
    y: float
    w: float
    h: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        return Inches(self.x), Inches(self.y), Inches(self.w), Inches(self.h)

    @property
    def points(self) -> float:
        """The width that is left for words."""
        return (self.w - 2 * PAD) * POINTS


BODY = Box(MARGIN, TOP, WIDTH - 2 * MARGIN, BOTTOM - TOP)
FOOT = Box(MARGIN, 6.93, 11.2, 0.42)
_NUMBER = Box(WIDTH - MARGIN - 0.9, 6.93, 0.9, 0.42)
_PLACES = {
    "title": Box(MARGIN, 0.4, BODY.w, 0.95),
    "ctrTitle": Box(MARGIN, 1.5, BODY.w, 1.6),
    "ftr": FOOT,
    "sldNum": _NUMBER,
}


def empty(cover: Cover) -> tuple[Any, Any, Any]:
    """A presentation without slides, its opening layout and its plain one."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(WIDTH), Inches(HEIGHT)
    opening, plain = _layouts(show)
    _without_leftovers(show.part)
    _theme(show.slide_master.part)
    _name_parts_in_turn(show.part.package)
    _properties(show.core_properties, cover)
    return show, opening, plain


def placeholder(layout: Any, kind: str) -> Any:
    return next(
        shape._element
        for shape in layout.placeholders
        if shape._element.nvSpPr.nvPr.find(".//{*}ph").get("type") == kind
    )


def rgb(colour: str) -> str:
    """A theme colour as PowerPoint writes it; a translucent one as it looks on white paper."""
    if colour.startswith("#"):
        return colour[1:].upper()
    *channels, alpha = (float(each) for each in re.findall(r"[\d.]+", colour))
    return "".join(f"{round(255 + (each - 255) * alpha):02X}" for each in channels)


def _layouts(show: Any) -> tuple[Any, Any]:
    """Keeps an opening and a plain layout, both with title, footer and number where they belong."""
    layouts = show.slide_layouts
    opening, plain = layouts[0], layouts[5]
    for layout in list(layouts):
        if layout not in (opening, plain):
            layouts.remove(layout)
    opening.name, plain.name = words.LAYOUT_TITLE, words.LAYOUT_CONTENT
    for owner in (show.slide_master, opening, plain):
        for shape in list(owner.placeholders):
            kind = shape._element.nvSpPr.nvPr.find(".//{*}ph").get("type")
            box = _PLACES.get(kind)
            if box is not None:
                shape.left, shape.top, shape.width, shape.height = box.emu
            elif kind == "body":
                shape.left, shape.top, shape.width, shape.height = BODY.emu
            else:
                shape._element.getparent().remove(shape._element)
            if kind in ("title", "ctrTitle"):
                _anchor(shape, "b" if kind == "ctrTitle" else "ctr")
    return opening, plain


def _anchor(shape: Any, where: str) -> None:
    properties = shape.text_frame._txBody.bodyPr
    for child in list(properties):
        properties.remove(child)
    properties.set("anchor", where)
    for side in ("lIns", "rIns"):
        properties.set(side, str(Inches(PAD)))


def _theme(master: Any) -> None:
    """Fonts and colours of the deck itself, so that what somebody adds later looks alike."""
    part = next(rel.target_part for rel in master.rels.values() if rel.reltype.endswith("/theme"))
    xml = part.blob.decode()
    xml = xml.replace(
        '<a:latin typeface="Calibri"/><a:ea typeface=""/>',
        f'<a:latin typeface="{words.FONT}"/><a:ea typeface="{words.FONT}"/>',
    )
    xml = re.sub('(script="Hans" typeface=)"[^"]*"', rf'\g<1>"{words.FONT}"', xml)
    for place, colour in enumerate(theme.STAGES[:6], start=1):
        xml = re.sub(rf'(<a:accent{place}><a:srgbClr val=)"\w+"', rf'\g<1>"{rgb(colour)}"', xml)
    part._blob = xml.encode()


def _without_leftovers(presentation: Any) -> None:
    """The template's picture of itself and its printer are not ours."""
    for owner in (presentation.package._rels, presentation.rels):
        for key, rel in list(owner.items()):
            if rel.reltype.rsplit("/", 1)[-1] in ("thumbnail", "printerSettings"):
                owner.pop(key)


def _name_parts_in_turn(package: Any) -> None:
    """python-pptx looks through the whole package for each new part's number, which takes time
    with the square of the slides; nothing else names parts here, so counting is enough."""
    counters: dict[str, Any] = {}

    def next_partname(template: str) -> PackURI:
        taken = package.__class__.next_partname
        if template not in counters:
            first = taken(package, template)
            digits = re.search(r"\d+(?=\.\w+$)", str(first))
            assert digits is not None
            counters[template] = itertools.count(int(digits.group()))
        return PackURI(template % next(counters[template]))

    package.next_partname = next_partname


def _properties(properties: Any, cover: Cover) -> None:
    properties.title = clean(cover.title)[:255]
    properties.subject = clean(cover.dated)[:255]
    properties.author = clean(cover.place)[:255]
    properties.last_modified_by = clean(cover.place)[:255]
    properties.comments = cover.fingerprint
    properties.keywords = ""
    properties.revision = 1
    properties.language = "zh-CN"
    properties.created = properties.modified = cover.created
