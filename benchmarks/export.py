"""How long making each document takes, how much memory, and how large it gets.

    python -m benchmarks.export                  every format for 29 and 3,000 projects
    python -m benchmarks.export 29 300           other sizes
    python -m benchmarks.export --only xlsx,csv  some formats

Every cell is measured in a process of its own. The first document pays for importing its library;
the second is what a server that runs already takes. Seconds are of the processor: one thread does
all of the work, and who else uses the machine does not count.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from benchmarks.read import dataset, peak_rss
from benchmarks.table import markdown

SIZES = (29, 3_000)
GOAL = 1.0  # seconds for the first xlsx, docx and pptx of a small dataset
HAVE_GOAL = ("xlsx", "docx", "pptx")
SMALL = 100
LINEAR = 1.5  # how much more a project may cost in the largest dataset than in the smallest


def measure(name: str, size: int) -> dict[str, float]:
    from minsheng import export
    from minsheng.dataset import schema
    from minsheng.measuring import snapshot

    shot = snapshot.at(schema.loads(dataset(size)).dataset)
    before = peak_rss()
    start = time.process_time()
    made = export.FORMATS[name].build(shot)
    first = time.process_time() - start
    start = time.process_time()
    export.FORMATS[name].build(shot)
    again = time.process_time() - start
    return {
        "first": first,
        "again": again,
        "before": before,
        "peak": peak_rss(),
        "bytes": len(made),
    }


def _in_a_process(name: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.export", "--measure", name, str(size)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    measured: dict[str, float] = json.loads(output)
    print(".", end="", file=sys.stderr, flush=True)
    return measured


def _row(name: str, size: int, found: dict[str, float]) -> dict[str, str]:
    has_goal = name in HAVE_GOAL and size <= SMALL
    return {
        "format": name,
        "projects": f"{size:,}",
        "first, s": f"{found['first']:.2f}",
        f"goal < {GOAL:g}": ("met" if found["first"] < GOAL else "missed") if has_goal else "",
        "again, s": f"{found['again']:.2f}",
        "ms a project": f"{found['again'] / size * 1000:.2f}",
        "peak MB": f"{found['peak']:.0f}",
        "of it for the document": f"{found['peak'] - found['before']:.0f}",
        "KB": f"{found['bytes'] / 1024:,.0f}",
    }


def main(names: list[str], sizes: tuple[int, ...]) -> None:
    cells = {(name, size): _in_a_process(name, size) for name in names for size in sizes}
    print("\n### Making documents\n")
    print(markdown([_row(*key, found) for key, found in cells.items()]))
    low, high = min(sizes), max(sizes)
    if low < high:
        print(
            f"\nGrowth from {low:,} to {high:,} projects, cost of a project against the smallest:\n"
        )
        for name in names:
            growth = cells[name, high]["again"] / high / (cells[name, low]["again"] / low)
            verdict = "linear" if growth <= LINEAR else "worse than linear"
            print(f"- {name}: × {growth:.2f}, {verdict}")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--measure"]:
        print(json.dumps(measure(arguments[1], int(arguments[2]))))
    else:
        from minsheng.export import FORMATS

        only = list(FORMATS)
        if arguments[:1] == ["--only"]:
            only, arguments = arguments[1].split(","), arguments[2:]
        main(only, tuple(int(size) for size in arguments) or SIZES)
