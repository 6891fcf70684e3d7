"""Whether the server holds: open pages through minutes of good and bad saves, and the clicks of a
visitor while somebody else imports what no office would send.

    python -m benchmarks.hold            five minutes, on an otherwise idle machine
    python -m benchmarks.hold 60         so many seconds of saves
"""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks import serving
from benchmarks.client import RunError, Viewer, viewer
from benchmarks.serving import Server
from benchmarks.table import markdown
from minsheng import access
from minsheng.dataset import history, schema, store

VIEWERS, SECONDS, SAVE_EVERY = 30, 240.0, 1.0
SETTLES_WITHIN = 30.0  # seconds after the last save
RSS_GOAL, CLICK_GOAL = 1.10, 0.5
PASSWORD = "梧桐 山下 cafe 7"
ADDRESSES = (
    "/", "/category?category=5", "/department", "/project?id=5.1", "/findings", "/trend", "/data",
    "/present?slide=3", "/export", "/category",
)  # fmt: skip

# What has stopped servers of this kind, as text that is pasted.
HEAVY = {
    "three blank rows of Excel": "项目内容\t进展情况\n" + ("\t" * 16_000 + "\n") * 3,
    "a million empty cells": '"",' * 1_000_000,
    "200,000 rows": "项目内容\t进展情况\n" + "建成公园 3 座\t建成 1 座\n" * 200_000,
    "a million numbers in brackets": "(1)" * 1_000_000,
    "blanks": " " * 3_000_000,
    "one long name": "项目内容\t进展情况\n" + "甲乙" * 500_000 + "\t完成",
}


def main(seconds: float) -> None:
    print(asyncio.run(_saves(seconds)), flush=True)
    print(asyncio.run(_imports()), flush=True)


async def _saves(seconds: float) -> str:
    """Good and bad saves by turns under open pages; every page has to show the last good one."""
    with serving.product() as server:
        async with AsyncExitStack() as stack:
            pages = [
                await stack.enter_async_context(viewer(server.port, address))
                for _, address in zip(range(VIEWERS), itertools.cycle(ADDRESSES), strict=False)
            ]
            for page in pages:
                await page.run()
            following = [asyncio.create_task(_follow(page)) for page in pages]
            await _some_saves(server, 10, itertools.count(1))
            await _until_shown(server, pages)
            before = server.rss()
            good = await _some_saves(server, int(seconds / SAVE_EVERY), itertools.count(1000))
            stale = await _until_shown(server, pages)
            rss = await asyncio.to_thread(_least_rss, server)
            errors = [str(each.exception()) for each in following if each.done()]
            for each in following:
                each.cancel()
        lost = good + 10 // 2 - len(_ours(server.data))
    grown = rss / before
    row = {
        "open pages": str(VIEWERS),
        "saves": f"{good} good, as many bad",
        "lost": str(lost),
        "stale pages": str(stale),
        "errors": str(len(errors)),
        "goal: none": _verdict(not lost and not stale and not errors),
        "RSS before and after, MB": f"{before:.0f}, {rss:.0f}",
        f"goal ≤ {RSS_GOAL:.0%}": _verdict(grown <= RSS_GOAL),
    }
    return f"\n### Saves under open pages\n\n{markdown([row])}"


async def _some_saves(server: Server, count: int, numbers: itertools.count[int]) -> int:
    """By turns one with a fault and a good one, which has its line in the journal. How many were
    good."""
    good = 0
    for at in range(count):
        await asyncio.to_thread(_good if at % 2 else _bad, server.data, next(numbers))
        good += at % 2
        await asyncio.sleep(SAVE_EVERY)
    return good


def _good(path: Path, number: int) -> None:
    text = serving.SEED.decode().replace("version: 1\n", f"version: 1  # 第 {number} 次\n")
    document = schema.loads(text.encode())
    expected = store.fingerprint(store.raw(path))
    when = dt.datetime.now(dt.UTC)
    history.save(path, document, expected=expected, who="张三", why="改", when=when)


def _bad(path: Path, number: int) -> None:
    beside = path.with_suffix(".new")
    beside.write_bytes(serving.SEED.replace(b"done: 13\n", f"done: 十三 # {number}\n".encode()))
    beside.replace(path)


def _ours(path: Path) -> list[history.Version]:
    return [each for each in history.versions(path) if not each.outside]


async def _follow(page: Viewer) -> None:
    while True:
        await page.awakened()


async def _until_shown(server: Server, pages: Sequence[Viewer]) -> int:
    """How many pages do not show the file's version after the time in which they should."""
    wanted = store.fingerprint(store.raw(server.data))[:12]
    until = time.monotonic() + SETTLES_WITHIN
    while time.monotonic() < until:
        if all(page.fingerprint == wanted for page in pages):
            return 0
        await asyncio.sleep(0.2)
    return sum(page.fingerprint != wanted for page in pages)


def _least_rss(server: Server) -> float:
    """Of a quiet time, in which what is no longer held goes."""
    found = []
    for _ in range(20):
        time.sleep(0.5)
        found.append(server.rss())
    return min(found)


async def _imports() -> str:
    """One editor pastes what has stopped servers, another visitor goes on clicking."""
    with tempfile.TemporaryDirectory() as folder:
        secrets = Path(folder) / "secrets.toml"
        line = access.hash_password(PASSWORD).line()
        secrets.write_text(f'[accounts]\n"王芳" = "{line}"\n', "utf-8")
        secrets.chmod(0o600)
        with serving.product(secrets=secrets) as server:
            rows = [await _beside(server, name, text) for name, text in HEAVY.items()]
    return f"\n### Clicks beside imports\n\n{markdown(rows)}"


async def _beside(server: Server, name: str, text: str) -> dict[str, str]:
    async with (
        viewer(server.port, "/data?tab=state") as editor,
        viewer(server.port, "/category?category=5") as visitor,
    ):
        await editor.run()
        await editor.press("sign_in", sign_in_name="王芳", sign_in_password=PASSWORD)
        editor.address = "/data?tab=import"
        await editor.run()
        await visitor.run()
        start = time.perf_counter()
        reading = asyncio.create_task(editor.press("desk_read_pasted", desk_paste=text))
        clicks = []
        while not reading.done() or len(clicks) < 3:
            clicks.append((await visitor.run()).seconds)
            await asyncio.sleep(0.05)
        took = time.perf_counter() - start
        try:
            await reading
            said = next((each for each in editor.words if len(each) > 8), "")
        except RunError as error:
            said = str(error)
    return {
        "pasted": name,
        "answered within, s": f"{took:.1f}",
        "answer": said.replace("\\", "").replace("|", " ").replace("\n", " ")[:60],
        "clicks meanwhile": str(len(clicks)),
        "median, ms": f"{statistics.median(clicks) * 1000:.0f}",
        "slowest, ms": f"{max(clicks) * 1000:.0f}",
        f"goal < {CLICK_GOAL} s": _verdict(max(clicks) < CLICK_GOAL),
    }


def _verdict(met: bool) -> str:
    return "met" if met else "missed"


if __name__ == "__main__":
    gc.freeze()
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
