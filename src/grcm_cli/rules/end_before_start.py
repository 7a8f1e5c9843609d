"""A meeting, a term of office or a membership ends before it starts.

Why: One of the two dates is wrong, but both count.

Bad:
    start: 2002-10-29
    end: 2002-10-28
Good:
    start: 2002-10-29
    end: 2002-10-31
"""

from collections.abc import Iterator
from itertools import chain

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.model import Membership, Term
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    message = _("the end, {end}, is before the start, {start}")
    for meeting in register.meetings:
        if meeting.start and meeting.end and meeting.end < meeting.start:
            yield Problem(meeting.end_at, message.format(end=meeting.end, start=meeting.start))
    for party in register.parties:
        spans: Iterator[Membership | Term] = chain(party.memberships, party.terms)
        for span in spans:
            if span.until and span.start and span.until < span.start:
                at = span.until_at or party.at
                yield Problem(at, message.format(end=span.until, start=span.start))
