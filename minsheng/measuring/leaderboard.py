"""Projects → departments, ranked, with how firm the rank is (design.md section 4, rule 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from minsheng.measuring import frames
from minsheng.model import Light, MeasuredProject, Standing, Tally
from minsheng.printed import tenths

FEW = 3
ON_SCHEDULE = (Light.DONE, Light.AHEAD, Light.ON_TRACK)
LATE = (Light.BEHIND, Light.FAR_BEHIND)
WORST_FIRST = (
    Light.FAR_BEHIND, Light.BEHIND, Light.UNKNOWN, Light.ON_TRACK, Light.AHEAD, Light.DONE,
)  # fmt: skip
_WAYS = ("completion", "on_schedule", "worst", "split")


def board(projects: pd.DataFrame) -> pd.DataFrame:
    """One row a lead department, best first, indexed by name.

    A joint project counts once for each of its leads, so the column `projects` adds up to credits,
    not to projects. A department of which nothing is known has NaN everywhere and no rank.
    """
    credits = frames.credits(projects)
    known = credits[credits["completion"].notna()]
    frame = tally(credits, "leads").assign(
        on_schedule=known["light"].isin(ON_SCHEDULE).groupby(known["leads"]).mean(),
        worst=known.groupby("leads")["completion"].min(),
        split=_weighted(known),
    )
    return placed(frame).rename_axis("name")


def placed(groups: pd.DataFrame) -> pd.DataFrame:
    """Best first, with ranks under each way of ranking; `groups` has a column a way (shares 0-1)
    and `projects`. A group of which nothing is known has no rank."""
    ranks = pd.DataFrame({way: _rank(groups[way]) for way in _WAYS})
    return groups.assign(
        rank=ranks["completion"],
        best_rank=ranks.min(axis=1),
        worst_rank=ranks.max(axis=1),
        few=groups["projects"] < FEW,
    ).sort_values(["rank", "projects"], ascending=[True, False], kind="stable")


def tally(projects: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row a group, in order of appearance: counts, lights, mean completion and claim.

    Unknown projects are left out of the means and counted beside them (`known` of `projects`).
    """
    grouped = projects.groupby(by, sort=False)
    lights = {
        f"light_{light}": projects["light"].eq(light).groupby(projects[by], sort=False).sum()
        for light in Light
    }
    return grouped.agg(
        projects=("light", "size"),
        known=("completion", "count"),
        completion=("completion", "mean"),
        claimed=("claimed", "mean"),
    ).assign(
        **lights,
        finished=lights["light_done"],
        behind=lights["light_behind"] + lights["light_far_behind"],
    )


def worst_projects(rows: Iterable[MeasuredProject]) -> list[MeasuredProject]:
    """By light, then by how far back; what is not known stands after what lags."""
    return sorted(rows, key=lambda row: badness(row.light, row.variance))


def badness(light: Light, variance: float | None) -> tuple[int, float]:
    """The less the worse."""
    return WORST_FIRST.index(light), variance or 0.0


def worst_first(groups: Mapping[str, Tally]) -> list[str]:
    """Categories or departments by how many lag, then by completion; of whom nothing is known
    comes last."""

    def place(key: str) -> tuple[int, float]:
        each = groups[key]
        return -each.behind, 2.0 if each.completion is None else each.completion

    return sorted(groups, key=place)


def ranked(board: Mapping[str, Standing]) -> list[str]:
    """Best first, and behind them the ones with too few projects for a rank."""
    return sorted(board, key=lambda name: board[name].few)


def _weighted(known: pd.DataFrame) -> pd.Series:
    """Mean completion with a joint project weighted 1/n for each of its n leads."""
    total = (known["completion"] * known["weight"]).groupby(known["leads"]).sum()
    return total / known["weight"].groupby(known["leads"]).sum()


def _rank(shares: pd.Series) -> pd.Series:
    """1 = highest; equal as printed is equal in rank, and the next rank is skipped."""
    printed = shares.map(tenths, na_action="ignore").astype("float64")
    return printed.rank(method="min", ascending=False)
