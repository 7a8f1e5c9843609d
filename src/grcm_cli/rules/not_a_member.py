"""A country is responsible, or holds an office, that was not a member then.

Why: A meeting binds its members of its last day, and members hold the offices. The days of
membership are in register.yaml.

Bad:

    responsible: DOM   # a member since 2005, bound by a meeting of 2002

Good:

    responsible: PAN
"""

from collections.abc import Iterator
from datetime import date, timedelta

from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.model import Each, Meeting, Party, PlacedWord, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the parties that are responsible, or hold an office, while they are no members."""
    parties = register.directory.by_code.values()
    # In most processes few members have come or gone; the others need no look.
    moving = {party.code: party for party in parties if party.since or party.until}
    if not moving:
        return
    for meeting in register.meetings:
        day = meeting.last_day
        for word in _bound(meeting) if day else ():
            if day and word.text in moving and not moving[word.text].belongs_on(day):
                yield _problem(word, day)
    for office in parties:
        for term, last in office.terms_with_ends():
            holder = moving.get(term.holder.text)
            day = _day_out(holder, term.start, last) if holder else None
            if day is not None:
                yield _problem(term.holder, day)


def _day_out(holder: Party, first: date, last: date | None) -> date | None:
    """Return a day of a term on which its holder is not a member, or None."""
    if not holder.belongs_on(first):
        return first
    if holder.until is None or holder.until == date.max or (last and last <= holder.until):
        return None
    return holder.until + timedelta(days=1)


def _problem(word: PlacedWord, day: date) -> Problem:
    message = _("'{code}' is not a member on {day}").format(code=word.text, day=day)
    hint = _("its days of membership are in register.yaml")
    return Problem(word.at, message, hint, concerns=frozenset({THE_REGISTER}))


def _bound(meeting: Meeting) -> Iterator[PlacedWord]:
    """Yield the codes of the responsible parties as they are written, each participant once."""
    excepted_by_all: set[str] | None = None
    for conclusion in meeting.conclusions or ():
        for mandate in conclusion.mandates:
            match mandate.responsible:
                case Together(parties):
                    yield from parties
                case Each("participants", _listed, exceptions):
                    codes = {word.text for word in exceptions}
                    excepted_by_all = codes if excepted_by_all is None else excepted_by_all & codes
                case Each(_group, listed, exceptions):
                    codes = {word.text for word in exceptions} if exceptions else set()
                    yield from (word for word in listed if word.text not in codes)
    if excepted_by_all is not None:
        yield from (word for word in meeting.participants if word.text not in excepted_by_all)
