"""Meetings: their ids, bodies and days."""

import re
from datetime import date
from pathlib import PurePosixPath

from grcm_cli.domain.due_forms import MEETING_ID, fault_of_id
from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.model import Meeting, PlacedWord
from grcm_cli.domain.register import Register
from grcm_cli.language.suggestions import Suggestion
from grcm_cli.language.text import _

_MOST_DAYS = 61  # of a meeting
_MOST_YEARS = {True: 20, False: 50}  # by whether a deadline is one day: a strategy may last to 2050
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def id_not_file_name(register: Register) -> Problems:
    taken = {PurePosixPath(meeting.at.path).stem for meeting in register.meetings}
    taken |= register.unread_meetings
    for meeting in register.meetings:
        stem = PurePosixPath(meeting.at.path).stem
        if meeting.id == stem:
            continue
        hint = ""
        id_is_sound, stem_is_sound = (
            bool(MEETING_ID.fullmatch(text)) and not fault_of_id(text)
            for text in (meeting.id, stem)
        )
        # No file gets the name of another.
        if id_is_sound and meeting.id not in taken:
            hint = _("rename the file to {id}.yaml")
            if stem_is_sound:
                hint = _("write {stem}, or rename the file to {id}.yaml")
        elif stem_is_sound:
            hint = _("write {stem}")
        message = _("the id {id} is not the file's name").format(id=meeting.id)
        yield Problem(meeting.at, message, hint.format(stem=stem, id=meeting.id))


def repeated_meeting(register: Register) -> Problems:
    first: dict[tuple[object, ...], Meeting] = {}
    for meeting in sorted(register.meetings, key=lambda meeting: (len(meeting.id), meeting.id)):
        if meeting.body is None or not meeting.conclusions:
            continue
        texts = (
            (each.number, *sorted(each.text.by_language.items())) for each in meeting.conclusions
        )
        key = (meeting.body.text, meeting.start, meeting.end, *texts)
        original = first.setdefault(key, meeting)
        if original is not meeting:
            message = _("this meeting has the same body, dates and conclusions as {id}")
            hint = _("if it is a copy of {id}, delete it").format(id=original.id)
            yield Problem(meeting.at, message.format(id=original.id), hint, concerns={original.id})


def unknown_body(register: Register) -> Problems:
    bodies = [party.code for party in register.parties if party.kind == "body"]
    choices = register.directory.choices(("body",))
    otherwise = _("the register has no body: add one under `bodies`")
    if bodies:
        otherwise = _("its bodies are: {bodies}").format(bodies=", ".join(bodies))
    words: list[tuple[PlacedWord, str | None]] = []  # each unknown code, and a certain cure
    for meeting in register.meetings:
        if meeting.body is not None and not register.is_body(meeting.body.text):
            code = register.sure_code(meeting.body)
            words.append((meeting.body, code if code and register.is_body(code) else None))
    for _meeting, due, at in register.each_due():
        if due.body is not None and not register.is_body(due.body):
            # In quotes, the place is that of the whole `next …`, for which no code may stand.
            words.append((PlacedWord(due.body, at.of_last_word(due.written, due.body)), None))
    for word, cure in words:
        message = _("the register has no body '{code}'").format(code=word.text)
        advice = Suggestion(word.text, choices, otherwise)
        yield Problem(word.at, message, advice, cure, {THE_REGISTER})


def mistyped_year(register: Register, as_of: date) -> Problems:
    first: dict[tuple[str, date], Meeting] = {}
    for meeting in register.meetings:
        start, end, body = meeting.start, meeting.last_day, meeting.body_code
        if start is None or end is None:
            continue
        days = (meeting.end - start).days + 1 if meeting.end is not None else 1
        if days > _MOST_DAYS:
            message = _("the meeting would last {count} days").format(count=days)
            yield Problem(meeting.end_at, message, _("check the years of its first and last days"))
        in_id = [int(year) for year in _YEAR.findall(meeting.id)]
        if in_id and not any(start.year - 1 <= year <= end.year + 1 for year in in_id):
            message = _("its id says {year}, but its dates are in {held}")
            yield Problem(meeting.at, message.format(year=in_id[0], held=start.year))
        if meeting.conclusions and start > as_of:
            message = _("it has conclusions, but begins in the future, on {day}")
            hint = _("until then its duties are in no list; today is {day}").format(day=as_of)
            yield Problem(meeting.at, message.format(day=start), hint)
        earlier = first.setdefault((body, start), meeting)
        if body and earlier.id != meeting.id:
            message = _("{other} begins on {day} too: it is unclear which of them is `next {body}`")
            sentence = message.format(other=earlier.id, day=start, body=body)
            yield Problem(meeting.at, sentence, _("check both dates"), concerns={earlier.id})
    for meeting, due, at in register.each_due():
        day, end = due.fixed_day, meeting.last_day
        if day is None or end is None or day.year == date.max.year:
            continue  # the last year of the calendar is written for no end
        years = day.year - end.year
        if years >= _MOST_YEARS[due.is_day]:
            message = _("the deadline, {day}, is {years} years after the meeting")
            yield Problem(at, message.format(day=day, years=years))
