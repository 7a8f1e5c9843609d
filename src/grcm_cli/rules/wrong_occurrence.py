"""A report on a recurring duty that names no occurrence, or one that does not exist.

Why: A yearly duty is owed every year: a report must say which year it is for.

Bad:
    # due: every year on 05-31
    - {mandate: GRCM-2002-10/8#1, date: 2004-05-30, progress: done}
Good:
    - {mandate: GRCM-2002-10/8#1, for: 2004-05-31, date: 2004-05-30, progress: done}
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for entry, (reference, meeting, mandate, _address) in register.each_entry():
        if mandate is None or meeting is None or (mandate.due and mandate.due.is_unclear):
            continue
        occurrence = entry.occurrence
        concerns = frozenset([meeting.id, *([occurrence.text] if occurrence else ())])
        series = mandate.series(meeting, register.calendar)
        if series is not None:
            if occurrence and series.named(occurrence.text) is not None:
                continue
            message = _("{text} recurs: which occurrence is this?").format(text=reference)
            if occurrence:
                message = _("{text} has no occurrence '{name}'")
                message = message.format(text=reference, name=occurrence.text)
            before = series.before(entry.day)
            near = (series.nth(place) for place in (before, before + 1))
            names = [f"`for: {around.name}`" for around in near if around]
            hint = _("write {words}").format(words=_(" or ").join(names))
            if series.is_at_meetings and series.nth(1) is None:
                hint = _("the record has no meeting at which it is due")
            at = occurrence.at if occurrence else entry.mandate.at
            yield Problem(at, message, hint, concerns=concerns)
        elif occurrence is not None:
            message = _("{text} is due only once, so `for` does not apply").format(text=reference)
            yield Problem(occurrence.at, message, _("delete `for:`"), concerns=concerns)
