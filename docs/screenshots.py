"""The pictures of the README, as the running app draws them: `make screenshots`.

Needs Debian's chromium and a Chinese font. Draws docs/overview.png, docs/category.png and
docs/present.png from the repository's own dataset, and nothing else.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "tests" / "browser"))

from harness import CHROMIUM_FLAGS, chromium, open_page, serve  # noqa: E402

WIDTH = 1366
LARGEST = 200 * 1024
# Name → address and height: the overview down to the first projects that are behind.
PICTURES = {
    "overview": ("/", 1180),
    "category": ("/category?category=10", 960),
    "present": ("/present?slide=2", 768),
}


def draw(page: Page) -> bytes:
    """A picture of 256 colours, the small ones among them: a light's colour means something."""
    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = drawn.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    target = io.BytesIO()
    few.save(target, "PNG", optimize=True)
    return target.getvalue()


def main() -> None:
    executable = chromium()
    if executable is None:
        raise SystemExit("chromium is not installed: apt-get install chromium fonts-noto-cjk")
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder)) as app,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        for name, (address, height) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": WIDTH, "height": height},
                color_scheme="light",
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )
            open_page(page, app.at(address))
            picture = draw(page)
            page.close()
            if len(picture) > LARGEST:
                raise SystemExit(f"{name}.png is {len(picture):,} bytes, more than {LARGEST:,}")
            (DOCS / f"{name}.png").write_bytes(picture)
            print(f"docs/{name}.png {len(picture):,}")
        browser.close()


if __name__ == "__main__":
    main()
