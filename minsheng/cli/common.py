"""What the commands share: their arguments, the file, and how they stop."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from minsheng import labels
from minsheng.dataset import store
from minsheng.dataset.schema import Document
from minsheng.labels import editing as say
from minsheng.labels import lists as lists_words
from minsheng.lists import folder
from minsheng.measuring import snapshot
from minsheng.measuring.snapshot import EVERYTHING, Filters, Snapshot
from minsheng.model import DatasetError, Problem, Refused

F = TypeVar("F", bound=Callable[..., Any])


def _file(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """The file named, else the one that the app shows, which is then named beside the answer."""
    return value if value is not None else _named(shown_by_the_app())


def shown_by_the_app() -> Path:
    return Path(os.environ.get("MINSHENG_DATA") or "data/projects.yaml")


def _named(path: Path) -> Path:
    click.echo(labels.CLI_ACTS_ON.format(path=path), err=True)
    return path


def _list(context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """As `_file`; of a folder of lists the one that --place and --year choose."""
    path = value or shown_by_the_app()
    if path.is_dir():
        with stopping(path):
            found = folder.read(path)
            return _named(found.one(context.meta.get(_PLACE), context.meta.get(_YEAR)).path)
    return _file(context, _parameter, value)


def _note(context: click.Context, parameter: click.Parameter, value: str | int | None) -> None:
    context.meta[f"{__name__}.{parameter.name}"] = value


def _with_choice(file: Callable[[F], F]) -> Callable[[F], F]:
    """The options come first, whatever their order: the file is chosen by them."""
    place = click.option(
        "--place",
        "place",
        metavar="CODE",
        is_eager=True,
        expose_value=False,
        callback=_note,
        help=lists_words.CLI_PLACE,
    )
    year = click.option(
        "--year",
        "year",
        type=int,
        is_eager=True,
        expose_value=False,
        callback=_note,
        help=lists_words.CLI_YEAR,
    )
    return lambda command: file(place(year(command)))


_PLACE, _YEAR = f"{__name__}.place", f"{__name__}.year"
_PATH = click.Path(path_type=Path)
FILE = click.argument("file", type=_PATH, required=False, callback=_file)
LIST = _with_choice(click.argument("file", type=_PATH, required=False, callback=_list))
LIST_OPTION = _with_choice(click.option("--file", type=_PATH, callback=_list, help=say.CLI_FILE))
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
