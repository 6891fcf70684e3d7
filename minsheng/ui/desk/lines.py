"""The changed lines of the file as one element: exactly as they are, signs and colours beside.

The words arrive as data and are set as text, so nothing in them is HTML or Markdown. Streamlit's
own code block shows additions in a green that is too faint to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from minsheng import printed
from minsheng.dataset.comparing import DiffLine
from minsheng.labels import desk as words
from minsheng.ui.component import component, packed

MOST_LINES = 3000
_SIGNS = {"same": "", "removed": "−", "added": "+"}

_component = component("lines")


def show(key: str, lines: Sequence[DiffLine]) -> None:
    """Of very many lines the first; then says so."""
    _component(key=key, data=packed({"lines": _rows(lines[:MOST_LINES])}))
    if len(lines) > MOST_LINES:
        st.markdown(words.LONG_DIFF.format(most=MOST_LINES, all=printed.number(len(lines))))


def _rows(lines: Sequence[DiffLine]) -> list[dict[str, Any]]:
    """With a mark wherever lines in between are left out."""
    made: list[dict[str, Any]] = []
    before = None
    for line in lines:
        if before and before.old and line.old and line.old - before.old > 1:
            made.append({"kind": "gap", "sign": "", "number": "", "text": ""})
        number = str(line.new or line.old)
        made.append(
            {"kind": line.kind, "sign": _SIGNS[line.kind], "number": number, "text": line.text}
        )
        before = line
    return made
