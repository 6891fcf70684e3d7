"""The program's own scripts and styles for Streamlit components."""

from __future__ import annotations

from importlib.resources import files


def asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
