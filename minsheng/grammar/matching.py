"""Which target a number of the report counts, by its unit and the noun beside it.

    same unit   the target's; 人, 名 and 位 are one unit, so are 公里 and 千米, 平方米 and ㎡
    named       the noun beside the number is the target's: of two targets the longer name wins
    unnamed     no noun beside it, and the sentence before it names no other target
    tied        it may be one of several targets
    stranger    another noun follows it: 5 家邻里食堂 for 单元
    subject     another noun stands before it: 东风新村 3 个 may be three of anything

The noun after the unit goes before the noun before the number. A noun is what is left of the words
beside the number without verbs, places and filling words. `other_work`: after the target's noun
stand words that the promise does not have (5 个小区雨污分流改造 for 二次供水改造).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from minsheng.grammar.pieces import Piece, Reading
from minsheng.grammar.roles import Placed
from minsheng.grammar.targets import Target
from minsheng.grammar.verbs import HEADS, MEANING, PLACES, WORDS

_ONE_UNIT = ({"人", "名", "位"}, {"公里", "千米", "km"}, {"米", "m"}, {"平方米", "㎡", "平方"})
_COUNTABLE = "个 所 家 座 处 幢 栋 条 台 部 张 辆 间 件 项 门 块 片 组 本 盏 根 支 对 把"
_THINGS = frozenset(_COUNTABLE.split())
_FILLER = (
    r"(?:全|本|我|[一-鿿]{2,3})(?:市|(?<![小社片校园景厂])区(?!块|间)|县)"
    r"|[一-鿿]{1,4}(?:街道|(?<!乡)镇|乡(?!镇))"
    "|项目|工程|任务|工作|目前|截至|截止|进度|完成率|整体|总体|初步|顺利|圆满|情况|进展|各地|人员|建设|今年"
    "|上半年|现已|重点|数量|总数|总量|总|率|中(?!心)|内|底|月|年|份|于|为|是|有|和|与|及|并|其|该|均|的|个|等|在|到"
    "|约|近|逾|超过|突破|超|余|多|左右|以上"
    "|数|现|已|被|由|对|向|把|经|至|名|处|[^一-鿿A-Za-z]"
)
_NOT_NOUN = re.compile(f"{WORDS.pattern}|{_FILLER}")
_HAN = re.compile("[一-鿿]+")


@dataclass(frozen=True, slots=True)
class Beside:
    """The words on both sides of a piece's number, and the nouns left of them."""

    before: str
    after: str
    noun_before: str
    noun_after: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in its role, and how it counts a target."""

    placed: Placed
    how: str
    unit: str = "same"
    other_work: bool = False
    unsure: bool = False

    @property
    def value(self) -> int | float:
        return self.placed.mention.value


@lru_cache(maxsize=4096)
def residue(words: str) -> str:
    """What is left of words without verbs, places and filling: the noun, if there is one."""
    return _NOT_NOUN.sub("", words)


def beside(reading: Reading, piece: Piece) -> Beside:
    before = reading.bare[piece.before[0] : piece.before[1]]
    after = reading.bare[piece.after[0] : piece.after[1]]
    return Beside(before, after, residue(before), residue(after))


def unit_of(unit: str, target: str) -> str:
    """same, none (not written), near (another measure word for things) or other."""
    if unit == target or any({unit, target} <= same for same in _ONE_UNIT):
        return "same"
    if not unit:
        return "none"
    return "near" if {unit, target} <= _THINGS else "other"


def named(words: str, noun: str, target: Target) -> int:
    """How much of the target's name the words hold: 0 for nothing, most for all of it."""
    if target.proposal.unit == "%":
        stems = (target.noun, target.proposal.name.removesuffix("率"))
        return max((len(stem) for stem in stems if len(stem) > 1 and stem in words), default=0)
    for name in target.names:
        if name in words:
            return 10 * len(name)
    for head in target.heads:
        if head in words:
            return len(head)
    if len(noun) > 1 and noun in target.noun:
        return len(noun)
    return 2 if len(target.noun) > 1 and target.noun[-2:] in noun else 0


def unknown(words: str, target: Target) -> str:
    """The longest run of words that stands beside the number and not in the promise."""
    for name in (target.noun, target.proposal.name, *target.kinds, *target.heads):
        if name:
            words = words.replace(name, " ")
    kept = (
        run
        for run in _HAN.findall(_NOT_NOUN.sub(" ", words))
        if len(run) > 1 and not any(run[i : i + 2] in target.content for i in range(len(run) - 1))
    )
    return max(kept, key=len, default="")


def other_thing(sides: Beside) -> bool:
    """The noun before the number is a known thing, and no place where something is done."""
    return sides.noun_before.endswith(_OTHER_THINGS)


_OTHER_THINGS = tuple(head for head in HEADS if head not in PLACES)


class Topic:
    """What the sentence has named so far, for one target and its rivals."""

    def __init__(self, target: Target, rivals: Sequence[Target]) -> None:
        self.target, self.rivals = target, rivals
        self.sentence, self.mine, self.theirs, self.noun = -1, 0, 0, False

    def hear(self, piece: Piece, sides: Beside) -> None:
        """A sentence that names nothing goes on about what the one before it named."""
        words = sides.before + " " + sides.after
        noun = sides.noun_before + sides.noun_after
        if not noun and not words.strip():
            return
        if piece.sentence != self.sentence:
            self.sentence = piece.sentence
            if noun:
                self.mine, self.theirs, self.noun = 0, 0, False
        self.mine = max(self.mine, named(words, noun, self.target))
        theirs = max((named(words, noun, other) for other in self.rivals), default=0)
        self.theirs = max(self.theirs, theirs)
        self.noun = self.noun or len(noun) > 1


def count(
    target: Target,
    wanted: Sequence[Target],
    pieces: Sequence[tuple[Piece, Beside, Placed | None]],
) -> Iterator[tuple[Counted, Beside]]:
    """How each number of the report that may count the target does so."""
    rivals = [
        other
        for other in wanted
        if other is not target and unit_of(other.proposal.unit, target.proposal.unit) == "same"
    ]
    topic = Topic(target, rivals)
    for piece, sides, placed in pieces:
        if placed is not None and not placed.mention.percent:
            unit = unit_of(placed.mention.unit, target.proposal.unit)
            unwritten = unit == "none" and bool(sides.after[:1].strip())
            if unit != "other" and not unwritten:
                yield _count(target, rivals, topic, placed, sides, unit), sides
        topic.hear(piece, sides)


def _count(
    target: Target,
    rivals: Sequence[Target],
    topic: Topic,
    placed: Placed,
    sides: Beside,
    unit: str,
) -> Counted:
    follows = bool(sides.noun_after)
    words, noun = (sides.after, sides.noun_after) if follows else (sides.before, sides.noun_before)
    mine = named(words, noun, target)
    theirs = max((named(words, noun, other) for other in rivals), default=0)
    if theirs > mine:
        return Counted(placed, "rival", unit)
    if mine:
        sure = mine > theirs or _verb_tells(target, rivals, placed)
        strange = unknown(words, target)
        return Counted(
            placed,
            "named" if sure else "tied",
            unit,
            other_work=follows and len(strange) > 1,
            unsure=not follows and len(strange) > 1,
        )
    if noun and not (follows and not rivals and _the_work(noun, target)):
        return Counted(placed, "stranger" if follows else "subject", unit)
    if target.proposal.part_of is not None:
        told = placed.part and _verb_tells(target, rivals, placed)
        return Counted(placed, "named" if told else "rival", unit)
    tops = [other for other in rivals if other.proposal.part_of is None]
    if topic.mine > topic.theirs or not tops:
        beside_target = placed.mention.unit in target.other_units
        unsure = not topic.mine and (topic.noun or beside_target)
        return Counted(placed, "unnamed", unit, unsure=unsure)
    return Counted(placed, "rival" if topic.theirs > topic.mine else "tied", unit)


def _the_work(noun: str, target: Target) -> bool:
    """已完成 1260 户居家适老化改造: not what is counted, but the promised work on it."""
    at = target.content.find(noun)
    if at < 0 or any(head in noun for head in HEADS):
        return False
    verb = WORDS.match(target.content, at + len(noun))
    return verb is not None and MEANING[verb.group()].role in {"work", "event"}


def _verb_tells(target: Target, rivals: Sequence[Target], placed: Placed) -> bool:
    """新建公厕 10 座、改建公厕 20 座: the same noun, told apart by the word before it."""
    words = {token.word for token in placed.piece.tokens}
    same = [other for other in rivals if other.noun == target.noun]
    if not same:
        return target.proposal.part_of is None
    if not placed.part and all(o.proposal.part_of == target.proposal.name for o in same):
        return True
    mine = target.proposal.counts in words
    return mine and not any(other.proposal.counts in words for other in same)
