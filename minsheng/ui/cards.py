"""Many links in one element: a row of chips, or cards that each lead to the evidence.

Every element of a page is a message of its own, and costs the server as much as a chart does; a
list of thirty cards is one message here. The words arrive as data and are set as text: nothing in
them is read as HTML or Markdown. A plain click stays in the session, any other opens the address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from minsheng import labels
from minsheng.model import Light
from minsheng.ui.address import go, href


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


_CSS = """
:host, div { font-family: inherit; }
section { margin: 0; }
h3 { font-size: 1.15rem; font-weight: 600; margin: 1.5rem 0 .25rem; }
h3:first-child { margin-top: 0; }
.note { color: var(--st-gray-text-color); font-size: .875rem; margin: 0 0 .75rem; }
.cards { display: grid; gap: 1rem;
    grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); }
a { color: inherit; text-decoration: none; }
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
.card { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
    padding: .875rem 1rem; line-height: 1.55; display: flex; gap: 1rem; align-items: center; }
.card:hover, .chip:hover { background: var(--st-secondary-background-color); }
.card div { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.card p { margin: 0; }
.title { font-weight: 600; }
.small { color: var(--st-gray-text-color); }
.go { flex: none; color: var(--st-primary-color); font-size: .875rem; white-space: nowrap; }
.chips { display: flex; flex-wrap: wrap; gap: .25rem .5rem; }
.chip { border-radius: var(--st-base-radius); padding: .25rem .625rem; white-space: nowrap; }
.chip b { font-weight: 600; margin-left: .25rem; }
.done { color: var(--st-blue-text-color); } .ahead { color: var(--st-green-text-color); }
.on_track, .unknown { color: var(--st-gray-text-color); }
.behind { color: var(--st-orange-text-color); } .far_behind { color: var(--st-red-text-color); }
@media print { .go { display: none; } .card { break-inside: avoid; } }
"""

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
    const make = (tag, kind, text) => {
        const made = document.createElement(tag);
        if (kind) made.className = kind;
        if (text) made.textContent = text;
        return made;
    };
    const link = (kind, item) => {
        const made = make('a', kind);
        made.href = item.href;
        made.onclick = (event) => {
            if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            setTriggerValue('open', item.at);
        };
        return made;
    };
    const root = make('div');
    if (data.chips.length) {
        const row = make('div', 'chips');
        for (const item of data.chips) {
            const chip = link('chip', item);
            chip.append(make('span', item.light, item.shape), ` ${item.words}`);
            chip.append(make('b', '', ` ${item.count}`));
            row.append(chip);
        }
        root.append(row);
    }
    for (const group of data.groups) {
        if (group.heading) root.append(make('h3', '', group.heading));
        if (group.note) root.append(make('p', 'note', group.note));
        const list = make('div', 'cards');
        for (const item of group.cards) {
            const card = link('card', item), words = make('div'), title = make('p', 'title');
            if (item.shape) title.append(make('span', item.light, item.shape), ' ');
            title.append(item.title);
            words.append(title, make('p', '', item.words), make('p', 'small', item.small));
            card.append(words, make('span', 'go', data.go));
            list.append(card);
        }
        root.append(list);
    }
    const before = parentElement.querySelector('[data-links]');
    root.dataset.links = '';
    if (before) before.replaceWith(root); else parentElement.append(root);
}
"""

_component = st.components.v2.component("minsheng_links", css=_CSS, js=_JS)


def chips(key: str, row: Sequence[Chip]) -> None:
    """A row of counts, each a link to exactly what it counts."""
    shown = [
        asdict(chip)
        | {"shape": labels.LIGHT_SHAPE[chip.light], "href": href(chip.page, **chip.query)}
        for chip in row
    ]
    opened = _mount(key, shown, [])
    if opened is not None and opened < len(row):
        go(row[opened].page, **row[opened].query)


def cards(key: str, groups: Sequence[Group]) -> None:
    """Cards in as many columns as there is room for; a click opens the project."""
    each = [card for group in groups for card in group.cards]
    at = iter(range(len(each)))
    shown = [
        {
            "heading": group.heading,
            "note": group.note,
            "cards": [
                asdict(card)
                | {
                    "at": next(at),
                    "shape": labels.LIGHT_SHAPE[card.light] if card.light else "",
                    "href": href("project", id=card.project),
                }
                for card in group.cards
            ],
        }
        for group in groups
    ]
    opened = _mount(key, [], shown)
    if opened is not None and opened < len(each):
        go("project", id=each[opened].project)


def _mount(key: str, row: Sequence[dict[str, Any]], groups: Sequence[Any]) -> int | None:
    """The place of what was clicked among all links; None while nothing was."""
    data = {
        "chips": [{**chip, "at": at} for at, chip in enumerate(row)],
        "groups": groups,
        "go": labels.EVIDENCE,
    }
    result = _component(key=key, data=data, on_open_change=_nothing)
    opened = result.get("open")
    return opened if isinstance(opened, int) and opened >= 0 else None


def _nothing() -> None:
    """A trigger has to have somebody who listens."""
