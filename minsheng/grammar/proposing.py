"""What a wording proposes for each indicator of its promise.

What is said of every number (`facts`), how well it fits a target (`fit`) and which of the fitting
ones are done (`choose`) are worked out for each target. Beside `done`:

    declared   已完成 and no number, and nothing else is told of: `done` stays None
    0          where all is preparation, or all of the target is under way; always with the flag
               other_event
    claimed    the percent beside which nothing but the target is named; of a batch (第二批) it is
               claimed of that
    underway   the one number under way
    stages     the numbers of preparations and of events short of the promise, or all of them where
               three or more share out one number: 10 幢已完成整改，50 幢正在维修，40 幢处于前期
    preparing  nothing but preparation is told of

Of a promise with more than 24 targets nothing is read, nor is `done` from a wording that doubts
itself: 建成 300 个？ The flags are those of `proposals`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from minsheng.grammar import grid
from minsheng.grammar.choose import COUNTED, Choice, add, choose, share_is
from minsheng.grammar.facts import Fact, Promise, Tier, Verdict, facts, judge
from minsheng.grammar.fit import Beside, Clause, Fit, beside, fits, strange, unit_of
from minsheng.grammar.pieces import Prose, cut, quote
from minsheng.grammar.proposals import Candidate, Proposal, Why
from minsheng.grammar.quantities import fold, numbers
from minsheng.grammar.targets import Target, read_targets
from minsheng.grammar.verbs import KEEPS, vocabulary

MOST_TARGETS = 24
MOST_SAID = 6


def targets(content: str) -> tuple[Proposal, ...]:
    """The indicators of a promise, nothing read yet."""
    return tuple(target.proposal for target in read_targets(content))


def propose(content: str, progress: str) -> tuple[Proposal, ...]:
    """The indicators of a promise with the reading that the wording proposes. Never raises."""
    wanted = read_targets(content)
    if len(wanted) > MOST_TARGETS:
        flag = frozenset({"several_candidates"})
        return tuple(replace(target.proposal, flags=flag) for target in wanted)
    wording = Wording(content, progress, wanted)
    read = [_read(at, wording) for at in range(len(wanted))]
    return tuple(_once(read))


_SCALES = {"万": 10_000, "亿": 100_000_000}


def answer(content: str, text: str, target: float, unit: str) -> Proposal | None:
    """What the text would be read to say of the indicator of the promise that has this target and
    unit, its figures in that unit (0.7 of 万人); None if the promise does not name it once."""
    scale = _SCALES.get(unit[:1], 1)
    found = [each for each in _proposed(content, text) if each.target == round(target * scale, 6)]
    if len(found) > 1:
        found = [each for each in found if each.unit in unit]
    if len(found) != 1:
        return None
    (read,) = found
    return read if scale == 1 or read.done is None else replace(read, done=read.done / scale)


@lru_cache(maxsize=4096)
def _proposed(content: str, text: str) -> tuple[Proposal, ...]:
    return propose(content, text)


_IN_DOUBT = re.compile(
    r"\?|待(?:核[^准]|核$|统计|查实)|暂估|存疑|不完全统计"
    r"|(?:数字|数据|数量)(?:尚?未|还?需|有?待|以)"
)


@dataclass
class Wording:
    """A text cut up, and what was worked out of it for all targets."""

    content: str
    progress: str
    wanted: Sequence[Target]
    prose: Prose = field(init=False)
    sides: dict[int, Beside] = field(init=False)
    _told: dict[Promise, tuple[Fact, ...]] = field(init=False, default_factory=dict)
    _fits: dict[Promise, list[list[Fit]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        money = any(target.proposal.unit == "元" for target in self.wanted)
        self.prose = cut(self.progress, self.content, promised=money)
        self.sides = {id(piece): beside(self.prose, piece) for piece in self.prose.pieces}
        self.folded = fold(self.progress)
        self.in_doubt = _IN_DOUBT.search(self.folded) is not None
        self.money = money
        self.rows = tuple(grid.rows(self.progress))
        self.clauses = {id(target): Clause(target) for target in self.wanted}

    def told(self, promise: Promise) -> tuple[Fact, ...]:
        if promise not in self._told:
            self._told[promise] = facts(self.prose, promise)
        return self._told[promise]

    def fits(self, at: int) -> list[Fit]:
        promise = self.wanted[at].promise
        if promise not in self._fits:
            told = self.told(promise)
            self._fits[promise] = fits(self.wanted, self.prose, told, self.sides)
        return self._fits[promise][at]


def _read(at: int, wording: Wording) -> Proposal:
    target = wording.wanted[at]
    if target.proposal.unit == "%":
        return _read_rate(target, wording)
    fitted = wording.fits(at)
    percents = [fact.mention.value for fact in wording.told(target.promise) if fact.mention.percent]
    ordered = _by_order(at, wording)
    if ordered is not None:
        choice = Choice([ordered], {"assigned_by_order"}, "order")
    elif target.orphan:
        choice = Choice(flags={"several_candidates"})
    else:
        choice = choose(target, fitted, wording.prose, wording.sides, percents)
    flags = choice.flags
    if choice.chosen and target.proposal.at_most:
        flags.add("inherited")  # 候车时间缩短 2 分钟 looks like 候车时间 2 分钟
    proposal = _with_done(target.proposal, wording, choice)
    if proposal.done is None and not wording.in_doubt:
        proposal = _from_grid(proposal, at, wording, flags)
    proposal = _with_claim(proposal, target, wording, choice.chosen, flags)
    proposal = _with_stages(proposal, target, wording, fitted, flags)
    if proposal.done is None:
        proposal = _without_done(proposal, target, wording, fitted, flags)
    proposal = replace(proposal, candidates=_candidates(choice.rivals, wording))
    return replace(proposal, flags=frozenset(flags), why=_why(choice, fitted, wording))


def _with_done(proposal: Proposal, wording: Wording, choice: Choice) -> Proposal:
    chosen, flags = choice.chosen, choice.flags
    if not chosen:
        return proposal
    if wording.in_doubt or any({"signed", "torn"} & fit.fact.mention.flags for fit in chosen):
        flags.add("several_candidates")
        return proposal
    quotes = tuple(quote(wording.prose, fit.fact.piece, promised=wording.money) for fit in chosen)
    done = add([fit.value for fit in chosen])
    read = [number for each in quotes for number in numbers(each, promised=wording.money)]
    if add(read) != done:
        flags.add("several_candidates")
        return proposal
    for fit in chosen:
        flags |= fit.fact.mention.flags & {"approx", "chinese_numeral"}
        if "separator" in fit.fact.mention.flags:
            flags.add("several_candidates")
    return replace(proposal, done=done, quotes=quotes)


def _from_grid(proposal: Proposal, at: int, wording: Wording, flags: set[str]) -> Proposal:
    """The total of the row of a pasted table that is about the target."""
    clauses = list(wording.clauses.values())
    mine = []
    for row in wording.rows:
        scores = [clause.shared(row.noun) for clause in clauses]
        if (scores[at] and scores[at] == max(scores) and scores.count(scores[at]) == 1) or (
            not row.noun and len(clauses) == 1
        ):
            mine.append(row)
    if len(mine) != 1:
        return proposal
    (row,) = mine
    flags |= {"inherited", "told_bare"}
    flags.discard("several_candidates")
    return replace(proposal, done=row.total, quotes=(wording.progress[row.start : row.end],))


def _once(read: list[Proposal]) -> list[Proposal]:
    """One number of the wording answers one target: where two took it without naming, both ask."""
    taken: dict[tuple[str, ...], list[int]] = {}
    for at, proposal in enumerate(read):
        if proposal.quotes:
            taken.setdefault(proposal.quotes, []).append(at)
    for same in taken.values():
        if len(same) > 1 and len({read[at].done for at in same}) == 1:
            for at in same:
                read[at] = replace(read[at], flags=read[at].flags | {"several_candidates"})
    return read


def _by_order(at: int, wording: Wording) -> Fit | None:
    """分别为 3、4、5 个: in the order of the sentence's names, else of the promise's."""
    target = wording.wanted[at]
    tops = [one for one in wording.wanted if one.proposal.part_of is None]
    text = wording.prose.words
    if len(tops) < 2 or target not in tops or text.count("分别") != 1:
        return None
    begin = text.index("分别")
    listed: list[Fact] = []
    for fact in wording.told(target.promise):
        if fact.mention.start < begin:
            continue
        if listed and fact.piece.sentence != listed[0].piece.sentence:
            continue
        if fact.mention.percent or (listed and fact.piece.link not in {"、", ",", " "}):
            break
        listed.append(fact)
    if len(listed) != len(tops) or any(
        fact.tier == Tier.OUT or wording.sides[id(fact.piece)].noun_after for fact in listed
    ):
        return None
    opened = max(text.rfind(mark, 0, begin) for mark in "。;!?\n") + 1
    named = [(text.find(one.proposal.name, opened, begin), one) for one in tops]
    if all(place >= 0 for place, _ in named) and len({p for p, _ in named}) == len(named):
        tops = [one for _, one in sorted(named, key=lambda pair: pair[0])]
    fact = listed[tops.index(target)]
    unit = unit_of(fact.mention.unit, target.proposal.unit)
    return Fit(fact, "unnamed", unit) if unit in {"same", "none"} else None


_NO_RATE = re.compile(
    r"完成率|完成比例|(?:计划|任务|目标)(?:数|量)?的?[^,]{0,3}$|同比|环比"
    r"|提[高升](?![到至])|下降(?![到至])|增长(?![到至])"
)
_NO_CLAIM = vocabulary(
    """
    planned past stock each money change month aside remaining preparing asked
    """
)


def _read_rate(target: Target, wording: Wording) -> Proposal:
    flags: set[str] = set()
    rates = [wording.clauses[id(other)] for other in wording.wanted if other.proposal.unit == "%"]
    mine = next(clause for clause in rates if clause.target is target)
    told: list[Fit] = []
    unnamed: list[Fit] = []
    unsure: list[Fit] = []
    for fact in wording.told(target.promise):
        if not fact.mention.percent:
            continue
        sides = wording.sides[id(fact.piece)]
        asked = "完成率" in wording.content and "完成率" in sides.before
        if fact.verdict.stage in _NO_CLAIM or (_NO_RATE.search(sides.before) and not asked):
            continue
        own = mine.shared(sides.before)
        theirs = max((c.shared(sides.before) for c in rates if c is not mine), default=0)
        if own > theirs:
            (unsure if fact.piece.crossed or sides.noun_after else told).append(
                Fit(fact, "named", "same", sides.noun_before, own)
            )
        elif not theirs and not sides.noun_before and len(wording.wanted) == 1:
            unnamed.append(Fit(fact, "unnamed", "same"))
    found = told or unnamed
    if any(
        fit.fact.mention.flags & {"approx"} and fit.value == target.proposal.target for fit in found
    ):
        flags.add("told_bare")
    if unnamed and not told:
        flags.add("inherited")
    if len({fit.value for fit in found}) > 1 or unsure:
        flags.add("several_candidates")
        best = max((fit.score for fit in found), default=0)
        found = [fit for fit in found if fit.score == best] if not unsure else []
        if len({fit.value for fit in found}) > 1:
            found = []
    choice = Choice(found[:1], flags)
    proposal = _with_done(target.proposal, wording, choice)
    if proposal.done is None and not flags:
        flags.add("no_figure")
    return replace(proposal, flags=frozenset(flags), why=_why(choice, told + unsure, wording))


def _with_claim(
    proposal: Proposal, target: Target, wording: Wording, chosen: list[Fit], flags: set[str]
) -> Proposal:
    claims = _claims_by_order(target, wording)
    before: Fact | None = None
    last: Fact | None = None
    for fact in () if claims else wording.told(target.promise):
        if fact.mention.percent and _is_claim(target, wording, fact, before, last, chosen):
            claims[fact.mention.value] = fact.batch
        if fact.tier < Tier.OUT:
            last = fact
        before = fact
    if len(claims) > 1:
        flags.add("several_candidates")
    if len(claims) != 1:
        return proposal
    (claimed, batch), *_ = claims.items()
    proposal = replace(proposal, claimed=claimed, claimed_of=batch or None)
    if proposal.done is not None and not batch:
        share = Decimal(str(proposal.done)) / Decimal(str(proposal.target)) * 100
        if not share_is(share, claimed):
            flags.add("percent_disagrees")
    return proposal


def _claims_by_order(target: Target, wording: Wording) -> dict[int | float, str]:
    """完成率分别为 71.5%、68.3%: in the order of the promise."""
    text, counted = wording.prose.words, [t for t in wording.wanted if t.proposal.unit != "%"]
    if target not in counted or len(counted) < 2 or text.count("分别") != 1:
        return {}
    after = [f for f in wording.told(target.promise) if f.mention.start > text.index("分别")]
    if len(after) != len(counted) or not all(fact.mention.percent for fact in after):
        return {}
    return {after[counted.index(target)].mention.value: ""}


def _is_claim(
    target: Target,
    wording: Wording,
    fact: Fact,
    before: Fact | None,
    last: Fact | None,
    chosen: list[Fit],
) -> bool:
    """`before` is the number before the percent, `last` the last told one."""
    sides = wording.sides[id(fact.piece)]
    if fact.verdict.stage in _NO_CLAIM or sides.noun_after:
        return False
    promise = target.promise
    foreign = [
        token
        for token in fact.piece.tokens
        if token.stage
        and (
            token.stage not in KEEPS[promise.kind]
            or (token.stage == "serve" and token.word not in promise.words)
        )
    ]
    if foreign or strange(sides.before, wording.content) or _is_of_money(wording, fact):
        return False
    if fact.piece.link == " " and before and before.tier == Tier.OUT:
        return False
    clauses = wording.clauses
    own = clauses[id(target)].shared(sides.before)
    rates = [other for other in wording.wanted if other.proposal.unit == "%"]
    if any(clauses[id(rate)].shared(sides.before) for rate in rates):
        return False
    rivals = [other for other in wording.wanted if other is not target and other not in rates]
    theirs = max((clauses[id(other)].shared(sides.before) for other in rivals), default=0)
    if own or theirs or sides.noun_before:
        return own > theirs
    if before and before is not last and not before.mention.percent:
        beside_it = wording.sides[id(before.piece)].before
        nearer = clauses[id(target)].shared(beside_it)
        if any(clauses[id(other)].shared(beside_it) > nearer for other in rivals):
            return False
    if last and last.piece.sentence == fact.piece.sentence and chosen:
        return any(fit.fact.mention is last.mention for fit in chosen)
    tops = [other for other in rivals if other.proposal.part_of is None]
    return target.proposal.part_of is None and not tops


_SUM_BEFORE = re.compile(r"[0-9]\s*(?:[十百千]?万|[百千]|亿)?元[^0-9。;!?\n]*$")
_OF_THE_WORKS = re.compile(r"进度|进展|形象|工程|项目|任务|完工")
_NEAR = 60  # characters


def _is_of_money(wording: Wording, fact: Fact) -> bool:
    """完成投资 600 万元，占年度计划 50%: the share of a sum that was just named is no share of what
    was promised, unless it is said to be that of the works."""
    before = wording.folded[max(0, fact.mention.start - _NEAR) : fact.mention.start]
    found = None if wording.money else _SUM_BEFORE.search(before)
    return found is not None and not _OF_THE_WORKS.search(found.group())


def _with_stages(
    proposal: Proposal, target: Target, wording: Wording, fitted: list[Fit], flags: set[str]
) -> Proposal:
    mine = [fit for fit in fitted if fit.unit == "same" and fit.how in COUNTED]
    below = [fit for fit in mine if fit.fact.reason in {"preparing", "asked", "other"}]
    listed = [fit for fit in mine if fit.fact.tier < Tier.OUT or fit.fact.reason in _STAGES]
    shared = len({fit.fact.piece.sentence for fit in listed}) == 1 and all(
        fit.fact.piece.tokens and fit.fact.piece.tokens[0].start >= fit.fact.mention.end
        for fit in listed
    )
    stages: dict[str, int | float] = {}
    for fit in listed if len(listed) > 2 and shared else below:
        name = _stage_name(target, wording.prose, fit)
        if name and name not in stages:
            stages[name] = fit.value
    underway = {f.value for f in mine if f.fact.reason == "underway" and not f.fact.batch}
    if len(underway) == 1:
        proposal = replace(proposal, underway=underway.pop())
    if len(stages) > 1 and add(list(stages.values())) > proposal.target:
        flags.add("parts_exceed_target")
    return replace(proposal, stages=stages)


_STAGES = frozenset({"underway", "preparing", "asked", "other"})
_SHARE = re.compile(r"[0-9.]+\s*%")
_ASPECT = re.compile(
    r"^(?:已|均|正在|正|处于|全部|完成(?=整改|改造$))+|(?:阶段|工作|过程中|(?<!途)中)$|的"
)


def _stage_name(target: Target, prose: Prose, fit: Fit) -> str:
    piece = fit.fact.piece
    spans = [token for token in piece.tokens if token.start >= fit.fact.mention.end]
    if not spans:
        words = [t.word for t in fit.fact.source if t.role in {"preparing", "event"}]
        return words[-1] if words else ""
    after = prose.bare[piece.after[0] : piece.after[1]]
    if "形象进度" in after and (percent := _SHARE.match(prose.words, max(piece.after))):
        return percent.group()
    decisive = [t for t in spans if t.role in {"event", "preparing", "underway"}] or spans
    limit = decisive[0].start - piece.after[0]
    starts = [i + 2 for i in range(limit - 1) if after[i : i + 2] in target.content]
    raw = after[max(starts, default=0) :]
    name = re.sub(r"^(?:建设)?(?:工程|项目)", "", re.sub(r"\s+", "", raw))
    return _ASPECT.sub("", name)[:20]


def _without_done(
    proposal: Proposal, target: Target, wording: Wording, fitted: list[Fit], flags: set[str]
) -> Proposal:
    if "several_candidates" in flags:
        return proposal
    verdicts = _verdicts(target, wording)
    said = {verdict.reason or verdict.tier.name for verdict in verdicts} - {"base", "restated"}
    if said and said <= {"preparing", "asked"}:
        flags.add("other_event")
        return replace(proposal, done=0, preparing=True)
    percents = any(fact.mention.percent for fact in wording.told(target.promise))
    if (
        proposal.underway == proposal.target
        and not percents
        and said <= {"underway", "preparing", "asked"}
    ):
        flags.add("other_event")
        return replace(proposal, done=0)
    mine = [fit for fit in fitted if fit.how in COUNTED]
    if any(fit.fact.reason in _STAGES for fit in mine):
        flags.add("other_event")
    elif (
        _declared(target, wording)
        and not wording.in_doubt
        and not any(fit.unit == "same" and fit.fact.reason != "restated" for fit in fitted)
        and said <= {"SAID"}
        and (proposal.claimed or 100) >= 100
    ):
        flags.add("declared_only")
        return replace(proposal, declared=True)
    if not flags:
        flags.add("no_figure")
    return proposal


def _verdicts(target: Target, wording: Wording) -> list[Verdict]:
    """What the pieces about a target say, percents aside: those that name it, and those after them
    until another target is named."""
    clauses = list(wording.clauses.values())
    at, current = wording.wanted.index(target), None if len(wording.wanted) > 1 else 0
    told = {id(fact.piece): fact for fact in wording.told(target.promise)}
    found = []
    for piece in wording.prose.pieces:
        sides = wording.sides[id(piece)]
        scores = [clause.shared(f"{sides.before} {sides.after}") for clause in clauses]
        if max(scores) and scores.count(max(scores)) == 1:
            current = scores.index(max(scores))
        if current not in {None, at}:
            continue
        fact = told.get(id(piece))
        verdict = fact.verdict if fact else judge(piece.tokens, target.promise, wording.prose)
        if verdict is not None and not (fact and fact.mention.percent):
            found.append(verdict)
    return found


def _declared(target: Target, wording: Wording) -> bool:
    """已完成。已全部完工。 and nothing else in the piece."""
    for piece in wording.prose.pieces:
        if piece.mention is not None:
            continue
        verdict = judge(piece.tokens, target.promise, wording.prose)
        if verdict is not None and verdict.tier == Tier.SAID and not verdict.soft:
            original = wording.prose.text[piece.before[0] : piece.before[1]]
            if not wording.sides[id(piece)].noun and not re.search(r"[0-9０-９]", original):
                return True
    return False


def _candidates(rivals: Sequence[Fit], wording: Wording) -> tuple[Candidate, ...]:
    return tuple(dict.fromkeys(_candidate(fit.fact, wording) for fit in rivals[:MOST_SAID]))


def _candidate(fact: Fact, wording: Wording) -> Candidate:
    return Candidate(fact.mention.value, quote(wording.prose, fact.piece, promised=wording.money))


def _why(choice: Choice, fitted: Sequence[Fit], wording: Wording) -> Why:
    named = {id(fit.fact) for fit in (*choice.chosen, *choice.rivals)}
    tier = max((fit.fact.tier for fit in choice.chosen), default=None)
    excluded: list[tuple[Candidate, str]] = []
    for fit in fitted:
        if id(fit.fact) in named or len(excluded) == MOST_SAID:
            continue
        reason = fit.fact.reason or (fit.how if fit.how not in COUNTED else "")
        if reason:
            excluded.append((_candidate(fit.fact, wording), reason))
    met = next((fit.met for fit in choice.chosen if fit.met), "")
    name = "" if tier is None else "said" if tier == Tier.OUT else tier.name.lower()
    return Why(name, met, choice.rule, tuple(excluded))
