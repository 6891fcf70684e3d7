"""The documents of 导出, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from minsheng.export import FORMATS, Format
from minsheng.labels import exports
from minsheng.measuring.snapshot import Filters
from minsheng.server.keeping import taken
from minsheng.ui.markdown import plain
from minsheng.ui.page import View


def downloads(view: View, filters: Filters) -> None:
    """A card a format, whose document is made when its button is clicked.

    That happens in another thread, on the snapshot that was looked at: the page may have moved on.
    """
    shot = view.snapshot

    def made(each: Format) -> Callable[[], bytes]:
        return lambda: each.build(taken(view.state, shot.period.id, filters))

    grid = st.grid(min_column_width=300)
    for each in FORMATS.values():
        with grid.container(border=True, height="stretch", vertical_alignment="distribute"):
            name = each.file_name(shot.dataset, shot.period, filters)
            st.markdown(f"**{plain(each.label)}**  \n{plain(each.words.purpose)}")
            if lacking := _lacking(each.name):
                st.warning(plain(lacking))
                continue
            st.download_button(
                plain(exports.download(each.label)),
                made(each),
                file_name=name,
                mime=each.media,
                key=f"download_{each.name}",
                icon=":material/download:",
                on_click="ignore",
                width="stretch",
            )


_lack_nothing: set[str] = set()


def _lacking(name: str) -> str:
    """What this machine lacks for the format, in words with the cure: of a document that could not
    be made Streamlit says only that, and in English. Asked until the answer is nothing."""
    if name in _lack_nothing:
        return ""
    lacking = FORMATS[name].lacking()
    if not lacking:
        _lack_nothing.add(name)
    return lacking
