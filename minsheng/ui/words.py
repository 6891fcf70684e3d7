"""Words and links of a page as one element: headline, cells, rows, facts.

Every element of a page is a message of its own and costs the server as much as a chart does. A page
builds a tree of nodes; one component sets it. Text is set as text: nothing in it is read as HTML or
Markdown. A plain click on a link stays in the session, any other opens its address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minsheng import labels
from minsheng.model import Light
from minsheng.ui.address import Address, go, hrefs
from minsheng.ui.component import component, packed

_component = component("words")


@dataclass(frozen=True, slots=True)
class To:
    """A page of the app with its choices."""

    page: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """An element of the page: its tag, its classes, what is in it, and where it leads."""

    tag: str
    kind: str = ""
    inside: tuple[Node | str, ...] = ()
    to: To | None = None
    about: Mapping[str, str] = field(default_factory=dict)


Inside = Node | str


def node(tag: str, kind: str = "", *inside: Inside, **about: str) -> Node:
    """`about` are attributes; an underscore in their names is a hyphen."""
    return Node(tag, kind, inside, None, {key.replace("_", "-"): v for key, v in about.items()})


def link(kind: str, to: To, *inside: Inside, **about: str) -> Node:
    return Node("a", kind, inside, to, {key.replace("_", "-"): v for key, v in about.items()})


def choice(label: str, options: Sequence[tuple[str, To]], chosen: int | None = None) -> Node:
    """A list to choose from; each choice leads somewhere. Without a chosen one its label stands."""
    each = [
        Node("option", "", (words,), to, {"selected": ""} if at == chosen else {})
        for at, (words, to) in enumerate(options)
    ]
    first = [] if chosen is not None else [node("option", "", label, value="", selected="")]
    return node("select", "choice", *first, *each, aria_label=label)


def heading(small: str, finding: str, late: str = "", rest: str = "", after: str = "") -> Node:
    """The title small, the finding large: `late` in the ink of what lags, `rest` not on a phone."""
    parts: list[Inside] = [finding]
    if rest:
        parts.append(node("span", "wide", rest))
    if after:
        parts.append(after)
    if late:
        parts.append(node("span", "late", late))
    return node("header", "head", node("h1", "", small), node("p", "finding", *parts))


def glyph(light: Light) -> Node:
    return node("span", f"glyph {light}", labels.LIGHT_SHAPE[light])


@dataclass(frozen=True, slots=True)
class Written:
    """Nodes as they are sent, and where their links lead."""

    data: bytes
    links: tuple[To, ...]


def written(nodes: Iterable[Node]) -> Written:
    links: list[To] = []
    address = hrefs()
    return Written(packed([_sent(each, links, address) for each in nodes]), tuple(links))


def mount(key: str, *nodes: Node) -> None:
    """Sets the nodes, and leaves for the page of the link that was clicked."""
    show(key, written(nodes))


def show(key: str, words: Written) -> None:
    """As `mount`, of what was written before."""
    opened = _component(key=key, data=words.data, on_open_change=_nothing).get("open")
    if isinstance(opened, int) and 0 <= opened < len(words.links):
        to = words.links[opened]
        go(to.page, **to.query)


def _sent(each: Inside, links: list[To], address: Address) -> Any:
    """A string, or [tag, classes, inside, attributes, number of the link] up to what says more
    than that there is none."""
    if isinstance(each, str):
        return each
    about = dict(each.about)
    at = -1
    if each.to is not None:
        at = len(links)
        links.append(each.to)
        if each.tag == "a":
            about["href"] = address(each.to.page, each.to.query)
    inside = [_sent(inner, links, address) for inner in each.inside]
    if at >= 0:
        return [each.tag, each.kind, inside, about, at]
    return [each.tag, each.kind, inside, about] if about else [each.tag, each.kind, inside]


def texts(nodes: Iterable[Inside]) -> list[str]:
    """Every text in the nodes, in reading order."""
    found: list[str] = []
    for each in nodes:
        found += [each] if isinstance(each, str) else texts(each.inside)
    return found


def _nothing() -> None:
    """A trigger has to have somebody who listens."""
