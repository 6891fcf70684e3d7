"""How well a number of the report fits a target: its unit, and the runs of characters beside it
that the promise's own clause has too, less those of the best other target.

    unit    same ; kin: 座 and 处, 株 and 棵, 场 and 场次 (only with the noun) ; none: not written
    named     the thing counted ends as a run of the target's clause does: 设备安装到位 61 套
    akin      its characters stand in the clause in their order: 暑托班 for 暑期托管班
    unnamed   no noun beside it, and the sentence has named no other target
    tied      it may count one of several targets
    rival     it fits another target better
    stranger  another thing: the shared run goes on otherwise (停机库 for 停机坪), or a further noun
              follows (锅炉房烟道), or nothing is shared

The noun after the unit goes before the noun before the number; names before 等 and 共 are no nouns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from minsheng.grammar.facts import Fact
from minsheng.grammar.pieces import Piece, Prose
from minsheng.grammar.targets import Target
from minsheng.grammar.verbs import WORDS, vocabulary

_SAME = (
    {"人", "名", "位"},
    {"公里", "千米", "km"},
    {"米", "m"},
    {"平方米", "㎡", "平方", "m²"},
    {"平方公里", "平方千米", "km²"},
    {"立方米", "立方", "方"},
)
_KIN = tuple(
    frozenset(row.split())
    for row in (
        "个 所 家 座 处 幢 栋 条 台 部 张 辆 间 件 项 门 块 片 组 盏 根 支 对 把 只 套"
        " 眼 口 孔 面 扇 副 顶 艘 架 具 点位 泊位 车位 床位 摊位 工位 格 列 匹 尊 级",
        "株 棵 丛",
        "名 人 位 例 户",
        "场 场次 次 期 节 课时 堂 课次 轮",
        "件 起 宗 例 份 张 项",
        "份 本 册 张 套",
        "户 家",
        "批次 批 件 份",
    )
)
_FILLER = (
    r"(?:全|本|我|[一-鿿]{2,3})(?:市|(?<![小社片校园景厂])区(?!块|间)|县)"
    r"|[一-鿿]{1,4}(?:街道|(?<!乡)镇|乡(?!镇))"
    "|项目|工程|任务|工作|目前|截至|截止|进度|完成率|整体|总体|初步|顺利|圆满|情况|进展|各地|人员|建设|今年|本年|当年"
    "|上半年|现已|重点|数量|总数|总量|总|率|中(?!心|药|小|学|医)|内(?!涝)|底|月|年|末|份|于|为|是|有|和|与|及|并|其|该|均|的|个|等|在|到"
    "|约|近|逾|超过|突破|超|余|多|左右|以上|点位|设备|设施|环境|方面|部分|任务数|建设点|点(?=$|\\s)"
    "|另|又|再|还|数|现|已|被|由|对|向|把|经|至|名|处|[^一-鿿A-Za-z]"
)
_NOT_NOUN = re.compile(f"{WORDS.pattern}|{_FILLER}")
_RUN = re.compile("[一-鿿A-Za-z]+")
_NAMES = re.compile(r"(?:等|共|共计|合计|总计|计)\s*(?:约|近|\s)*$")


@dataclass(frozen=True, slots=True)
class Beside:
    """The words on both sides of a piece's number, and the nouns next to it."""

    before: str
    after: str
    noun_before: str
    noun_after: str
    left_over: str

    @property
    def noun(self) -> str:
        return self.noun_after or self.noun_before


@dataclass(frozen=True, slots=True)
class Fit:
    """A number and how it counts a target; `met`: the run they share; `soft`: doubts."""

    fact: Fact
    how: str
    unit: str
    met: str = ""
    score: int = 0
    soft: frozenset[str] = frozenset()

    @property
    def value(self) -> int | float:
        return self.fact.mention.value


@lru_cache(maxsize=4096)
def nouns(words: str) -> tuple[str, ...]:
    """The runs left of words without verbs, places and filling."""
    return tuple(_RUN.findall(_NOT_NOUN.sub(" ", words)))


def beside(prose: Prose, piece: Piece) -> Beside:
    before = prose.bare[piece.before[0] : piece.before[1]]
    after = prose.bare[piece.after[0] : piece.after[1]]
    left = () if _NAMES.search(before) else nouns(before)
    verb = WORDS.search(after)
    head = after if verb is None else after[: verb.start()]
    right = nouns(head)
    if verb is not None and not right and not head.strip():
        right = ()
    return Beside(
        before,
        after,
        left[-1] if left else "",
        right[-1] if right else "",
        " ".join((*left[:-1], *nouns(after))),
    )


def strange(words: str, content: str) -> str:
    """The longest run of the words that stands beside the number and not in the promise."""
    kept = (
        run
        for run in nouns(words)
        if len(run) > 1 and not any(run[at : at + 2] in content for at in range(len(run) - 1))
    )
    return max(kept, key=len, default="")


def unit_of(unit: str, target: str) -> str:
    """same, none (not written), kin (another measure word) or other."""
    if unit == target or any({unit, target} <= same for same in _SAME):
        return "same"
    if not unit:
        return "none"
    return "kin" if any({unit, target} <= kin for kin in _KIN) else "other"


class Clause:
    """The words of a target's clause, asked for shared runs in time linear in what is asked."""

    def __init__(self, target: Target) -> None:
        self.target = target
        words = f"{target.clause} {target.noun} {target.proposal.name}"
        self.words = words
        self.pairs = {
            words[at : at + 2] for at in range(len(words) - 1) if words[at : at + 2].isalnum()
        }
        self.letters = [char for char in target.clause if char.isalnum()]

    def shared(self, words: str) -> int:
        """How many characters of the words stand in runs of two or more that the clause has."""
        inside = bytearray(len(words))
        for at in range(len(words) - 1):
            if words[at : at + 2] in self.pairs:
                inside[at] = inside[at + 1] = 1
        return sum(inside)

    def meets(self, noun: str) -> str:
        """The longest end of a noun that the clause has; "" if the noun goes on otherwise."""
        if len(noun) == 1:
            return noun if noun in self.words else ""
        for begin in range(len(noun) - 1):
            if noun[begin:] in self.words:
                return noun[begin:]
        return ""

    def abbreviates(self, noun: str) -> bool:
        """All its characters in the clause, in order: 食药柜 for 食品药品柜."""
        rest = iter(self.letters)
        return len(noun) > 1 and all(char in rest for char in noun)

    def lacks(self, noun: str) -> str:
        """What of the words the clause has not, for the words beside a number."""
        inside = bytearray(len(noun))
        for at in range(len(noun) - 1):
            if noun[at : at + 2] in self.pairs:
                inside[at] = inside[at + 1] = 1
        return "".join(char for at, char in enumerate(noun) if not inside[at] and char != " ")


class Topic:
    """What the sentence has named so far, as a score for every target."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self.sentence = -1
        self.scores = [0] * len(clauses)
        self.strange = ""

    def hear(self, piece: Piece, sides: Beside, *, counted: bool) -> list[int]:
        """The piece's own scores. One that names something is what those after it go on about."""
        words = f"{sides.before} {sides.after}"
        scores = [clause.shared(words) for clause in self.clauses]
        if piece.sentence != self.sentence:
            self.sentence = piece.sentence
            if any(scores) or sides.noun:
                self.strange = ""
        if any(scores):
            self.scores, self.strange = list(scores), ""
        elif counted and sides.noun and len(sides.noun) > 1:
            self.strange = sides.noun
        return scores


def fits(
    wanted: Sequence[Target], prose: Prose, told: Sequence[Fact], sides: dict[int, Beside]
) -> list[list[Fit]]:
    """For every target, how each number that has its unit fits it."""
    clauses = [Clause(target) for target in wanted]
    topic = Topic(clauses)
    by_piece = {id(fact.piece): fact for fact in told}
    found: list[list[Fit]] = [[] for _ in wanted]
    for piece in prose.pieces:
        words = sides[id(piece)]
        fact = by_piece.get(id(piece))
        if fact is None or fact.mention.percent:
            topic.hear(piece, words, counted=False)
            continue
        before = (list(topic.scores), topic.strange)
        scores = topic.hear(piece, words, counted=True)
        for at, target in enumerate(wanted):
            noun = target.noun
            scores[at] += len(noun) > 1 and noun in f"{words.before} {words.after}"
        for at, target in enumerate(wanted):
            unit = unit_of(fact.mention.unit, target.proposal.unit)
            if unit == "other" or target.proposal.unit == "%":
                continue
            found[at].append(_fit(at, clauses, fact, words, unit, scores, *before))
    return found


def _fit(
    at: int,
    clauses: Sequence[Clause],
    fact: Fact,
    sides: Beside,
    unit: str,
    scores: list[int],
    topic: list[int],
    strange: str,
) -> Fit:
    mine = clauses[at]
    target = mine.target
    rivals = [
        other
        for other, clause in enumerate(clauses)
        if other != at
        and unit_of(fact.mention.unit, clause.target.proposal.unit) in {"same", "kin", "none"}
        and clause.target.proposal.unit != "%"
    ]
    near = [
        other
        for other in rivals
        if unit == "kin"
        or unit_of(fact.mention.unit, clauses[other].target.proposal.unit) in {"same", "none"}
    ]
    best = max((scores[other] for other in near), default=0)
    soft: set[str] = set()
    noun = sides.noun
    met = mine.meets(noun) if noun else ""
    if not met and len(noun) == 1 and mine.meets(sides.noun_before):
        noun = sides.noun_before
        met = mine.meets(noun)
    if unit == "kin":
        soft.add("akin")
    if unit == "none":
        soft.add("inherited")
    if noun and not met:
        if mine.abbreviates(noun) and len(noun) < len(target.clause):
            met = noun
            soft.add("akin")
        elif scores[at] and _agent(sides, noun):
            soft.add("akin")
        elif scores[at] - mine.shared(noun) >= _EVENT_TOLD:
            soft.add(
                "akin"
            )  # 88 所学校食堂均已完成明厨亮灶改造: where, and then the promise itself
        elif scores[at] and fact.mention.unit in _HEADS and noun.endswith(_PERSONS):
            soft.add("akin")
        elif not scores[at] and _agent(sides, noun) and not strange:
            soft.add("inherited")
        elif any(clauses[other].meets(noun) for other in near) and not mine.shared(noun):
            return Fit(fact, "rival", unit)
        else:
            return Fit(fact, "stranger", unit)
    if grades := set(_GRADE.findall(f"{sides.before} {sides.after}")):
        promised = set(_GRADE.findall(target.content))
        if promised and not grades & promised:
            return Fit(fact, "stranger", unit)
        soft |= set() if promised else {"akin"}
    score = scores[at] - best
    if target.proposal.part_of is not None:
        whole = next(
            (c for c in clauses if c.target.proposal.name == target.proposal.part_of), None
        )
        own = score if whole is None else scores[at] - scores[clauses.index(whole)]
        if own < 1 and not (fact.part and not noun):
            return Fit(fact, "rival", unit)
    if near and score < 0:
        return Fit(fact, "rival", unit)
    if near and score == 0:
        others = [topic[other] for other in near]
        if not topic[at] or topic[at] <= max(others):
            told = [o for o in near if scores[o] == scores[at]]
            if all(clauses[o].target.proposal.part_of == target.proposal.name for o in told):
                return Fit(fact, "named" if met else "unnamed", unit, met, score, frozenset(soft))
            if not best and max(others) > topic[at]:
                return Fit(fact, "rival", unit)
            return Fit(fact, "tied", unit, met, score, frozenset(soft | {"several_candidates"}))
        soft.add("inherited")
    if unit == "kin" and not (met and _counts(mine, met, noun)):
        return Fit(fact, "stranger", unit)
    if not noun and (
        (strange and not scores[at])
        or fact.mention.unit in target.other_units
        or (near and not topic[at] and not scores[at])
    ):
        soft.add("inherited")
    return Fit(fact, "named" if met else "unnamed", unit, met, score, frozenset(soft))


def _counts(clause: Clause, met: str, noun: str) -> bool:
    """With another measure word the very thing must be named: 病区 are no 床位."""
    thing = clause.target.noun
    if not thing or thing.endswith(met) or noun.endswith(thing[-2:]):
        return True
    return not clause.lacks(noun) and not _UNITS.search(noun)


_GRADE = re.compile(r"国家级|省级|市级|区级|县级|镇级|村级|国际级|一级|二级|三级|[345]A级")
_EVENT_TOLD = 4
_HEADS = frozenset({"人", "名", "位", "户", "人次"})
_PERSONS = tuple(
    vocabulary(
        """
    老人 老年人 学生 儿童 群众 居民 人员 患者 对象 农民 妇女 残疾人 职工 青年 家庭 住户 业主
    学员 考生 旅客 市民 村民 劳动者 工人
    """
    )
)
_UNITS = re.compile(r"[区室班楼]$")


def _agent(sides: Beside, noun: str) -> bool:
    """企业设立 12 个: the noun stands before its verb, and none at the number. 等 names places."""
    if sides.noun_after:
        return False
    begin = sides.before.rfind(noun) + len(noun)
    return WORDS.search(sides.before[begin:]) is not None
