"""A reference to a meeting, a conclusion or a mandate that is not in the record.

Why: What it links, waits for or reports on does not exist. A meeting that is known by its dates
alone may be referred to.

Qué: Una referencia a una reunión, una conclusión o un mandato que no está en el registro.

Por qué: Lo que enlaza, espera o informa no existe. Sí se puede remitir a una reunión de la que
sólo se conocen las fechas.

Bad:

    after: 8#7

Good:

    after: 8#1
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.deadlines import DUE_FORMS
from grcm_cli.findings import Problem
from grcm_cli.model import AtMeeting, Location, Within, Written
from grcm_cli.register import Register
from grcm_cli.text import _, did_you_mean

SEVERITY = "error"


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield every reference that leads nowhere."""
    for inside, word in references(register):
        message = _missing(register, inside, word.text)
        if message:
            yield Problem(word.at, message)
    for meeting_id, at in _deadlines(register):
        if meeting_id not in register.calendar.by_id and meeting_id not in register.lost:
            message = _("'{text}' is no meeting of the record").format(text=meeting_id)
            yield Problem(at, message, _hint(register, meeting_id))


def references(register: Register) -> Iterator[tuple[str | None, Written]]:
    """Yield every reference as written, with the meeting in whose file it stands."""
    for meeting, conclusion in register.each_speaker():
        yield from ((meeting.id, word) for word in conclusion.lineage)
    for meeting, _conclusion, mandate in register.each_mandate():
        yield from ((meeting.id, word) for word in mandate.after)
    yield from ((None, entry.mandate) for entry in register.entries)


def _missing(register: Register, inside: str | None, text: str) -> str:
    """Return what a reference leads to that is not there, or nothing."""
    reference = register.refer(text, inside)
    if reference is None:
        return _("'{text}' is no reference; write it as GRCM-2002-10/8#1").format(text=text)
    meeting = register.calendar.by_id.get(reference.meeting)
    if meeting is None:
        if reference.meeting in register.lost:
            return ""
        return _("'{text}' is no meeting of the record").format(text=reference.meeting)
    if reference.number is None or meeting.conclusions is None:
        return ""
    if register.conclusion(reference) is None:
        message = _("{meeting} has no conclusion {number}")
        return message.format(meeting=reference.meeting, number=reference.number)
    if reference.ordinal is not None and not register.mandates(reference):
        message = _("{meeting}/{number} has no mandate {ordinal}")
        return message.format(**reference._asdict())
    return ""


def _deadlines(register: Register) -> Iterator[tuple[str, Location]]:
    for _meeting, due, at in register.each_due():
        match due:
            case AtMeeting(_, meeting_id) | Within(anchor=str(meeting_id)):
                yield meeting_id, at


def _hint(register: Register, meeting_id: str) -> str:
    forms = _("write one of: {forms}").format(forms=", ".join(DUE_FORMS))
    return did_you_mean(meeting_id, register.calendar.by_id) or forms
