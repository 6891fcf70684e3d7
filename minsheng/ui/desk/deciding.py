"""填报: what a person has to decide, which numbers of the text are used, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from minsheng.grammar import scan
from minsheng.importing.filling import Typed
from minsheng.labels import desk as words
from minsheng.measuring.preview import Scope, Shift, Spread
from minsheng.model import Dataset, Light, Project
from minsheng.printed import percent
from minsheng.ui.words import Node, To, glyph, link, mount, node

USED, DECIDE, IGNORED = "used", "decide", "ignored"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def is_open(typed: Typed, flags: Sequence[str]) -> bool:
    """Whether nobody has said yet what counts: nothing is filled in, or what is was doubted."""
    said = typed["done"].strip() or typed["declared"] or typed["claimed"].strip()
    return bool(flags) or not said


def pieces(text: str, readings: Iterable[Typed]) -> list[tuple[str, str]]:
    """The text in order, each piece with how its number is taken: `used` by a reading, `decide`
    where none has it, `ignored` where it counts nothing (a date, a name), "" between them."""
    each = list(readings)
    quotes = [quote for typed in each for quote in typed["quotes"]]
    quoted = [found.span() for quote in quotes for found in re.finditer(re.escape(quote), text)]
    fields = ("done", "underway", "claimed", "stages")
    filled = {
        float(number)
        for typed in each
        for field in fields
        for number in _NUMBER.findall(str(typed[field]))
    }
    found = scan(text)
    spans = [(ignored.start, ignored.end, IGNORED) for ignored in found.ignored]
    for mention in found.mentions:
        within = any(a <= mention.start and mention.end <= b for a, b in quoted)
        used = within or float(mention.value) in filled
        spans.append((mention.start, mention.end, USED if used else DECIDE))
    made, at = [], 0
    for start, end, kind in sorted(spans):
        if start >= at:
            made += [(text[at:start], ""), (text[start:end], kind)]
            at = end
    return [(piece, kind) for piece, kind in (*made, (text[at:], "")) if piece]


def marked(text: str, readings: Iterable[Typed]) -> None:
    """The text as it was reported, its numbers by how they are taken, and the key of the marks."""
    shown = pieces(text, readings)
    if not text.strip():
        mount("desk_marks", node("p", "quiet", words.NO_NUMERALS))
        return
    inside = [node("mark", f"number {kind}", each) if kind else each for each, kind in shown]
    kinds = {kind for _, kind in shown if kind}
    key = [
        node("span", "", node("mark", f"number {kind}", words.NUMERAL), f" {said}　")
        for kind, said in words.NUMERAL_KINDS.items()
        if kind in kinds
    ]
    mount("desk_marks", node("p", "text", *inside, lang="zh-CN"), node("p", "small", *key))


def answers(form: Mapping[str, Any], name: str, key: str, can: bool) -> None:
    """What a person may answer where the text gives no count: each answer is one click."""
    typed: Typed = form["readings"][name]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":orange[**{words.DECIDE}**]", width="content")
        for answer, said in words.ANSWERS.items():
            st.button(
                said,
                key=f"{key}_answer_{answer}",
                disabled=not can,
                on_click=_answered,
                args=(form, typed, name, answer),
            )


def _answered(form: Mapping[str, Any], typed: Typed, name: str, answer: str) -> None:
    typed["done"] = "0" if answer == "zero" else ""
    form["flags"].pop(name, None)
    if answer == "blank":
        form["settled"].add(name)
    else:
        form["settled"].discard(name)


def steps(dataset: Dataset, project: Project, period: str) -> None:
    """The projects of the lead department in a row: which are reported, and the way to each."""
    lead = project.leads[0]
    mine = [each for each in dataset.projects if lead in each.leads]
    if len(mine) < 2:
        return
    done = [each for each in mine if period in each.reports]
    ways = []
    for each in mine:
        mark = "✓ " if each in done else ""
        here = {"aria_current": "true"} if each == project else {}
        to = To("data", {"tab": "fill", "into": period, "id": each.id})
        ways.append(link("step", to, f"{mark}{each.id}", title=each.content, **here))
    said = node("span", "quiet", words.steps(lead, len(mine), len(done)))
    mount("desk_steps", node("nav", "steps", said, *ways, aria_label=lead))


def bar(spread: Spread, changes: int) -> None:
    """What the form makes of all figures, at the foot of the window, and the way on from there."""
    pairs = [pair for each in spread.changes for pair in (each.completion, each.light)]
    moved = any(old != new for old, new in (*pairs, spread.lagging, spread.findings))
    said = words.WILL_CHANGE if moved else words.WILL_STAY
    cells = [node("span", "f", node("small", "", words.AFTER), node("b", "", said))]
    for change in spread.changes:
        cells.append(_cell(words.of_scope(change.scope, change.name), *_shares(change)))
    for said, unit, pair in (
        (words.LAGGING, words.PROJECTS, spread.lagging),
        (words.FOUND, words.FINDINGS, spread.findings),
    ):
        before, after = (f"{count}\u00a0{unit}" for count in pair)
        cells.append(_cell(said, before, after, "late" if pair[1] > pair[0] else ""))
    if changes:
        to = To("data", {"tab": "preview"})
        cells.append(link("push", to, f"{words.tab('preview', changes)} ›"))
    mount("desk_effect", node("div", "effect", *cells))


def _shares(change: Shift) -> tuple[str, str, str, Light | None, Light | None]:
    before, after = (percent(share) for share in change.completion)
    lights = change.light if change.scope == Scope.PROJECT else (None, None)
    return before, after, "", *lights


def _cell(
    name: str,
    before: str,
    after: str,
    kind: str = "",
    was: Light | None = None,
    light: Light | None = None,
) -> Node:
    old: list[Node | str] = []
    if (before, was) != (after, light):
        old = [*_shown(was), f"{before} → "]
    return node("span", "f", node("small", "", name), *old, *_shown(light), node("b", kind, after))


def _shown(light: Light | None) -> list[Node | str]:
    return [glyph(light), " "] if light else []
