"""Spells: from which day until which a task stands unchanged, and what a list then says of it.

What only the calendar decides (late, soon, in how many days) is no part of a spell; a query finds
it for its own day. What comes back has a new row with every occurrence: it has no spells, and is
computed whenever it is asked for.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.model import Conclusion, Mandate, Meeting, Reference
from grcm_cli.occurrences import is_recurring
from grcm_cli.register import Register
from grcm_cli.task import BY_DEADLINE, Task
from grcm_cli.tasks import Day, Record
from grcm_cli.text import LANGUAGES, natural_key

FOR_EVER = date.max.toordinal() + 1
"""The end of a spell without an end, and the deadline by which what has none is sorted."""
_MOST = 40
"""Days a mandate, on average, on which it may turn: more of them cost more than they save."""

INSERT_DUTY = "INSERT OR REPLACE INTO duty VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_SPELL = "INSERT INTO spell VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
Row = Sequence[object]


class Place(NamedTuple):
    """Where a mandate stands: the rows of itself, its conclusion and meeting, and its rank."""

    duty: int
    conclusion: int
    meeting: int
    rank: int
    """Its place in a list of one day: by the numbers in its reference, then as in the files."""


class TooManyError(Exception):
    """So many turns that nothing would be gained by keeping what holds between them."""


class Spells:
    """The spells of a register's tasks."""

    def __init__(self, register: Register) -> None:
        """Take a register."""
        self.register = register
        self.record = Record(register)
        self.parties = register.directory.by_code
        self._days: dict[date, Day] = {}
        self._left = 1000 + _MOST * len(register.each_mandate())

    def of(
        self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate, place: Place
    ) -> Iterator[Row]:
        """Yield a mandate's spells; none for one that does not count, or that comes back.

        Raises TooManyError.
        """
        if mandate.void is not None or is_recurring(mandate.due):
            return
        standing: list[tuple[int, Row]] = []
        for day in self._turns(meeting, conclusion, mandate):
            tasks = self._on(day).tasks_of(meeting, conclusion, mandate)
            for index, row in enumerate(_row(task, place, nth) for nth, task in enumerate(tasks)):
                if index == len(standing):
                    standing.append((day.toordinal(), row))
                elif standing[index][1] != row:
                    start, before = standing[index]
                    yield (*before[:3], start, day.toordinal(), *before[3:])
                    standing[index] = (day.toordinal(), row)
        for start, row in standing:
            yield (*row[:3], start, FOR_EVER, *row[3:])

    def _on(self, day: date) -> Day:
        if day not in self._days:
            self._days[day] = self.record.on(day)
        return self._days[day]

    def _turns(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> list[date]:
        """Return the days from which a mandate's tasks may stand in another way, from the first."""
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        begins = meeting.last_day or date.min
        lineage = self.record.lineage
        days = {begins, *self.record.reports.days(address)}
        days.update(move.day for move in lineage.moves.get(address, ()))
        if ending := lineage.endings.get(address):
            days.add(ending.day)
        owing = mandate.responsible and self.register.owing(mandate.responsible, meeting)
        for code in {code for codes in owing or () for code in codes}:
            for term in self.parties[code].terms if code in self.parties else ():
                days.add(term.start)
                if term.until is not None and term.until < date.max:
                    days.add(term.until + timedelta(days=1))
        self._left -= len(days)
        if self._left < 0:
            raise TooManyError
        return sorted(day for day in days if day >= begins)


def _row(task: Task, place: Place, nth: int) -> Row:
    """Return what a spell says of a task, from its sorting to what was last reported."""
    by = task.deadline
    return (
        by.toordinal() if by else date.max.toordinal(),
        place.rank,
        nth,
        place.duty,
        None if task.state in BY_DEADLINE else task.state,
        task.is_open,
        "+".join(task.parties) or None,
        "+".join(holder for held in task.holders.values() for holder in held),
        task.due,
        by.isoformat() if by else None,
        task.progress,
    )


def say_again(base: sqlite3.Connection, part: Register, conclusions: Collection[int]) -> None:
    """Put what holds now of mandates in the place of what held. Raises TooManyError.

    `part` has these conclusions, and all that was said of them.
    """
    marks = ",".join("?" * len(conclusions))
    found = base.execute(
        f"SELECT ref, place, conclusion, meeting, rank FROM duty WHERE conclusion IN ({marks})",  # noqa: S608 - marks alone
        tuple(conclusions),
    )
    places = {ref: Place(*place) for ref, *place in found}
    gone = ",".join("?" * len(places))
    base.execute(
        f"DELETE FROM spell WHERE duty IN ({gone})",  # noqa: S608 - as above
        [place.duty for place in places.values()],
    )
    spells = Spells(part)
    for meeting, conclusion, mandate in part.each_mandate():
        place = places.get(reference(meeting, conclusion, mandate))
        if place is not None:
            duty = duty_row(meeting, conclusion, mandate, place)
            base.execute(INSERT_DUTY, duty)
            base.executemany(INSERT_SPELL, spells.of(meeting, conclusion, mandate, place))


def duty_row(meeting: Meeting, conclusion: Conclusion, mandate: Mandate, place: Place) -> Row:
    """Return what a list says of a mandate on every day, in each language."""
    said = mandate.action or conclusion.text
    text = next(iter(said.by_language.values()), "")
    shown = [said.shown(language) for language in LANGUAGES]
    return (
        *(place.duty, place.rank, place.conclusion, place.meeting),
        *(reference(meeting, conclusion, mandate), mandate.kind),
        text,
        *(own if own != text else None for own in shown),
    )


def reference(meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> str:
    """Return the shortest reference to a mandate: with `#` only where there are several."""
    index = mandate.ordinal if mandate.of_several else None
    return str(Reference(meeting.id, conclusion.number, index))


def ranks(references: Sequence[str]) -> list[int]:
    """Return the place of each reference in a list: by the numbers in it, then as they come."""
    order = sorted(range(len(references)), key=lambda index: natural_key(references[index]))
    found = [0] * len(references)
    for rank, index in enumerate(order):
        found[index] = rank
    return found
