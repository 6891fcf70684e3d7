"""The command export: the documents of the page 导出, with the same names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from minsheng import labels
from minsheng.cli.common import FILE, PERIOD, measure, stop
from minsheng.dataset import store
from minsheng.export import FORMATS
from minsheng.labels import exports
from minsheng.measuring.snapshot import Filters
from minsheng.model import Dataset, Light, Refused


@click.command("export", help=exports.CLI)
@FILE
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
    formats = _known(names, {name: name for name in FORMATS}, "--format")
    filters = _filters(dataset, categories, departments, lights)
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
