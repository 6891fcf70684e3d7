"""What several pages show of projects and findings."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from minsheng import labels
from minsheng.measuring.findings import Finding
from minsheng.measuring.snapshot import Snapshot
from minsheng.ui import access
from minsheng.ui.markdown import moment, plain
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
        access.for_reader(str(state.path), state.path),
        moment(state.saved_at),
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
