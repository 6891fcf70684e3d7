"""The role of every quantity of a text, by the words around it.

A text is cut into sentences (。；！？ and list marks), a sentence into pieces, at most one number
each:

    piece      [、，：（）] words number unit words
    、 cuts only between two numbers: A、B、C 3 个 is one piece, 3 个、5 个 are two
    brackets   without a number are passed over: 充电桩（柜）1000 个 ; with one they are pieces of
               their own, and what follows them belongs to the number before: 5 个（…）的方案设计
    two numbers without a mark between them part where the words do: verb first, each has the words
               before it (任务 10 个完成 8 个); number first, those after it (3 个完工 2 个在建)

The words of a piece are looked up in `verbs`. The first line that applies gives the role:

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
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from minsheng.text.quantities import Ignored, Mention, fold, scan
from minsheng.text.verbs import DONE_OF_PLAN, KEEPS, MEANING, WORDS

Span = tuple[int, int]
STRONG = frozenset({"完成", "全部完成", "累计完成", "落实", "实现", "达到", "达", *DONE_OF_PLAN})
LOWER = ("remaining", "planned", "context", "preparing", "underway")
ORDER = ("start", "finish", "accept", "deliver", "use")
_ANY = "开展 举办 发放 提供 服务 组织 惠及 受益 引进 办理"
MOST_TAIL = 50
GENERIC = frozenset(_ANY.split())


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    word: str
    role: str
    stage: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with at most one number. `before` and `after` are their spans, `link` the mark that
    parts the piece from the one before it ("" the start of a sentence, " " none)."""

    sentence: int
    link: str
    mention: Mention | None
    before: Span
    after: Span
    tokens: tuple[Token, ...] = ()
    crossed: bool = False
    bracket: bool = False


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


@dataclass(frozen=True, slots=True)
class Reading:
    """A text cut up: `words` is the folded text without what the grammar passes over, and has the
    same length; `bare` has neither numbers nor their units."""

    text: str
    words: str
    bare: str
    pieces: tuple[Piece, ...] = field(default=())


_MARKS = re.compile(r"[。;!?\n,:、()]")
_SENTENCE = frozenset("。;!?\n")
_BACK = re.compile(r"\s*(?:且|并|也|现|目前|已|这些)?(?:均|全部|全都|都|全)")
_PART = re.compile(r"其中|包括|包含|^\s*[内含]")
_BATCH = re.compile(r"(?:第[一二三四五六七八九十0-9]{1,3}|首)批次?")
_TAIL = re.compile(r"[ \t]*(?:[余多]|左右|上下|以上|以下|以内)?")


def cut(text: str) -> Reading:
    """The pieces of a text, in its order. Linear in its length."""
    folded = fold(text)
    found = scan(text)
    chars = list(folded)
    for ignored in found.ignored:
        if ignored.reason == "name":
            continue
        mark = "。" if ignored.reason == "list_mark" else " "
        chars[ignored.start : ignored.end] = mark * (ignored.end - ignored.start)
    _pass_over_brackets(chars, found.mentions)
    words = "".join(chars)
    dates = _dates(folded, found.ignored)
    tokens = tuple(sorted((*_tokens(words), *dates), key=lambda token: token.start))
    starts = [token.start for token in tokens]

    def within(*spans: Span) -> tuple[Token, ...]:
        return tuple(
            token
            for begin, end in spans
            for token in tokens[bisect_left(starts, begin) : bisect_left(starts, end)]
        )

    pieces: list[Piece] = []
    head, tails = -1, dict[int, tuple[Token, ...]]()
    for atom in _atoms(words, found.mentions):
        sentence, link, start, end, mentions, bracket = atom
        if mentions:
            pieces.extend(_parted(words, atom, within))
        elif bracket == "tail" and head >= 0 and pieces[head].mention:
            tails[head] = (*tails.get(head, ()), *within((start, end)))[:MOST_TAIL]
            continue
        else:
            span = (start, end)
            pieces.append(Piece(sentence, link, None, span, (end, end), within(span)))
        head = head if bracket == "in" else len(pieces) - 1
    for at, tokens_after in tails.items():
        pieces[at] = replace(pieces[at], tokens=pieces[at].tokens + tokens_after)
    for mention in found.mentions:
        end = after_unit(words, mention)
        chars[mention.start : end] = " " * (end - mention.start)
    return Reading(text, words, "".join(chars), tuple(pieces))


def _tokens(words: str) -> Iterator[Token]:
    for match in WORDS.finditer(words):
        word = MEANING[match.group()]
        if word.role != "neutral":
            yield Token(match.start(), match.end(), match.group(), word.role, word.stage)


_UNTIL = re.compile(r"(?:截至|截止|至|到|截止到|截至到|1[-~至—])\s*(?:目前|今年|20\d\d\s*年)?\s*$")
_LATER = re.compile(r"\s*(?:份|底|末)?(?:之?前|以前)")


def _dates(folded: str, ignored: tuple[Ignored, ...]) -> Iterator[Token]:
    """A figure of one month, or by a date to come, is not the year's so far. 截至 6 月底 is."""
    for one in ignored:
        if one.reason != "date":
            continue
        after = folded[one.end : one.end + 6]
        before = folded[max(0, one.start - 12) : one.start]
        if re.match(r"\s*年", after):
            yield Token(one.start, one.end, folded[one.start : one.end], "year", "")
        elif _LATER.match(after.lstrip("月日 ")):
            yield Token(one.start, one.end, "", "planned", "")
        elif not _UNTIL.search(before) and re.match(r"\s*(?:月|季度)", after):
            yield Token(one.start, one.end, "", "month", "")


def _pass_over_brackets(chars: list[str], mentions: tuple[Mention, ...]) -> None:
    starts = [mention.start for mention in mentions]
    opened: list[int] = []
    for at, char in enumerate(chars):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            begin = opened.pop()
            if bisect_left(starts, begin) == bisect_left(starts, at):
                inside = "".join(chars[begin + 1 : at]) if at - begin < 200 else ""
                quiet = all(MEANING[m.group()].role == "neutral" for m in WORDS.finditer(inside))
                blank = range(begin, at + 1) if quiet and inside else (begin, at)
                for place in blank:
                    chars[place] = " "
        elif char == ")":
            chars[at] = " "
    for at in opened:
        chars[at] = " "


Atom = tuple[int, str, int, int, list[Mention], str]


def _atoms(words: str, mentions: tuple[Mention, ...]) -> Iterator[Atom]:
    """Stretches between marks, with their numbers; 、 parts two numbers only."""
    sentence, link, start, depth = 0, "", 0, 0
    waiting: Atom | None = None
    left = 0
    cuts = [(match.start(), match.group()) for match in _MARKS.finditer(words)]
    for at, mark in [*cuts, (len(words), "。")]:
        if left < len(mentions) and mentions[left].start < at < mentions[left].end:
            continue
        right = left
        while right < len(mentions) and mentions[right].start < at:
            right += 1
        inside = list(mentions[left:right])
        left = right
        bracket = "in" if depth else "tail" if link == ")" else ""
        atom: Atom = (sentence, link, start, at, inside, bracket)
        if waiting and link == "、" and not (waiting[4] and inside):
            waiting = (*waiting[:3], at, waiting[4] + inside, waiting[5])
        else:
            if waiting:
                yield waiting
            waiting = atom if words[start:at].strip() else None
        depth = max(0, depth + (mark == "(") - (mark == ")"))
        if mark in _SENTENCE and not depth:
            sentence += 1
            if waiting:
                yield waiting
            waiting, link = None, ""
        elif mark in _SENTENCE:
            link = ","
        else:
            link = mark
        start = at + 1
    if waiting:
        yield waiting


def _parted(words: str, atom: Atom, within: Callable[..., tuple[Token, ...]]) -> Iterator[Piece]:
    """One piece for each number of a stretch."""
    sentence, link, start, end, mentions, bracket = atom
    ends = [after_unit(words, mention) for mention in mentions]
    first = bool(within((start, mentions[0].start)))
    begin = start
    for index, mention in enumerate(mentions):
        last = index == len(mentions) - 1
        stop = end if last else mentions[index + 1].start
        crossed = False
        percent = not last and mentions[index + 1].percent
        if percent:
            gap = within((ends[index], stop))
            crossed = not first or words[ends[index] : stop].rstrip().endswith("的")
            crossed = crossed or any(token.role not in {"event", "work", "aspect"} for token in gap)
        elif not last:
            gap = within((ends[index], stop))
            if first:
                crossed = any(token.role not in {"event", "work", "aspect"} for token in gap)
                stop = gap[0].start if gap else stop
            elif gap:
                stop = gap[-1].end
        before, after = (begin, mention.start), (min(ends[index], stop), stop)
        tokens = within(before, (mention.end, stop))
        mark = link if index == 0 else " "
        yield Piece(sentence, mark, mention, before, after, tokens, crossed, bracket == "in")
        begin = after[0] if percent else stop


def after_unit(words: str, mention: Mention) -> int:
    """Where the words after a number and its unit begin."""
    at = _TAIL.match(words, mention.end).end()  # type: ignore[union-attr]
    for unit in (mention.unit, "个" + mention.unit):
        if unit and words.startswith(fold(unit), at):
            at += len(unit)
            break
    return _TAIL.match(words, at).end()  # type: ignore[union-attr]


def decide(tokens: tuple[Token, ...], promise: Promise) -> tuple[str, str, bool]:
    """Role, stage and whether it is doubtful; role "" if no word says anything."""
    roles = {token.role for token in tokens if not _own(token, promise)}
    rest = "rest" in roles
    for role in LOWER:
        if role in roles:
            return role, "", False
    if "month" in roles:
        return "context", "", True
    stages = [token.stage for token in tokens if token.role == "event"]
    if "serve" in stages and not _same_service(tokens, promise):
        stages = [stage for stage in stages if stage != "serve"]
        if not stages and "work" not in roles:
            return "context", "serve", True
    if "work" in roles and "aspect" in roles and not stages:
        stages.append("finish")
    if stages:
        best = max(stages, key=lambda stage: ORDER.index(stage) if stage in ORDER else -1)
        if best in KEEPS[promise.kind]:
            return ("context", best, True) if rest else ("achieved", best, False)
        return ("underway" if best == "start" else "context"), best, False
    if "work" in roles:
        return "context", "", True
    if any(token.word in STRONG for token in tokens):
        plain = promise.kind in {"finish", "serve", "rate"} and not rest
        return ("achieved", "finish", False) if plain else ("context", "", True)
    if rest:
        return "remaining", "", False
    return "", "", False


def _own(token: Token, promise: Promise) -> bool:
    """设计 prepares, but not where the promise itself is a service of design."""
    if token.role == "context":
        return token.word in promise.words
    return (
        token.role == "preparing" and promise.kind in {"serve", "rate"}
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
    bracket_part = False
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
        if piece.mention is None:
            if _BACK.match(window):
                _speak_back(placed, spoken_from, piece, promise)
                spoken_from = len(placed)
            continue
        before = placed[-1] if len(placed) > open_from else None
        follows = pieces[index + 1] if index + 1 < len(pieces) else None
        one = _one(piece, before, follows, promise, reading.words)
        placed.append(replace(one, part=part or bracket_part, batch=batch))
    return tuple(placed)


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
        if old.role == "achieved" and role not in {"achieved", "context"}:
            placed[at] = replace(old, role="context", doubtful=True)
        elif old.role in {"preparing", "underway"} and role in {"underway", "achieved"}:
            placed[at] = replace(old, role=role, stage=stage, doubtful=doubtful, borrowed=True)
