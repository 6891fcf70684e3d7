"""Changes a YAML text so that it says something else, and leaves every other byte as it was.

Two plain values are compared, what the text says and what it should say; only where they differ is
anything cut or written. What the text writes although it says nothing new (`approx: false`) stays.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from minsheng.dataset import yaml_render, yaml_tree
from minsheng.dataset.yaml_core import Path
from minsheng.dataset.yaml_render import CANONICAL, Layout
from minsheng.dataset.yaml_tree import Node

_ABSENT = object()


def patched(text: str, before: Any, after: Any) -> str:
    """The text, saying `after` where it said `before`.

    Both are what `yaml_core.read` would return, without what equals a default. The caller reads
    the result again: what cannot be said within the text's own style shows there.
    """
    root = yaml_tree.tree(text)
    patch = _Patch(text, _layout(text, root))
    patch.collection(root, before, after, ())
    return patch.text()


def _layout(text: str, root: Node) -> Layout:
    """How the file itself is indented; canonical where it gives no example."""
    layout = CANONICAL
    steps: dict[str, int] = {}
    for key, value in yaml_tree.blocks(root):
        inner = yaml_tree.column(text, value.start)
        outer = yaml_tree.column(text, key.start)
        name = "step" if value.kind == "map" else "dash"
        steps.setdefault(name, inner - outer)
        if name == "dash" and value.children[0].kind == "map" and not value.children[0].in_flow:
            steps.setdefault("body", yaml_tree.column(text, value.children[0].start) - inner)
    if steps.get("body", 2) < 2:
        del steps["body"]
    return replace(layout, **steps)  # type: ignore[arg-type]


class _Patch:
    """The cuts into a text: (start, end, what stands there instead), in the order of the file."""

    def __init__(self, text: str, layout: Layout) -> None:
        self._text = text
        self._layout = layout
        self._cuts: list[tuple[int, int, str]] = []

    def text(self) -> str:
        made: list[str] = []
        at = 0
        for start, end, words in sorted(self._cuts, key=lambda cut: cut[:2]):
            made += [self._text[at : max(start, at)], words]
            at = max(end, at)
        return "".join([*made, self._text[at:]])

    def collection(self, node: Node, before: Any, after: Any, path: Path) -> None:
        if node.in_flow:
            self._cut(node.start, node.end, self._flow(node, before, after))
        elif node.kind == "map":
            self._mapping(node, before, after, path)
        else:
            self._sequence(node, before, after, path)

    def _cut(self, start: int, end: int, words: str) -> None:
        self._cuts.append((start, end, words))

    # Block style: whole lines.

    def _mapping(self, node: Node, before: Any, after: Any, path: Path) -> None:
        pairs = node.pairs
        indent = yaml_tree.column(self._text, node.start)
        kept: Node | None = None
        for key, value in after.items():
            if key in pairs:
                kept = pairs[key][1]
                if before.get(key, _ABSENT) != value:
                    self._value(pairs[key], before.get(key, _ABSENT), value, (*path, key))
            elif before.get(key, _ABSENT) != value:
                lines = yaml_render.entry(key, value, (*path, key), indent, self._layout)
                self._insert(lines, kept, node.start, indent)
        gone = [key in before and key not in after for key in pairs]
        stays = gone.index(False)
        ordered = list(pairs.values())
        if stays and self._is_behind_dash(node.start):
            self._move_up(node.start, ordered[stays - 1][1], ordered[stays][0])
            gone[:stays] = [False] * stays
        for (key_node, child), is_gone in zip(ordered, gone, strict=True):
            if is_gone:
                self._delete(key_node.start, child, indent)

    def _value(self, pair: tuple[Node, Node], before: Any, after: Any, path: Path) -> None:
        key, node = pair
        if _shares(node, before, after):
            self.collection(node, before, after, path)
            return
        indent = yaml_tree.column(self._text, key.start)
        rest = self._text[node.end : yaml_tree.line_end(self._text, node.end)]
        layout = replace(self._layout, literals=not rest)
        lines = yaml_render.entry(str(path[-1]), after, path, indent, layout)
        if node.is_block or len(lines) > 1:
            head = self._text[key.start : key.end]
            written = yaml_render.key_of(str(path[-1]))
            lines[0] = head + lines[0].lstrip(" ").removeprefix(written)
            self._cut(key.start, node.end, self._joined(lines, node.end))
        else:
            self._cut(node.start, node.end, yaml_render.inline(after, False, _quote(node)))

    def _sequence(self, node: Node, before: Any, after: Any, path: Path) -> None:
        indent = yaml_tree.column(self._text, node.start)
        layout = replace(self._layout, body=self._body(node, indent))
        kept: Node | None = None
        pairs = _pairs(before, after)
        for at, (old, value) in enumerate(zip(pairs, after, strict=True)):
            if old is None:
                lines = yaml_render.item(value, (*path, at), indent, layout)
                self._insert(lines, kept, node.start, indent)
            else:
                kept = node.children[old]
                if before[old] != value:
                    self._item(kept, before[old], value, (*path, at))
        for at, child in enumerate(node.children):
            if at not in pairs:
                mark = yaml_tree.dash(self._text, node, at)
                self._delete(mark, child, indent)

    def _item(self, node: Node, before: Any, after: Any, path: Path) -> None:
        if _shares(node, before, after):
            self.collection(node, before, after, path)
        else:
            self._cut(node.start, node.end, yaml_render.inline(after, False, _quote(node)))

    def _body(self, node: Node, indent: int) -> int:
        """How far an item's first key stands from its dash."""
        first = node.children[0]
        column = yaml_tree.column(self._text, first.start)
        return column - indent if first.kind == "map" and column > indent else self._layout.body

    def _insert(self, lines: list[str], kept: Node | None, first: int, indent: int) -> None:
        """Behind what is kept, else in front of the first place of the collection."""
        if kept is not None:
            at = yaml_tree.tail(self._text, kept.end, indent)
            self._firm(kept)
            self._cut(at, at, yaml_tree.newline(self._text, at) + self._joined(lines, at))
            return
        gap = yaml_tree.newline(self._text, first)
        start = yaml_tree.line_start(self._text, first)
        words = self._joined(lines, first)
        if self._is_behind_dash(first):
            self._cut(first, first, words.lstrip(" ") + gap + " " * indent)
        elif start:
            at = start - len(yaml_tree.break_before(self._text, start))
            self._cut(at, at, gap + words)
        else:
            self._cut(0, 0, words + gap)

    def _firm(self, kept: Node) -> None:
        """A block of text at the end of a file without a line break would gain one."""
        last = kept.last_scalar()
        if last.style in ("|", ">") and not last.value.endswith("\n"):
            header = self._text[last.start : yaml_tree.line_end(self._text, last.start)]
            cut = (last.start + 1, last.start + 1, "-")
            if "-" not in header.partition("#")[0] and cut not in self._cuts:
                self._cut(*cut)

    def _delete(self, start: int, last: Node, indent: int) -> None:
        """Whole lines, with the break before them: what is written behind them stays apart."""
        start = yaml_tree.line_start(self._text, start)
        end = yaml_tree.tail(self._text, last.end, indent)
        if start:
            self._cut(start - len(yaml_tree.break_before(self._text, start)), end, "")
        else:
            self._cut(start, end + len(yaml_tree.break_after(self._text, end)), "")

    def _is_behind_dash(self, at: int) -> bool:
        return bool(self._text[yaml_tree.line_start(self._text, at) : at].strip(" ?"))

    def _move_up(self, start: int, last: Node, follower: Node) -> None:
        """Deletes the first keys of an item; the next one takes their place behind the dash."""
        gap = self._text[last.end : follower.start]
        self._cut(start, last.end + len(gap) - len(gap.lstrip()), "")

    def _joined(self, lines: Iterable[str], at: int) -> str:
        return yaml_tree.newline(self._text, at).join(lines)

    # Flow style: within a line.

    def _flow(self, node: Node, before: Any, after: Any) -> str:
        """Kept children keep their text and the gap before them; new ones are set between."""
        if node.kind == "scalar" or not _shares(node, before, after):
            return yaml_render.inline(after, True, _quote(node, True))
        made: list[str] = []
        ends = [node.start + 1, *(child.end for child in node.children)]
        for text, start in self._flow_children(node, before, after):
            at = max(end for end in ends if end <= start) if start >= 0 else 0
            gap = ", " if start < 0 or at == ends[0] else self._text[at:start]
            made += [gap if made else "", text]
        first, last = node.children[0], node.children[-1]
        head, foot = self._text[node.start : first.start], self._text[last.end : node.end]
        return head + "".join(made) + foot

    def _flow_children(self, node: Node, before: Any, after: Any) -> Iterator[tuple[str, int]]:
        """(what to write, where it stood; -1 for what is new)."""
        if node.kind == "seq":
            for old, value in zip(_pairs(before, after), after, strict=True):
                if old is None:
                    yield yaml_render.inline(value, True), -1
                else:
                    child = node.children[old]
                    yield self._kept(child, before[old], value), child.start
            return
        placed = _in_place(node.pairs, before, after)
        for name in placed:
            if name not in node.pairs:
                yield (
                    f"{yaml_render.key_of(name, True)}: {yaml_render.inline(after[name], True)}",
                    -1,
                )
                continue
            key, child = node.pairs[name]
            head = self._text[key.start : child.start]
            old = before.get(name, _ABSENT)
            same = name not in after or old == after[name]
            body = self._text[child.start : child.end]
            yield head + (body if same else self._flow(child, old, after[name])), key.start

    def _kept(self, child: Node, before: Any, after: Any) -> str:
        if before == after:
            return self._text[child.start : child.end]
        return self._flow(child, before, after)


def _quote(node: Node, in_flow: bool = False) -> str:
    """The quotes around a value, where they were somebody's choice and not needed."""
    needed = yaml_render.inline(node.value, in_flow).startswith('"')
    return "" if needed else node.style


def _in_place(pairs: Iterable[str], before: Any, after: Any) -> list[str]:
    """The keys in the order of the file, new ones behind the one they follow in `after`."""
    placed = [key for key in pairs if key in after or key not in before]
    behind = 0
    for key in after:
        if key not in placed and before.get(key, _ABSENT) == after[key]:
            continue
        if key not in placed:
            placed.insert(behind, key)
        behind = placed.index(key) + 1
    return placed


def _shares(node: Node, before: Any, after: Any) -> bool:
    """Whether something of the collection stays, so that it is worth going into."""
    if node.kind == "map" and isinstance(before, dict) and isinstance(after, dict) and after:
        return any(key in after or key not in before for key in node.pairs)
    if node.kind == "seq" and isinstance(before, list) and isinstance(after, list):
        return bool(node.children) and any(each is not None for each in _pairs(before, after))
    return False


def _pairs(before: list[Any], after: list[Any]) -> list[int | None]:
    """For each new item the old one that it is, or replaces."""
    found: list[int | None] = [None] * len(after)
    names = [_identity(each) for each in before], [_identity(each) for each in after]
    for kind, a, a_end, b, b_end in difflib.SequenceMatcher(None, *names, False).get_opcodes():
        scalars = not any(isinstance(each, dict) for each in (*before[a:a_end], *after[b:b_end]))
        if kind == "equal" or (kind == "replace" and scalars):
            found[b : min(b_end, b + a_end - a)] = range(a, min(a_end, a + b_end - b))
    return found


def _identity(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    return next((row[key] for key in ("id", "name", "by") if key in row), None)
