"""What the words of a promise and of its report say, before a person has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# approx             约, 近, 余, 以上 stands at the number
# inherited          unit, thing counted, event or year is not said beside the number
# declared_only      已完成 and no number
# several_candidates more than one number, or something unnumbered, may count
#                    or the report doubts its own: 300 个？
# assigned_by_order  分别为 3、4、5 个: by the order of the targets
# percent_disagrees  the claimed percent is not done of target, as printed
# parts_exceed_target the stages together are more than the target
# chinese_numeral    read from characters
# told_bare          the promise said again with a number, and no 已 or 完成; or no event at all
# akin               unit, noun or work is only akin to the promised
# summed             the sum of numbers that the words keep apart: 又, 另, 一是…二是
# other_event        the words tell of another event or of other work than the promise
# no_figure          nothing in the words counts in this unit what was promised
FLAGS = (
    "approx",
    "inherited",
    "declared_only",
    "several_candidates",
    "assigned_by_order",
    "percent_disagrees",
    "parts_exceed_target",
    "chinese_numeral",
    "told_bare",
    "akin",
    "summed",
    "other_event",
    "no_figure",
)


# These say how a figure is written, or what else is odd; the rest ask whether it is right.
OF_MANNER = frozenset({"approx", "chinese_numeral", "parts_exceed_target"})


@dataclass(frozen=True)
class Candidate:
    """A number that may be done, and the words around it."""

    value: int | float
    quote: str


@dataclass(frozen=True)
class Why:
    """Why a figure was proposed, or none: the `tier` of what was chosen (`facts.Tier`, in small
    letters, "" for none), the characters of promise and report that met, the rule that told it
    from others (`choose`), and each other number of the text with what excluded it."""

    tier: str = ""
    met: str = ""
    rule: str = ""
    excluded: tuple[tuple[Candidate, str], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """One indicator read from a promise, and its reading proposed from the report.

    `done` None is left empty: the evidence is not clear, and `flags` say why. Numbers are in
    `unit`; a rate's unit is "%". The rest means what it means in `model.Indicator` and
    `model.Reading`. `candidates` are other numbers that may count: a person chooses.
    """

    name: str
    target: int | float
    unit: str
    counts: str
    part_of: str | None = None
    at_most: bool = False
    done: int | float | None = None
    quotes: tuple[str, ...] = ()
    declared: bool = False
    claimed: int | float | None = None
    claimed_of: str | None = None
    underway: int | float | None = None
    preparing: bool = False
    stages: Mapping[str, int | float] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    candidates: tuple[Candidate, ...] = ()
    why: Why = Why()

    @property
    def asks(self) -> bool:
        """Whether a person has to look before the figure may be believed."""
        return bool(self.flags - OF_MANNER)
