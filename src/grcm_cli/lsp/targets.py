"""What a word of a file stands for: a party, a topic, a meeting, a mandate, a deadline."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from grcm_cli.domain.due import Due
from grcm_cli.domain.due_grammar import parse_due
from grcm_cli.domain.model import Location, Meeting, Party, Reference, Theme
from grcm_cli.domain.register import Register, each_conclusion
from grcm_cli.lookups.edits import placed_references, uses_of_party
from grcm_cli.lsp.cursor import Cursor

_CODES = frozenset({"code", "codes", "responsible", "group", "members"})
_WORD = re.compile(r"[A-Za-z0-9-]+")


class DueValue(NamedTuple):
    """A `due` of a meeting's file."""

    due: Due
    meeting: Meeting


Target = Party | Theme | Meeting | Reference | DueValue
"""What a word stands for; a reference names a conclusion or a mandate."""


def target_at(
    cursor: Cursor, register: Register, meeting: Meeting | None, index: int
) -> Target | None:
    """Return what the word at the cursor stands for; None where it stands for nothing known."""
    meetings = register.calendar.by_id
    if cursor.is_theme:
        return register.themes.get(cursor.party or cursor.word)
    if cursor.party or cursor.kind in _CODES:
        return register.directory.by_code.get(cursor.party or cursor.word)
    match cursor.kind:
        case "reference" | "references":
            reference = register.parse_reference(cursor.word, meeting.id if meeting else None)
            named = meetings.get(reference.meeting) if reference else None
            return reference if reference and reference.number is not None and named else named
        case "number" if meeting is not None:
            return Reference(meeting.id, cursor.word)
        case "id" | "occurrence":
            return meetings.get(cursor.word)
        case "due" if meeting is not None:
            return _of_due(cursor, register, meeting, index)
    return None


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
    meetings = register.calendar.by_id
    match target:
        case Party() | Theme() | Meeting():
            return [target.at]
        case DueValue(due, meeting):
            named = due.meetings(meeting, register.calendar)
            return [meetings[name].at for name in sorted(named) if name in meetings]
        case Reference():
            conclusion, mandates = register.conclusion(target), register.mandates(target)
            if conclusion is None:
                return [meetings[target.meeting].at] if target.meeting in meetings else []
            if target.ordinal is not None and len(mandates) == 1 and mandates[0].of_several:
                return [mandates[0].at]
            return [conclusion.number_at]


# --- where it is named ----------------------------------------------------------------------


def uses(target: Target, register: Register) -> Iterator[Location]:
    """Yield every place of the record at which what a word stands for is named."""
    match target:
        case Party():
            words = uses_of_party(target.code, register)
            yield from (word.at.of_last_word(word.text, target.code) for word in words)
        case Theme():
            for _meeting, conclusion in each_conclusion(register):
                yield from (word.at for word in conclusion.themes if word.text == target.code)
        case Meeting():
            yield from _uses_of_meeting(target, register)
        case Reference():
            for named, word in placed_references(register):
                if named[:2] == target[:2] and target.ordinal in (None, named.ordinal):
                    yield word.at


def _uses_of_meeting(meeting: Meeting, register: Register) -> Iterator[Location]:
    for named, word in placed_references(register):
        if named.meeting == meeting.id:
            yield word.at
    for adopting, due, at in register.each_due():
        if meeting.id in due.meetings(adopting, register.calendar):
            yield at.of_last_word(due.written, meeting.id)
    for entry in register.entries:
        if entry.occurrence is not None and entry.occurrence.text == meeting.id:
            yield entry.occurrence.at
