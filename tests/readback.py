"""What `show --format json` says, as the words that a document has to have printed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from minsheng import labels, printed
from minsheng.export import json_text
from minsheng.measuring.snapshot import Snapshot
from minsheng.printed import number, percent


def squeezed(words: str) -> str:
    """Without white space: where lines wrap is the paper's business."""
    return "".join(words.split())


def measured(shot: Snapshot) -> Iterator[tuple[str, ...]]:
    """For each indicator the row of the measured table, from the JSON's own numbers."""
    for project in json_text.as_dict(shot)["projects"]:
        whole = (
            percent(project["completion"]),
            percent(project["weakest"]),
            percent(project["claimed"]),
            f"{project['delivery']}\n{light(project['light'])}",
        )
        for part in project["indicators"]:
            unit = part["unit"]
            done = printed.DASH if part["done"] is None else f"{number(part['done'])} {unit}"
            target = f"{number(part['target'])} {unit}"
            yield (
                project["id"], part["name"], target, done,
                percent(part["completion"]), part["basis"], *whole,
            )  # fmt: skip


def departments(shot: Snapshot) -> Iterator[tuple[str, ...]]:
    for each in json_text.as_dict(shot)["departments"]:
        best, worst = each["rank_range"]
        firm = printed.rank_range(best, worst)
        yield (
            printed.rank(each["rank"]), each["name"], str(each["projects"]), str(each["done"]),
            str(each["behind"]), percent(each["completion"]), percent(each["claimed"]),
            firm, labels.FEW if each["few"] else "",
        )  # fmt: skip


def categories(shot: Snapshot) -> Iterator[tuple[str, str, str]]:
    for each in json_text.as_dict(shot)["categories"]:
        yield each["name"], str(each["projects"]), percent(each["completion"])


def findings(shot: Snapshot) -> Iterator[tuple[str, str, str]]:
    for each in json_text.as_dict(shot)["findings"]:
        yield each["project"], labels.RULES[each["code"]].title, each["message"]


def light(word: str) -> str:
    return labels.light(next(light for light, name in labels.LIGHT.items() if name == word))


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def tables(document: Any) -> list[list[tuple[str, ...]]]:
    """Every table as rows of text; a merged cell's text stands in each of its rows."""
    return [[tuple(c.text for c in row.cells) for row in each.rows] for each in document.tables]


def table(document: Any, head: str) -> list[dict[str, str]]:
    """The rows of the table that has the heading."""
    found = next(rows for rows in tables(document) if head in rows[0])
    return [dict(zip(found[0], row, strict=True)) for row in found[1:]]


def east_asian_fonts(document: Any) -> set[str | None]:
    """The East Asian font of every run of the body."""
    return {
        run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia"))
        for run in document.element.body.iter(qn("w:r"))
    }
