"""Text that every document can hold."""

from __future__ import annotations

import re

_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(words: str) -> str:
    """Without control characters and halves of characters, which XML and UTF-8 cannot hold."""
    return _NO_CHARACTER.sub("", words)
