"""YAML 1.2 core from libyaml's events: plain data, the place of everything, and Chinese messages.

Events, not nodes: building from them costs a third of `yaml.load` with the C loader, never
recurses, and stops at the first alias or at the fifty-first level, so nothing is ever expanded.
Only int, float, true/false and null are resolved; `no`, `12:30`, `0123` and dates stay text.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml import events

from minsheng.labels import faults
from minsheng.model import DatasetError, Problem

Path = tuple[str | int, ...]
Place = tuple[int, int]
Places = dict[Path, tuple[Place, Place]]

DEEPEST = 50
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]{0,300})(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?"
)
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read(text: str) -> tuple[Any, list[Problem]]:
    """The one document of the text as dicts, lists, strings, numbers and booleans.

    The problems are those that leave the rest readable: a key written twice, a key without a
    value. Nothing is written as null here: what is not known is left out.

    Raises:
        DatasetError: it is not YAML, holds an alias or a tag, or is nested too deeply.
    """
    return _build(text, None)


def places(text: str) -> Places:
    """Where everything stands: path → (place of its key or dash, place of its value), 1-based.

    A second reading, for the few occasions that need it: a fault, an explanation.
    """
    found: Places = {}
    with contextlib.suppress(DatasetError):  # what was found up to a fault is what there is
        _build(text, found)
    return found


def scalar(words: str) -> Any:
    """A plain scalar by the core schema, without octal and hexadecimal."""
    if words in _WORDS:
        return _WORDS[words]
    if _INT.fullmatch(words):
        return int(words)
    if _FLOAT.fullmatch(words):
        return float(words)
    return words


# A comment right behind Chinese words: 60 张床位 #1 楼已完成. A remark stands apart, after two
# blanks and with one behind its sign.
_CUT = re.compile(r"[ \t]+(#([^\s#!])?[^\n\r]*)")


class _Frame:
    """A collection that is being filled."""

    __slots__ = ("key", "key_mark", "path", "value")

    def __init__(self, value: dict[str, Any] | list[Any], path: Path) -> None:
        self.value = value
        self.path = path
        self.key: str | None = None
        self.key_mark: Any = None


def _build(text: str, found: Places | None) -> tuple[Any, list[Problem]]:
    stack: list[_Frame] = []
    root: list[Any] = []
    problems: list[Problem] = []
    lines: dict[tuple[int, str], int] = {}
    for event in stream(text):
        kind = type(event)
        if kind is events.ScalarEvent:
            frame = stack[-1] if stack else None
            if frame is not None and type(frame.value) is dict and frame.key is None:
                _open_key(frame, event, lines, problems)
                continue
            value = scalar(event.value) if event.implicit[0] else event.value
            if event.implicit[0] and type(value) is str and stack:
                end = event.end_mark.index
                if text.startswith((" ", "\t"), end) and (cut := _CUT.match(text, end)):
                    is_close = cut.start(1) == end + 1 and not value.isascii()
                    if cut.group(2) or is_close:
                        words = faults.YAML_CUT.format(words=value[-20:], rest=cut.group(1)[:20])
                        problems.append(_at(event, words))
            if value is None and stack:
                key = stack[-1].key or "- "
                if number := _cut_number(stack[-1]):
                    words = faults.YAML_THOUSANDS.format(value=number)
                    problems.append(Problem(*_place(stack[-1].key_mark), words))
                elif ":" not in key and "：" not in key:
                    problems.append(_at(event, faults.YAML_EMPTY.format(key=key)))
            _put(stack, root, value, event, found)
        elif kind in (events.MappingStartEvent, events.SequenceStartEvent):
            if stack and type(stack[-1].value) is dict and stack[-1].key is None:
                raise DatasetError([_at(event, faults.YAML_KEY_IS_COLLECTION)])
            made: Any = {} if kind is events.MappingStartEvent else []
            path = _put(stack, root, made, event, found)
            stack.append(_Frame(made, path))
            if len(stack) > DEEPEST:
                raise DatasetError([_at(event, faults.YAML_TOO_DEEP.format(deepest=DEEPEST))])
        elif kind in (events.MappingEndEvent, events.SequenceEndEvent):
            stack.pop()
        elif kind is events.AliasEvent:
            raise DatasetError([_at(event, faults.YAML_ALIAS.format(name=event.anchor))])
        elif kind is events.DocumentStartEvent and root:
            raise DatasetError([_at(event, faults.YAML_SEVERAL)])
    return (root[0] if root else None), problems


def _cut_number(frame: _Frame) -> str:
    """13000 where `{target: 13,000}` has become a target of 13 and a key 000; empty elsewhere."""
    before = list(frame.value.values())[-1:] if isinstance(frame.value, dict) else []
    if before and type(before[0]) is int and re.fullmatch("[0-9]{3}", frame.key or ""):
        return f"{before[0]}{frame.key}"
    return ""


def _open_key(
    frame: _Frame, event: Any, lines: dict[tuple[int, str], int], problems: list[Problem]
) -> None:
    """Remembers a key. A key written twice is a fault: the second would hide the first."""
    key = event.value
    if key in frame.value:
        first = lines.get((id(frame.value), key), 0)
        problems.append(_at(event, faults.YAML_TWICE.format(key=key, line=first)))
    else:
        lines[id(frame.value), key] = event.start_mark.line + 1
    frame.key, frame.key_mark = key, event.start_mark


def _put(
    stack: list[_Frame], root: list[Any], value: Any, event: Any, found: Places | None
) -> Path:
    if getattr(event, "tag", None) is not None and event.tag != "!":
        raise DatasetError([_at(event, faults.YAML_TAG.format(tag=event.tag))])
    if not stack:
        root.append(value)
        return ()
    frame = stack[-1]
    mark = event.start_mark
    step: str | int
    if isinstance(frame.value, dict):
        step = str(frame.key)
        frame.value.setdefault(str(frame.key), value)
        frame.key, key_mark = None, frame.key_mark
    else:
        step = len(frame.value)
        frame.value.append(value)
        key_mark = mark
    if found is None:
        return ()
    path = (*frame.path, step)
    found.setdefault(path, (_place(key_mark), _place(mark)))
    return path


def stream(text: str) -> Iterator[Any]:
    """libyaml's events, with syntax errors in Chinese."""
    try:
        loader = _LOADER(text)
        try:
            while True:
                event = loader.get_event()
                if event is None:
                    return
                yield event
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise DatasetError([_syntax(text, error)]) from None
    except yaml.reader.ReaderError:
        raise DatasetError([_control_character(text)]) from None


# What libyaml refuses (YAML 1.2, section 5.1); its own position is in bytes or characters.
_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _control_character(text: str) -> Problem:
    found = _UNPRINTABLE.search(text)
    at = found.start() if found else 0
    line = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    code = f"U+{ord(text[at]):04X}" if found else ""
    return Problem(line + 1, column + 1, faults.YAML_CONTROL.format(code=code))


def _at(event: Any, message: str) -> Problem:
    return Problem(*_place(event.start_mark), message)


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Problem:
    """The one syntax error, said as what the hand at the keyboard did where that can be seen."""
    if merge := _MERGE.search(text):
        line = text.count("\n", 0, merge.start()) + 1
        return Problem(line, 1, faults.YAML_MERGE.format(mark=merge.group(1)))
    mark = error.problem_mark or error.context_mark
    line, column = _place(mark) if mark else (1, 1)
    lines = text.splitlines()
    for at in range(min(line, len(lines)), max(line - 12, 0), -1):
        hint = slip(lines[at - 1])
        if hint:
            return Problem(at, hint[0] + 1, hint[1])
    said = str(error.problem or "")
    message = next((say for part, say in faults.YAML_SYNTAX.items() if part in said), None)
    return Problem(line, column, message or faults.YAML_OTHER)


_MERGE = re.compile(r"^(<{7}|={7}|>{7})(?:[ \r]|$)", re.MULTILINE)
_SLIPS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"^[ ]*(\t)"), "tab"),
    (re.compile(r"^[ \t]*([\u3000\u00a0])"), "space"),
    (re.compile(r"^\s*(?:- )?[\w.\"]+(：)"), "colon"),
    (re.compile(r"[{,]\s*\w+(：)"), "colon"),
    (re.compile(r"^\s*(?:- )?[\w.\"]+:([\u3000\u00a0])"), "space_after"),
    (re.compile(r"(?::|^\s*-)\s*([［｛])"), "bracket"),
    (re.compile(r"[\[{][^\]}]*([］｝])"), "bracket"),
    (re.compile(r"[\[{][^\]}\"']*(，)[^\]}]*:"), "comma"),
    (re.compile(r":\s*([“”‘’])[^“”‘’]*[“”‘’]?\s*$"), "quote"),
    (re.compile(r"^\s*(＃)"), "hash"),
    (re.compile(r"^\s*(?:- )?[a-z_]+(:)[^\s:]"), "no_space"),
    (re.compile(r"[{,]\s*[a-z_]+(:)[^\s:,}]"), "no_space"),
    (re.compile(r"[\[{][^\]}\"'#]*\s(#)[^\n]*[,\]}]"), "cut"),
]


def slip(line: str) -> tuple[int, str] | None:
    """A slip of a Chinese keyboard in a line that did not parse: (column, what to write)."""
    for pattern, name in _SLIPS:
        found = pattern.search(line[:500])
        if found:
            char = found.group(1)
            blank = faults.BLANKS.get(char, "")
            return found.start(1), faults.YAML_SLIPS[name].format(char=char, blank=blank)
    return None
