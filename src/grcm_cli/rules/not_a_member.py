"""A country that is responsible or holds an office, but was not a member at the time.

Why: A meeting binds those who are members on its last day, and only members can hold offices. The
dates of membership are in register.yaml.

Bad:
    responsible: DOM   # a member since 2005, bound by a meeting of 2002
Good:
    responsible: PAN
"""

from collections.abc import Iterator
from datetime import date, timedelta

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Each, Meeting, PlacedWord, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    parties = register.directory.by_code.values()
    # In most processes few members have come or gone; the others need no look.
    moving = {party.code: party for party in parties if party.memberships}
    if not moving:
        return
    outside: list[tuple[PlacedWord, date]] = []
    for meeting in register.meetings:
        day = meeting.last_day
        if day is not None:
            bound = (word for word in _bound(meeting) if word.text in moving)
            outside += [(word, day) for word in bound if not moving[word.text].belongs_on(day)]
    for office in parties:
        for term, last in office.terms_with_ends():
            holder = moving.get(term.holder.text)
            terms = holder.memberships if holder else ()
            end = next((days.until for days in terms if days.has(term.start)), None)
            if holder and not holder.belongs_on(term.start):
                outside.append((term.holder, term.start))
            elif end and end != date.max and not (last and last <= end):
                outside.append((term.holder, end + timedelta(days=1)))
    for word, day in outside:
        message = _("'{code}' is not a member on {day}").format(code=word.text, day=day)
        hint = _("its dates of membership are in register.yaml")
        yield Problem(word.at, message, hint, concerns={THE_REGISTER})


def _bound(meeting: Meeting) -> Iterator[PlacedWord]:
    """Yield the codes of those who owe as they are written, each participant once."""
    excepted_by_all: set[str] | None = None
    for conclusion in meeting.conclusions or ():
        for reassignment in conclusion.reassigns:
            yield from reassignment.to
        for mandate in conclusion.mandates:
            match mandate.responsible:
                case Together(parties):
                    yield from parties
                case Each(group, listed, exceptions):
                    codes = {word.text for word in exceptions}
                    yield from (word for word in listed if word.text not in codes)
                    if group == "participants":
                        all_before = excepted_by_all
                        excepted_by_all = codes if all_before is None else all_before & codes
    if excepted_by_all is not None:
        yield from (word for word in meeting.participants if word.text not in excepted_by_all)
