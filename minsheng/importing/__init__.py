"""From a Word, Excel or text table to a draft dataset: bytes in, values out, nothing written."""

from __future__ import annotations

from minsheng.importing import docx, package, plain, rows, xlsx
from minsheng.importing.tables import Column, ImportFault, Row, Source

__all__ = ["Column", "ImportFault", "Row", "Source", "read"]

_READERS = {"docx": docx.read, "xlsx": xlsx.read, "text": plain.read}


def read(name: str, data: bytes) -> Source:
    """The rows of a file, or of pasted text (`name` may then be empty), and what became of the rest.

    Raises:
        ImportFault: nothing was read; the message says why and what to do.
    """
    return rows.source(_READERS[package.kind(name, data)](data))
