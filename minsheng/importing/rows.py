"""Grids to rows: merged and blank cells filled from above; sections, sums, examples and remarks
told apart from promises. Nothing is dropped without a note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from minsheng.grammar import fold, targets
from minsheng.importing import rest, words
from minsheng.importing.bodies import named_in
from minsheng.importing.choosing import Chosen, Part, choose, title_of
from minsheng.importing.columns import Header, header_at, role_of, squeezed
from minsheng.importing.heads import place_of
from minsheng.importing.layout import Layout, is_bare_goal, is_body, is_number, settle
from minsheng.importing.periods import When, when
from minsheng.importing.tables import (
    Aside,
    AsideKind,
    Cell,
    Column,
    Row,
    Sheets,
    Source,
    Told,
)
from minsheng.labels import importing as say
from minsheng.model import Refused
from minsheng.printed import shortened

_LIST_MARK = re.compile(words.LIST_MARK)
_REMARK, _SIGNATURE = re.compile(words.REMARK), re.compile(words.SIGNATURE)
_SECTION, _CHINESE_SERIAL = re.compile(words.SECTION), re.compile(words.CHINESE_SERIAL)
_TOTAL, _EXAMPLE = re.compile(words.TOTAL), re.compile(words.EXAMPLE)
_INSTRUCTION = re.compile(words.INSTRUCTION)
_COLUMN_NUMBER = re.compile(words.COLUMN_NUMBER)
_COUNTED = re.compile(words.COUNTED)
_ITEM_UNIT = re.compile(words.ITEM_UNIT)
_WHOLE, _DITTO = re.compile(words.WHOLE), re.compile(words.DITTO)
_SAME_AS, _BRACKETED = re.compile(words.SAME_AS), re.compile(words.EXAMPLE_IN_BRACKETS)
_MONEY_UNIT = re.compile(words.MONEY_UNIT)
_DOTTED = re.compile(r"\d{1,3}\.\d{1,3}$")
_ITEM = re.compile(r"第\s*(\d{1,3})\s*项")
_INNER_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_BLANKS = re.compile(r"\S(?: {2,}|\t|\u3000+)\S")
_PROSE_LEADS = re.compile(words.PROSE_LEADS)
_FILLED = ("category", "leads", "supports", "leader", "deadline", "content", "progress", "unit")
LONGEST_NAME = 12
_MONEY = {"万元": 1.0, "亿元": 10_000.0, "元": 0.0001}

Line = Sequence[Cell]


def source(sheets: Sheets) -> Source:
    """The rows of the progress table, in the order of the file.

    Raises:
        Refused: there is no table, none has a heading, or no row stands below it.
    """
    sheets, lines = rest.parted(sheets)
    chosen = choose(sheets)
    if not chosen.parts:
        raise Refused(_no_table(sheets))
    reader = _Reader(chosen)
    for part in chosen.parts:
        reader.take(part)
    if not reader.rows:
        raise Refused(say.FAULT["no_rows"])
    notes = [*chosen.notes, *sheets.notes, *reader.notes]
    notes += [say.aside_note(each.kind, each.place, each.text) for each in _asides(sheets, chosen)]
    rows = _with_remarks(_without_copies(reader.rows, notes), sheets.below, notes)
    rows = rest.joined(_with_duplicates(rows), lines, notes)
    rows = _asked_once(rows, notes)
    columns = tuple(reader.columns)
    return Source(
        tuple(replace(row, number=number) for number, row in enumerate(rows, 1)),
        columns,
        chosen.above,
        (*_column_notes(columns), *notes),
        reader.when or chosen.when,
    )


def _asides(sheets: Sheets, chosen: Chosen) -> Iterator[Aside]:
    yield from sheets.asides
    for table in dict.fromkeys(id(part.table) for part in chosen.parts):
        yield from next(p.table.asides for p in chosen.parts if id(p.table) == table)


def _no_table(sheets: Sheets) -> str:
    """What the file is, as far as one can see, and what can be done."""
    lines = [line for line in sheets.above if line.strip()]
    if not sheets.tables:
        if sheets.pictures and len(lines) < 10:
            return say.FAULT["picture"]
        blanks = [line for line in lines if _BLANKS.search(line.strip())]
        if any(
            header_at([[Cell(c) for c in re.split(r"\s{2,}|\t", x.strip())]], 0) for x in blanks
        ):
            return say.FAULT["blanks"]
        if sum(bool(_PROSE_LEADS.search(line)) for line in lines) > 1:
            return say.FAULT["list"]
        if not any("\t" in line or "|" in line for line in lines):
            return say.FAULT["no_table"]
    return say.FAULT["no_header"].format(**say.headings_looked_for())


@dataclass
class _State:
    """What the rows so far say about the next one."""

    serial: str = ""
    category: str = ""
    leads: Cell = field(default_factory=Cell)
    content: str = ""
    section_leads: str = ""
    tail: bool = False
    has_sections: bool = False


class _Reader:
    def __init__(self, chosen: Chosen) -> None:
        self.rows: list[Row] = []
        self.notes: list[str] = []
        self.columns: dict[Column, None] = {}
        self.when: When | None = None
        self.state = _State()
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
        self.money = said[1] if said else ""

    def _settled(self, parts: Sequence[Part]) -> dict[tuple[Column, ...], Layout]:
        """One layout for each heading, by all that stands below it in the file."""
        lines: dict[tuple[Column, ...], list[Line]] = {}
        headers: dict[tuple[Column, ...], Header] = {}
        for part in parts:
            key = part.header.columns
            headers.setdefault(key, part.header)
            own = (part.table.lines[at] for at in part.lines)
            lines.setdefault(key, []).extend(line for line in own if _is_data(line))
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
            squeezed(_cell(part.table.lines[at], layout.place("serial")).text) for at in part.lines
        ]
        self.parents = {each[: each.index(".") + 1] for each in numbers if _DOTTED.match(each)}
        for at in part.lines:
            line = _without_dittos(part.table.lines[at], above, layout)
            if any(cell.text for cell in line):
                self._line(line, part, at, layout, first)
                first = first and not self.rows
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
                self.state.section_leads, self.state.leads = bare, Cell()
                self.notes.append(say.NOTE_LEADS_ABOVE.format(where=part.table.where, name=bare))
            elif _SECTION.match(plain) and len(plain) <= 60:
                self._section(plain, part.table.where)
            elif self.rows:
                self.notes.append(say.note_remark(part.table.where, plain))

    def _line(self, line: Line, part: Part, at: int, layout: Layout, first: bool) -> None:
        place = part.table.places[at]
        own = [cell for cell in line if cell.text and not cell.left and not cell.above]
        if not own:
            return
        texts = [squeezed(cell.text) for cell in own]
        content = _texts(line, layout, "content")
        street = squeezed(_cell(line, layout.place("place")).text)
        is_none = (first and _numbers_columns(texts)) or _is_example(line, layout, texts)
        is_sum = _is_total(texts, content) and not _WHOLE.match(street)
        is_signed = _SIGNATURE.match(texts[0]) or (
            _REMARK.match(texts[0]) and not self._told(line, layout)
        )
        if is_none or is_sum:
            self._category_of(line, layout)
            self._remark(line, place)
        elif is_signed:
            self.state.tail = True
            self._remark(line, place)
        elif not self._special(line, place, layout, own):
            self._row(line, part, at, layout)
            return
        self._name_asides(line, place)

    def _category_of(self, line: Line, layout: Layout) -> None:
        """A category may begin at its own sum: the cell is merged with those of its rows."""
        cell = _cell(line, layout.place("category"))
        if cell.text and not cell.above and not _TOTAL.match(squeezed(cell.text)):
            self.state.category, self.state.leads = _category(cell.text), Cell()

    def _told(self, line: Line, layout: Layout) -> bool:
        roles = ("progress", "done", "claimed", "leads")
        return any(_cell(line, at).text for role in roles for at in layout.places.get(role, ()))

    def _special(self, line: Line, place: str, layout: Layout, own: Sequence[Cell]) -> bool:
        """Whether the line is the title of a section, or a remark below the table."""
        serial = _cell(line, layout.place("serial"))
        number = "" if serial.above or serial.left else serial.text.strip()
        core = [cell for cell in own if cell is not serial] or [serial]
        text = core[0].text.strip()
        told = any(
            _cell(line, at).text and not _cell(line, at).above
            for role in ("progress", "done", "claimed")
            for at in layout.places.get(role, ())
        )
        lead = _cell(line, layout.place("leads"))
        whole = len(line) > 1 and all(cell.left for cell in line[1:])
        is_marked = bool(
            _CHINESE_SERIAL.match(number) or _SECTION.match(text) or f"{number}." in self.parents
        )
        if told or _cell(line, layout.place("claimed")).text:
            return False
        if len(core) > 1:
            content = _texts(line, layout, "content")
            parent = (
                _CHINESE_SERIAL.match(number)
                and content
                and len(core) == 2
                and lead.text
                and not lead.above
            )
            if parent:
                self._section(content[0], place)
                self.state.leads = lead
                self.state.section_leads = lead.text
                return True
            return False
        if lead.text and core[0] is lead:
            return False
        content_at = layout.places.get("content", ())
        in_content = any(_cell(line, at) is core[0] for at in content_at) and not whole
        if is_marked and not text.endswith(("。", "；")):
            self._section(text, place)
        elif in_content and not self.state.tail:
            return self._in_content(layout, text, number, place)
        elif (
            self.state.tail
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
        name = _category(text)
        if is_body(name) and not any(
            layout.place("leads") is not None for layout in self.layouts.values()
        ):
            self.state.section_leads = name
        else:
            self.state.category = name
            self.state.section_leads = ""
            self.state.has_sections = True
        self.state.leads, self.state.content, self.state.serial = Cell(), "", ""
        self.state.tail = False
        self.notes.append(say.NOTE_SECTION.format(place=place, text=shortened(text, 200)))

    def _remark(self, line: Line, place: str) -> None:
        own = [cell.text for cell in line if cell.text and not cell.left and not cell.above]
        self.notes.append(say.note_remark(place, " ".join(" ".join(own).split())))

    # Rows.

    def _row(self, line: Line, part: Part, at: int, layout: Layout) -> None:
        flags = ["lines_joined"] if at in part.table.joined else []
        if any(cell.unsure and cell.text for cell in line):
            flags.append("column_unsure")
        made = _Cells(line, layout, self.money)
        content, item, notes = made.promise()
        above = _cell(line, layout.place("content")).above
        if self._continues(line, layout, content):
            self._append(line, layout)
            return
        same = above and self.rows and content == self.rows[-1].content and not made.street
        if same and self._merge(made, item):
            return
        if made.street and self._street(made, above, content):
            return
        state = self.state
        category, begins = _category(made.text("category")), False
        own_category = _cell(line, layout.place("category"))
        if not category or own_category.above:
            category = state.category
            flags.append("category_from_above" if category else "category_missing")
        else:
            begins = category != state.category
            state.category = category
        serial_cell = _cell(line, layout.place("serial"))
        serial = serial_cell.text or ("" if begins else state.serial)
        state.serial = serial
        if above or not content:
            content = content or state.content
            flags.append("content_from_above" if content else "content_missing")
        state.content = content
        leads, supports = self._bodies(made, begins, flags, notes)
        progress, done = made.told()
        told_at = layout.places.get("progress", ())
        if not progress and not made.text("claimed"):
            flags.append("progress_missing")
        elif any(_cell(line, x).above for x in told_at) and self.rows:
            flags.append("progress_shared")
        flags += [flag for flag in sorted(layout.asks) if done or progress or flag[:5] == "leads"]
        if item and not layout.joins_goal:
            progress = f"{item}：{progress}" if progress else item
        if made.is_month_only() and progress:
            flags.append("month_only")
        notes |= made.asides(flags)
        other = notes | made.other()
        row = Row(
            number=len(self.rows) + 1,
            where=part.table.places[at],
            content=content,
            progress=progress,
            serial=serial,
            category=category,
            leads=leads,
            supports=supports,
            leader=" ".join(made.text("leader").split()),
            deadline=made.text("deadline"),
            problems=made.text("problems"),
            next_steps=made.text("next_steps"),
            claimed=made.text("claimed"),
            other=other,
            flags=tuple(dict.fromkeys(flags)),
            printed=_printed(serial, made.mark),
            done=done,
            target=made.goal,
            unit=made.unit,
            this_period=made.number("this_period"),
            by_place=made.sites(),
            verdict="" if layout.places.get("verdict") == told_at else made.text("verdict"),
            planned=made.money("planned"),
            paid=made.money("paid"),
            plans=made.at_times(layout.plans),
            earlier=made.at_times(layout.periods),
            lasting=made.lasting(),
            taken=made.taken(),
        )
        self.rows.append(row)
        self.state.tail = False

    def _bodies(
        self, made: _Cells, begins: bool, flags: list[str], notes: dict[str, str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Leads and supporting bodies. A blank lead is that of the row above in the same category,
        a merged one wherever it reaches."""
        cell = made.cell("leads")
        text = "" if squeezed(cell.text).lower() in words.NOTHING else cell.text
        if cell.text and not text:
            flags.append("leads_missing")
            return (), named_in(made.text("supports")).leads
        if not text and not begins:
            before = self.state.leads
            text = before.text or self.state.section_leads
        elif not text:
            text = self.state.section_leads if made.layout.place("leads") is None else ""
        if text and (cell.above or not cell.text):
            flags.append("leads_from_above")
        self.state.leads = Cell(text)
        if same := _SAME_AS.match(squeezed(text)):
            flags.append("leads_from_above")
            return self._leads_of(same[1]), named_in(made.text("supports")).leads
        with_persons = made.trait("leads", "person")
        found = named_in(text, with_persons)
        others = named_in(made.text("supports"))
        supports = tuple(dict.fromkeys((*others.leads, *others.supports, *found.supports)))
        if not found.leads:
            flags.append("leads_missing")
        elif len(found.leads) > 1 or found.supports or ("\n" in text and not found.left_out):
            flags.append("leads_split")
        if found.unsure:
            flags.append("leads_unclear")
        if found.left_out and (at := made.layout.place("leads")) is not None:
            notes[made.heading(at)] = text
        return found.leads, tuple(each for each in supports if each not in found.leads)

    def _leads_of(self, number: str) -> tuple[str, ...]:
        """同第 3 项."""
        return next((row.leads for row in self.rows if number in (row.printed, row.serial)), ())

    def _continues(self, line: Line, layout: Layout, content: str) -> bool:
        """Whether a line without number and lead goes on with the sentence of the row above."""
        serial = layout.place("serial")
        if not self.rows or (serial is not None and _cell(line, serial).text):
            return False
        for role in ("category", "leads", "done", "claimed"):
            cell = _cell(line, layout.place(role))
            if cell.text and not cell.above:
                return False
        before = self.rows[-1]
        own = content and not _cell(line, layout.place("content")).above
        progress = any(
            _cell(line, at).text and not _cell(line, at).above
            for at in layout.places.get("progress", ())
        )
        if not content:
            return progress
        if serial is None:
            return False
        if progress and before.progress.rstrip().endswith(words.CLOSED):
            return False
        said = before.content if own else before.progress
        return said.rstrip().endswith(words.OPEN)

    def _append(self, line: Line, layout: Layout) -> None:
        before = self.rows[-1]
        made = _Cells(line, layout, self.money)
        progress, _ = made.told()
        gap = "" if before.progress.endswith(words.OPEN) or not before.progress else "\n"
        self.rows[-1] = replace(
            before,
            content=before.content + made.text("content"),
            progress=f"{before.progress}{gap}{progress}",
            other=dict(before.other) | made.other(),
            flags=tuple(dict.fromkeys((*before.flags, "lines_joined"))),
        )
        self.state.content = self.rows[-1].content

    def _merge(self, made: _Cells, item: str) -> bool:
        """One promise of which several lines tell: their texts are one text. A number or a percent
        of its own makes the line a row of its own."""
        before = self.rows[-1]
        progress, done = made.told()
        if done or before.done or made.text("claimed"):
            return False
        cell = made.cell("progress")
        told = f"{item}：{progress}" if item and progress else item or progress
        flags = [*before.flags, "rows_joined"]
        leads, supports = before.leads, before.supports
        own = made.cell("leads")
        if own.text and not own.above:
            more = named_in(own.text)
            leads = tuple(dict.fromkeys((*leads, *more.leads)))
            supports = tuple(dict.fromkeys((*supports, *more.supports)))
            flags.append("leads_split")
        if cell.above and not item:
            told = ""
        other = dict(before.other)
        for heading, text in (made.other() | made.asides(flags)).items():
            known = other.get(heading, "")
            other[heading] = text if not known else known if text in known else f"{known}\n{text}"
        self.rows[-1] = replace(
            before,
            progress="\n".join(filter(None, (before.progress, told))),
            leads=leads,
            supports=supports,
            other=other,
            flags=tuple(dict.fromkeys(f for f in flags if f != "progress_missing" or not told)),
        )
        return True

    def _street(self, made: _Cells, above: bool, content: str) -> bool:
        """The line of one street: a part of the row of its promise."""
        is_sum = bool(_WHOLE.match(squeezed(made.street)))
        if not (above or not content) or not self.rows or not self.rows[-1].by_place:
            return False
        before = self.rows[-1]
        _, done = made.told()
        if is_sum:
            self.rows[-1] = replace(
                before,
                done=done or before.done,
                progress=made.counted(done) or before.progress,
                target=made.goal,
                claimed=made.text("claimed"),
                content=made.with_goal(before.content),
            )
        else:
            parts = dict(before.by_place) | {" ".join(made.street.split()): made.site_value()}
            self.rows[-1] = replace(before, by_place=parts)
        return True


class _Cells:
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
        return _cell(self.line, self.layout.place(role))

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
        places = [at for at in layout.places.get("content", ()) if _cell(self.line, at).text]
        texts = [_cell(self.line, at).text for at in places]
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
        goal = _cell(self.line, goal_at).text if goal_at is not None else ""
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
            cell = _cell(self.line, at)
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
            if (text := squeezed(_cell(self.line, at).text)) and is_number(text)
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
            if (text := _cell(self.line, at).text) and squeezed(text).lower() not in words.NOTHING
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


# Lines that are no rows.


def _is_data(line: Line) -> bool:
    texts = [squeezed(c.text) for c in line if c.text and not c.left and not c.above]
    if len(texts) < 2 or _numbers_columns(texts):
        return False
    return not _is_total(texts, []) and not (
        _INSTRUCTION.match(texts[0]) or _EXAMPLE.fullmatch(texts[0]) or _SIGNATURE.match(texts[0])
    )


def _numbers_columns(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and all(
        _COLUMN_NUMBER.match(text) or text in words.COLUMN_NUMBERS for text in texts
    )


def _is_example(line: Line, layout: Layout, texts: Sequence[str]) -> bool:
    content = layout.place("content")
    first = next((at for at, cell in enumerate(line) if cell.text and not cell.above), None)
    if _INSTRUCTION.match(texts[0]) or any(_BRACKETED.match(text) for text in texts[:2]):
        return True
    if _EXAMPLE.fullmatch(texts[0]):
        return first != content or len(texts[0]) < 4
    return False


def _is_total(texts: Sequence[str], content: Sequence[str]) -> bool:
    said = [*texts[:2], *(squeezed(each) for each in content)]
    return any(_TOTAL.match(text) for text in said if len(text) <= 30)


# Cells.


def _cell(line: Line, at: int | None) -> Cell:
    """What reaches over from the column to the left is not the column's own."""
    if at is None or at >= len(line) or line[at].left:
        return Cell()
    return line[at]


def _texts(line: Line, layout: Layout, role: str) -> list[str]:
    return [text for at in layout.places.get(role, ()) if (text := _cell(line, at).text)]


def _without_dittos(line: Line, above: Line, layout: Layout) -> Line:
    """同上 and 〃 stand for what is above."""
    places = {at for role in _FILLED for at in layout.places.get(role, ())}
    return [
        Cell(above[at].text, above=True, asides=cell.asides)
        if at in places and _DITTO.match(squeezed(cell.text)) and at < len(above)
        else cell
        for at, cell in enumerate(line)
    ]


def _category(text: str) -> str:
    """Without list mark and without the blanks and line breaks that fit a name into its cell."""
    plain = _INNER_BLANK.sub("", " ".join(_LIST_MARK.sub("", text.strip()).split()))
    return _COUNTED.sub("", plain).strip() or plain


def _printed(serial: str, mark: str) -> str:
    return " ".join(serial.split()) or mark


# All rows.


def _without_copies(rows: Sequence[Row], notes: list[str]) -> list[Row]:
    """A sheet of a department that repeats the summary's rows says nothing new."""
    seen: dict[tuple[object, ...], Row] = {}
    kept = []
    for row in rows:
        key = (squeezed(row.content), squeezed(row.progress), row.leads, row.done, row.claimed)
        first = seen.get(key)
        if first and _table(first) != _table(row) and row.content:
            notes.append(say.copied(row.where, row.content, first.where))
            continue
        seen.setdefault(key, row)
        kept.append(row)
    return kept


def _table(row: Row) -> str:
    return re.sub(r"第\s*\d+\s*行$", "", row.where)


def _with_duplicates(rows: Sequence[Row]) -> list[Row]:
    counts = Counter(fold(row.content) for row in rows)
    return [
        replace(row, flags=(*row.flags, "duplicate_content"))
        if row.content and counts[fold(row.content)] > 1
        else row
        for row in rows
    ]


def _with_remarks(rows: Sequence[Row], below: Sequence[str], notes: list[str]) -> list[Row]:
    """What is said below the table of 第 3 项 stands at that row; the rest in the notes."""
    made = list(rows)
    for text in below:
        if _SIGNATURE.match(text) or (_REMARK.match(text) and not _ITEM.search(text)):
            notes.append(say.note_remark(say.BELOW, text))
            continue
        notes.append(say.note_below(text))
        for number in _ITEM.findall(text):
            for at, row in enumerate(made):
                if number in (row.printed, row.serial):
                    known = dict(row.other)
                    before = known.get(say.BELOW)
                    known[say.BELOW] = f"{before}\n{text}" if before else text
                    flags = tuple(dict.fromkeys((*row.flags, "remark_below")))
                    made[at] = replace(row, other=known, flags=flags)
    return made


def _asked_once(rows: Sequence[Row], notes: list[str]) -> list[Row]:
    """A table that has no categories at all asks once for them, and not at each row."""
    if any(row.category for row in rows):
        return list(rows)
    notes.insert(0, say.NOTE_NO_CATEGORY)
    return [
        replace(row, flags=tuple(each for each in row.flags if each != "category_missing"))
        for row in rows
    ]


def _column_notes(columns: Sequence[Column]) -> Iterator[str]:
    by_role = {each.role: each.heading for each in columns if each.role}
    unknown = []
    for each in columns:
        if each.role is not None:
            continue
        role = role_of(each.heading)
        if role in by_role:
            yield say.second_column(each.heading, role, by_role[role])
        else:
            unknown.append(each.heading)
    if unknown:
        yield say.unknown_columns(unknown)
