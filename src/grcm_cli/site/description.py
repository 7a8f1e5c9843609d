"""What a page is about in a line, for search engines and for links that people share.

No line names the day for which the pages are made: a page whose states have not changed stays the
same, byte by byte.
"""

from collections.abc import Sequence

from grcm_cli.domain.model import Meeting, Party
from grcm_cli.domain.task import Task
from grcm_cli.language.text import _, clean, collapse, ngettext
from grcm_cli.site.page_data import SiteData
from grcm_cli.views import labels
from grcm_cli.views.meetings import meeting_days, without_text

MOST = 160
"""Characters of a description; search engines show no more."""


def cut(text: str) -> str:
    """Return a text on one line, cut behind a word where it is longer than a description."""
    whole = clean(collapse(text))
    if len(whole) <= MOST:
        return whole
    start, blank, _end = whole[:MOST].rpartition(" ")
    return f"{start if blank else whole[: MOST - 1]}…"


def of_record(site: SiteData) -> str:
    """Describe the record as a whole."""
    late = _late_duties(site, site.tasks)
    about = _("Who must do what by when")
    return cut(f"{site.title}. {': '.join(filter(None, (about, late)))}.")


def of_list(site: SiteData, heading: str, counted: str) -> str:
    """Describe a list by its heading and what it counts."""
    return cut(f"{heading}: {counted}. {site.title}.")


def of_meeting(site: SiteData, meeting: Meeting, in_full: Meeting) -> str:
    """Describe a meeting: its days and place, how many duties are late, its title.

    Tasks belong to `meeting`; `in_full` has all its texts.
    """
    country = site.name_of(in_full.country.text) if in_full.country else ""
    where = (meeting_days(in_full, site.language), in_full.place, country)
    title = labels.title_of(in_full, site.language) if in_full.title else ""
    sentences = (", ".join(filter(None, where)), _content(site, meeting), title)
    return cut(". ".join(filter(None, sentences)) + ".")


def meeting_title(site: SiteData, meeting: Meeting) -> str:
    """Return the title of a meeting's page: its id, place and days."""
    parts = (meeting.id, meeting.place, meeting_days(meeting, site.language))
    return collapse(", ".join(filter(None, parts)))


def of_party(site: SiteData, party: Party) -> str:
    """Describe a party: how much it owes, how much of it is late, and what comes first."""
    name = site.name_of(party.code)
    tasks = [task for task in site.of_party(party.code) if task.is_open]
    if not tasks and site.doubtful:
        unread = _("Nothing of this kind is in what could be read.")
        return cut(f"{name}. {unread}")
    if not tasks:
        return cut(_("{name} owes nothing that is open.").format(name=name))
    late = sum(task.is_late for task in tasks)
    count = ngettext("{count} open task", "{count} open tasks", len(tasks)).format(count=len(tasks))
    overdue = ngettext("{count} overdue", "{count} overdue", late).format(count=late)
    first = collapse(labels.what(tasks[0].mandate, tasks[0], site.language))
    day = f"{site.long_day(tasks[0].deadline)}: " if tasks[0].deadline else ""
    return cut(f"{name}: {count}, {overdue}. {day}{first}")


def _content(site: SiteData, meeting: Meeting) -> str:
    if meeting.conclusions is None:
        return without_text(meeting, site.as_of)
    count = len(meeting.conclusions)
    adopted = ngettext("{count} conclusion", "{count} conclusions", count).format(count=count)
    return ", ".join(filter(None, (adopted, _late_duties(site, site.of_meeting(meeting)))))


def _late_duties(site: SiteData, tasks: Sequence[Task]) -> str:
    """Return how many duties are late; nothing where none is known to be, and files have errors."""
    count = len({id(task.mandate) for task in tasks if task.is_late})
    if not count and site.doubtful:
        return ""
    return ngettext("{count} duty overdue", "{count} duties overdue", count).format(count=count)
