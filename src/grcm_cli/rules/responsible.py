"""Who owes a mandate, leads it or supports it."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import chain

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Each, Mandate, Meeting, PlacedWord, Together
from grcm_cli.domain.register import Register
from grcm_cli.language.text import _


def nobody_said(register: Register) -> Problems:
    hint = _("write `responsible: []` where the text names nobody")
    for meeting, _conclusion, mandate in register.all_mandates:
        if mandate.faulty or mandate.void is not None:
            continue
        responsible = mandate.responsible
        if responsible is None:
            yield Problem(mandate.at, _("the mandate does not say who is responsible"), hint)
        elif isinstance(responsible, Together):
            is_empty = not register.codes_on(responsible.codes, meeting.last_day)
            for word in responsible.codes[:1] if is_empty else ():
                message = _("the group that is responsible has no members")
                members = _("its members, and their dates of membership, are in register.yaml")
                yield Problem(word.at, message, members, concerns={THE_REGISTER})
        elif not register.expand_responsible(mandate, meeting):
            message = _("the group that is responsible has no members")
            forgotten = responsible.group == "participants" and not meeting.participants
            cure = _("add `participants:` to the meeting") if forgotten else hint
            yield Problem(responsible.at, message, cure, concerns={THE_REGISTER})


def two_roles(register: Register) -> Problems:
    for meeting in register.meetings:
        codes = {word.text for word in meeting.participants} if meeting.observers else ()
        for word in (word for word in meeting.observers if word.text in codes):
            message = _("{code} is already a participant").format(code=word.text)
            yield Problem(word.at, message, _("keep it in only one of the two lists"))
    for meeting, _conclusion, reassignment in register.each_reassignment():
        yield from _beside_group(register, reassignment.to, meeting.last_day)
    offices = register.directory.offices
    holder_on = cache(lambda office, day: offices[office].holder_on(day))
    for meeting, _conclusion, mandate in register.all_mandates:
        responsible, day = mandate.responsible, meeting.last_day
        if responsible is None:
            continue
        named = responsible.listed if isinstance(responsible, Each) else responsible.codes
        yield from _supporting(register, meeting, mandate, named) if mandate.support else ()
        yield from _beside_group(register, named, day)
        if day is None or len(named) < 2 or not any(word.text in offices for word in named):
            continue
        codes = {*chain(*register.expand_responsible(mandate, meeting))}
        for word in named:
            office = word.text
            holder = holder_on(office, day) if office in offices and office in codes else None
            if holder is not None and holder in codes and holder != office:
                message = _("{holder} holds {office} on {day}, and is also in the list itself")
                sentence = message.format(holder=holder, office=office, day=day)
                hint = _("it would owe this twice: leave out one of the two")
                yield Problem(word.at, sentence, hint, concerns={THE_REGISTER})


def _supporting(
    register: Register, meeting: Meeting, mandate: Mandate, named: Sequence[PlacedWord]
) -> Problems:
    """Yield the supporting parties that owe, by themselves or as one of a group."""
    owing = {*chain(*register.expand_responsible(mandate, meeting))}
    group_hint = _("leave it out here, or replace the group with the codes of the others")
    if isinstance(mandate.responsible, Each):
        group_hint = _("leave it out here, or add `except` for it to the group")
    codes = {word.text for word in named}
    for word in mandate.support:
        both = owing.intersection(register.codes_on([word], meeting.last_day))
        message, hint = _("{code} is already responsible").format(code=word.text), group_hint
        if word.text in codes:
            yield Problem(word.at, message, _("keep it in only one of the two lists"))
        elif both:
            if word.text not in both:
                message = _("{code} is already responsible as one of {group}")
                message = message.format(code=min(both), group=word.text)
                hint = _("write the codes of those that only support it")
            yield Problem(word.at, message, hint, concerns={THE_REGISTER})


def _beside_group(register: Register, named: Sequence[PlacedWord], day: date | None) -> Problems:
    """Yield the parties that are named beside a group in which they are."""
    groups = {word.text: word for word in named if word.text in register.groups}
    in_group = {code: group for group in groups for code in register.codes_on([groups[group]], day)}
    for word in named if groups else ():
        if word.text in in_group:
            message = _("{code} is one of {group}, and is also in the list itself")
            message = message.format(code=word.text, group=in_group[word.text])
            yield Problem(word.at, message, _("leave one of the two out"), concerns={THE_REGISTER})


def wrong_lead(register: Register) -> Problems:
    for meeting, _conclusion, mandate in register.all_mandates:
        if mandate.lead is None or mandate.lead.text not in register.directory.by_code:
            continue
        message, hint = "", _("write the code of one of those who owe it jointly")
        if isinstance(mandate.responsible, Each):
            message = _("there is no lead where each owes its own duty")
            hint = _("delete it, or write who owes it jointly: [GTM, CRI]")
        elif mandate.lead.text not in chain(*register.expand_responsible(mandate, meeting)):
            message = _("{code} is not one of those who owe it").format(code=mandate.lead.text)
        if message:
            yield Problem(mandate.lead.at, message, hint, concerns={THE_REGISTER})


def excepted_office(register: Register) -> Problems:
    parties = register.directory.by_code
    for meeting, word, in_group in register.each_exception():
        office = parties.get(word.text)
        if office is None or office.kind != "office" or office.code in in_group:
            continue
        message = _("{office} is an office: the exception leaves nobody out")
        holder = office.holder_on(meeting.last_day or date.max)
        hint = _("write the code of the country that is meant")
        if holder:
            hint = _("its holder on that day was {code}: write {code}").format(code=holder)
        yield Problem(word.at, message.format(office=office.code), hint, concerns={THE_REGISTER})


def idle_exception(register: Register) -> Problems:
    parties = register.directory.by_code
    idle: list[PlacedWord] = []
    for meeting, word, in_group in register.each_exception():
        party = parties.get(word.text)
        if party is not None and party.kind != "office":
            excepted = register.codes_on([word], meeting.last_day)
            idle += [word] if in_group.isdisjoint(excepted) else []
    for group in register.parties:
        for word in group.members.exceptions if group.members else ():
            party = parties.get(word.text)
            # That a group is in a group is another rule's.
            idle += [word] if party is not None and party.kind not in ("member", "group") else []
    for word in idle:
        message = _("{code} is not in the group: the exception leaves nobody out")
        hint = _("delete it, or write the code that is meant")
        yield Problem(word.at, message.format(code=word.text), hint, concerns={THE_REGISTER})
