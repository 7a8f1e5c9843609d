"""The page of a meeting: its conclusions word for word, and the state of each mandate."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, Mandate, Meeting, PlacedWord, Reference
from grcm_cli.language.text import N_, _, collapse
from grcm_cli.site import charts, urls
from grcm_cli.site.mandate_rows import MatrixGrid, PartyLink, matrix_grid, party_link
from grcm_cli.site.page_data import SiteData
from grcm_cli.views import labels
from grcm_cli.views.conclusion import WAYS, acts, adopted_text, mandate_number
from grcm_cli.views.due_text import due_in_words
from grcm_cli.views.mandate_summary import facts, not_in_force, states
from grcm_cli.views.meetings import meeting_days

LANGUAGE_NAMES = {
    "es": N_("Spanish"),
    "en": N_("English"),
    "fr": N_("French"),
    "pt": N_("Portuguese"),
}


class MandateDetails(NamedTuple):
    """A mandate below its conclusion."""

    name: str
    action: str
    language: str
    facts: Sequence[str]
    states: Sequence[str]
    shade: str
    note: str


class ConclusionDetails(NamedTuple):
    """A conclusion on the page of its meeting."""

    number: str
    anchor: str
    """Empty for a number that an earlier conclusion has, which is an error in the data."""
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


class MeetingPart(NamedTuple):
    """One part of a meeting's page."""

    number: int
    paths: Sequence[str]
    conclusions: Sequence[ConclusionDetails]
    grid: MatrixGrid | None
    elsewhere: Sequence[tuple[str, str]]
    """On the first part: the anchor and address of each conclusion on a later one."""


def meeting_parts(site: SiteData, meeting: Meeting) -> Iterator[MeetingPart]:
    """Yield the parts of a meeting's page, nearly always a single one."""
    conclusions = meeting.conclusions or ()
    count = max((site.part_of(conclusion) for conclusion in conclusions), default=1)
    paths = [urls.part(site.page_of(meeting), number) for number in range(1, count + 1)]
    numbers: set[str] = set()
    anchors: dict[int, str] = {}  # by identity; none for a number that repeats
    for one in conclusions:
        anchors[id(one)] = "" if one.number in numbers else one.number
        numbers.add(one.number)
    for number in range(1, count + 1):
        own = [one for one in conclusions if site.part_of(one) == number]
        yield MeetingPart(
            number,
            paths,
            [_conclusion(site, meeting, one, anchors[id(one)]) for one in own],
            matrix_grid(site, [mandate for one in own for mandate in one.mandates]),
            [
                (anchors[id(one)], urls.at(paths[site.part_of(one) - 1], one.number))
                for one in conclusions
                if number == 1 and site.part_of(one) > 1 and anchors[id(one)]
            ],
        )


def values(site: SiteData, meeting: Meeting) -> Mapping[str, object]:
    """Return the values that all parts of a meeting's page share."""

    def links(codes: Sequence[PlacedWord | None]) -> list[PartyLink]:
        return [party_link(site, word.text) for word in codes if word]

    return {
        "meeting": meeting,
        "title": labels.title_of(meeting, site.language),
        "title_language": site.other_language(meeting.title, meeting),
        "days": meeting_days(meeting, site.language),
        "body": links([meeting.body]),
        "country": links([meeting.country]),
        "participants": links(meeting.participants),
        "observers": links(meeting.observers),
        "adopted_in": _(LANGUAGE_NAMES.get(meeting.language or "", "")) or meeting.language or "",
        "own_chart": charts.own_chart(site, "meeting", meeting.id),
        "around": _neighbours(site, meeting),
    }


def _conclusion(
    site: SiteData, meeting: Meeting, conclusion: Conclusion, anchor: str
) -> ConclusionDetails:
    own = Reference(meeting.id, conclusion.number)
    shown = collapse(conclusion.text.shown(site.language))
    authentic = adopted_text(meeting, conclusion)
    return ConclusionDetails(
        number=conclusion.number,
        anchor=anchor,
        acts=acts(conclusion),
        text=shown,
        language=site.other_language(conclusion.text, meeting),
        authentic="" if authentic == shown else authentic,
        authentic_language=meeting.language or "",
        mandates=[_mandate(site, meeting, conclusion, mandate) for mandate in conclusion.mandates],
        links=[
            (_(WAYS[end.way]), end.text, site.place_of(end.reference) if end.reference else None)
            for link in site.links.of(meeting, conclusion)
            for end in [site.links.other_end(link, own)]
        ],
        documents=conclusion.documents,
        note=conclusion.note or "",
    )


def _mandate(
    site: SiteData, meeting: Meeting, conclusion: Conclusion, mandate: Mandate
) -> MandateDetails:
    tasks = site.of_mandate(mandate)
    reason = not_in_force(mandate, tasks)
    lines = [reason]
    if not reason:
        lines = list(facts(tasks, mandate, lambda due: due_in_words(due, site.language)))
        lines += [labels.waits(wait, tasks[0]) for wait in tasks[0].waits]
    shades = {labels.emphasis(task) or "open" for task in tasks}
    ranked = ("late", "unclear", "soon", "open", "done", "declined", "ended")
    return MandateDetails(
        name=mandate_number(conclusion, mandate),
        action=collapse(mandate.action.shown(site.language)) if mandate.action else "",
        language=site.other_language(mandate.action, meeting),
        facts=lines,
        states=[] if reason else list(states(tasks)),
        shade=next((shade for shade in ranked if shade in shades), "none"),
        note=mandate.note or "",
    )


def _neighbours(site: SiteData, meeting: Meeting) -> Sequence[tuple[str, str]]:
    """Return the label and address of the body's meetings before and after this one."""
    phrases = _("before: {meeting}"), _("after: {meeting}")
    names = site.neighbours.get(meeting.id, (None, None))
    return [
        (label.format(meeting=name), site.place_of(Reference(name)) or "")
        for label, name in zip(phrases, names, strict=True)
        if name
    ]
