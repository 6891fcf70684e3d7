"""A line of a table to a row: blank and merged cells filled from above, and lines that go on with
the row above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from minsheng.importing import words
from minsheng.importing.bodies import named_in
from minsheng.importing.cells import Cells, Line, category_name, cell_at
from minsheng.importing.choosing import Part
from minsheng.importing.columns import squeezed
from minsheng.importing.layout import Layout
from minsheng.importing.tables import Cell, Row

_WHOLE = re.compile(words.WHOLE)
_SAME_AS = re.compile(words.SAME_AS)


@dataclass
class State:
    """What the rows so far say about the next one."""

    serial: str = ""
    category: str = ""
    leads: Cell = field(default_factory=Cell)
    content: str = ""
    section_leads: str = ""
    tail: bool = False


class Making:
    """The rows so far, made line by line; `state` is what they say about the next one. `money` is
    the unit of sums whose heading names none."""

    def __init__(self, money: str) -> None:
        self.rows: list[Row] = []
        self.state = State()
        self.money = money

    def row(self, line: Line, part: Part, at: int, layout: Layout) -> None:
        flags = ["lines_joined"] if at in part.table.joined else []
        if any(cell.unsure and cell.text for cell in line):
            flags.append("column_unsure")
        made = Cells(line, layout, self.money)
        content, item, notes = made.promise()
        above = cell_at(line, layout.place("content")).above
        if self._continues(line, layout, content):
            self._append(line, layout)
            return
        same = above and self.rows and content == self.rows[-1].content and not made.street
        if same and self._merge(made, item):
            return
        if made.street and self._street(made, above, content):
            return
        state = self.state
        category, begins = category_name(made.text("category")), False
        own_category = cell_at(line, layout.place("category"))
        if not category or own_category.above:
            category = state.category
            flags.append("category_from_above" if category else "category_missing")
        else:
            begins = category != state.category
            state.category = category
        serial_cell = cell_at(line, layout.place("serial"))
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
        elif any(cell_at(line, x).above for x in told_at) and self.rows:
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
            printed=printed_number(serial, made.mark),
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
        self, made: Cells, begins: bool, flags: list[str], notes: dict[str, str]
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
        if not self.rows or (serial is not None and cell_at(line, serial).text):
            return False
        for role in ("category", "leads", "done", "claimed"):
            cell = cell_at(line, layout.place(role))
            if cell.text and not cell.above:
                return False
        before = self.rows[-1]
        own = content and not cell_at(line, layout.place("content")).above
        progress = any(
            cell_at(line, at).text and not cell_at(line, at).above
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
        made = Cells(line, layout, self.money)
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

    def _merge(self, made: Cells, item: str) -> bool:
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

    def _street(self, made: Cells, above: bool, content: str) -> bool:
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


def printed_number(serial: str, mark: str) -> str:
    return " ".join(serial.split()) or mark
