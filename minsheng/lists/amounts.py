"""What a list amounts to: one row a project and period, with all that is counted over many lists.

`measuring` measures; here its figures become columns that sum alike on every engine. A mean of
floats depends on the order of adding, and a tenth of a percent can hang on that: so a share is kept
as two whole numbers too (`*_hi` billionths, `*_lo` billionths of those). Whole numbers add up to
the same in any order, and the mean is taken once, of the sums (`mean`).

Unknown is null, and never 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import pyarrow as pa

from minsheng.lists import codes
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Dataset, Light, MeasuredProject, Severity, Silence

BILLION = 10**9
UNIT = BILLION * BILLION
SHARES = ("completion", "claimed", "before")
# What decides about a row: a change of any of it makes the kept rows old.
_RULES = ("model.py", "printed.py", "measuring", "grammar", "lists/amounts.py")

SCHEMA = pa.schema(
    [
        # the list and the period
        ("code", pa.string()),
        ("year", pa.int64()),
        ("place", pa.string()),
        ("level", pa.string()),
        ("parent", pa.string()),
        ("plan_start", pa.string()),
        ("plan_end", pa.string()),
        ("period", pa.string()),
        ("label", pa.string()),
        ("as_of", pa.string()),
        ("elapsed", pa.float64()),
        ("ahead", pa.float64()),
        ("behind", pa.float64()),
        ("far_behind", pa.float64()),
        ("projects", pa.int64()),
        # the project
        ("position", pa.int64()),
        ("project", pa.string()),
        ("category_number", pa.string()),
        ("category", pa.string()),
        ("content", pa.string()),
        ("leads", pa.list_(pa.string())),
        ("credits", pa.int64()),
        ("upper", pa.list_(pa.string())),
        # what it amounts to
        ("indicators", pa.int64()),
        ("known", pa.int64()),
        ("completion", pa.float64()),
        ("completion_hi", pa.int64()),
        ("completion_lo", pa.int64()),
        ("claimed", pa.float64()),
        ("claimed_hi", pa.int64()),
        ("claimed_lo", pa.int64()),
        ("before", pa.float64()),
        ("before_hi", pa.int64()),
        ("before_lo", pa.int64()),
        ("weakest", pa.float64()),
        ("expected", pa.float64()),
        ("exact_variance", pa.float64()),
        ("variance", pa.int64()),
        ("finished", pa.bool_()),
        ("light", pa.string()),
        ("light_before", pa.string()),
        ("delivery", pa.string()),
        ("basis", pa.string()),
        ("findings", pa.int64()),
        ("findings_high", pa.int64()),
        # what was said of it
        ("silence", pa.string()),
        ("unchanged", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose list it is: GB/T 2260 code, and the level (`province`, `city`, `county`) and the parent
    that follow from it. All empty where one file stands alone and says no code."""

    code: str = ""
    level: str = ""
    parent: str = ""

    @classmethod
    def of(cls, code: str | None, parent: str | None = None) -> Identity:
        """By the zeros of the code, unless the list names its parent."""
        if not code:
            return cls()
        return cls(code, codes.level(code), parent or codes.parent(code))


def of(dataset: Dataset, whose: Identity = Identity(), fingerprint: str = "") -> pa.Table:
    """The rows of a list, by period and printed order; `SCHEMA` says which columns.

    `variance` is in tenths of a point as printed, shares are 0-1; `as_of` and the days of the plan
    are ISO dates. `silence` is empty where something was read, else a `Silence`; `unchanged` says
    that the text is that of the period before, word for word.
    """
    rows = [
        row
        for period in dataset.periods
        for row in _period(snapshot.at(dataset, period.id, fingerprint), whose)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def split(share: float | None) -> tuple[int | None, int | None]:
    """A share as billionths and billionths of those: more digits than a float of it has."""
    return (None, None) if share is None else divmod(round(Fraction(share) * UNIT), BILLION)


def whole(hi: int | None, lo: int | None) -> int:
    """The sum of shares behind the sums of their two parts, times UNIT."""
    return int(hi or 0) * BILLION + int(lo or 0)


def mean(total: int, known: int) -> float | None:
    """The mean of that many shares, of their sum times UNIT; None where none is known."""
    return total / (UNIT * known) if known else None


@cache
def rules() -> str:
    """The version of the rules: twelve hex digits of everything that decides about a row."""
    return digest(
        name for part in _RULES for name in _sources(files("minsheng").joinpath(part), part)
    )


def digest(names: Iterable[str]) -> str:
    """Twelve hex digits of the program's own files of these names."""
    made = hashlib.sha256()
    for name in names:
        data = files("minsheng").joinpath(name).read_bytes()
        made.update(f"{name}\0{len(data)}\0".encode() + data)
    return made.hexdigest()[:12]


def _sources(part: Traversable, name: str) -> list[str]:
    if part.is_file():
        return [name]
    inside = sorted(each.name for each in part.iterdir() if each.name.endswith(".py"))
    return [f"{name}/{each}" for each in inside]


def _period(shot: Snapshot, whose: Identity) -> Iterator[dict[str, Any]]:
    dataset, period, limits = shot.dataset, shot.period, shot.dataset.thresholds
    same = {
        "code": whose.code,
        "level": whose.level,
        "parent": whose.parent,
        "year": dataset.plan.start.year,
        "place": dataset.place,
        "plan_start": dataset.plan.start.isoformat(),
        "plan_end": dataset.plan.end.isoformat(),
        "period": period.id,
        "label": period.label,
        "as_of": period.as_of.isoformat(),
        "elapsed": shot.elapsed,
        "ahead": float(limits.ahead),
        "behind": float(limits.behind),
        "far_behind": float(limits.far_behind),
        "projects": len(shot.rows),
    }
    for position, row in enumerate(shot.rows.values()):
        yield same | _project(shot, row) | {"position": position}


def _project(shot: Snapshot, row: MeasuredProject) -> dict[str, Any]:
    found = shot.findings_of(row.id)
    parts: dict[str, int | None] = {}
    for name in SHARES:
        parts[f"{name}_hi"], parts[f"{name}_lo"] = split(getattr(row, name))
    return {
        "project": row.id,
        "category_number": row.category_number,
        "category": row.category,
        "content": row.content,
        "leads": list(row.leads),
        "credits": len(row.leads),
        "upper": list(shot.project(row.id).upper),
        "indicators": row.indicators,
        "known": row.known,
        "completion": row.completion,
        "claimed": row.claimed,
        "before": row.before,
        "weakest": row.weakest,
        "expected": row.expected,
        "exact_variance": None if row.weakest is None else row.weakest - row.expected,
        "variance": None if row.variance is None else round(row.variance),
        "finished": row.light is Light.DONE,  # whatever the limits are
        "light": row.light,
        "light_before": row.light_before,
        "delivery": row.delivery,
        "basis": row.basis,
        "findings": len(found),
        "findings_high": sum(each.severity is Severity.HIGH for each in found),
        "silence": silence(row) or "",
        "unchanged": any(each.code == "text-unchanged" for each in found),
        **parts,
    }


def silence(row: MeasuredProject) -> Silence | None:
    """Why a project has no figure although its list has the period; None where it has one, or
    where its promise has no number to read."""
    if row.known:
        return None
    if row.text is None or not row.text.strip():
        return Silence.NO_REPORT
    return Silence.NOT_READ if row.indicators else None
