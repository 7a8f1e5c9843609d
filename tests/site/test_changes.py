"""The pages of what has changed: what `grcm changes` says, by month and from meeting to meeting."""

from pathlib import Path

import pytest

from ..conftest import Folder, run_grcm
from .test_site import Site, made, said


@pytest.fixture(scope="module")
def site(plain_site: Site) -> Site:
    """Return the site of the repository's own data."""
    return plain_site


def sections(site: Site, path: str) -> dict[str, list[str]]:
    """Return the references of the rows of each section of a page; of a list, its lines."""
    found = {}
    for section in site.page(path).iterfind(".//main/section"):
        heading = section.find("h2")
        assert heading is not None
        cells = section.iterfind(".//td[@class='ref']")
        found[said(heading)] = [said(one) for one in (*cells, *section.iterfind("ul/li"))]
    return found


def test_a_month_has_its_changes_in_sections(site: Site) -> None:
    assert sections(site, "en/month/2003-01.html") == {
        "Newly late": ["GRCM-2002-10/8#1"],
        "Offices passed on": [
            "1 January 2003: Presidency Pro-Tempore, Guatemala → Mexico; 3 open duties"
        ],
    }
    lead = site.page("en/month/2003-01.html").find(".//p[@class='lead']")
    assert lead is not None
    assert said(lead) == ("After 31 December 2002, up to 31 January 2003. 4 duties, 14 changes.")


def test_what_is_late_since_the_last_meeting_stands_first(site: Site) -> None:
    page = site.page("es/changes.html")
    first = page.find(".//main/section")
    assert first is not None
    assert [said(one) for one in first.iterfind("ul/li")] == [
        "Recién vencidos: 12",
        "Cargos que cambiaron de titular: 1",
    ]
    assert [said(one) for one in first.iterfind(".//td[@class='ref']")] == [
        "GRCM-2002-10/8#1",
        "GRCM-2002-10/9",
    ]


def test_a_meeting_leads_to_what_has_changed_since(site: Site) -> None:
    links = {a.get("href"): said(a) for a in site.page("en/meeting/GRCM-2002-10.html").iter("a")}
    assert links["../since/GRCM-2002-10.html"] == "What has changed since GRCM-2002-10"


def test_each_page_names_the_command_that_prints_the_same(site: Site) -> None:
    """The files beside each page are what that command prints, in both formats for programs."""
    found = sorted((site.folder / "en").glob("[ms][oi]n*/*.html"))
    assert len(found) == 5
    for path in found:
        command = site.page(path).find(".//code")
        assert command is not None
        arguments = said(command).split()[1:]
        for name in ("json", "csv"):
            printed = run_grcm(*arguments, "--format", name).out
            written = path.with_suffix(f".{name}").read_text(encoding="utf-8")
            assert [line for line in written.split("\n") if line] == [
                line for line in printed.split("\n") if line
            ]


TWO_MEETINGS = "- {number: 1, text: T, responsible: {each: [AAA, BBB]}, due: 2003-01-15}\n"


def two_meetings(folder: Folder) -> None:
    """Write a meeting, a report, and a later meeting of the same body that moves a deadline."""
    folder.meeting(TWO_MEETINGS)
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-20, progress: done, "
                    "evidence: 'Nota <b>5</b>'}\n")  # fmt: skip
    moved = "[{mandate: WG-2002-10/1, due: 2003-09-30, parties: [BBB]}]"
    folder.meeting(f"- {{number: 1, text: U, extends: {moved}}}\n", id="WG-2003-03",
                   start="2003-03-01", end="2003-03-02")  # fmt: skip


def test_from_one_meeting_to_the_next_of_its_body(folder: Folder, tmp_path: Path) -> None:
    two_meetings(folder)
    site = made(folder.path, tmp_path / "s")
    path = "en/since/WG-2002-10.html"
    heading = site.page(path).find(".//h1")
    assert heading is not None
    assert said(heading) == "What changed from WG-2002-10 to WG-2003-03"
    rows = {
        key: [said(one) for one in section.iterfind(".//td[@class='when']")]
        for section in site.page(path).iterfind(".//main/section")
        for key in [said(section.find("h2"))]  # type: ignore[arg-type] # the page has it
    }
    assert rows == {
        "Settled": ["done late; by 1 of 2 so far; Nota <b>5</b>"],
        "Moved": ["15 January 2003 → 30 September 2003, by WG-2003-03/1"],
    }
    newer = {a.get("href") for a in site.page("en/meeting/WG-2003-03.html").iter("a")}
    assert {"../since/WG-2002-10.html", "../since/WG-2003-03.html"} <= newer


def test_only_the_last_months_and_meetings_have_pages(folder: Folder, tmp_path: Path) -> None:
    for month in range(1, 15):
        year, number = 2000 + (month - 1) // 12, (month - 1) % 12 + 1
        day = f"{year}-{number:02}-10"
        folder.meeting("- {number: 1, text: T, responsible: AAA}\n", id=f"WG-{month:02}",
                       start=day, end=day)  # fmt: skip
    made(folder.path, tmp_path / "s", "2001-03-01")
    months = sorted(path.name for path in (tmp_path / "s/en/month").glob("*.html"))
    assert (len(months), months[0], months[-1]) == (12, "2000-03.html", "2001-02.html")
    meetings = sorted(path.name for path in (tmp_path / "s/en/since").glob("*.html"))
    assert (len(meetings), meetings[0], meetings[-1]) == (12, "WG-03.html", "WG-14.html")


def test_a_record_without_a_meeting_says_so(folder: Folder, tmp_path: Path) -> None:
    folder.meeting("", id="WG-2090-10", start="2090-10-29", end="2090-10-31")
    site = made(folder.path, tmp_path / "s")
    assert "No meeting has ended yet." in said(site.page("en/changes.html"))
