"""Tasks: who owes what by when, and in which state, always computed for a given day.

A mandate exists from its meeting's last day on. Progress counts from its own day on. The calendar,
the terms of office and membership are read as the files stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.deadlines import deadline
from grcm_cli.model import (
    Asap,
    AtMeeting,
    Conclusion,
    Each,
    Entry,
    Mandate,
    Meeting,
    NextMeeting,
    Ongoing,
    Reference,
    Unclear,
    Within,
)
from grcm_cli.register import Register
from grcm_cli.text import natural_key

State = Literal[
    "done",
    "declined",
    "not-applicable",
    "overdue",
    "due-soon",
    "upcoming",
    "awaiting",
    "standing",
    "asap",
    "undated",
    "?",
]
CLOSED: frozenset[State] = frozenset({"done", "declined", "not-applicable"})
SOON = 30
"""Days before its deadline from which an open task is due soon."""


class Wait(NamedTuple):
    """What a task waits for, and how many of that mandate's tasks are answered."""

    reference: Reference
    answered: int
    total: int


class Task(NamedTuple):
    """What one party, or several together, owe under a mandate on a day."""

    meeting: Meeting
    conclusion: Conclusion
    mandate: Mandate
    reference: Reference
    parties: tuple[str, ...]
    """One code, or several that owe together; empty where the text names nobody."""
    holders: Mapping[str, tuple[str, ...]]
    """Of each office among the parties: its holder on the day, and at the deadline if another."""
    deadline: date | None
    state: State
    days: int | None
    """From the day to the deadline, negative when late; None without a deadline or when closed."""
    reports: tuple[Entry, ...] = ()
    """The last word of each party that reported, up to the day."""
    done_on: date | None = None
    """The day of the first report that it was done, and not withdrawn since."""
    waits: tuple[Wait, ...] = ()
    anybody: bool = False
    """The file does not tell whom it binds, so that it may be anybody."""

    @property
    def is_open(self) -> bool:
        """Tell whether the duty still stands."""
        return self.state not in CLOSED

    @property
    def is_late(self) -> bool:
        """Tell whether it is open and its deadline has passed; the day itself is not late."""
        return self.state == "overdue"

    @property
    def is_separate(self) -> bool:
        """Tell whether each party of the mandate owes a task of its own."""
        return isinstance(self.mandate.responsible, Each)

    @property
    def due(self) -> str | None:
        """What the file writes for `due`, or None."""
        return self.mandate.due.written if self.mandate.due else None

    @property
    def progress(self) -> str:
        """What was last reported: started, done, declined, not-applicable, or unknown."""
        if self.state in CLOSED:
            return self.state
        # What one of several declined, the others still owe; a standing duty stays when it is done.
        said = [entry.progress for entry in self.reports if entry.progress in ("started", "done")]
        return said[-1] if said else "unknown"

    @property
    def done_late(self) -> bool:
        """Tell whether it was done after its deadline."""
        if self.done_on is None or self.deadline is None:
            return False
        return self.done_on > self.deadline

    def belongs_to(self, code: str) -> bool:
        """Tell whether a party owes it: itself, with others, or through an office it holds."""
        return code in self.parties or any(code in held for held in self.holders.values())


def tasks(register: Register, as_of: date) -> list[Task]:
    """Return every task on a day, open and closed, earliest deadline first and undated last."""
    day = _Day(register, as_of)
    found = [
        task
        for meeting, conclusion, mandate in register.each_mandate()
        if mandate.void is None and _is_adopted(meeting, as_of)
        for task in day.tasks_of(meeting, conclusion, mandate)
    ]
    # Undated close the list: a task without a day must not hide one that is late.
    return sorted(
        _with_waits(register, found),
        key=lambda task: (task.deadline or date.max, natural_key(str(task.reference))),
    )


def _is_adopted(meeting: Meeting, as_of: date) -> bool:
    # A meeting whose dates are wrong stays listed, or its duties would vanish in silence.
    return meeting.last_day is None or meeting.last_day <= as_of


class _Day:
    """One day's view of the register: what has been reported until then, who holds which office."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register, self.as_of = register, as_of
        self.parties = register.directory.by_code
        self.reports = self._reports()

    def _reports(self) -> Mapping[Reference, Mapping[str, list[Entry]]]:
        """Return the entries up to the day by mandate and party, in the order that counts."""
        found: dict[Reference, dict[str, list[Entry]]] = {}
        for entry in sorted(self.register.entries, key=lambda entry: entry.day):
            reference = self.register.refer(entry.mandate.text)
            if entry.day > self.as_of or reference is None:
                continue
            named = self.register.mandates(reference)
            if len(named) == 1:
                mandate = reference._replace(ordinal=named[0].ordinal)
                found.setdefault(mandate, {}).setdefault(entry.party, []).append(entry)
        return found

    def tasks_of(
        self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
    ) -> Iterator[Task]:
        """Yield a mandate's tasks: one for each party, or one for all who owe together."""
        by = deadline(mandate.due, meeting, self.register.calendar)
        said = self.reports.get(Reference(meeting.id, conclusion.number, mandate.ordinal), {})
        responsible = mandate.responsible
        owing = self.register.owing(responsible, meeting) if responsible else []
        # A group that is empty on that day binds nobody; the duty itself is still shown.
        for parties in owing or [()]:
            spoken = self._spoken(parties, said)
            last = sorted((own[-1] for own in spoken), key=lambda entry: entry.day)
            anybody = self._may_be_anybody(mandate, parties)
            unclear = anybody or mandate.faulty or self._leads_nowhere(meeting, mandate, by)
            state = _ended(mandate, parties, last) or (
                "?" if unclear else self._open_state(mandate, by)
            )
            yield Task(
                meeting=meeting,
                conclusion=conclusion,
                mandate=mandate,
                reference=self.register.address(meeting, conclusion, mandate),
                parties=parties,
                holders=self._holders(parties, self._days_held(state, by, last)),
                deadline=by,
                state=state,
                days=(by - self.as_of).days if by and state not in CLOSED else None,
                # One entry may be the last word of a party and of the office that it holds.
                reports=tuple(dict.fromkeys(last)),
                done_on=min((day for own in spoken if (day := _done_since(own))), default=None),
                anybody=anybody,
            )

    def _days_held(self, state: State, by: date | None, last: Sequence[Entry]) -> list[date]:
        """Return the days whose holders of an office a task belongs to.

        Today and a later deadline; what is closed stays with whoever held the office then.
        """
        if state in CLOSED:
            return [last[-1].day]
        return [self.as_of, by] if by and by > self.as_of else [self.as_of]

    def _holders(self, parties: Sequence[str], days: Sequence[date]) -> dict[str, tuple[str, ...]]:
        """Return the holders on these days of the offices among the parties."""
        found: dict[str, tuple[str, ...]] = {}
        for code in parties:
            office = self.parties.get(code)
            if office is not None and office.terms:
                holders = [office.holder_on(day) for day in days]
                found[code] = tuple(dict.fromkeys(holder for holder in holders if holder))
        return found

    def _spoken(self, parties: Sequence[str], said: Mapping[str, list[Entry]]) -> list[list[Entry]]:
        """Return the entries of each party that has any, by day; of one day, as in the file.

        A holder's entry counts for the office that it holds on the entry's day.
        """
        spoken = []
        for code in parties if said else ():
            office = self.parties.get(code)
            own = [
                entry
                for speaker, entries in said.items()
                for entry in entries
                if speaker == code or (office and office.holder_on(entry.day) == speaker)
            ]
            if own:
                spoken.append(sorted(own, key=lambda entry: entry.day))
        return spoken

    def _open_state(self, mandate: Mandate, by: date | None) -> State:
        if by is not None:
            if by < self.as_of:
                return "overdue"
            return "due-soon" if (by - self.as_of).days <= SOON else "upcoming"
        match mandate.due:
            case Ongoing():
                return "standing"
            case Asap():
                return "asap"
            case NextMeeting():
                return "awaiting"
            case _:
                return "undated"

    def _may_be_anybody(self, mandate: Mandate, parties: Sequence[str]) -> bool:
        written = mandate.responsible.codes if mandate.responsible else ()
        codes = (*parties, *(word.text for word in written))
        return mandate.anybody or any(code not in self.parties for code in codes)

    def _leads_nowhere(self, meeting: Meeting, mandate: Mandate, by: date | None) -> bool:
        """Tell whether words are in a form that is understood, but lead to no day or mandate."""
        if any(
            not self.register.leads_to_mandates(word.text, meeting.id) for word in mandate.after
        ):
            return True
        match mandate.due:
            case NextMeeting(_, body):
                return meeting.last_day is None or not self.register.is_body(body)
            case AtMeeting() | Within():
                return by is None
            case Unclear():
                return True
            case _:
                return False


def _done_since(own: Sequence[Entry]) -> date | None:
    """Return the day of the first of the last reports in a row that say done; None without."""
    since = None
    for entry in reversed(own):
        if entry.progress != "done":
            break
        since = entry.day
    return since


def _ended(mandate: Mandate, parties: Sequence[str], last: Sequence[Entry]) -> State | None:
    """Return the closed state that the reports give: any `done`, or a refusal by all who owe."""
    words = [entry.progress for entry in last]
    if "done" in words:
        # A standing duty that was done still stands.
        return None if isinstance(mandate.due, Ongoing) else "done"
    if not parties or not words or len(words) < len(parties):
        return None
    if all(word in ("declined", "not-applicable") for word in words):
        return "declined" if "declined" in words else "not-applicable"
    return None


def _with_waits(register: Register, found: Sequence[Task]) -> Iterator[Task]:
    """Yield the tasks, each that waits for others with how many of those are answered."""
    of_mandate: dict[int, list[Task]] = {}
    for task in found:
        of_mandate.setdefault(id(task.mandate), []).append(task)
    for task in found:
        waits = []
        for word in task.mandate.after if task.is_open else ():
            reference = register.refer(word.text, task.meeting.id)
            awaited = [
                other
                for mandate in (register.mandates(reference) if reference else ())
                for other in of_mandate.get(id(mandate), ())
            ]
            answered = sum(not other.is_open for other in awaited)
            if reference and answered < len(awaited):
                waits.append(Wait(reference, answered, len(awaited)))
        yield task._replace(waits=tuple(waits)) if waits else task
