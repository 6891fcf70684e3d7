"""The documents of 导出 as links: the server makes each when it is asked for, not a page."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from minsheng import labels
from minsheng.export import FORMATS
from minsheng.labels import exports
from minsheng.labels import serving as words
from minsheng.measuring.snapshot import Filters
from minsheng.server.api import DOCUMENTS
from minsheng.ui.address import of_list
from minsheng.ui.component import component, packed
from minsheng.ui.page import View

_component = component("documents")


def downloads(view: View, filters: Filters) -> None:
    """A card a format, with a link to the document of the projects that the page has chosen."""
    shot = view.snapshot
    cards = [
        {
            "label": each.label,
            "purpose": each.words.purpose,
            "button": exports.download(each.label),
            "file": each.file_name(shot.dataset, shot.period, filters),
            "href": _address(each.name, shot.period.id, filters),
            "lacking": _lacking(each.name),
        }
        for each in FORMATS.values()
    ]
    data = {"cards": cards, "making": words.MAKING, "lost": words.LOST}
    _component(key="documents", data=packed(data))


def _address(name: str, period: str, filters: Filters) -> str:
    """Seen from any page of the app. Names are quoted whole: one may hold a comma."""
    chosen = {
        **{key: [value] for key, value in of_list().items()},
        "period": [period],
        "category": filters.categories,
        "department": filters.departments,
        "light": [labels.LIGHT[light] for light in filters.lights],
    }
    return f"{DOCUMENTS}/{name}?{urlencode(chosen, doseq=True, quote_via=quote)}"


_lack_nothing: set[str] = set()


def _lacking(name: str) -> str:
    """What this machine lacks for the format, in words with the cure, before anybody asks for it.
    Asked until the answer is nothing."""
    if name in _lack_nothing:
        return ""
    lacking = FORMATS[name].lacking()
    if not lacking:
        _lack_nothing.add(name)
    return lacking
