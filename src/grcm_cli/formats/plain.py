"""The format `plain`: one record a line, values separated by tabs, never wrapped; `-` for none."""

from collections.abc import Sequence
from itertools import chain

from grcm_cli.formats.listing import Listing, Terminal, problem_rows
from grcm_cli.language.text import clean


def render(listing: Listing, terminal: Terminal) -> str:
    """Return a list in whole lines; an empty text for an empty list."""
    problems = problem_rows(listing.problems, len(listing.plain))
    return "".join(map(_line, chain(map(listing.plain_values, listing.items), problems)))


def _line(values: Sequence[object]) -> str:
    texts = [value if isinstance(value, str) and value else _text(value) for value in values]
    # One check for the whole line: nearly every line is printable as it is.
    if not "".join(texts).isprintable():
        texts = [clean(text) for text in texts]
    return "\t".join(texts) + "\n"


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "+".join(map(str, value)) or "-"
    return "-" if value is None or value == "" else str(value)
