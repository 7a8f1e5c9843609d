"""A task: what one party, or several together, owe under a mandate; a value of one day."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.domain.lineage import Ending, Move
from grcm_cli.domain.model import Conclusion, Due, Each, Entry, Mandate, Meeting, Reference
from grcm_cli.domain.recurrence import Occurrence

State = Literal[
    "done",
    "declined",
    "not-applicable",
    "superseded",
    "closed",
    "overdue",
    "due-soon",
    "upcoming",
    "awaiting",
    "standing",
    "asap",
    "undated",
    "?",
]
ENDED: frozenset[State] = frozenset({"superseded", "closed"})
"""What a later meeting did."""
CLOSED: frozenset[State] = ENDED | {"done", "declined", "not-applicable"}
BY_DEADLINE: frozenset[State] = frozenset({"overdue", "due-soon", "upcoming"})
"""What the deadline alone says of an open task, another thing on another day."""
ANSWERED: frozenset[State] = CLOSED - ENDED
"""What those who owe it did."""
SOON = 30
"""Days before its deadline from which an open task is due soon."""


class Wait(NamedTuple):
    """What a task waits for, and how many of that mandate's tasks are answered."""

    reference: Reference
    answered: int
    total: int


class DueTerm(NamedTuple):
    """A `due` with the deadline that it gives."""

    due: Due | None
    deadline: date | None


class Missed(NamedTuple):
    """The open occurrences of a recurring duty that are late too, and are not listed."""

    number: int
    heard: int
    """Those of them on which something was reported."""


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
    term: DueTerm
    """By when, as it stands on the day."""
    state: State
    days: int | None
    """From the day to the deadline, negative when late; None without a deadline or when closed."""
    reports: tuple[Entry, ...] = ()
    """The last word of each party that reported, up to the day."""
    done_on: date | None = None
    """The day of the first report that it was done, and not withdrawn since."""
    done_late: bool = False
    """It was done after the deadline that was then in force."""
    waits: tuple[Wait, ...] = ()
    anybody: bool = False
    """The file does not tell whom it binds, so that it may be anybody."""
    first: DueTerm | None = None
    """By when it was due before a later meeting moved that; None where none did."""
    moves: tuple[Move, ...] = ()
    ending: Ending | None = None
    """What a later meeting did, where that came before any answer."""
    occurrence: Occurrence | None = None
    """Which of a recurring duty."""
    missed: Missed = Missed(0, 0)

    @property
    def deadline(self) -> date | None:
        """The last day on which it is not late, or None."""
        return self.term.deadline

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
        """What a file writes for `due`, or None."""
        return self.term.due.written if self.term.due else None

    @property
    def progress(self) -> str:
        """What was last reported: started, done, declined, not-applicable, or unknown."""
        if self.state in ANSWERED:
            return self.state
        if not self.reports:
            return "unknown"  # as most
        # What one of several declined, the others still owe; a standing duty stays when it is done.
        said = [entry.progress for entry in self.reports if entry.progress in ("started", "done")]
        return said[-1] if said else "unknown"

    def belongs_to(self, code: str) -> bool:
        """Tell whether a party owes it: itself, with others, or through an office it holds."""
        return code in self.parties or any(code in held for held in self.holders.values())
