"""The templates of pages: all that is data is escaped, and safe for a terminal too."""

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from grcm_cli.language import text
from grcm_cli.language.grammar import grammar
from grcm_cli.language.text import clean
from grcm_cli.site.page_data import PartyLink
from grcm_cli.views import labels

_HERE = Path(__file__).parent
_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
ASSETS = _HERE / "assets"  # the folder of style sheets and scripts
_LONGEST = 8000  # characters of an address: browsers and servers refuse longer ones
_MOST = 50  # links of a text; the rest of one with more is text
_WORD = re.compile(rf"\S{{1,{_LONGEST + 1}}}")
# A scheme in front of the address, or an address inside another, is no beginning of one.
_START = re.compile(r"(?<![\w:/.+@=&?#%\\-])https?://(?=\S)", re.IGNORECASE)
_NEXT = re.compile(r"[,;|](?=https?://)", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"""["'<>\\^`{|}]""")
_PLAIN_HOST = re.compile(
    r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]", re.IGNORECASE
)
_AT_END = ".,;:!?…'\"»”’"
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


@cache
def environment() -> Environment:
    """Return the environment in which pages are rendered."""
    env = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: html(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals.update(
        # Looked up at each call: the language changes between pages.
        _=lambda message: text._(message),  # noqa: PLW0108 - not `text._` itself
        ngettext=lambda singular, plural, count: text.ngettext(singular, plural, count),  # noqa: PLW0108 - as above
        colon=lambda: text.labelled("", ""),
        parties=parties,
        lang=lambda code: Markup(' lang="{}"').format(code) if code else "",
        labels=labels,
        linked_parts=linked_parts,
        mail_address=_MAIL_ADDRESS.fullmatch,
    )
    env.filters.update(
        collapse=text.collapse, own_name=lambda code: grammar(code)["name"], with_code=with_code
    )
    return env


def digest(text: str) -> str:
    """Return the digest by which a content security policy allows exactly this text."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=8192)  # most texts of a page were on the one before: a tenth of a site's time
def html(value: str) -> Markup:
    """Return a text, escaped, and safe for a terminal too."""
    return escape(text.clean(value))


def with_code(value: str) -> Markup:
    """Return a text, escaped, in which what stands in backticks is code."""
    shown = re.sub("`([^`]+)`", r"<code>\1</code>", str(html(value)))
    return Markup(shown)  # noqa: S704 - escaped above


def parties(owed: Sequence[Sequence[PartyLink]], up: str, between: str = ", ") -> Markup:
    """Return the parties of several tasks, with the links to their pages."""
    texts = [" + ".join([_party(link, up) for link in links]) for links in owed]
    return Markup(between.join(texts))  # noqa: S704 - its parts are escaped


@lru_cache(maxsize=4096)
def _party(link: PartyLink, up: str) -> str:
    label, title = html(link.label), ""
    if not link.path:
        return label
    if link.title and link.title != link.label:
        title = Markup(' title="{}"').format(html(link.title))
    return Markup('<a href="{}{}"{}>{}</a>').format(html(up), html(link.path), title, label)


class TextPart(NamedTuple):
    """A part of a text; `href` is where it leads, the very text of it, or empty."""

    text: str
    href: str = ""
    host: str = ""  # the host as the web writes it, where the text has other letters

    @property
    def short(self) -> str:
        """The host of the address and the last part of its path: what a screen shows of it."""
        parts = urlsplit(self.href)
        last = parts.path.rstrip("/").rpartition("/")[2]
        return f"{parts.netloc}: {last}" if last else parts.netloc


@lru_cache(maxsize=1024)  # a report is shown up to four times, in each language
def linked_parts(text: str) -> Sequence[TextPart]:
    """Return a text in its parts, of which addresses with http or https are links.

    An address stays text where a reader could take it for another one: with a user before an `@`,
    with quotes, backslashes or unseen letters.
    """
    parts: list[TextPart] = []
    end = 0
    for start, address, host in islice(_addresses(text), _MOST):
        parts += TextPart(text[end:start]), TextPart(address, address, host)
        end = start + len(address)
    return [part for part in (*parts, TextPart(text[end:])) if part.text]


def _addresses(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the place of each address, the address, and its host where that is not plain."""
    end = 0
    while match := _START.search(text, end):
        start = match.start()
        run = _WORD.match(text, start)
        word = run[0] if run else ""
        if further := _NEXT.search(word):
            word = word[: further.start()]
        end = start + len(word) + bool(further)
        address = _without_end(word) if len(word) <= _LONGEST else ""
        host = _host(address)
        is_seen = address.isprintable() and clean(address) == address
        if host is not None and is_seen and not _NO_ADDRESS.search(address):
            is_same = address.lower().partition("//")[2].startswith(host)
            yield start, address, "" if is_same else host


def _without_end(word: str) -> str:
    """Return an address without the marks and brackets of the sentence in which it stands."""
    while word:
        last = word[-1]
        opening = _BRACKETS.get(last, last)
        if last not in _AT_END and word.count(opening) >= word.count(last):
            break
        word = word[:-1]
    return word


def _host(address: str) -> str | None:
    """Return the host of an address as the web writes it; None where it is no plain address."""
    with suppress(ValueError):
        parts = urlsplit(address)
        _port = parts.port  # raises ValueError where it is no number
        if "@" in parts.netloc or "%" in parts.netloc:
            return None
        host = (parts.hostname or "").encode("idna").decode()
        shown = f"[{host}]" if ":" in host else host
        if _PLAIN_HOST.fullmatch(shown):
            return shown
    return None
