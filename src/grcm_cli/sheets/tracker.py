"""The tracker that a secretariat keeps: one row a decision or a duty."""

import re
from collections.abc import Sequence
from functools import cache

from grcm_cli.language.lexicon import is_no_deadline, lexicons_with
from grcm_cli.language.text import N_, fold
from grcm_cli.sheets.table import CellValue, TableKind, state_named, words_of

_HEADINGS = {
    "meeting": N_("Meeting"),
    "body": N_("Body"),
    "start": N_("Start date"),
    "end": N_("End date"),
    "place": N_("Place"),
    "title": N_("Title of the meeting"),
    "number": N_("Number"),
    "text": N_("Text"),
    "action": N_("Action"),
    "responsible": N_("Responsible"),
    "support": N_("Support"),
    "due": N_("Deadline"),
    "progress": N_("State"),
    "on": N_("State date"),
    "evidence": N_("Evidence"),
    "note": N_("Note"),
}
MEETING_COLUMNS = ("meeting", "body", "start", "end", "place", "title")
"""What a row says of its meeting; empty cells in the rows below mean the same."""
DAY_COLUMNS = ("start", "end", "due", "on")
_NUMBER = re.compile(r"(?:\w{1,14}[.\s]*)?(?:n[.o]?[º°o]?\.?\s*)?[0-9A-Z][0-9A-Za-z./-]{0,9}[.)]?")
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,][0-9]+)?\s*%")


def _fits(column: str, cells: Sequence[CellValue]) -> bool:
    """Tell whether cells may be numbers of decisions, or may be their texts."""
    filled = [cell for cell in cells if cell]
    if column not in ("number", "text") or not filled:
        return True
    texts = [" ".join(cell.split()) for cell in filled if isinstance(cell, str)]
    short = [text for text in texts if len(text) <= 24 and _NUMBER.fullmatch(text)]
    numbers = sum(any(map(str.isdecimal, text)) for text in short)
    return (2 * numbers > len(filled)) is (column == "number")


TRACKER = TableKind(
    "tracker", _HEADINGS, ("text", "action"), tuple(_HEADINGS), ("note", "evidence"), _fits
)
"""The tracker of a secretariat."""


def column_named(word: str) -> str | None:
    """Return the column that a word means: its name, or a heading that stands for it alone."""
    if word in _HEADINGS:
        return word
    return words_of("tracker.headings").get(fold(word))


def tracker_state(text: str) -> str | None:
    """Return what a cell says of the state: as `state_named`, and percentages."""
    if match := _PERCENT.fullmatch(text.strip()):
        share = int(match[1])
        return "done" if share == 100 else "started" if share else "unknown"
    return words_of("tracker.states").get(fold(text)) or state_named(text)


def says_nothing(text: str, column: str) -> bool:
    """Tell whether a cell only says that there is nothing: `–`, `n/a`; no deadline: `pendiente`."""
    return fold(text) in _nothing() or (column == "due" and is_no_deadline(text))


@cache
def _nothing() -> frozenset[str]:
    key = "tracker.nothing.words"
    return frozenset(fold(word) for one in lexicons_with(key) for word in one.values[key])
