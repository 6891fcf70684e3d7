"""How two texts differ: what is marked and what is not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.limits import hard_to_compare
from minsheng import grammar
from minsheng.measuring.comparison import Piece, compare, same


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        (  # a number is one word with its unit: not "the 1 of 21 is gone"
            "1 家选址、21 家图纸设计、12 家投入运营。",
            "1 家选址、12 家图纸设计、20 家投入运营。",
            "1 家选址、[21 家]图纸设计、[12 家]投入运营。",
            "1 家选址、[12 家]图纸设计、[20 家]投入运营。",
        ),
        (  # the unit is part of it also where only the unit changed
            "已打通 7 条。",
            "已打通 7 处。",
            "已打通 [7 条]。",
            "已打通 [7 处]。",
        ),
        (
            "城镇新增就业 0.70 万人，完成 70%。",
            "城镇新增就业 0.85 万人，完成 85%。",
            "城镇新增就业 [0.70 万人]，完成 [70%]。",
            "城镇新增就业 [0.85 万人]，完成 [85%]。",
        ),
        (  # an addition marks one side only
            "已完工 12 个小区。",
            "已完工 12 个小区，其余 8 个正在施工。",
            "已完工 12 个小区。",
            "已完工 12 个小区[，其余 8 个正在施工]。",
        ),
        (  # what is too little to read between two marks is marked with them
            "正在开展招标工作。",
            "正在组织评标工作。",
            "正在[开展招]标工作。",
            "正在[组织评]标工作。",
        ),
        (  # two marks with only a comma between them are one
            "已打通 1 条，5 条正在施工。",
            "已打通 3 条，4 条正在施工。",
            "已打通 [1 条，5 条]正在施工。",
            "已打通 [3 条，4 条]正在施工。",
        ),
        (  # a number that stayed is never inside a mark
            "甲 3 家乙。",
            "丙 3 家丁。",
            "[甲] 3 家[乙]。",
            "[丙] 3 家[丁]。",
        ),
        ("", "已完成。", "", "[已完成。]"),
        ("已完成。", "", "[已完成。]", ""),
        ("", "", "", ""),
    ],
)
def test_the_differing_words_are_marked(before, after, left, right):
    compared = compare(before, after)
    assert (shown(compared.before), shown(compared.after)) == (left, right)


@pytest.mark.parametrize(
    ("before", "after", "equal"),
    [
        ("已完工12个小区，其余在建", "已完工 12 个小区, 其余在建", True),
        ("已完工 12 个小区", "已完工 12 个小区\n", True),
        ("已完工 12 个小区", "已完工 １２ 个小区", True),
        ("已完工 12 个小区", "已完工 13 个小区", False),
        ("已完工 12 个小区", "已完工 12 个小区。", False),
    ],
)
def test_width_and_spaces_are_no_difference(before, after, equal):
    assert same(before, after) is equal
    compared = compare(before, after)
    assert any(piece.changed for piece in compared.before + compared.after) is not equal
    assert "".join(piece.text for piece in compared.after) == after


report = st.text(st.sampled_from("已完成施工，。 、12家个套%\n万约AED３（）"), max_size=60)


@given(report, report)
def test_the_pieces_joined_are_the_texts_and_what_is_unmarked_is_the_same_on_both_sides(a, b):
    compared = compare(a, b)
    assert "".join(piece.text for piece in compared.before) == a
    assert "".join(piece.text for piece in compared.after) == b
    assert all(piece.text for piece in compared.before + compared.after)
    kept = [
        "".join("".join(grammar.fold(p.text).split()) for p in side if not p.changed)
        for side in (compared.before, compared.after)
    ]
    assert kept[0] == kept[1]


@given(report)
def test_a_text_differs_from_itself_nowhere(a):
    assert shown(compare(a, a).before) == a


chance = random.Random(7)
HARD = hard_to_compare()


@pytest.mark.parametrize("before_after", HARD.values(), ids=HARD.keys())
def test_20000_characters_are_compared_whatever_they_are(before_after):
    compared = compare(*before_after)
    assert "".join(piece.text for piece in compared.before) == before_after[0]
    assert "".join(piece.text for piece in compared.after) == before_after[1]


def test_what_differs_too_much_to_be_followed_word_by_word_is_marked_clause_by_clause():
    clauses = [
        f"第{n}项" + "".join(chance.choice("完成施工设计") for _ in range(30)) for n in range(40)
    ]
    before = "，".join(clauses)
    changed = [clause[::-1] if n % 4 == 0 else clause for n, clause in enumerate(clauses)]
    compared = compare(before, "，".join(changed))
    kept = "".join(piece.text for piece in compared.before if not piece.changed)
    assert clauses[1] in kept
    assert clauses[39] in kept
    assert clauses[4] not in kept
