"""What pages share: the menu, the snapshot of this run, banners, links, choices, charts.

The only module beside app.py and pages/ that imports streamlit.
"""

from __future__ import annotations

import gc
import itertools
import logging
import os
import re
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st
from streamlit import runtime

from minsheng import charts, labels, snapshot, theme
from minsheng.charts import Chart
from minsheng.explanation import Step
from minsheng.findings import Finding
from minsheng.frames import by_index, records
from minsheng.model import Dataset, Light, Project, Report
from minsheng.snapshot import Snapshot
from minsheng.store import State, Store

ROOT = Path(__file__).resolve().parent.parent
WATCH_EVERY = 0.5
_in_menu: ContextVar[bool] = ContextVar("in_menu", default=False)


@dataclass(frozen=True)
class View:
    """What a page shows: the state of the file, and its last good figures at one period."""

    state: State
    snapshot: Snapshot


def menu() -> None:
    """Builds the menu and runs the chosen page. app.py is this call and nothing else."""
    page = _navigation()
    token = _in_menu.set(True)
    try:
        page.run()
    finally:
        _in_menu.reset(token)


def begin() -> View:
    """Opens a page: menu, banners, period. Stops the page where nothing can be shown."""
    if not _in_menu.get():
        # Streamlit ran the page by itself, under its own menu of the files in pages/: that is what
        # it does for the first address asked for after a start, unless that is app.py's. Building
        # the menu once ends that for the process, and the next run comes through app.py.
        _navigation()
        st.rerun()
    state = store().current()
    if state.document is None:
        st.title(labels.APP)
        _banner(state)
        problems(state)
        st.stop()
    _banner(state)
    period = _period(state.document.dataset)
    return View(state, _snapshot(state.fingerprint, period, state))


def end(view: View) -> None:
    """The foot line of every page: cut-off date, thresholds in force, dataset fingerprint."""
    st.divider()
    shot = view.snapshot
    note(labels.foot(shot.period.as_of, shot.dataset.thresholds, shot.fingerprint))


def note(words: str) -> None:
    """Small print. st.caption's own grey is too faint for tired eyes (WCAG asks for 4.5:1)."""
    st.markdown(f":small[:gray[{plain(words)}]]")


def _navigation() -> Any:
    st.set_page_config(
        page_title=labels.APP, page_icon=str(ROOT / "minsheng" / "icon.png"), layout="wide"
    )
    pages = [
        st.Page(ROOT / "pages" / f"{name}.py", title=title, default=name == "overview")
        for name, title in labels.PAGES.items()
    ]
    return st.navigation(pages, position="top")


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The one store of the process, watched from one thread that wakes the pages.

    Objects made so far are moved out of the reach of Streamlit's collection after every rerun,
    which costs ten times what a page does.
    """
    made = Store(Path(os.environ.get("MINSHENG_DATA", ROOT / "data" / "projects.yaml")))
    made.current()
    _settle()
    threading.Thread(target=_watch, args=(made,), name="dataset-watch", daemon=True).start()
    return made


def _watch(watched: Store) -> None:
    """A stat every half second for the whole process, however many pages are open."""
    seen = watched.current()
    while True:
        time.sleep(WATCH_EVERY)
        try:
            state = watched.current()
            if state is not seen:
                seen = state
                _settle()
                _wake_pages()
        except Exception:  # a watcher that died would be silent: the pages would just stay old
            logging.exception("dataset watch")


def _wake_pages() -> None:
    """Asks every open page to run again. There is no public call; a browser test holds this one."""
    if runtime.exists():
        instance = runtime.get_instance()
        loop = instance._get_async_objs().eventloop
        for info in instance._session_mgr.list_active_sessions():
            loop.call_soon_threadsafe(_wake, loop, info.session)


def _wake(loop: Any, session: Any) -> None:
    """On the event loop, as Streamlit's own messages. A page that is running is asked again when
    it is done: until then its address is not known, and it would come back without its choices."""
    if session._scriptrunner is None:
        session.request_rerun(session._client_state)
    else:
        loop.call_later(0.1, _wake, loop, session)


def _settle() -> None:
    """Collects now, and hides what is left from the collection after every rerun."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False, max_entries=24)
def _snapshot(fingerprint: str, period_id: str, _state: State) -> Snapshot:
    assert _state.document is not None
    return snapshot.at(_state.document.dataset, period_id, fingerprint)


@st.cache_resource(show_spinner=False, max_entries=256)
def _drawn(fingerprint: str, period_id: str, name: str, ink: str, _make: Any) -> Chart | None:
    chart: Chart | None = _make()
    if chart is not None:
        chart.figure.update_layout(font_color=ink)
    return chart


def _period(dataset: Dataset) -> str:
    """The period in the address; the last one where none is named."""
    names = {period.id: f"{period.label}（{period.id}）" for period in reversed(dataset.periods)}
    if len(names) == 1:
        return next(iter(names))
    return choose(labels.COLUMN["period"], "period", names)


def choose(label: str, key: str, options: Mapping[str, str], kind: str = "select") -> str:
    """A choice that lives in the address under `key`, as the ASCII value of `options`.

    The first option is the default and leaves the address as it is. A value that is not offered
    is named and the default taken.
    """
    default = next(iter(options))
    wanted = st.query_params.get(key, default)
    if wanted not in options:
        st.warning(plain(labels.NOT_OFFERED.format(label=label, value=wanted)))
        wanted = default
    widget = f"choose_{key}"
    st.session_state[widget] = wanted
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
        )
    return wanted


def _to_address(key: str, widget: str, default: str) -> None:
    chosen = st.session_state[widget]
    if chosen == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen


def link(page: str, label: str, **query: str) -> None:
    """A link to another page of the app, in the period that is looked at."""
    st.page_link(_file(page), label=label, query_params=_kept(query))


def go(page: str, **query: str) -> None:
    """Leaves for another page, as a click on `link` does."""
    st.switch_page(_file(page), query_params=_kept(query))


def _file(page: str) -> Path:
    return ROOT / "pages" / f"{page}.py"


def _kept(query: Mapping[str, str]) -> dict[str, str]:
    period = st.query_params.get("period")
    return {**query, **({"period": period} if period else {})}


def draw(
    view: View, key: str, make: Any, clickable: bool = False, heading: str = "", empty: str = ""
) -> str | None:
    """Draws a chart (made once for a dataset and period) with its table twin.

    `key` names everything `make` depends on beside the dataset and the period. Where there is
    nothing to draw, says `empty` or leaves the heading out too. Returns the `customdata` of the
    bar that was clicked.
    """
    shot = view.snapshot
    ink = theme.INK["dark" if st.context.theme.type == "dark" else "light"]
    chart = _drawn(shot.fingerprint, shot.period.id, key, ink, make)
    if heading and (chart is not None or empty):
        st.subheader(heading)
    if chart is None:
        if empty:
            note(empty)
        return None
    event = st.plotly_chart(
        chart.figure,
        key=f"chart_{key}",
        theme=None,
        config=labels.PLOTLY_CONFIG,
        alt=chart.alt,
        on_select="rerun" if clickable else "ignore",
        selection_mode="points",
    )
    _twin(key, chart.table)
    points = event.selection.points if clickable else []  # type: ignore[union-attr]
    return str(points[0]["customdata"]) if points else None


def _twin(key: str, table: pd.DataFrame) -> None:
    """The same figures as a table, built only while it is open."""
    twin = st.expander(labels.AS_TABLE, key=f"table_{key}", on_change="rerun")
    if twin.open:
        twin.table(rows(table), hide_index=True)


def rows(table: pd.DataFrame) -> pd.DataFrame:
    """A frame for st.table, which reads Markdown: text from the file is shown as typed."""
    return table.rename(columns=plain).map(lambda cell: plain(str(cell)))


_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Text from the file as Markdown that shows it as typed: nothing in it is interpreted."""
    return _PUNCTUATION.sub(r"\\\1", text).replace("\n", "  \n")


BADGE: Mapping[Light, Literal["blue", "green", "gray", "orange", "red"]] = {
    Light.DONE: "blue",
    Light.AHEAD: "green",
    Light.ON_TRACK: "gray",
    Light.BEHIND: "orange",
    Light.FAR_BEHIND: "red",
    Light.UNKNOWN: "gray",
}


def slug(name: str) -> str:
    """The ASCII value of a department in addresses; the same as long as its name is."""
    return f"{zlib.crc32(name.encode()):08x}"


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
    late = by_index(shot.lagging())
    if not late:
        st.markdown(labels.NO_LAGGING)
        return
    parts = {(row["project"], row["name"]): row for row in records(shot.indicators)}
    grid = _cards()
    for key, row in late.items():
        whose = f"{labels.joined(row['leads'])} · {labels.points(row['variance'])}"
        reason = labels.reason(parts[key, row["weakest_name"]])
        title = f"{coloured(row['light'])} **{key} {plain(row['content'])}**"
        _card(grid, key, title, whose, reason)


def _cards() -> Any:
    """As many columns as the screen has room for."""
    return st.grid(min_column_width=420)


def _card(grid: Any, project: str, title: str, words: str, small: str) -> None:
    """A card about a project, with the way to its evidence; `title` is Markdown, the rest text."""
    with grid.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
        lines = [title, plain(words), f":gray[{plain(small)}]"]
        st.markdown("  \n".join(lines), width="stretch")
        link("project", labels.EVIDENCE, id=project)


def coloured(light: Light) -> str:
    """The light's shape in its colour, as Markdown."""
    return f":{BADGE[light]}[{labels.LIGHT_SHAPE[light]}]"


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


def plain_code(text: str) -> str:
    """Text inside a Markdown code span."""
    return text.replace("`", "ˋ")


def report(report: Report) -> None:
    """The department's text, verbatim, with the words that done was read from marked."""
    quotes = [quote for reading in report.readings.values() for quote in reading.quotes]
    with st.container(border=True):
        st.markdown(_marked(report.text, quotes))
    if quotes:
        note(labels.MARKED)
    for name, words in (
        (labels.PROBLEMS_FIELD, report.problems),
        (labels.NEXT_STEPS_FIELD, report.next_steps),
    ):
        if words:
            st.markdown(f"**{name}** {plain(words)}")


def _marked(text: str, quotes: Sequence[str]) -> str:
    """The text as Markdown with a ground under the quotes; quotes that overlap are one mark."""
    marked = [False] * len(text)
    for quote in quotes:
        at = text.find(quote)
        while at >= 0:
            marked[at : at + len(quote)] = [True] * len(quote)
            at = text.find(quote, at + len(quote))
    pieces = []
    for mark, group in itertools.groupby(range(len(text)), key=marked.__getitem__):
        words = plain("".join(text[at] for at in group))
        pieces.append(f":blue-background[{words}]" if mark else words)
    return "".join(pieces)


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
    rows = by_index(view.snapshot.projects)
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
        _snapshot(view.state.fingerprint, period.id, view.state)
        for period in document.dataset.periods[:until]
    ]
    return charts.history(
        [shot.period.label for shot in shots],
        {
            labels.COLUMN["completion"]: [
                records(shot.projects.loc[[project]])[0]["completion"] for shot in shots
            ],
            labels.ELAPSED: [shot.elapsed for shot in shots],
        },
    )


def problems(state: State) -> None:
    """Every fault of the newest bytes, each with its place and cure."""
    for problem in state.problems:
        st.text(problem.at(state.path.name))


def _banner(state: State) -> None:
    """While the file is bad: the first faults, and that the figures are the last good ones."""
    if state.problems:
        shown = [problem.at(state.path.name) for problem in state.problems[:3]]
        st.error(
            "  \n".join([labels.bad_file(len(state.problems), state.saved_at), *map(plain, shown)])
        )
        if state.document is not None:
            link("data", labels.ALL_PROBLEMS)
    if state.vanished:
        st.warning(plain(labels.vanished(state.vanished)))
