"""The HTML that pages repeat thousands of times: parties with their links, cells of the matrix."""

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from grcm_cli.language.text import clean
from grcm_cli.site.page_data import PartyLink


@lru_cache(maxsize=8192)  # most texts of a page were on the one before: a tenth of a site's time
def html(text: str) -> str:
    """Return a text, escaped, and safe for a terminal too."""
    return str(escape(clean(text)))


@lru_cache(maxsize=4096)
def party(one: PartyLink, up: str, before: str = "", after: str = "") -> str:
    """Return a party with the link to its page, its label between two tags."""
    label = f"{before}{html(one.label)}{after}"
    if not one.path:
        return label
    title = ""
    if one.title and one.title != one.label:
        title = f' title="{html(one.title)}"'
    return f'<a href="{html(up)}{html(one.path)}"{title}>{label}</a>'


def isolated_party(one: PartyLink, up: str) -> Markup:
    """Return a party whose name may be of another direction than the text."""
    return Markup(party(one, up, "<bdi>", "</bdi>"))  # noqa: S704 - its parts are escaped


def together(found: Sequence[PartyLink], up: str) -> Markup:
    """Return the parties that owe a task together."""
    return Markup(" + ".join([party(one, up) for one in found]))  # noqa: S704 - as above


def parties(found: Sequence[Sequence[PartyLink]], up: str) -> Markup:
    """Return the parties of several tasks."""
    texts = [" + ".join([party(one, up) for one in some]) for some in found]
    return Markup(", ".join(texts))  # noqa: S704 - as above


def isolated_parties(found: Sequence[Sequence[PartyLink]], up: str) -> Markup:
    """Return the parties of several tasks, each of which may be of another direction."""
    texts = [" + ".join([party(one, up, "<bdi>", "</bdi>") for one in some]) for some in found]
    return Markup(", ".join(texts))  # noqa: S704 - as above


@lru_cache(maxsize=16)
def code_items(codes: tuple[tuple[str, str], ...]) -> Markup:
    """Return the items of the list of codes, each with the name of its party."""
    lines = [f"<li><b>{html(code)}</b> <bdi>{html(name)}</bdi></li>" for code, name in codes]
    return Markup("\n".join(lines))  # noqa: S704 - as above


@lru_cache(maxsize=1024)
def _cell(cell: tuple[str, str, str]) -> str:
    sign, state, shade = map(html, cell)
    return f'<td class="{shade}" aria-label="{state}">{sign}</td>'


def cells(row: Sequence[tuple[str, str, str]]) -> Markup:
    """Return the cells of a row of the matrix."""
    return Markup("".join(map(_cell, row)))  # noqa: S704 - as above
