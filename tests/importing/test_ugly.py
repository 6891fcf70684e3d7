"""Tables as people mangle them: read as a careful reader reads them, and again after LibreOffice has
saved them."""

from __future__ import annotations

import pytest

from minsheng import importing
from office import all_converted
from ugly_sheets import SHEETS
from ugly_word import WORD

ALL = WORD | SHEETS
OFFICE = {name: each for name, each in ALL.items() if each.name.endswith(("docx", "xlsx"))}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Each Word and Excel file as LibreOffice saves it."""
    found = {}
    for ending in ("docx", "xlsx"):
        own = {name: e.data for name, e in OFFICE.items() if e.name.endswith(ending)}
        found |= all_converted(own, ending, ending, tmp_path_factory.mktemp(ending))
    return found


def _seen(row, expected):
    proposed = importing.proposed(row, 2024)
    found = {key: getattr(row, key) for key in expected if key != "flags"}
    for key in ("plans", "earlier"):
        if key in found:
            found[key] = [(told.when.month, told.text) for told in found[key]]
    return found | {"flags": proposed.flags}


def _holds(each, data):
    source = importing.read(each.name, data)
    expected = [{"flags": ()} | dict(row) for row in each.rows]
    assert [_seen(row, want) for row, want in zip(source.rows, expected, strict=False)] == expected
    assert len(source.rows) == len(expected)
    assert [note for note in each.notes if note not in "\n".join(source.notes)] == []
    assert str(importing.head(source).period.as_of) == each.as_of


@pytest.mark.parametrize("name", ALL)
def test_an_ugly_table_gives_what_a_careful_reader_takes_from_it(name):
    each = ALL[name]
    _holds(each, each.data)


@pytest.mark.parametrize("name", OFFICE)
def test_libreoffice_saves_it_and_it_says_the_same(name, saved):
    _holds(OFFICE[name], saved[name])
