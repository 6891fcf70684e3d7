from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng import labels
from minsheng.labels import number, percent, tenths
from minsheng.model import Basis, Delivery, Light, Severity


@pytest.mark.parametrize(
    ("share", "printed"),
    [
        (1803 / 2000, "90.2%"),
        (181 / 365, "49.6%"),
        (0.0, "0.0%"),
        (1.0, "100.0%"),
        (0.99951, "99.9%"),
        (math.nextafter(1, 0), "99.9%"),
        (16737 / 13000, "128.7%"),
        (None, "—"),
        (math.nan, "—"),
    ],
)
def test_a_share_is_printed_with_one_decimal_halves_up_and_unknown_as_a_dash(share, printed):
    assert percent(share) == printed


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_printing_agrees_with_exact_arithmetic(done, target):
    exact = Fraction(done * 1000, target)
    whole = int(
        (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    )
    assert tenths(done / target) == (min(whole, 999) if done < target else whole)


@pytest.mark.parametrize(
    ("value", "printed"),
    [(16737, "16,737"), (0.7, "0.7"), (0, "0"), (1234.5, "1,234.5"), (None, "—")],
)
def test_a_count_is_printed_as_officials_write_it(value, printed):
    assert number(value) == printed


def test_every_word_of_the_model_has_a_label_and_every_light_a_shape_of_its_own():
    for words, kind in (
        (labels.BASIS, Basis),
        (labels.DELIVERY, Delivery),
        (labels.LIGHT, Light),
        (labels.SEVERITY, Severity),
    ):
        assert set(words) == set(kind)
    assert len(set(labels.LIGHT_SHAPE.values())) == len(Light)


def test_the_gap_is_the_difference_of_the_figures_as_printed():
    assert labels.gap(0.6352012, 0.5601923) == "+7.5"
    assert labels.gap(None, 0.5) == "—"
