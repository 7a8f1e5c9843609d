"""Tasks: who owes what by when, and in which state, always computed for a given day.

A mandate exists from its meeting's last day on. Progress counts from its own day on. The calendar,
the terms of office and membership are read as the files stand.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from datetime import date, timedelta
from itertools import chain, count, islice
from operator import attrgetter

from grcm_cli.domain import model, progress
from grcm_cli.domain.due import Occurrence, Series
from grcm_cli.domain.lineage import Move, lineage_of
from grcm_cli.domain.model import AdoptedMandate, Codes, Each, Entry, Location, Reference
from grcm_cli.domain.progress import NOT_RECURRING, EntriesByParty, ProgressIndex, answer
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import (
    ANSWERED,
    SOON,
    DueTerm,
    Missed,
    Query,
    State,
    Task,
    Wait,
    by_deadline,
)
from grcm_cli.language.text import NaturalKey, natural_key

EVERYTHING = Query(closed=True)
TaskKey = tuple[Codes, int]  # parties as adopted; the occurrence from 1, else NOT_RECURRING


def tasks(register: Register, as_of: date, query: Query = EVERYTHING) -> list[Task]:
    """Return the tasks of a day, earliest deadline first and undated last.

    They are those of the meetings and topics of the query; `select` decides on them.
    """
    builder = TaskBuilder(register, as_of, query)
    rows = sorted(builder.adopted_rows(), key=_sort_key)
    listed = [task for row in rows for task in builder.listed_tasks(row)]
    # The stable sort keeps the order of the mandates within a day. Undated close the list: a task
    # without a day must not hide one that is late.
    return sorted(listed, key=by_deadline)


def _sort_key(row: AdoptedMandate) -> tuple[NaturalKey, NaturalKey]:
    """Return what sorts as `natural_key` of the reference, in two parts that recur."""
    _meeting, _slash, within = str(row.reference).partition("/")
    return natural_key(f"{row.meeting.id}/"), natural_key(within)


class MandateTasks:
    """Makes the tasks of a mandate on a day, by what later meetings have decided about it."""

    def __init__(self, builder: "TaskBuilder", row: AdoptedMandate) -> None:
        self.builder, self.row, self.as_of = builder, row, builder.as_of
        self.progress, self.calendar = builder.progress, builder.register.calendar
        self.address, self.reference = row.address, row.reference
        self.entries = self.progress.of_mandate(self.address)  # by occurrence
        mandate, lineage, day = row.mandate, builder.lineage, self.as_of
        self.series = mandate.series(row.meeting, self.calendar)
        self.adopted = DueTerm(mandate.due, mandate.last_day(row.meeting, self.calendar))
        """Of a recurring mandate, without a day."""
        ending = lineage.endings.get(self.address)
        self.ending = ending if ending and ending.day <= day else None
        self.moves = [move for move in lineage.moves.get(self.address, ()) if move.day <= day]
        handovers = lineage.handovers.get(self.address, ())
        last = min(day, self.ending.day - timedelta(days=1)) if self.ending else day
        self.handovers = [handover for handover in handovers if handover.day <= last]
        # The codes of those who owe are looked up for each task; the exceptions are not.
        codes = mandate.responsible.codes if isinstance(mandate.responsible, Each) else ()
        is_known = builder.known_codes.issuperset([word.text for word in codes])
        self.is_unclear = mandate.anybody or not is_known  # the parties that it binds are in doubt
        leads_to = builder.register.leads_to_mandates
        awaited = [leads_to(word.text, row.meeting.id) for word in mandate.after]
        self.is_doubtful = self.is_unclear or mandate.faulty or not all(awaited)
        """Unclear, faulty, or waiting for a mandate that is missing."""

    def _open_state(self, term: DueTerm, occurrence: Occurrence | None) -> tuple[State, int | None]:
        """Return the state that a task has unless it is answered, and the days to its deadline."""
        days = None if term.deadline is None else (term.deadline - self.as_of).days
        if self.is_doubtful or self._leads_nowhere(term, occurrence):
            return "?", days
        if days is None:
            return term.due.state_without_day if term.due else "undated", None
        if days < 0:
            return "overdue" if self.row.mandate.kind == "request" else "passed", days
        return "due-soon" if days <= SOON else "upcoming", days

    def _leads_nowhere(self, term: DueTerm, occurrence: Occurrence | None) -> bool:
        """Tell whether a `due` leads to no day, though it is of a form that has one."""
        due, meeting = term.due, self.row.meeting
        if due is None or due.is_soft:
            return False
        if due.recurs and occurrence is None:
            return True
        if due.body is not None:
            return meeting.last_day is None or not self.builder.register.is_body(due.body)
        return term.deadline is None

    def single(self, owing: Sequence[Codes], *, closed: bool) -> Iterator[Task]:
        """Yield the tasks of what does not recur; without the closed ones, few of these."""
        entries = self.entries.get(NOT_RECURRING, {})
        is_changed = bool(self.moves or self.ending or self.handovers)
        eventless = self.builder.plain_codes.difference(entries)
        state, days = self._open_state(self.adopted, None)
        alike = Task((), (), *self.row, self.reference, {}, self.adopted, state, days)
        alike = alike._replace(anybody=True) if self.is_unclear else alike
        for parties in owing:
            if not is_changed and eventless.issuperset(parties):  # as most: only they differ
                yield tuple.__new__(Task, (parties, parties, *alike[2:]))
                continue
            since = dict.fromkeys(parties, date.min)
            is_answered = not self._is_open(parties, since, entries, self.as_of)
            if closed or self.handovers or not (self.ending or is_answered):
                yield self.task(parties, NOT_RECURRING, None)

    def series_of(self, parties: Codes) -> Series | None:
        """Return the series that some parties owe, or who took it over, until all left for good."""
        series = self.series
        if not series or self._is_owed(parties, date.max):
            return series
        by_code, owing = self.builder.register.directory.by_code, self.attendance(parties, date.max)
        last = max(by_code[code].until or date.max for code in owing)
        return series if series.until <= last else series._replace(until=last)

    def absences(self, parties: Codes, series: Series) -> set[int]:
        """Return the numbers of the occurrences that nobody owes, before the last who came back."""
        terms = self._memberships(parties)
        days = [term.start for each in terms for term in each[1:] if term.start]
        days += [handover.day for handover in self.handovers if any(terms)]
        numbers = range(1, series.before(max(days)) + 1 if days else 1)
        return {number for number in numbers if not self._is_owed(parties, series.day(number))}

    def _memberships(self, parties: Codes) -> Sequence[Sequence[model.Membership]]:
        """Return those of each that ever owes what some parties owed as adopted."""
        by_code = self.builder.register.directory.by_code
        codes = {*parties, *chain.from_iterable(handover.to for handover in self.handovers)}
        return [by_code[code].memberships for code in codes if code in by_code]

    def _is_owed(self, parties: Codes, day: date | None) -> bool:
        attendance = self.attendance(parties, day) if day else {}
        return not attendance or any(attendance.values())

    def attendance(self, parties: Codes, day: date) -> Mapping[str, bool]:
        """Return of each who owes what falls due on a day, by then, whether it is a member."""
        since = dict.fromkeys(parties, date.min)  # when each came to owe it
        for handover in self.handovers:
            if handover.day <= day and handover.concerns(parties):
                parties = handover.after(parties)
                since = dict.fromkeys(parties, handover.day) | since
        return {code: not self.is_away(code, day, since[code]) for code in parties}

    def is_away(self, code: str, day: date, since: date = date.min) -> bool:
        """Tell whether a party that was a member when it came to owe it is none on a day."""
        party = self.builder.register.directory.by_code.get(code)
        start = max(since, self.row.meeting.last_day or date.min)
        return party is not None and party.belongs_on(start) and not party.belongs_on(day)

    def recurring(self, parties: Codes, series: Series) -> Iterator[tuple[int, Task]]:
        """Yield the occurrences that are answered, the oldest that was missed, and the next."""
        absences = self.absences(parties, series)
        reported = {
            number: self.task(parties, number, occurrence)
            for number in self.progress.occurrences(self.address, self.as_of)
            if number not in absences and (occurrence := series.nth(number))
        }
        answered = {number for number, task in reported.items() if task.state in ANSWERED}
        settled = answered | absences
        yield from ((number, reported[number]) for number in sorted(answered))
        # What a later meeting has ended falls due no more.
        late = series.before(self.ending.day if self.ending else self.as_of)
        oldest, following = first_not_in(settled, 1), first_not_in(settled, late + 1)
        for numbers in self._by_debtors(parties, series, range(oldest, late + 1), settled):
            first, later = numbers[0], numbers[1:]
            hidden = [reported[n] for n in sorted(reported.keys() - settled) if n in later]
            with_progress = sum(task.progress != "unknown" for task in hidden)
            entries = tuple(entry for task in hidden for entry in task.reports)
            count = len(later) - sum(number in later for number in settled)
            task = self.task(parties, first, series.nth(first))
            yield first, task._replace(missed=Missed(count, with_progress, entries))
        if oldest <= late and self.ending:
            return
        upcoming = series.nth(following) or series.awaits(following, self.as_of)
        if upcoming or self._stands_alone(series, following, settled):
            yield following, self.task(parties, following, upcoming)

    def _by_debtors(
        self, parties: Codes, series: Series, numbers: range, settled: set[int]
    ) -> Iterable[Sequence[int]]:
        """Return the numbers of missed occurrences, apart where not the same parties owe them."""
        if not any(self._memberships(parties)) or (len(parties) < 2 and not self.handovers):
            return [numbers] if numbers else []
        by_codes: dict[Codes, list[int]] = {}
        for number in numbers:
            if number not in settled:
                task = self.task(parties, number, series.nth(number))
                by_codes.setdefault(task.parties, []).append(number)
        return by_codes.values()

    def at(self, parties: Codes, number: int) -> Task | None:
        """Return the task of an occurrence, whether or not it is listed; None if it is not owed."""
        series = self.series_of(parties)
        if series is None:
            return self.task(parties, NOT_RECURRING, None)
        if not self._is_owed(parties, series.day(number)):
            return None
        occurrence = series.nth(number) or series.awaits(number, self.as_of)
        is_owed = occurrence or self._stands_alone(series, number)
        return self.task(parties, number, occurrence) if is_owed else None

    def _stands_alone(self, series: Series, number: int, settled: Set[int] = frozenset()) -> bool:
        """Tell whether an occurrence is shown for a series that leads nowhere, not to lose it."""
        is_whole = series is self.series and not settled
        return number == 1 and is_whole and not series.is_over(self.as_of)

    def task(self, parties: Codes, number: int, occurrence: Occurrence | None) -> Task:
        """Return the task of some parties as adopted, at the occurrence with a number."""
        entries = self.entries.get(number, {})
        owing, handovers = parties, []
        since = dict.fromkeys(parties, date.min)
        due = (occurrence and occurrence.deadline) or date.max
        by_then = sum(handover.day <= due for handover in self.handovers) if occurrence else None
        for place, handover in enumerate((*self.handovers, None)):
            if place == by_then:  # who is away on its day owes nothing of it, nor hands it over
                owing = tuple([c for c in owing if not self.is_away(c, due, since[c])]) or owing
            if handover is None or not handover.concerns(owing):
                continue
            present = [c for c in owing if not (occurrence and self.is_away(c, due, since[c]))]
            if not present or self._is_open(present, since, entries, handover.day):
                owing = handover.after(owing)
                since = dict.fromkeys(owing, handover.day) | since
                handovers.append(handover)
        by_party = self.progress.by_owing_party(entries, owing, since, self.as_of)
        task = self._task(owing, by_party, occurrence, tuple(since))
        if owing == parties and not handovers:  # as most
            return task
        return task._replace(handovers=tuple(handovers), adopted_by=parties)

    def _is_open(
        self, parties: Sequence[str], since: dict[str, date], entries: EntriesByParty, day: date
    ) -> bool:
        """Tell whether no answer that stands came by a day."""
        for until in {day, self.as_of}:
            by_party = self.progress.by_owing_party(entries, parties, since, until)
            moves = [move for move in self.moves if move.day <= until and move.concerns([*since])]
            if not answer(by_party, parties, self._terms(self.adopted, moves)):
                return True
        return False

    @staticmethod
    def _terms(adopted: DueTerm, moves: Sequence[Move]) -> progress.Terms:
        moved = ((move.day, DueTerm(move.due, move.deadline)) for move in moves)
        return [(date.min, adopted), *moved]

    def _task(
        self, parties: Codes, by_party: EntriesByParty, occurrence: Occurrence | None, owners: Codes
    ) -> Task:
        """Return the task of some parties. `owners` are these, and those that owed it before."""
        adopted = DueTerm(self.adopted.due, occurrence.deadline) if occurrence else self.adopted
        moves = [move for move in self.moves if move.concerns(owners)]
        terms = self._terms(adopted, moves)
        answered = answer(by_party, parties, terms) if by_party else None
        ending = None if answered else self.ending
        closing = answered or ending
        closed_on = closing.day if closing else None
        if closed_on and moves:
            # What moved later is no term of it: it was on time or late by what it had.
            moves = [move for move in moves if move.day <= closed_on]
            terms = terms[: len(moves) + 1]
        term = terms[-1][1]
        state, days = (closing.state, None) if closing else self._open_state(term, occurrence)
        unclear = self.is_unclear or not self.builder.known_codes.issuperset(parties)
        report = (answered and answered.done_by) or progress.done_since(by_party)
        done_on = report.day if report else None
        is_bound = done_on and self.row.mandate.kind == "request"  # else it is never late
        done_by = progress.term_on(terms, done_on).deadline if done_on and is_bound else None
        last = {code: progress.last_report(entries) for code, entries in by_party.items()}
        for code, again in last.items():  # of an office, where a later holder says it again
            is_other = report and again.progress == "done" and report in by_party[code]
            is_other = is_other and self._speaker(report) != self._speaker(again)
            last[code] = report if report and is_other else again
        reports = sorted(last.values(), key=attrgetter("day"))
        heard = {code for code, entry in last.items() if entry.progress != "withdrawn"}
        return Task(
            parties,
            tuple([code for code in parties if code not in heard]) if heard else parties,
            *self.row,
            self.reference,
            holders=self._holders(parties, term.deadline, closed_on),
            term=term,
            state="?" if unclear and not closing else state,
            days=days,
            # One entry may be the last one of a party and of the office that it holds.
            reports=tuple({id(report): report for report in reports}.values()),
            done_by=report,
            done_after=(done_on - done_by).days if done_on and done_by else None,
            anybody=unclear,
            first=terms[0][1] if len(terms) > 1 else None,
            moves=tuple(moves),
            ending=ending,
            occurrence=occurrence,
            closed_on=closed_on,
        )

    def _speaker(self, entry: Entry | None) -> str | None:
        """Return who reported: of an office's own file, who held the office on that day."""
        office = self.builder.offices.get(entry.party) if entry else None
        return office.holder_on(entry.day) if entry and office else entry and entry.party

    def _holders(
        self, parties: Sequence[str], by: date | None, closed_on: date | None
    ) -> Mapping[str, Codes]:
        """Return the holders of offices today, or when it was closed, and at a later deadline."""
        is_later = by and not closed_on and by > self.as_of
        days, offices = [closed_on or self.as_of, *([by] if is_later else ())], self.builder.offices
        return {
            code: tuple(dict.fromkeys(filter(None, map(offices[code].holder_on, days))))
            for code in parties
            if code in offices
        }


class TaskBuilder:
    """Builds the tasks of a register on one day, for one query."""

    def __init__(self, register: Register, as_of: date, query: Query) -> None:
        self.register, self.as_of, self.query = register, as_of, query
        self.progress, self.lineage = ProgressIndex(register), lineage_of(register)
        self.offices = self.progress.offices
        self.known_codes = frozenset(register.directory.by_code)
        self.plain_codes = self.known_codes - self.offices.keys()
        # On all days the same, so that no comparison of two shows that a task is gone.
        self._withheld = {key for key, since in register.withheld.items() if since <= as_of}
        self._answered: dict[Reference, Sequence[bool]] = {}
        self._by_day = {as_of: self}

    def on(self, day: date) -> "TaskBuilder":
        """Return the builder of another day; it shares what does not depend on the day."""
        if day not in self._by_day:
            builder = self._by_day[day] = copy(self)
            builder.as_of, builder._answered = day, {}
        return self._by_day[day]

    def adopted_rows(self) -> list[AdoptedMandate]:
        """Return the mandates that are in force on the day and that the query may concern."""
        return [
            row
            for row in self.register.all_mandates
            if self._is_in_force(row)
            and self.query.covers_meeting(row.meeting)
            and self.query.covers_conclusion(row.conclusion)
        ]

    def _is_in_force(self, row: AdoptedMandate) -> bool:
        # A meeting whose dates are wrong stays listed, or its duties would vanish in silence.
        return row.mandate.void is None and (row.meeting.last_day or date.min) <= self.as_of

    def listed_tasks(self, row: AdoptedMandate) -> Iterable[Task]:
        """Return a mandate's tasks, closed ones if the query has them, with what they wait for."""
        tasks: Iterable[Task] = self.tasks_by_key(row, closed=self.query.closed).values()
        if not self.query.closed:
            tasks = [task for task in tasks if task.is_open]
        # What a mandate waits for is the same for all who owe it; and it changes no state.
        waits = tuple(self._waits(row)) if row.mandate.after else ()
        if waits:
            tasks = [task._replace(waits=waits) if task.is_open else task for task in tasks]
        return tasks

    def tasks_by_key(self, row: AdoptedMandate, *, closed: bool = True) -> dict[TaskKey, Task]:
        """Return a mandate's tasks as a list shows them, all or the open ones, but for their waits.

        What several owed one each, and all handed to the same parties, is one task; so is what was
        handed to who owed it already, unless one was closed before or has another deadline.
        """
        by_key, handovers = self.unmerged_tasks(row, closed=closed), self.lineage.handovers
        # As most are not handed over.
        return self._one_each(by_key) if handovers and row.address in handovers else by_key

    @staticmethod
    def _one_each(by_key: Mapping[TaskKey, Task]) -> dict[TaskKey, Task]:
        alike: dict[Hashable, list[TaskKey]] = {}
        for key, task in sorted(by_key.items(), key=lambda item: bool(item[1].handovers)):
            shown = task.parties, key[1], task.state, task.deadline, task.done_on
            alike.setdefault(shown, []).append(key)
        merged = {}  # the first of each, with what was reported on all of them
        for keys in alike.values():
            first, tasks = by_key[keys[0]], [by_key[key] for key in keys]
            every = chain.from_iterable(task.reports for task in tasks)
            reports = tuple(dict.fromkeys(sorted(every, key=attrgetter("day"))))
            silent = [code for code in first.silent if all(code in task.silent for task in tasks)]
            merged[keys[0]] = first._replace(reports=reports, silent=tuple(silent))
            if first.handovers:  # else it is its own
                each = chain.from_iterable(task.handovers for task in tasks)
                handovers = tuple(dict.fromkeys(sorted(each, key=attrgetter("day"))))
                merged[keys[0]] = merged[keys[0]]._replace(handovers=handovers)
        return {key: merged[key] for key in by_key if key in merged}

    def shows(self, row: AdoptedMandate, key: TaskKey) -> bool:
        """Tell whether a task of a mandate is among those of `tasks_by_key`."""
        if row.address in self.lineage.handovers:
            return key in self.tasks_by_key(row)
        return key in self.unmerged_tasks(row, [key[0]] if key[0] in self._owing(row) else [])

    def unmerged_tasks(
        self, row: AdoptedMandate, of: Sequence[Codes] | None = None, *, closed: bool = True
    ) -> dict[TaskKey, Task]:
        """Return the same as it was adopted: each party's, or of some, whoever owes it now."""
        owing, tasks = self._owing(row) if of is None else of, MandateTasks(self, row)
        if tasks.series is None:
            single = tasks.single(owing, closed=closed)
            return {(task.key_parties, NOT_RECURRING): task for task in single}
        return {
            (parties, number): task
            for parties in owing
            if (series := tasks.series_of(parties))
            for number, task in tasks.recurring(parties, series)
        }

    def effective_decisions(self, row: AdoptedMandate) -> Set[Location] | None:
        """Return the places of the later decisions that changed a task; None where all may have.

        One on what was settled or ended before has no effect. Those on tasks whose state is not
        published count too.
        """
        is_fixed = row.mandate.recurs or row.mandate.void is not None
        tasks = self.unmerged_tasks(row, [] if is_fixed else owing_parties(self.register, row))
        every = (decision for task in tasks.values() for decision in task.decisions)
        return {decision.at for decision in every} if tasks else None

    def _owing(self, row: AdoptedMandate) -> Sequence[Codes]:
        owing = owing_parties(self.register, row)
        if self._withheld:
            owing = [codes for codes in owing if (row.address, codes) not in self._withheld]
        return owing

    def withheld_of(self, row: AdoptedMandate) -> list[str]:
        """Return the codes of those whose task of a mandate is not published, as adopted."""
        owing = owing_parties(self.register, row)
        return [code for codes in owing if (row.address, codes) in self._withheld for code in codes]

    def alike(self, task: Task, of_mandate: Sequence[Task] = ()) -> Sequence[Task]:
        """Return the tasks of all who owe the same duty; if it recurs, of the same occurrence.

        `of_mandate` are all tasks of its mandate, where they are at hand.
        """
        if of_mandate and not task.mandate.recurs:
            return of_mandate
        row = AdoptedMandate(task.meeting, task.conclusion, task.mandate)
        return self.of_occurrence(row, task.occurrence_name, of_mandate)

    def of_occurrence(
        self, row: AdoptedMandate, name: str, of_mandate: Sequence[Task] = ()
    ) -> list[Task]:
        """Return the tasks of all who owe an occurrence, listed or not.

        One without a day, and what does not recur, has no name.
        """
        tasks = MandateTasks(self, row)
        series = tasks.series
        number = series.named(name) if series and name else None
        if series and series.is_at_meetings and not name:
            number = len(series.meetings) + 1
        if number is None:
            every = self.tasks_by_key(row).values()
            return [task for task in every if task.occurrence_name == name]
        keys = ((codes, number) for codes in self._owing(row))
        known = {task.key_parties: task for task in of_mandate if task.occurrence_name == name}
        of_each = {key: task for key in keys if (task := known.get(key[0]) or tasks.at(*key))}
        return [*self._one_each(of_each).values()]

    def task_of(self, row: AdoptedMandate, key: TaskKey) -> Task | None:
        """Return a task of a mandate, whether or not lists show its occurrence; None for none."""
        return MandateTasks(self, row).at(*key)

    def later_missed(self, task: Task, most: int) -> list[Task]:
        """Return at most `most` open late occurrences that a list counts with the oldest one."""
        row = AdoptedMandate(task.meeting, task.conclusion, task.mandate)
        series = task.mandate.series(task.meeting, self.register.calendar)
        if series is None or task.occurrence is None or not task.missed.number:
            return []
        first = series.named(task.occurrence.name) or 0
        numbers = range(first + 1, series.before(self.as_of) + 1)
        later = (self.task_of(row, (task.key_parties, number)) for number in numbers)
        alike = (each for each in later if each and each.parties == task.parties)
        missed = (each for each in alike if each.state not in ANSWERED)
        return list(islice(missed, min(task.missed.number, most)))

    def _waits(self, row: AdoptedMandate) -> Iterator[Wait]:
        for word in row.mandate.after:
            reference = self.register.parse_reference(word.text, row.meeting.id)
            awaited = self.register.adopted(reference) if reference else ()
            answers = [is_answered for adopted in awaited for is_answered in self._answers(adopted)]
            if reference and not all(answers):
                yield Wait(reference, sum(answers), len(answers))

    def _answers(self, row: AdoptedMandate) -> Sequence[bool]:
        """Return of each task of a mandate whether it is answered."""
        address = row.address
        if address not in self._answered:
            # A standing task that was done stays open, and nobody waits for it any more.
            self._answered[address] = [
                not task.is_open or (task.state == "standing" and task.progress == "done")
                for task in (self.tasks_by_key(row).values() if self._is_in_force(row) else ())
            ]
        return self._answered[address]


def owing_parties(register: Register, row: AdoptedMandate) -> Sequence[Codes]:
    """Return the parties that owe a mandate, a tuple a task: one, several together, or none."""
    # A group that is empty on that day binds nobody; the mandate itself is still shown.
    return register.expand_responsible(row.mandate, row.meeting) or [()]


def first_not_in(numbers: set[int], start: int) -> int:
    """Return the first number from `start` on that is not among some."""
    return next(number for number in count(start) if number not in numbers)
