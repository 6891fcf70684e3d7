"""Which of the numbers that fit a target make up what is done.

The best tier wins. Of several numbers in it, the first of these that holds:

    percent   the department's own percent is that number's share of the target
    total     the others add up to it: 共完成 12 个，A 街道 5 个、B 街道 7 个
    stages    the pieces share out one number by stage: 1 家完成建设、12 家投入运营 among others
    sum       又, 另, 一是…二是: the same event, disjoint (flag summed)
    time      今年 beats 累计 for a yearly promise, 累计 beats 本年 for one of many years
    nested    已完工 6 个，已投用 4 个: the wider event holds the other
    nearer    the one whose noun shares more with the promise

A tie that remains leaves the field empty, with the candidates. A figure stands without a flag only
if it is SAID, of the target's own unit and noun, and every other number of its unit is explained.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from minsheng.grammar.facts import STAGES, Tier, judge
from minsheng.grammar.fit import Beside, Clause, Fit, nouns
from minsheng.grammar.numerals import as_number
from minsheng.grammar.pieces import Prose
from minsheng.grammar.targets import Target
from minsheng.grammar.verbs import REALISED

COUNTED = frozenset({"named", "unnamed"})
_TOTAL = frozenset({"共", "共计", "合计", "总计", "累计", "累计完成"})
_THIS_YEAR = re.compile(r"今年|当年|本年|年内|本年度|20\d\d年")
_SO_FAR = re.compile(r"累计|截至|总计")


@dataclass
class Choice:
    """`chosen` together are what is done; `rule` says by which tie-breaker, if one was needed."""

    chosen: list[Fit] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    rule: str = ""
    rivals: list[Fit] = field(default_factory=list)


def add(values: Sequence[int | float]) -> int | float:
    return as_number(sum((Decimal(str(value)) for value in values), Decimal(0)))


def choose(
    target: Target,
    fitted: Sequence[Fit],
    prose: Prose,
    sides: dict[int, Beside],
    percents: Sequence[int | float],
) -> Choice:
    mine = [fit for fit in fitted if fit.how in COUNTED]
    told = [fit for fit in mine if fit.fact.tier < Tier.OUT]
    in_time = _this_year(target, told, prose)
    choice = Choice(rule="time" if len(in_time) < len(told) else "")
    told = _tops(target, in_time)
    named = _named_without_number(target, prose)
    if named:
        choice.flags.add("several_candidates")
    if named == "listed":
        choice.rivals = told
        return choice
    tainted = _tainted(told, fitted)
    told = _without(told, tainted)
    if tainted and not told:
        choice.flags.add("several_candidates")
        choice.rivals = tainted
        return choice
    if not told:
        tied = [f for f in fitted if f.how == "tied" and f.fact.tier < Tier.OUT]
        if tied:
            choice.flags.add("several_candidates")
            choice.rivals = tied
        return choice
    if any(fit.unit == "same" for fit in told) and not _kinds(target, told):
        told = [fit for fit in told if fit.unit != "kin"]
    best = min(fit.fact.tier for fit in told)
    first = [fit for fit in told if fit.fact.tier == best]
    if any(fit.unit == "same" for fit in first):
        first = [fit for fit in first if fit.unit == "same"]
    chosen, rule = _settle(target, first, told, fitted, prose, percents)
    choice.rule = rule or choice.rule
    if not chosen:
        choice.flags.add("several_candidates")
        choice.rivals = first
        return choice
    choice.chosen = chosen
    choice.rivals = _unexplained(chosen, fitted, rule)
    choice.flags |= _doubts(target, chosen, prose, sides, percents, rule)
    based = {fit.fact.piece.sentence for fit in fitted if fit.fact.reason == "base"}
    if any(fit.fact.piece.sentence in based for fit in chosen):
        choice.flags.add("inherited")
    if choice.rivals or tainted:
        choice.flags.add("several_candidates")
    return choice


def _this_year(target: Target, told: list[Fit], prose: Prose) -> list[Fit]:
    """全市累计建成 58 处，其中今年新建 5 处: what a yearly promise asks for is this year's."""
    if target.promise.stock:
        stock = [f for f in told if any(t.role == "stock" for t in f.fact.piece.tokens)]
        return stock or told
    if target.promise.years:
        return told
    now = [fit for fit in told if _says(fit, _THIS_YEAR, prose) and fit.fact.tier < Tier.NOUN]
    if not now and any("新增" in word for word in target.promise.own):
        most = Decimal("1.5") * Decimal(str(target.proposal.target))
        far = [fit for fit in told if _says(fit, _SO_FAR, prose) and fit.value > most]
        now = [
            fit
            for fit in _without(told, far)
            if far and any("新增" in token.word for token in fit.fact.piece.tokens)
        ]
    others = _without(told, now)
    if now and all(_says(fit, _SO_FAR, prose) for fit in others):
        return [
            fit if not fit.fact.part else replace(fit, fact=replace(fit.fact, part=False))
            for fit in now
        ]
    return told


def _says(fit: Fit, words: re.Pattern[str], prose: Prose) -> bool:
    begin, end = fit.fact.piece.before
    return words.search(prose.text, max(0, begin - 6), end) is not None


def _tops(target: Target, told: list[Fit]) -> list[Fit]:
    """A part counts for a part; for the whole only if the whole is not itself told."""
    if target.proposal.part_of is not None:
        return [f for f in told if f.fact.part] or told
    wholes = {f.fact.piece.sentence for f in told if not f.fact.part}
    best = {
        s: min(f.fact.tier for f in told if not f.fact.part and f.fact.piece.sentence == s)
        for s in wholes
    }
    return [
        f
        for f in told
        if not f.fact.part
        or f.fact.piece.sentence not in wholes
        or (_own_event(f) and f.fact.tier < best[f.fact.piece.sentence])
    ]


def _own_event(fit: Fit) -> bool:
    return not fit.fact.borrowed and fit.fact.tier == Tier.SAID


_UNFINISHED = frozenset({"underway", "preparing", "asked", "remaining", "past"})


def _tainted(told: list[Fit], fitted: Sequence[Fit]) -> list[Fit]:
    """完成 14 座（含在建 5 座）: the department counts as done what is not."""
    last: dict[int, int] = {}
    for fit in fitted:
        fact = fit.fact
        if fact.part and fact.reason in _UNFINISHED and not fact.borrowed:
            last[fact.piece.sentence] = fact.mention.start
    return [
        fit
        for fit in told
        if not fit.fact.part and last.get(fit.fact.piece.sentence, -1) > fit.fact.mention.start
    ]


def _without(fits: Sequence[Fit], others: Sequence[Fit]) -> list[Fit]:
    left_out = {id(fit) for fit in others}
    return [fit for fit in fits if id(fit) not in left_out]


def _settle(
    target: Target,
    first: list[Fit],
    told: list[Fit],
    fitted: Sequence[Fit],
    prose: Prose,
    percents: Sequence[int | float],
) -> tuple[list[Fit], str]:
    values = {fit.value for fit in first}
    confirmed = [fit for fit in told if _confirms(fit.value, target.proposal.target, percents)]
    if confirmed and len({fit.value for fit in confirmed}) == 1 and len(values) > 1:
        return confirmed[:1], "percent"
    total = _total(first, fitted)
    if total is not None:
        return [total], "total"
    summed = _sum(target, told)
    if summed:
        return summed, "sum"
    shared_out = _stages(first, fitted) if len(first) > 1 else []
    if shared_out:
        return shared_out, "stages"
    kinds = _kinds(target, told)
    if kinds:
        return kinds, "kinds"
    if len(values) == 1:
        return [_nearest(first)], "" if len(first) == 1 else "equal"
    if any(fit.fact.reason == "past" for fit in fitted) and not target.promise.years:
        now = [fit for fit in first if not _says(fit, _SO_FAR, prose)]
        if len({fit.value for fit in now}) == 1:
            return now[:1], "time"
    for rule, left in (
        ("time", _by_time(target, first, prose)),
        ("nested", _nested(first)),
        ("nearer", _nearer(first)),
    ):
        if len({fit.value for fit in left}) == 1:
            return [_nearest(left)], rule
    return [], ""


def _nearest(same: list[Fit]) -> Fit:
    return max(same, key=lambda fit: (fit.how == "named", fit.score, -fit.fact.mention.start))


def _confirms(done: int | float, target: int | float, percents: Sequence[int | float]) -> bool:
    share = Decimal(str(done)) / Decimal(str(target)) * 100
    return any(share_is(share, percent) for percent in percents)


def share_is(share: Decimal, percent: int | float) -> bool:
    """Whether a percent as printed is that share, rounded or cut off at its last digit."""
    claimed = Decimal(str(percent))
    half = Decimal(5) * Decimal(10) ** (min(0, int(claimed.as_tuple().exponent)) - 1)
    return abs(share - claimed) <= half


def _total(first: list[Fit], fitted: Sequence[Fit]) -> Fit | None:
    """The number that the other told ones of its unit add up to."""
    largest = max(first, key=lambda fit: fit.value)
    parts = [
        fit.value
        for fit in fitted
        if fit.fact is not largest.fact
        and fit.unit in {"same", "none"}
        and fit.fact.reason not in {"base", "planned", "past", "stock", "restated", "each"}
        and fit.value < largest.value
    ]
    said = any(token.word in _TOTAL for token in largest.fact.piece.tokens)
    ahead = all(
        fit.fact.mention.start > largest.fact.mention.start
        for fit in fitted
        if fit.fact is not largest.fact and fit.unit == "same" and fit.value < largest.value
    )
    if len(parts) > 1 and (said or ahead) and add(parts) == largest.value:
        return largest
    return None


def _sum(target: Target, told: list[Fit]) -> list[Fit]:
    """上半年开通 4 条，又开通 3 条: numbers beside each other, none inside another."""
    adding = [fit for fit in told if fit.fact.adds and not fit.fact.part]
    if not adding:
        return []
    begin = min(fit.fact.mention.start for fit in adding)
    rest = [
        fit
        for fit in told
        if not fit.fact.adds and not fit.fact.part and fit.fact.mention.start < begin
    ]
    rest = [fit for fit in rest if not fit.fact.source or not _is_so_far(fit)]
    together = rest[-1:] + adding
    if len(together) < 2 or any(fit.fact.tier == Tier.NOUN for fit in together):
        return []
    if len({fit.fact.mention.unit for fit in together}) > 1:
        return []
    if add([fit.value for fit in together]) > Decimal("1.5") * Decimal(str(target.proposal.target)):
        return []
    return together


def _is_so_far(fit: Fit) -> bool:
    return any(token.word in _TOTAL for token in fit.fact.piece.tokens)


def _stages(first: list[Fit], fitted: Sequence[Fit]) -> list[Fit]:
    """1 家选址、…、1 家完成建设、12 家投入运营: one number shared out, each stage once."""
    if len({fit.fact.piece.sentence for fit in first}) > 1:
        return []
    sentence = first[0].fact.piece.sentence
    listed = [
        fit
        for fit in fitted
        if fit.fact.piece.sentence == sentence and fit.fact.reason not in {"base", "restated"}
    ]
    verb_last = all(
        fit.fact.piece.tokens
        and fit.fact.piece.tokens[0].start >= fit.fact.mention.end
        and not fit.fact.borrowed
        and not fit.fact.part
        for fit in listed
    )
    words = [tuple(token.word for token in fit.fact.piece.tokens) for fit in first]
    if verb_last and len(listed) > len(first) and len(set(words)) == len(words):
        return first
    return []


def _kinds(target: Target, told: list[Fit]) -> list[Fit]:
    """开工 4 所幼儿园、1 个小学项目 of 中小学、幼儿园 8 所: another noun of the list each."""
    works = [fit for fit in told if fit.fact.tier < Tier.NOUN and not fit.fact.part]
    ways = [_ways(fit, target) for fit in works]
    most = Decimal("1.5") * Decimal(str(target.proposal.target))
    each_way = len(works) > 1 and all(ways) and len(set(ways)) == len(ways)
    if each_way and add([fit.value for fit in works]) <= most:
        return works
    named = [fit for fit in works if fit.met]
    nouns = {fit.met for fit in named}
    kinds = {kind for kind in target.kinds for noun in nouns if kind.endswith(noun)}
    if len(named) < 2 or len(nouns) != len(named) or len(kinds) != len(named):
        return []
    together = add([fit.value for fit in named]) <= target.proposal.target
    return named if together else []


def _ways(fit: Fit, target: Target) -> str:
    """新建 of 新改建: the one of the promise's works that the number was done in."""
    own = "".join(target.promise.own) if target.promise.classes else "".join(_WAYS)
    told = [t.word for t in fit.fact.piece.tokens if t.word in _WAYS]
    if len(told) != 1 or not all(char in own for char in told[0]):
        return ""
    return told[0] if sum(all(char in own for char in way) for way in _WAYS) > 1 else ""


_WAYS = ("新建", "改建", "扩建", "改造", "翻建", "迁建", "重建", "提升")


def _by_time(target: Target, first: list[Fit], prose: Prose) -> list[Fit]:
    now = [fit for fit in first if _says(fit, _THIS_YEAR, prose)]
    so_far = [fit for fit in _without(first, now) if _says(fit, _SO_FAR, prose)]
    if target.promise.years or target.promise.stock:
        return so_far
    return now or so_far


def _nested(first: list[Fit]) -> list[Fit]:
    """Verb first, each further along the road than the one before and no larger."""
    if any(fit.fact.verdict.stage not in STAGES for fit in first):
        return []
    if any(
        fit.fact.piece.tokens and fit.fact.piece.tokens[0].start > fit.fact.mention.start
        for fit in first
    ):
        return []
    ranks = [STAGES.index(fit.fact.verdict.stage) for fit in first]
    values = [fit.value for fit in first]
    if ranks == sorted(ranks) and len(set(ranks)) > 1 and values == sorted(values, reverse=True):
        return first[:1]
    return []


def _nearer(first: list[Fit]) -> list[Fit]:
    named = [fit for fit in first if fit.how == "named" and not _soft(fit)]
    best = max((len(fit.met) for fit in named), default=0)
    nearest = [fit for fit in named if len(fit.met) == best]
    others = _without(first, nearest)
    farther = all(len(f.met) + 2 <= best or "akin" in _soft(f) for f in others)
    return nearest if farther else []


def _soft(fit: Fit) -> frozenset[str]:
    return fit.soft | fit.fact.verdict.soft


def _unexplained(chosen: list[Fit], fitted: Sequence[Fit], rule: str) -> list[Fit]:
    """Other numbers of the unit that nothing explains away."""
    facts = {id(fit.fact) for fit in chosen}
    values = {fit.value for fit in chosen}
    sentences = {fit.fact.piece.sentence for fit in chosen}
    found = []
    for fit in fitted:
        fact = fit.fact
        if id(fact) in facts or fit.value in values:
            continue
        crossed = fact.piece.crossed and fact.piece.sentence in sentences
        if fact.tier == Tier.OUT and fact.reason not in {"asked", "other"} and not crossed:
            continue
        if fit.how == "rival":
            continue
        if fit.how == "stranger" and not (
            (fact.borrowed and fact.piece.link == "、")
            or (fact.part and fact.piece.sentence in sentences)
        ):
            continue
        if rule == "total":
            continue
        found.append(fit)
    return found


# 25000 人（次）: either unit.
_OR_ELSE = re.compile(r"\s*\S{1,3}\s*[（(][一-鿿]{1,2}[)）]")


def _doubts(
    target: Target,
    chosen: list[Fit],
    prose: Prose,
    sides: dict[int, Beside],
    percents: Sequence[int | float],
    rule: str,
) -> set[str]:
    flags: set[str] = set()
    confirmed = _confirms(add([f.value for f in chosen]), target.proposal.target, percents)
    clause = Clause(target)
    for fit in chosen:
        fact = fit.fact
        flags |= fit.soft | fact.verdict.soft
        if fact.tier > Tier.SAID:
            flags.add("told_bare")
        if any(token.role == "year" for token in fact.piece.tokens):
            flags.add("inherited")
        if fact.batch:
            flags.add("several_candidates")
        words = sides[id(fact.piece)]
        more = clause.lacks(words.left_over) + clause.lacks(words.noun)
        if len(more) > 1:
            flags.add("akin")
        if fact.borrowed and fact.piece.link == "":
            flags.add("inherited")
        if _OR_ELSE.match(prose.text, fact.mention.end):
            flags.add("inherited")
    if any(f.fact.part for f in chosen) and target.proposal.part_of is None:
        flags.add("inherited")
    if len(chosen) > 1:
        flags.add("summed")
    if rule in {"time", "nested", "nearer", "kinds", "equal"}:
        flags.add("several_candidates")
    worth = add([fit.value for fit in chosen])
    if worth > Decimal("1.5") * Decimal(str(target.proposal.target)) and not confirmed:
        flags.add("several_candidates")
    return flags


def _named_without_number(target: Target, prose: Prose) -> str:
    """东风园、新华园已建成: "listed", completed by name, and nobody says how many; "one" for C 路已
    打通 beside a number."""
    found = ""
    clause = Clause(target)
    for piece in prose.pieces:
        if piece.mention is not None or not piece.tokens:
            continue
        said = judge(piece.tokens, target.promise, prose)
        if said is None or said.tier != Tier.SAID or said.stage not in STAGES:
            continue
        verb = next(
            (t for t in piece.tokens if t.role in {"event", "work"} or t.word in REALISED), None
        )
        if verb is None:
            continue
        subject = prose.words[piece.before[0] : verb.start]
        if "、" in subject and not re.search(r"\d", subject):
            return "listed"
        if any(token.role == "rest" for token in piece.tokens):
            return "listed"
        if any(clause.lacks(noun) for noun in nouns(prose.bare[piece.before[0] : verb.start])):
            found = "one"
    return found
