"""填报: the report of one project in one period, with what it makes of the figures beside it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from minsheng import grammar, labels
from minsheng.dataset import editing
from minsheng.dataset.drafting import Draft
from minsheng.dataset.store import State
from minsheng.importing import filling
from minsheng.labels import desk as words
from minsheng.measuring import preview
from minsheng.measuring.findings import Finding
from minsheng.measuring.preview import Shift, Spread
from minsheng.model import Project, Refused, Report
from minsheng.server.keeping import taken
from minsheng.ui.address import choose, link
from minsheng.ui.desk import deciding, fields, state
from minsheng.ui.markdown import note, plain
from minsheng.ui.page import View
from minsheng.ui.parts import finding

Form = dict[str, Any]


def show(view: View, can: bool) -> None:
    when, what = st.columns([2, 3], vertical_alignment="bottom")
    with when:
        period = state.choose_period(view.state, can)
    held = state.draft(view.state)
    names = {each.id: words.project(each.id, each.content) for each in held.dataset.projects}
    if not names:
        st.info(words.NO_DOCUMENT)
        return
    with what:
        chosen = choose(words.PROJECT, "id", names)
    project = next(each for each in held.dataset.projects if each.id == chosen)
    deciding.steps(held.dataset, project, period)
    form = _form(project, period)
    key = f"fill_{period}_{chosen}"
    left, right = st.columns([3, 2], gap="large")
    with left:
        with st.container():
            if form["from"] != project.reports.get(period):
                _moved(form, project, period)
        _fields(form, project, key, can)
        with st.container():
            if _emptied(form, project):
                st.checkbox(words.EMPTY_BOX, **state.bound(form, "emptied", f"{key}_emptied"))
    with right:
        spread = _beside(view, held, project, period, form)
    with left, st.container(horizontal=True):
        st.button(
            words.STAGE,
            key=f"{key}_stage",
            type=state.main_button(),
            disabled=not can,
            on_click=_stage,
            args=(view.state, project, period, form),
        )
        st.button(
            words.RESET,
            key=f"{key}_reset",
            disabled=not can,
            on_click=_reset,
            args=(project, period),
        )
        if state.edits(view.state):
            link("data", words.TO_PREVIEW, tab="preview")
    if spread:
        deciding.bar(spread, len(state.edits(view.state)))


def _form(project: Project, period: str) -> Form:
    """What is typed; begun anew from the report while nobody has typed anything else."""
    forms: dict[tuple[str, str], Form] = st.session_state.setdefault(state.FORMS, {})
    place = project.id, period
    report = project.reports.get(period)
    if place not in forms or (
        forms[place]["from"] != report and _said(forms[place]) == _said(forms[place]["begun"])
    ):
        forms[place] = _begun(project, report)
    form = forms[place]
    form["readings"] = filling.of_report(project.indicators, None) | form["readings"]
    return form


def _begun(project: Project, report: Report | None) -> Form:
    def made() -> Form:
        return {
            "text": report.text if report else "",
            "problems": (report.problems if report else None) or "",
            "next_steps": (report.next_steps if report else None) or "",
            "readings": filling.of_report(project.indicators, report),
        }

    return {
        **made(),
        "from": report,
        "begun": made(),
        "flags": {},
        "settled": set(),
        "strange": (),
        "emptied": False,
        "measured": (None, None),
    }


def _said(form: Form) -> Form:
    return {key: form[key] for key in ("text", "problems", "next_steps", "readings")}


def _fields(form: Form, project: Project, key: str, can: bool) -> None:
    st.text_area(
        words.TEXT, height=150, disabled=not can, **state.bound(form, "text", f"{key}_text")
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words.READ,
            key=f"{key}_read",
            disabled=not can,
            on_click=_read,
            args=(form, project),
            width="content",
        )
        st.markdown(f":small[:gray[{plain(words.READ_HELP)}]]", width="stretch")
    with st.container():
        if form["strange"]:
            note(words.STRANGE.format(names=labels.joined(form["strange"])))
    quotable = grammar.quotes(form["text"])
    undecided = _undecided(form, project)
    with st.container():
        if undecided:
            st.markdown(f":orange[**{words.to_decide(len(undecided))}**]")
    # What was open when the form was begun stays first: an answer does not move its own field.
    open_first = _undecided(form["begun"], project)
    for at, each in sorted(
        enumerate(project.indicators), key=lambda pair: pair[1].name not in open_first
    ):
        with st.container():
            if each.name in undecided:
                deciding.answers(form, each.name, f"{key}_{at}", can)
        fields.reading(
            words.indicator(each.name, each.target, each.unit, each.counts),
            form["readings"][each.name],
            f"{key}_{at}",
            each.unit,
            quotable,
            form["flags"].get(each.name, ()),
            can,
        )
    if not project.indicators:
        note(words.NO_INDICATORS)
    first, second = st.columns(2)
    for place, field, label in (
        (first, "problems", words.PROBLEMS),
        (second, "next_steps", words.NEXT_STEPS),
    ):
        place.text_area(
            label, height=100, disabled=not can, **state.bound(form, field, f"{key}_{field}")
        )


def _undecided(form: Form, project: Project) -> list[str]:
    """The indicators of a reported project about which a person has not said what counts."""
    if not form["text"].strip():
        return []
    return [
        each.name
        for each in project.indicators
        if each.name not in form.get("settled", ())
        and each.name in form["readings"]
        and deciding.is_open(form["readings"][each.name], form.get("flags", {}).get(each.name, ()))
    ]


def _emptied(form: Form, project: Project) -> list[str]:
    """The indicators whose count the file has and the form has not."""
    before = form["from"].readings if form["from"] else {}
    return [
        each.name
        for each in project.indicators
        if (old := before.get(each.name)) is not None
        and old.done is not None
        and not form["readings"][each.name]["done"].strip()
    ]


def typed() -> bool:
    """Whether a form holds what is neither in the file nor staged."""
    forms: dict[tuple[str, str], Form] = st.session_state.get(state.FORMS, {})
    return any(_said(form) != _said(form["begun"]) for form in forms.values())


def _moved(form: Form, project: Project, period: str) -> None:
    st.warning(words.MOVED_MEANWHILE)
    with st.container(horizontal=True):
        st.button(words.TAKE_THEIRS, key="fill_theirs", on_click=_reset, args=(project, period))
        st.button(words.KEEP_MINE, key="fill_mine", on_click=_keep, args=(form, project, period))


def _keep(form: Form, project: Project, period: str) -> None:
    form["from"] = project.reports.get(period)


def _reset(project: Project, period: str) -> None:
    st.session_state[state.FORMS].pop((project.id, period), None)


def _read(form: Form, project: Project) -> None:
    if not form["text"].strip():
        state.say("warning", words.READ_NOTHING)
        return
    found, form["strange"] = filling.proposed(project, form["text"])
    form["flags"] = {name: each.flags for name, each in found.items()}
    for name, each in found.items():
        form["readings"][name] = filling.completed(form["readings"][name], each)
    form["settled"] = set()


def _report(form: Form, project: Project) -> Report:
    """Raises Refused."""
    own = {each.name: form["readings"][each.name] for each in project.indicators}
    before: Report | None = form["from"]
    stated = {
        "text": form["text"],
        "readings": filling.readings(own, before),
        "problems": form["problems"].strip() or None,
        "next_steps": form["next_steps"].strip() or None,
    }
    report = (before or Report(text="")).model_copy(update=stated)
    if report == Report(text="") and before is None:
        raise Refused(words.EMPTY_REPORT)
    return report


def _stage(held: State, project: Project, period: str, form: Form) -> None:
    try:
        if form["from"] != project.reports.get(period):
            raise Refused(words.MOVED_MEANWHILE)
        report = _report(form, project)
        if report == project.reports.get(period):
            raise Refused(words.NOTHING_NEW)
        if not form["emptied"] and (names := _emptied(form, project)):
            raise Refused(words.emptied(names))
        state.add(held, [editing.SetReport(project.id, period, report)])
    except Refused as error:
        state.say("error", str(error))
        return
    _reset(project, period)
    shown = words.project(project.id, project.content.rstrip("。；;"))
    state.say("success", words.STAGED.format(project=shown, period=period))


def _beside(view: View, held: Draft, project: Project, period: str, form: Form) -> Spread | None:
    """What the text holds, and what the figures of this project would be. Returns what all figures
    would be; None where what is typed cannot be measured, or the period is new."""
    st.subheader(words.NUMERALS)
    deciding.marked(form["text"], form["readings"].values())
    st.subheader(words.EFFECT)
    try:
        report = _report(form, project)
        change, found, spread = _measured(view.state, held, project, period, form, report)
    except Refused as error:
        if form["from"] is not None or form["text"]:
            fields.mistakes(error.sentences)
        else:
            note(words.EMPTY_REPORT)
        return None
    facts = [words.completion(change.completion), words.lights(change.light)]
    st.markdown("  \n".join(f"**{plain(each)}**" for each in facts if each))
    for each in found:
        finding(each)
    if not found:
        note(words.NO_FINDINGS)
    return spread


def _measured(
    file: State, held: Draft, project: Project, period: str, form: Form, report: Report
) -> tuple[Shift, tuple[Finding, ...], Spread | None]:
    """Measured once for what is typed: most runs change nothing of it. Raises Refused."""
    key = report, held, file.fingerprint
    if form["measured"][0] != key:
        assert file.document is not None
        known = any(each.id == period for each in file.document.dataset.periods)
        before = taken(file, period) if known else None
        after = filling.alone(held.dataset, project, period, report)
        own = preview.of_project(before, after, project.id, period)
        now = held.dataset.model_copy(update={"projects": (project,)})
        all_ = preview.spread(before, now, after, project.id) if before else None
        form["measured"] = key, (*own, all_)
    made: tuple[Shift, tuple[Finding, ...], Spread | None] = form["measured"][1]
    return made
