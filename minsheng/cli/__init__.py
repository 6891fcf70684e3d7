"""The command line.

Exit status: 0 sound, 1 the file has problems, 2 the call is wrong (click's own).
"""

from __future__ import annotations

import click

from minsheng import labels
from minsheng.cli import access, editing, exporting, importing, looking, publishing, rolling


@click.group(help=labels.CLI)
def main() -> None:
    pass


for command in (
    looking.check,
    looking.show,
    rolling.command,
    importing.command,
    exporting.export_documents,
    publishing.command,
    editing.new_period,
    editing.show_history,
    editing.restore,
    access.passwd,
    looking.print_schema,
):
    main.add_command(command)
