"""A conclusion that follows, supersedes, closes, extends or hands over one of a later meeting.

Why: The newer conclusion refers to the older one; the other way round, it would take effect too
early.

Bad:
    # meetings/GRCM-2002-10.yaml
    closes: CRM-2003-05/4
Good:
    # meetings/CRM-2003-05.yaml
    closes: GRCM-2002-10/8#1
"""

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, links
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for link in links(register, "follows", "closes", "supersedes", "extends", "reassigns"):
        other = register.calendar.by_id.get(link.target.meeting) if link.target else None
        end = link.meeting.last_day
        if other and end and other.last_day and other.last_day > end:
            message = _("{meeting} ended later, on {day}")
            sentence = message.format(meeting=other.id, day=other.last_day)
            hint = _("write it in the newer conclusion, about the older one")
            yield Problem(link.word.at, sentence, hint, concerns={other.id})
