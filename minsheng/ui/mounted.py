"""Which widgets the browser holds: those that the last whole run drew, and of which it sends what
they hold when it sends anything. A page may be drawn a second time while the code of its fields is
still on its way; they then begin with what the second run says, and that has to say it.

A widget that was not drawn is gone from the page, and comes back with the browser's default,
whatever the session's state says under its key. So whoever draws it again has to set its value
again. A widget that is there is left alone: setting its value would take away what is being typed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_THERE = "mounted_widgets"
# Of the run, not of the session: a run that the next click stops goes on beside it for a moment.
_drawn: ContextVar[set[str]] = ContextVar("widgets that this run has drawn")
# None in a run that answers to nothing done in the page.
_sent: ContextVar[frozenset[str] | None] = ContextVar("keys of the widgets that the page holds")


class _EndError(Exception):
    """The page has nothing more to draw."""


def stop() -> NoReturn:
    """Ends the page here. `st.stop` would look like a run that the next click stopped."""
    raise _EndError


@contextlib.contextmanager
def run() -> Iterator[None]:
    """Around everything that a run draws."""
    drawn: set[str] = set()
    token = _drawn.set(drawn)
    _sent.set(_widgets_sent())
    try:
        with contextlib.suppress(_EndError):
            yield
    except BaseException:
        # Begun again before its end: what it had not reached is still in the page.
        _there().update(drawn)
        raise
    else:
        st.session_state[_THERE] = drawn
    finally:
        _drawn.reset(token)


def is_there(key: str) -> bool:
    """Whether the browser holds the widget; from now on it does."""
    _drawn.get().add(key)
    sent = _sent.get()
    return key in _there() and (sent is None or key in sent)


def is_answer() -> bool:
    """Whether this run answers to something done in the page, and not to a link, to the way through
    the history or to a new version of the file."""
    return _sent.get() is not None


def _widgets_sent() -> frozenset[str] | None:
    """Only what is done in the page sends the page's widgets along, and then all of them. There is
    no public call for that; browser tests hold this one."""
    context = get_script_run_ctx()
    if context is None or context.is_history_navigation:
        return None
    sent = context.session_state._state._new_widget_state.states
    # $$ID-<hash>-<key>
    return frozenset(each.split("-", 2)[-1] for each in sent) or None


def _there() -> set[str]:
    there: set[str] = st.session_state.setdefault(_THERE, set())
    return there
