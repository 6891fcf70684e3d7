"""The command `import`: a table's file to a draft of a dataset."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from minsheng import importing
from minsheng.cli.common import stopping
from minsheng.dataset import schema, store
from minsheng.importing import Head, Joined, Proposed, Source, worker
from minsheng.labels import importing as say

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("import", help=say.CLI_IMPORT)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help=say.CLI_OUT)
@click.option("--into", type=click.Path(path_type=Path), help=say.CLI_INTO)
@click.option("--report", "report_to", type=click.Path(path_type=Path), help=say.CLI_REPORT)
@click.option("--period", metavar="ID", help=say.CLI_PERIOD_NEW)
@click.option("--as-of", type=_DAY, metavar="YYYY-MM-DD", help=say.CLI_AS_OF)
@click.option("--title", help=say.CLI_TITLE)
@click.option("--place", help=say.CLI_PLACE)
@click.option("--force", is_flag=True, help=say.CLI_FORCE)
def command(
    file: Path,
    out: Path,
    into: Path | None,
    report_to: Path | None,
    period: str | None,
    as_of: dt.datetime | None,
    title: str | None,
    place: str | None,
    force: bool,
) -> None:
    if into and period is None:
        raise click.UsageError(say.CLI_INTO_PERIOD)
    if into and out.resolve() == into.resolve():
        raise click.UsageError(say.CLI_SAME.format(path=out))
    day = as_of.date() if as_of else None
    with stopping(into or out):
        source, read = worker.read(file.name, store.load(file, importing.LARGEST))
        rows = list(read)
        if into:
            joined = _joined(rows, into, str(period), day)
            text = joined.text
        else:
            joined = None
            head: Head = importing.head(source, title, place, period, day)
            text = importing.draft(rows, head, file.name)
        written = {out: text}
        if report_to:
            written[report_to] = importing.report.dumps(source, rows, joined)
        store.write_new({path: words.encode() for path, words in written.items()}, force)
    _tell(file.name, source, rows, joined, list(written))


def _joined(rows: list[Proposed], into: Path, period: str, as_of: dt.date | None) -> Joined:
    data = store.raw(into)
    dataset = schema.loads(data).dataset
    return importing.join(rows, data.decode(), importing.period_of(dataset, period, as_of))


def _tell(
    name: str, source: Source, rows: list[Proposed], joined: Joined | None, paths: list[Path]
) -> None:
    for line in importing.report.summary(name, source, rows, joined):
        click.echo(line)
    for path in paths:
        click.echo(say.WRITTEN.format(path=path))
