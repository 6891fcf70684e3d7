"""The command export: the documents of the page 导出, with the same names."""

from __future__ import annotations

from pathlib import Path

import click

from minsheng.cli.common import LIST, PERIOD, measure, stop
from minsheng.dataset import store
from minsheng.export import FORMATS
from minsheng.labels import exports
from minsheng.measuring import choosing
from minsheng.model import Refused


@click.command("export", help=exports.CLI)
@LIST
@PERIOD
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
        stop(file, state.problems)
    dataset = state.document.dataset
    try:
        formats = choosing.known(names, {name: name for name in FORMATS}, "format")
        filters = choosing.filters(dataset, categories, departments, lights)
    except choosing.UnknownChoice as error:
        raise click.BadParameter(str(error), param_hint=f"--{error.kind}") from None
    shot = measure(state.document, period, state.fingerprint, filters)
    failed = False
    for each in map(FORMATS.__getitem__, formats):
        path = out / each.file_name(dataset, shot.period, filters)
        try:
            data = each.build(shot)
            store.deliver(path, data)
        except Refused as error:
            failed = True
            click.echo(exports.not_made(each.label, str(error)), err=True)
        except OSError as error:
            failed = True
            click.echo(exports.not_written(str(path), error.strerror), err=True)
        else:
            click.echo(exports.written(each.label, str(path), len(data), len(shot.rows)))
    if failed:
        raise SystemExit(1)
