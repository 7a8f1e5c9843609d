"""Markdown: a text that stays a text in it, and the page that it makes (CommonMark with tables)."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grcm_cli.language.text import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ACTIVE = re.compile(r"([\\`*_\[\]|~$^])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_OPENING = re.compile(r"^([0-9]+(?=[.)](?: |$))|(?=[#+=:-]))(.)")
"""What makes a line a heading, a list, a rule or a definition, with what stands before it."""


def literal(text: str) -> str:
    """Return a text, on one line, that no reader of Markdown takes for markup, a link or HTML.

    It stands inside a line, as in a cell; one that may begin or end a line is a `passage`.
    """
    said = "".join(_HTML.get(character, character) for character in clean(text))
    said = _ACTIVE.sub(r"\\\1", said)
    return said.replace("://", ":&#47;&#47;").replace("www.", "www&#46;").replace("@", "&#64;")


def passage(text: str) -> str:
    """Return a text as `literal` does that may also be a whole line.

    Neither `1.`, `#`, `-`, `=` nor four spaces at its beginning, nor `#` at its end, act there.
    """
    said = _OPENING.sub(r"\1\\\2", literal(clean(text).strip()))
    return re.sub(r"(?<!\\)#$", r"\#", said)


def row(cells: Sequence[str]) -> str:
    """Return a row of a table, from cells that are Markdown."""
    return f"| {' | '.join(cells)} |"


def tokens(markdown: str) -> "Sequence[Token]":
    """Return what a Markdown text is made of. HTML in it is text."""
    return _parser().parse(markdown)


def to_html(markdown: str) -> str:
    """Return the HTML of a Markdown text. HTML in it is shown, never passed on."""
    html: str = _parser().render(markdown)
    return html


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # only where a page is made

    return MarkdownIt("commonmark", {"html": False}).enable("table")
