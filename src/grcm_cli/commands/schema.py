"""`grcm schema FILE`: print the JSON Schema of a kind of file, for editors."""

import json
from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _
from grcm_cli.reader.schema import SCHEMAS


def schema(
    ctx: typer.Context,
    kind: Annotated[
        str,
        options.choice_argument(
            tuple(SCHEMAS), _("Which file: the register, a meeting's, or a party's progress.")
        ),
    ],
) -> int:
    """Print the JSON Schema of a kind of file."""
    Session.of(ctx)
    write(json.dumps(SCHEMAS[kind](), ensure_ascii=False, indent=2) + "\n")
    return 0
