"""Kept facts, amended: reports added, conclusions summed up anew, and all of it as bytes again."""

import json
from collections.abc import Collection, Iterable
from datetime import date

from grcm_cli.cache.recall import Facts
from grcm_cli.cache.spells import TooManyError, say_again
from grcm_cli.cache.summary import INSERT_ENTRY, Summary, entry_row
from grcm_cli.domain.model import Entry
from grcm_cli.domain.register import Register
from grcm_cli.domain.tasks import tasks

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
    row = entry_row(entry, str(reference), start if last is None else last + 1, place)
    facts.base.execute(INSERT_ENTRY, row)
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


def worked_out(facts: Facts, part: Register, places: Collection[int]) -> bool:
    """Put what comes of amended conclusions in the place of what came; tell whether it can be kept.

    `part` has them, and all that was said of them.
    """
    ever = tasks(part, date.max)
    if any(task.state == "?" for task in ever):
        return False
    _close(facts, places, {str(task.reference).partition("#")[0] for task in ever if task.is_open})
    try:
        say_again(facts.base, part, places, facts.horizon)
    except TooManyError:
        return False
    return True


def _close(facts: Facts, places: Iterable[int], still_open: Collection[str]) -> None:
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
