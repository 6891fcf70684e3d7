"""Rollup → text, JSON, CSV or Excel: the same columns, the same figures as printed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minsheng import labels
from minsheng.export import cells, excel
from minsheng.export.cover import Cover
from minsheng.export.excel.sheet import Book, Column
from minsheng.export.excel.sheet import Table as Sheet
from minsheng.labels import exports
from minsheng.labels import lists as say
from minsheng.lists.rollup import Rollup, Table
from minsheng.printed import DASH

FORMATS = ("table", "json", "csv", "xlsx")
_SINGLE_LINE = "reminder"


@dataclass(frozen=True)
class Answer:
    """What is handed out: the table, which may be of who is missing, with the figures it is of.

    `broken` are sentences about lists that are not in it, or in it as they were.
    """

    rollup: Rollup
    table: Table[Any]
    broken: tuple[str, ...] = ()

    @property
    def notes(self) -> list[str]:
        """The answer in a sentence, what was added up, and by which rule."""
        whole, of = self.rollup.whole, self.rollup
        note = [self.table.note] if self.table.note else []
        if whole is None:
            return [*note, say.scope(of.level, 0, 0, 0, None), *self.broken]
        sums = whole.standing
        scope = say.scope(of.level, len(of.lists), sums.projects, sums.known, sums.completion)
        return [*note, scope, say.judged(of.common, of.limits), *self.broken]

    @property
    def title(self) -> str:
        return say.title(self.rollup.level, self.table.name)


def build(answer: Answer, form: str) -> bytes:
    """The answer in one of `FORMATS`."""
    makers = {"table": _text, "json": _json, "csv": _csv, "xlsx": _xlsx}
    return makers[form](answer)


def _text(answer: Answer) -> bytes:
    """Tabs between columns, as `show`; what may be pasted stands under the table."""
    table = answer.table
    shown = [each for each in table.columns if each.key != _SINGLE_LINE]
    lines = [*answer.notes, "", "\t".join(each.heading for each in shown)]
    lines += ["\t".join(each.text(row).replace("\n", " ") for each in shown) for row in table.rows]
    for column in table.columns:
        if column.key == _SINGLE_LINE:
            lines += [f"\n{column.text(row)}" for row in table.rows]
    return "\n".join([*lines, ""]).encode()


def _json(answer: Answer) -> bytes:
    """Shares 0-1, unknown null; the keys are those of the columns."""
    of = answer.rollup
    lists = ("code", "place", "year", "period", "as_of", "projects")
    sums = of.whole.standing if of.whole else None
    said = {
        "as_of": of.day.isoformat(),
        "level": of.level,
        "by": of.by.value,
        "limits": [each.model_dump() for each in ([of.common] if of.common else of.limits)],
        "common": of.common is not None,
        "lists": [{key: row[key] for key in lists} for row in of.lists],
        "projects": sums.projects if sums else 0,
        "known": sums.known if sums else 0,
        "completion": sums.completion if sums else None,
        "claimed": sums.claimed if sums else None,
        "lights": {labels.LIGHT[light]: n for light, n in sums.lights.items()} if sums else {},
        "broken": list(answer.broken),
        "rows": answer.table.values(),
    }
    return (json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _csv(answer: Answer) -> bytes:
    """As `csv_text`: a byte order mark, CRLF, unknown empty, nothing that calculates."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(each.heading for each in answer.table.columns)
    for row in answer.table.texts():
        writer.writerow("" if cell == DASH else cells.guarded(cell) for cell in row)
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def _xlsx(answer: Answer) -> bytes:
    of, table = answer.rollup, answer.table
    limits = [labels.limits(each) for each in ([of.common] if of.common else of.limits)]
    book = Book(
        Cover(
            title=answer.title,
            place=say.LEVEL[of.level],
            period=say.BY[of.by],
            as_of=of.day,
            scope=exports.EVERYTHING,
            elapsed="",
            limits=limits[0] if limits else "",
            fingerprint="",
        )
    )
    columns, rows = excel.laid_out(table.columns), excel.values(table.columns, table.rows)
    book.add(Sheet(table.name, answer.title, answer.notes, columns, rows, frozen=1))
    about = _about(answer, limits)
    book.printed(book.add(about), about, about.last, pages=1)
    return book.bytes()


def _about(answer: Answer, limits: Sequence[str]) -> Sheet:
    """Which lists were added up, at which period each."""
    rows = [[words, ""] for words in (*answer.notes, *(limits if len(limits) > 1 else ()))]
    for row in answer.rollup.lists:
        day = dt.date.fromisoformat(row["as_of"])
        rows.append([f"{row['place']} {row['code']}", f"{row['label']} · {labels.date(day)}"])
    columns = [Column(exports.ITEM, 60), Column(exports.CONTENT, 40)]
    return Sheet(say.ABOUT, say.ABOUT, [answer.title], columns, rows)
