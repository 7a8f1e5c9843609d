"""The page of what has changed: what `grcm changes` says, from meeting to meeting."""

import json
from pathlib import Path
from typing import get_args

from grcm_cli.domain.changes import TaskChangeKind
from grcm_cli.site.changes import SECTIONS

from ..conftest import Folder, run_grcm
from .test_site import Site, made, said


def sections(site: Site, path: str = "en/changes.html") -> list[tuple[str, str, list[str]]]:
    """Return the period and the heading of each section, with the references of its rows.

    Of a list, its lines.
    """
    found, period = [], ""
    for one in site.page(path).iterfind(".//main//*"):
        period = said(one) if one.tag == "h2" else period
        if one.tag == "section" and (heading := one.find("h4")) is not None:
            cells = [*one.iterfind(".//td[5]"), *one.iterfind("ul/li")]
            found.append((period, said(heading), [said(cell) for cell in cells]))
    return found


def test_every_kind_of_change_has_a_section() -> None:
    assert {*SECTIONS} == {*get_args(TaskChangeKind)}


def test_what_a_meeting_decided_stands_before_what_time_brought(site: Site) -> None:
    (new, late, passed) = sections(site)
    causes = [said(one) for one in site.page("en/changes.html").iterfind(".//h3[@class='cause']")]
    assert causes == ["Decided by meetings", "With the passing of time"]
    assert late == (
        "At the last meeting and since",
        "Newly overdue",
        ["GRCM-2002-10/9", "GRCM-2002-10/8#1"],  # the newest first
    )
    assert passed[1:] == (
        "Changes of holder",
        ["1 January 2003: Presidency Pro-Tempore, Guatemala → Mexico; 3 open commitments"],
    )
    assert new[:2] == ("At the last meeting and since", "New commitments")


def test_what_a_meeting_adopts_is_in_its_own_period(folder: Folder, tmp_path: Path) -> None:
    folder.meeting("- {number: 1, text: Uno, responsible: AAA, due: 2003-01-15}\n")
    for day, text, due in (("2003-02-01", "Dos", "next WG"), ("2003-04-01", "Tres", "2004-01-31")):
        conclusions = f"- {{number: 1, text: {text}, responsible: BBB, due: {due}}}\n"
        folder.meeting(conclusions, id=f"WG-{day[:7]}", start=day, end=day)
    pages = made(folder.path, tmp_path / "s", "2003-04-20")
    new = [
        (period, rows) for period, heading, rows in sections(pages) if heading == "New commitments"
    ]
    titles = ("At the last meeting and since", "WG-2003-02", "WG-2002-10")
    assert [rows for _period, rows in new] == [["WG-2003-04/1"], ["WG-2003-02/1"], ["WG-2002-10/1"]]
    assert new[0][0] == titles[0]
    days = [said(one) for one in pages.page("en/changes.html").iterfind(".//p[@class='lead']")]
    assert "Changes from 1 April 2003 to 20 April 2003" in days[1]
    assert "Changes from 1 February 2003 to 31 March 2003" in days[2]
    # What stands before the next meeting says so in words.
    cells = [said(one) for one in pages.page("en/changes.html").iterfind(".//td/b")]
    assert not [cell for cell in cells if "next WG" in cell]


def test_ten_rows_of_a_kind_and_the_last_meeting_are_open_the_rest_is_folded(
    folder: Folder, tmp_path: Path
) -> None:
    folder.meeting("- {number: 1, text: Uno, responsible: AAA, due: 2003-01-15}\n")
    several = "".join(
        f"- {{number: {n}, text: T, responsible: BBB, due: 2004-01-31}}\n" for n in range(1, 13)
    )
    folder.meeting(several, id="WG-2003-02", start="2003-02-01", end="2003-02-01")
    page = made(folder.path, tmp_path / "s", "2003-04-20").page("en/changes.html")
    folded = {said(more[0]): len(more.findall(".//tbody/tr")) for more in page.iter("details")}
    del folded["For those who use grcm"]
    assert folded == {"Show more (2)": 2, "Changes: Meeting of the Grupo de Trabajo": 2}


def test_counts_lead_to_their_sections(site: Site) -> None:
    page = site.page("es/changes.html")
    links = [(said(a), a.get("href")) for a in page.iterfind(".//ul[@class='counts']/li/a")]
    assert links == [
        ("Compromisos nuevos: 26", "changes.html#GRCM-2002-10.new"),
        ("Recién vencidos: 12", "changes.html#GRCM-2002-10.late"),
        ("Cargos que cambiaron de titular: 1", "changes.html#GRCM-2002-10.passed"),
    ]
    overview = site.page("es/index.html").iterfind(".//ul[@class='counts']/li/a")
    assert [(said(a), a.get("href")) for a in overview] == links


def test_a_period_has_what_the_command_lists(site: Site) -> None:
    options = ("--since", "GRCM-2002-10", "--as-of", "2003-04-01", "--format", "json")
    listed = json.loads(run_grcm("changes", *options).out)["task_changes"]
    late = {one["ref"] for one in listed if one["change"] == "late"}
    assert late == set(sections(site)[1][2])
