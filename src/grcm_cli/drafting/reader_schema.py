"""JSON Schema of what a second reader gets and of what it answers."""

from grcm_cli.language.text import _

Schema = dict[str, object]
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def question_schema() -> Schema:
    """Return the schema of what a program gets on stdin."""
    meeting = _("The document's language, and the body and the dates as far as they are known.")
    parties = _("The parties in the register, with all their names.")
    due = _("An example of each form of deadline, with its meaning in English.")
    conclusions = _("The numbered texts, each with the texts above it that it completes.")
    by_name: Schema = {"type": "object", "additionalProperties": _TEXT}
    party = _object({"code": _TEXT, "kind": _TEXT, "names": _TEXTS}, ["code", "kind", "names"])
    text = _object({"number": _TEXT, "above": _TEXTS, "text": _TEXT}, ["number", "above", "text"])
    keys: dict[str, Schema] = {
        "meeting": {**by_name, "required": ["language"], "description": meeting},
        "parties": {"type": "array", "items": party, "description": parties},
        "due": {**by_name, "description": due},
        "conclusions": {"type": "array", "items": text, "description": conclusions},
    }
    return _document(_("What `grcm draft --reader` gives to a program"), keys)


def answer_schema() -> Schema:
    """Return the schema of what a program is to write to stdout."""
    codes: Schema = {"anyOf": [_TEXT, _TEXTS]}
    each = _object({"each": codes, "except": codes}, ["each"])
    words = _(
        "The words that it is based on, exactly as they appear in the text or in one above it."
    )
    who = _(
        "Codes of parties that owe it jointly, or `each` with codes, `members` or `participants`."
    )
    due = _("By when, in one of the forms shown in the question's `due`.")
    keys: dict[str, Schema] = {
        "conclusion": {"type": ["string", "integer"], "description": _("The conclusion's number.")},
        "words": {**_TEXT, "description": words},
        "action": {**_TEXT, "description": _("What is to be done.")},
        "responsible": {"anyOf": [{"type": "null"}, _TEXT, _TEXTS, each], "description": who},
        "kind": {"enum": ["request", "encouragement", None]},
        "due": {"type": ["string", "null"], "description": due},
    }
    mandate = _object(keys, ["conclusion", "words", "action"])
    mandates: dict[str, Schema] = {"mandates": {"type": "array", "items": mandate}}
    return _document(_("What a program answers to `grcm draft --reader`"), mandates)


def _document(title: str, keys: dict[str, Schema]) -> Schema:
    head: Schema = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    return {**head, **_object(keys, list(keys))}


def _object(keys: dict[str, Schema], required: list[str]) -> Schema:
    closed: Schema = {"type": "object", "additionalProperties": False}
    return {**closed, "required": required, "properties": keys}
