"""What a person has staged and not saved, kept beside the journal until he comes back to it.

A file a person, in the folder of the versions, which nobody but the program's user reads. It holds
the version that the edits were begun on, so that they can be merged whatever was saved meanwhile.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from minsheng.dataset import drafting, schema
from minsheng.dataset.drafting import Draft
from minsheng.dataset.editing import AddPeriod, AddProject, Edit, SetReport
from minsheng.labels import editing as say
from minsheng.model import Period, Project, Refused, Report

_KINDS: dict[str, type[BaseModel]] = {"report": Report, "period": Period, "project": Project}


@dataclass(frozen=True)
class Unsaved:
    """A draft as it was kept."""

    draft: Draft
    when: dt.datetime


def keep(path: Path, who: str, draft: Draft, when: dt.datetime) -> None:
    """Writes the draft, or forgets it where it changes nothing; whole or not at all.

    Raises:
        Refused: the disk says no; the work is then in the session only.
    """
    if not draft.is_changed:
        forget(path, who)
        return
    said = {
        "when": when.isoformat(),
        "fingerprint": draft.fingerprint,
        "base": draft.base.text,
        "edits": [_written(edit) for edit in draft.edits],
    }
    place = _place(path, who)
    beside = place.with_suffix(".tmp")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(said, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Refused(say.NOT_KEPT.format(reason=error.strerror)) from None


def kept(path: Path, who: str) -> Unsaved | None:
    """What the person left, or None.

    Raises:
        Refused: there is something, and it cannot be read or no longer fits any dataset.
    """
    place = _place(path, who)
    try:
        said = json.loads(place.read_text(encoding="utf-8"))
        base = schema.loads(said["base"].encode())
        begun = drafting.started(base, str(said["fingerprint"]))
        draft = drafting.added(begun, [_read(each) for each in said["edits"]])
        return Unsaved(draft, dt.datetime.fromisoformat(said["when"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, Refused):
        raise Refused(say.KEPT_DAMAGED.format(file=place.name)) from None


def forget(path: Path, who: str) -> None:
    with contextlib.suppress(OSError):
        _place(path, who).unlink(missing_ok=True)


def _place(path: Path, who: str) -> Path:
    """Names go into file names as digests: a name may hold anything."""
    file = path.resolve()
    digest = hashlib.sha256(who.encode()).hexdigest()[:32]
    return file.parent / ".history" / "unsaved" / f"{file.name}.{digest}.json"


def _written(edit: Edit) -> dict[str, Any]:
    match edit:
        case SetReport(project, period, report):
            return {"project": project, "at": period, "report": _plain(report)}
        case AddPeriod(period):
            return {"period": _plain(period)}
        case AddProject(project):
            return {"project": _plain(project)}
    raise AssertionError(edit)  # the desk makes no others


def _plain(value: BaseModel) -> Any:
    return value.model_dump(mode="json", exclude_defaults=True)


def _read(said: dict[str, Any]) -> Edit:
    if "report" in said:
        return SetReport(said["project"], said["at"], _made("report", said))
    if "period" in said:
        return AddPeriod(_made("period", said))
    return AddProject(_made("project", said))


def _made(kind: str, said: dict[str, Any]) -> Any:
    return _KINDS[kind].model_validate_json(json.dumps(said[kind], ensure_ascii=False))
