"""A task: what one party, or several together, owe under a mandate on a day; queries for tasks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.domain import model
from grcm_cli.domain.due import Due, Occurrence
from grcm_cli.domain.lineage import Ending, Handover, Move
from grcm_cli.domain.model import Codes, Conclusion, Entry, Mandate, MandateKind, Meeting, Reference

State = Literal[
    "done", "declined", "not-applicable", "superseded", "closed", "overdue", "passed", "due-soon",
    "upcoming", "awaiting", "standing", "asap", "undated", "?",
]  # fmt: skip
STATE_ABOUTS: Mapping[State, str] = {
    "done": "No longer open: reported as done.",
    "declined": "No longer open: reported as declined.",
    "not-applicable": "No longer open: reported as not applicable.",
    "superseded": "No longer open: a later meeting put another mandate in its place.",
    "closed": "No longer open: a later meeting ended it.",
    "overdue": "Open, and its last day has passed. On the day itself it is not overdue.",
    "passed": "An open encouragement whose last day has passed: it is never overdue.",
    "due-soon": "Open, and its last day is at most 30 days away.",
    "upcoming": "Open, and its last day is later.",
    "awaiting": "Open, and waiting for a meeting that is in no file.",
    "standing": "Open indefinitely: it has no last day.",
    "asap": "Open, to be done as soon as possible: it has no last day.",
    "undated": "Open: no deadline was set.",
    "?": "Unclear: its file has an error. It stays in the lists until that is corrected.",
}
"""What each state means, for the manual."""
TaskProgress = Literal["unknown", "not-started", "started", "done", "declined", "not-applicable"]
ENDED: frozenset[State] = frozenset({"superseded", "closed"})  # a later meeting ended the mandate
CLOSED: frozenset[State] = ENDED | {"done", "declined", "not-applicable"}
ANSWERED: frozenset[State] = CLOSED - ENDED  # a report of the responsible parties closed the task
UNDATED: tuple[State, ...] = ("awaiting", "asap", "standing", "undated")  # open, without a last day
SOON = 30  # days before its deadline from which an open task is due soon


class Wait(NamedTuple):
    """A mandate that a task waits for, and how many of its tasks are answered."""

    reference: Reference
    answered: int
    total: int


class DueTerm(NamedTuple):
    """A `due` with the deadline that it gives."""

    due: Due | None
    deadline: date | None

    @property
    def is_standing(self) -> bool:
        """Whether `done` closes nothing."""
        return self.due is not None and self.due.state_without_day == "standing"


def standing(reports: Iterable[Entry]) -> list[Entry]:
    """Return the reports that were not withdrawn."""
    return [entry for entry in reports if entry.progress != "withdrawn"]


class Missed(NamedTuple):
    """The late occurrences of a recurring mandate that are not listed."""

    number: int
    with_progress: int  # those with a report
    reports: tuple[Entry, ...] = ()  # the last entries on them, as those of a task


class Task(NamedTuple):
    """What one party, or several together, owe under a mandate on a day."""

    parties: tuple[str, ...]  # one code, or several that owe together; empty for nobody
    silent: tuple[str, ...]  # its parties without a report; one that was withdrawn is none
    meeting: Meeting
    conclusion: Conclusion
    mandate: Mandate
    reference: Reference
    holders: Mapping[str, tuple[str, ...]]  # by office: on the day, and at the deadline if another
    term: DueTerm
    state: State
    days: int | None  # to the deadline, negative if overdue; None without one, or if not open
    reports: tuple[Entry, ...] = ()  # the last entry of each party that reported, up to the day
    done_by: Entry | None = None  # the first report that it was done, and not withdrawn since
    done_after: int | None = None
    """Days from the deadline then in force to `done_on`, negative if early; None if none binds."""
    waits: tuple[Wait, ...] = ()
    anybody: bool = False  # the parties that owe it are in doubt: it may concern any of them
    first: DueTerm | None = None  # the term as adopted, where a later meeting moved it; else None
    moves: tuple[Move, ...] = ()
    ending: Ending | None = None  # the decision of a later meeting, where it came before any answer
    occurrence: Occurrence | None = None
    missed: Missed = Missed(0, 0)
    handovers: tuple[Handover, ...] = ()
    closed_on: date | None = None  # the day of the report, or decision, by which it is not open
    adopted_by: tuple[str, ...] = ()  # where others owe it now, or fewer: who owed it before

    @property
    def key_parties(self) -> tuple[str, ...]:
        """The parties that owe it as adopted, by which it is known on all days."""
        return self.adopted_by if self.handovers or self.adopted_by else self.parties

    @property
    def occurrence_name(self) -> str:
        """What its occurrence is called; empty where it has none, or one without a date."""
        return self.occurrence.name if self.occurrence else ""

    @property
    def is_confidential(self) -> bool:
        """Whether it leaves in nothing that is published or sent, or a decision on it does not."""
        is_so = self.conclusion.confidential or self.meeting.confidential
        return is_so or any(decision.is_confidential for decision in self.decisions)

    @property
    def done_on(self) -> date | None:
        """The day of the first report that it was done."""
        return self.done_by.day if self.done_by else None

    @property
    def deadline(self) -> date | None:
        """The last day on which it is not late, or None."""
        return self.term.deadline

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state not in CLOSED

    @property
    def is_late(self) -> bool:
        """Tell whether it is open and its deadline has passed; the day itself is not late.

        An encouragement is never late: its state is `passed`.
        """
        return self.state == "overdue"

    @property
    def has_passed(self) -> bool:
        """Tell whether it is open after its deadline, be it late, in doubt or an encouragement."""
        return self.days is not None and self.days < 0

    @property
    def may_be_late(self) -> bool:
        """Tell whether it is late, or may be, where something in it is not understood."""
        in_doubt = self.state == "?" and self.mandate.kind == "request"
        return self.is_late or (in_doubt and self.has_passed)

    @property
    def bound(self) -> tuple[str, ...]:
        """The codes of all who owe it: its parties, and those that hold an office among them."""
        if not self.holders:
            return self.parties  # as most
        holders = (code for codes in self.holders.values() for code in codes)
        return tuple(dict.fromkeys((*self.parties, *holders)))

    @property
    def lead(self) -> str | None:
        """The code of the party that leads those that owe it together; None without one.

        It is the first of those to whom the part of the lead was handed over.
        """
        lead = self.mandate.lead.text if self.mandate.lead else None
        for handover in self.handovers if lead else ():
            if handover.source is None or lead in handover.leaving:
                lead = handover.lead
        return lead if len(self.parties) > 1 and lead in self.parties else None

    @property
    def named_parties(self) -> Sequence[str]:
        """The codes of its parties as its file names them: a group by its own, the lead first."""
        responsible = self.mandate.responsible
        is_changed = self.parties != self.key_parties
        if is_changed or not isinstance(responsible, model.Together) or len(self.parties) < 2:
            return self.parties
        codes = [word.text for word in responsible.codes]
        if set(codes) <= set(self.parties):
            return self.parties
        return tuple(dict.fromkeys([*([self.lead] if self.lead else []), *codes]))

    @property
    def done_late(self) -> bool:
        """Tell whether it was done after the deadline that was then in force."""
        return self.done_after is not None and self.done_after > 0

    @property
    def days_late(self) -> int | None:
        """How many days it is late, or was done late; None where it is open and in time."""
        if self.state == "done":
            return None if self.done_after is None else max(0, self.done_after)
        return -self.days if self.is_late and self.days is not None else None

    @property
    def is_separate(self) -> bool:
        """Tell whether each party of the mandate owes a task of its own."""
        return isinstance(self.mandate.responsible, model.Each)

    @property
    def due(self) -> str | None:
        """The `due` of the term as a file writes it, or None."""
        return self.term.due.written if self.term.due else None

    @property
    def progress(self) -> TaskProgress:
        """What was reported that counts: not-started, started, done and so on, or unknown."""
        match self.state:
            case "done" | "declined" | "not-applicable":
                return self.state
        # What one of several declined, the others still owe; a standing task stays open when done.
        reported: list[TaskProgress] = ["unknown"]
        reported += [each.progress for each in self.reports if each.progress != "withdrawn"]
        active = [progress for progress in reported if progress in ("started", "done")]
        return (active or reported)[-1]

    @property
    def last_report(self) -> Entry | None:
        """The last report that says `progress`; others who owe it may have said less, or later."""
        every = reversed(self.reports)
        return next((entry for entry in every if entry.progress == self.progress), None)

    @property
    def decisions(self) -> Sequence[Move | Handover | Ending]:
        """What later conclusions decided of it: its moves, its handovers, its end."""
        return [*self.moves, *self.handovers, *filter(None, [self.ending])]

    @property
    def is_unreported(self) -> bool:
        """Tell whether no party that owes it has reported; a withdrawn report does not count.

        Of the occurrences of a recurring mandate that are listed as one, that holds for any.
        """
        return self.missed.number > self.missed.with_progress or self.silent == self.parties

    def owed_by(self, everybody: Iterable[str]) -> Iterable[str]:
        """Return the codes of all who owe it: any of `everybody` where that is in doubt."""
        return everybody if self.anybody else self.bound

    def spoken_for(self, entry: Entry) -> Codes:
        """Return who of them reported: the party of an entry, else the office that it holds."""
        offices = tuple(code for code in self.parties if code in self.holders)
        return (entry.party,) if entry.party in self.parties else offices or self.parties

    def names(self, group: str) -> bool:
        """Tell whether its mandate, or what handed it over last, names a group by its code."""
        words = self.mandate.responsible.codes if self.mandate.responsible else ()
        is_named = group in model.texts(words)
        for each in self.handovers:
            is_named = group in each.named or (is_named and each.source not in (None, group))
        return is_named

    def belongs_to(self, code: str) -> bool:
        """Tell whether a party owes it: itself, with others, or through an office it holds."""
        return code in self.bound


def by_deadline(task: Task) -> date:
    """Return what lists of tasks are sorted by, if nothing else is asked for: the undated last."""
    return task.deadline or date.max


class Query(NamedTuple):
    """What must hold for a task to be listed. None and False exclude nothing."""

    before: date | None = None  # the last deadline that is listed, that day included
    after: date | None = None  # the first deadline that is listed, that day included; the late stay
    parties: tuple[str, ...] = ()  # any of them owes it; none stands for everybody
    named: bool = False  # only what names the first of the parties, a group
    body: str | None = None
    meeting: str | None = None
    unassigned: bool = False
    closed: bool = False
    late: bool = False
    encouragements: bool = False  # with the late, those whose day has passed
    unreported: bool = False
    states: tuple[State, ...] = ()
    kind: MandateKind | None = None
    themes: tuple[str, ...] = ()  # the conclusion is about any of them; none stands for all

    def covers_meeting(self, meeting: Meeting) -> bool:
        """Tell whether tasks of a meeting may be listed."""
        return self.meeting in (None, meeting.id) and self.body in (None, meeting.body_code)

    def covers_conclusion(self, conclusion: Conclusion) -> bool:
        """Tell whether tasks of a conclusion may be listed."""
        return not self.themes or any(word.text in self.themes for word in conclusion.themes)


def select(tasks: Sequence[Task], query: Query) -> list[Task]:
    """Return the tasks that match, in the order in which they came."""
    return [task for task in tasks if _matches(task, query) and _is_in_days(task, query)]


def undated(tasks: Sequence[Task], query: Query) -> list[Task]:
    """Return the tasks that match except that they have no day, where the query names days."""
    is_dated = query.before is not None or query.after is not None
    matching = [task for task in tasks if _matches(task, query)] if is_dated else []
    return [task for task in matching if task.deadline is None and task.state != "?"]


def _matches(task: Task, query: Query) -> bool:
    return (
        (task.is_open or query.closed)
        and (not query.states or task.state in query.states)
        and query.kind in (None, task.mandate.kind)
        and (not query.unreported or task.is_unreported)
        and not (query.unassigned and (task.parties or task.anybody))
        and query.covers_meeting(task.meeting)
        and query.covers_conclusion(task.conclusion)
        # A task whose parties aren't understood might be this party's: it stays listed, marked `?`.
        and (not query.parties or task.anybody or any(map(task.belongs_to, query.parties)))
        and (not query.named or task.anybody or task.names(query.parties[0]))
    )


def _is_in_days(task: Task, query: Query) -> bool:
    day, is_late = task.deadline, task.may_be_late if query.late else task.is_late
    if query.encouragements:
        is_late = task.has_passed
    if day is None:
        return task.state == "?" or not (query.late or query.before or query.after)
    if query.late:
        return is_late
    return day <= (query.before or date.max) and (day >= (query.after or date.min) or is_late)
