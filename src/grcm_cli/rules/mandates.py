"""Mandates: who owes, leads or supports them, and by when."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Each, Mandate, Meeting, PlacedWord, Together
from grcm_cli.domain.register import Register, each_conclusion, links
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import hint_words
from grcm_cli.language.text import _
from grcm_cli.reader.advice import due_advice, is_no_id


def nobody_said(register: Register) -> Problems:
    hint = _("write `responsible: []` where the text names nobody")
    no_members = _("the group that is responsible has no members")
    for meeting, _conclusion, mandate in register.all_mandates:
        if mandate.faulty or mandate.void is not None:
            continue
        responsible = mandate.responsible
        if responsible is None:
            yield Problem(mandate.at, _("the mandate does not say who is responsible"), hint)
        elif isinstance(responsible, Together):
            is_empty = not register.codes_on(responsible.codes, meeting.last_day)
            for word in responsible.codes[:1] if is_empty else ():
                members = _("its members, and their dates of membership, are in register.yaml")
                yield Problem(word.at, no_members, members, concerns={THE_REGISTER})
        elif not register.expand_responsible(mandate, meeting):
            forgotten = responsible.group == "participants" and not meeting.participants
            cure = _("add `participants:` to the meeting") if forgotten else hint
            yield Problem(responsible.at, no_members, cure, concerns={THE_REGISTER})


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
            yield Problem(word.at, message, _("leave out one of the two"), concerns={THE_REGISTER})


def wrong_lead(register: Register) -> Problems:
    for meeting, _conclusion, mandate in register.all_mandates:
        if mandate.lead is None or mandate.lead.text not in register.directory.by_code:
            continue
        message, hint = "", _("write the code of one of those who owe it jointly")
        if isinstance(mandate.responsible, Each):
            message = _("there is no lead where each owes its own duty")
            hint = _("delete it, or write who owes it jointly: [GTM, CRI]")
        elif mandate.lead.text in register.groups:
            message, hint = _("a group cannot lead"), _("write the code of one of its members")
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
        if party is not None and party.kind != "office" and in_group <= parties.keys():
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


def wrong_due(register: Register) -> Problems:
    ids = register.calendar.by_id.keys() | register.unread_meetings
    for meeting, due, at in register.each_due():
        message = due.fault(meeting, register.calendar)
        if message:
            yield Problem(at, message, concerns=due.meetings(meeting, register.calendar))
        text = due.written
        if due.meeting == text and text not in ids and is_no_id(text, register):
            advice, cure = due_advice(text, meeting.body_code)
            sentence = _("'{text}' cannot be read as a deadline").format(text=text)
            cure = cure if at.width >= len(text) else None
            yield Problem(at, sentence, advice, cure, concerns={text})


def wrong_until(register: Register) -> Problems:
    for meeting, _conclusion, mandate in register.all_mandates:
        if mandate.until is None or (mandate.due and mandate.due.is_unclear):
            continue
        series = mandate.series(meeting, register.calendar)
        if series is None:
            message = _("`until` belongs to a recurring duty (`every …`)")
            yield Problem(mandate.until.at, message, _("write only `due:`"))
        elif meeting.last_day is None:
            continue
        elif series.nth(1) is None and (first := series.day(1)) is not None:
            if series.is_at_meetings and register.unread_meetings:
                continue  # one of them may be the first at which it is due
            message = _("it ends before it is due for the first time, on {day}")
            # Of `every BODY`, the first meeting says the day.
            concerns = frozenset(identity for _day, identity, _meeting in series.meetings[:1])
            yield Problem(mandate.until.at, message.format(day=first), concerns=concerns)
        elif mandate.until.day <= meeting.last_day:
            # The first meeting at which it would be due is in no file; it comes later still.
            message = _("it ends on or before the last day of its own meeting, {day}")
            yield Problem(mandate.until.at, message.format(day=meeting.last_day))


def due_before_meeting(register: Register) -> Problems:
    for meeting, due, at in register.each_due():
        day, end = due.first_day(meeting, register.calendar), meeting.last_day
        if day is not None and end is not None and day < end:
            message = _("the deadline {day} is before the meeting's last day, {end}")
            concerns = due.meetings(meeting, register.calendar)
            yield Problem(at, message.format(day=day, end=end), concerns=concerns)


def due_before_awaited(register: Register) -> Problems:
    for _key, word, reference, meeting, _conclusion, waiting in links(register, "after"):
        awaited = register.adopted(reference) if reference else ()
        if waiting is None or waiting.void is not None or len(awaited) != 1:
            continue
        older, _conclusion, duty = awaited[0]
        own_day = waiting.last_day(meeting, register.calendar)
        day = duty.last_day(older, register.calendar)
        if own_day is not None and day is not None and day > own_day:
            message = _("{text} is due on {day}, but the mandate that waits for it is due on {own}")
            sentence = message.format(text=word.text, day=day, own=own_day)
            concerns = {older.id}
            for due, set_by in ((waiting.due, meeting), (duty.due, older)):
                concerns |= due.meetings(set_by, register.calendar) if due else set()
            yield Problem(word.at, sentence, concerns=frozenset(concerns))


def due_not_in_text(register: Register) -> Problems:
    for _meeting, conclusion in each_conclusion(register):
        dues = [
            (mandate.due.fixed_day, mandate.due_at)
            for mandate in conclusion.mandates
            if mandate.due is not None and mandate.due.fixed_day and mandate.due.is_day
        ]
        texts = conclusion.text.by_language.values() if dues else ()
        days = {day for text in texts for span in spans_in(text) for day in span[:2]}
        if len(days) != 1:
            continue
        [named] = days
        # A text may name the day after the last one: "before 1 May".
        if all(named - day not in (timedelta(0), timedelta(days=1)) for day, _at in dues):
            message = _("the text names {day}").format(day=named)
            hint = _("the deadline here, or the date in the text, may be wrong")
            yield Problem(dues[0][1], message, hint)


def deadline_not_recorded(register: Register) -> Problems:
    for _meeting, conclusion in each_conclusion(register):
        mandates = conclusion.mandates
        if not mandates or any(mandate.due for mandate in mandates):
            continue
        words = hint_words("deadline", conclusion.text.by_language.values())
        if words:
            message = _("'{words}' sounds like a deadline, but no mandate has one")
            hint = _("add `due:`; or add the comment: {comment}")
            hint = hint.format(comment="# grcm: ignore[deadline-not-recorded]")
            yield Problem(mandates[0].at, message.format(words=words), hint)
