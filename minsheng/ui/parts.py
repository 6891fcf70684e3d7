"""What several pages show of projects and findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from minsheng import charts, labels, snapshot
from minsheng.charts import Chart
from minsheng.explanation import Step
from minsheng.export import FORMATS, Format
from minsheng.findings import Finding
from minsheng.frames import by_index
from minsheng.labels import exports
from minsheng.model import Light, Project, Report
from minsheng.snapshot import Filters, Snapshot
from minsheng.ui.address import go, link
from minsheng.ui.markdown import coloured, marked, note, plain, plain_code
from minsheng.ui.page import View, draw
from minsheng.ui.serving import taken


def days(shot: Snapshot) -> tuple[int, int]:
    """Days gone by and days of the plan, both end days counted."""
    plan = shot.dataset.plan
    whole = (plan.end - plan.start).days + 1
    return round(shot.elapsed * whole), whole


def summary(shot: Snapshot, chosen: pd.DataFrame) -> str:
    known = chosen["completion"].dropna()
    return labels.summary(
        {light: int(chosen["light"].eq(light).sum()) for light in Light},
        None if known.empty else float(known.mean()),
        shot.elapsed,
    )


def details(project: Project) -> None:
    """Leader, deadline, money and the rest, where the file has them."""
    money = project.investment
    words = labels.details(
        project.leader,
        project.supports,
        project.deadline,
        project.kind,
        (money.planned, money.paid) if money else None,
    )
    if words:
        note(words)


def file_facts(view: View) -> None:
    state, shot = view.state, view.snapshot
    facts = labels.file_facts(
        str(state.path),
        state.saved_at,
        state.fingerprint,
        len(shot.projects),
        [f"{period.label}（{period.id}）" for period in shot.dataset.periods],
    )
    st.markdown("\n".join(f"- {name}：{plain(value)}" for name, value in facts.items()))


def projects(view: View, key: str, chosen: pd.DataFrame) -> None:
    """A progress bar for each of the projects, and the way into each of them."""
    if chosen.empty:
        st.info(labels.NOTHING_CHOSEN)
        return
    shot = view.snapshot
    clicked = draw(
        view,
        f"projects_{key}",
        lambda: charts.indicators(chosen, shot.indicators, shot.elapsed),
        clickable=True,
    )
    names = {key: f"{key} {row['content']}" for key, row in by_index(chosen).items()}
    picked = st.selectbox(
        labels.OPEN_PROJECT,
        list(names),
        index=None,
        key=f"open_{key}",
        format_func=names.__getitem__,
        placeholder=labels.OPEN_PROJECT_HINT,
    )
    if picked or clicked:
        go("project", id=str(picked or clicked))


def lagging(shot: Snapshot) -> None:
    """The projects behind schedule: light, promise, whose it is, how far back and why."""
    if not shot.lagging:
        st.markdown(labels.NO_LAGGING)
        return
    grid = _cards()
    for key in shot.lagging:
        row = shot.rows[key]
        whose = f"{labels.joined(row['leads'])} · {labels.points(row['variance'])}"
        reason = labels.reason(shot.weakest(key))
        title = f"{coloured(row['light'])} **{key} {plain(row['content'])}**"
        _card(grid, key, title, whose, reason)


def downloads(view: View, filters: Filters) -> None:
    """A card a format, whose document is made when its button is clicked.

    That happens in another thread, on the snapshot that was looked at: the page may have moved on.
    """
    shot = view.snapshot

    def made(each: Format) -> Callable[[], bytes]:
        return lambda: each.build(
            snapshot.at(shot.dataset, shot.period.id, shot.fingerprint, filters)
        )

    grid = st.grid(min_column_width=300)
    for each in FORMATS.values():
        with grid.container(border=True, height="stretch", vertical_alignment="distribute"):
            name = each.file_name(shot.dataset, shot.period, filters)
            st.markdown(f"**{plain(each.label)}**  \n{plain(each.words.purpose)}")
            st.download_button(
                plain(exports.download(each.label)),
                made(each),
                file_name=name,
                mime=each.media,
                key=f"download_{each.name}",
                icon=":material/download:",
                on_click="ignore",
                width="stretch",
            )


def _cards() -> Any:
    """As many columns as the screen has room for."""
    return st.grid(min_column_width=420)


def _card(grid: Any, project: str, title: str, words: str, small: str) -> None:
    """A card about a project, with the way to its evidence; `title` is Markdown, the rest text."""
    with grid.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
        lines = [title, plain(words), f":gray[{plain(small)}]"]
        st.markdown("  \n".join(lines), width="stretch")
        link("project", labels.EVIDENCE, id=project)


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


def findings_of_rule(view: View, code: str, found: Sequence[Finding]) -> None:
    """A rule with its reason, and every project it is about."""
    words = labels.RULES[code]
    st.subheader(f"{plain(words.title)}（{labels.SEVERITY[found[0].severity]} {len(found)}）")
    note(words.why)
    rows = view.snapshot.rows
    grid = _cards()
    for each in found:
        row = rows[each.project]
        title = f"**{each.project} {plain(row['content'])}**"
        message = f"{labels.joined(row['leads'])}：{each.message}"
        _card(grid, each.project, title, message, labels.quoted(each.quotes))


def history(view: View, project: str) -> Chart:
    """A project's completion over all periods up to the one looked at."""
    document = view.state.document
    assert document is not None
    until = document.dataset.periods.index(view.snapshot.period) + 1
    shots = [
        taken(view.state.fingerprint, period.id, view.state)
        for period in document.dataset.periods[:until]
    ]
    return charts.history(
        [shot.period.label for shot in shots],
        {
            labels.COLUMN["completion"]: [shot.rows[project]["completion"] for shot in shots],
            labels.ELAPSED: [shot.elapsed for shot in shots],
        },
    )
