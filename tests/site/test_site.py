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

from ..conftest import Folder, run_grcm
from ..formats.test_formats import HOSTILE, hostile

DAY = "2003-04-01"
SCRIPTS = {f"assets/{name}.js" for name in ("site", "addresses", "index", "list", "search")}
SCRIPTS.add("day.js")
"""The site's own scripts."""


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
    parts = []
    for one in element.iter():
        parts += [" " if one.tag == "br" else "", one.text or ""]
        parts.append(one.tail or "" if one is not element else "")
    return collapse("".join(parts))


def made(data: Path, target: Path, day: str = DAY, *more: str) -> Site:
    """Return the site of a data folder."""
    ran = run_grcm("--data", str(data), "site", str(target), "--as-of", day, *more)
    assert (ran.code, ran.err) == (0, "")
    return Site(target)


@pytest.fixture(scope="module")
def site(plain_site: Site) -> Site:
    """Return the site of the repository's own data."""
    return plain_site


def test_what_mexico_owes_and_when(site: Site) -> None:
    assert site.rows("es/party/MEX.html")[:3] == [
        (
            "15 de enero de 2003",
            "vencido",
            "cada miembro",
            "Presentar observaciones al documento de Costa Rica sobre la explotación sexual "
            "comercial de niños, niñas y adolescentes",
            "GRCM-2002-10/8#1",
        ),
        (
            "31 de marzo de 2003 primer trimestre de 2003",
            "vencido",
            "Presidencia Pro-Témpore (México)",
            "Organizar en México un taller para formular el Plan de Trabajo (con OIM)",
            "GRCM-2002-10/9",
        ),
        (
            "29 de mayo de 2003 VIII Conferencia Regional sobre Migración",
            "en plazo",
            "directamente",
            "Elaborar una propuesta de Plan de Trabajo de la Red de Funcionarios de Enlace de "
            "Protección Consular",
            "GRCM-2002-10/22",
        ),
    ]


def test_the_overview_says_what_is_late_and_what_comes(site: Site) -> None:
    page = site.page("en/index.html")
    tiles = [said(tile) for tile in page.iterfind(".//ul[@class='tiles']/li")]
    assert tiles == [
        "12 overdue tasks",
        "0 due within 30 days",
        "14 due later, or without a day",
        "0 tasks done",
    ]
    assert [row[-1] for row in site.rows("en/index.html")] == [
        *("GRCM-2002-10/8#1", "GRCM-2002-10/9", "GRCM-2002-10/22", "GRCM-2002-10/8#2")
    ]


def test_a_meeting_page_has_every_conclusion_word_for_word_at_its_number(site: Site) -> None:
    told = json.loads(run_grcm("show", "GRCM-2002-10", "--format", "json").out)["conclusions"]
    articles = {
        article.find("div/h3").get("id"): said(article.find("div/blockquote"))  # type: ignore[union-attr,arg-type] # the page has it
        for article in site.page("es/meeting/GRCM-2002-10.html").iterfind(".//article")
    }
    assert articles == {one["number"]: collapse(one["text"]) for one in told}
    assert len(articles) == 26


def test_a_text_in_another_language_than_the_page_says_so(site: Site) -> None:
    quote = site.page("en/meeting/GRCM-2002-10.html").find(".//blockquote")
    assert quote is not None
    assert quote.get("lang") == "es"
    own = site.page("es/meeting/GRCM-2002-10.html").find(".//blockquote")
    assert own is not None
    assert own.get("lang") is None


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
            other = page.find(".//p[@class='language']/a")
            assert other is not None
            assert other.get("href", "").replace("../", "").endswith(path.partition("/")[2])


def test_nothing_runs_but_the_sites_own_scripts(site: Site) -> None:
    for path, page in site.pages():
        scripts = [script.get("src", "") for script in page.iter("script")]
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


@pytest.mark.parametrize("language", ["es", "en"])
def test_no_text_of_the_data_does_anything(folder: Folder, tmp_path: Path, language: str) -> None:
    hostile(folder)
    title, place = json.dumps(HOSTILE["html"]), json.dumps("<img src=x onerror=1>")
    head = "id: CO-2002-05\nbody: CO\nstart: 2002-05-01\nsource: 'javascript:alert(1)'\n"
    folder.write("meetings/CO-2002-05.yaml", f"{head}title: {title}\nplace: {place}\n")
    folder.progress(
        "DDD", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done,"
        " evidence: 'javascript:alert(1)', note: '<script>1</script> {{ 7*7 }}'}\n"
    )  # fmt: skip
    ran = run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    pages = Site(tmp_path / "s")
    assert "alert(1)" in ran.out + (tmp_path / f"s/{language}/meeting/CO-2002-05.html").read_text()
    for path, page in pages.pages():
        sources = {script.get("src", "").rpartition("../")[2] for script in page.iter("script")}
        assert sources <= SCRIPTS
        assert not list(page.iter("img")), path
        for element in page.iter():
            assert not [name for name in element.attrib if name.startswith("on")], path
            assert not element.get("href", "").startswith("javascript"), path
    actions = [row[3] for row in pages.rows(f"{language}/party/AAA.html")]
    for text in list(HOSTILE.values())[1:]:
        assert any(action.startswith(clean(collapse(text))) for action in actions), text
    for folder_of_scripts in (language, "."):
        for script in (tmp_path / "s" / folder_of_scripts / "search").iterdir():
            assert "<" not in script.read_text(encoding="utf-8")


def test_a_long_list_goes_on_on_further_pages_and_none_is_lost(
    folder: Folder, tmp_path: Path
) -> None:
    folder.meeting("".join(
        f"- {{number: {n}, text: Texto {n}, responsible: AAA, due: 2003-01-{n % 28 + 1:02}}}\n"
        for n in range(1, 702)
    ))  # fmt: skip
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    parts = [site.rows(f"en/party/AAA{part}.html") for part in ("", ".2", ".3")]
    assert [len(rows) for rows in parts] == [300, 300, 101]
    assert {row[-1] for rows in parts for row in rows} == {f"WG-2002-10/{n}" for n in range(1, 702)}
    assert not (tmp_path / "s/en/party/AAA.4.html").exists()
    links = [a.get("href") for a in site.page("en/party/AAA.2.html").iterfind(".//main/nav//a")]
    assert links == ["../party/AAA.html", "../party/AAA.3.html"]


def test_what_is_done_has_a_page_of_its_own(folder: Folder, tmp_path: Path) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15, action: Informar")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    assert site.rows("en/party/AAA.html") == []
    assert [row[1] for row in site.rows("en/party/AAA.ended.html")] == ["done 10 January 2003"]
    assert not (tmp_path / "s/en/party/BBB.ended.html").exists()


def test_an_office_is_told_with_who_held_and_holds_it(folder: Folder, tmp_path: Path) -> None:
    folder.mandate("responsible: CH, due: 2003-01-15, action: Informar")
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    office = [said(li) for li in site.page("en/party/CH.html").iterfind(".//main//section/ul/li")]
    assert office == [
        "AAA (Amber): from 1 January 2002 to 31 December 2002",
        "BBB (Brezo): from 1 January 2003 on (holder on this day)",
    ]
    assert [row[2] for row in site.rows("en/party/BBB.html")] == ["Chair (Brezo)"]


def test_a_duty_in_a_file_with_an_error_stays_and_the_exit_code_says_so(
    folder: Folder, tmp_path: Path
) -> None:
    folder.mandate("responsible: AAA, due: after the meeting, action: Informar")
    ran = run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    assert ran.code == 1
    assert "wrong-due" in ran.err
    (row,) = Site(tmp_path / "s").rows("en/party/AAA.html")
    assert row[0] == "? after the meeting"


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


def test_an_empty_record_gives_a_site_that_says_so(folder: Folder, tmp_path: Path) -> None:
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    assert "Nothing is overdue." in said(site.page("en/index.html"))
    assert "Nothing is due." in said(site.page("en/due.html"))


def test_an_empty_list_of_a_record_with_errors_is_not_called_empty(
    folder: Folder, tmp_path: Path
) -> None:
    folder.write("meetings/WG-2002-10.yaml", "id: [")
    target = tmp_path / "s"
    options = ("--data", str(folder.path), "--as-of", "2003-02-01")
    assert run_grcm(*options, "site", str(target)).code == 1
    for page in ("index", "late", "due", "ended", "party/AAA"):
        text = (target / f"en/{page}.html").read_text(encoding="utf-8")
        assert "Nothing of this kind is in what could be read." in text
        assert not re.search(r"Nothing is (overdue|due|done)|Nothing with|owes nothing", text)


def test_a_calendar_for_each_party_lies_beside_its_page(site: Site) -> None:
    mexico = (site.folder / "es/party/MEX.ics").read_text(encoding="utf-8")
    assert mexico.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20030331" in mexico


# --- records that are odd, wrong or large ---------------------------------------------------------


def cells(site: Site, path: str) -> dict[str, list[str]]:
    """Return the grid of a page: of each mandate, its deadline and the states of its cells."""
    found = {}
    for row in site.page(path).iterfind(".//table[@class='grid']/tbody/tr"):
        states = [cell.get("aria-label") or said(cell) for cell in row.findall("td")]
        found[said(row.find("th/a"))] = states  # type: ignore[arg-type] # the page has it
    return found


def test_the_grid_of_the_overview_shows_who_has_answered(folder: Folder, tmp_path: Path) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15, kind: encouragement")
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-10, progress: done}\n")
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    overview = cells(site, "en/index.html")
    assert overview == cells(site, "en/meeting/WG-2002-10.html")
    assert overview["WG-2002-10/1"][:3] == ["15 January 2003", "done", "overdue"]
    named = site.page("en/index.html").find(".//table[@class='grid']/tbody/tr/th")
    assert said(named) == "WG-2002-10/1 enc. Texto"  # type: ignore[arg-type] # the page has it


def test_a_deadline_that_moved_for_one_alone_is_beside_the_other(
    folder: Folder, tmp_path: Path
) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15")
    extends = "extends: {mandate: WG-2002-10/1, due: 2003-06-30, parties: [BBB]}"
    folder.meeting(f"- {{number: 1, text: T, {extends}}}\n", id="WG-2003-01", start="2003-01-10",
                   end="2003-01-11")  # fmt: skip
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    assert cells(site, "en/index.html")["WG-2002-10/1"][0] == "15 January 2003 30 June 2003"


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
    for _again in range(2):
        ran = run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"))
        assert ran.code == 1  # two files that say the same id are an error, and one is read
    site = Site(tmp_path / "s")
    assert said(site.page("en/party/AAA-2.html").find(".//h1")).startswith("Second")  # type: ignore[arg-type] # the page has it
    first = site.page("en/meeting/WG-2002-10.html").find(".//blockquote")
    assert first is not None
    assert said(first) == "T"
    assert not list((tmp_path / "s/en/meeting").glob("WG-2002-10.again*"))


def test_two_conclusions_with_one_number_stay_apart(folder: Folder, tmp_path: Path) -> None:
    one = "- {{number: 1, text: {0}, responsible: AAA, due: 2003-02-0{1}, action: {0}}}\n"
    folder.meeting(one.format("Uno", 1) + one.format("Dos", 2))
    run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-03-01")
    duties = Site(tmp_path / "s").page("en/meeting/WG-2002-10.html").findall(".//div")
    told = [said(duty) for duty in duties if "duty" in duty.get("class", "")]
    assert [("1 February 2003" in one, "2 February 2003" in one) for one in told] == [
        (True, False),
        (False, True),
    ]


def test_a_file_with_errors_is_named_on_every_page_and_nothing_is_taken_away(
    folder: Folder, tmp_path: Path
) -> None:
    folder.mandate("responsible: AAA, due: 2003-01-15, action: Informar")
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    folder.write("meetings/WG-2002-10.yaml", "id: [")
    ran = run_grcm("--data", str(folder.path), "site", str(tmp_path / "s"), "--as-of", "2003-02-01")
    assert ran.code == 1
    assert (tmp_path / "s/en/meeting/WG-2002-10.html").is_file()
    stays = ("en/meeting/", "en/month/", "en/since/")  # pages that are no longer made
    for path, page in site.pages():
        if path.startswith("en/") and not path.startswith(stays):
            notice = page.find(".//p[@class='notice']")
            assert notice is not None, path
            assert said(notice).endswith(": meetings/WG-2002-10.yaml")


def test_a_translation_leads_to_the_adopted_words(folder: Folder, tmp_path: Path) -> None:
    folder.meeting("- {number: 1, text: {es: Palabras adoptadas, en: A translation}}\n")
    text = (folder.path / "meetings/WG-2002-10.yaml").read_text()
    folder.write("meetings/WG-2002-10.yaml", text.replace("body: WG\n", "body: WG\nlanguage: es\n"))
    site = made(folder.path, tmp_path / "s")
    quotes = site.page("en/meeting/WG-2002-10.html").findall(".//blockquote")
    assert [(said(one), one.get("lang")) for one in quotes] == [
        ("A translation", None),
        ("Palabras adoptadas", "es"),
    ]
    assert len(site.page("es/meeting/WG-2002-10.html").findall(".//blockquote")) == 1
    assert "palabras" in (tmp_path / "s/search/words.1.js").read_text(encoding="utf-8")


def test_what_a_party_reported_is_on_its_page(folder: Folder, tmp_path: Path) -> None:
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15, action: Informar")
    entry = "{mandate: WG-2002-10/1, date: 2003-01-10, progress: started, evidence: doc 7, note: N}"
    folder.progress("AAA", f"- {entry}\n")
    site = made(folder.path, tmp_path / "s", "2003-02-01")
    (row,) = site.rows("en/party/AAA.html")
    assert row[3] == "Informar AAA, 10 January 2003: started · doc 7 · N"


def test_the_next_meetings_come_first(folder: Folder, tmp_path: Path) -> None:
    for year in range(2031, 2041):
        folder.meeting("", id=f"CO-A{2041 - year}", body="CO", start=f"{year}-01-01",
                       end=f"{year}-01-02")  # fmt: skip
    site = made(folder.path, tmp_path / "s")
    page = site.page("en/index.html")
    sections = [one for one in page.iterfind(".//section") if "Meetings to come" in said(one)]
    listed = [said(line) for one in sections for line in one.iterfind("ul/li")]
    assert [line.split(":")[0] for line in listed] == [f"CO-A{n}" for n in range(10, 2, -1)]
    body = [said(li) for li in site.page("en/party/CO.html").iterfind(".//main//section/ul/li")]
    assert body[0] == "CO-A1: 1–2 January 2040"


def test_pages_name_the_next_meeting_that_is_in_the_record(folder: Folder, tmp_path: Path) -> None:
    folder.mandate("responsible: AAA, due: next CO, action: Informar")
    folder.meeting("", id="CO-2003-05", body="CO", start="2003-05-05", end="2003-05-06")
    site = made(folder.path, tmp_path / "s")
    for path in ("es/meeting/WG-2002-10.html", "es/party/AAA.html"):
        said_there = said(site.page(path))
        assert "Reunión de la Conferencia, 5 y 6 de mayo de 2003" in said_there
        assert "próxima reunión" not in said_there


@pytest.mark.parametrize(
    ("due", "spanish"),
    [
        ("next CO", "próxima reunión de la Conferencia"),
        ("1 week before next CO", "1 semana antes de la próxima reunión de la Conferencia"),
        ("every 6 months", "cada 6 meses"),
        ("within 60 days", "en 60 días desde la reunión"),
        ("every year on 05-31", "cada año el 31 de mayo"),
    ],
)
def test_spanish_pages_say_in_spanish_when_it_is_due(
    folder: Folder, tmp_path: Path, due: str, spanish: str
) -> None:
    folder.mandate(f"responsible: AAA, due: {due}, action: Informar")
    site = made(folder.path, tmp_path / "s")
    for path in ("es/meeting/WG-2002-10.html", "es/party/AAA.html"):
        assert spanish in said(site.page(path)), path
        assert due not in said(site.page(path)), path


def test_the_pages_of_spain_do_not_leave_their_language_behind(
    folder: Folder, tmp_path: Path
) -> None:
    """A message comes in the reader's language while pages of both are being made."""
    folder.mandate("responsible: AAA, due: 2003-01-15")
    made(folder.path, tmp_path / "s")
    (tmp_path / "s/es/index.html").unlink()
    (tmp_path / "s/es/index.html").mkdir()
    for language, sentence in (("en", "is in the way"), ("es", "estorba")):
        ran = run_grcm("--data", str(folder.path), "--lang", language, "site", str(tmp_path / "s"))
        assert ran.code == 2
        assert sentence in ran.err


def test_an_office_that_nobody_holds_says_so(folder: Folder, tmp_path: Path) -> None:
    site = made(folder.path, tmp_path / "s", "2001-06-01")
    assert "Nobody holds it on this day." in said(site.page("en/party/CH.html"))
    assert "Member since 1 January 2003." in said(site.page("en/party/DDD.html"))


def test_a_number_that_is_also_a_name_of_the_page_keeps_its_place(
    folder: Folder, tmp_path: Path
) -> None:
    folder.meeting("- {number: main, text: T}\n- {number: AG/RES.1765, text: U}\n")
    site = made(folder.path, tmp_path / "s")
    page = site.page("en/meeting/WG-2002-10.html")
    ids = [name for one in page.iter() if (name := one.get("id"))]
    assert sorted(ids) == ["AG/RES.1765", "_copied", "_main", "main"]


def test_a_meeting_of_many_reports_goes_on_on_a_second_part(folder: Folder, tmp_path: Path) -> None:
    """No page is larger than 2 MB; the first part still has a place for every number."""
    members = [f"M{n:02}" for n in range(30)]
    names = ", ".join(f"{code}: {{name: {code}}}" for code in members)
    folder.write("register.yaml", "process: {code: EX, name: E, languages: [en]}\n"
                 f"bodies: {{WG: {{name: W}}}}\nmembers: {{{names}}}\n")  # fmt: skip
    conclusions = "".join(
        f"- {{number: {n}, text: T, responsible: {{each: members}}, due: 2003-01-15}}\n"
        for n in range(1, 71)
    )
    head = "id: WG-2002-10\nbody: WG\nstart: 2002-10-29\nend: 2002-10-31\nconclusions:\n"
    folder.write("meetings/WG-2002-10.yaml", head + conclusions)
    for code in members:
        folder.progress(code, "".join(
            f"- {{mandate: WG-2002-10/{n}, date: 2003-01-10, progress: started}}\n"
            for n in range(1, 71)
        ))  # fmt: skip
    site = made(folder.path, tmp_path / "s", "2003-01-12")
    pages = sorted((tmp_path / "s/en/meeting").glob("*.html"))
    assert len(pages) > 1
    assert max(path.stat().st_size for path in (tmp_path / "s").rglob("*.html")) < 2_000_000
    first = site.page("en/meeting/WG-2002-10.html")
    ids = {one.get("id") for one in first.iter()}
    assert {str(n) for n in range(1, 71)} <= ids
    articles = sum(len(site.page(path).findall(".//article")) for path in pages)
    assert articles == 70


@pytest.mark.parametrize(
    ("day", "years"),
    [
        ("2003-04-01", ["2002", "2003", "2004"]),
        pytest.param("2003-12-01", ["2003", "2004", "2005"], id="no room for the first"),
    ],
)
def test_the_years_of_the_timeline_do_not_overlap(
    folder: Folder, tmp_path: Path, day: str, years: list[str]
) -> None:
    folder.mandate(f"responsible: AAA, due: {day}")
    site = made(folder.path, tmp_path / "s", day)
    svg = "{http://www.w3.org/2000/svg}"
    labels = site.page("en/index.html").iterfind(f".//{svg}text[@class='axis year']")
    assert [said(label) for label in labels] == years
