"""The Atom feed: valid by RFC 4287, with entries that stay as they are from day to day."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from ..conftest import Folder
from .test_site import BASE, Site, made

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
ID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def text(element: Element, name: str) -> str:
    """Return the text of the only child of a name."""
    (found,) = element.findall(ATOM + name)
    return found.text or ""


def root(path: Path) -> Element:
    """Return the root of an XML file."""
    return ElementTree.parse(path).getroot()  # noqa: S314 - the site's own file


def entries(folder: Path, path: str) -> list[tuple[str, str, str, str]]:
    """Return the id, the day, the title and the summary of each entry of a feed."""
    feed = root(folder / path)
    return [
        (text(one, "id"), text(one, "updated")[:10], text(one, "title"), text(one, "summary"))
        for one in feed.findall(f"{ATOM}entry")
    ]


def check(feed: Element) -> None:
    """Fail where a feed lacks what RFC 4287 demands of feeds and entries (4.1.1, 4.1.2)."""
    ids = [text(feed, "id")]
    assert feed.tag == f"{ATOM}feed"
    assert text(feed, "title")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    days = [text(one, "updated") for one in feed.findall(f"{ATOM}entry")]
    assert all(MOMENT.fullmatch(day) for day in (text(feed, "updated"), *days))
    assert days == sorted(days, reverse=True)
    assert text(feed, "updated") == (days[0] if days else "1970-01-01T00:00:00Z")
    for entry in feed.findall(f"{ATOM}entry"):
        ids.append(text(entry, "id"))
        assert text(entry, "title")
        assert text(entry, "summary")
        links = [one.get("rel") for one in entry.findall(f"{ATOM}link")]
        assert links == ["alternate"]
    assert len(set(ids)) == len(ids)
    assert all(ID.fullmatch(one) for one in ids)


def feeds(folder: Path) -> Iterator[tuple[str, Element]]:
    """Yield the path and the root of each feed of a site."""
    for path in sorted(folder.rglob("*.atom")):
        yield path.relative_to(folder).as_posix(), root(path)


@pytest.fixture(scope="module")
def site(hosted_site: Site) -> Site:
    """Return the site of the repository's own data, as for a host."""
    return hosted_site


def test_each_language_has_a_valid_feed(site: Site) -> None:
    found = dict(feeds(site.folder))
    for feed in found.values():
        check(feed)
    assert set(found) == {"en/changes.atom", "es/changes.atom"}


def test_links_are_whole_with_the_address_of_the_host(site: Site) -> None:
    for path, feed in feeds(site.folder):
        own = [one.get("href") for one in feed.findall(f"{ATOM}link[@rel='self']")]
        assert own == [f"{BASE}/{path}"]
        for link in feed.iter(f"{ATOM}link"):
            address = urlsplit(link.get("href", ""))
            assert address.netloc == "example.org"
            assert (site.folder / unquote(address.path.removeprefix("/crm/"))).is_file()


def test_links_lead_from_the_feed_to_its_pages_without_one(plain_site: Site) -> None:
    for path, feed in feeds(plain_site.folder):
        for link in feed.iter(f"{ATOM}link"):
            found = urlsplit(urljoin(path, link.get("href", "")))
            assert found.netloc == ""
            assert (plain_site.folder / unquote(found.path)).is_file()


def test_an_entry_stays_as_it_is_on_later_days(folder: Folder, tmp_path: Path) -> None:
    """Also where the same task is reported on again, and where the deadline moves."""
    folder.mandate("responsible: {each: [AAA, BBB]}, due: 2003-01-15, action: Informar")
    entry = "- {{mandate: WG-2002-10/1, date: {0}, progress: {1}}}\n"
    folder.progress("AAA", entry.format("2003-01-10", "started")
                    + entry.format("2003-01-20", "done"))  # fmt: skip
    moved = "[{mandate: WG-2002-10/1, due: 2003-09-30, parties: [BBB]}]"
    folder.meeting(f"- {{number: 1, text: U, extends: {moved}}}\n", id="WG-2003-03",
                   start="2003-03-02", end="2003-03-02")  # fmt: skip
    days = ("2003-01-12", "2003-01-31", "2003-04-01")
    found = []
    for day in days:
        made(folder.path, tmp_path / "s", day)
        found.append(entries(tmp_path / "s", "en/changes.atom"))
    assert [len(one) for one in found] == [2, 4, 5]
    assert found[1][-2:] == found[0]
    assert found[2][-4:] == found[1]
    assert [(day, title) for _id, day, title, _text in found[2]] == [
        ("2003-03-02", "moved: Informar (first due 15 January 2003, changed by WG-2003-03/1)"),
        ("2003-01-20", "settled: Informar"),
        ("2003-01-16", "newly overdue: Informar"),
        ("2003-01-10", "reported: Informar"),
        ("2002-10-31", "new duty: Informar"),
    ]


def test_a_feed_is_valid_whatever_the_data_says(hostile_site: Site) -> None:
    for _path, feed in feeds(hostile_site.folder):
        check(feed)
        for link in feed.iter(f"{ATOM}link"):
            assert urlsplit(link.get("href", "")).scheme == ""
