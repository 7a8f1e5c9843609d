"""The status of a mandate on a day, for all who owe it: endings, moves, deadline, open state."""

from datetime import date
from typing import NamedTuple

from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.lineage import Ending, Lineage, Move
from grcm_cli.domain.model import (
    Asap,
    AtMeeting,
    Before,
    Conclusion,
    Due,
    Each,
    EveryMeeting,
    EverySpan,
    EveryYear,
    FixedDay,
    Mandate,
    Meeting,
    NextMeeting,
    Ongoing,
    Reference,
    Unclear,
    Within,
)
from grcm_cli.domain.recurrence import Occurrence
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import SOON, DueTerm, State


class OpenStatus(NamedTuple):
    """The state of a task that nobody has answered, by its term."""

    term: DueTerm
    state: State
    days: int | None
    """From the day to the deadline, negative when late; None without a deadline."""


class MandateStatus(NamedTuple):
    """A mandate with what later meetings decided about it up to the day."""

    meeting: Meeting
    conclusion: Conclusion
    mandate: Mandate
    address: Reference
    """With its `#`, whether or not that may be left out."""
    ending: Ending | None
    moves: tuple[Move, ...]
    reference: Reference
    """The shortest address: with its `#` only where there are several."""
    adopted: OpenStatus
    """With the term as it was adopted; of a recurring mandate, without a day."""
    is_unclear: bool
    """The parties that it binds are in doubt."""
    is_faulty: bool
    """There is an error in it, or it waits for what is not there."""
    of_occurrences: dict[tuple[DueTerm, Occurrence | None], OpenStatus]
    """What all who owe it share, of a recurring mandate, or one that was moved."""


class MandateStatuses:
    """The statuses of a register's mandates on one day."""

    def __init__(self, register: Register, as_of: date, lineage: Lineage) -> None:
        self.register, self.as_of, self.lineage = register, as_of, lineage
        self.endings, self.moves = lineage.endings, lineage.moves
        self.known_codes = frozenset(register.directory.by_code)

    def of(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> MandateStatus:
        """Return the status of a mandate."""
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        ending = self.endings.get(address)
        moves = self.moves.get(address, ())
        unclear = self.is_unclear(mandate)
        faulty = mandate.faulty or (
            bool(mandate.after) and self._waits_for_nothing(meeting, mandate)
        )
        term = DueTerm(mandate.due, deadline(mandate.due, meeting, self.register.calendar))
        return MandateStatus(
            meeting,
            conclusion,
            mandate,
            address,
            ending if ending and ending.day <= self.as_of else None,
            tuple([move for move in moves if move.day <= self.as_of]) if moves else (),
            address if mandate.of_several else Reference(meeting.id, conclusion.number),
            self._open_status(meeting, term, None, doubtful=unclear or faulty),
            unclear,
            faulty,
            {},
        )

    def open_status(
        self, status: MandateStatus, term: DueTerm, occurrence: Occurrence | None
    ) -> OpenStatus:
        """Return the state of an open task of a mandate for a term of its own."""
        if term is status.adopted.term:
            return status.adopted  # as most, so that all who owe the mandate share one value
        known = status.of_occurrences.get((term, occurrence))
        if known is None:
            doubtful = status.is_unclear or status.is_faulty
            known = self._open_status(status.meeting, term, occurrence, doubtful=doubtful)
            status.of_occurrences[term, occurrence] = known
        return known

    def _open_status(
        self, meeting: Meeting, term: DueTerm, occurrence: Occurrence | None, *, doubtful: bool
    ) -> OpenStatus:
        days = None if term.deadline is None else (term.deadline - self.as_of).days
        if doubtful or self._leads_nowhere(meeting, term, occurrence):
            return OpenStatus(term, "?", days)
        return OpenStatus(
            term, _state_without_day(term.due) if days is None else _state_by_days(days), days
        )

    def is_unclear(self, mandate: Mandate) -> bool:
        """Tell whether the parties that a mandate binds are in doubt."""
        responsible = mandate.responsible
        # The codes of those who owe are looked up for each task; the exceptions are not.
        if mandate.anybody or not isinstance(responsible, Each):
            return mandate.anybody
        return not self.known_codes.issuperset([word.text for word in responsible.codes])

    def _waits_for_nothing(self, meeting: Meeting, mandate: Mandate) -> bool:
        leads = self.register.leads_to_mandates
        return any(not leads(word.text, meeting.id) for word in mandate.after)

    def _leads_nowhere(
        self, meeting: Meeting, term: DueTerm, occurrence: Occurrence | None
    ) -> bool:
        """Tell whether a `due` is well formed but leads to no day."""
        match term.due:
            case FixedDay() | None:
                return False  # as most
            case NextMeeting(_, body) | Before(meeting=NextMeeting(_, body)):
                return meeting.last_day is None or not self.register.is_body(body)
            case AtMeeting() | Within() | Before(meeting=AtMeeting()):
                return term.deadline is None
            case EveryMeeting(_, body):
                return occurrence is None or not self.register.is_body(body)
            case EveryYear() | EverySpan():
                return occurrence is None
            case Unclear():
                return True
            case _:
                return False


def _state_by_days(days: int) -> State:
    """Return the state of an open task that is due in so many days."""
    if days < 0:
        return "overdue"
    return "due-soon" if days <= SOON else "upcoming"


def _state_without_day(due: Due | None) -> State:
    """Return the state of an open task that has no day."""
    match due:
        case Ongoing():
            return "standing"
        case Asap():
            return "asap"
        case NextMeeting() | EveryMeeting() | Before():
            return "awaiting"
        case _:
            return "undated"
