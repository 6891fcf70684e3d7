"""What is drawn of a figure, decided once for every surface (design.md section 5).

Every page and document draws this value and nothing else; which ink and how thick is theirs.
Shares are 0-1: the axis of every bar ends at 100 %, and what goes beyond is `over`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from minsheng.model import Basis, MeasuredIndicator, MeasuredProject, Tally
from minsheng.printed import tenths


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the strip beneath a bar: work that does not count yet. `stage` is empty for what
    is only said to be under way; `count` is in the indicator's unit."""

    stage: str
    count: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. None draws nothing: unknown is not zero."""

    solid: float | None = None
    """Counted; the lower claim where that holds (取低)."""
    hatched: float | None = None
    """Only said: declared without a number, or a claim alone. Nobody counted it."""
    strip: tuple[Segment, ...] = ()
    """Beneath the bar, never a second full bar; the last stage is the nearest to the promise."""
    claim: float | None = None
    """What the department states on the year's base; of a mean only where it says more."""
    over: float | None = None
    """The count against its target where that passes 1: 1.22 is 超额 122%."""
    due: float | None = None
    """What should be done by the cut-off date."""


def bar(part: MeasuredIndicator, due: float | None) -> Bar:
    """What is drawn of an indicator."""
    counted = part.counted is not None
    return Bar(
        solid=part.completion if counted else None,
        hatched=None if counted else part.completion,
        strip=tuple(_strip(part)),
        claim=None if part.claimed is None else min(part.claimed, 1.0),
        over=part.counted if (part.counted or 0.0) > 1 and not part.lowered else None,
        due=due,
    )


def mean(tally: Tally, due: float | None) -> Bar:
    """What is drawn of a mean: category, department, whole plan."""
    return Bar(solid=tally.completion, claim=tally.claimed if claims_more(tally) else None, due=due)


def project(row: MeasuredProject) -> Bar:
    """What is drawn of a project of several indicators: their mean, solid only if all of it that
    is known was counted."""
    counted = row.basis == Basis.COUNTED
    claims = None not in (row.claimed, row.completion) and tenths(row.claimed or 0.0) > tenths(
        row.completion or 0.0
    )
    return Bar(
        solid=row.completion if counted else None,
        hatched=None if counted else row.completion,
        claim=row.claimed if claims else None,
        due=row.expected,
    )


def claims_more(tally: Tally) -> bool:
    """Whether more is claimed than counted, as printed."""
    if tally.claimed is None or tally.completion is None:
        return False
    return tenths(tally.claimed) > tenths(tally.completion)


def _strip(part: MeasuredIndicator) -> Iterator[Segment]:
    """Stages one after the other, else what is under way after what is done. Stages that add up to
    more than the target share the bar: the strip is never longer than it."""
    counts = part.stages or ({} if part.underway is None else {"": part.underway})
    before = 0.0 if part.stages or part.lowered else min(part.completion or 0.0, 1.0)
    room = max(part.target, math.fsum(counts.values())) if part.stages else part.target
    for stage, count in counts.items():
        after = min(before + count / room, 1.0)
        if count > 0:
            yield Segment(stage, count, before, after)
        before = after
