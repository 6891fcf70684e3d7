"""The role of every quantity of a text, by the words around it.

The words of a piece (`pieces`) are looked up in `verbs`. The first line that applies is the role:

    percent    the number is a percent
    remaining  a negation: 未完工 3 个, 尚有 3 个           ; 剩余 3 个
    planned    预计, 力争, 任务 ; but 完成年度计划的 129% plans nothing
    context    another year, money, a share, each: 去年完成 8 个, 每个 5 名 ; 同比, 投资
    preparing  设计, 招标, 采购, 评估, 导入 ..., even after 已完成
    underway   在建, 施工, 推进 ... ; 剩余 4 座推进中 ; 开工 unless the promise is 开工
    achieved   an event that keeps the promise (`verbs.KEEPS`), or 已, 完成, 共 with a work word, or
               完成 alone where the promise names no narrower event
    context    everything else; `doubtful` if the piece may yet count

A piece without such words has the role of the piece before it in its sentence (已建设 15 家，托位
440 个), else of the words after it (20 个小区，已完工). A piece that begins with 均, 全部 speaks of
the numbers before it: 20 个小区的方案已通过，均已进场施工 is under way. 其中 makes what follows
in its sentence or bracket a part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minsheng.grammar.pieces import Piece, Reading, Token, cut
from minsheng.grammar.quantities import Mention
from minsheng.grammar.verbs import (
    ANY_WORK,
    BARE_ACCEPTANCE,
    CAPACITY,
    DONE_OF_PLAN,
    KEEPS,
    MEANING,
    OUTLOOK,
    OWN_STEMS,
    PAST,
)

STRONG = frozenset({"完成", "全部完成", "累计完成", "实现", *DONE_OF_PLAN})
LOWER = ("remaining", "planned", "context", "preparing", "underway")
ORDER = ("start", "finish", "accept", "deliver", "use")
_ANY = "开展 举办 提供 服务 组织 惠及 受益 引进 办理"
REALISED = frozenset({"已", "已经", "已有", "累计", "累计完成"})
GENERIC = frozenset(_ANY.split())
_BACK = re.compile(r"\s*(?:且|并|也|现|目前|已|这些)?(?:均|全部|全都|都|全)")
_PART = re.compile(r"其中|包括|包含|^\s*[内含]")
_BATCH = re.compile(r"(?:第[一二三四五六七八九十0-9]{1,3}|首)批次?")


@dataclass(frozen=True, slots=True)
class Placed:
    """A number in its role. `stage` is the event it counts, if one; `doubtful`: the words may mean
    that it counts or not; `borrowed`: its role comes from another piece; `source`: the words that
    gave the role."""

    mention: Mention
    role: str
    piece: Piece
    stage: str = ""
    doubtful: bool = False
    borrowed: bool = False
    part: bool = False
    batch: str = ""
    source: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """What decides a role: the kind of the event that the target names, and the promise's words."""

    kind: str = "finish"
    words: frozenset[str] = frozenset()


def decide(tokens: tuple[Token, ...], promise: Promise) -> tuple[str, str, bool]:
    """Role, stage and whether it is doubtful; role "" if no word says anything."""
    roles = {token.role for token in tokens if not _own(token, promise)}
    rest = "rest" in roles
    for role in LOWER:
        if role in roles:
            return role, "", False
    words = {token.word for token in tokens}
    if "month" in roles or ("by" in roles and not words & REALISED):
        return "context", "", True
    if words & BARE_ACCEPTANCE and "aspect" not in roles:
        return "context", "", True
    stages = [token.stage for token in tokens if token.role == "event"]
    if "serve" in stages and not _same_service(tokens, promise):
        stages = [stage for stage in stages if stage != "serve"]
        if not stages and "work" not in roles:
            return "context", "serve", True
    if "work" in roles and "aspect" in roles and not stages:
        stages.append("finish")
    if set(stages) == {"serve"} and promise.kind != "rate" and not _said_done(tokens, promise):
        return "context", "serve", True
    if set(stages) == {"serve"} and promise.kind == "gain" and not words & STRONG:
        return "context", "serve", True
    if stages:
        best = max(stages, key=lambda stage: ORDER.index(stage) if stage in ORDER else -1)
        if best in KEEPS[promise.kind] and any(_other_work(t, promise) for t in tokens):
            return "context", best, True
        if best in KEEPS[promise.kind]:
            return ("context", best, True) if rest else ("achieved", best, False)
        return ("underway" if best == "start" else "context"), best, False
    if "work" in roles:
        return "context", "", True
    if any(token.word in STRONG for token in tokens):
        plain = promise.kind in {"finish", "serve", "gain", "rate"} and not rest
        return ("achieved", "finish", False) if plain else ("context", "", True)
    if rest:
        return "remaining", "", False
    return "", "", False


def _said_done(tokens: tuple[Token, ...], promise: Promise) -> bool:
    """在训儿童 276 名, 体检 400 人: a bare service says neither that it is done nor by whom, and
    签约演出 120 场 tells of another one."""
    services = {token.word for token in tokens if token.stage == "serve"}
    if not promise.words:
        return True
    if services - promise.words - GENERIC:
        return False
    return bool(services & GENERIC) or any(token.role == "aspect" for token in tokens)


def _other_work(token: Token, promise: Promise) -> bool:
    """已拆除旧公厕 9 座 for 新建公厕: done, and not the promise."""
    if not promise.words or token.role not in {"work", "event"}:
        return False
    stems = [stem for stem in OWN_STEMS if stem in token.word]
    if token.role == "event" and not stems:
        return False
    if token.word in ANY_WORK:
        return False
    asked = stems or [token.word]
    return not any(
        one in word or (word in one and MEANING[word].role in {"work", "event"})
        for one in asked
        for word in promise.words
    )


def _own(token: Token, promise: Promise) -> bool:
    """设计 prepares, but not where the promise itself is a service of design."""
    if token.role == "context":
        return token.word in promise.words and token.word not in PAST
    return (
        token.role == "preparing" and promise.kind in {"serve", "gain", "rate"}
    ) and token.word in promise.words


def _same_service(tokens: tuple[Token, ...], promise: Promise) -> bool:
    if not promise.words:
        return True
    return any(t.stage == "serve" and t.word in (promise.words | GENERIC) for t in tokens)


def roles(text: str, promise: Promise | None = None) -> tuple[Placed, ...]:
    """Every quantity of the text in its role, in the order of the text."""
    return place(cut(text), promise or Promise())


def place(reading: Reading, promise: Promise) -> tuple[Placed, ...]:
    placed: list[Placed] = []
    pieces = reading.pieces
    sentence, part, batch = -1, False, ""
    open_from = spoken_from = 0
    bracket_part = outlook = False
    for index, piece in enumerate(pieces):
        if piece.sentence != sentence:
            sentence, part, batch, open_from = piece.sentence, False, "", len(placed)
            spoken_from = open_from
        window = reading.words[piece.before[0] : piece.before[1]]
        marked = bool(_PART.search(window))
        bracket_part = piece.bracket and (bracket_part or marked)
        part = part or (marked and not piece.bracket)
        if found := _BATCH.search(reading.text[piece.before[0] : piece.after[1]]):
            batch = found.group()
        outlook = outlook or any(token.word in OUTLOOK for token in piece.tokens)
        if piece.mention is None:
            if _BACK.match(window):
                _speak_back(placed, spoken_from, piece, promise)
                spoken_from = len(placed)
            continue
        before = placed[-1] if len(placed) > open_from else None
        lead = pieces[index - 1] if index else None
        follows = pieces[index + 1] if index + 1 < len(pieces) else None
        one = _one(piece, before, follows, promise, reading.words)
        if one.role == "achieved" and _is_led(piece, lead, before, outlook):
            one = replace(one, role="context", doubtful=True)
        placed.append(replace(one, part=part or bracket_part, batch=batch))
    return tuple(placed)


def _is_led(piece: Piece, lead: Piece | None, before: Placed | None, outlook: bool) -> bool:
    """What goes before makes 建成 15 座 a plan: 到 10 月，; 下一步。; 2 所开工，新增学位."""
    words = {token.word for token in piece.tokens}
    if outlook:
        return True
    if words & REALISED or lead is None or lead.sentence != piece.sentence:
        return False
    if lead.mention is None:
        led = {"planned", "month", "by"}
        return any(token.role in led or token.word in PAST for token in lead.tokens)
    return (
        bool(words & CAPACITY)
        and before is not None
        and before.role in {"underway", "preparing", "planned"}
        and not before.mention.percent
    )


def _goes_on(piece: Piece, words: str) -> bool:
    """The piece begins with its verb, so that it speaks of the number before it."""
    if not piece.tokens:
        return False
    return not words[piece.before[0] : piece.tokens[0].start].strip()


def _one(
    piece: Piece, before: Placed | None, follows: Piece | None, promise: Promise, words: str
) -> Placed:
    assert piece.mention is not None
    role, stage, doubtful = decide(piece.tokens, promise)
    borrowed, source = False, piece.tokens
    alone = follows if follows and follows.mention is None and follows.link else None
    if alone and not _goes_on(alone, words):
        alone = None
    if not role and before:
        role, stage, doubtful, borrowed = before.role, before.stage, before.doubtful, True
        source = before.source
        if role == "percent":
            role, doubtful = ("achieved", False) if piece.bracket and stage else ("context", True)
    elif not role and alone:
        role, stage, doubtful = decide(alone.tokens, promise)
        borrowed, source = True, alone.tokens
    elif role == "achieved" and alone and _only_prepares(alone):
        role, doubtful = "preparing", True
    if piece.mention.percent:
        said = "" if doubtful else stage if role == "achieved" else role
        return Placed(piece.mention, "percent", piece, said, doubtful, borrowed)
    if role == "achieved" and piece.crossed:
        role, doubtful = "context", True
    if not role:
        role, doubtful = "context", True
    return Placed(piece.mention, role, piece, stage, doubtful, borrowed, source=source)


def _only_prepares(piece: Piece) -> bool:
    return bool(piece.tokens) and all(token.role == "preparing" for token in piece.tokens)


def _speak_back(placed: list[Placed], start: int, piece: Piece, promise: Promise) -> None:
    """均已进场施工: what is said of the numbers before it in the sentence."""
    role, stage, doubtful = decide(piece.tokens, promise)
    for at in range(start, len(placed)):
        old = placed[at]
        if not role or old.role in {"percent", "planned", "remaining"} or old.doubtful:
            continue
        vague = role == "context" and (doubtful or stage)
        if old.role == "achieved" and role != "achieved" and not vague:
            placed[at] = replace(old, role="context", doubtful=True)
        elif old.role in {"preparing", "underway"} and role in {"underway", "achieved"}:
            placed[at] = replace(old, role=role, stage=stage, doubtful=doubtful, borrowed=True)
