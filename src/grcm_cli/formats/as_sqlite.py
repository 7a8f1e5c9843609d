"""`sqlite`: a database of tables, keys, views and a full-text index, for SQL and what reads it."""

import sqlite3

from grcm_cli.exporter import Database

SEARCH = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "meeting UNINDEXED, number UNINDEXED, language UNINDEXED,"
    " text, tokenize = 'unicode61 remove_diacritics 2')",
    "INSERT INTO search SELECT meeting, number, language, text FROM conclusion_text"
    " ORDER BY meeting, number, language",
)


class TwiceError(Exception):
    """Something has the key of something else, as only a record with errors does."""


def render(database: Database) -> bytes:
    """Return the bytes of a database file. Raises TwiceError."""
    connection = sqlite3.connect(":memory:")
    try:
        with connection:
            for relation in database.relations:
                declared = ", ".join([*relation.columns, *relation.keys])
                connection.execute(f"CREATE TABLE {relation.name} ({declared}) STRICT")
                places = ", ".join("?" * len(relation.columns))
                connection.executemany(
                    f"INSERT INTO {relation.name} VALUES ({places})",  # noqa: S608 - names of ours
                    relation.rows,
                )
            for name, query in database.views.items():
                connection.execute(f"CREATE VIEW {name} AS {query}")
            for statement in SEARCH:
                connection.execute(statement)
        connection.execute("VACUUM")
        return connection.serialize()
    except sqlite3.IntegrityError as error:
        raise TwiceError from error
    finally:
        connection.close()
