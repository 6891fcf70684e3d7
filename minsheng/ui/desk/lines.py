"""The changed lines of the file as one element: exactly as they are, signs and colours beside.

The words arrive as data and are set as text, so nothing in them is HTML or Markdown. Streamlit's
own code block shows additions in a green that is too faint to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from minsheng import labels
from minsheng.editing import DiffLine
from minsheng.labels import desk as words

MOST_LINES = 3000
_SIGNS = {"same": "", "removed": "−", "added": "+"}

_CSS = """
:host, div { font-family: inherit; }
.lines { font-family: var(--st-code-font, monospace); font-size: .875rem; line-height: 1.6;
    border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
    padding: .5rem 0; }
.line { display: grid; grid-template-columns: 1.5rem 3rem 1fr; }
.line span { padding: 0 .25rem; }
.sign { text-align: center; }
.number { text-align: right; color: var(--st-gray-text-color); user-select: none; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; padding-left: .75rem !important; }
.same, .gap { color: var(--st-gray-text-color); }
.added { color: var(--st-green-text-color); }
.removed { color: var(--st-red-text-color); }
.added, .removed { font-weight: 600; }
.gap .text { border-top: 1px dashed var(--st-border-color); height: 0; align-self: center; }
@media (max-width: 600px) { .line { grid-template-columns: 1.25rem 2.5rem 1fr; } }
"""

_JS = """
export default function ({ data, parentElement }) {
    const root = document.createElement('div');
    root.className = 'lines';
    root.dataset.lines = '';
    for (const item of data.lines) {
        const line = document.createElement('div');
        line.className = `line ${item.kind}`;
        for (const part of ['sign', 'number', 'text']) {
            const made = document.createElement('span');
            made.className = part;
            made.textContent = item[part];
            line.append(made);
        }
        root.append(line);
    }
    const before = parentElement.querySelector('[data-lines]');
    if (before) before.replaceWith(root); else parentElement.append(root);
}
"""

_component = st.components.v2.component("minsheng_lines", css=_CSS, js=_JS)


def show(key: str, lines: Sequence[DiffLine]) -> None:
    """Of very many lines the first; then says so."""
    _component(key=key, data={"lines": _rows(lines[:MOST_LINES])})
    if len(lines) > MOST_LINES:
        st.markdown(words.LONG_DIFF.format(most=MOST_LINES, all=labels.number(len(lines))))


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
