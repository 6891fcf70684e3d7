"""Text that every document can hold."""

from __future__ import annotations

import re

_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(words: str) -> str:
    """Without control characters, which XML cannot hold."""
    return _NO_CHARACTER.sub("", words)
