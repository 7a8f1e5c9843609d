"""A register → the bytes that are kept: a sealed SQLite database of facts."""

import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from hashlib import blake2b, sha256
from typing import NamedTuple

from grcm_cli import __version__
from grcm_cli.cache import codec
from grcm_cli.cache.amend import APART
from grcm_cli.cache.fingerprint import Stamp
from grcm_cli.cache.spells import Place, Spells, TooManyError, ranks
from grcm_cli.cache.summary import INSERT_ENTRY, as_json, bound, entry_row, outline, summary
from grcm_cli.domain.lineage import Lineage
from grcm_cli.domain.model import Conclusion, Meeting, Reference
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.domain.tasks import tasks

SCHEMA = 5
"""Another number for other tables, or for another meaning of a column."""
_PROGRAM = f"grcm {__version__} facts {SCHEMA} python {sys.version}\n".encode()
_SEAL = 32  # bytes, of SHA-256
_YEARS = 5
"""How long a list of a later day is answered at once, in which something comes back."""
TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE meeting (place INTEGER PRIMARY KEY, id TEXT, body TEXT, start INTEGER, end INTEGER,
    has_text INTEGER, participants TEXT, outline TEXT);
CREATE TABLE conclusion (place INTEGER PRIMARY KEY, meeting INTEGER, number TEXT, adopted INTEGER,
    first INTEGER, last INTEGER, undated INTEGER, recurring INTEGER, closed INTEGER,
    data TEXT, lineage TEXT);
CREATE TABLE speaker (conclusion INTEGER, by INTEGER);
CREATE TABLE awaits (conclusion INTEGER, awaited INTEGER);
CREATE TABLE bound (code TEXT, conclusion INTEGER, PRIMARY KEY (code, conclusion)) WITHOUT ROWID;
CREATE TABLE entry (place INTEGER PRIMARY KEY, conclusion INTEGER, party TEXT, mandate TEXT,
    day INTEGER, progress TEXT, occurrence TEXT);
CREATE TABLE duty (place INTEGER PRIMARY KEY, rank INTEGER, conclusion INTEGER, meeting INTEGER,
    ref TEXT, kind TEXT, action TEXT, action_es TEXT, action_en TEXT,
    kept INTEGER);
CREATE TABLE spell (by INTEGER, rank INTEGER, nth INTEGER, starts INTEGER, ends INTEGER,
    duty INTEGER, settled TEXT, is_open INTEGER, party TEXT, holders TEXT, due TEXT,
    deadline TEXT, progress TEXT, PRIMARY KEY (by, rank, nth, starts)) WITHOUT ROWID;
CREATE INDEX conclusion_first ON conclusion (first);
CREATE INDEX conclusion_meeting ON conclusion (meeting);
CREATE INDEX speaker_conclusion ON speaker (conclusion);
CREATE INDEX awaits_conclusion ON awaits (conclusion);
CREATE INDEX entry_conclusion ON entry (conclusion);
CREATE INDEX duty_kept ON duty (kept) WHERE kept > 0;
CREATE INDEX duty_conclusion ON duty (conclusion);
"""
_CONCLUSION = "INSERT INTO conclusion VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


REFUSED = b"these are not kept"
"""In the place of facts: they would be made in vain again."""


def sealed(stamp: Stamp, payload: bytes) -> bytes:
    """Return facts under a seal that only the same program, files and bytes have."""
    return stamp.digest + _seal(stamp.digest, payload) + payload


class Unsealed(NamedTuple):
    """The digest of the stamp of the files, and their facts."""

    stamped: bytes
    payload: memoryview


def opened(kept: bytes) -> Unsealed | None:
    """Return what is under a seal; None where that is broken."""
    digest, seal = kept[:_SEAL], kept[_SEAL : 2 * _SEAL]
    payload = memoryview(kept)[2 * _SEAL :]  # not once more in memory
    return Unsealed(digest, payload) if payload and seal == _seal(digest, payload) else None


def _seal(stamped: bytes, payload: bytes | memoryview) -> bytes:
    digest = sha256(_PROGRAM)  # most processors have it built in
    digest.update(stamped)
    digest.update(payload)
    return digest.digest()


def facts(
    register: Register, files: Mapping[str, str], written: Mapping[str, bytes]
) -> bytes | None:
    """Return a register's facts; None for one whose lists these could not answer alike.

    That is one that has what lists mark with a `?`, or a number that reads as a full reference.
    `files` is what a stamp tells of each, `written` what stands in the files of progress.
    """
    ever = tasks(register, date.max)
    if any(task.state == "?" for task in ever) or _is_ambiguous(register):
        return None
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(TABLES)
        try:
            _Filled(register, ever, base).fill()
        except TooManyError:
            return None
        insert = "INSERT INTO about VALUES (?, ?)"
        base.executemany(
            insert, [("files", json.dumps(dict(files))), ("written", json.dumps(known(written)))]
        )
        base.commit()
        return base.serialize()


def known(written: Mapping[str, bytes]) -> dict[str, tuple[int, str]]:
    """Return by what a file is known whose beginning has not changed: its size and its digest."""
    return {name: (len(data), blake2b(data).hexdigest()) for name, data in written.items()}


def _is_ambiguous(register: Register) -> bool:
    """Tell whether a conclusion's own number begins like the address of another one."""
    known = register.calendar.by_id
    return any(
        "/" in conclusion.number and conclusion.number.partition("/")[0] in known
        for meeting in register.meetings
        for conclusion in meeting.conclusions or ()
    )


def _horizon(register: Register) -> date:
    """Return the day until which what comes back is worked out: some years after all others."""
    held = (meeting.last_day for meeting in register.meetings)
    newest = max((day for day in held if day), default=date.min)
    newest = max((newest, *(entry.day for entry in register.entries)))
    return date(min(newest.year + _YEARS, date.max.year), 1, 1)


class _Filled:
    """Fills the tables from a register."""

    def __init__(self, register: Register, ever: Sequence[Task], base: sqlite3.Connection) -> None:
        """Take all tasks as they will stand in the end."""
        self.register, self.base = register, base
        self.lineage = Lineage(register)
        self.open = {id(task.conclusion) for task in ever if task.is_open}
        self.rows: list[tuple[Meeting, Conclusion]] = [
            (meeting, conclusion)
            for meeting in register.meetings
            for conclusion in meeting.conclusions or ()
            if conclusion.mandates or conclusion.lineage
        ]
        self.places = {id(c): place for place, (_m, c) in enumerate(self.rows)}
        self.horizon = _horizon(register)
        self.meetings = {id(m): place for place, m in enumerate(register.meetings)}
        self.events: dict[int, list[date]] = {}
        """By a conclusion's place, the days on which anything was said of its mandates."""

    def fill(self) -> None:
        """Write all rows."""
        insert = self.base.executemany
        insert(INSERT_ENTRY, list(self._entries()))
        insert("INSERT INTO speaker VALUES (?, ?)", sorted(set(self._speakers())))
        insert("INSERT INTO awaits VALUES (?, ?)", sorted(set(self._awaits())))
        insert("INSERT INTO bound VALUES (?, ?)", list(self._bound()))
        insert("INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?, ?)", list(self._meetings()))
        insert(_CONCLUSION, list(self._conclusions()))
        self._fill_duties()
        insert("INSERT INTO about VALUES (?, ?)", list(self._about()))

    def _fill_duties(self) -> None:
        """Write the mandates with what holds of them from which day until which."""
        spells = Spells(self.register, self.horizon)
        found = [
            (place, self.meetings[id(meeting)], (meeting, conclusion, mandate))
            for place, (meeting, conclusion) in enumerate(self.rows)
            for mandate in conclusion.mandates
        ]
        ranked = ranks([str(self.register.address(*where)) for _place, _of, where in found])
        for count, (place, of, where) in enumerate(found):
            spells.write(self.base, where, Place(count, place, of, ranked[count]))

    def _about(self) -> Iterator[tuple[str, str]]:
        process = self.register.process
        names = list(process.name.by_language.items())
        heard: dict[str, int] = {}
        for entry in self.register.entries:
            day = entry.day.toordinal()
            heard[entry.party] = min(day, heard.get(entry.party, day))
        yield "process", as_json([process.code, names, process.languages])
        yield "parties", as_json([codec.party_out(party) for party in self.register.parties])
        yield "heard", as_json(heard)
        yield "horizon", str(self.horizon.toordinal())
        yield "speakers", as_json([word.text for word in self.register.speakers])

    def _meetings(self) -> Iterator[Sequence[object]]:
        for place, meeting in enumerate(self.register.meetings):
            yield (
                place,
                meeting.id,
                meeting.body.text if meeting.body else None,
                codec.number_of(meeting.start),
                codec.number_of(meeting.end),
                meeting.conclusions is not None,
                as_json([word.text for word in meeting.participants]),
                outline(meeting),
            )

    def _conclusions(self) -> Iterator[Sequence[object]]:
        for place, (meeting, conclusion) in enumerate(self.rows):
            found = summary(self.register, self.lineage, meeting, conclusion)
            # What comes back may be awaited for a time, and be over in the end.
            is_open = found.recurring or id(conclusion) in self.open
            events = [*self.events.get(place, ()), meeting.last_day or date.min]
            yield (
                place,
                self.meetings[id(meeting)],
                conclusion.number,
                codec.number_of(meeting.last_day),
                *found[:4],
                None if is_open else max(events).toordinal(),
                found.data,
                found.lineage,
            )

    def _entries(self) -> Iterator[Sequence[object]]:
        files = {word.text: number for number, word in enumerate(self.register.speakers)}
        for count, entry in enumerate(self.register.entries):
            number = files[entry.party] * APART + count
            reference = self.register.refer(entry.mandate.text)
            place = self._place(reference)
            if place is not None:
                self.events.setdefault(place, []).append(entry.day)
                yield entry_row(entry, str(reference), number, place)

    def _speakers(self) -> Iterator[tuple[int, int]]:
        for meeting, conclusion in self.rows:
            named = (*conclusion.supersedes, *conclusion.closes)
            for word in (*named, *(extension.mandate for extension in conclusion.extends)):
                place = self._place(self.register.refer(word.text, meeting.id))
                if place is not None:
                    self.events.setdefault(place, []).append(meeting.last_day or date.max)
                    yield place, self.places[id(conclusion)]

    def _awaits(self) -> Iterator[tuple[int, int]]:
        for meeting, conclusion in self.rows:
            for word in (word for mandate in conclusion.mandates for word in mandate.after):
                place = self._place(self.register.refer(word.text, meeting.id))
                if place is not None:
                    yield self.places[id(conclusion)], place

    def _bound(self) -> Iterator[tuple[str, int]]:
        for place, (meeting, conclusion) in enumerate(self.rows):
            for code in sorted(bound(self.register, meeting, conclusion)):
                yield code, place

    def _place(self, reference: Reference | None) -> int | None:
        conclusion = self.register.conclusion(reference) if reference else None
        return self.places.get(id(conclusion)) if conclusion else None
