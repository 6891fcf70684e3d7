"""Reasons not to trust a figure yet, as a catalogue of rules (design.md section 4).

A rule yields and never raises; its words (title, why it matters, message) are in `labels.RULES`
under the same code. A finding is about a well-formed file: what the file must not be is a
`schema.Problem`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from minsheng import grammar, labels
from minsheng.grammar import names
from minsheng.model import Basis, Light, MeasuredIndicator, Project, Reading, Report, Severity
from minsheng.printed import number, percent, shortened, tenths

LONGEST_NAME = 60  # of a name in a sentence: the file may hold one of a megabyte


@dataclass(frozen=True)
class Finding:
    """`quotes` are the words of the report that it is about; `indicator` None is the project."""

    code: str
    severity: Severity
    project: str
    indicator: str | None
    message: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """One indicator of the case: a row of `progress.measure_indicators` and its reading."""

    row: MeasuredIndicator
    reading: Reading
    before: MeasuredIndicator | None = None

    @property
    def words(self) -> dict[str, str]:
        """What every message may say of an indicator."""
        row = self.row
        return {
            "indicator": shortened(row.name, LONGEST_NAME),
            "unit": row.unit,
            "counts": row.counts,
            "target": number(row.target),
            "done": labels.NOT_STATED if row.done is None else number(row.done),
            "counted": percent(row.counted),
            "claimed": percent(row.claimed_part if row.claimed is None else row.claimed),
            "claimed_of": row.claimed_of or "",
        }


@dataclass(frozen=True)
class Case:
    """One project in one period, with what the period before said of it.

    `alike`: of two names of the dataset one character apart, the rarer and what it is like.
    """

    project: Project
    report: Report
    measured: tuple[Measured, ...]
    leads: tuple[str, ...] = ()
    alike: Mapping[str, str] = field(default_factory=dict)
    light: Light = Light.UNKNOWN
    previous_label: str = ""
    previous_report: Report | None = None
    previous_light: Light | None = None


@dataclass(frozen=True)
class Hit:
    """What a check found, before the catalogue puts it in words."""

    of: Measured | None = None
    quotes: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


Check = Callable[[Case], Iterator[Hit]]


def claimed_above_counted(case: Case) -> Iterator[Hit]:
    for of in case.measured:
        row = of.row
        if row.claimed is None or row.counted is None:
            continue
        if tenths(row.claimed) - tenths(row.counted) > 10:
            yield Hit(of, _clauses(case, of.reading.claimed))


def preparation_only(case: Case) -> Iterator[Hit]:
    for of in case.measured:
        claimed = of.reading.claimed is not None
        if of.reading.preparing and not of.reading.done and (claimed or "完成" in case.report.text):
            yield Hit(of, _clauses(case, "完成"))


def other_event(case: Case) -> Iterator[Hit]:
    for of in case.measured:
        row = of.row
        if row.at_most or of.reading.declared or (of.reading.done or 0) >= row.target:
            continue
        counts = {labels.STAGE.format(name=n): c for n, c in of.reading.stages.items()}
        if of.reading.underway is not None:
            counts[labels.UNDERWAY] = of.reading.underway
        for stage, count in counts.items():
            if count >= row.target:
                words = {"stage": stage, "count": number(count)}
                yield Hit(of, _clauses(case, count), words)
                break


def weak_part(case: Case) -> Iterator[Hit]:
    known = [(share, of) for of in case.measured if (share := of.row.completion) is not None]
    if not known:
        return
    most, strong = max(known, key=lambda each: each[1].row.counted or each[0])
    least, weak = min(known, key=lambda each: each[0])
    if most >= 1 > least:
        words = {
            "strong": strong.row.name,
            "best": percent(strong.row.counted or most),
            "weak": weak.row.name,
            "worst": percent(least),
        }
        yield Hit(weak, strong.reading.quotes + weak.reading.quotes, words)


def stages_do_not_add_up(case: Case) -> Iterator[Hit]:
    for of in case.measured:
        counts = of.reading.stages.values()
        total = math.fsum(counts)
        if len(counts) >= 2 and total > of.row.target:
            yield Hit(of, (case.report.text,), {"total": number(total)})


def declared_without_figure(case: Case) -> Iterator[Hit]:
    for of in case.measured:
        if of.row.basis == Basis.DECLARED:
            yield Hit(of, _clauses(case, "完成"))


def claim_of_a_part(case: Case) -> Iterator[Hit]:
    for of in case.measured:
        if of.row.claimed_part is not None:
            yield Hit(of, _clauses(case, of.reading.claimed))


_ALL_DONE = re.compile("全部(?:建设)?(?:完成|完工|建成|竣工|投用|交付)")


def all_done_below_100(case: Case) -> Iterator[Hit]:
    said = _ALL_DONE.search(case.report.text)
    for of in case.measured:
        if said and of.row.claimed is not None and of.row.claimed < 1:
            yield Hit(of, (said.group(), *_clauses(case, of.reading.claimed)))


def approximate(case: Case) -> Iterator[Hit]:
    for of in case.measured:
        vague = [quote for quote in of.reading.quotes if _is_vague(quote)]
        if of.reading.approx or vague:
            yield Hit(of, tuple(vague) or of.reading.quotes)


def not_traceable(case: Case) -> Iterator[Hit]:
    """Every number of a reading must be found in words; a finding for each that is not."""
    for of in case.measured:
        for what, value in _untraceable(case, of):
            name, where = labels.NOT_TRACEABLE.get(
                what, (labels.STAGE.format(name=what), labels.NOT_TRACEABLE["underway"][1])
            )
            said = {"unit": "%"} if what == "claimed" else {}
            yield Hit(
                of,
                of.reading.quotes,
                {"what": name, "value": number(value), "where": where, **said},
            )


def _untraceable(case: Case, of: Measured) -> Iterator[tuple[str, float]]:
    reading, unit = of.reading, str(of.row.unit)
    if not _found(of.row.target, case.project.content, unit):
        yield "target", of.row.target
    done = reading.done or 0.0
    if (done or reading.quotes) and not _adds_up(done, reading.quotes, unit):
        yield "done", done
    if reading.claimed is not None and not _found(reading.claimed, case.report.text, "%"):
        yield "claimed", reading.claimed
    if reading.underway is not None and not _found(reading.underway, case.report.text, unit):
        yield "underway", reading.underway
    for stage, count in reading.stages.items():
        if not _found(count, case.report.text, unit):
            yield stage, count


_SCALE = {"万": 10_000, "亿": 100_000_000}


def _values(words: str, unit: str) -> list[float]:
    """The numbers in words, in the indicator's unit: "0.7 万" is 7000 人 and 0.7 万人."""
    scale = _SCALE.get(unit[:1], 1)
    plain = words.replace("元", "") if "元" in unit else words
    mentions = grammar.scan(plain, promised=True).mentions
    return [m.value / scale for m in mentions if m.percent == (unit in {"%", "％"})]


def _found(value: float, words: str, unit: str) -> bool:
    return any(math.isclose(value, each) for each in _values(words, unit))


def _adds_up(done: float, quotes: Sequence[str], unit: str) -> bool:
    return math.isclose(done, math.fsum(v for quote in quotes for v in _values(quote, unit)))


def _is_vague(quote: str) -> bool:
    return any("approx" in mention.flags for mention in grammar.scan(quote).mentions)


def read_otherwise(case: Case) -> Iterator[Hit]:
    """Only where the words leave no doubt: what a person decided against a flag stands."""
    for of in case.measured:
        words = _answer(case, of)
        if of.reading.done is None or words is None or words.done is None or words.asks:
            continue
        if not math.isclose(words.done, of.reading.done):
            yield Hit(of, words.quotes, {"words": number(words.done)})


def not_read(case: Case) -> Iterator[Hit]:
    """Left out, an indicator raises the mean of the others and nobody sees it."""
    for of in case.measured:
        if of.reading.model_copy(update={"target": None}) != Reading():
            continue
        words = _answer(case, of)
        if words is not None and words.quotes:
            yield Hit(of, words.quotes, {"words": f"{number(words.done)} {of.row.unit}"})
        elif words is not None and words.declared:
            yield Hit(of, _clauses(case, "完成"), {"words": labels.DECLARED_WORDS})


def _answer(case: Case, of: Measured) -> grammar.Proposal | None:
    promised = next(each for each in case.project.indicators if each.name == of.row.name)
    return grammar.answer(case.project.content, case.report.text, promised.target, promised.unit)


def count_fell(case: Case) -> Iterator[Hit]:
    """Where lower is better, a lower count is what was promised."""
    for of in case.measured:
        if of.before is None or of.row.at_most:
            continue
        done, before = of.row.done, of.before.done
        if done is not None and before is not None and done < before:
            yield Hit(of, of.reading.quotes, {"before": number(before)})


def target_changed(case: Case) -> Iterator[Hit]:
    for of in case.measured:
        if of.before is not None and of.row.target != of.before.target:
            yield Hit(of, (), {"before": number(of.before.target)})


def text_unchanged(case: Case) -> Iterator[Hit]:
    before = case.previous_report
    if before and before.text.strip() and before.text.strip() == case.report.text.strip():
        yield Hit(None, (case.report.text,), {"before": case.previous_label})


_GOOD_TO_BAD = [light for light in Light if light is not Light.UNKNOWN]


def better_light_without_number(case: Case) -> Iterator[Hit]:
    before, after = case.previous_light, case.light
    if before not in _GOOD_TO_BAD or after not in _GOOD_TO_BAD:
        return
    rose = any(_better(of) for of in case.measured)
    if _GOOD_TO_BAD.index(after) < _GOOD_TO_BAD.index(before) and not rose:
        yield Hit(
            None,
            (case.report.text,),
            {"before": labels.LIGHT[before], "after": labels.LIGHT[after]},
        )


def _better(of: Measured) -> bool:
    """A count that is new, or better than the period before: higher, or lower where that counts."""
    if of.before is None or of.row.done is None:
        return False
    if of.before.done is None:
        return True
    more = of.row.done - of.before.done
    return bool(more < 0 if of.row.at_most else more > 0)


_LATE = re.compile(
    "(?<![不无未没])(?<!没有)滞后|落后|慢|未[达按到完]|不达|低于序时|逾期|延期|[红黄]灯"
)
_IN_TIME = re.compile(
    "[达按超合]到?序时|符合|同步|高于序时|快于|[不无未没]滞后|没有滞后"
    "|正常|按期|按计划|按时|提前|顺利|完成|绿灯"
)


def verdict_disagrees(case: Case) -> Iterator[Hit]:
    """What the department says of its own schedule, against the light."""
    verdict = case.report.verdict or ""
    said_late = _LATE.search(verdict) is not None
    if case.light == Light.UNKNOWN or not (said_late or _IN_TIME.search(verdict)):
        return
    if said_late != (case.light in {Light.BEHIND, Light.FAR_BEHIND}):
        yield Hit(None, (verdict,), {"verdict": verdict, "light": labels.LIGHT[case.light]})


def places_do_not_add_up(case: Case) -> Iterator[Hit]:
    """Rates, and what is better when lower, have no sum."""
    for of in case.measured:
        counts = of.reading.by_place.values()
        if not counts or of.row.at_most or of.row.unit in {"%", "％", "‰"}:
            continue
        total = math.fsum(counts)
        if of.reading.done is None or not math.isclose(total, of.reading.done):
            yield Hit(of, (), {"total": number(total)})


def alike_names(case: Case) -> Iterator[Hit]:
    for name in (*case.leads, case.project.category):
        if name in case.alike:
            words = labels.ONE_CHARACTER.format(name=name, other=case.alike[name])
            yield Hit(None, (name,), {"what": words})
        elif name in case.leads and names.holds_two(name):
            yield Hit(
                None,
                (name,),
                {"what": labels.TWO_IN_ONE.format(name=shortened(name, LONGEST_NAME))},
            )


CATALOGUE: dict[str, tuple[Severity, Check]] = {
    "claimed-above-counted": (Severity.HIGH, claimed_above_counted),
    "preparation-only": (Severity.HIGH, preparation_only),
    "all-done-below-100": (Severity.HIGH, all_done_below_100),
    "not-traceable": (Severity.HIGH, not_traceable),
    "count-fell": (Severity.HIGH, count_fell),
    "better-light-without-number": (Severity.HIGH, better_light_without_number),
    "other-event": (Severity.MEDIUM, other_event),
    "weak-part": (Severity.MEDIUM, weak_part),
    "stages-do-not-add-up": (Severity.MEDIUM, stages_do_not_add_up),
    "declared-without-figure": (Severity.MEDIUM, declared_without_figure),
    "claim-of-a-part": (Severity.MEDIUM, claim_of_a_part),
    "target-changed": (Severity.MEDIUM, target_changed),
    "verdict-disagrees": (Severity.MEDIUM, verdict_disagrees),
    "places-do-not-add-up": (Severity.MEDIUM, places_do_not_add_up),
    "alike-names": (Severity.MEDIUM, alike_names),
    "not-read": (Severity.MEDIUM, not_read),
    "approximate": (Severity.LOW, approximate),
    "read-otherwise": (Severity.LOW, read_otherwise),
    "text-unchanged": (Severity.LOW, text_unchanged),
}


def check(case: Case) -> Iterator[Finding]:
    """All findings of one project in one period, in the order of the catalogue."""
    for code, (severity, rule) in CATALOGUE.items():
        for hit in rule(case):
            words = {**(hit.of.words if hit.of else {}), **hit.words}
            yield Finding(
                code,
                severity,
                case.project.id,
                hit.of.row.name if hit.of else None,
                labels.RULES[code].message.format_map(words),
                hit.quotes,
            )


_CLAUSE = re.compile(r"[^，。；;!！]+")


def _clauses(case: Case, wanted: float | str | None) -> tuple[str, ...]:
    """The clauses of the report that hold a word or a number, verbatim."""
    clauses = [m.group().strip() for m in _CLAUSE.finditer(case.report.text)]
    if isinstance(wanted, str):
        return tuple(clause for clause in clauses if wanted in clause)
    return tuple(
        clause
        for clause in clauses
        if wanted is not None and any(m.value == wanted for m in grammar.scan(clause).mentions)
    )
