"""Every surface draws the same value of the same figure, whatever its case (design.md section 5).

Each reader takes out of what a surface has made, the browser's message or the document's bytes, which
bars stand there: solid, hatched, strip, the mark of what is due, the claim.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st
import typst
from pptx import Presentation
from streamlit.testing.v1 import AppTest

import drawn_cases
from minsheng import export, labels, server
from minsheng.dataset import editing
from minsheng.export import pdf
from minsheng.measuring import drawn, snapshot
from minsheng.measuring.drawn import Bar, Segment
from minsheng.printed import rounded

PAGES = Path(__file__).parents[1] / "pages"
SHOT = snapshot.at(drawn_cases.DATASET)
EXPECTED = {id_: drawn.bar(parts[0], SHOT.rows[id_].expected) for id_, parts in SHOT.parts.items()}
PLAN = drawn.mean(SHOT.whole, SHOT.elapsed)

Shown = dict[str, Bar]


def test_the_dataset_holds_every_case_and_no_two_are_drawn_alike():
    bars = [(b.solid, b.hatched, b.strip, b.claim, b.over) for b in EXPECTED.values()]
    nothing = [bar for bar in bars if bar[:2] == (None, None)]
    assert len(nothing) == 1  # unknown: no bar
    assert len({*bars}) == len(bars) - 1  # a zero is drawn as a zero, prepared for or not
    declared = next(id_ for id_, (part,) in SHOT.parts.items() if part.name.endswith("claimed 90"))
    assert (EXPECTED[declared].solid, EXPECTED[declared].hatched) == (None, 0.9)


# What is drawn, to the four decimals that are sent, and without what only words say.


def told(bar: Bar) -> Bar:
    def four(share: float | None) -> float | None:
        return None if share is None else round(share, 4)

    strip = tuple(Segment("", 0, round(s.start, 4), round(s.end, 4)) for s in bar.strip)
    return Bar(four(bar.solid), four(bar.hatched), strip, four(bar.claim), None, four(bar.due))


def _each(trace: dict[str, Any], key: str) -> list[float]:
    """One value stands for all of them."""
    value = trace[key]
    return value if isinstance(value, list) else [value] * len(trace["y"])


def figure(spec: dict[str, Any]) -> Shown:
    """The bars of a plotly figure of rows, by the key of the row that they stand in; "" is what
    stands in none that a click opens."""
    rows = []
    for trace in spec["data"]:
        if trace["type"] == "bar" and trace.get("customdata"):
            rows = [
                (key, middle - high / 2, middle + high / 2)
                for key, middle, high in zip(
                    trace["customdata"], trace["y"], _each(trace, "width"), strict=True
                )
            ]
    found: dict[str, dict[str, Any]] = {key: {} for key, *_ in rows}

    def of(y: float) -> dict[str, Any]:
        key = next((key for key, top, bottom in rows if top <= y <= bottom), "")
        return found.setdefault(key, {})

    for trace in spec["data"]:
        name = trace.get("name")
        if trace["type"] == "bar" and name in (labels.COUNTED, labels.CLAIMED_ONLY):
            hatch = "pattern" in trace["marker"]
            assert hatch == (name == labels.CLAIMED_ONLY)
            for x, y in zip(trace["x"], trace["y"], strict=True):
                of(y)["hatched" if hatch else "solid"] = x
        elif name == labels.UNDERWAY:
            for x, y, base in zip(trace["x"], trace["y"], _each(trace, "base"), strict=True):
                segment = Segment("", 0, base, round(base + x, 4))
                of(y)["strip"] = (*of(y).get("strip", ()), segment)
        elif name in (labels.ELAPSED, labels.CLAIMED):
            for x, y in zip(trace["x"], trace["y"], strict=True):
                if x is not None:
                    of(y)["due" if name == labels.ELAPSED else "claim"] = x
    return {key: Bar(**parts) for key, parts in found.items()}


@pytest.fixture
def page(tmp_path, monkeypatch):
    path = tmp_path / "projects.yaml"
    path.write_text(editing.dumps(drawn_cases.DATASET), encoding="utf-8")
    monkeypatch.setenv("MINSHENG_DATA", str(path))
    st.cache_resource.clear()

    def opened(name: str, **query: str) -> AppTest:
        app = AppTest.from_file(str(server.SCRIPT), default_timeout=30)
        app.run()
        app.switch_page(str(PAGES / f"{name}.py"))
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception, app.exception
        return app

    yield opened
    st.cache_resource.clear()


def figures(app: AppTest) -> Shown:
    found: Shown = {}
    for chart in app.get("plotly_chart"):
        found |= figure(json.loads(chart.proto.spec))
    return found


def test_the_page_of_categories(page):
    shown = figures(page("category"))
    assert told(shown.pop("")) == told(drawn.mean(SHOT.categories["5"], SHOT.elapsed))
    assert {key: told(bar) for key, bar in shown.items()} == {
        key: told(bar) for key, bar in EXPECTED.items()
    }


def test_the_page_of_one_category(page):
    assert {key: told(bar) for key, bar in figures(page("category", category="5")).items()} == {
        key: told(bar) for key, bar in EXPECTED.items()
    }


def test_the_page_of_a_project(page):
    for id_, bar in EXPECTED.items():
        (shown,) = figures(page("project", id=id_)).values()
        assert told(shown) == told(bar), SHOT.parts[id_][0].name


def test_the_page_of_departments_draws_the_mean(page):
    (board,) = SHOT.departments.items()
    shown = figures(page("department"))
    assert told(shown[board[0]]) == told(drawn.mean(board[1], SHOT.elapsed))


def test_the_overview_draws_the_mean_of_a_category(page):
    shown = figures(page("overview"))
    of_category = drawn.mean(SHOT.categories["5"], SHOT.elapsed)
    assert told(shown["5"]) == told(of_category)


def test_the_slides_in_the_browser(page):
    app = page("present", slide="1")
    decks = [
        json.loads(each.proto.bytes)
        for each in app.get("bidi_component")
        if each.proto.id.endswith("-deck")
    ]
    (deck,) = decks
    shown = {
        row["project"]: row["cells"][2]["bar"]["bar"]
        for slide in deck["slides"]
        if slide["part"] == "category"
        for row in slide["table"]["rows"]
    }
    assert {key: told(parsed(bar)) for key, bar in shown.items()} == {
        key: told(bar) for key, bar in EXPECTED.items()
    }
    (plan,) = (slide["plan"]["bar"] for slide in deck["slides"] if slide["plan"])
    assert told(parsed(plan)) == told(PLAN)


def parsed(bar: dict[str, Any]) -> Bar:
    strip = tuple(Segment(**each) for each in bar["strip"])
    return Bar(**{key: bar[key] for key in ("solid", "hatched", "claim", "due")}, strip=strip)


def test_the_file_for_the_browser():
    made = export.FORMATS["html"].build(SHOT).decode()
    data = json.loads(
        re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', made)[1]
    )
    found: Shown = {}
    for name, both in data["charts"].items():
        for spec in both if name != "dumbbell" else ():  # points, of what is counted and claimed
            shown = figure({"data": spec["data"]})
            for key in shown.keys() & EXPECTED.keys():
                assert told(shown[key]) == told(EXPECTED[key]), key
            found |= shown
    assert EXPECTED.keys() <= found.keys()


def test_powerpoint():
    deck = Presentation(io.BytesIO(export.FORMATS["pptx"].build(SHOT)))
    found: dict[str, tuple[float | None, float | None]] = {}
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                plot = shape.chart.plots[0]
                values = {each.name: list(each.values) for each in plot.series}
                if labels.CLAIMED_ONLY in values:
                    bars = zip(values[labels.COUNTED], values[labels.CLAIMED_ONLY], strict=True)
                    for name, bar in zip(plot.categories, bars, strict=True):
                        if id_ := re.search(r"\b5\.\d+", str(name)):
                            found[id_[0]] = bar
    assert found == {
        id_: (rounded(bar.solid), rounded(bar.hatched)) for id_, bar in EXPECTED.items()
    }


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_excel_hatches_what_nobody_counted_and_bars_the_rest():
    book = openpyxl.load_workbook(io.BytesIO(export.FORMATS["xlsx"].build(SHOT)))
    sheet = book[export.excel.SHEETS["indicators"]]
    rows = list(sheet.iter_rows())
    head = next(at for at, row in enumerate(rows) if row[0].value == labels.COLUMN["id"])
    column = next(
        at for at, cell in enumerate(rows[head]) if cell.value == labels.COLUMN["completion"]
    )
    barred = {
        cell.coordinate
        for ranges, rules in sheet.conditional_formatting._cf_rules.items()
        if any(rule.type == "dataBar" for rule in rules)
        for each in ranges.cells.ranges
        for line in sheet[each.coord]
        for cell in (line if isinstance(line, tuple) else (line,))
    }
    found = {}
    for row in rows[head + 1 :]:
        cell = row[column]
        hatched = cell.fill.patternType not in (None, "none", "solid")
        assert hatched != (cell.coordinate in barred), cell.coordinate
        found[row[0].value] = (None, cell.value) if hatched else (cell.value, None)
    assert found == {
        id_: (rounded(bar.solid), rounded(bar.hatched)) for id_, bar in EXPECTED.items()
    }


def test_pdf_sets_the_same_bars(monkeypatch):
    """Taken from what the typesetter is given, which draws them one for one."""
    given: list[str] = []
    real = typst.compile

    def compiled(*args: Any, **how: Any) -> bytes:
        given.append(how["sys_inputs"]["data"])
        return real(*args, **how)

    monkeypatch.setattr(pdf.typst, "compile", compiled)
    assert export.FORMATS["pdf"].build(SHOT).startswith(b"%PDF")
    bars = [parsed(bar) for bar in _bars(json.loads(given[-1]))]
    shown = [told(bar) for bar in bars]
    for id_, bar in EXPECTED.items():
        assert told(bar) in shown, id_
    of_indicators = {told(bar) for bar in EXPECTED.values()}
    means = {
        told(drawn.mean(each, SHOT.elapsed))
        for each in (SHOT.whole, *SHOT.categories.values(), *SHOT.departments.values())
    }
    assert {*shown} <= of_indicators | means


def _bars(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("bar"):
            yield node["bar"]
        for each in node.values():
            yield from _bars(each)
    elif isinstance(node, list):
        for each in node:
            yield from _bars(each)
