from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng import labels, printed
from minsheng.labels import agenda
from minsheng.model import Basis, Delivery, Light, Severity
from minsheng.printed import number, percent, tenths


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
    assert printed.gap(0.6352012, 0.5601923) == "+7.5"
    assert printed.gap(None, 0.5) == "—"


def lights(**counts):
    return {light: counts.get(light.value, 0) for light in Light}


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"behind": 3, "far_behind": 8}, "11 项滞后，其中 8 项严重滞后"),
        ({"behind": 2}, "2 项滞后"),
        ({"far_behind": 2}, "2 项严重滞后"),
        ({"done": 2}, "没有滞后项目"),
        ({"done": 2, "unknown": 1}, "有数据的项目没有滞后"),
    ],
)
def test_nothing_is_counted_as_zero_or_said_of_what_is_unknown(counts, words):
    assert labels.stuck(lights(**counts)) == words


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([0.2, 0.6], "2 个单位里 1 个平均低于序时，甲最低，20.0%"),
        ([0.2, None], "1 个单位里 1 个平均低于序时，1 个无数据，甲最低，20.0%"),
        ([0.6, 0.7], "2 个单位平均都不低于序时"),
        ([None, None], "2 个单位都没有数据"),
    ],
)
def test_a_title_says_how_many_are_below_the_calendar_and_which_is_last(shares, words):
    named = list(zip("甲乙丙丁戊", shares, strict=False))
    assert "".join(agenda.means("单位", named, 0.496)) == words


@pytest.mark.parametrize(
    ("completion", "ends_at", "pace", "said"),
    [
        (0.26, 0.524, 2.8, "到年底完成 52.4%。要全部完成，以后的速度需要达到目前的 2.8 倍。"),
        (0.49, 0.988, 1.04, "到年底完成 98.8%。要全部完成，以后的速度需要比目前略快一些。"),
        (0.58, 1.0, 0.72, "年底前可以全部完成；以后只要保持目前八成的速度，也能按期完成。"),
        (0.60, 1.0, 0.7, "年底前可以全部完成；以后只要保持目前七成的速度，也能按期完成。"),
        (0.99, 1.0, 0.01, "年底前可以全部完成；以后只要保持目前一成的速度，也能按期完成。"),
        (0.5, 1.0, 0.97, "年底前可以全部完成；以后保持目前的速度，就能按期完成。"),
        (
            0.7,
            1.0,
            2.0,
            "平均完成率到年底能到 100%，但短板跟不上。要全部完成，以后的速度需要达到目前的 2.0 倍。",
        ),
        (0.5, 1.0, None, "到年底完成 100.0%。"),
    ],
)
def test_who_is_ahead_hears_how_slow_it_may_become_and_never_of_a_speed_to_reach(
    completion, ends_at, pace, said
):
    assert labels.forecast(completion, ends_at, pace) == f"按目前的平均速度，{said}"
