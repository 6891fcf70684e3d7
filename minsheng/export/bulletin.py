"""Snapshot → Word: a draft of the 通报."""

from __future__ import annotations

from minsheng.export import bulletin_text, cover, word_document
from minsheng.snapshot import Snapshot


def build(shot: Snapshot) -> bytes:
    blocks = bulletin_text.blocks(shot)
    return word_document.render(blocks, cover.of(shot), bulletin_text.title(shot))
