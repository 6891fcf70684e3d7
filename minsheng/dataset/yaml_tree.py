"""YAML text as a tree of spans: where every key, value and item stands, to the character."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yaml import events

from minsheng.dataset import yaml_core

_COLLECTIONS = {events.MappingStartEvent: "map", events.SequenceStartEvent: "seq"}
_BREAK = re.compile(r"\r\n|\n|\r")
_CHOMP = re.compile(r"[|>][0-9]?([+-]?)")


@dataclass
class Node:
    """A value at text[start:end]. `end` is where its last character is, comments left out.

    A scalar has no children; a mapping's are its keys and values by turns.
    """

    kind: str
    start: int
    end: int = 0
    in_flow: bool = False
    style: str = ""
    value: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def pairs(self) -> dict[str, tuple[Node, Node]]:
        two = zip(self.children[::2], self.children[1::2], strict=True)
        return {key.value: (key, value) for key, value in two}

    @property
    def is_block(self) -> bool:
        """Whether it takes lines of its own."""
        return self.style in ("|", ">") or (self.kind != "scalar" and not self.in_flow)

    def last_scalar(self) -> Node:
        node = self
        while node.children and not node.in_flow:
            node = node.children[-1]
        return node


def tree(text: str) -> Node:
    """The tree of a text that `yaml_core.read` takes without a fault.

    Raises:
        DatasetError: it is not YAML.
    """
    stack = [Node("root", 0)]
    for event in yaml_core.stream(text):
        kind = type(event)
        start, end = event.start_mark.index, event.end_mark.index
        if kind is events.ScalarEvent:
            style = event.style or ""
            node = Node("scalar", start, end, style=style, value=event.value)
            if style in ("|", ">"):
                node.end = _block_end(text, start, end)
            stack[-1].children.append(node)
        elif kind in _COLLECTIONS:
            node = Node(_COLLECTIONS[kind], start, in_flow=bool(event.flow_style))
            stack[-1].children.append(node)
            stack.append(node)
        elif kind in (events.MappingEndEvent, events.SequenceEndEvent):
            node = stack.pop()
            node.end = end if node.in_flow else node.children[-1].end
    return stack[0].children[0]


def _block_end(text: str, start: int, end: int) -> int:
    """Without the line breaks behind it; with all but the last where they are kept by `+`."""
    chomp = _CHOMP.match(text, start)
    if chomp and chomp.group(1) == "+":
        return end - len(break_before(text, end))
    return start + len(text[start:end].rstrip("\r\n"))


def break_before(text: str, at: int) -> str:
    """The line break that ends at `at`; empty where there is none."""
    if text[at - 2 : at] == "\r\n" and at > 1:
        return "\r\n"
    return text[at - 1 : at] if at and text[at - 1] in "\r\n" else ""


def break_after(text: str, at: int) -> str:
    found = _BREAK.match(text, at)
    return found.group() if found else ""


def line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line's break is, or the text ends."""
    found = _BREAK.search(text, at)
    return found.start() if found else len(text)


def column(text: str, at: int) -> int:
    return at - line_start(text, at)


def newline(text: str, at: int) -> str:
    """The kind of line break in use around a place."""
    found = _BREAK.search(text, at) or _BREAK.search(text)
    return found.group() if found else "\n"


def tail(text: str, at: int, indent: int) -> int:
    """The end of the line of `at`, and of the comment lines below it that stand deeper."""
    end = line_end(text, at)
    while (gap := break_after(text, end)) and (
        found := re.compile(rf"[ ]{{{indent + 1},}}#").match(text, end + len(gap))
    ):
        end = line_end(text, found.end())
    return end


def dash(text: str, node: Node, at: int) -> int:
    """Where the dash of a block sequence's item stands."""
    place = node.children[at - 1].end if at else node.start
    while text[place] != "-":
        place = line_end(text, place) if text[place] == "#" else place + 1
    return place


def blocks(root: Node) -> list[tuple[Node, Node]]:
    """Every key whose value is a block collection, with that value, from the outside in."""
    found: list[tuple[Node, Node]] = []
    todo = [root]
    for node in todo:
        if node.kind == "map" and not node.in_flow:
            found += [
                (key, value)
                for key, value in node.pairs.values()
                if value.children and not value.in_flow
            ]
        if not node.in_flow:
            todo += node.children
    return found
