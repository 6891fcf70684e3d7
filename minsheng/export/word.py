"""Snapshot → Word: the five-column table as it circulates, and what was measured after it."""

from __future__ import annotations

from minsheng.export import bulletin_text, cover, word_document
from minsheng.snapshot import Snapshot


def build(shot: Snapshot) -> bytes:
    made = cover.of(shot)
    return word_document.render(bulletin_text.table_and_results(shot), made, made.title)
