"""The next meeting's pack: which tasks concern a body, and under which heading each stands."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import AtMeeting, EveryMeeting, Meeting, NextMeeting, Party
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.language.days import long_span
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.letters.wording import name_of, names_of


class Section(NamedTuple):
    """Tasks under one heading."""

    title: str
    tasks: Sequence[Task]


class Silent(NamedTuple):
    """A party that has not reported on all that it owes to the body."""

    name: str
    open: int
    unknown: int
    """The open tasks about which it never reported."""
    late: int


class Pack(NamedTuple):
    """What a body's next meeting has before it."""

    register: Register
    body: Party
    meeting: Meeting | None
    """None: no next meeting is in the record, and all that is open is in the pack."""
    as_of: date
    sections: Sequence[Section]
    silent: Sequence[Silent]
    settled: Section
    """What was closed since the body's last meeting."""
    later: Sequence[Task]
    """What falls due after the meeting, and is left out."""
    concerned: Sequence[Task]
    """All tasks that concern the body, closed and open."""

    @property
    def shown(self) -> list[Task]:
        """The tasks that stand in the pack."""
        return [task for section in (*self.sections, self.settled) for task in section.tasks]


def pack(
    register: Register, tasks: Sequence[Task], body: Party, as_of: date, language: str
) -> Pack:
    """Return the pack of a body's next meeting, as things stand on a day."""
    concerned = [task for task in tasks if _concerns(task, body.code, register)]
    meeting = next_meeting(register, body.code, as_of)
    still = [task for task in concerned if task.is_open]
    later = [task for task in still if meeting and _is_after(task, meeting)]
    listed = [task for task in still if not (meeting and _is_after(task, meeting))]
    sections = _sections(listed, body.code, meeting, as_of)
    return Pack(
        register=register,
        body=body,
        meeting=meeting,
        as_of=as_of,
        sections=[section for section in sections if section.tasks],
        silent=_silent(register, listed, language),
        settled=_settled(concerned, _last_meeting(register, body.code, meeting, as_of), language),
        later=later,
        concerned=concerned,
    )


def next_meeting(register: Register, body: str, as_of: date) -> Meeting | None:
    """Return the first meeting of a body that is not over on a day, or None."""
    coming = [one for one in _dated(register, body) if _last_day(one) >= as_of]
    return coming[0] if coming else None


def _last_meeting(
    register: Register, body: str, upcoming: Meeting | None, as_of: date
) -> Meeting | None:
    over = [m for m in _dated(register, body) if _last_day(m) < as_of and m is not upcoming]
    return max(over, key=_last_day, default=None)


def _dated(register: Register, body: str) -> list[Meeting]:
    """Return the meetings of a body by their first day."""
    found = [
        (meeting.start, meeting.id, meeting)
        for meeting in register.meetings
        if meeting.start and meeting.body and meeting.body.text == body
    ]
    return [meeting for _start, _id, meeting in sorted(found, key=lambda row: row[:2])]


def _last_day(meeting: Meeting) -> date:
    return meeting.last_day or date.max


def _concerns(task: Task, body: str, register: Register) -> bool:
    """Tell whether a body adopted a task, owes it, or meets when it is due."""
    adopted = task.meeting.body is not None and task.meeting.body.text == body
    return adopted or task.belongs_to(body) or _is_due_at(task, body, register)


def _is_due_at(task: Task, body: str, register: Register) -> bool:
    match task.term.due:
        case NextMeeting(_, named) | EveryMeeting(_, named):
            return named == body
        case AtMeeting(_, named):
            meeting = register.calendar.by_id.get(named)
            return meeting is not None and meeting.body is not None and meeting.body.text == body
        case _:
            return False


def _is_after(task: Task, meeting: Meeting) -> bool:
    return task.deadline is not None and task.deadline > _last_day(meeting)


def _sections(
    tasks: Sequence[Task], body: str, meeting: Meeting | None, as_of: date
) -> list[Section]:
    """Return the open tasks of a pack under their headings, none of them twice."""
    here: list[Task] = []
    late: list[Task] = []
    ahead: list[Task] = []
    waiting: list[Task] = []
    without: list[Task] = []
    for task in tasks:
        if _falls_here(task, body, meeting):
            here.append(task)
        elif task.deadline is not None:
            (late if task.deadline < as_of else ahead).append(task)
        else:
            (waiting if task.state == "awaiting" else without).append(task)
    at = _("Falls due at this meeting") if meeting else _("Falls due at the next meeting")
    before = _("Falls due before this meeting") if meeting else _("Falls due later")
    return [
        Section(at, here),
        Section(_("Carried over: late"), late),
        Section(before, ahead),
        Section(_("Awaits the date of a meeting"), waiting),
        Section(_("Without a day"), without),
    ]


def _falls_here(task: Task, body: str, meeting: Meeting | None) -> bool:
    if meeting is not None and meeting.start is not None and task.deadline is not None:
        return meeting.start <= task.deadline <= _last_day(meeting)
    due = task.term.due
    waits = task.state == "awaiting" and isinstance(due, NextMeeting | EveryMeeting)
    return waits and meeting is None and getattr(due, "body", None) == body


def _settled(tasks: Sequence[Task], last: Meeting | None, language: str) -> Section:
    since = _last_day(last) if last else date.min
    found = [task for task in tasks if (day := closed_on(task)) is not None and day > since]
    if last is None or last.start is None:
        return Section(_("Settled, for information"), found)
    title = _("Settled since the last meeting ({days}), for information")
    days = long_span(last.start, _last_day(last), language)
    return Section(title.format(days=days), found)


def closed_on(task: Task) -> date | None:
    """Return the day on which a task was closed, by a report or a later meeting; None if open."""
    if task.is_open:
        return None
    if task.ending:
        return task.ending.day
    return max((entry.day for entry in task.reports), default=None)


def _silent(register: Register, tasks: Sequence[Task], language: str) -> list[Silent]:
    """Return who has not reported on something that is listed, by name."""
    owed: dict[str, list[Task]] = {}
    for task in tasks:
        for code in task.parties:
            owed.setdefault(code, []).append(task)
    rows = [_row(register, code, found, language) for code, found in owed.items()]
    return sorted((row for row in rows if row.unknown), key=lambda row: fold(row.name))


def _row(register: Register, code: str, tasks: Sequence[Task], language: str) -> Silent:
    held = dict.fromkeys(holder for task in tasks for holder in task.holders.get(code, ()))
    names = names_of(register, tuple(held), language)
    name = name_of(register, code, language)
    return Silent(
        name=f"{name} ({names})" if names else name,
        open=len(tasks),
        unknown=sum(task.progress == "unknown" for task in tasks),
        late=sum(task.is_late for task in tasks),
    )


def notices(found: Pack) -> Iterator[str]:
    """Yield what a reader must know of what is in the pack and what is not."""
    if found.meeting is None:
        message = _(
            "No next meeting of {body} is in the record. All that is open is listed; with a date, "
            "what falls due after it would be left out."
        )
        yield message.format(body=found.body.code)
    if found.later:
        count = len({task.reference for task in found.later})
        message = ngettext(
            "{count} duty falls due after this meeting and is left out.",
            "{count} duties fall due after this meeting and are left out.",
            count,
        )
        yield message.format(count=count)
    if not found.sections:
        yield _("Nothing is open.")
