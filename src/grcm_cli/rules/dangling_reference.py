"""A reference to a meeting, a conclusion or a mandate that is not in the record.

Why: What it links to, waits for or reports on does not exist. A meeting of which only the dates are
known may be referred to.

Bad:
    after: 8#7
Good:
    after: 8#1
"""

import re

from grcm_cli.domain.due_grammar import due_examples, fault_of_id
from grcm_cli.domain.findings import Advice, Problem, Problems
from grcm_cli.domain.model import Reference
from grcm_cli.domain.register import Register, links
from grcm_cli.language.suggestions import Choices, Suggestion, choices_of
from grcm_cli.language.text import _
from grcm_cli.reader.advice import due_advice, is_no_id
from grcm_cli.reader.fields import NUMBER

_SIGN = re.compile("[ .:#/_-]")
_LIKE_AN_ID = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
"""The form of an id that people give: with the numbers of a year and a month."""


def check(register: Register) -> Problems:
    meetings = choices_of(register.calendar.by_id)
    words = [(link.word, link.target) for link in links(register)]
    entries = register.each_entry()
    words += [(entry.mandate, to.reference) for entry, to in entries if to.mandate is None]
    for word, reference in words:
        message, advice = _missing(register, reference, word.text, meetings)
        if message:
            if meant := _with_slash(register, word.text):
                message = _("'{text}' is not a reference").format(text=word.text)
                advice = _("did you mean `{key}`?").format(key=meant)
            # What is read as a number inside a file may be meant as the id of a meeting.
            identity = word.text.partition("#")[0].partition("/")[0]
            concerns = {identity, reference.meeting} if reference else {identity}
            yield Problem(word.at, message, advice, concerns=concerns)
    known = register.calendar.by_id.keys() | register.unread_meetings
    for _meeting, due, at in register.each_due():
        meeting_id = due.meeting
        if meeting_id is not None and meeting_id not in known:
            if meeting_id == due.written and is_no_id(meeting_id, register):
                continue  # wrong-due tells of it
            message = _("'{text}' is not a meeting in the record").format(text=meeting_id)
            advice = _advice_for_due(register, meeting_id, meetings)
            place = at.of_last_word(due.written, meeting_id)
            yield Problem(place, message, advice, concerns={meeting_id})


def _missing(
    register: Register, reference: Reference | None, text: str, meetings: Choices
) -> tuple[str, Advice]:
    """Return what a reference names and the record lacks, with advice; an empty message if not."""
    if reference is None or (reference.number and not NUMBER.fullmatch(reference.number)):
        hint = _("write the meeting's id, / and the number, as in {form}")
        message = _("'{text}' is not a reference").format(text=text)
        return message, hint.format(form="GRCM-2002-10/8")
    meeting = register.calendar.by_id.get(reference.meeting)
    if meeting is None:
        if reference.meeting in register.unread_meetings:
            return "", ""
        message = _("'{text}' is not a meeting in the record").format(text=reference.meeting)
        return message, _advice(reference.meeting, meetings)
    if reference.number is None or meeting.conclusions is None:
        return "", ""
    if register.conclusion(reference) is None:
        message = _("{meeting} has no conclusion {number}")
        return message.format(meeting=reference.meeting, number=reference.number), ""
    if reference.ordinal is not None and not register.mandates(reference):
        message = _("{meeting}/{number} has no mandate {ordinal}")
        return message.format(**reference._asdict()), ""
    return "", ""


def _with_slash(register: Register, text: str) -> str:
    """Return the reference that a text spells with other signs between its parts, as `X-1#8`."""
    signs = [match.start() for match in _SIGN.finditer(text, 0, 70)]
    ids = (text[:sign] for sign in reversed(signs) if text[:sign] in register.calendar.by_id)
    meeting = next(ids, "")
    parts = _SIGN.split(text[len(meeting) + 1 :]) if meeting else []
    meant = f"{meeting}/{'#'.join(parts)}"
    reference = register.parse_reference(meant) if parts and meant != text else None
    return meant if reference and reference.number and register.mandates(reference) else ""


def _advice_for_due(register: Register, text: str, meetings: Choices) -> Advice:
    """Return what to write instead of a meeting that is not in the record, as a deadline."""
    if register.is_body(text):
        return _("did you mean `{key}`?").format(key=f"next {text}")
    if any(map(str.isdigit, text)):
        forms = _("write one of: {forms}").format(forms=", ".join(due_examples()))
        return _advice(text, meetings, forms)
    return _advice(text, meetings, due_advice(text, "")[0])


def _advice(text: str, meetings: Choices, otherwise: str = "") -> Advice:
    if not _LIKE_AN_ID.fullmatch(text) or fault_of_id(text):
        return Suggestion(text, meetings, otherwise)
    add = _("record it in meetings/{id}.yaml, even if only with its dates").format(id=text)
    addition = _("If not, record it in meetings/{id}.yaml").format(id=text)
    return Suggestion(text, meetings, add, addition)
