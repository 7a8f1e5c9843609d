"""Where in a file the cursor is: the keys above it, the key whose value it is in, the word at it.

The lines around the cursor are read, not the file: while somebody types, it is often no YAML. Block
style is told by indentation, what stands in brackets by the brackets since the key before them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from grcm_cli.lsp.documents import Document
from grcm_cli.reader import fields
from grcm_cli.reader.fields import Table
from grcm_cli.storage.paths import MEETINGS, REGISTER

FileKind = Literal["register", "meeting", "progress"]

_ITEM = re.compile(r"-(?= |$)")
_KEY = re.compile(
    r"(?P<quote>[\"']?)(?P<key>[^\s\"'#&*!|>%@`\[\]{},?:-][^\"'#\[\]{},:]*)(?P=quote)"
)
_COLON = re.compile(r"[ \t]*:(?=[ \t]|$)[ \t]*")
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_FLOW_ENDS = ",[]{}\n"
_MOST_ROWS = 60
"""Lines above the cursor in which a bracket that holds it is looked for."""
_ANY = "*"
_PARTY_KINDS = ("bodies", "members", "offices", "organizations")
_TABLES: dict[FileKind, dict[tuple[str, ...], Table]] = {
    "register": {
        (): fields.REGISTER,
        ("process",): fields.PROCESS,
        ("process", "secretariat"): fields.SECRETARIAT,
        ("bodies", _ANY): fields.PARTY,
        ("members", _ANY): fields.MEMBER,
        ("offices", _ANY): fields.OFFICE,
        ("offices", _ANY, "terms"): fields.TERM,
        ("organizations", _ANY): fields.PARTY,
        **{(kind, _ANY, "contact"): fields.CONTACT for kind in _PARTY_KINDS},
    },
    "meeting": {
        (): fields.MEETING,
        ("conclusions",): fields.CONCLUSION,
        ("conclusions", "mandates"): fields.MANDATE,
        ("conclusions", "extends"): fields.EXTENSION,
        ("conclusions", "responsible"): fields.EACH,
        ("conclusions", "mandates", "responsible"): fields.EACH,
    },
    "progress": {(): fields.ENTRY},
}
"""The keys of each part of a file, by the keys above it."""
_LISTS = frozenset({("conclusions",), ("conclusions", "mandates"), ("conclusions", "extends")})
"""The parts of a meeting's file that are lists of mappings."""


class Cursor(NamedTuple):
    """Where the cursor is, and what stands there."""

    file: FileKind
    path: tuple[str, ...]
    """The keys above the mapping in which the cursor is, the outermost first."""
    key: str | None
    """The key whose value it is in; None where a key is to be written."""
    word: str
    """The whole word or value at the cursor, without quotes."""
    start: int
    """The index in the text at which the word begins."""
    end: int
    present: frozenset[str] = frozenset()
    """The keys that the mapping has."""
    in_list: bool = False
    """The value is one of a list, so that no key can be written in its place."""
    in_brackets: bool = False
    is_quoted: bool = False

    @property
    def table(self) -> Table | None:
        """The keys that the mapping may have; None where grcm knows none."""
        return _table(self.file, self.path)

    @property
    def kind(self) -> str:
        """How the value is read, as a field's kind; empty where a key is to be written."""
        table = self.table
        if table is None or self.key is None or self.key not in table:
            return ""
        return table[self.key].kind

    @property
    def party(self) -> str:
        """The code of the party whose key in the register is at the cursor; else empty."""
        if self.file == "register" and self.key is None and len(self.path) == 1:
            return self.word if self.path[0] in _PARTY_KINDS else ""
        return ""

    @property
    def takes_text_by_language(self) -> bool:
        """Tell whether a key at the cursor is that of a language: `{es: …, en: …}`."""
        if self.key is not None or not self.path:
            return False
        table = _table(self.file, self.path[:-1]) or Table()
        return self.path[-1] in table and table[self.path[-1]].kind == "text"


def kind_of_file(name: str) -> FileKind:
    """Return what a file of a data folder holds, by its name in it."""
    if name == REGISTER:
        return "register"
    return "meeting" if name.startswith(f"{MEETINGS}/") else "progress"


def cursor_at(document: Document, index: int, file: FileKind) -> Cursor | None:
    """Return where an index of a text is; None in a comment, or in a text of several lines."""
    row = _row(document, index)
    column = index - document.starts[row]
    lines = document.lines
    if _in_comment(lines[row], column):
        return None
    return _in_flow(document, row, index, file) or _in_block(document, row, column, file)


def _table(file: FileKind, path: tuple[str, ...]) -> Table | None:
    tables = _TABLES[file]
    found = tables.get(path)
    if found is None and len(path) > 1:
        found = tables.get((path[0], _ANY, *path[2:]))
    return found


def _row(document: Document, index: int) -> int:
    return document.position(index)[0]


def _in_comment(line: str, column: int) -> bool:
    before = line[:column]
    match = _COMMENT.search(before)
    if match is None:
        return False
    head = before[: match.start()]
    return head.count('"') % 2 == 0 and head.count("'") % 2 == 0


# --- block style ----------------------------------------------------------------------------


class _Mark(NamedTuple):
    """A `-` or a key on a line, with its column and that of what comes after it."""

    column: int
    key: str | None
    after: int


def _marks(line: str) -> list[_Mark]:
    """Return the `-` and the key with which a line begins, from left to right."""
    found = []
    place = len(line) - len(line.lstrip(" "))
    while item := _ITEM.match(line, place):
        after = place + 1
        while after < len(line) and line[after] == " ":
            after += 1
        found.append(_Mark(item.start(), None, after))
        place = after
    key = _KEY.match(line, place)
    colon = _COLON.match(line, key.end()) if key else None
    if key and colon:
        found.append(_Mark(place, key["key"].rstrip(), colon.end()))
    return found


class _Above(NamedTuple):
    """What stands above a place in block style."""

    path: tuple[str, ...]
    in_item: bool
    """Nearest above is the `-` of a list, not a key."""
    is_text: bool
    """A key above has a text of several lines, or a value on its own line."""


def _above(lines: Sequence[str], row: int, column: int, *, from_item: bool = False) -> _Above:
    """Return the keys above what begins at a column of a row."""
    path: list[str] = []
    key_below, item_below = column + from_item, column
    in_item: bool | None = None
    is_text = False
    for line in _lines_above(lines, row):
        for mark in reversed(_marks(line)):
            if mark.key is None and mark.column < item_below:
                item_below, key_below = mark.column, mark.column + 1
                in_item = True if in_item is None else in_item
            elif mark.key is not None and mark.column < key_below:
                item_below = key_below = mark.column
                in_item = False if in_item is None else in_item
                path.append(mark.key)
                is_text = is_text or _has_text(line[mark.after :])
        if key_below <= 0:
            break
    return _Above(tuple(reversed(path)), bool(in_item), is_text)


def _lines_above(lines: Sequence[str], row: int) -> Iterator[str]:
    for place in range(row - 1, -1, -1):
        line = lines[place]
        if line.strip() and not line.lstrip().startswith("#"):
            yield line


def _has_text(value: str) -> bool:
    """Tell whether a key's value begins on its own line, so that below is only more of it."""
    value = value.strip()
    return bool(value) and not value.startswith("#")


def _in_block(document: Document, row: int, column: int, file: FileKind) -> Cursor | None:
    lines = document.lines
    line, start = lines[row], document.starts[row]
    marks = [mark for mark in _marks(line) if mark.column <= column]
    own = marks[-1] if marks else None
    if own is not None and own.key is not None:
        above = _above(lines, row, own.column) if len(marks) == 1 else _own_items(lines, row, marks)
        if above.is_text:
            return None
        present = frozenset(_siblings(lines, row, own.column))
        if column <= own.column + len(own.key) and column < own.after:
            word = (own.key, start + own.column, start + own.column + len(own.key))
            return Cursor(file, above.path, None, *word, present - {own.key})
        value, begin, end, is_quoted = _block_value(line, own.after)
        if _BLOCK_TEXT.match(value):
            return None
        at = (value, start + begin, start + end, present)
        return Cursor(file, above.path, own.key, *at, is_quoted=is_quoted)
    begin = own.after if own else len(line) - len(line.lstrip(" "))
    begin = min(begin, column) if not line[begin:].strip() and own is None else begin
    return _without_key(document, row, begin, marks, file)


def _own_items(lines: Sequence[str], row: int, marks: Sequence[_Mark]) -> _Above:
    first = marks[0]
    above = _above(lines, row, first.column, from_item=True)
    return above._replace(in_item=True)


def _without_key(
    document: Document, row: int, begin: int, marks: Sequence[_Mark], file: FileKind
) -> Cursor | None:
    """Return the cursor on a line that has no key before it: a value of a list, or a key."""
    lines, start = document.lines, document.starts[row]
    above = _own_items(lines, row, marks) if marks else _above(lines, row, begin)
    if above.is_text:
        return None
    value, first, last, is_quoted = _block_value(lines[row], begin)
    word = (value, start + first, start + last)
    path = above.path
    is_mapping = _table(file, path) is not None and (above.in_item or not _is_list(file, path))
    cursor = Cursor(file, path, None, *word, frozenset(_siblings(lines, row, begin)))
    if is_mapping or cursor.takes_text_by_language or not path or cursor.party:
        if marks and file == "meeting" and not path:
            return None
        return cursor
    key = path[-1]
    return Cursor(file, path[:-1], key, *word, in_list=bool(marks), is_quoted=is_quoted)


def _is_list(file: FileKind, path: tuple[str, ...]) -> bool:
    if file == "meeting":
        return path in _LISTS
    return path[-1:] == ("terms",) or (file == "progress" and not path)


def _siblings(lines: Sequence[str], row: int, column: int) -> Iterator[str]:
    """Yield the keys of the mapping whose keys stand at a column, as far as it reaches."""
    yield from _keys_at(lines, range(row, -1, -1), column, upwards=True)
    yield from _keys_at(lines, range(row + 1, len(lines)), column, upwards=False)


def _keys_at(
    lines: Sequence[str], rows: Sequence[int], column: int, *, upwards: bool
) -> Iterator[str]:
    for row in rows:
        line = lines[row]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = _indent(line)
        marks = _marks(line)
        begins_item = any(mark.key is None and mark.column < column for mark in marks)
        if not upwards and indent < column:
            return
        yield from (mark.key for mark in marks if mark.key is not None and mark.column == column)
        if upwards and (indent < column) and (begins_item or row != rows[0]):
            return


def _block_value(line: str, begin: int) -> tuple[str, int, int, bool]:
    """Return the value that begins at a column, its two ends, and whether it stands in quotes."""
    rest = line[begin:]
    if rest[:1] in ('"', "'"):
        close = rest.find(rest[0], 1)
        end = begin + close if close > 0 else len(line)
        return line[begin + 1 : end], begin + 1, end, True
    comment = _COMMENT.search(rest)
    value = (rest[: comment.start()] if comment else rest).rstrip()
    return value, begin, begin + len(value), False


# --- brackets -------------------------------------------------------------------------------


class _Frame:
    """A bracket that is open: the key whose value is read in it, and the keys before."""

    def __init__(self, bracket: str) -> None:
        self.bracket = bracket
        self.key: str | None = None
        self.keys: list[str] = []


class _Flow(NamedTuple):
    """What is open where the cursor is."""

    frames: list[_Frame]
    start: int
    """The index at which the word at the cursor begins."""
    quote: str
    """The quote that is open there; else empty."""


def _in_flow(document: Document, row: int, index: int, file: FileKind) -> Cursor | None:
    """Return the cursor in brackets, or None where none is open."""
    found = None
    for place in range(row, max(-1, row - _MOST_ROWS), -1):
        line = document.lines[place]
        marks = _marks(line)
        begin = marks[-1].after if marks else _indent(line)
        if marks and not _is_inside(document, marks[-1].column, place, row):
            break
        if line[begin : begin + 1] in ("[", "{"):
            flow = _scan(document.text, document.starts[place] + begin, index)
            if flow.frames:
                found = place, marks, flow
    if found is None:
        return None
    place, marks, flow = found
    path = _path_of_flow(document.lines, place, marks)
    return None if path is None else _flow_cursor(document.text, path, flow, index, file)


def _is_inside(document: Document, column: int, place: int, row: int) -> bool:
    """Tell whether the lines below one, down to a row, are indented more than its key."""
    below = document.lines[place + 1 : row + 1]
    return all(_indent(line) > column or line.lstrip()[:1] in ("]", "}", "") for line in below)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _scan(text: str, start: int, index: int) -> _Flow:
    """Return which brackets of those from a start on are open at an index."""
    frames: list[_Frame] = []
    place = word = start
    while place < index:
        character = text[place]
        passed = ""
        if character in "\"'" and not text[word:place].strip():
            passed = character
        elif character == "#" and text[place - 1] in " \t\n":
            passed = "\n"
        if passed:
            end = text.find(passed, place + 1)
            if end < 0 or end >= index:
                return _Flow(frames if passed != "\n" else [], place + 1, passed)
            place = end
            word = place + 1 if passed == "\n" else word
        elif _moves(frames, character, text, (word, place)):
            word = place + 1
            if not frames:
                return _Flow([], place, "")
        place += 1
    return _Flow(frames, word, "")


def _moves(frames: list[_Frame], character: str, text: str, word: tuple[int, int]) -> bool:
    """Tell whether a word ends at a character, and keep what it opens, closes or names."""
    if character in "[{":
        frames.append(_Frame(character))
    elif character in "]}":
        del frames[-1:]
    elif character == ",":
        _end_value(frames[-1])
    elif character == ":" and _ends_key(text, word[1]) and frames[-1].bracket == "{":
        frames[-1].key = text[slice(*word)].strip().strip("\"'")
    else:
        return False
    return True


def _end_value(frame: _Frame) -> None:
    if frame.key is not None:
        frame.keys.append(frame.key)
        frame.key = None


def _ends_key(text: str, place: int) -> bool:
    return text[place + 1 : place + 2] in ("", " ", "\t", "\n", "\r") or text[place - 1] in "\"'"


def _path_of_flow(lines: Sequence[str], row: int, marks: Sequence[_Mark]) -> list[str] | None:
    """Return the keys above the first bracket, which stands on a row; None inside a text."""
    own = marks[-1] if marks else None
    if own is not None and (len(marks) > 1 or own.key is None):
        above = _own_items(lines, row, marks)
    else:
        above = _above(lines, row, own.column if own else _indent(lines[row]))
    if above.is_text:
        return None
    return [*above.path, *([own.key] if own is not None and own.key is not None else ())]


def _flow_cursor(
    text: str, path: list[str], flow: _Flow, index: int, file: FileKind
) -> Cursor | None:
    top = flow.frames[-1]
    path += [frame.key for frame in flow.frames[:-1] if frame.key is not None]
    value, start, end = _flow_word(text, flow, index)
    present = frozenset(top.keys + _later_keys(text, end))
    at = (value, start, end)
    quoted = bool(flow.quote)
    if top.bracket == "{":
        return Cursor(file, tuple(path), top.key, *at, present, in_brackets=True, is_quoted=quoted)
    if not path:
        return None
    key = path.pop()
    return Cursor(file, tuple(path), key, *at, in_list=True, in_brackets=True, is_quoted=quoted)


def _flow_word(text: str, flow: _Flow, index: int) -> tuple[str, int, int]:
    """Return the word in brackets at an index, and its two ends."""
    start = flow.start
    while not flow.quote and start < index and text[start] in " \t\r\n":
        start += 1
    end = index
    while end < len(text) and text[end] != "\n":
        if flow.quote and text[end] == flow.quote:
            break
        if not flow.quote and (text[end] in _FLOW_ENDS or text.startswith(": ", end)):
            break
        end += 1
    word = text[start:end].rstrip()
    return word, start, max(index, start + len(word))


def _later_keys(text: str, end: int) -> list[str]:
    """Return the keys of the same braces that stand after the cursor on its line."""
    rest = text[end : text.find("\n", end) if "\n" in text[end:] else len(text)]
    rest = rest.partition("}")[0]
    return [match[1] for match in re.finditer(r"([A-Za-z][\w-]*):(?=\s)", rest)]
