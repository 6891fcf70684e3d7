"""What one changed number costs on the desk, in loads of the same file.

    python -m benchmarks.editing          1,000 projects
    python -m benchmarks.editing 30 1000  other sizes; exit 1 where staging passes its goal

Processor time, the fastest of several.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.read import dataset
from benchmarks.table import markdown
from minsheng.dataset import drafting, schema
from minsheng.dataset.editing import SetReport

SIZES = (1_000,)
GOAL = 1.5  # loads, to stage one changed number
TIMES = 5


def main(sizes: tuple[int, ...]) -> int:
    rows, missed = [], False
    for size in sizes:
        data = dataset(size)
        document = schema.loads(data)
        load = _fastest(lambda data=data: schema.loads(data))
        project = document.dataset.projects[size // 2]
        period = document.dataset.periods[0].id
        old = project.reports[period]
        name, reading = next((n, r) for n, r in old.readings.items() if r.done is not None)
        read = {**old.readings, name: reading.model_copy(update={"done": reading.done + 1})}
        edit = SetReport(project.id, period, old.model_copy(update={"readings": read}))
        begun = drafting.started(document, "")
        stage = _fastest(lambda begun=begun, edit=edit: drafting.added(begun, [edit]))
        write = _fastest(lambda begun=begun, edit=edit: drafting.added(begun, [edit]).document)
        missed |= stage > GOAL * load
        rows.append(
            {
                "projects": f"{size:,}",
                "load, s": f"{load:.3f}",
                "stage one number, loads": f"{stage / load:.2f}",
                f"goal ≤ {GOAL}": "missed" if stage > GOAL * load else "met",
                "stage and write the text, loads": f"{write / load:.2f}",
            }
        )
    print("\n### Editing a dataset\n")
    print(markdown(rows))
    return int(missed)


def _fastest(call: Callable[[], Any]) -> float:
    best = float("inf")
    for _ in range(TIMES):
        gc.collect()
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
