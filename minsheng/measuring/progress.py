"""Completion, elapsed share, light, forecast: the measuring rules of design.md section 4.

Unmeasured is not zero: an indicator without done, declaration or claim has NaN and is left out
of every mean. Every indicator is capped before it is averaged.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import narwhals as nw
import numpy as np
import pandas as pd

from minsheng.model import Basis, Delivery, Light, Milestone, Plan, Thresholds
from minsheng.printed import tenths


def elapsed_share(plan: Plan, day: dt.date) -> float:
    """Share of the plan's days gone by; both end days belong to it (2023-06-30 → 181/365)."""
    gone = (day - plan.start).days + 1
    return min(max(gone / ((plan.end - plan.start).days + 1), 0.0), 1.0)


def expected_share(
    plan: Plan,
    milestones: Sequence[Milestone],
    day: dt.date,
    goals: Mapping[str, tuple[float, bool]] = MappingProxyType({}),
) -> float:
    """What should be done by the day: the last milestone that is due, else the elapsed share.

    Milestones are steps, not a broken line: between two of them nothing more is due, because
    nobody promised more. One in words alone is not counted. `goals`: the target in force by
    indicator, and whether lower is better; a milestone's counts are due as shares of them.
    """
    due = [(step.by, _due(step, goals)) for step in milestones]
    counted = [(by, share) for by, share in due if share is not None]
    if not counted:
        return elapsed_share(plan, day)
    if day >= plan.end:
        return 1.0
    return max((share for by, share in counted if by <= day), default=0.0)


def _due(step: Milestone, goals: Mapping[str, tuple[float, bool]]) -> float | None:
    """The share that a milestone asks for, of counts the mean of theirs; None for words alone."""
    if step.share is not None:
        return step.share / 100
    shares = [_reached(count, *goals[name]) for name, count in step.count.items() if name in goals]
    return math.fsum(shares) / len(shares) if shares else None


def _reached(count: float, target: float, at_most: bool) -> float:
    if at_most:
        return 1.0 if count <= target else target / count
    return min(count / target, 1.0)


def measure_indicators(indicators: pd.DataFrame) -> pd.DataFrame:
    """Adds counted, completion, lowered and basis to `frames.indicators`."""
    done, target, claimed = indicators["done"], indicators["target"], indicators["claimed"]
    ratio = (done / target).where(~indicators["at_most"], _at_most(done, target))
    stated = ratio.clip(upper=1).where(ratio.notna(), np.where(indicators["declared"], 1.0, np.nan))
    return indicators.assign(
        counted=ratio,
        completion=stated.where(stated.notna(), claimed.clip(upper=1)).clip(
            upper=claimed.where(stated.notna()).fillna(1.0)
        ),
        lowered=stated.notna() & (claimed < stated),
        basis=np.select(
            [ratio.notna(), indicators["declared"], claimed.notna()],
            [Basis.COUNTED, Basis.DECLARED, Basis.CLAIMED],
            Basis.UNKNOWN,
        ).astype(object),
    )


def _at_most(done: pd.Series, target: pd.Series) -> pd.Series:
    return (target / done).where(done > target, 1.0).where(done.notna())


def measure_projects(
    projects: pd.DataFrame,
    measured: pd.DataFrame,
    expected: pd.Series,
    elapsed: float,
    thresholds: Thresholds,
) -> pd.DataFrame:
    """Adds completion, weakest, claimed, basis, delivery, light, forecast and pace to projects.

    `measured` comes from `measure_indicators`; `expected` is a share per project id.
    """
    parts = _summarise(measured).reindex(projects.index)
    frame = projects.join(parts).assign(
        indicators=parts["indicators"].fillna(0).astype(int),
        known=parts["known"].fillna(0).astype(int),
        expected=expected,
        basis=parts["basis"].where(parts["basis"].notna(), Basis.UNKNOWN),
        delivery=_delivery(parts),
    )
    variance = frame["weakest"].map(tenths, na_action="ignore") - frame["expected"].map(tenths)
    finished = frame["delivery"].isin([Delivery.DONE, Delivery.EXCEEDED, Delivery.DECLARED])
    return frame.assign(
        variance=variance,
        light=_light(variance, finished, thresholds),
        forecast=_forecast(frame["completion"], elapsed),
        pace=_pace(frame["weakest"], elapsed),
    )


_BASIS_ORDER = {basis: place for place, basis in enumerate(Basis)}
_BASES = list(Basis)


def _summarise(measured: pd.DataFrame) -> pd.DataFrame:
    """One row a project that has indicators: the mean, the weakest, and what they rest on."""
    known = measured["completion"].notna()
    rows = measured.assign(
        known=known,
        believed=measured["claimed"].clip(upper=1).fillna(measured["completion"]),
        reached=known & (measured["completion"] >= 1),
        above=(measured["counted"] > 1) & (measured["completion"] >= 1),
        said=measured["basis"].isin([Basis.DECLARED, Basis.CLAIMED]),
        begun=(measured["done"] > 0) | measured["declared"],
        firmness=measured["basis"].map(_BASIS_ORDER).where(known),
    )
    grouped = rows.groupby("project", sort=False)
    lowest = rows[known].groupby("project", sort=False)["completion"].idxmin()
    weakest = rows.loc[lowest].set_index("project")["name"]
    return (
        grouped.agg(
            indicators=("name", "size"),
            known=("known", "sum"),
            completion=("completion", "mean"),
            weakest=("completion", "min"),
            claimed=("believed", "mean"),
            reached=("reached", "all"),
            above=("above", "any"),
            said=("said", "any"),
            begun=("begun", "any"),
            preparing=("preparing", "any"),
            firmness=("firmness", "max"),
        )
        .assign(
            weakest_name=weakest,
            basis=lambda f: f["firmness"].map(lambda x: _BASES[int(x)], na_action="ignore"),
        )
        .drop(columns="firmness")
    )


def _delivery(parts: pd.DataFrame) -> pd.Series:
    """Finished only if every indicator is: an unknown one cannot be success."""
    reached, above = parts["reached"].eq(True), parts["above"].eq(True)
    said, begun = parts["said"].eq(True), parts["begun"].eq(True)
    conditions = [
        reached & said,
        reached & above,
        reached,
        parts["preparing"].eq(True) & ~begun,
        parts["completion"].notna(),
    ]
    choices = [
        Delivery.DECLARED,
        Delivery.EXCEEDED,
        Delivery.DONE,
        Delivery.PREPARING,
        Delivery.UNDERWAY,
    ]
    chosen = np.select(conditions, choices, Delivery.UNKNOWN).astype(object)
    return pd.Series(chosen, index=parts.index, dtype=object)


def light(thresholds: Thresholds) -> nw.Expr:
    """The schedule light of the columns `variance` (tenths of a point, as printed, so that screen
    and light cannot disagree) and `finished`. One expression for every engine: many lists are
    judged again under one rule by it, wherever their rows are."""
    variance = nw.col("variance")
    judged = [
        (nw.col("finished"), Light.DONE),
        (variance.is_null(), Light.UNKNOWN),
        (variance >= thresholds.ahead * 10, Light.AHEAD),
        (variance <= -thresholds.far_behind * 10, Light.FAR_BEHIND),
        (variance <= -thresholds.behind * 10, Light.BEHIND),
    ]
    chosen = nw.lit(Light.ON_TRACK.value)
    for condition, found in reversed(judged):
        chosen = nw.when(condition).then(nw.lit(found.value)).otherwise(chosen)
    return chosen


def _light(variance: pd.Series, finished: pd.Series, thresholds: Thresholds) -> pd.Series:
    columns = nw.from_native(pd.DataFrame({"variance": variance, "finished": finished}))
    return columns.select(light=light(thresholds)).to_native()["light"].astype(object)


def _forecast(completion: pd.Series, elapsed: float) -> pd.Series:
    """Completion at the plan's end on a straight line through today's one point, capped."""
    if not elapsed:
        return completion * np.nan
    return (completion / elapsed).clip(upper=1)


def _pace(weakest: pd.Series, elapsed: float) -> pd.Series:
    """Pace the weakest indicator still needs, as a multiple of today's: a project is not finished
    before it is. NaN where nothing of it is done or no day is left."""
    if not 0 < elapsed < 1:
        return weakest * np.nan
    today = weakest.where(weakest > 0) / elapsed
    return (1 - weakest) / (1 - elapsed) / today
