"""A meeting's page: what it adopted, word for word, and how each mandate stands."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from grcm_cli.domain.model import Conclusion, Mandate, Meeting, Reference, Written
from grcm_cli.language.days import long_span
from grcm_cli.language.text import N_, _, collapse
from grcm_cli.site import urls
from grcm_cli.site.mandate_rows import Who, named
from grcm_cli.site.matrix import Grid, grid
from grcm_cli.site.page_data import Book
from grcm_cli.views import labels
from grcm_cli.views.conclusion import ACTS
from grcm_cli.views.due_text import in_words
from grcm_cli.views.lineage import WAYS, Link, target, way_of
from grcm_cli.views.mandate_summary import facts, standing

LANGUAGE_NAMES = {
    "es": N_("Spanish"),
    "en": N_("English"),
    "fr": N_("French"),
    "pt": N_("Portuguese"),
}


class Duty(NamedTuple):
    """A mandate below its conclusion."""

    name: str
    action: str
    language: str
    facts: Sequence[str]
    standing: Sequence[str]
    shade: str
    note: str


class Adopted(NamedTuple):
    """A conclusion on its meeting's page."""

    number: str
    anchor: str
    """Empty where an earlier one has the same number, which is an error in the data."""
    acts: str
    text: str
    language: str
    authentic: str
    """The adopted words, where `text` is a translation of them."""
    authentic_language: str
    duties: Sequence[Duty]
    links: Sequence[tuple[str, str, str | None]]
    """How, to what, and where that is."""
    documents: Sequence[str]
    note: str


class Leaf(NamedTuple):
    """One part of a meeting's page."""

    number: int
    paths: Sequence[str]
    adopted: Sequence[Adopted]
    grid: Grid | None
    elsewhere: Sequence[tuple[str, str]]
    """On the first part, the numbers that are on a later one, and where."""


def leaves(book: Book, meeting: Meeting) -> Iterator[Leaf]:
    """Yield the parts of a meeting's page, nearly always a single one."""
    conclusions = meeting.conclusions or ()
    count = max((book.part_of(conclusion) for conclusion in conclusions), default=1)
    paths = [urls.part(book.page_of(meeting), number) for number in range(1, count + 1)]
    anchors = _anchors(conclusions)
    for number, _path in enumerate(paths, 1):
        own = [one for one in conclusions if book.part_of(one) == number]
        elsewhere = [
            (anchors[id(one)], urls.at(paths[book.part_of(one) - 1], one.number))
            for one in conclusions
            if number == 1 and book.part_of(one) > 1 and anchors[id(one)]
        ]
        yield Leaf(
            number,
            paths,
            [_adopted(book, meeting, one, anchors[id(one)]) for one in own],
            grid(book, [mandate for one in own for mandate in one.mandates]),
            elsewhere,
        )


def _anchors(conclusions: Sequence[Conclusion]) -> Mapping[int, str]:
    """Return the name of each conclusion's place: its number, the first time that it comes."""
    seen: set[str] = set()
    found = {}
    for conclusion in conclusions:
        found[id(conclusion)] = "" if conclusion.number in seen else conclusion.number
        seen.add(conclusion.number)
    return found


def values(book: Book, meeting: Meeting) -> Mapping[str, object]:
    """Return what all parts of a meeting's page show."""
    return {
        "meeting": meeting,
        "title": labels.title_of(meeting, book.language),
        "title_language": book.other_language(meeting.title, meeting),
        "days": days(meeting, book.language),
        "body": _named(book, [meeting.body]) if meeting.body else (),
        "country": _named(book, [meeting.country]) if meeting.country else (),
        "participants": _named(book, meeting.participants),
        "observers": _named(book, meeting.observers),
        "adopted_in": _(LANGUAGE_NAMES.get(meeting.language or "", "")) or meeting.language or "",
        "around": _around(book, meeting),
    }


def days(meeting: Meeting, language: str) -> str:
    """Return a meeting's days in words; nothing where the file has none."""
    if meeting.start is None or meeting.last_day is None:
        return ""
    return long_span(meeting.start, meeting.last_day, language)


def _named(book: Book, codes: Sequence[Written]) -> Sequence[Who]:
    return [named(book, word.text) for word in codes]


def _adopted(book: Book, meeting: Meeting, conclusion: Conclusion, anchor: str) -> Adopted:
    own = Reference(meeting.id, conclusion.number)
    shown = collapse(conclusion.text.shown(book.language))
    authentic = collapse(conclusion.text.shown(meeting.language or ""))
    return Adopted(
        number=conclusion.number,
        anchor=anchor,
        acts=", ".join(_(ACTS.get(act.text, act.text)) for act in conclusion.acts),
        text=shown,
        language=book.other_language(conclusion.text, meeting),
        authentic="" if authentic == shown else authentic,
        authentic_language=meeting.language or "",
        duties=[_duty(book, meeting, conclusion, mandate) for mandate in conclusion.mandates],
        links=[_link(book, link, own) for link in book.links.of(meeting, conclusion)],
        documents=conclusion.documents,
        note=conclusion.note or "",
    )


def _duty(book: Book, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> Duty:
    tasks = book.of_mandate(mandate)
    if mandate.void is not None:
        said = [_("void, recorded in error: {reason}").format(reason=mandate.void)]
    elif not tasks:
        said = [_("not adopted yet on this day")]
    else:
        dues = facts(tasks, mandate, lambda due: in_words(due, book.language))
        said = [*dues, *(labels.waits(wait, tasks[0]) for wait in tasks[0].waits)]
    shades = {labels.emphasis(task) or "open" for task in tasks}
    ranked = ("late", "unclear", "soon", "open", "closed")
    return Duty(
        name=conclusion.number + (f"#{mandate.ordinal}" if mandate.of_several else ""),
        action=collapse(mandate.action.shown(book.language)) if mandate.action else "",
        language=book.other_language(mandate.action, meeting),
        facts=said,
        standing=list(standing(tasks)) if tasks and mandate.void is None else [],
        shade=next((shade for shade in ranked if shade in shades), "none"),
        note=mandate.note or "",
    )


def _link(book: Book, link: Link, own: Reference) -> tuple[str, str, str | None]:
    way = _(WAYS[way_of(link, own)])
    if link.source != own:
        return way, str(link.source), book.place_of(link.source)
    return way, target(book.register, link), book.place_of(link.whole) if link.whole else None


def _around(book: Book, meeting: Meeting) -> Sequence[tuple[str, str]]:
    """Return the meetings of the same body before and after this one, where there are such."""
    before, after = book.neighbours.get(meeting.id, (None, None))
    named = ((_("before: {meeting}"), before), (_("after: {meeting}"), after))
    return [
        (said.format(meeting=name), book.place_of(Reference(name)) or "")
        for said, name in named
        if name
    ]
