"""What spreadsheets have in common: harmless text, printed shares, the height of wrapped text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What a spreadsheet takes for a formula when it reads text. The full-width forms count too: Chinese
# and Japanese input methods type them, and Excel folds them.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_WORD = re.compile(r"[!-~]+|\s|.", re.DOTALL)


def like_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate the text instead of showing it.

    Apostrophes before such a beginning count with it, so that one more can be taken off again.
    """
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """The text for CSV: an apostrophe before what looks like a formula.

    The apostrophe is what Excel itself uses to mean text, and unlike a space it survives trimming.
    """
    return f"'{text}" if like_formula(text) else text


def lines(text: str, width: float) -> int:
    """How many lines the text takes in a column, `width` of them half-width characters.

    Estimated, rather one too many: Latin words and numbers stay whole, Chinese breaks anywhere
    except before a stop, for which every line keeps a character free.
    """
    room = max(width - 1.5, 2)
    return sum(_wrapped(paragraph, room) for paragraph in re.split(r"\r\n|\r|\n", text))


def _wrapped(paragraph: str, room: float) -> int:
    count, used = 1, 0.0
    for width in _widths(paragraph):
        if used and used + width > room:
            count, used = count + 1, 0
        whole, used = divmod(used + width, room) if width > room else (0, used + width)
        count += int(whole)
    return count


def _widths(paragraph: str) -> Iterator[int]:
    for word in _WORD.findall(paragraph):
        yield len(word) if word.isascii() else _width(word)


def _width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1
