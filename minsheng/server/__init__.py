"""The application around Streamlit's: routes, what is sent and how, the watcher's life.

`app.py` holds it; `streamlit run app.py` finds it there.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit.file_util import get_static_dir

from minsheng.model import Refused
from minsheng.server import api, guard, keeping, shell, uploads, watching
from minsheng.server.bundles import Bundles
from minsheng.server.documents import Workshop
from minsheng.server.keeping import ROOT

# Alone in its folder: Streamlit would put modules beside it on the path, and offer a folder `pages`
# beside it in a menu of its own.
SCRIPT = ROOT / "minsheng" / "ui" / "script" / "menu.py"


_workshop = Workshop()


def routes() -> Sequence[BaseRoute]:
    return api.routes(_workshop)


def middleware() -> list[Middleware]:
    """From the outermost inwards; Streamlit's own come after them."""
    guard.say_no_name()
    guard.ask_nobody()
    folder = Path(get_static_dir())
    page = shell.page((folder / "index.html").read_text("utf-8"))
    known = guard.known()
    return [
        Middleware(guard.Guard, known=known, headers=guard.headers(page.hashes, known.frames)),
        Middleware(uploads.UploadGuard, uploads=uploads.uploads),
        Middleware(shell.Shell, page=page),
        Middleware(Bundles, folder=folder),
    ]


@contextlib.asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    with contextlib.suppress(Refused):
        keeping.store()  # the first to be looked at; an empty folder of lists has none yet
    with watching.watched(keeping.opened), contextlib.closing(_workshop):
        yield
