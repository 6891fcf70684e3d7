"""What a page or a document says, as lines of text that can be kept and compared.

Nothing here knows the product: the same functions read what an old commit made.
"""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import docx
import openpyxl
import pptx
from pypdf import PdfReader

PERCENT = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?\s?%")
COUNT = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?![\d.,]*[\d%])")


def percents(lines: Iterable[str]) -> set[str]:
    """Every percent in the words, without blank and sign: `−23.6%` is `23.6%`."""
    found = (each for line in lines for each in PERCENT.findall(line))
    return {re.sub(r"[+−\-\s]", "", each) for each in found}


def counts(lines: Iterable[str]) -> set[str]:
    """Every number that is no percent, without thousands separators."""
    return {each.replace(",", "") for line in lines for each in COUNT.findall(line)}


def document(name: str, data: bytes) -> list[str]:
    """The words of a document of the format, in the order of reading."""
    return list(_READERS[name](data))


def page(app: Any) -> list[str]:
    """The words of a page that Streamlit's harness ran: elements, components, charts."""
    found = []
    for node in _nodes(app._tree):
        proto = getattr(node, "proto", None)
        if node.type == "plotly_chart":
            found += [proto.alt, *_texts(json.loads(proto.spec))]
        elif node.type == "bidi_component":
            found += _texts(json.loads(proto.bytes or b"null") or json.loads(proto.json or "null"))
        elif proto is not None:
            found += _fields(proto)
    return _kept(found)


def _nodes(block: Any) -> Iterator[Any]:
    for node in block.children.values():
        if hasattr(node, "children"):
            yield from _nodes(node)
        else:
            yield node


_SILENT = {"id", "icon", "url", "color", "key", "element_id", "query_string", "form_id", "page",
           "options", "tag", "page_script_hash", "element_type"}  # fmt: skip


def _fields(proto: Any) -> Iterator[str]:
    """Every text of a message that is shown: not its ids and addresses."""
    for field, value in proto.ListFields():
        if field.name in _SILENT:
            continue
        if field.type == field.TYPE_STRING:
            yield from [value] if isinstance(value, str) else list(value)
        elif field.type == field.TYPE_MESSAGE and hasattr(value, "ListFields"):
            yield from _fields(value)
        elif field.type == field.TYPE_MESSAGE and not hasattr(value, "keys"):
            for each in value:
                yield from _fields(each)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in ("bdata", "template", "config", "svg", "font", "family"):
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


_SAID = re.compile(r"[一-鿿]|\d")
_MARKUP = re.compile(r"<[^<>]*>|:[a-z]+(?:-background|-badge)?\[|[\\\]]|\*\*")
_NOISE = re.compile(r"^(#?[0-9A-Fa-f]{3,32}|[xyh]\d*|[\d.]+px|rgba?\(.*|url\(.*|[a-z./]*\?\S*)$")


def _kept(words: Iterable[str]) -> list[str]:
    """Lines that say something, each once, blanks joined, markup off."""
    lines = (_MARKUP.sub("", line) for each in words for line in re.split(r"\n|<br>", each))
    joined = (" ".join(line.split()) for line in lines)
    return list(
        dict.fromkeys(each for each in joined if _SAID.search(each) and not _NOISE.match(each))
    )


def _xlsx(data: bytes) -> Iterator[str]:
    with warnings.catch_warnings(action="ignore"):  # data bars are no words
        book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        yield f"[{sheet.title}]"
        for row in sheet.iter_rows(values_only=True):
            if any(cell is not None for cell in row):
                yield _row("" if cell is None else cell for cell in row)


def _docx(data: bytes) -> Iterator[str]:
    opened = docx.Document(io.BytesIO(data))
    for part in opened.iter_inner_content():
        if hasattr(part, "rows"):
            yield "[table]"
            for row in part.rows:
                yield _row(cell.text for cell in row.cells)
        elif part.text.strip():
            yield _flat(part.text)


def _pptx(data: bytes) -> Iterator[str]:
    for number, slide in enumerate(pptx.Presentation(io.BytesIO(data)).slides, 1):
        yield f"[slide {number}]"
        for shape in _shapes(slide.shapes):
            if shape.has_text_frame and shape.text_frame.text.strip():
                yield _flat(shape.text_frame.text)
            if shape.has_table:
                for row in shape.table.rows:
                    yield _row(cell.text for cell in row.cells)
            if shape.has_chart:
                plot = shape.chart.plots[0]
                names = [str(name) for name in plot.categories]
                for series in plot.series:
                    for name, value in zip(names, series.values, strict=False):
                        yield _row([series.name, name, "" if value is None else f"{value:.12g}"])
        if slide.has_notes_slide:
            yield f"notes\t{_flat(slide.notes_slide.notes_text_frame.text)}"


def _shapes(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _pdf(data: bytes) -> Iterator[str]:
    for number, each in enumerate(PdfReader(io.BytesIO(data)).pages, 1):
        yield f"[page {number}]"
        yield from (_flat(line) for line in each.extract_text().splitlines() if line.strip())


def _csv(data: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        yield _row(row)


def _html(data: bytes) -> Iterator[str]:
    reader = _Html()
    reader.feed(data.decode())
    yield from _kept(reader.said)


class _Html(HTMLParser):
    """The text of the body: no scripts, no styles."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def _row(cells: Iterable[Any]) -> str:
    return "\t".join(_flat(f"{c:.12g}" if isinstance(c, float) else str(c)) for c in cells)


def _flat(text: str) -> str:
    return " ⏎ ".join(" ".join(line.split()) for line in re.split(r"[\n\v]", text) if line.strip())


_READERS = {
    "xlsx": _xlsx,
    "docx": _docx,
    "bulletin": _docx,
    "pptx": _pptx,
    "pdf": _pdf,
    "csv": _csv,
    "html": _html,
    "json": lambda data: data.decode().splitlines(),
}
