"""Progress: what parties reported, by mandate and occurrence, and what it answers."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple

from grcm_cli.domain.lineage import lineage_of
from grcm_cli.domain.model import Entry, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import ANSWERED, DueTerm

_DONE = ("done",)
_REFUSED = ("declined", "not-applicable")
NOT_RECURRING = 0  # the occurrence under which the entries of a mandate stand that does not recur
EntriesByParty = Mapping[str, Sequence[Entry]]  # by the party of the file, by day
TaskOfParty = tuple[str, Reference | str, str]
"""Who owes a task, its mandate as far as the record has it, and which occurrence it is."""
Terms = Sequence[tuple[date, DueTerm]]  # of a task in order, each with its first day


class Answer(NamedTuple):
    """What the parties reported, where it closes their task."""

    state: Literal["done", "declined", "not-applicable"]
    day: date  # the day of the report that closed it; the same said again does not move it
    done_by: Entry | None = None  # that report, where it says `done`


class ProgressIndex:
    """The entries that count, by mandate and occurrence, in the order of days, then of files."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.offices = register.directory.offices
        self._grouped: tuple[Reference | None, Mapping[int, EntriesByParty]] = (None, {})
        """Those of the mandate that was asked for last: its tasks are made one after the other."""

    def of_mandate(self, mandate: Reference) -> Mapping[int, EntriesByParty]:
        """Return the entries on a mandate by occurrence and party, by day."""
        entries = self.register.entries_by_mandate.get(mandate)
        if entries is None:
            return {}
        if self._grouped[0] != mandate:
            [adopted] = self.register.adopted(mandate)
            series = adopted.mandate.series(adopted.meeting, self.register.calendar)
            ending = lineage_of(self.register).endings.get(mandate)
            grouped: dict[int, dict[str, list[Entry]]] = {}
            for entry in sorted(entries, key=attrgetter("day")):
                # None where a rule reports it.
                number = series.named(entry.time) if series else NOT_RECURRING
                if number is not None and (not ending or ending.lets_count(entry)):
                    grouped.setdefault(number, {}).setdefault(entry.party, []).append(entry)
            self._grouped = (mandate, grouped)
        return self._grouped[1]

    def occurrences(self, mandate: Reference, until: date) -> Sequence[int]:
        """Return the occurrences of a mandate with an entry up to a day, by number."""
        return sorted(
            number
            for number, by_party in self.of_mandate(mandate).items()
            if any(entry.day <= until for entries in by_party.values() for entry in entries)
        )

    def by_owing_party(
        self, entries: EntriesByParty, parties: Sequence[str], since: dict[str, date], until: date
    ) -> EntriesByParty:
        """Return the entries of each party from when on it owes a task, up to a day, by day.

        A holder's entry counts for the office that it holds on the entry's day.
        """
        by_owner = {}
        for code in parties:
            office = self.offices.get(code)
            reported = entries.get(code, ())
            if office is not None:
                of_office = [
                    entry
                    for entry in chain.from_iterable(entries.values())
                    if entry.party in (code, office.holder_on(entry.day))
                ]
                # On one day the office's own file has the last word.
                reported = sorted(of_office, key=lambda entry: (entry.day, entry.party == code))
            counted = [entry for entry in reported if since[code] <= entry.day <= until]
            if counted:
                by_owner[code] = counted
        return by_owner


def last_reports(register: Register, as_of: date) -> Mapping[str, date]:
    """Return the day of the last report of each party, up to a day, that was not withdrawn.

    What an office's own file says, or its holder's on a task of the office, counts for the office
    and for its holder of that day; for that of `as_of` too while the task is open, as it owes it.
    """
    offices, lineage = register.directory.offices, lineage_of(register)
    last: dict[tuple[Reference, str, str, str | None], Entry] = {}
    for mandate, entries in register.entries_by_mandate.items():
        for entry in sorted(entries, key=lambda entry: entry.day):
            codes: set[str | None] = {entry.party} if entry.day <= as_of else set()
            for office in offices.values() if codes else ():
                holder = office.holder_on(entry.day)
                if entry.party == office.code:
                    codes.add(holder)
                elif entry.party == holder and office.code in lineage.owing_on(mandate, entry.day):
                    codes.add(office.code)
            last |= {(mandate, entry.party, entry.time, code): entry for code in codes}
    days: dict[str, date] = {}
    for (mandate, _party, _time, code), entry in last.items():
        ending = lineage.endings.get(mandate)
        is_open = entry.progress not in ANSWERED and (not ending or ending.day > as_of)
        now = offices[code].holder_on(as_of) if code and code in offices and is_open else None
        for each in (code, now) if entry.progress != "withdrawn" else ():
            if each is not None:
                days[each] = max(entry.day, days.get(each, entry.day))
    return days


def reports_by_task(register: Register) -> Mapping[TaskOfParty, Sequence[Entry]]:
    """Return all entries on each task of those who owe it, by day, then an office's own last.

    An entry speaks for its party, and for each office that owes the task and that the party holds
    on its day.
    """
    lineage, offices = lineage_of(register), register.directory.offices
    tasks: dict[TaskOfParty, list[Entry]] = {}
    rows = sorted(register.entry_targets, key=lambda row: (row[0].day, row[0].party in offices))
    for entry, (_reference, _meeting, _mandate, address) in rows:
        codes = lineage.codes_of(entry, address) if address else ()
        for code in codes or (entry.party,):
            task = code, address or entry.mandate.text.removesuffix("#1"), entry.time
            tasks.setdefault(task, []).append(entry)
    return tasks


def overtaken(register: Register) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry that contradicts an earlier answer on the same task, with that, by day.

    `not-started` is among them, though it changes nothing; `withdrawn` where it takes back the
    answer together with a later report, or that of the holder before. A refusal may become `done`,
    or another, on a later day.
    """
    endings = lineage_of(register).endings
    pairs: list[tuple[Entry, Entry]] = []
    for (code, task, _time), entries in reports_by_task(register).items():
        ending = endings.get(task) if isinstance(task, Reference) else None
        answer = last = None
        for entry in entries:
            if ending and not ending.lets_count(entry):
                continue
            is_answer = entry.progress in ANSWERED
            if answer and last and entry.progress != answer.progress:
                is_better = is_answer and answer.progress != "done" and answer.day < entry.day
                is_taken_back = entry.progress == "withdrawn"
                contradicts = (last.progress == answer.progress) != is_taken_back
                if answer.party != entry.party:  # of one day, the office's own counts
                    is_former = is_taken_back and code not in (answer.party, entry.party)
                    contradicts = (contradicts or is_former) and answer.day < entry.day
                if contradicts and not is_better:
                    pairs.append((entry, answer))
            if entry.progress == "withdrawn":
                answer = last = None
            elif is_answer:
                is_done = answer is not None and answer.progress == "done"
                is_kept = is_done and (
                    not last or last.progress == "done" or entry.progress != "done"
                )
                answer, last = (answer if is_kept else entry), entry
            elif answer and entry.progress != "not-started":
                last = entry
    yield from sorted(dict.fromkeys(pairs), key=lambda pair: pair[0].day)


class Overruled(NamedTuple):
    """A holder's last entry of a day on a task of its office, and the office's own that counts."""

    entry: Entry
    by: Entry
    address: Reference


def overruled(register: Register) -> Iterator[Overruled]:
    """Yield the last entry of a day of each holder that the office's own file comes after.

    Only where the two say different things, and the office owes the mandate on that day and the
    holder does not.
    """
    offices = register.directory.offices
    last: dict[tuple[Reference, str, date], dict[str, Entry]] = {}
    for entry, target in register.entry_targets:
        if target.address is not None:
            last.setdefault((target.address, entry.time, entry.day), {})[entry.party] = entry
    lineage = lineage_of(register)
    for (address, _time, day), by_party in last.items():
        for code in sorted(by_party.keys() & offices.keys()) if len(by_party) > 1 else ():
            holder = offices[code].holder_on(day)
            of_holder = by_party.get(holder) if holder else None
            if of_holder is None or of_holder.progress == by_party[code].progress:
                continue
            owing = lineage.owing_on(address, day)
            if code in owing and of_holder.party not in owing:
                yield Overruled(of_holder, by_party[code], address)


def withdrawing_nothing(register: Register) -> Iterator[tuple[Entry, set[str]]]:
    """Yield each entry that withdraws no report of those for whom it speaks, with their codes.

    One that repeats the withdrawal before it is left out.
    """
    lineage, offices = lineage_of(register), register.directory.offices
    tasks: dict[object, list[tuple[Entry, Reference | None]]] = {}
    for entry, target in register.entry_targets:
        task = target.address or entry.mandate.text, entry.time
        tasks.setdefault(task, []).append((entry, target.address))
    for rows in tasks.values():
        if all(entry.progress != "withdrawn" for entry, _address in rows):
            continue
        last: dict[str, Entry] = {}  # by the parties and offices that they speak for
        for entry, address in sorted(rows, key=lambda row: (row[0].day, row[0].party in offices)):
            codes = {entry.party, *(lineage.codes_of(entry, address) if address else ())}
            earlier = [report for code, report in last.items() if code in codes]
            is_again = entry.said in [report.said for report in earlier]
            is_idle = all(report.progress == "withdrawn" for report in earlier) and not is_again
            if entry.progress == "withdrawn" and is_idle:
                yield entry, codes
            last |= dict.fromkeys(codes, entry)


def term_on(terms: Terms, day: date) -> DueTerm:
    """Return the term that is in force on a day."""
    return next((term for since, term in reversed(terms) if since <= day), terms[0][1])


def done_since(by_party: EntriesByParty) -> Entry | None:
    """Return the first report that it was done, and not withdrawn since."""
    runs = [run[0] for entries in by_party.values() if (run := _last_run(entries, _DONE))]
    return min(runs, key=attrgetter("day"), default=None)


def _last_run(entries: Sequence[Entry], progress: Container[str]) -> Sequence[Entry]:
    """Return the last entries in a row that say one of some things; `not-started` changes none."""
    run: list[Entry] = []
    for entry in reversed(entries):
        if entry.progress in progress:
            run.append(entry)
        elif entry.progress != "not-started":
            break
    return run[::-1]


def last_report(entries: Sequence[Entry]) -> Entry:
    """Return the last entry, or the answer before `not-started`, which does not reopen a task.

    An answer that only repeats one with evidence or a note does not hide it.
    """
    answered = _last_run(entries, ANSWERED)
    if not answered:
        return entries[-1]
    same = _last_run(answered, (answered[-1].progress,))
    return next((entry for entry in same[::-1] if entry.evidence or entry.note), answered[-1])


def answer(by_party: EntriesByParty, parties: Sequence[str], terms: Terms) -> Answer | None:
    """Return what the entries close a task with: any `done`, or a refusal by all.

    An entry answers the term that was in force on its day: `done` leaves a standing task open, also
    where a later meeting sets it a deadline, and closes one that is made standing later.
    """
    runs = [entry for entries in by_party.values() for entry in _last_run(entries, _DONE)]
    done = [entry for entry in runs if not term_on(terms, entry.day).is_standing]
    if done:
        first = min(done, key=attrgetter("day"))
        return Answer("done", first.day, first)
    refused = [_last_run(entries, _REFUSED) for entries in by_party.values()]
    if not parties or len(refused) < len(parties) or not all(refused):
        return None
    declined = any(run[-1].progress == "declined" for run in refused)
    day = max(run[0].day for run in refused)
    return Answer("declined" if declined else "not-applicable", day)
