"""First visits in a real browser: what they cost on the wire, and whether every one shows its page.

    python -m benchmarks.visits        each page once, without a limit on the line; bytes
    python -m benchmarks.visits 200    so many visits over 10 Mbit/s, a new browser context each,
                                       the pages in turn, one right after the other

A visit that does not show its page within 90 s is printed with all that is known of it.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from benchmarks import serving
from benchmarks.table import markdown
from minsheng import labels

BYTES_GOAL = 2_600_000
LINE = {  # 10 Mbit/s and a little more than nothing to the server and back
    "offline": False,
    "latency": 20,
    "downloadThroughput": 1_250_000,
    "uploadThroughput": 625_000,
}
PATIENCE = 90_000  # ms
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = "/usr/bin/chromium"
SHOWN = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const all = (kind) => [...document.querySelectorAll(`[data-testid=${kind}]`)];
    return app?.dataset.testScriptState === 'notRunning'
        && document.querySelector('[data-testid=stMain] [data-testid=stElementContainer]')
        && !all('stAppSkeleton').length && !all('stSkeleton').length
        && all('stPlotlyChart').every(each => each.querySelector('.main-svg'));
}"""
STATE = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const all = (kind) => [...document.querySelectorAll(`[data-testid=${kind}]`)];
    return {
        state: { ...app?.dataset },
        text: document.body.innerText.slice(0, 300),
        skeletons: all('stAppSkeleton').length + all('stSkeleton').length,
        charts: all('stPlotlyChart').map(each => Boolean(each.querySelector('.main-svg'))),
    };
}"""


@dataclass
class Visit:
    address: str
    seconds: float = 0.0
    bytes: int = 0
    shown: bool = False
    said: list[str] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)
    state: Any = None


def visit(browser: Browser, url: str, address: str, limited: bool) -> Visit:
    """One visit of somebody who was never here."""
    made = Visit(address)
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    try:
        page = context.new_page()
        _listen(page, made, limited)
        start = time.perf_counter()
        page.goto(url + address, wait_until="commit", timeout=PATIENCE)
        try:
            page.wait_for_function(SHOWN, timeout=PATIENCE)
            made.shown = True
        except TimeoutError:
            made.state = page.evaluate(STATE)
        made.seconds = time.perf_counter() - start
    finally:
        context.close()
    return made


def _listen(page: Page, made: Visit, limited: bool) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    if limited:
        network.send("Network.emulateNetworkConditions", LINE)

    def sent(event: dict[str, Any]) -> None:
        made.open[event["requestId"]] = event["request"]["url"]

    def done(event: dict[str, Any]) -> None:
        made.open.pop(event["requestId"], None)
        made.bytes += int(event["encodedDataLength"])

    def failed(event: dict[str, Any]) -> None:
        made.said.append(f"{made.open.pop(event['requestId'], '?')}: {event['errorText']}")

    def frame(event: dict[str, Any]) -> None:
        made.bytes += len(event["response"]["payloadData"]) * 3 // 4

    network.on("Network.requestWillBeSent", sent)
    network.on("Network.loadingFinished", done)
    network.on("Network.loadingFailed", failed)
    network.on("Network.webSocketFrameReceived", frame)
    page.on("pageerror", lambda error: made.said.append(str(error)))
    page.on("console", lambda told: made.said.append(told.text) if told.type == "error" else None)


def main(count: int) -> None:
    addresses = ["/", *(f"/{name}" for name in labels.PAGES if name != "overview")]
    limited = count > 0
    with serving.product() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        url = f"http://127.0.0.1:{server.port}"
        if not limited:  # the first of all waits for bundles to be compressed, and is no measure
            visit(browser, url, "/", False)
        made = []
        for at in range(count or len(addresses)):
            made.append(visit(browser, url, addresses[at % len(addresses)], limited))
            if not made[-1].shown:
                print(f"visit {at + 1} was never shown: {made[-1]}", flush=True)
        browser.close()
    print(_table(addresses, made))


def _table(addresses: list[str], made: list[Visit]) -> str:
    rows = []
    for address in addresses:
        own = [each for each in made if each.address == address]
        if own:
            most = max(each.bytes for each in own)
            rows.append(
                {
                    "first visit to": address,
                    "visits": str(len(own)),
                    "shown": str(sum(each.shown for each in own)),
                    "median, s": f"{statistics.median(each.seconds for each in own):.1f}",
                    "slowest, s": f"{max(each.seconds for each in own):.1f}",
                    "MB on the wire": f"{most / 1e6:.2f}",
                    "goal ≤ 2.6 MB": "met" if most <= BYTES_GOAL else "missed",
                }
            )
    return markdown(rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
