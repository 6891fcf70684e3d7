"""Projects with their indicators, under the mean of their group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from minsheng import labels, theme
from minsheng.charts import rows
from minsheng.charts.rows import (
    HEAD,
    INK,
    LATE_INK,
    WIDE,
    Chart,
    Chip,
    Glyph,
    Row,
    Sheet,
    Word,
    fit,
    flow,
    hover,
    plain,
    quiet,
    tinted,
    wide,
)
from minsheng.labels import COLUMN, screens
from minsheng.measuring import drawn
from minsheng.measuring.drawn import Bar
from minsheng.model import Light, MeasuredIndicator, MeasuredProject, Tally
from minsheng.printed import number, percent

Projects = Mapping[str, MeasuredProject]
Parts = Mapping[str, Sequence[MeasuredIndicator]]


def projects(
    groups: Sequence[tuple[Tally | None, Sequence[MeasuredProject]]],
    parts: Parts,
    elapsed: float,
    width: int,
) -> Chart:
    """The projects of each group under its mean; a group without a tally has no row of its own.

    The key is the project id. A project without indicators keeps its row, and says so.
    """
    columns = width >= WIDE
    sheet = Sheet(width, 544, 834) if columns else Sheet(width, 0, width - 66)
    made = [_head(elapsed)] if columns else [_key_narrow(elapsed)]
    links, every = {}, {}
    for tally, of_it in groups:
        if tally is not None:
            make = _group_row if columns else _group_narrow
            made.append(make(tally, elapsed, sheet))
        for row in of_it:
            every[row.id] = row
            made += _project_rows(row, parts[row.id], sheet, columns)
            links[row.id] = screens.sentence(row, parts[row.id])
    counts = {light: sum(row.light == light for row in every.values()) for light in Light}
    return Chart(
        rows.figure(made, sheet),
        labels.alt_of_lights(counts),
        indicator_table(every, parts),
        links=links,
    )


def _head(elapsed: float) -> Row:
    return Row(
        HEAD,
        words=(
            quiet(screens.PROMISE, 22, 13),
            quiet(screens.DONE_OF, 528, 13, "right"),
            Word(_keys(elapsed), 544, 13, size=13, colour=theme.QUIET),
            quiet(screens.GAP, 1042, 13, "right"),
            quiet(screens.LEADS, 1056, 13),
        ),
    )


def _key_narrow(elapsed: float) -> Row:
    return Row(HEAD, words=(Word(_keys(elapsed), 0, 13, size=12, colour=theme.QUIET),))


def _keys(elapsed: float) -> str:
    due, claim, stage, said = screens.keys_of_rows(elapsed)
    signs = [("┃", INK, due), ("◇", theme.CLAIMED_INK, claim)]
    signs += [("▬", theme.STEPS[2], stage), ("▨", theme.MEAN, said)]
    return " ".join(
        f"<span style='color:{colour}'>{sign}</span>{word}" for sign, colour, word in signs
    )


def _group_row(row: Tally, elapsed: float, _: Sheet) -> Row:
    y = 25.0
    return Row(
        42,
        words=(
            Word(f"<b>{plain(fit(row.name, 17, 300))}</b>", 0, y, size=17),
            Word(
                f"{row.projects} 项　"
                + (
                    tinted(screens.late_of(row), LATE_INK, bold=True)
                    if row.behind
                    else screens.late_of(row)
                ),
                wide(fit(row.name, 17, 300), 17) + 14,
                y + 1,
                size=14,
                colour=theme.QUIET,
            ),
            Word(f"<b>{screens.share(row.completion)}</b>", 896, y, "right"),
            Word(screens.MEAN, 906, y, size=13, colour=theme.QUIET),
        ),
        bar=drawn.mean(row, elapsed),
        at=y,
        thick=10,
        rule=theme.HEAVY_RULE,
    )


def _group_narrow(row: Tally, elapsed: float, sheet: Sheet) -> Row:
    y = 30.0
    late = screens.late_of(row)
    return Row(
        68,
        words=(
            Word(
                f"<b>{plain(fit(row.name, 17, sheet.width - wide(late, 14) - 10))}</b>",
                0,
                y,
                size=17,
            ),
            Word(
                tinted(late, LATE_INK, bold=True) if row.behind else late,
                sheet.width,
                y,
                "right",
                size=14,
                colour=theme.QUIET,
            ),
            Word(f"<b>{screens.share(row.completion)}</b>", sheet.width, y + 22, "right"),
        ),
        bar=drawn.mean(row, elapsed),
        at=y + 22,
        thick=10,
        rule=theme.HEAVY_RULE,
    )


def _project_rows(
    row: MeasuredProject, parts: Sequence[MeasuredIndicator], sheet: Sheet, columns: bool
) -> Iterator[Row]:
    head = _project_wide if columns else _project_narrow
    if len(parts) < 2:
        yield head(row, parts[0] if parts else None, sheet, screens.about(row, parts))
        return
    finished = row.light == Light.DONE
    yield head(row, None, sheet, screens.about(row, parts), len(parts), finished)
    if finished:
        return
    for part in sorted(parts, key=lambda part: part.name != row.weakest_name):
        weakest = part.name == row.weakest_name
        yield (_part_wide if columns else _part_narrow)(row, part, sheet, weakest)


def _project_bar(row: MeasuredProject, part: MeasuredIndicator | None, several: int) -> Bar:
    if part is not None:
        return drawn.bar(part, row.expected)
    return drawn.project(row) if several else Bar(due=row.expected)


def _project_wide(
    row: MeasuredProject,
    part: MeasuredIndicator | None,
    sheet: Sheet,
    about: Sequence[str],
    several: int = 0,
    finished: bool = False,
) -> Row:
    y = 16.0
    bar = _project_bar(row, part, several)
    done = _done(part, row, several, finished, 528, y)
    words = [
        Word(_titled(row, 15, 490 - wide(_bare(done.text), done.size)), 22, y),
        done,
        _percent(row.completion, 896, y),
        _leads(row.leads, 1056, y, 150),
    ]
    if not several and row.light != Light.DONE:
        words.append(_variance(row.variance, 1042, y))
    chip = screens.chip(part, bar.over) if part else ""
    made = Row(
        32,
        row.id,
        tuple(words),
        (Glyph(row.light, 7, y),),
        Chip(chip, 906, y, "link" if bar.over else "plain") if chip else None,
        bar,
        y,
        14,
        theme.LIGHT[row.light],
        hover=hover([f"<b>{row.id}</b> {plain(row.content)}"], about),
    )
    return _with_strip(made, sheet)


def _project_narrow(
    row: MeasuredProject,
    part: MeasuredIndicator | None,
    sheet: Sheet,
    about: Sequence[str],
    several: int = 0,
    finished: bool = False,
) -> Row:
    bar = _project_bar(row, part, several)
    chip = screens.chip(part, bar.over) if part else ""
    done = _done(part, row, several, finished, sheet.width, 41, 14)
    gap = "" if several or row.light == Light.DONE else screens.variance(row.variance)
    figure = f"{done.text}　{gap}" if gap else done.text
    room = sheet.width - wide(_bare(figure), 14) - 12
    under = " · ".join(each for each in (screens.leads_short(row.leads), chip) if each)
    made = Row(
        76,
        row.id,
        (
            Word(_titled(row, 16, sheet.width - 20), 20, 18, size=16),
            Word(plain(fit(under, 14, room)), 0, 41, size=14, colour=theme.QUIET),
            replace(done, text=figure),
            _percent(row.completion, sheet.width, 61),
        ),
        (Glyph(row.light, 7, 18),),
        None,
        bar,
        61,
        12,
        theme.LIGHT[row.light],
        hover=hover([], about),
    )
    return _with_strip(made, sheet)


def _part_wide(row: MeasuredProject, part: MeasuredIndicator, sheet: Sheet, weakest: bool) -> Row:
    y = 14.0
    bar = drawn.bar(part, row.expected)
    name = f"{labels.WEAKEST} {part.name}" if weakest else part.name
    size = 14
    text = plain(fit(name, size, 466 - wide(_bare(strong_done(part)), 15)))
    words = [
        Word(
            f"<b>{text}</b>" if weakest else text,
            44,
            y,
            size=size,
            colour=INK if weakest else theme.QUIET,
        ),
        Word(strong_done(part), 528, y, "right"),
        _percent(part.completion, 896, y, weakest),
    ]
    if weakest:
        words.append(_variance(row.variance, 1042, y))
    chip = screens.chip(part, bar.over)
    made = Row(
        28,
        row.id,
        tuple(words),
        chip=Chip(chip, 906, y, "link" if bar.over else "plain") if chip else None,
        bar=bar,
        at=y,
        thick=8,
        colour=theme.LIGHT[row.light],
        hover=hover([f"<b>{row.id}</b> {plain(part.name)}"], screens.about(row, [part])),
    )
    return _with_strip(made, sheet)


def _part_narrow(row: MeasuredProject, part: MeasuredIndicator, sheet: Sheet, weakest: bool) -> Row:
    bar = drawn.bar(part, row.expected)
    done = strong_done(part)
    chip = screens.chip(part, bar.over)
    name = f"{labels.WEAKEST} {part.name}" if weakest else part.name
    name = " · ".join(each for each in (name, chip) if each)
    text = plain(fit(name, 14, sheet.width - wide(_bare(done), 14) - 30))
    made = Row(
        50,
        row.id,
        (
            Word(
                f"<b>{text}</b>" if weakest else text,
                20,
                16,
                size=14,
                colour=INK if weakest else theme.QUIET,
            ),
            Word(done, sheet.width, 16, "right", size=14),
            _percent(part.completion, sheet.width, 36, weakest),
        ),
        bar=bar,
        at=36,
        thick=8,
        colour=theme.LIGHT[row.light],
    )
    return _with_strip(made, sheet)


def _with_strip(row: Row, sheet: Sheet) -> Row:
    """Room under the bar for the strip and its words, where there is one."""
    if row.bar is None or not row.bar.strip:
        return row
    words = flow(row.bar.strip)
    x = sheet.x(row.bar.strip[0].start)
    long = wide(words, theme.SMALL)
    if x + long > sheet.width:
        x = max(sheet.width - long, 0)
    y = row.at + row.thick / 2 + rows.PAST + rows.STRIP + 9
    text = plain(fit(words, theme.SMALL, sheet.width - x))
    under = Word(text, x, y, size=theme.SMALL, colour=theme.QUIET)
    return replace(row, height=row.height + 18, words=(*row.words, under))


def _titled(row: MeasuredProject, size: int, room: float) -> str:
    content = row.content.strip().rstrip("。；;")
    text = fit(content, size, room - wide(f"{row.id} ", size))
    return f"<b>{row.id}</b> {plain(text)}"


def _done(
    part: MeasuredIndicator | None,
    row: MeasuredProject,
    several: int,
    finished: bool,
    x: float,
    y: float,
    size: int = 15,
) -> Word:
    if part is not None:
        return Word(strong_done(part), x, y, "right", size=size)
    words = screens.parts_mean(row, finished) if several else labels.NO_INDICATOR
    return Word(words, x, y, "right", size=13, colour=theme.QUIET)


def strong_done(part: MeasuredIndicator) -> str:
    done, _, target = screens.done_of(part).partition(" / ")
    return f"<b>{done}</b> / {plain(target)}"


def _percent(share: float | None, x: float, y: float, strong: bool = True) -> Word:
    if share is None:
        return Word(labels.UNKNOWN, x, y, "right", colour=theme.QUIET)
    text = percent(share)
    if strong:
        return Word(f"<b>{text}</b>", x, y, "right")
    return Word(text, x, y, "right", colour=theme.QUIET)


def _variance(variance: float | None, x: float, y: float) -> Word:
    late = (variance or 0) < 0
    return Word(screens.variance(variance), x, y, "right", colour=INK if late else theme.QUIET)


def _leads(leads: Sequence[str], x: float, y: float, room: float) -> Word:
    words = screens.leads_short(leads)
    size = 15 if wide(words, 15) <= room else 14 if wide(words, 14) <= room else 13
    return Word(plain(fit(words, size, room)), x, y, size=size)


def _bare(words: str) -> str:
    return words.replace("<b>", "").replace("</b>", "")


def indicator_table(projects: Projects, parts: Parts) -> pd.DataFrame:
    """The figures of the indicators, printed; unknown is a dash."""
    names = (
        "id",
        "indicator",
        "target",
        "done",
        "underway",
        "unit",
        "completion",
        "claimed",
        "basis",
    )
    each = [
        (
            key,
            part.name,
            number(part.target),
            number(part.done),
            number(part.underway),
            part.unit,
            percent(part.completion),
            percent(part.claimed),
            labels.BASIS[part.basis],
        )
        if part
        else (key, labels.NO_INDICATOR, *[labels.UNKNOWN] * 7)
        for key in projects
        for part in (*parts[key],) or (None,)
    ]
    return pd.DataFrame(each, columns=[COLUMN[name] for name in names])
