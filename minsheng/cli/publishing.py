"""The command publish: static pages for the public."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from minsheng.cli.common import FILE, stopping
from minsheng.export.site import publishing
from minsheng.labels import publish as say
from minsheng.lists import folder


@click.command("publish", help=say.CLI)
@FILE
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help=say.CLI_OUT
)
@click.option("--with-findings", is_flag=True, help=say.CLI_FINDINGS)
def command(file: Path, out: Path, with_findings: bool) -> None:
    with stopping(file):
        count = len(publishing.sources(file))
        work = publishing.publish(file, out, with_findings)
        label = say.CLI_BUILDING.format(count=count)
        with click.progressbar(work, length=count, label=label, file=sys.stderr) as bar:
            steps = list(bar)
    bad = [step for step in steps if step.problems]
    for step in sorted(bad, key=lambda each: each.source.path):
        click.echo(say.broken(str(step.source.path), list(step.problems), step.has_pages), err=True)
    strays = folder.read(file).strays if file.is_dir() else {}
    for path, problem in strays.items():
        click.echo(problem.at(path), err=True)
    written = [step for step in steps if step.pages]
    pages, size = sum(step.pages for step in written), sum(step.size for step in written)
    click.echo(say.done(str(out), len(steps), len(written), len(bad), pages, size))
    if bad or strays:
        raise SystemExit(1)
