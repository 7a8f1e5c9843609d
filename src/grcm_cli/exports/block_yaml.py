"""Fast YAML of trees of short keys and texts, in the same bytes as `reader.edit.dump_document`.

PyYAML looks at each character of each text in Python: three quarters of the time of an export of
collections. How a text is quoted is still PyYAML's to say; a text of words alone needs no quotes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from grcm_cli.reader.edit import dump_document

_WIDTH = 100
"""Columns after which `dump_document` breaks a line at the next space."""
_KEY = re.compile(r"[A-Za-z][A-Za-z_]{0,60}", re.ASCII)
_WORDS = re.compile(r"""[^\W\d_](?:[\w,.;()/'"¡¿!?…–—“”’«»°%-]| (?! ))* [\w,.;()/'"!?…”’»°%-]+""")
"""Several words that begin with a letter, without what has a meaning in YAML."""
_BREAK = re.compile("[\n\x85\u2028\u2029]")
_SPACE = re.compile("(?<! ) (?! )")


class _OtherError(Exception):
    """The tree has something that is left to PyYAML."""


def dump(tree: Mapping[str, Any]) -> str:
    """Return a tree as YAML for other programs, as `dump_document` does."""
    try:
        return "".join(_mapping(tree, 0))
    except _OtherError:
        return dump_document(tree)


def _mapping(tree: Mapping[str, Any], indent: int, first: str = "") -> Iterator[str]:
    """Yield the lines of a mapping; `first` is what stands before its first key."""
    before = first or " " * indent
    for key, value in tree.items():
        if not _KEY.fullmatch(key) or _styled(key) != key:
            raise _OtherError
        start = f"{before}{key}:"
        before = " " * indent
        if isinstance(value, dict) and value:
            yield f"{start}\n"
            yield from _mapping(value, indent + 2)
        elif isinstance(value, list) and value:
            yield f"{start}\n"
            yield from _items(value, indent)
        else:
            yield f"{start} {_folded(value, len(start) + 1, indent + 2)}\n"


def _items(items: Sequence[Any], indent: int) -> Iterator[str]:
    start = " " * indent + "- "
    for item in items:
        if isinstance(item, dict) and item:
            yield from _mapping(item, indent + 2, start)
        else:
            yield f"{start}{_folded(item, len(start), indent + 2)}\n"


def _folded(value: object, column: int, indent: int) -> str:
    """Return a value that begins at a column, on lines that end after column 100."""
    text = _styled(value) if isinstance(value, str) else _unshared(value)
    if column + len(text) <= _WIDTH:
        return text
    written = []
    for word in _SPACE.split(text):
        if column > _WIDTH:
            written.append(f"\n{' ' * indent}{word}")
            column = indent + len(word)
        else:
            written.append(f" {word}" if written else word)
            column += len(word) + (len(written) > 1)
    return "".join(written)


def _styled(text: str) -> str:
    """Return a text on one line, in quotes where it needs them."""
    if _WORDS.fullmatch(text):
        return text
    return _written(text) if len(text) < 200 else _unshared(text)


def _unshared(value: object) -> str:
    """Return what PyYAML writes of a value on one line. Raises _OtherError for several lines."""
    if (isinstance(value, (dict, list)) and value) or value is None:
        raise _OtherError
    if isinstance(value, str) and (value != value.strip() or _BREAK.search(value)):
        raise _OtherError
    # Only at a space does it break a line, whose margin is two spaces here.
    text = dump_document({"k": value})[len("k: ") : -1].replace("\n  ", " ")
    if text[:1] in ('"', "|", ">", "?"):
        raise _OtherError
    return text


_written = lru_cache(maxsize=10_000)(_unshared)
