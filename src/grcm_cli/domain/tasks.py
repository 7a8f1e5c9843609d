"""Tasks: who owes what by when, and in which state, always computed for a given day.

A mandate exists from its meeting's last day on. Progress counts from its own day on. The calendar,
the terms of office and membership are read as the files stand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.lineage import Ending, Lineage, Move
from grcm_cli.domain.mandate_status import Duties, Duty, Standing
from grcm_cli.domain.model import Conclusion, Entry, Mandate, Meeting, Reference
from grcm_cli.domain.progress import ONLY, ByParty, Reports, answer, done_since, last_words
from grcm_cli.domain.recurrence import Occurrence, Series
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ANSWERED, CLOSED, Missed, Task, Term, Wait
from grcm_cli.language.text import NaturalKey, natural_key

# At a third of the cost of Task(…), of which a record has the most. The values come in the order of
# its fields.
_new: Callable[[type[Task], Any], Task] = tuple.__new__
_NONE_MISSED = Missed(0, 0)


def tasks(register: Register, as_of: date) -> list[Task]:
    """Return every task on a day, open and closed, earliest deadline first and undated last."""
    day = Record(register).on(as_of)
    keys = ReferenceKeys()
    held = {id(meeting) for meeting in register.meetings if _is_adopted(meeting, as_of)}
    adopted = [row for row in register.each_mandate() if row[2].void is None and id(row[0]) in held]
    # The mandates are put in order, and then the days of their tasks, which are more.
    adopted.sort(key=lambda row: keys.of(register.address(*row)))
    of_each = _with_waits(register, [list(day.tasks_of(*row)) for row in adopted])
    found = [task for own in of_each for task in own]
    # Undated close the list: a task without a day must not hide one that is late.
    found.sort(key=lambda task: task.term.deadline or date.max)
    return found


class ReferenceKeys:
    """The natural keys of references, each part of which is worked out once."""

    def __init__(self) -> None:
        self._meetings: dict[str, NaturalKey] = {}
        self._inside: dict[tuple[object, ...], NaturalKey] = {}

    def of(self, reference: Reference) -> NaturalKey:
        """Return `natural_key(str(reference))`."""
        meeting, within = reference.meeting, reference[1:]
        if meeting not in self._meetings:
            self._meetings[meeting] = natural_key(meeting)
        if within not in self._inside:
            self._inside[within] = natural_key(str(Reference("", *within)))
        # A number ends before the `/`; letters would go on: `A` and `/1` give `a/` and 1.
        if "0" <= meeting[-1:] <= "9":
            return self._meetings[meeting] + self._inside[within]
        return natural_key(str(reference))


def _is_adopted(meeting: Meeting, as_of: date) -> bool:
    # A meeting whose dates are wrong stays listed, or its duties would vanish in silence.
    return meeting.last_day is None or meeting.last_day <= as_of


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
        self.calendar = record.register.calendar
        self.reports = record.reports
        self.duties = Duties(record.register, record.lineage, as_of)
        self.known = self.duties.known
        self.offices = frozenset(self.reports.offices)

    def tasks_of(
        self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
    ) -> Iterator[Task]:
        """Yield a mandate's tasks: one for each party, or one for all who owe together."""
        owing = owing_tasks(self.register, meeting, mandate)
        return self.tasks_owed_by(owing, meeting, conclusion, mandate)

    def tasks_owed_by(
        self,
        owing: Sequence[tuple[str, ...]],
        meeting: Meeting,
        conclusion: Conclusion,
        mandate: Mandate,
    ) -> Iterator[Task]:
        """Yield some of a mandate's tasks: those of these parties."""
        duty = self.duties.of(meeting, conclusion, mandate)
        series = Series.of(mandate, meeting, self.calendar)
        said = self.reports.of(duty.address, ONLY)
        for parties in owing:
            if series is None:
                yield self._task(duty, parties, said)
            else:
                yield from self._recurring(duty, parties, series)

    def _recurring(self, duty: Duty, parties: tuple[str, ...], series: Series) -> Iterator[Task]:
        """Yield the answered occurrences, the oldest one that was missed, and the next.

        However long the duty has stood, that is two open rows for a party.
        """
        reported = {
            place: self._occurring(duty, parties, place, series.nth(place))
            for place in self.reports.places(duty.address, self.as_of)
        }
        answered = {place for place, task in reported.items() if task.state in ANSWERED}
        yield from (reported[place] for place in sorted(answered))
        # What a later meeting has ended falls due no more.
        late = series.before(duty.ending.day if duty.ending else self.as_of)
        oldest, following = _first_not_in(answered, 1), _first_not_in(answered, late + 1)
        if oldest <= late:
            open_ones = [place for place in reported if oldest < place <= late]
            heard = sum(reported[p].progress != "unknown" for p in open_ones if p not in answered)
            count = late - oldest - sum(place in answered for place in open_ones)
            task = self._occurring(duty, parties, oldest, series.nth(oldest))
            yield task._replace(missed=Missed(count, heard))
            if duty.ending:
                return
        upcoming = series.nth(following) or series.awaits(following, self.as_of)
        # A series that leads nowhere is shown all the same, or the duty would vanish in silence.
        if upcoming or (oldest > late and not answered and not series.is_over(self.as_of)):
            yield self._occurring(duty, parties, following, upcoming)

    def _occurring(
        self, duty: Duty, parties: tuple[str, ...], place: int, occurrence: Occurrence | None
    ) -> Task:
        return self._task(duty, parties, self.reports.of(duty.address, place), occurrence)

    def _task(
        self,
        duty: Duty,
        parties: tuple[str, ...],
        said: ByParty,
        occurrence: Occurrence | None = None,
    ) -> Task:
        spoken = self.reports.spoken(said, parties, self.as_of) if said else []
        if not (spoken or duty.ending or duty.moves):
            return self._untouched(duty, parties, occurrence)
        last = last_words(spoken)
        terms = self._terms(duty, parties, occurrence)
        given = answer(last, parties, terms[-1][1].due)
        ending = _first_ending(duty, spoken, parties) if duty.ending else None
        closed_on = ending.day if ending else last[-1].day if given in CLOSED else None
        if closed_on and duty.moves:
            # What moved later is no term of it: it was on time or late by what it had.
            terms = [each for each in terms if each[0] <= closed_on]
        term = terms[-1][1]
        standing = self._standing(duty, term, occurrence)
        anybody = duty.is_doubtful or not self.known.issuperset(parties)
        since = done_since(spoken)
        values = (
            duty.meeting,
            duty.conclusion,
            duty.mandate,
            duty.reference,
            parties,
            self._holders(parties, term.deadline, closed_on),
            term,
            ending.state if ending else given or ("?" if anybody else standing.state),
            None if closed_on else standing.days,
            # One entry may be the last word of a party and of the office that it holds.
            tuple(dict.fromkeys(last)) if len(last) > 1 else tuple(last),
            since,
            since is not None and _is_past(terms, since),
            (),  # whom it waits for is added when all tasks are there
            anybody,
            terms[0][1] if len(terms) > 1 else None,
            _moves(duty, parties, closed_on) if duty.moves else (),
            ending,
            occurrence,
            _NONE_MISSED,
        )
        return _new(Task, values)

    def _untouched(
        self, duty: Duty, parties: tuple[str, ...], occurrence: Occurrence | None
    ) -> Task:
        """Return a task of which nothing has been said since it was adopted, as most are."""
        standing = duty.adopted
        if occurrence:
            term = Term(duty.mandate.due, occurrence.deadline)
            standing = self.duties.standing(duty, term, occurrence)
        anybody = duty.is_doubtful or not self.known.issuperset(parties)
        values = (
            duty.meeting,
            duty.conclusion,
            duty.mandate,
            duty.reference,
            parties,
            self._holders(parties, standing.term.deadline, None),
            standing.term,
            "?" if anybody else standing.state,
            standing.days,
            (),
            None,
            False,
            (),
            anybody,
            None,
            (),
            None,
            occurrence,
            _NONE_MISSED,
        )
        return _new(Task, values)

    def _standing(self, duty: Duty, term: Term, occurrence: Occurrence | None) -> Standing:
        # Most terms are as they were adopted, and all who owe the duty share what comes of that.
        if term is duty.adopted.term:
            return duty.adopted
        return self.duties.standing(duty, term, occurrence)

    def _terms(
        self, duty: Duty, parties: Sequence[str], occurrence: Occurrence | None
    ) -> list[tuple[date, Term]]:
        """Return by when it is due, first as adopted, then as each move set it, with its day."""
        adopted = Term(duty.mandate.due, occurrence.deadline) if occurrence else duty.adopted.term
        if not duty.moves:
            return [(date.min, adopted)]  # as most
        moved = [
            (move.day, Term(move.due, deadline(move.due, move.meeting, self.calendar)))
            for move in duty.moves
            if move.concerns(parties)
        ]
        return [(date.min, adopted), *moved]

    def _holders(
        self, parties: Sequence[str], by: date | None, closed_on: date | None
    ) -> dict[str, tuple[str, ...]]:
        """Return the holders of the offices among the parties, today and at a later deadline.

        What is closed stays with whoever held the office then.
        """
        found: dict[str, tuple[str, ...]] = {}
        if self.offices.isdisjoint(parties):
            return found  # as most
        for code in parties:
            office = self.reports.offices.get(code)
            if office is not None:
                days = [closed_on or self.as_of]
                if by and not closed_on and by > self.as_of:
                    days.append(by)
                holders = [office.holder_on(day) for day in days]
                found[code] = tuple(dict.fromkeys(holder for holder in holders if holder))
        return found


def owing_tasks(
    register: Register, meeting: Meeting, mandate: Mandate
) -> Sequence[tuple[str, ...]]:
    """Return who owes a mandate, a tuple a task: one party, several together, or nobody."""
    responsible = mandate.responsible
    owing = register.owing(responsible, meeting) if responsible else []
    # A group that is empty on that day binds nobody; the duty itself is still shown.
    return owing or [()]


def _first_not_in(places: set[int], start: int) -> int:
    while start in places:
        start += 1
    return start


def _moves(duty: Duty, parties: Sequence[str], closed_on: date | None) -> tuple[Move, ...]:
    """Return what moved the deadline of those who owe a task, until it was closed."""
    own = [move for move in duty.moves if move.concerns(parties)]
    return tuple([move for move in own if closed_on is None or move.day <= closed_on])


def _is_past(terms: Sequence[tuple[date, Term]], day: date) -> bool:
    """Tell whether the deadline that was in force on a day had passed then."""
    for since, term in reversed(terms):
        if since <= day:
            return term.deadline is not None and term.deadline < day
    return False


def _first_ending(
    duty: Duty, spoken: Sequence[Sequence[Entry]], parties: Sequence[str]
) -> Ending | None:
    """Return what a later meeting did, unless an answer that still stands came first."""
    if duty.ending is None:
        return None
    until_then = [own for said in spoken if (own := [e for e in said if e.day <= duty.ending.day])]
    due = duty.mandate.due
    before, now = last_words(until_then), last_words(spoken)
    stands = answer(before, parties, due) and answer(now, parties, due)
    return None if stands else duty.ending


def _with_waits(register: Register, of_each: list[list[Task]]) -> list[list[Task]]:
    """Return the tasks of each mandate, those that wait with how many of others are answered."""
    waiting = [n for n, own in enumerate(of_each) if own and own[0].mandate.after]
    of_mandate: dict[int, list[Task]] = {}
    for own in of_each if waiting else ():
        if own:
            key = id(own[0].mandate)
            of_mandate[key] = of_mandate[key] + own if key in of_mandate else own
    # What a mandate waits for is the same for all who owe it; and it changes no state.
    for n in waiting:
        waits = tuple(_waits(register, of_each[n][0], of_mandate))
        if waits:
            of_each[n] = [t._replace(waits=waits) if t.is_open else t for t in of_each[n]]
    return of_each


def _waits(
    register: Register, task: Task, of_mandate: Mapping[int, Sequence[Task]]
) -> Iterator[Wait]:
    for word in task.mandate.after:
        reference = register.refer(word.text, task.meeting.id)
        awaited = [
            other
            for mandate in (register.mandates(reference) if reference else ())
            for other in of_mandate.get(id(mandate), ())
        ]
        # A standing duty stays open when it is done; whoever waits for it waits no longer.
        answered = sum(not other.is_open or other.progress == "done" for other in awaited)
        if reference and answered < len(awaited):
            yield Wait(reference, answered, len(awaited))
