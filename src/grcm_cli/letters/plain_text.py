"""Markdown as plain text: for a terminal, and for readers of mail that show no pages."""

import textwrap
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode as Node

from grcm_cli.language.markdown import tokens

WIDTH = 72


def text(markdown: str) -> str:
    """Return a Markdown text without its marks: lines of 72 columns, quotations indented."""
    return "\n".join(_blocks(_tree(markdown), WIDTH)) + "\n"


def subject(markdown: str) -> str:
    """Return the words of the first heading; nothing where there is none."""
    for node in _tree(markdown).children:
        if node.type == "heading":
            return " ".join(_said(node).split())
    return ""


def _tree(markdown: str) -> Node:
    return Node(list(tokens(markdown)))


def _blocks(parent: Node, width: int) -> list[str]:
    """Return the lines of what stands one below the other, with empty ones between."""
    lines: list[str] = []
    for node in parent.children:
        if lines and not _is_tight(node):
            lines.append("")
        lines += _block(node, max(width, 20))
    return lines


def _is_tight(node: Node) -> bool:
    """Tell whether a block follows the one before without an empty line, as short items do."""
    if node.type == "list_item":
        return all(child.type != "paragraph" or child.hidden for child in node.children)
    return node.parent is not None and node.parent.type == "list_item" and _is_tight(node.parent)


def _block(node: Node, width: int) -> Sequence[str]:
    match node.type:
        case "heading":
            lines = _wrapped(_said(node), width)
            line = {"h1": "=", "h2": "-"}.get(node.tag, "") * max(map(len, lines))
            return [*lines, line] if line else lines
        case "paragraph":
            return _wrapped(_said(node), width)
        case "blockquote":
            return _moved(_blocks(node, width - 4), "    ", "    ")
        case "bullet_list" | "ordered_list":
            return list(_items(node, width))
        case "code_block" | "fence":
            return _moved(node.content.rstrip("\n").split("\n"), "    ", "    ")
        case "hr":
            return ["-" * width]
        case "table":
            return [
                " | ".join(_said(cell) for cell in row.children)
                for part in node.children
                for row in part.children
            ]
        case _:
            return _blocks(node, width)


def _items(node: Node, width: int) -> Iterator[str]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children):
        mark = f"{first + number}. " if node.type == "ordered_list" else "- "
        if number and not _is_tight(item):
            yield ""
        yield from _moved(_blocks(item, width - len(mark)), mark, " " * len(mark))


def _moved(lines: Sequence[str], first: str, others: str) -> list[str]:
    marks = [first, *[others] * (len(lines) - 1)]
    return [(mark + line).rstrip() for mark, line in zip(marks, lines, strict=False)] or [
        first.rstrip()
    ]


def _said(node: Node) -> str:
    """Return the words of a block, or of a part of a line."""
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            return node.content
        case "link":
            words, target = "".join(map(_said, node.children)), str(node.attrs.get("href", ""))
            return words if target in ("", words) else f"{words} ({target})"
        case _:
            return "".join(map(_said, node.children))


def _wrapped(words: str, width: int) -> list[str]:
    return [
        line
        for part in words.split("\n")
        for line in textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=False)
        or [""]
    ]
