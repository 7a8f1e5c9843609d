"""What parties reported, by the mandate and the occurrence that it is about."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from grcm_cli.domain.model import Entry, Ongoing, Party, Reference
from grcm_cli.domain.recurrence import Series, is_recurring
from grcm_cli.domain.register import Register, Subject

Answer = Literal["done", "declined", "not-applicable"]
ONLY = 0
"""The place of the one time at which a duty that does not recur is due."""
ByParty = Mapping[str, Sequence[Entry]]


class Reports:
    """The entries in the order that counts: by day, then by place in the file."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.offices = {code: p for code, p in register.directory.by_code.items() if p.terms}
        self._found: dict[Reference, dict[int, dict[str, list[Entry]]]] = {}
        for entry, subject in sorted(register.each_report(), key=_day):
            mandate, address = subject.mandate, subject.address
            if mandate is None or address is None:
                continue
            place = self._place(entry, subject) if is_recurring(mandate.due) else ONLY
            if place is not None:
                by_party = self._found.setdefault(address, {}).setdefault(place, {})
                by_party.setdefault(entry.party, []).append(entry)

    def _place(self, entry: Entry, subject: Subject) -> int | None:
        """Return the occurrence that an entry is about, or None: there is a finding for it."""
        if entry.occurrence is None or subject.meeting is None or subject.mandate is None:
            return None
        series = Series.of(subject.mandate, subject.meeting, self.register.calendar)
        return series.named(entry.occurrence.text) if series else None

    def places(self, mandate: Reference, until: date) -> Sequence[int]:
        """Return the occurrences of a mandate about which anything was reported until a day."""
        return sorted(
            place
            for place, said in self._found.get(mandate, {}).items()
            if any(entry.day <= until for entries in said.values() for entry in entries)
        )

    def days(self, mandate: Reference, speakers: Collection[str]) -> set[date]:
        """Return the days on which any of these reported anything on a mandate."""
        return {
            entry.day
            for said in self._found.get(mandate, {}).values()
            for speaker in speakers
            for entry in said.get(speaker, ())
        }

    def of(self, mandate: Reference, place: int) -> ByParty:
        """Return the entries on a mandate's occurrence, by the party that speaks, by day."""
        by_place = self._found.get(mandate)
        said: ByParty | None = by_place.get(place) if by_place else None
        return said or {}

    def spoken(self, said: ByParty, parties: Sequence[str], until: date) -> list[Sequence[Entry]]:
        """Return the entries until a day of each party that has any, by day, then as in the file.

        A holder's entry counts for the office that it holds on the entry's day.
        """
        spoken = []
        for code in parties:
            office = self.offices.get(code)
            own = said.get(code, ()) if office is None else _of_office(office, said)
            if own and own[-1].day > until:
                own = [entry for entry in own if entry.day <= until]
            if own:
                spoken.append(own)
        return spoken


def _of_office(office: Party, said: ByParty) -> list[Entry]:
    """Return the entries of an office itself, and those of its holders while they held it."""
    own = [
        entry
        for speaker, entries in said.items()
        for entry in entries
        if speaker == office.code or office.holder_on(entry.day) == speaker
    ]
    return sorted(own, key=lambda entry: entry.day)


def _day(report: tuple[Entry, Subject]) -> date:
    return report[0].day


def last_words(spoken: Sequence[Sequence[Entry]]) -> list[Entry]:
    """Return the last entry of each party, by day."""
    last = [own[-1] for own in spoken]
    return sorted(last, key=lambda entry: entry.day) if len(last) > 1 else last


def done_since(spoken: Sequence[Sequence[Entry]]) -> date | None:
    """Return the day of the first report that it was done, and not withdrawn since."""
    days = [_done_since(own) for own in spoken if own[-1].progress == "done"]
    return min(days) if days else None


def _done_since(own: Sequence[Entry]) -> date:
    """Return the day of the first of the last reports in a row that say done, as the last does."""
    since = own[-1].day
    for entry in reversed(own):
        if entry.progress != "done":
            break
        since = entry.day
    return since


def answer(last: Sequence[Entry], parties: Sequence[str], due: object) -> Answer | None:
    """Return what the last words close a task with: any `done`, or a refusal by all who owe it."""
    words = [entry.progress for entry in last]
    if "done" in words:
        # A standing duty that was done still stands.
        return None if isinstance(due, Ongoing) else "done"
    if not parties or not words or len(words) < len(parties):
        return None
    if all(word in ("declined", "not-applicable") for word in words):
        return "declined" if "declined" in words else "not-applicable"
    return None
