"""The lines of a table in turn: sections, sums, examples and remarks told apart from promises.
Nothing is dropped without a note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minsheng.grammar import fold
from minsheng.importing import words
from minsheng.importing.cells import (
    LONGEST_NAME,
    Line,
    category_name,
    cell_at,
    texts_of,
    without_dittos,
)
from minsheng.importing.choosing import Chosen, Part, title_of
from minsheng.importing.columns import Header, squeezed
from minsheng.importing.heads import place_of
from minsheng.importing.layout import Layout, is_body, settle
from minsheng.importing.lines import is_data, is_example, is_total, numbers_columns
from minsheng.importing.making import Making
from minsheng.importing.periods import When, when
from minsheng.importing.tables import Cell, Column
from minsheng.labels import importing as say
from minsheng.printed import shortened

_LIST_MARK = re.compile(words.LIST_MARK)
_REMARK = re.compile(words.REMARK)
_SIGNATURE = re.compile(words.SIGNATURE)
_SECTION = re.compile(words.SECTION)
_CHINESE_SERIAL = re.compile(words.CHINESE_SERIAL)
_TOTAL = re.compile(words.TOTAL)
_WHOLE = re.compile(words.WHOLE)
_MONEY_UNIT = re.compile(words.MONEY_UNIT)
_DOTTED = re.compile(r"\d{1,3}\.\d{1,3}$")


class Reader:
    """Takes the parts of a file in their order. `made.rows` are the rows so far; `notes` name every
    line that is none."""

    def __init__(self, chosen: Chosen) -> None:
        self.notes: list[str] = []
        self.columns: dict[Column, None] = {}
        self.when: When | None = None
        self.parents: set[str] = set()
        title = title_of(chosen.above)
        times = [when(line) for line in chosen.above if not re.search(words.NOT_A_CUT_OFF, line)]
        self.title = when(title) or next((time for time in times if time), None)
        self.level = (place_of(title) or "")[-1:]
        self.layouts = self._settled(chosen.parts)
        said = next(
            (
                _MONEY_UNIT.search(fold(line))
                for line in chosen.above
                if _MONEY_UNIT.search(fold(line))
            ),
            None,
        )
        self.made = Making(said[1] if said else "")

    def _settled(self, parts: Sequence[Part]) -> dict[tuple[Column, ...], Layout]:
        """One layout for each heading, by all that stands below it in the file."""
        lines: dict[tuple[Column, ...], list[Line]] = {}
        headers: dict[tuple[Column, ...], Header] = {}
        for part in parts:
            key = part.header.columns
            headers.setdefault(key, part.header)
            own = (part.table.lines[at] for at in part.lines)
            lines.setdefault(key, []).extend(line for line in own if is_data(line))
        return {key: settle(headers[key], lines[key], self.title, self.level) for key in headers}

    # Lines.

    def take(self, part: Part) -> None:
        layout = self.layouts[part.header.columns]
        self.columns |= dict.fromkeys(each for each in layout.columns if each.heading)
        self.when = self.when or layout.when
        self._above(part, layout)
        above: Line = ()
        first = True
        numbers = [
            squeezed(cell_at(part.table.lines[at], layout.place("serial")).text)
            for at in part.lines
        ]
        self.parents = {each[: each.index(".") + 1] for each in numbers if _DOTTED.match(each)}
        for at in part.lines:
            line = without_dittos(part.table.lines[at], above, layout)
            if any(cell.text for cell in line):
                self._line(line, part, at, layout, first)
                first = first and not self.made.rows
                above = line

    def _above(self, part: Part, layout: Layout) -> None:
        """What stands between the tables: a section, the body that leads, or a remark."""
        title = title_of(part.above)
        for text in part.above:
            plain = text.strip()
            if not plain or plain in title:
                continue
            bare = _LIST_MARK.sub("", plain)
            if is_body(bare) and len(bare) <= 20 and layout.place("leads") is None:
                self.made.state.section_leads, self.made.state.leads = bare, Cell()
                self.notes.append(say.NOTE_LEADS_ABOVE.format(where=part.table.where, name=bare))
            elif _SECTION.match(plain) and len(plain) <= 60:
                self._section(plain, part.table.where)
            elif self.made.rows:
                self.notes.append(say.note_remark(part.table.where, plain))

    def _line(self, line: Line, part: Part, at: int, layout: Layout, first: bool) -> None:
        place = part.table.places[at]
        own = [cell for cell in line if cell.text and not cell.left and not cell.above]
        if not own:
            return
        texts = [squeezed(cell.text) for cell in own]
        content = texts_of(line, layout, "content")
        street = squeezed(cell_at(line, layout.place("place")).text)
        is_none = (first and numbers_columns(texts)) or is_example(line, layout, texts)
        is_sum = is_total(texts, content) and not _WHOLE.match(street)
        is_signed = _SIGNATURE.match(texts[0]) or (
            _REMARK.match(texts[0]) and not self._told(line, layout)
        )
        if is_none or is_sum:
            self._category_of(line, layout)
            self._remark(line, place)
        elif is_signed:
            self.made.state.tail = True
            self._remark(line, place)
        elif not self._special(line, place, layout, own):
            self.made.row(line, part, at, layout)
            return
        self._name_asides(line, place)

    def _category_of(self, line: Line, layout: Layout) -> None:
        """A category may begin at its own sum: the cell is merged with those of its rows."""
        cell = cell_at(line, layout.place("category"))
        if cell.text and not cell.above and not _TOTAL.match(squeezed(cell.text)):
            self.made.state.category, self.made.state.leads = category_name(cell.text), Cell()

    def _told(self, line: Line, layout: Layout) -> bool:
        roles = ("progress", "done", "claimed", "leads")
        return any(cell_at(line, at).text for role in roles for at in layout.places.get(role, ()))

    def _special(self, line: Line, place: str, layout: Layout, own: Sequence[Cell]) -> bool:
        """Whether the line is the title of a section, or a remark below the table."""
        serial = cell_at(line, layout.place("serial"))
        number = "" if serial.above or serial.left else serial.text.strip()
        core = [cell for cell in own if cell is not serial] or [serial]
        text = core[0].text.strip()
        told = any(
            cell_at(line, at).text and not cell_at(line, at).above
            for role in ("progress", "done", "claimed")
            for at in layout.places.get(role, ())
        )
        lead = cell_at(line, layout.place("leads"))
        whole = len(line) > 1 and all(cell.left for cell in line[1:])
        is_marked = bool(
            _CHINESE_SERIAL.match(number) or _SECTION.match(text) or f"{number}." in self.parents
        )
        if told or cell_at(line, layout.place("claimed")).text:
            return False
        if len(core) > 1:
            content = texts_of(line, layout, "content")
            parent = (
                _CHINESE_SERIAL.match(number)
                and content
                and len(core) == 2
                and lead.text
                and not lead.above
            )
            if parent:
                self._section(content[0], place)
                self.made.state.leads = lead
                self.made.state.section_leads = lead.text
                return True
            return False
        if lead.text and core[0] is lead:
            return False
        content_at = layout.places.get("content", ())
        in_content = any(cell_at(line, at) is core[0] for at in content_at) and not whole
        if is_marked and not text.endswith(("。", "；")):
            self._section(text, place)
        elif in_content and not self.made.state.tail:
            return self._in_content(layout, text, number, place)
        elif (
            self.made.state.tail
            or text.endswith(("。", "；", "！"))
            or _REMARK.match(text)
            or text.isdecimal()
        ):
            self._remark(line, place)
        elif number and not is_marked and number != text:
            return False
        else:
            self._section(text, place)
        return True

    def _name_asides(self, line: Line, place: str) -> None:
        """What stands on the cells of a line that is no row has no row to stand at."""
        for each in (aside for cell in line for aside in cell.asides):
            self.notes.append(say.aside_note(each.kind, place, each.text))

    def _in_content(self, layout: Layout, text: str, number: str, place: str) -> bool:
        """Words in the column of promises with nothing beside them: a section where no column says
        the category and they promise nothing; else a promise that nobody has reported on."""
        is_name = len(text) <= LONGEST_NAME and not re.search(r"\d|[。；，,]", text)
        if (
            number
            or layout.place("category") is not None
            or not is_name
            or not self._is_list(layout)
        ):
            return False
        self._section(text, place)
        return True

    def _is_list(self, layout: Layout) -> bool:
        return layout.place("leads") is not None or layout.place("progress") is not None

    def _section(self, text: str, place: str) -> None:
        name = category_name(text)
        if is_body(name) and not any(
            layout.place("leads") is not None for layout in self.layouts.values()
        ):
            self.made.state.section_leads = name
        else:
            self.made.state.category = name
            self.made.state.section_leads = ""
        self.made.state.leads, self.made.state.content, self.made.state.serial = Cell(), "", ""
        self.made.state.tail = False
        self.notes.append(say.NOTE_SECTION.format(place=place, text=shortened(text, 200)))

    def _remark(self, line: Line, place: str) -> None:
        own = [cell.text for cell in line if cell.text and not cell.left and not cell.above]
        self.notes.append(say.note_remark(place, " ".join(" ".join(own).split())))
