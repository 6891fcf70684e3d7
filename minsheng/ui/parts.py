"""What several pages show of projects and findings."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from minsheng import labels, printed
from minsheng.charts import bars as charts
from minsheng.measuring.explanation import Step
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.model import Project, Report, Terms
from minsheng.ui.address import go
from minsheng.ui.cards import Card, Chip, Group, cards, chips
from minsheng.ui.markdown import marked, note, plain, plain_code
from minsheng.ui.page import View, draw


def days(shot: Snapshot) -> tuple[int, int]:
    """Days gone by and days of the plan, both end days counted."""
    plan = shot.dataset.plan
    whole = (plan.end - plan.start).days + 1
    return round(shot.elapsed * whole), whole


def summary(shot: Snapshot, chosen: Sequence[str]) -> str:
    """The chosen projects in one sentence."""
    rows = [shot.rows[project] for project in chosen]
    known = [row.completion for row in rows if row.completion is not None]
    return labels.summary(
        Counter(row.light for row in rows),
        statistics.fmean(known) if known else None,
        shot.elapsed,
    )


def details(project: Project, terms: Terms) -> None:
    """Leader, deadline, money and the rest, where the file has them."""
    words = labels.details(
        project.leader,
        terms.supports,
        terms.deadline,
        project.kind,
        (project.investment.planned if project.investment else None, terms.paid),
    )
    if words:
        note(words)


def file_facts(view: View) -> None:
    state, shot = view.state, view.snapshot
    facts = labels.file_facts(
        str(state.path),
        state.saved_at,
        state.fingerprint,
        len(shot.rows),
        [f"{period.label}（{period.id}）" for period in shot.dataset.periods],
    )
    st.markdown("\n".join(f"- {name}：{plain(value)}" for name, value in facts.items()))


def projects(view: View, key: str, chosen: Sequence[str]) -> None:
    """A progress bar for each of the projects, and the way into each of them."""
    if not chosen:
        st.info(labels.NOTHING_CHOSEN)
        return
    shot = view.snapshot
    clicked = draw(
        view,
        f"projects_{key}",
        lambda: charts.indicators(
            {key: shot.rows[key] for key in chosen}, shot.parts, shot.elapsed
        ),
        clickable=True,
    )
    picked = st.selectbox(
        labels.OPEN_PROJECT,
        chosen,
        index=None,
        key=f"open_{key}",
        format_func=lambda project: f"{project} {shot.rows[project].content}",
        placeholder=labels.OPEN_PROJECT_HINT,
    )
    if picked or clicked:
        go("project", id=str(picked or clicked))


def light_counts(shot: Snapshot) -> None:
    """How many projects stand at each light, each count a link to exactly those."""
    chips(
        "light_counts",
        [
            Chip(light, labels.LIGHT[light], count, "category", {"light": light})
            for light, count in shot.lights.items()
            if count
        ],
    )


def lagging(shot: Snapshot) -> None:
    """The projects behind schedule: light, promise, whose it is, how far back and why."""
    if not shot.lagging:
        st.markdown(labels.NO_LAGGING)
        return
    late = [(project, shot.rows[project]) for project in shot.lagging]
    each = [
        Card(
            project,
            f"{project} {row.content}",
            f"{labels.joined(row.leads)} · {printed.points(row.variance)}",
            labels.reason(shot.weakest(project)),
            row.light,
        )
        for project, row in late
    ]
    cards("lagging", [Group(each)])


def explained(view: View, step: Step) -> None:
    """A figure's formula, and each input with its words and its line in the file."""
    document = view.state.document
    assert document is not None
    lines = [f"**{plain(step.name)}**  \n{plain(step.formula)}"]
    for each in step.inputs:
        words = labels.quoted(each.quotes)
        place = f"{view.state.path.name}:{document.line(*each.path)}"
        lines.append(
            f"- {plain(each.name)} {plain(each.value)} {plain(words)} `{plain_code(place)}`"
        )
    st.markdown(lines[0])
    if lines[1:]:
        st.markdown("\n".join(lines[1:]))


def report(report: Report) -> None:
    """The department's text, verbatim, with the words that done was read from marked."""
    quotes = [quote for reading in report.readings.values() for quote in reading.quotes]
    with st.container(border=True):
        st.markdown(marked(report.text, quotes))
    if quotes:
        note(labels.MARKED)
    for name, words in (
        (labels.PROBLEMS_FIELD, report.problems),
        (labels.NEXT_STEPS_FIELD, report.next_steps),
    ):
        if words:
            st.markdown(f"**{name}** {plain(words)}")


def finding(finding: Finding) -> None:
    """One finding: title and severity, the message, the words it is about."""
    words = labels.RULES[finding.code]
    quotes = labels.quoted(finding.quotes)
    st.markdown(
        f"**{plain(words.title)}**（{labels.SEVERITY[finding.severity]}） "
        f"{plain(finding.message)}  \n{plain(quotes)}"
    )


def findings_by_rule(shot: Snapshot, found: Sequence[Finding]) -> None:
    """Every rule that found something, with its reason and the projects it is about."""
    groups = []
    for code in dict.fromkeys(finding.code for finding in found):
        of_rule = [finding for finding in found if finding.code == code]
        heading = labels.rule_heading(code, of_rule[0].severity, len(of_rule))
        groups.append(
            Group([_finding_card(shot, each) for each in of_rule], heading, labels.RULES[code].why)
        )
    cards("findings", groups)


def _finding_card(shot: Snapshot, found: Finding) -> Card:
    row = shot.rows[found.project]
    return Card(
        found.project,
        f"{found.project} {row.content}",
        f"{labels.joined(row.leads)}：{found.message}",
        labels.quoted(found.quotes),
    )
