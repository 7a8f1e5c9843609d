"""What an import makes of a tracker, or of collections: meetings with conclusions and mandates."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from grcm_cli.domain.model import Location, Meeting
from grcm_cli.domain.periods import Days
from grcm_cli.drafting.bound import DraftResponsible
from grcm_cli.edoxen import Tree, Trees
from grcm_cli.times.patterns import Order


class NewMandate(NamedTuple):
    """A duty, from one row of a tracker."""

    row: int
    action: str = ""
    is_urged: bool = False  # the text encourages: it binds nobody
    who: DraftResponsible | None = None
    support: Sequence[str] = ()
    due: str = ""
    note: Sequence[str] = ()  # what has no key of its own, each with the heading of its column
    report: Mapping[str, str] = {}
    """How it stands, as cells of an entry: on, progress, evidence, internal; else empty."""
    words: str = ""  # the cell that says how it stands


class NewConclusion(NamedTuple):
    """A conclusion that is in no file yet."""

    number: str
    text: Mapping[str, str]  # by language
    mandates: Sequence[NewMandate] = ()
    note: Sequence[str] = ()
    acts: Sequence[str] = ()
    themes: Sequence[str] = ()
    is_confidential: bool = False
    metadata: Mapping[str, Tree] = {}
    row: int = 0  # of a tracker: the first one that has its number


class NewMeeting(NamedTuple):
    """A meeting as its file is to say it."""

    keys: Trees  # the keys of the file but its conclusions, in its order
    conclusions: Sequence[NewConclusion] | None
    days: Days
    at: Location = Location("", 1, 1, 0)  # the place in a collection
    rows: Sequence[int] = ()  # of a tracker
    existing: Meeting | None = None  # the meeting of the record that was only planned until now

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.keys["id"])


class TrackerOptions(NamedTuple):
    """What the command line says for all rows."""

    as_of: date
    body: str = ""  # the code of the body of all rows that name none
    days: Mapping[str, Days] = {}
    """By the words for a meeting, folded, or its id; under an empty text, for all rows."""
    order: Order = "day-first"
    on: date | None = None  # the day of what is reported, where a row has none
    each_started: bool = False  # what was begun is recorded for each of several parties
