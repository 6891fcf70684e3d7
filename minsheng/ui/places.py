"""The page 辖区: every place of a level, worst first, each row leading to its own 总览.

What the lists amount to is counted of the rows that are kept of them (`lists`): nothing is measured
here, and a place whose file is broken stands with its last good rows and is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from minsheng import labels
from minsheng.labels import lists as list_words
from minsheng.labels import places as words
from minsheng.lists import counting, rollup, unheard
from minsheng.lists.counting import At, Group
from minsheng.lists.engines import Frame
from minsheng.lists.rollup import Ask, Place, Rollup
from minsheng.lists.unheard import Unheard
from minsheng.model import Light, Refused, Thresholds
from minsheng.printed import percent, points, rank_range, tenths
from minsheng.server import keeping
from minsheng.ui import mounted
from minsheng.ui.address import PERIOD, PLACE, YEAR, wanted
from minsheng.ui.markdown import note, plain
from minsheng.ui.words import Node, To, choice, glyph, heading, link, mount, node

_SOLID = (Light.FAR_BEHIND, Light.BEHIND)
_LIGHTS = (*_SOLID, Light.ON_TRACK, Light.AHEAD, Light.DONE)
_DEEPEST = 0.6  # of the colour, so that a figure on it can be read


@dataclass(frozen=True)
class Seen:
    """What the page shows of the lists: the answer, the categories in the order of the first list
    that has them, the means of each place and of all by category, the lists of the levels
    above, and who has not reported."""

    answer: Rollup
    places: Sequence[Place]
    categories: Sequence[str]
    heat: Mapping[tuple[str, str], float | None]
    means: Mapping[str, float | None]
    upper: Sequence[Place]
    missing: rollup.Table[Unheard]


def all_places() -> None:
    """The page, of the level, the day and the order in the address."""
    try:
        rolled = keeping.rolled()
    except Refused as refusal:
        st.title(words.TITLE)
        st.error(plain(str(refusal)))
        mounted.stop()
    rows, unread = rolled.rows, rolled.unread
    levels = rolled.counted("levels", lambda: counting.levels(rows))
    names = {level: list_words.LEVEL[level] for level in reversed(list_words.LEVELS)}
    offered = {level: name for level, name in names.items() if level in levels} or {"": ""}
    level = wanted(words.LEVEL, "level", offered)
    days = rolled.counted(("days", level), lambda: counting.days(rows, level))
    day = wanted(words.DAY, "day", {each: each for each in days} or {"": ""})
    order = wanted(words.ORDER, "order", words.ORDERS)
    seen = rolled.counted(("places", level, day), lambda: _seen(rows, level, day, levels, unread))
    if rolled.broken:
        st.warning(plain("\n".join(words.first(rolled.broken))))
    if seen is None:
        st.title(words.TITLE)
        note(words.NO_PLACES)
        return
    short = words.short(day)
    said = (node("span", "long", short), node("span", "short", short))
    mount("dated", node("div", "dated", node("b", "page", words.TITLE), *said))

    def nodes() -> list[Node]:
        return [
            _head(seen, level),
            _filters(seen, offered, level, days, day, order),
            _table(seen, _ordered(seen.places, order), order),
            *_notes(seen),
            *_missing(seen, level),
        ]

    mount("places", *rolled.counted(("nodes", level, day, order), nodes))


def _seen(
    rows: Frame, level: str, day: str, levels: Sequence[str], unread: frozenset[str]
) -> Seen | None:
    if not day:
        return None
    ask, answer = rollup.comparable(rows, Ask(level, dt.date.fromisoformat(day), unread=unread))
    common = ask.common
    at = At(rows, level, ask.day)
    judged = counting.judged(at.projects, common)
    found = counting.tally(judged, ("code", "category"))
    heat = {(each.key["code"], each.key["category"]): each.standing.completion for each in found}
    means = {
        each.key["category"]: each.standing.completion
        for each in counting.tally(judged, counting.CATEGORY)
    }
    categories = list(dict.fromkeys(_printed(at)))
    parents = {row["parent"] for row in answer.lists}
    upper = [
        each
        for above in levels
        if above != level
        for each in rollup.places(rows, Ask(above, ask.day, common=common))
        if each.code in parents and each.group
    ]
    missing = rollup.missing(rows, ask)
    return Seen(answer, tuple(answer.table.rows), categories, heat, means, upper, missing)


def _printed(at: At) -> list[str]:
    """The categories, list by list, as each prints them."""
    rows = counting.projects(at.projects, ("category",))
    return [row["category"] for row in rows]


def _ordered(found: Sequence[Place], order: str) -> list[Place]:
    """Worst first, the silent ones among them by what they said last; those without any list at the
    end, and first where the silent are asked for."""
    if order == "silent":
        return list(found)

    def worst(each: Place) -> tuple[bool, int, float]:
        group = each.group
        if group is None:
            return True, 0, 0.0
        lights, mean = group.standing.lights, group.standing.completion
        return False, -lights[Light.FAR_BEHIND], 2.0 if mean is None else mean

    def rank(each: Place) -> tuple[bool, int]:
        place = each.group.standing.rank if each.group else None
        return place is None, place or 0

    return sorted(found, key=rank if order == "rank" else worst)


def _head(seen: Seen, level: str) -> Node:
    silent = sum(each.is_silent for each in seen.places)
    known = [each for each in seen.places if each.group]
    far = Light.FAR_BEHIND
    worst = max(known, key=lambda each: _lit(each, far), default=None)
    whole = seen.answer.whole
    late = words.late(silent, worst.name if worst else "", _lit(worst, far) if worst else 0)
    found = words.finding(len(known), whole.standing.completion if whole else None)
    small = words.small(list_words.LEVEL[level], len(known))
    return heading(small, f"{found}，" if late else found, late)


def _lit(each: Place, light: Light) -> int:
    return each.group.standing.lights[light] if each.group else 0


def _filters(
    seen: Seen,
    levels: Mapping[str, str],
    level: str,
    days: Sequence[str],
    day: str,
    order: str,
) -> Node:
    first, last = next(iter(levels)), days[0]
    state = {
        "level": "" if level == first else level,
        "day": "" if day == last else day,
        "order": "" if order == next(iter(words.ORDERS)) else order,
    }

    def to(key: str, value: str) -> To:
        return To("places", {name: at for name, at in {**state, key: value}.items() if at})

    pills = [node("span", "quiet", words.ORDER)]
    for at, (value, name) in enumerate(words.ORDERS.items()):
        here = {"aria-current": "true"} if value == order else {}
        pills.append(link("pill", to("order", value if at else ""), name, **here))
    if len(levels) > 1:
        pills.append(node("span", "gap"))
        for value, name in levels.items():
            here = {"aria-current": "true"} if value == level else {}
            pills.append(link("pill", to("level", "" if value == first else value), name, **here))
    if len(days) > 1:
        options = [(each, to("day", "" if each == last else each)) for each in days]
        pills += [node("span", "gap"), choice(words.DAY, options, days.index(day))]
    return node("nav", "filters", *pills, node("span", "push small", words.HINT))


def _table(seen: Seen, ordered: Sequence[Place], order: str) -> Node:
    shown = seen.categories[: words.MOST_HEAT]
    heads = [
        node("th", "", words.HEADS["place"]),
        node("th", "", words.HEADS["counted"], node("span", "small", *_legend(seen)), colspan="2"),
        node("th", "n", words.HEADS["claimed"]),
        *(
            node(
                "th",
                "lit",
                glyph(light),
                node("span", f"ink {light}", _short(light)),
            )
            for light in _LIGHTS
        ),
        node("th", "", words.HEADS["reported"]),
        node("th", "n", words.HEADS["change"]),
        *(node("th", "heat", name, title=name) for name in shown),
    ]
    rows = [_row(seen, each, shown, order) for each in ordered]
    if seen.answer.whole:
        rows.append(_whole(seen, seen.answer.whole, shown))
    return node(
        "table",
        "places",
        node("thead", "", node("tr", "", *heads)),
        node("tbody", "", *rows),
        aria_label=words.TITLE,
    )


def _short(light: Light) -> str:
    return words.LIGHT.get(light, labels.LIGHT[light])


def _legend(seen: Seen) -> list[Node | str]:
    due = {percent(row["elapsed"]) for row in seen.answer.lists}
    said = f" {labels.ELAPSED} {due.pop()}" if len(due) == 1 else f" {labels.ELAPSED}"
    return [node("span", "due-mark"), said, f"　◇{labels.CLAIMED}"]


def _row(seen: Seen, each: Place, shown: Sequence[str], order: str) -> Node:
    group, at = each.group, each.at
    if group is None or at is None:
        cells = [node("td", "", node("b", "", each.name)), node("td", ""), node("td", "n", "—")]
        cells += [node("td", "n", "—"), *(node("td", "lit", words.NOTHING) for _ in _LIGHTS)]
        cells += [_reported(each), node("td", "n", "—"), *(node("td", "heat") for _ in shown)]
        return node("tr", "none", *cells)
    to = To("overview", {PLACE: each.code, YEAR: str(at["year"]), PERIOD: ""})
    standing, due = group.standing, at["elapsed"]
    name: list[Node | str] = [link("place", to, each.name, aria_label=_sentence(each, group))]
    if order == "rank" and standing.rank is not None:
        ranges = rank_range(standing.best_rank, standing.worst_rank)
        name.append(node("small", "small", words.rank(standing.rank, ranges)))
    if seen.answer.common and _own(at) != seen.answer.common:
        name.append(node("small", "badge", words.OTHER_LIMITS, title=words.own(_own(at))))
    kind = "silent" if each.is_silent else ""
    return node(
        "tr",
        kind,
        node("td", "", *name),
        *_shares(group, due),
        *_lights(group, _SOLID),
        _reported(each),
        _change(None if each.is_silent else group.change),
        *(_heat(seen.heat.get((each.code, name)), due) for name in shown),
    )


def _own(at: Mapping[str, float]) -> Thresholds:
    return Thresholds(ahead=at["ahead"], behind=at["behind"], far_behind=at["far_behind"])


def _whole(seen: Seen, group: Group, shown: Sequence[str]) -> Node:
    due = {row["elapsed"] for row in seen.answer.lists}
    told = sum(not each.is_silent for each in seen.places)
    only = due.pop() if len(due) == 1 else None
    return node(
        "tr",
        "whole",
        node("td", "", node("b", "", words.WHOLE)),
        *_shares(group, only),
        *_lights(group, _SOLID),
        node("td", "", words.reported(told, len(seen.places))),
        _change(group.change),
        *(_heat(seen.means.get(name), only) for name in shown),
    )


def _shares(group: Group, due: float | None) -> list[Node]:
    mean, claimed = group.standing.completion, group.standing.claimed
    parts = []
    if mean is not None:
        parts.append(node("span", "fill", style=f"width:{mean * 100:.2f}%"))
    if due is not None:
        parts.append(node("span", "due", style=f"left:{due * 100:.2f}%"))
    more = None not in (mean, claimed) and tenths(claimed or 0) != tenths(mean or 0)
    if more:
        parts.append(node("span", "claim", style=f"left:{min(claimed or 0, 1) * 100:.2f}%"))
    said = labels.UNKNOWN if claimed is None else percent(claimed) if more else words.SAME
    return [
        node("td", "bar", node("span", "track", *parts)),
        node("td", "n", node("b", "", labels.UNKNOWN if mean is None else percent(mean))),
        node("td", f"n{' claimed' if more else ''}", said),
    ]


def _lights(group: Group, solid: Sequence[Light]) -> list[Node]:
    cells = []
    for light in _LIGHTS:
        count = group.standing.lights[light]
        kind = f"cell {light}" if light in solid else f"pale ink {light}"
        said = node("span", kind, str(count)) if count else words.NOTHING
        cells.append(node("td", "lit", said))
    return cells


def _reported(each: Place) -> Node:
    missing = each.missing
    if missing is not None and missing.silence is not None:
        word = list_words.SILENCE[missing.silence]
        return node("td", "", node("span", f"badge ink {Light.FAR_BEHIND}", word))
    lacking = len(missing.no_report) + len(missing.not_read) if missing else 0
    if lacking:
        word = words.lacking(lacking)
        return node("td", "", node("span", f"badge ink {Light.BEHIND}", word))
    return node("td", "", list_words.REPORTED)


def _change(change: int | None) -> Node:
    if change is None:
        return node("td", "n quiet", "—")
    said = points(change, unit=False)
    return node("td", f"n ink {Light.FAR_BEHIND}" if change < 0 else "n", said)


def _heat(share: float | None, due: float | None) -> Node:
    if share is None:
        return node("td", "heat quiet", "—")
    deep = max(0.0, (due - share) / due) * _DEEPEST if due else 0.0
    whole = f"{round(tenths(share) / 10):d}" if tenths(share) < 1000 else "100"
    if deep <= 0:
        return node("td", "heat", whole, title=percent(share))
    return node("td", "heat warm", whole, title=percent(share), style=f"--deep:{deep * 100:.0f}%")


def _sentence(each: Place, group: Group) -> str:
    standing = group.standing
    lit = {labels.light(light): str(standing.lights[light]) for light in _LIGHTS}
    completion = labels.UNKNOWN if standing.completion is None else percent(standing.completion)
    silence = each.missing.silence if each.missing else None
    said = list_words.SILENCE[silence] if silence else list_words.REPORTED
    return words.sentence(each.name, {words.HEADS["counted"]: completion, **lit, said: " "})


def _missing(seen: Seen, level: str) -> list[Node]:
    """Who has not reported, and for each a text to paste into a message; the same as a file."""
    table = seen.missing
    if not table.rows:
        return []
    head = node("h2", "", list_words.MISSING, node("small", "", table.note))
    texts = [
        node("p", "finding-row medium", unheard.reminder(each, seen.answer.day))
        for each in table.rows[: words.MOST_REMINDED]
    ]
    if (more := len(table.rows) - len(texts)) > 0:
        texts.append(node("p", "small", words.more_missing(more)))
    file = f"api/missing.xlsx?{urlencode({'level': level, 'day': seen.answer.day.isoformat()})}"
    ways = node("p", "small", f"{words.TO_PASTE} ", node("a", "", words.AS_EXCEL, href=file))
    return [node("section", "block", head, ways, *texts)]


def _notes(seen: Seen) -> list[Node]:
    due = sorted({percent(row["elapsed"]) for row in seen.answer.lists})
    said = [node("p", "small of-heat", words.heat(due))] if seen.categories else []
    if (more := len(seen.categories) - words.MOST_HEAT) > 0:
        said.append(node("p", "small of-heat", words.more_categories(more)))
    if seen.answer.common:
        said.append(node("p", "small", words.common(seen.answer.common)))
    if seen.upper:
        ways: list[Node | str] = [words.UPPER]
        for each in seen.upper:
            assert each.group is not None
            assert each.at is not None
            to = To("overview", {PLACE: each.code, YEAR: str(each.at["year"]), PERIOD: ""})
            mean = each.group.standing.completion
            figure = labels.UNKNOWN if mean is None else percent(mean)
            ways += [link("", to, f"{each.name} {labels.COUNTED} {figure} ›"), "　"]
        said.append(node("p", "small", *ways))
    return said
