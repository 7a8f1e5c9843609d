"""The chapter on very large records: each query is of the database that an export makes."""

import ast
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ..conftest import DATA, ROOT, run_grcm

CHAPTERS = [ROOT / "docs/en/large.md", ROOT / "docs/es/grandes.md"]


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database of this repository's record."""
    path = tmp_path_factory.mktemp("large") / "record.sqlite"
    day = ["--as-of", "2003-04-01"]
    assert run_grcm("--data", str(DATA), "export", "-o", str(path), "--all", *day).code == 0
    return path


# The last two are for DuckDB, in the place of what it does not have.
@pytest.mark.parametrize("query", blocks(CHAPTERS[0], "sql")[:-2])
def test_every_query_is_answered(database: Path, query: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute(query).fetchall()
    assert found or "first_deadline" in query  # the repository's record has no moved deadline


def test_the_tables_that_become_parquet_are_there(database: Path) -> None:
    script = ast.parse(blocks(CHAPTERS[0], "python")[0])
    (listed,) = (
        node.value
        for node in script.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TABLES"
    )
    with closing(sqlite3.connect(database)) as connection:
        for name in ast.literal_eval(listed):
            connection.execute(f"SELECT * FROM {name} LIMIT 1")  # noqa: S608 - a name of the manual


@pytest.mark.parametrize("kind", ["sql", "python", "sh"])
def test_both_chapters_have_the_same(kind: str) -> None:
    assert blocks(CHAPTERS[0], kind) == blocks(CHAPTERS[1], kind)
