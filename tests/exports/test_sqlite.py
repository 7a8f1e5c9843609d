"""`grcm export sqlite`: keys that hold, nothing lost, views that tell what the lists tell."""

import json
import re
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..conftest import DATA, REGISTER, ROOT, Folder, run_grcm
from .common import HOSTILE, export, folders, hostile, lines, listed, made, quoted

PAGES = [ROOT / "docs/en/export.md", ROOT / "docs/es/exportar.md"]
QUERY = re.compile(r"^```sql\n(?P<query>.*?)^```\n+```text\n(?P<shown>.*?)^```$", re.M | re.S)


def opened(data: bytes) -> sqlite3.Connection:
    """Return a database that holds these bytes, whole and with every key in its place."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    assert rows(connection, "PRAGMA integrity_check") == [("ok",)]
    assert rows(connection, "PRAGMA foreign_key_check") == []
    return connection


def rows(connection: sqlite3.Connection, query: str, *values: object) -> list[tuple[object, ...]]:
    return connection.execute(query, values).fetchall()


def asked(path: Path, as_of: str, query: str, *options: str) -> list[tuple[object, ...]]:
    """Return what a query says of a folder's export."""
    with closing(opened(export(path, "sqlite", as_of, *options).data)) as connection:
        return rows(connection, query)


def names(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Return what the database is made of, but for the view that has a column for each party."""
    found = rows(connection, "SELECT type, name, sql FROM sqlite_schema WHERE name <> 'matrix'")
    return set(found)


# --- tables and views ----------------------------------------------------------------------------


def test_it_tells_what_it_is() -> None:
    with closing(opened(export(DATA, "sqlite", "2002-11-15").data)) as connection:
        assert rows(connection, "SELECT key, value FROM about ORDER BY key") == [
            ("as_of", "2002-11-15"),
            ("complete", "yes"),
            ("process", "CRM"),
            ("schema_version", "2"),
        ]
        assert rows(connection, "PRAGMA user_version") == [(2,)]
        tables = {row[0] for row in rows(connection, "SELECT name FROM pragma_table_list")}
    assert {"task", "mandate", "conclusion", "party", "progress", "search", "matrix"} <= tables


def test_every_key_is_declared() -> None:
    """A table that names a party, a mandate, a conclusion or a meeting says so to SQL.

    With the column that is meant: without it Datasette 0.65 fails on every page of the table.
    """
    with closing(opened(export(DATA, "sqlite", "2002-11-15").data)) as connection:
        found = rows(
            connection,
            'SELECT m.name, f."from", f."table", f."to" FROM sqlite_schema AS m,'
            " pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'",
        )
    assert all(target_column for *_key, target_column in found)
    keys = {f"{table}.{column} → {target}" for table, column, target, _column in found}
    assert {
        *("task.ref → mandate", "task_party.party → party", "task_holder.holder → party"),
        *("mandate.meeting → meeting", "mandate.number → conclusion", "progress.ref → mandate"),
        *("progress.party → party", "link.to_meeting → meeting", "awaits.awaited → mandate"),
        "term.holder → party",
    } <= keys


@pytest.mark.parametrize("column", ["deadline", "state", "ref"])
def test_tasks_are_looked_up_by_an_index(column: str) -> None:
    with closing(opened(export(DATA, "sqlite", "2002-11-15").data)) as connection:
        plan = rows(connection, f"EXPLAIN QUERY PLAN SELECT * FROM task WHERE {column} = 'x'")  # noqa: S608
        assert f"USING INDEX task_by_{column}" in str(plan)
        plan = rows(connection, "EXPLAIN QUERY PLAN SELECT * FROM task_party WHERE party = 'x'")
        assert "USING INDEX task_party_by_party" in str(plan)


def listing(command: str, *options: str) -> list[dict[str, object]]:
    ran = run_grcm(command, *options, "--format", "json", "--as-of", "2003-04-01")
    found: list[dict[str, object]] = json.loads(ran.out)["tasks"]
    return found


def test_the_view_due_is_the_list_due() -> None:
    found = asked(DATA, "2003-04-01", "SELECT ref, party, deadline, state, days, due FROM due")
    keys = ("ref", "party", "deadline", "state", "days", "due")
    assert found == [tuple(task[key] for key in keys) for task in listing("due")]


def test_the_view_overdue_is_the_list_overdue() -> None:
    found = asked(DATA, "2003-04-01", "SELECT days_late, ref, party FROM overdue")
    wanted = [(-int(str(t["days"])), t["ref"], t["party"]) for t in listing("overdue")]
    assert found == wanted
    assert len(found) == 12


@pytest.mark.parametrize("party", ["MEX", "CRI", "PPT", "ST"])
def test_the_view_by_party_counts_what_tasks_lists(party: str) -> None:
    """Also what a country owes through an office, and what is two offices' only once."""
    query = f"SELECT tasks, open, late FROM by_party WHERE party = '{party}'"  # noqa: S608
    found = listing("tasks", party)
    late = sum(task["state"] == "overdue" for task in found)
    assert asked(DATA, "2003-04-01", query) == [(len(found), len(found), late)]


def test_an_office_in_two_hands_is_one_task(folder: Folder) -> None:
    folder.mandate("responsible: CH, due: 2003-01-15")
    data = export(folder.path, "sqlite", "2002-11-15").data
    with closing(opened(data)) as connection:
        assert rows(connection, "SELECT party, tasks FROM by_party ORDER BY party") == [
            ("AAA", 1),
            ("BBB", 1),
            ("CH", 1),
        ]
        assert rows(connection, "SELECT count(*) FROM due") == [(1,)]


@pytest.mark.parametrize("due", ["", ", due: 2002-10-31, kind: encouragement"])
def test_what_no_deadline_binds_was_done_neither_on_time_nor_late(folder: Folder, due: str) -> None:
    folder.mandate(f"responsible: AAA{due}")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2002-11-01, progress: done}\n")
    data = export(folder.path, "sqlite", "2002-11-15", "--all").data
    with closing(opened(data)) as connection:
        query = "SELECT done_on_time, done_late, done_undated FROM by_party WHERE party = 'AAA'"
        assert rows(connection, query) == [(0, 0, 1)]


def test_what_one_of_several_declined_is_not_without_report(folder: Folder) -> None:
    folder.mandate("responsible: [AAA, BBB], due: 2003-01-15")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2002-11-01, progress: declined}\n")
    data = export(folder.path, "sqlite", "2002-11-15").data
    with closing(opened(data)) as connection:
        query = "SELECT party, without_report FROM by_party ORDER BY party"
        assert rows(connection, query) == [("AAA", 0), ("BBB", 0)]


LINKED = """\
- number: 1
  text: Uno
  mandates: [{responsible: [AAA, BBB], lead: BBB, due: 2003-01-15}, {responsible: {each: SIS}}]
  themes: [WATER, SEA]
"""
LETTER = """\
id: WG-2002-11
body: WG
kind: correspondence
start: 2002-11-05
language: es
conclusions:
  - number: 1
    text: Dos
    reassigns:
      - {mandate: "WG-2002-10/1#1", to: [AAA, ORG]}
      - {mandate: "WG-2002-10/1#2", from: CCC, to: ORG}
"""
LINKS = {
    "SELECT number, theme, name FROM theme": [("1", "WATER", "Water"), ("1", "SEA", "SEA")],
    "SELECT code, member FROM group_member": [("SIS", "AAA"), ("SIS", "CCC")],
    "SELECT id, kind FROM meeting": [("WG-2002-10", "meeting"), ("WG-2002-11", "correspondence")],
    "SELECT ref, lead FROM mandate": [("WG-2002-10/1#1", "BBB"), ("WG-2002-10/1#2", None)],
    "SELECT meeting, number, ref, from_party, to_party FROM handover": [
        ("WG-2002-11", "1", "WG-2002-10/1#1", None, "AAA"),
        ("WG-2002-11", "1", "WG-2002-10/1#1", None, "ORG"),
        ("WG-2002-11", "1", "WG-2002-10/1#2", "CCC", "ORG"),
    ],
}


@pytest.mark.parametrize("query", LINKS)
def test_themes_groups_kinds_leads_and_handovers_are_there(folder: Folder, query: str) -> None:
    groups = "groups:\n  SIS: {name: Small Island States, members: [AAA, CCC]}\n"
    themes = "themes:\n  WATER: {name: {en: Water, es: Agua}}\n  SEA: {name: SEA}\n"
    folder.write("register.yaml", REGISTER + groups + themes)
    folder.meeting(LINKED)
    folder.write("meetings/WG-2002-11.yaml", LETTER)
    assert asked(folder.path, "2002-11-15", query) == LINKS[query]


def test_the_matrix_has_a_column_a_party() -> None:
    query = "SELECT ref, MEX, PPT, nobody FROM matrix WHERE ref LIKE '%/8#1' OR ref LIKE '%/9'"
    assert asked(DATA, "2003-04-01", query) == [
        ("GRCM-2002-10/8#1", "overdue", None, None),
        ("GRCM-2002-10/9", "overdue", "overdue", None),
    ]


def test_with_more_parties_than_columns_the_matrix_is_a_list(folder: Folder) -> None:
    codes = [f"P{number:04}" for number in range(2_100)]
    members = "".join(f"  {code}: {{name: {code}}}\n" for code in codes)
    folder.write(
        "register.yaml",
        "process: {code: EX, name: E, languages: [es]}\nbodies: {WG: {name: W}}\n"
        f"members:\n{members}",
    )
    folder.mandate("responsible: {each: members}")
    found = asked(folder.path, "2002-11-15", "SELECT ref, party, state FROM matrix")
    assert found == [("WG-2002-10/1", code, "undated") for code in codes]


@pytest.mark.parametrize(
    "word", ["explotación", "explotacion", "EXPLOTACIÓN", '"sexual comercial"']
)
def test_words_are_found_whatever_the_accents(word: str) -> None:
    query = (
        "SELECT meeting || '/' || number FROM search JOIN conclusion_text"
        " ON conclusion_text.id = search.rowid WHERE search MATCH ?"
    )
    with closing(opened(export(DATA, "sqlite", "2002-11-15").data)) as connection:
        assert rows(connection, query, word) == [("GRCM-2002-10/8",)]


def test_what_was_reported_later_is_there_and_does_not_count(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
    query = "SELECT progress.counted, task.progress FROM progress JOIN task USING (ref)"
    assert asked(folder.path, "2002-11-15", query) == [(0, "unknown")]
    assert asked(folder.path, "2003-01-10", query, "--all") == [(1, "done")]


# --- wrong data ----------------------------------------------------------------------------------


def test_what_is_wrong_in_the_record_is_not_lost(folder: Folder) -> None:
    folder.write(
        "meetings/WG-2002-10.yaml",
        "id: WG-2002-10\nbody: XX\nstart: 2002-10-29\nparticipants: [QQ]\nconclusions:\n"
        "- {number: 1, text: T, responsible: [AAA, ZZ], support: YY, after: 99, due: 2003-01-15,"
        " follows: [CO-1999/1, WG-2002-10/77],"
        " extends: [{mandate: CO-1/1, due: asap, parties: VV}]}\n",
    )
    folder.progress("UU", "- {mandate: CO-1/1, date: 2002-11-10, progress: done}\n")
    done = export(folder.path, "sqlite", "2002-11-15")
    assert done.code == 1
    with closing(opened(done.data)) as connection:
        unknown = rows(connection, "SELECT code FROM party WHERE kind = 'unknown' ORDER BY code")
        assert unknown == [(code,) for code in ("QQ", "UU", "VV", "XX", "YY", "ZZ")]
        assert rows(connection, "SELECT party, state FROM task") == [("AAA+ZZ", "?")]
        assert rows(connection, "SELECT written, awaited FROM awaits") == [("99", None)]
        assert rows(connection, "SELECT written, ref, due FROM extension") == [
            ("CO-1/1", None, "asap")
        ]
        assert rows(connection, "SELECT written, ref FROM progress") == [("CO-1/1", None)]
        assert rows(connection, "SELECT kind, written, to_meeting, to_number FROM link") == [
            ("follows", "CO-1999/1", None, None),
            ("follows", "WG-2002-10/77", "WG-2002-10", "77"),
            ("extends", "CO-1/1", None, None),
        ]


def test_what_is_there_twice_is_refused_by_its_name(folder: Folder) -> None:
    folder.meeting(
        "- {number: 1, text: A, responsible: AAA}\n- {number: 1, text: B, responsible: BBB}\n"
    )
    done = export(folder.path, "sqlite", "2002-11-15")
    assert (done.code, done.data) == (1, b"")
    assert done.err == (
        "grcm: WG-2002-10/1 is in the record twice, which a database does not accept; "
        "grcm validate\n"
    )


def test_no_text_is_sql(folder: Folder) -> None:
    hostile(folder)
    with closing(opened(export(folder.path, "sqlite", "2002-11-15").data)) as connection:
        got = names(connection)
        for table, column in (
            *(("mandate", "action"), ("mandate", "note"), ("conclusion_text", "text")),
            *(("conclusion", "note"), ("document", "document"), ("meeting", "title")),
            *(("meeting", "place"), ("meeting", "source"), ("alias", "alias")),
            *(("progress", "evidence"), ("progress", "note")),
        ):
            found = rows(connection, f"SELECT {column} FROM {table} ORDER BY rowid")  # noqa: S608
            assert [text for (text,) in found] == [lines(text.strip()) for text in HOSTILE], column
        found = rows(connection, "SELECT name FROM party WHERE code LIKE 'H-%' ORDER BY code")
        assert [name for (name,) in found] == [lines(text.strip()) for text in HOSTILE]
    with tempfile.TemporaryDirectory() as path:
        Folder(Path(path)).mandate("responsible: AAA")
        with closing(opened(export(Path(path), "sqlite", "2002-11-15").data)) as connection:
            assert got == names(connection)


def test_no_code_is_sql(folder: Folder) -> None:
    """In wrong data a code is any text; the matrix has a column for each."""
    codes = [text for text in HOSTILE if text.isprintable() and text == text.strip()]
    folder.mandate(f"responsible: {{each: [{', '.join(map(quoted, codes))}]}}, due: 2003-01-15")
    with closing(opened(export(folder.path, "sqlite", "2002-11-15").data)) as connection:
        found = connection.execute("SELECT * FROM matrix")
        heads = [column[0] for column in found.description]
        assert heads == ["ref", "occurrence", "deadline", *sorted(codes), "nobody"]
        assert found.fetchone()[3:-1] == ("?",) * len(codes)


# --- nothing is lost -----------------------------------------------------------------------------


@given(folders(), st.dates())
@settings(max_examples=40)
def test_nothing_is_lost_in_a_database(files: dict[str, str], as_of: date) -> None:
    with tempfile.TemporaryDirectory() as path:
        register = made(Path(path), files)
        data = export(Path(path), "sqlite", str(as_of), "--all").data
    with closing(opened(data)) as connection:
        found = rows(
            connection,
            "SELECT ref, task.party, occurrence, task.due, deadline, first_deadline, state, open,"
            " days, task.progress, done_on, done_late, ended_by, later_missed, action, kind"
            " FROM task JOIN mandate USING (ref) ORDER BY task",
        )
        held = rows(connection, "SELECT task, office, holder FROM task_holder ORDER BY rowid")
        parties = rows(connection, "SELECT task, party FROM task_party ORDER BY rowid")
        reports = rows(connection, "SELECT party, date, progress, note, counted FROM progress")
        texts = rows(connection, "SELECT meeting, number, text FROM conclusion_text ORDER BY id")
    every = listed(register, as_of)
    assert found == [
        (
            str(task.reference),
            "+".join(task.parties) or None,
            (task.occurrence.name or None) if task.occurrence else None,
            task.due,
            _day(task.deadline),
            _day(task.first.deadline if task.first else None),
            task.state,
            int(task.is_open),
            task.days,
            task.progress,
            _day(task.done_on),
            int(task.done_late),
            str(task.ending.by) if task.ending else None,
            task.missed.number,
            lines((task.mandate.action or task.conclusion.text).shown("en")),
            task.mandate.kind,
        )
        for task in every
    ]
    assert parties == [(n, code) for n, task in enumerate(every, 1) for code in task.parties]
    assert held == [
        (number, office, holder)
        for number, task in enumerate(every, 1)
        for office, holders in task.holders.items()
        for holder in holders
    ]
    assert reports == [
        (
            e.party,
            str(e.day),
            e.progress,
            lines(e.note) if e.note is not None else None,
            e.day <= as_of,
        )
        for e in register.entries
    ]
    adopting = (m for m in register.meetings if (m.last_day or as_of) <= as_of)
    assert texts == [
        (m.id, c.number, c.text.shown("")) for m in adopting for c in m.conclusions or ()
    ]


def _day(day: date | None) -> str | None:
    return str(day) if day else None


# --- the queries of the manual -------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_query_of_the_manual_gives_what_stands_below_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(QUERY.findall(text)) >= 4
    assert anew(text, page) == text


def anew(text: str, page: Path) -> str:
    """Return a page with what its queries give, of a folder with the example's two reports."""
    lang = "es" if page.parent.name == "es" else "en"
    with tempfile.TemporaryDirectory() as made_in:
        path = Path(made_in)
        _example(path)
        data = export(path, "sqlite", "2003-04-01", "--all", lang=lang).data
    with closing(opened(data)) as connection:

        def block(found: re.Match[str]) -> str:
            cursor = connection.execute(found["query"])
            table = _drawn([d[0] for d in cursor.description], cursor.fetchall())
            return f"```sql\n{found['query']}```\n\n```text\n{table}```"

        return QUERY.sub(block, text)


def _example(path: Path) -> None:
    """Write the data of this repository, and two reports of Costa Rica's that are an example."""
    for file in DATA.rglob("*.yaml"):
        target = path / file.relative_to(DATA)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (path / "progress").mkdir(exist_ok=True)
    (path / "progress/CRI.yaml").write_text(
        "- mandate: GRCM-2002-10/8#1\n  date: 2003-01-10\n  progress: done\n"
        "  evidence: https://example.org/observaciones.pdf\n"
        "- mandate: GRCM-2002-10/8#2\n  date: 2003-03-20\n  progress: started\n",
        encoding="utf-8",
    )


def _drawn(heads: Sequence[str], found: Sequence[Sequence[object]]) -> str:
    cells = [list(heads), *[["" if v is None else str(v) for v in row] for row in found]]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        + "\n"
        for row in cells
    )


if __name__ == "__main__":
    for written in PAGES:
        said = written.read_text(encoding="utf-8")
        written.write_text(anew(said, written), encoding="utf-8")
