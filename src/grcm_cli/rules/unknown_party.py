"""A code that is not in the register.

Why: Nobody would see the duty on a list of their own. On the command line a name serves; in a
file only the code does.

Qué: Un código que no está en el registro.

Por qué: Nadie vería el compromiso en su propia lista. En la línea de órdenes sirve un nombre;
en un archivo, sólo el código.

Bad:

    responsible: MXE

Good:

    responsible: MEX
"""

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.model import PlacedWord
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _, did_you_mean

_GROUPS = ("members", "participants")


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield every code of a party that is not in the register."""
    known = register.directory.by_code
    for words in _words(register):
        for word in words:
            if word.text not in known:
                message = _("'{code}' is not in the register").format(code=word.text)
                hint = _hint(register, word.text)
                cure = register.sure_code(word)
                yield Problem(word.at, message, hint, cure, frozenset({THE_REGISTER}))


def _words(register: Register) -> Iterator[Sequence[PlacedWord]]:
    for party in register.parties:
        yield [term.holder for term in party.terms]
    for meeting in register.meetings:
        yield meeting.participants
        yield meeting.observers
        if meeting.country is not None:
            yield [meeting.country]
    for _meeting, _conclusion, mandate in register.all_mandates:
        if mandate.responsible is not None:
            yield mandate.responsible.codes
        if mandate.support:
            yield mandate.support
    for _meeting, _conclusion, extension in register.each_extension():
        yield extension.parties
    yield register.reporting_parties


def _hint(register: Register, word: str) -> str:
    if word in _GROUPS:
        return _("write {{each: {group}}}").format(group=word)
    if word.islower() and (group := did_you_mean(word, _GROUPS)):
        return group  # `{each: member}`: no code has small letters
    meant = register.directory.near(word)
    if meant is None:
        return _("add it to register.yaml, or write the code of one who is there")
    return _("did you mean '{code}' ({name})?").format(code=meant.code, name=meant.name.shown(""))
