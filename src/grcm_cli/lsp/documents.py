r"""The text of a file as an editor has it, and its positions.

The protocol counts columns in UTF-16 units, unless both sides agree on another encoding, and takes
`\n`, `\r\n` and `\r` for line ends. Findings count characters, and `\n` alone ends their lines.
Both are turned into indexes of the text here, and nowhere else.
"""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from lsprotocol.types import Position, Range, TextEdit
from pygls.workspace import PositionCodec

from grcm_cli.domain.model import Location

_LINE_END = re.compile("\r\n|\n|\r")
_BOM = "\ufeff"
UTF16 = PositionCodec()
"""What every editor counts in; both sides may agree on another encoding."""


class Document:
    """A text with its positions. It does not change: `changed` returns another one."""

    def __init__(self, text: str, codec: PositionCodec = UTF16, version: int | None = None) -> None:
        self.text, self.codec, self.version = text, codec, version

    @cached_property
    def data(self) -> bytes:
        """The text as a file has it. Half a character, which no file can have, is kept as bytes."""
        return self.text.encode("utf-8", "surrogatepass")

    @cached_property
    def starts(self) -> list[int]:
        """The index at which each line begins, as the protocol counts lines."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, as the protocol counts them."""
        return _LINE_END.split(self.text)

    @cached_property
    def _rows(self) -> list[int]:
        """The index at which each line begins, as findings count lines."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def changed(self, at: Range | None, text: str, version: int | None = None) -> "Document":
        """Return the document with another text in a range; without a range, in all of it."""
        if at is not None:
            start, end = sorted(map(self.index, (at.start, at.end)))
            text = self.text[:start] + text + self.text[end:]
        return Document(text, self.codec, version)

    def index(self, position: Position) -> int:
        """Return the index of a position; past the end of a line or of the text, that end."""
        row, column = position.line, position.character
        if row >= len(self.starts):
            return len(self.text)
        line = self.lines[row]
        counts = accumulate(map(self.codec.client_num_units, line))
        past = next((place for place, count in enumerate(counts) if count > column), len(line))
        return self.starts[row] + past

    def position(self, index: int) -> Position:
        """Return the position of an index."""
        index = min(max(0, index), len(self.text))
        row = bisect_right(self.starts, index) - 1
        return Position(row, self.codec.client_num_units(self.text[self.starts[row] : index]))

    def span(self, at: Location) -> tuple[int, int]:
        """Return the indexes of a place: of a whole file its first line, past the end the end."""
        if not at.width:
            return 0, len(self.lines[0])
        row = at.line - 1
        if row >= len(self._rows):
            return len(self.text), len(self.text)
        start = self._rows[row] + at.column - 1 + (row == 0 and self.text.startswith(_BOM))
        end = self._rows[row + 1] - 1 if row + 1 < len(self._rows) else len(self.text)
        start = min(start, max(end, self._rows[row]))
        return start, max(start, min(start + at.width, end))

    def range_of(self, start: int, end: int) -> Range:
        """Return the range between two indexes."""
        return Range(self.position(start), self.position(end))

    def edit(self, start: int, end: int, text: str) -> TextEdit:
        """Return what puts another text between two indexes."""
        return TextEdit(self.range_of(start, end), text)

    def line_of(self, index: int) -> int:
        """Return the line of an index, from 1, as findings count lines."""
        return bisect_right(self._rows, index)
