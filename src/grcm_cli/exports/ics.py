"""The calendar file: deadlines as all-day events of iCalendar (RFC 5545)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Component, Todo, vText
from icalendar import Event as CalendarEvent

from grcm_cli.domain.model import Entry, Party, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports.answer import Answer
from grcm_cli.formats.listing import Event, Feed
from grcm_cli.language.text import _, clean, clean_lines, collapse
from grcm_cli.views import labels
from grcm_cli.views.due_text import in_words

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
PRODUCT = "-//grcm//mandates and deadlines//EN"


def render(feed: Feed, *, alarms: Sequence[int] = (), as_todo: bool = False) -> bytes:
    """Return a calendar's bytes. `alarms` are days before each deadline."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _Text(clean(feed.name)))
    calendar.add("x-wr-calname", _Text(clean(feed.name)))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    for event in feed.events:
        entry = _todo(event) if as_todo else _entry(event)
        entry.add("uid", clean(event.uid))
        entry.add("dtstamp", _midnight(feed.as_of))
        entry.add("sequence", event.moved)
        entry.add("summary", _Text(clean(event.summary)))
        entry.add("description", _Text(clean_lines(event.description)))
        entry.add("categories", [clean(category) for category in event.categories])
        # What is done needs none, and one for a day that has passed would ring at once.
        if event.day and event.day >= feed.as_of and not event.is_closed:
            for days in sorted(set(alarms), reverse=True):
                entry.add_component(_alarm(days, event, as_todo=as_todo))
        calendar.add_component(entry)
    data: bytes = calendar.to_ical()
    return data


class _Text(vText):
    r"""A text, escaped as RFC 5545, 3.3.11 says.

    The library makes a line end of a text's own `\N`, and leaves the properties as they are that it
    does not know, NAME among them.
    """

    def to_ical(self) -> bytes:
        return str(self).translate(_ESCAPED).encode()


def _entry(event: Event) -> Component:
    entry = CalendarEvent()
    if event.day is not None:
        entry.add("dtstart", event.day)
        if event.day < date.max:
            entry.add("dtend", event.day + timedelta(days=1))  # the first day after it
    entry.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy
    return entry


def _todo(event: Event) -> Component:
    todo = Todo()
    if event.day is not None:
        todo.add("due", event.day)
    todo.add("status", _status(event))
    if event.closed_on is not None:
        todo.add("completed", _midnight(event.closed_on))
        todo.add("percent-complete", 100)
    return todo


def _status(event: Event) -> str:
    if event.is_closed:
        return (
            "COMPLETED" if event.closed_on else "CANCELLED"
        )  # declined, or a later meeting ended it
    return "IN-PROCESS" if event.has_begun else "NEEDS-ACTION"


def _alarm(days: int, event: Event, *, as_todo: bool) -> Component:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(clean(event.summary)))
    # A thing to do has no start that an alarm could be counted from.
    parameters = {"related": "END"} if as_todo else {}
    alarm.add("trigger", -timedelta(days=days), parameters=parameters)
    return alarm


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


_Duty = tuple[int, str]
"""One mandate, or one of its occurrences. Not by its reference: wrong data may have that twice."""


def feed(answer: Answer, *, party: str | None = None, undated: bool = False) -> Feed:
    """Return the chosen tasks as events. What has no day is left out, unless `undated` asks for it.

    `party` is whose calendar it is: for its name, and for ids that are its own.
    """
    register = answer.register
    drawn = _Drawn(answer, party)
    groups: dict[tuple[_Duty, date | None], list[Task]] = {}
    for task in answer.found:
        if task.deadline is not None or undated:
            groups.setdefault((_duty(task), task.deadline), []).append(task)
    named = register.directory.by_code.get(party or "")
    events = _without_twins([drawn.event(group) for group in groups.values()])
    return Feed(_name(register, named, answer.language), answer.as_of, list(events))


def _name(register: Register, party: Party | None, language: str) -> str:
    if party is None:
        return _("{name}: deadlines").format(name=register.process.name.shown(language))
    name = _("{name}: deadlines of the {process}")
    return name.format(name=party.name.shown(language), process=register.process.code)


def _duty(task: Task) -> _Duty:
    return id(task.mandate), task.occurrence.name if task.occurrence else ""


def _without_twins(events: Sequence[Event]) -> Iterator[Event]:
    """Yield the events, each with an id of its own even where the record has a number twice."""
    seen: dict[str, int] = {}
    for event in events:
        count = seen[event.uid] = seen.get(event.uid, 0) + 1
        yield event if count == 1 else event._replace(uid=f"{count}.{event.uid}")


class _Drawn:
    """Draws the tasks of one mandate and deadline as an event; knows all tasks of the day."""

    def __init__(self, answer: Answer, party: str | None) -> None:
        self.answer, self.party, self.language = answer, party, answer.language
        self.of_mandate: dict[int, list[Task]] = {}
        self.of_duty: dict[_Duty, list[Task]] = {}
        for task in answer.everything:
            self.of_mandate.setdefault(id(task.mandate), []).append(task)
            if party is None or task.anybody or task.belongs_to(party):
                self.of_duty.setdefault(_duty(task), []).append(task)

    def event(self, group: Sequence[Task]) -> Event:
        task = group[0]
        is_closed = not any(one.is_open for one in group)
        marks = [collapse(labels.what(task.mandate, task, self.language))]
        if any(one.is_late for one in group):
            marks.insert(0, _("LATE"))
        elif is_closed:
            marks.insert(0, labels.state(task.state))
        done = [one.done_on for one in group if one.done_on and one.state == "done"]
        states = dict.fromkeys(labels.state(one.state) for one in group)
        return Event(
            uid=_uid(task, self.of_duty.get(_duty(task), group), self._whose),
            day=task.deadline,
            summary=": ".join(marks),
            description="\n".join(self._description(group, ", ".join(states))),
            categories=[self.answer.register.process.code, task.meeting.id, *states],
            closed_on=max(done) if is_closed and done else None,
            is_closed=is_closed,
            has_begun=not is_closed and any(one.progress != "unknown" for one in group),
            moved=max(len(one.moves) for one in group),
        )

    @property
    def _whose(self) -> str:
        process = self.answer.register.process.code
        return f"{self.party}.{process}.grcm" if self.party else f"{process}.grcm"

    def _description(self, group: Sequence[Task], states: str) -> Iterator[str]:
        """Yield the lines: who owes it and how it stands, then the conclusion's own words."""
        task = group[0]
        everybody = self.of_mandate[id(task.mandate)]
        yield labels.owing(group, everybody)
        if self.party in task.parties and task.is_separate:
            yield labels.reach(task, self.party)
        said = in_words(task.term.due, self.language) if task.term.due else "–"
        yield _("Due: {written}").format(written=said)
        yield _("On {day}: {state}").format(day=self.answer.as_of, state=states)
        if task.first:
            yield labels.extended(task)
        yield from (labels.waits(wait, task) for wait in task.waits)
        if task.missed.number:
            yield labels.later_ones(task)
        if task.mandate.support:
            names = ", ".join(word.text for word in task.mandate.support)
            yield _("with the support of {parties}").format(parties=names)
        if task.mandate.kind == "encouragement":
            yield _("encouragement")
        for entry in dict.fromkeys(entry for one in group for entry in one.reports):
            yield _reported(entry)
        title = collapse(labels.title_of(task.meeting, self.language))
        yield ""
        yield f"{task.meeting.id}/{task.conclusion.number} · {title}"
        yield collapse(task.conclusion.text.shown(self.language))


def _reported(entry: Entry) -> str:
    """Return a report on one line: `CRI 2003-01-10 done · its evidence · its note`."""
    head = f"{entry.party} {entry.day} {labels.progress_word(entry.progress)}"
    return " · ".join([head, *(collapse(said) for said in (entry.evidence, entry.note) if said)])


# --- ids that stay -------------------------------------------------------------------------------


def _uid(task: Task, alike: Sequence[Task], whose: str) -> str:
    """Return an event's id. It stays when the deadline moves, or a second mandate is added.

    `alike` are all tasks of this mandate and occurrence: where the deadline moved for some of them
    only, theirs has the conclusion that first moved it in its id.
    """
    address = Reference(task.meeting.id, task.conclusion.number, task.mandate.ordinal)
    # Neither sign is ever in a meeting's id or a number, and both are safe in names of files.
    parts = [str(address).replace("/", "_").replace("#", "~")]
    if task.occurrence and task.occurrence.name:
        parts.append(task.occurrence.name)
    parts += [by.replace("/", "_") for by in _apart(task, alike)]
    return "~".join(parts) + f"@{whose}"


def _apart(task: Task, alike: Sequence[Task]) -> Sequence[str]:
    """Return the moves that tell a task's deadline from those of others; none where all share it.

    A move for everybody tells nothing, but for who had done it before: they keep the old deadline.
    """
    chains: dict[date | None, tuple[str, ...]] = {}
    wide = {move.by for one in alike for move in one.moves if not move.parties}
    for one in alike:
        missing = sorted(wide - {move.by for move in one.moves})
        own = tuple(str(move.by) for move in one.moves if move.parties)
        chain = (*(f"before-{by}" for by in missing[:1]), *own)
        chains[one.deadline] = min(chains.get(one.deadline, chain), chain)
    mine = chains.pop(task.deadline)
    for length in range(len(mine) + 1):
        if all(other[:length] != mine[:length] for other in chains.values()):
            return mine[:length]
    return mine
