"""Office packages with the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The earliest moment that a ZIP entry can state: the libraries write the clock's.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def settled(package: bytes, parts: Mapping[str, bytes] | None = None) -> bytes:
    """The package with its entries in the order they had and no time of making.

    `parts` replaces entries by name.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            target.writestr(
                zipfile.ZipInfo(entry.filename, _NO_TIME),
                (parts or {}).get(entry.filename) or source.read(entry),
                compress_type=zipfile.ZIP_DEFLATED,
            )
    return made.getvalue()
