"""Codes and names of parties."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from grcm_cli.domain.findings import THE_REGISTER, Advice, Problem, Problems
from grcm_cli.domain.model import Party, PartyKind, PlacedWord, Theme
from grcm_cli.domain.parties import CODE, KINDS, KINDS_OF_KEY, names_of
from grcm_cli.domain.register import Register, each_code
from grcm_cli.language.suggestions import Suggestion, synonyms
from grcm_cli.language.text import N_, _, fold
from grcm_cli.reader.fields import GROUPS

_BETWEEN = (re.compile(r"[,;/+&\n]|\s(?:y|e|and)\s", re.IGNORECASE), re.compile(r"\s"))
"""What people write between several codes or names; and between codes alone."""
_EACH_ONE = re.compile(r"(?:cada|chacune?|each)(?: (?:of|one|un[oa]?|uma))?\s*:?\s+", re.IGNORECASE)
_ONLY_ONE = N_("only one code is allowed here")
_AS_LIST = N_("write a list: {codes}")
_BY_ITSELF = N_("write each code separately: {codes}")
_JOINT_OR_EACH = N_("write {codes} for a joint duty, or {each} where each owes its own")


class _Place(NamedTuple):
    """What may stand where a code stands."""

    several: str  # what to write where a text names several parties
    kinds: tuple[PartyKind, ...] = KINDS
    group: str = ""  # how a group of parties is written there; empty where none may stand


_LIST, _AMONG_OTHERS, _FILE = _Place(_AS_LIST), _Place(_BY_ITSELF), _Place(_ONLY_ONE)
_MEMBERS = _Place(_AS_LIST, group="{{all: {group}}}")
_RESPONSIBLE = _Place(_JOINT_OR_EACH, group="{{each: {group}}}")
_EACH = _Place(_AS_LIST, group="{group}")
_PLACES = {"members": _MEMBERS, "responsible": _RESPONSIBLE, "each": _EACH, "file": _FILE}
_PLACES |= {key: _Place(_ONLY_ONE, KINDS_OF_KEY[key]) for key in ("country", "holder")}
_PLACES |= dict.fromkeys(("lead", "from"), _Place(_ONLY_ONE))
"""By the key under which a code stands; the others take a list."""


def unknown_party(register: Register) -> Problems:
    known = register.directory.by_code
    for key, words in each_code(register):
        place = _PLACES.get(key, _LIST)
        for word in words if key != "body" else ():
            if word.text not in known:
                message = _("'{code}' is not in the register").format(code=word.text)
                codes = [fold(party.code) for party in register.directory.named(word.text)]
                if len(codes) == 1 and codes != [fold(word.text)] and place is not _FILE:
                    message = _("'{code}' is a name; a code belongs here").format(code=word.text)
                # Beside others, neither a list nor a group may stand.
                advice, cure = _meant(register, word, _AMONG_OTHERS if len(words) > 1 else place)
                if place is _RESPONSIBLE and (form := _each_meant(register, word.text)):
                    advice = _("write {words}").format(words=form)
                    cure = form if word.at.width >= len(word.text) else None
                yield Problem(word.at, message, advice, cure, {THE_REGISTER})


def _meant(register: Register, word: PlacedWord, place: _Place) -> tuple[Advice, str | None]:
    """Return what to write instead of a word, and the cure where nothing else can stand."""
    is_on_one_line = word.at.width >= len(word.text)
    group = synonyms("groups").get(fold(word.text), ("",))[0]
    if place is _MEMBERS and group:  # no meeting tells who takes part in a group
        group, place = ("members", place) if group in ("members", "each") else (group, _LIST)
    if group and (group != "nobody" or place is _RESPONSIBLE):
        cure = place.group.format(group=group) if group in GROUPS and is_on_one_line else None
        return _instead_of_group(group, place), cure or None
    code = register.sure_code(word)
    cure = code if code and register.directory.by_code[code].kind in place.kinds else None
    codes = _several(register, word.text)
    if codes:
        in_row = ", ".join(codes)
        listed = f"[{in_row}]"
        if place.several == _AS_LIST:
            cure = listed if is_on_one_line else None
        shown = in_row if place.several == _BY_ITSELF else listed
        return _(place.several).format(codes=shown, each=f"{{each: {listed}}}"), cure
    is_code = CODE.fullmatch(word.text) is not None
    otherwise, addition = _("write a code that is in register.yaml"), ""
    if place is _EACH:
        otherwise = _("write members, participants or codes from register.yaml: [GTM, CRI]")
    if place is _FILE:
        code = register.directory.of_file(word.text)
        if code is not None:
            return _("rename it to {name}").format(name=f"{code}.yaml"), cure
        otherwise = _("name it after the party's code, as in MEX.yaml")
        if is_code:
            otherwise = _("the file has a party's code as its name: rename it, or add the party")
    elif is_code:
        otherwise = _("add it to register.yaml, or write a code that is there")
        addition = _("If not, add {code} to register.yaml").format(code=word.text)
    choices = register.directory.choices(place.kinds)
    return Suggestion(word.text, choices, otherwise, "" if cure else addition), cure


def _each_meant(register: Register, text: str) -> str:
    """Return what *each GTM, CRI* means, as a file writes it; empty where it means no such list."""
    names = _EACH_ONE.sub("", text)
    codes = _several(register, names) or [party.code for party in register.directory.named(names)]
    return f"{{each: [{', '.join(codes)}]}}" if names != text and codes else ""


def _instead_of_group(group: str, place: _Place) -> str:
    """Return what to write instead of a word for a group, for either of two, or for nobody."""
    if group == "nobody":
        return _("write `responsible: []` where the text names nobody")
    if not place.group:
        return _("a group cannot be used here: write the codes of its parties")
    if group in GROUPS:
        return _("write {words}").format(words=place.group.format(group=group))
    first, other = (place.group.format(group=name) for name in GROUPS)
    message = _("it can be read in two ways: write {first} or {other}")
    return message.format(first=first, other=other)


def _several(register: Register, text: str) -> list[str]:
    """Return the codes of the parties that a text names, where it names several and no other."""
    for between in _BETWEEN:
        parts = [part for part in between.split(text.strip(" []")) if part.strip()]
        named = [register.directory.named(part) for part in parts]
        if len(parts) > 1 and all(len(parties) == 1 for parties in named):
            return [parties[0].code for parties in named]
    return []


_WRONG = {
    "office": N_("{code} is an office"),
    "body": N_("{code} is a body that meets"),
    "group": N_("{code} is a group"),
    "organization": N_("{code} is an organization"),
}
_TOOK_PART = N_("write the codes of the countries and organizations that took part")
_RIGHT = {
    "holder": N_("write the code of the country, or of the organization, that holds the office"),
    "members": N_("write the codes of its members"),
    "file": N_("each member reports in a file of its own"),
    "participants": _TOOK_PART,
    "observers": _TOOK_PART,
    "country": N_("write the code of the country"),
}
"""What to write where a party of another kind stands, by the key."""


def wrong_kind(register: Register) -> Problems:
    for key, words in each_code(register):
        name = key.removesuffix(".except")
        for word in words if name in _RIGHT else ():
            party = register.directory.by_code.get(word.text)
            if party is not None and party.kind not in KINDS_OF_KEY[name]:
                message = _(_WRONG[party.kind]).format(code=party.code)
                yield Problem(word.at, message, _(_RIGHT[name]), concerns={THE_REGISTER})


def shared_code(register: Register) -> Problems:
    for party in register.parties:
        first = register.directory.by_code[party.code]
        if first is not party:
            hint = _("the first is on line {line}").format(line=first.at.line)
            yield Problem(party.at, _("the code {code} is taken").format(code=party.code), hint)


def shared_name(register: Register) -> Problems:
    yield from _shared(register.parties, _("'{name}' is the code of another party"))
    yield from _shared(register.process.themes, _("'{name}' is the code of another theme"))


def _shared(named: Sequence[Party | Theme], is_code: str) -> Problems:
    """Yield what is called like another; a topic may be called like a party."""
    first: dict[str, Party | Theme] = {}
    for each in named:  # a code is right: what is called like it is the mistake
        first.setdefault(fold(each.code), each)
    for each in named:
        for name in dict.fromkeys(names_of(each)):
            other = first.setdefault(fold(name), each)
            if other is not each and other.code != each.code:
                message = _("'{name}' also means {other}")
                hint = _("case, accents, dots and spaces do not matter")
                if fold(name) == fold(other.code):
                    message, hint = is_code, _("delete it, or write another name")
                at = each.name_places.get(name, each.at) if isinstance(each, Party) else each.at
                yield Problem(at, message.format(name=name, other=other.code), hint)
                break
