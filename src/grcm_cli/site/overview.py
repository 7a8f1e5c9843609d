"""The overview and the lists: what is late, what comes, who owes how much, which meetings."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.model import Meeting, Party
from grcm_cli.site import addresses
from grcm_cli.site.book import Book
from grcm_cli.site.duties import Part, by_urgency, parts, shared
from grcm_cli.site.grid import MOST, grid
from grcm_cli.site.meeting import days
from grcm_cli.site.party import KINDS, Tally, tally
from grcm_cli.site.timeline import timeline
from grcm_cli.text import _, fold, ngettext
from grcm_cli.views import words

_FIRST = 8  # duties of each list on the overview


class Owing(NamedTuple):
    """A party in the table of parties."""

    code: str
    name: str
    path: str
    kind: str
    tally: Tally


class Held(NamedTuple):
    """A meeting in the table of meetings."""

    name: str
    path: str
    title: str
    language: str
    days: str
    place: str
    content: str


def values(book: Book) -> Mapping[str, object]:
    """Return what the overview shows."""
    still = [task for task in book.tasks if task.is_open]
    late = shared(book, (task for task in still if task.is_late))
    coming = shared(book, (t for t in still if t.state in ("due-soon", "upcoming")))
    awaiting = shared(book, (t for t in still if t.state in ("awaiting", "?")))
    return {
        "tally": tally(book.tasks),
        "late": late[:_FIRST],
        "late_count": len(late),
        "coming": (coming + awaiting)[:_FIRST],
        "coming_count": len(coming) + len(awaiting),
        "timeline": timeline(book),
        "grid": grid(book, still, MOST) if still else None,
        "parties": [row for row in owing(book) if row.tally.open or row.tally.closed],
        "planned": [
            _held(book, meeting)
            for meeting in book.register.meetings
            if meeting.start and meeting.start > book.as_of
        ][:_FIRST],
    }


def late_parts(book: Book) -> list[Part]:
    """Return the pages of what is late, longest first."""
    late = shared(book, (task for task in book.tasks if task.is_late))
    return parts(addresses.LATE, [(_("Overdue"), late)])


def open_parts(book: Book) -> list[Part]:
    """Return the pages of all that is open."""
    still = [task for task in book.tasks if task.is_open]
    sections = [(name, shared(book, found)) for name, found in by_urgency(still)]
    return parts(addresses.OPEN, sections)


def owing(book: Book) -> list[Owing]:
    """Return the parties in the order of their kinds and, as a dictionary sorts, their names."""
    rows = [_owing(book, party) for party in book.register.parties]
    kinds = [_(kind) for kind in KINDS.values()]
    return sorted(rows, key=lambda row: (kinds.index(row.kind), fold(row.name)))


def _owing(book: Book, party: Party) -> Owing:
    found = book.of_party.get(party.code, ())
    path = addresses.party(party.code)
    return Owing(party.code, book.name_of(party.code), path, _(KINDS[party.kind]), tally(found))


def meetings(book: Book) -> Sequence[Held]:
    """Return the meetings, the latest first."""
    found = sorted(book.register.meetings, key=lambda m: (str(m.start or ""), m.id), reverse=True)
    return [_held(book, meeting) for meeting in found]


def _held(book: Book, meeting: Meeting) -> Held:
    where = [meeting.place or "", book.name_of(meeting.country.text) if meeting.country else ""]
    return Held(
        meeting.id,
        addresses.meeting(meeting.id),
        words.title_of(meeting, book.language) if meeting.title else "",
        book.other_language(meeting.title, meeting),
        days(meeting, book.language),
        ", ".join(filter(None, where)),
        _content(book, meeting),
    )


def _content(book: Book, meeting: Meeting) -> str:
    if meeting.conclusions is not None:
        count = len(meeting.conclusions)
        said = ngettext("{count} conclusion", "{count} conclusions", count).format(count=count)
        late = tally(book.of_meeting.get(meeting.id, ())).late
        overdue = ngettext("{count} task overdue", "{count} tasks overdue", late).format(count=late)
        return f"{said}, {overdue}" if late else said
    if meeting.start is not None and meeting.start > book.as_of:
        return _("planned")
    return _("dates only")
