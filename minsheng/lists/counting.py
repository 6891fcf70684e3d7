"""Counting over many lists, as narwhals expressions: the same on pandas, DuckDB and Spark.

The engine adds whole numbers, which come to the same in any order; means, ranks and what is printed
are made here of the few sums, by `measuring.leaderboard`, as for one list.

A sum adds lists of one level only: `At` takes it, and everything else is counted of its projects.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
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
    "ahead", "behind", "far_behind", "projects",
)  # fmt: skip
PLACE = ("code", "place")
CATEGORY = ("category",)  # its number is each list's own
LEAD = ("code", "place", "leads")
_SILENCES = (Silence.NO_REPORT, Silence.NOT_READ)
_SHARES = [name for share in amounts.SHARES for name in (share, f"{share}_hi", f"{share}_lo")]

Sums = dict[str, Any]


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


class At:
    """The lists of a level on a day. What is asked of it twice is counted once."""

    def __init__(self, rows: Frame, level: str, day: dt.date) -> None:
        self.level = level
        self.day = day
        self._rows = rows.filter(nw.col("level") == level)

    @cached_property
    def year(self) -> int | None:
        """The newest year of which any list has begun; None where none has.

        Lists of one year are counted: a mean of last year's ends and this year's beginnings would
        say nothing. Who has no list of that year yet is missing, and named as such.
        """
        begun = self._rows.filter(nw.col("plan_start") <= self.day.isoformat())
        # The likely year first: an engine skips what is of other years.
        newest = nw.col("year").max()
        for rows in (begun.filter(nw.col("year") == self.day.year), begun):
            (found,) = _collected(rows.select(newest))
            if found["year"] is not None:
                return int(found["year"])
        return None

    @cached_property
    def projects(self) -> Frame:
        """One row a project: each place's list of the year at its last period with `as_of` ≤ the
        day."""
        passed = self._rows.filter(
            nw.col("year") == (self.year or 0),
            nw.col("plan_start") <= self.day.isoformat(),
            nw.col("as_of") <= self.day.isoformat(),
        )
        last = passed.group_by("code").agg(nw.col("as_of").max())
        return passed.join(last, on=["code", "as_of"], how="inner")

    @cached_property
    def lists(self) -> dict[str, dict[str, Any]]:
        """By code the columns of `LIST` of each list that has a period by then."""
        found = _collected(self.projects.select(*LIST).unique())
        return {row["code"]: row for row in sorted(found, key=lambda row: row["code"])}

    @cached_property
    def places(self) -> dict[str, tuple[str, bool]]:
        """By code the name of every place that has a list of any year, and whether its list of the
        year has begun."""
        known = _collected(self._rows.select("code", "place", "year", "plan_start").unique())
        begun = {
            row["code"]
            for row in known
            if row["year"] == self.year and row["plan_start"] <= self.day.isoformat()
        }
        ordered = sorted(known, key=lambda row: (row["code"], row["year"]))
        return {row["code"]: (row["place"], row["code"] in begun) for row in ordered}


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


def days(rows: Frame, level: str) -> list[str]:
    """The days on which a list of the level ends a period, the last first."""
    found = _collected(rows.filter(nw.col("level") == level).select("as_of").unique())
    return sorted((row["as_of"] for row in found), reverse=True)


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
    groups = [(dict(zip(keys, key, strict=True)), _summed(list(each))) for key, each in together]
    groups.sort(key=lambda group: group[1]["first"])
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


def _summed(parts: Sequence[Sums]) -> Sums:
    """The sums of a group whatever the number of leads, as whole numbers: of nothing but nulls
    pandas says 0 and SQL null, and DuckDB's are decimals. `split_*` are sums in which a joint
    project weighs 1/n for each of its n leads, times `lcm` of all the n."""
    lcm = math.lcm(*(part["credits"] for part in parts))
    found: Sums = {column: sum(int(part[column] or 0) for part in parts) for column in _SUMMED}
    found["first"] = min(part["first"] for part in parts)
    found["worst"] = min((w for part in parts if (w := part["worst"]) is not None), default=None)
    found["split_total"] = sum(
        _total(part, "completion") * (lcm // part["credits"]) for part in parts
    )
    found["split_known"] = sum(int(part["completion"]) * (lcm // part["credits"]) for part in parts)
    return found


def _ranked(groups: list[tuple[dict[str, Any], Sums]]) -> list[Group]:
    """The sums as groups, best first."""
    frame = pd.DataFrame([_row(sums) for _, sums in groups], columns=_COLUMNS)
    placed = leaderboard.placed(frame.astype(dict.fromkeys(_FLOATS, "float64")))
    standings = frames.standings(placed)
    return [_group(*groups[int(place)], standing) for place, standing in standings.items()]


_LIGHTS = [f"light_{light}" for light in Light]
_SUMMED = [
    "projects", *_SHARES, "on_time", "repeated", "findings", "findings_high", *_LIGHTS,
    *(f"said_{each}" for each in _SILENCES),
]  # fmt: skip
_FLOATS = ("completion", "claimed", "on_schedule", "worst", "split")
_COLUMNS = ["projects", "known", *_FLOATS, *_LIGHTS, "finished", "behind"]


def _row(sums: Sums) -> dict[str, Any]:
    """The columns of `leaderboard.board`."""
    known = sums["completion"]
    return {
        **{light: sums[light] for light in _LIGHTS},
        "projects": sums["projects"],
        "known": known,
        "completion": _mean(sums, "completion"),
        "claimed": _mean(sums, "claimed"),
        "on_schedule": sums["on_time"] / known if known else None,
        "worst": sums["worst"],
        "split": amounts.mean(sums["split_total"], sums["split_known"]),
        "finished": sums["light_done"],
        "behind": sums["light_behind"] + sums["light_far_behind"],
    }


def _group(key: dict[str, Any], sums: Sums, standing: Standing) -> Group:
    *_, name = key.values()
    return Group(
        key,
        replace(standing, name=str(name)),
        _mean(sums, "before"),
        sums["findings"],
        sums["findings_high"],
        {each: sums[f"said_{each}"] for each in _SILENCES},
        sums["repeated"],
    )


def _total(sums: Sums, share: str) -> int:
    return amounts.whole(sums[f"{share}_hi"], sums[f"{share}_lo"])


def _mean(sums: Sums, share: str) -> float | None:
    return amounts.mean(_total(sums, share), sums[share])
