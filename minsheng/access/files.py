"""The secrets files as they are at this moment.

`st.secrets` would not do: it keeps what it parsed, looks for changes every few seconds and by the
time of the file alone, and after one bad save no more at all.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from minsheng.access.policy import Policy, parse
from minsheng.labels.access import FAULTS, READ_BY_ALL

LARGEST = 256 * 1024


def read(paths: Iterable[str | os.PathLike[str]]) -> Policy:
    """Who may edit by these files, some of which need not exist."""
    found: list[bytes] = []
    faults: list[str] = []
    warnings: list[str] = []
    for path in map(Path, paths):
        if path.suffix != ".toml":
            faults.append(FAULTS["folder"].format(path=path.name))
            continue
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
                mode = os.fstat(file.fileno()).st_mode
        except FileNotFoundError:
            continue
        except OSError as error:
            faults.append(FAULTS["unreadable"].format(reason=error.strerror))
            continue
        if len(data) > LARGEST:
            faults.append(FAULTS["too_large"])
        else:
            found.append(data)
            if mode & stat.S_IROTH and sys.platform != "win32":
                warnings.append(READ_BY_ALL.format(path=path.name))
    if faults:
        return Policy(faults=tuple(faults))
    return replace(parse(found), warnings=tuple(warnings))
