"""`grcm help [COMMAND]`: print what `--help` prints, of grcm or of a command."""

import typer

from grcm_cli.cli import options
from grcm_cli.cli.command_line import help_text
from grcm_cli.cli.command_table import NAMES
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _


def help(  # noqa: A001 - the command's own name
    ctx: typer.Context,
    command: str | None = options.argument(
        _("COMMAND"), _("The command; without it, grcm itself."), NAMES, default=None
    ),
) -> int:
    """Print the help of a command. Raises WrongUse where there is none of that name."""
    Session.of(ctx)
    write(help_text(ctx, command) + "\n")
    return 0
