"""A `due` that cannot be read as a deadline, or that falls outside the years 1 to 9999.

Why: The grammar is closed: no text is ever guessed to be a date. A word such as `soon` has the form
of a meeting's id; if there is no meeting with that id, it is not a deadline either.

Bad:
    due: primer trimestre de 2003
Good:
    due: 2003-Q1
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _
from grcm_cli.reader.advice import due_advice, is_no_id


def check(register: Register) -> Problems:
    known = register.calendar.by_id.keys() | register.unread_meetings
    for meeting, due, at in register.each_due():
        message = due.fault(meeting, register.calendar)
        if message:
            yield Problem(at, message, concerns=due.meetings(meeting, register.calendar))
        text = due.written
        if due.meeting == text and text not in known and is_no_id(text, register):
            advice, cure = due_advice(text, meeting.body.text if meeting.body else "")
            sentence = _("'{text}' cannot be read as a deadline").format(text=text)
            cure = cure if at.width >= len(text) else None
            yield Problem(at, sentence, advice, cure, concerns={text})
