from __future__ import annotations

import itertools
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.limits import OF_A_SCAN, repeated
from minsheng.grammar import Mention, fold, numbers, scan

SEED = Path(__file__).parents[1] / "data" / "lucheng-2023-half-year.txt"
ROWS = [
    tuple(cells[2:5:2])
    for line in SEED.read_text(encoding="utf-8").splitlines()
    if len(cells := line.split("\t")) > 4 and cells[0] != "序号"
]
TEXTS = [text for row in ROWS for text in row]
REASONS = {
    "list_mark",
    "ordinal",
    "age",
    "date",
    "code",
    "fraction",
    "range",
    "duration",
    "money",
    "name",
}


def found(text: str) -> str:
    """15家 约800个: every mention with its unit; a star for each flag but those of the script."""
    return " ".join(
        f"{m.value}{m.unit}" + "*" * len(m.flags - {"chinese_numeral"}) for m in scan(text).mentions
    )


def left(text: str) -> str:
    return " ".join(
        f"{text[i.start : i.end].replace(' ', '')}:{i.reason}" for i in scan(text).ignored
    )


# content, what is read, what is not | progress, what is read, what is not
SEED_READ = """
400个 | 0:age 3:age | 15家 440个 |
10座 | | 6座 4座 |
8所 | | 4所 1个 65% |
10所 | | 7所 5所 3所 90% | 7:date 6:date
750个 | | 60% |
300套 | | 65% |
13000人次 5200人 2600人 | | 16737人次 129% 6680人 128% 1532人 59% |
10000人 | | 7000人 |
100% 100% 100% | 5万:money | 100% 100% 7名 100% |
10台 | | 10台 5名* 100% 10个 |
50家 | | 1家 21家 17家 1家 12家 |
3个 450个 | | 3所 229个 | 七:name
90000人 | 70:age | |
200个 | | 3个 59个 64% 72个 5家 | 1:list_mark 4:date 7:date 10:date 二:ordinal 三:ordinal 2:list_mark 一:name 一:name 6:date
2000套 | | 4个 1803套 |
3780套 | | 11个 3782套 10个 2650套 1个 | 7:date
20个 | | 12个 |
50台 | | 43台 |
20个 | 二:name | 20个 |
100幢 | | 10幢 50幢 40幢 |
20个 | | 14个 |
60张 | | |
100户 | | 100户 |
6家 | | 6家 90% | 90万:money
10家 | | 10家 |
10条 | | 7条 |
10处 | | 100% 3处 75% 4处 50% | 十:name 二:name 三:name
5000个 1000个 | | 6100个 5529个 571个 |
1000个 | | 800个* |
"""


@pytest.mark.parametrize(
    ("row", "expected"),
    list(zip(ROWS, SEED_READ.strip("\n").splitlines(), strict=True)),
    ids=range(1, 30),
)
def test_every_numeral_of_the_seed_is_read_or_left_for_a_reason(row, expected):
    read = [part for text in row for part in (found(text), left(text))]
    assert read == [part.strip() for part in expected.split("|")]


@pytest.mark.parametrize(
    ("text", "mentions", "ignored"),
    [
        # digits
        ("鹿城区城镇新增就业 0.70 万人。", "7000人", ""),
        ("培训0.57万人次，完成57.5%", "5700人次 57.5%", ""),
        ("1,000人，16,737 人次", "1000人 16737人次", ""),
        ("１６，７３７人次，６４％", "16737人次 64%", ""),
        ("3,5", "3* 5*", ""),
        ("12,3456人", "12* 3456人*", ""),
        ("16，737人次", "16737人次*", ""),
        ("10 000 人", "10000人*", ""),
        ("-5%，负3家", "5%* 3家*", ""),
        # scales
        ("3万5千人，1亿2千万人，2千3百户", "35000人 120000000人 2300户", ""),
        ("1万2人，1万2000人", "12000人 12000人", ""),
        ("1.2 亿件，100 万亩", "120000000件 1000000亩", ""),
        ("10千米、10 万千瓦、5百分点", "10千米 100000千瓦 5百分点", ""),
        ("3千5万人", "", "3千:code 5万:code"),
        # units
        ("计 3782 套(间), 200户（套）", "3782套 200户", ""),
        ("10 个 AED，新增AED10台", "10个 10台", ""),
        ("提高 5 个百分点，用时 5 个工作日", "5百分点 5工作日", ""),
        ("300㎡、2.5 km、5mm", "300㎡ 2.5km", "5:code"),
        ("候车 12 分钟，压缩到 3 天", "12分钟 3天", ""),
        ("7成，3成立", "7成 3", ""),
        # bounds and guesses
        ("约 800 个，近5家，超 3 万人", "800个* 5家* 30000人*", ""),
        ("20多万人，100余家，10来个", "200000人* 100家* 10个*", ""),
        ("50 家左右，80%以上，至少 5 名", "50家* 80%* 5名*", ""),
        ("签约 5 家，最近 3 家，剩余 4 座", "5家 3家 4座", ""),
        # Chinese numerals
        ("七条断头路已完工，三所学校", "7条 3所", ""),
        ("一百二十个，两千三百户，一百零五台", "120个 2300户 105台", ""),
        ("一万二千三百人，一万二人，两百五十户", "12300人 12000人 250户", ""),
        ("三点五万人，十二点五公里，二十多家", "35000人 12.5公里 20家*", ""),
        ("百分之六十四，百分之百，百分之64.5", "64% 100% 64.5%", ""),
        ("一个小学项目，新引进一家企业", "1个 1家", ""),
        # names
        ("上陡门十组团、二组团、三板桥、三垟", "", "十:name 二:name 三:name 三:name"),
        (
            "一院、四小、八一、三村、五马街道、万达",
            "",
            "一:name 四:name 八一:name 三:name 五:name 万:name",
        ),
        (
            "十四五、进一步、统一、一体、一批、一般",
            "",
            "十四五:name 一:name 一:name 一:name 一:name 一:name",
        ),
        ("一户一档、一人一策、三改一拆", "", "一:name 一:name 一:name 一:name 三:name 一:name"),
        ("一件事、一条龙、一家人、同一家、一个个", "", "一:name 一:name 一:name 一:name 一:name"),
        (
            "二次供水、三位一体、三个一批、千方百计",
            "",
            "二:name 三:name 一:name 三:name 一:name 千:name 百:name",
        ),
        # ranges and fractions
        ("3-5 家，3 至 5 家，10-20%", "", "3:range 5:range 3:range 5:range 10:range 20:range"),
        ("十几家，数十家，几百户，三至五家", "", "十:range 十:range 百:range 三:range 五:range"),
        ("七八个，近百家", "", "七八:name 百:name"),
        (
            "三分之二，6/10，1:3",
            "",
            "三:fraction 二:fraction 6:fraction 10:fraction 1:fraction 3:fraction",
        ),
        # dates, ages, durations
        ("新增 0-3 岁托位 400 个", "400个", "0:age 3:age"),
        ("4月、7月、10月3个时间节点", "3个", "4:date 7:date 10:date"),
        ("4、7、10月，1-6月", "", "4:date 7:date 10:date 1:date 6:date"),
        ("2023 年 6 月 30 日，7 月初", "", "2023:date 6:date 30:date 7:date"),
        (
            "2023-06-30，2023.6.30，8:30",
            "",
            "2023:date 06:date 30:date 2023.6.30:date 8:date 30:date",
        ),
        ("二〇二三年六月，三季度，2季度", "", "二〇二三:date 六:date 三:date 2:date"),
        ("3个月内建成5家，三年行动，2 个半小时", "5家", "3:duration 三:duration 2:duration"),
        ("24小时自助 5 座，15分钟生活圈，5天内", "5座", "24:duration 15:duration 5:duration"),
        # ordinals, list marks, codes, money
        (
            "第二批，第 3 期，第1-3批，2期工程",
            "",
            "二:ordinal 3:ordinal 1:ordinal 3:ordinal 2:ordinal",
        ),
        ("1. 已完工59个。 2. 推进；(3)5家", "59个 5家", "1:list_mark 2:list_mark 3:list_mark"),
        (
            "一、建成5家。\n（二）十家\n③3家",
            "5家 10家 3家",
            "一:list_mark 二:list_mark ③:list_mark",
        ),
        ("1.2023年完成5家", "5家", "1:list_mark 2023:date"),
        ("1.5万人", "15000人", ""),
        ("1.20个小区", "20个", "1:list_mark"),
        (
            "5G基站20个，G15，A1，PM2.5，12345热线",
            "20个",
            "5:code 15:code 1:code 2.5:code 12345:code",
        ),
        ("12号楼，3组团，104国道，1.2.3", "", "12:code 3:code 104:code 1.2.3:code"),
        ("1234567890123456，〔2023〕12号", "", "1234567890123456:code 2023:code 12:code"),
        (
            "90 万元，1.2亿元，5万余元，￥300，三百元",
            "",
            "90万:money 1.2亿:money 5万:money 300:money 三百:money",
        ),
        ("", "", ""),
    ],
)
def test_a_numeral_is_a_quantity_or_is_ignored_for_a_reason(text, mentions, ignored):
    assert (found(text), left(text)) == (mentions, ignored)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("约 800 个", Mention(800, "个", 2, 5, flags=frozenset({"approx"}))),
        ("新增０．７０ 万人", Mention(7000, "人", 2, 8)),
        ("完成率64％", Mention(64, "%", 3, 5, percent=True)),
        ("七条断头路", Mention(7, "条", 0, 1, flags=frozenset({"chinese_numeral"}))),
        ("百分之六十四", Mention(64, "%", 3, 6, True, frozenset({"chinese_numeral"}))),
        ("１，０００家", Mention(1000, "家", 0, 5)),
        ("1，000家", Mention(1000, "家", 0, 5, flags=frozenset({"separator"}))),
        ("-5家", Mention(5, "家", 1, 2, flags=frozenset({"signed"}))),
    ],
)
def test_a_mention_spans_the_numeral_and_its_multiplier_in_the_original(text, mention):
    assert scan(text).mentions == (mention,)


def test_a_whole_number_is_an_int_and_a_fraction_carries_no_noise():
    assert [repr(value) for value in numbers("0.57万人 1.1万人 2.5公里 0.1亿户")] == [
        "5700", "11000", "2.5", "10000000",
    ]  # fmt: skip


def test_folding_keeps_every_place():
    assert fold("１，０００　家：") == "1,000 家:"


# number styles that must not change what a row says


def rewrite(text: str, write) -> str:
    """The text with the numeral of each count rewritten."""
    for m in reversed(scan(text).mentions):
        if isinstance(m.value, int) and not m.percent and "chinese_numeral" not in m.flags:
            text = text[: m.start] + write(m.value) + text[m.end :]
    return text


def in_ten_thousands(value: int) -> str:
    return f"{value / 10_000:.4f}万" if value >= 1000 else str(value)


def in_chinese(value: int) -> str:
    if value >= 10_000:
        rest = value % 10_000
        return (
            in_chinese(value // 10_000)
            + "万"
            + ("零" if 0 < rest < 1000 else "")
            + (in_chinese(rest) if rest else "")
        )
    text = "".join(
        "零" if digit == "0" else "零一二三四五六七八九"[int(digit)] + unit
        for digit, unit in zip(f"{value:04}", ("千", "百", "十", ""), strict=True)
    )
    return re.sub("^一十", "十", re.sub("零+", "零", text).strip("零"))


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


STYLES = {
    "full-width": wide,
    "full-width digits": lambda text: re.sub("[0-9]", lambda m: wide(m.group()), text),
    "no spaces": lambda text: text.replace(" ", ""),
    "full-width spaces": lambda text: text.replace(" ", "\u3000"),
    "thousands": lambda text: rewrite(text, "{:,}".format),
    "full-width thousands": lambda text: wide(rewrite(text, "{:,}".format)),
    "wide comma": lambda text: rewrite(text, lambda value: f"{value:,}".replace(",", "，")),
    "ten thousands": lambda text: rewrite(text, in_ten_thousands),
    "Chinese": lambda text: rewrite(text, in_chinese),
    "about": lambda text: rewrite(text, "约{}".format),
    "more": lambda text: rewrite(text, "{}余".format),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_style_of_a_number_changes_no_value(text, style):
    said = [(m.value, m.unit) for m in scan(text).mentions]
    assert [(m.value, m.unit) for m in scan(style(text)).mentions] == said


def test_a_guess_is_flagged_in_every_row():
    for text, style in itertools.product(TEXTS, (STYLES["about"], STYLES["more"])):
        counts = [m for m in scan(style(text)).mentions if not m.percent]
        assert len(counts) == len([m for m in scan(text).mentions if not m.percent])
        assert all("approx" in m.flags or "chinese_numeral" in m.flags for m in counts)


def test_every_number_up_to_a_hundred_thousand_reads_the_same_in_characters():
    for value in [*range(1, 2000), *random.Random(1).sample(range(2000, 100_000), 2000)]:
        assert numbers(f"建成{in_chinese(value)}套") == (value,), in_chinese(value)


# properties

PIECES = [
    *"0123456789０１９一二三十百千万亿零两半几数%％.,，。、-~:/'第年月日岁元号期家个所组团约近余多() （A1Gm\n\t①¥"
]
prose = st.lists(
    st.sampled_from([*PIECES, "万元", "百分之", "分之", "小时", "个月", "2023", "1,000"]),
    max_size=40,
)


@given(prose.map("".join) | st.text(max_size=40))
def test_every_numeral_lands_exactly_once(text):
    result = scan(text)
    spans = sorted((s.start, s.end) for s in (*result.mentions, *result.ignored))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert {m.start() for m in re.finditer("[0-9０-９]", text)} <= covered


@given(prose.map("".join))
def test_what_is_found_is_in_order_and_a_number_with_a_known_reason(text):
    result = scan(text)
    assert [m.start for m in result.mentions] == sorted(m.start for m in result.mentions)
    assert all(type(m.value) in (int, float) and m.value >= 0 for m in result.mentions)
    assert {i.reason for i in result.ignored} <= REASONS


@given(st.text())
def test_folding_never_moves_a_character(text):
    assert len(fold(text)) == len(text)


@given(st.integers(0, 10**15 - 1))
def test_a_plain_number_is_read_as_it_stands(value):
    assert numbers(f"建成 {value} 个") == numbers(f"建成 {value:,} 个") == (value,)


def test_more_than_fifteen_digits_are_a_code():
    assert scan("9" * 20_000).ignored[0].reason == "code"
    assert {i.reason for i in scan(",".join(["999"] * 6)).ignored} == {"code"}


@pytest.mark.parametrize("piece", OF_A_SCAN)
def test_a_cell_of_one_piece_over_and_over_is_read_to_its_end(piece):
    text = repeated(piece, 40_000)
    scanned = scan(text)
    last = -1
    for mention in scanned.mentions:
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
