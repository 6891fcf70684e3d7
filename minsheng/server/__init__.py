"""The application around Streamlit's: routes, what is sent and how, the watcher's life.

`app.py` holds it; `streamlit run app.py` finds it there.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from minsheng.server import keeping, watching
from minsheng.server.keeping import ROOT

# Alone in its folder: Streamlit would put modules beside it on the path, and offer a folder `pages`
# beside it in a menu of its own.
SCRIPT = ROOT / "minsheng" / "ui" / "script" / "menu.py"


def routes() -> list[BaseRoute]:
    return []


def middleware() -> list[Middleware]:
    return []


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    with watching.watched(keeping.store()):
        yield
