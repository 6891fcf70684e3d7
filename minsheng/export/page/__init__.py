"""Snapshot → one HTML file that asks for nothing: it opens from a USB stick, is searched without a
server and prints whole.

`page.html` says what stands where, `page.css` how it looks, `page.js` what it can do. Charts are
the app's own figures for a tablet and for a phone, drawn by the plotly script inside. Each has a
table with bars drawn by the template as its twin: without scripts, to a screen reader and on paper
the twin stands for it, so that no bar is cut at the paper's edge.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import groupby, zip_longest
from typing import Any

from jinja2 import Environment, PackageLoader
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
_BEGIN = 'document.documentElement.className = "js";'
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


def build(shot: Snapshot) -> bytes:
    about = cover.of(shot)
    places = {place.key: place for place in _places(shot)} if shot.rows else {}
    page = (
        _templates()
        .get_template("page.html")
        .render(
            labels=labels,
            words=words,
            columns=columns,
            shot=shot,
            about=about,
            sections=words.SECTIONS if shot.rows else ["overview", "rules"],
            charts=places,
            headline=labels.headline(shot.completion, shot.claimed, shot.elapsed, shot.lights),
            figures=_figures(shot),
            facts=_facts,
            joint=labels.JOINT.format(
                projects=len(shot.rows),
                credits=sum(each.projects for each in shot.departments.values()),
            ),
            found=labels.found(len(shot.findings), len({each.project for each in shot.findings})),
            rules=[
                (code, list(each))
                for code, each in groupby(shot.findings, lambda found: found.code)
            ],
            marked=lambda key: _marked(shot, key),
            explain=lambda key: explain(shot, key),
            foot=labels.foot(about.as_of, shot.dataset.thresholds, about.fingerprint),
            policy=_policy(),
            style=_style(),
            begin=_BEGIN,
            data=_data(places),
            plotly=plotly(),
            script=_asset("page.js"),
        )
    )
    return page.encode()


def _places(shot: Snapshot) -> Iterator[Place]:
    """The figures of the page in the order in which they stand there."""
    elapsed, whole = shot.elapsed, shot.whole

    def place(key: str, make: Callable[[int], Chart], bars: Sequence[Bar], target: str) -> Place:
        return Place(key, make(MIDDLE), make(NARROW), bars, target)

    worst = [shot.categories[each] for each in leaderboard.worst_first(shot.categories)]
    yield place(
        "categories",
        lambda width: progress.categories(shot.categories, shot.rows, whole, elapsed, width),
        [drawn.mean(row, elapsed) for row in (whole, *worst)],
        "c-",
    )
    for number in shot.categories:
        chosen = leaderboard.worst_projects(
            row for row in shot.rows.values() if row.category_number == number
        )
        bars = [  # a row each, as the table has: one too for a project that promises no number
            drawn.bar(part, row.expected) if part else Bar()
            for row in chosen
            for part in (*shot.parts[row.id],) or (None,)
        ]
        yield place(
            f"c{number}",
            partial(progress.projects, [(None, chosen)], shot.parts, elapsed),
            bars,
            "p-",
        )
    order = leaderboard.worst_first(shot.departments)
    yield place(
        "departments",
        lambda width: progress.departments(shot.departments, shot.rows, elapsed, width, order),
        [drawn.mean(shot.departments[name], elapsed) for name in order],
        "",
    )
    wide, narrow = (claims.dumbbell(shot.rows, shot.parts, each) for each in (MIDDLE, NARROW))
    if wide is not None and narrow is not None:
        yield Place("dumbbell", wide, narrow, target="p-")


def _figures(shot: Snapshot) -> list[tuple[str, str, str]]:
    """Name, value and note of what the overview opens with."""
    return [
        (
            COLUMN["completion"],
            percent(shot.completion),
            labels.counted_of(shot.known, len(shot.rows)),
        ),
        (labels.DEPARTMENTS_CLAIM, percent(shot.claimed), labels.IF_BELIEVED),
        (COLUMN["gap"], printed.gap(shot.claimed, shot.completion), labels.GAP_NOTE),
        (labels.ELAPSED, percent(shot.elapsed), labels.date(shot.period.as_of)),
    ]


def _facts(row: MeasuredProject) -> list[tuple[str, str]]:
    return [
        (COLUMN["completion"], percent(row.completion)),
        (COLUMN["weakest"], percent(row.weakest)),
        (COLUMN["claimed"], percent(row.claimed)),
        (COLUMN["basis"], labels.BASIS[row.basis]),
    ]


def _marked(shot: Snapshot, key: str) -> list[tuple[str, bool]]:
    report = shot.report(key)
    if report is None:
        return []
    return marked(report.text, [q for each in report.readings.values() for q in each.quotes])


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("minsheng.export.page", "."),
        autoescape=True,
        finalize=lambda value: value if isinstance(value, Markup) else clean(str(value)),
    )
    found.filters.update(joined=labels.joined, points=printed.points)
    return found


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def plotly() -> str:
    """plotly.js as it draws bars and points and nothing else: a quarter of the whole script, of the
    version that plotly's Python writes figures for (npm: plotly.js-basic-dist-min, MIT)."""
    return _asset("plotly-basic.min.js")


@cache
def _style() -> str:
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
    return f":root {{ {properties} }} {shapes}\n{_asset('page.css')}"


@cache
def _policy() -> str:
    """Its own scripts by their hash, and nothing from anywhere else."""
    scripts = " ".join(map(_hash, (_BEGIN, plotly(), _asset("page.js"))))
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


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


def _data(places: Mapping[str, Place]) -> str:
    """The figures as data. No character of them can end the script that holds them."""
    everything = {
        "charts": {key: place.figures for key, place in places.items()},
        "from": MIDDLE,
        "template": {**theme.TEMPLATE.to_plotly_json(), "data": _usual()},
        "config": CONFIG,
        "dark": theme.DARK,
    }
    text = json.dumps(everything, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
