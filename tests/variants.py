"""Datasets at random, and files that say them in every hand: indents, quotes, order, comments."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from minsheng.dataset import editing, schema, yaml_core
from minsheng.model import Dataset, Indicator, Project, Reading, Report

# What YAML reads otherwise when it stands without quotes, or not at all.
TRICKY = [
    "no", "5.1", "0123", "2023-01-01", "12:30", "null", "~", "true", "1e3", ".5", "-", "- 甲", "-5x", "?",
    "a: b", "a:", ":a", "a #b", "#a", "a#b", " 前", "后 ", "[甲]", "{甲", "甲, 乙", "100%", "%", "@甲", "`",
    "|", ">", "&a", "*a", "!a", "'", '"', "\\", "甲'乙\"丙", "---", "...", "--- 甲", "=", "<<", "\t", "a\tb",
    "第一行\n第二行", "第一行\n\n第三行\n", "　缩进\n　再缩进", "末尾空格 \n下一行", "\n", "a\r\nb", "\x85", "\u2028",
    "\ufeff", "\x00", "😀", "已完成 12 家，其中 3 家: 在建。", "a?b", "http://a.b/c", "甲：乙", "[x](javascript:1)",
]  # fmt: skip
words = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
)
# What a person who reads it sees whole; others are refused as a name.
seen = words.filter(lambda name: schema._check_name(name, (), "", schema._Faults()))
counts = st.one_of(st.integers(0, 10**12), st.floats(0, 1e6, allow_nan=False))


def applied(text: str, edits: Iterable[editing.Edit]) -> str:
    """The text of a file with the edits in it."""
    document = schema.loads(text.encode("utf-8"))
    return editing.written(document, editing.edited(document.dataset, edits)).text


def united(base: str, mine: str, theirs: str) -> str:
    """Their text with my changes to it."""
    three = [schema.loads(text.encode("utf-8")) for text in (base, mine, theirs)]
    return editing.written(three[2], editing.merged(*(each.dataset for each in three))).text


@st.composite
def reports(draw: Any, names: tuple[str, ...]) -> Report:
    text = "".join(draw(st.lists(words, max_size=4)))
    readings = {name: draw(reading(text)) for name in names if draw(st.booleans())}
    more: dict[str, Any] = {
        key: draw(words) for key in ("problems", "next_steps", "verdict") if draw(st.booleans())
    }
    if draw(st.booleans()):
        more["notes"] = draw(st.dictionaries(words, words, max_size=2))
    if draw(st.booleans()):
        more |= {"leads": ["乙局"], "supports": ["丙局"], "investment": {"paid": draw(counts)}}
        more["deadline"] = "2023-10-31"
    return Report(text=text, readings=readings, **more)


@st.composite
def reading(draw: Any, text: str) -> Reading:
    said: dict[str, Any] = {}
    if draw(st.booleans()):
        said["done"] = draw(counts)
        if text and draw(st.booleans()):
            cut = sorted(
                draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True))
            )
            said["quotes"] = [text[cut[0] : cut[1]], text]
    if draw(st.booleans()):
        said["claimed"] = draw(st.integers(0, 1000))
        if draw(st.booleans()):
            said["claimed_of"] = draw(words)
    for key in ("declared", "approx", "preparing"):
        said[key] = draw(st.booleans())
    if draw(st.booleans()):
        said["stages"] = draw(st.dictionaries(words, counts, max_size=3))
    if draw(st.booleans()):
        said["this_period"] = draw(counts)
        said["by_place"] = draw(st.dictionaries(words, counts, max_size=3))
    return Reading(**said)


@st.composite
def projects(draw: Any, id_: str, periods: tuple[str, ...]) -> Project:
    names = tuple(draw(st.lists(seen, min_size=1, max_size=2, unique=True)))
    more: dict[str, Any] = {}
    if draw(st.booleans()):
        more["leader"] = draw(words)
    if draw(st.booleans()):
        more["supports"] = ["区文旅局"]
    if draw(st.booleans()):
        more["milestones"] = [
            {"by": "2023-03-31", "share": 20},
            {"by": "2023-09-30", "share": 80.5},
            {"by": "2023-10-31", "count": {names[0]: 30}, "text": draw(words)},
        ]
    if draw(st.booleans()):
        more |= {"printed": draw(words), "upper": ["330300/2023#5.1"]}
        more["notes"] = draw(st.dictionaries(words, words, max_size=2))
    return Project(
        id=id_,
        category=f"类别{id_.partition('.')[0]}",
        content=draw(words),
        leads=draw(st.sampled_from([["区民政局"], ["甲局", "no", "5.1"]])),
        indicators=[Indicator(name=name, target=50, unit="家", counts="建成") for name in names],
        reports={period: draw(reports(names)) for period in periods if draw(st.booleans())},
        **more,
    )


@st.composite
def datasets(draw: Any) -> Dataset:
    ids = ("2023H1", "2023Q3")[: draw(st.integers(1, 2))]
    days = {"2023H1": "2023-06-30", "2023Q3": "2023-09-30"}
    return Dataset.model_validate(
        {
            "version": 1,
            "title": draw(words),
            "place": "测试区",
            **(
                draw(
                    st.sampled_from(
                        [{}, {"code": "330302"}, {"code": "330372", "parent": "330300"}]
                    )
                )
            ),
            "plan": {"start": "2023-01-01", "end": "2023-12-31"},
            "periods": [{"id": each, "label": draw(words), "as_of": days[each]} for each in ids],
            "projects": [draw(projects(each, ids)) for each in ("1.1", "1.2", "3.1")],
        }
    )


class Hand:
    """Somebody's way of writing YAML, as chance has it. `pieces` are the head and each project."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.step = chance.choice([1, 2, 4])
        self.dash = chance.choice([0, 2, 4])
        self.body = chance.choice([2, 2, 4])
        self.newline = chance.choice(["\n", "\n", "\r\n"])
        self.bom = chance.random() < 0.2
        self.ends = chance.random() < 0.8

    def pieces(self, data: dict[str, Any]) -> list[str]:
        lines = ["# 开头的说明: [不是数据", ""]
        for key, value in data.items():
            if key != "projects":
                lines += self._entry(key, value, 0)
        lines.append("projects:" + self._remark())
        made = [lines]
        for project in data["projects"]:
            made.append([*self._between(self.dash), *self._item(project, self.dash)])
        whole = [self.newline.join(each) + self.newline for each in made]
        if not self.ends and not self._ends_in_block(made[-1]):
            whole[-1] = whole[-1].removesuffix(self.newline)
        return whole

    def _ends_in_block(self, lines: list[str]) -> bool:
        """Without its line break a text block at the end would say something else."""
        return any(re.search(r": [|>]", line) for line in lines[-8:])

    def _entry(self, key: str, value: Any, indent: int) -> list[str]:
        pad = " " * indent
        head = f"{pad}{self._key(key)}:"
        if isinstance(value, str) and (lines := self._literal(value)):
            inner = " " * (indent + self.step)
            return [f"{head} {lines[0]}", *(inner + line if line else "" for line in lines[1:])]
        if not isinstance(value, dict | list) or not value or self.chance.random() < 0.4:
            return [f"{head} {self._flow(value, indent)}{self._remark()}"]
        if isinstance(value, dict):
            return [head + self._remark(), *self._mapping(value, indent + self.step)]
        lines = [head + self._remark()]
        for each in value:
            lines += [*self._between(indent + self.dash), *self._item(each, indent + self.dash)]
        return lines

    def _mapping(self, value: dict[str, Any], indent: int) -> list[str]:
        keys = list(value)
        if self.chance.random() < 0.3:
            self.chance.shuffle(keys)
        found: list[str] = []
        for at, key in enumerate(keys):
            found += [*(self._between(indent) if at else []), *self._entry(key, value[key], indent)]
        return found

    def _item(self, value: Any, indent: int) -> list[str]:
        head = " " * indent + "-"
        if not isinstance(value, dict) or ("id" not in value and self.chance.random() < 0.5):
            return [f"{head} {self._flow(value, indent)}{self._remark()}"]
        body = self._mapping(value, indent + self.body)
        return [head.ljust(indent + self.body) + body[0].lstrip(" "), *body[1:]]

    def _flow(self, value: Any, indent: int) -> str:
        if not isinstance(value, dict | list):
            return self._scalar(value)
        gap = self.chance.choice(["", " "])
        comma = self.chance.choice([", ", " , ", f",{self.newline}{' ' * (indent + 9)}"])
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        if isinstance(value, dict):
            rows = [f"{self._key(k)}: {self._flow(v, indent)}" for k, v in value.items()]
        else:
            rows = [self._flow(each, indent) for each in value]
        last = self.chance.choice(["", ","]) if rows else ""
        return f"{opening}{gap}{comma.join(rows)}{last}{gap}{closing}"

    def _key(self, key: str) -> str:
        return key if re.fullmatch(r"\w+", key) else _double_quoted(key)

    def _scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        kind = self.chance.random()
        plain = re.fullmatch(r"[\w，。、%][\w，。、% ]*(?<! )", value) and value[0] != "%"
        if plain and kind < 0.6 and yaml_core.scalar(value) == value:
            return value
        if value.isprintable() and kind < 0.8:
            return "'" + value.replace("'", "''") + "'"
        return _double_quoted(value)

    def _literal(self, value: str) -> list[str]:
        lines = value.removesuffix("\n").split("\n")
        usual = all(re.fullmatch(r"[\w，。]+", line) for line in lines)
        if not usual or self.chance.random() < 0.3:
            return []
        kept = self.chance.choice(["|", "|", "|+"]) if value.endswith("\n") else "|-"
        return [kept + self._remark(), *lines]

    def _remark(self) -> str:
        return self.chance.choice(["", "", "", "  # 备注: {x", " "])

    def _between(self, indent: int) -> list[str]:
        return self.chance.choice(
            [[], [], [], [""], [" " * indent + "# 说明：- a: b"], ["", " " * indent + "# 空行后"]]
        )


def _double_quoted(value: str) -> str:
    """As JSON, but for what is beyond the basic plane: YAML does not join the halves."""
    return (
        '"'
        + "".join(json.dumps(c)[1:-1] if ord(c) < 0x10000 else f"\\U{ord(c):08X}" for c in value)
        + '"'
    )
