"""Text ⇄ Dataset, and every message about a bad file.

All faults are collected and raised once; one that only follows from another is left out. pydantic's
messages are put into Chinese here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from minsheng import labels
from minsheng.dataset import yaml_core
from minsheng.dataset.yaml_core import Path, Places
from minsheng.grammar import fold, scan
from minsheng.grammar import names as names_read
from minsheng.labels import faults as say
from minsheng.labels.faults import SCHEMA
from minsheng.model import (
    PERIOD_ID,
    Dataset,
    DatasetError,
    Problem,
    Project,
    Refused,
    Report,
)

LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True)
class Document:
    """A dataset and the text it was read from, so that every figure can name its line."""

    dataset: Dataset
    text: str = field(repr=False)

    @cached_property
    def _places(self) -> Places:
        return yaml_core.places(self.text)

    def line(self, *path: str | int) -> int:
        """The 1-based line of the path, or of the nearest thing above it that is written."""
        return _nearest(self._places, path)[0]


def loads(data: bytes) -> Document:
    """Reads a dataset file.

    Raises:
        DatasetError: with every fault of the file.
    """
    text = _decode(data)
    raw, problems = yaml_core.read(text)
    faults = _Faults()
    dataset = _dataset(raw, faults)
    if problems or faults.found or dataset is None:
        taken = {(problem.line, problem.column) for problem in problems}
        found = faults.problems(yaml_core.places(text)) if faults.found else ()
        raise DatasetError([*problems, *(p for p in found if (p.line, p.column) not in taken)])
    return Document(dataset, text)


def check(dataset: Dataset) -> None:
    """Whether a dataset is what a file may say; reads no YAML.

    Raises:
        Refused: with every fault, as a sentence.
    """
    faults = _Faults()
    _check(dataset, enumerate(dataset.projects), [each.id for each in dataset.periods], faults)
    if faults.found:
        raise Refused(*(message for _, message, _ in faults.found))


def json_schema() -> dict[str, Any]:
    """The JSON Schema that editors complete and explain keys with, in Chinese."""
    made = _tidy(Dataset.model_json_schema())
    return {"$schema": "http://json-schema.org/draft-07/schema#", **made}


def _tidy(node: Any) -> Any:
    """Without pydantic's titles and docstrings; a number is a number, an option just its kind."""
    if isinstance(node, list):
        return [_tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _tidy(value) for key, value in node.items() if not _is_noise(key, value, node)}
    kept = {_BOUNDS.get(key, key): value for key, value in kept.items()}
    choices = [each for each in kept.get("anyOf", ()) if each != {"type": "null"}]
    if choices and all(each.get("type") in ("integer", "number") for each in choices):
        choices = [choices[-1] | {"type": "number"}]
    if len(choices) == 1:
        del kept["anyOf"]
        kept = choices[0] | kept
        kept = {key: value for key, value in kept.items() if (key, value) != ("default", None)}
    return kept


# A bound on a union of numbers is left by pydantic under its own name.
_BOUNDS = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}


def _is_noise(key: str, value: Any, node: Mapping[str, Any]) -> bool:
    return (
        key == "allow_inf_nan"
        or (key == "title" and isinstance(value, str))
        or (key == "description" and "properties" in node and isinstance(value, str))
    )


def _decode(data: bytes) -> str:
    if len(data) > LARGEST:
        raise DatasetError([Problem(1, 1, SCHEMA["too_large"])])
    if data and not data.removeprefix(b"\xef\xbb\xbf").strip(b"\0"):
        raise DatasetError([Problem(1, 1, SCHEMA["zeros"])])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _UTF16.match(data):
        raise DatasetError([Problem(1, 1, SCHEMA["utf16"])])
    if (zero := data.find(b"\0")) >= 0:
        words = SCHEMA["some_zeros"].format(count=data.count(b"\0"))
        raise DatasetError([Problem(*_position(data, zero), words)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _position(data, error.start)
        raise DatasetError([Problem(*place, SCHEMA[_encoding(data)])]) from None


_UTF16 = re.compile(rb"(?:[\x01-\x7f]\0){4}|(?:\0[\x01-\x7f]){4}")


def _position(data: bytes, at: int) -> tuple[int, int]:
    line = data[data.rfind(b"\n", 0, at) + 1 : at]
    return data.count(b"\n", 0, at) + 1, len(line.decode("utf-8", "replace")) + 1


def _encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "not_text"
    return "gb18030"


@dataclass
class _Faults:
    """Faults by path; the place is looked up at the end, and only if there are any."""

    found: list[tuple[Path, str, bool]] = field(default_factory=list)

    def add(self, path: Path, message: str, at_key: bool = False) -> None:
        self.found.append((path, message, at_key))

    def problems(self, places: Places) -> Iterator[Problem]:
        for path, message, at_key in self.found:
            if at_key and path in places:
                yield Problem(*places[path][0], message)
            else:
                yield Problem(*_nearest(places, path), message)


def _nearest(places: Places, path: Path) -> tuple[int, int]:
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            key, value = places[path[:length]]
            return value if length == len(path) else key
    return 1, 1


def _dataset(raw: Any, faults: _Faults) -> Dataset | None:
    """Each project is validated by itself, so that a fault in one hides none in another."""
    if raw is None:
        faults.add((), SCHEMA["empty"])
        return None
    if not isinstance(raw, dict):
        faults.add((), SCHEMA["not_a_mapping"])
        return None
    rows = raw.get("projects")
    valid: list[Project] = []
    places: list[int] = []
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        project = _validated(Project, row, ("projects", at), faults)
        if isinstance(project, Project):
            valid.append(project)
            places.append(at)
    head = {**raw, "projects": []} if isinstance(rows, list) else raw
    dataset = _validated(Dataset, head, (), faults)
    periods = _period_ids(raw)  # None: their own faults are said, what follows from them is not
    head_or_none = dataset if isinstance(dataset, Dataset) else None
    _check(head_or_none, zip(places, valid, strict=True), periods, faults)
    faults.found = [each for each in faults.found if not _is_left_empty(raw, each[0])]
    if faults.found or head_or_none is None:
        return None
    return head_or_none.model_copy(update={"projects": tuple(valid)})


def _check(
    head: Dataset | None,
    projects: Iterable[tuple[int, Project]],
    periods: list[str] | None,
    faults: _Faults,
) -> None:
    """What no single value shows. `projects` are the sound ones with their places in the file."""
    if head is not None:
        _check_head(head, faults)
    _check_projects(projects, periods, faults)


def _is_left_empty(raw: Any, path: Path) -> bool:
    """Whether quotes miss a done that was written without a number: that is said already."""
    if path[-1:] != ("quotes",):
        return False
    for step in path[:-1]:
        raw = raw[step]
    return isinstance(raw, dict) and raw.get("done", 0) is None


def _period_ids(raw: Mapping[str, Any]) -> list[str] | None:
    """None where the periods are not written, or one of them has no right id."""
    rows = raw.get("periods")
    if not isinstance(rows, list):
        return None
    ids = [row.get("id") if isinstance(row, dict) else None for row in rows]
    right = [each for each in ids if isinstance(each, str) and re.fullmatch(PERIOD_ID, each)]
    return right if right and len(right) == len(ids) else None


def _validated(kind: type[BaseModel], raw: Any, path: Path, faults: _Faults) -> BaseModel | None:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        found = [
            (_location(each["loc"], raw), each)
            for each in error.errors(include_url=False, include_context=True)
        ]
        for where, each in _leading(kind, found):
            at_key = each["type"] == "extra_forbidden"
            faults.add(
                (*path, *where), _message(kind, each, where, _whose(kind, raw, where)), at_key
            )
        return None


def _leading(kind: type[BaseModel], found: list[tuple[Path, Any]]) -> Iterator[tuple[Path, Any]]:
    """Without the second word of a union, and without faults that only follow from another."""
    meant = {
        (*where[:-1], _meant(str(where[-1]), _keys(kind, where)))
        for where, each in found
        if each["type"] == "extra_forbidden"
    }
    seen: set[Path] = set()
    for where, each in found:
        follows = (each["type"] == "missing" and where in meant) or (
            each["type"] == "too_short"
            and any(other[: len(where)] == where and other != where for other, _ in found)
        )
        if where not in seen and not follows:
            yield where, each
        seen.add(where)


def _location(loc: tuple[str | int, ...], raw: Any) -> Path:
    """pydantic's place without what is not in the file: the names of a union's members."""
    path: list[str | int] = []
    node = raw
    for at, step in enumerate(loc):
        known = (isinstance(node, dict) and step in node) or (
            isinstance(node, list) and isinstance(step, int) and step < len(node)
        )
        if known:
            node = node[step]
            path.append(step)
        elif at == len(loc) - 1 and isinstance(node, dict) and step != "[key]":
            path.append(step)
        else:
            break
    return tuple(path)


def _whose(kind: type[BaseModel], raw: Any, path: Path) -> str:
    """项目 5.1「老年食堂」的 target: whom a fault is about, as far as the file says."""
    words = ""
    if kind is Project and isinstance(raw, dict):
        words = say.whose_project(str(raw.get("id", "")).strip("“”"))
        if len(path) > 1 and path[0] == "indicators" and isinstance(path[1], int):
            row = raw["indicators"][path[1]]
            name = row.get("name") if isinstance(row, dict) else None
            words += say.whose_indicator(name, path[1])
        elif "readings" in path[:-1]:
            words += say.whose_indicator(str(path[path.index("readings") + 1]), 0)
    named = [str(step) for step in path if isinstance(step, str)]
    return say.whose_key(words, named[-1]) if named else words


def _message(model: type[BaseModel], error: Mapping[str, Any], path: Path, whose: str) -> str:
    kind, value = error["type"], error["input"]
    key = str(path[-1]) if path else ""
    if kind == "missing":
        return SCHEMA["missing"].format(whose=whose)
    if kind == "extra_forbidden":
        return _unknown_key(model, key, path, whose)
    context = error.get("ctx", {})
    if key == "id" and not isinstance(value, str):
        return SCHEMA["id_quotes"].format(whose=whose, value=value)
    if kind in ("date_type", "date_from_datetime_parsing", "date_parsing") or "date" in kind:
        return SCHEMA["date"].format(whose=whose, value=_shown(value))
    template = SCHEMA.get(kind, SCHEMA["other"])
    cure = _cure(kind, value, next((step for step in reversed(path) if isinstance(step, str)), ""))
    bounds = {name: context[name] for name in ("gt", "ge", "le", "min_length") if name in context}
    limit = next(iter(bounds.values()), "")
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return template.format(
        whose=whose,
        value=_shown(value),
        cure=cure,
        limit=limit,
        expected=expected.replace(", ", "、"),
    )


def _shown(value: Any) -> str:
    if value is None or value == "":
        return say.NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return say.A_MAPPING
    if isinstance(value, list):
        return say.A_LIST
    words = str(value)
    return words if len(words) <= 30 else words[:29] + "…"


_PATTERNS = {"code": say.WRITE_CODE, "parent": say.WRITE_CODE, "upper": say.WRITE_UPPER}


def _cure(kind: str, value: Any, key: str = "") -> str:
    """What to write instead, where that can be read from what stands there."""
    if kind in ("int_type", "float_type") and not _HIDDEN.search(str(value)):
        number = number_meant(value)
        return say.WRITE.format(value=number) if number else say.WRITE_NUMBER
    if isinstance(value, str) and (hidden := _HIDDEN.search(value)):
        return say.HIDDEN.format(code=_code(hidden.group()))
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(key, say.WRITE_ID)
    if kind == "string_type" and isinstance(value, int | float):
        return say.WRITE.format(value=f'"{value}"')
    if isinstance(value, str) and ("：" in value or "［" in value or "｛" in value):
        return say.FULL_WIDTH
    return ""


def number_meant(value: Any) -> str:
    """五十 → 50, 0.7万 → 7000, "1,000" → 1000; empty where the words are not one number."""
    if not isinstance(value, str):
        return ""
    mentions = scan(value.strip() + "个").mentions or scan(value.strip()).mentions
    if len(mentions) != 1 or mentions[0].end - mentions[0].start < len(value.strip()) - 3:
        return ""
    return str(mentions[0].value)


def _unknown_key(model: type[BaseModel], key: str, path: Path, whose: str) -> str:
    if "：" in key:
        return SCHEMA["key_colon"].format(key=key)
    if ":" in key:
        return SCHEMA["key_space"].format(key=key)
    if hidden := _HIDDEN.search(key):
        return SCHEMA["key_hidden"].format(key=key, code=_code(hidden.group()))
    if key != key.strip():
        return SCHEMA["key_blank"].format(key=key)
    near = _meant(key, _keys(model, path))
    cure = say.NEAREST.format(near=near) if near else say.DELETE_KEY
    return SCHEMA["unknown_key"].format(whose=whose, cure=cure)


def _meant(key: str, known: list[str]) -> str:
    """The right key that a wrong one was meant to be; empty where none is near."""
    return _nearest_word(key.replace("：", ":").partition(":")[0].strip().lower(), known, 50)


_LONGEST = 100  # characters of a name that are compared: one may be a megabyte, and there are many


def _nearest_word(word: str, known: list[str], cutoff: float) -> str:
    found = process.extractOne(
        word[:_LONGEST],
        known,
        scorer=fuzz.ratio,
        processor=lambda each: each[:_LONGEST],
        score_cutoff=cutoff,
    )
    return found[0] if found else ""


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that may stand where the path's last one does."""
    for step in path[:-1]:  # an item's number and a name given by people lead to no other kind
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models(model.model_fields[step].annotation), model)
    return list(model.model_fields)


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """The models in a field's type: Report of dict[Text, Report]."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from _models(inner)


def _check_head(dataset: Dataset, faults: _Faults) -> None:
    plan, limits = dataset.plan, dataset.thresholds
    if plan.start >= plan.end:
        faults.add(("plan", "end"), SCHEMA["plan_order"].format(start=plan.start, end=plan.end))
    if limits.behind > limits.far_behind:
        faults.add(("thresholds", "far_behind"), SCHEMA["thresholds"])
    _check_name(dataset.place, ("place",), "place", faults)
    if dataset.parent is not None and dataset.parent == dataset.code:
        faults.add(("parent",), SCHEMA["parent"].format(code=dataset.code))
    seen: dict[str, int] = {}
    for at, period in enumerate(dataset.periods):
        if period.id in seen:
            faults.add(("periods", at, "id"), SCHEMA["period_twice"].format(id=period.id))
        seen[period.id] = at
        before = dataset.periods[at - 1] if at else None
        if before and period.as_of <= before.as_of:
            words = SCHEMA["period_order"].format(id=period.id, before=before.id, day=before.as_of)
            faults.add(("periods", at, "as_of"), words)
        if period.as_of < plan.start:
            words = SCHEMA["period_early"].format(id=period.id, start=plan.start)
            faults.add(("periods", at, "as_of"), words)


def _check_projects(
    projects: Iterable[tuple[int, Project]], periods: list[str] | None, faults: _Faults
) -> None:
    seen: dict[str, int] = {}
    names: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for at, project in projects:
        path: Path = ("projects", at)
        if project.id in seen:
            faults.add((*path, "id"), SCHEMA["id_twice"].format(id=project.id))
        seen.setdefault(project.id, at)
        number = project.category_number
        where, whose = (*path, "category"), say.whose_project(project.id)
        is_sound = _check_name(project.category, where, whose, faults)
        if is_sound and (
            names.setdefault(number, project.category) != project.category
            or numbers.setdefault(project.category, number) != number
        ):
            words = SCHEMA["category"].format(
                id=project.id, category=project.category, number=number, name=names[number]
            )
            faults.add(where, words)
        _check_project(project, path, periods, faults)


def _check_project(
    project: Project, path: Path, periods: list[str] | None, faults: _Faults
) -> None:
    whose = say.whose_project(project.id)
    _check_units(project, path, whose, faults)
    for at, part in enumerate(project.indicators):
        _check_name(part.name, (*path, "indicators", at, "name"), whose, faults)
        _check_unit(part.unit, (*path, "indicators", at, "unit"), whose, faults)
    names = [indicator.name for indicator in project.indicators]
    clear = len(set(names)) == len(names) and not any(map(_HIDDEN.search, names))
    for at, indicator in enumerate(project.indicators):
        here = (*path, "indicators", at)
        if indicator.name in names[:at]:
            words = SCHEMA["indicator_twice"].format(whose=whose, name=indicator.name)
            faults.add((*here, "name"), words)
        if (
            clear
            and indicator.part_of is not None
            and (indicator.part_of not in names or indicator.part_of == indicator.name)
        ):
            words = SCHEMA["part_of"].format(
                whose=whose,
                name=indicator.name,
                whole=indicator.part_of,
                cure=_near(indicator.part_of, names),
            )
            faults.add((*here, "part_of"), words)
    _check_milestones(project, path, names if clear else None, faults)
    for period, report in project.reports.items():
        here = (*path, "reports", period)
        if periods is not None and period not in periods:
            words = SCHEMA["no_period"].format(
                whose=whose, period=period, cure=_near(period, periods)
            )
            faults.add(here, words, at_key=True)
        _check_report(project, report, here, names if clear else None, faults)


# 各县（市、区）政府 is one name.
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def _check_units(told: Project | Report, path: Path, whose: str, faults: _Faults) -> None:
    """The units that lead and support, as a project or a later report names them."""
    for key, names in (("leads", told.leads), ("supports", told.supports)):
        for at, name in enumerate(names):
            where = (*path, key, at)
            is_sound = _check_unit(name, where, whose, faults)
            if is_sound and names_read.run_together(_BRACKETS.sub("", name)):
                faults.add(where, SCHEMA["name_two"].format(whose=whose, name=name))
            if any(mark in _BRACKETS.sub("", name) for mark in "，；、。,;"):
                faults.add(where, SCHEMA["leads_comma"].format(whose=whose, name=name))
            if name in names[:at]:
                faults.add(where, SCHEMA["lead_twice"].format(whose=whose, name=name))


def _check_milestones(
    project: Project, path: Path, names: list[str] | None, faults: _Faults
) -> None:
    """`names` None: the project's indicators are themselves at fault."""
    whose = say.whose_project(project.id)
    reached: dict[str | None, float] = {}  # the share under None, counts under their indicator
    for at, step in enumerate(project.milestones):
        here = (*path, "milestones", at)
        if step.share is None and not step.count and step.text is None:
            faults.add(here, SCHEMA["milestone_empty"].format(whose=whose, by=step.by))
        if step.share is not None and step.count:
            faults.add(here, SCHEMA["milestone_both"].format(whose=whose, by=step.by))
        for name in step.count:
            if names is not None and name not in names:
                words = SCHEMA["no_indicator"].format(
                    whose=whose, name=name, cure=_near(name, names)
                )
                faults.add((*here, "count", name), words, at_key=True)
        due: dict[str | None, float] = {} if step.share is None else {None: step.share}
        for name, count in step.count.items():
            due[name] = count
        late = at and step.by <= project.milestones[at - 1].by
        if late or any(each < reached.get(name, 0) for name, each in due.items()):
            faults.add(here, SCHEMA["milestones"].format(whose=whose))
        reached |= due


def _check_unit(name: str, path: Path, whose: str, faults: _Faults) -> bool:
    """Whether the name of a department, or of what is counted, is sound: it is compared letter by
    letter and checked against nothing, and “区民政局” in quotes would be another department."""
    if not _check_name(name, path, whose, faults, blanks=True):
        return False
    if name[0] in _QUOTES and name[-1] in _QUOTES:
        faults.add(path, SCHEMA["name_quotes"].format(whose=whose, name=name))
        return False
    return True


def _check_name(
    name: str, path: Path, whose: str, faults: _Faults, *, blanks: bool = False
) -> bool:
    """Whether a name is the one that is seen. With `blanks`, a break or a blank of another kind in
    it is a fault too."""
    plain = unicodedata.normalize("NFKC", name)
    odd = next((char for char in name if _RADICAL.match(char)), "")
    hidden = next((char for char in _HIDDEN.findall(name) if blanks or not char.isspace()), "")
    if hidden:
        faults.add(path, SCHEMA["name_hidden"].format(whose=whose, name=name, code=_code(hidden)))
    elif odd:
        meant = unicodedata.normalize("NFKC", odd)
        words = SCHEMA["name_stroke" if meant == odd else "name_radical"]
        faults.add(path, words.format(whose=whose, name=name, char=odd, meant=meant, right=plain))
    elif name != name.strip():
        faults.add(path, SCHEMA["name_blank"].format(whose=whose, name=name))
    else:
        return True
    return False


_QUOTES = "“”‘’"
# What is written and not seen: controls, soft hyphen, joiners, marks of direction, variations.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
# Radicals look like characters, and are others: \u2f70 for 示.
_RADICAL = re.compile("[\u2e80-\u2fdf\u31c0-\u31ef\uf900-\ufaff\U0002f800-\U0002fa1f]")


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"


def _check_report(
    project: Project, report: Report, path: Path, names: list[str] | None, faults: _Faults
) -> None:
    """`names` None: the project's indicators are themselves at fault."""
    whose = say.whose_project(project.id)
    _check_units(report, path, whose, faults)
    for name, reading in report.readings.items():
        here = (*path, "readings", name)
        if names is not None and name not in names:
            words = SCHEMA["no_indicator"].format(whose=whose, name=name, cure=_near(name, names))
            faults.add(here, words, at_key=True)
        if reading.claimed_of is not None and reading.claimed is None:
            words = SCHEMA["claimed_of"].format(whose=whose, name=name)
            faults.add((*here, "claimed_of"), words)
        if reading.quotes and reading.done is None:
            faults.add((*here, "quotes"), SCHEMA["quotes"].format(whose=whose, name=name))
        for at, quote in enumerate(reading.quotes):
            if quote not in report.text:
                words = SCHEMA["quote"].format(
                    whose=whose, name=name, quote=quote, cure=_quote_cure(quote, report.text)
                )
                faults.add((*here, "quotes", at), words)


def _near(word: str, known: list[str]) -> str:
    if hidden := _HIDDEN.search(word):
        return say.HIDDEN.format(code=_code(hidden.group()))
    if near := _nearest_word(word, known, 40):
        return say.NEAREST.format(near=near)
    return say.KNOWN.format(known=labels.joined(known[:20])) if known else say.KNOWN_NONE


def _quote_cure(quote: str, text: str) -> str:
    parts = [part.strip() for part in quote.replace("，", ",").split(",")]
    if len(parts) > 1 and all(part in text for part in parts):
        return say.QUOTE_COMMA
    if _squeezed(quote) in _squeezed(text):
        return say.QUOTE_WIDTH
    hidden = _HIDDEN.search(quote) or _HIDDEN.search(text)
    if hidden and _squeezed(_HIDDEN.sub("", quote)) in _squeezed(_HIDDEN.sub("", text)):
        return say.QUOTE_HIDDEN.format(code=_code(hidden.group()))
    return say.QUOTE_COPY


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())
