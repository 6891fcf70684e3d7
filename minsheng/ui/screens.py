"""What stands above and beside the figures of 总览, 类别 and 部门: the finding, filters, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from minsheng import labels
from minsheng.charts import progress
from minsheng.labels import exports, screens
from minsheng.measuring import leaderboard
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Light, MeasuredProject, Severity, Tally
from minsheng.printed import tenths
from minsheng.ui.address import go, slug
from minsheng.ui.frame import width
from minsheng.ui.markdown import note
from minsheng.ui.page import View, draw, keep
from minsheng.ui.paging import MOST, part_of_groups
from minsheng.ui.words import Node, To, choice, glyph, heading, link, mount, node

MOST_LAGGING = 15
_SEVERITY = {
    Severity.HIGH: Light.FAR_BEHIND,
    Severity.MEDIUM: Light.BEHIND,
    Severity.LOW: Light.ON_TRACK,
}
Groups = Sequence[tuple[Tally | None, Sequence[MeasuredProject]]]


def to_category(number: str) -> To:
    return To("category", {"category": number})


def to_department(name: str) -> To:
    return To("department", {"department": slug(name)})


def to_project(project: str) -> To:
    return To("project", {"id": project})


def claiming(shot: Snapshot) -> list[MeasuredProject]:
    """The projects whose department claims more than can be counted."""
    return [
        row
        for row in shot.rows.values()
        if row.claimed is not None
        and row.completion is not None
        and tenths(row.claimed) > tenths(row.completion)
    ]


def credits(shot: Snapshot) -> int:
    """The seats of leads: a joint project has several."""
    return sum(each.projects for each in shot.departments.values())


def overview_head(view: View) -> None:
    """How far and what is stuck, in one sentence."""
    shot, word = view.snapshot, screens.COUNTED_DONE
    keep(
        view,
        "head",
        lambda: [_finding_of(shot.dataset.title, shot, list(shot.rows), shot.whole, word)],
    )


def _finding_of(
    title: str, shot: Snapshot, within: Sequence[str], tally: Tally, word: str, one: str = ""
) -> Node:
    partly = sum(0 < shot.rows[each].known < shot.rows[each].indicators for each in within)
    far, by = screens.how_far(
        tally.completion, shot.elapsed, tally.known, tally.projects, word, partly
    )
    if tally.completion is None:
        return heading(title, far)
    stuck = screens.stuck(tally.lights)
    if tally.behind:
        return heading(title, far, stuck + one, by, "；")
    return heading(title, far, "", by, f"；{stuck}")


def light_cells(view: View) -> None:
    """A linked cell for each project by its light, as wide as their counts; worst first."""
    keep(view, "cells", lambda: [_cells(view.snapshot)])


def _cells(shot: Snapshot) -> Node:
    sections = []
    for light in leaderboard.WORST_FIRST:
        rows = leaderboard.worst_projects(row for row in shot.rows.values() if row.light == light)
        if not rows:
            continue
        to = To("category", {"light": light})
        count = link(
            f"cell count {light}",
            to,
            f"{labels.LIGHT_SHAPE[light]} {len(rows)}",
            aria_label=f"{labels.LIGHT[light]} {len(rows)}",
        )
        cells = [
            link(f"cell {light}", to_project(row.id), row.id, title=row.content)
            for row in rows[:MOST]
        ]
        name = link(
            "", to, glyph(light), f" {labels.LIGHT[light]}", node("span", "number", f" {len(rows)}")
        )
        sections.append(
            node(
                "section",
                "",
                node("h2", f"ink {light}", name),
                node("div", "cells", *cells, count),
                style=f"flex:{len(rows)} 1 0",
            )
        )
    return node("div", "lights", *sections)


def lagging(view: View) -> None:
    """The projects behind schedule: promise, done of target, whose, how far back."""
    keep(view, "lagging", lambda: _lagging(view.snapshot))


def _lagging(shot: Snapshot) -> list[Node]:
    head = node("h2", "", screens.WHERE, node("small", "", screens.WHERE_NOTE))
    if not shot.lagging:
        return [head, node("p", "quiet", screens.stuck(shot.lights))]
    top = node(
        "div",
        "top",
        node("span"),
        node("span", "", screens.PROMISE),
        node("span", "n", screens.DONE),
        node("span", "", screens.LEADS),
        node("span", "n", screens.GAP_LONG),
    )
    rows = [_lagging_row(shot, project) for project in shot.lagging[:MOST_LAGGING]]
    more = len(shot.lagging) - len(rows)
    rest = [link("more", To("category"), screens.more_lagging(more))] if more else []
    return [head, node("div", "rows", top, *rows), *rest]


def _lagging_row(shot: Snapshot, project: str) -> Node:
    row, weak = shot.rows[project], shot.weakest(project)
    words = row.content.rstrip("。；;")
    return link(
        "row",
        to_project(project),
        glyph(row.light),
        node("span", "cut", node("b", "", project), f" {words}", title=words),
        node(
            "span",
            "n",
            node("b", "", screens.done(weak)),
            screens.done_of(weak).removeprefix(screens.done(weak)),
        ),
        node("span", "cut", screens.leads_short(row.leads), title=labels.joined(row.leads)),
        node("span", "n", screens.variance(row.variance)),
    )


def category_heading(view: View) -> None:
    shot = view.snapshot
    words = node("small", "", screens.keys(shot.elapsed))
    mount("categories_heading", node("h2", "", screens.CATEGORIES, words))


def groups(
    shot: Snapshot,
    category: str | None = None,
    light: Light | None = None,
    department: str | None = None,
    worst: bool = True,
) -> Groups:
    """The chosen projects in the order they are shown: under their categories, worst first, where
    nothing narrower was chosen."""
    rows = [
        row
        for row in shot.rows.values()
        if (category is None or row.category_number == category)
        and (light is None or row.light == light)
        and (department is None or department in row.leads)
    ]
    if worst:
        rows = leaderboard.worst_projects(rows)
    if category is not None or department is not None or light is not None:
        return [(None, rows)] if rows else []
    numbers = leaderboard.worst_first(shot.categories) if worst else list(shot.categories)
    return [
        (shot.categories[number], [row for row in rows if row.category_number == number])
        for number in numbers
    ]


def category_head(view: View, category: str, light: str, order: str) -> None:
    """Which categories lag, or how far the one has come; the filters in one row under it."""
    shot = view.snapshot
    everything = category == labels.ALL_VALUE
    if everything:
        said, late = screens.stuck_categories(shot.categories.values())
        head = heading(screens.CATEGORY_LIST, said, late)
    else:
        tally = shot.categories[category]
        title = screens.of_category(tally.name)
        within = [key for key, row in shot.rows.items() if row.category_number == category]
        head = _finding_of(title, shot, within, tally, screens.COUNTED, _alone(shot, category))
    state = {"category": category, "light": light, "order": order}
    names = {labels.ALL_VALUE: labels.ALL, **shot.category_names}
    many = node(
        "span", "many", *(_pill(name, state, "category", key) for key, name in names.items())
    )
    to = [(name, To("category", _query({**state, "category": key}))) for key, name in names.items()]
    few = choice(labels.COLUMN["category"], to, list(names).index(category))
    pills = [many, node("span", "narrow", few), node("span", "gap")]
    counted = shot.lights if everything else shot.categories[category].lights
    for each in leaderboard.WORST_FIRST:
        if shot.lights[each]:
            again = labels.ALL_VALUE if light == each else each
            pills.append(
                _pill(
                    f" {counted[each]}",
                    state,
                    "light",
                    again,
                    light == each,
                    glyph(each),
                    labels.LIGHT[each],
                )
            )
    filters = node("nav", "filters", *pills, node("span", "push", _order(state)))
    mount("head", head, filters)


def _alone(shot: Snapshot, category: str) -> str:
    """What is counted of the only one that lags."""
    late = [each for each in shot.lagging if shot.rows[each].category_number == category]
    return screens.stuck_one(shot.weakest(late[0])) if len(late) == 1 else ""


def _pill(
    words: str,
    state: Mapping[str, str],
    key: str,
    value: str,
    chosen: bool | None = None,
    shape: Node | None = None,
    name: str = "",
) -> Node:
    """A choice of `key`; the others of the page stay as they are."""
    on = state[key] == value if chosen is None else chosen
    about = {"aria_current": "true"} if on else {}
    if name:
        about["aria_label"] = f"{name}{words}"
        about["title"] = name
    inside = (shape, words) if shape else (words,)
    return link("pill", To("category", _query({**state, key: value})), *inside, **about)


def _query(state: Mapping[str, str]) -> dict[str, str]:
    """Defaults stay out of the address."""
    return {key: value for key, value in state.items() if value not in (labels.ALL_VALUE, "worst")}


def _order(state: Mapping[str, str]) -> Node:
    orders = [
        (words, To("category", _query({**state, "order": each})))
        for each, words in screens.PROJECT_ORDERS.items()
    ]
    return choice(screens.ORDER, orders, list(screens.PROJECT_ORDERS).index(state["order"]))


def projects(view: View, shown: Groups, **chosen: str) -> None:
    """A row for each of the projects with its indicators under it, the way into each, and to the
    documents of these. `chosen` are the choices of the address that led to them."""
    if not shown:
        note(labels.NOTHING_CHOSEN)
        return
    shot, here = view.snapshot, part_of_groups(shown)
    key = "_".join(("projects", *chosen.values()))
    if sum(len(rows) for _, rows in here) < sum(len(rows) for _, rows in shown):
        key += f"_from_{here[0][1][0].id}"
    clicked = draw(
        view,
        key,
        lambda: progress.projects(here, shot.parts, shot.elapsed, width()),
        clickable=True,
        ways=to_project,
        further=(exports.LINK, To("export", _query(chosen))),
    )
    note(f"{screens.LINES_KEY}{screens.GAP_KEY}")
    if clicked:
        go("project", id=clicked)


def department_head(view: View, order: str) -> None:
    """Where what lags lies, and by what the departments are ordered."""
    shot = view.snapshot
    said, late = screens.stuck_departments(shot.departments, len(shot.lagging))
    pills = [node("span", "quiet", screens.ORDER)]
    for each, words in screens.ORDERS.items():
        about = {"aria_current": "true"} if each == order else {}
        pills.append(link("pill", To("department", _query({"order": each})), words, **about))
    names = [(name, to_department(name)) for name in shot.departments]
    keys = node(
        "span",
        "quiet",
        screens.keys(shot.elapsed),
        node("span", "wide", f"　{screens.GLYPH_KEY}"),
    )
    push = node("span", "push", keys, choice(screens.ONE_DEPARTMENT, names))
    mount(
        "head",
        heading(screens.DEPARTMENT_LIST, said, late),
        node("nav", "filters", *pills, push),
    )


def one_department_head(view: View, name: str) -> None:
    shot = view.snapshot
    late = [each for each in shot.lagging if name in shot.rows[each].leads]
    one = screens.stuck_one(shot.weakest(late[0])) if len(late) == 1 else ""
    standing = shot.departments[name]
    within = [key for key, row in shot.rows.items() if name in row.leads]
    names = [(each, to_department(each)) for each in shot.departments]
    back = link("", To("department"), screens.EVERY_DEPARTMENT)
    mount(
        "head",
        _finding_of(screens.of_department(name), shot, within, standing, screens.COUNTED, one),
        node(
            "nav",
            "filters",
            back,
            node("span", "quiet", f"{screens.standing(standing)}"),
            node(
                "span",
                "push",
                choice(screens.ONE_DEPARTMENT, names, list(shot.departments).index(name)),
            ),
        ),
    )


def check_first(shot: Snapshot, chosen: Sequence[str]) -> None:
    """The findings about these projects, each a way to its evidence."""
    within = set(chosen)
    found = [each for each in shot.findings if each.project in within]
    if not found:
        return
    head = node("h2", "", screens.CHECK_FIRST, node("small", "", screens.found(len(found))))
    mount("check_first", head, *(_ask(each) for each in found[:MOST]))


def _ask(found: Finding) -> Node:
    words = labels.RULES[found.code]
    return link(
        f"ask {found.severity}",
        to_project(found.project),
        node("b", f"ink {_SEVERITY[found.severity]}", labels.SEVERITY[found.severity]),
        node("b", "", found.project),
        node("span", "", words.title),
        node("span", "", f"{found.message} ", node("span", "quiet", labels.quoted(found.quotes))),
    )
