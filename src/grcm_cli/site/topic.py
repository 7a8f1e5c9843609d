"""The page of a topic as a brief: the commitments of its conclusions, and these conclusions."""

from collections.abc import Mapping
from functools import partial

from grcm_cli.domain.model import Theme
from grcm_cli.language.text import _, collapse, labelled
from grcm_cli.site import urls
from grcm_cli.site.lists import ListPart, ListSection, by_urgency, counted, latest_first, list_parts
from grcm_cli.site.mandate_rows import MandateRow, shared_rows
from grcm_cli.site.page_data import SiteData, cut


def parts(site: SiteData, theme: Theme) -> list[ListPart[MandateRow]]:
    """Return the pages of a topic: what is open by urgency, then what is done or ended."""
    tasks = site.record.of_theme(theme.code)
    ended = latest_first([task for task in tasks if not task.is_open])
    sections = by_urgency([task for task in tasks if task.is_open], partial(shared_rows, site))
    if ended:
        rows = shared_rows(site, ended)
        sections.append(ListSection("ended", _("Done or ended"), rows, len(ended)))
    return list_parts(urls.topic(theme.code), sections)


def values(site: SiteData, theme: Theme) -> Mapping[str, object]:
    """Return the values that all pages of a topic share."""
    tasks = site.record.of_theme(theme.code)
    name = collapse(theme.name.shown(site.language))
    return {
        "name": name,
        "code": theme.code,
        "still_open": site.still_open([task for task in tasks if task.is_open]),
        "description": cut(f"{labelled(name, counted(tasks))}. {site.title}."),
        # Each with its reference, address, text, and the language of that where it is another.
        "conclusions": [
            (
                f"{meeting.id}/{one.number}",
                site.place(meeting, one),
                collapse(one.text.shown(site.language)),
                site.other_language(one.text, meeting),
            )
            for meeting in site.newest_meetings
            for one in meeting.conclusions or ()
            if any(word.text == theme.code for word in one.themes)
        ],
    }
