"""The format `plain`: one record a line, values separated by tabs, never wrapped; `-` for none."""

from collections.abc import Iterator, Sequence
from itertools import chain

from grcm_cli.formats.listing import Listing, Terminal, in_pieces, problem_rows
from grcm_cli.language.text import clean


def pieces(listing: Listing, terminal: Terminal) -> Iterator[str]:
    """Yield a list in pieces of whole lines; nothing for an empty list."""
    problems = problem_rows(listing.problems, len(listing.plain))
    return in_pieces(map(_line, chain(listing.rows(listing.plain), problems)))


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
