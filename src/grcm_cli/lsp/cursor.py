"""Where in a file the cursor is: the keys above it, the key whose value it is in, the word at it.

The lines around the cursor are read, not the file: while somebody types, it is often no YAML. Block
style is told by indentation, what stands in brackets by the brackets since the key before them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from grcm_cli.lsp.documents import Document
from grcm_cli.reader import fields
from grcm_cli.reader.fields import Field, FileKind, Table
from grcm_cli.storage.paths import MEETINGS, REGISTER

_ITEM = re.compile(r"-(?= |$)")
_KEY = re.compile(r"(?P<mark>[\"']?)(?P<key>[^\s\"'#&*!|>%@`\[\]{},?:-][^\"'#\[\]{},:]*)(?P=mark)")
_COLON = re.compile(r"[ \t]*:(?=[ \t]|$)[ \t]*")
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_FLOW_SIGN = re.compile(r"(?<=[ \t\n])#|[][{},:\"']")
_FLOW_WORD = r"(?:(?!: )[^\n,\[\]{}])*"
_LATER_KEY = re.compile(r"(?<![\w-])([A-Za-z][\w-]*):(?=\s)")
_MOST_ROWS = 60  # lines above the cursor in which a bracket that holds it is looked for


class Cursor(NamedTuple):
    """Where the cursor is, and what stands there."""

    file: FileKind
    path: tuple[str, ...]  # the keys above the mapping in which the cursor is, the outermost first
    key: str | None  # the key whose value it is in; None where a key is to be written
    word: str  # the whole word or value at the cursor, without quotes
    start: int  # the index in the text at which the word begins
    end: int
    present: frozenset[str] = frozenset()  # the keys that the mapping has
    in_list: bool = False  # the value is one of a list, so that no key can be written in its place

    @property
    def field(self) -> Field | None:
        """The field whose keys the mapping has; None where grcm knows none."""
        field, is_code = fields.FILES[self.file], False
        for key in self.path:
            if is_code:  # it is a party's, or a language's, and not the name of a field
                is_code = False
            elif field.table is None or key not in field.table:
                return None
            else:
                field = field.table[key]
                is_code = field.kind in ("by_code", "by_language")
        return None if is_code else field

    @property
    def table(self) -> Table:
        """The keys that the mapping may have; None where grcm knows none."""
        return (self.field.table if self.field else None) or {}

    @property
    def kind(self) -> str:
        """How the value is read, as a field's kind; empty where a key is to be written."""
        field = self.table.get(self.key or "")
        return field.kind if field else ""

    @property
    def party(self) -> str:
        """The code of the party or topic whose key in the register is at the cursor; else empty."""
        if self.file != "register" or self.key is not None or len(self.path) != 1:
            return ""
        field = fields.REGISTER.get(self.path[0])
        return self.word if field and field.kind == "by_code" else ""

    @property
    def is_theme(self) -> bool:
        """Tell whether a topic's code stands at the cursor, and not a party's."""
        return self.key == "themes" or (bool(self.party) and self.path == ("themes",))

    @property
    def takes_text_by_language(self) -> bool:
        """Tell whether a key at the cursor is that of a language: `{es: …, en: …}`."""
        field = self.field if self.key is None else None
        return field is not None and field.kind == "text"


def kind_of_file(name: str) -> FileKind:
    """Return what a file of a data folder holds, by its name in it."""
    if name == REGISTER:
        return "register"
    return "meeting" if name.startswith(f"{MEETINGS}/") else "progress"


def cursor_at(document: Document, index: int, file: FileKind) -> Cursor | None:
    """Return where an index of a text is; None in a comment, or in a text of several lines."""
    row = document.position(index).line
    column = index - document.starts[row]
    before = document.lines[row][:column]
    comment = _COMMENT.search(before)
    if comment and all(before[: comment.start()].count(quote) % 2 == 0 for quote in "\"'"):
        return None
    return _in_flow(document, row, index, file) or _in_block(document, row, column, file)


class _Mark(NamedTuple):
    """A `-` or a key on a line, with its column and that of what comes after it."""

    column: int
    key: str | None
    after: int


def _marks(line: str) -> list[_Mark]:
    """Return the `-` and the key with which a line begins, from left to right."""
    marks = []
    place = _indent(line)
    while _ITEM.match(line, place):
        after = len(line) - len(line[place + 1 :].lstrip(" "))
        marks.append(_Mark(place, None, after))
        place = after
    key = _KEY.match(line, place)
    colon = _COLON.match(line, key.end()) if key else None
    if key and colon:
        marks.append(_Mark(place, key["key"].rstrip(), colon.end()))
    return marks


def _written(lines: Sequence[str], rows: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield rows with their lines, without those that are empty or a comment."""
    yield from ((row, lines[row]) for row in rows if lines[row].strip()[:1] not in ("", "#"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _above(
    lines: Sequence[str], row: int, marks: Sequence[_Mark], column: int = 0
) -> tuple[tuple[str, ...], bool, bool]:
    """Return the keys above the marks of a row; above a column of it where there are none.

    And whether the nearest above is the `-` of a list, not a key; and whether the place is in a
    text: of several lines, or below a value on the line of its key.
    """
    is_item = len(marks) > 1 or any(mark.key is None for mark in marks)
    item_below = marks[0].column if marks else column
    key_below = item_below + is_item
    above: list[str | None] = [None] if is_item else []  # None for a `-`, the nearest first
    is_text = False
    for _row, line in _written(lines, range(row - 1, -1, -1)):
        for mark in reversed(_marks(line)):
            if mark.key is None and mark.column < item_below:
                item_below, key_below = mark.column, mark.column + 1
                above.append(None)
            elif mark.key is not None and mark.column < key_below:
                item_below = key_below = mark.column
                above.append(mark.key)
                value = line[mark.after :].strip()
                is_text = is_text or bool(value and not value.startswith("#"))
        if key_below <= 0:
            break
    path = tuple(key for key in reversed(above) if key is not None)
    return path, above[:1] == [None], is_text


def _in_block(document: Document, row: int, column: int, file: FileKind) -> Cursor | None:
    lines = document.lines
    line, start = lines[row], document.starts[row]
    marks = [mark for mark in _marks(line) if mark.column <= column]
    last = marks[-1] if marks else None
    if last is None or last.key is None:
        begin = last.after if last else _indent(line)
        begin = min(begin, column) if last is None and not line[begin:].strip() else begin
        # No key stands before the cursor: it is at a value of a list, or at a key.
        path, in_item, is_text = _above(lines, row, marks, begin)
        if is_text:
            return None
        word = _block_value(line, begin, start)
        cursor = Cursor(file, path, None, *word, frozenset(_siblings(lines, row, begin)))
        field = cursor.field
        is_mapping = field and field.table and (in_item or field.kind != "parts")
        if is_mapping or cursor.takes_text_by_language or not path or cursor.party:
            return None if marks and file == "meeting" and not path else cursor
        return Cursor(file, path[:-1], path[-1], *word, in_list=bool(marks))
    path, _in_item, is_text = _above(lines, row, marks)
    present = frozenset(_siblings(lines, row, last.column))
    end_of_key = last.column + len(last.key)
    if not is_text and column <= end_of_key and column < last.after:
        word = (last.key, start + last.column, start + end_of_key)
        return Cursor(file, path, None, *word, present - {last.key})
    word = _block_value(line, last.after, start)
    if is_text or _BLOCK_TEXT.match(word[0]):
        return None
    return Cursor(file, path, last.key, *word, present)


def _siblings(lines: Sequence[str], row: int, column: int) -> Iterator[str]:
    """Yield the keys of the mapping whose keys stand at a column, as far as it reaches."""
    for place, line in _written(lines, range(row, -1, -1)):
        marks = _marks(line)
        yield from (mark.key for mark in marks if mark.key and mark.column == column)
        begins_item = any(mark.key is None and mark.column < column for mark in marks)
        if _indent(line) < column and (begins_item or place != row):
            break
    for _row, line in _written(lines, range(row + 1, len(lines))):
        if _indent(line) < column:
            break
        yield from (mark.key for mark in _marks(line) if mark.key and mark.column == column)


def _block_value(line: str, begin: int, start: int) -> tuple[str, int, int]:
    """Return a column's value, without quotes, and its ends in the text; `start` is the line's."""
    tail = line[begin:]
    if tail[:1] in ('"', "'"):
        close = tail.find(tail[0], 1)
        value, begin = tail[1 : close if close > 0 else None], begin + 1
    else:
        comment = _COMMENT.search(tail)
        value = (tail[: comment.start()] if comment else tail).rstrip()
    return value, start + begin, start + begin + len(value)


@dataclass
class _Frame:
    """A bracket that is open: the key whose value is read in it, and the keys before."""

    bracket: str
    key: str | None
    keys: list[str]


def _in_flow(document: Document, row: int, index: int, file: FileKind) -> Cursor | None:
    # The row of the outermost bracket that holds the index, and what `_scan` says of it.
    lines, text, opened = document.lines, document.text, None
    for place in range(row, max(-1, row - _MOST_ROWS), -1):
        line, marks = lines[place], _marks(lines[place])
        # Below a key, its value goes on as long as the lines are indented more than it.
        below = lines[place + 1 : row + 1] if marks else ()
        outside = (each for each in below if _indent(each) <= marks[-1].column)
        if any(each.lstrip()[:1] not in "]}" for each in outside):
            break
        begin = marks[-1].after if marks else _indent(line)
        if line[begin : begin + 1] in ("[", "{"):
            open_here = _scan(text, document.starts[place] + begin, index)
            if open_here[0]:
                opened = (place, *open_here)
    if opened is None:
        return None
    place, frames, start, quote = opened
    top, marks = frames[-1], _marks(lines[place])
    path, _in_item, is_text = _above(lines, place, marks, _indent(lines[place]))
    keys = [*(mark.key for mark in marks), *(frame.key for frame in frames[:-1])]
    path = (*path, *(key for key in keys if key is not None))
    if is_text or (top.bracket == "[" and not path):
        return None
    start = start if quote else index - len(text[start:index].lstrip(" \t\r\n"))
    match = re.match(rf"[^\n{quote}]*" if quote else _FLOW_WORD, text[index:])
    value = (text[start:index] + (match[0] if match else "")).rstrip()
    end = max(index, start + len(value))
    if top.bracket == "[":
        return Cursor(file, path[:-1], path[-1], value, start, end, in_list=True)
    later = text[end:].partition("\n")[0].partition("}")[0]
    present = frozenset(top.keys + _LATER_KEY.findall(later))
    return Cursor(file, path, top.key, value, start, end, present)


def _scan(text: str, start: int, index: int) -> tuple[list[_Frame], int, str]:
    """Return the brackets open at an index, where its word begins, and the quote open there."""
    frames: list[_Frame] = []
    place = word = start
    while match := _FLOW_SIGN.search(text, place, index):
        sign, begin, place = match[0], match.start(), match.end()
        if sign == "#" or (sign in "\"'" and not text[word:begin].strip()):
            close = "\n" if sign == "#" else sign
            end = text.find(close, place, index)
            if end < 0:
                return frames if close == sign else [], place, close
            place = end + 1
            word = word if close == sign else place
            continue
        ends_key = text[begin - 1] in "\"'" or text[place : place + 1] in " \t\r\n"
        if sign in "[{":
            frames.append(_Frame(sign, None, []))
        elif sign in "]}":
            del frames[-1:]
        elif sign == ",":
            if frames[-1].key is not None:
                frames[-1].keys.append(frames[-1].key)
                frames[-1].key = None
        elif sign == ":" and frames[-1].bracket == "{" and ends_key:
            frames[-1].key = text[word:begin].strip().strip("\"'")
        else:
            continue  # inside a word
        word = place
        if not frames:
            break
    return frames, word, ""
