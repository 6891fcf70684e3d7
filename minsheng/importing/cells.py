"""The cells of one line of a table, by what its layout says that they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minsheng.grammar import targets
from minsheng.importing import words
from minsheng.importing.columns import squeezed
from minsheng.importing.layout import Layout, is_bare_goal, is_number
from minsheng.importing.periods import When
from minsheng.importing.tables import AsideKind, Cell, Told
from minsheng.labels import importing as say

_LIST_MARK = re.compile(words.LIST_MARK)
_COUNTED = re.compile(words.COUNTED)
_ITEM_UNIT = re.compile(words.ITEM_UNIT)
_WHOLE = re.compile(words.WHOLE)
_DITTO = re.compile(words.DITTO)
_INNER_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_FILLED = ("category", "leads", "supports", "leader", "deadline", "content", "progress", "unit")
LONGEST_NAME = 12
_MONEY = {"万元": 1.0, "亿元": 10_000.0, "元": 0.0001}

Line = Sequence[Cell]


class Cells:
    """The cells of one line, by what the layout says that they are."""

    def __init__(self, line: Line, layout: Layout, money: str) -> None:
        self.line, self.layout = line, layout
        self.unit_of_money = money
        self.street = self.text("place")
        self.goal = ""
        self.unit = ""
        self.mark = ""
        self.promised: set[int] = set()

    def cell(self, role: str) -> Cell:
        return cell_at(self.line, self.layout.place(role))

    def text(self, role: str) -> str:
        text = self.cell(role).text
        return "" if squeezed(text).lower() in words.NOTHING else text

    def heading(self, at: int) -> str:
        known = at < len(self.layout.columns)
        return (self.layout.columns[at].heading if known else "") or say.COLUMN.format(
            number=at + 1
        )

    def trait(self, role: str, trait: str) -> bool:
        at = self.layout.place(role)
        return at is not None and trait in self.layout.headings[at].traits

    # The promise.

    def promise(self) -> tuple[str, str, dict[str, str]]:
        """The content, a part of it that the line is about, and what else stood in its columns."""
        layout = self.layout
        places = [at for at in layout.places.get("content", ()) if cell_at(self.line, at).text]
        texts = [cell_at(self.line, at).text for at in places]
        notes: dict[str, str] = {}
        content, item = (texts[-1] if texts else ""), ""
        if len(texts) > 1:
            if layout.place("target") is None and targets(texts[0]) and not targets(texts[-1]):
                content, item = texts[0], texts[-1]
            else:
                notes[self.heading(places[0])] = texts[0]
        name_at = layout.place("name")
        name = self.text("name")
        if name and name_at is not None:
            if is_bare_goal(content):
                content = f"{_LIST_MARK.sub('', name)}{content}"
            else:
                notes[self.heading(name_at)] = name
        goal_at = layout.place("target")
        goal = cell_at(self.line, goal_at).text if goal_at is not None else ""
        self.unit = self._unit(content, goal_at)
        if not goal or goal_at is None:
            return content, item, notes
        self.goal = goal
        if not layout.joins_goal:
            if not is_number(goal):
                notes[self.heading(goal_at)] = goal
                self.goal = ""
            return content, item, notes
        joined = self.with_goal(content)
        if joined == content:
            notes[self.heading(goal_at)] = goal
        elif joined == goal:
            notes[self.heading(places[-1]) if places else self.heading(goal_at)] = content
        return joined, item, notes

    def with_goal(self, content: str) -> str:
        """养老床位 and 300 张 are one promise."""
        goal = self.goal
        if not goal or not content:
            return content or goal
        if not re.search(words.DIGIT, goal):
            return content
        if not is_number(goal) and not is_bare_goal(goal) and len(goal) > LONGEST_NAME:
            return goal
        mark = _LIST_MARK.match(content)
        if mark:
            self.mark = mark[0].strip(" 、.．)）(（")
            content = content[mark.end() :]
        base = content
        if (found := _ITEM_UNIT.search(content)) and is_number(goal):
            base = content[: found.start()]
        if goal in base:
            return base
        return f"{base}{goal}{self.unit if is_number(goal) else ''}"

    def _unit(self, content: str, goal_at: int | None) -> str:
        if unit := squeezed(self.text("unit")):
            return unit
        if found := _ITEM_UNIT.search(content):
            return found[1]
        for at in (goal_at, self.layout.place("done")):
            if at is not None and (unit := self.layout.headings[at].unit) and unit != "%":
                return unit
        return ""

    # The report.

    def told(self) -> tuple[str, str]:
        """The text of the report, and the number of a column of its own."""
        texts = []
        for at in self.layout.places.get("progress", ()):
            cell = cell_at(self.line, at)
            if cell.text and squeezed(cell.text).lower() not in words.NOTHING:
                texts.append(cell.text)
        done = self.text("done")
        number = squeezed(done) if is_number(done) else ""
        if done and not number:
            texts.append(done)
        if not texts and number:
            texts.append(self.counted(number))
        return "\n".join(dict.fromkeys(texts)), number

    def counted(self, number: str) -> str:
        return f"{number}{self.unit}" if number else ""

    def number(self, role: str) -> str:
        text = squeezed(self.text(role))
        return text if is_number(text) else ""

    def is_month_only(self) -> bool:
        told = (*self.layout.places.get("progress", ()), *self.layout.places.get("done", ()))
        heads = [self.layout.headings[at].traits for at in told]
        return bool(heads) and all("month" in each and "total" not in each for each in heads)

    def site_value(self) -> str:
        return self.text("done") or self.told()[0]

    def sites(self) -> dict[str, str]:
        if self.street and not _WHOLE.match(squeezed(self.street)):
            return {" ".join(self.street.split()): self.site_value()}
        return {
            self.site(at): text
            for at in self.layout.sites
            if (text := squeezed(cell_at(self.line, at).text)) and is_number(text)
        }

    def site(self, at: int) -> str:
        """东湖街道（家） is 东湖街道."""
        name = self.heading(at)
        return _ITEM_UNIT.sub("", name) or name

    def money(self, role: str) -> float | None:
        at = self.layout.place(role)
        text = self.number(role)
        if at is None or not text:
            return None
        rate = _MONEY.get(self.layout.headings[at].unit or self.unit_of_money)
        return None if rate is None else float(text.replace(",", "")) * rate

    def at_times(self, places: Sequence[tuple[int, When]]) -> tuple[Told, ...]:
        return tuple(
            Told(time, text)
            for at, time in places
            if (text := cell_at(self.line, at).text) and squeezed(text).lower() not in words.NOTHING
        )

    # What is left.

    def _used(self) -> set[int]:
        layout = self.layout
        used = {at for role, found in layout.places.items() for at in found}
        for role in ("planned", "paid"):
            if (at := layout.place(role)) is not None and self.money(role) is None:
                used.discard(at)
        used |= {at for at, _ in (*layout.periods, *layout.plans)} | set(layout.sites)
        return used

    def other(self) -> dict[str, str]:
        """The texts of the columns without a role, each under its heading."""
        used = self._used()
        found: dict[str, str] = {}
        for at, cell in enumerate(self.line):
            if not cell.text or cell.left or at in used:
                continue
            if squeezed(cell.text).lower() in words.NOTHING:
                continue
            name = self.heading(at)
            while name in found:
                name += "'"
            found[name] = cell.text
        return found

    def lasting(self) -> frozenset[str]:
        """The headings that say something of the project and not of this period."""
        passing = {"progress", "done", "claimed", "verdict", "remark", "prose", "period", None}
        return frozenset(
            column.heading
            for column, heading in zip(self.layout.columns, self.layout.headings, strict=True)
            if heading.role not in passing
            and "month" not in heading.traits
            and not heading.when
            and (heading.role != "money" or "percent" not in heading.traits)
        )

    def taken(self) -> dict[str, str]:
        return {
            role: "、".join(self.heading(at) for at in found)
            for role, found in self.layout.places.items()
        }

    def asides(self, flags: list[str]) -> dict[str, str]:
        """What stands on the cells and is no text of theirs, each under what it is."""
        found: dict[str, str] = {}
        for at, cell in enumerate(self.line):
            for aside in cell.asides:
                name = say.ASIDE[aside.kind].format(heading=self.heading(at))
                known = found.get(name)
                found[name] = f"{known}\n{aside.text}" if known else aside.text
                flags.append(
                    "commented"
                    if aside.kind in (AsideKind.COMMENT, AsideKind.FOOTNOTE)
                    else "words_left_out"
                )
        return found


def cell_at(line: Line, at: int | None) -> Cell:
    """What reaches over from the column to the left is not the column's own."""
    if at is None or at >= len(line) or line[at].left:
        return Cell()
    return line[at]


def texts_of(line: Line, layout: Layout, role: str) -> list[str]:
    return [text for at in layout.places.get(role, ()) if (text := cell_at(line, at).text)]


def without_dittos(line: Line, above: Line, layout: Layout) -> Line:
    """同上 and 〃 stand for what is above."""
    places = {at for role in _FILLED for at in layout.places.get(role, ())}
    return [
        Cell(above[at].text, above=True, asides=cell.asides)
        if at in places and _DITTO.match(squeezed(cell.text)) and at < len(above)
        else cell
        for at, cell in enumerate(line)
    ]


def category_name(text: str) -> str:
    """Without list mark and without the blanks and line breaks that fit a name into its cell."""
    plain = _INNER_BLANK.sub("", " ".join(_LIST_MARK.sub("", text.strip()).split()))
    return _COUNTED.sub("", plain).strip() or plain
