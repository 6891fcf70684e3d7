"""What the words of a promise and of its report say, before a person has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FLAGS = (
    "approx",
    "inherited",
    "declared_only",
    "several_candidates",
    "assigned_by_order",
    "percent_disagrees",
    "parts_exceed_target",
    "chinese_numeral",
)


@dataclass(frozen=True)
class Proposal:
    """One indicator read from a promise, and its reading proposed from the report.

    `done` None is left empty: the evidence is not clear, and `flags` say why. Numbers are in
    `unit`; a rate's unit is "%". The rest means what it means in `model.Indicator` and
    `model.Reading`.
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
