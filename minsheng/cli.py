"""The command line: check, show, schema, passwd.

Exit status: 0 sound, 1 the file has problems, 2 the call is wrong (click's own).
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from minsheng import access, labels, schema, snapshot, store
from minsheng.export import json_text
from minsheng.labels import access as words
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


@main.command(help=words.CLI_PASSWD)
@click.argument("name", required=False)
def passwd(name: str | None) -> None:
    """The password is asked for: as an argument it would stay in the shell's history."""
    if name is None:
        name = click.prompt(words.CLI_NAME, value_proc=_account_name, err=True)
    else:
        _account_name(name)
    password = click.prompt(
        words.CLI_NEW_PASSWORD,
        hide_input=True,
        value_proc=lambda typed: _strong(typed, name),
        err=True,
    )
    if click.prompt(words.CLI_AGAIN, hide_input=True, default="", show_default=False, err=True) != (
        password
    ):
        raise click.ClickException(words.CLI_MISMATCH)
    click.echo(words.CLI_PASTE, err=True)
    click.echo(f'"{name}" = "{access.hash_password(password).line()}"')


def _account_name(name: str) -> str:
    if not access.is_name(name):
        raise click.BadParameter(words.CLI_BAD_NAME)
    return name


def _strong(password: str, name: str) -> str:
    if weakness := access.weakness(password, name):
        raise click.BadParameter(words.CLI_WEAK[weakness])
    return password


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
