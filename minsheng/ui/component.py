"""The app's own elements: what a run sends of one is its data (`server.components`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import streamlit as st

from minsheng.server import components


def component(name: str) -> Callable[..., Any]:
    """Draws the element of that name: `component("words")(key=..., data=packed(...))`."""
    call = f'window.minsheng("{name}", "{components.version()}", element)'
    made: Callable[..., Any] = st.components.v2.component(
        f"minsheng_{name}", js=f"export default (element) => {call}"
    )
    return made


def packed(data: Any) -> bytes:
    """Data for a component as bytes of JSON. Streamlit looks through any other kind for frames, and
    writes it as JSON twice: at every run that took as long as the rest of the element."""
    return orjson.dumps(data)
