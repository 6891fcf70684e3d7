"""What a report proposes for each indicator of its promise.

For each target the numbers of the report are sorted by what they count:

    same unit      the target's; 人, 名 and 位 are one unit, so are 公里 and 千米, 平方米 and ㎡
    named          the noun beside the number is the target's: of two targets the longer name wins
    unnamed        no noun beside it: 已完工 12 个
    stranger       another noun: 5 家邻里食堂 for 单元; or the target's noun with other work

`done` is the number that is achieved (`roles`), of the same unit, named or unnamed, and no part of
another achieved one. It is proposed where it is the only one, or

    total          the others add up to it: 共完成 12 个，A 街道 5 个、B 街道 7 个
    stages         the pieces share out one number by stage: 1 家完成建设、12 家投入运营 …
    kinds          each counts another noun of the promise's list (flag several_candidates)

and stays None where a doubtful number, an unnumbered completion (A、B 小区已完工) or another number
may count as well. 0 is proposed where all is preparation, or all of the target is under way; always
with the flag other_event. A percent is the claim where nothing but the target is named beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from minsheng.text.numerals import plain
from minsheng.text.proposals import Proposal
from minsheng.text.quantities import numbers
from minsheng.text.roles import STRONG, Piece, Placed, Reading, cut, decide, place
from minsheng.text.targets import Target, read_targets
from minsheng.text.verbs import HEADS, PLACES, WORDS

MOST_TARGETS = 24
_ONE_UNIT = ({"人", "名", "位"}, {"公里", "千米", "km"}, {"米", "m"}, {"平方米", "㎡", "平方"})
_COUNTABLE = "个 所 家 座 处 幢 栋 条 台 部 张 辆 间 件 项 门 块 片 组 本 盏 根 支 对 把"
_THINGS = frozenset(_COUNTABLE.split())
_TOTAL = frozenset({"共", "共计", "合计", "总计", "累计", "累计完成"})
_FILLER = re.compile(
    r"(?:全|本|我|[一-鿿]{2,3})(?:市|(?<![小社片校园景厂])区(?!块|间)|县)|[一-鿿]{1,6}(?:街道|镇|乡)"
    r"|项目|工程|任务|工作|目前|截至|截止|进度|完成率|整体|总体|初步|顺利|圆满|情况|进展|各地|人员|建设|今年"
    r"|上半年|现已|重点|数量|总数|总量|总|率|中|内|底|月|年|份|于|为|是|有|和|与|及|并|其|该|均|的|个|等|在|到"
    r"|数|现|已|被|由|对|向|把|经|至|名|处|[^一-鿿A-Za-z]"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in its role with how it names a target: named, unnamed or stranger."""

    placed: Placed
    how: str
    other_work: bool = False
    unsure: bool = False
    unit: str = "same"

    @property
    def value(self) -> int | float:
        return self.placed.mention.value


def targets(content: str) -> tuple[Proposal, ...]:
    """The indicators of a promise, nothing read yet."""
    return tuple(target.proposal for target in read_targets(content))


def propose(content: str, progress: str) -> tuple[Proposal, ...]:
    """The indicators of a promise with the reading that the report proposes. Never raises."""
    wanted = read_targets(content)
    if len(wanted) > MOST_TARGETS:
        flag = frozenset({"several_candidates"})
        return tuple(replace(target.proposal, flags=flag) for target in wanted)
    reading = cut(progress)
    seen: dict[str, tuple[Placed, ...]] = {}
    for target in wanted:
        if target.promise.kind not in seen:
            seen[target.promise.kind] = place(reading, target.promise)
    return tuple(_read(target, wanted, reading, seen[target.promise.kind]) for target in wanted)


def residue(words: str) -> str:
    """What is left of words without verbs, places and filling."""
    return _FILLER.sub("", WORDS.sub(" ", words))


def _names(target: Target) -> tuple[str, ...]:
    own = (target.proposal.name, target.noun, *target.kinds, *_heads(target.noun))
    return tuple({name: None for name in own if len(name) > 1})


def _heads(noun: str) -> list[str]:
    return [head for head in HEADS if head in noun and noun.endswith(head)]


def _named(words: str, target: Target) -> int:
    """How much of the target's name the words hold: 0 for nothing, most for all of it."""
    if target.proposal.unit == "%":
        stems = (target.noun, target.proposal.name.removesuffix("率"))
        return max((len(stem) for stem in stems if len(stem) > 1 and stem in words), default=0)
    full = (target.proposal.name, target.noun, *target.kinds)
    best = max((10 * len(name) for name in full if len(name) > 1 and name in words), default=0)
    if best:
        return best
    left = residue(words)
    if len(left) > 1 and left in target.noun:
        return len(left)
    part = max((len(head) for head in _heads(target.noun) if head in words), default=0)
    return part or (2 if len(target.noun) > 1 and target.noun[-2:] in left else 0)


def _windows(reading: Reading, piece: Piece) -> tuple[str, str]:
    before, after = piece.before, piece.after
    return reading.bare[before[0] : before[1]], reading.bare[after[0] : after[1]]


def _unit(unit: str, target: str) -> str:
    if unit == target or any({unit, target} <= same for same in _ONE_UNIT):
        return "same"
    if not unit:
        return "none"
    return "near" if {unit, target} <= _THINGS else "other"


def _count(
    target: Target, wanted: Sequence[Target], reading: Reading, placed: Placed
) -> Counted | None:
    """How a number relates to the target; None if it cannot count it."""
    mention, piece = placed.mention, placed.piece
    unit = _unit(mention.unit, target.proposal.unit)
    before, after = _windows(reading, piece)
    if mention.percent or unit == "other" or (unit == "none" and after[:1].strip()):
        return None
    beside = after if residue(after) else before
    mine = _named(beside, target)
    rivals = [
        other
        for other in wanted
        if other is not target and _unit(mention.unit, other.proposal.unit) in {"same", "none"}
    ]
    theirs = max((_named(beside, other) for other in rivals), default=0)
    if mine and mine >= theirs:
        how = "named" if mine > theirs or _event_tells(target, rivals, piece) else "tied"
        unknown = _unknown(beside, target)
        other_work = len(unknown) > 1 and beside is after
        unsure = len(unknown) > 3 and beside is before
        return Counted(placed, how, other_work, unsure, unit)
    if theirs > mine:
        return Counted(placed, "rival", unit=unit)
    if residue(beside):
        return Counted(placed, "stranger" if beside is after else "subject", unit=unit)
    return _unnamed(target, rivals, reading, placed, unit)


def _unnamed(
    target: Target, rivals: Sequence[Target], reading: Reading, placed: Placed, unit: str
) -> Counted:
    """Nothing is named beside the number: the sentence before it says of what it is told."""
    spoken = _spoken(reading, placed.piece)
    mine = _named(spoken, target)
    theirs = max((_named(spoken, other) for other in rivals), default=0)
    tops = [other for other in rivals if other.proposal.part_of is None]
    if target.proposal.part_of is not None:
        return Counted(placed, "rival", unit=unit)
    if mine > theirs or not tops:
        unsure = not mine and len(residue(spoken)) > 1
        return Counted(placed, "unnamed", unsure=unsure, unit=unit)
    return Counted(placed, "rival" if theirs > mine else "tied", unit=unit)


def _spoken(reading: Reading, piece: Piece) -> str:
    """The words of the sentence before the piece, at most 200, else of the sentence before."""
    end = piece.before[0]
    window = reading.bare[max(0, end - 200) : end]
    parts = re.split(r"[。;!?\n]", window)
    return parts[-1] if parts[-1].strip() else parts[-2] if len(parts) > 1 else ""


def _event_tells(target: Target, rivals: Sequence[Target], piece: Piece) -> bool:
    """新建公厕 10 座、改建公厕 20 座: the same noun, told apart by the word before it."""
    words = {token.word for token in piece.tokens}
    same = [other for other in rivals if other.noun == target.noun]
    if not same:
        return target.proposal.part_of is None
    mine = target.proposal.counts in words
    return mine and not any(other.proposal.counts in words for other in same)


def _unknown(words: str, target: Target) -> str:
    """What stands beside the number and not in the promise."""
    for name in sorted(_names(target), key=len, reverse=True):
        words = words.replace(name, " ")
    kept = [
        part
        for part in re.split(r"[^一-鿿]+", _FILLER.sub(" ", WORDS.sub(" ", words)))
        if len(part) > 1
        and not any(part[i : i + 2] in target.content for i in range(len(part) - 1))
    ]
    return max(kept, key=len, default="")


def _read(
    target: Target, wanted: Sequence[Target], reading: Reading, placed: tuple[Placed, ...]
) -> Proposal:
    if target.proposal.unit == "%":
        return _read_rate(target, wanted, reading, placed)
    counted = [one for each in placed if (one := _count(target, wanted, reading, each)) is not None]
    flags: set[str] = set()
    found = _by_order(target, wanted, reading, placed)
    chosen: list[Counted] = []
    if found is not None:
        chosen = [found]
        flags.add("assigned_by_order")
    else:
        chosen = _choose(target, reading, placed, counted, flags)
    proposal = _with_done(target.proposal, reading, chosen, flags)
    proposal = _with_claim(proposal, target, wanted, reading, placed, chosen, flags)
    proposal = _with_stages(proposal, target, reading, counted, flags)
    if proposal.done is None:
        proposal = _without_done(proposal, target, reading, placed, counted, flags)
    return replace(proposal, flags=frozenset(flags))


def _choose(
    target: Target,
    reading: Reading,
    placed: tuple[Placed, ...],
    counted: list[Counted],
    flags: set[str],
) -> list[Counted]:
    """The numbers that make up done; flags say why there are none."""
    mine = [c for c in counted if c.how in {"named", "unnamed", "tied"} and _top(target, c, placed)]
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
        and not _other_thing(reading, c)
    ]
    near = [c for c in mine if c.unit == "near" and c.placed.role == "achieved" and c.how != "tied"]
    if not candidates:
        if doubtful:
            flags.add("several_candidates")
        return []
    total = _total(candidates, [c for c in counted if c.placed.role == "achieved"])
    if total is not None:
        return [total]
    listed = _stage_list(target, placed, candidates)
    if listed:
        return listed
    values = {c.value for c in candidates}
    generic = [
        c
        for c in near
        if c.how == "named" and _is_kind(target, reading, c) and c.value not in values
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
    if len(values) > 1 or doubts or odd or far or _unnumbered(target, reading):
        flags.add("several_candidates")
        return []
    if any(c.other_work for c in achieved):
        return []
    return [candidates[0]]


def _top(target: Target, counted: Counted, placed: tuple[Placed, ...]) -> bool:
    """A part counts for a part; for the whole only if its whole is not itself achieved."""
    if target.proposal.part_of is not None:
        return counted.how == "named"
    if not counted.placed.part:
        return True
    piece = counted.placed.piece
    for one in placed:
        if one.piece.sentence == piece.sentence and not one.part:
            same = one.mention.unit == counted.placed.mention.unit and not one.mention.percent
            if same and one.role == "achieved" and one.mention.start < counted.placed.mention.start:
                return False
    return True


def _other_thing(reading: Reading, counted: Counted) -> bool:
    before = residue(_windows(reading, counted.placed.piece)[0])
    return any(before.endswith(head) for head in HEADS if head not in PLACES)


def _is_kind(target: Target, reading: Reading, counted: Counted) -> bool:
    before, after = _windows(reading, counted.placed.piece)
    noun = re.sub(r"项目|工程|建设", "", after if residue(after) else before).strip()
    return len(noun) > 1 and any(
        kind.endswith(noun) or noun.endswith(kind) for kind in target.kinds
    )


def _sum(values: Iterable[int | float]) -> int | float:
    return plain(sum((Decimal(str(value)) for value in values), Decimal(0)))


def _total(candidates: list[Counted], achieved: list[Counted]) -> Counted | None:
    """The number that the other achieved ones add up to."""
    largest = max(candidates, key=lambda c: c.value)
    others = [c for c in achieved if c is not largest and c.unit == "same"]
    said = any(token.word in _TOTAL for token in largest.placed.piece.tokens)
    first = all(c.placed.mention.start > largest.placed.mention.start for c in others)
    if len(others) > 1 and (said or first) and _sum(c.value for c in others) == largest.value:
        return largest
    return None


def _stage_list(
    target: Target, placed: tuple[Placed, ...], candidates: list[Counted]
) -> list[Counted]:
    """1 家选址、…、1 家完成建设、12 家投入运营: one number shared out, each stage once."""
    if len(candidates) < 2 or len({c.placed.piece.sentence for c in candidates}) > 1:
        return []
    sentence = candidates[0].placed.piece.sentence
    listed = [
        one
        for one in placed
        if one.piece.sentence == sentence and one.mention.unit == target.proposal.unit
    ]
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
    whole = [one for one in placed if one.piece.sentence == sentence]
    if plain_list and len(whole) == len(listed) > len(candidates) and len(set(words)) == len(words):
        return candidates
    return []


def _unnumbered(target: Target, reading: Reading) -> bool:
    """A、B 小区已完工: something is completed and nobody says how many."""
    for piece in reading.pieces:
        if piece.mention is not None or not piece.tokens:
            continue
        role, _, _ = decide(piece.tokens, target.promise)
        if role != "achieved":
            continue
        verb = next(t for t in piece.tokens if t.role in {"event", "work"} or t.word in STRONG)
        subject = residue(reading.bare[piece.before[0] : verb.start])
        words = reading.words[piece.before[0] : piece.before[1]]
        if len(subject) > 1 or _named(words, target):
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
        for piece in reading.pieces
    )


def _by_order(
    target: Target, wanted: Sequence[Target], reading: Reading, placed: tuple[Placed, ...]
) -> Counted | None:
    """分别为 3、4、5 个: in the order of the sentence's names, else of the promise's."""
    tops = [one for one in wanted if one.proposal.part_of is None]
    if len(tops) < 2 or target not in tops or reading.words.count("分别") != 1:
        return None
    at = reading.words.index("分别")
    listed: list[Placed] = []
    for one in placed:
        if one.mention.start < at or (listed and one.piece.sentence != listed[0].piece.sentence):
            continue
        if one.mention.percent or (listed and one.piece.link not in {"、", ",", " "}):
            break
        listed.append(one)
    if len(listed) != len(tops) or any(
        one.role != "achieved" or residue(_windows(reading, one.piece)[1]) for one in listed
    ):
        return None
    begin = max(reading.words.rfind(mark, 0, at) for mark in "。;!?\n") + 1
    named = [(reading.words.find(one.proposal.name, begin, at), one) for one in tops]
    if all(place_ >= 0 for place_, _ in named) and len({p for p, _ in named}) == len(named):
        tops = [one for _, one in sorted(named, key=lambda pair: pair[0])]
    one = listed[tops.index(target)]
    unit = _unit(one.mention.unit, target.proposal.unit)
    return Counted(one, "unnamed", unit=unit) if unit in {"same", "none"} else None


def _with_done(
    proposal: Proposal, reading: Reading, chosen: list[Counted], flags: set[str]
) -> Proposal:
    if not chosen:
        return proposal
    if any("signed" in c.placed.mention.flags for c in chosen):
        flags.add("several_candidates")
        return proposal
    quotes = tuple(_quote(reading, c.placed) for c in chosen)
    done = _sum(c.value for c in chosen)
    if _sum(number for quote in quotes for number in numbers(quote)) != done:
        flags.add("several_candidates")
        return proposal
    for one in chosen:
        mention = one.placed.mention
        flags.update(mention.flags & {"approx", "chinese_numeral"})
        if "separator" in mention.flags:
            flags.add("several_candidates")
        if one.unit == "none" or one.unsure or _of_a_year(one):
            flags.add("inherited")
        if one.placed.batch:
            flags.add("several_candidates")
    return replace(proposal, done=done, quotes=quotes)


def _of_a_year(counted: Counted) -> bool:
    return any(token.role == "year" for token in counted.placed.piece.tokens)


def _quote(reading: Reading, placed: Placed) -> str:
    """The words of the piece; less of them if they hold another number."""
    piece, mention = placed.piece, placed.mention
    end = max(piece.after)
    unit_end = max(piece.after[0], mention.end)
    tries = [(piece.before[0], end), (piece.before[0], unit_end), (mention.start, end)]
    for begin, stop in [*tries, (mention.start, unit_end), (mention.start, mention.end)]:
        quote = reading.text[begin:stop].strip(" \t\r\n\u3000，,、；;：:。（）()")
        if numbers(quote) == (mention.value,):
            return quote
    return reading.text[mention.start : mention.end]


def _read_rate(
    target: Target, wanted: Sequence[Target], reading: Reading, placed: tuple[Placed, ...]
) -> Proposal:
    flags: set[str] = set()
    rates = [other for other in wanted if other.proposal.unit == "%"]
    named: list[Counted] = []
    unnamed: list[Counted] = []
    unsure: list[Counted] = []
    for one in placed:
        if not one.mention.percent:
            continue
        before, after = _windows(reading, one.piece)
        if one.stage in {"planned", "context", "remaining", "preparing"} or _CLAIM.search(before):
            continue
        mine = _named(before, target)
        theirs = max((_named(before, o) for o in rates if o is not target), default=0)
        if mine > theirs:
            (unsure if one.doubtful or residue(after) else named).append(Counted(one, "named"))
        elif not theirs and not residue(before) and len(wanted) == 1:
            unnamed.append(Counted(one, "unnamed", unsure=True))
    found = named or unnamed
    if len({c.value for c in found}) > 1 or unsure:
        flags.add("several_candidates")
        found = []
    proposal = _with_done(target.proposal, reading, found[:1], flags)
    if proposal.done is None:
        flags.update() if flags else flags.add("no_figure")
    return replace(proposal, flags=frozenset(flags))


_CLAIM = re.compile(
    r"(?:计划|任务|目标)(?:数|量)?的?[^,]{0,3}$|同比|环比|提[高升](?![到至])|下降(?![到至])|增长"
)


def _with_claim(
    proposal: Proposal,
    target: Target,
    wanted: Sequence[Target],
    reading: Reading,
    placed: tuple[Placed, ...],
    chosen: list[Counted],
    flags: set[str],
) -> Proposal:
    claims: dict[int | float, str] = {}
    for index, one in enumerate(placed):
        if one.mention.percent and _is_claim(target, wanted, reading, placed, index, chosen):
            claims[one.mention.value] = one.batch
    if len(claims) > 1:
        flags.add("several_candidates")
    if len(claims) != 1:
        return proposal
    (claimed, batch), *_ = claims.items()
    proposal = replace(proposal, claimed=claimed, claimed_of=batch or None)
    if proposal.done is not None and not batch and _disagree(proposal):
        flags.add("percent_disagrees")
    return proposal


def _disagree(proposal: Proposal) -> bool:
    claimed = Decimal(str(proposal.claimed))
    half = Decimal(5) * Decimal(10) ** (min(0, int(claimed.as_tuple().exponent)) - 1)
    share = Decimal(str(proposal.done)) / Decimal(str(proposal.target)) * 100
    return abs(share - claimed) > half


def _is_claim(
    target: Target,
    wanted: Sequence[Target],
    reading: Reading,
    placed: tuple[Placed, ...],
    index: int,
    chosen: list[Counted],
) -> bool:
    one = placed[index]
    before, after = _windows(reading, one.piece)
    if one.stage in {"planned", "context", "remaining", "preparing"} or residue(after):
        return False
    foreign = [
        token
        for token in one.piece.tokens
        if token.role == "event"
        and token.word not in target.promise.words
        and token.stage == "serve"
    ]
    if foreign or _unknown(before, target):
        return False
    if one.piece.link == " " and index and placed[index - 1].role != "achieved":
        return False
    mine = _named(before, target)
    rivals = [other for other in wanted if other is not target and other.proposal.unit != "%"]
    theirs = max((_named(before, other) for other in rivals), default=0)
    if mine or theirs or residue(before):
        return mine > theirs
    last = next(
        (p for p in reversed(placed[:index]) if p.role == "achieved" and not p.mention.percent),
        None,
    )
    if last and last.piece.sentence == one.piece.sentence and chosen:
        return any(c.placed.mention is last.mention for c in chosen)
    tops = [other for other in rivals if other.proposal.part_of is None]
    return target.proposal.part_of is None and not tops


def _with_stages(
    proposal: Proposal,
    target: Target,
    reading: Reading,
    counted: list[Counted],
    flags: set[str],
) -> Proposal:
    mine = [
        c
        for c in counted
        if c.unit == "same" and c.how in {"named", "unnamed"} and not c.placed.doubtful
    ]
    below = [
        c
        for c in mine
        if c.placed.role == "preparing" or (c.placed.role == "context" and c.placed.stage)
    ]
    listed = [c for c in mine if c.placed.role in {"achieved", "underway", "preparing"}]
    shared = len({c.placed.piece.sentence for c in listed}) == 1 and all(
        c.placed.piece.tokens and c.placed.piece.tokens[0].start >= c.placed.mention.end
        for c in listed
    )
    stages: dict[str, int | float] = {}
    for one in listed if len(listed) > 2 and shared else below:
        name = _stage_name(target, reading, one)
        if name and name not in stages:
            stages[name] = one.value
    underway = [c for c in mine if c.placed.role == "underway" and not c.placed.batch]
    if len({c.value for c in underway}) == 1:
        proposal = replace(proposal, underway=underway[0].value)
    if len(stages) > 1 and _sum(stages.values()) > proposal.target:
        flags.add("parts_exceed_target")
    return replace(proposal, stages=stages)


_SHARE = re.compile(r"[0-9.]+\s*%")
_ASPECT = re.compile(
    r"^(?:已|均|正在|正|处于|全部|完成(?=整改|改造$))+|(?:阶段|工作|过程中|(?<!途)中)$|的"
)


def _stage_name(target: Target, reading: Reading, counted: Counted) -> str:
    piece = counted.placed.piece
    spans = [t for t in piece.tokens if t.start >= counted.placed.mention.end]
    if not spans:
        words = [t.word for t in piece.tokens if t.role in {"preparing", "event"}]
        return words[-1] if words else ""
    after = reading.bare[piece.after[0] : piece.after[1]]
    if "形象进度" in after and (percent := _SHARE.match(reading.words, max(piece.after))):
        return percent.group()
    decisive = [t for t in spans if t.role in {"event", "preparing", "underway"}] or spans
    limit = decisive[0].start - piece.after[0]
    starts = [i + 2 for i in range(limit - 1) if after[i : i + 2] in target.content]
    raw = after[max(starts, default=0) :]
    name = re.sub(r"^(?:建设)?(?:工程|项目)", "", re.sub(r"\s+", "", raw))
    return _ASPECT.sub("", name)[:20]


def _without_done(
    proposal: Proposal,
    target: Target,
    reading: Reading,
    placed: tuple[Placed, ...],
    counted: list[Counted],
    flags: set[str],
) -> Proposal:
    said = [
        decide(piece.tokens, target.promise)
        for piece in reading.pieces
        if not (piece.mention and piece.mention.percent)
    ]
    told = {role for role, _, _ in said if role} | {
        one.role for one in placed if not one.mention.percent
    }
    doubtful = any(doubt for _, _, doubt in said) or any(
        one.doubtful for one in placed if not one.mention.percent
    )
    if flags & {"several_candidates"}:
        return proposal
    if told and told <= {"preparing"} and not doubtful:
        flags.add("other_event")
        return replace(proposal, done=0, preparing=True)
    if proposal.underway == proposal.target and told <= {"underway", "preparing"} and not doubtful:
        flags.add("other_event")
        return replace(proposal, done=0)
    mine = [c for c in counted if c.how in {"named", "unnamed"}]
    if any(c.placed.role in {"underway", "preparing"} or c.placed.stage for c in mine):
        flags.add("other_event")
    elif (
        _declared(target, reading)
        and not any(c.unit == "same" for c in counted)
        and told <= {"achieved"}
        and not doubtful
        and (proposal.claimed or 100) >= 100
    ):
        flags.add("declared_only")
        return replace(proposal, declared=True)
    if not flags:
        flags.add("no_figure")
    return proposal


def _declared(target: Target, reading: Reading) -> bool:
    """已完成。已全部完工。 and nothing else in the piece."""
    for piece in reading.pieces:
        words = reading.words[piece.before[0] : piece.before[1]]
        if piece.mention is None and decide(piece.tokens, target.promise)[0] == "achieved":
            original = reading.text[piece.before[0] : piece.before[1]]
            if not residue(words) and not re.search(r"[0-9０-９]", original):
                return True
    return False
