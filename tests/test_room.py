"""How much room words take: what slides are split by."""

from __future__ import annotations

import pytest

from minsheng.labels import room


@pytest.mark.parametrize(
    ("words_", "most", "expected"),
    [
        ("新改建老年食堂", 1, "新改建老年食堂"),
        ("新改建老年食堂 50 家。", 1, "新改建老年食…"),
        ("新改建老年食堂 50 家。", 2, "新改建老年食堂 50 家。"),
        ("AbcdefghijklmnopqrstuvwxyzABCDEFG", 1, "Abcdefghij"),
    ],
)
def test_words_are_cut_where_their_lines_are_used_up(words_, most, expected):
    assert room.clipped(words_, 10, 72, most).startswith(expected)
    assert room.lines(room.clipped(words_, 10, 72, most), 10, 72) <= most
