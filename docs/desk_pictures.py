"""Takes the pictures of the manual's section on one quarter from the running app.

    .venv/bin/python docs/desk_pictures.py

The dataset is the invented one of the tests without its last period, which is then imported.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from harness import CHROMIUM_FLAGS, chromium, open_page, serve, settle, sign_in  # noqa: E402
from minsheng.dataset import editing, store  # noqa: E402
from minsheng.labels import desk as words  # noqa: E402
from minsheng.labels.importing import ROLE  # noqa: E402
from minsheng.model import Dataset  # noqa: E402
from sample_secrets import ACCOUNTS  # noqa: E402

SIZE = {"width": 1180, "height": 820}
COLOURS = 64


def main() -> None:
    whole = store.read(ROOT / "tests" / "data" / "four-periods.yaml").dataset
    last = whole.periods[-1]
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder), editing.dumps(without(whole, last.id)), secrets=ACCOUNTS) as app,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport=SIZE, locale="zh-CN", timezone_id="Asia/Shanghai")
        sign_in(open_page(page, app.at("/data")))
        tab(page, "import")
        page.get_by_role("button", name=words.NEW_PERIOD).click()
        type_in(page, words.NEW_PERIOD_ID, last.id)
        type_in(page, words.NEW_PERIOD_DAY, last.as_of.isoformat())
        picture(page, "period")
        press(page, words.ADD_PERIOD)
        type_in(page, words.PASTE, table(whole, last.id))
        press(page, words.READ_PASTED)
        page.get_by_role("button", name=words.CONFIRM, exact=True).first.click()
        settle(page)
        picture(page, "import", height=1150)
        press(page, words.CONFIRM_PAGE)
        page.get_by_role("button", name=words.STAGE_ROWS).click()
        settle(page)
        tab(page, "fill")
        picture(page, "fill", height=1000)
        tab(page, "preview")
        picture(page, "preview", height=1000)
        type_in(page, words.REASON, "四季度各单位报送")
        press(page, words.SAVE)
        tab(page, "history")
        page.get_by_text(words.WHAT_CHANGED).first.click()
        settle(page)
        picture(page, "history")
        browser.close()


def without(dataset: Dataset, period: str) -> Dataset:
    return dataset.model_copy(
        update={
            "periods": tuple(each for each in dataset.periods if each.id != period),
            "projects": tuple(
                each.model_copy(
                    update={"reports": {k: v for k, v in each.reports.items() if k != period}}
                )
                for each in dataset.projects
            ),
        }
    )


def table(dataset: Dataset, period: str) -> str:
    """The period's reports as departments send them: a table, pasted."""
    lines = ["\t".join(ROLE[key] for key in ("category", "content", "leads", "progress"))]
    for each in dataset.projects:
        if period in each.reports:
            cells = (each.category, each.content, "、".join(each.leads), each.reports[period].text)
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(lines)


def tab(page: Page, name: str) -> None:
    buttons = page.locator("[data-testid=stButtonGroup] button")
    buttons.filter(has_text=words.TABS[name]).first.click()
    settle(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def type_in(page: Page, label: str, said: str) -> None:
    field = page.get_by_label(label, exact=True).first
    field.fill(said)
    field.press("Control+Enter")
    settle(page)


def picture(page: Page, name: str, height: int = SIZE["height"]) -> None:
    """In few colours: a picture of text needs no more, and the repository stays small."""
    page.set_viewport_size({"width": SIZE["width"], "height": height})
    settle(page)
    path = DOCS / f"desk-{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    page.set_viewport_size(SIZE)


if __name__ == "__main__":
    main()
