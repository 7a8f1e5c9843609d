"""A meeting's page: what it adopted, word for word, and how each mandate stands."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grcm_cli.model import Conclusion, Mandate, Meeting, Reference
from grcm_cli.site import addresses
from grcm_cli.site.book import Book
from grcm_cli.site.duties import Who, named
from grcm_cli.site.grid import grid
from grcm_cli.text import _, collapse
from grcm_cli.views import words
from grcm_cli.views.conclusion import ACTS
from grcm_cli.views.links import WAYS, Link, target, way_of
from grcm_cli.views.standing import facts, standing
from grcm_cli.wording.days import long_span


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
    duties: Sequence[Duty]
    links: Sequence[tuple[str, str, str | None]]
    """How, to what, and where that is."""
    documents: Sequence[str]
    note: str


def values(book: Book, meeting: Meeting) -> Mapping[str, object]:
    """Return what a meeting's page shows."""
    tasks = book.of_meeting.get(meeting.id, ())
    seen: set[str] = set()
    adopted = []
    for conclusion in meeting.conclusions or ():
        anchor = "" if conclusion.number in seen else conclusion.number
        seen.add(conclusion.number)
        adopted.append(_adopted(book, meeting, conclusion, anchor))
    return {
        "meeting": meeting,
        "title": words.title_of(meeting, book.language),
        "title_language": book.other_language(meeting.title, meeting),
        "days": days(meeting, book.language),
        "body": _named(book, [meeting.body]) if meeting.body else (),
        "country": _named(book, [meeting.country]) if meeting.country else (),
        "participants": _named(book, meeting.participants),
        "observers": _named(book, meeting.observers),
        "adopted": adopted,
        "grid": grid(book, tasks) if tasks else None,
        "around": _around(book, meeting),
    }


def days(meeting: Meeting, language: str) -> str:
    """Return a meeting's days in words; nothing where the file has none."""
    if meeting.start is None or meeting.last_day is None:
        return ""
    return long_span(meeting.start, meeting.last_day, language)


def _named(book: Book, codes: Sequence[object]) -> Sequence[Who]:
    return [named(book, getattr(word, "text", "")) for word in codes]


def _adopted(book: Book, meeting: Meeting, conclusion: Conclusion, anchor: str) -> Adopted:
    own = Reference(meeting.id, conclusion.number)
    return Adopted(
        number=conclusion.number,
        anchor=anchor,
        acts=", ".join(_(ACTS.get(act.text, act.text)) for act in conclusion.acts),
        text=collapse(conclusion.text.shown(book.language)),
        language=book.other_language(conclusion.text, meeting),
        duties=[_duty(book, meeting, conclusion, mandate) for mandate in conclusion.mandates],
        links=[_link(book, link, own) for link in book.links.of(meeting, conclusion)],
        documents=conclusion.documents,
        note=conclusion.note or "",
    )


def _duty(book: Book, meeting: Meeting, conclusion: Conclusion, mandate: Mandate) -> Duty:
    reference = book.register.address(meeting, conclusion, mandate)
    tasks = book.of_mandate.get(reference, ())
    if mandate.void is not None:
        said = [_("void, recorded in error: {reason}").format(reason=mandate.void)]
    elif not tasks:
        said = [_("not adopted yet on this day")]
    else:
        said = [*facts(tasks, mandate), *(words.waits(wait, tasks[0]) for wait in tasks[0].waits)]
    shades = {words.emphasis(task) or "open" for task in tasks}
    return Duty(
        name=conclusion.number + (f"#{mandate.ordinal}" if mandate.of_several else ""),
        action=collapse(mandate.action.shown(book.language)) if mandate.action else "",
        language=book.other_language(mandate.action, meeting),
        facts=said,
        standing=list(standing(tasks)) if tasks and mandate.void is None else [],
        shade=next((s for s in ("late", "unclear", "soon", "open") if s in shades), "closed"),
        note=mandate.note or "",
    )


def _link(book: Book, link: Link, own: Reference) -> tuple[str, str, str | None]:
    way = _(WAYS[way_of(link, own)])
    if link.source != own:
        return way, str(link.source), addresses.conclusion(link.source)
    return way, target(book.register, link), _place(book, link.whole)


def _place(book: Book, whole: Reference | None) -> str | None:
    """Return where a conclusion is; the meeting's page where its text is not in the record."""
    if whole is None or whole.meeting not in book.register.calendar.by_id:
        return None
    known = book.register.conclusion(whole) is not None
    return addresses.conclusion(whole) if known else addresses.meeting(whole.meeting)


def _around(book: Book, meeting: Meeting) -> Sequence[tuple[str, str]]:
    """Return the meetings of the same body before and after this one, where there are such."""
    before, after = book.neighbours.get(meeting.id, (None, None))
    named = ((_("before: {meeting}"), before), (_("after: {meeting}"), after))
    return [(said.format(meeting=name), addresses.meeting(name)) for said, name in named if name]
