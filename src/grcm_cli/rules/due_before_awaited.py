"""A mandate is due before the one that it waits for.

Why: Nobody can finish what waits for something that may not exist yet.

Bad:
    - {number: 8, text: …, responsible: CRI, due: 2003-03-31}
    - {number: 9, text: …, responsible: PPT, due: 2003-01-15, after: 8}
Good:
    - {number: 8, text: …, responsible: CRI, due: 2003-01-15}
    - {number: 9, text: …, responsible: PPT, due: 2003-03-31, after: 8}
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, deadline, links
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for _key, word, reference, meeting, _conclusion, waiting in links(register, "after"):
        awaited = register.mandates(reference) if reference else ()
        if waiting is None or waiting.void is not None or not reference or len(awaited) != 1:
            continue
        older = register.calendar.by_id[reference.meeting]
        own_day = deadline(waiting.due, meeting, register.calendar)
        day = deadline(awaited[0].due, older, register.calendar)
        if own_day is not None and day is not None and day > own_day:
            message = _(
                "{text} is due on {day}, later than {own}, when the mandate that waits for it is "
                "due"
            )
            sentence = message.format(text=word.text, day=day, own=own_day)
            concerns = {reference.meeting}
            for due, set_by in ((waiting.due, meeting), (awaited[0].due, older)):
                concerns |= due.meetings(set_by, register.calendar) if due else set()
            yield Problem(word.at, sentence, concerns=frozenset(concerns))
