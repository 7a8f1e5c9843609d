"""The database file: the register and its tasks as SQLite tables, views and a full-text index."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports.answer import Answer
from grcm_cli.exports.sqlite_tables import (
    Row,
    bound,
    day,
    mandates_of,
    of_conclusions,
    of_mandates,
    of_meetings,
    of_parties,
)
from grcm_cli.formats.listing import Database, Relation
from grcm_cli.language.text import clean_lines

Value = str | int | None


class TwiceError(Exception):
    """Something has the key of something else, as only a record with errors does; says what."""


def render(database: Database) -> bytes:
    """Return the bytes of a database file, the same for the same content. Raises TwiceError."""
    connection = sqlite3.connect(":memory:")
    try:
        with connection:
            for relation in database.relations:
                _fill(connection, relation)
            for name, query in database.views.items():
                connection.execute(f"CREATE VIEW {name} AS {query}")
            if database.search:
                _index(connection, *database.search)
            connection.execute(f"PRAGMA user_version = {database.version}")
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, relation: Relation) -> None:
    declared = ", ".join([*relation.columns, *relation.keys])
    connection.execute(f"CREATE TABLE {relation.name} ({declared})")
    places = ", ".join("?" * len(relation.columns))
    insert = f"INSERT INTO {relation.name} VALUES ({places})"  # noqa: S608 - names of ours
    for row in relation.rows:
        try:
            connection.execute(insert, [_safe(value) for value in row])
        except sqlite3.IntegrityError as error:
            raise TwiceError(" ".join(str(value) for value in row[:2])) from error
    for columns in relation.indexes:
        name = "_".join([relation.name, "by", *columns.split(", ")])
        connection.execute(f"CREATE INDEX {name} ON {relation.name} ({columns})")


def _safe(value: Value) -> Value:
    # A shell prints what a query gives: what its terminal would act on is an escape already.
    return clean_lines(value) if isinstance(value, str) else value


def _index(connection: sqlite3.Connection, table: str, column: str) -> None:
    """Make the full-text index `search` of a table's text, whatever the accents.

    It names its table, so that Datasette offers a search there of its own accord.
    """
    connection.execute(
        f"CREATE VIRTUAL TABLE search USING fts5({column}, content='{table}', content_rowid='id',"
        " tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")


VERSION = 1
_MOST_COLUMNS = 1_000
"""Parties that the view `matrix` has a column for; SQLite takes no more than 2,000."""

_VIEWS = {
    "due": (
        "SELECT task.ref, task.party, task.deadline, task.state, task.days, task.due,"
        " mandate.action FROM task JOIN mandate USING (ref) WHERE task.open"
        " ORDER BY task.deadline IS NULL, task.deadline, task.task"
    ),
    "overdue": (
        "SELECT -task.days AS days_late, task.ref, task.party, task.deadline, task.due,"
        " mandate.action FROM task JOIN mandate USING (ref)"
        " WHERE task.state = 'overdue'"
        " ORDER BY task.deadline IS NULL, task.deadline, task.task"
    ),
    # What a party owes: itself, or through an office that it holds now or will hold by then.
    "owes": (
        "SELECT party, task, NULL AS office FROM task_party"
        " UNION ALL SELECT holder, task, office FROM task_holder"
    ),
    "by_party": (
        "SELECT party.code AS party, party.name, party.kind, count(*) AS tasks,"
        " sum(task.open) AS open, sum(task.state = 'overdue') AS late,"
        " sum(task.open AND task.progress = 'unknown') AS without_report,"
        " sum(task.state = 'done' AND NOT task.done_late) AS done_on_time,"
        " sum(task.state = 'done' AND task.done_late) AS done_late"
        " FROM (SELECT DISTINCT party, task FROM owes) AS owed"
        " JOIN task USING (task) JOIN party ON party.code = owed.party"
        " GROUP BY party.code ORDER BY late DESC, open DESC, party.code"
    ),
}
_LONG_MATRIX = (
    "SELECT task.ref, task.occurrence, task.deadline, task_party.party, task.state"
    " FROM task LEFT JOIN task_party USING (task)"
    " ORDER BY task.deadline IS NULL, task.deadline, task.task"
)


def database(answer: Answer) -> Database:
    """Return all tables: who takes part, what was adopted and reported, who owes what."""
    register, language = answer.register, answer.language
    about = [
        ("as_of", answer.as_of.isoformat()),
        ("process", register.process.code),
        ("schema_version", str(VERSION)),
    ]
    relations = [
        Relation("about", ["key TEXT PRIMARY KEY", "value TEXT NOT NULL"], about),
        *of_parties(register, list(_named(register, answer.found)), language),
        *of_meetings(register),
        *of_conclusions(register),
        *of_mandates(register, language),
        *_tasks(answer.found),
        _progress(register, answer.as_of),
    ]
    views = {**_VIEWS, "matrix": _matrix(answer.found)}
    return Database(relations, views, ("conclusion_text", "text"), VERSION)


def _named(register: Register, tasks: Sequence[Task]) -> Iterator[str]:
    """Yield every code that something names, in the register or not."""
    for party in register.parties:
        yield from (term.holder.text for term in party.terms)
    for meeting in register.meetings:
        words = [*meeting.participants, *meeting.observers, meeting.body, meeting.country]
        yield from (word.text for word in words if word)
    for meeting, _conclusion, mandate in register.each_mandate():
        yield from bound(register, meeting, mandate)
        yield from (word.text for word in mandate.support)
    for _meeting, _conclusion, extension in register.each_extension():
        yield from (word.text for word in extension.parties)
    for task in tasks:
        yield from task.parties
        yield from (holder for held in task.holders.values() for holder in held)
    yield from (entry.party for entry in register.entries)


def _tasks(tasks: Sequence[Task]) -> Iterator[Relation]:
    key = "task INTEGER NOT NULL REFERENCES task"
    yield Relation(
        "task",
        [
            "task INTEGER PRIMARY KEY",
            "ref TEXT NOT NULL REFERENCES mandate",
            "party TEXT",
            "occurrence TEXT",
            "due TEXT",
            "deadline TEXT",
            "first_deadline TEXT",
            "state TEXT NOT NULL",
            "open INTEGER NOT NULL",
            "days INTEGER",
            "progress TEXT NOT NULL",
            "done_on TEXT",
            "done_late INTEGER NOT NULL",
            "ended_by TEXT",
            "later_missed INTEGER NOT NULL",
        ],
        [_task(number, task) for number, task in enumerate(tasks, 1)],
        indexes=["deadline", "state", "ref"],
    )
    yield Relation(
        "task_party",
        [key, "party TEXT NOT NULL REFERENCES party"],
        [(number, code) for number, task in enumerate(tasks, 1) for code in task.parties],
        ["PRIMARY KEY (task, party)"],
        ["party"],
    )
    yield Relation(
        "task_holder",
        [key, "office TEXT NOT NULL REFERENCES party", "holder TEXT NOT NULL REFERENCES party"],
        [
            (number, office, holder)
            for number, task in enumerate(tasks, 1)
            for office, held in task.holders.items()
            for holder in held
        ],
        ["PRIMARY KEY (task, office, holder)"],
        ["holder"],
    )


def _task(number: int, task: Task) -> Row:
    return (
        number,
        str(task.reference),
        "+".join(task.parties) or None,
        task.occurrence.name if task.occurrence else None,
        task.due,
        day(task.deadline),
        day(task.first.deadline if task.first else None),
        task.state,
        int(task.is_open),
        task.days,
        task.progress,
        day(task.done_on),
        int(task.done_late),
        str(task.ending.by) if task.ending else None,
        task.missed.number,
    )


def _progress(register: Register, as_of: date) -> Relation:
    rows = [
        (
            number,
            entry.party,
            entry.mandate.text,
            next(iter(mandates_of(register, entry.mandate.text)), None),
            entry.occurrence.text if entry.occurrence else None,
            entry.day.isoformat(),
            entry.progress,
            entry.evidence,
            entry.note,
            int(entry.day <= as_of),
        )
        for number, entry in enumerate(register.entries, 1)
    ]
    return Relation(
        "progress",
        [
            "id INTEGER PRIMARY KEY",
            "party TEXT NOT NULL REFERENCES party",
            "written TEXT NOT NULL",
            "ref TEXT REFERENCES mandate",
            "occurrence TEXT",
            "date TEXT NOT NULL",
            "progress TEXT NOT NULL",
            "evidence TEXT",
            "note TEXT",
            "counted INTEGER NOT NULL",
        ],
        rows,
        indexes=["ref", "party"],
    )


def _matrix(tasks: Sequence[Task]) -> str:
    """Return the query of mandates × parties, a column for each party that owes anything."""
    codes = sorted({clean_lines(code) for task in tasks for code in task.parties})
    if len(codes) > _MOST_COLUMNS:
        return _LONG_MATRIX
    columns = [
        f"max(CASE WHEN task_party.party = {_text(code)} THEN task.state END) AS {_name(code)}"
        for code in codes
    ]
    columns.append("max(CASE WHEN task_party.party IS NULL THEN task.state END) AS nobody")
    return (
        f"SELECT task.ref, task.occurrence, min(task.deadline) AS deadline, {', '.join(columns)}"  # noqa: S608 - quoted
        " FROM task LEFT JOIN task_party USING (task) GROUP BY task.ref, task.occurrence"
        " ORDER BY deadline IS NULL, deadline, min(task.task)"
    )


def _text(code: str) -> str:
    return "'" + code.replace("'", "''") + "'"


def _name(code: str) -> str:
    return '"' + code.replace('"', '""') + '"'
