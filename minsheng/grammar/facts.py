"""What the words around every number of a report say of it.

A number is in a tier. The better tier answers a promise; what is `OUT` answers none, and `reason`
says which closed list it is of:

    SAID   the promised event, with 已, 累计, 完成 or a word that says it is over: 已建成 9 座
    TOLD   the promise's own event told bare, or anything not quite the promised event: 新建 9 座
    NOUN   no event at all beside the number
    OUT    percent     the number is a percent
           remaining   a negation: 未完工 3 个, 尚有 3 个
           planned     预计, 力争, 任务 ; but 完成年度计划的 129% plans nothing
           past        another year ; stock: 现有, 增至 ; change: 同比 ; month: one month's figure
           each, money, aside (发现问题 12 个)
           preparing   设计, 招标, 采购 ..., even after 已完成
           asked       签约, 报名, 受理: somebody wants it
           underway    在建, 施工, 推进 ; 开工 unless the promise is 开工
           other       an event that does not keep the promise, or other work than the promised
           base        the number that another is a part of: 38 艘渡船中已更新 25 艘
           restated    the target said again: 超额完成 32 个的任务 ; 扶梯 90 部：材料已下单
           tainted     what is counted as done holds what is not: 完成 14 座（含在建 5 座）

A piece without such words has the tier of the piece before it in its sentence (已建设 15 家，托位
440 个), else of the words after it (20 个小区，已完工). A piece that begins with 均, 全部 speaks of
the numbers before it. What goes before 后 and 并 is over where the promised event follows: 31 条已
改造并通过验收. 其中 makes what follows in its sentence or bracket a part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from minsheng.grammar.pieces import Piece, Prose, Token
from minsheng.grammar.quantities import Mention
from minsheng.grammar.verbs import (
    BARE_ACCEPTANCE,
    CAPACITY,
    KEEPS,
    OUTLOOK,
    REALISED,
    STRONG,
    WEAK,
    classes,
    vocabulary,
)


class Tier(IntEnum):
    SAID = 1
    TOLD = 2
    NOUN = 3
    OUT = 4


@dataclass(frozen=True, slots=True)
class Promise:
    """What decides a tier: the kind of the promised event (`verbs.KEEPS`), the table words of the
    promise, its text, and the values it promises."""

    kind: str = "finish"
    words: frozenset[str] = frozenset()
    content: str = ""
    targets: frozenset[int | float] = frozenset()
    own: frozenset[str] = frozenset()
    stock: bool = False
    years: bool = False
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`stage` is how far along the event is; `soft` are doubts that make a flag."""

    tier: Tier
    reason: str = ""
    stage: str = ""
    soft: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """A number and what is said of it. `borrowed`: the words are of another piece; `source`: those
    words; `adds`: 又, 另, 二是: beside the number before it and not in it."""

    mention: Mention
    piece: Piece
    verdict: Verdict
    borrowed: bool = False
    part: bool = False
    batch: str = ""
    adds: bool = False
    source: tuple[Token, ...] = ()

    @property
    def tier(self) -> Tier:
        return self.verdict.tier

    @property
    def reason(self) -> str:
        return self.verdict.reason


OUT = (
    "remaining",
    "planned",
    "past",
    "stock",
    "each",
    "money",
    "change",
    "aside",
    "preparing",
    "asked",
    "underway",
)
STAGES = ("start", "finish", "accept", "deliver", "use")
_EVENTS = frozenset({"event", "work"})
_ADDS = re.compile(r"又|再(?!就业|次)|另|还(?!有|需)|[一二三四五]是")
_UNKNOWN_VERB = re.compile(r"[一-鿿]{2,}")
_QUIET = re.compile(
    r"^(?:其中|为|在|向|对|由|将|把|给|于|面向|组织|全部|顺利|圆满|成功|提前|按时|如期|按期|超额|累计|共|"
    r"分别|陆续|先后|新|全|各|均|都|等|到|至|从|帮助|协助|联合|依托|通过|免费|开展|完成|达|有|合计|总计)+"
)


def judge(
    tokens: Sequence[Token], promise: Promise, prose: Prose, *, adds: bool = False
) -> Verdict | None:
    """What the words of one piece say of its number; None if nothing. `adds`: 8 月又开通 3 条."""
    tokens = _not_over(tokens, promise, prose)
    if adds:
        tokens = [token for token in tokens if token.role != "month"]
    done = any(token.role in _EVENTS for token in tokens)
    roles = {
        token.role
        for token in tokens
        if not _own(token, promise) and not (done and token.word == "共有")
    }
    for role in OUT:
        if role in roles and not (
            (role == "stock" and promise.stock) or (role == "past" and promise.years)
        ):
            return Verdict(Tier.OUT, role)
    said = {token.word for token in tokens}
    realised = bool(said & REALISED)
    rest = "rest" in roles
    if "by" in roles and not realised:
        return Verdict(Tier.OUT, "planned")
    if "month" in roles:
        return Verdict(Tier.OUT, "month")
    found = _event(tokens, said, realised, promise)
    if found is None and rest:
        return Verdict(Tier.OUT, "remaining")
    return found


def _event(
    tokens: Sequence[Token], said: set[str], realised: bool, promise: Promise
) -> Verdict | None:
    stages = [token.stage for token in tokens if token.role == "event"]
    works = [token for token in tokens if token.role == "work"]
    if not stages and not works:
        if said & STRONG:
            keeps = promise.kind in {"finish", "serve", "gain", "rate", "raise"}
            return Verdict(Tier.SAID if keeps else Tier.NOUN, "", "finish" if keeps else "")
        return None
    ranked = [stage for stage in stages if stage in STAGES]
    best = max(ranked, key=STAGES.index) if ranked else ("serve" if stages else "work")
    kept = KEEPS[promise.kind]
    if best in STAGES and best not in kept:
        reason = "underway" if best == "start" else "other"
        return Verdict(Tier.OUT, reason, best)
    soft: set[str] = set()
    told = [token for token in tokens if token.role in _EVENTS]
    mine = promise.classes
    theirs = frozenset(c for t in told if t.word not in promise.words for c in classes(t.word))
    own = any(classes(t.word) & mine or t.word in promise.words for t in told)
    if theirs and not own:
        if mine and best in {"serve", "work", "finish"}:
            return Verdict(Tier.OUT, "other", best)
        soft.add("akin")
    if best == "serve" and promise.kind not in {"serve", "gain", "rate"} and not own:
        if not any("新增" in word for word in promise.own):
            return Verdict(Tier.OUT, "other", best)
        soft.add("akin")
    if told and all(_sister(token, promise) for token in told):
        soft.add("akin")
    if best in {"serve", "work"} and promise.kind in {"start", "accept", "deliver", "use"}:
        return Verdict(Tier.OUT, "other", best) if realised else Verdict(Tier.NOUN, "", best)
    if BARE_ACCEPTANCE & said and not realised:
        soft.add("akin")
    if said & WEAK:
        soft.add("akin")
    plain = best in STAGES and not all(
        t.word in promise.words or t.word in _ECHOES for t in tokens if t.stage in STAGES
    )
    tier = Tier.SAID if realised or plain else Tier.TOLD
    return Verdict(tier, "", best, frozenset(soft))


def _sister(token: Token, promise: Promise) -> bool:
    """Work of the promise's class in another word: 办结 for 办理, 已安装 for 新设."""
    same = any(token.word in word or word in token.word for word in promise.words)
    if same or token.word in {"建设", "建"}:
        return False
    return bool(classes(token.word)) or token.role == "work" or token.stage == "serve"


# These name the promise as often as they name the event: 新建 9 座 may be the plan.
_ECHOES = vocabulary("新增 新建 加装 打通 建立 投放 配备 布点 供水 挂牌 授牌 命名 使用")


def _not_over(tokens: Sequence[Token], promise: Promise, prose: Prose) -> Sequence[Token]:
    """The words from the promised event on, if 后 or 并 stands before it."""
    kept = KEEPS[promise.kind] | {"work"}
    for at in range(len(tokens) - 1, 0, -1):
        token = tokens[at]
        if token.role in _EVENTS and (token.stage or "work") in kept:
            between = prose.words[tokens[at - 1].end : token.start]
            early = tokens[at - 1].start < token.start
            if early and re.search(r"[后并且]", between) and not _late(tokens[at:]):
                return tokens[at:]
    return tokens


def _late(tokens: Sequence[Token]) -> bool:
    return any(token.role in {"remaining", "planned"} for token in tokens)


def _own(token: Token, promise: Promise) -> bool:
    """设计 prepares, but not where the promise itself is a service of design."""
    if token.role in {"stock", "each", "money", "change", "aside"}:
        return token.word in promise.words
    return (
        token.role in {"preparing", "asked"} and promise.kind in {"serve", "gain", "rate"}
    ) and token.word in promise.words


_BACK = re.compile(r"\s*(?:且|并|也|现|目前|已|这些)?(?:均|全部|全都|都|全)")
_PART = re.compile(r"其中|包括|包含|^\s*(?:内?含|内有|内(?=[一-鿿]+[0-9]))")
_BATCH = re.compile(r"(?:第[一二三四五六七八九十0-9]{1,3}|首)批次?")


def facts(prose: Prose, promise: Promise) -> tuple[Fact, ...]:
    """Every number of the text, in its order, with what is said of it."""
    found: list[Fact] = []
    pieces = prose.pieces
    sentence, part, batch = -1, False, ""
    open_from = spoken_from = 0
    bracket_part = outlook = False
    for index, piece in enumerate(pieces):
        if piece.sentence != sentence:
            sentence, part, batch, open_from = piece.sentence, False, "", len(found)
            spoken_from = open_from
        window = prose.words[piece.before[0] : piece.before[1]]
        marked = bool(_PART.search(window))
        bracket_part = piece.bracket and (bracket_part or marked)
        part = part or (marked and not piece.bracket)
        if named := _BATCH.search(prose.text[piece.before[0] : piece.after[1]]):
            batch = named.group()
        outlook = outlook or any(token.word in OUTLOOK for token in piece.tokens)
        if piece.mention is None:
            if _BACK.match(window):
                _speak_back(found, spoken_from, piece, promise, prose)
                spoken_from = len(found)
            continue
        before = found[-1] if len(found) > open_from else None
        one = _one(prose, index, before, promise)
        if one.tier < Tier.OUT and _is_led(pieces, index, before, outlook):
            one = replace(one, verdict=Verdict(Tier.OUT, "planned"))
        adds = bool(_ADDS.search(window))
        if part or bracket_part or batch or adds:
            one = replace(one, part=part or bracket_part, batch=batch, adds=adds)
        found.append(one)
    return _structure(found, prose, promise)


def _is_led(pieces: Sequence[Piece], index: int, before: Fact | None, outlook: bool) -> bool:
    """What goes before makes 建成 15 座 a plan: 到 10 月，; 下一步。; 2 所开工，新增学位."""
    piece = pieces[index]
    words = {token.word for token in piece.tokens}
    if outlook:
        return True
    lead = pieces[index - 1] if index else None
    if words & REALISED or lead is None or lead.sentence != piece.sentence:
        return False
    if lead.mention is None:
        return any(token.role in {"planned", "month", "by", "past"} for token in lead.tokens)
    return (
        bool(words & CAPACITY)
        and before is not None
        and before.reason in {"underway", "preparing", "planned"}
        and not before.mention.percent
    )


def _goes_on(piece: Piece, words: str) -> bool:
    """The piece begins with its verb, so that it speaks of the number before it."""
    if not piece.tokens:
        return False
    return not words[piece.before[0] : piece.tokens[0].start].strip()


def _one(prose: Prose, index: int, before: Fact | None, promise: Promise) -> Fact:
    piece = prose.pieces[index]
    assert piece.mention is not None
    if piece.mention.percent:
        said = judge(piece.tokens, promise, prose)
        stage = "" if said is None else said.reason or said.stage
        borrowed = said is None and before is not None
        if borrowed and before and not before.mention.percent:
            stage = before.reason if before.tier == Tier.OUT else before.verdict.stage
        return Fact(piece.mention, piece, Verdict(Tier.OUT, "percent", stage), borrowed)
    window = prose.words[piece.before[0] : piece.before[1]]
    adds = _ADDS.search(window) is not None
    verdict = judge(piece.tokens, promise, prose, adds=adds) or _open_verb(prose, piece, promise)
    source, borrowed = piece.tokens, False
    follows = prose.pieces[index + 1] if index + 1 < len(prose.pieces) else None
    alone = (
        follows if follows and follows.mention is None and follows.link not in {"", ":"} else None
    )
    goes_on = alone is not None and _goes_on(alone, prose.words)
    if verdict is None and before is not None:
        verdict, borrowed, source = before.verdict, True, before.source
        if verdict.reason == "percent":
            inside = piece.bracket and verdict.stage in KEEPS[promise.kind]
            verdict = Verdict(Tier.SAID if inside else Tier.NOUN, "", verdict.stage)
        elif verdict.reason in {"base", "month", "restated", "stock"}:
            verdict, borrowed = Verdict(Tier.NOUN), False
    if verdict is None and alone is not None and goes_on:
        verdict, borrowed, source = judge(alone.tokens, promise, prose), True, alone.tokens
    elif (
        verdict is not None
        and verdict.tier < Tier.OUT
        and alone is not None
        and goes_on
        and all(token.role in {"preparing", "asked"} for token in alone.tokens)
    ):
        verdict = Verdict(Tier.OUT, "preparing")
    if verdict is None:
        verdict, borrowed = Verdict(Tier.NOUN), False
    if verdict.tier < Tier.OUT and piece.crossed:
        percent = follows is not None and follows.mention is not None and follows.mention.percent
        if percent or prose.words[piece.after[0] : piece.after[0] + 1] == "/":
            verdict = Verdict(Tier.OUT, "underway")
        else:
            verdict = replace(verdict, soft=verdict.soft | {"inherited"})
    return Fact(piece.mention, piece, verdict, borrowed, source=source)


def _open_verb(prose: Prose, piece: Piece, promise: Promise) -> Verdict | None:
    """A verb that no table holds: the promise's own (深翻) keeps it, another after 已 does not."""
    realised = [token for token in piece.tokens if token.word in REALISED]
    begin = realised[-1].end if realised else piece.before[0]
    after_number = begin >= piece.after[0]
    end = piece.after[1] if after_number else piece.before[1]
    rest = _QUIET.sub("", prose.bare[begin:end].strip())
    run = _UNKNOWN_VERB.match(rest)
    own = run is not None and run.group()[:2] in promise.content
    if realised:
        if run is None:
            return Verdict(Tier.TOLD if after_number else Tier.SAID, "", "", frozenset({"akin"}))
        if own:
            return Verdict(Tier.SAID, "", "own")
        if run.group()[1] in "完好毕妥齐":
            return Verdict(Tier.SAID, "", "own", frozenset({"akin"}))
        shared = sum(char in promise.content for char in run.group()[:2])
        if shared == 1:
            return Verdict(Tier.TOLD, "", "", frozenset({"akin"}))
        return Verdict(Tier.OUT, "other")
    if own and run is not None and run.group()[:2] == _first_verb(promise.content, run.group()):
        return Verdict(Tier.TOLD, "", "own")
    return None


def _first_verb(content: str, run: str) -> str:
    """The first two characters of a clause of the promise, if the run begins with them."""
    at = content.find(run[:2])
    while at >= 0:
        before = content[at - 1 : at]
        if not before or not "一" <= before <= "鿿" or before in "为来展行施":
            return run[:2]
        at = content.find(run[:2], at + 1)
    return ""


def _speak_back(
    found: list[Fact], start: int, piece: Piece, promise: Promise, prose: Prose
) -> None:
    """均已进场施工: what is said of the numbers before it in the sentence."""
    said = judge(piece.tokens, promise, prose)
    if said is None:
        return
    for at in range(start, len(found)):
        old = found[at]
        if old.reason in {"percent", "planned", "remaining", "past", "stock"}:
            continue
        if old.tier == Tier.SAID and said.reason in {"preparing", "asked"}:
            verdict = replace(old.verdict, soft=old.verdict.soft | {"several_candidates"})
            found[at] = replace(old, verdict=verdict)
        elif old.tier < Tier.OUT and said.tier == Tier.OUT and said.reason != "other":
            found[at] = replace(old, verdict=said)
        elif old.reason in {"preparing", "asked", "underway"} or old.tier in {Tier.TOLD, Tier.NOUN}:
            found[at] = replace(old, verdict=said, borrowed=True, source=piece.tokens)


_AMONG = re.compile(r"[中里]\s*$|之中\s*$|当中\s*$")


def _structure(found: list[Fact], prose: Prose, promise: Promise) -> tuple[Fact, ...]:
    """Bases, labels and targets said again; what holds the unfinished."""
    made = list(found)
    unfinished = {one.mention.unit for one in made if one.reason in _UNFINISHED}
    at_piece = {id(piece): index for index, piece in enumerate(prose.pieces)}
    for at, one in enumerate(made):
        if one.mention.percent:
            continue
        follows = made[at + 1] if at + 1 < len(made) else None
        same = (
            follows is not None
            and follows.piece.sentence == one.piece.sentence
            and follows.mention.unit in {one.mention.unit, ""}
            and not follows.mention.percent
            and follows.mention.value <= one.mention.value
        )
        index = at_piece[id(one.piece)]
        after = prose.pieces[index + 1] if index + 1 < len(prose.pieces) else None
        tail = prose.bare[one.piece.after[0] : one.piece.after[1]]
        eventless = not any(token.role in _EVENTS for token in one.piece.tokens) or one.borrowed
        if (
            same
            and follows is not None
            and one.tier < Tier.OUT
            and (
                (
                    _AMONG.search(tail)
                    and not any(t.start > one.mention.end for t in one.piece.tokens)
                )
                or (
                    eventless
                    and follows.piece.link == " "
                    and not one.piece.crossed
                    and _has_event(follows)
                )
            )
        ):
            made[at] = replace(one, verdict=Verdict(Tier.OUT, "base"))
        elif _grows(one, follows, prose):
            made[at] = replace(one, verdict=Verdict(Tier.OUT, "past"))
            grown = made[at + 1]
            soft = grown.verdict.soft | {"akin"}
            made[at + 1] = replace(grown, verdict=replace(grown.verdict, soft=soft))
        elif _counts_up(one, unfinished, promise):
            made[at] = replace(one, verdict=Verdict(Tier.OUT, "restated"))
        elif after is not None and after.link == ":" and one.tier in {Tier.TOLD, Tier.NOUN}:
            made[at] = replace(one, verdict=_labelled(one, at, made, prose, index, promise))
        elif one.tier in {Tier.TOLD, Tier.NOUN} and _only_restates(one, prose, index, promise):
            made[at] = replace(one, verdict=Verdict(Tier.OUT, "restated"))
    return tuple(made)


_FROM = re.compile(r"[由从]\s*$")
_TO = re.compile(r"(?:提升|增加|增长|扩大|提高|上升|扩容)[至到]\s*$")


def _grows(one: Fact, follows: Fact | None, prose: Prose) -> bool:
    """由 100 个提升至 300 个: the first is what was."""
    if follows is None or follows.mention.percent:
        return False
    words = prose.words
    return bool(
        _FROM.search(words[max(0, one.mention.start - 4) : one.mention.start])
        and _TO.search(words[max(0, follows.mention.start - 6) : follows.mention.start])
    )


_UNFINISHED = frozenset({"underway", "preparing", "asked", "remaining"})


def _counts_up(one: Fact, unfinished: set[str], promise: Promise) -> bool:
    """渡口共 13 个，8 个在改: the target said again beside what becomes of it."""
    return (
        one.tier == Tier.NOUN
        and one.mention.value in promise.targets
        and one.mention.unit in unfinished
    )


def _has_event(fact: Fact) -> bool:
    return any(
        token.role in _EVENTS
        or token.word in REALISED
        or token.role in {"underway", "preparing", "asked"}
        for token in fact.piece.tokens
    )


def _labelled(
    one: Fact, at: int, made: list[Fact], prose: Prose, index: int, promise: Promise
) -> Verdict:
    """10 个水上救援站：… takes what follows it, and only if no number follows."""
    follows = made[at + 1] if at + 1 < len(made) else None
    same = follows is not None and follows.piece.sentence == one.piece.sentence
    if follows is not None and same and not follows.mention.percent:
        return Verdict(Tier.OUT, "base")
    for piece in prose.pieces[index + 1 :]:
        if piece.sentence != one.piece.sentence or piece.mention is not None:
            break
        said = judge(piece.tokens, promise, prose)
        if said is not None:
            return said
    return Verdict(Tier.OUT, "restated")


def _only_restates(one: Fact, prose: Prose, index: int, promise: Promise) -> bool:
    """The target said again and then what is only prepared: 戏台 41 座，施工图已送审."""
    if one.mention.value not in promise.targets:
        return False
    for piece in prose.pieces[index + 1 : index + 4]:
        if piece.sentence != one.piece.sentence or piece.mention is not None:
            break
        said = judge(piece.tokens, promise, prose)
        if said is not None:
            return said.tier == Tier.OUT and said.reason in {
                "preparing",
                "asked",
                "underway",
                "remaining",
                "planned",
            }
        if any(token.word in REALISED for token in piece.tokens):
            return _open_verb(prose, piece, promise) == Verdict(Tier.OUT, "other")
    return False
