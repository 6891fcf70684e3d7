"""The one HTML page that every address is answered with: Streamlit's own, in Chinese, with a mark
for a lost connection in it."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minsheng import labels
from minsheng.labels import serving as words
from minsheng.server import components
from minsheng.server.bundles import accepted, answer, compressed

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """`hashes` name the scripts inside it as a Content-Security-Policy does."""

    html: str
    hashes: tuple[str, ...]


def page(original: str) -> Page:
    """Streamlit's index.html as we send it."""
    assets = files("minsheng.server.assets")
    script = assets.joinpath("shell.js").read_text("utf-8")
    style = assets.joinpath("shell.css").read_text("utf-8")
    said = json.dumps(words.SHELL, ensure_ascii=False).replace("<", r"\u003c")
    html = original.replace('<html lang="en">', '<html lang="zh-CN">')
    html = re.sub(r"<title>.*?</title>", f"<title>{escape(labels.APP)}</title>", html)
    html = re.sub(r"\s*<!--.*?-->", "", html, flags=re.DOTALL)
    html = re.sub(r"\s*<link rel=\"service-desc\"[^>]*>", "", html)
    no_script = f"<noscript><p>{escape(words.NO_SCRIPT)}</p></noscript>"
    html = re.sub(r"<noscript>.*?</noscript>", no_script, html, flags=re.DOTALL)
    ours = f"<script>{script.replace('__WORDS__', said)}{components.script()}</script>"
    html = html.replace("</title>", f"</title>\n    <style>{style}</style>\n    {ours}", 1)
    return Page(html, tuple(map(_hash, _SCRIPT.findall(html))))


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class Shell:
    """Sends the page wherever Streamlit would send its own."""

    def __init__(self, app: ASGIApp, page: Page) -> None:
        self._app = app
        data = page.html.encode()
        self._kept = {
            each: compressed(data, each, "text/html; charset=utf-8") for each in ("", "gzip", "br")
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        replaced = False

        async def ours(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                replaced = message["status"] == 200 and kind.startswith("text/html")
                if replaced:
                    encoding = accepted(asked.get("accept-encoding", ""))
                    made = answer(self._kept[encoding], asked, "no-cache")
                    await made(scope, receive, send)
            if not replaced:
                await send(message)

        await self._app(scope, receive, ours)
