"""Rows to a draft dataset: canonical YAML, with a comment at each thing that needs a person."""

from __future__ import annotations

from collections.abc import Sequence

from minsheng.dataset import editing, schema
from minsheng.dataset.yaml_core import Path
from minsheng.importing.heads import Head
from minsheng.importing.readings import deadline, doubts, indicator, reading, report, row_doubts
from minsheng.importing.tables import Proposed, Row
from minsheng.labels import importing as say
from minsheng.model import Dataset, Project, Reading

Comments = dict[Path, str]


def dataset(rows: Sequence[Proposed], head: Head) -> Dataset:
    """The rows as a dataset of one period. Rows without what a project must have get words that
    say so in its place."""
    ids = project_ids([each.row for each in rows])
    projects = tuple(
        project(each, id_, head.period.id) for each, id_ in zip(rows, ids, strict=True)
    )
    return Dataset(
        version=1,
        title=head.title,
        place=head.place,
        plan=head.plan,
        periods=(head.period,),
        projects=projects,
    )


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
    text = editing.dumps(made, said)
    schema.loads(text.encode())
    return text


def project(each: Proposed, id_: str, period: str) -> Project:
    row = each.row
    indicators = [made for p in each.proposals if (made := indicator(p))]
    names = {made.name for made in indicators}
    read = readings(each, names)
    said = report(row, read)
    day = deadline(row.deadline)[0] if row.deadline else None
    return Project(
        id=id_,
        category=category_name(row),
        content=row.content or say.CONTENT_UNKNOWN,
        leads=row.leads or (say.LEAD_UNKNOWN,),
        supports=row.supports,
        leader=row.leader or None,
        deadline=day,
        indicators=tuple(
            made
            if made.part_of in names - {made.name}
            else made.model_copy(update={"part_of": None})
            for made in indicators
        ),
        reports={period: said} if said else {},
    )


def readings(each: Proposed, names: set[str]) -> dict[str, Reading]:
    found = {p.name: reading(p, each.row.progress) for p in each.proposals if p.name in names}
    return {name: made for name, made in found.items() if made}


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
            path = ("leads",)
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
    serials: dict[str, set[str]] = {}
    for row in rows:
        serials.setdefault(category_name(row), set()).add(row.serial.strip())
    printed = [next(iter(each)) if len(each) == 1 else "" for each in serials.values()]
    usable = all(each.isascii() and each.isdigit() and 0 < int(each) < 10_000 for each in printed)
    if usable and len(set(map(int, printed))) == len(printed) and len(printed) < len(rows):
        return {name: int(each) for name, each in zip(serials, printed, strict=True)}
    return {name: number for number, name in enumerate(serials, 1)}
