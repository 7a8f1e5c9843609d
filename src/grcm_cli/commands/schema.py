"""`grcm schema KIND`: print the JSON Schema of a kind of file, for editors."""

import json
from typing import Annotated

import typer

from grcm_cli.cli import options
from grcm_cli.cli.command_line import given
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _
from grcm_cli.reader.schema import SCHEMAS, names_of


def schema(
    ctx: typer.Context,
    kind: Annotated[
        str,
        options.choice_argument(
            tuple(SCHEMAS), _("Which file: the register, a meeting's, or a party's progress.")
        ),
    ],
) -> int:
    """Print a schema; with --data one that has the record's codes, meetings and mandates."""
    session = Session.of(ctx)
    if given(ctx, "data") is None:
        write(_json(SCHEMAS[kind]()))
        return 0
    record = session.open()
    write(_json(SCHEMAS[kind](names_of(record.register, session.language))))
    return record.finish((), wanted=False)


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
