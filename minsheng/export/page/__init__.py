"""Snapshot → one HTML file that asks for nothing: it opens from a USB stick, is searched without a
server and prints whole.

`page.html` says what stands where, `parts.html` what it is made of, `page.css` how it looks,
`page.js` what it can do; the plotly script inside draws its charts.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache

from minsheng import labels
from minsheng.export.page import parts
from minsheng.export.page.parts import BEGIN, Place, asset, plotly
from minsheng.labels import page as words
from minsheng.measuring import leaderboard
from minsheng.measuring.snapshot import Snapshot


def build(shot: Snapshot) -> bytes:
    places = {place.key: place for place in _places(shot)} if shot.rows else {}
    page = (
        parts.templates()
        .get_template("page/page.html")
        .render(
            parts.context(shot, "#p-{}".format),
            sections=words.SECTIONS if shot.rows else ["overview", "rules"],
            charts=places,
            found=labels.found(len(shot.findings), len({each.project for each in shot.findings})),
            rules=parts.by_rule(shot.findings),
            policy=_policy(),
            style=parts.style(),
            begin=BEGIN,
            data=parts.data(places),
            plotly=plotly(),
            script=asset("page.js"),
        )
    )
    return page.encode()


def _places(shot: Snapshot) -> Iterator[Place]:
    """The figures of the page in the order in which they stand there."""
    yield parts.categories(shot)
    for number in shot.categories:
        yield parts.projects(shot, f"c{number}", parts.of_category(shot, number))
    yield parts.departments(shot, leaderboard.worst_first(shot.departments))
    if found := parts.dumbbell(shot, shot.rows):
        yield found


@cache
def _policy() -> str:
    """Its own scripts by their hash, and nothing from anywhere else."""
    scripts = " ".join(map(_hash, (BEGIN, plotly(), asset("page.js"))))
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
