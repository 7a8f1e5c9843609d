"""Lineage: older mandates that later conclusions end, hand over or give another deadline.

The newer conclusion holds the link. It takes effect on the newer meeting's last day.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from grcm_cli.domain import model
from grcm_cli.domain.due import Due
from grcm_cli.domain.model import Codes, Entry, Meeting, Reference
from grcm_cli.domain.register import Register

EndingState = Literal["superseded", "closed"]
_ENDING_STATES: Mapping[str, EndingState] = {"supersedes": "superseded", "closes": "closed"}


class Ending(NamedTuple):
    """A later conclusion supersedes or closes a mandate, from its meeting's last day on."""

    state: EndingState
    by: Reference
    day: date
    is_confidential: bool  # the later conclusion, and with it what it decides
    at: model.Location

    def lets_count(self, entry: Entry) -> bool:
        """Tell whether an entry counts: one that came by its day, or that takes others back."""
        return entry.day <= self.day or entry.progress == "withdrawn"


class Move(NamedTuple):
    """A later conclusion sets another deadline, counted from its own meeting."""

    by: Reference
    day: date
    meeting: Meeting
    due: Due
    deadline: date | None
    parties: frozenset[str]  # the parties whose deadline moves; empty for all
    is_confidential: bool
    at: model.Location

    def concerns(self, parties: Sequence[str]) -> bool:
        """Tell whether it moves the deadline of a task that these parties owe."""
        return not self.parties or not self.parties.isdisjoint(parties)


class Handover(NamedTuple):
    """A later conclusion hands what is open of a mandate to other parties."""

    by: Reference
    day: date
    source: str | None  # the code of the party that owes it no more; None for all that owe it
    leaving: frozenset[str]  # the same; of a group, its members on the day of the mandate
    to: Codes
    named: Codes  # the same, as the file has it: a group by its own code
    lead: str | None  # who leads where the lead is among them; None where a group takes over
    is_confidential: bool
    at: model.Location

    def concerns(self, parties: Sequence[str]) -> bool:
        """Tell whether it hands over a task that these parties owe."""
        return self.source is None or not self.leaving.isdisjoint(parties)

    def after(self, parties: Sequence[str]) -> Codes:
        """Return the parties that owe a task from its day on; these, where they do not yield it."""
        if self.source is None:
            return self.to
        codes = (self.to if code in self.leaving else (code,) for code in parties)
        return tuple(dict.fromkeys(chain.from_iterable(codes)))


class Lineage:
    """What later conclusions decided about mandates, by the reference with its `#`."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.endings: dict[Reference, Ending] = {}  # the first ending of a mandate
        self.moves: dict[Reference, list[Move]] = {}  # earliest first; what recurs has none
        self.handovers: dict[Reference, list[Handover]] = {}  # earliest first
        self._owing: dict[Reference, tuple[set[str], list[model.Party]]] = {}
        for meeting, conclusion in sorted(
            register.deciding_conclusions, key=lambda row: (row[0].last_day or date.min, row[0].id)
        ):
            by, day = Reference(meeting.id, conclusion.number), meeting.last_day
            is_secret = meeting.confidential or conclusion.confidential
            if day is None:
                continue
            for key, word in conclusion.lineage:
                if state := _ENDING_STATES.get(key):
                    for adopted in register.mandates_named(word.text, meeting.id):
                        ending = Ending(state, by, day, is_secret, word.at)
                        self.endings.setdefault(adopted.address, ending)
            for extension in conclusion.extends:
                named = register.mandates_named(extension.mandate.text, meeting.id)
                parties = frozenset(register.codes_on(extension.parties, day))
                if len(named) == 1 and not named[0].mandate.recurs:
                    due, at = extension.due, extension.due_at
                    deadline = due.last_day(meeting, register.calendar)
                    move = Move(by, day, meeting, due, deadline, parties, is_secret, at)
                    self.moves.setdefault(named[0].address, []).append(move)
            for word, source, words, _at in conclusion.reassigns:
                to = register.codes_on(words, day)
                named = register.mandates_named(word.text, meeting.id)
                if to and len(named) == 1:
                    code, sources = (source.text, [source]) if source else (None, [])
                    leaving = frozenset(register.codes_on(sources, named[0].meeting.last_day))
                    codes = model.texts(words)
                    lead, at = to[0] if to[0] == codes[0] else None, word.at
                    handover = Handover(by, day, code, leaving, to, codes, lead, is_secret, at)
                    self.handovers.setdefault(named[0].address, []).append(handover)

    def all_who_owe(self, reference: Reference) -> list[str]:
        """Return the codes of all that owe the mandates of a reference, or did, each once."""
        owing: list[Codes] = []
        for adopted in self.register.adopted(reference):
            owing += self.register.expand_responsible(adopted.mandate, adopted.meeting)
            owing += [handover.to for handover in self.handovers.get(adopted.address, ())]
        return list(dict.fromkeys(chain.from_iterable(owing)))

    def codes_of(self, entry: Entry, reference: Reference) -> set[str]:
        """Return the codes of owing parties that an entry speaks for: its party and its offices."""
        if reference not in self._owing:
            codes, offices = set(self.all_who_owe(reference)), self.register.directory.offices
            self._owing[reference] = codes, [offices[code] for code in codes & offices.keys()]
        codes, offices_owing = self._owing[reference]
        held = {party.code for party in offices_owing if party.holder_on(entry.day) == entry.party}
        return held | (codes & {entry.party})

    def owing_on(self, reference: Reference, day: date) -> list[str]:
        """Return the codes of all that owe the mandates of a reference on a day, if not answered.

        None of those that handed them over before.
        """
        owing: list[str] = []
        for adopted in self.register.adopted(reference):
            for parties in self.register.expand_responsible(adopted.mandate, adopted.meeting):
                for handover in self.handovers.get(adopted.address, ()):
                    if handover.day <= day:
                        parties = handover.after(parties)  # noqa: PLW2901 - one after the other
                owing += parties
        return list(dict.fromkeys(owing))


lineage_of = lru_cache(1)(Lineage)
"""Returns what later conclusions decided in a register: its rules and lists share one value."""
