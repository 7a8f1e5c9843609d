"""The database export: the register and the selected tasks as the tables of `schema.sql`.

A record with errors loses nothing: an unknown code is a party of the kind `unknown`, a reference
that leads nowhere keeps its text beside an empty key.
"""

import errno
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

from grcm_cli.domain.model import Each, PlacedWord, Reference
from grcm_cli.domain.register import Register, each_conclusion, links
from grcm_cli.domain.task import Task
from grcm_cli.language.text import clean_lines
from grcm_cli.views.conclusion import theme_names
from grcm_cli.views.tasks import TaskSelection

_SCHEMA = Path(__file__).with_name("schema.sql")
VERSION = 2  # of the schema; stored as `PRAGMA user_version`
_MOST_COLUMNS = 1_000  # of the view `matrix`; SQLite takes no more than 2,000
_OWED = "task LEFT JOIN (SELECT DISTINCT party, task FROM owes) AS owed USING (task)"
"""Each task with each party that owes it, also through an office."""
# `search` names its table, so that Datasette offers a search there of its own accord.
_SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5(text, content='conclusion_text', content_rowid='id',"
    " tokenize = 'unicode61 remove_diacritics 2')"
)

SqlTables = Mapping[str, Sequence[Sequence[object]]]  # the rows of tables, by their names
_NOTHING, _NOWHERE = (None,), (None,) * 3  # keys of a reference and a link that lead nowhere
_MACHINE_ERRORS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}


class DuplicateKeyError(Exception):
    """Two rows have one key, which only a record with errors has; the message names the key."""


def render(data: TaskSelection) -> bytes:
    """Return a database, the same for the same data. Raises DuplicateKeyError and OSError."""
    # An empty name: SQLite holds what is small in memory, and the rest in a temporary file, which
    # is gone once the connection is closed.
    connection = sqlite3.connect("", isolation_level=None)
    with closing(connection):
        try:
            _fill(connection, data._replace(register=data.register.as_of(data.as_of)))
            connection.execute("VACUUM")
            content = bytearray(connection.serialize())
        except sqlite3.OperationalError as error:
            number = _MACHINE_ERRORS.get(error.sqlite_errorcode & 0xFF)
            if number is None:
                raise
            raise OSError(number, str(error)) from error
    # The counter of changes, and the release of SQLite that counted, tell nothing here.
    for place, length in ((24, 4), (92, 8)):
        content[place : place + length] = bytes(length)
    return bytes(content)


def _fill(connection: sqlite3.Connection, data: TaskSelection) -> None:
    lines = _SCHEMA.read_text(encoding="utf-8").splitlines()
    text = " ".join(line.strip() for line in lines if not line.startswith("--"))
    statements = [statement.strip() for statement in text.split(";") if statement.strip()]
    # Indexes come after the rows: SQLite builds them faster at once than row by row.
    tables = [statement for statement in statements if statement.startswith("CREATE TABLE")]
    later_statements = [statement for statement in statements if statement not in tables]
    later_statements.append(f"CREATE VIEW matrix AS {_matrix_query(data.selected)}")
    later_statements += [_SEARCH, "INSERT INTO search (search) VALUES ('rebuild')"]
    for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN", *tables):
        connection.execute(statement)
    for name, rows in _tables(data).items():
        _insert(connection, name, rows)
    references = connection.execute(
        'SELECT m.name, f."from" FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f'
        " WHERE m.type = 'table' AND f.\"table\" = 'party'"
    )
    # What is named as a party and is none of the register.
    codes = [f'SELECT "{column}" AS code FROM {table}' for table, column in references]  # noqa: S608 - no name is data
    connection.execute(
        f"INSERT INTO party SELECT code, 'unknown', code, NULL, NULL FROM ({' UNION '.join(codes)})"  # noqa: S608 - as above
        " WHERE code NOT IN (SELECT code FROM party) ORDER BY code"
    )
    for statement in [*later_statements, f"PRAGMA user_version = {VERSION}", "COMMIT"]:
        connection.execute(statement)


def _insert(connection: sqlite3.Connection, name: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows. Raises DuplicateKeyError."""
    if not rows:
        return
    places = ", ".join("?" * len(rows[0]))
    before = connection.total_changes
    try:
        connection.executemany(
            f"INSERT INTO {name} VALUES ({places})",  # noqa: S608 - no name is data
            ([*map(_stored, row)] for row in rows),
        )
    except sqlite3.IntegrityError as error:
        row = rows[connection.total_changes - before]  # those before it are in
        columns = connection.execute("SELECT pk FROM pragma_table_info(?)", (name,))
        key = [str(value) for value, (pk,) in zip(row, columns, strict=True) if pk]
        raise DuplicateKeyError("/".join(key)) from error


def _matrix_query(tasks: Sequence[Task]) -> str:
    """Return the query of mandates × parties, with a column for each party that owes a task."""
    codes = sorted({clean_lines(code) for task in tasks for code in task.bound})
    if len(codes) > _MOST_COLUMNS:
        return (
            "SELECT task.ref, task.occurrence, task.deadline, owed.party, task.state"  # noqa: S608 - of constants alone
            f" FROM {_OWED} ORDER BY task.deadline IS NULL, task.deadline, task.task"
        )
    columns = []
    for code in codes:
        literal, name = (mark + code.replace(mark, mark * 2) + mark for mark in ("'", '"'))
        columns.append(f"max(CASE WHEN owed.party = {literal} THEN task.state END) AS {name}")
    columns.append("max(CASE WHEN owed.party IS NULL THEN task.state END) AS nobody")
    return (
        f"SELECT task.ref, task.occurrence, min(task.deadline) AS deadline, {', '.join(columns)}"  # noqa: S608 - quoted
        f" FROM {_OWED} GROUP BY task.ref, task.occurrence"
        " ORDER BY deadline IS NULL, deadline, min(task.task)"
    )


def _tables(data: TaskSelection) -> SqlTables:
    register, tasks, parties = data.register, data.selected, data.register.parties
    return {
        "about": [
            ("as_of", data.as_of),
            ("process", register.process.code),
            ("schema_version", str(VERSION)),
            ("complete", "no" if data.problems else "yes"),
        ],
        "problem": [
            (each.at.path, each.at.line, each.at.column, each.rule, each.message, each.hint or None)
            for each in data.problems
        ],
        **_conclusion_tables(register, data.language),
        "party": [(p.code, p.kind, p.name.shown(data.language), p.since, p.until) for p in parties],
        "party_name": [(p.code, *pair) for p in parties for pair in p.name.by_language.items()],
        "alias": [(p.code, alias) for p in parties for alias in p.aliases],
        "membership": [(p.code, m.start, m.until) for p in parties for m in p.memberships],
        "group_member": [(code, m) for code, members in register.groups.items() for m in members],
        "term": [(p.code, t.holder, t.start, t.until) for p in parties for t in p.terms],
        **_referring_tables(register),
        "task": [
            (
                *(number, task.reference, "+".join(task.parties) or None),
                *(task.occurrence_name or None, task.due),
                *(task.deadline, task.first.deadline if task.first else None),
                *(task.state, task.is_open, task.days, task.progress, task.done_on, task.done_late),
                *(task.ending.by if task.ending else None, task.missed.number, task.is_unreported),
            )
            for number, task in enumerate(tasks, 1)
        ],
        "task_party": [(n, code) for n, task in enumerate(tasks, 1) for code in task.parties],
        "task_holder": [
            (number, office, holder)
            for number, task in enumerate(tasks, 1)
            for office, holders in task.holders.items()
            for holder in holders
        ],
        "progress": [
            (
                *(number, entry.party, entry.mandate),
                next(iter(_mandate_refs(register, entry.mandate.text)), None),
                *(entry.occurrence, entry.day, entry.progress),
                *(entry.evidence, entry.note, entry.day <= data.as_of),
            )
            for number, entry in enumerate(register.entries, 1)
        ],
    }


def _conclusion_tables(register: Register, language: str) -> SqlTables:
    """Return the rows of meetings, of their conclusions and of the mandates in these."""
    meetings, conclusions = register.meetings, list(each_conclusion(register))
    mandates = [(adopted.reference, *adopted) for adopted in register.all_mandates]
    texts = [
        (meeting.id, conclusion.number, code or meeting.language or "", text)
        for meeting, conclusion in conclusions
        for code, text in conclusion.text.by_language.items()
    ]
    return {
        "conclusion": [
            (meeting.id, conclusion.number, place, conclusion.note)
            for meeting in meetings
            for place, conclusion in enumerate(meeting.conclusions or (), 1)
        ],
        "conclusion_text": [(number, *row) for number, row in enumerate(texts, 1)],
        "act": [(m.id, c.number, act) for m, c in conclusions for act in c.acts],
        "theme": [
            (meeting.id, conclusion.number, *theme)
            for meeting, conclusion in conclusions
            for theme in theme_names(conclusion, register, language).items()
        ],
        "document": [(m.id, c.number, name) for m, c in conclusions for name in c.documents],
        "mandate": [
            (
                *(ref, meeting.id, conclusion.number, mandate.ordinal),
                *((mandate.action or conclusion.text).shown(language), mandate.kind),
                mandate.due.written if mandate.due else None,
                mandate.until.day if mandate.until else None,
                mandate.responsible.group if isinstance(mandate.responsible, Each) else None,
                *(mandate.note, mandate.void, mandate.lead),
            )
            for ref, meeting, conclusion, mandate in mandates
        ],
        "responsible": [
            (ref, code)
            for ref, meeting, _conclusion, mandate in mandates
            for code in dict.fromkeys(chain(*register.expand_responsible(mandate, meeting)))
        ],
        "support": [(ref, word) for ref, _m, _c, x in mandates for word in x.support],
        "meeting": [
            (
                *(meeting.id, meeting.body),
                meeting.title.shown(meeting.language or "") if meeting.title else None,
                *(meeting.place, meeting.country, meeting.start, meeting.last_day),
                *(meeting.language, meeting.source, meeting.conclusions is not None, meeting.kind),
            )
            for meeting in meetings
        ],
        "attendance": [
            (m.id, word, role)
            for m in meetings
            for role, codes in (("participant", m.participants), ("observer", m.observers))
            for word in codes
        ],
    }


def _referring_tables(register: Register) -> SqlTables:
    """Return the rows that lead from one meeting to another."""
    by_id = register.calendar.by_id
    return {
        "link": [
            (meeting.id, conclusion.number, key, word)
            + ((to.meeting, to.number, to) if to and to.meeting in by_id else _NOWHERE)
            for key, word, to, meeting, conclusion, _mandate in links(register)
            if key != "after"
        ],
        "awaits": [
            (waiting.reference, word, awaited)
            for waiting in register.all_mandates
            for word in waiting.mandate.after
            for awaited in _mandate_refs(register, word.text, waiting.meeting.id) or _NOTHING
        ],
        "extension": [
            (meeting.id, conclusion.number, extension.mandate, moved, extension.due.written, code)
            for meeting, conclusion, extension in register.each_extension()
            for moved in _mandate_refs(register, extension.mandate.text, meeting.id) or _NOTHING
            for code in extension.parties or _NOTHING
        ],
        "handover": [
            (meeting.id, conclusion.number, moved.mandate, reference, moved.source, code)
            for meeting, conclusion, moved in register.each_reassignment()
            for reference in _mandate_refs(register, moved.mandate.text, meeting.id) or _NOTHING
            for code in moved.to
        ],
    }


def _mandate_refs(register: Register, written: str, inside: str | None = None) -> list[Reference]:
    """Return the keys of the mandates that a reference names; none where it leads nowhere."""
    return [adopted.reference for adopted in register.mandates_named(written, inside)]


def _stored(value: object) -> str | int | None:
    """Return a value as SQLite has it: a text without control characters, as shells print it."""
    if value is None or isinstance(value, int):
        return value
    return clean_lines(value.text if isinstance(value, PlacedWord) else str(value))
