from __future__ import annotations

import itertools
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.text import fold, numbers, scan

SEED = Path(__file__).parent / "data" / "lucheng-2023-half-year.txt"


def found(text: str) -> list[tuple]:
    return [(m.value, m.unit, *sorted(m.flags)) for m in scan(text).mentions]


def left(text: str) -> list[tuple[str, str]]:
    return [(text[i.start : i.end], i.reason) for i in scan(text).ignored]


@pytest.mark.parametrize(
    ("text", "mentions", "ignored"),
    [
        ("已建设 15 家，托位 440 个。", [(15, "家"), (440, "个")], []),
        ("鹿城区城镇新增就业 0.70 万人。", [(7000, "人")], []),
        ("七条断头路已完工", [(7, "条", "chinese_numeral")], []),
        ("三所学校均在原场所", [(3, "所", "chinese_numeral")], []),
        ("已完成自行车充电桩约 800 个。", [(800, "个", "approx")], []),
        ("计 3782 套(间), 其中已开工 10 个", [(3782, "套"), (10, "个")], []),
        ("整体已完成 90%。", [(90, "%")], []),
        ("百分之六十四", [(64, "%", "chinese_numeral")], []),
        ("16,737 人次", [(16737, "人次")], []),
        ("１６，７３７人次", [(16737, "人次")], []),
        ("已建成12，300个在建", [(12, ""), (300, "个")], []),
        ("3万5千人", [(35000, "人")], []),
        ("两千三百户", [(2300, "户", "chinese_numeral")], []),
        ("一百二十个", [(120, "个", "chinese_numeral")], []),
        ("100余家", [(100, "家", "approx")], []),
        ("50 家左右", [(50, "家", "approx")], []),
        ("签约 5 家", [(5, "家")], []),
        ("最近 3 家", [(3, "家")], []),
        ("新增 0-3 岁托位 400 个", [(400, "个")], [("0", "age"), ("3", "age")]),
        ("70 周岁及以上", [], [("70", "age")]),
        ("5 万元以上", [], [("5", "money"), ("万", "money")]),
        (
            "按照全年4月、7月、10月3个时间节点",
            [(3, "个")],
            [("4", "date"), ("7", "date"), ("10", "date")],
        ),
        ("截至 2023 年 6 月 30 日", [], [("2023", "date"), ("6", "date"), ("30", "date")]),
        ("第二批重点单元，第 3 期", [], [("二", "ordinal"), ("3", "ordinal")]),
        ("1. 已完工59个。 2. 推进", [(59, "个")], [("1.", "list_mark"), ("2.", "list_mark")]),
        ("上陡门十组团、二组团、三板桥", [], [("十", "name"), ("二", "name"), ("三", "name")]),
        ("聚焦“一老一小”，进一步统一", [], [("一", "name")] * 4),
        ("3-5 家", [], [("3", "range"), ("5", "range")]),
        ("5G 基站 20 个，12345 热线", [(20, "个")], [("5", "code"), ("12345", "code")]),
        ("十件事、一条龙、一家人", [], [("十", "name"), ("一", "name"), ("一", "name")]),
        ("", [], []),
    ],
)
def test_a_numeral_is_a_quantity_or_is_ignored_for_a_reason(text, mentions, ignored):
    assert (found(text), left(text)) == (mentions, ignored)


SEED_NUMBERS = """
15 440|6 4|4 1 65%|7 5 3 90%|60%|65%|16737 129% 6680 128% 1532 59%|7000|100% 100% 7 100%
10 5 100% 10|1 21 17 1 12|3 229||3 59 64% 72 5|4 1803|11 3782 10 2650 1|12|43|20
10 50 40|14||100|6 90%|10|7|100% 3 75% 4 50%|6100 5529 571|800
"""


def test_the_numbers_of_every_report_of_the_seed():
    texts = [
        cells[4]
        for line in SEED.read_text(encoding="utf-8").splitlines()
        if len(cells := line.split("\t")) > 4 and cells[0] != "序号"
    ]
    read = [
        " ".join(f"{m.value}{'%' if m.percent else ''}" for m in scan(text).mentions)
        for text in texts
    ]
    assert read == "|".join(SEED_NUMBERS.strip().splitlines()).split("|")


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in text)


@pytest.mark.parametrize("mutate", [wide, lambda text: text.replace(" ", "")])
def test_full_width_digits_and_lost_spaces_change_no_value(mutate):
    for line in SEED.read_text(encoding="utf-8").splitlines():
        text = line.split("\t")[-1]
        assert numbers(mutate(text)) == numbers(text)


def test_folding_keeps_every_place():
    assert fold("１，０００　家：") == "1,000 家:"


prose = st.text(
    st.sampled_from(
        "0123456789０１９一二三十百千万亿零两半%％.,，。、"
        "-~第年月日岁元号家个所组团约近余多() （A1G\n"
    ),
    max_size=40,
)


@given(prose | st.text(max_size=40))
def test_every_numeral_lands_exactly_once(text):
    result = scan(text)
    spans = sorted((s.start, s.end) for s in (*result.mentions, *result.ignored))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    digits = {m.start() for m in re.finditer("[0-9０-９]", text)}
    assert digits <= covered


@pytest.mark.parametrize(
    "piece", ["1", "一", "1,", "0-", "A", "约", " ", "1 ", "1、", "1.1", "万元"]
)
def test_time_is_linear_in_the_length(piece):
    def spent(length: int) -> float:
        text = (piece * length)[:length]
        start = time.perf_counter()
        scan(text)
        return time.perf_counter() - start

    spent(20_000)
    assert min(spent(20_000) for _ in range(3)) < 0.3
