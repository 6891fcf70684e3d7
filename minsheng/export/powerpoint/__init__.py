"""Snapshot → a 16:9 deck of native charts and tables: one finding a slide, as its heading.

What a slide has no room for (the department's text, the formulas, the quotes) is in its notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minsheng import labels, printed, theme
from minsheng.export import cover
from minsheng.export.powerpoint import charts as deck_charts
from minsheng.export.powerpoint import fitting
from minsheng.export.powerpoint import lists as powerpoint_lists
from minsheng.export.powerpoint.charts import Native, Series
from minsheng.export.powerpoint.deck import GREY, Cell, Column, Deck, Words, stripe, table, text
from minsheng.export.powerpoint.template import BODY, Box
from minsheng.labels import slides as words
from minsheng.measuring import drawn
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light
from minsheng.printed import rounded

HEAD = 0.45
PER_CHART = 12


def build(shot: Snapshot) -> bytes:
    about = cover.of(shot)
    foot = (
        f"{about.chosen} · {labels.foot(about.as_of, shot.dataset.thresholds, about.fingerprint)}"
    )
    deck = Deck(about, foot)
    _title(deck, shot)
    if not shot.rows:
        deck.slide(labels.NOTHING_CHOSEN, [about.chosen])
        return deck.save()
    _whole(deck, shot)
    _categories(deck, shot)
    _lights(deck, shot)
    powerpoint_lists.lagging(deck, shot)
    powerpoint_lists.board(deck, shot)
    for number in shot.categories:
        powerpoint_lists.category(deck, shot, number)
    powerpoint_lists.findings(deck, shot)
    return deck.save()


def _title(deck: Deck, shot: Snapshot) -> None:
    about = deck.cover
    facts = [f"{name}：{value}" for name, value in about.facts.items()]
    slide = deck.slide(about.title, [*facts, *labels.RULES_TEXT], opening=True)
    line = labels.headline(shot.completion, shot.claimed, shot.elapsed, shot.lights)
    stripe(slide, Box(0, 1.5, 0.28, 1.6), theme.DONE)
    text(
        slide,
        Box(BODY.x, 3.3, BODY.w, 3.2),
        [
            Words(about.dated, 22, GREY),
            Words("", 12),
            Words(line, 26, most=2),
            Words("", 12),
            Words(about.chosen, 18, GREY, most=2),
            Words(about.limits, 18, GREY, most=2),
        ],
    )


def _whole(deck: Deck, shot: Snapshot) -> None:
    line = labels.headline(shot.completion, shot.claimed, shot.elapsed, shot.lights)
    note = words.whole(shot.completion, shot.claimed, shot.known, len(shot.rows))
    alt = words.whole_alt(shot.completion, shot.claimed, shot.elapsed)
    slide = deck.slide(line, [alt, note, *labels.RULES_TEXT])
    names = [labels.COUNTED, labels.CLAIMED, labels.ELAPSED]
    shares = [rounded(shot.completion), rounded(shot.claimed), rounded(shot.elapsed)]
    colours = [theme.DONE, theme.CLAIMED, theme.LINE]
    box = Box(BODY.x, BODY.y, BODY.w, 4.3)
    chart = deck_charts.bars(
        slide,
        Native(box, Box(1.7, 0.1, 10.2, 3.75), alt, deck.cover.created),
        names,
        [Series(labels.COLUMN["completion"], shares, theme.DONE, colours=colours)],
        size=28,
    )
    deck_charts.enlarge(chart, 22)
    text(slide, Box(BODY.x, 5.85, BODY.w, 0.9), [Words(note, 20, most=2)])


def _categories(deck: Deck, shot: Snapshot) -> None:
    rows = list(shot.categories.values())
    pages = list(fitting.even(len(rows), PER_CHART))
    shares = [(row.name, row.completion) for row in rows]
    title = words.groups(labels.COLUMN["category"], shares, shot.elapsed)
    for at, page in enumerate(pages, start=1):
        shown = rows[page]
        notes = [words.group_note(row) for row in shown]
        slide = deck.slide(words.paged(title, at, len(pages)), notes)
        room = (BODY.w - 0.9) / len(shown) * 72
        higher = [rounded(drawn.mean(row, None).claim) for row in shown]
        deck_charts.columns(
            slide,
            Native(
                BODY,
                Box(0.7, 0.55, BODY.w - 0.9, BODY.h - 1.7),
                labels.alt_of_groups(shares[page], shot.elapsed),
                deck.cover.created,
            ),
            [
                words.group(replace(row, name=fitting.clipped(row.name, 14, room, 2)))
                for row in shown
            ],
            Series(labels.COUNTED, [rounded(row.completion) for row in shown], theme.DONE),
            Series(labels.ELAPSED, [rounded(shot.elapsed)] * len(shown), theme.INK_LINE),
            Series(labels.CLAIMED, higher, theme.CLAIMED),
        )


def _lights(deck: Deck, shot: Snapshot) -> None:
    members: dict[Light, list[str]] = {light: [] for light in Light}
    for project, row in shot.rows.items():
        members[row.light].append(project)
    shown = [light for light in Light if members[light] or light is not Light.UNKNOWN]
    notes = [
        f"{labels.LIGHT[light]} {len(members[light])}："
        + "；".join(f"{each} {shot.rows[each].content}" for each in members[light])
        for light in shown
    ]
    slide = deck.slide(words.lights(shot.lights), notes)
    columns = [Column(labels.COLUMN["light"], 2.1), Column(words.PROJECTS_OF_LIGHT, 5.4)]
    height = (BODY.h - HEAD - 0.1) / len(shown)
    rows = [
        (
            Cell((Words(labels.light(light), 22, theme.LIGHT[light], True),)),
            Cell((Words(_ids(members[light], columns[1].points), 18, most=2),)),
        )
        for light in shown
    ]
    alt = labels.alt_of_lights(shot.lights)
    table(slide, (BODY.x, BODY.y), columns, rows, [height] * len(rows), HEAD, alt)
    box = Box(BODY.x + 7.6, BODY.y + HEAD, BODY.w - 7.6, height * len(shown))
    deck_charts.counts(
        slide,
        Native(box, Box(0.1, 0, box.w - 0.2, box.h), alt, deck.cover.created),
        [labels.light(light) for light in shown],
        Series(
            words.LIGHT_COUNT,
            [shot.lights[light] for light in shown],
            theme.DONE,
            colours=[theme.LIGHT[light] for light in shown],
        ),
    )


def _ids(ids: Sequence[str], room: float) -> str:
    """As many ids as two lines hold, and how many there are."""
    for shown in range(min(len(ids), 40), 0, -1):
        line = words.listed(ids[:shown]) + words.and_more(shown, len(ids))
        if fitting.lines(line, 18, room) <= 2:
            return line
    return printed.DASH
