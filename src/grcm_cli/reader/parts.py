"""Values by key → the parts of meetings and of progress, whichever way the values were read.

Those of which a folder has most are made without their fields' names, in the order of `model`:
with the names, they take twice as long. `tests/reading` has each value in its place.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from grcm_cli.domain.model import (
    Conclusion,
    Entry,
    Extension,
    Location,
    Mandate,
    Meeting,
    Text,
    Unclear,
    Written,
)

Got = Mapping[str, Any]
"""The values of a mapping by key; a key with an error is there as None."""


def meeting(
    got: Got, stem: str, at: Location, end_at: Location, conclusions: tuple[Conclusion, ...] | None
) -> Meeting:
    """Return a meeting; its file's name, the stem, serves for an id that has an error."""
    return Meeting(
        id=got.get("id") or stem,
        body=got.get("body"),
        start=got.get("start"),
        end=got.get("end"),
        at=at,
        end_at=end_at,
        title=got.get("title"),
        place=got.get("place"),
        country=got.get("country"),
        language=got.get("language"),
        participants=got.get("participants") or (),
        observers=got.get("observers") or (),
        source=got.get("source"),
        conclusions=conclusions,
    )


def conclusion(
    got: Got, at: Location, mandates: Iterable[Mandate], extends: Iterable[Extension]
) -> Conclusion:
    """Return a conclusion that lays these mandates on somebody, and moves these deadlines."""
    number: Written = got.get("number") or Written("?", at)
    return Conclusion(
        number.text,
        got.get("text") or Text({"": ""}),
        at,
        number.at,
        got.get("acts") or (),
        tuple(mandates),
        got.get("follows") or (),
        got.get("supersedes") or (),
        got.get("closes") or (),
        tuple(extends),
        got.get("documents") or (),
        got.get("note"),
    )


def mandate(got: Got, at: Location, index: int = 1, of: int = 1, *, faulty: bool) -> Mandate:
    """Return a mandate, which is one of so many of its conclusion."""
    due, due_at = got.get("due") or (Unclear("") if "due" in got else None, at)
    responsible, whole = got.get("responsible") or (None, "responsible" not in got)
    return Mandate(
        index,
        of > 1,  # of several
        got.get("action"),
        responsible,
        due,
        at,
        due_at,
        got.get("support") or (),
        got["kind"].text if got.get("kind") else "request",
        got.get("after") or (),
        got.get("note"),
        got.get("void"),
        faulty,
        not whole,  # whom it binds is open
        got.get("until"),
    )


def entry(got: Got, party: str, at: Location) -> Entry:
    """Return what a party reported; mandate, date and progress are there."""
    return Entry(
        party,
        got["mandate"],
        got["date"],
        got["progress"].text,
        at,
        got.get("evidence"),
        got.get("note"),
        got.get("for"),
    )
