"""The first screen's answers and the charts: what they say is what `stats` and the lists say."""

import json
import re
from datetime import date
from xml.etree.ElementTree import Element

import pytest

from grcm_cli.domain.statistics import lateness
from grcm_cli.domain.tasks import tasks
from grcm_cli.site import charts
from grcm_cli.site.page_data import RecordData, SiteData

from ..conftest import Folder, run_grcm
from .test_site import Site, made, said

DAY = "2003-04-01"
KINDS = ("overdue", "late", "on_time", "done_undated", "open", "passed", "declined", "ended")
"""The keys of `stats`, in the order of a bar, whose `open` has not what has passed."""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a record with a task of each kind, which no test changes."""
    folder = Folder(tmp_path_factory.mktemp("record"))
    folder.meeting(
        "- {number: 1, text: T, action: Informar, responsible: {each: members}, due: 2003-01-15}\n"
        "- {number: 2, text: T, action: Proponer, responsible: CCC, due: 2003-03-20}\n"
        "- {number: 3, text: T, action: Organizar, responsible: AAA, due: 2003-04-15}\n"
        "- {number: 4, text: T, action: Revisar, responsible: AAA}\n"
        "- {number: 5, text: T, action: Publicar, responsible: BBB, due: 2003-12-31}\n"
        "- {number: 6, text: T, action: Traducir, responsible: BBB, due: 2003-02-28}\n"
        "- {number: 7, text: T, responsible: CCC, due: 2003-03-31, kind: encouragement}\n"
    )
    folder.meeting(
        "- {number: 1, text: T, closes: WG-2002-10/5}\n",
        id="WG-2003-02", start="2003-02-01", end="2003-02-01",
    )  # fmt: skip
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
    folder.progress(
        "BBB",
        "- {mandate: WG-2002-10/1, date: 2003-01-20, progress: done}\n"
        "- {mandate: WG-2002-10/6, date: 2003-01-21, progress: declined}\n",
    )
    return folder


@pytest.fixture(scope="module")
def site(record: Folder, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return its site."""
    return made(record.path, tmp_path_factory.mktemp("site") / "s", DAY)


def site_data(folder: Folder, day: str = DAY, language: str = "en") -> SiteData:
    register, as_of = folder.register(), date.fromisoformat(day)
    return SiteData(RecordData(register, tasks(register, as_of), as_of), language)


def stats(folder: Folder, by: str) -> dict[str, list[int]]:
    """Return what `grcm stats` counts, by name, in the order of a bar."""
    ran = run_grcm(
        "--data", str(folder.path), "stats", "--by", by, "--format", "json", "--as-of", DAY
    )
    found = json.loads(ran.out)["stats"]
    for one in found:
        one["open"] -= one["passed"]
    return {one["name"]: [one[key] for key in KINDS] for one in found if one["name"]}


def test_a_bar_has_what_stats_counts_and_is_as_long_as_its_number(record: Folder) -> None:
    site = site_data(record)
    by_party, by_meeting = charts.party_chart(site), charts.meeting_chart(site)
    assert by_party is not None
    assert by_meeting is not None
    codes = {site.name_of(code): code for code in stats(record, "party")}
    assert {codes[row.name]: list(row.numbers.values()) for row in by_party.rows} == stats(
        record, "party"
    )
    assert {row.code: list(row.numbers.values()) for row in by_meeting.rows} == stats(
        record, "meeting"
    )
    for chart in (by_party, by_meeting):
        most = max(row.counts.owed for row in chart.rows)
        for row in chart.rows:
            places = [(start, width) for _kind, _number, start, width, _words in row.segments]
            ends = [round(start + width, 1) for start, width in places]
            assert [start for start, _width in places[1:]] == pytest.approx(ends[:-1], abs=0.05)
            assert ends[-1] == pytest.approx(100 * row.counts.owed / most, abs=0.05)
            assert sum(row.numbers.values()) == row.counts.owed


@pytest.mark.parametrize(
    ("day", "bands"),
    [
        *(("2003-01-15", [0, 0, 0, 0, 0]), ("2003-01-16", [2, 0, 0, 0, 0])),
        *(("2003-02-14", [1, 0, 0, 0, 0]), ("2003-02-15", [0, 1, 0, 0, 0])),
        *(("2003-04-15", [1, 1, 0, 0, 0]), ("2003-04-16", [2, 0, 1, 0, 0])),
        *(("2004-01-15", [0, 0, 0, 3, 0]), ("2004-01-16", [0, 0, 0, 2, 1])),
    ],
)
def test_lateness_is_counted_in_bands_with_their_last_day(
    record: Folder, day: str, bands: list[int]
) -> None:
    assert lateness(site_data(record, day).tasks) == bands


def found_in(element: Element, path: str) -> str:
    """Return the text of the first element at a path."""
    found = element.find(path)
    assert found is not None
    return said(found)


def test_each_chart_has_its_figures_as_a_table(site: Site) -> None:
    page = site.page("en/figures.html")
    for section in page.iterfind(".//main/section"):
        if section.find(".//ul[@class='keys']") is None:
            continue
        bars = section.findall(".//ul[@class='bars']/li")
        rows = section.findall(".//table[@class='figures']/tbody/tr")
        assert len(bars) == len(rows)
        for one, row in zip(bars, rows, strict=True):
            named = one.find("{*}svg").get("aria-label").split("; ")  # type: ignore[union-attr]
            cells = [int(said(cell)) for cell in row.findall("td")]
            assert [int(part.rsplit(" ", 1)[1]) for part in named] == [n for n in cells[1:] if n]
            assert sum(cells[1:]) == cells[0]


def test_what_was_declined_or_ended_is_not_shown_as_done(site: Site) -> None:
    page = site.page("en/party/BBB.html")
    rows = page.iterfind(".//section[@class='rows ended']//tbody/tr")
    shades = {said(row[-1]).partition("/")[2]: row.get("class") for row in rows}
    assert shades == {"1": "done", "6": "declined", "5": "ended"}


NO_REPORT = "Commitments that fell due in 2003: 2. No report yet."


@pytest.mark.parametrize(
    ("reports", "verdict"),
    [
        ("", NO_REPORT),
        ("CCC 2002-11-30", f"Of what fell due in 2002, 100% was done on time. {NO_REPORT}"),
        ("AAA 2003-01-10", "Of what fell due in 2003, 50% was done on time."),
        (
            "AAA 2003-01-10, CCC 2002-11-30",
            "Of what fell due in 2003, 50% was done on time (2002: 100%).",
        ),
        (
            "AAA 2003-01-20, CCC 2002-12-30",
            "Of what fell due in 2003, 0% was done on time (2002: 0%).",
        ),
    ],
)
def test_a_sentence_says_what_was_done_on_time_in_each_year(
    folder: Folder, reports: str, verdict: str
) -> None:
    folder.meeting(
        "- {number: 1, text: T, responsible: {each: [AAA, BBB]}, due: 2003-01-15}\n"
        "- {number: 2, text: T, responsible: CCC, due: 2002-12-15}\n"
    )
    for party, day in (one.split() for one in reports.split(", ") if one):
        number = 2 if party == "CCC" else 1
        entry = f"- {{mandate: WG-2002-10/{number}, date: {day}, progress: done}}\n"
        folder.progress(party, entry)
    chart = charts.year_chart(site_data(folder))
    assert chart is not None
    assert chart.title == verdict
    # The bar counts by the same.
    shares = {row.name: row.share for row in chart.rows}
    assert shares["2003"] == (
        f"{int(' 50%' in verdict)} of 2 on time" if "AAA" in reports else "no report"
    )


# --- one way of counting ------------------------------------------------------------------------


AUGUST = "2003-08-25"


@pytest.fixture(scope="module")
def recurring(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a record with a recurring duty, thrice missed, and duties of an office."""
    folder = Folder(tmp_path_factory.mktemp("recurring"))
    folder.meeting(
        "- {number: 1, text: T, action: Actualizar, responsible: {each: [AAA, BBB]},"
        " due: every 3 months, until: 2004-12-31}\n"
        "- {number: 2, text: T, action: Presidir, responsible: CH, due: 2003-05-01}\n"
        "- {number: 3, text: T, action: Convocar, responsible: CH, due: 2003-09-01}\n"
        "- {number: 4, text: T, action: Publicar, responsible: BBB, due: 2003-04-15}\n"
        "- {number: 5, text: T, action: Traducir, responsible: AAA, due: 2003-09-20,"
        " kind: encouragement}\n"
    )
    folder.progress("BBB", "- {mandate: WG-2002-10/4, date: 2003-04-10, progress: done}\n")
    return folder


@pytest.fixture(scope="module")
def pages(recurring: Folder, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return its site."""
    return made(recurring.path, tmp_path_factory.mktemp("site") / "s", AUGUST)


def test_bar_first_line_and_lists_of_a_party_have_the_same_numbers(
    recurring: Folder, pages: Site
) -> None:
    site = site_data(recurring, AUGUST)
    chart = charts.party_chart(site)
    assert chart is not None
    for row in chart.rows:
        rows = pages.rows(f"en/{row.path}")
        page = pages.page(f"en/{row.path}")
        late = page.findall(".//tr[@class='late']")
        done = page.findall(".//section[@class='rows ended']//tbody/tr")
        lead = found_in(page, ".//p[@class='lead']")
        still_open = len(rows) - len(done)
        assert f"{still_open} open commitment{'s' * (still_open != 1)}." in lead
        assert numbers_of(page).get("Overdue", 0) == len(late)
        assert sum(numbers_of(page).values()) == len(rows)
        assert (row.numbers["overdue"], row.counts.owed) == (len(late), len(rows))
    whole = pages.page("en/list.html")
    owed = site.record.counts["all", ""].owed
    assert found_in(whole, ".//p[@id='count']") == f"{owed} commitments"
    assert sum(numbers_of(whole).values()) == owed


def numbers_of(page: Element) -> dict[str, int]:
    """Return the numbers that lead to the sections of a list, by the section's heading."""
    told = (said(one).split(": ") for one in page.iterfind(".//ul[@class='counts']/li/a"))
    return {heading: int(number) for heading, number in told}


@pytest.mark.parametrize(
    "path", ["index.html", "figures.html", "changes.html", "party/BBB.html", "list.html"]
)
def test_the_running_text_names_no_command(pages: Site, path: str) -> None:
    page = pages.page(f"en/{path}")
    assert not [
        said(one) for one in page.iterfind(".//main//p") if re.search(r"\bgrcm [a-z]", said(one))
        and one not in page.findall(".//details[@class='for-users']/p")
    ]  # fmt: skip
