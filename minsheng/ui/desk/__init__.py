"""The staff's desk: the tabs of the page 数据 that import, fill in, preview, save and look back.

Only the tab that the address names is built. What a person has not saved yet is in the session,
under keys that are no widget's: a widget that is not drawn forgets.
"""

from __future__ import annotations

import streamlit as st

from minsheng import labels
from minsheng.labels import desk as words
from minsheng.ui.address import choose
from minsheng.ui.component import component, packed
from minsheng.ui.desk import fill, importing, past, preview, state
from minsheng.ui.page import View

STATE = "state"
_TABS = {
    "import": importing.show,
    "fill": fill.show,
    "preview": preview.show,
    "history": past.show,
}


def chosen(view: View) -> str:
    """The page's title, and beside it the tab in the address, with the number of changes that wait
    to be saved."""
    state.turn_to(view.state.path)
    state.take_up(view.state)
    changes = len(state.edits(view.state))
    tabs = {tab: words.tab(tab, changes) for tab in words.TABS}
    with st.container(horizontal=True, vertical_alignment="center", key="desk_head"):
        st.title(labels.PAGES["data"], width="content")
        return choose(words.TAB, "tab", tabs, "pills")


_hands = component("hands")


def show(view: View, tab: str) -> None:
    state.said()
    _TABS[tab](view, state.may_edit())
    # What is staged is kept by the server; only what is typed is lost with the page.
    _hands(
        key="hands",
        data=packed({"typed": fill.typed() or importing.typed(), "focus": state.focused()}),
    )
