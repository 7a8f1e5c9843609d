"""What later conclusions say of older mandates: ended, or due at another time.

It takes effect on the newer meeting's last day, and stands on the newer conclusion.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from grcm_cli.model import Conclusion, Due, Meeting, Reference, Written
from grcm_cli.register import Register


class Ending(NamedTuple):
    """A later conclusion ended the mandate."""

    state: Literal["superseded", "closed"]
    by: Reference
    day: date


class Move(NamedTuple):
    """A later conclusion set another deadline, counted from its own meeting."""

    by: Reference
    day: date
    meeting: Meeting
    due: Due
    parties: frozenset[str]
    """Those for whom it moves; empty: for all."""

    def concerns(self, parties: Sequence[str]) -> bool:
        """Tell whether it moves the deadline of those who owe a task."""
        return not self.parties or not self.parties.isdisjoint(parties)


class Lineage:
    """The endings and moves of all mandates, by the reference with its `#`."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def endings(self) -> Mapping[Reference, Ending]:
        """The first ending of each mandate that has one."""
        found: dict[Reference, Ending] = {}
        for day, meeting, conclusion in self._speaking:
            by = Reference(meeting.id, conclusion.number)
            for mandate in self._mandates(conclusion.supersedes, meeting):
                found.setdefault(mandate, Ending("superseded", by, day))
            for mandate in self._mandates(conclusion.closes, meeting):
                found.setdefault(mandate, Ending("closed", by, day))
        return found

    @cached_property
    def moves(self) -> Mapping[Reference, Sequence[Move]]:
        """The moves of each mandate that has any, earliest first."""
        found: dict[Reference, list[Move]] = {}
        for day, meeting, conclusion in self._speaking:
            by = Reference(meeting.id, conclusion.number)
            for extension in conclusion.extends:
                named = self._mandates([extension.mandate], meeting)
                parties = frozenset(word.text for word in extension.parties)
                if len(named) == 1:
                    move = Move(by, day, meeting, extension.due, parties)
                    found.setdefault(named[0], []).append(move)
        return found

    @cached_property
    def _speaking(self) -> Sequence[tuple[date, Meeting, Conclusion]]:
        """The conclusions that end or move anything, in the order of the days on which they do."""
        speaking = [
            (meeting.last_day, meeting, conclusion)
            for meeting in self.register.meetings
            if meeting.last_day is not None
            for conclusion in meeting.conclusions or ()
            if conclusion.supersedes or conclusion.closes or conclusion.extends
        ]
        return sorted(speaking, key=lambda row: (row[0], row[1].id))

    def _mandates(self, words: Sequence[Written], meeting: Meeting) -> list[Reference]:
        """Return the mandates that references name: of a conclusion without `#`, all."""
        return [
            reference._replace(ordinal=mandate.ordinal)
            for word in words
            if (reference := self.register.refer(word.text, meeting.id)) is not None
            for mandate in self.register.mandates(reference)
        ]
