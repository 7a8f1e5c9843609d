"""What the readers of documents hand on: paragraphs in their order, whatever the file was."""

from collections.abc import Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """One paragraph or one row of a table, as a reader of the document sees it."""

    text: str
    """Without the automatic number; a break inside the paragraph is a line end."""
    label: str = ""
    """The automatic number that a word processor shows before it: `8.`, `a)`, `•`."""
    level: int = 0
    """The depth of that number, from 0."""
    heading: bool = False
    """Its style says that it is a heading or a title."""
    cells: Sequence[str] = ()
    """The cells where it is a row of a table; `text` then has them joined by tabs."""
    notes: Sequence[str] = ()
    """The footnotes that stand in it, each with its mark: `1 See the annex.`"""


class Unreadable(Exception):  # noqa: N818 - a fact about the document, no error of the program
    """The document cannot be read; the message says why and what to do, to the reader."""
