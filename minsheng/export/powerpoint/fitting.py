"""How much room words take on paper whose fonts the server does not have: an estimate, a little
too wide rather than too narrow, in points."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

# A word of Latin letters or digits stays whole; no line begins with closing punctuation.
_TOKEN = re.compile(r"(?:[!-~]+|[^\n])[，。、；：！？）」”』】》…]*|\n")
_NARROW = set("iljtfrI.,:;'|!()[]{}/")
_WIDE = set("mwMW%@&")


def em(char: str) -> float:
    """The width of a character in ems of a sans-serif face such as 微软雅黑."""
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char == " ":
        return 0.7  # between Chinese and numbers programs add a gap of their own
    if char in _NARROW:
        return 0.42
    if char in _WIDE:
        return 0.95
    return 0.72 if char.isupper() else 0.64


def width(words: str, size: float) -> float:
    return sum(map(em, words)) * size


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


def size(words: str, room: float, most: int, largest: int, smallest: int) -> int:
    """The largest size in which the words need no more than `most` lines, or the smallest."""
    for each in range(largest, smallest, -1):
        if lines(words, each, room) <= most:
            return each
    return smallest


def pages(heights: Sequence[float], room: float) -> Iterator[slice]:
    """Which rows go on which page, in order. A row higher than the room has a page of its own."""
    first, used = 0, 0.0
    for place, height in enumerate(heights):
        if place > first and used + height > room:
            yield slice(first, place)
            first, used = place, 0.0
        used += height
    if heights:
        yield slice(first, len(heights))


def even(count: int, most: int) -> Iterator[slice]:
    """Pages of `most` rows or fewer, as full as each other: 14 by 12 are 7 and 7, not 12 and 2."""
    if count:
        pages = -(-count // most)
        ends = [count * page // pages for page in range(pages + 1)]
        yield from map(slice, ends, ends[1:])


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
