"""A kept record whose meeting was corrected: the new file alone is read, and nothing is missed."""

import os
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grcm_cli.cache import snapshot
from grcm_cli.cache.amend import serialized
from grcm_cli.cache.fingerprint import stamp
from grcm_cli.cache.later import taken_over
from grcm_cli.cache.recall import Facts
from grcm_cli.cache.summary import outline
from grcm_cli.domain.findings import Finding
from grcm_cli.domain.query import Query
from grcm_cli.domain.register import Register

from ..conftest import Folder
from .test_cache import (
    ASKED,
    DUES,
    OWE,
    OWES,
    QUERIES,
    UNTIL,
    answer,
    kept_facts,
    meaning,
    records_of,
    rows_of,
    sound_folders,
)

MARKS = ("", ", kind: encouragement", ", support: [ORG, BBB]", ", void: error", ", action: Otra")
WRONG = (
    *("responsible: XXX", "responsible: AAA, due: 1999-01-01", "responsible: AAA, due: maybe"),
    *("responsible: AAA, due: next AAA", "responsible: AAA, until: 2004", "resposible: AAA"),
)
ELSEWHERE = (
    ("number: 2", "number: 3"),
    ("start: 2002-10-31", "start: 2002-11-01"),
    ("body: WG", "body: CO"),
    ("conclusions:", "participants: [AAA]\nconclusions:"),
    ("  - {responsible", "  - {after: WG-1/2#2, responsible"),
)

EVERYTHING = tuple(
    (query, day)
    for day in (date(2002, 12, 1), date(2003, 2, 1), date(2005, 6, 1))
    for query in (
        *(Query(), Query(closed=True), Query(late=True), Query(before=day), Query(after=day)),
        *(Query(party=code) for code in ("AAA", "BBB", "ORG", "CH")),
    )
)


@st.composite
def said(draw: st.DrawFn) -> str:
    """Make what a mandate says; a few have an error."""
    if draw(st.integers(0, 19)) == 0:
        return draw(st.sampled_from(WRONG))
    due = draw(st.sampled_from(DUES))
    until = draw(st.sampled_from(UNTIL)) if due.startswith("every") else ""
    # Reports stand mostly on what these three owe: who else is named was wrong to report.
    who = draw(st.sampled_from((*OWE * 6, *OWES)))
    keys = f"responsible: {who}"
    return keys + (f", due: {due}{until}" if due else "") + draw(st.sampled_from(MARKS))


def corrected(text: str, place: int, now: str) -> str:
    """Return a meeting's text in which one mandate says something else."""
    lines = text.splitlines(keepends=True)
    places = [at for at, line in enumerate(lines) if line.startswith("  - {")]
    lines[places[place]] = f"  - {{{now}}}\n"
    return "".join(lines)


def take_over(facts: Facts, folder: Folder) -> tuple[bool, set[str]]:
    """Put into facts what changed; tell whether they have it, and which files were read."""
    now = stamp(folder.path)
    assert now is not None
    opened: set[str] = set()

    def read(name: str) -> bytes:
        opened.add(name)
        return (folder.path / name).read_bytes()

    return taken_over(facts, now, read, meaning), opened


def errors(folder: Folder) -> list[Finding]:
    loaded = folder.load()
    assert loaded.register is not None
    found = [*loaded.findings, *meaning(loaded.register)]
    return [finding for finding in found if finding.severity == "error"]


def outlines(register: Register) -> list[str]:
    return [outline(meeting) for meeting in register.meetings]


@settings(max_examples=150, deadline=None)
@given(
    files=sound_folders(),
    changes=st.lists(st.tuples(st.integers(0, 3), said()), min_size=1, max_size=2),
    elsewhere=st.sampled_from((None, None, None, *ELSEWHERE)),
    asked=st.tuples(QUERIES, ASKED),
)
def test_facts_of_a_corrected_meeting_answer_as_the_whole(
    files: dict[str, str],
    changes: list[tuple[int, str]],
    elsewhere: tuple[str, str] | None,
    asked: tuple[Query, date],
) -> None:
    """What is sound and concerns nobody else is taken over; anything else never is."""
    with tempfile.TemporaryDirectory() as made:
        folder = Folder(Path(made))
        for name, content in files.items():
            folder.write(name, content)
        facts, before = kept_facts(folder), folder.load().register
        assert facts is not None
        assert before is not None
        text = files["meetings/WG-1.yaml"].replace("Texto", "Otro texto", 1)
        for place, now in changes:
            text = corrected(text, place, now)
        folder.write("meetings/WG-1.yaml", text.replace(*elsewhere) if elsewhere else text)
        has, opened = take_over(facts, folder)
        wrong, register = errors(folder), folder.load().register
    assert register is not None
    assert opened == {"meetings/WG-1.yaml"}
    can_be_kept = not wrong and snapshot.facts(register, {}, {}) is not None
    assert has is (can_be_kept and outlines(before) == outlines(register))
    if not has:
        return
    again = Facts(serialized(facts))
    for query, as_of in (asked, *EVERYTHING):
        part = again.part(query, as_of, undated=False)
        assert answer(part, query, as_of) == answer(register, query, as_of)
        assert rows_of(again, query, as_of) == records_of(register, query, as_of)


@pytest.mark.parametrize(
    ("before", "after", "has"),
    [
        pytest.param("text: Texto", "text: Otro", True, id="a text"),
        pytest.param("2003-01-15", "2003-02-15", True, id="a deadline"),
        pytest.param("responsible: AAA", "responsible: BBB", True, id="who owes"),
        pytest.param("place: Aquí", "place: Allí", True, id="a place"),
        pytest.param("number: 2", "number: 3", False, id="a number"),
        pytest.param("  - number: 2\n    text: Dos\n", "", False, id="one conclusion less"),
        pytest.param("text: Dos", "text: Dos\n    responsible: AAA", False, id="one mandate more"),
        pytest.param("text: Dos", "text: Dos\n    follows: 1", False, id="a reference"),
        pytest.param("start: 2002-10-29", "start: 2002-10-28", False, id="a day of the meeting"),
        pytest.param("responsible: AAA", "responsible: AAB", False, id="somebody unknown"),
        pytest.param("text: Texto", "text: ", False, id="no text"),
        pytest.param("text: Texto", "texto: Texto", False, id="an unknown key"),
    ],
)
def test_what_counts_as_a_correction(folder: Folder, before: str, after: str, *, has: bool) -> None:
    text = (
        "id: WG-2002-10\nbody: WG\nplace: Aquí\nstart: 2002-10-29\nend: 2002-10-31\nconclusions:\n"
        "  - number: 1\n    text: Texto\n    responsible: AAA\n    due: 2003-01-15\n"
        "  - number: 2\n    text: Dos\n"
    )
    folder.write("meetings/WG-2002-10.yaml", text)
    facts = kept_facts(folder)
    assert facts is not None
    folder.write("meetings/WG-2002-10.yaml", text.replace(before, after))
    os.utime(folder.path / "meetings/WG-2002-10.yaml", ns=(1, 1))
    assert take_over(facts, folder)[0] is has


@pytest.mark.parametrize("name", ["WG-2002-10.yaml~", "WG-2002-10.old", "WG-2002-10.yaml.bak"])
def test_what_an_editor_leaves_is_no_meeting(folder: Folder, name: str) -> None:
    """Nor is it looked at: the corrected file beside it is read alone."""
    folder.mandate("responsible: AAA, due: 2003-02-15")
    meeting = (folder.path / "meetings/WG-2002-10.yaml").read_text()
    folder.write(f"meetings/{name}", meeting)
    facts = kept_facts(folder)
    assert facts is not None
    folder.write(f"meetings/{name}", meeting.replace("2003-02-15", "2003-01-15"))
    folder.mandate("responsible: BBB, due: 2003-03-15")
    assert take_over(facts, folder) == (True, {"meetings/WG-2002-10.yaml"})
    day = date(2003, 1, 20)
    assert rows_of(facts, Query(), day) == records_of(folder.register(), Query(), day)


@pytest.mark.parametrize("name", ["other.yml", "other.YAML", "other"])
def test_what_is_told_of_is_looked_at(folder: Folder, name: str) -> None:
    """Where reading has a finding, a file or a folder that comes is seen."""
    folder.mandate("responsible: AAA, due: 2003-02-15")
    facts = kept_facts(folder)
    assert facts is not None
    if name == "other":
        (folder.path / "meetings/other").mkdir()
    else:
        folder.write(f"meetings/{name}", "")
    assert folder.load().findings != []
    assert take_over(facts, folder) == (False, set())


def test_a_corrected_meeting_and_a_report_are_taken_over_together(folder: Folder) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15")
    folder.progress("AAA", "")
    facts = kept_facts(folder)
    assert facts is not None
    folder.mandate("responsible: AAA, due: 2003-02-15")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-02-01, progress: done}\n")
    has, opened = take_over(facts, folder)
    assert has
    assert opened == {"meetings/WG-2002-10.yaml", "progress/AAA.yaml"}
    everything = Query(closed=True)
    for day in (date(2003, 1, 20), date(2003, 2, 10)):
        assert rows_of(facts, everything, day) == records_of(folder.register(), everything, day)


def test_what_was_done_is_open_again_where_it_stands_for_ever(folder: Folder) -> None:
    """And the other way round: its one report closes what is due once."""
    day = date(2004, 1, 1)
    folder.mandate("responsible: AAA, due: 2003-05-31")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-05-01, progress: done}\n")
    facts = kept_facts(folder)
    assert facts is not None
    for due, is_open in (("ongoing", True), ("2003-05-31", False)):
        folder.mandate(f"responsible: AAA, due: {due}")
        assert take_over(facts, folder)[0]
        part = facts.part(Query(), day, undated=False)
        assert bool(answer(part, Query(), day)) is is_open
        assert bool(part.each_mandate()) is is_open  # what is closed is not even looked at
