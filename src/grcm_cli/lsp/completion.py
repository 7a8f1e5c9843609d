"""What an editor offers at the cursor: keys, codes, references, words, forms of a deadline."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from lsprotocol.types import CompletionItem, CompletionItemKind, CompletionList, TextEdit

from grcm_cli.domain.due_forms import due_examples, due_offers, parse_due
from grcm_cli.domain.model import Meeting, Together
from grcm_cli.domain.parties import KINDS_OF_KEY, names_of
from grcm_cli.domain.register import Register
from grcm_cli.language.text import LANGUAGES, _, clean, current_language, fold, on_one_line
from grcm_cli.lsp.cursor import Cursor, cursor_at, kind_of_file
from grcm_cli.lsp.record import OpenRecord
from grcm_cli.lsp.targets import day_words, word_about
from grcm_cli.reader.fields import GROUPS
from grcm_cli.views.labels import form_in_words
from grcm_cli.views.meetings import meeting_days
from grcm_cli.views.party import KINDS

MOST = 100  # what is offered at once; an editor asks again while somebody types
_WIDEST = 100  # characters of a text that are shown
_Kind = CompletionItemKind
_Offers = Iterator[CompletionItem]


def completion(record: OpenRecord, name: str, index: int) -> CompletionList | None:
    """Return what may stand at an index of a file; None where nothing is to be offered."""
    document = record.document(name)
    cursor = cursor_at(document, index, kind_of_file(name))
    if cursor is None:
        return None
    typed = document.text[cursor.start : index]
    offers = list(islice(_offers(record, name, cursor, typed), MOST + 1))
    at = document.range_of(cursor.start, max(cursor.end, index))
    for number, offer in enumerate(offers):
        offer.sort_text = f"{number:04}"  # they stay in the order in which they come
        text = f"{offer.label}: " if offer.kind is _Kind.Property else offer.label
        offer.text_edit = TextEdit(at, text)
    return CompletionList(is_incomplete=len(offers) > MOST, items=offers[:MOST])


def _offer(kind: CompletionItemKind, text: str, about: str = "", names: str = "") -> CompletionItem:
    """Return what to write, and what is shown of it; typed words are compared with the names."""
    names = clean(names) or text
    return CompletionItem(text, kind=kind, detail=clean(about) or None, filter_text=names)


def _offers(record: OpenRecord, name: str, cursor: Cursor, typed: str) -> _Offers:
    register, meeting, table = record.register, record.meeting_of(name), cursor.table
    match cursor.kind if cursor.key is not None else "key":
        case "key":
            keys = dict.fromkeys(LANGUAGES if cursor.takes_text_by_language else (), "")
            keys |= {key: _(field.about) for key, field in table.items()}
            missing = (key for key in keys if key not in cursor.present or key == cursor.word)
            yield from (_offer(_Kind.Property, key, keys[key]) for key in missing)
        case "word" | "words" | "flag":
            choices = table[cursor.key or ""].choices
            yield from (_offer(_Kind.Keyword, word, word_about(cursor, word)) for word in choices)
        case "language" | "languages":
            yield from (_offer(_Kind.Keyword, code) for code in LANGUAGES)
        case "day" if cursor.file == "progress":
            yield _offer(_Kind.Keyword, record.as_of.isoformat(), _("today"))
        case "code" | "codes" | "responsible" | "group" | "members" if register is not None:
            line = record.document(name).line_of(cursor.start)
            yield from _codes(cursor, register, meeting, line)
        case "reference" | "references" if register is not None:
            yield from _references(register, typed, meeting)
        case "due" if register is not None:
            yield from _deadlines(register, typed, meeting, record.as_of)
        case "occurrence" if register is not None:
            yield from _meetings(register, typed)


def _codes(cursor: Cursor, register: Register, meeting: Meeting | None, line: int) -> _Offers:
    if cursor.is_theme:
        for theme in register.process.themes:
            shown = theme.name.shown(current_language())
            yield _offer(_Kind.Enum, theme.code, shown, " ".join(names_of(theme)))
        return
    if cursor.kind in ("responsible", "group") and not cursor.in_list:
        form = "{group}" if cursor.kind == "group" else "{{each: {group}}}"
        for group, about in GROUPS.items():
            yield _offer(_Kind.Keyword, form.format(group=group), _(about), group)
    if cursor.kind == "members" and not cursor.in_list:
        yield _offer(_Kind.Keyword, "{all: members}", _("All that have ever been members."))
    kinds = KINDS_OF_KEY.get(cursor.key or "", KINDS)
    parties = [party for party in register.parties if party.kind in kinds]
    if cursor.key == "lead":
        # Those that owe the mandate of the line together may lead it.
        of_meeting = [row.mandate for row in register.all_mandates if row.meeting is meeting]
        above = [mandate for mandate in of_meeting if mandate.at.line <= line]
        together = [mandate for mandate in above if isinstance(mandate.responsible, Together)]
        groups = register.expand_responsible(together[-1], meeting) if meeting and together else ()
        parties = [party for party in parties if party.code in chain(*groups)]
    # A body owes more seldom than a country.
    for party in sorted(parties, key=lambda party: party.kind == "body"):
        names = " ".join(dict.fromkeys(names_of(party)))
        name, kind = party.name.shown(current_language()), _(KINDS[party.kind])
        yield _offer(_Kind.Enum, party.code, f"{name} · {kind}", names)


def _references(register: Register, typed: str, inside: Meeting | None) -> _Offers:
    """Yield the conclusions of the meeting that is typed, or else meetings, the latest first."""
    meeting_id, slash, _number = typed.partition("/")
    meeting = register.calendar.by_id.get(meeting_id)
    if slash and meeting is not None:
        yield from _conclusions(meeting, f"{meeting.id}/", typed)
        return
    if inside is not None:
        yield from _conclusions(inside, "", typed)
    yield from _meetings(register, typed)


def _conclusions(meeting: Meeting, prefix: str, typed: str) -> _Offers:
    language = current_language()
    for conclusion in meeting.conclusions or ():
        address = f"{prefix}{conclusion.number}"
        if not address.startswith(typed.partition("#")[0]):
            continue
        if len(conclusion.mandates) < 2 or "#" not in typed:
            yield _offer(_Kind.Reference, address, _short(conclusion.text.shown(language)))
        if len(conclusion.mandates) > 1:
            for mandate in conclusion.mandates:
                text = (mandate.action or conclusion.text).shown(language)
                yield _offer(_Kind.Reference, f"{address}#{mandate.ordinal}", _short(text))


def _meetings(register: Register, typed: str) -> _Offers:
    language, begun = current_language(), fold(typed)
    latest = sorted(register.meetings, key=lambda meeting: meeting.start or date.min, reverse=True)
    for meeting in latest:
        if fold(meeting.id).startswith(begun):
            title = meeting.title.shown(language) if meeting.title else ""
            facts = " · ".join(filter(None, (meeting_days(meeting, language), title)))
            yield _offer(_Kind.File, meeting.id, _short(facts))


def _short(text: str) -> str:
    text = clean(on_one_line(text))
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _deadlines(register: Register, typed: str, meeting: Meeting | None, as_of: date) -> _Offers:
    """Yield what is typed where it is a deadline, and each form, with the day that it gives."""
    if meeting is None:
        yield from (_offer(_Kind.Event, text, _(about)) for text, about in due_examples().items())
        return
    for form in dict.fromkeys((typed.strip(), *_forms(register, meeting))):
        due = parse_due(form) if form else None
        if due is not None:
            words = form_in_words(due, register.directory, current_language())
            day = day_words(due, meeting, register, as_of)
            yield _offer(_Kind.Event, form, " · ".join(dict.fromkeys([words, day])))


def _forms(register: Register, meeting: Meeting) -> Iterator[str]:
    """Yield deadlines in each form, with the bodies of the record and the years of the meeting."""
    day = meeting.last_day
    bodies = [party.code for party in register.parties if party.kind == "body"]
    bodies.sort(key=lambda code: code != meeting.body_code)
    meetings = sorted((meeting.start or date.min, meeting.id) for meeting in register.meetings)
    ids = [identity for start, identity in meetings if start > (day or date.min)][:20]
    of_day: dict[str, object] = {}
    if day is not None:
        quarter, half = (day.month + 2) // 3, 1 if day.month <= 6 else 2
        of_day = {"day": day, "year": day.year, "month": day.month, "quarter": quarter}
        of_day |= {"half": half, "next_year": min(day.year + 1, date.max.year)}
    for offer in due_offers():
        if "{body}" in offer:
            yield from (offer.format(body=body) for body in bodies)
        elif "{meeting}" in offer:
            yield from (offer.format(meeting=identity) for identity in ids)
        elif of_day or "{" not in offer:
            yield offer.format(**of_day)
