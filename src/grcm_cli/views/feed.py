"""Deadlines as the events of a calendar: one a duty and deadline, whoever owes it."""

from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.exporter import Event, Feed
from grcm_cli.model import Entry, Party, Reference
from grcm_cli.register import Register
from grcm_cli.task import Task
from grcm_cli.text import _, collapse
from grcm_cli.views import words
from grcm_cli.views.answer import Answer
from grcm_cli.views.dues import in_words

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
        marks = [collapse(words.what(task.mandate, task, self.language))]
        if any(one.is_late for one in group):
            marks.insert(0, _("LATE"))
        elif is_closed:
            marks.insert(0, words.state(task.state))
        done = [one.done_on for one in group if one.done_on and one.state == "done"]
        states = dict.fromkeys(words.state(one.state) for one in group)
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
        yield words.owing(group, everybody)
        if self.party in task.parties and task.is_separate:
            yield words.reach(task, self.party)
        said = in_words(task.term.due, self.language) if task.term.due else "–"
        yield _("Due: {written}").format(written=said)
        yield _("On {day}: {state}").format(day=self.answer.as_of, state=states)
        if task.first:
            yield words.extended(task)
        yield from (words.waits(wait, task) for wait in task.waits)
        if task.missed.number:
            yield words.later_ones(task)
        if task.mandate.support:
            names = ", ".join(word.text for word in task.mandate.support)
            yield _("with the support of {parties}").format(parties=names)
        if task.mandate.kind == "encouragement":
            yield _("encouragement")
        for entry in dict.fromkeys(entry for one in group for entry in one.reports):
            yield _reported(entry)
        title = collapse(words.title_of(task.meeting, self.language))
        yield ""
        yield f"{task.meeting.id}/{task.conclusion.number} · {title}"
        yield collapse(task.conclusion.text.shown(self.language))


def _reported(entry: Entry) -> str:
    """Return a report on one line: `CRI 2003-01-10 done · its evidence · its note`."""
    head = f"{entry.party} {entry.day} {words.progress_word(entry.progress)}"
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
