"""Words put in the place of others, with every other byte as it was; and the proof of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grcm_cli.domain.findings import Finding
from grcm_cli.reader import nodes
from grcm_cli.reader.nodes import Mapping, Node, Scalar


class Splice(NamedTuple):
    """A word for a place: line, column and width as an editor counts them."""

    line: int
    column: int
    width: int
    word: str


class SpoiledError(Exception):
    """The new text does not say the old and exactly the changes: it must not be written."""


def splice(data: bytes, splices: Sequence[Splice]) -> bytes:
    """Return a file's bytes with words in the place of others.

    Comments, order, quotes elsewhere, line ends and a BOM stay to the byte. Raises SpoiledError
    where the result is anything but the old text and values with these words.
    """
    bom, lines = _lines(data)
    for line, column, width, word in sorted(set(splices), reverse=True):
        old = lines[line - 1]
        lines[line - 1] = old[: column - 1] + word + old[column - 1 + width :]
    changed = (bom + "\n".join(lines)).encode("utf-8")
    prove(data, changed, splices)
    return changed


def _lines(data: bytes) -> tuple[str, list[str]]:
    text = data.decode("utf-8")
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    return bom, text[len(bom) :].split("\n")


def prove(old: bytes, new: bytes, splices: Sequence[Splice]) -> None:
    """Raise SpoiledError where new bytes aren't the old ones with exactly these words in place."""
    in_old = [(s.line, s.column, s.width) for s in set(splices)]
    shift: dict[int, int] = {}
    in_new = []
    for line, column, width, word in sorted(set(splices)):
        in_new.append((line, column + shift.get(line, 0), len(word)))
        shift[line] = shift.get(line, 0) + len(word) - width
    if _without(old, in_old) != _without(new, in_new):
        raise SpoiledError
    words = {(splice.line, splice.column): splice.word for splice in splices}
    expected = [(depth, words.get(place, text)) for depth, place, text in _words(old)]
    if expected != [(depth, text) for depth, _place, text in _words(new)]:
        raise SpoiledError


def _without(data: bytes, cuts: Sequence[tuple[int, int, int]]) -> list[str]:
    """Return a text without some of its words: what a change must leave as it is."""
    bom, lines = _lines(data)
    for line, column, width in sorted(cuts, reverse=True):
        old = lines[line - 1] if line <= len(lines) else ""
        lines[min(line, len(lines)) - 1] = old[: column - 1] + old[column - 1 + width :]
    return [bom, *lines]


def _words(data: bytes) -> Iterator[tuple[int, tuple[int, int], str]]:
    findings: list[Finding] = []
    node = nodes.read("", data, findings)
    if node is not None:
        yield from _flat(node, 0)


def _flat(node: Node, depth: int) -> Iterator[tuple[int, tuple[int, int], str]]:
    """Yield each text with how deep it stands and where, and the shape around it."""
    if isinstance(node, Scalar):
        yield depth, (node.at.line, node.at.column), node.text
        return
    yield depth, (0, 0), "{" if isinstance(node, Mapping) else "["
    if isinstance(node, Mapping):
        for key, value in node.items:
            yield from _flat(key, depth + 1)
            yield from _flat(value, depth + 1)
    else:
        for item in node.items:
            yield from _flat(item, depth + 1)
