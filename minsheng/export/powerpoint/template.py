"""`template.pptx` is the deck's look: fonts, colours, sizes and places. A district restyles it in
PowerPoint (视图 → 幻灯片母版) and keeps the names of its two layouts.

From a layout are taken: the place and type of title, footer and number, and the place of what a
slide shows (the placeholder 内容, on the cover 说明). Words are in the theme's fonts and colours:
text 1, text 2 for what is quiet, accent 1 for means, accent 2 for claims. The colours of lights
stay: they mean something.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.packuri import PackURI

from minsheng.export.clean import clean
from minsheng.export.cover import Cover
from minsheng.labels import slides as words

FILE = Path(__file__).with_name("template.pptx")
BODY = 13  # the index of the placeholder of what a slide shows


@dataclass(frozen=True)
class Box:
    """A place on the slide, in EMU."""

    x: int
    y: int
    w: int
    h: int


def opened(cover: Cover, file: Path = FILE) -> Any:
    """The template as a presentation without slides, in the name of the place."""
    show = Presentation(str(file))
    _name_parts_in_turn(show.part.package)
    properties = show.core_properties
    properties.title = clean(cover.title)[:255]
    properties.subject = clean(cover.dated)[:255]
    properties.author = properties.last_modified_by = clean(cover.place)[:255]
    properties.comments = cover.fingerprint
    properties.keywords = ""
    properties.revision = 1
    properties.language = "zh-CN"
    properties.created = properties.modified = cover.created
    return show


def layout(show: Any, opening: bool) -> Any:
    return show.slide_layouts.get_by_name(words.LAYOUT_TITLE if opening else words.LAYOUT_CONTENT)


def body(layout: Any) -> Box:
    """The place of what a slide shows."""
    shape = next(each for each in layout.placeholders if each.placeholder_format.idx == BODY)
    return Box(shape.left, shape.top, shape.width, shape.height)


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
