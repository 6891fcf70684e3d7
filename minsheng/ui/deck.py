"""The slides of 汇报 in the browser: one element over the whole window, and what it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

import segno
import streamlit as st

from minsheng import agenda, labels, theme
from minsheng.agenda import Slide
from minsheng.labels import agenda as words
from minsheng.server.keeping import along, kept
from minsheng.ui.address import PRESENT, SLIDE, VERSION, go, href, pages
from minsheng.ui.component import component, packed
from minsheng.ui.frame import others
from minsheng.ui.page import View

_component = component("deck")
_WORDS = {
    "deck": labels.PAGES["present"],
    "leave": words.LEAVE,
    "previous": words.PREVIOUS,
    "next": words.NEXT_SLIDE,
    "full": words.FULL,
    "dark": words.DARK,
    "jump": words.JUMP.format(at="%s"),
    "scan": words.SCAN,
}


def _pair(colour: str) -> tuple[str, str]:
    """On paper and in the dark."""
    return colour, theme.DARK.get(colour, colour)


_COLOURS = {
    "mean": _pair(theme.MEAN),
    "claim": _pair(theme.CLAIMED),
    "ink-claim": _pair(theme.CLAIMED_INK),
    "blue": _pair(theme.LINK),
    **{light.value: _pair(colour) for light, colour in theme.LIGHT.items()},
    **{f"ink-{light}": _pair(colour) for light, colour in theme.LIGHT_INK.items()},
    **{f"step-{at}": _pair(colour) for at, colour in enumerate(theme.STEPS)},
}


def first_slide() -> None:
    st.query_params[SLIDE] = "1"


def slides(
    view: View, kind: str, parts: tuple[str, ...], categories: tuple[str, ...]
) -> tuple[Slide, ...]:
    """The agenda of this kind (`labels.agenda.AGENDAS`), made once for a dataset and a choice."""
    shot = view.snapshot

    def made() -> tuple[Slide, ...]:
        if kind == "changed":
            return agenda.only_changed(shot, along(view.state, shot.period.id).changes)
        return agenda.whole(shot, parts, categories)

    return kept(view.state, ("agenda", shot.period.id, kind, parts, categories), made)


def present(view: View, slides: Sequence[Slide], advance: int) -> None:
    """Shows the slides from the one in the address on; a project opens and leads back to it."""
    shot = view.snapshot
    data = {
        "slides": [
            _shown(slide, view, coded=at in (0, len(slides) - 1)) for at, slide in enumerate(slides)
        ],
        "words": _WORDS,
        "colours": _COLOURS,
        "advance": advance,
        "dark": st.context.theme.type == "dark",
        "project": href("project", **{PRESENT: "1"}).replace(f"?{PRESENT}=1", "?id=%s"),
    }
    result = _component(
        key="deck", data=packed(data), on_leave_change=_nothing, on_detour_change=_nothing
    )
    if result.get("leave"):
        st.query_params.pop(SLIDE, None)
        st.rerun()
    detour = result.get("detour")
    if isinstance(detour, dict) and str(detour.get("project")) in shot.places:
        here = {key: value for key, value in st.query_params.items() if key != SLIDE}
        at = str(int(detour.get("slide") or 1))
        go("project", **here, id=str(detour["project"]), **{PRESENT: "1", SLIDE: at})


def _shown(slide: Slide, view: View, coded: bool) -> dict[str, Any]:
    """What the browser draws; `coded` slides carry the address of the same at leisure."""
    shot = view.snapshot
    data = asdict(replace(slide, about=(), notes=()))
    if plan := slide.plan:
        data["shown"] = {
            "counted": words.figure(labels.COUNTED, plan.completion),
            "claimed": words.figure(labels.CLAIMED, plan.claimed),
            "due": words.figure(words.DUE, plan.bar.due),
            "lights": [labels.light(light) for light, _ in plan.lights],
        }
    if coded:
        query = {**dict(slide.query), "period": shot.period.id, VERSION: shot.fingerprint[:12]}
        path = pages()[slide.page].url_path
        host = others()
        if host is None:
            data["noQr"] = words.NO_SCAN
        else:
            data["qr"] = _qr(_seen_at(host, urljoin(_root(), f"{path}?{urlencode(query)}")))
    return data


def _root() -> str:
    """The app's own address as its viewer knows it, with a slash at the end."""
    url = st.context.url or ""
    own = pages()["present"].url_path
    return url.removesuffix(own) if url.endswith(f"/{own}") else url


def _seen_at(host: str, address: str) -> str:
    parts = urlsplit(address)
    name = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"{name}{port}"))


@lru_cache(maxsize=256)
def _qr(address: str) -> str:
    """One pixel a module, so that a slide's code is some hundred bytes; the browser enlarges it."""
    return segno.make(address, error="m").png_data_uri(scale=1, border=2)


def _nothing() -> None:
    """A trigger has to have somebody who listens."""
