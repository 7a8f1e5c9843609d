"""What a secretariat sends: the next meeting's pack, and reminders to parties."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple


class PageSetup(NamedTuple):
    """What a page or a document is besides its text."""

    title: str
    language: str
    day: date  # of the document's properties
    landscape: bool = False
    widths: Mapping[int, Sequence[int]] = {}
    """The widths of a table's columns in per cent, by their number."""
    is_signed: bool = False  # the text ends with a signature, which needs room
