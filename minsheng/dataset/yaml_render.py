"""Plain data → canonical YAML, as data/projects.yaml is written.

Block style down to readings, flow below (quotes, stages, leads, rows of indicators and periods); a
string is quoted only where `yaml_core` would otherwise read something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minsheng.dataset import yaml_core
from minsheng.dataset.yaml_core import Path

_FLOW_KEYS = {
    *("plan", "thresholds", "leads", "supports", "investment", "upper"),
    *("quotes", "stages", "by_place"),
}
_FLOW_ROWS = {"periods", "indicators", "milestones"}

# What holds names, by the number of steps from the project to a name in it.
_NAMING = {
    2: (("reports",), ("notes",)),
    4: (("readings",), ("notes",), ("count",)),
    6: (("stages",), ("by_place",)),
}

# What a plain scalar may not begin with, hold or end with; `?` in flow is for PyYAML's own scanner.
_BEGINS = re.compile(r"[\s,\[\]{}#&*!|>'\"%@`?:]|-(?:$|[\s,\[\]{}-])|\.\.\.")
_HOLDS = re.compile(r":\s|\s#|[\t\n\r\x85\u2028\u2029\ufeff]")
_HOLDS_IN_FLOW = re.compile(r"[,\[\]{}?]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_UNWRITABLE = re.compile(
    "[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True)
class Layout:
    """How a file is indented, and the comments to put above what is written.

    `literals`: text of several lines may stand as a block after `|`.
    """

    step: int = 2
    dash: int = 2
    body: int = 2
    literals: bool = True
    comments: Mapping[Path, str] = field(default_factory=dict)


CANONICAL = Layout()


def is_flow(value: Any, path: Path) -> bool:
    """Whether canonical style writes the value in one line. Names given by people decide nothing:
    an indicator may be called stages."""
    if not isinstance(value, dict | list) or not value:
        return True
    last = path[-1] if path else ""
    if isinstance(last, int):
        return not isinstance(value, dict) or path[-2] in _FLOW_ROWS
    return not is_named(path) and last in _FLOW_KEYS


def is_named(path: Path) -> bool:
    """Whether the path's last key is a name: of a period, an indicator, a stage, a column."""
    of_project = path[2:] if path[:1] == ("projects",) else ()
    return len(of_project) % 2 == 0 and of_project[-2:-1] in _NAMING.get(len(of_project), ())


def inline(value: Any, in_flow: bool = False, style: str = "") -> str:
    """The value in one line; `style` is the quote that stood there before."""
    if isinstance(value, dict):
        inside = (f"{key_of(key, True)}: {inline(each, True)}" for key, each in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(each, True) for each in value) + "]"
    if isinstance(value, str):
        return _string(value, in_flow, style)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def key_of(key: str, in_flow: bool = False) -> str:
    """A key is text whatever it looks like: 2023 needs no quotes."""
    return key if _is_plain(key, in_flow) else _double_quoted(key)


def block(value: Any, path: Path, indent: int, layout: Layout) -> list[str]:
    """The lines of a collection that canonical style writes in several."""
    if isinstance(value, dict):
        return [
            line
            for key, each in value.items()
            for line in entry(key, each, (*path, key), indent, layout)
        ]
    return [
        line for at, each in enumerate(value) for line in item(each, (*path, at), indent, layout)
    ]


def entry(key: str, value: Any, path: Path, indent: int, layout: Layout) -> list[str]:
    """The lines of a key with its value, the key at column `indent`."""
    head = f"{' ' * indent}{key_of(key)}:"
    above = comment(path, indent, layout)
    if layout.literals and isinstance(value, str) and (lines := literal(value)):
        return [*above, f"{head} {lines[0]}", *indented(lines[1:], indent + layout.step)]
    if is_flow(value, path):
        return [*above, f"{head} {inline(value)}"]
    inner = indent + (layout.step if isinstance(value, dict) else layout.dash)
    return [*above, head, *block(value, path, inner, layout)]


def item(value: Any, path: Path, indent: int, layout: Layout) -> list[str]:
    """The lines of one item, its dash at column `indent`."""
    dash = f"{' ' * indent}-".ljust(indent + layout.body)
    above = comment(path, indent, layout)
    if is_flow(value, path):
        return [*above, dash + inline(value)]
    body = block(value, path, indent + layout.body, layout)
    while body[0].lstrip().startswith("#"):
        above.append(" " * indent + body.pop(0).lstrip())
    return [*above, dash + body[0].lstrip(), *body[1:]]


def literal(text: str) -> list[str]:
    """`|` or `|-` and the lines of a text of several; empty where it would not be read back."""
    body, end = (text[:-1], "|") if text.endswith("\n") else (text, "|-")
    lines = body.split("\n")
    if len(lines) < 2 or not lines[0] or not lines[-1] or _UNWRITABLE.search("".join(lines)):
        return []
    if any(line != line.strip(" \t") for line in lines):
        return []
    return [end, *lines]


def indented(lines: list[str], indent: int) -> list[str]:
    return [" " * indent + line if line else "" for line in lines]


def comment(path: Path, indent: int, layout: Layout) -> list[str]:
    said = layout.comments.get(path, "").splitlines()
    return [f"{' ' * indent}# {_UNWRITABLE.sub(' ', line)}".rstrip() for line in said]


def _string(text: str, in_flow: bool, style: str) -> str:
    if style == '"':
        return _double_quoted(text)
    if style == "'" and not _UNWRITABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if _is_plain(text, in_flow) and isinstance(yaml_core.scalar(text), str):
        return text
    return _double_quoted(text)


def _is_plain(text: str, in_flow: bool) -> bool:
    return bool(
        text
        and text == text.strip()
        and not text.startswith("---")
        and not text.endswith(":")
        and not _BEGINS.match(text)
        and not _HOLDS.search(text)
        and not _UNWRITABLE.search(text)
        and not (in_flow and _HOLDS_IN_FLOW.search(text))
    )


def _double_quoted(text: str) -> str:
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return '"' + _UNWRITABLE.sub(lambda found: _escape(found.group()), escaped) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
