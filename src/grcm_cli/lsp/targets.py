"""What a word of a file stands for: a party, a meeting, a conclusion or mandate, a deadline."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.domain.deadlines import meetings_of_deadline, parse_due
from grcm_cli.domain.model import (
    Before,
    Due,
    EveryMeeting,
    Location,
    Meeting,
    NextMeeting,
    Party,
    PlacedWord,
    Reference,
)
from grcm_cli.domain.register import Register
from grcm_cli.lsp.cursor import Cursor

_CODES = frozenset({"code", "codes", "responsible", "group"})
_WORD = re.compile(r"[A-Za-z0-9-]+")


class DueValue(NamedTuple):
    """A `due` of a meeting's file."""

    due: Due
    meeting: Meeting


Target = Party | Meeting | Reference | DueValue
"""What a word stands for; a reference names a conclusion or a mandate."""


def target_at(
    cursor: Cursor, register: Register, meeting: Meeting | None, index: int
) -> Target | None:
    """Return what the word at the cursor stands for; None where it stands for nothing known."""
    inside = meeting.id if meeting else None
    if cursor.party or cursor.kind in _CODES:
        return register.directory.by_code.get(cursor.party or cursor.word)
    match cursor.kind:
        case "reference" | "references":
            return _reference(register, cursor.word, inside)
        case "number" if meeting is not None:
            return Reference(meeting.id, cursor.word)
        case "id" | "occurrence":
            return register.calendar.by_id.get(cursor.word)
        case "due" if meeting is not None:
            return _of_due(cursor, register, meeting, index)
    return None


def _reference(register: Register, text: str, inside: str | None) -> Target | None:
    reference = register.parse_reference(text, inside)
    if reference is None:
        return None
    meeting = register.calendar.by_id.get(reference.meeting)
    return reference if reference.number is not None and meeting else meeting


def _of_due(cursor: Cursor, register: Register, meeting: Meeting, index: int) -> Target | None:
    """Return the body or the meeting of a deadline's word at an index, else the deadline."""
    for match in _WORD.finditer(cursor.word):
        if cursor.start + match.start() <= index <= cursor.start + match.end():
            known = register.directory.by_code.get(match[0])
            found = register.calendar.by_id.get(match[0]) or known
            if found is not None:
                return found
    due = parse_due(cursor.word)
    return DueValue(due, meeting) if due else None


def definitions(target: Target, register: Register) -> list[Location]:
    """Return where what a word stands for is defined."""
    match target:
        case Party() | Meeting():
            return [target.at]
        case DueValue(due, meeting):
            named = meetings_of_deadline(due, meeting, register.calendar)
            known = register.calendar.by_id
            return [known[name].at for name in sorted(named) if name in known]
        case Reference():
            return _definition_of_reference(target, register)


def _definition_of_reference(reference: Reference, register: Register) -> list[Location]:
    conclusion = register.conclusion(reference)
    if conclusion is None:
        meeting = register.calendar.by_id.get(reference.meeting)
        return [meeting.at] if meeting else []
    mandates = register.mandates(reference)
    if reference.ordinal is not None and len(mandates) == 1 and mandates[0].of_several:
        return [mandates[0].at]
    return [conclusion.number_at]


# --- where it is named ----------------------------------------------------------------------


def uses(target: Target, register: Register) -> Iterator[Location]:
    """Yield every place of the record at which a party, a meeting or a conclusion is named."""
    match target:
        case Party():
            yield from (at for _word, at in uses_of_party(target.code, register))
        case Meeting():
            yield from _uses_of_meeting(target, register)
        case Reference():
            for reference, at in _references(register):
                is_named = reference[:2] == target[:2]
                if is_named and target.ordinal in (None, reference.ordinal):
                    yield at


def uses_of_party(code: str, register: Register) -> Iterator[tuple[str, Location]]:
    """Yield the words in which a party's code is written, without its own key, and their places.

    A word is the code itself, or a `due` that ends with it.
    """
    for party in register.parties:
        for term in party.terms:
            if term.holder.text == code:
                yield code, term.holder.at
    for meeting in register.meetings:
        named = [meeting.body, meeting.country, *meeting.participants, *meeting.observers]
        yield from ((code, word.at) for word in named if word is not None and word.text == code)
    for _meeting, _conclusion, mandate in register.all_mandates:
        words = [*(mandate.responsible.codes if mandate.responsible else ()), *mandate.support]
        yield from ((code, word.at) for word in words if word.text == code)
    for _meeting, _conclusion, extension in register.each_extension():
        yield from ((code, word.at) for word in extension.parties if word.text == code)
    for _meeting, due, at in register.each_due():
        if _body(due) == code:
            yield code, at.of_last_word(due.written, code)


def _body(due: Due) -> str | None:
    match due:
        case (
            NextMeeting(body=body) | EveryMeeting(body=body) | Before(meeting=NextMeeting(_, body))
        ):
            return body
    return None


def _references(register: Register) -> Iterator[tuple[Reference, Location]]:
    """Yield every reference to a conclusion or mandate, with its place."""
    for inside, words in _reference_words(register):
        for word in words:
            reference = register.parse_reference(word.text, inside)
            if reference is not None:
                yield reference, word.at


def _reference_words(
    register: Register,
) -> Iterator[tuple[str | None, Sequence[PlacedWord]]]:
    """Yield the references of each part of a file, with the meeting in whose file they stand."""
    for meeting, conclusion in register.linking_conclusions:
        yield meeting.id, conclusion.lineage
    for meeting, _conclusion, mandate in register.waiting_mandates:
        yield meeting.id, mandate.after
    for entry in register.entries:
        yield None, (entry.mandate,)


def _uses_of_meeting(meeting: Meeting, register: Register) -> Iterator[Location]:
    yield from (at for reference, at in _references(register) if reference.meeting == meeting.id)
    for adopting, due, at in register.each_due():
        if meeting.id in meetings_of_deadline(due, adopting, register.calendar):
            yield at.of_last_word(due.written, meeting.id)
    for entry in register.entries:
        if entry.occurrence is not None and entry.occurrence.text == meeting.id:
            yield entry.occurrence.at
