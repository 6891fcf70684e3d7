"""The command line: check, show, export, schema.

Exit status: 0 sound, 1 the file has problems, 2 the call is wrong (click's own).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import click

from minsheng import labels, schema, snapshot, store
from minsheng.export import FORMATS, ExportError, json_text
from minsheng.labels import exports
from minsheng.model import Dataset, DatasetError, Light, Problem
from minsheng.schema import Document
from minsheng.snapshot import EVERYTHING, Filters, Snapshot

DEFAULT = Path("data/projects.yaml")
_FILE = click.argument("file", type=click.Path(path_type=Path), default=DEFAULT)
_PERIOD = click.option("--period", metavar="ID", help=labels.CLI_PERIOD)


@click.group(help=labels.CLI)
def main() -> None:
    pass


@main.command(help=labels.CLI_CHECK)
@_FILE
@_PERIOD
@click.option("--findings", is_flag=True, help=labels.CLI_FINDINGS)
def check(file: Path, period: str | None, findings: bool) -> None:
    document = _read(file)
    shot = _measure(document, period)
    if findings:
        for each in shot.findings:
            line = document.line("projects", shot.places[each.project])
            title = labels.RULES[each.code].title
            click.echo(f"{file}:{line}: {each.project} {title}：{each.message}")
    click.echo(labels.sound(len(shot.projects), len(shot.findings)))


@main.command(help=labels.CLI_SHOW)
@_FILE
@_PERIOD
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def show(file: Path, period: str | None, form: str) -> None:
    shot = _measure(_read(file), period)
    click.echo(json_text.dumps(shot) if form == "json" else _table(shot))


@main.command("export", help=exports.CLI)
@_FILE
@_PERIOD
@click.option(
    "--format",
    "names",
    metavar=exports.CLI_LIST,
    multiple=True,
    required=True,
    help=exports.CLI_FORMAT.format(known=",".join(FORMATS)),
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help=exports.CLI_OUT
)
@click.option(
    "--category", "categories", metavar=exports.CLI_LIST, multiple=True, help=exports.CLI_CATEGORY
)
@click.option(
    "--department",
    "departments",
    metavar=exports.CLI_LIST,
    multiple=True,
    help=exports.CLI_DEPARTMENT,
)
@click.option("--light", "lights", metavar=exports.CLI_LIST, multiple=True, help=exports.CLI_LIGHT)
def export_documents(
    file: Path,
    period: str | None,
    names: tuple[str, ...],
    out: Path,
    categories: tuple[str, ...],
    departments: tuple[str, ...],
    lights: tuple[str, ...],
) -> None:
    state = store.Store(file).current()
    if state.document is None:
        _stop(file, state.problems)
    dataset = state.document.dataset
    formats = _known(names, {name: name for name in FORMATS}, "--format")
    filters = _filters(dataset, categories, departments, lights)
    shot = _measure(state.document, period, state.fingerprint, filters)
    failed = False
    for each in map(FORMATS.__getitem__, formats):
        path = out / each.file_name(dataset, shot.period, filters)
        try:
            data = each.build(shot)
            store.deliver(path, data)
        except ExportError as error:
            failed = True
            click.echo(exports.not_made(each.label, str(error)), err=True)
        except OSError as error:
            failed = True
            click.echo(exports.not_written(str(path), error.strerror), err=True)
        else:
            click.echo(exports.written(each.label, str(path), len(data), len(shot.projects)))
    if failed:
        raise SystemExit(1)


def _filters(
    dataset: Dataset,
    categories: tuple[str, ...],
    departments: tuple[str, ...],
    lights: tuple[str, ...],
) -> Filters:
    """Categories go by number or name, departments and lights by name."""
    names = {each.category: each.category_number for each in dataset.projects}
    numbers = dict.fromkeys(each.category_number for each in dataset.projects)
    leads = dict.fromkeys(lead for each in dataset.projects for lead in each.leads)
    words = {labels.LIGHT[light]: light for light in Light}
    return Filters(
        _known(categories, names | {each: each for each in numbers}, "--category"),
        _known(departments, {each: each for each in leads}, "--department"),
        tuple(Light(each) for each in _known(lights, words, "--light")),
    )


def _known(wanted: tuple[str, ...], known: Mapping[str, str], option: str) -> tuple[str, ...]:
    """What the values mean, each once; they may be given one by one or as a list with commas."""
    values = [each.strip() for value in wanted for each in exports.COMMA.split(value)]
    for value in filter(None, values):
        if value not in known:
            offered = labels.joined(known)
            raise click.BadParameter(
                exports.CLI_UNKNOWN.format(value=value, known=offered), param_hint=option
            )
    return tuple(dict.fromkeys(known[value] for value in values if value))


@main.command("schema", help=labels.CLI_SCHEMA)
def print_schema() -> None:
    click.echo(json.dumps(schema.json_schema(), ensure_ascii=False, indent=2))


def _read(file: Path) -> Document:
    try:
        return store.read(file)
    except DatasetError as error:
        _stop(file, error.problems)


def _stop(file: Path, problems: tuple[Problem, ...]) -> NoReturn:
    for problem in problems:
        click.echo(problem.at(file))
    raise SystemExit(1)


def _measure(
    document: Document, period: str | None, fingerprint: str = "", filters: Filters = EVERYTHING
) -> Snapshot:
    try:
        return snapshot.at(document.dataset, period, fingerprint, filters)
    except KeyError:
        known = labels.joined(each.id for each in document.dataset.periods)
        raise click.BadParameter(
            labels.NO_PERIOD.format(period=period, known=known), param_hint="--period"
        ) from None


def _table(shot: Snapshot) -> str:
    rows = [
        (
            key,
            labels.percent(row["completion"]),
            labels.percent(row["weakest"]),
            labels.percent(row["claimed"]),
            labels.DELIVERY[row["delivery"]],
            labels.light(row["light"]),
            labels.joined(row["leads"]),
            row["content"],
        )
        for key, row in shot.rows.items()
    ]
    heads = ("id", "completion", "weakest", "claimed", "delivery", "light", "leads", "content")
    head = "\t".join(labels.COLUMN.get(name, name) for name in heads)
    return "\n".join([head, *("\t".join(row) for row in rows)])
