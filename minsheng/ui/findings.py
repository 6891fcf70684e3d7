"""核查: the finding first, then each project with what has to be verified of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from minsheng import labels, printed
from minsheng.charts import claims
from minsheng.labels import findings as words
from minsheng.labels import screens
from minsheng.measuring.findings import CATALOGUE, Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Severity
from minsheng.ui.address import go
from minsheng.ui.frame import width
from minsheng.ui.page import View, draw
from minsheng.ui.paging import part
from minsheng.ui.screens import to_project
from minsheng.ui.words import Node, To, choice, glyph, heading, link, mount, node

_SEVERITIES = list(Severity)
_RULES = list(CATALOGUE)


def findings_head(view: View, chosen: Mapping[str, str], departments: Mapping[str, str]) -> None:
    """What has to be verified, in one sentence; the filters in one row under it. `departments`
    are names by their value in the address."""
    shot = view.snapshot
    severe = sum(each.severity is Severity.HIGH for each in shot.findings)
    finding, late = words.finding(len(shot.findings), severe), _claimed(shot)
    pills: list[Node] = []
    for value in (labels.ALL_VALUE, *_SEVERITIES):
        found = [each for each in shot.findings if value in (labels.ALL_VALUE, each.severity)]
        name = labels.ALL if value == labels.ALL_VALUE else labels.SEVERITY[Severity(value)]
        current = {"aria_current": "true"} if chosen["severity"] == value else {}
        mark = [] if value == labels.ALL_VALUE else [node("span", f"edge {value}", "▍")]
        to = _with(chosen, severity=str(value))
        pills.append(link("pill", to, *mark, f"{name} {len(found)}", **current))
    rules = {labels.ALL_VALUE: f"{labels.RULE_FIELD}：{labels.ALL}"} | {
        code: labels.RULES[code].title for code in _RULES
    }
    leads = {labels.ALL_VALUE: f"{labels.COLUMN['department']}：{labels.ALL}", **departments}
    mount(
        "head",
        heading(words.TITLE, f"{finding}；" if late else finding, late),
        node(
            "div",
            "filters",
            *pills,
            node("span", "gap"),
            _choice(labels.RULE_FIELD, "rule", rules, chosen),
            _choice(labels.COLUMN["department"], "department", leads, chosen),
            node("span", "push quiet", words.TOGETHER),
        ),
    )


def _with(chosen: Mapping[str, str], **other: str) -> To:
    asked = {**chosen, **other}
    return To("findings", {k: v for k, v in asked.items() if v != labels.ALL_VALUE})


def _choice(label: str, key: str, options: Mapping[str, str], chosen: Mapping[str, str]) -> Node:
    each = [(name, _with(chosen, **{key: value})) for value, name in options.items()]
    return choice(label, each, list(options).index(chosen[key]))


def _claimed(shot: Snapshot) -> str:
    above: dict[str, int] = {}
    for pair in claims.pairs(shot.parts):
        if pair.gap > claims.LEAST:
            above.setdefault(pair.part.project, pair.gap)
    leads = dict.fromkeys(lead for key in above for lead in shot.rows[key].leads)
    return words.claimed(list(above.values()), list(leads))


def findings_gaps(view: View, only: Sequence[str]) -> None:
    """How far claims are above the count, of the chosen projects."""
    shot = view.snapshot
    parts = {key: shot.parts[key] for key in only}
    left_out = sum(abs(pair.gap) <= claims.LEAST for pair in claims.pairs(parts))
    if all(abs(pair.gap) <= claims.LEAST for pair in claims.pairs(parts)):
        return
    key = words.keys(printed.percent(shot.elapsed), left_out)
    mount("gaps_heading", node("h2", "", labels.Q_DUMBBELL, node("small", "", key)))
    project = draw(
        view,
        f"dumbbell_{'_'.join(only) if len(only) < len(shot.rows) else 'all'}",
        lambda: claims.dumbbell(shot.rows, parts, width()),
        clickable=True,
        ways=to_project,
    )
    if project:
        go("project", id=project)


def findings_by_project(view: View, found: Sequence[Finding]) -> None:
    """A row a finding, those of a project together, the severest project first."""
    shot = view.snapshot
    order = _order(shot, found)
    ranked = part(sorted(found, key=lambda each: order[each.project]))
    rows: list[Node] = []
    for _, group in groupby(ranked, key=lambda each: each.project):
        rows += [_row(shot, each, first=not at) for at, each in enumerate(group)]
    projects = len({each.project for each in found})
    top = node(
        "div",
        "top",
        node("span", "", labels.COLUMN["project"]),
        node("span", "", words.LEADS),
        node("span"),
        node("span", "", words.RULE),
        node("span"),
        node("span", "", words.WHAT),
        node("span", "", words.QUOTES),
    )
    note = node("small", "", words.counts(len(found), projects))
    mount(
        "findings",
        node("h2", "", words.EACH, note),
        node("div", "finds", top, *rows),
        node("p", "small", words.FOOT),
    )


def _order(shot: Snapshot, found: Sequence[Finding]) -> dict[str, tuple[int, int, int, int]]:
    """By severity, by rule, by how far the claim is above the count, as printed."""
    gaps: dict[str, int] = {}
    for pair in claims.pairs(shot.parts):
        gaps.setdefault(pair.part.project, pair.gap)
    places = {key: at for at, key in enumerate(shot.rows)}
    order: dict[str, tuple[int, int, int, int]] = {}
    for each in found:
        place = (
            _SEVERITIES.index(each.severity),
            _RULES.index(each.code),
            -gaps.get(each.project, 0),
            places[each.project],
        )
        order[each.project] = min(order.get(each.project, place), place)
    return order


def _row(shot: Snapshot, found: Finding, first: bool) -> Node:
    row, severity = shot.rows[found.project], labels.SEVERITY[found.severity]
    promise, rule = row.content.rstrip("。；;"), labels.RULES[found.code].title
    quotes = labels.quoted(found.quotes)
    who: list[Node | str] = [glyph(row.light), " ", node("b", "", row.id), f" {promise}"]
    return link(
        f"find {found.severity}{' first' if first else ''}",
        to_project(found.project),
        node("span", "cut who", *(who if first else [])),
        node("span", "cut lead", *([screens.leads_short(row.leads)] if first else [])),
        node("span", f"edge {found.severity}"),
        node("b", f"edge-ink {found.severity}", severity),
        node("span", "rule", rule),
        node("span", "what", found.message),
        node("span", "cut quiet quote", quotes, title=quotes),
        title=f"{row.id} {promise}",
    )
