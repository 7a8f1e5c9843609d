"""An `extends` of a mandate that all who owed it had answered before.

Why: What is done has no deadline to move: another mandate may be meant, or a report is wrong.

Qué: Un `extends` de un mandato que todos los que lo debían ya habían respondido.

Por qué: Lo cumplido no tiene un plazo que mover: tal vez se quería otro mandato, o un informe está
mal.

Bad:

    # CRI reported `done` on 2003-01-10; the meeting ended on 2003-05-30
    extends: {mandate: GRCM-2002-10/8#2, due: 2003-12-31}

Good:

    extends: {mandate: GRCM-2002-10/8#1, due: 2003-12-31}
"""

from collections.abc import Iterator
from datetime import date

from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.findings import Problem
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Extension, Mandate, Meeting, Reference
from grcm_cli.domain.progress import NOT_RECURRING, ProgressIndex, Terms, answer
from grcm_cli.domain.recurrence import is_recurring
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import DueTerm
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the extensions whose tasks were all answered on their day."""
    if not register.entries or not any(register.each_extension()):
        return  # as most
    answers = _Answers(register)
    for meeting, _conclusion, extension in register.each_extension():
        reference = register.parse_reference(extension.mandate.text, meeting.id)
        mandates = register.mandates(reference) if reference else ()
        if reference is None or len(mandates) != 1 or is_recurring(mandates[0].due):
            continue  # other rules tell
        address = reference._replace(ordinal=mandates[0].ordinal)
        if answers.were_all_given(address, mandates[0], extension, meeting):
            message = _(
                "all for whom it moves the deadline had answered {text} before this meeting"
            )
            yield Problem(extension.mandate.at, message.format(text=extension.mandate.text))


class _Answers:
    """Which tasks were answered when a meeting moved their deadline."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.progress = ProgressIndex(register)
        self.moves = Lineage(register).moves

    def were_all_given(
        self, address: Reference, mandate: Mandate, extension: Extension, meeting: Meeting
    ) -> bool:
        """Tell whether all the tasks of a mandate that an extension moves were answered."""
        older, day = self.register.calendar.by_id[address.meeting], meeting.last_day
        entries = self.progress.of(address, NOT_RECURRING)
        if day is None or not entries or mandate.responsible is None or mandate.anybody:
            return False
        named = {word.text for word in extension.parties}
        concerned = [
            parties
            for parties in self.register.expand_responsible(mandate.responsible, older)
            if not named or not named.isdisjoint(parties)
        ]
        return bool(concerned) and all(
            answer(
                self.progress.by_owing_party(entries, parties, day),
                parties,
                self._terms(address, mandate, older, day, parties),
            )
            for parties in concerned
        )

    def _terms(
        self,
        address: Reference,
        mandate: Mandate,
        older: Meeting,
        day: date,
        parties: tuple[str, ...],
    ) -> Terms:
        """Return the terms of a task before a day, each with the day from which it was in force."""
        calendar = self.register.calendar
        moved = [
            (move.day, DueTerm(move.due, deadline(move.due, move.meeting, calendar)))
            for move in self.moves.get(address, ())
            if move.day < day and move.concerns(parties)
        ]
        return [(date.min, DueTerm(mandate.due, deadline(mandate.due, older, calendar))), *moved]
