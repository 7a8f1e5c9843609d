"""`grcm completion SHELL`: print the script that makes a shell complete grcm's commands."""

import typer

from grcm_cli.cli import options
from grcm_cli.cli.completion import SHELLS, completion_script
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _


def completion(
    ctx: typer.Context, shell: str = options.choice_argument(SHELLS, _("The shell to set up."))
) -> int:
    """Print the completion script of a shell."""
    Session.of(ctx)
    write(completion_script(shell) + "\n")
    return 0
