"""`sqlite`: a database of tables, keys, views and a full-text index, for SQL and what reads it."""

import sqlite3

from grcm_cli.exporter import Database, Relation
from grcm_cli.text import clean_lines

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
