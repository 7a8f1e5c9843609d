"""The `due` and the `until` of a mandate."""

from datetime import timedelta

from grcm_cli.domain.findings import Problem, Problems
from grcm_cli.domain.register import Register, each_conclusion, links
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import hint_words
from grcm_cli.language.text import _
from grcm_cli.reader.advice import due_advice, is_no_id


def wrong_due(register: Register) -> Problems:
    known = register.calendar.by_id.keys() | register.unread_meetings
    for meeting, due, at in register.each_due():
        message = due.fault(meeting, register.calendar)
        if message:
            yield Problem(at, message, concerns=due.meetings(meeting, register.calendar))
        text = due.written
        if due.meeting == text and text not in known and is_no_id(text, register):
            advice, cure = due_advice(text, meeting.body.text if meeting.body else "")
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
        awaited = register.mandates(reference) if reference else ()
        if waiting is None or waiting.void is not None or not reference or len(awaited) != 1:
            continue
        older = register.calendar.by_id[reference.meeting]
        own_day = waiting.last_day(meeting, register.calendar)
        day = awaited[0].last_day(older, register.calendar)
        if own_day is not None and day is not None and day > own_day:
            message = _(
                "{text} is due on {day}, later than {own}, when the mandate that waits for it is "
                "due"
            )
            sentence = message.format(text=word.text, day=day, own=own_day)
            concerns = {reference.meeting}
            for due, set_by in ((waiting.due, meeting), (awaited[0].due, older)):
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
            yield Problem(dues[0][1], message, _("one of the two is wrong, or neither is"))


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
