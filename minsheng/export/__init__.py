"""Snapshot → bytes, one module a format, and the registry of them.

The same snapshot gives the same bytes: no document knows what time it is. A format's module is
imported when the format is built, so that a page that offers eight of them loads none.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass

from minsheng import agenda
from minsheng.labels import exports
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.model import Dataset, Period, Refused

_OFFICE = "application/vnd.openxmlformats-officedocument"
_UNSAFE = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Format:
    """A kind of document. `module` has `build(shot: Snapshot) -> bytes`."""

    name: str
    ending: str
    media: str
    module: str
    depends: bool = False

    @property
    def words(self) -> exports.FormatWords:
        return exports.FORMATS[self.name]

    @property
    def label(self) -> str:
        return self.words.label

    def build(self, shot: Snapshot) -> bytes:
        """The document. Takes up to seconds; safe to call from any thread.

        Raises:
            Refused: what it needs is missing on this machine, e.g. a Chinese font.
        """
        module = importlib.import_module(f"minsheng.export.{self.module}")
        made: bytes = module.build(shot)
        return made

    def lacking(self) -> str:
        """What the machine lacks to build it, as `build` would say; empty where it lacks nothing.

        Only a format that depends on the machine has a `check` in its module.
        """
        if not self.depends:
            return ""
        try:
            importlib.import_module(f"minsheng.export.{self.module}").check()
        except Refused as error:
            return str(error)
        return ""

    def file_name(self, dataset: Dataset, period: Period, filters: Filters = EVERYTHING) -> str:
        """The same on the page and from the command line; a choice of projects says which.

        Text from the file is cut to letters, digits and dashes: it names no other folder.
        """
        return exports.FILE_NAME.format(
            place=_safe(dataset.place, 20),
            period=period.id,
            what=self.words.file,
            chosen="" if filters == EVERYTHING else f"-{_chosen(dataset, filters)}",
            ending=self.ending,
        )


# One line a format, in the order in which they are offered. A format stands here as soon as its
# module exists.
FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("xlsx", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", "excel"),
        Format("docx", "docx", f"{_OFFICE}.wordprocessingml.document", "word"),
        Format("bulletin", "docx", f"{_OFFICE}.wordprocessingml.document", "word.bulletin"),
        Format("pdf", "pdf", "application/pdf", "pdf", depends=True),
        Format("csv", "csv", "text/csv", "csv_text"),
        Format("pptx", "pptx", f"{_OFFICE}.presentationml.presentation", "powerpoint"),
        Format("html", "html", "text/html", "page"),
        Format("json", "json", "application/json", "json_text"),
    )
}  # fmt: skip


def _chosen(dataset: Dataset, filters: Filters) -> str:
    """The filters where a file name has room for them, else only that it is an excerpt."""
    words = agenda.scope(dataset, filters)
    for joint in (exports.CATEGORY, exports.DEPARTMENT, exports.LIGHT):
        words = words.replace(f"{joint} ", "")
    return exports.EXCERPT if len(words) > 30 else _safe(words, 30)


def _safe(words: str, longest: int) -> str:
    return _UNSAFE.sub("-", words)[:longest].strip("-")
