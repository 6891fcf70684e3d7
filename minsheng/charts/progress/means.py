"""The whole plan, its categories and its departments: bars of means, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from minsheng import labels, printed, theme
from minsheng.charts import rows
from minsheng.charts.rows import (
    HEAD,
    INK,
    LATE_INK,
    WIDE,
    Chart,
    Glyph,
    Row,
    Sheet,
    Word,
    fit,
    hover,
    plain,
    quiet,
    tinted,
    wide,
)
from minsheng.labels import COLUMN, screens
from minsheng.measuring import drawn
from minsheng.measuring.leaderboard import LATE, worst_first, worst_projects
from minsheng.model import Light, MeasuredProject, Standing, Tally
from minsheng.printed import DASH, percent

Projects = Mapping[str, MeasuredProject]


def plan(whole: Tally, elapsed: float, more: Sequence[MeasuredProject], width: int) -> Chart:
    """One bar of the plan, the claim's surplus as its end; `more` are the projects that claim
    more than can be counted."""
    sheet = Sheet(width, 0, width)
    bar = drawn.mean(whole, elapsed)
    middle, thick = 40.0, 30.0
    words = [rows.above(elapsed, screens.due(elapsed), sheet, 12)]
    end = max(bar.solid or 0.0, bar.claim or 0.0)
    size = 18 if width == WIDE else 16
    said = screens.counted(whole.completion) if whole.completion is not None else labels.UNKNOWN
    if sheet.x(bar.solid or 0.0) > wide(said, size) + 24:
        words.append(Word(f"<b>{said}</b>", 12, middle, size=size, colour=theme.ON_COLOUR))
    elif bar.claim is None:
        words.append(Word(f"<b>{said}</b>", sheet.x(end) + 10, middle, size=size))
    height = 62.0
    if bar.claim is not None:
        claim = screens.claim(whole.claimed)
        source = screens.surplus(whole.claimed, whole.completion, more) if width == WIDE else ""
        text = tinted(claim, theme.CLAIMED_INK, bold=True)
        if source:
            text += f"　{plain(source)} ›"
        long = wide(f"{claim}　{source} ›" if source else claim, 15)
        if sheet.x(end) + 12 + long < width:
            words.append(Word(text, sheet.x(end) + 12, middle, size=15))
        else:
            if source:
                room = width - wide(f"{claim}　 ›", 15)
                said = plain(fit(source, 15, room))
                text = f"{tinted(claim, theme.CLAIMED_INK, bold=True)}　{said} ›"
            words.append(Word(text, 0, 74, size=15))
            height = 86.0
    row = Row(height, "claimed", tuple(words), bar=bar, at=middle, thick=thick, rest=True, rule="")
    about = hover([], screens.about_group(whole, ()))
    made = rows.figure([replace(row, hover=about)], sheet)
    return Chart(made, screens.sentence_of_group(whole), _group_table([whole], COLUMN["category"]))


def categories(
    tallies: Mapping[str, Tally], projects: Projects, whole: Tally, elapsed: float, width: int
) -> Chart:
    """A bar for each category with the lights of its projects; the key is its number."""
    order = worst_first(tallies)
    columns = width >= WIDE
    own = 482 if columns else width
    sheet = Sheet(own, 212, 394) if columns else Sheet(own, 0, own - 66)
    made = [_category_head()] if columns else []
    for number_ in order:
        row = tallies[number_]
        of_it = worst_projects(p for p in projects.values() if p.category_number == number_)
        made.append(_category_row(number_, row, of_it, elapsed, sheet, columns))
    names = {number_: screens.sentence_of_group(tallies[number_]) for number_ in order}
    table = _group_table(
        [whole, *(tallies[each] for each in order)],
        COLUMN["category"],
    )
    groups = [(row.name, row.completion) for row in tallies.values()]
    return Chart(
        rows.figure(made, sheet), labels.alt_of_groups(groups, elapsed), table, links=names
    )


def _category_head() -> Row:
    return Row(
        HEAD,
        words=(
            quiet(labels.COLUMN["category"], 0, 13),
            quiet(screens.EACH, 87, 13),
            quiet(screens.COMPLETION, 212, 13),
        ),
    )


def _category_row(
    key: str,
    row: Tally,
    projects: Sequence[MeasuredProject],
    elapsed: float,
    sheet: Sheet,
    columns: bool,
) -> Row:
    late = [each for each in projects if each.light in LATE]
    about = hover([f"<b>{plain(row.name)}</b>"], screens.about_group(row, late))
    bar = drawn.mean(row, elapsed)
    share = f"<b>{screens.share(row.completion)}</b>"
    lights = [each.light for each in projects]
    if columns:
        y = 16.0
        return Row(
            30,
            key,
            (
                Word(plain(fit(row.name, 15, 84)), 0, y),
                Word(share, sheet.width - 8, y, "right"),
            ),
            glyphs=tuple(_lights(lights, 94, y, 112)),
            bar=bar,
            at=y,
            hover=about,
        )
    y = 18.0
    edge = sheet.right
    room = min(len(lights) * 15.0, 150.0)
    return Row(
        54,
        key,
        (
            Word(plain(fit(row.name, 16, edge - room - 8)), 0, y, size=16),
            Word(_late_of_all(row), sheet.width, y, "right"),
            Word(share, sheet.width, y + 21, "right"),
        ),
        glyphs=tuple(_lights(lights, edge - room + 8, y, room)),
        bar=bar,
        at=y + 21,
        hover=about,
    )


def _late_of_all(row: Tally) -> str:
    if not row.behind:
        return f"<span style='color:{theme.QUIET}'>{row.projects} 项</span>"
    return f"{tinted(str(row.behind), LATE_INK, bold=True)} / {row.projects}"


def _lights(lights: Sequence[Light], x: float, y: float, room: float) -> Iterator[Glyph]:
    """A glyph a project, closer to each other where there are many."""
    step = min(15.0, room / max(len(lights), 1))
    for at, light in enumerate(lights):
        yield Glyph(light, x + at * step, y, size=12 if step > 10 else 8)


def departments(
    board: Mapping[str, Standing],
    projects: Projects,
    elapsed: float,
    width: int,
    order: Sequence[str],
) -> Chart:
    """A row for each lead department in the order given; keys are names and project ids."""
    columns = width >= WIDE
    sheet = Sheet(width, 597, 903) if columns else Sheet(width, 0, width - 66)
    made: list[Row] = []
    if columns:
        heads = (
            quiet(screens.UNIT, 0, 13),
            quiet(screens.LED, 187, 13),
            quiet(screens.LATE, 572, 13, "right"),
            quiet(screens.OF_DEPARTMENT, 597, 13),
            quiet(screens.CLAIMED, 1041, 13, "right"),
            quiet(screens.RANK, 1198, 13, "right"),
        )
        made.append(Row(HEAD, words=heads))
    links = {}
    in_time = [] if columns else _in_time(board, order)
    for name in order:
        if in_time and name == in_time[0]:
            made.append(_in_time_head([board[each] for each in in_time], width))
        of_it = worst_projects(row for row in projects.values() if name in row.leads)
        make = _department_row if columns else _department_narrow
        made.append(make(board[name], of_it, elapsed, sheet))
        links[name] = screens.sentence_of_group(board[name])
    groups = [(row.name, row.completion) for row in board.values()]
    return Chart(
        rows.figure(made, sheet),
        labels.alt_of_groups(groups, elapsed),
        _department_table([board[name] for name in order]),
        links=links,
    )


def _department_row(
    row: Standing, projects: Sequence[MeasuredProject], elapsed: float, _: Sheet
) -> Row:
    y, x, line = 16.0, 194.0, 0
    glyphs, words = [], []
    for each in projects:
        step = 14 + wide(each.id, 13) + 10
        if x + step > 530:
            x, line = 194.0, line + 1
        at = y + line * 22
        about = hover([f"<b>{each.id}</b> {plain(each.content)}"], [labels.LIGHT[each.light]])
        glyphs.append(Glyph(each.light, x, at, each.id, about))
        words.append(Word(each.id, x + 9, at, size=13))
        x += step
    bar = drawn.mean(row, elapsed)
    more = drawn.claims_more(row)
    late = [each for each in projects if each.light in LATE]
    return Row(
        32 + line * 22,
        row.name,
        (
            Word(plain(fit(row.name, 15, 182)), 0, y),
            *words,
            Word(
                f"{tinted(str(row.behind), LATE_INK, True) if row.behind else row.behind}"
                f" / {row.projects}",
                572,
                y,
                "right",
            ),
            Word(f"<b>{screens.share(row.completion)}</b>", 977, y, "right"),
            Word(
                f"<b>{percent(row.claimed)}</b>"
                if more
                else DASH
                if row.claimed is None
                else screens.SAME,
                1041,
                y,
                "right",
                colour=theme.CLAIMED_INK if more else theme.QUIET,
            ),
            Word(
                screens.standing(row),
                1198,
                y,
                "right",
                colour=theme.QUIET if row.few else INK,
            ),
        ),
        glyphs=tuple(glyphs),
        bar=bar,
        at=y,
        hover=hover([f"<b>{plain(row.name)}</b>"], screens.about_group(row, late)),
    )


def _department_narrow(
    row: Standing, projects: Sequence[MeasuredProject], elapsed: float, sheet: Sheet
) -> Row:
    made = _category_row(row.name, row, projects, elapsed, sheet, columns=False)
    return replace(made, height=58)


def _in_time(board: Mapping[str, Standing], order: Sequence[str]) -> Sequence[str]:
    """Those after the last that lags; none where nothing lags or the order is another."""
    first = next((at for at, name in enumerate(order) if not board[name].behind), len(order))
    rest = order[first:]
    return rest if first and not any(board[name].behind for name in rest) else []


def _in_time_head(board: Sequence[Standing], width: int) -> Row:
    said = screens.not_late(len(board), all(row.known == row.projects for row in board))
    return Row(48, words=(Word(f"<b>{fit(said, 18, width)}</b>", 0, 30, size=18),), rule="")


def _group_table(groups: Sequence[Tally], name: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: [row.name for row in groups],
            COLUMN["projects"]: [row.projects for row in groups],
            COLUMN["completion"]: [percent(row.completion) for row in groups],
            COLUMN["claimed"]: [percent(row.claimed) for row in groups],
            COLUMN["behind"]: [row.behind for row in groups],
        }
    )


def _department_table(board: Sequence[Standing]) -> pd.DataFrame:
    table = _group_table(board, COLUMN["department"])
    table.insert(2, COLUMN["finished"], [row.finished for row in board])
    return table.assign(
        **{
            COLUMN["rank"]: [DASH if row.few else printed.rank(row.rank) for row in board],
            COLUMN["rank_range"]: [
                DASH if row.few else printed.rank_range(row.best_rank, row.worst_rank)
                for row in board
            ],
        }
    )
