"""Words for people who have never seen a file: by when, by whose name, in which words adopted."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import assert_never

from grcm_cli.model import (
    Asap,
    AtMeeting,
    Conclusion,
    Due,
    EveryMeeting,
    EverySpan,
    EveryYear,
    FixedDay,
    Meeting,
    NextMeeting,
    Ongoing,
    Recurring,
    Unclear,
    Unit,
    Within,
)
from grcm_cli.register import Register
from grcm_cli.task import Task
from grcm_cli.text import _, collapse, ngettext
from grcm_cli.views import words
from grcm_cli.wording.days import long_day

ShowDay = Callable[[date], str]
"""How a day is written: ISO in a table, long in a letter."""


def name_of(register: Register, code: str, language: str) -> str:
    """Return a party's name, or its code where the register does not know it."""
    party = register.directory.by_code.get(code)
    return collapse(party.name.shown(language)) if party else code


def names_of(register: Register, codes: Sequence[str], language: str) -> str:
    """Return parties' names, in the order given."""
    return ", ".join(name_of(register, code, language) for code in codes)


def by_when(task: Task, register: Register, language: str, show: ShowDay) -> str:
    """Return a task's deadline: its day, and in brackets how the conclusion sets it in words.

    Nothing where no day was set.
    """
    said = _term(task.term.due, register, language)
    if task.state == "?" and task.deadline is None:
        return f"? {said}".rstrip()
    if task.deadline is None:
        return said
    day = show(task.deadline)
    return f"{day} ({said})" if said else day


def _term(due: Due | None, register: Register, language: str) -> str:
    """Return what `due` says in words; nothing where the day says it all."""
    match due:
        case None | Ongoing() | Asap():
            return ""  # the state says it
        case FixedDay(written, day):
            return "" if written == day.isoformat() else written
        case NextMeeting(_written, body):
            return _("next meeting of {body}").format(body=body)
        case AtMeeting(_written, named):
            meeting = register.calendar.by_id.get(named)
            return collapse(words.title_of(meeting, language)) if meeting else named
        case EveryYear() | EverySpan() | EveryMeeting():
            return _again(due)
        case Within(_written, amount, unit, anchor):
            return _within(_span(amount, unit), anchor, register, language)
        case Unclear(written):
            return written
        case _:
            assert_never(due)


def _again(due: Recurring) -> str:
    match due:
        case EveryYear():
            return _("every year")
        case EverySpan(_written, amount, unit):
            return _("every {time}").format(time=_span(amount, unit))
        case EveryMeeting(_written, body):
            return _("every meeting of {body}").format(body=body)
        case _:
            assert_never(due)


def _within(time: str, anchor: date | str | None, register: Register, language: str) -> str:
    if anchor is None:
        return _("within {time} of the meeting").format(time=time)
    if isinstance(anchor, date):
        since = long_day(anchor, language)
    else:
        meeting = register.calendar.by_id.get(anchor)
        since = collapse(words.title_of(meeting, language)) if meeting else anchor
    return _("within {time} of: {since}").format(time=time, since=since)


def _span(amount: int, unit: Unit) -> str:
    match unit:
        case "days":
            return words.days(amount)
        case "weeks":
            said = ngettext("{count} week", "{count} weeks", amount)
        case "months":
            said = ngettext("{count} month", "{count} months", amount)
        case "years":
            said = ngettext("{count} year", "{count} years", amount)
        case _:
            assert_never(unit)
    return said.format(count=amount)


def whole(meeting: Meeting, conclusion: Conclusion) -> list[Conclusion]:
    """Return a conclusion behind those that it belongs under: 12.a behind 12, which begins it."""
    parts = conclusion.number.split(".")
    above = {".".join(parts[:count]) for count in range(1, len(parts))}
    stems = [other for other in meeting.conclusions or () if other.number in above]
    return [*stems, conclusion]


def adopted(meeting: Meeting, conclusion: Conclusion) -> str:
    """Return a conclusion's exact words, in the language in which they were adopted."""
    return collapse(conclusion.text.shown(meeting.language or ""))
