"""The indicators that a promise names.

A number of the promise is a target if it has a unit and none of these holds:

    each       每 个 街道 2 名, 平均, 人均          existing   现有, 原有, 去年
    attribute  6 层以上住宅, 500 平方米的场地       place      在 20 个小区新增充电桩 200 个: the 20
               but 为 260 名残疾人适配辅具，新建 … : people before a comma are no place
    change     提高 2 个百分点, 同比增长 5%         bare       no unit
    size       3 座 110 千伏变电站: the voltage

    part of    其中, 含, or a number in brackets with the unit of the number before the bracket
    at most    控制在 4.5% 以内, 不高于, 不超过, 低于, ≤ ; of a time also where it is an average:
               平均候车时间压缩至 8 分钟以内
    counts     the event words beside the number; their kind (`verbs.KEEPS`) says what keeps the
               promise: 投用 and 交付 outrank 建成, 开工 only where nothing further is promised.
               筹集 is kept by 开工, as the housing rules book it; 新增就业 by 新增 or 完成,
               never by 就业 alone
    Of more than 40 numbers the first 40 are taken: no promise has as many.

    name       the noun after the unit, else the noun before the number: its last known head
               (`verbs.HEADS`), else the noun itself
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minsheng.grammar.facts import Promise
from minsheng.grammar.pieces import Piece, Prose, after_unit, cut
from minsheng.grammar.proposals import Proposal
from minsheng.grammar.verbs import FULL_NAMES, HEADS, MEANING, WORDS, classes

MOST = 40
NEAR = 8


@dataclass(frozen=True, slots=True)
class Target:
    """A target with what matching needs: `noun` is the whole phrase its name was taken from,
    `kinds` the nouns of a list (中小学、幼儿园), `other_units` the units of the promise's numbers
    that are no targets; `clause` its own words; an `orphan` is a part whose whole does
    not stand before it."""

    proposal: Proposal
    promise: Promise
    noun: str
    kinds: tuple[str, ...]
    content: str
    other_units: frozenset[str] = frozenset()
    orphan: bool = False
    clause: str = ""


_EACH = re.compile(
    r"(?:每|平均|人均|户均|各|现有|原有|去年|上年|同比|较|不小于|间隔)[^,、，]{0,8}$"
)
_ATTRIBUTE = re.compile(r"(?:以上|以下|左右)?的|(?:以上|以下)[^\s,，、)）。]|及以上")
_CHANGE = re.compile(r"(?:提高|提升|增长|下降|降低|减少|增加)(?:到|至)?[^,、，]{0,2}$")
_AT_MOST = re.compile(
    r"(?:控制在|不高于|不超过|不得超过|不大于|低于|小于|少于|降至|降到|压减至|压缩[至到]|缩短[至到]|≤|<)[^,、，]{0,4}$"
)
_MONEY_GIVEN = re.compile(
    r"发放|补贴|补助|减免|减税|退税|投放|放贷|贷款|授信|兑现|兑付|救助金|奖学金|消费券|让利|优惠|奖补|募集|资助"
)
_MONEY_SPENT = re.compile(r"投资|投入|总|每|人均|户均|标准|提高|不超过|高额|给予[^,]{0,4}$")
_SORTS = frozenset({"项", "类", "种", "级", "件"})  # 两项补贴 8500 人
_SIZES = frozenset({"千伏"})
_TIMES = frozenset({"分钟", "小时", "工作日", "天"})
_PEOPLE = frozenset({"人", "名", "位", "户", "人次"})
_WITHIN = re.compile(r"\s*(?:%|[^\s\d]{0,3}?)\s*(?:以内|以下|之内|及以下)")
_NOT_FEWER = re.compile(r"不(?:低于|少于|小于|得低于|得少于)[^,、，]{0,4}$")
_PLACE = re.compile(r"(?:在|对|为|从|向|面向|覆盖|选取|依托)[^,、，]{0,4}$")
_VERB_CUT = re.compile(
    r"进行|实施|开展|完成|新开工|新投用|新改造|新改建|新增|新建|改建|扩建|改造提升|综合改造|综合"
    r"|打造|创建提升|创建|设立|设置|建设筹集|筹集|建设|建成|交付|投用|加装|安装|购买|打通|为|对|在|实现|交互式班级"
    r"|投放|新|举办|组织|发放|提供|改造|提升|整治|更新|配备|培育|引进|铺设|建立|推进|启动|开工"
    r"|既有住宅|省级|市级|区级|国家级|全区|全市|全县|各类|困难群众|取证|公共场所|将|使|让|给|达到|力争|确保|其中|免费|面向"
)
_JUNK = re.compile(r"[\s\[\]|“”\"'‘’《》()（）·\-—:：,，。;；、/]+")
_GENERIC = {"人员", "人数", "服务", "项目", "工程", "活动", "任务", "率", "覆盖率", "班"}
_PART = re.compile(r"其中|包括|包含|(?:含有?|内有|(?<=[（(])内)[^,，]{0,8}$")


def read_targets(content: str) -> tuple[Target, ...]:
    """The targets of a promise in its order. Names are unique."""
    prose = cut(content, promised=True)
    found: list[Target] = []
    names: set[str] = set()
    other_units: set[str] = set()
    words = frozenset(match.group() for match in WORDS.finditer(prose.words))
    sentence, part, inside_only, whole = -1, False, False, ""
    for index, piece in enumerate(prose.pieces):
        if piece.sentence != sentence:
            sentence, part, inside_only = piece.sentence, False, False
        before = prose.words[piece.before[0] : piece.before[1]]
        # What （其中 begins ends with its bracket.
        part = part and (piece.bracket or not inside_only)
        if _PART.search(before):
            part, inside_only = True, bool(piece.bracket)
        if piece.mention is None:
            continue
        if not _is_target(prose, index):
            other_units.add(piece.mention.unit)
            continue
        if len(found) == MOST:
            break
        target = _target(prose, index, words)
        inside = piece.bracket and found and _same(found, whole, piece)
        if (part or inside) and whole:
            target = _as_part(target, whole, _by(whole, found))
        elif not part:
            whole = ""
        else:
            target = replace(target, orphan=True)
        target = _unique(target, names)
        if target.proposal.part_of is None:
            whole = target.proposal.name
        found.append(target)
        names.add(target.proposal.name)
    units = frozenset(other_units)
    values = frozenset(one.proposal.target for one in found)
    return tuple(
        replace(
            one,
            other_units=units,
            promise=replace(one.promise, targets=values, content=prose.words),
        )
        for one in found
    )


def _same(found: list[Target], whole: str, piece: Piece) -> bool:
    units = [t.proposal.unit for t in found if t.proposal.name == whole]
    return piece.mention is not None and units == [piece.mention.unit]


def _by(whole: str, found: list[Target]) -> Target:
    return next(t for t in found if t.proposal.name == whole)


def _as_part(target: Target, whole: str, of: Target) -> Target:
    """新建公厕 30 座（其中改建 10 座）: the part has the noun of the whole if it names none."""
    own = target.proposal.name
    if target.noun:
        proposal = replace(target.proposal, part_of=whole)
        return replace(target, proposal=proposal)
    name = f"{target.proposal.counts or own}{whole}"
    return replace(
        target, proposal=replace(target.proposal, name=name, part_of=whole), noun=of.noun
    )


def _unique(target: Target, names: set[str]) -> Target:
    name, counts = target.proposal.name, target.proposal.counts
    tries = [name, f"{counts}{name}", f"{name}（{target.proposal.unit}）"]
    tries += [f"{name}{number}" for number in range(2, len(names) + 3)]
    free = next(each for each in tries if each not in names)
    return replace(target, proposal=replace(target.proposal, name=free))


def _is_target(prose: Prose, index: int) -> bool:
    piece = prose.pieces[index]
    mention = piece.mention
    assert mention is not None
    before = prose.words[piece.before[0] : piece.before[1]]
    after = prose.words[mention.end : piece.after[1]]
    tail = after.lstrip()[len(mention.unit) :].lstrip() if mention.unit else after.lstrip()
    if not mention.unit or mention.unit == "百分点" or "signed" in mention.flags:
        return False
    if not mention.value > 0 or mention.unit in _SIZES:
        return False
    at_most = bool(_AT_MOST.search(before) or _WITHIN.match(after))
    if mention.unit == "元":
        return bool(_MONEY_GIVEN.search(before)) and not _MONEY_SPENT.search(before)
    if "range" in mention.flags and (tail[:1] in {"岁", "年"} or mention.unit in _TIMES):
        return False
    rest = prose.pieces[index + 1 : index + 2]
    if "chinese_numeral" in mention.flags and mention.unit in _SORTS and rest and rest[0].mention:
        return False
    if mention.unit in _TIMES and _AT_MOST.search(before):
        return True
    if _EACH.search(before) or (_ATTRIBUTE.match(tail) and not at_most):
        return False
    if mention.percent and _CHANGE.search(before) and "到" not in before and "至" not in before:
        return False
    follows = prose.pieces[index + 1] if index + 1 < len(prose.pieces) else None
    beside = follows and follows.mention and follows.sentence == piece.sentence
    if mention.percent or not (_PLACE.search(before) and beside and follows):
        return True
    return follows.link != " " and not (follows.link == "," and mention.unit not in _PEOPLE)


def _target(prose: Prose, index: int, words: frozenset[str]) -> Target:
    piece = prose.pieces[index]
    mention = piece.mention
    assert mention is not None
    before = prose.words[piece.before[0] : piece.before[1]]
    after = prose.words[after_unit(prose.words, mention) : piece.after[1]]
    if piece.link == "|" and not _clean(before.replace("目标", "")):
        before = prose.words[slice(*prose.pieces[0].before)]  # the first cell of the row names it
    noun, name, kinds = _name(before, after, mention.percent or mention.unit in _TIMES)
    kind, counts = _event(prose, index, mention.percent)
    kind = "serve" if mention.unit == "元" else kind
    at_most = not _NOT_FEWER.search(before) and bool(
        _AT_MOST.search(before)
        or (
            (mention.percent or "控制" in before)
            and _WITHIN.match(prose.words[mention.end : mention.end + 12])
        )
    )
    proposal = Proposal(
        name or counts or mention.unit, mention.value, mention.unit, counts, at_most=at_most
    )
    clause, own = _clause(prose, index)
    stock = bool(re.search("达到|达|总数|保有", before)) and not mention.percent
    years = bool(_YEARS.search(prose.text))
    work = frozenset(one for word in own or words for one in classes(word))
    promise = Promise(kind, words, own=own, stock=stock, years=years, classes=work)
    return Target(proposal, promise, noun, kinds, prose.words, clause=clause)


_YEARS = re.compile(
    r"20\d\d\s*年?\s*[-—–~至]+\s*20\d\d|[三四五两][年]内|[三四五]年(?:行动|计划|累计)"
)


def _clause(prose: Prose, index: int) -> tuple[str, frozenset[str]]:
    """The words of the target's own clause, and the table's words of work among them; a clause
    without a verb has the one before it: 新建茶亭 14 座、凉亭 5 座."""
    piece = prose.pieces[index]
    words = prose.bare[piece.before[0] : piece.before[1]] + " "
    words += prose.bare[piece.after[0] : piece.after[1]]
    if piece.link == "|":
        words = prose.bare[slice(*prose.pieces[0].before)] + words
    own = frozenset(t.word for t in piece.tokens if t.role in {"event", "work"})
    if piece.link == " " and index and _is_target(prose, index - 1):
        last = prose.pieces[index - 1]
        words = prose.bare[last.after[0] : last.after[1]] + words
    for other in prose.pieces[index + 1 : index + 1 + NEAR]:
        if own or other.sentence != piece.sentence or other.mention:
            break
        words += " " + prose.bare[other.before[0] : other.before[1]]
        own |= frozenset(t.word for t in other.tokens if t.role in {"event", "work"})
    for other in reversed(prose.pieces[max(0, index - NEAR) : index]):
        if own or other.sentence != piece.sentence:
            break
        told = _leading(other, prose)
        own = frozenset(told)
        words = " ".join((*told, words))
    return re.sub("其中|包括|包含|目标", " ", words), own


def _event(prose: Prose, index: int, rate: bool) -> tuple[str, str]:
    """The kind of the event and its words."""
    piece = prose.pieces[index]
    tokens = list(piece.tokens)
    for other in prose.pieces[index + 1 : index + 1 + NEAR]:
        if other.sentence != piece.sentence or other.mention:
            break
        tokens += other.tokens
    if not any(token.role in {"event", "work"} for token in tokens):
        for other in reversed(prose.pieces[max(0, index - NEAR) : index]):
            if other.sentence != piece.sentence:
                break
            if any(token.role in {"event", "work"} for token in other.tokens):
                tokens = list(other.tokens) + tokens
                break
    events = [token for token in tokens if token.role in {"event", "work"}]
    counts = events[0].word if events else "完成"
    stages = [token.stage or "work" for token in events]
    if rate:
        return "rate", counts
    for kind in ("use", "deliver", "accept"):
        if kind in stages:
            return kind, next(t.word for t in events if t.stage == kind)
    if any("筹集" in token.word for token in events):
        return "raise", counts
    if "serve" in stages:
        return "gain" if any(t.word == "新增" for t in events) else "serve", counts
    if "start" in stages and "finish" not in stages:
        return "start", next(t.word for t in events if t.stage == "start")
    return "finish", counts


def _leading(piece: Piece, prose: Prose) -> list[str]:
    """The verbs that a clause begins with, for those after it without one: 新建改造小游园."""
    words: list[str] = []
    end = None
    for token in piece.tokens:
        if token.role not in {"event", "work"}:
            continue
        noun = (
            token.stage == "serve"
            or end is None
            or prose.words[end : token.start].strip("、和及与 ")
        )
        if words and noun:
            break
        words.append(token.word)
        end = token.end
    return words


def _name(before: str, after: str, rate: bool) -> tuple[str, str, tuple[str, ...]]:
    """The noun phrase, the name taken from it, and the nouns of its list."""
    if rate:
        return _rate_name(before, after)
    head = re.split(r"[,，。;；:：]", after)[0]
    noun = _clean(re.split(r"进行|实施|开展|的", head)[0]) if head.strip() else ""
    if noun and not WORDS.fullmatch(noun):
        return noun, _first_head(noun), _kinds(noun)
    parts = [part for part in _VERB_CUT.split(before) if part and part.strip()]
    listed = parts[-1] if parts else ""
    if listed.rstrip().endswith("的"):
        listed = listed.rstrip()[:-1]
    listed = listed.split("的")[-1]
    noun = _without_verb(_clean(listed))
    return noun, _last_head(noun) if noun else "", _kinds(listed)


def _without_verb(noun: str) -> str:
    """培训医生 names 医生, but 就业人员 is 就业."""
    verb = WORDS.match(noun)
    if verb is None or MEANING[verb.group()].role not in {"event", "work"}:
        return noun
    rest = noun[verb.end() :]
    return noun if not rest or rest in _GENERIC else rest


def _rate_name(before: str, after: str) -> tuple[str, str, tuple[str, ...]]:
    words = re.split(
        r"达到|达|压缩|缩短|控制在|保持在|稳定在|保持|不高于|不低于|不超过|不少于|提升|提高|降|为|在|低于|高于",
        before,
    )
    listed = next((word for word in words if _clean(word)), "") or after
    noun = _clean(listed)
    found = re.search(r"([一-鿿]{2})率$", noun)
    return noun, found.group() if found else noun[-8:], (noun,)


def _kinds(listed: str) -> tuple[str, ...]:
    return tuple(kind for kind in map(_clean, re.split(r"[、和及与]", listed)) if len(kind) > 1)


def _clean(words: str) -> str:
    return _JUNK.sub("", words)


def _first_head(noun: str) -> str:
    found = [(noun.find(head), -len(head), head) for head in HEADS if head in noun]
    if not found:
        return noun[:8]
    name = min(found)[2]
    end = noun.find(name) + len(name)
    beside = max((head for head in HEADS if noun.startswith(head, end)), key=len, default=name)
    return FULL_NAMES.get(beside, beside)


def _last_head(noun: str) -> str:
    found = [(noun.rfind(head) + len(head), len(head), head) for head in HEADS if head in noun]
    if not found:
        return noun[-8:]
    return FULL_NAMES.get(max(found)[2], max(found)[2])
