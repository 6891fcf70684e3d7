"""What the one-file page and the pages of a site are made of: figures with their twins, templates,
style and scripts.

Charts are the app's own figures for a tablet and for a phone. Each has a table with bars drawn by
the template as its twin: without scripts, to a screen reader and on paper the twin stands for it,
so that no bar is cut at the paper's edge.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import groupby, zip_longest
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from minsheng import labels, printed, theme
from minsheng.charts import claims, progress
from minsheng.charts.progress import MIDDLE, NARROW
from minsheng.charts.rows import CONFIG, Chart
from minsheng.export import cover
from minsheng.export.clean import clean
from minsheng.labels import COLUMN, columns
from minsheng.labels import page as words
from minsheng.measuring import drawn, leaderboard
from minsheng.measuring.drawn import Bar
from minsheng.measuring.explanation import explain, marked
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, MeasuredProject
from minsheng.printed import percent

_NUMBERS = {
    COLUMN[key]
    for key in (
        "projects", "finished", "behind", "target", "done", "underway", "completion", "claimed",
        "count", "rank", "rank_range",
    )
}  # fmt: skip
# Charts take the place of their tables only where a script runs; on paper the tables stand.
BEGIN = 'document.documentElement.className = "js";'
# What nearly every trace of its type says, and what plotly takes where a trace says nothing.
_USUAL: dict[str, dict[str, tuple[Any, Any]]] = {
    "bar": {"hoverinfo": ("skip", "all"), "orientation": ("h", "v")},
    "scatter": {"hoverinfo": ("skip", "all"), "cliponaxis": (False, True)},
}


@dataclass(frozen=True)
class Row:
    cells: tuple[str, ...]
    bar: Bar | None


@dataclass(frozen=True)
class Place:
    """Where a chart stands, and its twin. A click on a bar leads to `#target` + the bar's key."""

    key: str
    chart: Chart
    narrow: Chart
    bars: Sequence[Bar] = ()
    target: str = ""

    @property
    def alt(self) -> str:
        return self.chart.alt

    @property
    def heads(self) -> list[str]:
        return [*map(str, self.chart.table.columns), *([words.BAR] if self.bars else [])]

    @property
    def numbers(self) -> set[int]:
        return {at for at, head in enumerate(self.heads) if head in _NUMBERS}

    @property
    def rows(self) -> list[Row]:
        each = self.chart.table.itertuples(index=False)
        return [
            Row(tuple(map(str, cells)), bar) for cells, bar in zip_longest(each, self.bars or ())
        ]

    @property
    def figures(self) -> list[dict[str, Any]]:
        """For a wide box and for a narrow one, which has no pointer to hover with."""
        wide, narrow = (_compact(each.figure.to_json()) for each in (self.chart, self.narrow))
        for trace in narrow["data"]:
            trace.pop("hovertext", None)
        return [wide, narrow]


def categories(shot: Snapshot) -> Place:
    """A row for the whole plan and each category, worst first."""
    worst = [shot.categories[each] for each in leaderboard.worst_first(shot.categories)]
    return _place(
        "categories",
        partial(progress.categories, shot.categories, shot.rows, shot.whole, shot.elapsed),
        [drawn.mean(row, shot.elapsed) for row in (shot.whole, *worst)],
        "c-",
    )


def of_category(shot: Snapshot, number: str) -> list[MeasuredProject]:
    """The projects of a category, worst first."""
    return leaderboard.worst_projects(
        row for row in shot.rows.values() if row.category_number == number
    )


def projects(shot: Snapshot, key: str, rows: Sequence[MeasuredProject]) -> Place:
    """These projects with their indicators."""
    bars = [  # a row each, as the table has: one too for a project that promises no number
        drawn.bar(part, row.expected) if part else Bar()
        for row in rows
        for part in (*shot.parts[row.id],) or (None,)
    ]
    make = partial(progress.projects, [(None, rows)], shot.parts, shot.elapsed)
    return _place(key, make, bars, "p-")


def departments(shot: Snapshot, order: Sequence[str]) -> Place:
    """The lead departments in this order."""
    board = {name: shot.departments[name] for name in order}
    return _place(
        "departments",
        lambda width: progress.departments(board, shot.rows, shot.elapsed, width, order),
        [drawn.mean(board[name], shot.elapsed) for name in order],
        "",
    )


def dumbbell(shot: Snapshot, chosen: Iterable[str]) -> Place | None:
    """Claims against counts of these projects; None where there is nothing to compare."""
    parts = {key: shot.parts[key] for key in chosen}
    wide, narrow = (claims.dumbbell(shot.rows, parts, each) for each in (MIDDLE, NARROW))
    if wide is None or narrow is None:
        return None
    return Place("dumbbell", wide, narrow, target="p-")


def _place(key: str, make: Callable[[int], Chart], bars: Sequence[Bar], target: str) -> Place:
    return Place(key, make(MIDDLE), make(NARROW), bars, target)


def by_rule(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """In the order they come, those of one rule together."""
    return [(code, list(each)) for code, each in groupby(findings, lambda found: found.code)]


def context(shot: Snapshot, where: Callable[[str], str]) -> dict[str, Any]:
    """What every template of a list is given; `where` is the address of a project's article."""
    about = cover.of(shot)
    return {
        "labels": labels,
        "words": words,
        "columns": columns,
        "shot": shot,
        "about": about,
        "where": where,
        "headline": labels.headline(shot.completion, shot.elapsed, shot.lights),
        "figures": _figures(shot),
        "facts": partial(_facts, claims=_tells_claims(shot)),
        "joint": labels.JOINT.format(
            projects=len(shot.rows),
            credits=sum(each.projects for each in shot.departments.values()),
        ),
        "marked": partial(_marked, shot),
        "explain": partial(explain, shot),
        "foot": labels.foot(about.as_of, shot.dataset.thresholds, about.fingerprint),
    }


def _figures(shot: Snapshot) -> list[tuple[str, str, str]]:
    """Name, value and note of what the overview opens with."""
    found = [
        (
            COLUMN["completion"],
            percent(shot.completion),
            labels.counted_of(shot.known, len(shot.rows)),
        ),
        (labels.ELAPSED, percent(shot.elapsed), labels.date(shot.period.as_of)),
    ]
    if _tells_claims(shot):
        found[1:1] = [
            (labels.DEPARTMENTS_CLAIM, percent(shot.claimed), labels.IF_BELIEVED),
            (COLUMN["gap"], printed.gap(shot.claimed, shot.completion), labels.GAP_NOTE),
        ]
    return found


def _tells_claims(shot: Snapshot) -> bool:
    """Not where they were taken out; where nothing is known nothing is claimed either."""
    return shot.claimed is not None or shot.completion is None


def _facts(row: MeasuredProject, claims: bool) -> list[tuple[str, str]]:
    said = [(COLUMN["claimed"], percent(row.claimed))] if claims else []
    return [
        (COLUMN["completion"], percent(row.completion)),
        (COLUMN["weakest"], percent(row.weakest)),
        *said,
        (COLUMN["basis"], labels.BASIS[row.basis]),
    ]


def _marked(shot: Snapshot, key: str) -> list[tuple[str, bool]]:
    report = shot.report(key)
    if report is None:
        return []
    return marked(report.text, [q for each in report.readings.values() for q in each.quotes])


@cache
def templates() -> Environment:
    found = Environment(
        loader=PackageLoader("minsheng.export", "."),
        autoescape=True,
        undefined=StrictUndefined,  # a name that is gone stops the file, not its heading
        finalize=lambda value: value if isinstance(value, Markup) else clean(str(value)),
    )
    found.filters.update(joined=labels.joined, points=printed.points)
    return found


@cache
def asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def plotly() -> str:
    """plotly.js as it draws bars and points and nothing else: a quarter of the whole script, of the
    version that plotly's Python writes figures for (npm: plotly.js-basic-dist-min, MIT)."""
    return asset("plotly-basic.min.js")


@cache
def style() -> str:
    colours = {
        "ink-light": theme.INK["light"],
        "ink-dark": theme.INK["dark"],
        "font": theme.FONT,
        "track": theme.TRACK,
        "underway": theme.UNDERWAY,
        "claimed": theme.CLAIMED,
        "done": theme.DONE,
        "line": theme.INK_LINE,
    }
    properties = "".join(f"--{name}: {value};" for name, value in colours.items())
    shapes = "".join(f".{light} {{ color: {theme.LIGHT[light]}; }}" for light in Light)
    return f":root {{ {properties} }} {shapes}\n{asset('page.css')}"


def _compact(figure: str) -> dict[str, Any]:
    """A figure to four decimals and without what the page's template says for all: together a
    third of the file, and nothing that anybody sees."""
    made: dict[str, Any] = json.loads(figure, parse_float=lambda digits: round(float(digits), 4))
    made["layout"].pop("template", None)
    for trace in made["data"]:
        for key, (usual, otherwise) in _USUAL[trace["type"]].items():
            if trace.setdefault(key, otherwise) == usual:
                del trace[key]
    return made


def _usual() -> dict[str, list[dict[str, Any]]]:
    return {kind: [{key: both[0] for key, both in of.items()}] for kind, of in _USUAL.items()}


def data(places: Mapping[str, Place], links: Mapping[str, str] | None = None) -> str:
    """The figures as data, with the addresses of what stands on another page. No character of them
    can end the script that holds them."""
    everything = {
        "charts": {key: place.figures for key, place in places.items()},
        "links": links or {},
        "from": MIDDLE,
        "template": {**theme.TEMPLATE.to_plotly_json(), "data": _usual()},
        "config": CONFIG,
        "dark": theme.DARK,
    }
    text = json.dumps(everything, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
