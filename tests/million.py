"""Rows of many lists without their files: as `amounts` would write them, made of whole arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from minsheng.lists import amounts
from minsheng.lists.amounts import BILLION

# Shares whose sums meet halves of a tenth, and those whose floats do not add up.
TRAPS = np.array([0.0, 1 / 3, 2 / 3, 1 / 7, 0.0005, 0.9015, 0.9995, 0.99999, 1.0, 0.1, 0.7, 0.4995])
LIGHTS = np.array(["done", "ahead", "on_track", "behind", "far_behind", "unknown"])
DAYS = [f"2023-{month:02d}-28" for month in range(1, 13)]


def rows(places: int, projects: int, seed: int = 0, years: tuple[int, ...] = (2023,)) -> pa.Table:
    """Twelve periods of each year for each place, by place, year and period."""
    chance = np.random.default_rng(seed)
    n = places * len(years) * 12 * projects
    share = chance.choice(TRAPS, n)
    other = chance.random(n) < 0.4
    share[other] = chance.integers(0, 2001, other.sum()) / 2000
    known = chance.random(n) > 0.08
    claimed, before = np.minimum(share + chance.choice([0, 0.1, 1 / 3], n), 1), share * 0.9
    at = np.arange(n)
    place, rest = np.divmod(at, len(years) * 12 * projects)
    year, rest = np.divmod(rest, 12 * projects)
    month, position = np.divmod(rest, projects)
    years_of = np.array(years)[year]
    codes = np.array([f"{330000 + i:06d}" for i in range(places)])
    expected = (month + 1) / 12
    variance = np.floor(share * 1000 + 0.5) - np.floor(expected * 1000 + 0.5)
    leads = [
        [f"局{i % 40}"] if i % 5 else [f"局{i % 40}", f"局{(i + 7) % 40}"]
        for i in range(2 * projects)
    ]
    columns: dict[str, object] = {
        "code": codes[place], "year": years_of, "place": np.char.add("县", codes)[place],
        "level": np.full(n, "县"), "parent": np.full(n, "330300"),
        "plan_start": np.char.add(years_of.astype(str), "-01-01"),
        "plan_end": np.char.add(years_of.astype(str), "-12-31"),
        "period": np.char.add("M", month.astype(str)), "label": np.char.add("月", month.astype(str)),
        "as_of": np.char.add(years_of.astype(str), np.array([day[4:] for day in DAYS])[month]),
        "elapsed": expected, "ahead": np.full(n, 10.0), "behind": np.full(n, 10.0), "far_behind": np.full(n, 30.0),
        "projects": np.full(n, projects),
        "position": position, "project": np.char.add("5.", (position + 1).astype(str)),
        "category_number": (position % 10 + 1).astype(str), "category": np.char.add("类别", (position % 10).astype(str)),
        "content": np.full(n, "新改建老年食堂 50 家。"),
        "leads": pa.array([leads[i] for i in position], pa.list_(pa.string())),
        "credits": np.array([len(each) for each in leads])[position],
        "upper": pa.array([[]] * n, pa.list_(pa.string())),
        "indicators": np.ones(n, int), "known": known.astype(int),
        "weakest": pa.array(share, mask=~known), "expected": expected,
        "exact_variance": pa.array(share - expected, mask=~known),
        "variance": pa.array(variance.astype(np.int64), mask=~known),
        "finished": known & (share >= 1), "light": chance.choice(LIGHTS, n),
        "light_before": np.full(n, "on_track"), "delivery": np.full(n, "underway"), "basis": np.full(n, "counted"),
        "findings": chance.integers(0, 3, n), "findings_high": chance.integers(0, 2, n),
        "silence": np.where(known, "", chance.choice(["no_report", "not_read"], n)),
        "unchanged": chance.random(n) < 0.1,
    }  # fmt: skip
    for name, values in (("completion", share), ("claimed", claimed), ("before", before)):
        exact = {each: amounts.split(float(each)) for each in np.unique(values)}
        parts = np.array([exact[each] for each in values], dtype=np.int64)
        columns[name] = pa.array(values, mask=~known)
        columns[f"{name}_hi"] = pa.array(parts[:, 0], mask=~known)
        columns[f"{name}_lo"] = pa.array(parts[:, 1], mask=~known)
        assert parts.max() < BILLION + 1
    return pa.table({field.name: columns[field.name] for field in amounts.SCHEMA}).cast(
        amounts.SCHEMA
    )


def write(path: Path, table: pa.Table) -> Path:
    pq.write_table(table, path)
    return path
