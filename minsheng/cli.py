"""The command line: check, show, schema, import, new-period, history, restore.

Exit status: 0 sound, 1 the file has problems, 2 the call is wrong (click's own).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
from collections.abc import Iterator
from pathlib import Path

import click
from pydantic import ValidationError

from minsheng import cli_import, editing, history, labels, schema, snapshot, store
from minsheng.export import json_text
from minsheng.labels import editing as say
from minsheng.model import DatasetError, Period
from minsheng.schema import Document
from minsheng.snapshot import Snapshot


def _user() -> str:
    with contextlib.suppress(KeyError, OSError):  # a container's user may have no name
        return getpass.getuser()
    return ""


DEFAULT = Path("data/projects.yaml")
_FILE = click.argument("file", type=click.Path(path_type=Path), default=DEFAULT)
_PERIOD = click.option("--period", metavar="ID", help=labels.CLI_PERIOD)
_SAID = (editing.EditError, history.SaveRefused, history.SaveFault, history.Conflict)
_WHO = click.option("--who", metavar="NAME", default=_user, help=say.CLI_WHO)


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


@main.command("new-period", help=say.CLI_NEW_PERIOD)
@click.argument("period", metavar="ID")
@click.option(
    "--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help=say.CLI_AS_OF
)
@click.option("--label", metavar="NAME", help=say.CLI_LABEL)
@click.option("--file", type=click.Path(path_type=Path), default=DEFAULT, help=say.CLI_FILE)
@_WHO
def new_period(period: str, as_of: dt.datetime, label: str | None, file: Path, who: str) -> None:
    name = label or say.period_label(period)
    if not name:
        raise click.BadParameter(say.NO_LABEL.format(id=period), param_hint="--label")
    try:
        made = Period(id=period, label=name, as_of=as_of.date())
    except ValidationError:
        raise click.BadParameter(say.BAD_PERIOD.format(id=period), param_hint="ID") from None
    document, expected = _opened(file)
    with _stopping(file):
        text = editing.apply(document.text, [editing.AddPeriod(made)])
        _save(file, text, expected, who, say.WHY_PERIOD.format(id=period))
    click.echo(say.PERIOD_ADDED.format(id=period, label=name, as_of=made.as_of, file=file))


@main.command("history", help=say.CLI_HISTORY)
@_FILE
def show_history(file: Path) -> None:
    with _stopping(file):
        versions = history.versions(file)
    for version in versions:
        when = labels.moment(version.when)
        told = say.told(version.who, version.why, version.outside, version.number)
        click.echo("\t".join([version.fingerprint[:12], when, *told]))


@main.command(help=say.CLI_RESTORE)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("fingerprint")
@_WHO
@click.option("--why", required=True, metavar="REASON", help=say.CLI_WHY)
def restore(file: Path, fingerprint: str, who: str, why: str) -> None:
    with _stopping(file):
        found = {each.fingerprint for each in history.versions(file)}
        meant = [each for each in found if each.startswith(fingerprint)]
        if len(meant) != 1:
            words = say.SEVERAL_VERSIONS if meant else say.NO_VERSION
            raise click.BadParameter(
                words.format(fingerprint=fingerprint), param_hint="FINGERPRINT"
            )
        text = history.version_text(file, meant[0])
        _save(file, text, store.fingerprint(store.raw(file)), who, why)
    click.echo(say.RESTORED.format(file=file, fingerprint=meant[0][:12]))


def _save(file: Path, text: str, expected: str, who: str, why: str) -> None:
    history.save(file, text, expected=expected, who=who, why=why, when=dt.datetime.now(dt.UTC))


@contextlib.contextmanager
def _stopping(file: Path) -> Iterator[None]:
    """Whatever stops a command is said, and ends it with 1."""
    try:
        yield
    except DatasetError as error:
        for problem in error.problems:
            click.echo(problem.at(file))
        raise SystemExit(1) from None
    except _SAID as error:
        click.echo(str(error))
        raise SystemExit(1) from None


def _read(file: Path) -> Document:
    return _opened(file)[0]


def _opened(file: Path) -> tuple[Document, str]:
    with _stopping(file):
        return store.opened(file)


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
