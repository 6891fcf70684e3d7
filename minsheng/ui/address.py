"""What stands in the address: the choices of a page, and the links between pages."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from minsheng import labels
from minsheng.dataset.store import Store
from minsheng.labels import exports, places
from minsheng.printed import shortened
from minsheng.server.keeping import ROOT, lists, store
from minsheng.ui import mounted
from minsheng.ui.markdown import plain

_PAGES = "pages of the menu"
PRESENT, SLIDE, VERSION = "present", "slide", "v"  # keys of an address beside a page's choices
PERIOD, PLACE, YEAR = "period", "place", "year"  # hold on every page
_KEPT = (PLACE, YEAR, PERIOD)
_HERE, _CHOSEN = "page that is shown", "list and period that were chosen"
_ON_ITS_WAY = "choices that the browser has not heard of"
_NAMES = "names of the options that the browser has"


def wanted(label: str, key: str, options: Mapping[str, str]) -> str:
    """What the address asks for under `key`; the first option is the default, and one that is not
    offered is named."""
    return _offered(label, st.query_params.get(key, ""), options)


def _offered(label: str, asked: str, options: Mapping[str, str]) -> str:
    default = next(iter(options))
    if not asked or asked in options:
        return asked or default
    st.warning(plain(labels.NOT_OFFERED.format(label=label, value=shortened(asked))))
    return default


def choose(label: str, key: str, options: Mapping[str, str], kind: str = "select") -> str:
    """A choice that lives in the address under `key`, as the ASCII value of `options`.

    The first option is the default and leaves the address as it is. A value that is not offered
    is named and the default taken.
    """
    default = next(iter(options))
    widget = f"choose_{key}"
    wanted = _offered(label, _asked(key), options)
    _show(widget, wanted, options)
    if kind == "select":
        st.selectbox(
            label,
            list(options),
            key=widget,
            format_func=options.__getitem__,
            on_change=_to_address,
            args=(key, widget, default),
        )
    else:
        st.pills(
            label,
            list(options),
            key=widget,
            format_func=lambda option: plain(options[option]),
            on_change=_to_address,
            args=(key, widget, default),
            required=True,
            label_visibility="collapsed",
        )
    return wanted


def choose_many(
    label: str, key: str, options: Mapping[str, str], kind: str = "select"
) -> tuple[str, ...]:
    """Several choices that live in the address under `key`, joined by commas; none is everything.

    One choice is written as `choose` writes it, so that links between pages carry it over. A
    value that is not offered is named and left out.
    """
    widget = f"choose_{key}"
    wanted = [value for value in _asked(key).split(",") if value]
    if unknown := [value for value in wanted if value not in options]:
        st.warning(plain(exports.not_offered(label, unknown)))
    chosen = tuple(value for value in dict.fromkeys(wanted) if value in options)
    _show(widget, list(chosen), options)
    if kind == "select":
        st.multiselect(
            label,
            list(options),
            key=widget,
            format_func=options.__getitem__,
            on_change=_several_to_address,
            args=(key, widget),
            placeholder=exports.EVERYTHING_HINT,
        )
    else:
        st.pills(
            label,
            list(options),
            key=widget,
            selection_mode="multi",
            format_func=lambda option: plain(options[option]),
            on_change=_several_to_address,
            args=(key, widget),
        )
    return chosen


def put(key: str, value: str) -> None:
    """Writes a choice into the address from a callback; "" takes the key out of it.

    The browser hears of it a moment later. What it sends until then still carries the address as
    it was, and that must not take the choice back (`_asked`).
    """
    ways = st.session_state.setdefault(_ON_ITS_WAY, {})
    there = {each: st.query_params.get(each, "") for each in (key, *ways)}
    late = {each: ways[each][1] for each in ways if there[each] in ways[each][0]}
    unheard, last = ways.get(key, (frozenset(), there[key]))
    ways[key] = (unheard | {there[key], last}) - {value}, value
    _write({**late, key: value})


def _asked(key: str) -> str:
    """What the address has under `key`, "" where it has not: the last choice while the browser has
    not heard of it, unless the person went elsewhere since, by a link or through the history."""
    there = st.query_params.get(key, "")
    ways = st.session_state.setdefault(_ON_ITS_WAY, {})
    unheard, chosen = ways.get(key, (frozenset(), there))
    if there in unheard and mounted.is_answer():
        _write({key: chosen})
        return str(chosen)
    if there != chosen:
        del ways[key]
    return there


def _show(widget: str, value: str | list[str], options: Mapping[str, str]) -> None:
    """Sets what the widget shows where the browser may show something else, whose names of the
    options those before were. Set at each run, the value would undo a choice made meanwhile."""
    shown = st.session_state.setdefault(_NAMES, {})
    there = mounted.is_there(widget) and shown.get(widget) == options
    if not there or st.session_state.get(widget) != value:
        st.session_state[widget] = value
    shown[widget] = dict(options)


def _write(values: Mapping[str, str]) -> None:
    """In one message, so that the history gets one entry."""
    both = {**st.query_params.to_dict(), **values}
    st.query_params.from_dict({key: value for key, value in both.items() if value})


def _several_to_address(key: str, widget: str) -> None:
    put(key, ",".join(st.session_state[widget]))


def _to_address(key: str, widget: str, default: str) -> None:
    chosen = st.session_state[widget]
    put(key, "" if chosen == default else chosen)


def pages() -> dict[str, Any]:
    """The pages of the menu by name, made once for a session: making them resolves files."""
    if _PAGES not in st.session_state:
        many = {"places": places.TITLE} if lists() is not None else {}
        st.session_state[_PAGES] = {
            name: st.Page(ROOT / "pages" / f"{name}.py", title=title, default=name == "overview")
            for name, title in {**many, **labels.PAGES}.items()
        }
    made: dict[str, Any] = st.session_state[_PAGES]
    return made


def link(page: str, label: str, **query: str) -> None:
    """A link to another page of the app, in the period that is looked at."""
    st.page_link(pages()[page], label=label, query_params=_kept(query))


def href(page: str, **query: str) -> str:
    """The address that `go` leaves for, seen from any page of the app."""
    return hrefs()(page, query)


Address = Callable[[str, Mapping[str, str]], str]


def hrefs() -> Address:
    """`href` for many links at once: asking Streamlit for the address is what a link costs."""
    stays, paths = staying(), {name: each.url_path or "./" for name, each in pages().items()}

    def made(page: str, query: Mapping[str, str]) -> str:
        words = urlencode(_with(stays, query))
        return f"{paths[page]}?{words}" if words else paths[page]

    return made


def go(page: str, **query: str) -> None:
    """Leaves for another page, as a click on `link` does. What the menu keeps is noted before the
    browser hears of the address: a click on the menu may come before the next run begins."""
    st.session_state.pop(_ON_ITS_WAY, None)
    kept = _kept(query)
    st.session_state[_CHOSEN] = {key: kept[key] for key in _KEPT if key in kept}
    st.switch_page(pages()[page], query_params=kept)


def _kept(query: Mapping[str, str]) -> dict[str, str]:
    return _with(staying(), query)


def staying() -> dict[str, str]:
    """What holds on every page: the list, its period, and that somebody presents."""
    named = st.query_params.to_dict()
    return {key: named[key] for key in (*_KEPT, PRESENT) if key in named}


def _with(stays: Mapping[str, str], query: Mapping[str, str]) -> dict[str, str]:
    """A key whose value is empty is left out, and so takes its default; another list has other
    periods."""
    if query.get(PLACE, stays.get(PLACE)) != stays.get(PLACE) or YEAR in query:
        stays = {**stays, PERIOD: ""}
    return {key: value for key, value in {**stays, **query}.items() if value}


def stands_on(page: Any) -> None:
    """Notes which page is shown. One opened from the menu keeps the list and the period: the menu's
    own links carry nothing, and both belong to whoever looks and not to a page."""
    names = {each.url_path: name for name, each in pages().items()}
    here, before = names[page.url_path], st.session_state.get(_HERE)
    if here != before:
        st.session_state.pop(_ON_ITS_WAY, None)
    st.session_state[_HERE] = here
    named = {key: st.query_params[key] for key in _KEPT if key in st.query_params}
    if named or before in (None, here):
        st.session_state[_CHOSEN] = named
    else:
        st.query_params.update(st.session_state.get(_CHOSEN, {}))


def chosen() -> Store:
    """The store of the list that the address names, or did on the page before: the browser hears a
    moment later what was kept for it.

    Raises:
        Refused: the folder has no such list.
    """
    named = {**st.session_state.get(_CHOSEN, {}), **st.query_params.to_dict()}
    return store(named.get(PLACE, ""), named.get(YEAR, ""))


def of_list() -> dict[str, str]:
    """What names the list in an address; empty where the data is one file."""
    return {key: st.query_params[key] for key in (PLACE, YEAR) if key in st.query_params}


def current() -> str:
    """The name of the page that is shown."""
    return str(st.session_state.get(_HERE, "overview"))


def kept_period() -> str:
    return st.query_params.get(PERIOD, "")


def slug(name: str) -> str:
    """The ASCII value of a department in addresses; the same as long as its name is."""
    return f"{zlib.crc32(name.encode()):08x}"
