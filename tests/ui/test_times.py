"""Times are said in the zone of whoever looks, which is named where the server has another hour."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import streamlit as st

from minsheng import labels
from minsheng.ui.markdown import moment
from test_pages import data, opened, words  # noqa: F401 - data is a fixture

WHEN = dt.datetime(2023, 7, 3, 16, 30, tzinfo=dt.UTC)
CONTEXT = type(st.context)


@pytest.fixture
def shanghai(monkeypatch):
    """The zone of the server."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "offset", "said"),
    [
        ("Asia/Shanghai", -480, "2023-07-04 00:30:00"),
        ("Asia/Singapore", -480, "2023-07-04 00:30:00"),  # the same hour needs no name
        ("UTC", 0, "2023-07-03 16:30:00（UTC+0）"),
        ("America/New_York", 300, "2023-07-03 12:30:00（UTC-4）"),  # in July, not as it is now
        ("Asia/Kolkata", -330, "2023-07-03 22:00:00（UTC+5:30）"),
        ("Nowhere/Atall", -540, "2023-07-04 01:30:00（UTC+9）"),  # a name that this machine lacks
        ("../../etc/passwd", None, "2023-07-04 00:30:00"),
        (None, None, "2023-07-04 00:30:00"),
    ],
)
def test_a_time_is_the_viewers_and_names_its_zone_where_it_is_another(
    shanghai, monkeypatch, zone, offset, said
):
    monkeypatch.setattr(CONTEXT, "timezone", zone)
    monkeypatch.setattr(CONTEXT, "timezone_offset", offset)
    assert moment(WHEN) == said


def test_on_the_command_line_it_is_the_machines(shanghai):
    assert labels.moment(WHEN) == "2023-07-04 00:30:00"


def test_the_page_of_the_data_and_the_banner_say_it_so(shanghai, monkeypatch, data):  # noqa: F811
    monkeypatch.setattr(CONTEXT, "timezone", "Pacific/Auckland")
    good = data.read_text("utf-8")
    assert "（UTC+1" in words(opened("data"))  # 12 in winter, 13 in summer
    data.write_text(good.replace("done: 13\n", "done: 十三\n"), "utf-8")
    assert "（UTC+1" in words(opened()).partition("保存的正确数据")[0]
