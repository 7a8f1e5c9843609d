"""What register.yaml records: the process, its secretariat, and everybody who takes part."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from yaml import MappingStartEvent, SequenceStartEvent

from grcm_cli.domain import model
from grcm_cli.domain.due_grammar import DEVICE
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Party, Text
from grcm_cli.domain.parties import CODE
from grcm_cli.language.grammar import known_noun
from grcm_cli.language.text import LANGUAGES, N_, Noun, _
from grcm_cli.reader import fields
from grcm_cli.reader.events import Event
from grcm_cli.reader.parts import list_of, optional, part_of, read_mapping, some
from grcm_cli.reader.values import Part, Reader, Values

_Value = TypeVar("_Value")
_NOBODY = model.Each("listed", (), (), model.Location("", 1, 1, 0))
RegisterValues = tuple[model.Process, tuple[Party, ...]]
"""The content of register.yaml: the process and everybody who takes part."""


def read_register(path: str, data: bytes, findings: list[Finding]) -> RegisterValues | None:
    """Return what a register file records, or None if it cannot be read at all."""
    return read_mapping(path, data, findings, _register)


def _register(file: Values, root: Event) -> RegisterValues:
    got = file.fields(root, _REGISTER)
    process = got.pop("process", None) or model.Process("", Text({"": ""}), ())
    process = process._replace(themes=tuple(got.pop("themes", None) or ()))
    return process, tuple(party for parties in got.values() for party in parties or ())


def _sound(file: Values, event: Event, part: Part) -> dict[str, Any]:
    """Return the values of a mapping by key, without those that have a finding."""
    return {key: value for key, value in file.fields(event, part).items() if value is not None}


def _process(file: Values, event: Event) -> model.Process:
    got = _sound(file, event, _PROCESS)
    code = got.get("code", "")
    return model.Process(**{"code": code, "name": Text({"": code}), "languages": (), **got})


def _parties(kind: model.PartyKind, kind_part: Part) -> Reader:
    """Return what reads the parties of a kind from a mapping of their codes."""

    def party(file: Values, code: str, key: Event, value: Event) -> Party:
        file.text_places = {}
        problems = len(file.problems)
        got = file.fields(value, kind_part)
        if kind == "group" and value.__class__ is SequenceStartEvent:
            file.advise(problems, _("write {name: …, members: [COK, KIR, NRU]}"))
        name, aliases = got.get("name") or Text({"": code}), got.get("aliases") or ()
        got["name_places"], got["language_at"] = file.text_places, file.place_of("language")
        file.text_places = None
        if kind == "member":
            got["memberships"], got["terms"] = _memberships(file, got), None
        elif kind == "group":
            got["members"] = got.get("members") or _NOBODY
        return Party(code, kind, name, aliases, file.place(key), **optional(Party, got))

    return _by_code(party, N_("'{text}' is not the code of a party"))


def _theme(file: Values, code: str, key: Event, value: Event) -> model.Theme:
    problems = len(file.problems)
    got = file.fields(value, _THEME)
    file.advise_written(value, problems, N_("write {{name: {word}}}"))
    return model.Theme(code, got.get("name") or Text({"": code}), file.place(key))


def _by_code(read_value: Callable[[Values, str, Event, Event], _Value], wrong_code: str) -> Reader:
    """Return what reads a mapping of codes; `read_value` takes the code and its two events."""

    def values(file: Values, event: Event) -> list[_Value]:
        if event.__class__ is not MappingStartEvent:
            expected = _("codes with what they stand for, such as `MEX: {name: México}`")
            file.wrong_type(event, expected)
            return []
        read = []
        for code, key, value in file.pairs(event):
            if not CODE.fullmatch(code):
                file.node(value)
                message = _(wrong_code).format(text=code)
                hint = _(
                    "write 2 to 20 capital letters, digits and hyphens, beginning with a letter"
                )
                if DEVICE.fullmatch(code):
                    message = _("Windows takes '{text}' for a device: no file can have that name")
                    message = message.format(text=code)
                    hint = _("write another code: the party's progress file is named after it")
                elif CODE.fullmatch(code.upper()):
                    hint = _("did you mean `{key}`?").format(key=code.upper())
                file.problem(file.place(key), "wrong-code", message, hint)
            elif not file.is_empty(key, code, value):
                read.append(read_value(file, code, key, value))
        return read

    return values


def _memberships(file: Values, got: Mapping[str, Any]) -> tuple[model.Membership, ...]:
    """Return when a party is a member: its `terms`, or `since` and `until` for one of them."""
    terms: tuple[model.Membership, ...] = got.get("terms") or ()
    since, until = got.get("since"), got.get("until")
    if since or until:
        at = file.place_of("since"), file.place_of("until")
        place = at[0] or at[1]
        if terms and place:
            message = _("`since` or `until` is given as well as `terms`")
            hint = _("write all dates in `terms`: [{from: 1971-08-01, until: 2022-07-09}]")
            file.problem(place, "two-roles", message, hint)
        terms = (*terms, model.Membership(since, until, *at))
    return tuple(sorted(terms, key=lambda term: term.start or date.min))


def _membership(file: Values, event: Event) -> model.Membership:
    got = file.fields(event, _MEMBERSHIP)
    at = file.place_of("from") or file.place(event)
    return model.Membership(got.get("from"), got.get("until"), at, file.place_of("until"))


def _alias(file: Values, event: Event) -> str | None:
    alias = file.line(event)
    if alias is not None:
        file.keep_place(alias, event)
    return alias


def _term(file: Values, event: Event) -> model.Term | None:
    got = _sound(file, event, _TERM)
    if "holder" not in got or "from" not in got:
        return None
    places = file.place_of("from"), file.place_of("until")
    return model.Term(got["holder"], got["from"], got.get("until"), *places)


def _email(file: Values, event: Event) -> str | None:
    """Return an e-mail address; a name beside it, or a second one, is a finding."""
    problems = len(file.problems)
    expected = N_("an e-mail address, such as secretaria@example.org")
    word = file.matching(event, fields.EMAIL.fullmatch, "wrong-type", expected)
    file.advise(problems, _("write the address alone, without a name; several in [ ]"))
    return word.text if word else None


def _lines(file: Values, event: Event) -> tuple[str, ...]:
    """Return the lines of a list, or those of one text below `|`."""
    texts = file.each_of(event, Values.line)
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def _conclusion_words(file: Values, event: Event) -> Mapping[str, Noun] | None:
    """Return the words for a conclusion, by language: known, or with plural and gender."""
    if event.__class__ is not MappingStartEvent:
        file.wrong_type(event, _("a word for each language: {es: acuerdo, en: decision}"))
        return None
    nouns = {}
    for code, key, value in file.pairs(event):
        if code not in LANGUAGES:
            file.node(value)
            message = _("grcm has no interface in the language '{word}'").format(word=code)
            file.problem(file.place(key), "wrong-word", message, ", ".join(LANGUAGES))
        elif value.__class__ is MappingStartEvent:
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
            file.problem(file.place(value), "wrong-word", message, hint)
    file.errors += file.is_broken
    return nouns


_PARTY = N_("a party")
_NOUN = part_of(N_("a word for a conclusion"), fields.NOUN)
_MEMBERSHIP = part_of(N_("a membership"), fields.MEMBERSHIP)
_THEME = part_of(N_("a theme"), fields.THEME)
_TERM = part_of(N_("a term"), fields.TERM)
_SECRETARIAT = part_of(
    N_("the secretariat"), fields.SECRETARIAT, email=_email, address=_lines, signature=_lines
)
_CONTACT = part_of(N_("a contact"), fields.CONTACT, email=list_of(_email), address=_lines)
_PROCESS = part_of(
    N_("the process"),
    fields.PROCESS,
    secretariat=lambda file, event: model.Secretariat(**_sound(file, event, _SECRETARIAT)),
    languages=some(list_of(Values.language)),
    conclusion=_conclusion_words,
)
_NAMES: dict[str, Reader] = {
    "aliases": list_of(_alias),
    "contact": lambda file, event: model.Contact(**_sound(file, event, _CONTACT)),
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
    themes=_by_code(_theme, N_("'{text}' is not the code of a theme")),
)
