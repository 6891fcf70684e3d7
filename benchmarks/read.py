"""How long reading and measuring takes, against bare yaml.load of the same bytes.

    python -m benchmarks.read            30, 1,000, 10,000 and 100,000 projects; some minutes
    python -m benchmarks.read 30 1000    only these

Every cell is measured in a process of its own, so that neither the memory nor the garbage of
another one counts.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.table import markdown

SEED = Path(__file__).resolve().parent.parent / "data" / "projects.yaml"
SIZES = (30, 1_000, 10_000, 100_000)
GOAL = 2.0
# Small files are read again until this long has gone by, and the fastest reading counts.
AT_LEAST = 1.0


def dataset(size: int) -> bytes:
    """The seed's projects over and over, each with an id of its own; its words otherwise."""
    head, _, rest = SEED.read_text("utf-8").partition("\nprojects:\n")
    blocks = re.split(r"(?m)^(?=  - id:)", rest)[1:]
    made = [_renumbered(blocks[at % len(blocks)], at + 1) for at in range(size)]
    return f"{head}\nprojects:\n{''.join(made)}".encode()


def _renumbered(block: str, number: int) -> str:
    return re.sub(r'(- id: "\d+)\.\d+"', rf'\1.{number}"', block, count=1)


def bare(data: bytes) -> dict[str, float]:
    """What a program that trusts its input would do."""
    import yaml

    def read() -> Any:
        return yaml.load(data, Loader=yaml.CSafeLoader)

    return {"read": _fastest(read)[0]}


def ours(data: bytes) -> dict[str, float]:
    """Reading, every check, and then the snapshot that the pages show."""
    from minsheng.dataset import schema
    from minsheng.measuring import snapshot

    seconds, document = _fastest(lambda: schema.loads(data))
    read_rss = peak_rss()
    measured, _ = _fastest(lambda: snapshot.at(document.dataset))
    return {"read": seconds, "read_rss": read_rss, "snapshot": measured}


def _fastest(call: Callable[[], Any]) -> tuple[float, Any]:
    best, spent, result = float("inf"), 0.0, None
    while spent < AT_LEAST:
        result = None
        start = time.perf_counter()
        result = call()
        seconds = time.perf_counter() - start
        best, spent = min(best, seconds), spent + seconds
    return best, result


def peak_rss() -> float:
    """In MB, of this process since its start."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_a_process(what: str, size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.read", "--measure", what, str(size)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    measured: dict[str, float] = json.loads(output)
    return measured


def _measure(what: str, size: int) -> None:
    measured = {"bare": bare, "ours": ours}[what](dataset(size))
    print(json.dumps({**measured, "rss": peak_rss()}))


def main(sizes: tuple[int, ...]) -> None:
    rows = []
    for size in sizes:
        plain, checked = _in_a_process("bare", size), _in_a_process("ours", size)
        ratio = checked["read"] / plain["read"]
        rows.append(
            {
                "projects": f"{size:,}",
                "MB": f"{len(dataset(size)) / 1e6:.2f}",
                "yaml.load, s": f"{plain['read']:.3f}",
                "read and check, s": f"{checked['read']:.3f}",
                "ratio": f"{ratio:.2f}",
                f"goal ≤ {GOAL}": "met" if ratio <= GOAL else "missed",
                "ms a project": f"{checked['read'] / size * 1000:.3f}",
                "snapshot, s": f"{checked['snapshot']:.3f}",
                "yaml.load, peak MB": f"{plain['rss']:.0f}",
                "read and check, peak MB": f"{checked['read_rss']:.0f}",
                "with snapshot, peak MB": f"{checked['rss']:.0f}",
            }
        )
        print(".", end="", file=sys.stderr, flush=True)
    print("\n### Reading a dataset\n")
    print(markdown(rows))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        _measure(sys.argv[2], int(sys.argv[3]))
    else:
        main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
