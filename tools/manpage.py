"""The chapters on the commands → man pages: `python -m tools.manpage` writes them anew.

What is made is man(7), as groff and mandoc both read it. A kind of Markdown that has no shape here
stops the tool, so that nothing of a chapter is lost in silence.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

from grcm_cli import __version__

ROOT = Path(__file__).parent.parent


class Page(NamedTuple):
    """A chapter and the page that is made of it."""

    chapter: str
    made: str
    title: str
    """What stands in the middle of the page's head."""


# Below `man`, files lie as they are installed below the prefix: see pyproject.toml.
PAGES = (
    Page("docs/en/commands.md", "man/share/man/man1/grcm.1", "Manual of grcm"),
    Page("docs/es/ordenes.md", "man/share/man/es/man1/grcm.1", "Manual de grcm"),
    Page("docs/fr/commandes.md", "man/share/man/fr/man1/grcm.1", "Manuel de grcm"),
    Page("docs/pt/comandos.md", "man/share/man/pt/man1/grcm.1", "Manual do grcm"),
)
REVISED = "2026-11-26"
"""The day that stands at a page's foot: set by hand, so that the same text gives the same bytes."""

_SPECIAL = {"\\": r"\(rs", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}
_OPTION = re.compile(r"--?[A-Za-z][a-z-]*")
_COLON = re.compile("^\u00a0?: ")
"""What parts a term from what it means; French has a no-break space before it."""


def main() -> None:
    """Write the man pages anew."""
    for page in PAGES:
        made = ROOT / page.made
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(render(chapter_of(page), page.title), encoding="utf-8")


def chapter_of(page: Page) -> str:
    """Return the text of the chapter of which a page is made."""
    return (ROOT / page.chapter).read_text(encoding="utf-8")


def render(chapter: str, title: str) -> str:
    """Return the man page of a chapter. Its second-level headings are the page's sections.

    What stands before the first of them is for readers of the manual alone and is left out.
    """
    root = Node(MarkdownIt("commonmark").enable("table").parse(chapter))
    nodes = list(root.children)
    first = next(i for i, node in enumerate(nodes) if _is_section(node))
    head = [
        r"'\" -*- coding: UTF-8 -*-",
        f'.TH GRCM 1 {REVISED} "grcm {__version__}" "{title}"',
        ".nh",  # words of the one language would be broken by the rules of another
        ".ds AD l",  # groff justifies lines again after each macro unless this says not to
        ".ad l",
    ]
    return "\n".join([*head, *_blocks(nodes[first:])]) + "\n"


def _is_section(node: Node) -> bool:
    return node.type == "heading" and node.tag == "h2"


def _blocks(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the lines of blocks that follow each other, a macro between two of them."""
    headed = False
    for place, node in enumerate(nodes):
        if node.type == "html_block" and node.content.startswith("<!--"):
            continue  # the marks of `tools.reference`
        if node.type == "heading":
            yield _heading(node)
        elif place == 1:
            yield _prose(node).replace("–", r"\-", 1)  # the form in which whatis(1) finds the name
        elif node.type == "bullet_list":
            for item in node.children:
                yield from _item(item)
        elif node.type == "table":
            yield from _table(node)
        else:
            if not headed:
                yield ".PP"
            yield from _block(node)
        headed = node.type == "heading"


def _heading(node: Node) -> str:
    text = _prose(node)
    return f'.SH "{text.upper()}"' if _is_section(node) else f'.SS "{text}"'


def _block(node: Node) -> Iterator[str]:
    match node.type:
        case "paragraph":
            yield _prose(node)
        case "fence":
            yield ".EX"
            yield from (_code_line(line) for line in node.content.expandtabs(8).splitlines())
            yield ".EE"
        case kind:
            raise ValueError(f"no shape for a {kind} of Markdown in a man page")


def _code_line(line: str) -> str:
    shown = _guarded(_literal(line))
    return rf"\fB{shown}\fR" if line.startswith("$ ") else shown


def _item(item: Node) -> Iterator[str]:
    """Yield an item of a list: what begins with code and a colon is a term and what it means."""
    [paragraph] = item.children
    inline = list(paragraph.children[0].children)
    colon = next((i for i, node in enumerate(inline) if _COLON.match(node.content)), None)
    if colon is None:
        yield r".IP \(bu 2"
        yield _prose(paragraph)
        return
    yield ".TP"
    yield "".join(_term(node) for node in inline[:colon])
    yield _guarded(_COLON.sub("", _inline(inline[colon:])))


def _term(node: Node) -> str:
    """Return a piece of a term: options bold, what they take in italics."""
    if node.type != "code_inline":
        return _text(node.content)
    words = node.content.split(" ")
    return " ".join(
        "|".join(map(_bold, word.split("|"))) if _is_typed(word) else _italic(word)
        for word in words
    )


def _is_typed(word: str) -> bool:
    """Tell whether a word is typed as it stands, and does not stand for another."""
    return bool(_OPTION.fullmatch(word)) or "|" in word or ".yaml" in word or ".json" in word


def _table(node: Node) -> Iterator[str]:
    """Yield a table of two columns: the first is the term. Its headings are left out."""
    _head, body = node.children
    for row in body.children:
        term, meaning = row.children
        yield ".TP"
        yield _bold_all(term)
        yield _prose(meaning)


def _bold_all(cell: Node) -> str:
    inline = cell.children[0].children
    return "".join(_bold(node.content) for node in inline)


def _prose(node: Node) -> str:
    """Return the text of a paragraph, heading or cell, a line for each of its lines."""
    return "\n".join(map(_guarded, _inline(node.children[0].children).split("\n")))


def _inline(nodes: Sequence[Node]) -> str:
    return "".join(map(_piece, nodes))


def _piece(node: Node) -> str:
    match node.type:
        case "text":
            return _text(node.content)
        case "code_inline":
            return _bold(node.content)
        case "softbreak":
            return "\n"
        case "strong" | "em" | "link":
            return _inline(node.children)
        case kind:
            raise ValueError(f"no shape for a {kind} of Markdown in a man page")


def _bold(text: str) -> str:
    return rf"\fB{_literal(text)}\fR"


def _italic(text: str) -> str:
    return rf"\fI{_literal(text)}\fR"


def _literal(text: str) -> str:
    """Return code as it is typed: a hyphen that can be copied, quotes that stay straight."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def _text(text: str) -> str:
    return text.replace("\\", r"\(rs")


def _guarded(line: str) -> str:
    """Return a line that no reader of man(7) takes for a macro."""
    return rf"\&{line}" if line.startswith((".", "'")) else line


if __name__ == "__main__":
    main()
