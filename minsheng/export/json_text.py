"""Snapshot → JSON: shares 0-1, unknown null, the words of design.md section 4 as values.

The document has what `show` prints and, at its end, what every document carries besides."""

from __future__ import annotations

import json
from typing import Any

from minsheng import labels
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, MeasuredIndicator


def build(shot: Snapshot) -> bytes:
    return f"{_written(as_dict(shot) | carried(shot))}\n".encode()


def dumps(snapshot: Snapshot) -> str:
    """What `python -m minsheng show --format json` prints."""
    return _written(as_dict(snapshot))


def carried(snapshot: Snapshot) -> dict[str, Any]:
    """The data version, the local rule and the choice; an empty choice is everything."""
    chosen = snapshot.filters
    names = snapshot.dataset.category_names
    return {
        "fingerprint": snapshot.fingerprint,
        "thresholds": snapshot.dataset.thresholds.model_dump(),
        "filters": {
            "categories": [names.get(number, number) for number in chosen.categories],
            "departments": list(chosen.departments),
            "lights": [labels.LIGHT[light] for light in chosen.lights],
        },
    }


def _written(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False)


def as_dict(snapshot: Snapshot) -> dict[str, Any]:
    """The keys and their order are the contract of `python -m minsheng show --format json`."""
    return {
        "title": snapshot.dataset.title,
        "place": snapshot.dataset.place,
        "period": snapshot.period.id,
        "as_of": snapshot.period.as_of.isoformat(),
        "elapsed": snapshot.elapsed,
        "completion": snapshot.completion,
        "claimed": snapshot.claimed,
        "lights": {labels.LIGHT[light]: snapshot.lights[light] for light in Light},
        "projects": _projects(snapshot),
        "departments": [
            {
                "name": name,
                "projects": row.projects,
                "done": row.finished,
                "behind": row.behind,
                "completion": _number(row.completion),
                "claimed": _number(row.claimed),
                "rank": row.rank,
                "rank_range": [row.best_rank, row.worst_rank],
                "few": row.few,
            }
            for name, row in snapshot.departments.items()
        ],
        "categories": [
            {
                "name": row.name,
                "projects": row.projects,
                "completion": _number(row.completion),
            }
            for row in snapshot.categories.values()
        ],
        "findings": [
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "project": finding.project,
                "message": finding.message,
            }
            for finding in snapshot.findings
        ],
    }


def _projects(snapshot: Snapshot) -> list[dict[str, Any]]:
    codes: dict[str, dict[str, None]] = {}
    for finding in snapshot.findings:
        codes.setdefault(finding.project, {})[finding.code] = None
    return [
        {
            "id": project,
            "category": row.category,
            "content": row.content,
            "leads": list(row.leads),
            "completion": _number(row.completion),
            "weakest": _number(row.weakest),
            "claimed": _number(row.claimed),
            "basis": labels.BASIS[row.basis],
            "delivery": labels.DELIVERY[row.delivery],
            "light": labels.LIGHT[row.light],
            "findings": list(codes.get(project, ())),
            "indicators": [_indicator(part) for part in snapshot.parts[project]],
        }
        for project, row in snapshot.rows.items()
    ]


def _indicator(row: MeasuredIndicator) -> dict[str, Any]:
    return {
        "name": row.name,
        "unit": row.unit,
        "target": _number(row.target),
        "done": _number(row.done),
        "completion": _number(row.completion),
        "basis": labels.BASIS[row.basis],
    }


def _number(value: float | None) -> int | float | None:
    """Counts are whole in JSON when they are whole; unknown is null."""
    return int(value) if value is not None and float(value).is_integer() else value
