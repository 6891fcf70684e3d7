"""Which widgets the browser holds: those that the last whole run drew.

A widget that was not drawn is gone from the page, and comes back with the browser's default,
whatever the session's state says under its key. So whoever draws it again has to set its value
again. A widget that is there is left alone: setting its value would take away what is being typed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException

_KEY = "mounted_widgets"


@dataclass
class _Mounted:
    now: set[str] = field(default_factory=set)
    there: set[str] = field(default_factory=set)


@contextlib.contextmanager
def run() -> Iterator[None]:
    """Around everything that a run draws."""
    mounted = st.session_state.setdefault(_KEY, _Mounted())
    mounted.now = set()
    try:
        yield
    except RerunException:
        # Begun again before its end: what it had not reached is still in the page.
        mounted.there |= mounted.now
        raise
    except BaseException:  # st.stop too ends a page
        mounted.there = mounted.now
        raise
    mounted.there = mounted.now


def is_there(key: str) -> bool:
    """Whether the browser holds the widget; from now on it does."""
    mounted = st.session_state.setdefault(_KEY, _Mounted())
    mounted.now.add(key)
    return key in mounted.there
