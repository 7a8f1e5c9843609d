"""The `due` and the `until` of a mandate."""

from datetime import timedelta

from grcm_cli.domain.findings import Problem, Problems, rule
from grcm_cli.domain.register import Register, deadline, each_conclusion, links
from grcm_cli.language.days import spans_in
from grcm_cli.language.lexicon import deadline_words
from grcm_cli.language.text import _
from grcm_cli.reader.advice import due_advice, is_no_id


@rule("error")
def wrong_due(register: Register) -> Problems:
    """A `due` that cannot be read as a deadline, or that falls outside the years 1 to 9999.

    Why: The grammar is closed: no text is ever guessed to be a date. A word such as `soon` has the
    form of a meeting's id; if there is no meeting with that id, it is not a deadline either.

    Bad:
        due: primer trimestre de 2003
    Good:
        due: 2003-Q1
    """
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


@rule("error")
def wrong_until(register: Register) -> Problems:
    """An `until` beside a `due` that does not recur, or one before the first occurrence.

    Why: Only what recurs (`every …`) has a last occurrence; what would never fall due is in no
    list.

    Bad:
        due: 2003-05-31
        until: 2007
    Good:
        due: every year on 05-31
        until: 2007
    """
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
            message = _("it ends before it is due for the first time, on {day}")
            # Of `every BODY`, the first meeting says the day.
            concerns = frozenset(identity for _day, identity, _meeting in series.meetings[:1])
            yield Problem(mandate.until.at, message.format(day=first), concerns=concerns)
        elif mandate.until.day <= meeting.last_day:
            # The first meeting at which it would be due is in no file; it comes later still.
            message = _("it ends on or before the last day of its own meeting, {day}")
            yield Problem(mandate.until.at, message.format(day=meeting.last_day))


@rule("error")
def due_before_meeting(register: Register) -> Problems:
    """A deadline that is before the last day of the meeting that set it.

    Why: No meeting sets a deadline in the past: the year, or the meeting, is wrong.

    Bad:
        due: 2002-01-15   # a meeting of October 2002
    Good:
        due: 2003-01-15
    """
    for meeting, due, at in register.each_due():
        day, end = due.first_day(meeting, register.calendar), meeting.last_day
        if day is not None and end is not None and day < end:
            message = _("the deadline {day} is before the meeting's last day, {end}")
            concerns = due.meetings(meeting, register.calendar)
            yield Problem(at, message.format(day=day, end=end), concerns=concerns)


@rule("warning")
def due_before_awaited(register: Register) -> Problems:
    """A mandate is due before the one that it waits for.

    Why: Nobody can finish what waits for something that may not exist yet.

    Bad:
        - {number: 8, text: …, responsible: CRI, due: 2003-03-31}
        - {number: 9, text: …, responsible: PPT, due: 2003-01-15, after: 8}
    Good:
        - {number: 8, text: …, responsible: CRI, due: 2003-01-15}
        - {number: 9, text: …, responsible: PPT, due: 2003-03-31, after: 8}
    """
    for _key, word, reference, meeting, _conclusion, waiting in links(register, "after"):
        awaited = register.mandates(reference) if reference else ()
        if waiting is None or waiting.void is not None or not reference or len(awaited) != 1:
            continue
        older = register.calendar.by_id[reference.meeting]
        own_day = deadline(waiting.due, meeting, register.calendar)
        day = deadline(awaited[0].due, older, register.calendar)
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


@rule("warning")
def due_not_in_text(register: Register) -> Problems:
    """A `due` on a date other than the only one that the text names.

    Why: One wrong digit makes it a month late. “Before the 15th” in a text means the 14th. The rule
    reads Spanish and English.

    Bad:
        text: … a más tardar el 15 de enero de 2003.
        due: 2003-01-16
    Good:
        text: … a más tardar el 15 de enero de 2003.
        due: 2003-01-15
    """
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


@rule("warning")
def deadline_not_recorded(register: Register) -> Problems:
    """The text has the words of a deadline, but no mandate of the conclusion has a `due`.

    Why: The date is in the text, but in no list. The rule reads Spanish and English.

    Bad:
        - number: 8
          text: Cada país presentará observaciones a más tardar el 15 de enero de 2003.
          responsible: {each: members}
    Good:
        - number: 8
          text: Cada país presentará observaciones a más tardar el 15 de enero de 2003.
          responsible: {each: members}
          due: 2003-01-15
    """
    for _meeting, conclusion in each_conclusion(register):
        mandates = conclusion.mandates
        if not mandates or any(mandate.due for mandate in mandates):
            continue
        words = next(filter(None, map(deadline_words, conclusion.text.by_language.values())), "")
        if words:
            message = _("'{words}' sounds like a deadline, but no mandate has one")
            hint = _("add `due:`; or add the comment: {comment}")
            hint = hint.format(comment="# grcm: ignore[deadline-not-recorded]")
            yield Problem(mandates[0].at, message.format(words=words), hint)
