"""An `extends` that moves no deadline: of a party that does not owe, or of a duty that recurs.

Why: The old deadline stays in force while the record seems to say that it was moved.

Qué: Un `extends` que no mueve ningún plazo: de quien no debe, o de un compromiso que se repite.

Por qué: El plazo anterior sigue vigente aunque parezca que el registro lo cambió.

Bad:

    extends: {mandate: GRCM-2002-10/9, due: 2003-Q2, parties: MEX}   # PPT owes it

Good:

    extends: {mandate: GRCM-2002-10/9, due: 2003-Q2}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.model import Extension, Meeting
from grcm_cli.domain.recurrence import is_recurring
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the extensions that have no effect."""
    for meeting, _conclusion, extension in register.each_extension():
        if is_recurring(extension.due):
            message = _("a deadline moves once: no duty starts to come back")
            hint = _("give a new mandate with `due: every …`, and `supersedes` for the old one")
            yield Problem(extension.due_at, message, hint)
        yield from _of_mandate(register, meeting, extension)


def _of_mandate(register: Register, meeting: Meeting, extension: Extension) -> Iterator[Problem]:
    reference = register.parse_reference(extension.mandate.text, meeting.id)
    mandates = register.mandates(reference) if reference else ()
    if reference is None or len(mandates) != 1:
        return  # other rules tell
    [mandate] = mandates
    if is_recurring(mandate.due):
        message = _("{text} comes back: it has no one deadline to move").format(text=reference)
        hint = _("give a new mandate, and `supersedes` for the old one")
        concerns = frozenset({reference.meeting})
        yield Problem(extension.mandate.at, message, hint, concerns=concerns)
    older = register.calendar.by_id[reference.meeting]
    if mandate.responsible is None or mandate.anybody:
        return
    owing = {
        code for codes in register.expand_responsible(mandate.responsible, older) for code in codes
    }
    for word in extension.parties:
        if word.text in register.directory.by_code and word.text not in owing:
            message = _("{party} does not owe {text}")
            sentence = message.format(party=word.text, text=extension.mandate.text)
            who = _("it binds: {codes}").format(codes=" ".join(sorted(owing)) or "–")
            concerns = frozenset({reference.meeting, THE_REGISTER})
            yield Problem(word.at, sentence, who, concerns=concerns)
