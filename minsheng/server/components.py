"""The scripts and styles of the app's own elements, sent once with the page.

Streamlit would send them with every element of every run: 20 KB for a headline of 200 bytes.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.resources import files

from minsheng import theme

_ASSETS = files("minsheng.server.assets")
_STYLED = ("deck", "documents", "frame", "lines", "under", "words")
NAMES = ("back", "hands", *_STYLED)


@lru_cache(maxsize=1)
def script() -> str:
    """What the page carries: `window.minsheng(name, version(), element)` draws an element."""
    return (
        _asset("components.js")
        .replace("__VERSION__", json.dumps(version()))
        .replace("__STYLES__", _quoted(_styles()))
        .replace("__SCRIPTS__", f"{{{', '.join(f'{name}: {_drawing(name)}' for name in NAMES)}}}")
    )


@lru_cache(maxsize=1)
def version() -> str:
    """Differs where any script or style does."""
    everything = "".join([*map(_drawing, NAMES), *_styles().values(), _asset("components.js")])
    return hashlib.sha256(everything.encode()).hexdigest()[:8]


def _drawing(name: str) -> str:
    """The function that a script exports, with what stands around it."""
    return f"(() => {{ {_asset(f'{name}.js').replace('export default ', 'return ')} }})()"


def _styles() -> dict[str, str]:
    lights = "\n".join(
        f".cell.{light} {{ background: {theme.LIGHT_INK[light]}; }} "
        f".glyph.{light}, .ink.{light} {{ color: var(--st-{name}-text-color); }}"
        for light, name in theme.NAMED.items()
    )
    return {name: _asset(f"{name}.css").replace("/* lights */", lights) for name in _STYLED}


def _quoted(words: dict[str, str]) -> str:
    return json.dumps(words, ensure_ascii=False).replace("<", r"\u003c")


def _asset(name: str) -> str:
    return _ASSETS.joinpath(name).read_text("utf-8")
