"""A party in two roles: participant and observer, responsible and support, office and its holder.

Why: It is unclear which of the two applies; what a party only supports is not counted as its own. A
country that is listed alongside the office that it holds would owe the duty twice; so would one
listed alongside a group that it belongs to.

Bad:
    responsible: [CRI, MEX]
    support: MEX
Good:
    responsible: CRI
    support: MEX
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Each, Mandate, Meeting, PlacedWord, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def check(register: Register) -> Problems:
    for meeting in register.meetings:
        codes = {word.text for word in meeting.participants} if meeting.observers else ()
        for word in (word for word in meeting.observers if word.text in codes):
            message = _("{code} is already a participant").format(code=word.text)
            yield Problem(word.at, message, _("leave it in one of the two lists"))
    for meeting, _conclusion, reassignment in register.each_reassignment():
        yield from _beside_group(register, reassignment.to, meeting.last_day)
    offices = register.directory.offices
    holder_on = cache(lambda office, day: offices[office].holder_on(day))
    for meeting, _conclusion, mandate in register.all_mandates:
        responsible, day = mandate.responsible, meeting.last_day
        if responsible is None:
            continue
        yield from _supporting(register, meeting, mandate) if mandate.support else ()
        named = responsible.listed if isinstance(responsible, Each) else responsible.parties
        yield from _beside_group(register, named, day)
        if day is None or len(named) < 2 or not any(word.text in offices for word in named):
            continue
        excepted = responsible.exceptions if isinstance(responsible, Each) else ()
        codes = {*register.codes_on(named, day)}.difference(register.codes_on(excepted, day))
        for word in named:
            office = word.text
            holder = holder_on(office, day) if office in offices and office in codes else None
            if holder is not None and holder in codes and holder != office:
                message = _("{holder} holds {office} on {day}, and is also in the list itself")
                sentence = message.format(holder=holder, office=office, day=day)
                hint = _("it would owe this twice: leave out one of the two")
                yield Problem(word.at, sentence, hint, concerns={THE_REGISTER})


def _supporting(register: Register, meeting: Meeting, mandate: Mandate) -> Problems:
    """Yield the supporting parties that owe, by themselves or as one of a group."""
    responsible, day = mandate.responsible, meeting.last_day
    named: Sequence[PlacedWord] = ()
    in_group, excepted = frozenset[str](), frozenset[str]()
    group_hint = _("leave it out here, or replace the group with the codes of the others")
    match responsible:
        case Together(parties=named):
            in_group = frozenset(register.codes_on(named, day))
        case Each() as each:
            named, in_group = each.listed, register.each_codes(each, meeting)
            excepted = frozenset(register.codes_on(each.exceptions, day))
            group_hint = _("leave it out here, or add `except` for it to the group")
    codes = {word.text for word in named}
    for word in mandate.support:
        both = in_group.intersection(register.codes_on([word], day)) - excepted
        message, hint = _("{code} is already responsible").format(code=word.text), group_hint
        if word.text in codes:
            yield Problem(word.at, message, _("leave it in one of the two lists"))
        elif both:
            if word.text not in both:
                message = _("{code} is already responsible as one of {group}")
                message = message.format(code=min(both), group=word.text)
                hint = _("write the codes of those that only support it")
            yield Problem(word.at, message, hint, concerns={THE_REGISTER})


def _beside_group(register: Register, named: Sequence[PlacedWord], day: date | None) -> Problems:
    """Yield the parties that are named beside a group in which they are."""
    if len(named) < 2:
        return  # as most
    groups = {word.text: word for word in named if word.text in register.groups}
    in_group = {code: group for group in groups for code in register.codes_on([groups[group]], day)}
    for word in named if groups else ():
        if word.text in in_group:
            message = _("{code} is one of {group}, and is also in the list itself")
            message = message.format(code=word.text, group=in_group[word.text])
            yield Problem(word.at, message, _("leave one of the two out"), concerns={THE_REGISTER})
