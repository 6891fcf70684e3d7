"""Proposals against the seed, and against rows in the manner of other districts' tables.

`data/rows_*.yaml` hold content, progress and what a careful reader reads. A wrong figure without a
flag that asks for a person is the one fault that must not happen."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.limits import OF_A_PROPOSAL, repeated
from minsheng.grammar import FLAGS, Proposal, numbers, propose, scan, targets

ROOT = Path(__file__).parents[2]
PROJECTS = yaml.safe_load((ROOT / "data" / "projects.yaml").read_text(encoding="utf-8"))["projects"]
SEED = [
    (project["content"], report["text"], project["indicators"], report["readings"])
    for project in PROJECTS
    for report in project["reports"].values()
]
TABLES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests" / "data").glob("rows_*.yaml"))
}
ROWS = [row for rows in TABLES.values() for row in rows]
BOTH = [(c, t) for c, t, _, _ in SEED] + [(row["content"], row["progress"]) for row in ROWS]
# These say how a figure is written or what else is odd; only the rest ask whether it is right.
OF_MANNER = {"approx", "chinese_numeral", "parts_exceed_target"}
ROLES = ("done", "claimed", "claimed_of", "underway", "preparing", "declared", "at_most")


def asks(proposal: Proposal) -> bool:
    return bool(proposal.flags - OF_MANNER)


def expected() -> dict[str, list[tuple[str, Proposal, dict]]]:
    """By table, every indicator with what it should be read as."""
    found: dict[str, list[tuple[str, Proposal, dict]]] = {"seed": []}
    for content, text, indicators, readings in SEED:
        for indicator, proposal in zip(indicators, propose(content, text), strict=True):
            found["seed"].append((text, proposal, indicator | readings[indicator["name"]]))
    for table, rows in TABLES.items():
        found[table] = [
            (row["progress"], proposal, indicator)
            for row in rows
            for indicator, proposal in zip(
                row["indicators"], propose(row["content"], row["progress"]), strict=True
            )
        ]
    return found


def test_at_least_80_rows_and_half_of_them_were_written_after_the_freeze():
    assert len(ROWS) >= 80
    assert len(TABLES["rows_after"]) >= len(TABLES["rows_before"])
    assert len({(row["content"], row["progress"]) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("content", "indicators"), [(c, i) for c, _, i, _ in SEED])
def test_every_target_of_the_seed_is_read(content, indicators):
    wanted = [(i["name"], i["target"], i["unit"], i.get("part_of")) for i in indicators]
    assert [(t.name, t.target, t.unit, t.part_of) for t in targets(content)] == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["content"])
def test_every_target_of_the_rows_is_read(row):
    found = targets(row["content"])
    wanted = [(i["target"], i["unit"], i.get("at_most", False)) for i in row["indicators"]]
    assert [(t.target, t.unit, t.at_most) for t in found] == wanted
    parts = [i.get("part", False) for i in row["indicators"]]
    assert [t.part_of is not None for t in found] == parts
    assert len({t.name for t in found}) == len(found)


def test_at_least_24_figures_of_the_seed_are_right_and_none_is_wrong():
    right = 0
    for content, text, indicators, readings in SEED:
        for indicator, proposal in zip(indicators, propose(content, text), strict=True):
            wanted = readings[indicator["name"]]
            if proposal.done is not None:
                assert proposal.done == wanted.get("done")
                right += bool(proposal.quotes)
            assert proposal.declared == wanted.get("declared", False)
            assert proposal.claimed == wanted.get("claimed")
            assert proposal.claimed_of == wanted.get("claimed_of")
            assert ("approx" in proposal.flags) == wanted.get("approx", False)
    assert right >= 24


@pytest.mark.parametrize("role", ["done", "claimed", "claimed_of", "underway"])
def test_no_wrong_figure_is_silent(role):
    """A stage that the reader notes among the stages is not wrong as what is under way."""
    silent = [
        (text, proposal)
        for table in expected().values()
        for text, proposal, wanted in table
        if getattr(proposal, role) not in {None, wanted.get(role)}
        and not (role == "underway" and proposal.underway in wanted.get("stages", {}).values())
        and not asks(proposal)
    ]
    assert silent == []


@pytest.mark.parametrize(
    "text",
    [
        "建成充电桩 300 个？",
        "建成充电桩 300 个左右，具体数字待核。",
        "已建成充电桩 300 个。具体数据待核实",
        "已建成 300 个（？）充电桩。",
        "已建成充电桩约 300 个，以上为暂估。",
        "已全部完成？",
    ],
)
def test_a_report_that_doubts_itself_gives_no_figure(text):
    (proposal,) = propose("建成充电桩 1000 个。", text)
    assert proposal.done is None
    assert not proposal.declared
    assert asks(proposal)


def test_what_waits_for_approval_is_no_doubt():
    (proposal,) = propose("建成充电桩 1000 个。", "已建成充电桩 300 个，另 20 个待核准。")
    assert (proposal.done, proposal.flags) == (300, frozenset())


def test_a_bound_on_a_time_is_a_target_and_a_time_beside_another_is_none():
    (waiting,) = targets("公交平均候车时间压缩至 8 分钟以内。")
    assert (waiting.target, waiting.unit, waiting.at_most) == (8, "分钟", True)
    assert [t.unit for t in targets("打造 15 分钟生活圈 3 个，5 天内办结。")] == ["个"]


def test_people_before_a_comma_are_a_target_and_places_are_none():
    assert [t.target for t in targets("为 260 名残疾人适配辅具，改造住房 120 户。")] == [260, 120]
    assert [t.target for t in targets("在 20 个小区，新增充电桩 200 个。")] == [200]


TRAPS = [
    tuple(map(str.strip, line.split("|")))
    for line in (ROOT / "tests" / "data" / "traps.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("content", "text", "figures"), TRAPS)
def test_a_deceiving_sentence_gives_no_silent_figure(content, text, figures):
    proposals = propose(content, text)
    for proposal, allowed in zip(proposals, figures.split(), strict=True):
        check(proposal, text)
        if not asks(proposal):
            assert str(proposal.done) == allowed
        assert not (proposal.declared and proposal.done is not None)


# What is read at least, as shares of the figures that the words give.
RECALL = {"seed": 0.9, "rows_before": 0.95, "rows_after": 0.9}


def test_precision_and_recall_by_role_are_good(capsys):
    for table, pairs in expected().items():
        right, proposed, there = Counter(), Counter(), Counter()
        for _, proposal, wanted in pairs:
            for role in ROLES:
                is_, should = getattr(proposal, role), wanted.get(role)
                # False and absent say the same; a figure of 0 is a figure
                is_, should = (None if value is False else value for value in (is_, should))
                proposed[role] += is_ is not None
                there[role] += should is not None
                right[role] += is_ is not None and is_ == should
        with capsys.disabled():
            print(f"\n{table}: {len(pairs)} indicators")
            for role in ROLES:
                print(
                    f"{role:12}"
                    f" precision {share(right[role], proposed[role])}"
                    f" recall {share(right[role], there[role])}"
                )
        assert right["done"] >= 0.9 * proposed["done"], "most flagged figures are right too"
        assert right["done"] >= RECALL[table] * there["done"]
        if table != "rows_after":
            assert right["claimed"] >= 0.9 * max(proposed["claimed"], there["claimed"])


def share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%} ({part}/{whole})" if whole else "    --"


@pytest.mark.parametrize(("content", "text"), BOTH)
def test_a_proposal_is_traceable_and_an_empty_one_is_flagged(content, text):
    for proposal in propose(content, text):
        check(proposal, text)


def check(proposal: Proposal, text: str) -> None:
    assert all(quote in text for quote in proposal.quotes)
    if proposal.done is None:
        assert proposal.flags
        assert not proposal.quotes
    elif proposal.done or proposal.quotes:
        total = sum(number for quote in proposal.quotes for number in numbers(quote))
        assert total == pytest.approx(proposal.done)
    else:
        assert "other_event" in proposal.flags, "0 is never proposed in silence"
    assert proposal.flags <= set(FLAGS)


def respelled(text: str, spell) -> str:
    """The text with every count spelled anew; dates, names, percents and vague ones stay."""
    parts, at = [], 0
    for mention in scan(text).mentions:
        plain = mention.unit and not mention.percent and not mention.flags
        new = spell(mention.value) if plain else None
        if new is not None:
            parts += [text[at : mention.start], new]
            at = mention.end
    return "".join(parts) + text[at:]


def in_ten_thousands(value: float) -> str | None:
    whole = isinstance(value, int) and value >= 1000 and value % 10 == 0
    return f"{value / 10_000:.3f}".rstrip("0").rstrip(".") + " 万" if whole else None


def in_characters(value: float) -> str | None:
    if not isinstance(value, int) or not 0 < value < 10_000:
        return None
    digits, text = "零一二三四五六七八九", ""
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            text += digits[digit] + word
        elif text and value % scale:
            text += "" if text.endswith("零") else "零"
    return text


WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
SPELLINGS = {
    "full-width": lambda value: str(value).translate(WIDE),
    "thousands": lambda value: f"{value:,}" if isinstance(value, int) else None,
    "ten thousands": in_ten_thousands,
    "about": lambda value: f"约 {value}",
    "more than": lambda value: f"{value} 余" if isinstance(value, int) else None,
    "characters": in_characters,
}
# A character numeral counts only before some measure words (`measures`), and not after all words.
EITHER_WAY = {"座", "套", "家", "所", "处", "条", "户", "台", "个"}


@pytest.mark.parametrize("style", SPELLINGS)
def test_the_spelling_of_numbers_changes_no_proposal(style):
    changed = 0
    for content, text in BOTH:
        spell = SPELLINGS[style]
        new = respelled(text, spell)
        if style == "characters":
            scanned = [(m.value, m.unit) for m in scan(text).mentions]
            if [(m.value, m.unit) for m in scan(new).mentions] != scanned:
                continue  # read as a name: 三所学校 is a count, 三板桥 is not
        changed += new != text
        for old, got in zip(propose(content, text), propose(content, new), strict=True):
            assert figures(got) == figures(old), new
    assert changed >= 3


def figures(proposal: Proposal) -> tuple:
    return (
        proposal.done,
        proposal.claimed,
        proposal.claimed_of,
        proposal.underway,
        proposal.declared,
        proposal.preparing,
        sorted(proposal.stages.values()),
        proposal.flags - {"approx", "chinese_numeral"},
    )


WORDS = (
    "已完成|完工|3 个|12 个|5 家|共|其中|正在施工|未|剩余|计划|、|，|。|（|）|小区|停车位|学校|65%|完成率|招标|投用|"
    "开工|分别|累计|去年|第二批|均已|等|约 800 个|七条|0.7 万人|的|7 月|2023 年|8/10|-3 个|16,737 人次|"
)
CONTENTS = [content for content, _ in BOTH]


@given(
    st.sampled_from(CONTENTS),
    st.lists(st.sampled_from(WORDS.split("|")), max_size=20).map("".join) | st.text(max_size=60),
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_traceable_proposals(content, text):
    for proposal in propose(content, text):
        check(proposal, text)


@given(st.lists(st.sampled_from(WORDS.split("|")), max_size=20).map("".join) | st.text())
@settings(max_examples=200, deadline=None)
def test_any_promise_gives_targets_with_names_of_their_own(content):
    found = targets(content)
    assert len({target.name for target in found}) == len(found)
    assert all(target.target > 0 and target.unit and target.name for target in found)


@pytest.mark.parametrize("piece", OF_A_PROPOSAL)
def test_a_cell_of_one_piece_over_and_over_is_read_to_its_end(piece):
    text = repeated(piece, 16_000)
    for proposal in propose("建成停车位 5000 个（其中公共停车位 1000 个）。", text):
        check(proposal, text)
    for proposal in propose(text, "已完成 5 个"):
        check(proposal, "已完成 5 个")


def calls(content: str, text: str) -> int:
    """How many functions are called, in Python and in C: the same in every run."""
    made = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        propose(content, text)
    finally:
        sys.setprofile(None)
    return made


MORE = ("10 个：", "又建成 3 个，", "公共停车位 1000 个，", "12 9 21 ")


@pytest.mark.parametrize("piece", [*OF_A_PROPOSAL, *MORE])
@pytest.mark.parametrize("side", ["content", "progress"])
def test_work_is_linear_in_the_length(piece, side):
    content = "建成停车位 5000 个（其中公共停车位 1000 个）。"
    short, long = (
        calls(*((content, text) if side == "progress" else (text, "已完成 5 个")))
        for text in ((piece * length)[:length] for length in (4_000, 16_000))
    )
    assert long < 5 * short, "four times the text takes about four times as many calls"


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("完成投资600万元，占年度计划50%。", None),
        ("已完成投资600万元，完成率50%。", None),
        ("已建成150个，完成投资600万元，占年度计划50%。", None),
        ("已建成150个，占年度计划50%，完成投资600万元。", 50),
        ("总投资1200万元，工程进度50%。", 50),
        ("完成投资600万元。总体进度50%。", 50),
    ],
)
def test_the_share_of_a_sum_is_no_claim_unless_it_is_said_to_be_of_the_works(text, claimed):
    (only,) = propose("新建停车位300个。", text)
    assert only.claimed == claimed
