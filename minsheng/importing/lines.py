"""Lines of a table that are no rows: sums, examples, numbers of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minsheng.importing import words
from minsheng.importing.cells import Line
from minsheng.importing.columns import squeezed
from minsheng.importing.layout import Layout

_SIGNATURE = re.compile(words.SIGNATURE)
_TOTAL = re.compile(words.TOTAL)
_EXAMPLE = re.compile(words.EXAMPLE)
_INSTRUCTION = re.compile(words.INSTRUCTION)
_COLUMN_NUMBER = re.compile(words.COLUMN_NUMBER)
_BRACKETED = re.compile(words.EXAMPLE_IN_BRACKETS)


def is_data(line: Line) -> bool:
    texts = [squeezed(c.text) for c in line if c.text and not c.left and not c.above]
    if len(texts) < 2 or numbers_columns(texts):
        return False
    return not is_total(texts, []) and not (
        _INSTRUCTION.match(texts[0]) or _EXAMPLE.fullmatch(texts[0]) or _SIGNATURE.match(texts[0])
    )


def numbers_columns(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and all(
        _COLUMN_NUMBER.match(text) or text in words.COLUMN_NUMBERS for text in texts
    )


def is_example(line: Line, layout: Layout, texts: Sequence[str]) -> bool:
    content = layout.place("content")
    first = next((at for at, cell in enumerate(line) if cell.text and not cell.above), None)
    if _INSTRUCTION.match(texts[0]) or any(_BRACKETED.match(text) for text in texts[:2]):
        return True
    if _EXAMPLE.fullmatch(texts[0]):
        return first != content or len(texts[0]) < 4
    return False


def is_total(texts: Sequence[str], content: Sequence[str]) -> bool:
    said = [*texts[:2], *(squeezed(each) for each in content)]
    return any(_TOTAL.match(text) for text in said if len(text) <= 30)
