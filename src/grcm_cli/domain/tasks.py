"""Tasks: who owes what by when, and in which state, always computed for a given day.

A mandate exists from its meeting's last day on. Progress counts from its own day on. The calendar,
the terms of office and membership are read as the files stand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from grcm_cli.domain import progress
from grcm_cli.domain.due import Occurrence, Series
from grcm_cli.domain.lineage import Ending, Lineage, Move
from grcm_cli.domain.mandate_status import MandateStatus, MandateStatuses
from grcm_cli.domain.model import Conclusion, Mandate, Meeting, Reference
from grcm_cli.domain.progress import NOT_RECURRING, EntriesByParty, ProgressIndex, answer
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ANSWERED, DueTerm, Missed, Task, Wait
from grcm_cli.language.text import NaturalKey, natural_key

EVERYTHING = Query(closed=True)
Owing = Sequence[tuple[str, ...]]
"""The parties that owe a mandate, a tuple a task: one, several together, or none."""
_NO_HOLDERS: Mapping[str, tuple[str, ...]] = {}
MandateRow = tuple[Meeting, Conclusion, Mandate]
TaskKey = tuple[tuple[str, ...], int]
"""Of a mandate's tasks: the parties as adopted, and the occurrence from 1, else NOT_RECURRING."""


def tasks(register: Register, as_of: date, query: Query = EVERYTHING) -> list[Task]:
    """Return the tasks of a day, earliest deadline first and undated last.

    Tasks that the query cannot match may be left out, for speed; `select` decides on the others.
    """
    builder = TaskBuilder(register, as_of, query)
    keys = ReferenceKeys()
    rows = builder.adopted_rows()
    # The mandates are put in order first; the stable sort by deadline then keeps it within a day.
    rows.sort(key=lambda row: keys.of(register.address(*row)))
    listed = [task for row in rows for task in builder.listed_tasks(row)]
    # Undated close the list: a task without a day must not hide one that is late.
    listed.sort(key=lambda task: task.term.deadline or date.max)
    return listed


class ReferenceKeys:
    """Sort keys of references, each part of which is computed once."""

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


class TaskBuilder:
    """Builds the tasks of a register on one day, for one query."""

    def __init__(
        self, register: Register, as_of: date, query: Query, other: "TaskBuilder | None" = None
    ) -> None:
        """`other` is one for another day, with which what is the same on all days is shared."""
        self.register, self.as_of, self.query = register, as_of, query
        self.progress: ProgressIndex = other.progress if other else ProgressIndex(register)
        lineage: Lineage = other.statuses.lineage if other else Lineage(register)
        self.statuses: MandateStatuses = MandateStatuses(register, as_of, lineage)
        self.offices = self.progress.offices
        self._office_codes = frozenset(self.offices)
        self._answered: dict[int, tuple[int, int]] = {}

    def adopted_rows(self) -> list[MandateRow]:
        """Return the mandates that are in force on the day and that the query may concern."""
        adopted = [m for m in self.register.meetings if _is_adopted(m, self.as_of)]
        covered = {id(meeting) for meeting in adopted if self.query.covers_meeting(meeting)}
        rows = [row for row in self.register.all_mandates if id(row[0]) in covered]
        return [r for r in rows if r[2].void is None and self.query.covers_conclusion(r[1])]

    def listed_tasks(self, row: MandateRow) -> Iterator[Task]:
        """Yield a mandate's tasks that the query may match, with what they wait for."""
        meeting, _conclusion, mandate = row
        owing = owing_parties(self.register, meeting, mandate)
        if not self._may_match(row, owing):
            return
        status = self.statuses.of(*row)
        has_one_term = not (status.moves or status.adopted.state == "?" or mandate.recurs)
        by = status.adopted.term.deadline
        is_late = by is not None and by < self.as_of
        is_late = is_late and (mandate.kind == "request" or self.query.encouragements)
        if has_one_term and not self.query.covers_deadline(by, is_late=is_late):
            return
        # What a mandate waits for is the same for all who owe it; and it changes no state.
        waits = tuple(self._waits(meeting, mandate)) if mandate.after else ()
        tasks: Iterable[Task] = self._tasks(status, owing, closed=self.query.closed)
        if status.handovers:
            tasks = self.tasks_by_key(row).values()
            tasks = [task for task in tasks if self.query.closed or task.is_open]
        for task in tasks:
            yield task._replace(waits=waits) if waits and task.is_open else task

    def tasks_by_key(self, row: MandateRow) -> dict[TaskKey, Task]:
        """Return a mandate's tasks that a list of everything shows, without what they wait for."""
        meeting, _conclusion, mandate = row
        owing = owing_parties(self.register, meeting, mandate)
        if not self._may_match(row, owing):
            return {}
        series = mandate.series(meeting, self.register.calendar)
        status = self.statuses.of(*row)
        if series is None:
            tasks = self._tasks(status, owing, closed=True)
            by_key = {(task.key_parties, NOT_RECURRING): task for task in tasks}
        else:
            each = ((p, *pair) for p in owing for pair in self._recurring(status, p, series))
            by_key = {(parties, number): task for parties, number, task in each}
        if not status.handovers:
            return by_key
        # What several owed one each, and all handed to the same parties, is one task.
        first: dict[TaskKey, TaskKey] = {}
        for key, task in by_key.items():
            first.setdefault((task.parties, key[1]), key)
        return {key: by_key[key] for key in first.values()}

    def task_of(self, row: MandateRow, key: TaskKey) -> Task | None:
        """Return a task of a mandate, whether or not lists show its occurrence; None for none."""
        meeting, _conclusion, mandate = row
        parties, number = key
        status = self.statuses.of(*row)
        series = mandate.series(meeting, self.register.calendar)
        if series is None:
            return next(self._tasks(status, [parties], closed=True))
        occurrence = series.nth(number) or series.awaits(number, self.as_of)
        return self._occurrence_task(status, parties, number, occurrence) if occurrence else None

    def later_missed(self, task: Task, most: int) -> list[Task]:
        """Return the open late occurrences that a list counts with the oldest, at most so many."""
        row = task.meeting, task.conclusion, task.mandate
        series = task.mandate.series(task.meeting, self.register.calendar)
        if series is None or task.occurrence is None or not task.missed.number:
            return []
        missed: list[Task] = []
        number = series.named(task.occurrence.name) or 0
        wanted = min(task.missed.number, most)
        while number and len(missed) < wanted:
            number += 1
            later = self.task_of(row, (task.key_parties, number))
            if later is None:
                break
            if later.state not in ANSWERED:
                missed.append(later)
        return missed

    def _may_match(self, row: MandateRow, owing: Owing) -> bool:
        """Tell whether a mandate may bind a party of the query, directly or through an office."""
        parties = self.query.parties
        if not parties:
            return True
        meeting, conclusion, mandate = row
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        handed_to = [handover.to for handover in self.statuses.handovers.get(address, ())]
        for codes in (*owing, *handed_to):
            if not self.statuses.known_codes.issuperset(codes) or {*codes}.intersection(parties):
                return True
            for office in self._office_codes.intersection(codes):
                if any(term.holder.text in parties for term in self.offices[office].terms):
                    return True
        return mandate.anybody or self.statuses.is_unclear(mandate)

    def _tasks(self, status: MandateStatus, owing: Owing, *, closed: bool) -> Iterator[Task]:
        """Yield a mandate's tasks: one for each party, or one for all who owe together."""
        series = status.mandate.series(status.meeting, self.register.calendar)
        if series is not None:
            for parties in owing:
                for _number, task in self._recurring(status, parties, series):
                    if closed or task.is_open:
                        yield task
            return
        entries = self.progress.of(status.address, NOT_RECURRING)
        if not (entries or status.moves or status.ending or status.handovers):
            yield from self._alike(status, owing, closed=closed)
            return
        for parties in owing:
            if status.handovers:
                task = self._occurrence_task(status, parties, NOT_RECURRING, None)
            else:
                by_party = self.progress.by_owing_party(entries, parties, self.as_of)
                # A task that an entry closes is closed whatever a later meeting decided.
                if (
                    by_party
                    and not (closed or status.moves)
                    and answer(by_party, parties, [(date.min, status.adopted.term)])
                ):
                    continue
                task = self._task(status, parties, by_party, None)
            if closed or task.is_open:
                yield task

    def _alike(self, status: MandateStatus, owing: Owing, *, closed: bool) -> Iterator[Task]:
        """Yield the tasks of a mandate of which nothing is reported: but for parties all alike."""
        task: Task | None = None
        known, offices = self.statuses.known_codes, self._office_codes
        for parties in owing:
            if task is None or not known.issuperset(parties) or not offices.isdisjoint(parties):
                each = self._task(status, parties, {}, None)
            else:
                each = task._replace(parties=parties, silent=parties)
            if not each.anybody and not each.holders:
                task = each
            if closed or each.is_open:
                yield each

    def _recurring(
        self, status: MandateStatus, parties: tuple[str, ...], series: Series
    ) -> Iterator[tuple[int, Task]]:
        """Yield the answered occurrences, the oldest one that was missed, and the next, by number.

        However old the mandate is, that is two open tasks for a party.
        """
        reported = {
            number: self._occurrence_task(status, parties, number, series.nth(number))
            for number in self.progress.occurrences(status.address, self.as_of)
        }
        answered = {number for number, task in reported.items() if task.state in ANSWERED}
        yield from ((number, reported[number]) for number in sorted(answered))
        # What a later meeting has ended falls due no more.
        late = series.before(status.ending.day if status.ending else self.as_of)
        oldest, following = first_not_in(answered, 1), first_not_in(answered, late + 1)
        if oldest <= late:
            open_ones = [number for number in reported if oldest < number <= late]
            hidden = [reported[number] for number in open_ones if number not in answered]
            with_progress = sum(task.progress != "unknown" for task in hidden)
            entries = tuple(entry for task in hidden for entry in task.reports)
            count = late - oldest - sum(number in answered for number in open_ones)
            task = self._occurrence_task(status, parties, oldest, series.nth(oldest))
            yield oldest, task._replace(missed=Missed(count, with_progress, entries))
            if status.ending:
                return
        upcoming = series.nth(following) or series.awaits(following, self.as_of)
        # A series that leads nowhere is shown all the same, or it would vanish in silence.
        if upcoming or (oldest > late and not answered and not series.is_over(self.as_of)):
            yield following, self._occurrence_task(status, parties, following, upcoming)

    def _occurrence_task(
        self,
        status: MandateStatus,
        parties: tuple[str, ...],
        number: int,
        occurrence: Occurrence | None,
    ) -> Task:
        entries = self.progress.of(status.address, number)
        owing, handovers = parties, []
        since = dict.fromkeys(parties, date.min)
        for handover in status.handovers:
            day, is_concerned = handover.day, handover.concerns(owing)
            if is_concerned and self._is_open(status, owing, since, entries, day):
                owing = handover.after(owing)
                since |= {code: day for code in owing if code not in since}
                handovers.append(handover)
        by_party = self._reported(entries, owing, since, self.as_of)
        task = self._task(status, owing, by_party, occurrence, since)
        if not handovers:
            return task
        return task._replace(handovers=tuple(handovers), adopted_by=parties)

    def _is_open(
        self,
        status: MandateStatus,
        parties: Sequence[str],
        since: Mapping[str, date],
        entries: EntriesByParty,
        day: date,
    ) -> bool:
        """Tell whether nothing had answered or ended a task by the day of a handover.

        An answer that was taken back later is none: the task is with those who owe the others.
        """
        if status.ending and status.ending.day <= day:
            return False
        for until in (day, self.as_of):
            by_party = self._reported(entries, parties, since, until)
            moves = [move for move in status.moves if move.day <= until and move.concerns([*since])]
            if not answer(by_party, parties, self._terms(status.adopted.term, moves)):
                return True
        return False

    def _reported(
        self,
        entries: EntriesByParty,
        parties: Sequence[str],
        since: Mapping[str, date],
        until: date,
    ) -> EntriesByParty:
        """Return the entries up to a day of each of some parties, from when on it owes the task."""
        by_party = self.progress.by_owing_party(entries, parties, until)
        if not any(since[code] > date.min for code in by_party):
            return by_party  # as most
        counted = {c: [e for e in own if e.day >= since[c]] for c, own in by_party.items()}
        return {code: own for code, own in counted.items() if own}

    def _terms(self, adopted: DueTerm, moves: Sequence[Move]) -> progress.Terms:
        calendar = self.register.calendar
        moved = [(m.day, DueTerm(m.due, m.due.last_day(m.meeting, calendar))) for m in moves]
        return [(date.min, adopted), *moved]

    def _task(
        self,
        status: MandateStatus,
        parties: tuple[str, ...],
        by_party: EntriesByParty,
        occurrence: Occurrence | None,
        former: Iterable[str] = (),
    ) -> Task:
        """Return the task of some parties. `by_party` has the entries of each that reported.

        `former` are those that owed it before it was handed over: a move for them stays.
        """
        adopted = status.adopted.term
        if occurrence:
            adopted = DueTerm(status.mandate.due, occurrence.deadline)
        terms = self._terms(adopted, ())
        moves: Sequence[Move] = ()
        ending: Ending | None = None
        closing: Ending | progress.Answer | None = None
        if by_party or status.ending or status.moves:  # else nothing happened, as for most
            moves = [move for move in status.moves if move.concerns((*parties, *former))]
            terms = self._terms(adopted, moves)
            ending = _first_ending(status.ending, by_party, parties, terms)
            closing = ending or answer(by_party, parties, terms)
        closed_on = closing.day if closing else None
        if closed_on and moves:
            # What moved later is no term of it: it was on time or late by what it had.
            moves = [move for move in moves if move.day <= closed_on]
            terms = terms[: len(moves) + 1]
        term = terms[-1][1]
        current = self.statuses.open_status(status, term, occurrence)
        unclear = status.is_unclear or not self.statuses.known_codes.issuperset(parties)
        is_done = closing is not None and closing.state == "done"
        done_on = closed_on if is_done else progress.done_since(by_party)
        done_by = progress.term_on(terms, done_on).deadline if done_on else None
        last = {code: own[-1] for code, own in by_party.items()}
        reports = sorted(last.values(), key=lambda entry: entry.day)
        told = {code for code, entry in last.items() if entry.progress != "withdrawn"}
        return Task(
            meeting=status.meeting,
            conclusion=status.conclusion,
            mandate=status.mandate,
            reference=status.reference,
            parties=parties,
            holders=self._holders(parties, term.deadline, closed_on),
            term=term,
            state=closing.state if closing else "?" if unclear else current.state,
            days=None if closed_on else current.days,
            # One entry may be the last one of a party and of the office that it holds.
            reports=tuple(dict.fromkeys(reports)),
            silent=tuple([code for code in parties if code not in told]) if told else parties,
            done_on=done_on,
            done_after=(done_on - done_by).days if done_on and done_by else None,
            anybody=unclear,
            first=terms[0][1] if len(terms) > 1 else None,
            moves=tuple(moves),
            ending=ending,
            occurrence=occurrence,
        )

    def _holders(
        self, parties: Sequence[str], by: date | None, closed_on: date | None
    ) -> Mapping[str, tuple[str, ...]]:
        """Return the holders of the offices among the parties, today and at a later deadline.

        What is closed stays with the holder of that day.
        """
        if self._office_codes.isdisjoint(parties):
            return _NO_HOLDERS  # as most
        by_office: dict[str, tuple[str, ...]] = {}
        for code in parties:
            office = self.offices.get(code)
            if office is not None:
                days = [closed_on or self.as_of]
                if by and not closed_on and by > self.as_of:
                    days.append(by)
                holders = [office.holder_on(day) for day in days]
                by_office[code] = tuple(dict.fromkeys(holder for holder in holders if holder))
        return by_office

    def _waits(self, meeting: Meeting, mandate: Mandate) -> Iterator[Wait]:
        for word in mandate.after:
            reference = self.register.parse_reference(word.text, meeting.id)
            awaited = self.register.mandates(reference) if reference else ()
            counts = [self._count_answered(reference, one) for one in awaited if reference]
            answered, total = sum(c[0] for c in counts), sum(c[1] for c in counts)
            if reference and answered < total:
                yield Wait(reference, answered, total)

    def _count_answered(self, reference: Reference, mandate: Mandate) -> tuple[int, int]:
        key = id(mandate)
        if key not in self._answered:
            meeting = self.register.calendar.by_id[reference.meeting]
            conclusion = self.register.conclusion(reference)
            of_mandate: list[Task] = []
            if conclusion and mandate.void is None and _is_adopted(meeting, self.as_of):
                status = self.statuses.of(meeting, conclusion, mandate)
                owing = owing_parties(self.register, meeting, mandate)
                of_mandate = list(self._tasks(status, owing, closed=True))
            # A standing task that was done stays open, and nobody waits for it any more.
            answered = sum(
                not task.is_open or (task.state == "standing" and task.progress == "done")
                for task in of_mandate
            )
            self._answered[key] = answered, len(of_mandate)
        return self._answered[key]


def _is_adopted(meeting: Meeting, as_of: date) -> bool:
    # A meeting whose dates are wrong stays listed, or its duties would vanish in silence.
    return meeting.last_day is None or meeting.last_day <= as_of


def owing_parties(register: Register, meeting: Meeting, mandate: Mandate) -> Owing:
    """Return the parties that owe a mandate."""
    # A group that is empty on that day binds nobody; the mandate itself is still shown.
    return register.expand_responsible(mandate, meeting) or [()]


def first_not_in(numbers: set[int], start: int) -> int:
    """Return the first number from `start` on that is not among some."""
    while start in numbers:
        start += 1
    return start


def _first_ending(
    ending: Ending | None, by_party: EntriesByParty, parties: Sequence[str], terms: progress.Terms
) -> Ending | None:
    """Return what a later meeting decided, unless an answer came first and stands since."""
    if ending is None:
        return None
    later = {entry.day for own in by_party.values() for entry in own if entry.day > ending.day}
    for day in (ending.day, *later):
        until_then = {
            code: until
            for code, own in by_party.items()
            if (until := [entry for entry in own if entry.day <= day])
        }
        if not answer(until_then, parties, terms):
            return ending
    return None
