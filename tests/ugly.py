"""Tables as people mangle them, each with what a careful reader takes from it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from word_xml import document, row, table

TITLE = "2024年青禾区民生实事项目6月进展情况表"
HEADINGS = ("序号", "项目内容", "牵头单位", "进展情况")
CANTEENS = ("1", "新建社区食堂20家。", "区民政局", "已建成9家。")
BEDS = ("2", "新增养老床位300张。", "区卫健局", "已新增180张。")
LIFTS = ("3", "加装电梯60台。", "区住建局", "完成27台。")
WIDTHS = (800, 2600, 1200, 3500)


@dataclass(frozen=True)
class Ugly:
    """`rows` hold of each row the fields that matter here; flags are those given and no others.
    `notes` are words that the notes of the source must hold; `as_of` the last day of its period."""

    kind: int
    name: str
    data: bytes
    rows: Sequence[Mapping[str, Any]]
    notes: Sequence[str] = ()
    as_of: str = "2024-06-30"


def told(line: Sequence[str], **more: Any) -> dict[str, Any]:
    """The row of one of the lines above."""
    return {"content": line[1], "leads": (line[2],), "progress": line[3]} | more


def plain(cells: Sequence[str]) -> str:
    return row([(each, 1) for each in cells])


def words(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word(*elements: str, title: str = TITLE) -> bytes:
    return document(*([words(title)] if title else []), *elements)


def straight(*lines: Sequence[str]) -> str:
    return table(WIDTHS, plain(HEADINGS), *map(plain, lines))


def excel(fill: Callable[[Workbook, Worksheet], None]) -> bytes:
    book = Workbook()
    fill(book, book.active)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def sheet(*lines: Sequence[object], title: str = TITLE) -> bytes:
    return excel(lambda _, into: write(into, lines, title))


def write(into: Worksheet, lines: Sequence[Sequence[object]], title: str = TITLE) -> None:
    for line in ([(title,)] if title else []) + list(lines):
        into.append(list(line))


def text(*lines: str, title: str = TITLE) -> bytes:
    return "\n".join((title, *lines) if title else lines).encode()
