"""Where a request goes, however the application is mounted."""

from __future__ import annotations

from starlette.types import Scope
from streamlit import config


def path_of(scope: Scope) -> str:
    """The path without what the server is mounted under, e.g. `/static/js/index.js`."""
    path = str(scope.get("path", ""))
    for prefix in (str(scope.get("root_path", "")), _base()):
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            path = path[len(prefix) :]
    return path or "/"


def _base() -> str:
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""
