"""The page of a meeting: its conclusions word for word, and the state of each mandate."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, Meeting, PlacedWord, Reference
from grcm_cli.language.text import N_, _, collapse
from grcm_cli.site import charts, description, urls
from grcm_cli.site.mandate import MandateDetails, mandate_details
from grcm_cli.site.mandate_rows import MatrixGrid, matrix_grid
from grcm_cli.site.page_data import PartyLink, SiteData
from grcm_cli.views import labels
from grcm_cli.views.conclusion import acts, adopted_text, mandate_number
from grcm_cli.views.conclusion_records import WAYS, Link
from grcm_cli.views.meetings import meeting_days

LANGUAGE_NAMES = {
    "es": N_("Spanish"),
    "en": N_("English"),
    "fr": N_("French"),
    "pt": N_("Portuguese"),
}


class ConclusionDetails(NamedTuple):
    """A conclusion on the page of its meeting."""

    number: str
    anchor: str
    acts: str
    text: str
    language: str
    authentic: str
    """The adopted words, where `text` is a translation."""
    authentic_language: str
    mandates: Sequence[MandateDetails]
    links: Sequence[tuple[str, str, str | None]]
    """The kind of each link, its other end, and the address of that."""
    documents: Sequence[str]
    note: str


class PlaceElsewhere(NamedTuple):
    """A conclusion or a mandate on a later part of its page."""

    anchor: str
    name: str
    path: str
    only: str
    """The anchor of a conclusion's only mandate, which has no name of its own; else empty."""


class MeetingPart(NamedTuple):
    """One part of a meeting's page."""

    number: int
    paths: Sequence[str]
    conclusions: Sequence[ConclusionDetails]
    grid: MatrixGrid | None
    elsewhere: Sequence[PlaceElsewhere]
    """On the first part: what is on a later one."""


def meeting_parts(site: SiteData, meeting: Meeting, in_full: Meeting) -> Iterator[MeetingPart]:
    """Yield the parts of a meeting's page, nearly always a single one.

    `in_full` is the meeting with all its texts. Tasks belong to the conclusions of `meeting`.
    """
    conclusions = meeting.conclusions or ()
    texts = dict(zip(map(id, conclusions), in_full.conclusions or (), strict=True))
    count = max((site.part_of(conclusion) for conclusion in conclusions), default=1)
    paths = [urls.part(site.page_of(meeting), number) for number in range(1, count + 1)]
    for number in range(1, count + 1):
        own = [one for one in conclusions if site.part_of(one) == number]
        later = [one for one in conclusions if number == 1 and site.part_of(one) > 1]
        yield MeetingPart(
            number,
            paths,
            [_conclusion(site, meeting, one, texts[id(one)]) for one in own],
            matrix_grid(site, [mandate for one in own for mandate in one.mandates]),
            [place for one in later for place in _places(site, one, paths)],
        )


def _places(
    site: SiteData, conclusion: Conclusion, paths: Sequence[str]
) -> Iterator[PlaceElsewhere]:
    """Yield the places of a conclusion and of each of its mandates."""
    path, anchor = paths[site.part_of(conclusion) - 1], site.anchor_of(conclusion)
    mandates = conclusion.mandates
    only = site.anchor_of(conclusion, mandates[0]) if len(mandates) == 1 else ""
    yield PlaceElsewhere(anchor, conclusion.number, urls.at(path, anchor), only)
    for mandate in () if only else mandates:
        anchor = site.anchor_of(conclusion, mandate)
        name = mandate_number(conclusion, mandate)
        yield PlaceElsewhere(anchor, name, urls.at(path, anchor), "")


def values(site: SiteData, meeting: Meeting, in_full: Meeting) -> Mapping[str, object]:
    """Return the values that all parts of a meeting's page share, as `meeting_parts` does."""

    def links(codes: Sequence[PlacedWord | None]) -> list[PartyLink]:
        return [site.party_link(word.text) for word in codes if word]

    return {
        "meeting": in_full,
        "is_planned": in_full.start is not None and in_full.start > site.as_of,
        "page_title": description.meeting_title(site, in_full),
        "description": description.of_meeting(site, meeting, in_full),
        "title": labels.title_of(in_full, site.language),
        "title_language": site.other_language(in_full.title, meeting),
        "days": meeting_days(in_full, site.language),
        "body": links([in_full.body]),
        "country": links([in_full.country]),
        "participants": links(in_full.participants),
        "observers": links(in_full.observers),
        "adopted_in": _(LANGUAGE_NAMES.get(in_full.language or "", "")) or in_full.language or "",
        "own_chart": charts.own_chart(site, "meeting", in_full.id),
        "around": _neighbours(site, in_full),
    }


def _conclusion(
    site: SiteData, meeting: Meeting, conclusion: Conclusion, in_full: Conclusion
) -> ConclusionDetails:
    own = Reference(meeting.id, conclusion.number)
    shown = collapse(in_full.text.shown(site.language))
    authentic = adopted_text(meeting, in_full)
    return ConclusionDetails(
        number=conclusion.number,
        anchor=site.anchor_of(conclusion),
        acts=acts(in_full),
        text=shown,
        language=site.other_language(in_full.text, meeting),
        authentic="" if authentic == shown else authentic,
        authentic_language=meeting.language or "",
        mandates=[
            mandate_details(site, meeting, conclusion, mandate, mandate.note or "")
            for mandate in conclusion.mandates
        ],
        links=[_link(site, link, own) for link in site.links.of(meeting, conclusion)],
        documents=in_full.documents,
        note=in_full.note or "",
    )


def _link(site: SiteData, link: Link, own: Reference) -> tuple[str, str, str | None]:
    """Return the kind of a link, its other end, and the address of the mandate that this names."""
    end = site.links.other_end(link, own)
    other = link.target if link.source == own else link.source
    return _(WAYS[end.way]), end.text, site.place_of(other) if other else None


def _neighbours(site: SiteData, meeting: Meeting) -> Sequence[tuple[str, str]]:
    """Return the label and address of the body's meetings before and after this one."""
    phrases = _("before: {meeting}"), _("after: {meeting}")
    names = site.record.neighbours.get(meeting.id, (None, None))
    return [
        (label.format(meeting=name), site.place_of(Reference(name)) or "")
        for label, name in zip(phrases, names, strict=True)
        if name
    ]
