"""Slips of the hand over the real dataset: none crashes, hangs, or changes a number unseen.

An edit is either refused with a problem, or accepted with the same numbers, or accepted with a
finding that was not there before, or what it lost is named. Dates and thresholds have nothing in the file to be checked
against; they stand at the head and at the foot of every page, so a change of theirs is seen there.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

from minsheng import labels
from minsheng.dataset import schema
from minsheng.dataset.store import State, Store, _lost, _vanished
from minsheng.measuring import snapshot
from minsheng.model import Dataset, DatasetError, Problem

pytestmark = pytest.mark.slow

Mutation = Callable[[str, random.Random], str]
ROOT = Path(__file__).parents[2]
FILES = {
    "one period": ROOT / "data" / "projects.yaml",
    "four periods": ROOT / "tests" / "data" / "four-periods.yaml",
}
EDITS = 220  # of each kind, of each file: 5,280 in all


def char_dropped(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def chars_swapped(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) - 1)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def char_doubled(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at] + text[at:]


def line_indented(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    line = lines[at]
    lines[at] = chance.choice(
        [" " + line, "  " + line, line[1:], line[2:], "\t" + line, "　" + line]
    )
    return "\n".join(lines)


def key_renamed(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.choice([n for n, line in enumerate(lines) if ":" in line and "#" not in line])
    key, _, rest = lines[at].partition(":")
    renamed = key[:-1] + chance.choice(["x", "", key[-1:].upper(), "：", " s"])
    lines[at] = f"{renamed}:{rest}"
    return "\n".join(lines)


def value_retyped(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.choice([n for n, line in enumerate(lines) if ": " in line and "#" not in line])
    key, _, value = lines[at].partition(": ")
    new = [f'"{value}"', f"[{value}]", f"{value}.0", f"{value}0", f"-{value}", "", "yes", "1e9"]
    lines[at] = f"{key}: {chance.choice([*new, value.translate(FULL_WIDTH)])}"
    return "\n".join(lines)


FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in '0123456789,:[]{}"%'}


def digit_changed(text: str, chance: random.Random) -> str:
    at = chance.choice([n for n, char in enumerate(text) if char.isdigit()])
    return text[:at] + chance.choice("0123456789") + text[at + 1 :]


def line_dropped(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def lines_dropped(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    del lines[at : at + chance.randrange(2, 12)]
    return "\n".join(lines)


def lines_doubled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join(
        lines[: at + (end := chance.randrange(1, 9))] + lines[at : at + end] + lines[at + end :]
    )


def cut_short(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text))]


def remark_begun(text: str, chance: random.Random) -> str:
    """A # that a hand put somewhere: before a word, in the middle of one, in front of a line."""
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(["#", " #", " # ", "  # "]) + text[at:]


KINDS = [
    char_dropped, chars_swapped, char_doubled, digit_changed, line_indented, key_renamed,
    value_retyped, line_dropped, lines_dropped, lines_doubled, cut_short, remark_begun,
]  # fmt: skip


def numbers(dataset: Dataset) -> list[object]:
    """Every number of the dataset that a figure is made of."""
    return [
        (
            project.id,
            [(i.name, i.target, i.part_of, i.at_most) for i in project.indicators],
            [(m.by, m.share) for m in project.milestones],
            [
                (period, name, r.done, r.claimed, r.claimed_of, r.underway, r.declared, r.target,
                 sorted(r.stages.values()))
                for period, report in project.reports.items()
                for name, r in report.readings.items()
            ],
        )
        for project in dataset.projects
    ]  # fmt: skip


def shown_on_every_page(dataset: Dataset) -> tuple[object, ...]:
    shot = snapshot.at(dataset)
    foot = labels.foot(shot.period.as_of, dataset.thresholds, "")
    return foot, shot.elapsed


def found(dataset: Dataset) -> set[tuple[str, ...]]:
    """In every period: each has its page, and its findings there."""
    return {
        (period.id, f.code, f.project, f.message)
        for period in dataset.periods
        for f in snapshot.at(dataset, period.id).findings
    }


@pytest.fixture(scope="module", params=FILES.values(), ids=FILES)
def base(request) -> State:
    return Store(request.param).current()


@pytest.mark.parametrize("mutate", KINDS, ids=lambda kind: kind.__name__)
def test_no_slip_of_the_hand_changes_a_number_unseen(base: State, mutate: Mutation):
    """What vanished against the last good version is named on every page too."""
    assert base.document is not None
    text, before = base.document.text, base.document.dataset
    was, known, shown = numbers(before), found(before), shown_on_every_page(before)
    chance = random.Random(f"{mutate.__name__} {base.path.name}")
    named: list[tuple[Problem, ...]] = []
    unseen = []
    for _ in range(EDITS):
        edited = mutate(text, chance)
        try:
            document = schema.loads(edited.encode())
        except DatasetError as error:
            named.append(error.problems)
            continue
        after = document.dataset
        if numbers(after) == was or shown_on_every_page(after) != shown:
            continue
        if not (found(after) - known or _vanished(base, document) or _lost(base, document)):
            unseen.append(list(unified_diff(text.split("\n"), edited.split("\n"), n=0)))
    assert unseen == []
    assert all(named)
    assert all(p.message and p.line >= 1 and p.column >= 1 for each in named for p in each)
    assert len(named) > EDITS / 10
