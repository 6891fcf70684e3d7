"""The exported Word documents imported again: the same projects, the same words."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from minsheng import export, snapshot
from minsheng.snapshot import EVERYTHING, Filters
from seed import DATASET

if find_spec("minsheng.importing") is None:  # comes with another branch; a fault in it still fails
    pytest.skip("the importer is not merged yet", allow_module_level=True)


@pytest.mark.parametrize("name", ["docx", "bulletin"])
@pytest.mark.parametrize("filters", [EVERYTHING, Filters(categories=("2", "7"))], ids=str)
def test_an_exported_table_imports_as_the_same_projects_and_texts(name, filters):
    from minsheng import importing

    shot = snapshot.at(DATASET, filters=filters)
    source = importing.read("进展表.docx", export.FORMATS[name].build(shot))
    assert [
        (row.serial, row.category, row.content, row.leads, row.progress) for row in source.rows
    ] == [
        (row["category_number"], row["category"], row["content"], row["leads"], row["text"])
        for row in shot.rows.values()
    ]
