"""A party in two roles: participant and observer, responsible and support, office and its holder.

Why: In which of the two it stands is open; what it only supports is not counted as its own. A
country that is listed beside the office that it holds would owe twice.

Bad:

    responsible: [CRI, MEX]
    support: MEX

Good:

    responsible: CRI
    support: MEX
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Each, Mandate, Meeting, PlacedWord, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Problems:
    """Yield the second role of a party."""
    for meeting in register.meetings:
        for word in _in_both(meeting.participants, meeting.observers):
            message = _("{code} is a participant already").format(code=word.text)
            yield Problem(word.at, message, _("leave it in one of the two lists"))
    offices = {code: p for code, p in register.directory.by_code.items() if p.terms}
    holder_on = cache(lambda office, day: offices[office].holder_on(day))
    for meeting, _conclusion, mandate in register.all_mandates:
        responsible, day = mandate.responsible, meeting.last_day
        if responsible is None:
            continue
        yield from _supporting(register, meeting, mandate) if mandate.support else ()
        named = responsible.listed if isinstance(responsible, Each) else responsible.parties
        if day is None or len(named) < 2 or not any(word.text in offices for word in named):
            continue
        excepted = responsible.exceptions if isinstance(responsible, Each) else ()
        codes = {word.text for word in named} - {word.text for word in excepted}
        for word in named:
            office = word.text
            holder = holder_on(office, day) if office in offices and office in codes else None
            if holder is not None and holder in codes and holder != office:
                message = _("{holder} holds {office} on {day}, and is in the list itself")
                sentence = message.format(holder=holder, office=office, day=day)
                hint = _("it would owe twice: leave one of the two out")
                yield Problem(word.at, sentence, hint, concerns={THE_REGISTER})


def _supporting(register: Register, meeting: Meeting, mandate: Mandate) -> Problems:
    """Yield the supporting parties that owe, by themselves or as one of a group."""
    message = _("{code} is responsible already")
    match mandate.responsible:
        case Together(parties=named) | Each("listed", named):
            for word in _in_both(named, mandate.support):
                hint = _("leave it in one of the two lists")
                yield Problem(word.at, message.format(code=word.text), hint)
        case Each() as each:
            group = register.each_codes(each, meeting)
            excepted = {word.text for word in each.exceptions}
            for word in mandate.support:
                if word.text in group and word.text not in excepted:
                    hint = _("leave it out here, or write `except` for it where the group is")
                    concerns = {THE_REGISTER}
                    yield Problem(word.at, message.format(code=word.text), hint, concerns=concerns)


def _in_both(first: Sequence[PlacedWord], second: Sequence[PlacedWord]) -> Iterator[PlacedWord]:
    codes = {word.text for word in first} if second else ()
    return (word for word in second if word.text in codes)
