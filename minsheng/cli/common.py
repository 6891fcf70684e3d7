"""What the commands share: their arguments, the file, and how they stop."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click

from minsheng import labels
from minsheng.dataset import store
from minsheng.dataset.schema import Document
from minsheng.labels import editing as say
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.model import DatasetError, Problem, Refused


def _file(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """The file named, else the one that the app shows, which is then named beside the answer."""
    if value is not None:
        return value
    path = Path(os.environ.get("MINSHENG_DATA") or "data/projects.yaml")
    click.echo(labels.CLI_ACTS_ON.format(path=path), err=True)
    return path


_PATH = click.Path(path_type=Path)
FILE = click.argument("file", type=_PATH, required=False, callback=_file)
FILE_OPTION = click.option("--file", type=_PATH, callback=_file, help=say.CLI_FILE)
PERIOD = click.option("--period", metavar="ID", help=labels.CLI_PERIOD)


@contextlib.contextmanager
def stopping(file: Path) -> Iterator[None]:
    """Whatever stops a command is said, and ends it with 1."""
    try:
        yield
    except DatasetError as error:
        stop(file, error.problems)
    except Refused as refusal:
        click.echo(str(refusal))
        raise SystemExit(1) from None


def stop(file: Path, problems: tuple[Problem, ...]) -> NoReturn:
    for problem in problems:
        click.echo(problem.at(file))
    raise SystemExit(1)


def read(file: Path) -> Document:
    return opened(file)[0]


def opened(file: Path) -> tuple[Document, str]:
    """The dataset and its fingerprint; ends the command where the file is none."""
    with stopping(file):
        return store.opened(file)


def measure(
    document: Document, period: str | None, fingerprint: str = "", filters: Filters = EVERYTHING
) -> Snapshot:
    try:
        return snapshot.at(document.dataset, period, fingerprint, filters)
    except KeyError:
        known = labels.joined(each.id for each in document.dataset.periods)
        raise click.BadParameter(
            labels.NO_PERIOD.format(period=period, known=known), param_hint="--period"
        ) from None
