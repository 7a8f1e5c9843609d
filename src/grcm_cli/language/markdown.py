"""Markdown (CommonMark with tables): escaping of plain text, tables, and HTML."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from grcm_cli.language.text import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode as Node

_ACTIVE = re.compile(r"([\\`*_\[\]|~$^])")
_OPENING = re.compile(r"^([0-9]+(?=[.)](?: |$))|(?=[#+=:-]))(.)")
"""What makes a line a heading, a list, a rule or a definition, with what stands before it."""


def literal(text: str) -> str:
    """Return a text as Markdown, on one line, without any markup, link or HTML of its own.

    For use inside a line, as in a cell; a text that may begin or end a line is a `passage`.
    """
    escaped = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = _ACTIVE.sub(r"\\\1", escaped)
    return escaped.replace("://", ":&#47;&#47;").replace("www.", "www&#46;").replace("@", "&#64;")


def passage(text: str) -> str:
    """Return a text as `literal` does, safe as a whole line too: no heading, list or rule."""
    escaped = _OPENING.sub(r"\1\\\2", literal(clean(text).strip()))
    return re.sub(r"(?<!\\)#$", r"\#", escaped)


def row(cells: Sequence[str]) -> str:
    """Return a row of a table, from cells that are Markdown."""
    return f"| {' | '.join(cells)} |"


def table_lines(
    headings: Sequence[str], rows: Sequence[Sequence[str]], rules: Sequence[str] = ()
) -> str:
    """Return a table, from cells that are Markdown; `rules` align its columns, `---` by default."""
    return "\n".join(map(row, (headings, rules or ["---"] * len(headings), *rows)))


def tree(markdown: str) -> "Node":
    """Return the tree of a Markdown text. HTML in it is text."""
    from markdown_it.tree import SyntaxTreeNode  # 33 ms, as the parser

    return SyntaxTreeNode(parser().parse(markdown))


def inline_words(node: "Node", marks: Sequence[str] = ()) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the words of a block in parts, each with its marks: strong, em.

    The end of a line is a part of its own; the target of a link stands in brackets behind it.
    """
    match node.type:
        case "text" | "code_inline" | "image":
            yield node.content, marks
        case "softbreak" | "hardbreak":
            yield " " if node.type == "softbreak" else "\n", marks
        case kind:
            parts = [part for each in node.children for part in inline_words(each, (*marks, kind))]
            yield from parts
            target = str(node.attrs.get("href", "")) if kind == "link" else ""
            if target not in ("", "".join(words for words, _marks in parts)):
                yield f" ({target})", marks


def to_html(markdown: str) -> str:
    """Return the HTML of a Markdown text. HTML in it is escaped."""
    html: str = parser().render(markdown)
    return html


def parser() -> "MarkdownIt":
    """Return the parser, which makes HTML too."""
    from markdown_it import MarkdownIt  # 26 ms; only pages and letters need it

    return MarkdownIt("commonmark", {"html": False}).enable("table")
