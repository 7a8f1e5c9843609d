"""The page of a meeting: its conclusions word for word, and the state of each mandate."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Never

from grcm_cli.domain.model import Conclusion, Meeting, PlacedWord, Reference
from grcm_cli.language.text import N_, _, collapse, ngettext
from grcm_cli.site import charts, urls
from grcm_cli.site.list_parts import ListPart
from grcm_cli.site.mandate import MandateDetails, mandate_details
from grcm_cli.site.mandate_rows import matrix_grid
from grcm_cli.site.page_data import PartyLink, SiteData, cut
from grcm_cli.views import labels
from grcm_cli.views.conclusion import acts, adopted_text
from grcm_cli.views.conclusion_records import WAYS
from grcm_cli.views.meetings import without_text

LANGUAGE_NAMES = {
    "es": N_("Spanish"),
    "en": N_("English"),
    "fr": N_("French"),
    "pt": N_("Portuguese"),
}


class ConclusionDetails(NamedTuple):
    """A conclusion on the page of its meeting."""

    conclusion: Conclusion
    acts: str
    text: str
    language: str
    authentic: str
    """The adopted words, where `text` is a translation."""
    mandates: Sequence[MandateDetails]
    links: Sequence[tuple[str, str, str | None]]
    """The kind of each link, its other end, and the address of that."""


def meeting_parts(
    site: SiteData, meeting: Meeting
) -> Iterator[tuple[ListPart[Never], Mapping[str, object]]]:
    """Yield the parts of a meeting's page, nearly always a single one, with the values of each.

    The first one has places for what is on a later one.
    """
    conclusions = meeting.conclusions or ()
    part_of = site.record.part_of
    count = max(map(part_of, conclusions), default=1)
    paths = [urls.part(site.page_of(meeting), number) for number in range(1, count + 1)]
    for number in range(1, count + 1):
        own = [one for one in conclusions if part_of(one) == number]
        yield (
            ListPart(number, paths, ()),
            {
                "conclusions": [_conclusion(site, meeting, one) for one in own],
                "grid": matrix_grid(site, [mandate for one in own for mandate in one.mandates]),
                "later": [one for one in conclusions if number == 1 and part_of(one) > 1],
            },
        )


def values(site: SiteData, meeting: Meeting) -> Mapping[str, object]:
    """Return the values that all parts of a meeting's page share."""

    def links(codes: Sequence[PlacedWord | None]) -> list[PartyLink]:
        return [site.party_link(word.text) for word in codes if word]

    title = (meeting.id, meeting.place, site.days_of(meeting))
    return {
        "meeting": meeting,
        "is_planned": meeting.start is not None and meeting.start > site.as_of,
        "page_title": collapse(", ".join(filter(None, title))),
        "description": _description(site, meeting),
        "body": links([meeting.body]),
        "country": links([meeting.country]),
        "participants": links(meeting.participants),
        "observers": links(meeting.observers),
        "adopted_in": _(LANGUAGE_NAMES.get(meeting.language or "", "")) or meeting.language or "",
        "own_chart": charts.own_chart(site, "meeting", meeting.id),
        "around": _neighbours(site, meeting),
        "source_path": site.sources.get(meeting.id),
        "source_address": urls.web_address(meeting.source or ""),
    }


def _description(site: SiteData, meeting: Meeting) -> str:
    """Describe a meeting: its days and place, how many duties are late, its title."""
    if meeting.conclusions is None:
        content = without_text(meeting, site.as_of)
    else:
        count = len(meeting.conclusions)
        adopted = ngettext("{count} conclusion", "{count} conclusions", count).format(count=count)
        late = site.late_duties(site.of_meeting(meeting))
        content = ", ".join(filter(None, (adopted, late)))
    when_and_where = ", ".join(filter(None, (site.days_of(meeting), site.where(meeting))))
    title = labels.title_of(meeting, site.language) if meeting.title else ""
    return cut(". ".join(filter(None, (when_and_where, content, title))) + ".")


def _conclusion(site: SiteData, meeting: Meeting, conclusion: Conclusion) -> ConclusionDetails:
    own = Reference(meeting.id, conclusion.number)
    links = []
    for link in site.record.links.of(meeting, conclusion):
        end = site.record.links.other_end(link, own)
        other = link.target if link.source == own else link.source
        links.append((_(WAYS[end.way]), end.text, site.place_of(other) if other else None))
    shown = collapse(conclusion.text.shown(site.language))
    authentic = adopted_text(meeting, conclusion)
    return ConclusionDetails(
        conclusion=conclusion,
        acts=acts(conclusion),
        text=shown,
        language=site.other_language(conclusion.text, meeting),
        authentic="" if authentic == shown else authentic,
        mandates=[
            mandate_details(site, meeting, conclusion, mandate) for mandate in conclusion.mandates
        ],
        links=links,
    )


def _neighbours(site: SiteData, meeting: Meeting) -> Sequence[tuple[str, str]]:
    """Return the label and address of the body's meetings before and after this one."""
    phrases = _("before: {meeting}"), _("after: {meeting}")
    names = site.record.neighbours.get(meeting.id, (None, None))
    return [
        (label.format(meeting=name), site.place_of(Reference(name)) or "")
        for label, name in zip(phrases, names, strict=True)
        if name
    ]
