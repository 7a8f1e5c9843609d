"""A mandate as a text lays it down, with the words that each of its values came from."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Mode = Literal["together", "members", "participants", "each", "nobody"]


class DraftDeadline(NamedTuple):
    """A deadline that a text sets: `due` as a file writes it, and its place in the text."""

    due: str
    start: int
    end: int
    sure: bool = True
    """False where something was inferred: a year, the body of a next meeting."""


class DraftResponsible(NamedTuple):
    """Who is bound, as `responsible` writes it."""

    mode: Mode
    codes: Sequence[str] = ()
    exceptions: Sequence[str] = ()
    words: str = ""
    note: str = ""
    sure: bool = True


class DraftMandate(NamedTuple):
    """One mandate of a conclusion."""

    action: str
    who: DraftResponsible
    kind: Literal["request", "encouragement"]
    verb_words: str
    support: Sequence[str] = ()
    due: DraftDeadline | None = None
    due_words: str = ""
    after: bool = False
    """It waits for the duty before it."""
