"""One project: a bar for each of its indicators, and for each place of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from minsheng import labels, theme
from minsheng.charts import rows
from minsheng.charts.progress.projects import indicator_table, strong_done
from minsheng.charts.rows import WIDE, Chart, Row, Sheet, Word, fit, flow, plain, wide
from minsheng.labels import COLUMN, screens
from minsheng.measuring import drawn
from minsheng.measuring.drawn import Bar
from minsheng.model import Light, MeasuredIndicator, MeasuredProject
from minsheng.printed import number


def bullet(row: MeasuredProject, parts: Sequence[MeasuredIndicator], width: int) -> Chart | None:
    """Every indicator of a project as a bar of its own; None for a project without."""
    if not parts:
        return None
    own = 874 if width >= WIDE else width
    sheet = Sheet(own, 0, own)
    made = [_bullet(row, part, sheet, alone=len(parts) == 1) for part in parts]
    if any(each.bar and each.bar.strip for each in made):
        key = screens.bullet_key(part.counts for part in parts)
        lines = list(_wrapped(key, 13, own))
        words = tuple(
            Word(line, 0, 12 + at * 18, size=13, colour=theme.QUIET)
            for at, line in enumerate(lines)
        )
        made.append(Row(8 + 18 * len(lines), words=words, rule=""))
    every = {row.id: row}
    return Chart(
        rows.figure(made, sheet),
        screens.sentence(row, parts),
        indicator_table(every, {row.id: parts}),
    )


def _bullet(row: MeasuredProject, part: MeasuredIndicator, sheet: Sheet, alone: bool) -> Row:
    bar = drawn.bar(part, row.expected)
    top = 0.0
    words: list[Word] = []
    if not alone:
        weakest = part.name == row.weakest_name and row.light != Light.DONE
        figure = f"{strong_done(part)}　<b>{screens.share(part.completion)}</b>"
        chip = screens.chip(part, bar.over)
        if chip:
            figure = f"<span style='color:{theme.QUIET}'>{chip}</span>　{figure}"
        name = f"{labels.WEAKEST} {part.name}" if weakest else part.name
        beside = wide(name, 15) + wide(f"{screens.done_of(part)}　100.0%　{chip}　　", 15)
        below = 0.0 if beside <= sheet.width else 22.0  # no room beside: under the name
        text = plain(fit(name, 15, sheet.width))
        words.append(Word(f"<b>{text}</b>" if weakest else text, 0, 14))
        words.append(Word(figure, sheet.width, 14 + below, "right"))
        top = 24.0 + below
    thick = 26.0 if alone else 18.0
    middle = top + 26 + thick / 2
    words += _over_bar(row, part, bar, sheet, top + 11)
    y = middle + thick / 2 + rows.PAST + rows.STRIP + 10
    if bar.strip:
        under = list(_under_strip(bar, sheet, y))
        words += under
        height = max(word.y for word in under) + 16
    else:
        height = middle + thick / 2 + 14
    return Row(
        height,
        words=tuple(words),
        bar=bar,
        at=middle,
        thick=thick,
        colour=theme.LIGHT[row.light],
        rule="",
    )


def _under_strip(bar: Bar, sheet: Sheet, y: float) -> Iterator[Word]:
    """Each stage under its own part where all of them have room, else one after the other."""
    each = [(segment, flow([segment])) for segment in bar.strip]
    if (
        all(
            wide(words, 14) < sheet.x(part.end) - sheet.x(part.start) - 6
            for part, words in each[:-1]
        )
        and sheet.x(each[-1][0].start) + wide(each[-1][1], 14) < sheet.width
    ):
        for part, words in each:
            yield Word(plain(words), sheet.x(part.start), y, size=14)
        return
    for at, line in enumerate(_wrapped(flow(bar.strip), 14, sheet.width)):
        yield Word(plain(line), 0, y + at * 18, size=14)


def _over_bar(
    row: MeasuredProject, part: MeasuredIndicator, bar: Bar, sheet: Sheet, y: float
) -> list[Word]:
    """What is due and what is claimed, each over its mark and clear of each other."""
    due = rows.above(row.expected, screens.due(row.expected), sheet, y)
    if bar.claim is None:
        return [due]
    claim = rows.above(bar.claim, screens.claim(part.claimed), sheet, y, colour=theme.CLAIMED_INK)
    apart = (wide(due.text, 13) + wide(claim.text, 13)) / 2 + 10
    close = apart - abs(due.x - claim.x)
    if close > 0:
        first, second = (due, claim) if due.x <= claim.x else (claim, due)
        low, high = wide(first.text, 13) / 2, sheet.width - wide(second.text, 13) / 2
        left = max(first.x - close / 2, low)
        right = min(left + apart, high)
        left = right - apart
        due, claim = (
            (replace(due, x=left), replace(claim, x=right))
            if first is due
            else (replace(due, x=right), replace(claim, x=left))
        )
    return [due, claim]


def _wrapped(words: str, size: float, room: float) -> Iterator[str]:
    """Lines that fit, broken between characters as Chinese is."""
    line = ""
    for each in words:
        if wide(line + each, size) > room:
            yield line
            line = ""
        line += each
    yield line


def places(by_place: Mapping[str, float], unit: str, width: int) -> Chart:
    """Small bars of what each street or site did, most first; their axis is the largest of them."""
    order = sorted(by_place.items(), key=lambda each: -each[1])
    most = max([count for _, count in order] + [1e-9])
    own = 560 if width >= WIDE else width
    sheet = Sheet(own, min(180.0, own * 0.45), own - 80)
    made = [
        Row(
            26,
            words=(
                Word(plain(fit(name, 14, sheet.left - 8)), 0, 13, size=14),
                Word(f"<b>{number(count)}</b> {plain(unit)}", own, 13, "right", size=14),
            ),
            bar=Bar(solid=count / most),
            at=13,
            thick=10,
        )
        for name, count in order
    ]
    table = pd.DataFrame(
        {
            COLUMN["place"]: [name for name, _ in order],
            COLUMN["done"]: [number(count) for _, count in order],
            COLUMN["unit"]: unit,
        }
    )
    alt = labels.joined(f"{name} {number(count)} {unit}" for name, count in order)
    return Chart(rows.figure(made, sheet), alt, table)
