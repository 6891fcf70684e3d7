"""Snapshot → Word: the five-column table as it circulates, and what was measured after it."""

from __future__ import annotations

from minsheng.export import cover
from minsheng.export.word import bulletin_text
from minsheng.export.word import document as word_document
from minsheng.measuring.snapshot import Snapshot


def build(shot: Snapshot) -> bytes:
    made = cover.of(shot)
    return word_document.render(bulletin_text.table_and_results(shot), made, made.title)
