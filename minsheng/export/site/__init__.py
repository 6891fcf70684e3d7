"""Snapshot → the pages that the public reads, and the index of many lists: static files for any web
server or a disk, made of the same parts as the one-file page.

Of a list there are an overview, a page for each category and for the departments, and the projects
with what the departments wrote. Claims and findings have pages where that was asked for; else
claims are left out of every figure but of those that rest on them. A page that would grow beyond
`LIMIT` is several.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from minsheng import labels
from minsheng.charts import claims
from minsheng.export.page import parts
from minsheng.export.page.parts import BEGIN, Place, asset, plotly
from minsheng.labels import page as words
from minsheng.labels import places as places_words
from minsheng.lists import amounts, codes
from minsheng.lists.amounts import Identity
from minsheng.measuring import leaderboard, snapshot
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light
from minsheng.printed import percent

LIMIT = 190_000  # bytes of a page, without what it shares with all others
MOST_CARDS = 30  # of what lags, on the overview
MANY = 300  # lists, from which on each province has an index of its own
# On a disk no address is of the page's own origin, and `file:` names nothing on a server.
_POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Entry:
    """What the index says of a list. `address` leads there from the index; `lights` are counts."""

    whose: Identity
    year: int
    address: str
    title: str
    period: str
    completion: str
    lights: Mapping[str, int]
    broken: bool = False


def entry(shot: Snapshot, whose: Identity, address: str) -> Entry:
    return Entry(
        whose,
        shot.dataset.plan.start.year,
        address,
        shot.dataset.title,
        f"{shot.period.label} · {labels.date(shot.period.as_of)}",
        percent(shot.completion),
        {light.value: count for light, count in shot.lights.items() if count},
    )


@cache
def version() -> str:
    """Twelve hex digits of everything that decides about a page: the program's own files."""
    return amounts.digest(_own(files("minsheng"), ""))


def _own(part: Traversable, name: str) -> Iterator[str]:
    for each in sorted(part.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _own(each, f"{name}{each.name}/")
        elif each.name.endswith((".py", ".html", ".css", ".js", ".csv")):
            yield f"{name}{each.name}"


def assets() -> dict[str, bytes]:
    """What all pages share, by name."""
    made = {
        "begin.js": BEGIN,
        "page.css": parts.style(),
        "page.js": asset("page.js"),
        "plotly.js": plotly(),
    }
    return {name: text.encode() for name, text in made.items()}


def pages(shot: Snapshot, shared: str, up: str, with_findings: bool) -> dict[str, bytes]:
    """The pages of a list by name; `shared` and `up` lead to the folder of `assets()` and to the
    index, from where the pages lie; `up` is empty where there is none."""
    return _List(shot if with_findings else snapshot.without_claims(shot), shared, up).pages(
        with_findings
    )


class _List:
    """The pages of one list, which lead to each other."""

    def __init__(self, shot: Snapshot, shared: str, up: str) -> None:
        self._shot, self._shared, self._up = shot, shared, up
        self._where: dict[str, str] = {}
        self._menu: dict[str, str] = {}
        self._categories = {
            number: f"category-{at}" for at, number in enumerate(shot.categories, 1)
        }

    def pages(self, with_findings: bool) -> dict[str, bytes]:
        shot = self._shot
        self._menu = {
            f"{name}.html": said
            for name, said in words.PAGES.items()
            if with_findings or name not in ("claims", "findings")
        }
        made = self._split("projects", list(shot.rows.items()), self._projects)
        # What stands where is known now, and the other pages lead there.
        for name, (chunk, _) in made.items():
            self._where |= {key: f"{name}#p-{key}" for key, _ in chunk}
        done = {name: data for name, (_, data) in made.items()}
        for number, name in self._categories.items():
            rows = parts.of_category(shot, number)
            done |= self._whole(name, rows, lambda *chunk, n=number: self._category(n, *chunk))
        order = leaderboard.worst_first(shot.departments)
        done |= self._whole("departments", order, self._departments)
        if with_findings:
            widest = list(dict.fromkeys(each.part.project for each in claims.pairs(shot.parts)))
            done |= self._whole("claims", widest, self._claims)
            done |= self._whole("findings", list(shot.findings), self._findings)
        done["index.html"] = self._overview()
        return done

    def _whole(
        self, name: str, items: Sequence[Item], make: Callable[..., bytes]
    ) -> dict[str, bytes]:
        return {page: data for page, (_, data) in self._split(name, items, make).items()}

    def _split(
        self, name: str, items: Sequence[Item], make: Callable[..., bytes]
    ) -> dict[str, tuple[Sequence[Item], bytes]]:
        """As few pages as stay below the limit; `make` takes the items and the place of the page
        among the names."""
        count = 1
        while True:
            size = max(1, math.ceil(len(items) / count))
            chunks = [items[at : at + size] for at in range(0, len(items), size)] or [[]]
            names = [f"{name}{f'-{at + 1}' if at else ''}.html" for at in range(len(chunks))]
            made = [make(chunk, names, at) for at, chunk in enumerate(chunks)]
            worst = max(map(len, made))
            if worst <= LIMIT or size == 1:
                return dict(zip(names, zip(chunks, made, strict=True), strict=True))
            count = max(count + 1, math.ceil(count * worst / LIMIT))

    def _page(
        self,
        kind: str,
        names: Sequence[str],
        at: int,
        heading: str,
        chart: Place | None = None,
        **more: Any,
    ) -> bytes:
        others = [
            (name, f"{heading}{words.part(each, len(names))}") for each, name in enumerate(names)
        ]
        given = {
            **parts.context(self._shot, lambda key: self._where[key]),
            "policy": _POLICY,
            "assets": self._shared,
            "up": self._up,
            "menu": self._menu.items(),
            "here": names[at],
            "kind": kind,
            "heading": f"{heading}{words.part(at, len(names))}",
            "part": words.part(at, len(names)),
            "parts": [each for each in others if each[0] != names[at]],
            "categories": [
                (f"{self._categories[number]}.html", f"{number} {each.name}")
                for number, each in self._shot.categories.items()
            ],
            "chart": chart,
            "data": parts.data({chart.key: chart}, self._links(chart)) if chart else "",
            **more,
        }
        template = parts.templates().get_template("site/list.html")
        return template.render(given).encode()

    def _links(self, chart: Place) -> dict[str, str]:
        if chart.target == "c-":
            return {f"c-{number}": f"{name}.html" for number, name in self._categories.items()}
        keys = self._shot.rows
        return {f"{chart.target}{key}": self._where[key] for key in keys if key in self._where}

    def _overview(self) -> bytes:
        shot = self._shot
        left = len(shot.lagging) - MOST_CARDS
        return self._page(
            "index",
            ["index.html"],
            0,
            words.PAGES["index"],
            parts.categories(shot) if shot.rows else None,
            most=MOST_CARDS,
            more=words.more_lagging(left) if left > 0 else "",
        )

    def _category(self, number: str, chunk: Sequence[Any], names: Sequence[str], at: int) -> bytes:
        shot = self._shot
        group = shot.categories[number]
        return self._page(
            "category",
            names,
            at,
            f"{number} {group.name}",
            parts.projects(shot, "projects", chunk),
            summary=labels.summary(group.lights, group.completion, shot.elapsed),
            rows=[(row.id, row) for row in chunk],
        )

    def _departments(self, chunk: Sequence[str], names: Sequence[str], at: int) -> bytes:
        chart = parts.departments(self._shot, chunk) if chunk else None
        return self._page("departments", names, at, words.PAGES["departments"], chart)

    def _projects(self, chunk: Sequence[Any], names: Sequence[str], at: int) -> bytes:
        return self._page("projects", names, at, words.PAGES["projects"], rows=chunk)

    def _claims(self, chunk: Sequence[str], names: Sequence[str], at: int) -> bytes:
        chart = parts.dumbbell(self._shot, chunk)
        return self._page("claims", names, at, words.PAGES["claims"], chart)

    def _findings(self, chunk: Sequence[Any], names: Sequence[str], at: int) -> bytes:
        found = self._shot.findings
        return self._page(
            "findings",
            names,
            at,
            words.PAGES["findings"],
            found=labels.found(len(found), len({each.project for each in found})),
            rules=parts.by_rule(chunk),
        )


@dataclass(frozen=True)
class _Row:
    """A place in the index: its newest list, and the years before."""

    name: str
    address: str
    period: str
    completion: str
    lights: list[tuple[Light, int]]
    years: list[tuple[str, str]]
    broken: bool


def index(lists: Sequence[Entry], shared: str) -> dict[str, bytes]:
    """The pages that lead to the lists, by name: one, or of very many lists one a province
    beneath it. `shared` leads from the first to the folder of `assets()`."""
    if len(lists) <= MANY:
        return {"index.html": _index(words.TITLE, lists, shared)}
    by_province: dict[str, list[Entry]] = {}
    for each in lists:
        own = each.whose
        province = [own.code, *codes.above(own.code, own.parent)][-1]
        by_province.setdefault(province, []).append(each)
    provinces = [
        (f"{code[:2]}/index.html", f"{codes.name(code)}　{words.lists(len(each))}")
        for code, each in by_province.items()
    ]
    made = {"index.html": _index(words.TITLE, [], shared, provinces, len(lists))}
    for code, of_it in by_province.items():
        made[f"{code[:2]}/index.html"] = _index(
            codes.name(code), of_it, f"../{shared}", up="../index.html", back="../"
        )
    return made


def _index(
    heading: str,
    lists: Sequence[Entry],
    shared: str,
    provinces: Sequence[tuple[str, str]] = (),
    count: int | None = None,
    up: str = "",
    back: str = "",
) -> bytes:
    groups: dict[str, dict[str, list[Entry]]] = {}
    for each in lists:
        above = codes.above(each.whose.code, each.whose.parent)
        named = labels.joined(map(codes.name, reversed(above or [each.whose.code])))
        groups.setdefault(named, {}).setdefault(each.whose.code, []).append(each)
    template = parts.templates().get_template("site/places.html")
    return template.render(
        labels=labels,
        words=words,
        places=places_words,
        policy=_POLICY,
        assets=shared,
        up=up,
        data="",
        heading=heading,
        count=len(lists) if count is None else count,
        provinces=provinces,
        groups=[
            (name, [_row(each, back) for each in of_it.values()]) for name, of_it in groups.items()
        ],
    ).encode()


def _row(lists: Iterable[Entry], back: str) -> _Row:
    newest, *before = sorted(lists, key=lambda each: -each.year)
    return _Row(
        codes.name(newest.whose.code),
        f"{back}{newest.address}",
        newest.period,
        newest.completion,
        [(Light(light), count) for light, count in newest.lights.items()],
        [(f"{back}{each.address}", words.year(each.year)) for each in before],
        newest.broken,
    )
