"""Who takes part, what was adopted and what was reported, as the tables of a database.

What is wrong in the record is not lost here: an unknown code becomes a party of the kind `unknown`,
and a reference that leads nowhere stays as it was written, beside an empty key.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.domain.model import Conclusion, Each, Mandate, Meeting, Text
from grcm_cli.domain.register import Register
from grcm_cli.formats.listing import Relation

_CONCLUSION = "FOREIGN KEY (meeting, number) REFERENCES conclusion"
Row = Sequence[str | int | None]


def day(value: date | None) -> str | None:
    """Return a day as the database holds it."""
    return value.isoformat() if value else None


def of_parties(register: Register, named: Sequence[str], language: str) -> Iterator[Relation]:
    """Yield the tables of parties; `named` are all codes that anything else names."""
    known = register.parties
    codes = {party.code for party in known}
    unknown = sorted(set(named) - codes)
    yield Relation(
        "party",
        [
            "code TEXT PRIMARY KEY",
            "kind TEXT NOT NULL",
            "name TEXT NOT NULL",
            "since TEXT",
            "until TEXT",
        ],
        [
            *((p.code, p.kind, p.name.shown(language), day(p.since), day(p.until)) for p in known),
            *((code, "unknown", code, None, None) for code in unknown),
        ],
    )
    yield Relation(
        "party_name",
        ["party TEXT NOT NULL REFERENCES party", "language TEXT NOT NULL", "name TEXT NOT NULL"],
        [(p.code, *pair) for p in known for pair in p.name.by_language.items()],
        ["PRIMARY KEY (party, language)"],
    )
    yield Relation(
        "alias",
        ["party TEXT NOT NULL REFERENCES party", "alias TEXT NOT NULL"],
        [(p.code, alias) for p in known for alias in p.aliases],
    )
    yield Relation(
        "term",
        [
            "office TEXT NOT NULL REFERENCES party",
            "holder TEXT NOT NULL REFERENCES party",
            "first TEXT NOT NULL",
            "last TEXT",
        ],
        [
            (p.code, term.holder.text, term.start.isoformat(), day(term.until))
            for p in known
            for term in p.terms
        ],
    )


def of_meetings(register: Register) -> Iterator[Relation]:
    """Yield the meetings and who was there."""
    yield Relation(
        "meeting",
        [
            "id TEXT PRIMARY KEY",
            "body TEXT REFERENCES party",
            "title TEXT",
            "place TEXT",
            "country TEXT REFERENCES party",
            "first_day TEXT",
            "last_day TEXT",
            "language TEXT",
            "source TEXT",
            "adopted INTEGER NOT NULL",
        ],
        [_meeting(meeting) for meeting in register.meetings],
    )
    yield Relation(
        "attendance",
        [
            "meeting TEXT NOT NULL REFERENCES meeting",
            "party TEXT NOT NULL REFERENCES party",
            "role TEXT NOT NULL",
        ],
        [
            (m.id, word.text, role)
            for m in register.meetings
            for role, named in (("participant", m.participants), ("observer", m.observers))
            for word in named
        ],
        indexes=["party"],
    )


def _meeting(meeting: Meeting) -> Row:
    return (
        meeting.id,
        meeting.body.text if meeting.body else None,
        meeting.title.shown(meeting.language or "") if meeting.title else None,
        meeting.place,
        meeting.country.text if meeting.country else None,
        day(meeting.start),
        day(meeting.last_day),
        meeting.language,
        meeting.source,
        int(meeting.conclusions is not None),
    )


def of_conclusions(register: Register) -> Iterator[Relation]:
    """Yield the conclusions, their texts in each language, acts, annexes and links."""
    adopted = [(m, c) for m in register.meetings for c in m.conclusions or ()]
    key = ["meeting TEXT NOT NULL REFERENCES meeting", "number TEXT NOT NULL"]
    yield Relation(
        "conclusion",
        [*key, "place INTEGER NOT NULL", "note TEXT"],
        [
            (m.id, c.number, place, c.note)
            for m in register.meetings
            for place, c in enumerate(m.conclusions or (), 1)
        ],
        ["PRIMARY KEY (meeting, number)"],
    )
    texts = [(m.id, c.number, *pair) for m, c in adopted for pair in _texts(c.text, m)]
    yield Relation(
        "conclusion_text",
        ["id INTEGER PRIMARY KEY", *key, "language TEXT NOT NULL", "text TEXT NOT NULL"],
        [(place, *row) for place, row in enumerate(texts, 1)],
        [_CONCLUSION],
        ["meeting, number"],
    )
    yield Relation(
        "act",
        [*key, "act TEXT NOT NULL"],
        [(m.id, c.number, act.text) for m, c in adopted for act in c.acts],
        [_CONCLUSION],
        ["meeting, number"],
    )
    yield Relation(
        "document",
        [*key, "document TEXT NOT NULL"],
        [(m.id, c.number, document) for m, c in adopted for document in c.documents],
        [_CONCLUSION],
    )
    yield _link(register, key)


def _link(register: Register, key: Sequence[str]) -> Relation:
    """Return what a conclusion says of an older one, and where that is in the record."""
    return Relation(
        "link",
        [
            *key,
            "kind TEXT NOT NULL",
            "written TEXT NOT NULL",
            "to_meeting TEXT REFERENCES meeting",
            "to_number TEXT",
            "to_ref TEXT",
        ],
        [
            row
            for meeting in register.meetings
            for conclusion in meeting.conclusions or ()
            for row in _links(register, meeting, conclusion)
        ],
        [_CONCLUSION],
        ["to_meeting, to_number"],
    )


def _texts(text: Text, meeting: Meeting) -> Iterator[tuple[str, str]]:
    for language, said in text.by_language.items():
        yield language or meeting.language or "", said


def _links(register: Register, meeting: Meeting, conclusion: Conclusion) -> Iterator[Row]:
    for kind, named in (
        ("follows", conclusion.follows),
        ("supersedes", conclusion.supersedes),
        ("closes", conclusion.closes),
        ("extends", tuple(extension.mandate for extension in conclusion.extends)),
    ):
        for word in named:
            found = register.refer(word.text, meeting.id)
            known = found is not None and found.meeting in register.calendar.by_id
            yield (
                meeting.id,
                conclusion.number,
                kind,
                word.text,
                found.meeting if found and known else None,
                found.number if found and known else None,
                str(found) if found and known else None,
            )


_MANDATE = [
    "ref TEXT PRIMARY KEY",
    "meeting TEXT NOT NULL REFERENCES meeting",
    "number TEXT NOT NULL",
    "ordinal INTEGER NOT NULL",
    "action TEXT NOT NULL",
    "kind TEXT NOT NULL",
    "due TEXT",
    "until TEXT",
    "each TEXT",
    "note TEXT",
    "void TEXT",
]


def of_mandates(register: Register, language: str) -> Iterator[Relation]:
    """Yield the mandates, whom they bind, who supports them, what they wait for, and what moved."""
    every = [(str(register.address(m, c, d)), m, c, d) for m, c, d in register.each_mandate()]
    ref = "ref TEXT NOT NULL REFERENCES mandate"
    party = "party TEXT NOT NULL REFERENCES party"
    yield Relation(
        "mandate",
        _MANDATE,
        [(key, *_mandate(m, c, d, language)) for key, m, c, d in every],
        [_CONCLUSION],
        ["meeting, number"],
    )
    yield Relation(
        "responsible",
        [ref, party],
        [(key, code) for key, m, _c, d in every for code in bound(register, m, d)],
        ["PRIMARY KEY (ref, party)"],
        ["party"],
    )
    yield Relation(
        "support",
        [ref, party],
        [(key, word.text) for key, _m, _c, d in every for word in d.support],
        indexes=["party"],
    )
    yield Relation(
        "awaits",
        [ref, "written TEXT NOT NULL", "awaited TEXT REFERENCES mandate"],
        [
            (key, word.text, awaited)
            for key, m, _c, d in every
            for word in d.after
            for awaited in _keys(register, word.text, m.id)
        ],
    )
    yield _extension(register)


def _extension(register: Register) -> Relation:
    """Return what later meetings moved: for each mandate and party, and to when."""
    return Relation(
        "extension",
        [
            "meeting TEXT NOT NULL REFERENCES meeting",
            "number TEXT NOT NULL",
            "written TEXT NOT NULL",
            "ref TEXT REFERENCES mandate",
            "due TEXT NOT NULL",
            "party TEXT REFERENCES party",
        ],
        [
            (m.id, c.number, e.mandate.text, moved, e.due.written, code)
            for m, c, e in register.each_extension()
            for moved in _keys(register, e.mandate.text, m.id)
            for code in _or_none([word.text for word in e.parties])
        ],
        [_CONCLUSION],
    )


def _mandate(meeting: Meeting, conclusion: Conclusion, mandate: Mandate, language: str) -> Row:
    responsible = mandate.responsible
    return (
        meeting.id,
        conclusion.number,
        mandate.ordinal,
        (mandate.action or conclusion.text).shown(language),
        mandate.kind,
        mandate.due.written if mandate.due else None,
        day(mandate.until.day if mandate.until else None),
        responsible.group if isinstance(responsible, Each) else None,
        mandate.note,
        mandate.void,
    )


def bound(register: Register, meeting: Meeting, mandate: Mandate) -> list[str]:
    """Return the codes of all whom a mandate binds."""
    owing = register.owing(mandate.responsible, meeting) if mandate.responsible else []
    return list(dict.fromkeys(code for parties in owing for code in parties))


def _keys(register: Register, written: str, inside: str) -> Sequence[str | None]:
    return _or_none(mandates_of(register, written, inside))


def _or_none(found: Sequence[str]) -> Sequence[str | None]:
    return found or [None]


def mandates_of(register: Register, written: str, inside: str | None = None) -> list[str]:
    """Return the keys of the mandates that a reference names; none where it leads nowhere."""
    found = register.refer(written, inside)
    meeting = register.calendar.by_id.get(found.meeting) if found else None
    conclusion = register.conclusion(found) if found else None
    if found is None or meeting is None or conclusion is None:
        return []
    return [
        str(register.address(meeting, conclusion, mandate)) for mandate in register.mandates(found)
    ]
