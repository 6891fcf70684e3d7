"""How much room words take where nobody can ask a browser: on slides that are split before they are
drawn, and on paper whose fonts the server does not have. An estimate, a little too wide rather than
too narrow, in the unit of the size."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# A word of Latin letters or digits stays whole; no line begins with closing punctuation.
_TOKEN = re.compile(r"(?:[!-~]+|[^\n])[，。、；：！？）」”』】》…]*|\n")
_NARROW = set("iljtfrI.,:;'|!()[]{}/")
_WIDE = set("mwMW%@&")
_SPACES = {" ": 0.7, "\u2002": 0.5, "\u2009": 0.2}  # programs add to the first one between scripts


def em(char: str) -> float:
    """The width of a character in ems of a sans-serif face such as 微软雅黑."""
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in _SPACES:
        return _SPACES[char]
    if char in _NARROW:
        return 0.42
    if char in _WIDE:
        return 0.95
    return 0.72 if char.isupper() else 0.64


def width(words: str, size: float) -> float:
    return sum(map(em, words)) * size


@lru_cache(maxsize=4096)
def lines(words: str, size: float, room: float) -> int:
    """Into how many lines the words break; at least one."""
    return sum(1 for _ in _broken(words, size, room))


def clipped(words: str, size: float, room: float, most: int) -> str:
    """The words where they need no more than `most` lines, else their beginning and …"""
    kept: list[str] = []
    for line in _broken(words, size, room):
        if len(kept) == most:
            last = kept[-1].rstrip()
            while last and width(last, size) + size > room:
                last = last[:-1]
            return "".join(kept[:-1]) + last + "…"
        kept.append(line)
    return "".join(kept)


def _broken(words: str, size: float, room: float) -> Iterator[str]:
    line, used = "", 0.0
    for word in _TOKEN.findall(words):
        if word == "\n":
            yield line + word
            line, used = "", 0.0
            continue
        for piece in _pieces(word, size, room):
            needed = width(piece, size)
            if line and used + needed > room:
                yield line
                line, used = "", 0.0
            line += piece
            used += needed
    yield line


def _pieces(token: str, size: float, room: float) -> Iterator[str]:
    """The token, cut where it is wider than a line by itself."""
    if width(token, size) <= room:
        yield token
        return
    piece = ""
    for char in token:
        if piece and width(piece + char, size) > room:
            yield piece
            piece = ""
        piece += char
    yield piece
