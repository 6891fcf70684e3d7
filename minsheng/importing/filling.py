"""A report as it is typed into a form, and back: what is no number is named, never guessed.

A reading is typed as `Typed`: a text a field, True or False, or the list of quotes. Empty is not
stated. `Refused` are all that a person has to mend, as sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from minsheng import importing
from minsheng.dataset import editing, schema
from minsheng.grammar import fold
from minsheng.grammar.proposals import Proposal
from minsheng.importing.matching import fitted
from minsheng.importing.readings import reading as read
from minsheng.labels import desk as say
from minsheng.labels import faults
from minsheng.labels.importing import FLAGS
from minsheng.model import Dataset, Indicator, Project, Reading, Refused, Report

Typed = dict[str, Any]
NUMBERS = ("done", "claimed", "underway", "target")
MOST = {"claimed": 1000.0}

_NO_READING = Reading()
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,10})?")
_STAGE = re.compile(r"(.*\S)[\s:：]+(\S+)")


@dataclass(frozen=True)
class Read:
    """What the words are proposed to say of an indicator, and what to look at before believing."""

    typed: Typed
    flags: tuple[str, ...]


def typed(reading: Reading) -> Typed:
    return {
        **{key: _shown(getattr(reading, key)) for key in NUMBERS},
        "quotes": list(reading.quotes),
        "declared": reading.declared,
        "approx": reading.approx,
        "claimed_of": reading.claimed_of or "",
        "preparing": reading.preparing,
        "stages": "\n".join(f"{name} {_shown(n)}" for name, n in reading.stages.items()),
    }


def reading(said: Typed, name: str, before: Reading = _NO_READING) -> Reading:
    """What no field shows (by place, of this period) stays as it was before. Raises Refused."""
    mistakes: list[str] = []
    numbers = {key: _number(said[key], name, say.FIELDS[key], mistakes) for key in NUMBERS}
    for key, most in MOST.items():
        if (numbers[key] or 0) > most:
            limit = _shown(int(most))
            mistakes.append(say.TOO_LARGE.format(name=name, field=say.FIELDS[key], limit=limit))
    if numbers["target"] == 0:
        mistakes.append(say.NO_TARGET.format(name=name))
    if said["quotes"] and not said["done"].strip():
        mistakes.append(say.QUOTES_WITHOUT_DONE.format(name=name))
    if said["claimed_of"].strip() and not said["claimed"].strip():
        mistakes.append(say.PART_WITHOUT_CLAIM.format(name=name))
    stages = _stages(said["stages"], name, mistakes)
    if mistakes:
        raise Refused(*mistakes)
    stated = {
        **numbers,
        "quotes": tuple(said["quotes"]),
        "declared": said["declared"],
        "approx": said["approx"],
        "claimed_of": said["claimed_of"].strip() or None,
        "preparing": said["preparing"],
        "stages": stages,
    }
    return before.model_copy(update=stated)


def readings(said: Mapping[str, Typed], before: Report | None = None) -> dict[str, Reading]:
    """By name of the indicator, those of which anything is stated. Raises Refused of all."""
    read = before.readings if before else {}
    found: dict[str, Reading] = {}
    mistakes: list[str] = []
    for name, each in said.items():
        try:
            found[name] = reading(each, name, read.get(name, _NO_READING))
        except Refused as more:
            mistakes += more.sentences
    if mistakes:
        raise Refused(*mistakes)
    return {name: made for name, made in found.items() if made != Reading()}


def alone(dataset: Dataset, project: Project, period: str, report: Report) -> Dataset:
    """The dataset with this project only, and with this report: what is measured beside a form.

    Raises:
        Refused: what the file must not be.
    """
    known = dataset.model_copy(update={"projects": (project,)})
    made = editing.edited(known, [editing.SetReport(project.id, period, report)])
    schema.check(made)
    return made


def proposed(project: Project, words: str) -> tuple[dict[str, Read], tuple[str, ...]]:
    """What the text says of the project's own indicators, by name; and the names of what else the
    promise would be read to promise."""
    row = importing.Row(number=1, where="", content=project.content, progress=words)
    pairs, strange = fitted(importing.proposed(row), project)
    found = {own.name: from_proposal(proposal, words) for own, proposal in pairs}
    return found, tuple(each.name for each in strange)


def from_proposal(proposal: Proposal, words: str) -> Read:
    return Read(typed(read(proposal, words) or Reading()), flags_of(proposal))


def flags_of(proposal: Proposal) -> tuple[str, ...]:
    return tuple(flag for flag in FLAGS if flag in proposal.flags)


def completed(said: Typed, read: Read) -> Typed:
    """What is empty filled with what was read; what a person has typed stays."""
    made = dict(said)
    for key, value in read.typed.items():
        if key not in ("quotes", "approx", "claimed_of") and not said[key]:
            made[key] = value
    if made["done"] == read.typed["done"] and not said["quotes"]:
        made |= {"quotes": read.typed["quotes"], "approx": read.typed["approx"] or said["approx"]}
    if made["claimed"] == read.typed["claimed"] and not said["claimed_of"]:
        made["claimed_of"] = read.typed["claimed_of"]
    return made


def confirmed(proposal: Proposal, said: Typed) -> Proposal:
    """The proposal as a person has confirmed it: nothing is left to look at. Raises Refused."""
    made = reading(said, proposal.name)
    return replace(
        proposal,
        target=proposal.target if made.target is None else made.target,
        done=made.done,
        quotes=made.quotes,
        declared=made.declared,
        claimed=made.claimed,
        claimed_of=made.claimed_of,
        underway=made.underway,
        preparing=made.preparing,
        stages=made.stages,
        flags=frozenset({"approx"}) if made.approx else frozenset(),
    )


def of_report(indicators: Sequence[Indicator], report: Report | None) -> dict[str, Typed]:
    """A form's readings by name; an indicator without a reading has empty fields."""
    read = report.readings if report else {}
    return {each.name: typed(read.get(each.name, Reading())) for each in indicators}


def _shown(value: int | float | None) -> str:
    return "" if value is None else f"{Decimal(str(value)):f}"


def _number(words: str, name: str, field: str, mistakes: list[str]) -> int | float | None:
    plain = fold(words).strip()
    if not plain:
        return None
    if _NUMBER.fullmatch(plain):
        return float(plain) if "." in plain else int(plain)
    if re.fullmatch(r"[-−]\d+(?:\.\d+)?", plain):
        mistakes.append(say.NEGATIVE.format(name=name, field=field, value=words.strip()))
        return None
    meant = schema.number_meant(words)
    cure = faults.WRITE.format(value=meant) if meant else faults.WRITE_NUMBER
    mistakes.append(say.NOT_A_NUMBER.format(name=name, field=field, value=words.strip(), cure=cure))
    return None


def _stages(words: str, name: str, mistakes: list[str]) -> dict[str, int | float]:
    found: dict[str, int | float] = {}
    for line in words.splitlines():
        if not line.strip():
            continue
        parts = _STAGE.fullmatch(line.strip())
        if parts is None:
            mistakes.append(say.NOT_A_STAGE.format(name=name, line=line.strip()))
            continue
        if parts[1] in found:
            mistakes.append(say.STAGE_TWICE.format(name=name, stage=parts[1]))
        count = _number(parts[2], name, say.stage_field(parts[1]), mistakes)
        if count is not None:
            found[parts[1]] = count
    return found
