"""`grcm help`, `completion` and `lsp`: what the program tells of itself, to people and editors."""

import os
import sys

import typer

from grcm_cli.cli import options
from grcm_cli.cli.command_line import SHELLS, Group, completion_script
from grcm_cli.cli.command_table import NAMES
from grcm_cli.cli.common_options import given
from grcm_cli.cli.session import Session, write


def help(  # noqa: A001 - the command's own name
    ctx: typer.Context,
    command: str | None = options.argument(
        "COMMAND", "The command; without it, grcm itself.", NAMES, default=None
    ),
) -> int:
    """Print the help of a command. Raises WrongUse where there is none of that name."""
    Session.of(ctx)
    top = ctx.find_root()
    text = top.get_help()
    if command is not None and isinstance(top.command, Group):
        meant, named, _rest = top.command.resolve_command(top, [command])
        with named.make_context(meant, [], parent=top, resilient_parsing=True) as inner:
            text = named.get_help(inner)
    write(text + "\n")
    return 0


def completion(
    ctx: typer.Context, shell: str = options.choice_argument(SHELLS, "The shell to set up.")
) -> int:
    """Print the completion script of a shell."""
    Session.of(ctx)
    write(completion_script(shell) + "\n")
    return 0


def lsp(ctx: typer.Context) -> int:
    """Answer an editor over stdin and stdout until it ends the talk."""
    session = Session.of(ctx)
    try:
        from grcm_cli.lsp.server import serve  # 300 ms, and an extra
    except ModuleNotFoundError as error:
        raise ImportError(name="pygls") from error  # it brings all that the server needs

    is_fixed = "as_of" in given(ctx) or bool(os.environ.get("GRCM_AS_OF"))
    named = "lang" in given(ctx) or bool(os.environ.get("GRCM_LANG"))
    as_of, language = session.as_of if is_fixed else None, session.language if named else None
    serve(as_of, language, sys.stdin.buffer)
    return 0
