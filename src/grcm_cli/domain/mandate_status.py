"""The state of a mandate on a day, with what later meetings decided about it."""

from datetime import date
from typing import NamedTuple

from grcm_cli.domain.due import Occurrence
from grcm_cli.domain.lineage import Ending, Handover, Lineage, Move
from grcm_cli.domain.model import Conclusion, Each, Mandate, Meeting, Reference
from grcm_cli.domain.register import Register, deadline
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
    handovers: tuple[Handover, ...]
    reference: Reference
    """The shortest address: with its `#` only where there are several."""
    adopted: OpenStatus
    """With the term as it was adopted; of a recurring mandate, without a day."""
    is_unclear: bool
    """The parties that it binds are in doubt."""
    is_faulty: bool
    """There is an error in it, or it waits for what is not there."""


class MandateStatuses:
    """The statuses of a register's mandates on one day."""

    def __init__(self, register: Register, as_of: date, lineage: Lineage) -> None:
        self.register, self.as_of, self.lineage = register, as_of, lineage
        self.endings, self.moves = lineage.endings, lineage.moves
        self.handovers = lineage.handovers
        self.known_codes = frozenset(register.directory.by_code)

    def of(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> MandateStatus:
        """Return the status of a mandate."""
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        ending = self.endings.get(address)
        moves, handovers = self.moves.get(address, ()), self.handovers.get(address, ())
        unclear = self.is_unclear(mandate)
        faulty = mandate.faulty
        for word in mandate.after:
            faulty = faulty or not self.register.leads_to_mandates(word.text, meeting.id)
        term = DueTerm(mandate.due, deadline(mandate.due, meeting, self.register.calendar))
        return MandateStatus(
            meeting,
            conclusion,
            mandate,
            address,
            ending if ending and ending.day <= self.as_of else None,
            tuple([move for move in moves if move.day <= self.as_of]) if moves else (),
            tuple([each for each in handovers if each.day <= self.as_of]) if handovers else (),
            address if mandate.of_several else Reference(meeting.id, conclusion.number),
            self._open_status(meeting, mandate, term, None, doubtful=unclear or faulty),
            unclear,
            faulty,
        )

    def open_status(
        self, status: MandateStatus, term: DueTerm, occurrence: Occurrence | None
    ) -> OpenStatus:
        """Return the state of an open task of a mandate for a term of its own."""
        if term is status.adopted.term:
            return status.adopted  # as most, so that all who owe the mandate share one value
        doubtful = status.is_unclear or status.is_faulty
        return self._open_status(
            status.meeting, status.mandate, term, occurrence, doubtful=doubtful
        )

    def _open_status(
        self,
        meeting: Meeting,
        mandate: Mandate,
        term: DueTerm,
        occurrence: Occurrence | None,
        *,
        doubtful: bool,
    ) -> OpenStatus:
        days = None if term.deadline is None else (term.deadline - self.as_of).days
        if doubtful or self._leads_nowhere(meeting, term, occurrence):
            return OpenStatus(term, "?", days)
        if days is None:
            return OpenStatus(term, term.due.state_without_day if term.due else "undated", None)
        state: State = "due-soon" if days <= SOON else "upcoming"
        if days < 0:
            state = "overdue" if mandate.kind == "request" else "passed"
        return OpenStatus(term, state, days)

    def is_unclear(self, mandate: Mandate) -> bool:
        """Tell whether the parties that a mandate binds are in doubt."""
        responsible = mandate.responsible
        # The codes of those who owe are looked up for each task; the exceptions are not.
        if mandate.anybody or not isinstance(responsible, Each):
            return mandate.anybody
        return not self.known_codes.issuperset([word.text for word in responsible.codes])

    def _leads_nowhere(
        self, meeting: Meeting, term: DueTerm, occurrence: Occurrence | None
    ) -> bool:
        """Tell whether a `due` leads to no day, though it is of a form that has one."""
        due = term.due
        if due is None or due.is_soft:
            return False
        if due.recurs and occurrence is None:
            return True
        if due.body is not None:
            return meeting.last_day is None or not self.register.is_body(due.body)
        return term.deadline is None
