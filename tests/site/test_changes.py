"""The page of what has changed: what `grcm changes` says, from meeting to meeting."""

import json
from pathlib import Path
from typing import get_args

import pytest

from grcm_cli.domain.changes import TaskChangeKind
from grcm_cli.site.changes import SECTIONS

from ..conftest import Folder, run_grcm
from .test_site import Site, made, said


@pytest.fixture(scope="module")
def site(plain_site: Site) -> Site:
    """Return the site of the repository's own data."""
    return plain_site


def sections(site: Site, path: str = "en/changes.html") -> list[tuple[str, str, list[str]]]:
    """Return the period and the heading of each section, with the references of its rows.

    Of a list, its lines.
    """
    found, period = [], ""
    for one in site.page(path).iterfind(".//main/*"):
        period = said(one) if one.tag == "h2" else period
        if one.tag == "section" and (heading := one.find("h3")) is not None:
            cells = [*one.iterfind(".//td[@class='ref']"), *one.iterfind("ul/li")]
            found.append((period, said(heading), [said(cell) for cell in cells]))
    return found


def test_every_kind_of_change_has_a_section() -> None:
    assert {*SECTIONS, "passed"} == {*get_args(TaskChangeKind)}


def test_what_is_late_since_the_last_meeting_stands_first(site: Site) -> None:
    group = "Reunión del Grupo Regional de Consulta de la Conferencia Regional sobre Migración"
    (late, passed, new) = sections(site)
    assert late == (f"Since {group}", "Newly late", ["GRCM-2002-10/8#1", "GRCM-2002-10/9"])
    assert passed[1:] == (
        "Offices passed on",
        ["1 January 2003: Presidency Pro-Tempore, Guatemala → Mexico; 3 open commitments"],
    )
    assert new[:2] == ("After Seventh Regional Conference on Migration", "New commitments")


def test_counts_lead_to_their_sections(site: Site) -> None:
    page = site.page("es/changes.html")
    links = [(said(a), a.get("href")) for a in page.iterfind(".//ul[@class='counts']/li/a")]
    assert links[:2] == [
        ("Recién vencidos: 12", "changes.html#GRCM-2002-10.late"),
        ("Cargos que cambiaron de titular: 1", "changes.html#GRCM-2002-10.passed"),
    ]
    overview = site.page("es/index.html").iterfind(".//ul[@class='counts']/li/a")
    assert [(said(a), a.get("href")) for a in overview] == links[:2]


def test_a_period_has_what_the_command_lists(site: Site) -> None:
    options = ("--since", "GRCM-2002-10", "--as-of", "2003-04-01", "--format", "json")
    listed = json.loads(run_grcm("changes", *options).out)["task_changes"]
    late = {one["ref"] for one in listed if one["change"] == "late"}
    assert late == set(sections(site)[0][2])


def test_a_later_meeting_of_any_body_begins_the_next_period(folder: Folder, tmp_path: Path) -> None:
    folder.meeting("- {number: 1, text: T, responsible: {each: [AAA, BBB]}, due: 2003-01-15}\n")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-20, progress: done, "
                    "evidence: 'Nota <b>5</b>'}\n")  # fmt: skip
    moved = "[{mandate: WG-2002-10/1, due: 2003-09-30, parties: [BBB]}]"
    folder.meeting(f"- {{number: 1, text: U, extends: {moved}}}\n", id="WG-2003-03",
                   start="2003-03-01", end="2003-03-02")  # fmt: skip
    site = made(folder.path, tmp_path / "s")
    assert [(period, heading) for period, heading, _rows in sections(site)] == [
        ("After Meeting of the Grupo de Trabajo", "Settled"),
        ("After Meeting of the Grupo de Trabajo", "Moved"),
    ]
    rows = [said(one) for one in site.page("en/changes.html").iterfind(".//td[@class='when']")]
    assert rows == [
        "done late (1 of 2 so far); Nota <b>5</b>",
        "15 January 2003 → 30 September 2003, by WG-2003-03/1",
    ]
    assert "Nothing has changed." in said(site.page("en/changes.html"))


def test_the_page_begins_after_the_last_six_meetings(folder: Folder, tmp_path: Path) -> None:
    for month in range(1, 11):
        day = f"2000-{month:02}-10"
        folder.meeting("- {number: 1, text: T, responsible: AAA}\n", id=f"WG-{month:02}",
                       start=day, end=day)  # fmt: skip
    site = made(folder.path, tmp_path / "s", "2001-03-01")
    references = [row for _period, _heading, rows in sections(site) for row in rows]
    assert references == [f"WG-{month:02}/1" for month in range(10, 5, -1)]


def test_a_record_without_a_meeting_says_so(folder: Folder, tmp_path: Path) -> None:
    folder.meeting("", id="WG-2090-10", start="2090-10-29", end="2090-10-31")
    site = made(folder.path, tmp_path / "s")
    assert "No meeting has ended yet." in said(site.page("en/changes.html"))
