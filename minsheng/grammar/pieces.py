"""A text cut into pieces with at most one number each, and the words of each piece.

A text is cut into sentences (。；！？ and list marks), a sentence into pieces, at most one number
each:

    piece      [、，：（）] words number unit words
    、 cuts only between two numbers: A、B、C 3 个 is one piece, 3 个、5 个 are two
    brackets   without a number are passed over: 充电桩（柜）1000 个 ; with one they are pieces of
               their own, and what follows them belongs to the number before: 5 个（…）的方案设计
    two numbers without a mark between them part where the words do: verb first, each has the words
               before it (任务 10 个完成 8 个); number first, those after it (3 个完工 2 个在建)

Beside the words of `verbs` a date is a token: 7 月 (`month`: a figure of one month is not the
year's so far), 到 10 月 (`by`), 9 月底前 (`planned`), 2022 年 (`year`); 截至 6 月底 is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from minsheng.grammar.quantities import Ignored, Mention, fold, numbers, scan
from minsheng.grammar.verbs import BY_FIRST, MEANING, WORDS

Span = tuple[int, int]
MOST_TAIL = 50


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
class Prose:
    """A text cut up: `words` is the folded text without what the grammar passes over, and has the
    same length; `bare` has neither numbers nor their units."""

    text: str
    words: str
    bare: str
    pieces: tuple[Piece, ...] = field(default=())


_MARKS = re.compile(r"[。;!?\n,:、()|]")
_SENTENCE = frozenset("。;!?\n")
_TAIL = re.compile(r"[ \t]*(?:[余多]|左右|上下|以上|以下|以内)?")


def cut(text: str, promise: str = "", *, promised: bool = False) -> Prose:
    """The pieces of a text, in its order. Linear in its length.

    A word inside a run of three characters or more that the promise has too is part of a name:
    待产公寓 waits for nothing where 待产公寓 is promised.
    """
    folded = fold(text)
    found = scan(text, promised=promised)
    found = replace(found, mentions=tuple(_with_label(folded, found.mentions)))
    chars = list(folded)
    for ignored in found.ignored:
        if ignored.reason == "name":
            continue
        mark = "。" if ignored.reason == "list_mark" else " "
        chars[ignored.start : ignored.end] = mark * (ignored.end - ignored.start)
    _pass_over_brackets(chars, found.mentions)
    words = "".join(chars)
    dates = _dates(folded, found.ignored)
    told = _outside_names(_tokens(words), words, fold(promise)) if promise else _tokens(words)
    tokens = tuple(sorted((*told, *dates), key=lambda token: token.start))
    starts = [token.start for token in tokens]
    ends = {mention.start: after_unit(words, mention) for mention in found.mentions}

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
            pieces.extend(_parted(words, atom, within, ends))
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
        end = ends[mention.start]
        chars[mention.start : end] = " " * (end - mention.start)
    return Prose(text, words, "".join(chars), tuple(pieces))


def _tokens(words: str) -> Iterator[Token]:
    """As `WORDS.finditer`, which tries six hundred words at each place."""
    end = 0
    for at, char in enumerate(words):
        if at < end or char not in BY_FIRST:
            continue
        for text in BY_FIRST[char]:
            if words.startswith(text, at):
                if len(text) == 1 and not _at_edge(words, at, end):
                    break
                end = at + len(text)
                word = MEANING[text]
                if word.role != "neutral":
                    yield Token(at, end, text, word.role, word.stage)
                break


_LABEL = re.compile(r"\((%|[一-鿿]{1,3})\)\s*:?\s*$")
_CELLS = re.compile(r"\(([一-鿿]{1,3})\)[^()]{0,30}目标(?:数|值)?\s*:?\s*$")


def _with_label(folded: str, mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """完成比例(%) 112.5 is a percent; 援助(户)|北屏区|目标 72 is 72 户."""
    for mention in mentions:
        before = folded[max(0, mention.start - 40) : mention.start]
        label = None if mention.unit else _LABEL.search(before) or _CELLS.search(before)
        if label is None:
            yield mention
        else:
            unit = label.group(1)
            yield replace(mention, unit=unit, percent=unit == "%")


_KEPT = frozenset({"event", "work", "aspect"})


def _outside_names(tokens: Iterator[Token], words: str, promise: str) -> Iterator[Token]:
    runs = {promise[at : at + 3] for at in range(len(promise) - 2)}
    runs = {run for run in runs if run.isalpha()}
    inside = bytearray(len(words) + 3)
    for at in range(len(words) - 2):
        if words[at : at + 3] in runs:
            inside[at : at + 3] = b"\1\1\1"
    for token in tokens:
        begin, end = token.start, token.end
        within = all(inside[begin:end]) and (inside[begin - 1] * (begin > 0) or inside[end])
        if token.role in _KEPT or not within:
            yield token


_LONE = frozenset("除如若非可应需没无不差欠缺未正")
_BEFORE_LONE = frozenset("但却也均还仍尚都并且则又有即")


def _at_edge(words: str, at: int, end: int) -> bool:
    """除 of 除雪 in the middle of words is no exception: one character counts at a word's edge."""
    if words[at] == "待":
        return words[at - 1 : at] not in set("接招对款期等优看") or at == 0
    if words[at] not in _LONE:
        return True
    before = words[at - 1 : at] if at else ""
    return (
        at == end
        or not "一" <= before <= "鿿"
        or before in _BEFORE_LONE
        or before in "个家所座处台条户人名张间场件项套"
    )


_BY = re.compile(r"(?<![日号月0-9一二三四])(?:至|到)\s*(?:今年|20\d\d\s*年)?\s*$")
_UNTIL = re.compile(r"(?:截至|截止|截止到|截至到|1[-~至—])\s*(?:目前|今年|20\d\d\s*年)?\s*$")
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
        elif _BY.search(before) and not _UNTIL.search(before):
            yield Token(one.start, one.end, "", "by", "")
        elif before.endswith("第") or re.match(r"\s*季度", after):
            if folded[one.start] not in "1一" and not before.endswith(
                ("前", "至", "到", "-", "—", "~")
            ):
                yield Token(one.start, one.end, "", "month", "")
        elif not _UNTIL.search(before) and re.match(r"\s*月(?!\s*[0-9]{1,2}\s*[日号])", after):
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


def _parted(
    words: str, atom: Atom, within: Callable[..., tuple[Token, ...]], units: dict[int, int]
) -> Iterator[Piece]:
    """One piece for each number of a stretch."""
    sentence, link, start, end, mentions, bracket = atom
    ends = [units[mention.start] for mention in mentions]
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
            elif gap and within((ends[-1], end)):
                stop = gap[-1].end
            elif gap:
                stop = gap[0].start
        if not last and not words[ends[index] : mentions[index + 1].start].strip(" \t约近逾超"):
            crossed = True
        crossed = crossed or words[ends[index] : ends[index] + 1] == "/"
        before, after = (begin, mention.start), (min(ends[index], stop), stop)
        tokens = within(before, (mention.end, stop))
        mark = link if index == 0 else " "
        yield Piece(sentence, mark, mention, before, after, tokens, crossed, bracket == "in")
        begin = after[0] if percent else stop


def after_unit(words: str, mention: Mention) -> int:
    """Where the words after a number and its unit begin."""
    at = _TAIL.match(words, mention.end).end()  # type: ignore[union-attr]
    while words[at : at + 1] in {" ", "\t"} and mention.unit:
        at += 1
    for unit in (mention.unit, "个" + mention.unit):
        if unit and words.startswith(fold(unit), at):
            at += len(unit)
            break
    return _TAIL.match(words, at).end()  # type: ignore[union-attr]


def quote(prose: Prose, piece: Piece, *, promised: bool = False) -> str:
    """The words of a piece with a number; less of them if they hold another number."""
    mention = piece.mention
    assert mention is not None
    end = max(piece.after)
    unit_end = max(piece.after[0], mention.end)
    tries = [(piece.before[0], end), (piece.before[0], unit_end), (mention.start, end)]
    for begin, stop in [*tries, (mention.start, unit_end), (mention.start, mention.end)]:
        words = prose.text[begin:stop].strip(" \t\r\n\u3000，,、；;：:。")
        if len(re.findall("[(（]", words)) != len(re.findall("[)）]", words)):
            words = words.strip("(（)）")
        if numbers(words, promised=promised) == (mention.value,):
            return words
    return prose.text[mention.start : mention.end]


def quotes(text: str) -> tuple[str, ...]:
    """What can be quoted for a number: the words around each quantity of the text, in its order."""
    prose = cut(text)
    found = (quote(prose, piece) for piece in prose.pieces if piece.mention)
    return tuple(dict.fromkeys(found))
