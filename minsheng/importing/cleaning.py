"""What is in a file's text and was never seen by anybody: taken out where text enters."""

from __future__ import annotations

import re
import unicodedata

# Zero-width and direction marks, soft hyphens, variation selectors, and what XML cannot hold.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RADICAL = re.compile("[\u2e80-\u2fdf]")  # look like characters, and are others: ⺠ and 民
_RADICALS = {"⺠": "民", "⻓": "长", "⻔": "门", "⻋": "车", "⻝": "食", "⻛": "风", "⻢": "马"}
_MARK = re.compile(r"[\d\s\[\]()（）①-⑳*※,，、]+")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BEFORE_POWER = re.compile(r"(?:(?:^|[^A-Za-z])[kcd]?m|[×x]\s*10)$", re.IGNORECASE)
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """Without unseen characters, every line break as \\n; blanks inside stay as they are."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", _BREAK.sub("\n", text))
    return _RADICAL.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    return _RADICALS.get(found[0]) or unicodedata.normalize("NFKC", found[0])


def unescaped(text: str) -> str:
    """`_x000D_` as Excel writes a character that XML cannot hold; `_x005F_` is an underscore that
    stands before what only looks like one."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def raised(text: str, before: str) -> str | None:
    """How text set small above the line is printed after `before`: m² and 10⁴ are said, words are
    words; None: it is the mark of a footnote, and no digit of the figure before it."""
    if not _MARK.fullmatch(text):
        return text
    power = text.strip().isdecimal() and text.isascii() and _BEFORE_POWER.search(before)
    return text.strip().translate(_POWERS) if power else None
