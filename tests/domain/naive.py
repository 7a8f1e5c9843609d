"""A second, plain and slow reading of the design's sections 3.2 to 3.5, for the tests alone.

It takes the values of `domain.model` as data and shares no other code with the program. Each rule
stands where the design states it; where the design is silent, a comment says what was chosen.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from dateutil.relativedelta import relativedelta

from grcm_cli.domain import model
from grcm_cli.domain.due import Due
from grcm_cli.domain.due_forms import (
    Asap,
    AtMeeting,
    Before,
    DuringMeeting,
    EveryMeeting,
    EverySpan,
    EveryYear,
    FixedDay,
    NextMeeting,
    Ongoing,
    Within,
)
from grcm_cli.domain.model import Conclusion, Each, Entry, Mandate, Meeting, Party, PlacedWord
from grcm_cli.domain.periods import Unit

HORIZON = date(2013, 1, 1)  # no occurrence is sought after it; the records name none


class Records(Protocol):
    """What is read of a register: its plain lists, none of its look-ups."""

    @property
    def parties(self) -> Sequence[Party]:
        """All parties."""

    @property
    def meetings(self) -> Sequence[Meeting]:
        """All meetings, in the order of the files."""

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries, in the order of the files."""


class Expected(NamedTuple):
    """What must be told of one task on one day."""

    reference: str
    parties: tuple[str, ...]
    occurrence: str | None
    state: str
    deadline: date | None
    days: int | None
    done_on: date | None
    done_late: bool
    holders: tuple[tuple[str, tuple[str, ...]], ...]
    missed: int


CLOSED = ("done", "declined", "not-applicable", "superseded", "closed")


class Judged(NamedTuple):
    """A task with the kinds of case that it shows, so that a test can tell what it has met."""

    task: Expected
    kinds: frozenset[str]
    is_handed_over: bool


class Term(NamedTuple):
    """A `due` in force from a day on, with the deadline that it gives."""

    start: date
    due: Due | None
    deadline: date | None


class Answer(NamedTuple):
    """The report that closes a task."""

    state: str
    day: date


class Ending(NamedTuple):
    """The decision of a later meeting that ends a mandate."""

    state: str
    day: date


class Occurrence(NamedTuple):
    """One time of a recurring duty; the one that awaits its meeting has no name and no day."""

    name: str | None
    deadline: date | None


UNCLEAR = Occurrence("unclear", None)  # of a recurring duty that ends before it is due


def expected(records: Records, day: date) -> list[Judged]:
    """Return every task on a day."""
    found: list[Judged] = []
    for meeting in records.meetings:
        # A mandate exists from its meeting's last day on.
        if last_day(meeting) > day:
            continue
        for conclusion in meeting.conclusions or ():
            for mandate in conclusion.mandates:
                if mandate.void is None:
                    found += _of_mandate(records, meeting, conclusion, mandate, day)
    return found


def last_day(meeting: Meeting) -> date:
    """Return the last day of a meeting that has its dates."""
    assert meeting.start is not None
    return meeting.end or meeting.start


# --- a mandate ----------------------------------------------------------------------------------


def _of_mandate(
    records: Records, meeting: Meeting, conclusion: Conclusion, mandate: Mandate, day: date
) -> Iterator[Judged]:
    ending = _ending(records, meeting, conclusion, mandate, day)
    entries = [
        entry
        for entry in records.entries
        if _names(entry.mandate.text, meeting, conclusion, mandate)
        # What came first counts. The design is silent on one day: a report on the day of the end
        # counts. It is silent too on what is taken back later: that was never an answer.
        and (not ending or entry.day <= ending.day or entry.progress == "withdrawn")
    ]
    rows: list[Judged] = []
    for parties in _groups(records, meeting, mandate):
        case = _Case(records, meeting, conclusion, mandate, parties, ending, entries, day)
        if isinstance(mandate.due, EveryYear | EverySpan | EveryMeeting):
            rows += case.recurring(mandate.due)
        else:
            rows.append(case.single())
    # The design is silent on what several owed each, and all hand to the same, or to one of them:
    # it is one task, unless one had been closed before, or has another deadline.
    told: set[tuple[object, ...]] = set()
    for row in sorted(rows, key=lambda row: row.is_handed_over):
        task = row.task
        key = task.parties, task.occurrence, task.state, task.deadline, task.done_on
        if key not in told or not _handovers(records, meeting, conclusion, mandate, day):
            told.add(key)
            yield row


def _groups(records: Records, meeting: Meeting, mandate: Mandate) -> list[tuple[str, ...]]:
    """Return the parties that owe, a tuple a task."""
    responsible = mandate.responsible
    if responsible is None:
        # Left out is a warning; the task is nobody's, as with `[]`.
        return [()]
    if not isinstance(responsible, Each):
        together = _codes(records, responsible.codes, last_day(meeting))
        lead = [mandate.lead.text] if mandate.lead and mandate.lead.text in together else []
        return [_unique([*lead, *together])]
    if responsible.group == "members":
        # Members are those on the meeting's last day; one that leaves later still owes.
        codes = _members(records, last_day(meeting))
    elif responsible.group == "participants":
        codes = [word.text for word in meeting.participants]
    else:
        codes = _codes(records, responsible.listed, last_day(meeting))
    excepted = _codes(records, responsible.exceptions, last_day(meeting))
    left = [(code,) for code in _unique(codes) if code not in excepted]
    # The design is silent on a group of nobody: the duty stays, as that of nobody.
    return [*left] or [()]


def _members(records: Records, on: date) -> list[str]:
    """Return the members on a day."""
    return [
        party.code
        for party in records.parties
        if party.kind == "member"
        and any(
            (start or date.min) <= on <= (until or date.max)
            for start, until, *_places in party.memberships or [model.Membership(None, None)]
        )
    ]


def _codes(records: Records, words: Sequence[PlacedWord], on: date) -> list[str]:
    """Return the codes of parties; a group stands for those of its members that are any then."""
    by_code = {party.code: party for party in records.parties}
    codes: list[str] = []
    for word in words:
        group = by_code[word.text].members
        if group is None:
            codes.append(word.text)
            continue
        excepted = [excepted.text for excepted in group.exceptions]
        listed = [member.text for member in group.listed]
        codes += [
            code
            for code in (_members(records, on) if group.group == "members" else listed)
            if code not in excepted
            and (by_code[code].kind != "member" or code in _members(records, on))
        ]
    return codes


def _unique(codes: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


# --- what later meetings say --------------------------------------------------------------------


def _later_conclusions(records: Records, day: date) -> Iterator[tuple[date, Meeting, Conclusion]]:
    """Yield what meetings said up to a day, in the order in which it took effect.

    The design does not order meetings that end on one day: they stand as in the files.
    """
    for meeting in sorted(records.meetings, key=last_day):
        if last_day(meeting) <= day:
            for conclusion in meeting.conclusions or ():
                yield last_day(meeting), meeting, conclusion


def _ending(
    records: Records, meeting: Meeting, conclusion: Conclusion, mandate: Mandate, day: date
) -> Ending | None:
    """Return the first decision that ends a mandate: what came first counts."""
    for effect, _newer, newer in _later_conclusions(records, day):
        # One that says both is silently both; `supersedes` is named first in the design.
        for state, words in (("superseded", newer.supersedes), ("closed", newer.closes)):
            for word in words:
                if _names(word.text, meeting, conclusion, mandate, all_of_several=True):
                    return Ending(state, effect)
    return None


def _terms(
    records: Records,
    meeting: Meeting,
    conclusion: Conclusion,
    mandate: Mandate,
    parties: tuple[str, ...],
    day: date,
) -> list[Term]:
    """Return the adopted term and those that later meetings set for the parties, the last last.

    The design does not say what becomes of a task that several owe together when the deadline
    moves for one of them: it is one task, so it moves.
    """
    start = last_day(meeting)
    terms = [Term(start, mandate.due, _deadline(records, mandate.due, meeting))]
    for effect, newer_meeting, newer in _later_conclusions(records, day):
        for extension in newer.extends:
            concerned = _codes(records, extension.parties, effect)
            if _names(extension.mandate.text, meeting, conclusion, mandate) and (
                not concerned or any(code in concerned for code in parties)
            ):
                deadline = _deadline(records, extension.due, newer_meeting)
                terms.append(Term(effect, extension.due, deadline))
    return terms


def _handovers(
    records: Records, meeting: Meeting, conclusion: Conclusion, mandate: Mandate, day: date
) -> list[tuple[date, set[str] | None, tuple[str, ...]]]:
    """Return what later meetings handed over up to a day: since when, from whom, to whom.

    The design is silent on a group that hands over: its members of the day of the mandate do.
    """
    adopted_on = last_day(meeting)
    return [
        (
            effect,
            {*_codes(records, [reassignment.source], adopted_on)} if reassignment.source else None,
            _unique(_codes(records, reassignment.to, effect)),
        )
        for effect, _newer, newer in _later_conclusions(records, day)
        for reassignment in newer.reassigns
        if _names(reassignment.mandate.text, meeting, conclusion, mandate)
        and _codes(records, reassignment.to, effect)
    ]


def _names(
    text: str,
    meeting: Meeting,
    conclusion: Conclusion,
    mandate: Mandate,
    *,
    all_of_several: bool = False,
) -> bool:
    """Tell whether a reference names a mandate: without `#` the only one, or all of several."""
    whole = f"{meeting.id}/{conclusion.number}"
    if text == whole:
        return all_of_several or len(conclusion.mandates) == 1
    return text == f"{whole}#{mandate.ordinal}"


# --- deadlines ----------------------------------------------------------------------------------


def _deadline(records: Records, due: Due | None, meeting: Meeting) -> date | None:
    """Return the last day on which it is not late, or None without one."""
    match due:
        case FixedDay():
            return due.fixed_day
        case NextMeeting():
            coming = _meetings_of(records, due.body, last_day(meeting))
            return coming[0].start if coming else None
        case AtMeeting():
            return _meeting(records, due.meeting).start
        case DuringMeeting():
            if due.meeting is not None:
                return last_day(_meeting(records, due.meeting))
            coming = _meetings_of(records, due.body, last_day(meeting))
            return last_day(coming[0]) if coming else None
        case Before():
            if due.meeting is not None:
                first = _meeting(records, due.meeting).start
            else:
                coming = _meetings_of(records, due.body, last_day(meeting))
                first = coming[0].start if coming else None
            return _later(first, -due.amount, due.unit) if first else None
        case Within():
            if due.meeting is not None:
                start = last_day(_meeting(records, due.meeting))
            else:
                start = due.day or last_day(meeting)
            return _later(start, due.amount, due.unit)
        case _:
            return None


def _meeting(records: Records, name: str | None) -> Meeting:
    return next(meeting for meeting in records.meetings if meeting.id == name)


def _meetings_of(records: Records, body: str | None, after: date) -> list[Meeting]:
    """Return the meetings of a body that start after a day, the first first."""
    dated = [
        (meeting.start, meeting.id, meeting)
        for meeting in records.meetings
        if meeting.body is not None
        and meeting.body.text == body
        and meeting.start is not None
        and meeting.start > after
        and meeting.kind == "meeting"
    ]
    return [meeting for _start, _id, meeting in sorted(dated, key=lambda row: row[:2])]


def _later(start: date, amount: int, unit: Unit) -> date:
    match unit:
        case "days":
            return start + relativedelta(days=amount)
        case "weeks":
            return start + relativedelta(weeks=amount)
        case "months":
            return start + relativedelta(months=amount)
        case "years":
            return start + relativedelta(years=amount)


def _occurrences(
    records: Records, due: EveryYear | EverySpan | EveryMeeting, meeting: Meeting, until: date
) -> list[Occurrence]:
    """Return the times of a recurring duty, counted from the meeting's last day, up to `until`."""
    start = last_day(meeting)
    if isinstance(due, EveryMeeting):
        return [
            Occurrence(coming.id, coming.start)
            for coming in _meetings_of(records, due.body, start)
            if coming.start is not None and coming.start <= until
        ]
    if isinstance(due, EveryYear):
        first = date(start.year, 1, 1)
        # `day` alone is cut to the length of the month: 29 February is the 28th in other years.
        days = [
            first + relativedelta(years=count, month=due.day_of_year.month, day=due.day_of_year.day)
            for count in range(HORIZON.year - start.year + 1)
        ]
    else:
        days = []
        while not days or days[-1] < HORIZON:
            anchor, number = (due.day, 0) if due.day else (start, 1)
            days.append(_later(anchor, due.amount * (len(days) + number), due.unit))
    if isinstance(due, EverySpan) and due.day:
        return [Occurrence(day.isoformat(), day) for day in days if day <= until]
    # The design is silent on a meeting that ends on the day itself: it is not yet due again.
    return [Occurrence(day.isoformat(), day) for day in days if start < day <= until]


# --- one task -----------------------------------------------------------------------------------


class _Case(NamedTuple):
    """What some parties owe under a mandate, and the day on which that is asked."""

    records: Records
    meeting: Meeting
    conclusion: Conclusion
    mandate: Mandate
    parties: tuple[str, ...]
    ending: Ending | None
    entries: list[Entry]  # what was reported on the mandate, in the order of the files
    day: date
    since: tuple[tuple[str, date], ...] = ()
    """Those to whom it was handed over, each with the day from which its reports count."""
    is_handed_over: bool = False
    has_left: bool = False  # one of several that owed it together

    def single(self) -> Judged:
        """Return the task of a mandate that does not recur."""
        owing, terms = self._owing(None)
        return owing._judge(terms, None, 0)

    def _owing(self, occurrence: Occurrence | None) -> tuple["_Case", list[Term]]:
        """Return the case of those who owe it on the day, and its terms.

        What is open is handed over; what was answered, or ended, by then stays as it is.
        """
        case, former = self, [*self.parties]
        known = self.records, self.meeting, self.conclusion, self.mandate

        def terms(day: date) -> list[Term]:
            if occurrence:
                return [Term(last_day(self.meeting), self.mandate.due, occurrence.deadline)]
            return _terms(*known, tuple(former), day)

        name = occurrence.name if occurrence else None
        asked = occurrence in (None, UNCLEAR)
        # The design is silent on one without a day: who leaves for good does not owe it.
        due = occurrence and (occurrence.deadline or HORIZON)
        for effect, source, to in [*self._handed_over(self.day), (None, None, ())]:
            if due and not asked and (effect is None or effect > due):
                # Who has left owes nothing that comes until it is back, and hands nothing over.
                given = dict(case.since) | dict.fromkeys(self.parties, last_day(self.meeting))
                away = self._away(given, due)
                left = tuple(code for code in case.parties if code not in away) or case.parties
                has_left = left != case.parties
                case, asked = case._replace(parties=left, has_left=has_left), True
            if effect is None:
                break
            if source is not None and not source.intersection(case.parties):
                continue
            present = case.parties  # what those said who have left by the deadline does not count
            if due:
                given = dict(case.since) | dict.fromkeys(self.parties, last_day(self.meeting))
                present = tuple(code for code in present if code not in self._away(given, due))
            here = case._replace(parties=present)
            answers = (here._replace(day=on)._answer(terms(on), name) for on in (effect, self.day))
            if all(answers):  # one that was taken back later is none
                continue
            kept = [[*to] if source and code in source else [code] for code in case.parties]
            parties = to if source is None else _unique([code for some in kept for code in some])
            taken = tuple((code, effect) for code in parties if code not in former)
            case = case._replace(parties=parties, since=(*case.since, *taken), is_handed_over=True)
            former += parties
        return case, terms(self.day)

    def recurring(self, due: EveryYear | EverySpan | EveryMeeting) -> Iterator[Judged]:
        """Yield the answered, the oldest open one with a count of the later missed, and the next.

        A deadline that a later meeting moves is refused for what recurs, so it moves nothing.
        """
        until = self.mandate.until.day if self.mandate.until else HORIZON
        left = self._left_on() or HORIZON
        # What a later meeting ended falls due no more. The design is silent on the day itself:
        # a time that is due on the day of the end was not missed, and is not listed.
        as_of = min(self.day, self.ending.day) if self.ending else self.day
        missed: list[Occurrence] = []
        coming: list[Occurrence] = []
        for occurrence in _occurrences(self.records, due, self.meeting, until):
            case, terms = self._owing(occurrence)
            if occurrence.deadline is not None and self._is_away(occurrence.deadline):
                continue  # who has left owes nothing that comes until it is back
            if case._answer(terms, occurrence.name):
                yield case._judge(terms, occurrence, 0)
            elif occurrence.deadline is not None and occurrence.deadline < as_of:
                missed.append(occurrence)
            else:
                coming.append(occurrence)
        if isinstance(due, EveryMeeting) and not coming:
            end = max(min(until, left), last_day(self.meeting))
            later = _meetings_of(self.records, due.body, end)
            is_never = later == _meetings_of(self.records, due.body, last_day(self.meeting))
            if not later and self.day <= min(until, left):
                coming.append(Occurrence("", None))
            elif later and is_never and min(until, left) == until:
                # It ends before it is due for the first time, which is an error: it stays listed.
                coming.append(UNCLEAR)
        yield from self._missed(missed)
        # The design is silent on a duty that ended before any time was missed: the next is closed.
        if coming and not (self.ending and missed):
            case, terms = self._owing(coming[0])
            yield case._judge(terms, coming[0], 0)

    def _missed(self, missed: list[Occurrence]) -> Iterator[Judged]:
        """Yield the oldest that the same parties missed, with a count of their others.

        One that has left owes some of them, and those that it owed them with owe the rest.
        """
        by_parties: dict[tuple[str, ...], list[Occurrence]] = {}
        for occurrence in missed:
            by_parties.setdefault(self._owing(occurrence)[0].parties, []).append(occurrence)
        for alike in by_parties.values():
            case, terms = self._owing(alike[0])
            yield case._judge(terms, alike[0], len(alike) - 1)

    def _handed_over(self, until: date) -> list[tuple[date, set[str] | None, tuple[str, ...]]]:
        """Return what was handed over by a day, before the mandate ended."""
        every = _handovers(self.records, self.meeting, self.conclusion, self.mandate, until)
        return [row for row in every if not self.ending or row[0] < self.ending.day]

    def _left_on(self) -> date | None:
        """Return the last day on which one of the parties was a member, if all left for good."""
        owing = self._owing_by(HORIZON)
        by_code = {party.code: party for party in self.records.parties}
        days = [by_code[code].memberships[-1].until for code in self._away(owing, HORIZON)]
        left = [day for day in days if day]
        return max(left) if left and len(left) == len(owing) else None

    def _is_away(self, on: date) -> bool:
        """Tell whether all who owe what falls due on a day are members that have left on it."""
        owing = self._owing_by(on)
        return bool(owing) and {*owing} == self._away(owing, on)

    def _owing_by(self, on: date) -> dict[str, date]:
        """Return who owes what falls due on a day, by what was handed over by then, since when.

        The design is silent on what was answered before: that is asked of all alike.
        """
        owing = self.parties
        since = dict.fromkeys(owing, last_day(self.meeting))
        for effect, source, to in self._handed_over(min(on, self.day)):
            if source is None or source & {*owing}:
                kept = [[*to] if not source or code in source else [code] for code in owing]
                owing = to if source is None else _unique([code for some in kept for code in some])
                since = {**dict.fromkeys(owing, effect), **since}
        return {code: since[code] for code in owing}

    def _away(self, since: dict[str, date], on: date) -> set[str]:
        """Return who of those to whom it came while they were members is none on a day."""
        members = {party.code for party in self.records.parties if party.kind == "member"}
        return {
            code
            for code, day in since.items()
            if code in members
            and code in _members(self.records, day)
            and code not in _members(self.records, on)
        }

    def _judge(self, terms: list[Term], occurrence: Occurrence | None, missed: int) -> Judged:
        name = occurrence.name if occurrence else None
        answer = self._answer(terms, name)
        closed = answer or self.ending
        # What is closed keeps the term, and the holder, that it had on that day. The design is
        # silent on a report that it was done after the end: it is judged by that term too.
        kept = [term for term in terms if not closed or term.start <= closed.day]
        kept = kept or terms[:1]
        term = kept[-1]
        done_on = self._done_on(closed, name)
        done_late = False
        if done_on is not None and self.mandate.kind == "request":
            # Done is on time or late against the deadline then in force.
            by = _term_on(kept, done_on).deadline
            done_late = by is not None and by < done_on
        days = None
        if closed:
            state = closed.state
        elif occurrence == UNCLEAR:
            state = "?"
        elif term.deadline is not None:
            days = (term.deadline - self.day).days
            # The day itself is not late.
            state = "due-soon" if days <= 30 else "upcoming"
            if days < 0:  # an encouragement is never late
                state = "passed" if self.mandate.kind == "encouragement" else "overdue"
        elif isinstance(term.due, NextMeeting | DuringMeeting | EveryMeeting | Before):
            state = "awaiting"
        elif isinstance(term.due, Ongoing):
            state = "standing"
        else:
            state = "asap" if isinstance(term.due, Asap) else "undated"
        task = Expected(
            self._reference(),
            self.parties,
            None if occurrence == UNCLEAR else name,
            state,
            term.deadline,
            days,
            done_on,
            done_late,
            self._holders(term.deadline, closed),
            missed,
        )
        kinds = frozenset(self._kinds(terms, name, answer, missed))
        return Judged(task, kinds, self.is_handed_over)

    def _reference(self) -> str:
        whole = f"{self.meeting.id}/{self.conclusion.number}"
        return f"{whole}#{self.mandate.ordinal}" if len(self.conclusion.mandates) > 1 else whole

    # --- progress --------------------------------------------------------------------------------

    def _entries(self, party: str, occurrence: str | None) -> list[Entry]:
        """Return what a party said up to the day, in the order in which it counts.

        A holder's entry counts for the office that it holds on the entry's date. By date, then by
        place in the file; on one day the holder's file is read first, so that the office's own
        file has the last word.
        """
        said: list[tuple[date, bool, Entry]] = []
        for entry in self.entries:
            named = entry.occurrence.text if entry.occurrence else None
            if entry.day <= self.day and named == occurrence:
                if entry.day < dict(self.since).get(party, date.min):
                    continue  # it did not owe it yet
                own = entry.party == party
                if own or entry.party in _holder_on(self.records, party, entry.day):
                    said.append((entry.day, own, entry))
        return [entry for _day, _own, entry in sorted(said, key=lambda row: row[:2])]

    def _answer(self, terms: list[Term], occurrence: str | None) -> Answer | None:
        """Return the report that closes the task.

        Of several that owe together any `done` closes it, `declined` and `not-applicable` only when
        all say so. Done under a standing duty closes nothing.
        """
        spoken = [self._entries(party, occurrence) for party in self.parties]
        done = []
        for said in spoken:
            run = _last_run(said, {"done"})
            closing = [entry for entry in run if not _is_standing(terms, entry.day)]
            if closing:
                done.append(closing[0].day)
        if done:
            return Answer("done", min(done))
        refused = [_last_run(said, {"declined", "not-applicable"}) for said in spoken]
        if refused and all(refused):
            everywhere = {run[-1].progress for run in refused} == {"not-applicable"}
            # The design is silent where some decline and to others it does not apply: declined.
            state = "not-applicable" if everywhere else "declined"
            return Answer(state, max(run[0].day for run in refused))
        return None

    def _done_on(self, closed: Answer | Ending | None, occurrence: str | None) -> date | None:
        """Return the day of the report that closes the task as done.

        Of one that is done and not closed by it, the first report that was not withdrawn since.
        """
        if closed and closed.state == "done":
            return closed.day
        runs = [_last_run(self._entries(party, occurrence), {"done"}) for party in self.parties]
        return min((run[0].day for run in runs if run), default=None)

    def _holders(
        self, deadline: date | None, closed: Answer | Ending | None
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the holder on the day, and the one at the deadline when that is a later one."""
        found = []
        for code in self.parties:
            if any(party.code == code and party.kind == "office" for party in self.records.parties):
                if closed:
                    codes = _holder_on(self.records, code, closed.day)
                else:
                    codes = _holder_on(self.records, code, self.day)
                    if deadline is not None and deadline > self.day:
                        codes += _holder_on(self.records, code, deadline)
                found.append((code, _unique(codes)))
        return tuple(sorted(found))

    def _kinds(
        self, terms: list[Term], occurrence: str | None, answer: Answer | None, missed: int
    ) -> Iterator[str]:
        """Yield the kinds of case that the task shows."""
        if len(self.parties) > 1:
            yield "together"
        if self.has_left:
            yield "without one that left"
        if missed:
            yield "missed"
        if occurrence and answer:
            yield "answered occurrence"
        if self.ending:
            yield "ended" if answer is None else "answered before it ended"
            told = [entry for entry in self.records.entries if entry.day > self.ending.day]
            texts = {entry.mandate.text for entry in told if entry.party in self.parties}
            if answer is None and self._reference() in texts:
                yield "ended before the answer"
        if len(terms) > 1:
            yield "extended"
        if len(terms) > 1 and _is_standing(terms, self.day) and answer:
            yield "answered, then made standing"
        for party in self.parties:
            yield from self._kinds_of_reports(terms, party, occurrence)

    def _kinds_of_reports(
        self, terms: list[Term], party: str, occurrence: str | None
    ) -> Iterator[str]:
        said = self._entries(party, occurrence)
        if any(entry.progress == "withdrawn" for entry in said):
            yield "withdrawn"
        own = {entry.day for entry in said if entry.party == party}
        if own & {entry.day for entry in said if entry.party != party}:
            yield "office and holder on one day"
        if any(entry.party != party for entry in said):
            yield "spoken for by a holder"
        if not _is_standing(terms, self.day) and any(
            entry.progress == "done" and _is_standing(terms, entry.day) for entry in said
        ):
            yield "done while standing, then given a day"


def _last_run(said: list[Entry], progress: set[str]) -> list[Entry]:
    """Return the last entries of a kind, up to the last one, with nothing else between them.

    To have asked, and to have heard that nothing has begun, changes nothing.
    """
    run: list[Entry] = []
    for entry in said:
        if entry.progress != "not-started":
            run = [*run, entry] if entry.progress in progress else []
    return run


def _term_on(terms: list[Term], day: date) -> Term:
    """Return the term in force on a day; before the mandate existed, the adopted one."""
    return [terms[0], *(term for term in terms[1:] if term.start <= day)][-1]


def _is_standing(terms: list[Term], day: date) -> bool:
    return isinstance(_term_on(terms, day).due, Ongoing)


def _holder_on(records: Records, office: str, day: date) -> list[str]:
    """Return who holds an office on a day: nobody, or one."""
    for party in records.parties:
        if party.code == office:
            begun = [term for term in party.terms if term.start <= day]
            if begun:
                latest = max(begun, key=lambda term: term.start)
                if latest.until is None or day <= latest.until:
                    return [latest.holder.text]
    return []
