"""Spells: from which day until which a task stands unchanged, and what a list then says of it.

What only the calendar decides (late, soon, in how many days) is no part of a spell; a query finds
it for its own day. What comes back has another row with every occurrence: it has spells until a
horizon, and from there on, or where it comes back often, it is computed whenever it is asked for.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.model import Conclusion, Mandate, Meeting, Reference
from grcm_cli.occurrences import Series
from grcm_cli.register import Register
from grcm_cli.task import BY_DEADLINE, Task
from grcm_cli.tasks import Day, Record
from grcm_cli.text import LANGUAGES, natural_key

FOR_EVER = date.max.toordinal() + 1
"""The end of a spell without an end."""
KEPT, UNTIL_HORIZON, COMPUTED = 0, 1, 2
"""Whether a mandate's spells hold for all days, until the horizon, or there are none."""
_MOST = 40
"""Days a mandate, on average, on which it may turn: more of them cost more than they save."""
_OFTEN = 60
"""Occurrences until the horizon: what comes back more often is computed."""

_INSERT_DUTY = "INSERT OR REPLACE INTO duty VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_SPELL = "INSERT INTO spell VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
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

    def __init__(self, register: Register, horizon: date) -> None:
        """Take a register, and the day until which what comes back is worked out."""
        self.register, self.horizon = register, horizon
        self.record = Record(register)
        self.parties = register.directory.by_code
        self._days: dict[date, Day] = {}
        self._left = 1000 + _MOST * len(register.each_mandate())

    def write(
        self,
        base: sqlite3.Connection,
        where: tuple[Meeting, Conclusion, Mandate],
        place: Place,
    ) -> None:
        """Write a mandate with its spells; without any where it does not count.

        Raises TooManyError.
        """
        meeting, _conclusion, mandate = where
        kept, end = KEPT, FOR_EVER
        turns = self._turns(*where) if mandate.void is None else set()
        series = Series.of(mandate, meeting, self.register.calendar)
        if series is not None:
            coming = self._coming(series)
            kept, end = UNTIL_HORIZON, self.horizon.toordinal()
            if coming is None:
                kept, turns = COMPUTED, set()
            elif turns:
                turns |= coming
        base.execute(_INSERT_DUTY, (*_duty(*where, place), kept))
        days = [day for day in sorted(turns) if day.toordinal() < end]
        base.executemany(_INSERT_SPELL, self._standing(where, place, days, end))

    def _standing(
        self,
        where: tuple[Meeting, Conclusion, Mandate],
        place: Place,
        days: Sequence[date],
        end: int,
    ) -> Iterator[Row]:
        """Yield the spells of a mandate's tasks, which may turn on these days alone."""
        open_ones: dict[int, tuple[int, Row]] = {}
        for day in days:
            tasks = self._on(day).tasks_of(*where)
            now = dict(enumerate(_row(task, place) for task in tasks))
            for nth, (start, row) in list(open_ones.items()):
                if now.get(nth) != row:
                    yield _spell(row, nth, start, day.toordinal())
                    del open_ones[nth]
            for nth, row in now.items():
                open_ones.setdefault(nth, (day.toordinal(), row))
        for nth, (start, row) in open_ones.items():
            yield _spell(row, nth, start, end)

    def _on(self, day: date) -> Day:
        if day not in self._days:
            self._days[day] = self.record.on(day)
        return self._days[day]

    def _turns(self, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> set[date]:
        """Return the days from which a mandate's tasks may stand in another way, with the first.

        Those on which something comes back are not among them.
        """
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
                days.update((term.start, *_next(term.until)))
        self._left -= len(days)
        if self._left < 0:
            raise TooManyError
        return {day for day in days if day >= begins}

    def _coming(self, series: Series) -> set[date] | None:
        """Return the days until the horizon from which an occurrence is late; None for too many."""
        days = set(_next(series.until))
        for place in range(1, _OFTEN + 1):
            found = series.nth(place)
            if found is None or found.deadline is None or found.deadline >= self.horizon:
                return days
            days.update(_next(found.deadline))
        return None


def _next(day: date | None) -> tuple[date, ...]:
    """Return the following day, if there is one."""
    return (day + timedelta(days=1),) if day is not None and day < date.max else ()


def _row(task: Task, place: Place) -> Row:
    """Return what a spell says of a task, from its sorting to what was last reported."""
    by = task.deadline
    return (
        by.toordinal() if by else date.max.toordinal(),
        place.rank,
        place.duty,
        None if task.state in BY_DEADLINE else task.state,
        task.is_open,
        "+".join(task.parties) or None,
        "+".join(holder for held in task.holders.values() for holder in held),
        task.due,
        by.isoformat() if by else None,
        task.progress,
    )


def _spell(row: Row, nth: int, starts: int, ends: int) -> Row:
    by, rank, *rest = row
    return (by, rank, nth, starts, ends, *rest)


def _duty(meeting: Meeting, conclusion: Conclusion, mandate: Mandate, place: Place) -> Row:
    """Return what a list says of a mandate on every day, in each language."""
    said = mandate.action or conclusion.text
    text = next(iter(said.by_language.values()), "")
    shown = [said.shown(language) for language in LANGUAGES]
    return (
        *(place.duty, place.rank, place.conclusion, place.meeting),
        *(reference(meeting, conclusion, mandate), mandate.kind, text),
        *(own if own != text else None for own in shown),
    )


def say_again(
    base: sqlite3.Connection, part: Register, conclusions: Collection[int], horizon: date
) -> None:
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
    spells = Spells(part, horizon)
    for where in part.each_mandate():
        place = places.get(reference(*where))
        if place is not None:
            spells.write(base, where, place)


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
