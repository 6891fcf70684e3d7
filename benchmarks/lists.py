"""What many lists cost: measuring and keeping them, finding them unchanged, counting them.

    python -m benchmarks.lists              12 and 90 lists, and ten years of a nation on DuckDB
    python -m benchmarks.lists --no-nation  without the nation (a minute and 150 MB to make)

A list is the seed's 29 projects with a report in each of six months, counts growing. Seconds are of
the clock where processes work beside each other (cold), else of the processor; `unchanged` reads
what is kept, `again` has it in memory. The nation's rows are
made, not measured: 2,843 places with 29 projects, twelve periods a year, ten years, a file a year.
"""

from __future__ import annotations

import copy
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from benchmarks.table import markdown
from minsheng.lists.codes import divisions, level

ROOT = Path(__file__).parents[1]
COUNTIES = [each.code for each in divisions().values() if each.parent[:2] == "33" == each.code[:2]]
COUNTIES = [code for code in COUNTIES if level(code) == "county"]
SIZES = (12, 90)
MONTHS = 6
YEARS = range(2014, 2024)
GOALS = {"unchanged": 0.2, "changed": 2.5, "date": 0.2}
JUNE = dt.date(2023, 6, 30)
ENDS = [dt.date(2023, month + 1, 1) - dt.timedelta(1) for month in range(1, MONTHS + 1)]


def put(folder: Path, seed: dict[str, Any], at: int, more: int = 0) -> None:
    """A list of the seed's projects under a code of its own, with a report a month."""
    made, code = copy.deepcopy(seed), COUNTIES[at]
    made["place"], made["code"] = f"第 {at + 1} 县", code
    made["periods"] = [
        {"id": f"2023M{day.month:02d}", "label": f"{day.month} 月", "as_of": day} for day in ENDS
    ]
    for project in made["projects"]:
        (report,) = project.pop("reports").values()
        project["reports"] = {}
        for month, period in enumerate(made["periods"], 1):
            each = copy.deepcopy(report)
            for reading in each.get("readings", {}).values():
                reading.pop("quotes", None)
                if "done" in reading:
                    reading["done"] = int(reading["done"] * month / MONTHS) + (at + more) % 7
            project["reports"][period["id"]] = each
    path = folder / code / "2023.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.dump(made, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper))


def timed(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def many(size: int) -> dict[str, str]:
    from minsheng.lists import engines, kept, rollup
    from minsheng.lists.rollup import Ask

    seed = yaml.load((ROOT / "data" / "projects.yaml").read_text("utf-8"), yaml.CSafeLoader)

    def shown() -> None:
        found = kept.keep(kept.sources(folder), kept.folder_of(folder))
        assert not found.problems, next(iter(found.problems.values()))
        with engines.using() as engine:
            ask = Ask("county", JUNE, expected={})
            assert len(rollup.places(engine.read(found.files), ask)) == size

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for at in range(size):
            put(folder, seed, at)
        cold = timed(shown, time.perf_counter)
        engines.forget()
        unchanged = timed(shown)
        again = timed(shown)
        kept_bytes = sum(each.stat().st_size for each in kept.folder_of(folder).iterdir())
        put(folder, seed, 0, more=1)
        changed = timed(shown)
    return {
        "lists": str(size),
        "cold, s": f"{cold:.1f}",
        "unchanged, s": said(unchanged, "unchanged"),
        "again, s": f"{again:.2f}",
        "one changed, s": said(changed, "changed"),
        "kept, KB": f"{kept_bytes / 1024:,.0f}",
    }


def published(size: int) -> dict[str, str]:
    from minsheng.export.site import publishing

    seed = yaml.load((ROOT / "data" / "projects.yaml").read_text("utf-8"), yaml.CSafeLoader)
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name) / "lists", Path(name) / "site"
        for at in range(size):
            put(folder, seed, at)

        def publish() -> None:
            steps = list(publishing.publish(folder, out, with_findings=False))
            assert not any(each.problems for each in steps)

        cold, unchanged = timed(publish, time.perf_counter), timed(publish, time.perf_counter)
        put(folder, seed, 0, more=1)
        changed = timed(publish, time.perf_counter)
        pages = [each.stat().st_size for each in out.rglob("*.html")]
        shared = sum(each.stat().st_size for each in (out / publishing.SHARED).rglob("*.js"))
    return {
        "lists published": str(size),
        "cold, s": f"{cold:.1f}",
        "unchanged, s": f"{unchanged:.2f}",
        "one changed, s": f"{changed:.2f}",
        "pages": f"{len(pages):,}",
        "MB": f"{sum(pages) / 1e6:.1f}",
        "largest page, KB": f"{max(pages) / 1e3:.0f}",
        "shared, MB": f"{shared / 1e6:.1f}",
    }


def said(seconds: float, goal: str) -> str:
    return f"{seconds:.2f}{'' if seconds <= GOALS[goal] else f' (goal {GOALS[goal]})'}"


def nation() -> list[dict[str, str]]:
    sys.path.insert(0, str(ROOT / "tests"))
    import million
    from minsheng.lists import counting, engines

    with tempfile.TemporaryDirectory() as name, engines.using("duckdb") as engine:
        paths, count = [], 0
        for year in YEARS:
            table = million.rows(2843, 29, seed=year, years=(year,))
            count += table.num_rows
            paths.append(Path(name) / f"{year}.parquet")
            pq.write_table(table, paths[-1], compression="zstd")
        rows = engine.read(paths)

        def at(day: dt.date, by: tuple[str, ...] = ()) -> None:
            assert counting.tally(counting.At(rows, "县", day).projects, by)

        def least(by: tuple[str, ...]) -> float:
            return min(timed(lambda: at(JUNE, by)) for _ in range(4))

        years = timed(lambda: [at(dt.date(year, 12, 31)) for year in YEARS])
        asked = {
            "one date, all as one": said(least(()), "date"),
            "one date, by place": f"{least(counting.PLACE):.2f}",
            "the ends of ten years": f"{years:.2f}",
        }
    return [
        {"rows": f"{count:,}", "asked of DuckDB": what, "CPU, s": seconds}
        for what, seconds in asked.items()
    ]


def main() -> None:
    import minsheng.lists.rollup  # noqa: F401 - what a server has imported already

    print(markdown([many(size) for size in SIZES]))
    print()
    print(markdown([published(size) for size in SIZES]))
    if "--no-nation" not in sys.argv:
        print()
        print(markdown(nation()))


if __name__ == "__main__":
    main()
