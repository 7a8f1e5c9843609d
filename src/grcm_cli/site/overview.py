"""The overview and the lists: what is late, what comes, who owes how much, which meetings."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Meeting, Party
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, fold, ngettext
from grcm_cli.site import urls
from grcm_cli.site.mandate_rows import Part, Section, by_urgency, parts, places, shared
from grcm_cli.site.matrix import MOST, grid
from grcm_cli.site.meeting import days
from grcm_cli.site.page_data import Book
from grcm_cli.site.party import KINDS, Tally, latest_first, tally
from grcm_cli.site.timeline import timeline
from grcm_cli.views import labels

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
    late = [task for task in still if task.is_late]
    # What is not understood comes first: it may be due before all others.
    ahead = [task for task in still if task.state == "?"]
    ahead += [task for task in still if task.state in ("due-soon", "upcoming", "awaiting")]
    planned = [m for m in book.register.meetings if m.start and m.start > book.as_of]
    planned.sort(key=lambda meeting: (str(meeting.start), meeting.id))
    rows = shared(book, late)
    return {
        "tally": tally(book.tasks),
        "places": places(open_parts(book)),
        "late": rows[:_FIRST],
        "late_said": counted(late),
        "has_more": len(rows) > _FIRST,
        "coming": shared(book, ahead)[:_FIRST],
        "timeline": timeline(book),
        "grid": grid(book, [task.mandate for task in still], MOST),
        "parties": [row for row in owing(book) if row.tally.open or row.tally.ended],
        "planned": [_held(book, meeting) for meeting in planned[:_FIRST]],
    }


def counted(tasks: Sequence[Task]) -> str:
    """Return how many tasks there are, under how many mandates, in words."""
    duties = len({id(task.mandate) for task in tasks})
    said = ngettext("{count} duty", "{count} duties", duties).format(count=duties)
    owed = ngettext("{count} task", "{count} tasks", len(tasks)).format(count=len(tasks))
    return f"{said}, {owed}"


def late_parts(book: Book) -> list[Part]:
    """Return the pages of what is late, longest first."""
    late = shared(book, (task for task in book.tasks if task.is_late))
    return parts(urls.LATE, [Section("late", _("Overdue"), late)])


def open_parts(book: Book) -> list[Part]:
    """Return the pages of all that is open."""
    still = [task for task in book.tasks if task.is_open]
    sections = [
        Section(key, heading, shared(book, found)) for key, heading, found in by_urgency(still)
    ]
    return parts(urls.OPEN, sections)


def ended_parts(book: Book) -> list[Part]:
    """Return the pages of all that is owed no more, the latest deadline first."""
    ended = latest_first([task for task in book.tasks if not task.is_open])
    return parts(urls.ENDED, [Section("ended", _("Done or ended"), shared(book, ended))])


def owing(book: Book) -> list[Owing]:
    """Return the parties in the order of their kinds and, as a dictionary sorts, their names."""
    rows = [_owing(book, party) for party in book.parties]
    kinds = [_(kind) for kind in KINDS.values()]
    return sorted(rows, key=lambda row: (kinds.index(row.kind), fold(row.name)))


def _owing(book: Book, party: Party) -> Owing:
    found = book.of_party(party.code)
    path = urls.party(party.code)
    return Owing(party.code, book.name_of(party.code), path, _(KINDS[party.kind]), tally(found))


def meetings(book: Book) -> Sequence[Held]:
    """Return the meetings, the latest first."""
    found = sorted(book.register.meetings, key=lambda m: (str(m.start or ""), m.id), reverse=True)
    return [_held(book, meeting) for meeting in found]


def _held(book: Book, meeting: Meeting) -> Held:
    where = [meeting.place or "", book.name_of(meeting.country.text) if meeting.country else ""]
    return Held(
        meeting.id,
        book.page_of(meeting),
        labels.title_of(meeting, book.language) if meeting.title else "",
        book.other_language(meeting.title, meeting),
        days(meeting, book.language),
        ", ".join(filter(None, where)),
        _content(book, meeting),
    )


def _content(book: Book, meeting: Meeting) -> str:
    if meeting.conclusions is not None:
        count = len(meeting.conclusions)
        said = ngettext("{count} conclusion", "{count} conclusions", count).format(count=count)
        late = tally(book.of_meeting(meeting)).late
        overdue = ngettext("{count} task overdue", "{count} tasks overdue", late).format(count=late)
        return f"{said}, {overdue}" if late else said
    if meeting.start is not None and meeting.start > book.as_of:
        return _("planned")
    return _("dates only")
