"""What a file records: a meeting with its conclusions, the progress of a party.

Conclusions, mandates and entries are made without the names of their fields, in the order of
`domain.model`: with the names, of which a folder has the most, it takes twice as long.
"""

from functools import partial
from typing import Any

from yaml import MappingStartEvent

from grcm_cli.domain import model
from grcm_cli.domain.due_forms import Unclear
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location, Mandate, Meeting, PlacedWord, Text
from grcm_cli.language.text import N_, _
from grcm_cli.reader import events, fields
from grcm_cli.reader.events import Event, Keys, Node, Scalar, read
from grcm_cli.reader.parts import advise_brackets, list_of, optional, part_of, read_mapping, some
from grcm_cli.reader.values import Part, Reader, Values

Got = dict[str, Any]
"""The values of a mapping by key; a key with a finding is there as None."""


def read_meeting(path: str, stem: str, data: bytes, findings: list[Finding]) -> Meeting | None:
    """Return the meeting of a file, or None if the file cannot be read at all.

    `stem` is the file's name; it replaces an id that has a finding.
    """
    return read_mapping(path, data, findings, partial(_meeting, stem=stem))


def _meeting(file: Values, root: Event, stem: str) -> Meeting:
    got = file.fields(root, _MEETING)
    authentic = getattr(file.starts.get("language"), "value", "")
    for text in file.translations:
        if authentic in text:
            others = dict(text)
            text.clear()
            text |= {authentic: others[authentic], **others}
    at = file.place(root)
    got |= {f"{key}_at": file.place_of(key) for key in ("title", "language")}
    got["kind"] = got["kind"].text if got.get("kind") else "meeting"
    # What cannot be read is kept back.
    got["confidential"] = got.get("confidential", False) is not False
    return Meeting(
        got.get("id") or stem,
        got.get("body"),
        got.get("start"),
        got.get("end"),
        file.place_of("id") or at,
        file.place_of("end") or at,
        **optional(Meeting, got),
    )


def _body(file: Values, event: Event) -> PlacedWord | None:
    body = file.code(event)
    file.body = body.text if body else ""
    return body


def _metadata(file: Values, event: Event) -> dict[str, Any] | None:
    """Return what other programs say, as it is: texts, lists and mappings; None if nothing."""
    if event.__class__ is not MappingStartEvent:
        file.wrong_type(event, _("the keys of other programs, such as `edoxen: {urn: …}`"))
        return None
    values = _plain(file, file.node(event))
    return values if isinstance(values, dict) else None


def _plain(file: Values, node: Node) -> Any:  # noqa: ANN401 - a tree of texts
    """Return a node without its places; an empty value is a finding."""
    if isinstance(node, Scalar):
        if node.is_broken:
            file.errors += 1
        elif node.is_null:
            hint = _("write a value or leave the key out")
            file.problem(node.at, "null-value", _("a value is missing here"), hint)
        return node.text
    if isinstance(node, events.Mapping):
        return {key.text: _plain(file, value) for key, value in node.items}
    return [_plain(file, item) for item in node.items]


def _conclusion(file: Values, event: Event) -> model.Conclusion:
    got, keys, faulty = _understood(file, event, _CONCLUSION)
    at = file.place(event)
    mandates: tuple[Mandate, ...] = ()
    if "mandates" in got or not _OWN_KEYS.isdisjoint(got):
        mandates = _mandates_of(file, got, keys, at, faulty=faulty)
    number: PlacedWord = got.get("number") or PlacedWord("?", at)
    text, got["mandates"] = got.get("text") or Text({"": ""}), mandates
    if "confidential" in got:
        got["confidential"] = got["confidential"] is not False
    return model.Conclusion(number.text, text, at, number.at, **optional(model.Conclusion, got))


def _mandates_of(
    file: Values, got: Got, keys: Keys, at: Location, *, faulty: bool
) -> tuple[Mandate, ...]:
    """Return the mandates of a conclusion: those of `mandates`, or the one of its own keys."""
    own: Got = {}
    if not _OWN_KEYS.isdisjoint(got):
        own = {key: value for key, value in got.items() if key in _OWN_KEYS}
        meant = _CONCLUSION.meant
        at = file.place(next(keys[key] for key in keys if key in own or meant(key) in own))
    listed = got.get("mandates")
    if listed is None:
        return (_mandate(own, at, faulty=faulty),) if own or "mandates" in got else ()
    found = [*listed]
    if own:
        message = _("keys of a mandate are given as well as `mandates`")
        file.problem(at, "mandate-twice", message, _("put it into one of the mandates"))
        if not _MANDATE_NEEDS.isdisjoint(own):
            # It may be a mandate of its own: after the others, so that they keep their numbers.
            found.append(({key: value for key, value in own.items() if key != "void"}, at, True))
    return tuple(
        [
            _mandate(of_one, start, index, len(found), faulty=bool(own) or is_faulty)
            for index, (of_one, start, is_faulty) in enumerate(found, 1)
        ]
    )


def _understood(file: Values, event: Event, part: Part) -> tuple[Got, Keys, bool]:
    """Return values by key, the events of the keys, and whether there is an error in them.

    A misspelt key is there as None then, which is there and not understood: a misspelt
    `responsible` must not hide whom a duty binds, nor a misspelt `due` its deadline.
    """
    before, keys = file.errors, Keys()
    got: Got = file.fields(event, part, keys)
    is_faulty = file.errors > before
    if is_faulty:
        got = {**dict.fromkeys(filter(None, map(part.meant, keys))), **got}
    return got, keys, is_faulty


def _apart(read_item: Reader) -> Reader:
    """Return a reader of a list whose errors are not those of the conclusion's own keys."""

    def reader(file: Values, event: Event) -> object:
        before = file.errors
        items = file.each_of(event, read_item)
        file.errors = before
        return items

    return reader


def _listed_mandate(file: Values, event: Event) -> tuple[Got, Location, bool]:
    got, _keys, is_faulty = _understood(file, event, _MANDATE)
    at = file.place(event)
    if event.__class__ is MappingStartEvent and _MANDATE_NEEDS.isdisjoint(got):
        message = _("a mandate says neither what, nor who, nor when")
        hint = _("add at least one of: {keys}").format(keys=", ".join(fields.MANDATE_NEEDS))
        file.problem(at, "missing-key", message, hint)
        is_faulty = True
    return got, at, is_faulty


def _mandate(got: Got, at: Location, index: int = 1, count: int = 1, *, faulty: bool) -> Mandate:
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
        got.get("lead"),
        got.get("internal"),
    )


def _extension(file: Values, event: Event) -> model.Extension | None:
    before, problems = file.errors, len(file.problems)
    got = file.fields(event, _EXTENSION)
    file.advise_written(event, problems, N_("write {{mandate: {word}, due: …}}"))
    due, due_at = got.get("due") or (Unclear(""), file.place(event))
    if file.errors > before:
        due = Unclear(due.written)  # for whom, or until when, is open: no deadline moves
    if got.get("mandate"):
        return model.Extension(got["mandate"], due, due_at, got.get("parties") or ())
    return None


def _reassignment(file: Values, event: Event) -> model.Reassignment | None:
    problems, errors, keys = len(file.problems), file.errors, Keys()
    got = file.fields(event, _REASSIGNMENT, keys)
    advise_brackets(file, problems, got, list(keys), fields.REASSIGNMENT)
    file.advise_written(event, problems, N_("write {{mandate: {word}, to: …}}"))
    hint = _("write {mandate: 8#1, from: GTM, to: [CRI, MEX]}, with codes from register.yaml")
    file.advise(problems, hint)
    if file.errors > errors or not (got.get("mandate") and got.get("to")):
        return None  # to whom, or from whom, is open: nothing changes hands
    return model.Reassignment(got["mandate"], got.get("from"), got["to"], file.place(event))


def read_progress(path: str, party: str, data: bytes, findings: list[Finding]) -> list[model.Entry]:
    """Return the entries of a party's file, in its order; those with errors are findings alone."""
    entries = list_of(partial(_entry, party=party))
    return list(read(path, data, findings, Values, entries) or ())


def _entry(file: Values, event: Event, party: str) -> model.Entry | None:
    got = file.fields(event, _ENTRY)
    # An error in what an entry adds does not take away what it reports.
    if not (got.get("mandate") and got.get("date") and got.get("progress")) or file.is_broken:
        return None
    return model.Entry(
        party,
        got["mandate"],
        got["date"],
        got["progress"].text,
        file.place(event),
        got.get("evidence"),
        got.get("note"),
        got.get("for"),
        file.place_of("date"),
        got.get("internal"),
    )


_MANDATE = part_of(N_("a mandate"), fields.MANDATE)
_MANDATE_NEEDS = frozenset(fields.MANDATE_NEEDS)
_OWN_KEYS = frozenset(fields.OWN_MANDATE)
_EXTENSION = part_of(N_("an extension"), fields.EXTENSION, parties=some(Values.codes))
_REASSIGNMENT = part_of(N_("a reassignment"), fields.REASSIGNMENT, to=some(Values.codes))
_CONCLUSION = part_of(
    N_("a conclusion"),
    fields.CONCLUSION,
    mandates=_apart(_listed_mandate),
    extends=_apart(_extension),
    reassigns=_apart(_reassignment),
    themes=partial(Values.codes, read_code=partial(Values.code, expected=N_("a theme's code"))),
    metadata=_metadata,
)
_MEETING = part_of(
    N_("a meeting"),
    fields.MEETING,
    body=_body,
    metadata=_metadata,
    conclusions=list_of(_conclusion),
)
_ENTRY = part_of(N_("an entry"), fields.ENTRY)
