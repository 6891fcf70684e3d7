"""One instance that edits and two that only show, behind nginx: a visit stays with its instance, and
is with the next one when that is gone; what is saved appears everywhere."""

from __future__ import annotations

import asyncio
import http.cookiejar
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed

from benchmarks.client import Viewer, viewer
from harness import PATIENCE, App, open_page, serve, serve_again, settle, sign_in
from minsheng.labels import access as access_words
from minsheng.labels import desk as said
from nginx import Proxy, nginx
from sample_secrets import ACCOUNTS
from test_desk import choose_project, go_to, press, type_in
from test_quarter import MARK

pytestmark = pytest.mark.slow

VISITORS = 30
Found = TypeVar("Found")
PAGES = ("/", "/category", "/department?department=区住建局", "/findings")


@dataclass(frozen=True)
class Farm:
    proxy: Proxy
    editor: App
    viewers: tuple[App, App]


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[Farm]:
    """All read one file; those that only show would let nobody in, though they see the accounts."""
    with ExitStack() as open_:
        editor = open_.enter_context(serve(tmp_path, secrets=ACCOUNTS))
        shows = {"MINSHENG_EDIT_AT": "/edit", "MINSHENG_AMOUNTS": str(tmp_path / "amounts")}
        first, second = (open_.enter_context(serve_again(tmp_path, env=shows)) for _ in range(2))
        proxy = open_.enter_context(nginx(tmp_path, editor, (first, second)))
        yield Farm(proxy, editor, (first, second))


@dataclass
class Visitor:
    """A browser as far as instances can tell: it keeps cookies, and a socket while a page is open."""

    proxy: Proxy
    _cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def get(self, path: str, body: bytes | None = None) -> int:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))
        asked = urllib.request.Request(f"{self.proxy.url}{path}", data=body)
        if body is not None:
            asked.method = "PUT"
        try:
            with opener.open(asked, timeout=PATIENCE) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    @property
    def seat(self) -> str:
        found: str | None = next(c.value for c in self._cookies if c.name == "minsheng_seat")
        return str(found)

    def page(self, address: str) -> AbstractAsyncContextManager[Viewer]:
        return viewer(self.proxy.port, address, f"minsheng_seat={self.seat}")


def seated(proxy: Proxy, seat: str) -> set[str]:
    """The instances that have answered the seat. nginx notes a request after it has answered."""
    return until(lambda: {instance for instance, its, _ in proxy.asked() if its == seat})


def until(found: Callable[[], Found]) -> Found:
    for _ in range(10 * PATIENCE):
        if it := found():
            return it
        time.sleep(0.1)
    raise AssertionError("nginx has noted nothing")


def sockets(proxy: Proxy) -> int:
    return sum(path == "/_stcore/stream" for _, _, path in proxy.asked())


async def visit(visitor: Visitor, at: int) -> None:
    """Two page loads with what belongs to them, a file sent, and clicks on a socket after each."""
    for address in (PAGES[at % len(PAGES)], PAGES[(at + 1) % len(PAGES)]):
        assert await asyncio.to_thread(visitor.get, address.partition("?")[0]) == 200
        assert await asyncio.to_thread(visitor.get, "/api/snapshot.json") == 200
        async with visitor.page(address) as page:
            await page.run()
            await page.run()
            sent = await asyncio.to_thread(visitor.get, "/_stcore/upload_file/s/f", bytes(1000))
            assert sent == 403, "a reader's file is refused by his own instance"


def test_thirty_visitors_stay_with_their_instance(farm):
    visitors = [Visitor(farm.proxy) for _ in range(VISITORS)]

    async def all_at_once() -> None:
        await asyncio.gather(*(visit(each, at) for at, each in enumerate(visitors)))

    asyncio.run(all_at_once())
    seats = {each.seat for each in visitors}
    assert len(seats) == VISITORS
    found = {seat: seated(farm.proxy, seat) for seat in seats}
    assert {seat: len(each) for seat, each in found.items()} == dict.fromkeys(seats, 1)
    shows = {each.url.removeprefix("http://") for each in farm.viewers}
    assert set.union(*found.values()) == shows, "both have visitors"
    assert until(lambda: sockets(farm.proxy) == 2 * VISITORS)


def test_an_instance_that_is_killed_costs_its_visitors_a_reconnect_and_nobody_else_anything(
    farm, new_page
):
    reader = open_page(new_page(), f"{farm.proxy.url}/category?category=5")
    (seat,) = (c["value"] for c in reader.context.cookies() if c["name"] == "minsheng_seat")
    (at,) = seated(farm.proxy, seat)
    mine, other = sorted(farm.viewers, key=lambda each: each.url.removeprefix("http://") != at)
    visitors = [Visitor(farm.proxy) for _ in range(VISITORS)]

    async def who_is_cut_off() -> int:
        """How many sockets ended with the instance; all visitors see their page again."""
        async with AsyncExitStack() as sockets:
            pages = [await sockets.enter_async_context(each.page(PAGES[0])) for each in visitors]
            for page in pages:
                await page.run()
            mine.process.kill()
            mine.process.wait()
            gone = [at for at, page in enumerate(pages) if not await _goes_on(page)]
        for index in gone:
            async with visitors[index].page(PAGES[0]) as again:
                await again.run()
        return len(gone)

    for each in visitors:
        assert each.get("/") == 200
    there = sum(seated(farm.proxy, each.seat) == {at} for each in visitors)
    assert 0 < there < VISITORS
    with ThreadPoolExecutor(1) as beside:  # the browser's event loop runs in this thread
        assert beside.submit(lambda: asyncio.run(who_is_cut_off())).result() == there

    expect(reader.locator(MARK)).to_have_count(0, timeout=PATIENCE * 1000)
    settle(reader)
    expect(reader.locator("h1")).to_have_text("类别 · 老有所养")
    reader.get_by_text("行有所畅", exact=True).first.click()
    expect(reader.locator("h1")).to_have_text("类别 · 行有所畅")
    assert other.url.removeprefix("http://") in seated(farm.proxy, seat)


def test_an_editor_is_led_to_the_instance_that_edits_and_all_pages_follow_his_save(farm, new_page):
    readers = [open_page(new_page(), each.at("/project?id=5.1")) for each in farm.viewers]
    page = open_page(new_page(), f"{farm.proxy.url}/data")
    expect(page.get_by_text(access_words.EDITED_ELSEWHERE)).to_be_visible()
    expect(page.get_by_label(access_words.PASSWORD, exact=True)).to_have_count(0)
    with page.expect_popup() as opened:
        page.get_by_role("link", name=access_words.TO_EDITING).click()
    page = settle(opened.value)
    sign_in(page)
    go_to(page, said.TABS["fill"])
    choose_project(page, "5.1")
    type_in(page, "完成数（家）", "14")
    press(page, said.STAGE)
    go_to(page, said.TABS["preview"])
    type_in(page, said.REASON, "核对老年食堂")
    press(page, said.SAVE)
    expect(page.get_by_role("status").first).to_contain_text("已保存")
    for reader in readers:
        expect(reader.get_by_text("14 ÷ 50 = 28.0%")).to_be_visible()


async def _goes_on(page: Viewer) -> bool:
    try:
        await page.run()
    except ConnectionClosed:
        return False
    return True
