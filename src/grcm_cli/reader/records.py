"""What a file records: the register, a meeting, the progress of a party.

Conclusions, mandates and entries are made without the names of their fields, in the order of
`domain.model`: with the names, of which a folder has the most, it takes twice as long.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from yaml import MappingStartEvent, ScalarEvent, SequenceStartEvent

from grcm_cli.domain.deadlines import DEVICE
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import (
    Conclusion,
    Contact,
    Entry,
    Extension,
    Location,
    Mandate,
    Meeting,
    Party,
    PartyKind,
    PlacedWord,
    Process,
    Secretariat,
    Term,
    Text,
    Unclear,
)
from grcm_cli.domain.parties import CODE
from grcm_cli.language.noun import Noun
from grcm_cli.language.text import N_, _, clean
from grcm_cli.reader import fields
from grcm_cli.reader.advice import advise
from grcm_cli.reader.contacts import contact, secretariat
from grcm_cli.reader.events import Event, Keys, read
from grcm_cli.reader.values import Part, Reader, Values, part_of

Got = Mapping[str, Any]
"""The values of a mapping by key; a key with a finding is there as None."""


# --- the register ---------------------------------------------------------------------------


RegisterValues = tuple[Process, tuple[Party, ...]]
"""The content of register.yaml."""


def read_register(path: str, data: bytes, findings: list[Finding]) -> RegisterValues | None:
    """Return what a register file records, or None if it cannot be read at all."""
    return _read(path, data, findings, _register)


def _register(file: Values, root: Event) -> RegisterValues:
    got = file.fields(root, _REGISTER)
    process = got.get("process") or _process_of({})
    parties = [party for name, found in got.items() if name != "process" for party in found or ()]
    return process, tuple(parties)


def _process_of(got: Got) -> Process:
    name = got.get("name") or Text({"": got.get("code") or ""})
    more = (
        got.get("languages") or (),
        got.get("secretariat") or Secretariat(),
        got.get("conclusion") or {},
    )
    return Process(got.get("code") or "", name, *more)


def _conclusion_words(file: Values, event: Event) -> Mapping[str, Noun] | None:
    from grcm_cli.reader.nouns import conclusion_words  # 1 ms, only for a process with own words

    return conclusion_words(file, event)


def _parties(kind: PartyKind, kind_part: Part) -> Reader:
    """Return what reads the parties of a kind from a mapping of their codes."""

    def parties(file: Values, event: Event) -> list[Party]:
        if event.__class__ is not MappingStartEvent:
            file.wrong_type(event, _("codes with what they stand for, as `MEX: {name: México}`"))
            return []
        found = []
        for code, key, value in file.pairs(event):
            if not CODE.fullmatch(code):
                file.node(value)
                _wrong_code(file, code, key)
            elif not file.is_empty(key, code, value):
                file.places, file.text_places = {}, {}
                got = file.fields(value, kind_part)
                found.append(_party(file, code, kind, file.place(key), got))
        return found

    return parties


def _wrong_code(file: Values, code: str, key: Event) -> None:
    message = _("'{text}' is no code of a party").format(text=code)
    hint = _("write 2 to 20 capital letters, digits and hyphens, a letter first")
    if DEVICE.fullmatch(code):
        message = _("Windows takes '{text}' for a device: no file can have that name")
        message = message.format(text=code)
        hint = _("write another code: the party's progress file is called like it")
    elif CODE.fullmatch(code.upper()):
        hint = _("did you mean `{key}`?").format(key=code.upper())
    file.problem(file.place(key), "wrong-code", message, hint)


def _party(file: Values, code: str, kind: PartyKind, at: Location, got: Got) -> Party:
    return Party(
        code=code,
        kind=kind,
        name=got.get("name") or Text({"": code}),
        aliases=got.get("aliases") or (),
        at=at,
        language=got.get("language"),
        since=got.get("since"),
        until=got.get("until"),
        terms=got.get("terms") or (),
        until_at=file.places.get("until"),
        name_places=file.text_places or {},
        contact=got.get("contact") or Contact(),
    )


def _name(file: Values, event: Event) -> Text | None:
    """Return a party's name, and keep the place of each of its texts."""
    text = file.text(event)
    if text is not None and event.__class__ is ScalarEvent:
        _keep_place(file, text.shown(""), event)
    return text


def _alias(file: Values, event: Event) -> str | None:
    """Return another name of a party, and keep its place."""
    alias = file.line(event)
    if alias is not None:
        _keep_place(file, alias, event)
    return alias


def _keep_place(file: Values, text: str, event: Event) -> None:
    if file.text_places is not None:
        file.text_places.setdefault(text, file.place(event))


def _term(file: Values, event: Event) -> Term | None:
    got = file.fields(event, _TERM)
    start_at, until_at = file.places.pop("from", None), file.places.pop("until", None)
    if got.get("holder") and got.get("from"):
        return Term(got["holder"], got["from"], got.get("until"), start_at, until_at)
    return None


# --- meetings -------------------------------------------------------------------------------


def read_meeting(path: str, stem: str, data: bytes, findings: list[Finding]) -> Meeting | None:
    """Return the meeting of a file, or None if the file cannot be read at all.

    `stem` is the file's name; it replaces an id that has a finding.
    """
    return _read(path, data, findings, partial(_meeting, stem=stem))


def _meeting(file: Values, root: Event, stem: str) -> Meeting:
    got = file.fields(root, _MEETING)
    _put_authentic_first(file)
    at = file.place(root)
    return Meeting(
        id=got.get("id") or stem,
        body=got.get("body"),
        start=got.get("start"),
        end=got.get("end"),
        at=file.places.get("id", at),
        end_at=file.places.get("end", at),
        title=got.get("title"),
        place=got.get("place"),
        country=got.get("country"),
        language=got.get("language"),
        participants=got.get("participants") or (),
        observers=got.get("observers") or (),
        source=got.get("source"),
        conclusions=got.get("conclusions"),
        title_at=file.places.get("title"),
        metadata=got.get("metadata"),
    )


def _put_authentic_first(file: Values) -> None:
    """Put the authentic language first in each text that has several."""
    for text in file.translations:
        if file.authentic in text:
            others = dict(text)
            text.clear()
            text |= {file.authentic: others[file.authentic], **others}


def _authentic_language(file: Values, event: Event) -> str | None:
    if event.__class__ is ScalarEvent:
        file.authentic = event.value
    return file.language(event)


def _body(file: Values, event: Event) -> PlacedWord | None:
    body = file.code(event)
    file.body = body.text if body else ""
    return body


def _metadata(file: Values, event: Event) -> object:
    from grcm_cli.reader.metadata import read_metadata  # 1 ms, only where there is any

    return read_metadata(file, event)


def _with_place(name: str, read_value: Reader) -> Reader:
    """Return a reader that keeps the place of its value, too."""

    def reader(file: Values, event: Event) -> object:
        file.places[name] = file.place(event)
        return read_value(file, event)

    return reader


def _some(read_list: Reader) -> Reader:
    """Return a reader of a list in which something must be: an empty one is a finding."""

    def reader(file: Values, event: Event) -> object:
        before = file.errors
        found = read_list(file, event)
        if found or file.errors > before or event.__class__ is not SequenceStartEvent:
            return found
        hint = _("write what belongs in it, or leave the key out")
        file.problem(file.place(event), "null-value", _("the list is empty"), hint)
        return None

    return reader


def _conclusion(file: Values, event: Event) -> Conclusion:
    before = file.errors
    keys: Keys = {}
    got: Got = file.fields(event, _CONCLUSION, keys)
    faulty = file.errors > before
    if faulty:
        got = _with_meant(got, keys, fields.CONCLUSION)
    at = file.place(event)
    mandates: tuple[Mandate, ...] = ()
    if "mandates" in got or not _OWN_KEYS.isdisjoint(got):
        mandates = _mandates_of(file, got, keys, at, faulty=faulty)
    number: PlacedWord = got.get("number") or PlacedWord("?", at)
    return Conclusion(
        number.text,
        got.get("text") or Text({"": ""}),
        at,
        number.at,
        got.get("acts") or (),
        mandates,
        got.get("follows") or (),
        got.get("supersedes") or (),
        got.get("closes") or (),
        got.get("extends") or (),
        got.get("documents") or (),
        got.get("note"),
        got.get("metadata"),
    )


def _mandates_of(
    file: Values, got: Got, keys: Keys, at: Location, *, faulty: bool
) -> tuple[Mandate, ...]:
    """Return the mandates of a conclusion: those of `mandates`, or the one of its own keys."""
    own: Got = {}
    if not _OWN_KEYS.isdisjoint(got):
        own = {key: value for key, value in got.items() if key in _OWN_KEYS}
        at = file.place(next(keys[key] for key in keys if key in own or _meant(key) in own))
    listed = got.get("mandates")
    if listed is None:
        is_meant = own or "mandates" in got
        return (_mandate(own, at, faulty=faulty),) if is_meant else ()
    found = [*listed]
    if own:
        message = _("a mandate's key stands beside `mandates`")
        hint = _("put it into one of the mandates")
        file.problem(at, "mandate-twice", message, hint)
        if not _MANDATE_NEEDS.isdisjoint(own):
            # It may be a mandate of its own: after the others, so that they keep their numbers.
            found.append(({key: value for key, value in own.items() if key != "void"}, at, True))
    return tuple(
        [
            _mandate(of_one, start, index, len(found), faulty=bool(own) or is_faulty)
            for index, (of_one, start, is_faulty) in enumerate(found, 1)
        ]
    )


def _with_meant(got: Got, keys: Keys, table: fields.Table) -> Got:
    """Return values with those of misspelt keys as None: they are there, and not understood.

    A misspelt `responsible` must not hide whom a duty binds, nor a misspelt `due` its deadline.
    """
    unknown = (key for key in keys if key not in table)
    meant = (table.suggestions.near(key) for key in unknown)
    return {**dict.fromkeys(key for key in meant if key), **got}


def _meant(key: str) -> str | None:
    """Return the key of a conclusion that an unknown one may be meant for."""
    return None if key in fields.CONCLUSION else fields.CONCLUSION.suggestions.near(key)


def _listed_mandates(file: Values, event: Event) -> tuple[tuple[Got, Location, bool], ...]:
    """Return of each mandate its values, its place, and whether it has an error."""
    before = file.errors
    found = file.each_of(event, _listed_mandate)
    file.errors = before  # they are not errors of the conclusion's own keys
    return found


def _listed_mandate(file: Values, event: Event) -> tuple[Got, Location, bool]:
    before = file.errors
    keys: Keys = {}
    got: Got = file.fields(event, _MANDATE, keys)
    if file.errors > before:
        got = _with_meant(got, keys, fields.MANDATE)
    at = file.place(event)
    if event.__class__ is MappingStartEvent and _MANDATE_NEEDS.isdisjoint(got):
        message = _("a mandate says neither what, nor who, nor when")
        needs = ", ".join(fields.MANDATE_NEEDS)
        file.problem(
            at, "missing-key", message, _("add at least one of: {keys}").format(keys=needs)
        )
    return got, at, file.errors > before


def _mandate(got: Got, at: Location, index: int = 1, count: int = 1, *, faulty: bool) -> Mandate:
    """Return a mandate, which is one of `count` of its conclusion."""
    due, due_at = got.get("due") or (Unclear("") if "due" in got else None, at)
    responsible, is_whole = got.get("responsible") or (None, "responsible" not in got)
    return Mandate(
        index,
        count > 1,  # of several
        got.get("action"),
        responsible,
        due,
        at,
        due_at,
        got.get("support") or (),
        got["kind"].text if got.get("kind") else "request",
        got.get("after") or (),
        got.get("note"),
        got.get("void"),
        faulty,
        not is_whole,  # whom it binds is open
        got.get("until"),
    )


def _extensions(file: Values, event: Event) -> tuple[Extension, ...]:
    before = file.errors
    found = file.each_of(event, _extension)
    file.errors = before  # as with mandates
    return found


def _extension(file: Values, event: Event) -> Extension | None:
    before, problems = file.errors, len(file.problems)
    got = file.fields(event, _EXTENSION)
    if event.__class__ is ScalarEvent:
        hint = _("write {{mandate: {reference}, due: …}}").format(reference=clean(event.value))
        advise(file.problems, problems, hint)
    due, due_at = got.get("due") or (Unclear(""), file.place(event))
    if file.errors > before:
        due = Unclear(due.written)  # for whom, or until when, is open: no deadline moves
    if got.get("mandate"):
        return Extension(got["mandate"], due, due_at, got.get("parties") or ())
    return None


# --- progress -------------------------------------------------------------------------------


def read_progress(path: str, party: str, data: bytes, findings: list[Finding]) -> list[Entry]:
    """Return the entries of a party's file, in its order; those with errors are findings alone."""
    return list(read(path, data, findings, Values, partial(_entries, party=party)) or ())


def _entries(file: Values, root: Event, party: str) -> tuple[Entry, ...]:
    return file.each_of(root, partial(_entry, party=party))


def _entry(file: Values, event: Event, party: str) -> Entry | None:
    got = file.fields(event, _ENTRY)
    # An error in what an entry adds does not take away what it reports.
    if not (got.get("mandate") and got.get("date") and got.get("progress")) or file.is_broken:
        return None
    return Entry(
        party,
        got["mandate"],
        got["date"],
        got["progress"].text,
        file.place(event),
        got.get("evidence"),
        got.get("note"),
        got.get("for"),
        file.places["date"],
    )


# --- parts ----------------------------------------------------------------------------------

_Record = TypeVar("_Record")


def _read(
    path: str,
    data: bytes,
    findings: list[Finding],
    read_root: Callable[[Values, Event], _Record],
) -> _Record | None:
    """Return what is read of a file's mapping; it is a finding if there is none."""

    def read_mapping(file: Values, root: Event) -> _Record | None:
        if root.__class__ is MappingStartEvent:
            return read_root(file, root)
        file.wrong_type(root, _("keys with values, as `id: GRCM-2002-10`"))
        return None

    before = len(findings)
    record = read(path, data, findings, Values, read_mapping)
    if record is None and len(findings) == before:
        at = Location(path, 1, 1, 0)
        findings.append(Finding(at, "error", "missing-key", _("the file is empty")))
    return record


_PARTY_NAME = N_("a party")
_PROCESS = part_of(
    N_("the process"),
    fields.PROCESS,
    secretariat=secretariat,
    languages=_some(lambda file, event: file.each_of(event, Values.language)),
    conclusion=_conclusion_words,
)
_DAYS = {name: _with_place(name, Values.day) for name in ("from", "until", "date")}
_TERM = part_of(N_("a term"), fields.TERM, **_DAYS)
_NAMES: dict[str, Reader] = {
    "name": _name,
    "aliases": lambda file, event: file.each_of(event, _alias),
    "contact": contact,
}
_REGISTER = part_of(
    N_("the register"),
    fields.REGISTER,
    process=lambda file, event: _process_of(file.fields(event, _PROCESS)),
    members=_parties("member", part_of(_PARTY_NAME, fields.MEMBER, **_NAMES, **_DAYS)),
    offices=_parties(
        "office",
        part_of(
            _PARTY_NAME,
            fields.OFFICE,
            terms=lambda file, event: file.each_of(event, _term),
            **_NAMES,
        ),
    ),
    organizations=_parties("organization", part_of(_PARTY_NAME, fields.PARTY, **_NAMES)),
    bodies=_parties("body", part_of(_PARTY_NAME, fields.PARTY, **_NAMES)),
)
_MANDATE = part_of(N_("a mandate"), fields.MANDATE)
_MANDATE_NEEDS = frozenset(fields.MANDATE_NEEDS)
_OWN_KEYS = frozenset(fields.OWN_MANDATE)
_EXTENSION = part_of(N_("an extension"), fields.EXTENSION, parties=_some(Values.codes))
_CONCLUSION = part_of(
    N_("a conclusion"),
    fields.CONCLUSION,
    mandates=_listed_mandates,
    extends=_extensions,
    metadata=_metadata,
)
_MEETING = part_of(
    N_("a meeting"),
    fields.MEETING,
    id=_with_place("id", Values.id),
    body=_body,
    end=_with_place("end", Values.day),
    title=_with_place("title", Values.text),
    language=_authentic_language,
    metadata=_metadata,
    conclusions=lambda file, event: file.each_of(event, _conclusion),
)
_ENTRY = part_of(N_("an entry"), fields.ENTRY, **_DAYS)
