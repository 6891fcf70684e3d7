"""The exported documents imported again: the same projects, the same words."""

from __future__ import annotations

import pytest

from minsheng import export, importing
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import EVERYTHING, Filters
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
