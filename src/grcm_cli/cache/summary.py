"""What is kept of one conclusion (by what it is found, whom it binds, its words), of one entry."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from grcm_cli.cache import codec
from grcm_cli.domain.deadlines import deadline
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Conclusion, Entry, Meeting, Reference, Written
from grcm_cli.domain.recurrence import is_recurring
from grcm_cli.domain.register import Register

INSERT_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)"


class Summary(NamedTuple):
    """By what a query finds a conclusion, and what it says: days as numbers, words as JSON."""

    first: int | None
    """The first of all days on which it falls due or ever did."""
    last: int | None
    undated: bool
    """Some mandate has no day, or had none."""
    recurring: bool
    data: str
    lineage: str


def summary(
    register: Register, lineage: Lineage, meeting: Meeting, conclusion: Conclusion
) -> Summary:
    """Return what is kept of a conclusion."""
    days = list(_deadlines(register, lineage, meeting, conclusion))
    dated = [day.toordinal() for day in days if day]
    return Summary(
        min(dated, default=None),
        max(dated, default=None),
        len(dated) < len(days),
        any(is_recurring(mandate.due) for mandate in conclusion.mandates),
        data(register, meeting, conclusion),
        as_json(codec.lineage_out(conclusion, lambda word: _name(register, meeting, word))),
    )


def data(register: Register, meeting: Meeting, conclusion: Conclusion) -> str:
    """Return what a list needs of a conclusion's words and mandates."""
    return as_json(codec.conclusion_out(conclusion, lambda word: _name(register, meeting, word)))


def bound(register: Register, meeting: Meeting, conclusion: Conclusion) -> set[str]:
    """Return every party that owes or supports, and whoever ever holds an office that does."""
    found: set[str] = set()
    parties = register.directory.by_code
    for mandate in conclusion.mandates:
        owing = mandate.responsible and register.owing(mandate.responsible, meeting)
        codes = {code for codes in owing or () for code in codes}
        codes |= {word.text for word in mandate.support}
        for code in codes:
            terms = parties[code].terms if code in parties else ()
            found.update((code, *(term.holder.text for term in terms)))
    return found


def outline(meeting: Meeting) -> str:
    """Return a digest of all in a meeting on which anything outside of it may depend.

    Two states of it with the same outline differ in words, or in what single mandates say of
    themselves: who owes, by when, how strongly.
    """
    adopted = None
    if meeting.conclusions is not None:
        adopted = [
            [
                conclusion.number,
                [[word.text for word in mandate.after] for mandate in conclusion.mandates],
                [word.text for word in conclusion.follows],
                codec.lineage_out(conclusion, lambda word: word.text),
            ]
            for conclusion in meeting.conclusions
        ]
    return sha256(
        as_json(
            [
                *(meeting.id, meeting.body and meeting.body.text),
                *(codec.number_of(meeting.start), codec.number_of(meeting.end)),
                meeting.country and meeting.country.text,
                [
                    [word.text for word in group]
                    for group in (meeting.participants, meeting.observers)
                ],
                adopted,
            ]
        ).encode()
    ).hexdigest()


def entry_row(entry: Entry, reference: str, place: int, conclusion: int) -> tuple[object, ...]:
    """Return what is kept of an entry: its place among all, and that of its conclusion."""
    return (
        *(place, conclusion, entry.party, reference, entry.day.toordinal(), entry.progress),
        entry.occurrence.text if entry.occurrence else None,
    )


def as_json(value: object) -> str:
    """Return a value as JSON of few bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _deadlines(
    register: Register, lineage: Lineage, meeting: Meeting, conclusion: Conclusion
) -> Iterator[date | None]:
    """Yield every day on which a conclusion's mandates fall due or ever did."""
    calendar = register.calendar
    for mandate in conclusion.mandates:
        yield deadline(mandate.due, meeting, calendar)
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        for move in lineage.moves.get(address, ()):
            yield deadline(move.due, move.meeting, calendar)


def _name(register: Register, meeting: Meeting, word: Written) -> str:
    return str(register.refer(word.text, meeting.id) or word.text)
