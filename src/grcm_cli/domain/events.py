"""An event: one thing that became of a duty, as all lists of changes and histories tell it.

`changes`, the site's pages and its feeds tell of tasks between two days; `diff` of mandates between
two states of the files; `log` of what the files say of a mandate, line by line.
"""

from datetime import date
from typing import Generic, NamedTuple, TypeVar

from grcm_cli.domain.model import Entry, Reference

EventKind = TypeVar("EventKind", bound=str)
Side = TypeVar("Side")


class PassedOffice(NamedTuple):
    """An office that passed from one holder to another; None where it is vacant."""

    office: str
    before: str | None
    after: str | None


class Event(NamedTuple, Generic[EventKind, Side]):
    """One thing that became of a duty."""

    kind: EventKind
    reference: Reference
    """The mandate; of a text that lays none down, the conclusion."""
    day: date
    """The day from which it counts; `date.min` where none is known, as between two states."""
    after: Side
    """The duty as it became."""
    before: Side | None = None
    """As it was; None for what is new."""
    by: Reference | None = None
    """The later conclusion that caused it."""
    reports: tuple[Entry, ...] = ()
    """Those that it is about."""
    parts: tuple[str, ...] = ()
    """Of what was rewritten: the keys."""
    later: int = 0
    """Of what became late: so many later occurrences did too, which lists do not show."""
    passed: PassedOffice | None = None
    """Of an office that has another holder."""
