"""The command `import`: a table's file to a draft of a dataset."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from minsheng import importing
from minsheng.cli.common import stopping
from minsheng.dataset import schema, store
from minsheng.importing import Head, Joined, Proposed, Source, Wanted, worker
from minsheng.importing.periods import year_in
from minsheng.labels import importing as say
from minsheng.model import Refused

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
@click.option("--table", type=click.IntRange(1), metavar="N", help=say.CLI_TABLE)
@click.option("--month", type=click.IntRange(1, 12), metavar="M", help=say.CLI_MONTH)
@click.option("--force", is_flag=True, help=say.CLI_FORCE)
@click.option("--why", "with_why", is_flag=True, help=say.CLI_WHY)
def command(
    file: Path,
    out: Path,
    into: Path | None,
    report_to: Path | None,
    period: str | None,
    as_of: dt.datetime | None,
    title: str | None,
    place: str | None,
    table: int | None,
    month: int | None,
    force: bool,
    with_why: bool,
) -> None:
    if into and period is None:
        raise click.UsageError(say.CLI_INTO_PERIOD)
    if into and out.resolve() == into.resolve():
        raise click.UsageError(say.CLI_SAME.format(path=out))
    day = as_of.date() if as_of else None
    wanted = Wanted(table or 0, month or 0)
    with stopping(into or out):
        data = store.load(file, importing.LARGEST)
        if into:
            text, source, rows, joined, read = _joined(
                file.name, data, wanted, into, str(period), day, title
            )
        else:
            joined = None
            source, found = worker.read(file.name, data, _year(title, period), wanted)
            rows = list(found)
            head: Head = importing.head(source, title, place, period, day)
            read = head.read
            text = importing.draft(rows, head, file.name)
        written = {out: text}
        if report_to:
            written[report_to] = importing.report.dumps(source, rows, read, joined)
        store.write_new({path: words.encode() for path, words in written.items()}, force)
    for line in importing.report.reasons(rows) if with_why else ():
        click.echo(line)
    for line in importing.report.summary(file.name, source, rows, read, joined):
        click.echo(line)
    for path in written:
        click.echo(say.WRITTEN.format(path=path))


def _year(title: str | None, period: str | None) -> int | None:
    """The plan's, where an option names it."""
    return next((year for said in (title, period) if said and (year := year_in(said))), None)


def _joined(
    name: str,
    data: bytes,
    wanted: Wanted,
    into: Path,
    id_: str,
    as_of: dt.date | None,
    title: str | None,
) -> tuple[str, Source, list[Proposed], Joined, str]:
    known = store.raw(into)
    dataset = schema.loads(known).dataset
    period = importing.period_of(dataset, id_, as_of)
    source, found = worker.read(name, data, dataset.plan.start.year, wanted)
    if doubt := importing.question(source, title, dataset, period):
        raise Refused(doubt)
    rows = list(found)
    said = title or importing.title_of(source.above)
    read = say.title_read(said, period.id, period.label, period.as_of, True)
    joined = importing.join(rows, known.decode(), period)
    return joined.text, source, rows, joined, read
