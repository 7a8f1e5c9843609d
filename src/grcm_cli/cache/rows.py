"""The rows of a list, straight from what was kept of each task: no mandate is made again."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from grcm_cli.cache.spells import COMPUTED, UNTIL_HORIZON
from grcm_cli.domain.query import Query
from grcm_cli.domain.task import SOON
from grcm_cli.language.text import LANGUAGES

_STATE = """
ifnull(settled, CASE WHEN by < :day THEN 'overdue'
                     WHEN by - :day <= :soon THEN 'due-soon' ELSE 'upcoming' END)
"""
_DAYS = "CASE WHEN settled IS NULL THEN by - :day END"
_DUE = "ifnull(due, deadline)"
_PROGRESS = "ifnull(progress, 'unknown')"
_PLAIN = f"ref, party, deadline, {_STATE}, {_DAYS}, {_DUE}, {{action}}"
_WHOLE = f"{_PLAIN}, holders, kind, {_PROGRESS}, by, spell.rank"
_ACTION = {language: f"ifnull(action_{language}, action)" for language in LANGUAGES}


Values = tuple[Any, ...]
"""The values of a row, in its order, or the first of them: less cost where there are many."""


class Row(NamedTuple):
    """What a list says of a task, and by what it is sorted."""

    ref: str
    party: str | None
    """The codes of those who owe it, joined by `+`."""
    deadline: str | None
    state: str
    days: int | None
    due: str | None
    action: str
    holders: str
    """The codes of those who hold an office among them, joined by `+`."""
    kind: str
    progress: str
    by: int
    """The deadline as a number; of what has none, the last day of the calendar."""
    rank: int


class Rows:
    """The rows of the tasks that match a query, in order; none of what is to be computed.

    They say of each what `select` and a view say of the task itself.
    """

    def __init__(self, base: sqlite3.Connection, query: Query, as_of: date, language: str) -> None:
        """Take what is asked; nothing is read yet."""
        self.base, self.action = base, _ACTION[language]
        self.values: dict[str, object] = {"day": as_of.toordinal(), "soon": SOON}
        said = ["starts <= :day", "ends > :day"]  # where it is computed, no spell lasts so long
        if not query.closed:
            said.append("is_open")
        if query.unassigned:
            said.append("party IS NULL")
        said += _falls(query, self.values)
        for column, name in (("body", query.body), ("id", query.meeting)):
            if name is not None:
                self.values[column] = name
                said.append(f"meeting IN (SELECT place FROM meeting WHERE {column} = :{column})")  # noqa: S608 - two names of ours
        if query.party is not None:
            self.values["party"] = f"+{query.party}+"
            said.append("instr('+' || ifnull(party, '') || '+' || holders || '+', :party)")
        self.where = " AND ".join(said)

    def plain(self) -> list[Values]:
        """Return what the format `plain` prints of each."""
        return self._read(_PLAIN)

    def whole(self) -> list[Values]:
        """Return all of each."""
        return self._read(_WHOLE)

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._read("ref", "LIMIT 1"))

    def _read(self, columns: str, end: str = "") -> list[Values]:
        text = (
            f"SELECT {columns} FROM spell JOIN duty ON duty.place = spell.duty"  # noqa: S608 - texts of ours; what is asked comes as values
            f" WHERE {self.where} ORDER BY by, spell.rank, nth {end}"
        )
        return self.base.execute(text.format(action=self.action), self.values).fetchall()


def _falls(query: Query, values: dict[str, object]) -> Sequence[str]:
    """Return what must hold of a deadline, and add its values."""
    late = "settled IS NULL AND by < :day"
    if query.late:
        return [late]
    said = ["deadline IS NOT NULL"] if query.is_dated else []
    if query.before is not None:
        values["before"] = query.before.toordinal()
        said.append("by <= :before")
    if query.after is not None:
        values["after"] = query.after.toordinal()
        said.append(f"(by >= :after OR {late})")
    return said


def ranks_of_computed(base: sqlite3.Connection, *, is_beyond: bool) -> dict[str, int]:
    """Return the mandates that no row is kept of, each with its rank among those of its deadline.

    `is_beyond`: on a day beyond the horizon.
    """
    least = UNTIL_HORIZON if is_beyond else COMPUTED
    found = base.execute("SELECT ref, rank FROM duty WHERE kept > 0 AND kept >= ?", (least,))
    return dict(found.fetchall())
