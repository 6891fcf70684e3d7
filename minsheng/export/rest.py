"""What a project has beside the five printed columns: the table 其余各栏 of Word and Excel.

Importing the document brings it back with the rows. A figure that is written in the text is read
from there again, so only one that came from a column of its own has a line here.
"""

from __future__ import annotations

from collections.abc import Iterator

from minsheng.labels import rest as words
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Milestone, Project, Reading, Report
from minsheng.printed import number

Line = tuple[str, str, str, str]


def lines(shot: Snapshot) -> tuple[Line, ...]:
    """The project's id and promise, the key in words, and what it says, word for word."""
    return tuple(
        (id_, row.content, key, text)
        for id_, row in shot.rows.items()
        for key, text in _of(shot, id_)
        if text
    )


def _of(shot: Snapshot, id_: str) -> Iterator[tuple[str, str]]:
    project, report, terms = shot.project(id_), shot.report(id_), shot.terms(id_)
    money = project.investment
    said = {
        "printed": project.printed,
        "supports": "\n".join(terms.supports),
        "leader": project.leader,
        "deadline": terms.deadline and terms.deadline.isoformat(),
        "planned": None if money is None or money.planned is None else number(money.planned),
        "paid": None if terms.paid is None else number(terms.paid),
    }
    for key, text in said.items():
        yield words.KEYS[key], text or ""
    for each in project.milestones:
        yield f"{words.PLAN}{each.by.isoformat()}", _planned(each)
    if report is not None:
        yield from _reported(project, report)
    for heading, text in project.notes.items():
        yield f"{words.PROJECT_NOTE}{heading}", text
    for heading, text in (report.notes if report else {}).items():
        yield f"{words.REPORT_NOTE}{heading}", text


def _planned(milestone: Milestone) -> str:
    said = [milestone.text] if milestone.text else []
    said += [f"{name} {number(count)}" for name, count in milestone.count.items()]
    if milestone.share is not None:
        said.append(words.share(number(milestone.share)))
    return "；".join(said)


def _reported(project: Project, report: Report) -> Iterator[tuple[str, str]]:
    yield words.KEYS["verdict"], report.verdict or ""
    yield words.KEYS["problems"], report.problems or ""
    yield words.KEYS["next_steps"], report.next_steps or ""
    if len(project.indicators) != 1:
        return
    only = project.indicators[0]
    reading = report.readings.get(only.name, Reading())
    if reading.done is not None and not (reading.quotes or _is_zero_by_words(reading)):
        yield words.KEYS["done"], f"{number(reading.done)}{only.unit}"
    if reading.claimed is not None and number(reading.claimed) not in report.text:
        yield words.KEYS["claimed"], f"{number(reading.claimed)}%"
    if reading.this_period is not None:
        yield words.KEYS["this_period"], f"{number(reading.this_period)}{only.unit}"
    for place, count in reading.by_place.items():
        yield f"{words.PLACE}{place}", f"{number(count)}{only.unit}"


def _is_zero_by_words(reading: Reading) -> bool:
    """Nothing is done yet where the words tell of preparation or of other stages."""
    return reading.done == 0 and bool(reading.preparing or reading.underway or reading.stages)
