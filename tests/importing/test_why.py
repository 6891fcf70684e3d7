"""Why a figure was taken, as a sentence for the person who confirms it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minsheng.grammar import propose
from minsheng.grammar.facts import OUT
from minsheng.importing.report import why
from minsheng.labels import importing as say


@pytest.mark.parametrize(
    ("content", "text", "sentence"),
    [
        (
            "改造老旧锅炉房 33 座",
            "锅炉房改造完成 27 座，另有 3 座正在招标。",
            "取“锅炉房改造完成 27 座”：原文说已经做成，与承诺都有“锅炉房”；"
            "“另有 3 座正在招标”只是前期工作，不取。",
        ),
        (
            "新建避风锚地 6 处",
            "全市累计建成避风锚地 58 处，其中今年新建避风锚地 5 处。",
            "取“其中今年新建避风锚地 5 处”：原文重说了承诺的事，没有“已”“完成”，"
            "与承诺都有“避风锚地”，它说的是承诺的时段；"
            "另有“全市累计建成避风锚地 58 处”也可能算数。",
        ),
        ("新建公厕 15 座", "正在选址。", "没有取数。"),
    ],
)
def test_the_reason_names_what_was_taken_and_what_was_not(content, text, sentence):
    (proposal,) = propose(content, text)
    assert why(proposal) == sentence


def test_every_reason_and_rule_of_the_grammar_has_words():
    grammar = Path(say.__file__).parents[1] / "grammar"
    choose = (grammar / "choose.py").read_text(encoding="utf-8")
    rules = set(re.findall(r'(?:, |\(|rule=)"([a-z]+)"(?:,|\)| if|$)', choose, re.M))
    assert set(OUT) <= set(say.REASONS)
    assert {"percent", "total", "sum", "stages", "kinds"} <= set(say.CHOICES)
    assert {"time", "nested", "nearer"} <= rules & set(say.CHOICES)
