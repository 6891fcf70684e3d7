"""The program's own scripts and styles for Streamlit components."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import orjson


def asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def packed(data: Any) -> bytes:
    """Data for a component as bytes of JSON. Streamlit looks through any other kind for frames, and
    writes it as JSON twice: at every run that took as long as the rest of the element."""
    return orjson.dumps(data)
