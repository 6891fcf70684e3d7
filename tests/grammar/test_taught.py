"""Rows of every kind in which a figure is told, with their near misses (kinds K1-K17 of issue 10).

`data/rows_taught.jsonl` holds content, progress and what a careful reader reads; a figure is
right, empty, wrong with a flag, or wrong in silence, and the last must not happen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from minsheng.grammar import Proposal, proposals, propose, targets

DATA = Path(__file__).parents[1] / "data"
# These say how a figure is written; only the rest ask whether it is right.
OF_MANNER = proposals.OF_MANNER
# A figure of these rows must not stand without a flag, right or wrong.
NEVER_SILENT = "K1 bare echo", "K12 near miss", "K13 sum", "K14 cell", "K16 bare number"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


TAUGHT = rows("rows_taught.jsonl")


@dataclass(frozen=True)
class Read:
    """One target of a row: what was proposed and what should be."""

    row: dict
    proposal: Proposal
    wanted: float | None
    forbidden: tuple[float, ...]

    @property
    def asks(self) -> bool:
        return bool(self.proposal.flags - OF_MANNER)

    @property
    def outcome(self) -> str:
        done = self.proposal.done
        if done is None:
            return "empty"
        if done == self.wanted:
            return "right"
        allowed = self.wanted is None and self.asks
        if allowed and done == 0 and self.row["status"] == "preparing":
            return "zero, flagged"
        return "wrong, flagged" if self.asks else "WRONG, SILENT"

    @property
    def tier(self) -> str:
        return self.proposal.why.tier or "none"


def read(rows: list[dict]) -> Iterator[Read]:
    for row in rows:
        free = list(propose(row["content"], row["progress"]))
        for target, headline in zip(row["targets"], row["headline"], strict=True):
            mine = next(p for p in free if p.target == target["value"])
            free.remove(mine)
            yield Read(row, mine, headline["value"], tuple(headline["must_not"]))


def printed(name: str, found: list[Read]) -> Counter[str]:
    """Counts of outcomes; printed with precision and recall by tier."""
    outcomes = Counter(each.outcome for each in found)
    there = sum(each.wanted is not None for each in found)
    lines = [f"\n{name}: {len(found)} targets, {there} figures, {dict(outcomes)}"]
    for tier in ("said", "told", "noun", "none"):
        mine = [each for each in found if each.tier == tier and each.proposal.done is not None]
        right = sum(each.outcome == "right" for each in mine)
        flagged = sum(each.asks for each in mine)
        lines.append(
            f"{tier:6} precision {right}/{len(mine)}, recall {right}/{there}, flagged {flagged}"
        )
    print("\n".join(lines))
    return outcomes


@pytest.mark.parametrize("row", TAUGHT, ids=lambda row: row["id"])
def test_every_target_of_the_taught_rows_is_read(row):
    found = [(each.target, each.unit) for each in targets(row["content"])]
    assert found == [(each["value"], each["unit"]) for each in row["targets"]]


def test_nine_tenths_of_the_taught_figures_are_right_and_none_is_wrong_in_silence(capsys):
    found = list(read(TAUGHT))
    with capsys.disabled():
        outcomes = printed("taught", found)
    there = sum(each.wanted is not None for each in found)
    assert outcomes["right"] >= 0.9 * there
    assert outcomes["WRONG, SILENT"] == 0
    assert outcomes["wrong, flagged"] <= 0.02 * len(found)


def test_no_forbidden_number_is_proposed():
    taken = [
        (each.row["id"], each.proposal.done)
        for each in read(TAUGHT)
        if each.proposal.done in each.forbidden
    ]
    assert taken == []


@pytest.mark.parametrize("style", NEVER_SILENT)
def test_a_figure_of_these_kinds_always_has_a_flag(style):
    found = [each for each in read(TAUGHT) if each.row["style"] == style]
    assert found
    assert [e.row["id"] for e in found if e.proposal.done is not None and not e.asks] == []


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("翻修戏台 36 座。", "翻修戏台 29 座。"),
        ("新建观景台 9 座", "观景台已建成 7 处。"),
        ("扶持手艺人 230 名", "215 名。"),
        ("新建冰场 5 片", "3 片在平整场地，1 片完工，1 片已开放。"),
        ("新开通摆渡线 9 条", "已开通 4 条，8 月又开通 3 条。"),
        ("加装电梯 60 台", "已签约 30 台，完工 20 台。"),
        ("新建公厕 15 座", "15 座公厕基本建成。"),
        ("新增学位 3600 个", "已提供学位 1800 个。"),
        ("为老人办理津贴 1000 人", "已办结 700 人。"),
        ("新建充电桩 500 个", "已建成 300 个，国网公司也已建成。"),
        ("新改建公厕 25 座", "已新建公厕 12 座，改建公厕 9 座。"),
    ],
)
def test_what_is_akin_bare_summed_or_beside_another_is_never_silent(content, text):
    for proposal in propose(content, text):
        assert proposal.flags - OF_MANNER


def test_a_tie_leaves_the_field_empty_and_offers_both():
    (proposal,) = propose("新建充电桩 500 个。", "8 个村建成 100 个、城区建成 200 个。")
    assert proposal.done is None
    assert {each.value for each in proposal.candidates} == {100, 200}


def test_every_figure_says_why():
    found = [e for e in read(TAUGHT) if e.proposal.quotes and e.tier != "none"]
    assert found
    assert {each.proposal.why.tier for each in found} <= {"said", "told", "noun"}


def test_what_was_met_and_what_was_excluded_can_be_told():
    (proposal,) = propose("改造老旧锅炉房 33 座", "锅炉房改造完成 27 座，另有 3 座正在招标。")
    assert (proposal.why.tier, proposal.why.met) == ("said", "锅炉房")
    assert [(e.value, reason) for e, reason in proposal.why.excluded] == [(3, "preparing")]


INVENTED = [
    tuple(map(str.strip, line.split("|")))
    for line in (DATA / "rows_invented.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_of_invented_rows_nine_tenths_are_right_and_none_is_wrong_in_silence():
    found = [
        (proposal, None if figure == "-" else float(figure), text)
        for content, text, figures in INVENTED
        for proposal, figure in zip(propose(content, text), figures.split(), strict=True)
    ]
    silent = [
        (text, proposal.done)
        for proposal, wanted, text in found
        if proposal.done not in {None, wanted} and not proposal.asks
    ]
    assert silent == []
    there = sum(wanted is not None for _, wanted, _ in found)
    right = sum(wanted is not None and proposal.done == wanted for proposal, wanted, _ in found)
    assert right >= 0.9 * there
