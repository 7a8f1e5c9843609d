"""An `extends` of a mandate that all who owed it had answered before.

Why: What is done has no deadline to move: another mandate may be meant, or a report is wrong.

Bad:

    # CRI reported `done` on 2003-01-10; the meeting ended on 2003-05-30
    extends: {mandate: GRCM-2002-10/8#2, due: 2003-12-31}

Good:

    extends: {mandate: GRCM-2002-10/8#1, due: 2003-12-31}
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.findings import THE_REGISTER, Problem
from grcm_cli.domain.lineage import Lineage, Move
from grcm_cli.domain.model import Extension, Mandate, Meeting, Reference
from grcm_cli.domain.progress import NOT_RECURRING, ProgressIndex, Terms, answer
from grcm_cli.domain.recurrence import is_recurring
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import DueTerm
from grcm_cli.language.text import _


def check(register: Register, as_of: date) -> Iterator[Problem]:
    """Yield the extensions whose tasks were all answered on their day."""
    rows = list(_extended(register)) if register.entries else []
    if not rows:
        return  # as most
    answers = _Answers(register, {address for address, *_rest in rows})
    for address, mandate, extension, meeting in rows:
        if answers.were_all_given(address, mandate, extension, meeting):
            message = _(
                "all for whom it moves the deadline had answered {text} before this meeting"
            )
            sentence = message.format(text=extension.mandate.text)
            concerns = frozenset({address.meeting, THE_REGISTER, *answers.reporting(address)})
            yield Problem(extension.mandate.at, sentence, concerns=concerns)


def _extended(register: Register) -> Iterator[tuple[Reference, Mandate, Extension, Meeting]]:
    """Yield each extension of one mandate that has one deadline; other rules tell of others."""
    for meeting, _conclusion, extension in register.each_extension():
        reference = register.parse_reference(extension.mandate.text, meeting.id)
        mandates = register.mandates(reference) if reference else ()
        if reference is not None and len(mandates) == 1 and not is_recurring(mandates[0].due):
            address = reference._replace(ordinal=mandates[0].ordinal)
            yield address, mandates[0], extension, meeting


class _Answers:
    """Which tasks were answered when a meeting moved their deadline."""

    def __init__(self, register: Register, mandates: Container[Reference]) -> None:
        self.register = register
        self.progress = ProgressIndex(register, mandates)
        self._given: dict[tuple[Reference, date, frozenset[str]], bool] = {}

    @cached_property
    def moves(self) -> Mapping[Reference, Sequence[Move]]:
        """The moves of deadlines by mandate; most extended mandates have no entries before."""
        return Lineage(self.register).moves

    def were_all_given(
        self, address: Reference, mandate: Mandate, extension: Extension, meeting: Meeting
    ) -> bool:
        """Tell whether all the tasks of a mandate that an extension moves were answered."""
        if not self.progress.of(address, NOT_RECURRING):
            return False  # as most
        if meeting.last_day is None or mandate.responsible is None or mandate.anybody:
            return False
        named = frozenset(word.text for word in extension.parties)
        key = (address, meeting.last_day, named)
        if key not in self._given:
            older = self.register.calendar.by_id[address.meeting]
            bound = self.register.expand_responsible(mandate.responsible, older)
            concerned = [codes for codes in bound if not named or not named.isdisjoint(codes)]
            given = (self._is_given(address, mandate, codes, key[1]) for codes in concerned)
            self._given[key] = bool(concerned) and all(given)
        return self._given[key]

    def reporting(self, address: Reference) -> Iterable[str]:
        """Return the codes of the parties whose files report on a mandate."""
        return self.progress.of(address, NOT_RECURRING)

    def _is_given(
        self, address: Reference, mandate: Mandate, parties: tuple[str, ...], day: date
    ) -> bool:
        entries = self.progress.of(address, NOT_RECURRING)
        by_party = self.progress.by_owing_party(entries, parties, day) if entries else []
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
