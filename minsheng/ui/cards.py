"""Many links in one element: a row of chips, or cards that each lead to the evidence.

Every element of a page is a message of its own, and costs the server as much as a chart does; a
list of thirty cards is one message here. The words arrive as data and are set as text: nothing in
them is read as HTML or Markdown. A plain click stays in the session, any other opens the address.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import streamlit as st

from minsheng import labels
from minsheng.model import Light
from minsheng.ui.address import go, href
from minsheng.ui.assets import asset, packed


@dataclass(frozen=True)
class Chip:
    """A light with a count, and the page that shows what was counted."""

    light: Light
    words: str
    count: int
    page: str
    query: dict[str, str]


@dataclass(frozen=True)
class Card:
    """What a project is asked about: a light before the title where it has one."""

    project: str
    title: str
    words: str
    small: str
    light: Light | None = None


@dataclass(frozen=True)
class Group:
    """Cards under one heading; a single group may do without."""

    cards: Sequence[Card]
    heading: str = ""
    note: str = ""


_PLACE = "-id-"
_component = st.components.v2.component(
    "minsheng_links", css=asset("links.css"), js=asset("links.js")
)


def chips(key: str, row: Sequence[Chip]) -> None:
    """A row of counts, each a link to exactly what it counts."""
    shown = [
        {
            "at": at,
            "light": chip.light,
            "shape": labels.LIGHT_SHAPE[chip.light],
            "words": chip.words,
            "count": chip.count,
            "href": href(chip.page, **chip.query),
        }
        for at, chip in enumerate(row)
    ]
    opened = _mount(key, shown, [])
    if opened is not None and opened < len(row):
        go(row[opened].page, **row[opened].query)


def cards(key: str, groups: Sequence[Group]) -> None:
    """Cards in as many columns as there is room for; a click opens the project."""
    each = [card for group in groups for card in group.cards]
    at = itertools.count()
    address = href("project", id=_PLACE)
    shown = [
        {
            "heading": group.heading,
            "note": group.note,
            "cards": [
                {
                    "at": next(at),
                    "light": card.light,
                    "shape": labels.LIGHT_SHAPE[card.light] if card.light else "",
                    "title": card.title,
                    "words": card.words,
                    "small": card.small,
                    "href": address.replace(_PLACE, quote(card.project)),
                }
                for card in group.cards
            ],
        }
        for group in groups
    ]
    opened = _mount(key, [], shown)
    if opened is not None and opened < len(each):
        go("project", id=each[opened].project)


def _mount(key: str, row: Sequence[Any], groups: Sequence[Any]) -> int | None:
    """The place of what was clicked among all links; None while nothing was."""
    data = packed({"chips": row, "groups": groups, "go": labels.EVIDENCE})
    opened = _component(key=key, data=data, on_open_change=_nothing).get("open")
    return opened if isinstance(opened, int) and opened >= 0 else None


def _nothing() -> None:
    """A trigger has to have somebody who listens."""
