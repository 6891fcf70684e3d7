"""Which words of two texts differ, so that the marks can be read and not only counted.

A numeral with its unit is one word (12 家 → 21 家 is not "the 1 moved"), a Latin word is one, every
other character stands alone. Width and spaces are no difference. What lies between two differences
and is too little to read (a comma, a 的) is marked with them.

Time is bounded whatever the texts are: a shortest edit is looked for up to a number of edits, then
clause by clause, and a clause with more edits than that is marked as a whole.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from minsheng.grammar.quantities import Scan, fold, scan

MOST_EDITS = 300
MOST_EDITS_IN_CLAUSE = 80
MOST_CELLS = 400_000_000  # of the table that a shortest edit is found in, a bit each

_WORD = re.compile(r"[A-Za-z]+|\s+|.", re.DOTALL)
_CLAUSE_END = frozenset("，。；、！？,;!?:：\n")
_SPACE = re.compile(r"\s+")

Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one of the texts, verbatim; `changed`: the other text does not have it there."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both texts in pieces; the pieces of a side joined are that text."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def same(before: str, after: str) -> bool:
    """Whether there is nothing to mark: the texts are equal but for width and spaces."""
    return before == after or _key(before) == _key(after)


def compare(before: str, after: str) -> Comparison:
    """The differing words of both texts. Never raises; time is linear in the length."""
    left, right = words(before), words(after)
    spans = _readable(left, right, _spans(left, right))
    return Comparison(
        tuple(_pieces(left, [(a, b) for a, b, _, _ in spans])),
        tuple(_pieces(right, [(a, b) for _, _, a, b in spans])),
    )


def words(text: str) -> list[str]:
    """The text cut into what is compared; joined again they are the text."""
    cut, at = [], 0
    for start, end in _numerals(text, scan(text)):
        cut += _WORD.findall(text, at, start)
        cut.append(text[start:end])
        at = end
    return cut + _WORD.findall(text, at)


def _numerals(text: str, found: Scan) -> Iterator[tuple[int, int]]:
    folded, at = fold(text), 0
    each = [(m.start, m.end, m.unit) for m in found.mentions]
    each += [(ignored.start, ignored.end, "") for ignored in found.ignored]
    for start, end, unit in sorted(each):
        after = end
        while unit and folded[after : after + 1].isspace():
            after += 1
        if unit and folded.startswith(unit, after):
            end = after + len(unit)
        yield max(start, at), end
        at = end


def _key(word: str) -> str:
    return _SPACE.sub("", fold(word))


def _spans(left: Sequence[str], right: Sequence[str]) -> list[Span]:
    """Where the words differ, as [a, b) of the left and [c, d) of the right, in order."""
    a, b = [_key(word) for word in left], [_key(word) for word in right]
    found = _edits(a, b, MOST_EDITS)
    return found if found is not None else list(_by_clause(a, b))


def _by_clause(a: Sequence[str], b: Sequence[str]) -> Iterator[Span]:
    clauses_a, clauses_b = _clauses(a), _clauses(b)
    starts_a = [0, *itertools.accumulate(map(len, clauses_a))]
    starts_b = [0, *itertools.accumulate(map(len, clauses_b))]
    gaps = _edits(clauses_a, clauses_b, MOST_EDITS)
    for i, j, k, m in [_middle(a, b)] if gaps is None else gaps:
        if gaps is not None:
            i, j, k, m = starts_a[i], starts_a[j], starts_b[k], starts_b[m]
        inside = _edits(a[i:j], b[k:m], MOST_EDITS_IN_CLAUSE)
        for p, q, r, s in [(0, j - i, 0, m - k)] if inside is None else inside:
            yield i + p, i + q, k + r, k + s


def _middle(a: Sequence[Hashable], b: Sequence[Hashable]) -> Span:
    """What is left between the common beginning and the common end."""
    start = sum(1 for _ in itertools.takewhile(lambda p: p[0] == p[1], zip(a, b, strict=False)))
    most = min(len(a), len(b)) - start
    ends = itertools.islice(zip(reversed(a), reversed(b), strict=False), most)
    end = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], ends))
    return start, len(a) - end, start, len(b) - end


def _clauses(keys: Sequence[str]) -> list[tuple[str, ...]]:
    clauses, begin = [], 0
    for at, key in enumerate(keys, 1):
        if key in _CLAUSE_END or at == len(keys):
            clauses.append(tuple(keys[begin:at]))
            begin = at
    return clauses


def _edits(a: Sequence[Hashable], b: Sequence[Hashable], most: int) -> list[Span] | None:
    """The shortest edit from a to b, None where it takes more than `most` insertions and removals,
    or where finding it would take more than a bounded table."""
    start, end_a, _, end_b = _middle(a, b)
    left, right = a[start:end_a], b[start:end_b]
    if len(left) * len(right) > MOST_CELLS:
        return None
    if Indel.distance(left, right, score_cutoff=most) > most:
        return None
    return _joined(
        (
            start + each.src_start,
            start + each.src_end,
            start + each.dest_start,
            start + each.dest_end,
        )
        for each in Indel.opcodes(left, right)
        if each.tag != "equal"
    )


def _joined(edits: Iterable[Span]) -> list[Span]:
    spans: list[Span] = []
    for a, b, c, d in edits:
        if spans and spans[-1][1] == a and spans[-1][3] == c:
            spans[-1] = (spans[-1][0], b, spans[-1][2], d)
        else:
            spans.append((a, b, c, d))
    return spans


def _readable(left: Sequence[str], right: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """Marks with too little between them are one mark. Words of spaces alone are never a mark."""
    kept: list[Span] = []
    for span in spans:
        if not any(map(str.strip, (*left[span[0] : span[1]], *right[span[2] : span[3]]))):
            continue
        if kept and _is_little(left[kept[-1][1] : span[0]], kept[-1], span):
            kept[-1] = (kept[-1][0], span[1], kept[-1][2], span[3])
        else:
            kept.append(span)
    return kept


def _is_little(between: Sequence[str], before: Span, after: Span) -> bool:
    """One character that says something, or a few among many that changed. A number says much."""
    said = [word for word in between if any(map(str.isalnum, word))]
    if any(char.isdigit() for word in said for char in word):
        return False
    around = min(max(b - a, d - c) for a, b, c, d in (before, after))
    return len(said) < 2 or len(said) * 4 <= around


def _pieces(cut: Sequence[str], marks: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in marks:
        if start > at:
            yield Piece("".join(cut[at:start]), False)
        if end > start:
            yield Piece("".join(cut[start:end]), True)
        at = end
    if at < len(cut):
        yield Piece("".join(cut[at:]), False)
