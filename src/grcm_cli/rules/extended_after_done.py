"""An `extends` of a mandate that all who owed it had already answered.

Why: What is done has no deadline to move: another mandate may be meant, or a report is wrong.

Bad:
    # CRI reported `done` on 2003-01-10; the meeting ended on 2003-05-30
    extends: {mandate: GRCM-2002-10/8#2, due: 2003-12-31}
Good:
    extends: {mandate: GRCM-2002-10/8#1, due: 2003-12-31}
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from grcm_cli.domain.findings import THE_REGISTER, Problem, Problems
from grcm_cli.domain.lineage import Lineage, Move
from grcm_cli.domain.model import Mandate, Reference
from grcm_cli.domain.progress import NOT_RECURRING, ProgressIndex, Terms, answer
from grcm_cli.domain.register import ExtendedMandate, Register, deadline, extended_mandates
from grcm_cli.domain.task import DueTerm
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Problems:
    rows = extended_mandates(register) if register.entries else ()
    extended = [row for row in rows if not row.mandate.recurs]
    if not extended:
        return  # as most
    answers = _Answers(register)
    for row in extended:
        if answers.were_all_given(row):
            message = _("all whose deadline it moves had answered {text} before this meeting")
            word = row.extension.mandate
            reporting = answers.progress.of(row.address, NOT_RECURRING)
            concerns = {row.address.meeting, THE_REGISTER, *reporting}
            yield Problem(word.at, message.format(text=word.text), concerns=concerns)


class _Answers:
    """Which tasks were answered when a meeting moved their deadline."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.progress = ProgressIndex(register)
        self._given: dict[tuple[Reference, date, frozenset[str]], bool] = {}

    @cached_property
    def moves(self) -> Mapping[Reference, Sequence[Move]]:
        """The moves of deadlines by mandate; most extended mandates have no entries before."""
        return Lineage(self.register).moves

    def were_all_given(self, extended: ExtendedMandate) -> bool:
        """Tell whether all the tasks of a mandate that an extension moves were answered."""
        meeting, extension, address, mandate = extended
        if not self.progress.of(address, NOT_RECURRING):
            return False  # as most
        day = meeting.last_day
        if day is None or mandate.responsible is None or mandate.anybody:
            return False
        named = frozenset(self.register.codes_on(extension.parties, day))
        key = (address, day, named)
        if key not in self._given:
            older = self.register.calendar.by_id[address.meeting]
            bound = self.register.expand_responsible(mandate, older)
            concerned = [codes for codes in bound if not named or not named.isdisjoint(codes)]
            given = (self._is_given(address, mandate, codes, day) for codes in concerned)
            self._given[key] = bool(concerned) and all(given)
        return self._given[key]

    def _is_given(
        self, address: Reference, mandate: Mandate, parties: tuple[str, ...], day: date
    ) -> bool:
        entries = self.progress.of(address, NOT_RECURRING)
        by_party = self.progress.by_owing_party(entries, parties, day) if entries else {}
        if not by_party:
            return False
        older, calendar = self.register.calendar.by_id[address.meeting], self.register.calendar
        moved = [
            (move.day, DueTerm(move.due, deadline(move.due, move.meeting, calendar)))
            for move in self.moves.get(address, ())
            if move.day < day and move.concerns(parties)
        ]
        adopted = DueTerm(mandate.due, deadline(mandate.due, older, calendar))
        terms: Terms = [(date.min, adopted), *moved]
        return answer(by_party, parties, terms) is not None
