"""A report as it is typed, and back: nothing is guessed, every mistake is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.importing import filling
from minsheng.labels import desk as said
from minsheng.model import Reading, Refused, Report
from seed import DATASET

READINGS = [
    (project.id, name, reading)
    for project in DATASET.projects
    for name, reading in project.reports["2023H1"].readings.items()
]
EMPTY = filling.typed(Reading())


@pytest.mark.parametrize(("id_", "name", "reading"), READINGS)
def test_every_reading_of_the_seed_comes_back_from_the_form_as_it_was(id_, name, reading):
    assert filling.reading(filling.typed(reading), name) == reading


def test_an_empty_form_states_nothing():
    assert filling.reading(EMPTY, "托位") == Reading()
    assert filling.readings({"托位": EMPTY}) == {}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("7000", 7000), (" 7000 ", 7000), ("７０００", 7000), ("0.5", 0.5), ("0", 0)],
)
def test_digits_are_a_number_in_whatever_width(typed, read):
    assert filling.reading(EMPTY | {"done": typed}, "托位").done == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"done": "0.7万"}, "「托位」的完成数应为数字，现在是「0.7万」。请写 7000。"),
        ({"underway": "4座"}, "「托位」的推进中应为数字，现在是「4座」。"),
        ({"claimed": "1001"}, "「托位」的自报百分比不能大于 1000。"),
        ({"target": "0"}, said.NO_TARGET.format(name="托位")),
        ({"claimed_of": "第二批"}, said.PART_WITHOUT_CLAIM.format(name="托位")),
        ({"stages": "选址"}, "「托位」的阶段“选址”没有数量。"),
        ({"stages": "选址 一些"}, "「托位」的“选址”阶段应为数字，现在是「一些」。"),
        ({"stages": "选址 1\n选址 2"}, said.STAGE_TWICE.format(name="托位", stage="选址")),
        ({"done": "9" * 16}, "「托位」的完成数应为数字"),
    ],
)
def test_what_is_no_number_is_named_with_its_field(typed, told):
    with pytest.raises(Refused) as error:
        filling.reading(EMPTY | typed, "托位")
    assert any(sentence.startswith(told) for sentence in error.value.sentences)


def test_all_mistakes_of_all_indicators_are_told_at_once():
    with pytest.raises(Refused) as error:
        filling.readings({"甲": EMPTY | {"done": "x"}, "乙": EMPTY | {"underway": "y"}})
    assert len(error.value.sentences) == 2


def test_the_text_fills_what_is_empty_and_nothing_else():
    project = next(each for each in DATASET.projects if each.id == "1.2")
    words = project.reports["2023H1"].text
    found, strange = filling.proposed(project, words)
    assert strange == ()
    read = found["公园"]
    assert filling.completed(EMPTY, read)["done"] == "6"
    assert filling.completed(EMPTY, read)["quotes"] == ["已完成 6 座公园适儿化改造提升"]
    typed = EMPTY | {"done": "5"}
    kept = filling.completed(typed, read)
    assert (kept["done"], kept["quotes"], kept["underway"]) == ("5", [], "4")


def test_a_quote_that_is_not_in_the_text_is_told_in_the_words_of_the_file():
    project = next(each for each in DATASET.projects if each.id == "1.2")
    report = Report(text="已完成 6 座。", readings={"公园": Reading(done=6, quotes=("完成 7 座",))})
    with pytest.raises(Refused, match="所引的「完成 7 座」不在原文里"):
        filling.alone(DATASET, project, "2023H1", report)


COUNTS = st.none() | st.integers(0, 10**12) | st.decimals(0, 10**6, places=6).map(float)
NAMES = st.text("选址施工AB（）1 ", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(
    st.builds(
        Reading,
        done=COUNTS,
        underway=COUNTS,
        claimed=st.none() | st.integers(0, 1000),
        declared=st.booleans(),
        approx=st.booleans(),
        preparing=st.booleans(),
        stages=st.dictionaries(NAMES, st.integers(0, 10**6), max_size=4),
        target=st.none() | st.integers(1, 10**6),
    )
)
def test_whatever_reading_there_is_comes_back_from_the_form_as_it_was(reading):
    assert filling.reading(filling.typed(reading), "托位") == reading
