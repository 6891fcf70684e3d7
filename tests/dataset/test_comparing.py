"""Two texts line by line: what changed, and both texts word for word, however long they are."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.read import dataset
from minsheng.dataset import comparing
from minsheng.dataset.comparing import DiffLine

SEED = (Path(__file__).parents[2] / "data" / "projects.yaml").read_text(encoding="utf-8")


def test_a_comparison_shows_what_is_around_a_change():
    lines = comparing.diff("甲\n乙\n丙\n丁\n", "甲\n乙\n戊\n丁\n", around=1)
    assert lines == (
        DiffLine("same", 2, 2, "乙"),
        DiffLine("removed", 3, None, "丙"),
        DiffLine("added", None, 3, "戊"),
        DiffLine("same", 4, 4, "丁"),
    )
    assert len(comparing.diff("甲\n乙\n", "甲\n丙\n", around=None)) == 3
    assert comparing.diff(SEED, SEED) == ()


@given(
    st.lists(st.sampled_from("甲乙丙"), max_size=12),
    st.lists(st.sampled_from("甲乙丙"), max_size=12),
)
def test_a_comparison_holds_both_texts(before, after):
    lines = comparing.diff("\n".join(before), "\n".join(after), around=None)
    assert [line.text for line in lines if line.old] == before
    assert [line.text for line in lines if line.new] == after
    assert [line.old for line in lines if line.old] == list(range(1, len(before) + 1))


def rewritten(text: str) -> str:
    """Every report another one."""
    numbers = iter(range(10**6))
    return re.sub("text: ", lambda _: f"text: 改 {next(numbers)} ", text)


def reversed_projects(text: str) -> str:
    head, *rows = text.split("  - id:")
    return head + "".join(f"  - id:{row}" for row in reversed(rows))


@pytest.mark.parametrize("change", [rewritten, reversed_projects])
def test_of_long_texts_no_two_blocks_are_compared_that_would_take_minutes(change, monkeypatch):
    """What difflib is given is what it costs: pairs of lines, and 15,000 lines have 200 million."""
    before = dataset(1_000).decode()
    after = change(before)
    pairs = 0
    matcher = difflib.SequenceMatcher

    def counted(junk, old, new):
        nonlocal pairs
        pairs += len(old) * len(new)
        return matcher(junk, old, new)

    monkeypatch.setattr(comparing.difflib, "SequenceMatcher", counted)
    lines = comparing.diff(before, after, around=None)
    assert pairs < comparing._MOST_PAIRS
    assert [line.text for line in lines if line.old] == before.splitlines()
    assert [line.text for line in lines if line.new] == after.splitlines()
    if change is rewritten:
        assert sum(line.kind == "removed" for line in lines) == before.count("text: ")


def test_a_long_text_of_alike_lines_is_said_as_changed_whole():
    lines = comparing.diff("甲\n乙\n" * 3_000, "乙\n丙\n" * 3_000)
    assert {line.kind for line in lines} == {"removed", "added"}
    assert len(lines) == 12_000
