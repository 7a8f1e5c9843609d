"""The files for the web host and for search engines: entrance, 404, sitemap.xml and robots.txt.

The last two need the address of the site, which `--base-url` gives.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from grcm_cli.language.text import _, using_language
from grcm_cli.site.rendering import environment

_MOST = 50_000
"""Addresses of a list for search engines, by sitemaps.org."""
_UNLISTED = ("search.html",)
"""Pages that lead nowhere by themselves."""


def entrance(title: str, languages: Sequence[str], base_url: str | None) -> bytes:
    """Return the page that leads to the languages."""
    template = environment().get_template("entrance.html")
    return template.render(title=title, languages=languages, base_url=base_url).encode()


def not_found(title: str, languages: Sequence[str], base_url: str | None) -> bytes:
    """Return the page that a host shows for a wrong address, in all languages of the site.

    It is shown at any address, so that without the site's own no link of it would lead home.
    """
    texts = []
    for language in languages:
        with using_language(language):
            what, why = (
                _("This page is not here."),
                _("It may have been renamed, or the address has a mistake."),
            )
            texts.append((language, what, why, _("To the first page")))
    root = None if base_url is None else base_url.rstrip("/")
    template = environment().get_template("not_found.html")
    return template.render(title=title, texts=texts, root=root).encode()


def robots(languages: Sequence[str], base_url: str) -> bytes:
    """Return the file by which search engines find the list of pages."""
    root = base_url.rstrip("/")
    below = urlsplit(root).path
    lines = ["User-agent: *"]
    lines += [f"Disallow: {below}/{code}/{page}" for code in languages for page in _UNLISTED]
    return "\n".join([*lines, "", f"Sitemap: {root}/sitemap.xml", ""]).encode()


def sitemaps(
    pages: Sequence[str], languages: Sequence[str], base_url: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the lists of pages for search engines, each page with its other languages.

    `pages` are addresses in the folder of a language, the same in all. More than one list may hold
    are several, with one that leads to them.
    """
    root = base_url.rstrip("/")
    rows = [
        {code: f"{root}/{code}/{quote(page)}" for code in languages}
        for page in pages
        if page not in _UNLISTED
    ]
    room = _MOST // len(languages)
    lists = [rows[at : at + room] for at in range(0, len(rows), room)] or [[]]
    template = environment().get_template("sitemap.xml")
    if len(lists) == 1:
        yield "sitemap.xml", template.render(rows=lists[0], lists=[]).encode()
        return
    addresses = []
    for number, own in enumerate(lists, 1):
        yield f"sitemap.{number}.xml", template.render(rows=own, lists=[]).encode()
        addresses.append(f"{root}/sitemap.{number}.xml")
    yield "sitemap.xml", template.render(rows=[], lists=addresses).encode()
