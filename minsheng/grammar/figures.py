"""Which of the numbers that may count a target make up what is done.

`done` is the number that is achieved (`roles`), of the same unit, named or unnamed (`matching`),
and no part of another achieved one. It is taken where it is the only one, or

    total     the others add up to it: 共完成 12 个，A 街道 5 个、B 街道 7 个
    stages    the pieces share out one number by stage: 1 家完成建设、12 家投入运营 among others
    kinds     each counts another noun of the promise's list (flag several_candidates)
    order     分别为 3、4、5 个 (flag assigned_by_order)

and nothing is taken where a doubtful number, an unnumbered completion (A、B 小区已完工) or another
number may count as well. Nor is anything taken from a report that doubts itself: 建成 300 个？ or
300 个左右，具体数字待核.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from minsheng.grammar.matching import Beside, Counted, beside, named, other_thing, residue, unit_of
from minsheng.grammar.numerals import plain
from minsheng.grammar.pieces import Piece, Reading
from minsheng.grammar.quantities import fold
from minsheng.grammar.roles import STRONG, Placed, Promise, decide, place
from minsheng.grammar.targets import Target

_TOTAL = frozenset({"共", "共计", "合计", "总计", "累计", "累计完成"})


_IN_DOUBT = re.compile(
    r"\?|待(?:核[^准]|核$|统计|查实)|暂估|存疑|(?:数字|数据|数量)(?:尚?未|还?需|有?待|以)"
)

Decided = tuple[Piece, str, str, bool]


class Report:
    """A text cut up, and what is asked of it for every target, worked out once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.in_doubt = _IN_DOUBT.search(fold(reading.text)) is not None
        self._sides = {id(piece): beside(reading, piece) for piece in reading.pieces}
        self._placed: dict[str, tuple[Placed, ...]] = {}
        self._sentences: dict[str, dict[int, list[Placed]]] = {}
        self._decided: dict[str, list[Decided]] = {}
        self._wholes: dict[str, dict[tuple[int, str], int]] = {}

    def read_for(self, promise: Promise) -> None:
        """Roles depend on the kind of the promise's event alone: its words are those of the row."""
        if promise.kind in self._placed:
            return
        placed = place(self.reading, promise)
        sentences: dict[int, list[Placed]] = {}
        wholes: dict[tuple[int, str], int] = {}
        for one in placed:
            sentences.setdefault(one.piece.sentence, []).append(one)
            if one.role == "achieved" and not one.part:
                wholes.setdefault((one.piece.sentence, one.mention.unit), one.mention.start)
        self._placed[promise.kind] = placed
        self._decided[promise.kind] = [
            (piece, *decide(piece.tokens, promise)) for piece in self.reading.pieces
        ]
        self._sentences[promise.kind] = sentences
        self._wholes[promise.kind] = wholes

    def beside(self, piece: Piece) -> Beside:
        return self._sides[id(piece)]

    def placed(self, kind: str) -> tuple[Placed, ...]:
        return self._placed[kind]

    def sentences(self, kind: str) -> dict[int, list[Placed]]:
        return self._sentences[kind]

    def wholes(self, kind: str) -> dict[tuple[int, str], int]:
        """Where in a sentence a unit is first achieved in no part."""
        return self._wholes[kind]

    def decided(self, kind: str) -> list[Decided]:
        """Every piece with role, stage and doubt of its own words."""
        return self._decided[kind]

    def pieces(self, kind: str) -> list[tuple[Piece, Beside, Placed | None]]:
        at = {id(one.piece): one for one in self._placed[kind]}
        return [(p, self._sides[id(p)], at.get(id(p))) for p in self.reading.pieces]


def add(values: Iterable[int | float]) -> int | float:
    return plain(sum((Decimal(str(value)) for value in values), Decimal(0)))


def choose(
    target: Target,
    wanted: Sequence[Target],
    report: Report,
    counted: list[Counted],
    flags: set[str],
) -> list[Counted]:
    """The numbers that make up done; flags say why there are none."""
    mine = [c for c in counted if c.how in {"named", "unnamed", "tied"} and _top(target, c, report)]
    achieved = [c for c in mine if c.placed.role == "achieved" and c.unit in {"same", "none"}]
    candidates = [c for c in achieved if c.how != "tied" and not c.other_work]
    if any(c.other_work for c in achieved):
        flags.add("other_event")
    doubtful = [c for c in mine if c.placed.doubtful and c.unit in {"same", "none"}]
    doubtful += [c for c in achieved if c.how == "tied"]
    doubtful += [
        c
        for c in counted
        if c.unit == "same"
        and c.how == "subject"
        and c.placed.role == "achieved"
        and not c.placed.part
        and not other_thing(report.beside(c.placed.piece))
    ]
    near = [c for c in mine if c.unit == "near" and c.placed.role == "achieved" and c.how != "tied"]
    if not candidates:
        if doubtful:
            flags.add("several_candidates")
        return []
    broken = _with_unfinished_part(target, candidates, counted)
    if broken:
        flags.add("several_candidates")
        return []
    total = _total(candidates, [c for c in counted if c.placed.role == "achieved"])
    if total is not None:
        return [total]
    listed = _stage_list(target, report, candidates)
    if listed:
        return listed
    values = {c.value for c in candidates}
    generic = [
        c
        for c in near
        if c.how == "named" and _is_kind(target, report, c) and c.value not in values
    ]
    if len(values) == 1 and len(generic) == 1 and len(target.kinds) > 1:
        both = [candidates[0], generic[0]]
        if sum(c.value for c in both) <= target.proposal.target and not doubtful:
            flags.add("several_candidates")
            return both
    firm = all(c.how == "named" for c in candidates)
    odd = [c for c in near if c.value not in values and (c.how == "named" or not firm)]
    worth = max(values)
    far = worth > Decimal("1.5") * Decimal(str(target.proposal.target)) and any(
        token.word.startswith("累计") for c in candidates for token in c.placed.piece.tokens
    )
    doubts = [c for c in doubtful if c.value not in values]
    if len(values) > 1 or doubts or odd or far or _unnumbered(target, wanted, report):
        flags.add("several_candidates")
        return []
    if any(c.other_work for c in achieved):
        return []
    return [candidates[0]]


def _with_unfinished_part(
    target: Target, candidates: list[Counted], counted: list[Counted]
) -> bool:
    """已完成 8 个，其中 3 个在建: the department counts as done what is not."""
    last: dict[int, int] = {}
    for one in counted:
        own = one.placed.role == "achieved" and not one.placed.borrowed
        own = own and any(
            token.role == "event" and token.word not in target.promise.words
            for token in one.placed.piece.tokens
        )
        if one.placed.part and (own or one.placed.role != "achieved"):
            last[one.placed.piece.sentence] = one.placed.mention.start
    return any(
        last.get(one.placed.piece.sentence, -1) > one.placed.mention.start and not one.placed.part
        for one in candidates
    )


def _top(target: Target, counted: Counted, report: Report) -> bool:
    """A part counts for a part; for the whole only if its whole is not itself achieved."""
    if target.proposal.part_of is not None:
        return counted.how == "named"
    placed = counted.placed
    if not placed.part:
        return True
    first = report.wholes(target.promise.kind).get((placed.piece.sentence, placed.mention.unit))
    return first is None or first > placed.mention.start


def _is_kind(target: Target, report: Report, counted: Counted) -> bool:
    sides = report.beside(counted.placed.piece)
    words = sides.after if sides.noun_after else sides.before
    noun = re.sub(r"项目|工程|建设", "", words).strip()
    return len(noun) > 1 and any(
        kind.endswith(noun) or noun.endswith(kind) for kind in target.kinds
    )


def _total(candidates: list[Counted], achieved: list[Counted]) -> Counted | None:
    """The number that the other achieved ones add up to."""
    largest = max(candidates, key=lambda c: c.value)
    others = [c for c in achieved if c is not largest and c.unit == "same"]
    said = any(token.word in _TOTAL for token in largest.placed.piece.tokens)
    first = all(c.placed.mention.start > largest.placed.mention.start for c in others)
    if len(others) > 1 and (said or first) and add(c.value for c in others) == largest.value:
        return largest
    return None


def _stage_list(target: Target, report: Report, candidates: list[Counted]) -> list[Counted]:
    """1 家选址、…、1 家完成建设、12 家投入运营: one number shared out, each stage once."""
    if len(candidates) < 2 or len({c.placed.piece.sentence for c in candidates}) > 1:
        return []
    sentence = candidates[0].placed.piece.sentence
    in_sentence = report.sentences(target.promise.kind).get(sentence, [])
    listed = [one for one in in_sentence if one.mention.unit == target.proposal.unit]
    words = [tuple(token.word for token in c.placed.piece.tokens) for c in candidates]
    plain_list = all(
        one.piece.link in {"", "、", ","}
        and one.piece.tokens
        and one.piece.tokens[0].start >= one.mention.end
        and not one.borrowed
        and not one.part
        and not one.doubtful
        for one in listed
    )
    if (
        plain_list
        and len(in_sentence) == len(listed) > len(candidates)
        and len(set(words)) == len(words)
    ):
        return candidates
    return []


def _unnumbered(target: Target, wanted: Sequence[Target], report: Report) -> bool:
    """A、B 小区已完工: something is completed and nobody says how many. Not if it is another
    target of the promise that is named."""
    for piece, role, _, _ in report.decided(target.promise.kind):
        if piece.mention is not None or role != "achieved":
            continue
        verb = next(t for t in piece.tokens if t.role in {"event", "work"} or t.word in STRONG)
        subject = residue(report.reading.bare[piece.before[0] : verb.start])
        sides = report.beside(piece)
        mine, *theirs = (
            named(sides.before, sides.noun_before, one)
            for one in (target, *(other for other in wanted if other is not target))
        )
        if max(theirs, default=0) > mine:
            continue
        if len(subject) > 1 or mine:
            return True
        if "rest" in {token.role for token in piece.tokens}:
            return True
    return any(
        piece.mention is None
        and any(t.role == "rest" for t in piece.tokens)
        and any(t.role == "event" and t.stage != "start" for t in piece.tokens)
        and not any(
            t.role in {"underway", "preparing", "planned", "remaining"} for t in piece.tokens
        )
        for piece in report.reading.pieces
    )


def by_order(target: Target, wanted: Sequence[Target], report: Report) -> Counted | None:
    """分别为 3、4、5 个: in the order of the sentence's names, else of the promise's."""
    tops = [one for one in wanted if one.proposal.part_of is None]
    if len(tops) < 2 or target not in tops or report.reading.words.count("分别") != 1:
        return None
    reading, placed = report.reading, report.placed(target.promise.kind)
    at = reading.words.index("分别")
    listed: list[Placed] = []
    for one in placed:
        if one.mention.start < at or (listed and one.piece.sentence != listed[0].piece.sentence):
            continue
        if one.mention.percent or (listed and one.piece.link not in {"、", ",", " "}):
            break
        listed.append(one)
    if len(listed) != len(tops) or any(
        one.role != "achieved" or report.beside(one.piece).noun_after for one in listed
    ):
        return None
    begin = max(reading.words.rfind(mark, 0, at) for mark in "。;!?\n") + 1
    named = [(reading.words.find(one.proposal.name, begin, at), one) for one in tops]
    if all(place_ >= 0 for place_, _ in named) and len({p for p, _ in named}) == len(named):
        tops = [one for _, one in sorted(named, key=lambda pair: pair[0])]
    one = listed[tops.index(target)]
    unit = unit_of(one.mention.unit, target.proposal.unit)
    return Counted(one, "unnamed", unit) if unit in {"same", "none"} else None
