"""The gate through which text goes into every document."""

from __future__ import annotations

import re

# What XML cannot hold, or holds and nothing shows.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# Joiners, direction marks and selectors of variants: they show nothing by themselves, and a
# typesetter that has no glyph for the whole of what they join refuses all of it.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\u20e3"
    "\U000e0000-\U000e0fff]"
)


def clean(words: str) -> str:
    """Without control characters, which are legal in the dataset ("\\a" in a YAML string), and one
    of which would make a whole document unreadable. Line breaks and tabs stay."""
    return _NO_CHARACTER.sub("", words)


def apart(words: str) -> str:
    """Cleaned, and every character for itself: what cannot be set is then named alone."""
    return _UNSEEN.sub("", clean(words))
