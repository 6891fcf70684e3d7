from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from minsheng.text import FLAGS, numbers, propose, targets

ROOT = Path(__file__).parent.parent
PROJECTS = yaml.safe_load((ROOT / "data" / "projects.yaml").read_text(encoding="utf-8"))["projects"]
SEED = [
    (project["content"], report["text"], project["indicators"], report["readings"])
    for project in PROJECTS
    for report in project["reports"].values()
]


@pytest.mark.parametrize(("content", "indicators"), [(c, i) for c, _, i, _ in SEED])
def test_every_target_of_the_seed_is_read(content, indicators):
    wanted = [(i["name"], i["target"], i["unit"], i.get("part_of")) for i in indicators]
    assert [(t.name, t.target, t.unit, t.part_of) for t in targets(content)] == wanted


def test_figures_of_the_seed_are_right_or_empty_and_flagged():
    right = 0
    for content, text, indicators, readings in SEED:
        for indicator, proposal in zip(indicators, propose(content, text), strict=True):
            if proposal.done is None:
                assert proposal.flags
            else:
                assert proposal.done == readings[indicator["name"]].get("done")
                right += 1
    assert right >= 24


@pytest.mark.parametrize(("content", "text"), [(c, t) for c, t, _, _ in SEED])
def test_quotes_are_the_words_and_add_up(content, text):
    for proposal in propose(content, text):
        assert all(quote in text for quote in proposal.quotes)
        if proposal.quotes:
            assert sum(n for q in proposal.quotes for n in numbers(q)) == proposal.done
        assert proposal.flags <= set(FLAGS)
