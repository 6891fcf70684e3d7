"""Folders of lists that nobody promised: as many places as are wanted, always the same ones."""

from __future__ import annotations

import random
from collections.abc import Iterator

from minsheng.lists import codes

CATEGORIES = (
    "幼有所育", "学有所教", "劳有所获", "病有所医", "老有所养",
    "住有所居", "居有所安", "弱有所扶", "食有所依", "行有所畅",
)  # fmt: skip
NOUNS = ("食堂", "公园", "学校", "电梯", "床位", "停车位", "公厕", "驿站", "步道", "书房")
LEADS = ("区民政局", "区住建局", "区教育局", "区城管局", "区卫健局")
WENZHOU = "330300"


def places(count: int) -> list[codes.Division]:
    """Counties: those of 温州市 first, then all others by code."""
    known = [each for each in codes.divisions().values() if each.level == "county"]
    own = [each for each in known if each.parent == WENZHOU]
    return [*own, *(each for each in known if each.parent != WENZHOU)][:count]


def text(place: codes.Division, year: int = 2023, silent: bool = False, projects: int = 20) -> str:
    """A list with two periods, of which a silent place has reported the first only."""
    chance = random.Random(place.code)
    pace = chance.uniform(0.2, 0.8)
    return "".join(_lines(place, year, silent, projects, pace, chance))


def _lines(
    place: codes.Division,
    year: int,
    silent: bool,
    projects: int,
    pace: float,
    chance: random.Random,
) -> Iterator[str]:
    yield (
        f"version: 1\ntitle: {year} 年{place.name}民生实事项目进展表\nplace: {place.name}\n"
        f"plan: {{start: {year}-01-01, end: {year}-12-31}}\nperiods:\n"
        f"  - {{id: {year}Q1, label: 一季度, as_of: {year}-03-31}}\n"
    )
    if not silent:
        yield f"  - {{id: {year}H1, label: 半年度, as_of: {year}-06-30}}\n"
    yield "projects:\n"
    for at in range(projects):
        category, noun = at % len(CATEGORIES), NOUNS[(at * 3) % len(NOUNS)]
        target = chance.randint(10, 900)
        first = round(target * pace * chance.uniform(0.2, 0.6))
        second = min(round(target * 1.1), first + round(target * pace * chance.uniform(0, 0.9)))
        yield (
            f'  - id: "{category + 1}.{at // len(CATEGORIES) + 1}"\n'
            f"    category: {CATEGORIES[category]}\n    content: 新建{noun}{target}个。\n"
            f"    leads: [{chance.choice(LEADS)}]\n"
            f"    indicators: [{{name: {noun}, target: {target}, unit: 个, counts: 建成}}]\n"
            "    reports:\n"
        )
        told = [(f"{year}Q1", first)] if silent else [(f"{year}Q1", first), (f"{year}H1", second)]
        for period, done in told:
            said = f"已建成{done}个"
            yield (
                f"      {period}:\n        text: {said}。\n"
                f"        readings: {{{noun}: {{done: {done}, quotes: [{said}]}}}}\n"
            )


def folder(count: int, silent: int = 0, broken: int = 0) -> dict[str, str]:
    """The files by their place in the folder; the first are silent, the last are no datasets."""
    found = {}
    for at, place in enumerate(places(count)):
        is_broken = at >= count - broken
        found[f"{place.code}/2023.yaml"] = (
            "version: 1\n" if is_broken else text(place, silent=at < silent)
        )
    return found
