"""Kept facts → the part of a register from which a query is answered."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from grcm_cli.cache import codec
from grcm_cli.domain.model import Conclusion, Entry, Meeting, Party, Process, Text, Written
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register, Spoken

_MEETINGS = "SELECT id, body, start, end, has_text FROM meeting ORDER BY place"
_OF_MEETING = "FROM conclusion WHERE meeting = (SELECT place FROM meeting WHERE id = ?)"


class Facts:
    """The facts of a data folder, in memory."""

    def __init__(self, payload: bytes | memoryview) -> None:
        """Take what `snapshot.facts` gave."""
        self.base = sqlite3.connect(":memory:")
        self.base.deserialize(payload)

    @cached_property
    def process(self) -> Process:
        """The process whose meetings are recorded."""
        code, names, languages = json.loads(self.about("process"))
        return Process(code, Text(dict(names)), tuple(languages))

    @cached_property
    def parties(self) -> Sequence[Party]:
        """Who takes part."""
        return [codec.party_in(row) for row in json.loads(self.about("parties"))]

    @cached_property
    def first_heard(self) -> dict[str, date]:
        """By party the day of its first report."""
        heard = json.loads(self.about("heard"))
        return {code: date.fromordinal(day) for code, day in heard.items()}

    @cached_property
    def _meetings(self) -> Sequence[Meeting]:
        return [_meeting(row) for row in self.base.execute(_MEETINGS)]

    def about(self, key: str) -> str:
        """Return what is kept under a name."""
        row: tuple[str] = self.base.execute(
            "SELECT value FROM about WHERE key = ?", (key,)
        ).fetchone()
        return row[0]

    def heard(self, code: str, as_of: date) -> bool:
        """Tell whether a party has reported anything until a day."""
        return code in self.first_heard and self.first_heard[code] <= as_of

    def calendar(self, known: Meeting | None = None) -> Register:
        """Return the register without any conclusion: who takes part, and all meetings.

        `known` is one of them with its conclusions.
        """
        meetings = [
            known if known is not None and known.id == meeting.id else meeting
            for meeting in self._meetings
        ]
        return Register(self.process, self.parties, meetings, Spoken(), frozenset())

    def outline(self, meeting: str) -> str | None:
        """Return the outline of a meeting by its id, or None where there is no such meeting."""
        row = self.base.execute("SELECT outline FROM meeting WHERE id = ?", (meeting,)).fetchone()
        return row[0] if row else None

    def said(self, meeting: str) -> dict[str, tuple[int, str]]:
        """Return the conclusions that are kept of a meeting: by number, the place and the data."""
        rows = self.base.execute(f"SELECT number, place, data {_OF_MEETING}", (meeting,))
        return {number: (place, data) for number, place, data in rows}

    def part(self, query: Query, as_of: date, *, undated: bool) -> Register:
        """Return a register whose tasks that match a query are those of the whole.

        It may have others. `undated` keeps what has no day, where the query asks for days.
        """
        return self.part_of(self._chosen(query, as_of, undated=undated))

    @cached_property
    def horizon(self) -> date:
        """The day until which rows are kept of what comes back."""
        return date.fromordinal(int(self.about("horizon")))

    def recurring(self, query: Query, as_of: date) -> Register:
        """Return a register of all that comes back and may match a query."""
        where, values = _where(query, as_of, undated=False)
        found = self.base.execute(
            f"SELECT place FROM conclusion WHERE recurring AND {where}",  # noqa: S608 - see _where
            values,
        ).fetchall()
        return self.part_of(self.with_awaited({place for (place,) in found}))

    def part_of(self, chosen: Iterable[int]) -> Register:
        """Return a register of these conclusions, with all that is said of them."""
        self.base.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (place INTEGER PRIMARY KEY)")
        self.base.execute("DELETE FROM chosen")
        self.base.executemany("INSERT INTO chosen VALUES (?)", [(place,) for place in chosen])
        found: dict[int, list[Conclusion]] = {}
        for meeting, conclusion in self._conclusions():
            found.setdefault(meeting, []).append(conclusion)
        meetings = [
            self._with(meeting, place, found[place]) if place in found else meeting
            for place, meeting in enumerate(self._meetings)
        ]
        spoken = Spoken(list(self._entries()))
        return Register(self.process, self.parties, meetings, spoken, frozenset())

    def _with(self, meeting: Meeting, place: int, conclusions: Sequence[Conclusion]) -> Meeting:
        """Return a meeting with conclusions, and with those who took part: each may bind them."""
        (codes,) = self.base.execute(
            "SELECT participants FROM meeting WHERE place = ?", (place,)
        ).fetchone()
        participants = tuple(Written(code, codec.NOWHERE) for code in json.loads(codes))
        return meeting._replace(participants=participants, conclusions=tuple(conclusions))

    def _chosen(self, query: Query, as_of: date, *, undated: bool) -> set[int]:
        """Return the conclusions that may be in the answer, with all on which these wait."""
        where, values = _where(query, as_of, undated=undated)
        rows = self.base.execute(f"SELECT place FROM conclusion WHERE {where}", values)  # noqa: S608 - see _where
        return self.with_awaited({place for (place,) in rows})

    def with_awaited(self, chosen: set[int]) -> set[int]:
        """Return conclusions with those on which they wait, and on which these wait in turn."""
        chosen = set(chosen)
        waiting = list(chosen)
        while waiting:
            place = waiting.pop()
            awaited = self.base.execute("SELECT awaited FROM awaits WHERE conclusion = ?", (place,))
            new = {other for (other,) in awaited} - chosen
            chosen |= new
            waiting += new
        return chosen

    def place_of(self, meeting: str, number: str | None) -> int | None:
        """Return the place of a conclusion by its meeting's id and its number, or None."""
        row = self.base.execute(
            f"SELECT place {_OF_MEETING} AND number = ?",
            (meeting, number),
        ).fetchone()
        return row[0] if row else None

    def _conclusions(self) -> Iterator[tuple[int, Conclusion]]:
        """Yield the chosen conclusions, and those that say anything of them, in their order."""
        rows = self.base.execute(
            "SELECT meeting, number, data, lineage, place IN chosen FROM conclusion WHERE place IN"
            " (SELECT place FROM chosen UNION"
            " SELECT by FROM speaker WHERE conclusion IN (SELECT place FROM chosen))"
            " ORDER BY place"
        )
        for meeting, number, data, lineage, is_chosen in rows:
            # One that only speaks of others lends its words, and none of its own mandates.
            own = json.loads(data) if is_chosen else ([], [])
            yield meeting, codec.conclusion_in(number, own, json.loads(lineage))

    def _entries(self) -> Iterator[Entry]:
        rows = self.base.execute(
            "SELECT party, mandate, day, progress, occurrence FROM entry"
            " WHERE conclusion IN (SELECT place FROM chosen) ORDER BY place"
        )
        for party, mandate, day, progress, occurrence in rows:
            yield Entry(
                party=party,
                mandate=Written(mandate, codec.NOWHERE),
                day=date.fromordinal(day),
                progress=progress,
                at=codec.NOWHERE,
                occurrence=Written(occurrence, codec.NOWHERE) if occurrence else None,
            )


def _where(query: Query, as_of: date, *, undated: bool) -> tuple[str, Sequence[object]]:
    """Return what must hold for a conclusion to have a task that matches, and its values.

    It may hold for others too; it never fails for one that matches.
    """
    day = as_of.toordinal()
    said: list[tuple[str, Sequence[object]]] = [
        ("adopted <= ?", [day]),
    ]
    if not query.closed:
        said.append(("(closed IS NULL OR closed > ?)", [day]))
    dated: list[tuple[str, Sequence[object]]] = []
    if query.late:
        dated.append(("first < ?", [day]))
    elif query.before is not None:
        dated.append(("first <= ?", [query.before.toordinal()]))
    if query.after is not None and not query.late:
        dated.append(("(last >= ? OR first < ?)", [query.after.toordinal(), day]))
    if dated:
        conditions = " AND ".join(condition for condition, _values in dated)
        kept = " OR undated" if undated else ""
        values = [value for _condition, own in dated for value in own]
        said.append((f"(({conditions}) OR recurring{kept})", values))
    for column, name in (("body", query.body), ("id", query.meeting)):
        if name is not None:
            of = f"meeting IN (SELECT place FROM meeting WHERE {column} = ?)"  # noqa: S608 - two names of ours
            said.append((of, [name]))
    if query.party is not None:
        said.append(("place IN (SELECT conclusion FROM bound WHERE code = ?)", [query.party]))
    where = " AND ".join(condition for condition, _values in said)
    return where, [value for _condition, own in said for value in own]


def _meeting(row: codec.Json) -> Meeting:
    name, body, start, end, has_text = row
    return Meeting(
        id=name,
        body=Written(body, codec.NOWHERE) if body is not None else None,
        start=codec.day_of(start),
        end=codec.day_of(end),
        at=codec.NOWHERE,
        end_at=codec.NOWHERE,
        conclusions=() if has_text else None,
    )
