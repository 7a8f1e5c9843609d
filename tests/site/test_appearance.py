"""How the pages look: days in one style, headings that say what is found, states as words.

What needs a browser is in test_appearance_browser.
"""

import re
from xml.etree.ElementTree import Element

import pytest

from ..conftest import Folder
from .test_site import Site, made, said

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
DAY = "2003-02-20"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site of a record that names days: of deadlines, also moved, of reports."""
    folder = Folder(tmp_path_factory.mktemp("record"))
    folder.meeting(
        "- {number: 1, text: T, action: Informar, responsible: {each: members}, due: 2003-01-15}\n"
        "- {number: 2, text: T, action: Proponer, responsible: CCC, due: 2003-Q1}\n"
        "- {number: 3, text: T, action: Organizar, responsible: AAA, due: 2003-12-10}\n"
        "- {number: 4, text: T, action: Actualizar, responsible: BBB, due: every 2 months}\n"
    )
    folder.meeting(
        "- number: 1\n  text: T\n"
        "  extends: {mandate: WG-2002-10/1, due: 2003-06-30, parties: [BBB]}\n"
        "- {number: 2, text: T, supersedes: WG-2002-10/2}\n",
        id="WG-2003-02", start="2003-02-01", end="2003-02-01",
    )  # fmt: skip
    folder.progress("AAA", "- {mandate: WG-2002-10/1, date: 2003-01-20, progress: done}\n")
    return made(folder.path, tmp_path_factory.mktemp("site") / "s", DAY)


def texts(element: Element) -> list[str]:
    """Return what a page says to people: not what a program is given, as an address or command."""
    if element.tag in ("head", "code", "input", "script"):
        return [element.tail or ""]
    own = [element.text or "", *(text for child in element for text in texts(child))]
    said_beside = [element.get(name, "") for name in ("title", "aria-label")]
    return [*own, *said_beside, element.tail or ""]


def test_a_page_writes_every_day_in_words(site: Site) -> None:
    found = {
        (path, text.strip())
        for path, page in site.pages()
        for text in texts(page)
        if ISO_DAY.search(text)
    }
    assert found == set()
    assert "done late, 20 January 2003" in " ".join(texts(site.page("en/party/AAA.html")))
    assert "30 June 2003" in matrix_deadlines(site, "en/meeting/WG-2002-10.html")


def matrix_deadlines(site: Site, path: str) -> list[str]:
    rows = site.page(path).iterfind(".//table[@class='grid']/tbody/tr")
    return [said(row.find("td")) for row in rows]  # type: ignore[arg-type] # the page has it


HEADINGS = {
    "es": {
        "2 compromisos vencidos",
        "3 compromisos en plazo: 1 en los próximos 30 días, 2 más adelante",
    },
    "en": {"2 commitments are overdue", "3 commitments to come: 1 within 30 days, 2 later"},
}


def test_headings_say_what_is_found(site: Site) -> None:
    for language, headings in HEADINGS.items():
        page = site.page(f"{language}/index.html")
        assert headings <= {said(heading) for heading in page.iter("h2")}


def test_the_signs_of_the_matrix_are_explained_before_it(site: Site) -> None:
    path = "en/meeting/WG-2002-10.html"
    (section,) = site.page(path).iterfind(".//h2[@id='_who']/..")
    order = [one.get("class", one.tag) for one in section]
    assert order[0] == "h2"
    assert order.index("legend signs") < order.index("scroll matrix")


def test_a_row_says_its_state_in_a_word_of_its_own(site: Site) -> None:
    states = [
        said(one) for one in site.page("en/list.html").iterfind(".//table[@class='duties']//td/b")
    ]
    assert states[:2] == ["overdue", "overdue"]
    reports = site.page("en/meeting/WG-2002-10.html").iterfind(".//ol/li")
    assert any("done late Amber" in said(report) for report in reports)
