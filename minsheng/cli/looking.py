"""Commands that only look: check, show, schema."""

from __future__ import annotations

import json
from pathlib import Path

import click

from minsheng import labels, printed
from minsheng.cli.common import FILE, PERIOD, measure, read
from minsheng.dataset import schema
from minsheng.export import json_text
from minsheng.measuring.snapshot import Snapshot


@click.command(help=labels.CLI_CHECK)
@FILE
@PERIOD
@click.option("--findings", is_flag=True, help=labels.CLI_FINDINGS)
def check(file: Path, period: str | None, findings: bool) -> None:
    document = read(file)
    shot = measure(document, period)
    if findings:
        for each in shot.findings:
            line = document.line("projects", shot.places[each.project])
            title = labels.RULES[each.code].title
            click.echo(f"{file}:{line}: {each.project} {title}：{each.message}")
    click.echo(labels.sound(len(shot.rows), len(shot.findings)))


@click.command(help=labels.CLI_SHOW)
@FILE
@PERIOD
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def show(file: Path, period: str | None, form: str) -> None:
    shot = measure(read(file), period)
    click.echo(json_text.dumps(shot) if form == "json" else _table(shot))


@click.command("schema", help=labels.CLI_SCHEMA)
def print_schema() -> None:
    click.echo(json.dumps(schema.json_schema(), ensure_ascii=False, indent=2))


def _table(shot: Snapshot) -> str:
    rows = [
        (
            key,
            printed.percent(row.completion),
            printed.percent(row.weakest),
            printed.percent(row.claimed),
            labels.DELIVERY[row.delivery],
            labels.light(row.light),
            labels.joined(row.leads),
            row.content,
        )
        for key, row in shot.rows.items()
    ]
    heads = ("id", "completion", "weakest", "claimed", "delivery", "light", "leads", "content")
    head = "\t".join(labels.COLUMN.get(name, name) for name in heads)
    return "\n".join([head, *("\t".join(row) for row in rows)])
