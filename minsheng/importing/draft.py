"""Rows to a draft dataset: canonical YAML, with a comment at each thing that needs a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from minsheng.dataset import editing, schema
from minsheng.dataset.yaml_core import Path
from minsheng.importing.heads import Head, new_period
from minsheng.importing.readings import (
    deadline,
    doubts,
    indicator,
    notes,
    proposed,
    reading,
    report,
    row_doubts,
    with_columns,
)
from minsheng.importing.tables import Proposed, Row, Told
from minsheng.labels import importing as say
from minsheng.model import (
    Dataset,
    Indicator,
    Investment,
    Milestone,
    Period,
    Project,
    Reading,
    Report,
)

Comments = dict[Path, str]


def dataset(rows: Sequence[Proposed], head: Head) -> Dataset:
    """The rows as a dataset: of one period, and of those before it that the table has columns for.
    Rows without what a project must have get words that say so in its place."""
    ids = project_ids([each.row for each in rows])
    periods = _periods(rows, head)
    projects = tuple(
        project(each, id_, head.period, head.plan.start.year, _earlier(each, periods))
        for each, id_ in zip(rows, ids, strict=True)
    )
    if all(each.printed in (None, each.category_number) for each in projects):
        projects = tuple(each.model_copy(update={"printed": None}) for each in projects)
    return Dataset(
        version=1,
        title=head.title,
        place=head.place,
        plan=head.plan,
        periods=(*(period for _, period in sorted(periods.items())), head.period),
        projects=projects,
    )


def _periods(rows: Sequence[Proposed], head: Head) -> dict[dt.date, Period]:
    """The periods before the head's that any row tells of, by their last day."""
    year = head.plan.start.year
    told = {told.when for each in rows for told in each.row.earlier}
    found: dict[dt.date, Period] = {}
    for when in sorted(told, key=lambda each: (each.month, each.suffix)):
        day = when.as_of(year)
        if day < head.period.as_of:
            found.setdefault(day, new_period(f"{day.year}{when.suffix}", day))
    return found


def _earlier(each: Proposed, periods: dict[dt.date, Period]) -> dict[str, Told]:
    by_month = {(day.year, day.month): period for day, period in periods.items()}
    year = next(iter(by_month), (0, 0))[0]
    return {
        by_month[(told.when.year or year, told.when.month)].id: told
        for told in each.row.earlier
        if (told.when.year or year, told.when.month) in by_month
    }


def dumps(rows: Sequence[Proposed], head: Head, name: str) -> str:
    """The draft as YAML that `schema.loads` reads, `name` the file that it came from.

    Raises:
        DatasetError: never for what the readers return; a reading edited by hand may be at fault.
    """
    made = dataset(rows, head)
    said: Comments = {("version",): say.drafted(name)}
    said |= {(key,): words for key, words in head.guessed.items()}
    for at, (each, made_project) in enumerate(zip(rows, made.projects, strict=True)):
        for path, words in comments(each, made_project, head.period.id).items():
            said["projects", at, *path] = words
    if rows and not any(each.row.category for each in rows):
        said["projects",] = say.check(say.NO_CATEGORY)
    text = editing.dumps(made, said)
    schema.loads(text.encode())
    return text


def project(
    each: Proposed,
    id_: str,
    period: Period,
    year: int,
    earlier: Mapping[str, Told] | None = None,
) -> Project:
    row = each.row
    indicators = [made for p in each.proposals if (made := indicator(p))]
    names = {made.name for made in indicators}
    read = readings(each, names)
    of_project, of_report = notes(each, year, read)
    said = report(row, read, of_report)
    reports = {
        id_of: before
        for id_of, told in (earlier or {}).items()
        if (before := _report_of(told, row, indicators))
    }
    if said:
        reports[period.id] = said
    else:
        of_project |= of_report
    left = [told for told in row.earlier if told not in (earlier or {}).values()]
    of_project |= {say.told_at(told.when.month): told.text for told in left}
    return Project(
        id=id_,
        category=category_name(row),
        content=row.content or say.CONTENT_UNKNOWN,
        leads=row.leads or (say.LEAD_UNKNOWN,),
        supports=row.supports,
        leader=row.leader or None,
        deadline=deadline(row.deadline, year)[0] if row.deadline else None,
        milestones=_milestones(row, year),
        investment=_investment(row),
        printed=row.printed or None,
        notes=of_project,
        indicators=tuple(
            made
            if made.part_of in names - {made.name}
            else made.model_copy(update={"part_of": None})
            for made in indicators
        ),
        reports=reports,
    )


def _report_of(told: Told, row: Row, indicators: Sequence[Indicator]) -> Report | None:
    """What the table says at the end of an earlier period, read as the row itself is."""
    bare = Row(number=row.number, where=row.where, content=row.content, progress=told.text)
    names = {each.name for each in indicators}
    return report(bare, readings(proposed(bare), names), {})


def _milestones(row: Row, year: int) -> tuple[Milestone, ...]:
    """What was planned for a part of the year, in the table's own words."""
    made = {told.when.as_of(year): told.text for told in row.plans}
    return tuple(Milestone(by=day, text=text) for day, text in sorted(made.items()))


def _investment(row: Row) -> Investment | None:
    if row.planned is None and row.paid is None:
        return None
    return Investment(planned=_plain(row.planned), paid=_plain(row.paid))


def _plain(value: float | None) -> int | float | None:
    if value is None:
        return None
    value = round(value, 4)
    return int(value) if value.is_integer() else value


def readings(each: Proposed, names: set[str]) -> dict[str, Reading]:
    found = {p.name: reading(p, each.row.progress) for p in each.proposals if p.name in names}
    made = {name: made for name, made in found.items() if made}
    return with_columns(each.row, made) if len(each.proposals) == 1 else made


def category_name(row: Row) -> str:
    return row.category or say.CATEGORY_UNKNOWN


def comments(each: Proposed, made: Project, period: str) -> Comments:
    """What needs a person, by path in the project: above the reading where there is one, else above
    the text that nothing was read from."""
    said: dict[Path, list[str]] = {}
    report = made.reports.get(period)
    text: Path = ("reports", period, "text") if report else ("content",)
    for proposal in each.proposals:
        words = doubts(proposal)
        if not words:
            continue
        if report and proposal.name in report.readings:
            said.setdefault(("reports", period, "readings", proposal.name), []).append(words)
        else:
            said.setdefault(text, []).append(say.about(proposal.name, words))
    for key, words in row_doubts(each):
        path: Path = text if key in ("text", "claimed") else (key,)
        if path == ("deadline",) and made.deadline is None:
            path = ("notes",) if made.notes else ("leads",)
        said.setdefault(path, []).append(words)
    return {path: "\n".join(words) for path, words in said.items()}


def project_ids(rows: Sequence[Row]) -> list[str]:
    """category.number: the category's printed number where the table numbers its categories, else
    the order in which they appear; within it the order of the rows."""
    numbers = _category_numbers(rows)
    counts: dict[str, int] = {}
    made = []
    for row in rows:
        name = category_name(row)
        counts[name] = counts.get(name, 0) + 1
        made.append(f"{numbers[name]}.{counts[name]}")
    return made


def _category_numbers(rows: Sequence[Row]) -> dict[str, int]:
    found = _printed_categories(rows)
    if found is not None:
        return found
    names = dict.fromkeys(category_name(row) for row in rows)
    return {name: number for number, name in enumerate(names, 1)}


def _printed_categories(rows: Sequence[Row]) -> dict[str, int] | None:
    """The number that the table prints for each category, where it numbers them."""
    serials: dict[str, set[str]] = {}
    for row in rows:
        serials.setdefault(category_name(row), set()).add(row.serial.strip())
    printed = [next(iter(each)) if len(each) == 1 else "" for each in serials.values()]
    usable = all(each.isascii() and each.isdigit() and 0 < int(each) < 10_000 for each in printed)
    if usable and len(set(map(int, printed))) == len(printed) and len(printed) < len(rows):
        return {name: int(each) for name, each in zip(serials, printed, strict=True)}
    return None
