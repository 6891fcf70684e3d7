"""Tables as people mangle them: read as a careful reader reads them, and again after LibreOffice has
saved them."""

from __future__ import annotations

from pathlib import Path

import pytest

from minsheng import importing
from minsheng.dataset import schema
from office import all_converted
from ugly import straight, word
from ugly_sheets import SHEETS
from ugly_word import WORD

CASES = Path(__file__).parents[1] / "data" / "cases"
ALL = WORD | SHEETS
# Into the nearly equal promises of dataset-near-names.yaml: who is joined to whom, and what asks.
INTO = {
    "one character makes another promise": (
        [
            ("1", "新建公侧10座。", "区城管局", "已建成8座。"),  # misspelt
            ("2", "新建幼儿院3所。", "区民政局", "建成1所。"),
            ("3", "改造农村公路30公里。", "区交通局", "完成25公里。"),
        ],
        {3: "1.4"},
    ),
    "other words, another lead": (
        [
            ("1", "农村公路改造30公里", "区交通运输局", "完成25公里。"),
            ("2", "新建避险场所8处。", "区应急局、区住建局", "建成7处。"),
            ("3", "新建急救站2个。", "区卫健局", "建成1个。"),
        ],
        {2: "1.5"},
    ),
}
OFFICE = {name: each for name, each in ALL.items() if each.name.endswith(("docx", "xlsx"))}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Each Word and Excel file as LibreOffice saves it."""
    found = {}
    into = {name: word(straight(*lines), title=THIRD) for name, (lines, _) in INTO.items()}
    for ending in ("docx", "xlsx"):
        own = {name: e.data for name, e in OFFICE.items() if e.name.endswith(ending)}
        own |= into if ending == "docx" else {}
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


THIRD = "2024年青禾区民生实事项目三季度进展情况表"


def _joined(data):
    text = (CASES / "dataset-near-names.yaml").read_text("utf-8")
    known = schema.loads(text.encode()).dataset
    rows = [importing.proposed(row, 2024) for row in importing.read("三季度.docx", data).rows]
    return known, importing.join(rows, text, importing.period_of(known, "2024Q3", None))


def _joins_as_expected(name, data):
    known, joined = _joined(data)
    lines, expected = INTO[name]
    asked = {each.row for each in joined.matching.ambiguous}
    sure = {each.row: each.project for each in joined.matching.matched}
    assert expected.items() <= sure.items()
    # Who is joined is meant by the words; everybody else is new or a question, and never another.
    unsure = set(range(1, len(lines) + 1)) - sure.keys()
    assert unsure <= asked | {*joined.matching.new}
    told = {each.id: each for each in schema.loads(joined.text.encode()).dataset.projects}
    for number, project in sure.items():
        assert told[project].reports["2024Q3"].text == lines[number - 1][3]
    for each in known.projects:
        assert each.id in sure.values() or told[each.id] == each


@pytest.mark.parametrize("name", INTO)
def test_a_new_period_is_joined_by_what_is_promised(name):
    lines, _ = INTO[name]
    _joins_as_expected(name, word(straight(*lines), title=THIRD))


@pytest.mark.parametrize("name", INTO)
def test_a_new_period_that_libreoffice_saved_is_joined_alike(name, saved):
    _joins_as_expected(name, saved[name])
