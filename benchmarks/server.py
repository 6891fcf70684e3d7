"""What the pages cost the server, against an empty Streamlit page served the same way.

    python -m benchmarks.server          about five minutes, on an otherwise idle machine

The viewers run on the same machine as the server and share its cores.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial

from benchmarks import serving
from benchmarks.client import Run, RunError, Viewer, viewer
from benchmarks.read import dataset
from benchmarks.serving import Server
from benchmarks.table import markdown

# Where a viewer of each page clicks through; a page that is not named is opened as it is.
CLICKS = {
    "category": ["", *(f"?category={number}" for number in range(1, 11))],
    "project": [f"?id={project}" for project in ("1.1", "3.1", "5.1", "6.3", "10.2", "10.3")],
    "findings": ["", "?severity=high", "?rule=other-event"],
}
ROUNDS, RUNS_A_ROUND = 5, 22
PLACES, LISTS = "places", 12  # the page that a folder of lists has
VIEWERS = (1, 10, 50, 100)
CLICK_EVERY, CLICKS_EACH = 5.0, 6
IDLE_VIEWERS, IDLE_SECONDS = 100, 20.0

# Two documents at once, and a third that has to wait.
MANY, CLICKS_BESIDE = 3_000, 10
TWO, THIRD = ("pptx?category=1,2,3,4,5,6,7,8,9,10", "pptx"), "xlsx"

CPU_GOAL, OVERVIEW_GOAL = 3.5, 2.5
KB_GOAL, P95_GOAL, MB_GOAL, IDLE_GOAL, FOLLOW_GOAL = 30.0, 0.3, 1.0, 5.0, 2.0
BESIDE_GOAL = 0.5  # seconds


def verdict(met: bool) -> str:
    return "met" if met else "missed"


def addresses(page: str) -> list[str]:
    return [f"/{page}{query}" for query in CLICKS.get(page, [""])]


async def main() -> None:
    with serving.product() as server:
        async with viewer(server.port, "/") as first:
            await first.run()
            pages = first.pages
    print(await page_costs(pages), flush=True)
    print(await many_viewers(pages), flush=True)
    print(await idle_pages(pages), flush=True)
    print(await beside_documents(), flush=True)


@dataclass
class Cost:
    """Runs of one page: CPU in seconds a run, one figure a round."""

    cpu: list[float] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def seconds(self) -> float:
        return statistics.median(run.seconds for run in self.runs)

    def kilobytes(self) -> float:
        return max(run.bytes for run in self.runs) / 1000


async def page_costs(pages: Sequence[str]) -> str:
    """CPU, time and bytes of a click on each page; the empty page is measured in every round."""
    with serving.product() as server, serving.many(LISTS) as many, serving.empty() as bare:
        costs = {page: Cost() for page in (*pages, PLACES)}
        nothing = Cost()
        for at in range(ROUNDS + 1):  # what is made once for a dataset is made in the first
            for page, cost in costs.items():
                served = many if page == PLACES else server
                await _round(served, addresses(page), cost if at else Cost())
            await _round(bare, ["/"], nothing if at else Cost())
    rows = [_cost_row("an empty page", nothing, nothing, None)]
    for page, cost in costs.items():
        rows.append(_cost_row(f"/{page}", cost, nothing, OVERVIEW_GOAL if not page else CPU_GOAL))
    return f"\n### One click\n\n{markdown(rows)}"


async def _round(server: Server, clicks: Sequence[str], cost: Cost) -> None:
    """Bytes are those of a browser that keeps nothing, so they hold for the first look too."""
    async with viewer(server.port, clicks[0]) as page:
        await page.run()
        before = server.cpu()
        for address in itertools.islice(itertools.cycle(clicks), RUNS_A_ROUND):
            page.address = address
            cost.runs.append(await page.run(cached=False))
        cost.cpu.append((server.cpu() - before) / RUNS_A_ROUND)


def _cost_row(name: str, cost: Cost, nothing: Cost, goal: float | None) -> dict[str, str]:
    ratio = statistics.median(cost.cpu) / statistics.median(nothing.cpu)
    return {
        "page": name,
        "CPU, ms": f"{statistics.median(cost.cpu) * 1000:.1f}",
        "× empty": f"{ratio:.2f}",
        "goal": "" if goal is None else f"≤ {goal} {verdict(ratio <= goal)}",
        "time, ms": f"{cost.seconds() * 1000:.0f}",
        "most KB": f"{cost.kilobytes():.1f}",
        f"goal < {KB_GOAL:.0f} KB": verdict(cost.kilobytes() < KB_GOAL),
    }


async def many_viewers(pages: Sequence[str]) -> str:
    """Viewers of all pages at once, each clicking every five seconds, on a server of their own."""
    rows = [await _crowd(pages, count) for count in VIEWERS]
    return f"\n### Viewers who click every {CLICK_EVERY:.0f} seconds\n\n{markdown(rows)}"


async def _crowd(pages: Sequence[str], count: int) -> dict[str, str]:
    with serving.product() as server:
        await _warm(server, pages)
        rss, cpu, start = server.rss(), server.cpu(), time.perf_counter()
        visits = [
            _visit(server, page, at * CLICK_EVERY / count)
            for at, page in zip(range(count), itertools.cycle(pages), strict=False)
        ]
        done = await asyncio.gather(*visits)
        seconds = sorted(run.seconds for runs, _, _ in done for run in runs)
        errors = sum(failed for _, failed, _ in done)
        # Memory with everybody still there: each visit looks before it leaves.
        grown = (max(seen for _, _, seen in done) - rss) / count
        busy = (server.cpu() - cpu) / (time.perf_counter() - start)
    p50, p95 = _percentile(seconds, 50), _percentile(seconds, 95)
    return {
        "viewers": str(count),
        "clicks": str(len(seconds)),
        "p50, ms": f"{p50 * 1000:.0f}",
        "p95, ms": f"{p95 * 1000:.0f}",
        "slowest, ms": f"{seconds[-1] * 1000:.0f}",
        "errors": str(errors),
        f"goal: p95 < {P95_GOAL} s, no error": verdict(p95 < P95_GOAL and not errors),
        "CPU, % of a core": f"{busy * 100:.0f}",
        "MB a viewer": f"{grown:.2f}",
        f"goal < {MB_GOAL:.0f} MB": verdict(grown < MB_GOAL),
    }


async def _warm(server: Server, pages: Sequence[str]) -> None:
    """Every address once: charts are made once for a dataset, whoever asks first."""
    for address in itertools.chain.from_iterable(map(addresses, pages)):
        async with viewer(server.port, address) as page:
            await page.run()


async def _visit(server: Server, page: str, delay: float) -> tuple[list[Run], int, float]:
    runs, errors = [], 0
    clicks: Iterator[str] = itertools.cycle(addresses(page))
    start = time.perf_counter() + delay
    async with viewer(server.port, next(clicks)) as open_page:
        for click in range(CLICKS_EACH + 1):
            await asyncio.sleep(start + click * CLICK_EVERY - time.perf_counter())
            try:
                runs.append(await open_page.run())
            except RunError:
                errors += 1
            open_page.address = next(clicks)
        rss = server.rss()
        await asyncio.sleep(CLICK_EVERY - delay)
    return runs, errors, rss


def _percentile(ordered: Sequence[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


async def idle_pages(pages: Sequence[str]) -> str:
    """Open pages that nobody touches: what they cost, and how soon they follow a saved file."""
    with serving.product() as server:
        async with AsyncExitStack() as stack:
            views = [
                await stack.enter_async_context(viewer(server.port, addresses(page)[0]))
                for _, page in zip(range(IDLE_VIEWERS), itertools.cycle(pages), strict=False)
            ]
            for view in views:
                await view.run()
            before = server.cpu()
            await asyncio.sleep(IDLE_SECONDS)
            busy = (server.cpu() - before) / IDLE_SECONDS * 100
            follow = await _follow(server, views)
    row = {
        "open pages": str(IDLE_VIEWERS),
        "CPU, % of a core": f"{busy:.2f}",
        f"goal < {IDLE_GOAL:.0f} %": verdict(busy < IDLE_GOAL),
        "first page follows a save, s": f"{follow[0]:.2f}",
        "half of them, s": f"{statistics.median(follow):.2f}",
        "the last, s": f"{follow[-1]:.2f}",
        f"goal ≤ {FOLLOW_GOAL:.0f} s": verdict(follow[-1] <= FOLLOW_GOAL),
    }
    return f"\n### Open pages while nothing changes\n\n{markdown([row])}"


async def _follow(server: Server, views: Sequence[Viewer]) -> list[float]:
    """Seconds from the save to the end of each page's run, in order."""
    beside = server.data.with_suffix(".new")
    beside.write_text(server.data.read_text("utf-8") + "\n# saved again\n", "utf-8")
    beside.replace(server.data)
    runs = await asyncio.gather(*(view.awakened() for view in views))
    return sorted(run.seconds for run in runs)


async def beside_documents() -> str:
    """Another visitor's clicks while two documents of a large dataset are made, and the third."""
    with serving.product(dataset(MANY)) as server:
        async with viewer(server.port, "/category?category=1") as page:
            for _ in range(3):
                await page.run()
            quiet = [(await page.run()).seconds for _ in range(CLICKS_BESIDE)]
            ask = partial(_document, server.port)
            making = [asyncio.create_task(asyncio.to_thread(ask, each)) for each in TWO]
            await asyncio.sleep(1.0)
            third, said = await asyncio.to_thread(ask, THIRD)
            busy, started = [], time.perf_counter()
            while not all(each.done() for each in making):
                busy.append((await page.run()).seconds)
                await asyncio.sleep(0.5)
            took = time.perf_counter() - started + 1.0
            statuses = [each.result()[0] for each in making]
    row = {
        "projects": f"{MANY:,}",
        "two PPTX took, s": f"{took:.0f}",
        "their answers": ", ".join(map(str, statuses)),
        "clicks meanwhile": str(len(busy)),
        "median, ms": f"{statistics.median(busy) * 1000:.0f}",
        "without them, ms": f"{statistics.median(quiet) * 1000:.0f}",
        "slowest, ms": f"{max(busy) * 1000:.0f}",
        f"goal: slowest < {BESIDE_GOAL} s": verdict(max(busy) < BESIDE_GOAL),
        "the third": f"{third} {said}",
    }
    return f"\n### Clicks beside documents\n\n{markdown([row])}"


def _document(port: int, query: str) -> tuple[int, str]:
    """The status, and the sentence where it is refused."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/documents/{query}") as answer:
            answer.read()
            return answer.status, ""
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


if __name__ == "__main__":
    asyncio.run(main())
