"""The database export: the register and the selected tasks as SQLite tables, views and an index.

`schema.sql` declares the tables and views. A record with errors loses nothing here: an unknown code
becomes a party of the kind `unknown`, and a reference that leads nowhere keeps its written form
beside an empty key.
"""

import errno
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from itertools import chain, count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from grcm_cli.domain.findings import Finding
from grcm_cli.domain.model import Conclusion, Each, Mandate, Meeting
from grcm_cli.domain.register import Register
from grcm_cli.domain.task import Task
from grcm_cli.exports import ExportData
from grcm_cli.language.characters import is_safe
from grcm_cli.language.text import clean_lines

_SCHEMA = Path(__file__).with_name("schema.sql")
VERSION = 2
"""Of the schema; stored as `PRAGMA user_version`."""
_MOST_COLUMNS = 1_000
"""Parties that the view `matrix` has a column for; SQLite takes no more than 2,000."""
_LONG_MATRIX = (
    "SELECT task.ref, task.occurrence, task.deadline, task_party.party, task.state"
    " FROM task LEFT JOIN task_party USING (task)"
    " ORDER BY task.deadline IS NULL, task.deadline, task.task"
)
# `search` names its table, so that Datasette offers a search there of its own accord.
_SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5(text, content='conclusion_text', content_rowid='id',"
    " tokenize = 'unicode61 remove_diacritics 2')"
)

SqlRow = Sequence[str | int | None]
SqlTables = Mapping[str, Iterable[SqlRow]]
"""The rows of tables, by their names; made when they are inserted."""
_NOTHING = (None,)
"""The empty key of a reference that leads nowhere."""
_MACHINE_ERRORS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}
_BATCH, _MEETINGS = 500, 20
"""Rows, and meetings, that are made and inserted at a time."""
_ADOPTED = (
    "conclusion",
    "conclusion_text",
    "act",
    "document",
    "mandate",
    "responsible",
    "support",
)
"""The tables with what a meeting's file says by itself, in the order of `meeting_rows`."""


class DuplicateKeyError(Exception):
    """Two rows have one key, which only a record with errors has; the message names the key."""


def meeting_rows(register: Register, language: str) -> list[str]:
    """Return for each meeting the rows of the tables that need no other meeting, as JSON.

    They are asked of each file while it is read, on all cores: so that no text is held twice.
    """
    return [json.dumps(_meeting_tables_alone(register, one, language)) for one in register.meetings]


def filled(data: ExportData, adopted: Iterable[str]) -> Callable[[Path], None]:
    """Return what writes a database into an empty file, the same bytes for the same data.

    `adopted` are the `meeting_rows` of all meetings. Raises DuplicateKeyError, and OSError where
    the disk is full.
    """
    # An empty name: SQLite holds what is small in memory, and the rest in a temporary file, which
    # is gone once the connection is closed.
    connection = sqlite3.connect("", isolation_level=None)
    try:
        with _machine_errors():
            _fill(connection, data, adopted)
    except BaseException:
        connection.close()
        raise
    return partial(_write, connection)


def _fill(connection: sqlite3.Connection, data: ExportData, adopted: Iterable[str]) -> None:
    run = connection.execute
    for statement in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "BEGIN"):
        run(statement)
    # Indexes come after the rows: SQLite builds them faster at once than row by row.
    tables, others = _statements()
    for statement in tables:
        run(statement)
    for part in _tables(data, adopted):
        for name, rows in part.items():
            _insert(connection, name, rows)
    others.append(f"CREATE VIEW matrix AS {_matrix_query(data.selected)}")
    others += [_SEARCH, "INSERT INTO search (search) VALUES ('rebuild')"]
    for statement in [*others, f"PRAGMA user_version = {VERSION}", "COMMIT"]:
        run(statement)


def _write(connection: sqlite3.Connection, path: Path) -> None:
    with closing(connection), _machine_errors(), TemporaryDirectory() as folder:
        # SQLite takes only names that are UTF-8.
        is_text = _is_encodable(str(path))
        target = path if is_text else Path(folder) / "export"
        connection.execute("VACUUM INTO ?", (str(target),))
        if not is_text:
            shutil.copyfile(target, path)
    # The counter of changes, and the release of SQLite that counted, tell nothing here.
    with path.open("r+b") as file:
        for place, length in ((24, 4), (92, 8)):
            file.seek(place)
            file.write(bytes(length))


def _is_encodable(text: str) -> bool:
    """Tell whether a text can be written as UTF-8: a file's name may have bytes that are none."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


@contextmanager
def _machine_errors() -> Iterator[None]:
    """Raise OSError where SQLite cannot write, as on a full disk."""
    try:
        yield
    except sqlite3.OperationalError as error:
        number = _MACHINE_ERRORS.get(error.sqlite_errorcode & 0xFF)
        if number is None:
            raise
        raise OSError(number, str(error)) from error


def _statements() -> tuple[list[str], list[str]]:
    """Return the statements that create tables, and the others, each on one line."""
    lines = _SCHEMA.read_text(encoding="utf-8").splitlines()
    text = " ".join(line.strip() for line in lines if not line.startswith("--"))
    statements = [statement.strip() for statement in text.split(";") if statement.strip()]
    tables = [statement for statement in statements if statement.startswith("CREATE TABLE")]
    return tables, [statement for statement in statements if statement not in tables]


def _insert(connection: sqlite3.Connection, name: str, rows: Iterable[SqlRow]) -> None:
    """Insert rows into a table. Raises DuplicateKeyError."""
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        places = ", ".join("?" * len(batch[0]))
        statement = f"INSERT INTO {name} VALUES ({places})"  # noqa: S608 - no name is data
        values = _cleaned(batch)
        before = connection.total_changes
        try:
            connection.executemany(statement, values)
        except sqlite3.IntegrityError as error:
            # Those before it are in.
            row = batch[connection.total_changes - before]
            raise DuplicateKeyError(_key(connection, name, row)) from error


def _cleaned(rows: Sequence[SqlRow]) -> Sequence[SqlRow]:
    """Return rows without control characters, as a shell prints values as they are."""
    # Nearly all texts are safe, and one look at many of them at once says so.
    if is_safe("".join(map(str, chain.from_iterable(rows)))):
        return rows
    return [
        [clean_lines(value) if isinstance(value, str) else value for value in row] for row in rows
    ]


def _key(connection: sqlite3.Connection, name: str, row: SqlRow) -> str:
    """Return the key of a row in words: `GRCM-2002-10/8` of a conclusion."""
    columns = connection.execute("SELECT pk FROM pragma_table_info(?)", (name,))
    return "/".join(str(value) for value, (pk,) in zip(row, columns, strict=True) if pk)


def _matrix_query(tasks: Sequence[Task]) -> str:
    """Return the query of mandates × parties, with a column for each party that owes a task."""
    codes = sorted({clean_lines(code) for task in tasks for code in task.parties})
    if len(codes) > _MOST_COLUMNS:
        return _LONG_MATRIX
    quoted = [(_quoted(code, "'"), _quoted(code, '"')) for code in codes]
    columns = [
        f"max(CASE WHEN task_party.party = {value} THEN task.state END) AS {name}"
        for value, name in quoted
    ]
    columns.append("max(CASE WHEN task_party.party IS NULL THEN task.state END) AS nobody")
    return (
        f"SELECT task.ref, task.occurrence, min(task.deadline) AS deadline, {', '.join(columns)}"  # noqa: S608 - quoted
        " FROM task LEFT JOIN task_party USING (task) GROUP BY task.ref, task.occurrence"
        " ORDER BY deadline IS NULL, deadline, min(task.task)"
    )


def _quoted(code: str, mark: str) -> str:
    return mark + code.replace(mark, mark * 2) + mark


def _tables(data: ExportData, adopted: Iterable[str]) -> Iterator[SqlTables]:
    """Yield the rows of every table of the schema."""
    about = {
        "as_of": data.as_of.isoformat(),
        "process": data.register.process.code,
        "schema_version": str(VERSION),
        "complete": "no" if data.problems else "yes",
    }
    yield {"about": about.items(), "problem": map(_problem_row, data.problems)}
    bound: set[str] = set()
    yield from _adopted_tables(adopted, bound)
    yield _party_tables(data, bound)
    yield _meeting_tables(data.register)
    yield _referring_tables(data.register)
    yield _task_tables(data.selected)
    yield {"progress": _progress_rows(data.register, data.as_of)}


def _problem_row(finding: Finding) -> SqlRow:
    at = finding.at
    return (at.path, at.line, at.column, finding.rule, finding.message, finding.hint or None)


def _party_tables(data: ExportData, bound: set[str]) -> SqlTables:
    parties = data.register.parties
    known = [
        (party.code, party.kind, party.name.shown(data.language), *_isos(party.since, party.until))
        for party in parties
    ]
    named = bound.union(_named_codes(data.register, data.selected))
    unknown = named - {party.code for party in parties}
    return {
        "party": [*known, *((code, "unknown", code, None, None) for code in sorted(unknown))],
        "party_name": ((p.code, *pair) for p in parties for pair in p.name.by_language.items()),
        "alias": ((party.code, alias) for party in parties for alias in party.aliases),
        "term": (
            (party.code, term.holder.text, *_isos(term.start, term.until))
            for party in parties
            for term in party.terms
        ),
    }


def _named_codes(register: Register, tasks: Sequence[Task]) -> Iterator[str]:
    """Yield the codes that other tables refer to, but for those of mandates, known or not."""
    for party in register.parties:
        yield from (term.holder.text for term in party.terms)
    for meeting in register.meetings:
        words = [*meeting.participants, *meeting.observers, meeting.body, meeting.country]
        yield from (word.text for word in words if word)
    for _meeting, _conclusion, extension in register.each_extension():
        yield from (word.text for word in extension.parties)
    for task in tasks:
        yield from task.parties
        yield from (holder for holders in task.holders.values() for holder in holders)
    yield from (entry.party for entry in register.entries)


def _meeting_tables(register: Register) -> SqlTables:
    return {
        "meeting": map(_meeting_row, register.meetings),
        "attendance": (
            (m.id, word.text, role)
            for m in register.meetings
            for role, codes in (("participant", m.participants), ("observer", m.observers))
            for word in codes
        ),
    }


def _meeting_row(meeting: Meeting) -> SqlRow:
    return (
        meeting.id,
        meeting.body.text if meeting.body else None,
        meeting.title.shown(meeting.language or "") if meeting.title else None,
        meeting.place,
        meeting.country.text if meeting.country else None,
        *_isos(meeting.start, meeting.last_day),
        meeting.language,
        meeting.source,
        int(meeting.conclusions is not None),
    )


def _meeting_tables_alone(
    register: Register, meeting: Meeting, language: str
) -> list[list[SqlRow]]:
    """Return the rows of a meeting for the tables of `_ADOPTED`; texts have no number yet."""
    key = meeting.id
    conclusions = meeting.conclusions or ()
    mandates = [
        (str(register.address(meeting, one, mandate)), one, mandate)
        for one in conclusions
        for mandate in one.mandates
    ]
    return [
        [(key, one.number, place, one.note) for place, one in enumerate(conclusions, 1)],
        [
            (key, one.number, code or meeting.language or "", text)
            for one in conclusions
            for code, text in one.text.by_language.items()
        ],
        [(key, one.number, act.text) for one in conclusions for act in one.acts],
        [(key, one.number, name) for one in conclusions for name in one.documents],
        [(ref, *_mandate_row(meeting, one, m, language)) for ref, one, m in mandates],
        [(ref, code) for ref, _one, m in mandates for code in _bound_codes(register, meeting, m)],
        [(ref, word.text) for ref, _one, m in mandates for word in m.support],
    ]


def _adopted_tables(adopted: Iterable[str], bound: set[str]) -> Iterator[SqlTables]:
    """Yield the rows that meetings have by themselves; `bound` receives the codes in them."""
    numbers = count(1)
    meetings = iter(adopted)
    while batch := [json.loads(written) for written in islice(meetings, _MEETINGS)]:
        columns = zip(*batch, strict=True)
        tables = {
            name: list(chain.from_iterable(rows))
            for name, rows in zip(_ADOPTED, columns, strict=True)
        }
        tables["conclusion_text"] = [(next(numbers), *row) for row in tables["conclusion_text"]]
        bound.update(code for name in ("responsible", "support") for _ref, code in tables[name])
        yield tables


def _link_rows(register: Register, meeting: Meeting, conclusion: Conclusion) -> Iterator[SqlRow]:
    for kind, words in (
        ("follows", conclusion.follows),
        ("supersedes", conclusion.supersedes),
        ("closes", conclusion.closes),
        ("extends", tuple(extension.mandate for extension in conclusion.extends)),
    ):
        for word in words:
            target = register.parse_reference(word.text, meeting.id)
            leads = target is not None and target.meeting in register.calendar.by_id
            to = (target.meeting, target.number, str(target)) if target and leads else (None,) * 3
            yield (meeting.id, conclusion.number, kind, word.text, *to)


def _referring_tables(register: Register) -> SqlTables:
    """Return the rows that lead from one meeting to another."""
    return {
        "link": (
            row for m, c in register.linking_conclusions for row in _link_rows(register, m, c)
        ),
        "awaits": (
            (str(register.address(m, c, mandate)), word.text, awaited)
            for m, c, mandate in register.waiting_mandates
            for word in mandate.after
            for awaited in _mandate_refs(register, word.text, m.id) or _NOTHING
        ),
        "extension": (
            (m.id, c.number, e.mandate.text, moved, e.due.written, code)
            for m, c, e in register.each_extension()
            for moved in _mandate_refs(register, e.mandate.text, m.id) or _NOTHING
            for code in [word.text for word in e.parties] or _NOTHING
        ),
    }


def _mandate_row(
    meeting: Meeting, conclusion: Conclusion, mandate: Mandate, language: str
) -> SqlRow:
    responsible = mandate.responsible
    return (
        meeting.id,
        conclusion.number,
        mandate.ordinal,
        (mandate.action or conclusion.text).shown(language),
        mandate.kind,
        mandate.due.written if mandate.due else None,
        *_isos(mandate.until.day if mandate.until else None),
        responsible.group if isinstance(responsible, Each) else None,
        mandate.note,
        mandate.void,
    )


def _bound_codes(register: Register, meeting: Meeting, mandate: Mandate) -> list[str]:
    owing = register.expand_responsible(mandate.responsible, meeting) if mandate.responsible else []
    return list(dict.fromkeys(code for parties in owing for code in parties))


def _mandate_refs(register: Register, written: str, inside: str | None = None) -> list[str]:
    """Return the keys of the mandates that a reference names; none where it leads nowhere."""
    target = register.parse_reference(written, inside)
    meeting = register.calendar.by_id.get(target.meeting) if target else None
    conclusion = register.conclusion(target) if target else None
    if target is None or meeting is None or conclusion is None:
        return []
    return [
        str(register.address(meeting, conclusion, mandate)) for mandate in register.mandates(target)
    ]


def _task_tables(tasks: Sequence[Task]) -> SqlTables:
    return {
        "task": map(_task_row, count(1), tasks),
        "task_party": ((n, code) for n, task in enumerate(tasks, 1) for code in task.parties),
        "task_holder": (
            (number, office, holder)
            for number, task in enumerate(tasks, 1)
            for office, holders in task.holders.items()
            for holder in holders
        ),
    }


def _task_row(number: int, task: Task) -> SqlRow:
    return (
        number,
        str(task.reference),
        "+".join(task.parties) or None,
        task.occurrence.name if task.occurrence else None,
        task.due,
        *_isos(task.deadline, task.first.deadline if task.first else None),
        task.state,
        int(task.is_open),
        task.days,
        task.progress,
        *_isos(task.done_on),
        int(task.done_late),
        str(task.ending.by) if task.ending else None,
        task.missed.number,
    )


def _progress_rows(register: Register, as_of: date) -> Iterator[SqlRow]:
    for number, entry in enumerate(register.entries, 1):
        yield (
            number,
            entry.party,
            entry.mandate.text,
            next(iter(_mandate_refs(register, entry.mandate.text)), None),
            entry.occurrence.text if entry.occurrence else None,
            entry.day.isoformat(),
            entry.progress,
            entry.evidence,
            entry.note,
            int(entry.day <= as_of),
        )


def _isos(*days: date | None) -> list[str | None]:
    return [day.isoformat() if day else None for day in days]
