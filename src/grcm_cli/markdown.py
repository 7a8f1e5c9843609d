"""Markdown: a text that stays a text in it, and the page that it makes (CommonMark with tables)."""

import re

from grcm_cli.text import clean

_ACTIVE = re.compile(r"([\\`*_\[\]|~$^])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def literal(text: str) -> str:
    """Return a text, on one line, that no reader of Markdown takes for markup, a link or HTML."""
    said = "".join(_HTML.get(character, character) for character in clean(text))
    said = _ACTIVE.sub(r"\\\1", said)
    return said.replace("://", ":&#47;&#47;").replace("www.", "www&#46;").replace("@", "&#64;")


def to_html(markdown: str) -> str:
    """Return the HTML of a Markdown text. HTML in it is shown, never passed on."""
    from markdown_it import MarkdownIt  # only where a page is made

    html: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return html
