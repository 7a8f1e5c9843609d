"""Spells: from which day until which a task stands unchanged, and what a list then says of it.

What only the calendar decides (late, soon, in how many days) is no part of a spell; a query finds
it for its own day. What comes back has another row with every occurrence: it has spells until a
horizon, and from there on, or where it comes back often, it is computed whenever it is asked for.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, Mandate, Meeting, Reference
from grcm_cli.domain.recurrence import Series
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import BY_DEADLINE, Task
from grcm_cli.domain.tasks import Day, Record, owing_tasks
from grcm_cli.language.text import LANGUAGES, natural_key

FOR_EVER = date.max.toordinal() + 1
"""The end of a spell without an end."""
KEPT, UNTIL_HORIZON, COMPUTED = 0, 1, 2
"""Whether a mandate's spells hold for all days, until the horizon, or there are none."""
_MOST = 40
"""Days a mandate, on average, on which it may turn: more of them cost more than they save."""
_OFTEN = 60
"""Occurrences until the horizon: what comes back more often is computed."""
_ROOM = 100
"""More than the tasks that one party has of them on a day."""

_INSERT_DUTY = "INSERT OR REPLACE INTO duty VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_SPELL = "INSERT INTO spell VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
Row = Sequence[object]
Where = tuple[Meeting, Conclusion, Mandate]


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

    def write(self, base: sqlite3.Connection, where: Where, place: Place) -> None:
        """Write a mandate with its spells; without any where it does not count.

        Raises TooManyError.
        """
        meeting, _conclusion, mandate = where
        kept, end, coming = KEPT, FOR_EVER, set[date]()
        series = Series.of(mandate, meeting, self.register.calendar)
        if series is not None:
            found = self._coming(series)
            kept, end = (COMPUTED if found is None else UNTIL_HORIZON), self.horizon.toordinal()
            coming = found or coming
        base.execute(_INSERT_DUTY, (*_duty(str(self.register.address(*where)), where, place), kept))
        if mandate.void is not None or kept == COMPUTED:
            return
        shared = coming | self._turns(where)
        for count, parties in enumerate(owing_tasks(self.register, meeting, mandate)):
            days = shared | self._turns_of(where, parties)
            self._left -= len(days)
            if self._left < 0:
                raise TooManyError
            begins = meeting.last_day or date.min
            in_time = sorted(day for day in days if begins <= day and day.toordinal() < end)
            for nth, starts, ends, row in self._standing(where, place, parties, in_time):
                if nth >= _ROOM:
                    raise TooManyError
                values = (row[0], row[1], count * _ROOM + nth, starts, min(ends, end), *row[2:])
                base.execute(_INSERT_SPELL, values)

    def _standing(
        self, where: Where, place: Place, parties: tuple[str, ...], days: Sequence[date]
    ) -> Iterator[tuple[int, int, int, Row]]:
        """Yield the spells of what parties owe, which may turn on these days alone.

        Of each, its place among them, the day from which and the day until which it stands.
        """
        open_ones: dict[int, tuple[int, Row]] = {}
        for day in days:
            tasks = self._on(day).tasks_owed_by([parties], *where)
            now = dict(enumerate(_row(task, place) for task in tasks))
            for nth, (start, row) in list(open_ones.items()):
                if now.get(nth) != row:
                    yield nth, start, day.toordinal(), row
                    del open_ones[nth]
            for nth, row in now.items():
                open_ones.setdefault(nth, (day.toordinal(), row))
        for nth, (start, row) in open_ones.items():
            yield nth, start, FOR_EVER, row

    def _on(self, day: date) -> Day:
        if day not in self._days:
            self._days[day] = self.record.on(day)
        return self._days[day]

    def _turns(self, where: Where) -> set[date]:
        """Return the days from which all tasks of a mandate may stand in another way.

        Those on which something comes back are not among them.
        """
        meeting, conclusion, mandate = where
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        lineage = self.record.lineage
        days = {meeting.last_day or date.min}
        days.update(move.day for move in lineage.moves.get(address, ()))
        if ending := lineage.endings.get(address):
            days.add(ending.day)
        return days

    def _turns_of(self, where: Where, parties: tuple[str, ...]) -> set[date]:
        """Return the days on which those who owe a task report, or an office of theirs changes."""
        meeting, conclusion, mandate = where
        address = Reference(meeting.id, conclusion.number, mandate.ordinal)
        known = [self.parties[code] for code in parties if code in self.parties]
        terms = [term for party in known for term in party.terms]
        speakers = {*parties, *(term.holder.text for term in terms)}
        days = self.record.reports.days(address, speakers)
        for term in terms:
            days.update((term.start, *_next(term.until)))
        return days

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
        # Left out where it says the same as another column, as for most.
        task.due if by is None or task.due != by.isoformat() else None,
        by.isoformat() if by else None,
        task.progress if task.progress != "unknown" else None,
    )


def _duty(reference: str, where: Where, place: Place) -> Row:
    """Return what a list says of a mandate on every day, in each language."""
    _meeting, conclusion, mandate = where
    said = mandate.action or conclusion.text
    text = next(iter(said.by_language.values()), "")
    shown = [said.shown(language) for language in LANGUAGES]
    return (
        *(place.duty, place.rank, place.conclusion, place.meeting),
        *(reference, mandate.kind, text),
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
        place = places.get(str(part.address(*where)))
        if place is not None:
            spells.write(base, where, place)


def ranks(references: Sequence[str]) -> list[int]:
    """Return the place of each reference in a list: by the numbers in it, then as they come."""
    order = sorted(range(len(references)), key=lambda index: natural_key(references[index]))
    found = [0] * len(references)
    for rank, index in enumerate(order):
        found[index] = rank
    return found
