"""JSON Schema (draft-07, which editors read) of the three kinds of file, from the field table.

A scalar is text to the reader however it is written, so the schema takes numbers and words such as
`yes` too. What only the register can tell is left to `grcm validate`, unless the schema is made
with the names of a record. `errorMessage` and `defaultSnippets` are what the YAML and JSON servers
of editors show; other programs pass over them.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from grcm_cli.domain import due_forms
from grcm_cli.domain.parties import CODE
from grcm_cli.domain.publication import published
from grcm_cli.domain.register import Register
from grcm_cli.language.text import DEFAULT_LANGUAGES, LANGUAGES, N_, clean, in_language
from grcm_cli.reader import fields
from grcm_cli.reader.fields import LANGUAGE, NUMBER, Field, Table

Schema = dict[str, Any]

_DAY = (
    "(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?!0000)(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
)
_DAY_OF_YEAR = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|[12][0-9])"
)
_PERIOD = f"{_DAY}|(?!0000)[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]))?"
_REFERENCE = re.compile(r"[A-Za-z0-9./#-]+")
_CLOSED: Schema = {"type": "object", "additionalProperties": False}
_YEARS: Schema = {"minimum": 1, "maximum": 9999}  # what holds where a year may be a number
_MOST_REFERENCES = 500  # mandates that a schema suggests, the latest meetings' first

_NOT_A_DEADLINE = N_(
    "Write it in one of the deadline forms: 2003-01-15, 2003-Q1, next GRCM, CRM-2003-05, "
    "within 60 days, every 6 months, ongoing, asap; grcm explain wrong-due lists all of them."
)
_NOT_A_PERIOD = N_("Write a date, month, quarter, half-year or year: 2003-01-15, 2003-01, 2003-Q1.")
_NOT_AN_OCCURRENCE = N_("Write its deadline, such as 2003-01-15, or the meeting's id.")
_NOT_AN_ID = N_(
    "Use letters, digits and hyphens, as in GRCM-2002-10; the id must not be a date or period."
)
_NO_NUMBER = N_("Write the conclusion's number: digits, letters, dots and hyphens, such as 12.a.")
_NOT_A_LANGUAGE = N_("Write a two- or three-letter language code, such as `es`.")
_NOT_AN_EMAIL = N_("Write only an e-mail address, such as secretaria@example.org.")
_EMPTY = N_("The text is empty.")
_NO_PARTY = N_("The register has no party with this code.")
_NO_THEME = N_("The register has no theme with this code.")
_NO_FLAG = N_("Write true or false.")
_NO_GROUP = N_("Write members, participants, or codes of parties in the register.")


class Names(NamedTuple):
    """The names that a record has, each with what an editor shows of it."""

    parties: Mapping[str, str]
    bodies: Mapping[str, str]
    members: Mapping[str, str]
    meetings: Mapping[str, str]
    mandates: Mapping[str, str]  # the references of the latest mandates
    themes: Mapping[str, str] = {}
    languages: Sequence[str] = DEFAULT_LANGUAGES  # those of the messages


NO_NAMES = Names({}, {}, {}, {}, {})  # for a schema that fits every record


def names_of(register: Register, language: str) -> Names:
    """Return the names of a record for its schemas, with their meaning in a language.

    What is confidential has none.
    """
    ids = {}
    for meeting in sorted(register.meetings, key=lambda each: str(each.start or ""), reverse=True):
        title = clean(meeting.title.shown(language)) if meeting.title else ""
        ids[meeting.id] = " · ".join(filter(None, [str(meeting.start or ""), title]))
    ids |= dict.fromkeys(sorted(register.unread_meetings), "")

    def of_kind(*kinds: str) -> dict[str, str]:
        named = (party for party in register.parties if not kinds or party.kind in kinds)
        return {party.code: clean(party.name.shown(language)) for party in named}

    rows = sorted(register.all_mandates, key=lambda row: str(row.meeting.start or ""), reverse=True)
    mandates = (
        (reference, clean((row.mandate.action or row.conclusion.text).shown(language))[:100])
        for row in rows
        if _REFERENCE.fullmatch(reference := str(row.reference))
    )
    every = (
        *(of_kind(), of_kind("body"), of_kind("member")),
        {name: about for name, about in ids.items() if due_forms.MEETING_ID.fullmatch(name)},
        dict(islice(mandates, _MOST_REFERENCES)),
        {code: clean(theme.name.shown(language)) for code, theme in register.themes.items()},
    )
    secret = {str(reference) for reference in published(register).register.confidential}
    is_secret = {key for names in every for key in names if key.partition("#")[0] in secret}
    shown = ({**names, **dict.fromkeys(names.keys() & is_secret, "")} for names in every)
    return Names._make([*shown, DEFAULT_LANGUAGES])


def file_schema(kind: str, names: Names = NO_NAMES) -> Schema:
    """Return the schema of a kind of file, for every record or for the one that has these names."""
    file = fields.FILES[kind]
    schema = _part(file, names)
    if kind == "progress":  # valid without entries, too
        schema = {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": file.about}
    text = repr(schema)
    uses = [name for name in _SHARED if f"'#/definitions/{name}'" in text]
    shared = {name: _SHARED[name](names) for name in uses}
    whole: Schema = _in_languages({**head, **schema, "definitions": shared}, names.languages)
    return whole


def _shared(name: str) -> Schema:
    """Return what stands for a schema of the document's definitions: those of a record are long."""
    return {"$ref": f"#/definitions/{name}"}


def _object(table: Table, names: Names) -> Schema:
    properties = {
        name: {**_value(name, field, names), "description": _Sentence(field.about)}
        for name, field in table.items()
    }
    required = [name for name, field in table.items() if field.required]
    needs = {"required": required} if required else {}
    schema: Schema = {**_CLOSED, **needs, "properties": properties}
    if table is fields.MANDATE:
        schema["anyOf"] = [{"required": [key]} for key in fields.MANDATE_NEEDS]
    if table is fields.CONCLUSION:
        alone = [{"required": [key]} for key in fields.OWN_MANDATE]
        schema["if"] = {"required": ["mandates"]}
        schema["then"] = {"not": {"anyOf": alone}}
    return schema


class _Sentence(str):
    """A message of a schema, which `_in_languages` puts into its languages."""

    __slots__ = ()


def _in_languages(value: Any, languages: Sequence[str]) -> Any:  # noqa: ANN401 - JSON
    """Return a schema with its messages in languages: those who write in a record share them."""
    if isinstance(value, _Sentence):
        return " · ".join(in_language(value, language) for language in sorted(languages))
    if isinstance(value, dict):
        return {key: _in_languages(inner, languages) for key, inner in value.items()}
    if isinstance(value, list):
        return [_in_languages(inner, languages) for inner in value]
    return value


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _one_or_many(schema: Schema, sentence: str | None = None, *, least: int = 0) -> Schema:
    """Return the schema of a value or a list of them, in which there are `least`.

    The list comes first: where neither fits, editors show what is wrong with the first, and in a
    list that is the item. A lone value that is wrong gets the same sentence as an item.
    """
    if sentence is None:
        return {"anyOf": [{"type": "array", "items": schema}, schema]}
    # Of one type that is wrong, editors say which others there are instead of the sentence.
    many: Schema = {"type": ["array"], "items": schema, "errorMessage": _Sentence(sentence)}
    if least:
        many["minItems"] = least
    return {"anyOf": [many, schema]}


def _text(pattern: str = "", sentence: str = _EMPTY, *types: str) -> Schema:
    """Return the schema of a text that fits a pattern, else is not empty, or of other types."""
    kinds, whole = ["string", *types] if types else "string", _whole(pattern) if pattern else r"\S"
    return {"type": kinds, "pattern": whole, "errorMessage": _Sentence(sentence)}


def _one_of(names: Mapping[str, str], sentence: str) -> Schema:
    """Return the schema of a code of the record; without a record, of any text."""
    if not names:
        return _text()
    about, wrong = list(names.values()), _Sentence(sentence)
    return {"enum": list(names), "enumDescriptions": about, "errorMessage": wrong}


def _suggested(schema: Schema, words: Mapping[str, str]) -> Schema:
    snippets = [{"label": word, "body": word, "description": is_} for word, is_ in words.items()]
    return {**schema, "defaultSnippets": snippets} if snippets else schema


def _value(name: str, field: Field, names: Names) -> Schema:
    match field.kind:
        case "part" | "parts" | "by_code" | "by_language":
            return _part(field, names)
        case "word" | "words":
            word: Schema = {"enum": list(field.choices)}
            return word if field.kind == "word" else _one_or_many(word)
        case "code" | "codes" | "group" | "responsible" | "members":
            return _parties(name, field, names)
        case "occurrence":
            pattern = f"{_DAY}|{_meeting_id(names)}"
            return _suggested(_text(pattern, _NOT_AN_OCCURRENCE), names.meetings)
        case _:
            return _PLAIN[field.kind]


def _part(field: Field, names: Names) -> Schema:
    if field.table is None:
        return {"type": "object"}
    schema = _shared("contact") if field.table is fields.CONTACT else _object(field.table, names)
    if field.kind == "parts":
        return _one_or_many(schema)
    if field.kind == "by_code":
        return {**_CLOSED, "patternProperties": {_whole(CODE.pattern): schema}}
    if field.kind == "by_language":
        return {**_CLOSED, "properties": {key: {"anyOf": [_LINE, schema]} for key in LANGUAGES}}
    return schema


def _parties(name: str, field: Field, names: Names) -> Schema:
    """Return the schema of a key that names one or several parties, or a group of them."""
    if name == "themes":
        return _one_or_many(_one_of(names.themes, _NO_THEME), _NO_THEME)
    if name == "body":
        return _one_of(names.bodies, N_("The register has no body with this code."))
    if name == "country":
        return _one_of(names.members, N_("The register has no member with this code."))
    code, sentence = _shared("party"), _NO_PARTY if names.parties else _EMPTY
    if field.kind == "code":
        return code
    if field.kind == "group":
        groups = {name: _Sentence(about) for name, about in fields.GROUPS.items()}
        if not names.parties:
            return _one_or_many(_suggested(_text(), groups), _EMPTY)
        return _one_or_many(_one_of({**groups, **names.parties}, _NO_GROUP), _NO_GROUP)
    least = int(field.kind == "members" or name in ("parties", "to"))
    codes = _one_or_many(code, sentence, least=least)
    return {"anyOf": [*codes["anyOf"], _object(field.table, names)]} if field.table else codes


def _due(names: Names) -> Schema:
    fields_of_forms = {
        "day": f"(?:{_DAY})",
        "month": "(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])",
        "year": "(?!0000)[0-9]{4}",
        "day_of_year": f"(?:{_DAY_OF_YEAR})",
        "body": _any(names.bodies) if names.bodies else CODE.pattern,
        "meeting": _meeting_id(names),
    }
    due = _text(due_forms.schema_pattern(fields_of_forms), _NOT_A_DEADLINE, "integer") | _YEARS
    snippets: list[Schema] = []
    # What has a body or a meeting stands there once for each that a record has.
    codes_by_kind = {"body": names.bodies, "meeting": names.meetings}
    for example, about in due_forms.due_examples().items():
        snippet, fields_of_it = example, list(enumerate(due_forms.due_fields(example), 1))
        for number, (_name, start, end) in reversed(fields_of_it):
            snippet = f"{snippet[:start]}${{{number}:{snippet[start:end]}}}{snippet[end:]}"
        if not any(codes_by_kind.get(name) for _number, (name, _start, _end) in fields_of_it):
            snippets.append({"label": example, "body": snippet, "description": _Sentence(about)})
    for kind, codes in codes_by_kind.items():
        for template in due_forms.due_offers():
            for code, name in codes.items() if f"{{{kind}}}" in template else ():
                text = template.format(**{kind: code})
                snippets.append({"label": text, "body": text, "description": name})
    return {**due, "defaultSnippets": snippets}


def _meeting_id(names: Names) -> str:
    """Return the pattern of a meeting's id; an unknown one has a digit or is in capitals."""
    if names.meetings:
        return _any(names.meetings)
    return (
        f"(?!(?:{_READS_AS_DUE})$)"
        "(?:(?=[A-Za-z-]*[0-9])[A-Za-z0-9][A-Za-z0-9-]{0,63}|[A-Z][A-Z-]{0,63})"
    )


def _in_any_case(pattern: str) -> str:
    """Return a pattern in small letters that takes capitals too: a JSON Schema has no flags."""
    return re.sub("[a-z]", lambda letter: f"[{letter[0].upper()}{letter[0]}]", pattern)


_READS_AS_DUE = f"[0-9][0-9QHWqhw/.-]*|{_in_any_case('|'.join(due_forms.reserved_words()))}"
_DEVICE = _in_any_case(due_forms.DEVICE.pattern)
_LANGUAGE = _text(LANGUAGE.pattern, _NOT_A_LANGUAGE)
_TRANSLATIONS: Schema = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "patternProperties": {_whole(LANGUAGE.pattern): _text()},
}
_LINE = _text("", _EMPTY, "number", "boolean")
_TEXT: Schema = {"anyOf": [_LINE, _TRANSLATIONS]}
_EMAIL = _text(fields.EMAIL.pattern, _NOT_AN_EMAIL)
_PLAIN: Mapping[str, Schema] = {
    "line": _LINE,
    "lines": _one_or_many(_LINE, _EMPTY),
    "email": _EMAIL,
    "emails": _one_or_many(_EMAIL, _NOT_AN_EMAIL),
    "text": _TEXT,
    "texts": _one_or_many(_TEXT, _EMPTY),
    "day": {**_text(_DAY, N_("Write a calendar date, such as 2003-01-15.")), "format": "date"},
    "language": _LANGUAGE,
    "languages": _one_or_many(_LANGUAGE, _NOT_A_LANGUAGE, least=1),
    "id": _text(f"(?!(?:{_READS_AS_DUE}|{_DEVICE})$){due_forms.MEETING_ID.pattern}", _NOT_AN_ID),
    "number": _text(NUMBER.pattern, _NO_NUMBER, "number"),
    "flag": {"enum": [True, False, "true", "false"], "errorMessage": _Sentence(_NO_FLAG)},
    "reference": _shared("mandate"),
    "references": _one_or_many(_shared("mandate"), _EMPTY),
    "due": _shared("due"),
    "until": _text(_PERIOD, _NOT_A_PERIOD, "integer") | _YEARS,
}
"""The schemas of the kinds that say the same whatever the record."""


_SHARED: Mapping[str, Callable[[Names], Schema]] = {
    "contact": partial(_object, fields.CONTACT),
    "due": _due,
    "mandate": lambda names: _suggested(_text("", _EMPTY, "number"), names.mandates),
    "party": lambda names: _one_of(names.parties, _NO_PARTY),
}
"""What a schema defines once where it refers to it."""
