"""`grcm schema KIND`: print the JSON Schema of a kind of file, for editors, or of the output."""

import json

import typer

from grcm_cli.cli import options
from grcm_cli.cli.common_options import given
from grcm_cli.cli.session import Session, write
from grcm_cli.drafting.reader_schema import answer_schema, question_schema
from grcm_cli.language.text import _
from grcm_cli.reader.fields import FILES
from grcm_cli.reader.schema import NO_NAMES, file_schema, names_of

OUTPUT = "output"
"""The schema of what commands print with `--format json`."""
READER = ("reader-question", "reader-answer")
"""What `grcm draft --reader` gives to a program, and takes from it."""


def schema(
    ctx: typer.Context,
    kind: str = options.choice_argument(
        (*FILES, OUTPUT, *READER),
        _(
            "Which file: the register, a meeting, a party's progress; or the output as JSON; "
            "or what the second reader of a draft gets and answers."
        ),
    ),
) -> int:
    """Print a schema; of a file with --data, one that has the record's codes and meetings."""
    session = Session.of(ctx)
    if kind == OUTPUT:
        from grcm_cli.cli.output_schema import output_schema  # 60 ms: it needs every list

        write(_json(output_schema()))
        return 0
    if kind in READER:
        write(_json(question_schema() if kind == READER[0] else answer_schema()))
        return 0
    if not given(ctx).get("data"):
        names = NO_NAMES
        if session.language not in names.languages:
            names = names._replace(languages=(session.language,))
        write(_json(file_schema(kind, names)))
        return 0
    record = session.open(is_new=True)
    names = names_of(record.register, session.language)
    names = names._replace(languages=record.register.process.shown_languages)
    write(_json(file_schema(kind, names)))
    return record.finish()


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
