"""The command passwd: a line for `[accounts]` in secrets.toml."""

from __future__ import annotations

import click

from minsheng import access
from minsheng.labels import access as words


@click.command(help=words.CLI_PASSWD)
@click.argument("name", required=False)
def passwd(name: str | None) -> None:
    """The password is asked for: as an argument it would stay in the shell's history."""
    if name is None:
        name = click.prompt(words.CLI_NAME, value_proc=_account_name, err=True)
    else:
        _account_name(name)
    password = click.prompt(
        words.CLI_NEW_PASSWORD,
        hide_input=True,
        value_proc=lambda typed: _strong(typed, name),
        err=True,
    )
    if click.prompt(words.CLI_AGAIN, hide_input=True, default="", show_default=False, err=True) != (
        password
    ):
        raise click.ClickException(words.CLI_MISMATCH)
    click.echo(words.CLI_PASTE, err=True)
    click.echo(f'"{name}" = "{access.hash_password(password).line()}"')


def _account_name(name: str) -> str:
    if not access.is_name(name):
        raise click.BadParameter(words.CLI_BAD_NAME)
    return name


def _strong(password: str, name: str) -> str:
    if weakness := access.weakness(password, name):
        raise click.BadParameter(words.CLI_WEAK[weakness])
    return password
