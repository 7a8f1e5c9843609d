"""References from conclusions and mandates to others, as the files of meetings write them."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from grcm_cli.domain.model import Conclusion, Extension, Mandate, Meeting, PlacedWord, Reference
from grcm_cli.domain.register import Register

LinkKey = Literal["follows", "closes", "supersedes", "extends", "after"]


class Link(NamedTuple):
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


def links(register: Register, *keys: LinkKey) -> Iterator[Link]:
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
                yield Link(key, word, target, meeting, conclusion)
    for meeting, conclusion, mandate in (
        register.waiting_mandates if not keys or "after" in keys else ()
    ):
        for word in mandate.after:
            target = register.parse_reference(word.text, meeting.id)
            yield Link("after", word, target, meeting, conclusion, mandate)


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
