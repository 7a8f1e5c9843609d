"""Walks through a register: its conclusions, texts, references, extensions and reports."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from grcm_cli.domain.model import (
    Conclusion,
    Entry,
    Extension,
    Location,
    Mandate,
    Meeting,
    PlacedWord,
    Reference,
    Text,
)
from grcm_cli.domain.register import Register


def each_conclusion(register: Register) -> Iterator[tuple[Meeting, Conclusion]]:
    """Yield every conclusion with its meeting, in the order of the files."""
    for meeting in register.meetings:
        for conclusion in meeting.conclusions or ():
            yield meeting, conclusion


def placed_texts(meeting: Meeting) -> Iterator[tuple[Text, Location]]:
    """Yield the texts of a meeting that may be in several languages, each with its place."""
    if meeting.title is not None:
        yield meeting.title, meeting.title_at or meeting.at
    for conclusion in meeting.conclusions or ():
        yield conclusion.text, conclusion.number_at
        for mandate in conclusion.mandates:
            if mandate.action is not None:
                yield mandate.action, mandate.at


def with_earlier(register: Register) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry below another of its file on the same task and day, and the nearest one."""
    last: dict[tuple[str, str, str | None, date], Entry] = {}
    for entry in register.entries:
        occurrence = entry.occurrence and entry.occurrence.text
        key = (entry.party, entry.mandate.text.removesuffix("#1"), occurrence, entry.day)
        if key in last:
            yield entry, last[key]
        last[key] = entry


# --- references -----------------------------------------------------------------------------

LinkKey = Literal["follows", "closes", "supersedes", "extends", "after"]


class ConclusionLink(NamedTuple):
    """A reference to an older conclusion or mandate, or to a mandate that is waited for."""

    key: LinkKey
    """Under which it is written."""
    word: PlacedWord
    target: Reference | None
    """None where the word is no reference."""
    meeting: Meeting
    conclusion: Conclusion
    mandate: Mandate | None = None
    """The one that waits, under `after`."""


def links(register: Register, *keys: LinkKey) -> Iterator[ConclusionLink]:
    """Yield the references under some keys, or under all; `after` comes last."""
    for meeting, conclusion in register.linking_conclusions:
        words: tuple[tuple[LinkKey, tuple[PlacedWord, ...]], ...] = (
            ("follows", conclusion.follows),
            ("closes", conclusion.closes),
            ("supersedes", conclusion.supersedes),
            ("extends", tuple(extension.mandate for extension in conclusion.extends)),
        )
        for key, under_key in words:
            for word in under_key if not keys or key in keys else ():
                target = register.parse_reference(word.text, meeting.id)
                yield ConclusionLink(key, word, target, meeting, conclusion)
    for meeting, conclusion, mandate in (
        register.waiting_mandates if not keys or "after" in keys else ()
    ):
        for word in mandate.after:
            target = register.parse_reference(word.text, meeting.id)
            yield ConclusionLink("after", word, target, meeting, conclusion, mandate)


class ExtendedMandate(NamedTuple):
    """An extension that names one mandate, with its address."""

    meeting: Meeting
    """The one whose conclusion extends it."""
    extension: Extension
    address: Reference
    mandate: Mandate


def extended_mandates(register: Register) -> Iterator[ExtendedMandate]:
    """Yield each extension of exactly one mandate."""
    for meeting, _conclusion, extension in register.each_extension():
        reference = register.parse_reference(extension.mandate.text, meeting.id)
        mandates = register.mandates(reference) if reference else ()
        if reference is not None and len(mandates) == 1:
            address = reference._replace(ordinal=mandates[0].ordinal)
            yield ExtendedMandate(meeting, extension, address, mandates[0])
