"""A duty as a text lays it down, with the words that each of its values came from."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from grcm_cli.drafting.dates.said import Said

Mode = Literal["together", "members", "participants", "each", "nobody"]


class Who(NamedTuple):
    """Who is bound, as `responsible` writes it."""

    mode: Mode
    codes: Sequence[str] = ()
    exceptions: Sequence[str] = ()
    words: str = ""
    note: str = ""
    sure: bool = True


class Duty(NamedTuple):
    """One mandate, with the words that each of its values came from."""

    action: str
    who: Who
    kind: Literal["request", "encouragement"]
    verb_words: str
    support: Sequence[str] = ()
    due: Said | None = None
    due_words: str = ""
    after: bool = False
    """It waits for the duty before it."""
