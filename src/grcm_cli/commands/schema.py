"""`grcm schema KIND`: print the JSON Schema of a kind of file, for editors, or of the output."""

import json
from pathlib import Path

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _
from grcm_cli.reader.fields import FILES
from grcm_cli.reader.schema import NO_NAMES, file_schema, names_of

OUTPUT = "output"  # the schema of what commands print with `--format json`
READER = ("reader-question", "reader-answer")
"""What `grcm draft --reader` passes to a program, and takes from it."""


def schema(session: Session, kind: str = options.choice_argument((*FILES, OUTPUT, *READER))) -> int:
    """Print a schema; of a file with --data, one that has the record's codes and meetings."""
    record = None
    if kind == OUTPUT:
        from grcm_cli.cli.output_schema import output_schema  # 60 ms: it needs every list

        document = output_schema()
    elif kind in READER:
        document = reader_schema(kind)
    else:
        names = NO_NAMES
        if session.is_given("data"):
            record = session.open("coming")
            names = names_of(record.register, session.language)
            names = names._replace(languages=record.register.process.shown_languages)
        elif session.language not in names.languages:
            names = names._replace(languages=(session.language,))
        document = file_schema(kind, names)
    write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    return record.finish() if record else 0


def reader_schema(kind: str) -> dict[str, object]:
    """Return a schema of `reader_schemas.json`, its title and descriptions in the language."""

    def translated(part: dict[str, object]) -> dict[str, object]:
        texts = {key: part[key] for key in ("title", "description") if key in part}
        return {**part, **{key: _(str(text)) for key, text in texts.items()}}

    text = Path(__file__).with_name("reader_schemas.json").read_text(encoding="utf-8")
    schemas: dict[str, dict[str, object]] = json.loads(text, object_hook=translated)
    return schemas[kind]
