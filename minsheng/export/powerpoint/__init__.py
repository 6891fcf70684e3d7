"""Snapshot → the slides of `agenda` as a deck of native charts and tables, slide by slide.

What a slide has no room for (the department's text, the formulas, the quotes) is in its notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from minsheng import agenda, labels, theme
from minsheng.agenda import Drawn, Line, Plan, Row, Run, Slide, Table
from minsheng.export import cover
from minsheng.export.powerpoint import charts
from minsheng.export.powerpoint.charts import Series
from minsheng.export.powerpoint.deck import (
    PAD,
    PIXEL,
    Deck,
    Mark,
    marks,
    pale,
    px,
    table,
    text,
    tile,
)
from minsheng.export.powerpoint.template import FILE, Box
from minsheng.labels import agenda as headings
from minsheng.labels import slides as words
from minsheng.measuring import drawn
from minsheng.measuring.explanation import explain
from minsheng.measuring.snapshot import Snapshot
from minsheng.printed import rounded

BAR, STRIP, DUE, DIAMOND = 36, 9, 4, 34  # pixels of 1920
MEAN, CLAIM, TRACK = "accent1", "accent2", "bg2"  # of the template's theme
HIGHEST = 150  # of a row that has room


def build(shot: Snapshot, template: Path = FILE) -> bytes:
    deck = Deck(cover.of(shot), template)
    for slide in agenda.whole(shot):
        _slide(deck, shot, slide)
    return deck.save()


def _slide(deck: Deck, shot: Snapshot, each: Slide) -> None:
    title = [Run(each.title), *([Run(each.alert, "alert")] if each.alert else [])]
    paging = f"　{each.at} / {each.of}" if each.of > 1 else ""
    notes = [*each.notes, *(line for key in each.about for line in evidence(shot, key))]
    opening = each.part == "cover"
    if opening:
        notes = [f"{name}：{value}" for name, value in deck.cover.facts.items()] + notes
    made, box = deck.slide(title, each.foot, notes, opening, paging)
    lines = [Line((Run(said, "quiet"),), small=at > 0) for at, said in enumerate(each.lines)]
    if lines:
        text(made, box, lines)
    if each.plan:
        _plan(deck, made, box, each.plan)
    if each.table:
        _table(deck, made, box, each.table, each.heading)


def evidence(shot: Snapshot, project: str) -> Iterator[str]:
    """A project's figures with the formulas and the sentences that they came from."""
    row, report = shot.rows[project], shot.report(project)
    yield f"{project} {row.content}（{labels.joined(row.leads)}）"
    yield words.facts(row)
    for step in explain(shot, project):
        quotes = labels.quoted(quote for each in step.inputs for quote in each.quotes)
        yield f"{step.name}：{step.formula}{' ' if quotes else ''}{quotes}"
    yield f"{words.TEXT}：{report.text if report else words.NO_TEXT}"
    for found in shot.findings_of(project):
        said = f"{found.message}{labels.quoted(found.quotes)}"
        yield f"{labels.RULES[found.code].title}：{said}{labels.RULES[found.code].why}"
    yield ""


def _plan(deck: Deck, slide: Any, box: Box, plan: Plan) -> None:
    bar, high = plan.bar, px(120)
    strip = Box(box.x, box.y + px(190), box.w, high)
    counted, claimed = rounded(bar.solid), rounded(bar.claim)
    surplus = None if counted is None or claimed is None else round(claimed - counted, 3)
    rest = 1 - max(counted or 0.0, claimed or 0.0)
    charts.bars(
        slide,
        strip,
        [labels.COLUMN["completion"]],
        [
            Series(labels.COUNTED, [counted], MEAN),
            Series(words.SURPLUS, [surplus], CLAIM, hatched=True),
            Series(words.REST, [round(rest, 3)], TRACK),
        ],
        thick=1,
        stacked=True,
        alt=words.whole_alt(plan.completion, plan.claimed, bar.due),
        created=deck.cover.created,
    )
    marks(slide, list(_due(strip, 0, high, bar, 14)))
    inside = (bar.solid or 0.0) > 0.25
    tone = "bg1" if inside else "tx1"
    tile_of = Box(strip.x + px(36), strip.y, px(600), high)
    tile(slide, tile_of, "", headings.figure(labels.COUNTED, plan.completion), 64, tone, "l")
    if bar.claim is not None:
        left = min(strip.x + round(strip.w * bar.claim) + px(28), strip.x + strip.w - px(440))
        at = Box(left, strip.y, px(440), high)
        said = headings.figure(labels.CLAIMED, plan.claimed)
        tile(slide, at, "", said, 48, theme.CLAIMED_INK, "l")
    if bar.due is not None:
        where = strip.x + round(strip.w * bar.due) - px(200)
        at = Box(max(where, 0), strip.y - px(74), px(400), px(56))
        text(slide, at, [Line((Run(headings.figure(headings.DUE, bar.due)),))], "ctr")
    _lights(slide, box, strip.y + high + px(150), plan)


def _lights(slide: Any, box: Box, top: int, plan: Plan) -> None:
    """A tile a light, as wide as its count; none so narrow that its name has no room."""
    gap, least = px(20), px(190)
    counts = [count for _, count in plan.lights]
    room = box.w - gap * (len(counts) - 1) - least * len(counts)
    left = box.x
    for light, count in plan.lights:
        wide = least + round(room * count / sum(counts))
        tile(slide, Box(left, top, wide, px(150)), theme.LIGHT_INK[light], str(count), 96)
        under = Box(left, top + px(158), wide, px(60))
        text(slide, under, [Line((Run(labels.light(light), light, True),))], "ctr")
        left += wide + gap


def _table(deck: Deck, slide: Any, box: Box, made: Table, title: str) -> None:
    room = box.h / PIXEL - agenda.HEAD
    heads = any(row.group for row in made.rows)
    rows: list[Any] = []
    high: list[float] = [agenda.HEAD]
    own = [made.height(row) for row in made.rows]
    own = [max(own)] * len(own) if made.barred is not None else own
    spare = max((room - agenda.needed(made)) / len(own), 0.0)
    sizes = iter([max(each, min(each + spare, HIGHEST)) for each in own])
    runs: list[tuple[float, list[Row], float]] = []
    for group, members in agenda.groups(made):
        if heads:
            rows.append(group or Line((Run(""),)))
            high.append(agenda.GROUP)
        each = [next(sizes) for _ in members]
        runs.append((sum(high), members, each[0]))
        rows += [row.cells for row in members]
        high += each
    table(slide, box, made.columns, rows, high, words.table_alt(title, len(made.rows)))
    if made.barred is not None:
        for top, members, height in runs:
            _bars(deck, slide, _place(box, made, top, height * len(members)), members, made.barred)


def _place(box: Box, made: Table, top: float, high: float) -> Box:
    """Where the bars of a run of rows are."""
    assert made.barred is not None
    scale = box.w / sum(column.width for column in made.columns)
    left = sum(column.width for column in made.columns[: made.barred])
    wide = made.columns[made.barred].width - 2 * PAD
    return Box(box.x + round(left * scale), box.y + px(top), round(wide * scale), px(high))


def _bars(deck: Deck, slide: Any, box: Box, rows: list[Row], at: int) -> None:
    each = [row.cells[at].bar or Drawn(drawn.Bar()) for row in rows]
    high = box.h / len(rows)
    names = [row.cells[0].text.replace("\n", " ") for row in rows]
    colours = [_colour(one) for one in each]
    charts.bars(
        slide,
        box,
        names,
        [
            Series(words.TARGET, [1.0] * len(rows), TRACK),
            Series(labels.COUNTED, [rounded(b.bar.solid) for b in each], MEAN, colours=colours),
            Series(labels.CLAIMED_ONLY, [rounded(b.bar.hatched) for b in each], MEAN, hatched=True),
        ],
        thick=px(BAR) / high,
        stacked=False,
        alt=words.bars_alt(
            (name, row.cells[-1].text.replace("\n", " "), one.bar.claim, one.bar.due)
            for name, row, one in zip(names, rows, each, strict=True)
        ),
        created=deck.cover.created,
    )
    drawn_ = []
    for place, one in enumerate(each):
        top = box.y + round(high * place + (high - px(BAR)) / 2)
        row = Box(box.x, top, box.w, px(BAR))
        drawn_ += [*_strip(row, one.bar), *_due(row, 0, px(BAR), one.bar, 6), *_claim(row, one.bar)]
    marks(slide, drawn_)


def _colour(one: Drawn) -> str:
    if one.light is None:
        return MEAN
    hue = theme.LIGHT[one.light]
    return pale(hue) if one.pale else hue


def _strip(row: Box, bar: drawn.Bar) -> Iterator[Mark]:
    last = len(theme.STEPS) - 1
    for at, each in enumerate(bar.strip):
        step = theme.STEPS[max(last - (len(bar.strip) - 1 - at), 0)]
        left, right = round(row.w * each.start), round(row.w * each.end)
        yield Mark(Box(row.x + left, row.y + row.h + px(3), right - left, px(STRIP)), step)


def _due(row: Box, top: int, high: int, bar: drawn.Bar, over: int) -> Iterator[Mark]:
    if bar.due is not None:
        x = row.x + round(row.w * min(bar.due, 1.0))
        y, tall = row.y + top - px(over), high + 2 * px(over)
        yield Mark(Box(x - px(DUE / 2 + 3), y, px(DUE + 6), tall), "bg1")
        yield Mark(Box(x - px(DUE / 2), y, px(DUE), tall), "tx1")


def _claim(row: Box, bar: drawn.Bar) -> Iterator[Mark]:
    if bar.claim is not None:
        x = row.x + round(row.w * bar.claim) - px(DIAMOND / 2)
        y = row.y + (row.h - px(DIAMOND)) // 2
        yield Mark(Box(x, y, px(DIAMOND), px(DIAMOND)), "bg1", MSO_SHAPE.DIAMOND, CLAIM)
