"""What the commands share: their arguments, the file, and how they stop."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click

from minsheng import labels
from minsheng.dataset import store
from minsheng.dataset.schema import Document
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.model import DatasetError, Problem, Refused

DEFAULT = Path("data/projects.yaml")
FILE = click.argument("file", type=click.Path(path_type=Path), default=DEFAULT)
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
