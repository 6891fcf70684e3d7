"""Today's figures against those of commit 9b83fec, kept word for word in tests/data/golden.

Tables are the same cell for cell. Pages, slides, the HTML file and the PDF may say it in other words
and other places; each still says its project's, category's or department's figures, and no percent
that the old product never printed.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

import golden
from minsheng import export
from minsheng.dataset import store
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import Snapshot
from minsheng.ui import slug
from test_pages import opened

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "tests" / "data" / "golden"
FILES = {
    "seed": ROOT / "data" / "projects.yaml",
    "four": ROOT / "tests" / "data" / "four-periods.yaml",
}
PERIODS = [folder.name for folder in sorted(KEPT.iterdir())]
LAST = ["four-2023Y", "seed-2023H1"]

# Percents that surfaces print since then and that the old product did not, each with its reason.
SINCE: dict[str, set[str]] = {
    "four-2023Y": set(),
    "seed-2023H1": {"70.5%"},  # 趋势: where the whole plan would be at the year's end
}


@functools.cache
def shot(folder: str) -> Snapshot:
    name, _, period = folder.partition("-")
    data = FILES[name].read_bytes()
    fingerprint = hashlib.sha256(data).hexdigest()
    return snapshot.at(store.read(FILES[name]).dataset, period, fingerprint)


def old(folder: str, name: str) -> list[str]:
    return (KEPT / folder / f"{name}.txt").read_text("utf-8").splitlines()


@functools.cache
def today(folder: str, name: str) -> list[str]:
    return golden.document(name, export.FORMATS[name].build(shot(folder)))


@functools.cache
def figures(folder: str) -> dict[str, Any]:
    """What the old `show --format json` said."""
    return json.loads("\n".join(old(folder, "json")))


@functools.cache
def printed_once(folder: str) -> frozenset[str]:
    """Every percent that the old product printed on a page or a paper of this period."""
    files = (old(folder, each.stem) for each in (KEPT / folder).glob("*.txt"))
    return frozenset().union(*(golden.percents(lines) for lines in files))


def as_printed(share: float) -> str:
    """One decimal, halves up, and nothing short of 100 % prints 100.0%."""
    whole = (Decimal(repr(share)) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{min(whole, Decimal('99.9')) if share < 1 else whole}%"


def plain(count: float) -> str:
    return f"{count:.12g}"


def differences(then: Any, now: Any, at: str = "") -> Iterator[str]:
    """Where a value that stood in the old document does not stand in the new one; new keys may."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key, value in then.items():
            if key in now:
                yield from differences(value, now[key], f"{at}.{key}")
            else:
                yield f"{at}.{key} is gone"
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for place, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from differences(one, other, f"{at}[{place}]")
    elif then != now:
        yield f"{at}: {then!r} is now {now!r}"


@pytest.mark.parametrize("folder", PERIODS)
def test_the_json_document_holds_every_value_it_held(folder):
    assert [*differences(figures(folder), json.loads("\n".join(today(folder, "json"))))] == []


@pytest.mark.parametrize("folder", PERIODS)
def test_the_csv_holds_every_cell_it_held(folder):
    then, now = (
        [*csv.DictReader(io.StringIO("\n".join(lines)), delimiter="\t", quoting=csv.QUOTE_NONE)]
        for lines in (old(folder, "csv"), today(folder, "csv"))
    )
    assert [*differences(then, now)] == []


@pytest.mark.parametrize("folder", LAST)
def test_the_sheets_of_excel_are_the_same(folder):
    assert [*without(SHEETS_SINCE, today(folder, "xlsx"))] == old(folder, "xlsx")


SHEETS_SINCE = {"[其余各栏]"}  # what has no column in the printed table, so that it imports again


def without(sheets: set[str], lines: list[str]) -> Iterator[str]:
    keeps = True
    for line in lines:
        if re.fullmatch(r"\[[^\t]+\]", line):
            keeps = line not in sheets
        if keeps:
            yield line


# A column has one heading in all documents now, units stand in it, and 样本少 has a column.
RENAMED = {
    "问题": "规则",
    "情况": "发现",
    "原文": "所引原文",
    "与序时之差": "与序时之差（百分点）",
    "横条以满格为 100%，竖线是序时进度。": "",
    "横条以框线为 100%，超过的画到框外，竖线是序时进度。": "",
}


@pytest.mark.parametrize("name", ["docx", "bulletin"])
@pytest.mark.parametrize("folder", LAST)
def test_the_documents_say_in_their_order_what_they_said(folder, name):
    """Cell by cell; the tables of means are in another order, worst first."""
    was = {RENAMED.get(cell, cell).replace("个百分点", "") for cell in cells(old(folder, name))}
    now = {cell.replace("个百分点", "") for cell in cells(today(folder, name))}
    assert was - now - {""} == set()


@pytest.mark.parametrize("name", ["docx", "bulletin"])
@pytest.mark.parametrize("folder", LAST)
def test_every_row_of_a_document_has_the_figures_it_had(folder, name):
    """A row is found by what it is of: its project, category or department."""
    lost = Counter(rows_with_figures(old(folder, name)))
    lost.subtract(rows_with_figures(today(folder, name)))
    assert [row for row, times in lost.items() if times > 0] == []


def rows_with_figures(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each percent of a table with what its row is of."""
    for line in lines:
        key, *rest = (cell.replace("\u00a0", " ") for cell in line.split("\t"))
        if key.isdigit() and rest:  # a rank or a number: the name follows
            key, *rest = rest
        for cell in rest:
            for percent in golden.percents([cell]):
                yield key, percent


def cells(lines: list[str]) -> Iterator[str]:
    for line in lines:
        for cell in line.split("\t"):
            for line_ in cell.split(" ⏎ "):
                yield re.sub(r"（\d+项无数据）", "", line_.replace("\u00a0", " "))


@pytest.mark.parametrize("name", ["pptx", "html", "pdf"])
@pytest.mark.parametrize("folder", LAST)
def test_what_is_drawn_on_paper_says_every_figure_and_no_new_one(folder, name):
    said = golden.percents(today(folder, name))
    if name == "pptx":  # the numbers behind a chart are shares
        cells = [cell for line in today(folder, name) for cell in line.split("\t")]
        said |= {as_printed(float(c)) for c in cells if c.replace(".", "", 1).isdigit()}
    assert must_say_of_all(figures(folder)) - said == set()
    assert new_ones(folder, today(folder, name)) == set()


def must_say_of_all(figures: dict[str, Any]) -> set[str]:
    shares = [figures["completion"], figures["claimed"], figures["elapsed"]]
    for kind in ("projects", "categories", "departments"):
        shares += [each["completion"] for each in figures[kind]]
    return {as_printed(share) for share in shares if share is not None}


def new_ones(folder: str, lines: list[str]) -> set[str]:
    """But for the chips beside bars that end at 100 %: 超额 122%."""
    said = [re.sub(r"超额 ?[\d,]+%", "", line) for line in lines]
    return golden.percents(said) - printed_once(folder) - SINCE[folder]


@pytest.fixture
def shown(request, tmp_path, monkeypatch) -> str:
    """The dataset of the folder is the one that the app shows."""
    path = tmp_path / "projects.yaml"
    shutil.copy(FILES[request.param.partition("-")[0]], path)
    monkeypatch.setenv("MINSHENG_DATA", str(path))
    st.cache_resource.clear()
    yield request.param
    st.cache_resource.clear()


def pages(folder: str, page: str, key: str, values: dict[str, str]) -> Iterator[tuple[str, list]]:
    """Every page of a kind, and its words: the app runs on, as a reader who chooses does."""
    period = folder.partition("-")[2]
    app = opened(page, period=period)
    for name, value in values.items():
        app.query_params[key] = value
        app.run()
        assert not app.exception, app.exception
        yield name, golden.page(app)


def then(folder: str, page: str, name: str = "") -> list[str]:
    """What the old page said."""
    lines = old(folder, "pages")
    start = lines.index(f"== {page} {name}".rstrip()) + 1
    until = (n for n in range(start, len(lines)) if lines[n].startswith("== "))
    return lines[start : next(until, len(lines))]


def still_said(folder: str, page: str, name: str, now: list[str], shares: list[Any]) -> None:
    """Those of the shares that the old page printed are printed today, and no percent is new."""
    own = {as_printed(share) for share in shares if share is not None}
    lost = (own & golden.percents(then(folder, page, name))) - golden.percents(now)
    assert lost == set(), f"{page} {name} does not say {lost}"
    assert new_ones(folder, now) == set(), f"{page} {name}"


@pytest.mark.parametrize("shown", LAST, indirect=True)
def test_every_project_page_says_its_figures(shown):
    projects = {each["id"]: each for each in figures(shown)["projects"]}
    for id, lines in pages(shown, "project", "id", {each: each for each in projects}):
        parts = projects[id]["indicators"]
        shares = [each["completion"] for each in (projects[id], *parts)]
        still_said(shown, "project", id, lines, shares)
        counts = {plain(n) for p in parts for n in (p["target"], p["done"]) if n is not None}
        rates = {each.rstrip("%") for each in golden.percents(lines)}
        assert counts - golden.counts(lines) - rates == set(), id


@pytest.mark.parametrize("shown", LAST, indirect=True)
def test_every_category_page_says_its_mean_and_its_projects(shown):
    names = shot(shown).dataset.category_names
    of = {each["name"]: each for each in figures(shown)["categories"]}
    for number, lines in pages(shown, "category", "category", {each: each for each in names}):
        own = [p for p in figures(shown)["projects"] if p["category"] == names[number]]
        shares = [each["completion"] for each in (of[names[number]], *own)]
        still_said(shown, "category", number, lines, shares)


@pytest.mark.parametrize("shown", LAST, indirect=True)
def test_every_department_page_says_its_mean_and_its_projects(shown):
    of = {each["name"]: each for each in figures(shown)["departments"]}
    for name, lines in pages(shown, "department", "department", {n: slug(n) for n in of}):
        own = [p for p in figures(shown)["projects"] if name in p["leads"]]
        shares = [each["completion"] for each in (of[name], *own)]
        still_said(shown, "department", name, lines, shares)


EVERYTHING = ["overview", "category", "department", "findings", "trend", "present", "data"]


@pytest.mark.parametrize("page", EVERYTHING)
@pytest.mark.parametrize("shown", LAST, indirect=True)
def test_a_page_of_everything_says_its_means_and_no_new_percent(shown, page):
    ((_, lines),) = pages(shown, page, "period", {"": shown.partition("-")[2]})
    whole = figures(shown)
    shares = [whole["elapsed"]]
    if page not in ("category", "department"):  # their parts; the whole is 总览's
        shares += [whole["completion"], whole["claimed"]]
    shares += [each["completion"] for each in (*whole["categories"], *whole["departments"])]
    still_said(shown, page, "", lines, shares)
