"""A mandate on a day, whoever owes it: what later meetings said of it, by when, how clear."""

from datetime import date
from typing import NamedTuple

from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.lineage import Ending, Lineage, Move
from grcm_cli.domain.model import (
    Asap,
    AtMeeting,
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
from grcm_cli.domain.task import SOON, State, Term


class Standing(NamedTuple):
    """How a duty with a term stands on the day, for whoever has not answered it."""

    term: Term
    state: State
    days: int | None
    """From the day to the deadline, negative when late; None without a deadline."""


class Duty(NamedTuple):
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
    adopted: Standing
    """By when, as it was adopted; of a duty that comes back without a day."""
    is_doubtful: bool
    """Whom it binds is open to question."""
    is_faulty: bool
    """There is an error in it, or it waits for what is not there."""


class Duties:
    """The mandates of a record on one day."""

    def __init__(self, register: Register, lineage: Lineage, as_of: date) -> None:
        """Take the record, what its conclusions say of older ones, and the day."""
        self.register, self.as_of = register, as_of
        self.endings, self.moves = lineage.endings, lineage.moves
        self.known = frozenset(register.directory.by_code)

    def of(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> Duty:
        """Return a mandate with all that is true of it whoever owes it."""
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        ending = self.endings.get(address)
        moves = self.moves.get(address, ())
        doubtful = self._is_doubtful(mandate)
        faulty = mandate.faulty or (
            bool(mandate.after) and self._waits_for_nothing(meeting, mandate)
        )
        term = Term(mandate.due, deadline(mandate.due, meeting, self.register.calendar))
        return Duty(
            meeting,
            conclusion,
            mandate,
            address,
            ending if ending and ending.day <= self.as_of else None,
            tuple([move for move in moves if move.day <= self.as_of]) if moves else (),
            address if mandate.of_several else Reference(meeting.id, conclusion.number),
            self._standing(meeting, term, None, unclear=doubtful or faulty),
            doubtful,
            faulty,
        )

    def standing(self, duty: Duty, term: Term, occurrence: Occurrence | None) -> Standing:
        """Return how a duty stands whose term is another than was adopted."""
        unclear = duty.is_doubtful or duty.is_faulty
        return self._standing(duty.meeting, term, occurrence, unclear=unclear)

    def _standing(
        self, meeting: Meeting, term: Term, occurrence: Occurrence | None, *, unclear: bool
    ) -> Standing:
        by = term.deadline
        days = None if by is None else (by - self.as_of).days
        if unclear or self._leads_nowhere(meeting, term, occurrence):
            return Standing(term, "?", days)
        return Standing(term, _undated(term.due) if days is None else _dated(days), days)

    def _is_doubtful(self, mandate: Mandate) -> bool:
        responsible = mandate.responsible
        # Those who owe are looked up for each task; not so the exceptions to a group.
        if mandate.anybody or not isinstance(responsible, Each):
            return mandate.anybody
        return not self.known.issuperset([word.text for word in responsible.codes])

    def _waits_for_nothing(self, meeting: Meeting, mandate: Mandate) -> bool:
        leads = self.register.leads_to_mandates
        return any(not leads(word.text, meeting.id) for word in mandate.after)

    def _leads_nowhere(self, meeting: Meeting, term: Term, occurrence: Occurrence | None) -> bool:
        """Tell whether words are in a form that is understood, but lead to no day."""
        match term.due:
            case FixedDay() | None:
                return False  # as most
            case NextMeeting(_, body):
                return meeting.last_day is None or not self.register.is_body(body)
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


def _dated(days: int) -> State:
    """Return the state of an open duty that is due in so many days."""
    if days < 0:
        return "overdue"
    return "due-soon" if days <= SOON else "upcoming"


def _undated(due: Due | None) -> State:
    """Return the state of an open duty that has no day."""
    match due:
        case Ongoing():
            return "standing"
        case Asap():
            return "asap"
        case NextMeeting() | EveryMeeting():
            return "awaiting"
        case _:
            return "undated"
