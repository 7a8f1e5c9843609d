"""Terms of office and memberships, and the days of meetings."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, pairwise

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Each, Meeting, Membership, PlacedWord, Term, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def end_before_start(register: Register) -> Problems:
    days = [(meeting.start, meeting.end, meeting.end_at) for meeting in register.meetings]
    for party in register.parties:
        spans: Iterator[Membership | Term] = chain(party.memberships, party.terms)
        days += [(span.start, span.until, span.until_at or party.at) for span in spans]
    for start, end, at in days:
        if start and end and end < start:
            message = _("the end, {end}, is before the start, {start}")
            yield Problem(at, message.format(end=end, start=start))


def overlapping_terms(register: Register) -> Problems:
    for party in register.parties:
        terms = sorted(party.terms, key=lambda term: term.start)
        for earlier, later in pairwise(terms):
            if earlier.start == later.start or (earlier.until and earlier.until >= later.start):
                message = _("the term of {later} begins before that of {earlier} has ended")
                sentence = message.format(later=later.holder.text, earlier=earlier.holder.text)
                yield Problem(later.start_at or later.holder.at, sentence)
        for before, after in pairwise(party.memberships):
            if not before.until or not after.start or before.until >= after.start:
                sentence = _("this membership begins before the previous one has ended")
                hint = _("for each membership but the last, write `until:` with its last day")
                yield Problem(after.at or party.at, sentence, hint)


def gap_in_terms(register: Register, as_of: date) -> Problems:
    for party in register.parties:
        terms = sorted(party.terms, key=lambda term: term.start)
        for earlier, later in pairwise(terms):
            if earlier.until and later.start - earlier.until > timedelta(days=1):
                message = _("nobody holds {office} from {day} until the day before {start}")
                first = earlier.until + timedelta(days=1)
                sentence = message.format(office=party.code, day=first, start=later.start)
                hint = _("leave `until` out where the next one follows directly")
                yield Problem(earlier.until_at or later.holder.at, sentence, hint)
    offices = [party for party in register.parties if party.kind == "office"]
    vacant = [party for party in offices if not party.holder_on(as_of)]
    binding: dict[str, set[str]] = {}
    for meeting, _conclusion, mandate in register.all_mandates if vacant else ():
        match mandate.responsible:
            case Together(words) | Each(_, words, _):
                for word in words:
                    binding.setdefault(word.text, set()).add(meeting.id)
    for office in vacant:
        if office.code in binding:
            message = _("nobody holds {office} on {day}, but it owes duties")
            hint = _("add the term of its holder under `terms`")
            sentence = message.format(office=office.code, day=as_of)
            yield Problem(office.at, sentence, hint, concerns=frozenset(binding[office.code]))


def not_a_member(register: Register) -> Problems:
    parties = register.directory.by_code.values()
    moving = {party.code: party for party in parties if party.memberships}
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
