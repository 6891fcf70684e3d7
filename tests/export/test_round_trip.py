"""The exported documents imported again: the same projects, the same words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minsheng import export, importing
from minsheng.dataset import schema, store
from minsheng.dataset.schema import Document
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import EVERYTHING, Filters
from minsheng.model import Dataset
from seed import DATASET


@pytest.mark.parametrize("name", ["docx", "bulletin", "xlsx"])
@pytest.mark.parametrize("filters", [EVERYTHING, Filters(categories=("2", "7"))], ids=str)
def test_an_exported_table_imports_as_the_same_projects_and_texts(name, filters):
    shot = snapshot.at(DATASET, filters=filters)
    source = importing.read(
        f"进展表.{export.FORMATS[name].ending}", export.FORMATS[name].build(shot)
    )
    assert [
        (row.serial, row.category, row.content, row.leads, row.progress) for row in source.rows
    ] == [
        (row.category_number, row.category, row.content, row.leads, row.text)
        for row in shot.rows.values()
    ]


CASES = Path(__file__).parents[1] / "data" / "cases"


def _drafted(name: str, data: bytes, of: Dataset | None = None) -> Dataset:
    """The dataset of a file; the period is that of `of`, or what the file says."""
    source = importing.read(name, data)
    if of:
        period = of.periods[-1]
        head = importing.head(source, of.title, of.place, period.id, period.as_of)
    else:
        head = importing.head(source, period=None if importing.year_of(source) else "2024H1")
    year = head.plan.start.year
    return importing.dataset([importing.proposed(row, year) for row in source.rows], head)


def _said(dataset: Dataset) -> list[dict[str, object]]:
    """All that the dataset says in its last period, but for readings that come from the text."""
    period = dataset.periods[-1]
    found = []
    for each in dataset.projects:
        told = each.reports.get(period.id)
        terms = dataset.terms(each, period)
        read = told.readings if told else {}
        only = next(iter(read.values())) if len(each.indicators) == 1 and read else None
        found.append(
            {
                "id": each.id,
                "category": each.category,
                "content": each.content,
                "terms": terms,
                "printed": each.printed,
                "leader": each.leader,
                "planned": each.investment and each.investment.planned,
                "milestones": each.milestones,
                "notes": each.notes,
                "targets": [(one.name, one.target, one.unit) for one in each.indicators],
                "text": told.text if told else "",
                "problems": told and told.problems,
                "next_steps": told and told.next_steps,
                "verdict": told and told.verdict,
                "report_notes": dict(told.notes) if told else {},
                "figures": {name: one.done for name, one in read.items()},
                "only": only and (only.claimed, only.this_period, only.by_place),
            }
        )
    return found


EXPECTED = json.loads((CASES / "expected.json").read_text("utf-8"))
READ = [
    name
    for name, each in EXPECTED.items()
    if "either" not in each and each["outcome"] == "read" and not each["into"]
]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("name", READ)
def test_what_was_imported_and_exported_imports_as_the_same(name, form):
    dataset = _drafted(name, (CASES / name).read_bytes())
    made = export.FORMATS[form].build(snapshot.at(dataset))
    assert _said(_drafted(f"表.{form}", made, dataset)) == _said(dataset)


JOINED = [
    name
    for name, each in EXPECTED.items()
    if "either" not in each and each["outcome"] == "read" and each["into"]
]


def _joined(name: str, data: bytes, base: Document, period: str) -> Dataset:
    """The file as a new period of what was there; what its rows match is not asked about again."""
    source = importing.read(name, data)
    rows = [importing.proposed(row, base.dataset.plan.start.year) for row in source.rows]
    new = importing.period_of(base.dataset, period, None)
    return schema.loads(importing.join(rows, base.text, new).text.encode()).dataset


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("name", JOINED)
def test_a_period_that_was_imported_and_exported_imports_as_the_same(name, form):
    base = store.read(CASES / EXPECTED[name]["into"])
    period = EXPECTED[name]["args"][1]
    dataset = _joined(name, (CASES / name).read_bytes(), base, period)
    made = export.FORMATS[form].build(snapshot.at(dataset, period))
    assert _said(_joined(f"表.{form}", made, base, period)) == _said(dataset)
