"""The command line: check, show, import, schema.

Exit status: 0 sound, 1 the file has problems, 2 the call is wrong (click's own).
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from minsheng import cli_import, labels, schema, snapshot, store
from minsheng.export import json_text
from minsheng.model import DatasetError
from minsheng.schema import Document
from minsheng.snapshot import Snapshot

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


@main.command("schema", help=labels.CLI_SCHEMA)
def print_schema() -> None:
    click.echo(json.dumps(schema.json_schema(), ensure_ascii=False, indent=2))


main.add_command(cli_import.command)


def _read(file: Path) -> Document:
    try:
        return store.read(file)
    except DatasetError as error:
        for problem in error.problems:
            click.echo(problem.at(file))
        raise SystemExit(1) from None


def _measure(document: Document, period: str | None) -> Snapshot:
    try:
        return snapshot.at(document.dataset, period)
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
