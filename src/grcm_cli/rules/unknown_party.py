"""A code that is not in the register.

Why: Nobody would see the duty on a list of their own. On the command line a name serves; in a
file only the code does.

Bad:

    responsible: MXE

Good:

    responsible: MEX
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.findings import THE_REGISTER, Advice, Problem
from grcm_cli.domain.model import Each, Mandate, PartyKind, PlacedWord, Together
from grcm_cli.domain.parties import CODE, KINDS
from grcm_cli.domain.register import Register
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import _, fold

_BETWEEN = (re.compile(r"\s*[,;/+&\n]\s*|\s+(?:y|e|and)\s+", re.IGNORECASE), re.compile(r"\s+"))
"""What people write between several codes or names; and between codes alone."""
_COUNTRY: tuple[PartyKind, ...] = ("member",)
_HOLDER: tuple[PartyKind, ...] = ("member", "organization")
_GROUPS = {
    "members": (
        "member",
        "members",
        "miembro",
        "miembros",
        "países",
        "países miembros",
        "los países miembros",
        "todos",
        "todos los países",
        "todos los miembros",
        "todos los países miembros",
        "all member countries",
        "all",
        "all members",
        "all countries",
        "countries",
        "member countries",
        "each member",
        "cada país",
        "cada miembro",
    ),
    "participants": (
        "participant",
        "participants",
        "participante",
        "participantes",
        "los participantes",
        "all participants",
        "todos los participantes",
        "países participantes",
        "each participant",
        "cada participante",
    ),
}
"""What people write for the groups that `each` takes."""
_GROUP_OF = {fold(name): group for group, names in _GROUPS.items() for name in names}


class _Place(NamedTuple):
    """What may stand where a code stands."""

    kinds: tuple[PartyKind, ...] = KINDS
    takes_list: bool = True
    group: str = ""
    """How a group of parties is written there; empty where none may stand."""
    is_each_possible: bool = False


_LIST, _ONE = _Place(), _Place(_COUNTRY, takes_list=False)
_AMONG_OTHERS = _Place()
_TERM = _Place(_HOLDER, takes_list=False)
_RESPONSIBLE = _Place(group="{{each: {group}}}", is_each_possible=True)
_EACH = _Place(group="{group}")
_FILE = _Place(takes_list=False)


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield every code of a party that is not in the register."""
    known = register.directory.by_code
    for place, words in _words(register):
        for word in words:
            if word.text not in known:
                at = _AMONG_OTHERS if place is _LIST and len(words) > 1 else place
                message = _("'{code}' is not in the register").format(code=word.text)
                cure = _cure(register, word, at)
                advice = _advice(register, word, at, cure)
                yield Problem(word.at, message, advice, cure, frozenset({THE_REGISTER}))


def _words(register: Register) -> Iterator[tuple[_Place, Sequence[PlacedWord]]]:
    for party in register.parties:
        yield _TERM, [term.holder for term in party.terms]
    for meeting in register.meetings:
        yield _LIST, meeting.participants
        yield _LIST, meeting.observers
        if meeting.country is not None:
            yield _ONE, [meeting.country]
    for _meeting, _conclusion, mandate in register.all_mandates:
        yield from _of_mandate(mandate)
    for _meeting, _conclusion, extension in register.each_extension():
        yield _LIST, extension.parties
    yield _FILE, register.reporting_parties


def _of_mandate(mandate: Mandate) -> Iterator[tuple[_Place, Sequence[PlacedWord]]]:
    match mandate.responsible:
        case Together(parties):
            # Beside others, neither a list nor a group may stand.
            yield _RESPONSIBLE if len(parties) == 1 else _LIST, parties
        case Each(_, listed, exceptions):
            yield _EACH if len(listed) == 1 else _LIST, listed
            yield _LIST, exceptions
    if mandate.support:
        yield _LIST, mandate.support


def _cure(register: Register, word: PlacedWord, place: _Place) -> str | None:
    """Return the code, the group or the list that a text means, where nothing else can stand."""
    if word.at.width < len(word.text):
        return None  # on several lines
    group = _GROUP_OF.get(fold(word.text)) if place.group else None
    if group:
        return place.group.format(group=group)
    codes = _several(register, word.text) if place in (_LIST, _EACH) else []
    if codes:
        return f"[{', '.join(codes)}]"
    code = register.sure_code(word)
    return code if code and register.directory.by_code[code].kind in place.kinds else None


def _advice(register: Register, word: PlacedWord, place: _Place, cure: str | None) -> Advice:
    group = _GROUP_OF.get(fold(word.text)) if place.group else None
    if group:
        return _("write {words}").format(words=place.group.format(group=group))
    codes = _several(register, word.text)
    if codes:
        return _list_advice(codes, place)
    choices = register.directory.choices(place.kinds)
    if place is _FILE:
        code = register.directory.of_file(word.text)
        if code is not None:
            return _("rename it to {name}").format(name=f"{code}.yaml")
        otherwise = _("call it after the party's code, as MEX.yaml")
        if CODE.fullmatch(word.text):
            otherwise = _("the file is called like a party's code: rename it, or add the party")
        return Suggestion(word.text, choices, otherwise)
    if not CODE.fullmatch(word.text):
        return Suggestion(word.text, choices, _("write the code of one in register.yaml"))
    otherwise = _("add it to register.yaml, or write the code of one who is there")
    addition = _("If not, add {code} to register.yaml").format(code=word.text)
    return Suggestion(word.text, choices, otherwise, addition if not cure else "")


def _several(register: Register, text: str) -> list[str]:
    """Return the codes of the parties that a text names, where it names several and no other."""
    for between in _BETWEEN:
        parts = [part for part in between.split(text.strip(" []")) if part]
        named = [register.directory.named(part) for part in parts]
        if len(parts) > 1 and all(len(found) == 1 for found in named):
            return [found[0].code for found in named]
    return []


def _list_advice(codes: Sequence[str], place: _Place) -> str:
    listed = f"[{', '.join(codes)}]"
    if not place.takes_list:
        return _("only one code may stand here")
    if place is _AMONG_OTHERS:
        return _("write each code by itself: {codes}").format(codes=", ".join(codes))
    if place.is_each_possible:
        message = _("write {codes} for a joint duty, or {each} for one of each")
        return message.format(codes=listed, each=f"{{each: {listed}}}")
    return _("write a list: {codes}").format(codes=listed)
