"""One line of a document, as its outline is read from it."""

from collections.abc import Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """One line as the outline reads it."""

    text: str
    label: str = ""
    """The number that a word processor or the first cell of a row gives it."""
    after_gap: bool = True
    """It begins a paragraph, as far as the document shows."""
    heading: bool = False
    cells: Sequence[str] = ()
    """Of a row: the cells beside the text."""
    columns: Sequence[str] = ()
    """Of a row: the heads of those cells."""
    notes: Sequence[str] = ()
    is_row: bool = False

    @property
    def whole(self) -> str:
        """The line with its number."""
        return f"{self.label} {self.text}".strip()
