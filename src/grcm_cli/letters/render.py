"""Letters and agendas in their formats: text, Markdown, HTML page, Word document, JSON values."""

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import takewhile
from pathlib import Path
from typing import Annotated, NamedTuple

from markdown_it.tree import SyntaxTreeNode as Node

from grcm_cli.language.ci_commands import markup_without_commands
from grcm_cli.language.markdown import inline_words, parser, tree
from grcm_cli.language.text import _, clean, labelled, on_one_line, using_language
from grcm_cli.letters import PageSetup
from grcm_cli.letters.reminder import Reminder
from grcm_cli.views import labels
from grcm_cli.views.task_record import TaskRecord
from grcm_cli.views.tasks import TaskRecords

TEXT_WIDTH = 72  # columns of a letter as plain text
_WIDTHS = {4: (21, 40, 22, 17)}  # of the table of what is late
_FOLDER = Path(__file__).parent / "page"
_CELL = "border: 1px solid #666; padding: 3pt 5pt; vertical-align: top"


class RenderedLetter(NamedTuple):
    """A reminder, its text as Markdown, and the page that it is on, with its subject."""

    reminder: Reminder
    markdown: str
    page: PageSetup


def rendered_letter(reminder: Reminder, markdown: str) -> RenderedLetter:
    """Return a letter; without a heading its subject is that it is a reminder."""
    subject = first_heading(markdown)
    if not subject:
        process = reminder.data.register.process.name.shown(reminder.language)
        party = labels.of_name(reminder.directory, reminder.party.code, reminder.language, "to")
        subject = _("{process}: reminder {to_party}").format(process=process, to_party=party)
    # One empty line in the place of the several that a template leaves.
    text = re.sub(r"\n[ \t]*(?:\n[ \t]*)+(?=\n)", "\n", markdown).strip("\n") + "\n"
    title, day = on_one_line(clean(subject)), reminder.data.as_of
    page = PageSetup(title, reminder.language, day, widths=_WIDTHS, is_signed=True)
    return RenderedLetter(reminder, text, page)


def document(markdown: str, page: PageSetup) -> bytes:
    """Return a text as a document for a word processor, the same bytes each time."""
    from grcm_cli.letters import word  # 120 ms, only for this format

    with using_language(page.language):
        return word.render(markdown, page)


FORMATS: Mapping[str, Callable[[str, PageSetup], bytes]] = {
    "text": lambda markdown, page: plain_text(markdown, page.language).encode(),
    "md": lambda markdown, _page: markdown.encode(),
    "html": lambda markdown, page: html_page(markdown, page).encode(),
    "docx": document,
}
"""The formats of a text by itself: neither JSON nor a message."""


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter to a party, with the tasks that it names."""

    party: Annotated[str, "The code of the addressee."]
    language: Annotated[str, "The language of the letter."]
    subject: Annotated[str, "On one line."]
    text: Annotated[str, "In 72 columns."]
    html: Annotated[str, "A whole page."]
    late: Annotated[tuple[TaskRecord, ...], "What is overdue."]
    soon: Annotated[tuple[TaskRecord, ...], "What is due soon."]
    open: Annotated[tuple[TaskRecord, ...], "What else is open."]
    encouraged: Annotated[tuple[TaskRecord, ...], "What a meeting encouraged; never overdue."]
    to: Annotated[tuple[str, ...], "The e-mail addresses."]


def letter_record(letter: RenderedLetter) -> LetterRecord:
    """Return the record of a letter."""
    reminder = letter.reminder
    record = TaskRecords(reminder.directory, reminder.language).of
    return LetterRecord(
        party=reminder.party.code,
        language=reminder.language,
        subject=letter.page.title,
        text=plain_text(letter.markdown, letter.page.language),
        html=html_page(letter.markdown, letter.page),
        late=tuple(map(record, reminder.late)),
        soon=tuple(map(record, reminder.soon)),
        open=tuple(map(record, reminder.open)),
        encouraged=tuple(map(record, reminder.encouraged)),
        to=reminder.contact.email,
    )


def plain_text(markdown: str, language: str) -> str:
    """Return a Markdown text without its marks, in 72 columns, quotations indented."""
    with using_language(language):
        return "\n".join(_blocks(tree(markdown), TEXT_WIDTH)) + "\n"


def first_heading(markdown: str) -> str:
    """Return the words of the first heading; an empty text where there is none."""
    headings = (node for node in tree(markdown).children if node.type == "heading")
    return next((on_one_line(_inline(node)) for node in headings), "")


def _blocks(parent: Node, width: int) -> list[str]:
    lines: list[str] = []
    for node in parent.children:
        if lines and not _is_tight(node):
            lines.append("")
        lines += _block(node, max(width, 20))
    return lines


def _is_tight(node: Node) -> bool:
    """Tell whether a block follows the one before without an empty line, as in a tight list."""
    if node.type == "list_item":
        return all(child.type != "paragraph" or child.hidden for child in node.children)
    return node.parent is not None and node.parent.type == "list_item" and _is_tight(node.parent)


def _block(node: Node, width: int) -> Sequence[str]:
    match node.type:
        case "heading":
            lines = _wrapped(_inline(node), width)
            line = {"h1": "=", "h2": "-"}.get(node.tag, "") * max(map(len, lines))
            return [*lines, line] if line else lines
        case "paragraph":
            return _wrapped(_inline(node), width)
        case "blockquote":
            return _indented(_blocks(node, width - 4), "    ")
        case "bullet_list" | "ordered_list":
            return list(_items(node, width))
        case "code_block" | "fence":
            return _indented(node.content.rstrip("\n").split("\n"), "    ")
        case "hr":
            return ["-" * width]
        case _:  # a table
            return _table(node, width)


def _table(node: Node, width: int) -> list[str]:
    rows = [list(map(_inline, row.children)) for part in node.children for row in part.children]
    lines = [" | ".join(cells) for cells in rows]
    if max(map(len, lines)) <= width:
        return lines
    lines = []
    for first, *cells in rows[1:]:
        lines += ["", *_wrapped(first, width)]
        for heading, cell in zip(rows[0][1:], cells, strict=True):
            lines += _indented(_wrapped(labelled(heading, cell), width - 2), "  ")
    return lines[1:]


def _items(node: Node, width: int) -> Iterator[str]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children):
        mark = f"{first + number}. " if node.type == "ordered_list" else "- "
        if number and not _is_tight(item):
            yield ""
        yield from _indented(_blocks(item, width - len(mark)), mark)


def _indented(lines: Sequence[str], mark: str) -> list[str]:
    first, *following = lines or [""]
    return [(mark + first).rstrip(), *((" " * len(mark) + line).rstrip() for line in following)]


def _inline(node: Node) -> str:
    return "".join(words for words, _marks in inline_words(node))


def _wrapped(text: str, width: int) -> list[str]:
    wrap = partial(textwrap.wrap, width=width, break_long_words=False, break_on_hyphens=False)
    return [line for part in text.split("\n") for line in wrap(part) or [""]]


def html_page(markdown: str, page: PageSetup) -> str:
    """Return a Markdown text as a page that word processors open.

    Each cell has its borders and width itself: LibreOffice ignores both in a style sheet.
    """
    markdown_parser = parser()
    tokens = markdown_parser.parse(markdown)
    for place, token in enumerate(tokens):
        match token.type:
            case "table_open":
                token.attrs["style"] = "width: 100%"
                head = takewhile(lambda inner: inner.type != "thead_close", tokens[place:])
                cells = [inner for inner in head if inner.type == "th_open"]
                for share, cell in zip(page.widths.get(len(cells), ()), cells, strict=False):
                    cell.attrs = {"width": f"{share}%", **cell.attrs}
            case "tr_open":
                token.attrs["valign"] = "top"
            case "th_open" | "td_open":
                alignment = token.attrs.get("style")
                token.attrs["style"] = f"{_CELL}; {alignment}" if alignment else _CELL
    html = markdown_parser.renderer.render(tokens, markdown_parser.options, {})
    # Word takes paper and margins from the named page of a division, others from `@page`.
    names = ("page.html", "page.css", "landscape.css" if page.landscape else "portrait.css")
    frame, *styles = ((_FOLDER / name).read_text(encoding="utf-8") for name in names)
    title, language, style = escape(clean(page.title)), escape(page.language), "".join(styles)
    whole = frame.format(title=title, language=language, style=style, body=html)
    return markup_without_commands(whole)
