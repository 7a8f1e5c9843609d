"""The values that the library answers with: frozen, of plain types, with the keys of the JSON.

A field means what the key of the same name does in `grcm … --format json`, which `grcm schema
output` publishes. Days are `datetime.date`, lists are tuples; what the record does not have is None
or an empty tuple. Later versions may add fields at the end.
"""

import datetime
from dataclasses import dataclass

from grcm_cli.domain.changes import TaskChangeKind
from grcm_cli.domain.findings import Severity
from grcm_cli.domain.model import MandateKind, PartyKind, Progress
from grcm_cli.domain.task import CLOSED, State


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a file, with its place. `str` gives it on one line, as a compiler does."""

    path: str
    """The file, as seen from the working folder of `load`, with `/`."""
    line: int
    """From 1, as an editor counts."""
    column: int
    """From 1, in characters."""
    end_column: int
    """Behind the last character; equal to `column` for a file as a whole."""
    severity: Severity
    """`error`: the meaning is wrong or open. `warning`: something is odd."""
    rule: str
    """Its name, which `grcm explain RULE` explains."""
    message: str
    """What is wrong, in the language of `load`."""
    hint: str | None
    """What to write instead, in the same language."""

    def __str__(self) -> str:
        """Return place, severity, rule, message and hint on one line."""
        hint = f": {self.hint}" if self.hint else ""
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.severity}[{self.rule}]: {self.message}{hint}"


class RecordError(Exception):
    """A question cannot be answered: no record, errors in it, or a name that it does not have.

    The only exception of the library for what is in files, folders and arguments. `str` is a
    sentence in the language of `load`, with what to write instead where that is near.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        """Take a sentence, and the findings for which there is no answer."""
        super().__init__(message, findings)
        self.findings = findings
        """The errors in the files, by file, line and column; empty where an argument is wrong."""

    def __str__(self) -> str:
        """Return the sentence."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Report:
    """A dated statement by a party about one of its tasks."""

    party: str
    """The code of the party whose file has it."""
    date: datetime.date
    progress: Progress
    evidence: str | None
    """Where the result is to be found."""
    note: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """What one party, or several together, owe under a mandate on a day."""

    process: str
    """The code of the process, so that tasks of several records can be told apart; may be empty."""
    ref: str
    """The mandate, as `grcm show` takes it: `GRCM-2002-10/8#1`."""
    meeting: str
    """The id of the meeting that adopted it."""
    body: str | None
    """The code of the body that met."""
    conclusion: str
    """The number of the conclusion: `8`, `12.a`."""
    mandate: int
    """The number of the mandate in its conclusion, from 1."""
    text: str
    """The conclusion, in the language of `load` where the record has it, else as adopted."""
    action: str
    """What is to be done; the text where the record does not say."""
    kind: MandateKind
    support: tuple[str, ...]
    """Codes of who helps, and owes nothing."""
    party: str | None
    """The code of who owes it, joined by `+` for several together; None for nobody."""
    parties: tuple[str, ...]
    """The same, one by one."""
    party_names: tuple[str, ...]
    """Their names, in the same order."""
    together: bool
    """Several owe it together, so that one of them may answer for all."""
    holders: tuple[str, ...]
    """Codes of who holds the office that owes it: on the day, then at the deadline if another."""
    due: str | None
    """The deadline in force, as the file writes it: `2003-Q1`, `next GRCM`."""
    deadline: datetime.date | None
    """The last day on which it is not late; None without one, or while the meeting is unknown."""
    first_deadline: datetime.date | None
    """The deadline as adopted, if a later meeting moved it."""
    occurrence: str | None
    """Which one of a recurring duty: its day, or the id of the meeting."""
    later_missed: int
    """How many later occurrences are late too, which are not in the list."""
    state: State
    """On the day of the list. `?`: an error in the file leaves it open (`allow_errors`)."""
    days: int | None
    """From the day of the list to the deadline, negative when late; None when closed."""
    days_late: int | None
    """How many days it is late, or was done late; None where it is open and in time."""
    waits_for: tuple[str, ...]
    """The mandates that come first and are not done."""
    ended_by: str | None
    """The conclusion that superseded or closed it."""
    progress: str
    """What was last reported: unknown, started, done, declined or not-applicable."""
    done_on: datetime.date | None
    """The day of the first report that it was done."""
    reported_on: datetime.date | None
    """The day of the last report; so are the next three."""
    reported_by: str | None
    evidence: str | None
    note: str | None
    reports: tuple[Report, ...]
    """The last report of each party, up to the day."""

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state not in CLOSED

    @property
    def is_late(self) -> bool:
        """Tell whether it is open and its deadline has passed; the day itself is not late."""
        return self.state == "overdue"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that became of a task: adopted, moved, reported, newly late, ended, passed on."""

    process: str
    """As in Task; so are all fields that it has too. The task is as on the last day."""
    change: TaskChangeKind
    """What has changed; the manual's chapter on recording explains each word."""
    date: datetime.date
    """The day from which lists show it."""
    ref: str
    meeting: str
    body: str | None
    action: str
    kind: MandateKind
    party: str | None
    parties: tuple[str, ...]
    party_names: tuple[str, ...]
    together: bool
    holders: tuple[str, ...]
    due: str | None
    deadline: datetime.date | None
    occurrence: str | None
    state: State
    progress: str
    before: str | None
    """Deadline (ISO 8601), holder, progress or state before the change; None for what is new."""
    after: str | None
    """The same, after the change."""
    later_late: int
    """How many later occurrences became late too, which are not in the list."""
    by: str | None
    """The conclusion that moved or ended it."""
    reports: tuple[Report, ...]
    """The last report of each party since, where the change is one of reports."""


@dataclass(frozen=True, slots=True)
class Contact:
    """To whom the letters to a party go."""

    name: str | None
    title: str | None
    salutation: str | None
    address: tuple[str, ...]
    """Lines."""
    email: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office."""

    office: str
    """The code of the office."""
    holder: str
    """The code of the party that holds it."""
    start: datetime.date
    """The first day (`from` in the JSON)."""
    until: datetime.date | None
    """The last day; None where it has no end."""


@dataclass(frozen=True, slots=True)
class Party:
    """A member country, an office (held in turn), an organization or a body."""

    code: str
    """As files write it: `MEX`."""
    kind: PartyKind
    name: str
    """In the language of `load`, else in the first that the register has."""
    other_names: tuple[str, ...]
    """Its names in other languages, and its aliases."""
    language: str | None
    """Of its letters."""
    contact: Contact
    since: datetime.date | None
    """The first day as a member, that day included; None: from the beginning."""
    until: datetime.date | None
    """The last day as a member, that day included; None: no end."""
    terms: tuple[Term, ...]
    """Of an office all its terms, of another party those in which it holds an office."""
    meetings: tuple[str, ...]
    """Of a body: the ids of its meetings, the earliest first."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """One duty that a conclusion lays on somebody, as adopted. Who owes it when is in its tasks."""

    ref: str
    mandate: int
    """Its number in the conclusion, from 1."""
    action: str | None
    """None: the text of the conclusion itself."""
    kind: MandateKind
    due: str | None
    """As adopted and as the file writes it; later meetings may have moved it."""
    until: datetime.date | None
    """The last day on which a recurring one can fall due."""
    after: tuple[str, ...]
    """What comes first, as the file writes it: `8#1`."""
    note: str | None
    void: str | None
    """Why it does not count, where it was recorded in error."""


@dataclass(frozen=True, slots=True)
class Link:
    """What ties a conclusion to an older or a newer one."""

    link: str
    """`follows`, `supersedes`, `closes`, `extends`, `waits-for`; seen from the other end
    `followed-by`, `superseded-by`, `closed-by`, `extended-by`, `awaited-by`.
    """
    ref: str
    """The other conclusion, or the mandate."""
    in_record: bool
    """Whether the record has its text."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One numbered paragraph that a meeting adopted, word for word."""

    ref: str
    """`GRCM-2002-10/8`."""
    number: str
    text: str
    """In the language of `load` where the record has it, else as adopted."""
    acts: tuple[str, ...]
    """What it does: directive, deciding, evaluative, observing, reinforcing."""
    documents: tuple[str, ...]
    """Its annexes."""
    note: str | None
    links: tuple[Link, ...]
    """Both ways, of all meetings of the record."""
    mandates: tuple[Mandate, ...]
    file: str
    """As seen from the working folder of `load`."""
    line: int
    """From 1."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One session of a body."""

    id: str
    """Its id, and the name of its file: `GRCM-2002-10`."""
    body: str | None
    """The code of the body."""
    start: datetime.date | None
    """The first day."""
    end: datetime.date | None
    """The last day, on which its conclusions take effect."""
    place: str | None
    country: str | None
    """A code."""
    title: str | None
    language: str | None
    """Of the adopted texts."""
    participants: tuple[str, ...]
    """Codes; so are the observers."""
    observers: tuple[str, ...]
    source: str | None
    """The document from which it was recorded."""
    is_recorded: bool
    """Whether the record has its text; a planned meeting, or one known by its dates, has none."""
    conclusions: tuple[Conclusion, ...]
    """In the order of the file; empty where it is not recorded."""
