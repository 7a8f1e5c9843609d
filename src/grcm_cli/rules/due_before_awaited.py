"""A mandate is due before the one that it waits for.

Why: Nobody can finish what waits for something that need not be there yet.

Bad:

    - {number: 8, text: …, responsible: CRI, due: 2003-03-31}
    - {number: 9, text: …, responsible: PPT, due: 2003-01-15, after: 8}

Good:

    - {number: 8, text: …, responsible: CRI, due: 2003-01-15}
    - {number: 9, text: …, responsible: PPT, due: 2003-03-31, after: 8}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.deadlines import deadline, meetings_of_deadline
from grcm_cli.domain.findings import Problem
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the references to an awaited mandate whose first deadline lies later."""
    for meeting, _conclusion, mandate in register.waiting_mandates:
        own = deadline(mandate.due, meeting, register.calendar)
        for word in mandate.after if own and mandate.void is None else ():
            reference = register.parse_reference(word.text, meeting.id)
            awaited = register.mandates(reference) if reference else ()
            if reference is None or len(awaited) != 1 or own is None:
                continue
            older = register.calendar.by_id[reference.meeting]
            day = deadline(awaited[0].due, older, register.calendar)
            if day is not None and day > own:
                message = _("{text} is due on {day}, after what waits for it, on {own}")
                sentence = message.format(text=word.text, day=day, own=own)
                concerns = {
                    reference.meeting,
                    *meetings_of_deadline(mandate.due, meeting, register.calendar),
                    *meetings_of_deadline(awaited[0].due, older, register.calendar),
                }
                yield Problem(word.at, sentence, concerns=frozenset(concerns))
