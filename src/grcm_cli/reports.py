"""What parties reported, by the mandate and the occurrence that it is about."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from grcm_cli.model import Entry, Ongoing, Reference
from grcm_cli.occurrences import Series
from grcm_cli.register import Register

Answer = Literal["done", "declined", "not-applicable"]
ONLY = 0
"""The place of the one time at which a duty that does not recur is due."""
_ByParty = dict[str, list[Entry]]


class Reports:
    """The entries in the order that counts: by day, then by place in the file."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.offices = register.directory.by_code
        self._found: dict[Reference, dict[int, _ByParty]] = {}
        for entry in sorted(register.entries, key=lambda entry: entry.day):
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        reference = self.register.refer(entry.mandate.text)
        named = self.register.mandates(reference) if reference else ()
        if reference is None or len(named) != 1:
            return
        place = self._place(entry, reference)
        if place is not None:
            mandate = reference._replace(ordinal=named[0].ordinal)
            by_party = self._found.setdefault(mandate, {}).setdefault(place, {})
            by_party.setdefault(entry.party, []).append(entry)

    def _place(self, entry: Entry, reference: Reference) -> int | None:
        """Return the occurrence that an entry is about, or None: there is a finding for it."""
        meeting = self.register.calendar.by_id[reference.meeting]
        [mandate] = self.register.mandates(reference)
        series = Series.of(mandate, meeting, self.register.calendar)
        if series is None:
            return ONLY
        return series.named(entry.occurrence.text) if entry.occurrence else None

    def places(self, mandate: Reference, until: date) -> Sequence[int]:
        """Return the occurrences of a mandate about which anything was reported until a day."""
        return sorted(
            place
            for place, said in self._found.get(mandate, {}).items()
            if any(entry.day <= until for entries in said.values() for entry in entries)
        )

    def days(self, mandate: Reference) -> set[date]:
        """Return the days on which anything was reported on a mandate."""
        said = self._found.get(mandate, {}).values()
        return {e.day for by_party in said for entries in by_party.values() for e in entries}

    def spoken(
        self, mandate: Reference, place: int, parties: Sequence[str], until: date
    ) -> list[list[Entry]]:
        """Return the entries until a day of each party that has any, by day, then as in the file.

        A holder's entry counts for the office that it holds on the entry's day.
        """
        said: Mapping[str, list[Entry]] = self._found.get(mandate, {}).get(place, {})
        spoken = []
        for code in parties if said else ():
            office = self.offices.get(code)
            own = [
                entry
                for speaker, entries in said.items()
                for entry in entries
                if entry.day <= until
                if speaker == code or (office and office.holder_on(entry.day) == speaker)
            ]
            if own:
                spoken.append(sorted(own, key=lambda entry: entry.day))
        return spoken


def last_words(spoken: Sequence[Sequence[Entry]]) -> list[Entry]:
    """Return the last entry of each party, by day."""
    return sorted((own[-1] for own in spoken), key=lambda entry: entry.day)


def done_since(spoken: Sequence[Sequence[Entry]]) -> date | None:
    """Return the day of the first report that it was done, and not withdrawn since."""
    return min((day for own in spoken if (day := _done_since(own))), default=None)


def _done_since(own: Sequence[Entry]) -> date | None:
    """Return the day of the first of the last reports in a row that say done; None without."""
    since = None
    for entry in reversed(own):
        if entry.progress != "done":
            break
        since = entry.day
    return since


def answer(spoken: Sequence[Sequence[Entry]], parties: Sequence[str], due: object) -> Answer | None:
    """Return what the reports close a task with: any `done`, or a refusal by all who owe it."""
    words = [entry.progress for entry in last_words(spoken)]
    if "done" in words:
        # A standing duty that was done still stands.
        return None if isinstance(due, Ongoing) else "done"
    if not parties or not words or len(words) < len(parties):
        return None
    if all(word in ("declined", "not-applicable") for word in words):
        return "declined" if "declined" in words else "not-applicable"
    return None
