"""Kept facts, amended: reports added, conclusions summed up anew, and all of it as bytes again."""

import json
from collections.abc import Collection, Iterable

from grcm_cli.cache.recall import Facts
from grcm_cli.cache.summary import Summary
from grcm_cli.model import Entry

APART = 1_000_000_000
"""Between the first entries of two files: there is room behind each file's last one."""
_CLOSE = """
UPDATE conclusion SET closed = (
    SELECT max(day) FROM (
        SELECT day FROM entry WHERE conclusion = :place
        UNION SELECT adopted FROM conclusion WHERE place = :place
        UNION SELECT adopted FROM conclusion WHERE place IN (
            SELECT by FROM speaker WHERE conclusion = :place)))
WHERE place = :place
"""


def tell(facts: Facts, key: str, value: str) -> None:
    """Keep something else under a name."""
    facts.base.execute("UPDATE about SET value = ? WHERE key = ?", (value, key))


def serialized(facts: Facts) -> bytes:
    """Return the facts as they are now."""
    facts.base.execute("DROP TABLE IF EXISTS temp.chosen")
    heard = {code: day.toordinal() for code, day in facts.first_heard.items()}
    tell(facts, "heard", json.dumps(heard))
    facts.base.commit()
    return facts.base.serialize()


def add(facts: Facts, entry: Entry) -> int | None:
    """Add an entry behind its party's others; return its conclusion, or None where it has none.

    A party must have a file among those that were kept.
    """
    reference = facts.calendar().refer(entry.mandate.text)
    place = facts.place_of(reference.meeting, reference.number) if reference else None
    if place is None:
        return None
    files = json.loads(facts.about("speakers"))
    start = files.index(entry.party) * APART
    (last,) = facts.base.execute(
        "SELECT max(place) FROM entry WHERE place BETWEEN ? AND ?", (start, start + APART - 1)
    ).fetchone()
    facts.base.execute(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            start if last is None else last + 1,
            place,
            entry.party,
            str(reference),
            entry.day.toordinal(),
            entry.progress,
            entry.occurrence.text if entry.occurrence else None,
        ),
    )
    facts.first_heard[entry.party] = min(entry.day, facts.first_heard.get(entry.party, entry.day))
    return place


def sum_up(facts: Facts, place: int, found: Summary, bound: Iterable[str]) -> None:
    """Set by what a query finds a conclusion: its days, and whom it binds."""
    facts.base.execute(
        "UPDATE conclusion SET first = ?, last = ?, undated = ?, recurring = ? WHERE place = ?",
        (found.first, found.last, found.undated, found.recurring, place),
    )
    facts.base.execute("DELETE FROM bound WHERE conclusion = ?", (place,))
    rows = [(code, place) for code in bound]
    facts.base.executemany("INSERT INTO bound VALUES (?, ?)", rows)


def close(facts: Facts, places: Iterable[int], still_open: Collection[str]) -> None:
    """Set since when these conclusions leave nothing open; `still_open` names those that do."""
    for place in places:
        meeting, number, recurs = facts.base.execute(
            "SELECT id, number, recurring FROM conclusion"
            " JOIN meeting ON meeting.place = meeting"
            " WHERE conclusion.place = ?",
            (place,),
        ).fetchone()
        if recurs or f"{meeting}/{number}" in still_open:
            facts.base.execute("UPDATE conclusion SET closed = NULL WHERE place = ?", (place,))
        else:
            facts.base.execute(_CLOSE, {"place": place})
