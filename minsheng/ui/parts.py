"""What several pages show of projects and findings."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from minsheng import labels
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.ui.cards import Card, Group, cards
from minsheng.ui.markdown import plain
from minsheng.ui.page import View


def summary(shot: Snapshot, chosen: Sequence[str]) -> str:
    """The chosen projects in one sentence."""
    rows = [shot.rows[project] for project in chosen]
    known = [row.completion for row in rows if row.completion is not None]
    return labels.summary(
        Counter(row.light for row in rows),
        statistics.fmean(known) if known else None,
        shot.elapsed,
    )


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
