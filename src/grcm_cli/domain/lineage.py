"""Lineage: older mandates that later conclusions end or give another deadline.

The newer conclusion holds the link. It takes effect on the newer meeting's last day.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from grcm_cli.domain.due import Due
from grcm_cli.domain.model import Conclusion, Location, Meeting, PlacedWord, Reference
from grcm_cli.domain.register import Register

EndingState = Literal["superseded", "closed"]


class Ending(NamedTuple):
    """A later conclusion supersedes or closes a mandate."""

    state: EndingState
    by: Reference
    day: date
    at: Location
    """The place of the link in the later conclusion."""


class Move(NamedTuple):
    """A later conclusion sets another deadline, counted from its own meeting."""

    by: Reference
    day: date
    meeting: Meeting
    due: Due
    parties: frozenset[str]
    """The parties whose deadline moves; empty for all."""
    at: Location
    """The place of the link in the later conclusion."""

    def concerns(self, parties: Sequence[str]) -> bool:
        """Tell whether it moves the deadline of a task that these parties owe."""
        return not self.parties or not self.parties.isdisjoint(parties)


class Lineage:
    """The endings and moves of all mandates, by the reference with its `#`."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def endings(self) -> Mapping[Reference, Ending]:
        """The first ending of each mandate that has one."""
        found: dict[Reference, Ending] = {}
        ended: set[Reference] = set()
        for day, meeting, conclusion in self._linking:
            by = Reference(meeting.id, conclusion.number)
            links: Sequence[tuple[EndingState, Sequence[PlacedWord]]] = (
                ("superseded", conclusion.supersedes),
                ("closed", conclusion.closes),
            )
            for state, words in links:
                # The first link to a conclusion ends all its mandates; the others end no more.
                for at, mandate in self._mandates(words, meeting, ended):
                    found.setdefault(mandate, Ending(state, by, day, at))
        return found

    @cached_property
    def moves(self) -> Mapping[Reference, Sequence[Move]]:
        """The moves of each mandate that has any, earliest first.

        A recurring mandate has many deadlines, of which none is moved; a rule reports it.
        """
        found: dict[Reference, list[Move]] = {}
        for day, meeting, conclusion in self._linking:
            by = Reference(meeting.id, conclusion.number)
            for extension in conclusion.extends:
                named = self._mandates([extension.mandate], meeting)
                parties = frozenset(word.text for word in extension.parties)
                recurring = [m for _at, to in named for m in self.register.mandates(to) if m.recurs]
                if len(named) == 1 and not recurring:
                    move = Move(by, day, meeting, extension.due, parties, extension.due_at)
                    found.setdefault(named[0][1], []).append(move)
        return found

    @cached_property
    def _linking(self) -> Sequence[tuple[date, Meeting, Conclusion]]:
        """The conclusions that end or move a mandate, by the day on which they take effect."""
        linking = [
            (meeting.last_day, meeting, conclusion)
            for meeting, conclusion in self.register.linking_conclusions
            if meeting.last_day is not None
            if conclusion.supersedes or conclusion.closes or conclusion.extends
        ]
        return sorted(linking, key=lambda row: (row[0], row[1].id))

    def _mandates(
        self, words: Sequence[PlacedWord], meeting: Meeting, ended: set[Reference] | None = None
    ) -> list[tuple[Location, Reference]]:
        """Return the mandates that references name; for a reference without `#`, all of them.

        References that are among `ended` are left out, and the others are added to it.
        """
        found = []
        for word in words:
            reference = self.register.parse_reference(word.text, meeting.id)
            if reference is None or (ended is not None and reference in ended):
                continue
            if ended is not None:
                ended.add(reference)
            found += [
                (word.at, reference._replace(ordinal=mandate.ordinal))
                for mandate in self.register.mandates(reference)
            ]
        return found
