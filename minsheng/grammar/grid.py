"""Cells in which a small table was pasted: 完成 9 12 10 31, the last the sum of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from minsheng.grammar.numerals import as_number
from minsheng.grammar.quantities import fold

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,4})?"
_ROW = re.compile(
    rf"(?P<label>[一-鿿]{{2,20}})(?P<cells>(?:[ \t|]{{1,3}}{_NUMBER}){{3,30}})(?![0-9%.])"
)
_PLAN = re.compile(r"(?:目标|任务|计划)(?:数|量)?$")
_DONE = re.compile(r"(?:已|累计|实际)?(?:完成|实绩|建成|进度)(?:数|量|情况)?$")


@dataclass(frozen=True, slots=True)
class TableTotal:
    """A row of what is done; [start, end) is its total in the text."""

    noun: str
    total: int | float
    start: int
    end: int


def rows(text: str) -> Iterator[TableTotal]:
    """The rows of a pasted table that say what is done and whose last number is the total. A row
    without a noun is about that of the row before it."""
    noun = ""
    for found in _ROW.finditer(fold(text)):
        label = found["label"]
        plan, done = _PLAN.search(label), _DONE.search(label)
        kept = label[: (plan or done).start()] if plan or done else label  # type: ignore[union-attr]
        noun = kept or noun
        cells = [Decimal(each) for each in re.findall(_NUMBER, found["cells"])]
        if done and not plan and sum(cells[:-1]) == cells[-1]:
            end = found.end("cells")
            last = re.search(rf"{_NUMBER}$", found["cells"])
            assert last is not None
            yield TableTotal(noun, as_number(cells[-1]), end - len(last.group()), end)
