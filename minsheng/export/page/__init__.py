"""Snapshot → one HTML file that asks for nothing: it opens from a USB stick, is searched without a
server and prints whole.

Charts are the app's own figures, drawn by the plotly script inside. Each has a table with bars
drawn here as its twin: without scripts, to a screen reader and on paper the twin stands for it,
so that no bar is cut at the paper's edge.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from plotly.offline import get_plotlyjs

from minsheng import labels, printed, theme
from minsheng.charts import bars as charts
from minsheng.charts.bars import Chart
from minsheng.export import cover
from minsheng.export.page import projects as page_projects
from minsheng.export.page.assets import BEGIN, SCRIPT, STYLE
from minsheng.export.page.markup import Html, bar_svg, join, raw, table, tag
from minsheng.export.page.projects import light
from minsheng.labels import COLUMN
from minsheng.labels import page as words
from minsheng.measuring import drawn
from minsheng.measuring.drawn import Bar
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, Tally
from minsheng.printed import percent

_NUMBERS = {
    COLUMN[key]
    for key in (
        "projects", "finished", "behind", "target", "done", "underway", "completion", "claimed",
        "count", "rank", "rank_range",
    )
}  # fmt: skip


class Charts:
    """The figures of the page, drawn when they come into sight; `place` is where one stands."""

    def __init__(self) -> None:
        self._figures: dict[str, Any] = {}

    def place(self, key: str, chart: Chart, bars: Sequence[Bar] = (), target: str = "") -> Html:
        """The chart and its twin. `target` makes a click on a bar lead to `#target` + its key."""
        figure = json.loads(chart.figure.to_json())
        figure["layout"].pop("template", None)
        self._figures[key] = figure
        return join(
            tag(
                "div",
                class_="chart",
                id=f"chart-{key}",
                data_chart=key,
                data_target=target or None,
                role="figure",
                aria_label=chart.alt,
                style=f"min-height:{figure['layout'].get('height', 300)}px",
            ),
            tag(
                "button",
                words.TABLE,
                class_="more",
                type="button",
                aria_expanded="false",
                aria_controls=f"twin-{key}",
            ),
            tag("div", _twin(chart, bars), class_="twin", id=f"twin-{key}"),
        )

    def script(self) -> Html:
        """The figures as data. No character of them can end the script that holds them."""
        everything = {
            "charts": self._figures,
            "template": theme.TEMPLATE.to_plotly_json(),
            "config": labels.PLOTLY_CONFIG,
            "ink": theme.INK,
        }
        text = json.dumps(everything, ensure_ascii=False, separators=(",", ":"))
        for char in "<>&\u2028\u2029":
            text = text.replace(char, f"\\u{ord(char):04x}")
        return raw("script", text, type="application/json", id="charts")


def build(shot: Snapshot) -> bytes:
    about = cover.of(shot)
    drawing = Charts()
    sections = list(_sections(shot, drawing))
    plotly, _ = _plotly()
    document = tag(
        "html",
        _head(about),
        tag(
            "body",
            tag("a", words.SKIP, class_="skip", href="#main"),
            tag(
                "header",
                tag("h1", about.title),
                tag("p", about.dated),
                tag("p", f"{about.chosen} · {about.limits}", class_="small"),
            ),
            tag(
                "nav",
                tag(
                    "ul",
                    *(
                        tag("li", tag("a", words.SECTIONS[key], href=f"#{key}"))
                        for key, _ in sections
                    ),
                ),
                aria_label=words.MENU,
            ),
            tag("main", *(tag("section", body, id=key) for key, body in sections), id="main"),
            tag("footer", tag("p", _foot(shot, about), class_="small")),
            drawing.script(),
            raw("script", plotly),
            raw("script", SCRIPT),
        ),
        lang="zh-CN",
    )
    return f"<!DOCTYPE html>\n{document}\n".encode()


def _head(about: cover.Cover) -> Html:
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(BEGIN)} {_plotly()[1]} {_hash(SCRIPT)}",
            "style-src 'unsafe-inline'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{about.title} · {about.period}"),
        raw("style", STYLE),
        raw("script", BEGIN),
    )


@cache
def _plotly() -> tuple[str, str]:
    """plotly.js and its hash."""
    script = str(get_plotlyjs())
    return script, _hash(script)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _foot(shot: Snapshot, about: cover.Cover) -> str:
    foot = labels.foot(about.as_of, shot.dataset.thresholds, about.fingerprint)
    return f"{about.chosen} · {foot} · {words.NOT_LIVE}"


def _sections(shot: Snapshot, drawing: Charts) -> Iterator[tuple[str, Html]]:
    if not shot.rows:
        yield "overview", tag("h2", labels.NOTHING_CHOSEN)
    else:
        yield "overview", _overview(shot, drawing)
        yield "categories", _categories(shot, drawing)
        yield "departments", _departments(shot, drawing)
        yield "projects", page_projects.projects(shot)
        dumbbell = charts.dumbbell(shot.rows, shot.parts)
        gaps = (
            tag("p", labels.NO_CLAIMS)
            if dumbbell is None
            else drawing.place("dumbbell", dumbbell, target="p-")
        )
        yield "findings", page_projects.findings(shot, gaps)
    rules = [tag("li", rule) for rule in (*labels.RULES_TEXT, labels.RANK_NOTE, words.BAR_NOTE)]
    yield "rules", join(tag("h2", labels.Q_RULES), tag("ul", *rules))


def _overview(shot: Snapshot, drawing: Charts) -> Html:
    headline = labels.headline(shot.completion, shot.claimed, shot.elapsed, shot.lights)
    known = labels.counted_of(shot.known, len(shot.rows))
    figures = [
        (COLUMN["completion"], percent(shot.completion), known),
        (labels.DEPARTMENTS_CLAIM, percent(shot.claimed), labels.IF_BELIEVED),
        (COLUMN["gap"], printed.gap(shot.claimed, shot.completion), labels.GAP_NOTE),
        (labels.ELAPSED, percent(shot.elapsed), labels.date(shot.period.as_of)),
    ]
    {number: row.name for number, row in shot.categories.items()}
    lights = [
        tag("li", light(each), " ", tag("b", str(shot.lights[each])))
        for each in Light
        if shot.lights[each]
    ]
    return join(
        tag("h2", headline),
        tag(
            "dl",
            *(
                tag(
                    "div",
                    tag("dt", name),
                    tag("dd", value, class_="value"),
                    tag("dd", note, class_="small"),
                )
                for name, value, note in figures
            ),
            class_="figures",
        ),
        tag("ul", *lights, class_="lights"),
        tag(
            "div",
            tag(
                "div",
                tag("h3", labels.Q_CATEGORIES),
                drawing.place(
                    "categories",
                    charts.categories(shot.categories, shot.elapsed),
                    [drawn.mean(row, shot.elapsed) for row in shot.categories.values()],
                    "c-",
                ),
            ),
            tag(
                "div",
                tag("h3", labels.Q_LIGHTS),
                drawing.place(
                    "lights",
                    charts.lights(shot.rows),
                    target="p-",
                ),
            ),
            class_="pair",
        ),
        tag("h3", labels.Q_LAGGING),
        page_projects.lagging(shot),
    )


def _categories(shot: Snapshot, drawing: Charts) -> Html:
    return join(
        tag("h2", labels.Q_PROJECTS),
        *(_category(shot, drawing, number, row) for number, row in shot.categories.items()),
    )


def _category(shot: Snapshot, drawing: Charts, number: str, group: Tally) -> Html:
    chosen = {key: row for key, row in shot.rows.items() if row.category_number == number}
    bars = []  # a row each, as the table has: one too for a project that promises no number
    for project, row in chosen.items():
        bars += [drawn.bar(part, row.expected) for part in shot.parts[project]] or [Bar()]
    chart = charts.indicators(chosen, shot.parts, shot.elapsed)
    stages = charts.stages(chosen, shot.parts)
    return tag(
        "div",
        tag("h3", f"{number} {group.name}"),
        tag("p", labels.summary(group.lights, group.completion, shot.elapsed), class_="lead"),
        drawing.place(f"c{number}", chart, bars, "p-"),
        ""
        if stages is None
        else join(tag("h4", labels.Q_STAGES), drawing.place(f"s{number}", stages, target="p-")),
        id=f"c-{number}",
    )


def _departments(shot: Snapshot, drawing: Charts) -> Html:
    board = shot.departments
    joint = labels.JOINT.format(
        projects=len(shot.rows), credits=sum(each.projects for each in board.values())
    )
    bars = [drawn.mean(row, shot.elapsed) for row in board.values()]
    return join(
        tag("h2", labels.Q_BOARD),
        tag("p", joint),
        drawing.place("departments", charts.departments(board, shot.elapsed), bars),
        tag("p", labels.RANK_NOTE, class_="small"),
    )


def _twin(chart: Chart, bars: Sequence[Bar]) -> Html:
    heads = [str(head) for head in chart.table.columns]
    rows: Iterable[list[str]] = (
        [str(cell) for cell in row] for row in chart.table.itertuples(index=False)
    )
    if bars:
        rows = [[*row, bar_svg(bar)] for row, bar in zip(rows, bars, strict=True)]
        heads.append(words.BAR)
    numbers = [at for at, head in enumerate(heads) if head in _NUMBERS]
    return table(heads, rows, numbers)
