"""One project: what it promises, the count, the text it was read from, how it was worked out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from minsheng import labels
from minsheng.charts import progress
from minsheng.labels import screens
from minsheng.lists import codes
from minsheng.lists.folder import UpperItem
from minsheng.measuring import explanation
from minsheng.measuring.explanation import Step
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Refused, Report
from minsheng.server.keeping import lists, store, taken
from minsheng.ui import access
from minsheng.ui.frame import width
from minsheng.ui.markdown import plain
from minsheng.ui.page import View, draw
from minsheng.ui.screens import to_category, to_department, to_project
from minsheng.ui.words import Inside, Node, To, choice, glyph, link, mount, node


def project_head(view: View, project: str) -> None:
    """The way to its neighbours, the promise, its light, whose it is."""
    shot, row = view.snapshot, view.snapshot.rows[project]
    names = list(shot.rows)
    options = [(f"{key} {each.content[:28]}", to_project(key)) for key, each in shot.rows.items()]
    promise = shot.project(project)
    leads = [link("", to_department(lead), lead) for lead in row.leads if lead in shot.departments]
    mount(
        "head",
        node(
            "nav",
            "way",
            *_neighbours(shot, project),
            node("span", "quiet", screens.place_of(names.index(project) + 1, len(names))),
            node("span", "push", choice(screens.OTHER_PROJECT, options, names.index(project))),
        ),
        node("h1", "title", f"{project} {promise.content}"),
        node(
            "div",
            "facts",
            node("span", f"badge ink {row.light}", glyph(row.light), f" {labels.LIGHT[row.light]}"),
            node("span", "", labels.DELIVERY[row.delivery]),
            *leads,
            link("", to_category(row.category_number), row.category),
        ),
        *_details(shot, project),
        *_upper_items(shot, project),
    )


def _neighbours(shot: Snapshot, project: str) -> list[Node]:
    names = list(shot.rows)
    at = names.index(project)
    each = []
    if at:
        each.append(link("", to_project(names[at - 1]), f"‹ {names[at - 1]}", rel="prev"))
    if at + 1 < len(names):
        each.append(link("", to_project(names[at + 1]), f"{names[at + 1]} ›", rel="next"))
    return each


def project_way(view: View, project: str) -> None:
    """The way to its neighbours again, where a phone has scrolled to."""
    mount("way", node("nav", "way foot", *_neighbours(view.snapshot, project)))


def _details(shot: Snapshot, project: str) -> list[Node]:
    """Leader, deadline, money and the rest, where the file has them."""
    promise, terms, report = shot.project(project), shot.terms(project), shot.report(project)
    money = promise.investment
    words = labels.details(
        promise.leader,
        terms.supports,
        terms.deadline,
        promise.kind,
        (money.planned if money else None, terms.paid),
    )
    more = screens.printed_and_verdict(promise.printed, report.verdict if report else None)
    each = [line for line in (words, more) if line]
    return [node("p", "small", " · ".join(each))] if each else []


def _upper_items(shot: Snapshot, project: str) -> list[Node]:
    """What the project is a share of, with the figure of the upper list itself on that day."""
    return [
        node("p", "small", _upper_item(UpperItem.of(named), shot.period.as_of))
        for named in shot.project(project).upper
    ]


def _upper_item(upper: UpperItem, day: dt.date) -> Inside:
    place = codes.name(upper.code)
    unread = screens.upper_unread(place, upper.year, upper.item)
    try:
        state = store(upper.code, str(upper.year)).current() if lists() is not None else None
    except Refused:
        state = None
    if state is None or state.document is None:
        return unread
    dataset = state.document.dataset
    item = next((each for each in dataset.projects if each.id == upper.item), None)
    if item is None:
        return unread
    period = next((each for each in reversed(dataset.periods) if each.as_of <= day), None)
    done = taken(state, period.id).rows[item.id].completion if period else None
    said = screens.upper(place, upper.year, item.id, item.content, screens.share(done))
    query = {"place": upper.code, "year": str(upper.year), "id": item.id}
    return link("", To("project", query), said)


def project_count(view: View, project: str) -> None:
    """The count, large, with the event that counts; of several indicators their mean."""
    shot, row = view.snapshot, view.snapshot.rows[project]
    parts = shot.parts[project]
    big: tuple[Inside, ...]
    if not parts:
        big = (labels.UNKNOWN, node("small", "", f" {labels.NO_INDICATOR}"))
    elif len(parts) == 1:
        target = screens.counts_of(parts[0])
        kind = "long" if len(screens.done(parts[0]) + target) > 14 else ""
        big = (screens.done(parts[0]), node("small", kind, f" {target}"))
    else:
        mean = screens.parts_mean(row, finished=False)
        big = (screens.share(row.completion), node("small", "long", mean))
    share, words, by = screens.result(row, row.expected != shot.elapsed)
    said: list[Inside] = [f"{screens.COUNTED} ", node("b", "", share)]
    if words:
        said += [f"，{words} ", node("b", "", by)]
    mount(
        "count",
        node("p", f"big ink {row.light}", *big),
        *([node("p", "said", *said)] if parts else []),
    )


def project_text(view: View, project: str) -> None:
    """The department's words, with what each figure was read from; then what else it says."""
    shot, row = view.snapshot, view.snapshot.rows[project]
    report = shot.report(project)
    nodes = [node("h2", "", labels.Q_TEXT)]
    if report is None:
        nodes.append(node("p", "quiet", labels.NO_REPORT))
    else:
        pieces = explanation.evidence(report.text, shot.parts[project])
        nodes.append(
            node(
                "p",
                "text",
                *(node("mark", kind, words) if kind else words for words, kind in pieces),
                lang="zh-CN",
            )
        )
        kinds = {kind for _, kind in pieces if kind}
        if kinds:
            nodes.append(node("p", "small", screens.marks(kinds)))
    nodes += _more(report, shot.project(project).notes)
    nodes.append(
        node(
            "section",
            "block",
            node("h2", "", labels.Q_FORECAST),
            node("p", "said", labels.forecast(row.completion, row.forecast, row.pace)),
            node("p", "small", labels.FORECAST_NOTE),
        )
    )
    mount("text", *nodes)


def _more(report: Report | None, notes: Mapping[str, str]) -> list[Node]:
    """What the table says beside the text: problems, next steps, every column without a key."""
    said: dict[str, str | None] = dict(notes)
    if report is not None:
        said = {
            labels.PROBLEMS_FIELD: report.problems,
            labels.NEXT_STEPS_FIELD: report.next_steps,
            **said,
            **report.notes,
        }
    each = [
        inner
        for name, words in said.items()
        if words
        for inner in (node("dt", "", name), node("dd", "", words))
    ]
    return [node("dl", "", *each)] if each else []


def project_places(view: View, project: str) -> None:
    """Small bars of what each street or site did, where the report says it."""
    shot = view.snapshot
    report = shot.report(project)
    for part in shot.parts[project]:
        reading = report.readings.get(part.name) if report else None
        if reading and reading.by_place:
            draw(
                view,
                f"places_{project}_{part.name}",
                partial(progress.places, reading.by_place, part.unit, width()),
                heading=f"{plain(part.name)} {screens.FIGURES}",
            )


def project_evidence(view: View, project: str) -> None:
    """Whether the figure can be believed, and how it was worked out."""
    shot = view.snapshot
    found = shot.findings_of(project)
    nodes = [
        node(
            "h2",
            "",
            screens.BELIEVE,
            node("small", "", screens.found(len(found)) if found else labels.NO_FINDINGS),
        )
    ]
    for each in found:
        words = labels.RULES[each.code]
        nodes.append(
            node(
                "div",
                f"finding-row {each.severity}",
                node("p", "", node("b", "", words.title), f"（{labels.SEVERITY[each.severity]}）"),
                node(
                    "p",
                    "",
                    f"{each.message} ",
                    node("span", "quiet", labels.quoted(each.quotes)),
                ),
            )
        )
    mount("evidence", *nodes, _table(view, project))


def _table(view: View, project: str) -> Node:
    """Each figure, its inputs with their words and, for those who may edit, their lines."""
    shot = view.snapshot
    edits = access.editor() is not None
    heads = screens.HOW_COLUMNS if edits else screens.HOW_COLUMNS[:-1]
    kinds = ("", "n", "", "n")
    top = [node("th", kind, words, scope="col") for words, kind in zip(heads, kinds, strict=False)]
    steps = explanation.explain(shot, project)
    report = shot.report(project)
    claims = (
        [
            words
            for words, kind in explanation.evidence(report.text, shot.parts[project])
            if kind is explanation.Mark.CLAIM
        ]
        if report
        else []
    )
    said: dict[str | int, str] = {"claimed": labels.quoted(claims) or "—"}
    rows = [row for step in steps for row in _step(view, step, edits, said)]
    return node(
        "section",
        "block",
        node("h2", "", screens.HOW),
        node("table", "", node("thead", "", node("tr", "", *top)), node("tbody", "", *rows)),
    )


def _step(view: View, step: Step, edits: bool, said: dict[str | int, str]) -> list[Node]:
    document = view.state.document
    assert document is not None
    rows = []
    for each in step.inputs:
        words = labels.quoted(each.quotes) or said.get(each.path[-1], "—")
        cells = [
            node("td", "", each.name),
            node("td", "n", each.value),
            node("td", "quiet", words),
        ]
        if edits:
            cells.append(node("td", "n quiet", str(document.line(*each.path))))
        rows.append(node("tr", "", *cells))
    width = "3" if edits else "2"
    rows.append(
        node("tr", "", node("td", "", step.name), node("td", "sum", step.formula, colspan=width))
    )
    return rows
