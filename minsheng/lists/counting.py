"""Counting over many lists, as narwhals expressions: the same on pandas, DuckDB and Spark.

The engine adds whole numbers, which come to the same in any order; means, ranks and what is printed
are made here of the few sums, by `measuring.leaderboard`, as for one list.

A sum adds lists of one level only: `current` takes it, and everything else is counted of that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Any

import narwhals as nw
import pandas as pd

from minsheng.lists import amounts
from minsheng.lists.engines import Frame
from minsheng.measuring import frames, leaderboard, progress
from minsheng.model import Light, Silence, Standing, Thresholds
from minsheng.printed import tenths

LIST = (
    "code", "year", "place", "parent", "period", "label", "as_of", "elapsed",
    "ahead", "behind", "far_behind",
)  # fmt: skip
PLACE = ("code", "place")
CATEGORY = ("category",)  # its number is each list's own
LEAD = ("code", "place", "leads")
_SILENCES = (Silence.NO_REPORT, Silence.NOT_READ)


@dataclass(frozen=True, slots=True)
class Group:
    """What the projects that are alike in `key` come to. `standing` has the counts, means and the
    rank among the groups; its name is the last of the key. `before` is their mean completion one
    period earlier, of those that were known then. `said` counts the projects by why they have no
    figure, `unchanged` those with the text of the period before."""

    key: dict[str, Any]
    standing: Standing
    before: float | None
    findings: int
    findings_high: int
    said: dict[Silence, int]
    unchanged: int

    @property
    def change(self) -> int | None:
        """Tenths of a point since the period before, of the means as printed."""
        after = self.standing.completion
        if after is None or self.before is None:
            return None
        return tenths(after) - tenths(self.before)


def of_level(rows: Frame, level: str, day: dt.date) -> Frame:
    """The rows of the level's lists of one year, all periods of them, those after the day too.

    The year is the newest of which any list has begun: a mean of last year's ends and this year's
    beginnings would say nothing. Who has no list of that year yet is missing, and named as such.
    """
    begun = rows.filter(nw.col("level") == level, nw.col("plan_start") <= day.isoformat())
    return begun.join(begun.select(nw.col("year").max()), on="year", how="inner")


def current(rows: Frame, level: str, day: dt.date) -> Frame:
    """One row a project: each place's list at its last period with `as_of` ≤ the day."""
    passed = of_level(rows, level, day).filter(nw.col("as_of") <= day.isoformat())
    last = passed.group_by("code").agg(nw.col("as_of").max())
    return passed.join(last, on=["code", "as_of"], how="inner")


def judged(rows: Frame, common: Thresholds | None) -> Frame:
    """The rows with their lights under a common rule; under each list's own where it is None."""
    return rows if common is None else rows.with_columns(light=progress.light(common))


def tally(rows: Frame, by: Sequence[str]) -> list[Group]:
    """One group for each combination of the columns, best first, with its rank among them.

    No columns at all: everything is one group. A mean is over the projects of which something is
    known; the others are counted beside it.
    """
    return _groups(rows.with_columns(credits=nw.lit(1)), tuple(by))


def board(rows: Frame, by: Sequence[str] = LEAD) -> list[Group]:
    """One group a lead department, keyed by place and name: every county has a 区民政局.

    A joint project counts once for each of its leads, and 1/n where ranks are split.
    """
    return _groups(rows.explode("leads"), tuple(by))


def levels(rows: Frame) -> list[str]:
    """The levels that there are rows of."""
    return sorted(row["level"] for row in _collected(rows.select("level").unique()))


def lists(rows: Frame) -> list[dict[str, Any]]:
    """One row a list of the frame: the columns of `LIST` and how many projects there are."""
    counted = rows.group_by(*LIST).agg(nw.len().alias("projects"))
    return sorted(_collected(counted), key=lambda row: row["code"])


def projects(rows: Frame, columns: Iterable[str]) -> list[dict[str, Any]]:
    """The rows themselves, by code and printed order, with these columns."""
    wanted = list(dict.fromkeys(("code", "position", *columns)))
    found = _collected(rows.select(*wanted))
    return sorted(found, key=lambda row: (row["code"], row["position"]))


def _groups(rows: Frame, by: tuple[str, ...]) -> list[Group]:
    """Sums are taken by the number of leads too: a whole number divides by it only here."""
    keys = by or ("level",)
    found = _collected(_flagged(rows).group_by(*keys, "credits").agg(*_sums()))
    found.sort(key=lambda row: tuple(map(str, (row[key] for key in keys))))
    together = groupby(found, key=lambda row: [row[key] for key in keys])
    groups = [(dict(zip(keys, key, strict=True)), list(each)) for key, each in together]
    groups.sort(key=lambda group: min(part["first"] for part in group[1]))
    return _ranked(groups)


def _flagged(rows: Frame) -> Frame:
    """What is counted as whole numbers of 0 and 1."""
    flags = {f"light_{light}": nw.col("light") == light.value for light in Light}
    flags |= {f"said_{each}": nw.col("silence") == each.value for each in _SILENCES}
    on_time = nw.col("light").is_in([light.value for light in leaderboard.ON_SCHEDULE])
    flags["on_time"] = on_time & ~nw.col("completion_hi").is_null()
    flags["repeated"] = nw.col("unchanged")
    return rows.with_columns(**{key: flag.cast(nw.Int64()) for key, flag in flags.items()})


def _sums() -> Iterator[nw.Expr]:
    yield nw.len().alias("projects")
    for share in amounts.SHARES:
        yield nw.col(f"{share}_hi").count().alias(share)
        yield nw.col(f"{share}_hi", f"{share}_lo").sum()
    yield nw.col("completion").min().alias("worst")
    yield nw.col("position").min().alias("first")
    yield nw.col("on_time", "repeated", "findings", "findings_high").sum()
    yield nw.col(*(f"light_{light}" for light in Light)).sum()
    yield nw.col(*(f"said_{each}" for each in _SILENCES)).sum()


def _collected(rows: Frame) -> list[dict[str, Any]]:
    """The rows as plain values; DuckDB's sums are decimals without places."""
    found: list[dict[str, Any]] = rows.collect().to_arrow().to_pylist()
    return found


def _ranked(groups: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> list[Group]:
    """The sums as groups, best first."""
    frame = pd.DataFrame([_row(parts) for _, parts in groups], columns=_COLUMNS)
    typed = frame.astype(dict.fromkeys(_FLOATS, "float64"))
    placed = leaderboard.placed(typed)
    standings = frames.standings(placed)
    return [_group(*groups[int(place)], standing) for place, standing in standings.items()]


_FLOATS = ("completion", "claimed", "on_schedule", "worst", "split")
_COLUMNS = [
    "projects", "known", *_FLOATS, *(f"light_{light}" for light in Light), "finished", "behind",
]  # fmt: skip


def _row(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The columns of `leaderboard.board`, of the sums by number of leads."""
    known = _sum(parts, "completion")
    lights = {f"light_{light}": _sum(parts, f"light_{light}") for light in Light}
    worst = [part["worst"] for part in parts if part["worst"] is not None]
    return {
        **lights,
        "projects": _sum(parts, "projects"),
        "known": known,
        "completion": _mean(parts, "completion"),
        "claimed": _mean(parts, "claimed"),
        "on_schedule": _sum(parts, "on_time") / known if known else None,
        "worst": min(worst, default=None),
        "split": _split(parts),
        "finished": lights["light_done"],
        "behind": lights["light_behind"] + lights["light_far_behind"],
    }


def _group(key: dict[str, Any], parts: list[dict[str, Any]], standing: Standing) -> Group:
    *_, name = key.values()
    return Group(
        key,
        replace(standing, name=str(name)),
        _mean(parts, "before"),
        _sum(parts, "findings"),
        _sum(parts, "findings_high"),
        {each: _sum(parts, f"said_{each}") for each in _SILENCES},
        _sum(parts, "repeated"),
    )


def _sum(parts: list[dict[str, Any]], column: str) -> int:
    """Of nothing but nulls pandas says 0 and SQL null."""
    return sum(int(part[column] or 0) for part in parts)


def _mean(parts: list[dict[str, Any]], share: str) -> float | None:
    total = amounts.whole(_sum(parts, f"{share}_hi"), _sum(parts, f"{share}_lo"))
    return amounts.mean(total, _sum(parts, share))


def _split(parts: list[dict[str, Any]]) -> float | None:
    """The mean with a joint project weighted 1/n for each of its n leads."""
    total = weight = Fraction()
    for part in parts:
        sum_of_shares = amounts.whole(part["completion_hi"], part["completion_lo"])
        total += Fraction(sum_of_shares, part["credits"] * amounts.UNIT)
        weight += Fraction(int(part["completion"]), part["credits"])
    return float(total / weight) if weight else None
