"""Tasks: who owes what by when, and in which state, always computed for a given day.

A mandate exists from its meeting's last day on. Progress counts from its own day on. The calendar,
the terms of office and membership are read as the files stand.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.deadlines import deadline
from grcm_cli.lineage import Ending, Lineage, Move
from grcm_cli.model import (
    Asap,
    AtMeeting,
    Conclusion,
    Entry,
    EveryMeeting,
    EverySpan,
    EveryYear,
    Mandate,
    Meeting,
    NextMeeting,
    Ongoing,
    Reference,
    Unclear,
    Within,
)
from grcm_cli.occurrences import Occurrence, Series
from grcm_cli.register import Register
from grcm_cli.reports import ONLY, Reports, answer, done_since, last_words
from grcm_cli.task import CLOSED, ENDED, SOON, Missed, State, Task, Term, Wait
from grcm_cli.text import natural_key


def tasks(register: Register, as_of: date) -> list[Task]:
    """Return every task on a day, open and closed, earliest deadline first and undated last."""
    day = Record(register).on(as_of)
    found = [
        task
        for meeting, conclusion, mandate in register.each_mandate()
        if mandate.void is None and _is_adopted(meeting, as_of)
        for task in day.tasks_of(meeting, conclusion, mandate)
    ]
    # Undated close the list: a task without a day must not hide one that is late.
    order: dict[Reference, object] = {}

    def key(task: Task) -> tuple[date, object]:
        # A mandate's tasks are many, and the numbers in its reference take a while to be found.
        place = order.get(task.reference)
        if place is None:
            place = order[task.reference] = natural_key(str(task.reference))
        return task.deadline or date.max, place

    return sorted(_with_waits(register, found), key=key)


def _is_adopted(meeting: Meeting, as_of: date) -> bool:
    # A meeting whose dates are wrong stays listed, or its duties would vanish in silence.
    return meeting.last_day is None or meeting.last_day <= as_of


class _Duty(NamedTuple):
    """A mandate with what later meetings said of it until the day."""

    meeting: Meeting
    conclusion: Conclusion
    mandate: Mandate
    address: Reference
    """With its `#`, whether or not that may be left out."""
    ending: Ending | None
    moves: tuple[Move, ...]
    reference: Reference
    """The shortest address: with its `#` only where there are several."""
    term: Term
    """By when, as it was adopted; of a duty that comes back without a day."""
    is_doubtful: bool
    """Whom it binds is open to question."""
    is_faulty: bool
    """There is an error in it, or it waits for what is not there."""


class Record:
    """A register with all that was ever said of its mandates: what the tasks of any day need."""

    def __init__(self, register: Register) -> None:
        """Take a register."""
        self.register = register
        self.reports = Reports(register)
        self.lineage = Lineage(register)

    def on(self, as_of: date) -> "Day":
        """Return how the record stands on a day."""
        return Day(self, as_of)


class Day:
    """One day's view of a record: what has been reported until then, who holds which office."""

    def __init__(self, record: Record, as_of: date) -> None:
        """Take a record, and the day."""
        self.register, self.as_of = record.register, as_of
        self.parties = self.register.directory.by_code
        self.reports, self.lineage = record.reports, record.lineage

    def tasks_of(
        self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
    ) -> Iterator[Task]:
        """Yield a mandate's tasks: one for each party, or one for all who owe together."""
        duty = self._duty(meeting, conclusion, mandate)
        series = Series.of(mandate, meeting, self.register.calendar)
        responsible = mandate.responsible
        owing = self.register.owing(responsible, meeting) if responsible else []
        # A group that is empty on that day binds nobody; the duty itself is still shown.
        for parties in owing or [()]:
            if series is None:
                yield self._task(duty, parties)
            else:
                yield from self._recurring(duty, parties, series)

    def _duty(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> _Duty:
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        ending = self.lineage.endings.get(address)
        moves = self.lineage.moves.get(address, ())
        return _Duty(
            meeting,
            conclusion,
            mandate,
            address,
            ending if ending and ending.day <= self.as_of else None,
            tuple(move for move in moves if move.day <= self.as_of),
            self.register.address(meeting, conclusion, mandate),
            Term(mandate.due, deadline(mandate.due, meeting, self.register.calendar)),
            self._is_doubtful(mandate),
            mandate.faulty or self._waits_for_nothing(meeting, mandate),
        )

    def _recurring(self, duty: _Duty, parties: tuple[str, ...], series: Series) -> Iterator[Task]:
        """Yield the answered occurrences, the oldest one that was missed, and the next.

        However long the duty has stood, that is two open rows for a party.
        """
        reported = {
            place: self._task(duty, parties, place, series.nth(place))
            for place in self.reports.places(duty.address, self.as_of)
        }
        answered = {place for place, task in reported.items() if task.state in CLOSED - ENDED}
        yield from (reported[place] for place in sorted(answered))
        # What a later meeting has ended falls due no more.
        late = series.before(duty.ending.day if duty.ending else self.as_of)
        oldest, following = _first_not_in(answered, 1), _first_not_in(answered, late + 1)
        if oldest <= late:
            open_ones = [place for place in reported if oldest < place <= late]
            heard = sum(reported[p].progress != "unknown" for p in open_ones if p not in answered)
            count = late - oldest - sum(place in answered for place in open_ones)
            task = self._task(duty, parties, oldest, series.nth(oldest))
            yield task._replace(missed=Missed(count, heard))
            if duty.ending:
                return
        upcoming = series.nth(following) or series.awaits(following, self.as_of)
        # A series that leads nowhere is shown all the same, or the duty would vanish in silence.
        if upcoming or (oldest > late and not answered and not series.is_over(self.as_of)):
            yield self._task(duty, parties, following, upcoming)

    def _task(
        self,
        duty: _Duty,
        parties: tuple[str, ...],
        place: int = ONLY,
        occurrence: Occurrence | None = None,
    ) -> Task:
        spoken = self.reports.spoken(duty.address, place, parties, self.as_of)
        if not (spoken or duty.ending or duty.moves):
            return self._untouched(duty, parties, occurrence)
        last = last_words(spoken)
        terms = self._terms(duty, parties, occurrence)
        given = answer(spoken, parties, terms[-1][1].due)
        ending = _first_ending(duty, spoken, parties)
        closed_on = ending.day if ending else last[-1].day if given in CLOSED else None
        # What moved after it was closed is no term of it: it was on time or late by what it had.
        terms = [each for each in terms if closed_on is None or each[0] <= closed_on]
        term = terms[-1][1]
        anybody = self._may_be_anybody(duty, parties)
        unclear = anybody or duty.is_faulty or self._leads_nowhere(duty, term, occurrence)
        since = done_since(spoken)
        then = [in_force.deadline for day, in_force in terms if since and day <= since]
        state: State = (
            ending.state if ending else given or ("?" if unclear else self._open_state(term))
        )
        return Task(
            meeting=duty.meeting,
            conclusion=duty.conclusion,
            mandate=duty.mandate,
            reference=duty.reference,
            parties=parties,
            holders=self._holders(parties, self._days_held(term.deadline, closed_on)),
            term=term,
            state=state,
            days=(term.deadline - self.as_of).days if term.deadline and not closed_on else None,
            # One entry may be the last word of a party and of the office that it holds.
            reports=tuple(dict.fromkeys(last)),
            done_on=since,
            done_late=bool(since and then and then[-1] and since > then[-1]),
            anybody=anybody,
            first=terms[0][1] if len(terms) > 1 else None,
            moves=tuple(
                move
                for move in duty.moves
                if move.concerns(parties) and (closed_on is None or move.day <= closed_on)
            ),
            ending=ending,
            occurrence=occurrence,
        )

    def _untouched(
        self, duty: _Duty, parties: tuple[str, ...], occurrence: Occurrence | None
    ) -> Task:
        """Return a task of which nothing has been said since it was adopted, as most are."""
        term = Term(duty.mandate.due, occurrence.deadline) if occurrence else duty.term
        anybody = self._may_be_anybody(duty, parties)
        unclear = anybody or duty.is_faulty or self._leads_nowhere(duty, term, occurrence)
        return Task(
            meeting=duty.meeting,
            conclusion=duty.conclusion,
            mandate=duty.mandate,
            reference=duty.reference,
            parties=parties,
            holders=self._holders(parties, self._days_held(term.deadline, None)),
            term=term,
            state="?" if unclear else self._open_state(term),
            days=(term.deadline - self.as_of).days if term.deadline else None,
            anybody=anybody,
            occurrence=occurrence,
        )

    def _terms(
        self, duty: _Duty, parties: Sequence[str], occurrence: Occurrence | None
    ) -> list[tuple[date, Term]]:
        """Return by when it is due, first as adopted, then as each move set it, with its day."""
        calendar = self.register.calendar
        adopted = Term(duty.mandate.due, occurrence.deadline) if occurrence else duty.term
        moved = [
            (move.day, Term(move.due, deadline(move.due, move.meeting, calendar)))
            for move in duty.moves
            if move.concerns(parties)
        ]
        return [(date.min, adopted), *moved]

    def _days_held(self, by: date | None, closed_on: date | None) -> list[date]:
        """Return the days whose holders of an office a task belongs to.

        Today and a later deadline; what is closed stays with whoever held the office then.
        """
        if closed_on:
            return [closed_on]
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

    def _open_state(self, term: Term) -> State:
        by = term.deadline
        if by is not None:
            if by < self.as_of:
                return "overdue"
            return "due-soon" if (by - self.as_of).days <= SOON else "upcoming"
        match term.due:
            case Ongoing():
                return "standing"
            case Asap():
                return "asap"
            case NextMeeting() | EveryMeeting():
                return "awaiting"
            case _:
                return "undated"

    def _is_doubtful(self, mandate: Mandate) -> bool:
        written = mandate.responsible.codes if mandate.responsible else ()
        return mandate.anybody or any(word.text not in self.parties for word in written)

    def _may_be_anybody(self, duty: _Duty, parties: Sequence[str]) -> bool:
        return duty.is_doubtful or any(code not in self.parties for code in parties)

    def _waits_for_nothing(self, meeting: Meeting, mandate: Mandate) -> bool:
        leads = self.register.leads_to_mandates
        return any(not leads(word.text, meeting.id) for word in mandate.after)

    def _leads_nowhere(self, duty: _Duty, term: Term, occurrence: Occurrence | None) -> bool:
        """Tell whether words are in a form that is understood, but lead to no day."""
        match term.due:
            case NextMeeting(_, body):
                return duty.meeting.last_day is None or not self.register.is_body(body)
            case AtMeeting() | Within():
                return term.deadline is None
            case EveryMeeting(_, body):
                return occurrence is None or not self.register.is_body(body)
            case EveryYear() | EverySpan():
                return occurrence is None
            case Unclear():
                return True
            case _:
                return False


def _first_not_in(places: set[int], start: int) -> int:
    while start in places:
        start += 1
    return start


def _first_ending(
    duty: _Duty, spoken: Sequence[Sequence[Entry]], parties: Sequence[str]
) -> Ending | None:
    """Return what a later meeting did, unless an answer that still stands came first."""
    if duty.ending is None:
        return None
    until_then = [own for said in spoken if (own := [e for e in said if e.day <= duty.ending.day])]
    due = duty.mandate.due
    stands = answer(until_then, parties, due) and answer(spoken, parties, due)
    return None if stands else duty.ending


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
            # A standing duty stays open when it is done; whoever waits for it waits no longer.
            answered = sum(not other.is_open or other.progress == "done" for other in awaited)
            if reference and answered < len(awaited):
                waits.append(Wait(reference, answered, len(awaited)))
        yield task._replace(waits=tuple(waits)) if waits else task
