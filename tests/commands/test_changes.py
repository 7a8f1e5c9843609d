"""`grcm changes`: from which day, in which order, and what a row says."""

import csv
import io
import json
from pathlib import Path

import pytest

from ..conftest import Folder, Ran, run_grcm

REPORTS = """\
- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done, evidence: Acta 7}
- {mandate: WG-2002-10/3, date: 2003-01-10, progress: started}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a record of two bodies, with something of each kind of change but the rarest."""
    made = Folder(tmp_path)
    made.meeting(
        "- {number: 1, text: Uno, responsible: {each: [AAA, BBB, CCC]}, due: 2003-01-15}\n"
        "- {number: 2, text: Dos, responsible: [CH, ORG], due: 2003-12-31, kind: encouragement}\n"
        "- {number: 3, text: Tres, responsible: AAA, due: 2003-03-31}\n"
        "- {number: 4, text: Cuatro, responsible: {each: [AAA, BBB]}, due: ongoing}\n"
    )
    made.meeting(
        "- {number: 1, text: Cinco, responsible: BBB, due: every WG, until: 2003-03-31}\n"
        "- {number: 2, text: Seis, extends: {mandate: WG-2002-10/3, due: 2003-06-30}}\n"
        "- {number: 3, text: Siete, closes: WG-2002-10/4}\n",
        id="CO-2003-02", body="CO", start="2003-02-10", end="2003-02-11",
    )  # fmt: skip
    made.progress("AAA", REPORTS)
    made.progress("BBB", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: declined}\n")
    return made


def changes(folder: Folder, *options: str, as_of: str = "2003-02-28") -> Ran:
    where = ("--data", str(folder.path), "--as-of", as_of)
    return run_grcm(*where, "changes", *options, COLUMNS="120")


def test_a_row_for_those_that_are_alike(folder: Folder) -> None:
    ran = changes(folder, "--since", "WG-2002-10", "--format", "md")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "| Day | Change | Who | What | Reference |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| 2003-01-01 | passed on: AAA → BBB | CH (BBB) + ORG | Dos (encouragement) "
        "| WG-2002-10/2 |\n"
        "| 2003-01-10 | reported: started | AAA "
        "| Tres (first due 2003-03-31, extended by CO-2003-02/2) | WG-2002-10/3 |\n"
        "| 2003-01-10 | settled: done (2 of 3 so far); Acta 7 | 1 of 3 (BBB declined): AAA | Uno "
        "| WG-2002-10/1 |\n"
        "| 2003-01-10 | settled: declined (2 of 3 so far) | 1 of 3 (AAA done): BBB | Uno "
        "| WG-2002-10/1 |\n"
        "| 2003-01-16 | newly late: deadline 2003-01-15 | 1 of 3 (AAA done, BBB declined): CCC "
        "| Uno | WG-2002-10/1 |\n"
        "| 2003-02-11 | new duty: deadline every WG | BBB | Cinco | CO-2003-02/1 |\n"
        "| 2003-02-11 | moved: 2003-03-31 → 2003-06-30, by CO-2003-02/2 | AAA "
        "| Tres (first due 2003-03-31, extended by CO-2003-02/2) | WG-2002-10/3 |\n"
        "| 2003-02-11 | ended: closed by CO-2003-02/3 | each of 2 (0 reported): AAA BBB | Cuatro "
        "| WG-2002-10/4 |\n"
    )


def test_reports_on_a_recurring_duty_say_which_time(folder: Folder) -> None:
    """Two on one day, of a duty that falls due each month."""
    folder.meeting("- {number: 1, text: Ocho., responsible: AAA, due: every month}\n")
    entry = "- {{mandate: WG-2002-10/1, for: {}, date: 2003-01-10, progress: done}}\n"
    folder.progress("AAA", "".join(map(entry.format, ("2002-11-30", "2003-01-31"))))
    folder.progress("BBB", "[]\n")
    out = changes(folder, "--since", "2003-01-09", "--format", "md").out
    told = [line.split(" | ")[3] for line in out.splitlines() if "settled" in line]
    assert told == ["Ocho (occurrence: 2002-11-30)", "Ocho (occurrence: 2003-01-31)"]


@pytest.mark.parametrize(
    ("options", "as_of", "since", "count"),
    [
        pytest.param((), "2003-02-28", "2003-02-11", 0, id="since the last meeting of any body"),
        pytest.param((), "2003-02-11", "2003-02-11", 0, id="which has ended on its last day"),
        pytest.param((), "2003-02-10", "2002-10-31", 5, id="and not before"),
        pytest.param(("--since-last", "wg"), "2003-02-28", "2002-10-31", 9, id="of a body"),
        pytest.param(("--since-last", "CO"), "2003-04-01", "2003-02-11", 1, id="of another"),
        pytest.param(("--since", "WG-2002-10"), "2003-02-28", "2002-10-31", 9, id="a meeting"),
        pytest.param(("--since", "wg-2002-10"), "2003-02-28", "2002-10-31", 9, id="in any case"),
        pytest.param(("--since", "2003-01-10"), "2003-02-28", "2003-01-10", 5, id="a day"),
        pytest.param(
            ("--since", "2002-10-30"), "2003-02-28", "2002-10-30", 16, id="the day before"
        ),
        pytest.param(("--since", "2003-02-28"), "2003-02-28", "2003-02-28", 0, id="the same day"),
    ],
)
def test_from_which_day(
    folder: Folder, options: tuple[str, ...], as_of: str, since: str, count: int
) -> None:
    ran = changes(folder, *options, "--format", "json", as_of=as_of)
    document = json.loads(ran.out)
    assert (ran.code, document["since"], document["as_of"]) == (0, since, as_of)
    assert len(document["task_changes"]) == count
    assert all(since < one["date"] <= as_of for one in document["task_changes"])
    nothing = f"Nothing has changed after {since}, up to {as_of}.\n"
    assert ran.err == ("" if count else nothing)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--since 2003-01-01 --since-last WG", "--since and --since-last say the same; give one of"
         " them"),
        ("--since 2003-03-01", "2003-03-01 is later than 2003-02-28, the day that is asked for"),
        ("--since 2003-02-30", "'2003-02-30' is no day of the calendar; the last day of that month "
         "is 2003-02-28"),
        ("--since 2003", "'2003' is not written as a day; write it as YYYY-MM-DD"),
        ("--since WG", "WG is a body that meets; write --since-last WG"),
        ("--since WG-2002-11", "'WG-2002-11' is no meeting of the record; did you mean"
         " `WG-2002-10`?"),
        ("--since-last AAA", "AAA is no body that meets; the bodies are: WG, CO"),
        ("--as-of 2002-10-30", "no meeting has ended by 2002-10-30; give a day: grcm changes"
         " --since YYYY-MM-DD"),
        ("--since-last CO --as-of 2003-02-10", "no meeting of CO has ended by 2003-02-10; give a"
         " day: grcm changes --since YYYY-MM-DD"),
    ],
)  # fmt: skip
def test_what_leads_to_no_day(folder: Folder, options: str, message: str) -> None:
    ran = changes(folder, *options.split())
    assert (ran.code, ran.out, ran.err) == (2, "", f"grcm: {message}\n")


def lines(ran: Ran) -> list[tuple[str, ...]]:
    """Return day, change, reference and party of each line of a plain list."""
    return [tuple(line.split("\t")[:4]) for line in ran.out.splitlines()]


def test_by_party_and_by_meeting(folder: Folder) -> None:
    since = ("--since", "2003-01-01", "--format", "plain")
    parties = [party for *_rest, party in lines(changes(folder, *since, "--by", "party"))]
    assert parties == ["AAA", "AAA", "AAA", "AAA", "BBB", "BBB", "BBB", "CCC"]
    found = lines(changes(folder, *since, "--by", "meeting"))
    meetings = [reference.partition("/")[0] for _day, _kind, reference, _party in found]
    assert meetings == ["WG-2002-10"] * 7 + ["CO-2003-02"]
    table = changes(folder, "--since", "2003-01-01", "--by", "party").out.splitlines()
    assert table[2].split() == ["Party", "Day", "Change", "What", "Reference"]
    assert table[3].startswith("AAA    2003-01-10  reported: started")


@pytest.mark.parametrize(
    ("options", "references"),
    [
        (("--party", "CCC"), {"WG-2002-10/1"}),
        (("--party", "ORG"), {"WG-2002-10/2"}),
        (("--body", "CO"), {"CO-2003-02/1"}),
        (("--meeting", "CO-2003-02"), {"CO-2003-02/1"}),
    ],
)
def test_only_some(folder: Folder, options: tuple[str, ...], references: set[str]) -> None:
    ran = changes(folder, "--since", "2002-12-01", *options, "--format", "plain")
    assert {reference for _day, _kind, reference, _party in lines(ran)} == references


def test_records_have_both_sides(folder: Folder) -> None:
    ran = changes(folder, "--since", "2002-12-01", "--format", "csv", as_of="2003-04-01")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    sides = [(row["change"], row["before"], row["after"], row["by"]) for row in rows]
    assert sides == [
        ("passed", "AAA", "BBB", ""),
        ("reported", "unknown", "started", ""),
        ("closed", "upcoming", "done", ""),
        ("closed", "upcoming", "declined", ""),
        ("late", "upcoming", "overdue", ""),
        ("moved", "2003-03-31", "2003-06-30", "CO-2003-02/2"),
        ("ended", "standing", "closed", "CO-2003-02/3"),
        ("ended", "standing", "closed", "CO-2003-02/3"),
    ]
    [passed] = [row for row in rows if row["change"] == "passed"]
    assert (passed["kind"], passed["party"], passed["together"]) == (
        "encouragement", "CH+ORG", "true",
    )  # fmt: skip


def test_what_came_to_its_end_is_no_more_listed(folder: Folder) -> None:
    """The duty at each meeting of the group ended on 31 March, and none was held."""
    ran = changes(folder, "--since-last", "CO", "--format", "md", as_of="2003-04-01")
    assert ran.out.splitlines()[2:] == [
        "| 2003-04-01 | gone: deadline every WG | BBB | Cinco | CO-2003-02/1 |"
    ]


def test_the_exit_code_tells_whether_anything_has_changed(folder: Folder) -> None:
    assert changes(folder, "--exit-code", as_of="2003-02-10").code == 5
    assert changes(folder, "--exit-code").code == 0


def test_in_spanish(folder: Folder) -> None:
    ran = changes(folder, "--since", "2003-01-10", "--format", "md", "--lang", "es")
    assert [line.split(" | ")[1].partition(":")[0] for line in ran.out.splitlines()[2:]] == [
        *("vencido", "nuevo", "otro plazo", "terminado"),
    ]
    alias = ("--data", str(folder.path), "--lang", "es", "cambios", "-h")
    assert run_grcm(*alias).out.startswith("Uso: grcm changes [OPCIONES]\n")
