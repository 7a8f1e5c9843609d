"""`grcm schema KIND`: print the JSON Schema of a kind of file, for editors, or of the output."""

import json
from collections.abc import Iterable

from grcm_cli.cli import options
from grcm_cli.cli.session import Session, write
from grcm_cli.language.text import _
from grcm_cli.reader.fields import FILES
from grcm_cli.reader.schema import NO_NAMES, file_schema, names_of

OUTPUT = "output"
"""The schema of what commands print with `--format json`."""
READER = ("reader-question", "reader-answer")
"""What `grcm draft --reader` gives to a program, and takes from it."""
_Schema = dict[str, object]
_TEXT: _Schema = {"type": "string"}
_TEXTS: _Schema = {"type": "array", "items": _TEXT}


def schema(
    session: Session,
    kind: str = options.choice_argument(
        (*FILES, OUTPUT, *READER),
        "Which file: the register, a meeting, a party's progress; or the output as JSON; or what "
        "the second reader of a draft receives and returns.",
    ),
) -> int:
    """Print a schema; of a file with --data, one that has the record's codes and meetings."""
    record = None
    if kind == OUTPUT:
        from grcm_cli.cli.output_schema import output_schema  # 60 ms: it needs every list

        document = output_schema()
    elif kind in READER:
        document = question_schema() if kind == READER[0] else answer_schema()
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


# --- the second reader of a draft: what it gets, and what it answers ------------------------------


def question_schema() -> _Schema:
    """Return the schema of what a program gets on stdin."""
    meeting = _("The document's language, and the body and the dates as far as they are known.")
    parties = _("The parties in the register, with all their names.")
    due = _("An example of each form of deadline, with its meaning in English.")
    conclusions = _("The numbered texts, each with the texts above it that it completes.")
    by_name: _Schema = {"type": "object", "additionalProperties": _TEXT}
    party = _object({"code": _TEXT, "kind": _TEXT, "names": _TEXTS}, ("code", "kind", "names"))
    text = _object({"number": _TEXT, "above": _TEXTS, "text": _TEXT}, ("number", "above", "text"))
    keys: dict[str, _Schema] = {
        "meeting": {**by_name, "required": ["language"], "description": meeting},
        "parties": {"type": "array", "items": party, "description": parties},
        "due": {**by_name, "description": due},
        "conclusions": {"type": "array", "items": text, "description": conclusions},
    }
    return _document(_("What `grcm draft --reader` gives to a program"), keys)


def answer_schema() -> _Schema:
    """Return the schema of what a program is to write to stdout."""
    codes: _Schema = {"anyOf": [_TEXT, _TEXTS]}
    each = _object({"each": codes, "except": codes}, ("each",))
    words = _(
        "The words that it is based on, exactly as they appear in the text or in one above it."
    )
    who = _(
        "Codes of parties that owe it jointly, or `each` with codes, `members` or `participants`."
    )
    due = _("By when, in one of the forms shown in the question's `due`.")
    keys: dict[str, _Schema] = {
        "conclusion": {"type": ["string", "integer"], "description": _("The conclusion's number.")},
        "words": {**_TEXT, "description": words},
        "action": {**_TEXT, "description": _("What is to be done.")},
        "responsible": {"anyOf": [{"type": "null"}, _TEXT, _TEXTS, each], "description": who},
        "kind": {"enum": ["request", "encouragement", None]},
        "due": {"type": ["string", "null"], "description": due},
    }
    mandate = _object(keys, ("conclusion", "words", "action"))
    mandates: dict[str, _Schema] = {"mandates": {"type": "array", "items": mandate}}
    return _document(_("What a program returns to `grcm draft --reader`"), mandates)


def _document(title: str, keys: dict[str, _Schema]) -> _Schema:
    head: _Schema = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    return {**head, **_object(keys, keys)}


def _object(keys: dict[str, _Schema], required: Iterable[str]) -> _Schema:
    closed: _Schema = {"type": "object", "additionalProperties": False}
    return {**closed, "required": list(required), "properties": keys}
