"""Commands that only look: check, show, schema."""

from __future__ import annotations

import json
from pathlib import Path

import click

from minsheng import labels, printed
from minsheng.cli.common import FILE, LIST, PERIOD, measure, read
from minsheng.dataset import schema
from minsheng.dataset.schema import Document
from minsheng.export import json_text
from minsheng.labels import lists as lists_words
from minsheng.lists import folder
from minsheng.measuring.snapshot import Snapshot


@click.command(help=labels.CLI_CHECK)
@FILE
@PERIOD
@click.option("--findings", is_flag=True, help=labels.CLI_FINDINGS)
def check(file: Path, period: str | None, findings: bool) -> None:
    if file.is_dir():
        _check_all(file, findings)
        return
    document = read(file)
    shot = measure(document, period)
    if findings:
        _print_findings(file, document, shot)
    click.echo(labels.sound(len(shot.rows), len(shot.findings)))


def _check_all(path: Path, findings: bool) -> None:
    """Every list of a folder at its last period; the faults of one stand beside the others."""
    faults = lists = projects = found = 0
    for file, document, problems in folder.check(folder.read(path)):
        for problem in problems:
            click.echo(problem.at(file))
        faults += len(problems)
        if document is None:
            continue
        shot = measure(document, None)
        lists, projects, found = lists + 1, projects + len(shot.rows), found + len(shot.findings)
        if findings:
            _print_findings(file, document, shot)
    if not lists and not faults:
        click.echo(lists_words.no_lists(path))
        raise SystemExit(1)
    click.echo(lists_words.checked(lists, projects, found, faults))
    if faults:
        raise SystemExit(1)


def _print_findings(file: Path, document: Document, shot: Snapshot) -> None:
    for each in shot.findings:
        line = document.line("projects", shot.places[each.project])
        title = labels.RULES[each.code].title
        click.echo(f"{file}:{line}: {each.project} {title}：{each.message}")


@click.command(help=labels.CLI_SHOW)
@LIST
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
