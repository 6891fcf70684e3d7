"""What one person has changed and not saved yet: nothing of it is on the disk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from minsheng.dataset import editing, schema
from minsheng.dataset.editing import AddPeriod, Edit, SetReport
from minsheng.dataset.schema import Document
from minsheng.model import Dataset


@dataclass(frozen=True, eq=False)
class Draft:
    """`base` is the version that it was begun on, `dataset` what would be saved; `edits` lead from
    one to the other, the latest of a place only."""

    base: Document
    fingerprint: str
    dataset: Dataset
    edits: tuple[Edit, ...] = ()

    @cached_property
    def document(self) -> Document:
        """What would be saved, with its text; made when it is first asked for.

        Raises:
            Refused: the text of the file cannot be made to say it.
        """
        return editing.written(self.base, self.dataset)

    @property
    def is_changed(self) -> bool:
        return self.dataset != self.base.dataset


def started(document: Document, fingerprint: str) -> Draft:
    return Draft(document, fingerprint, document.dataset)


def added(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft with these edits too.

    Raises:
        Refused: an edit's place does not exist, or the result would be no dataset.
    """
    more = tuple(edits)
    dataset = editing.edited(draft.dataset, more)
    schema.check(dataset)
    return replace(draft, dataset=dataset, edits=_latest((*draft.edits, *more)))


def merged(draft: Draft, theirs: Document, fingerprint: str) -> Draft:
    """My changes on the version that somebody else has saved meanwhile.

    Raises:
        Refused: we changed the same project, or the two do not go together.
    """
    dataset = editing.merged(draft.base.dataset, draft.dataset, theirs.dataset)
    schema.check(dataset)
    return Draft(theirs, fingerprint, dataset, draft.edits)


def redone(draft: Draft, theirs: Document, fingerprint: str) -> Draft:
    """My edits once more, on their version: where we edited the same place mine stands.

    Raises:
        Refused: their version has no room for an edit.
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
