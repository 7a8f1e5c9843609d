"""The field table: which keys each part of a file has, and how their values are read.

The reader checks files against it, key by key; a key that is not here is an unknown key.
"""

from typing import Literal, NamedTuple

from grcm_cli.model import Group

Kind = Literal[
    "line",  # a text that is not empty
    "lines",  # one or several of them
    "text",  # a text in the meeting's language, or one for each language
    "day",
    "language",
    "languages",
    "id",  # of a meeting
    "number",  # of a conclusion
    "code",  # a party's code, as written; rules tell whether it is in the register
    "codes",
    "reference",
    "references",
    "word",  # one of the field's choices
    "words",
    "due",
    "responsible",
    "group",
    "part",  # read by the builder of the part, not as one value
    "later",  # a key of the format that this version does not read yet
]


class Field(NamedTuple):
    """How one key's value is read."""

    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()


Table = dict[str, Field]

REGISTER: Table = {
    "process": Field("part", required=True),
    "bodies": Field("part"),
    "members": Field("part"),
    "offices": Field("part"),
    "organizations": Field("part"),
}
PROCESS: Table = {
    "code": Field("line", required=True),
    "name": Field("text", required=True),
    "languages": Field("languages"),
}
PARTY: Table = {
    "name": Field("text", required=True),
    "aliases": Field("lines"),
    "language": Field("language"),
}
MEMBER: Table = {**PARTY, "since": Field("day"), "until": Field("day")}
OFFICE: Table = {**PARTY, "terms": Field("part")}
TERM: Table = {
    "holder": Field("code", required=True),
    "from": Field("day", required=True),
    "until": Field("day"),
}

MEETING: Table = {
    "id": Field("id", required=True),
    "body": Field("code", required=True),
    "title": Field("text"),
    "place": Field("line"),
    "country": Field("code"),
    "start": Field("day", required=True),
    "end": Field("day"),
    "language": Field("language"),
    "participants": Field("codes"),
    "observers": Field("codes"),
    "source": Field("line"),
    "conclusions": Field("part"),
}
ACTS = ("directive", "deciding", "evaluative", "observing", "reinforcing")
# A conclusion with one mandate may carry these keys itself.
OWN_MANDATE: Table = {
    "action": Field("text"),
    "responsible": Field("responsible"),
    "support": Field("codes"),
    "due": Field("due"),
    "until": Field("later"),
    "kind": Field("word", choices=("request", "encouragement")),
    "after": Field("references"),
    "void": Field("line"),
}
MANDATE: Table = {**OWN_MANDATE, "note": Field("line")}
MANDATE_NEEDS = ("action", "responsible", "due")
CONCLUSION: Table = {
    "number": Field("number", required=True),
    "text": Field("text", required=True),
    "acts": Field("words", choices=ACTS),
    "mandates": Field("part"),
    "follows": Field("references"),
    "supersedes": Field("later"),
    "closes": Field("later"),
    "extends": Field("later"),
    "documents": Field("lines"),
    "note": Field("line"),
    **OWN_MANDATE,
}
EACH: Table = {"each": Field("group", required=True), "except": Field("codes")}
GROUPS: dict[str, Group] = {"members": "members", "participants": "participants"}

PROGRESS_WORDS = ("started", "done", "declined", "not-applicable", "withdrawn")
ENTRY: Table = {
    "mandate": Field("reference", required=True),
    "date": Field("day", required=True),
    "progress": Field("word", required=True, choices=PROGRESS_WORDS),
    "for": Field("later"),
    "evidence": Field("line"),
    "note": Field("line"),
}
