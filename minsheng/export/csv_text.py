"""Snapshot → CSV for a spreadsheet or another program: one row an indicator.

UTF-8 with a byte order mark, without which Chinese Excel reads GBK, and CRLF. A project without
indicators keeps one row. Unknown is an empty cell. Shares are written as they are printed, counts
without thousands separators; an apostrophe stands before what looks like a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from minsheng import labels, printed
from minsheng.export import cells, cover
from minsheng.labels import columns, exports
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import MeasuredIndicator, MeasuredProject, Report

NO_REPORT = Report(text="")


def build(shot: Snapshot) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(exports.CSV.values())
    for row in rows(shot):
        writer.writerow([cells.guarded(row.get(key, "")) for key in exports.CSV])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def rows(shot: Snapshot) -> Iterator[dict[str, str]]:
    """The cells by the keys of `exports.CSV`; a key that is absent is unknown or does not apply."""
    made = cover.of(shot)
    same = {
        "period": made.period,
        "as_of": made.as_of.isoformat(),
        "elapsed": made.elapsed,
        "title": made.title,
        "place": made.place,
        "scope": made.scope,
        "limits": made.limits,
        "fingerprint": made.fingerprint,
    }
    for project, row in shot.rows.items():
        its = _project(shot, project, row) | same
        parts = [_indicator(part) for part in shot.parts[project]]
        yield from (its | part for part in parts or [{}])


def _project(shot: Snapshot, project: str, row: MeasuredProject) -> dict[str, str]:
    category, _, number = project.partition(".")
    declared, terms = shot.project(project), shot.terms(project)
    report = shot.report(project) or NO_REPORT
    found = dict.fromkeys(labels.RULES[each.code].title for each in shot.findings_of(project))
    return {
        "id": project,
        "category_number": category,
        "number": number,
        "category": row.category,
        "content": row.content,
        "leads": labels.joined(row.leads),
        "supports": labels.joined(terms.supports),
        "leader": declared.leader or "",
        "deadline": terms.deadline.isoformat() if terms.deadline else "",
        "kind": declared.kind or "",
        "text": report.text,
        "problems": report.problems or "",
        "next_steps": report.next_steps or "",
        "project_completion": _percent(row.completion),
        "weakest": _percent(row.weakest),
        "project_claimed": _percent(row.claimed),
        "expected": _percent(row.expected),
        "delivery": labels.DELIVERY[row.delivery],
        "light": labels.LIGHT[row.light],
        "findings": labels.joined(found),
    }


def _indicator(part: MeasuredIndicator) -> dict[str, str]:
    return {
        "indicator": part.name,
        "part_of": part.part_of or "",
        "counts": part.counts,
        "unit": part.unit,
        "target": _count(part.target),
        "done": _count(part.done),
        "approx": labels.YES if part.approx else "",
        "underway": _count(part.underway),
        "stages": columns.stages(part.stages),
        "claimed": _percent(part.claimed),
        "claimed_part": _percent(part.claimed_part),
        "claimed_of": part.claimed_of or "",
        "counted": _percent(part.counted),
        "completion": _percent(part.completion),
        "basis": columns.basis(part),
        "quotes": labels.quoted(part.quotes),
    }


def _percent(share: float | None) -> str:
    return "" if share is None else printed.percent(share)


def _count(value: float | None) -> str:
    """Exact and without separators, for programs: 16737, 0.7."""
    return "" if value is None else printed.number(value).replace(",", "")
