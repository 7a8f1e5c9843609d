"""`grcm site`: what a visitor finds on each page, that every link leads somewhere.

And that no text of the data does anything there. What a browser sees is in test_site_browser.py.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest

from grcm_cli.language.text import clean, collapse
from grcm_cli.site import urls
from grcm_cli.site.lists import ROWS_OF_PAGE

from ..conftest import Folder, run_grcm
from ..formats.test_formats import HOSTILE

DAY = "2003-04-01"
BASE = "https://example.org/crm"
SCRIPTS = {f"assets/{name}.js" for name in ("site", "index", "list", "search")}
SCRIPTS.add("day.js")
"""The site's own scripts."""
HOSTILE_TITLE = "'\"><script>alert(1)</script>"


class Site:
    """A site that was made, read as a browser reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pages(self) -> Iterator[tuple[str, Element]]:
        """Yield each page's address and tree."""
        for path in sorted(self.folder.rglob("*.html")):
            yield path.relative_to(self.folder).as_posix(), self.page(path)

    def page(self, path: str | Path) -> Element:
        """Return a page's tree. A parser that accepts no error of HTML reads it."""
        data = (self.folder / path).read_bytes()
        parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
        tree: Element = parser.parse(data.decode())
        return tree

    def rows(self, path: str) -> list[tuple[str, ...]]:
        """Return the cells of all rows of duties on a page."""
        table = self.page(path).iterfind(".//table[@class='duties']/tbody/tr")
        return [tuple(said(cell) for cell in row) for row in table]


def said(element: Element) -> str:
    """Return the text of an element, a break as a blank."""
    for line_break in element.iter("br"):
        line_break.text = " "
    return collapse("".join(element.itertext()))


def made(data: Path, target: Path, day: str = DAY, *more: str) -> Site:
    """Return the site of a data folder."""
    ran = run_grcm("--data", str(data), "site", str(target), "--as-of", day, *more)
    assert (ran.code, ran.err) == (0, "")
    return Site(target)


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of a record with 801 tasks of one party, 400 of which are late."""
    folder = Folder(tmp_path_factory.mktemp("record"))
    folder.meeting("".join(
        f"- {{number: {n}, text: Texto {n}, responsible: AAA, due: 2003-0{1 + n % 2 * 4}-15}}\n"
        for n in range(1, 802)
    ))  # fmt: skip
    return made(folder.path, tmp_path_factory.mktemp("site") / "s", "2003-02-01")


def test_a_meeting_page_has_every_conclusion_word_for_word_at_its_number(site: Site) -> None:
    told = json.loads(run_grcm("show", "GRCM-2002-10", "--format", "json").out)["conclusions"]
    articles = {
        article.find("div/h2").get("id"): said(article.find("div/blockquote"))  # type: ignore[union-attr,arg-type] # the page has it
        for article in site.page("es/meeting/GRCM-2002-10.html").iterfind(".//article")
    }
    assert articles == {one["number"]: collapse(one["text"]) for one in told}
    assert len(articles) == 26


def test_every_link_leads_to_a_file_of_the_site_and_to_a_place_on_it(site: Site) -> None:
    ids = {path: {one.get("id") for one in page.iter()} for path, page in site.pages()}
    for path, page in site.pages():
        for element in page.iter():
            for attribute in ("href", "src", "action"):
                address = element.get(attribute)
                if address is None:
                    continue
                assert not re.match(r"[a-z]+:|//", address, re.IGNORECASE), (path, address)
                where, _, place = address.partition("#")
                where = where.partition("?")[0]
                target = (site.folder / path).parent / where if where else site.folder / path
                assert target.is_file(), (path, address)
                if place:
                    name = target.resolve().relative_to(site.folder.resolve()).as_posix()
                    assert unquote(place) in ids[name], (path, address)


def test_both_languages_have_the_same_pages_and_each_leads_to_the_other(site: Site) -> None:
    spanish = {p.relative_to(site.folder / "es") for p in (site.folder / "es").rglob("*.*")}
    english = {p.relative_to(site.folder / "en") for p in (site.folder / "en").rglob("*.*")}
    assert spanish == english
    for path, page in site.pages():
        if "/" in path:
            language = path.partition("/")[0]
            assert page.get("lang") == language
            other = page.find(".//p[@class='languages']/a")
            assert other is not None
            assert other.get("href", "").replace("../", "").endswith(path.partition("/")[2])


def test_nothing_runs_but_the_sites_own_scripts(site: Site) -> None:
    for path, page in site.pages():
        scripts = [script.get("src", "") for script in page.iter("script")]
        if path == "404.html":  # it cannot name a file: its own text is allowed by its digest
            assert scripts == [""]
            continue
        assert {source.rpartition("../")[2] for source in scripts} <= SCRIPTS, path
        policy = page.find(".//meta[@http-equiv='Content-Security-Policy']")
        assert path == "index.html" or (
            policy is not None and "default-src 'none'" in str(policy.attrib)
        )


def test_the_same_input_gives_the_same_bytes(site: Site, tmp_path: Path) -> None:
    again = tmp_path / "again"
    run_grcm("site", str(again), "--as-of", DAY, TZ="Pacific/Kiritimati", LANG="C")
    first = {p.relative_to(site.folder): p.read_bytes() for p in site.folder.rglob("*.*")}
    assert {p.relative_to(again): p.read_bytes() for p in again.rglob("*.*")} == first


def test_every_task_is_on_its_partys_page(site: Site) -> None:
    listed = json.loads(run_grcm("due", "--format", "json", "--as-of", DAY).out)["tasks"]
    for task in listed:
        for code in filter(None, (task["party"] or "").split("+")):
            references = [row[-1] for row in site.rows(f"en/{urls.party(code)}")]
            assert task["ref"] in references, code


def test_a_holder_who_is_not_in_the_register_stands_by_its_code(
    folder: Folder, tmp_path: Path
) -> None:
    folder.write(
        "register.yaml",
        "process: {code: EX, name: Example, languages: [en]}\nbodies: {WG: {name: W}}\n"
        "offices: {PPT: {name: Chair, terms: [{holder: ZZZ, from: 2002-01-01}]}}\n"
        "members: {AAA: {name: Amber}, CCC: {name: Coral}}\n",
    )
    folder.meeting("- {number: 1, text: T}\n")
    words = ("--as-of", "2003-02-01", "--partial")
    ran = run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), *words)
    assert ran.code == 1  # a holder without a name is an error
    page = said(Site(tmp_path / "s").page("en/party/PPT.html"))
    assert "Held by: ZZZ (from 1 January 2002 on)" in page
    assert "ZZZ: from 1 January 2002 on" in page


@pytest.mark.parametrize(
    ("code", "safe"),
    [
        pytest.param("MEX", True, id="a code as it is"),
        pytest.param("CON", False, id="a device of Windows"),
        pytest.param("../../x", False, id="a way out"),
        pytest.param("a b", False, id="a blank"),
        pytest.param("É", False, id="no ASCII"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_name_becomes_a_file_only_where_it_is_safe(code: str, *, safe: bool) -> None:
    path = urls.party(code)
    assert (path == f"party/{code}.html") is safe
    assert re.fullmatch(r"party/[A-Za-z0-9-]+\.html", path)


def test_no_text_of_the_data_does_anything(hostile_site: Site) -> None:
    for path, page in hostile_site.pages():
        sources = {script.get("src", "").rpartition("../")[2] for script in page.iter("script")}
        assert sources <= SCRIPTS or path == "404.html"
        assert not list(page.iter("img")), path
        for element in page.iter():
            assert not [name for name in element.attrib if name.startswith("on")], path
            assert not element.get("href", "").startswith("javascript"), path
    for language in ("es", "en"):
        meeting = hostile_site.page(f"{language}/meeting/CO-2002-05.html")
        assert "alert(1)" in said(meeting)
        (about,) = (m for m in meeting.iter("meta") if m.get("name") == "description")
        assert HOSTILE_TITLE in about.get("content", "")
        actions = [row[3] for row in hostile_site.rows(f"{language}/party/AAA.html")]
        for text in list(HOSTILE.values())[1:]:
            assert any(action.startswith(clean(collapse(text))) for action in actions), text
        for scripts in (f"{language}/search", "search"):
            for script in (hostile_site.folder / scripts).iterdir():
                assert "<" not in script.read_text(encoding="utf-8")


# --- long lists -----------------------------------------------------------------------------------


def numbered(parts: int) -> list[str]:
    """Return what the addresses of the parts of a list have before `.html`."""
    return ["", *(f".{number}" for number in range(2, parts + 1))]


def test_a_long_list_goes_on_on_further_pages_and_none_is_lost(long_list: Site) -> None:
    for path in ("list", "party/AAA"):
        parts = [long_list.rows(f"en/{path}{part}.html") for part in numbered(9)]
        assert [len(rows) for rows in parts] == [*[ROWS_OF_PAGE] * 8, 1]
        references = {row[-1] for rows in parts for row in rows}
        assert references == {f"WG-2002-10/{n}" for n in range(1, 802)}
        assert not (long_list.folder / f"en/{path}.10.html").exists()
    links = [
        a.get("href")
        for a in long_list.page("en/party/AAA.2.html").iterfind(".//nav[@class='parts']//a")
    ]
    assert links[:2] == ["../party/AAA.html", "../party/AAA.3.html"]


def test_many_changes_go_on_on_further_parts(long_list: Site) -> None:
    parts = [long_list.page(f"en/changes{part}.html") for part in numbered(13)]
    rows = [part.findall(".//table[@class='duties changed']/tbody/tr") for part in parts]
    assert sum(map(len, rows)) == 400 + 801  # late and new ones
    assert max(map(len, rows)) == ROWS_OF_PAGE


def test_a_planned_meeting_has_what_comes_before_it_of_all_bodies(
    folder: Folder, tmp_path: Path
) -> None:
    folder.meeting(
        "- {number: 1, text: Tarde, responsible: AAA, due: 2002-12-15}\n"
        "- {number: 2, text: Antes, responsible: AAA, due: 2003-02-15}\n"
        "- {number: 3, text: Allí, responsible: AAA, due: next WG}\n"
        "- {number: 4, text: Después, responsible: AAA, due: 2003-12-31}\n"
    )
    folder.meeting("", id="WG-2003-03", start="2003-03-10", end="2003-03-11")
    folder.meeting(
        "- {number: 1, text: Tarde, responsible: AAA, due: 2002-12-15}\n"
        "- {number: 2, text: Antes, responsible: AAA, due: 2003-02-15}\n",
        id="CO-2002-11", start="2002-11-10", end="2002-11-11", body="CO",
    )  # fmt: skip
    site = made(folder.path, tmp_path / "s", "2003-01-20")
    page = site.page("en/meeting/WG-2003-03.html")
    sections = {
        said(section[0]): [said(row[-1]) for row in section.iterfind(".//tbody/tr")]
        for section in page.iterfind(".//main/section")
    }
    assert sections == {
        "Due at this meeting": ["WG-2002-10/3"],
        "Due before this meeting (all bodies)": ["CO-2002-11/2", "WG-2002-10/2"],
        "Overdue: asked for by this body, or its own": ["WG-2002-10/1"],
    }
    counts = {said(a): a.get("href") for a in page.iterfind(".//ul[@class='counts']/li/a")}
    assert counts["Overdue (all bodies): 2"] == "../list.html#late"


def test_meetings_stand_by_year_a_hundred_to_a_page(folder: Folder, tmp_path: Path) -> None:
    for number in range(1, 131):
        year, month = 1990 + number // 12, 1 + number % 12
        name = f"WG-{year}-{month:02}"
        folder.meeting("", id=name, start=f"{year}-{month:02}-03", end=f"{year}-{month:02}-04")
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    pages = [site.page(f"en/meetings{part}.html") for part in ("", ".2")]
    rows = [page.findall(".//table[@class='meetings']/tbody/tr/td/..") for page in pages]
    assert [len(found) for found in rows] == [100, len(list(folder.path.glob("meetings/*"))) - 100]
    links = pages[0].findall(".//nav[@class='parts']//a")
    assert [(said(link), link.get("href")) for link in links][:1] == [
        ("1992–1990", "meetings.2.html")
    ]
    years = [said(year) for year in pages[1].iterfind(".//tr[@class='year']")]
    assert years == sorted(years, reverse=True)


# --- records that are odd or wrong ----------------------------------------------------------------


def test_no_two_pages_have_one_address(folder: Folder, tmp_path: Path) -> None:
    """A code like that of a list's second part, and a copy of a meeting's file."""
    folder.write(
        "register.yaml",
        "process: {code: EX, name: Example, languages: [en]}\nbodies: {WG: {name: W}}\n"
        "members: {AAA: {name: Amber}, AAA-2: {name: Second}, AAA-ENDED: {name: Third}}\n",
    )
    folder.meeting("".join(
        f"- {{number: {n}, text: T, responsible: AAA, due: 2003-01-15}}\n" for n in range(1, 302)
    ).replace("participants: [AAA, CCC]", ""))  # fmt: skip
    text = (folder.path / "meetings/WG-2002-10.yaml").read_text().replace("[AAA, CCC]", "[AAA]")
    folder.write("meetings/WG-2002-10.yaml", text)
    folder.write("meetings/WG-2002-10b.yaml", text.replace("text: T", "text: Again"))
    ran = run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--partial")
    assert ran.code == 1  # two files that say the same id are an error, and one is read
    site = Site(tmp_path / "s")
    assert said(site.page("en/party/AAA-2.html").find(".//h1")).startswith("Second")  # type: ignore[arg-type] # the page has it
    first = site.page("en/meeting/WG-2002-10.html").find(".//blockquote")
    assert first is not None
    assert said(first) == "T"
    assert not list((tmp_path / "s/en/meeting").glob("WG-2002-10.again*"))


def test_a_meeting_of_many_reports_goes_on_on_a_second_part(folder: Folder, tmp_path: Path) -> None:
    """No page is larger than 2 MB; the first part still has a place for every number."""
    members = [f"M{n:02}" for n in range(30)]
    names = ", ".join(f"{code}: {{name: {code}}}" for code in members)
    folder.write("register.yaml", "process: {code: EX, name: E, languages: [en]}\n"
                 f"bodies: {{WG: {{name: W}}}}\nmembers: {{{names}}}\n")  # fmt: skip
    conclusions = "".join(
        f"- {{number: {n}, text: T, responsible: {{each: members}}, due: 2003-01-15}}\n"
        for n in range(1, 41)
    )
    head = "id: WG-2002-10\nbody: WG\nstart: 2002-10-29\nend: 2002-10-31\nconclusions:\n"
    folder.write("meetings/WG-2002-10.yaml", head + conclusions)
    for code in members:
        folder.progress(code, "".join(
            f"- {{mandate: WG-2002-10/{n}, date: 2003-01-10, progress: started}}\n"
            for n in range(1, 41)
        ))  # fmt: skip
    site = made(folder.path, tmp_path / "s", "2003-01-12")
    pages = sorted((tmp_path / "s/en/meeting").glob("*.html"))
    assert len(pages) > 1
    assert max(path.stat().st_size for path in (tmp_path / "s").rglob("*.html")) < 2_000_000
    first = site.page("en/meeting/WG-2002-10.html")
    ids = {one.get("id") for one in first.iter()}
    assert {str(n) for n in range(1, 41)} <= ids
    articles = sum(len(site.page(path).findall(".//article")) for path in pages)
    assert articles == 40
