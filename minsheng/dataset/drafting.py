"""What one person has changed and not saved yet: nothing of it is on the disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from minsheng.dataset import editing, schema
from minsheng.dataset.editing import AddPeriod, Edit, SetReport
from minsheng.dataset.schema import Document
from minsheng.model import Dataset


@dataclass(frozen=True, eq=False)
class Draft:
    """`base` is the version that it was begun on, `document` what would be saved; `edits` lead from
    one to the other, the latest of a place only."""

    base: Document
    fingerprint: str
    document: Document
    edits: tuple[Edit, ...] = ()

    @property
    def dataset(self) -> Dataset:
        return self.document.dataset

    @property
    def is_changed(self) -> bool:
        return self.document.text != self.base.text


def started(document: Document, fingerprint: str) -> Draft:
    return Draft(document, fingerprint, document)


def added(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft with these edits too.

    Raises:
        Refused: an edit's place does not exist.
        DatasetError: the result would be no dataset.
    """
    more = tuple(edits)
    text = editing.apply(draft.document.text, more)
    return replace(
        draft, document=schema.loads(text.encode()), edits=_latest((*draft.edits, *more))
    )


def merged(draft: Draft, theirs: Document, fingerprint: str) -> Draft:
    """My changes on the version that somebody else has saved meanwhile.

    Raises:
        Refused: we changed the same project.
    """
    text = editing.merge(draft.base.text, draft.document.text, theirs.text)
    return Draft(theirs, fingerprint, schema.loads(text.encode()), draft.edits)


def redone(draft: Draft, theirs: Document, fingerprint: str) -> Draft:
    """My edits once more, on their version: where we edited the same place mine stands.

    Raises:
        Refused, DatasetError: their version has no room for an edit.
    """
    known = {period.id for period in theirs.dataset.periods}
    edits = [
        edit
        for edit in draft.edits
        if not (isinstance(edit, AddPeriod) and edit.period.id in known)
    ]
    return added(started(theirs, fingerprint), edits)


def _latest(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    kept: list[Edit] = []
    for edit in edits:
        if isinstance(edit, SetReport):
            place = edit.project, edit.period
            kept = [
                old
                for old in kept
                if not (isinstance(old, SetReport) and (old.project, old.period) == place)
            ]
        kept.append(edit)
    return tuple(kept)
