"""Slips of the hand over the real dataset: none crashes, hangs, or changes a number unseen.

An edit is either refused with a problem, or accepted with the same numbers, or accepted with a
finding that was not there before. Dates and thresholds have nothing in the file to be checked
against; they stand at the head and at the foot of every page, so a change of theirs is seen there.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from minsheng import labels
from minsheng.dataset import schema
from minsheng.measuring import snapshot
from minsheng.model import Dataset, DatasetError, Problem

pytestmark = pytest.mark.slow

TEXT = (Path(__file__).parents[2] / "data" / "projects.yaml").read_text(encoding="utf-8")
EDITS = 400  # of each kind


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
KINDS = [char_dropped, chars_swapped, char_doubled, line_indented, key_renamed, value_retyped]


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


def found(dataset: Dataset) -> set[tuple[str, str, str]]:
    return {(f.code, f.project, f.message) for f in snapshot.at(dataset).findings}


BASE = schema.loads(TEXT.encode()).dataset
BASE_NUMBERS, BASE_FOUND, BASE_SHOWN = numbers(BASE), found(BASE), shown_on_every_page(BASE)


@pytest.mark.parametrize("mutate", KINDS, ids=lambda kind: kind.__name__)
def test_no_slip_of_the_hand_changes_a_number_unseen(mutate: Callable[[str, random.Random], str]):
    chance = random.Random(mutate.__name__)
    refused = unseen = 0
    named: list[tuple[Problem, ...]] = []
    for _ in range(EDITS):
        text = mutate(TEXT, chance)
        try:
            dataset = schema.loads(text.encode()).dataset
        except DatasetError as error:
            refused += 1
            named.append(error.problems)
            continue
        if numbers(dataset) == BASE_NUMBERS or shown_on_every_page(dataset) != BASE_SHOWN:
            continue
        if not found(dataset) - BASE_FOUND:
            unseen += 1
            print(*(line for line in text.split("\n") if line not in TEXT.split("\n")))
    assert unseen == 0
    assert all(named)
    assert all(p.message and p.line >= 1 and p.column >= 1 for each in named for p in each)
    assert refused > EDITS / 10
