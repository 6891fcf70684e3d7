"""The table 其余各栏 of an exported document, read back onto the rows that it belongs to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from minsheng.importing.columns import squeezed
from minsheng.importing.periods import When
from minsheng.importing.tables import Cell, Row, Sheets, Told
from minsheng.labels import importing as say
from minsheng.labels import rest as words

_COUNT = re.compile(r"(\d[\d,.]*)\s*(\D.*)?", re.DOTALL)
_KEYS = {name: key for key, name in words.KEYS.items()}
_HEAD = tuple(map(squeezed, words.HEAD))

Line = tuple[str, str, str, str]


def parted(sheets: Sheets) -> tuple[Sheets, tuple[Line, ...]]:
    """The sheets without such tables, and the lines of these."""
    tables, lines = [], []
    for table in sheets.tables:
        head = next((at for at, line in enumerate(table.lines) if _is_head(line)), None)
        if head is None:
            tables.append(table)
            continue
        for line in table.lines[head + 1 :]:
            if len(line) >= len(_HEAD) and not _is_head(line) and line[1].text:
                id_, content, key, text = (cell.text for cell in line[: len(_HEAD)])
                lines.append((id_, content, key, text))
    return replace(sheets, tables=tuple(tables)), tuple(lines)


def _is_head(line: Sequence[Cell]) -> bool:
    return tuple(squeezed(cell.text) for cell in line[: len(_HEAD)]) == _HEAD


def joined(rows: Sequence[Row], lines: Sequence[Line], notes: list[str]) -> list[Row]:
    """The rows with what the lines say of them: a project's lines belong to the row of the same
    promise, of several alike to the one whose turn it is. What belongs to none is named."""
    made = list(rows)
    places: dict[str, list[int]] = {}
    for number, row in enumerate(made):
        places.setdefault(squeezed(row.content), []).append(number)
    own: dict[tuple[str, str], int | None] = {}
    for id_, content, key, text in lines:
        project = (id_, squeezed(content))
        if project not in own:
            left = places.get(project[1], [])
            own[project] = left.pop(0) if left else None
        at = own[project]
        changed = _changes(made[at], key, text) if at is not None else None
        if at is None or changed is None:
            notes.append(say.rest_unplaced(content, key, text))
        else:
            made[at] = replace(made[at], **changed)
    return made


def _changes(row: Row, key: str, text: str) -> dict[str, Any] | None:
    """The fields of the row that one line changes; None where it cannot be read."""
    if key in _KEYS:
        return _CHANGES[_KEYS[key]](row, text)
    for mark in (words.PROJECT_NOTE, words.REPORT_NOTE):
        if key.startswith(mark) and (heading := key.removeprefix(mark)):
            lasting = row.lasting | {heading} if mark == words.PROJECT_NOTE else row.lasting
            return {"other": {**row.other, heading: text}, "lasting": lasting}
    if key.startswith(words.PLACE) and (count := _COUNT.fullmatch(text)):
        place = key.removeprefix(words.PLACE)
        return {"by_place": {**row.by_place, place: count[1]}, "unit": count[2] or row.unit}
    if key.startswith(words.PLAN):
        try:
            day = dt.date.fromisoformat(key.removeprefix(words.PLAN))
        except ValueError:
            return None
        when = When(day.month, "", day.year, day.day)
        return {"plans": (*row.plans, Told(when, text))}
    return None


def _said(field: str) -> Callable[[Row, str], dict[str, Any]]:
    return lambda _, text: {field: text}


def _counted(field: str) -> Callable[[Row, str], dict[str, Any] | None]:
    def changes(row: Row, text: str) -> dict[str, Any] | None:
        count = _COUNT.fullmatch(text)
        return {field: count[1], "unit": count[2] or row.unit} if count else None

    return changes


def _money(field: str) -> Callable[[Row, str], dict[str, Any] | None]:
    def changes(_: Row, text: str) -> dict[str, Any] | None:
        count = _COUNT.fullmatch(text)
        return {field: float(count[1].replace(",", ""))} if count and not count[2] else None

    return changes


_CHANGES: dict[str, Callable[[Row, str], dict[str, Any] | None]] = {
    "printed": lambda _, text: {"printed": text, "serial": text},
    "supports": lambda _, text: {"supports": tuple(filter(None, text.split("\n")))},
    "next_steps": _said("next_steps"),
    "planned": _money("planned"),
    "paid": _money("paid"),
    "done": _counted("done"),
    "this_period": _counted("this_period"),
    **{field: _said(field) for field in ("leader", "deadline", "claimed", "verdict", "problems")},
}
