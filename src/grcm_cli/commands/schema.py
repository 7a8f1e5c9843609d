"""`grcm schema FILE`: the JSON Schema of a kind of file, for editors."""

import json
from typing import Annotated

import typer

from grcm_cli.cli import options as given
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _
from grcm_cli.reader.schema import SCHEMAS

HELP = _(
    "Print the JSON Schema of a kind of file.\n\n"
    "Editors that know YAML show it while somebody types: point them to it, or begin a file with "
    "the comment `# yaml-language-server: $schema=` and its path."
)


def schema(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="|".join(SCHEMAS),
            help=_("Which file: the register, a meeting's, or a party's progress."),
            parser=given.choice(*SCHEMAS),
            autocompletion=lambda: [(name, "") for name in SCHEMAS],
        ),
    ],
) -> int:
    """Answer, and return the exit code."""
    Session.of(ctx)
    write(json.dumps(SCHEMAS[kind](), ensure_ascii=False, indent=2) + "\n")
    return 0
