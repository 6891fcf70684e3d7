"""Text from the file as Markdown that shows it as typed."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from minsheng import labels, theme
from minsheng.grammar import scan
from minsheng.model import Light

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Text from the file as Markdown that shows it as typed: nothing in it is interpreted."""
    return _PUNCTUATION.sub(r"\\\1", text).replace("\n", "  \n")


def moment(when: dt.datetime | None) -> str:
    """In the zone of whoever looks; empty where there is none."""
    return "" if when is None else labels.moment(when, _zone())


def _zone() -> dt.tzinfo | None:
    """The browser's; None where it does not say."""
    with contextlib.suppress(ValueError, OSError, KeyError):  # a name that this machine lacks
        if name := st.context.timezone:
            return ZoneInfo(name)
    offset = st.context.timezone_offset  # minutes behind UTC
    if offset is None or abs(offset) >= 24 * 60:
        return None
    return dt.timezone(dt.timedelta(minutes=-offset))


def rows(table: pd.DataFrame) -> pd.DataFrame:
    """A frame for st.table, which reads Markdown: text from the file is shown as typed."""
    return table.rename(columns=plain).map(lambda cell: plain(str(cell)))


def small(words: str) -> str:
    """Small print. st.caption's own grey is too faint for tired eyes (WCAG asks for 4.5:1)."""
    return f":small[:gray[{plain(words)}]]"


def note(words: str) -> None:
    st.markdown(small(words))


def coloured(light: Light) -> str:
    """The light's shape in its colour, as Markdown."""
    return f":{theme.NAMED[light]}[{labels.LIGHT_SHAPE[light]}]"


def numerals(text: str) -> str:
    """The text as Markdown with a ground under each number that counts something."""
    pieces, at = [], 0
    for mention in scan(text).mentions:
        pieces += [(text[at : mention.start], False), (text[mention.start : mention.end], True)]
        at = mention.end
    return _grounded([*pieces, (text[at:], False)])


def _grounded(pieces: Sequence[tuple[str, bool]]) -> str:
    return "".join(
        f":blue-background[{plain(piece)}]" if mark else plain(piece) for piece, mark in pieces
    )
