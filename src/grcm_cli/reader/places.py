"""Where in a text something stands, as an editor counts: line and column from 1."""

import re
from collections.abc import Iterable, Iterator

from grcm_cli.domain.model import Location


def place(path: str, text: str, index: int) -> Location:
    """Return the place of one character of a text."""
    line = text.count("\n", 0, index) + 1
    return Location(path, line, index - text.rfind("\n", 0, index))


def places(
    path: str, text: str, matches: Iterable[re.Match[str]]
) -> Iterator[tuple[re.Match[str], Location]]:
    """Yield matches, which come in the order of the text, with their places.

    Lines are counted from match to match, so that a million matches take one pass over the text.
    """
    line, begins, counted = 1, 0, 0
    for match in matches:
        start = match.start()
        line += text.count("\n", counted, start)
        begins = text.rfind("\n", counted, start) + 1 or begins
        counted = start
        yield match, Location(path, line, start - begins + 1)
