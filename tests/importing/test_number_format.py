"""What Excel shows for a value and its number format."""

from __future__ import annotations

import datetime as dt

import pytest

from minsheng.importing import number_format

SHOWN = [
    (13, '0"家"', "13家"),
    (9120, '#,##0"人次"', "9,120人次"),
    (8600, '0!.0,"万人"', "0.9万人"),
    (86000, '0!.0,"万人"', "8.6万人"),
    (7.456, '0.0"公里"', "7.5公里"),
    (900, '"已建成"0"个"', "已建成900个"),
    (0.4533333, "0%", "45%"),
    (0.3333333, "0.0%", "33.3%"),
    (1.2, "0%", "120%"),
    (0.005, "0%", "1%"),
    (45.3333333, "0.0", "45.3"),
    (45596, "General", "45596"),
    (0.1 + 0.2, "General", "0.3"),
    (12.0, "General", "12"),
    (13, 'General"家"', "13家"),
    (13, "G/通用格式\\家", "13家"),
    (1234567.5, "#,##0.00", "1,234,567.50"),
    (12.5, "0.##", "12.5"),
    (12, "0.##", "12"),
    (5, "000", "005"),
    (0, "#", ""),
    (-3, '0"家"', "-3家"),
    (-3, '0"家";"减"0"家"', "减3家"),
    (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
    (3000, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "3,000.00"),
    (3200, '[$¥-804]#,##0', "¥3,200"),
    (3200, '[红色]#,##0"万元"', "3,200万元"),
    (0.5, "# ?/?", "0.5"),
    (12000, "0.00E+00", "12000"),
    (80, '[>=60]"合格";"不合格"', "80"),
    (3, '"x;y"0', "x;y3"),
    (1e300, '0"家"', f"1{'0' * 300}"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "form", "shown"), SHOWN)
def test_a_number_is_read_as_it_is_shown(value, form, shown):
    assert number_format.number(value, form) == shown


def test_a_format_that_shows_nothing_shows_nothing():
    assert number_format.number(45, ";;;") == ""


DAY = dt.datetime(2024, 11, 1)


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("yyyy-mm-dd", "2024-11-01"),
        ("yyyy/m/d", "2024-11-01"),
        ("mm-dd-yy", "2024-11-01"),
        ('yyyy"年"m"月"', "2024年11月"),
        ('[$-804]yyyy"年"m"月"d"日"', "2024年11月1日"),
        ('m"月"d"日"', "11月1日"),
        ('yyyy"年"m"月"d"日";@', "2024年11月1日"),
        ('[$-804]aaaa', "星期五"),
        ('yyyy"年"m"月"d"日" h"时"mm"分"', "2024年11月1日 0时00分"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_shown(form, shown):
    assert number_format.moment(DAY, form) == shown


def test_a_time_is_itself():
    assert number_format.moment(dt.time(9, 30), "h:mm") == "09:30:00"
    assert (
        number_format.moment(DAY.replace(hour=9, minute=5), "yyyy-mm-dd h:mm") == "2024-11-01 09:05"
    )
