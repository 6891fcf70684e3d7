"""What a report proposes for each indicator of its promise.

The numbers of the report have a role (`roles`), count a target or not (`matching`), and together
make up what is done or not (`figures`). Beside `done`:

    declared   已完成 and no number, and nothing else is told of: `done` stays None
    0          where all is preparation, or all of the target is under way; always with the flag
               other_event
    claimed    the percent beside which nothing but the target is named; of a batch (第二批) it is
               claimed of that
    underway   the one number under way
    stages     the numbers of preparations and of events short of the promise, or all of them where
               three or more share out one number: 10 幢已完成整改，50 幢正在维修，40 幢处于前期
    preparing  nothing but preparation is told of

Of a promise with more than 24 targets nothing is read. The flags are those of `proposals`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from minsheng.grammar.figures import Report, add, by_order, choose
from minsheng.grammar.matching import Counted, count, named, unknown
from minsheng.grammar.pieces import Reading, cut, quote
from minsheng.grammar.proposals import Proposal
from minsheng.grammar.quantities import numbers
from minsheng.grammar.roles import Placed
from minsheng.grammar.targets import Target, read_targets
from minsheng.grammar.verbs import KEEPS

MOST_TARGETS = 24


def targets(content: str) -> tuple[Proposal, ...]:
    """The indicators of a promise, nothing read yet."""
    return tuple(target.proposal for target in read_targets(content))


def propose(content: str, progress: str) -> tuple[Proposal, ...]:
    """The indicators of a promise with the reading that the report proposes. Never raises."""
    wanted = read_targets(content)
    if len(wanted) > MOST_TARGETS:
        flag = frozenset({"several_candidates"})
        return tuple(replace(target.proposal, flags=flag) for target in wanted)
    report = Report(cut(progress))
    for target in wanted:
        report.read_for(target.promise)
    return tuple(_read(target, wanted, report) for target in wanted)


def _read(target: Target, wanted: Sequence[Target], report: Report) -> Proposal:
    if target.proposal.unit == "%":
        return _read_rate(target, wanted, report)
    counted = [one for one, _ in count(target, wanted, report.pieces(target.promise.kind))]
    flags: set[str] = set()
    ordered = by_order(target, wanted, report)
    if ordered is not None:
        chosen = [ordered]
        flags.add("assigned_by_order")
    elif target.orphan:
        chosen = []
        flags.add("several_candidates")
    else:
        chosen = choose(target, wanted, report, counted, flags)
    if chosen and target.proposal.at_most:
        flags.add("inherited")  # 候车时间缩短 2 分钟 looks like 候车时间 2 分钟
    reading = report.reading
    proposal = _with_done(target.proposal, report, chosen, flags)
    proposal = _with_claim(proposal, target, wanted, report, chosen, flags)
    proposal = _with_stages(proposal, target, reading, counted, flags)
    if proposal.done is None:
        proposal = _without_done(proposal, target, report, counted, flags)
    return replace(proposal, flags=frozenset(flags))


def _with_done(
    proposal: Proposal, report: Report, chosen: list[Counted], flags: set[str]
) -> Proposal:
    if not chosen:
        return proposal
    reading = report.reading
    if report.in_doubt or any("signed" in c.placed.mention.flags for c in chosen):
        flags.add("several_candidates")
        return proposal
    quotes = tuple(quote(reading, c.placed.piece) for c in chosen)
    done = add(c.value for c in chosen)
    if add(number for quote in quotes for number in numbers(quote)) != done:
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


def _read_rate(target: Target, wanted: Sequence[Target], report: Report) -> Proposal:
    flags: set[str] = set()
    rates = [other for other in wanted if other.proposal.unit == "%"]
    told: list[Counted] = []
    unnamed: list[Counted] = []
    unsure: list[Counted] = []
    for one in report.placed(target.promise.kind):
        if not one.mention.percent:
            continue
        sides = report.beside(one.piece)
        if one.stage in {"planned", "context", "remaining", "preparing"} or _CLAIM.search(
            sides.before
        ):
            continue
        mine = named(sides.before, sides.noun_before, target)
        theirs = max(
            (named(sides.before, sides.noun_before, o) for o in rates if o is not target), default=0
        )
        if mine > theirs:
            vague = one.doubtful or one.piece.crossed or sides.noun_after
            (unsure if vague else told).append(Counted(one, "named"))
        elif not theirs and not sides.noun_before and len(wanted) == 1:
            unnamed.append(Counted(one, "unnamed", unsure=True))
    found = told or unnamed
    if len({c.value for c in found}) > 1 or unsure:
        flags.add("several_candidates")
        found = []
    proposal = _with_done(target.proposal, report, found[:1], flags)
    if proposal.done is None and not flags:
        flags.add("no_figure")
    return replace(proposal, flags=frozenset(flags))


_CLAIM = re.compile(
    r"完成率|完成比例|(?:计划|任务|目标)(?:数|量)?的?[^,]{0,3}$|同比|环比|提[高升](?![到至])|下降(?![到至])|增长"
)


def _with_claim(
    proposal: Proposal,
    target: Target,
    wanted: Sequence[Target],
    report: Report,
    chosen: list[Counted],
    flags: set[str],
) -> Proposal:
    claims: dict[int | float, str] = {}
    before: Placed | None = None
    last: Placed | None = None
    for one in report.placed(target.promise.kind):
        if one.mention.percent and _is_claim(target, wanted, report, one, before, last, chosen):
            claims[one.mention.value] = one.batch
        if one.role == "achieved":
            last = one
        before = one
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
    report: Report,
    one: Placed,
    before: Placed | None,
    last: Placed | None,
    chosen: list[Counted],
) -> bool:
    """`before` is the number before the percent, `last` the last achieved one."""
    sides = report.beside(one.piece)
    if one.stage in {"planned", "context", "remaining", "preparing"} or sides.noun_after:
        return False
    promise = target.promise
    foreign = [
        token
        for token in one.piece.tokens
        if token.stage
        and (
            token.stage not in KEEPS[promise.kind]
            or (token.stage == "serve" and token.word not in promise.words)
        )
    ]
    if foreign or unknown(sides.before, target):
        return False
    if one.piece.link == " " and before and before.role != "achieved":
        return False
    mine = named(sides.before, sides.noun_before, target)
    rates = [other for other in wanted if other.proposal.unit == "%"]
    if any(named(sides.before, sides.noun_before, rate) for rate in rates):
        return False
    rivals = [other for other in wanted if other is not target and other.proposal.unit != "%"]
    theirs = max((named(sides.before, sides.noun_before, other) for other in rivals), default=0)
    if mine or theirs or sides.noun_before:
        return mine > theirs
    if before and before is not last and not before.mention.percent:
        nearer = report.beside(before.piece)
        own = named(nearer.before, nearer.noun_before, target)
        if any(named(nearer.before, nearer.noun_before, other) > own for other in rivals):
            return False
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
    if len(stages) > 1 and add(stages.values()) > proposal.target:
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
        words = [t.word for t in counted.placed.source if t.role in {"preparing", "event"}]
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
    report: Report,
    counted: list[Counted],
    flags: set[str],
) -> Proposal:
    if "several_candidates" in flags:
        return proposal
    kind = target.promise.kind
    told, doubtful = set[str](), False
    for piece, role, _, doubt in report.decided(kind):
        if not (piece.mention and piece.mention.percent):
            told |= {role} - {""}
            doubtful = doubtful or doubt
    for one in report.placed(kind):
        if not one.mention.percent:
            told.add(one.role)
            doubtful = doubtful or one.doubtful
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
        _declared(target, report)
        and not report.in_doubt
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


def _declared(target: Target, report: Report) -> bool:
    """已完成。已全部完工。 and nothing else in the piece."""
    for piece, role, _, _ in report.decided(target.promise.kind):
        if piece.mention is None and role == "achieved":
            original = report.reading.text[piece.before[0] : piece.before[1]]
            if not report.beside(piece).noun_before and not re.search(r"[0-9０-９]", original):
                return True
    return False
