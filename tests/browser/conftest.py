"""Fixtures for tests that drive a browser. Missing tools skip them; see `pytest_runtest_makereport` for CI."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from harness import AXE, CHROMIUM_FLAGS, DESKTOP, PATIENCE, App, Witness, chromium, serve

expect.set_options(timeout=PATIENCE * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A server with the seed's dataset, for tests that only look."""
    with serve(tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., App]]:
    """Starts a server of the test's own: `start()`, `start(dataset)`, `start(secrets="...")`."""
    with ExitStack() as servers:

        def started(dataset: str | Mapping[str, str] | None = None, **how: Any) -> App:
            return servers.enter_context(serve(tmp_path_factory.mktemp("app"), dataset, **how))

        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # One a module, not one a session: while it lives, its event loop runs in the main thread, and
    # no other test could run its own.
    executable = chromium()
    if executable is None:
        pytest.skip("chromium is not installed: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages as viewers do: `new_page()`, `new_page(PHONE, "dark")`.

    Fails the test when any of them asked for something outside 127.0.0.1, or had a script error.
    """
    witness = Witness()
    with ExitStack() as contexts:

        def opened(viewport: ViewportSize = DESKTOP, color_scheme: str = "light") -> Page:
            context = browser.new_context(
                viewport=viewport,
                color_scheme=color_scheme,
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                has_touch=viewport["width"] < 600,
            )
            context.set_default_timeout(PATIENCE * 1000)
            contexts.callback(context.close)
            witness.watch(context)
            return context.new_page()

        yield opened
    witness.check()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page on a light desktop."""
    return new_page()


@pytest.fixture(scope="session")
def axe_core() -> None:
    """Asked for by tests that call harness.axe."""
    if not AXE.exists():
        pytest.skip(
            f"axe-core is not installed in {AXE.parent}: make test installs it where npm is"
        )
