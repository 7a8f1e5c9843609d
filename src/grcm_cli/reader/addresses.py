"""Addresses in a data file, as `conclusions[8].mandates[2].due`, of the values at its places.

An item of a list is named by its number or its words, so that an address stays the same while lines
are added above it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping

from grcm_cli.reader import events
from grcm_cli.reader.events import Node, Scalar, read_tree

_NAMES: Mapping[str, tuple[str, ...]] = {
    "": ("mandate", "for", "date"),  # the entries of a progress file
    "conclusions": ("number",),
    "extends": ("mandate",),
    "terms": ("holder", "from"),
}
"""The keys whose values name an item of a list, by the key of the list."""
_COUNTED = "mandates"
"""The list whose items references count, as in `8#2`: new ones come at its end."""
_LONGEST = 60  # characters of a text that names an item


def addresses(data: bytes) -> Callable[[int, int], str]:
    """Return a function from a line and a column of a file, from 1, to the address of the value.

    A key has the address of its value, and a comment that of what stands before it. The address is
    empty where there is none: above the first value, and everywhere in a file that is not YAML.
    """
    root = read_tree("", data, [])
    found = [] if root is None else list(_values(root, "", ""))
    places = [place for place, _address in found]

    def address(line: int, column: int) -> str:
        before = bisect_right(places, (line, column))
        return found[before - 1][1] if before else ""

    return address


def _values(node: Node, address: str, key: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield place and address of a node and of all in it, in the order of the file."""
    yield (node.at.line, node.at.column), address
    match node:
        case events.Mapping():
            for name, value in node.items:
                own = f"{address}.{name.text}" if address else name.text
                yield (name.at.line, name.at.column), own
                yield from _values(value, own, name.text)
        case events.Sequence():
            for ordinal, item in enumerate(node.items, 1):
                yield from _values(item, f"{address}[{_name(item, ordinal, key)}]", key)


def _name(item: Node, ordinal: int, key: str) -> str:
    match item:
        case Scalar():
            return item.text[:_LONGEST]
        case events.Mapping() if key != _COUNTED:
            texts = {name.text: value.text for name, value in item.items if type(value) is Scalar}
            words = [texts[name][:_LONGEST] for name in _NAMES.get(key, ()) if name in texts]
            if words:
                return " ".join(words)
    return str(ordinal) if key == _COUNTED else f"#{ordinal}"
