"""`grcm schema FILE`: print the JSON Schema of a kind of file, for editors, or of the output."""

import json
from collections.abc import Mapping
from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _
from grcm_cli.reader.schema import SCHEMAS

OUTPUT = "output"
"""The schema of what commands print with `--format json`."""


def schema(
    ctx: typer.Context,
    kind: Annotated[
        str,
        options.choice_argument(
            (*SCHEMAS, OUTPUT),
            _("Which file: the register, a meeting's, a party's progress; or the output as JSON."),
        ),
    ],
) -> int:
    """Print the JSON Schema of a kind of file, or of what commands print as JSON."""
    Session.of(ctx)
    write(json.dumps(_schema(kind), ensure_ascii=False, indent=2) + "\n")
    return 0


def _schema(kind: str) -> Mapping[str, object]:
    if kind in SCHEMAS:
        return SCHEMAS[kind]()
    from grcm_cli.cli.output_schema import output_schema  # 60 ms: it needs every list

    return output_schema()
