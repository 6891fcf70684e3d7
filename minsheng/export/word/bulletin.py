"""Snapshot → Word: a draft of the 通报."""

from __future__ import annotations

from minsheng.export import cover
from minsheng.export.word import bulletin_text
from minsheng.export.word import document as word_document
from minsheng.measuring.snapshot import Snapshot


def build(shot: Snapshot) -> bytes:
    blocks = bulletin_text.blocks(shot)
    return word_document.render(blocks, cover.of(shot), bulletin_text.title(shot))
