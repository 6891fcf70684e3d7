"""From a Word, Excel or text table to a draft dataset: bytes in, values out, nothing written.

source = read(name, data)                      rows, columns, notes; or Refused
rows = [proposed(row) for row in source.rows]  indicators and readings proposed for each
draft(rows, head(source), name)                a new dataset as YAML, comments where to check
join(rows, text, period_of(dataset, ...))      or the period written into an existing one
"""

from __future__ import annotations

from minsheng.importing import docx, html, package, plain, report, rows, xlsx, xml2003
from minsheng.importing.choosing import title_of
from minsheng.importing.draft import dataset
from minsheng.importing.draft import dumps as draft
from minsheng.importing.heads import Doubt, Head, doubt, head, question, year_of
from minsheng.importing.joining import Joined, join, period_of
from minsheng.importing.matching import Ambiguous, Match, Matching, match
from minsheng.importing.package import LARGEST
from minsheng.importing.readings import proposed
from minsheng.importing.tables import AS_CHOSEN, Column, Proposed, Row, Source, Wanted
from minsheng.labels.importing import FAULT
from minsheng.model import Refused

__all__ = [
    "AS_CHOSEN",
    "LARGEST",
    "Ambiguous",
    "Column",
    "Doubt",
    "Head",
    "Joined",
    "Match",
    "Matching",
    "Proposed",
    "Refused",
    "Row",
    "Source",
    "Wanted",
    "dataset",
    "doubt",
    "draft",
    "head",
    "join",
    "match",
    "period_of",
    "proposed",
    "question",
    "read",
    "report",
    "title_of",
    "year_of",
]

LONGEST_CELL = 20_000  # characters; Excel's own limit is 32,767

_READERS = {
    "docx": docx.read,
    "xlsx": xlsx.read,
    "html": html.read,
    "xml2003": xml2003.read,
    "text": plain.read,
}


def read(name: str, data: bytes, wanted: Wanted = AS_CHOSEN) -> Source:
    """The rows of a file or of pasted text (`name` may then be empty), and what became of the rest.

    Raises:
        Refused: nothing was read; the message says why and what to do.
    """
    sheets = _READERS[package.kind(name, data)](data)
    for table in sheets.tables:
        for line, place in zip(table.lines, table.places, strict=True):
            if any(len(cell.text) > LONGEST_CELL for cell in line):
                raise Refused(FAULT["long_cell"].format(place=place, limit=LONGEST_CELL))
    return rows.source(sheets, wanted)
