"""`grcm lsp`: the language server, which an editor starts."""

import os
import sys

import typer

from grcm_cli.cli.common_options import given
from grcm_cli.cli.session import Session


def lsp(ctx: typer.Context) -> int:
    """Answer an editor over stdin and stdout until it ends the talk."""
    session = Session.of(ctx)
    try:
        from grcm_cli.lsp.server import serve  # 300 ms, and an extra
    except ModuleNotFoundError as error:
        raise ImportError(name="pygls") from error  # it brings all that the server needs

    is_fixed = "as_of" in given(ctx) or bool(os.environ.get("GRCM_AS_OF"))
    named = "lang" in given(ctx) or bool(os.environ.get("GRCM_LANG"))
    serve(
        session.as_of if is_fixed else None, session.language if named else None, sys.stdin.buffer
    )
    return 0
