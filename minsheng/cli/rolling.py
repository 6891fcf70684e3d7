"""The command rollup: what many lists come to, and who has not reported."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from minsheng import labels
from minsheng.cli.common import FILE, stopping
from minsheng.dataset import store
from minsheng.export import rollup as written
from minsheng.labels import lists as say
from minsheng.lists import amounts, counting, engines, folder, kept, rollup
from minsheng.lists.amounts import Identity
from minsheng.lists.engines import Engine, Frame
from minsheng.lists.kept import Kept
from minsheng.lists.rollup import Ask, By
from minsheng.model import Refused, Thresholds

_DAY = click.DateTime(["%Y-%m-%d"])


def _limits(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> Thresholds | None:
    if value is None:
        return None
    try:
        ahead, behind, far = map(float, value.replace("，", ",").split(","))
        return Thresholds(ahead=ahead, behind=behind, far_behind=far)
    except ValueError:
        raise click.BadParameter(say.BAD_LIMITS) from None


@click.command("rollup", help=say.CLI)
@FILE
@click.option("--as-of", "day", type=_DAY, help=say.CLI_AS_OF)
@click.option(
    "--by", type=click.Choice([each.value for each in By]), default="place", help=say.CLI_BY
)
@click.option("--level", type=click.Choice(list(say.LEVELS.values())), help=say.CLI_LEVEL)
@click.option("--missing", is_flag=True, help=say.CLI_MISSING)
@click.option("--since", type=_DAY, help=say.CLI_SINCE)
@click.option("--limits", metavar="10,10,30", callback=_limits, help=say.CLI_LIMITS)
@click.option("--engine", "engine_name", default=engines.PANDAS, help=say.CLI_ENGINE)
@click.option(
    "--format", "form", type=click.Choice(written.FORMATS), default="table", help=say.CLI_FORMAT
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=say.CLI_OUT)
def command(
    file: Path,
    day: dt.datetime | None,
    by: str,
    level: str | None,
    missing: bool,
    since: dt.datetime | None,
    limits: Thresholds | None,
    engine_name: str,
    form: str,
    out: Path | None,
) -> None:
    if form == "xlsx" and out is None:
        raise click.BadParameter(say.NEEDS_OUT, param_hint="--format")
    with stopping(file), engines.using(engine_name) as engine:
        rows, broken, unread = _rows(file, engine)
        chosen = _level(counting.levels(rows), level)
        ask = Ask(
            chosen,
            day.date() if day else dt.date.today(),
            By(by),
            limits,
            start=since.date() if since else None,
            unread=unread,
        )
        found = rollup.of(rows, ask)
        table = rollup.missing(rows, ask) if missing else found.table
        data = written.build(written.Answer(found, table, broken), form)
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        store.deliver(out, data)
    except OSError as error:
        click.echo(labels.exports.not_written(str(out), error.strerror), err=True)
        raise SystemExit(1) from None
    click.echo(say.written(table.name, str(out), len(data), len(table.rows)))


def _rows(path: Path, engine: Engine) -> tuple[Frame, tuple[str, ...], frozenset[str]]:
    """The rows of a folder of lists, or of one file that nothing is kept of; what is to be said of
    broken files; the places whose file gave nothing."""
    if not path.is_dir():
        document, fingerprint = store.opened(path)
        whose = Identity.of(document.dataset.code, document.dataset.parent)
        return engine.hold(amounts.of(document.dataset, whose, fingerprint)), (), frozenset()
    found = _kept(path)
    return engine.read(found.files), found.said(folder.read(path)), found.unread


def _kept(path: Path) -> Kept:
    sources, keeping = kept.sources(path), kept.folder_of(path)
    if not sources:
        raise Refused(say.no_lists(path))
    steps, left = kept.stale(sources, keeping)
    if left:
        label = say.CLI_BUILDING.format(count=len(left))
        with click.progressbar(length=len(left), label=label, file=sys.stderr) as bar:
            for step in kept.build(left, keeping):
                steps.append(step)
                bar.update(1)
    return kept.settled(steps, keeping)


def _level(there: list[str], wanted: str | None) -> str:
    """The level that was asked for, else the lowest that there is.

    Raises:
        click.BadParameter: there is no list of that level.
    """
    order = [level for level in (*reversed(say.LEVELS), "") if level in there]
    if wanted is None:
        return order[0] if order else "county"
    found = next(level for level, word in say.LEVELS.items() if word == wanted)
    if found not in there:
        known = labels.joined(say.LEVEL[level] for level in order)
        raise click.BadParameter(
            say.NO_LEVEL.format(level=wanted, known=known), param_hint="--level"
        )
    return found
