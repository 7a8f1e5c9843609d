"""What a file records: the register, a meeting with its conclusions, the progress of a party."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from grcm_cli.domain import model
from grcm_cli.domain.due_forms import DEVICE, Unclear
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Location, Mandate, Meeting, Party, PlacedWord, Text
from grcm_cli.domain.parties import CODE
from grcm_cli.language.grammar import known_noun
from grcm_cli.language.text import LANGUAGES, N_, Noun, _
from grcm_cli.reader import events, fields
from grcm_cli.reader.events import Node, Scalar, place_of, read_tree
from grcm_cli.reader.values import Part, Reader, Values, list_of, optional, part_of, some

_Value = TypeVar("_Value")
Got = dict[str, Any]  # the values of a mapping by key; a key with a finding is there as None
_NOBODY = model.Each("listed", (), (), model.Location("", 1, 1, 0))
RegisterValues = tuple[model.Process, tuple[Party, ...]]  # the content of register.yaml


def _root_mapping(file: Values, path: str, data: bytes) -> events.Mapping | None:
    """Return the keys of a file; it is a finding if there are none."""
    before = len(file.problems)
    root = read_tree(path, data, file.problems)
    if isinstance(root, events.Mapping):
        return root
    if root is not None:
        file.wrong_type(root, _("keys with values, such as `id: GRCM-2002-10`"))
    elif len(file.problems) == before:
        file.problem(Location(path, 1, 1, 0), "missing-key", _("the file is empty"))
    return None


def read_register(path: str, data: bytes, findings: list[Finding]) -> RegisterValues | None:
    """Return what a register file records, or None if it cannot be read at all."""
    file = Values(findings)
    root = _root_mapping(file, path, data)
    if root is None:
        return None
    got = file.fields(root, _REGISTER)
    process = got.pop("process", None) or model.Process("", Text({"": ""}), ())
    process = process._replace(themes=tuple(got.pop("themes", None) or ()))
    return process, tuple(party for parties in got.values() for party in parties or ())


def _sound(file: Values, node: Node, part: Part) -> dict[str, Any]:
    """Return the values of a mapping by key, without those that have a finding."""
    return {key: value for key, value in file.fields(node, part).items() if value is not None}


def _process(file: Values, node: Node) -> model.Process:
    got = _sound(file, node, _PROCESS)
    code = got.get("code", "")
    return model.Process(**{"code": code, "name": Text({"": code}), "languages": (), **got})


def _parties(kind: model.PartyKind, kind_part: Part) -> Reader:
    """Return what reads the parties of a kind from a mapping of their codes."""

    def party(file: Values, key: Scalar, value: Node) -> Party:
        code = key.text
        file.text_places = {}
        problems = len(file.problems)
        got = file.fields(value, kind_part)
        if kind == "group" and isinstance(value, events.Sequence):
            file.advise(problems, _("write {name: …, members: [COK, KIR, NRU]}"))
        name, aliases = got.get("name") or Text({"": code}), got.get("aliases") or ()
        got["name_places"], got["language_at"] = file.text_places, place_of(value, "language")
        file.text_places = None
        if kind == "member":
            got["memberships"], got["terms"] = _memberships(file, value, got), None
        elif kind == "group":
            got["members"] = got.get("members") or _NOBODY
        return Party(code, kind, name, aliases, key.at, **optional(Party, got))

    return partial(_by_code, read_value=party, refusal=N_("'{text}' is not the code of a party"))


def _theme(file: Values, key: Scalar, value: Node) -> model.Theme:
    problems = len(file.problems)
    got = file.fields(value, _THEME)
    file.advise_written(value, problems, N_("write {{name: {word}}}"))
    return model.Theme(key.text, got.get("name") or Text({"": key.text}), key.at)


def _by_code(
    file: Values, node: Node, read_value: Callable[[Values, Scalar, Node], _Value], refusal: str
) -> list[_Value]:
    """Return the values of a mapping of codes; `read_value` takes a code and what it stands for."""
    if not isinstance(node, events.Mapping):
        file.wrong_type(node, _("codes with what they stand for, such as `MEX: {name: México}`"))
        return []
    read = []
    for key, value in node.items:
        code = key.text
        if not CODE.fullmatch(code):
            message = refusal
            hint = _("write 2 to 20 capital letters, digits and hyphens, beginning with a letter")
            if DEVICE.fullmatch(code):
                message = N_("Windows takes '{text}' for a device: no file can have that name")
                hint = _("write another code: the party's progress file is named after it")
            elif CODE.fullmatch(code.upper()):
                hint = _("did you mean `{key}`?").format(key=code.upper())
            file.problem(key.at, "wrong-code", _(message).format(text=code), hint)
        elif not file.is_empty(key, value):
            read.append(read_value(file, key, value))
    return read


def _memberships(file: Values, node: Node, got: Mapping[str, Any]) -> tuple[model.Membership, ...]:
    """Return when a party is a member: its `terms`, or `since` and `until` for one of them."""
    terms: tuple[model.Membership, ...] = got.get("terms") or ()
    since, until = got.get("since"), got.get("until")
    if since or until:
        at = place_of(node, "since"), place_of(node, "until")
        if terms and (place := at[0] or at[1]):
            message = _("`since` or `until` is given as well as `terms`")
            hint = _("write all dates in `terms`: [{from: 1971-08-01, until: 2022-07-09}]")
            file.problem(place, "two-roles", message, hint)
        terms = (*terms, model.Membership(since, until, *at))
    return tuple(sorted(terms, key=lambda term: term.start or date.min))


def _membership(file: Values, node: Node) -> model.Membership:
    got = file.fields(node, _MEMBERSHIP)
    at = place_of(node, "from") or node.at
    return model.Membership(got.get("from"), got.get("until"), at, place_of(node, "until"))


def _alias(file: Values, node: Node) -> str | None:
    if (alias := file.line(node)) is not None:
        file.keep_place(alias, node)
    return alias


def _term(file: Values, node: Node) -> model.Term | None:
    got = _sound(file, node, _TERM)
    if "holder" not in got or "from" not in got:
        return None
    places = place_of(node, "from"), place_of(node, "until")
    return model.Term(got["holder"], got["from"], got.get("until"), *places)


def _lines(file: Values, node: Node) -> tuple[str, ...]:
    """Return the lines of a list, or those of one text below `|`."""
    texts = file.each_of(node, Values.line)
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def _conclusion_words(file: Values, node: Node) -> Mapping[str, Noun] | None:
    """Return the words for a conclusion, by language: known, or with plural and gender."""
    if not isinstance(node, events.Mapping):
        file.wrong_type(node, _("a word for each language: {es: acuerdo, en: decision}"))
        return None
    nouns = {}
    for key, value in node.items:
        code = key.text
        if code not in LANGUAGES:
            message = _("grcm has no interface in the language '{word}'").format(word=code)
            file.problem(key.at, "wrong-word", message, ", ".join(LANGUAGES))
        elif isinstance(value, events.Mapping):
            got = file.fields(value, _NOUN)
            if got.get("singular") and got.get("plural"):
                gender = got.get("gender")
                nouns[code] = Noun(got["singular"], got["plural"], gender.text if gender else "f")
        elif text := file.scalar(value, N_("a word")):
            word = text.strip()
            if (noun := known_noun(word, code)) is not None:
                nouns[code] = noun
                continue
            message = _("grcm does not know the plural of '{word}'").format(word=word)
            hint = _("write {{singular: {word}, plural: …, gender: f}}").format(word=word)
            file.problem(value.at, "wrong-word", message, hint)
    file.errors += node.is_broken
    return nouns


def read_meeting(path: str, stem: str, data: bytes, findings: list[Finding]) -> Meeting | None:
    """Return the meeting of a file, or None if the file cannot be read at all.

    `stem` is the file's name; it replaces an id that has a finding.
    """
    file = Values(findings)
    root = _root_mapping(file, path, data)
    if root is None:
        return None
    language = root.value("language")
    file.authentic = language.text if isinstance(language, Scalar) else ""
    got = file.fields(root, _MEETING)
    got |= {f"{key}_at": place_of(root, key) for key in ("title", "language")}
    got["kind"] = got["kind"].text if got.get("kind") else "meeting"
    # What cannot be read is kept back.
    got["confidential"] = got.get("confidential", False) is not False
    days = got.get("start"), got.get("end")
    places = place_of(root, "id") or root.at, place_of(root, "end") or root.at
    return Meeting(got.get("id") or stem, got.get("body"), *days, *places, **optional(Meeting, got))


def _body(file: Values, node: Node) -> PlacedWord | None:
    body = file.code(node)
    file.body = body.text if body else ""
    return body


def _metadata(file: Values, node: Node) -> dict[str, Any] | None:
    """Return what other programs say, as it is: texts, lists and mappings; None if nothing."""
    if not isinstance(node, events.Mapping):
        file.wrong_type(node, _("the keys of other programs, such as `edoxen: {urn: …}`"))
        return None
    return {key.text: _plain(file, value) for key, value in node.items}


def _plain(file: Values, node: Node) -> Any:  # noqa: ANN401 - a tree of texts
    """Return a node without its places; an empty value is a finding."""
    if isinstance(node, Scalar):
        if node.is_broken:
            file.errors += 1
        elif node.is_null:
            hint = _("write a value or leave out the key")
            file.problem(node.at, "null-value", _("a value is missing here"), hint)
        return node.text
    if isinstance(node, events.Mapping):
        return {key.text: _plain(file, value) for key, value in node.items}
    return [_plain(file, item) for item in node.items]


def _conclusion(file: Values, node: Node) -> model.Conclusion:
    got, faulty = _understood(file, node, _CONCLUSION)
    at = node.at
    got["mandates"] = _mandates_of(file, got, node, faulty=faulty)
    number: PlacedWord = got.get("number") or PlacedWord("?", at)
    text = got.get("text") or Text({"": ""})
    got["confidential"] = got.get("confidential", False) is not False
    return model.Conclusion(number.text, text, at, number.at, **optional(model.Conclusion, got))


def _mandates_of(file: Values, got: Got, node: Node, *, faulty: bool) -> tuple[Mandate, ...]:
    """Return the mandates of a conclusion: those of `mandates`, or the one of its own keys."""
    if "mandates" not in got and fields.OWN_MANDATE.keys().isdisjoint(got):
        return ()  # as most
    alone = {key: value for key, value in got.items() if key in fields.OWN_MANDATE}
    at = node.at
    if alone and isinstance(node, events.Mapping):
        meant = _CONCLUSION.meant
        keys = (key for key, _value in node.items)
        at = next(key.at for key in keys if key.text in alone or meant(key.text) in alone)
    listed = got.get("mandates")
    if listed is None:
        return (_mandate(alone, at, faulty=faulty),)
    mandates = [*listed]
    if alone:
        message = _("keys of a mandate are given as well as `mandates`")
        file.problem(at, "mandate-twice", message, _("put it into one of the mandates"))
        if not alone.keys().isdisjoint(fields.MANDATE_NEEDS):
            # It may be a mandate of its own: after the others, so that they keep their numbers.
            alone.pop("void", None)
            mandates.append((alone, at, True))
    return tuple(
        _mandate(keys, start, index, len(mandates), faulty=bool(alone) or is_faulty)
        for index, (keys, start, is_faulty) in enumerate(mandates, 1)
    )


def _understood(file: Values, node: Node, part: Part) -> tuple[Got, bool]:
    """Return values by key, and whether there is an error in them.

    A misspelt key is there as None then, which is there and not understood: a misspelt
    `responsible` must not hide whom a duty binds, nor a misspelt `due` its deadline.
    """
    before = file.errors
    got: Got = file.fields(node, part)
    is_faulty = file.errors > before
    if is_faulty and isinstance(node, events.Mapping):
        got = {**dict.fromkeys(filter(None, map(part.meant, node.names))), **got}
    return got, is_faulty


def _apart(file: Values, node: Node, read_item: Reader) -> object:
    """Return the values of a list whose errors are not those of the conclusion's own keys."""
    before = file.errors
    items = file.each_of(node, read_item)
    file.errors = before
    return items


def _listed_mandate(file: Values, node: Node) -> tuple[Got, Location, bool]:
    got, is_faulty = _understood(file, node, _MANDATE)
    at = node.at
    if isinstance(node, events.Mapping) and got.keys().isdisjoint(fields.MANDATE_NEEDS):
        hint = _("add at least one of: {keys}").format(keys=", ".join(fields.MANDATE_NEEDS))
        file.problem(at, "missing-key", _("a mandate says neither what, nor who, nor when"), hint)
        is_faulty = True
    return got, at, is_faulty


def _mandate(got: Got, at: Location, index: int = 1, count: int = 1, *, faulty: bool) -> Mandate:
    due, due_at = got.get("due") or (Unclear("") if "due" in got else None, at)
    responsible, is_whole = got.get("responsible") or (None, "responsible" not in got)
    keywords = {**optional(Mandate, got), "faulty": faulty, "anybody": not is_whole}
    keywords["kind"] = got["kind"].text if got.get("kind") else "request"
    return Mandate(index, count > 1, got.get("action"), responsible, due, at, due_at, **keywords)


def _extension(file: Values, node: Node) -> model.Extension | None:
    before, problems = file.errors, len(file.problems)
    got = file.fields(node, _EXTENSION)
    file.advise_written(node, problems, N_("write {{mandate: {word}, due: …}}"))
    due, due_at = got.get("due") or (Unclear(""), node.at)
    if file.errors > before:
        due = Unclear(due.written)  # for whom, or until when, is open: no deadline moves
    if got.get("mandate"):
        return model.Extension(got["mandate"], due, due_at, got.get("parties") or ())
    return None


def _reassignment(file: Values, node: Node) -> model.Reassignment | None:
    problems, errors = len(file.problems), file.errors
    got = file.fields(node, _REASSIGNMENT)
    file.advise_brackets(problems, got, node, fields.REASSIGNMENT)
    file.advise_written(node, problems, N_("write {{mandate: {word}, to: …}}"))
    hint = _(
        "write {mandate: 8#1, from: GTM, to: [CRI, MEX]}, with codes from register.yaml; leave "
        "out `from` where all who owe it hand it over"
    )
    file.advise(problems, hint)
    if file.errors > errors or not (got.get("mandate") and got.get("to")):
        return None  # to whom, or from whom, is open: nothing changes hands
    return model.Reassignment(got["mandate"], got.get("from"), got["to"], node.at)


def read_progress(path: str, party: str, data: bytes, findings: list[Finding]) -> list[model.Entry]:
    """Return the entries of a party's file, in its order; those with errors are findings alone."""
    root, file = read_tree(path, data, findings), Values(findings)
    return [] if root is None else [*file.each_of(root, partial(_entry, party=party))]


def _entry(file: Values, node: Node, party: str) -> model.Entry | None:
    got = file.fields(node, _ENTRY)
    # An error in what an entry adds does not take away what it reports.
    if not (got.get("mandate") and got.get("date") and got.get("progress")) or node.is_broken:
        return None
    got |= {"occurrence": got.get("for"), "day_at": place_of(node, "date")}
    day, progress = got["date"], got["progress"].text
    return model.Entry(party, got["mandate"], day, progress, node.at, **optional(model.Entry, got))


_PARTY = N_("a party")
_NOUN = part_of(N_("a word for a conclusion"), fields.NOUN)
_MEMBERSHIP = part_of(N_("a membership"), fields.MEMBERSHIP)
_THEME = part_of(N_("a theme"), fields.THEME)
_TERM = part_of(N_("a term"), fields.TERM)
_SECRETARIAT = part_of(N_("the secretariat"), fields.SECRETARIAT)
_CONTACT = part_of(N_("a contact"), fields.CONTACT, address=_lines)
_PROCESS = part_of(
    N_("the process"),
    fields.PROCESS,
    secretariat=lambda file, node: model.Secretariat(**_sound(file, node, _SECRETARIAT)),
    languages=some(list_of(Values.language)),
    conclusion=_conclusion_words,
)
_NAMES: dict[str, Reader] = {
    "aliases": list_of(_alias),
    "contact": lambda file, node: model.Contact(**_sound(file, node, _CONTACT)),
}
_MEMBER = part_of(_PARTY, fields.MEMBER, terms=some(list_of(_membership)), **_NAMES)
_REGISTER = part_of(
    N_("the register"),
    fields.REGISTER,
    process=_process,
    members=_parties("member", _MEMBER),
    offices=_parties("office", part_of(_PARTY, fields.OFFICE, terms=list_of(_term), **_NAMES)),
    organizations=_parties("organization", part_of(_PARTY, fields.PARTY, **_NAMES)),
    bodies=_parties("body", part_of(_PARTY, fields.PARTY, **_NAMES)),
    groups=_parties("group", part_of(N_("a group"), fields.GROUP, **_NAMES)),
    themes=partial(_by_code, read_value=_theme, refusal=N_("'{text}' is not the code of a theme")),
)
_MANDATE = part_of(N_("a mandate"), fields.MANDATE)
_EXTENSION = part_of(N_("an extension"), fields.EXTENSION, parties=some(Values.codes))
_REASSIGNMENT = part_of(N_("a reassignment"), fields.REASSIGNMENT, to=some(Values.codes))
_CONCLUSION = part_of(
    N_("a conclusion"),
    fields.CONCLUSION,
    mandates=partial(_apart, read_item=_listed_mandate),
    extends=partial(_apart, read_item=_extension),
    reassigns=partial(_apart, read_item=_reassignment),
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
