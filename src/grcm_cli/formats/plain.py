"""The format `plain`: one record a line, values separated by tabs, never wrapped; `-` for none."""

from itertools import chain

from grcm_cli.formats.listing import Listing, cell_text, problem_rows
from grcm_cli.language.text import clean


def render(listing: Listing) -> str:
    """Return a list in whole lines; an empty text for an empty list."""
    problems = problem_rows(listing.problems, len(listing.plain))
    lines = []
    for values in chain(map(listing.plain_values, listing.items), problems):
        texts = [(value if isinstance(value, str) else cell_text(value)) or "-" for value in values]
        # One check for the whole line: nearly every line is printable as it is.
        if not "".join(texts).isprintable():
            texts = [clean(text) for text in texts]
        lines.append("\t".join(texts) + "\n")
    return "".join(lines)
