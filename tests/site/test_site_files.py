"""What lies beside the pages: lists as files, documents, and what hosts and search engines read."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import openpyxl
import pytest

from grcm_cli.site import pages, urls
from grcm_cli.storage.site_folder import find_source, read_source

from ..cli.test_output_schema import VALIDATOR
from ..conftest import DATA, run_grcm
from .test_site import BASE, DAY, Site, made, said


@pytest.fixture(scope="module")
def site(hosted_site: Site) -> Site:
    """Return the site of the repository's own data, as for a host, with its documents."""
    return hosted_site


# --- lists as files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("en/list.html", ["list.csv", "list.json", "list.xlsx"]),
        ("es/figures.html", ["list.csv", "list.json", "list.xlsx"]),
        ("es/party/MEX.html", ["party/MEX.csv"]),
    ],
)
def test_lists_and_figures_lead_to_the_files(site: Site, path: str, names: list[str]) -> None:
    (place,) = site.page(path).iterfind(".//p[@class='files']")
    assert [a.get("href", "").rpartition("data/")[2] for a in place.iter("a")] == names


def test_the_json_file_is_what_the_schema_says(site: Site) -> None:
    (path,) = site.folder.rglob("*.json")
    VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("path", "more"), [("list.json", []), ("list.csv", []), ("party/MEX.csv", ["--party", "MEX"])]
)
def test_the_files_hold_what_the_command_prints(site: Site, path: str, more: list[str]) -> None:
    for ending in (path.rpartition(".")[2],):
        command = ["--lang", "es", "due", "--all", *more]
        printed = run_grcm(*command, "--format", ending, "--as-of", DAY).out
        written = (site.folder / "data" / path).read_text(encoding="utf-8")
        if ending == "json":
            assert json.loads(written)["tasks"] == json.loads(printed)["tasks"]
        else:
            assert written == printed


def test_the_workbook_has_the_rows_of_the_list(site: Site) -> None:
    rows = list(csv.reader(io.StringIO((site.folder / "data/list.csv").read_text())))
    book = openpyxl.load_workbook(site.folder / "data/list.xlsx")
    assert len(book.sheetnames) == 1
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    references = [row[heads.index("Referencia")].value for row in sheet.iter_rows(min_row=2)]
    assert references == [row[rows[0].index("ref")] for row in rows[1:]]


def test_a_site_of_two_languages_has_at_most_130_files(site: Site) -> None:
    _head, *listed = (site.folder / ".grcm-site").read_text().splitlines()
    assert sum(not path.startswith(("#", "sources/")) for path in listed) <= 130


# --- documents ------------------------------------------------------------------------------------


def test_the_document_of_a_meeting_is_copied_and_linked(site: Site) -> None:
    copy = site.folder / "sources/GRCM-2002-10.txt"
    assert copy.read_bytes() == (DATA / "sources/GRCM-2002-10.txt").read_bytes()
    links = {a.get("href") for a in site.page("en/meeting/GRCM-2002-10.html").iter("a")}
    assert "../../sources/GRCM-2002-10.txt" in links


def test_without_the_option_it_is_not_named(plain_site: Site) -> None:
    assert not (plain_site.folder / "sources").exists()
    page = plain_site.page("en/meeting/GRCM-2002-10.html")
    assert "sources/" not in said(page)
    assert not [a for a in page.iter("a") if "sources" in a.get("href", "")]


def repository(tmp_path: Path) -> Path:
    """Write a repository with documents in and beside its data folder; return the data folder."""
    for path in ("outside/secret.txt", "repo/.git/config.txt", "repo/minutes.pdf",
                 "repo/data/sources/a.txt", "repo/data/b.DOCX", "repo/data/page.html",
                 "repo/data/.hidden.txt", "repo/sources/c.pdf"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    (tmp_path / "repo/data/link.txt").symlink_to(tmp_path / "outside/secret.txt")
    (tmp_path / "repo/data/folder").symlink_to(tmp_path / "outside")
    (tmp_path / "repo/data/deep.pdf").mkdir()
    return tmp_path / "repo/data"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("sources/a.txt", "data/sources/a.txt"),
        pytest.param("a.txt", "data/sources/a.txt", id="as draft writes it"),
        ("b.DOCX", "data/b.DOCX"),
        pytest.param("minutes.pdf", "minutes.pdf", id="beside the data folder"),
        pytest.param("sources\\c.pdf", "sources/c.pdf", id="as Windows writes it"),
        ("absent.pdf", "missing"),
        ("../outside/secret.txt", "outside"),
        ("/etc/passwd.txt", "outside"),
        ("C:\\secret.txt", "outside"),
        (".hidden.txt", "hidden"),
        (".git/config.txt", "hidden"),
        ("link.txt", "link"),
        ("folder/secret.txt", "link"),
        ("page.html", "kind"),
        ("deep.pdf", "kind"),
        ("register.yaml", "kind"),
        ("a\0.txt", "hidden"),
        ("", "kind"),
        ("x" * 5000 + ".pdf", "missing"),
    ],
)
def test_no_document_comes_from_elsewhere(tmp_path: Path, source: str, found: str) -> None:
    data = repository(tmp_path)
    document = find_source(source, data)
    if isinstance(document, Path):
        assert document == tmp_path / "repo" / found
        assert read_source(document) == document.read_bytes()
    else:
        assert document == found


def test_beside_a_folder_that_is_in_no_repository_nothing_is_looked_for(tmp_path: Path) -> None:
    data = repository(tmp_path)
    (tmp_path / "repo/.git").rename(tmp_path / "repo/no-repository")
    assert find_source("minutes.pdf", data) == "missing"
    (tmp_path / ".git").mkdir()
    (data / ".git").mkdir()  # the data folder is a repository of its own
    assert find_source("minutes.pdf", data) == "missing"


# --- for hosts and search engines -----------------------------------------------------------------


def test_search_engines_find_every_page_in_each_language(site: Site) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.parse(site.folder / "sitemap.xml").getroot()  # noqa: S314 - the site's own
    listed = [one.text or "" for one in root.iterfind(f"{space}url/{space}loc")]
    pages = {
        f"{BASE}/{path}" for path, _page in site.pages() if path not in ("index.html", "404.html")
    }
    assert sorted(listed) == sorted(one for one in pages if not one.endswith("/search.html"))


def test_a_list_too_long_for_one_file_is_several() -> None:
    found = dict(pages.sitemaps([f"meeting/M{n}.html" for n in range(25_001)], ["es", "en"], BASE))
    assert list(found) == ["sitemap.1.xml", "sitemap.2.xml", "sitemap.xml"]
    assert [data.count(b"<url>") for data in found.values()] == [50_000, 2, 0]
    assert found["sitemap.xml"].count(f"<loc>{BASE}/sitemap.".encode()) == 2


def test_search_engines_leave_out_the_page_of_the_search(plain_site: Site) -> None:
    kept_out = {
        path
        for path, page in plain_site.pages()
        if any(meta.get("name") == "robots" for meta in page.iter("meta"))
    }
    assert kept_out == {"404.html", "es/search.html", "en/search.html"}


def test_a_wrong_address_leads_home_wherever_it_is(site: Site, tmp_path: Path) -> None:
    """A host shows the page at any address, so that its links count from the site's folder."""
    page = site.page("404.html")
    assert page.find(".//base").get("href") == f"{BASE}/"  # type: ignore[union-attr] # it has one
    assert page.find(".//script") is None
    places = [a.get("href", "") for a in page.iter("a")]
    assert {"es/index.html", "es/list.html", "en/meetings.html"} <= set(places)
    assert all((site.folder / place).is_file() for place in places)
    actions = [form.get("action", "") for form in page.iter("form")]
    assert actions == ["es/search.html", "en/search.html"]
    bare = pages.not_found_page("Título <b>", ["es", "en"], None).decode()
    tree = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(bare)
    assert tree.find(".//base") is None  # a script finds the folder
    assert "No se encontró esta página." in said(tree)
    assert "Título <b>" in said(tree)


def test_without_the_address_there_is_no_list_for_search_engines(plain_site: Site) -> None:
    names = {path.name for path in plain_site.folder.iterdir()}
    assert "404.html" in names
    assert "sitemap.xml" not in names


def test_calendars_and_feeds_have_an_address_to_copy(site: Site) -> None:
    page = site.page("es/party/MEX.html")
    fields = [one.get("value") for one in page.iter("input") if one.get("readonly") is not None]
    assert fields == [f"{BASE}/es/party/MEX.ics"]


@pytest.mark.parametrize(
    "text",
    ["http://", "https://a b", 'https://a"b', "HTTP:/x", "mailto:a@b", "https://user@host/x", ""],
)
def test_what_is_no_web_address_is_no_link(text: str) -> None:
    assert urls.web_address(text) is None


# --- from one day to the next ---------------------------------------------------------------------


def test_a_day_on_which_nothing_happens_leaves_the_pages_as_they_were(tmp_path: Path) -> None:
    """What is of the day itself changes: the first page, changes, and files for programs."""
    target = tmp_path / "s"
    made(DATA, target, "2003-02-03")
    before = {path: path.read_bytes() for path in target.rglob("*.*")}
    made(DATA, target, "2003-02-04")
    changed = {
        str(path.relative_to(target / "es"))
        for path, data in before.items()
        if "es" in path.parts and path.read_bytes() != data
    }
    pages = {name for name in changed if name.endswith(".html")}
    assert not [name for name in pages if name.startswith(("meeting/", "party/"))]
    assert pages <= {"index.html", "figures.html", "changes.html"}
    assert changed - pages == {"day.js"}
