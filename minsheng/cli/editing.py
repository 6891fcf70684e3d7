"""Commands that write the dataset file: new-period, history, restore."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
from pathlib import Path

import click
from pydantic import ValidationError

from minsheng import labels
from minsheng.cli.common import LIST, LIST_OPTION, opened, stopping
from minsheng.dataset import editing, history, schema, store
from minsheng.dataset.schema import Document
from minsheng.labels import editing as say
from minsheng.model import Period


def _user() -> str:
    with contextlib.suppress(KeyError, OSError):  # a container's user may have no name
        return getpass.getuser()
    return ""


_WHO = click.option("--who", metavar="NAME", default=_user, help=say.CLI_WHO)


@click.command("new-period", help=say.CLI_NEW_PERIOD)
@click.argument("period", metavar="ID")
@click.option(
    "--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help=say.CLI_AS_OF
)
@click.option("--label", metavar="NAME", help=say.CLI_LABEL)
@LIST_OPTION
@_WHO
def new_period(period: str, as_of: dt.datetime, label: str | None, file: Path, who: str) -> None:
    name = label or say.period_label(period)
    if not name:
        raise click.BadParameter(say.NO_LABEL.format(id=period), param_hint="--label")
    try:
        made = Period(id=period, label=name, as_of=as_of.date())
    except ValidationError:
        raise click.BadParameter(say.BAD_PERIOD.format(id=period), param_hint="ID") from None
    document, expected = opened(file)
    with stopping(file):
        dataset = editing.edited(document.dataset, [editing.AddPeriod(made)])
        _save(
            file,
            editing.written(document, dataset),
            expected,
            who,
            say.WHY_PERIOD.format(id=period),
        )
    click.echo(say.PERIOD_ADDED.format(id=period, label=name, as_of=made.as_of, file=file))


@click.command("history", help=say.CLI_HISTORY)
@LIST
def show_history(file: Path) -> None:
    with stopping(file):
        versions = history.versions(file)
        if not versions:
            store.raw(file)  # there may be no such file; one without a history has nothing to list
    for version in versions:
        when = labels.moment(version.when)
        told = say.told(version.who, version.why, version.outside, version.number)
        click.echo("\t".join([version.fingerprint[:12], when, *told]))


@click.command(help=say.CLI_RESTORE)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("fingerprint")
@_WHO
@click.option("--why", required=True, metavar="REASON", help=say.CLI_WHY)
def restore(file: Path, fingerprint: str, who: str, why: str) -> None:
    with stopping(file):
        found = {each.fingerprint for each in history.versions(file)}
        meant = [each for each in found if each.startswith(fingerprint)]
        if len(meant) != 1:
            words = say.SEVERAL_VERSIONS if meant else say.NO_VERSION
            raise click.BadParameter(
                words.format(fingerprint=fingerprint), param_hint="FINGERPRINT"
            )
        document = schema.loads(history.version_text(file, meant[0]).encode())
        _save(file, document, store.fingerprint(store.raw(file)), who, why)
    click.echo(say.RESTORED.format(file=file, fingerprint=meant[0][:12]))


def _save(file: Path, document: Document, expected: str, who: str, why: str) -> None:
    history.save(file, document, expected=expected, who=who, why=why, when=dt.datetime.now(dt.UTC))
