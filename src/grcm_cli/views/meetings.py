"""The list of meetings, and a meeting's days and content in words."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated

from grcm_cli.domain.due import Due, DueWording
from grcm_cli.domain.model import Meeting, MeetingKind, texts
from grcm_cli.domain.parties import Directory, names_of
from grcm_cli.domain.register import Calendar, Register
from grcm_cli.domain.task import Task
from grcm_cli.formats.listing import Column, Listing, TableColumn, table_of
from grcm_cli.formats.record import OF_LIBRARY, Key
from grcm_cli.language import grammar
from grcm_cli.language.days import long_span
from grcm_cli.language.text import _, collapse, counted, fold, labelled
from grcm_cli.views.conclusion_records import ConclusionRecord
from grcm_cli.views.labels import due_words, marked, of_name

PLAIN = ("id", "body", "start", "end", "conclusion_count", "mandate_count", "place")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VOWELS = frozenset("aeiouy")


def listing(meetings: Sequence[Meeting], as_of: date, language: str, title: str) -> Listing:
    """Return meetings as a list, in the order in which they come."""
    records = [meeting_record(meeting, language) for meeting in meetings]

    def content(record: MeetingRecord) -> str:
        count = record.mandate_count
        if count is None:
            return without_text(record, as_of)
        mandates = counted("{count} mandate", "{count} mandates", count)
        return f"{record.conclusion_count} ({mandates})"

    def days(record: MeetingRecord) -> str:
        written = (str(day) for day in (record.start, record.end) if day)
        return " – ".join(dict.fromkeys(written)) or "?"

    def where(record: MeetingRecord) -> str:
        way = "" if record.kind == "meeting" else _("by correspondence")
        return ", ".join(filter(None, (record.place, record.country, way)))

    columns: list[TableColumn[MeetingRecord]] = [
        (Column(_("Meeting")), lambda record: record.id),
        (Column(_("Days")), days),
        (Column(_("Conclusions")), content),
        (Column.text(_("Where"), 24), where),
        (Column.text(_("Title")), lambda row: marked(row.title or "", secret=row.confidential)),
    ]
    table = partial(table_of, title, columns, records)
    return Listing("meetings", as_of, lambda: MeetingRecord, records, PLAIN, table)


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One session of a body."""

    id: Annotated[str, "Its id, and the name of its file: `GRCM-2002-10`."]
    body: Annotated[str | None, "The code of the body."]
    kind: Annotated[MeetingKind, "Whether it met, or decided by correspondence."]
    start: Annotated[date | None, "The meeting's first day."]
    end: Annotated[date | None, "Its last day, on which its conclusions take effect."]
    place: Annotated[str | None, "Where it met."]
    country: Annotated[str | None, "A code."]
    title: Annotated[str | None, "Its title."]
    language: Annotated[str | None, "The language of the adopted texts."]
    participants: Annotated[tuple[str, ...], "Codes."]
    observers: Annotated[tuple[str, ...], "Codes."]
    source: Annotated[str | None, "The document from which it was recorded."]
    conclusion_count: Annotated[int | None, "The number; none if not recorded.", Key("conclusions")]
    mandate_count: Annotated[int | None, "The number; none if not recorded.", Key("mandates")]
    confidential: Annotated[bool, "It is not published; included only with `--internal`."]
    conclusions: Annotated[tuple[ConclusionRecord, ...], "As the file has them.", OF_LIBRARY]

    @property
    def is_recorded(self) -> bool:
        """Tell whether the record has its text."""
        return self.conclusion_count is not None


def meeting_record(
    meeting: Meeting, language: str, conclusions: tuple[ConclusionRecord, ...] = ()
) -> MeetingRecord:
    """Return the record of a meeting; `language` is that of the title."""
    adopted = meeting.conclusions  # None for a meeting that is planned, or known by its dates
    return MeetingRecord(
        id=meeting.id,
        body=meeting.body.text if meeting.body else None,
        kind=meeting.kind,
        start=meeting.start,
        end=meeting.last_day,
        place=meeting.place,
        country=meeting.country.text if meeting.country else None,
        title=meeting.title.shown(language) if meeting.title else None,
        language=meeting.language,
        participants=texts(meeting.participants),
        observers=texts(meeting.observers),
        source=meeting.source,
        conclusion_count=None if adopted is None else len(adopted),
        mandate_count=None if adopted is None else sum(len(each.mandates) for each in adopted),
        confidential=meeting.confidential,
        conclusions=conclusions,
    )


def without_text(meeting: Meeting | MeetingRecord, as_of: date) -> str:
    """Return the words for a meeting without conclusions in the record: planned, or no text."""
    planned = meeting.start is not None and meeting.start > as_of
    return _("planned") if planned else _("no text in the record")


def meeting_days(meeting: Meeting, language: str) -> str:
    """Return a meeting's days in words, or those of a correspondence; empty without any."""
    if meeting.start is None or meeting.last_day is None:
        return ""
    days = long_span(meeting.start, meeting.last_day, language)
    return days if meeting.is_session else _("{days}, by correspondence").format(days=days)


def meeting_title(meeting: Meeting, directory: Directory, language: str) -> str:
    """Return a meeting's title as a sentence takes it, else whose meeting it is, else its id."""
    if meeting.title is not None:
        codes = (name for party in directory.by_code.values() for name in names_of(party))
        return without_capitals(collapse(meeting.title.shown(language)), codes)
    if meeting.body is None or meeting.body.text not in directory.by_code or meeting.start is None:
        return meeting.id
    name = _("Meeting {of_body}") if meeting.is_session else _("Decision {of_body}")
    return grammar.said_once(name.format(of_body=of_name(directory, meeting.body.text, language)))


def without_capitals(title: str, names: Iterable[str] = ()) -> str:
    """Return a title in small letters, each word with a capital, if it is all in capitals.

    Roman numerals, acronyms, those of `names` that are in capitals, and a single word stay.
    """
    words = _WORD.findall(title)
    if len(words) < 2 or title != title.upper():
        return title
    codes = {name for name in names if name.isupper()}
    is_first = True

    def small(word: re.Match[str]) -> str:
        nonlocal is_first
        text = word[0]
        before, after = title[: word.start()][-1:], title[word.end() :][:1]
        is_joined = before.isdigit() or after.isdigit() or "-" in (before, after)
        is_acronym = (before, after) == ("(", ")") or _VOWELS.isdisjoint(fold(text))
        if _ROMAN.fullmatch(text) or text in codes or is_joined or is_acronym:
            return text
        starts, is_first = is_first, False
        lower = text.lower()
        is_small = lower in grammar.small_words() and not starts
        return lower if is_small else lower[:1].upper() + lower[1:]

    return _WORD.sub(small, title)


def due_at_meeting(task: Task, calendar: Calendar) -> Due | None:
    """Return the `due` of a task; for the next meeting that meeting itself, if a file has it."""
    set_by = task.moves[-1].meeting if task.moves else task.meeting
    return task.term.due.resolved(set_by, calendar) if task.term.due else None


def due_wording(register: Register, language: str) -> DueWording:
    """Return how deadlines are written with the names of bodies and meetings."""

    def name(code: str) -> str:
        meeting = register.calendar.by_id.get(code)
        if meeting is None:
            return code
        title = meeting_title(meeting, register.directory, language)
        days = "" if title == code else meeting_days(meeting, language)
        # Several meetings may have one title.
        if meeting.title and [each.title for each in register.meetings].count(meeting.title) == 1:
            return title
        if not meeting.title and days:  # it is no name
            title = title[:1].lower() + title[1:]
        return ", ".join(filter(None, (title, days)))

    return DueWording(language, name, partial(of_name, register.directory, language=language))


def written_due(task: Task, register: Register, language: str) -> str:
    """Return the `due` of a task in words as it was set, and the meeting that it has become."""
    due = task.term.due
    if due is None or due.is_day:
        return due_words(task)
    words = grammar.said_once(due.words(due_wording(register, language)))
    final = due_at_meeting(task, register.calendar)
    meeting = register.calendar.by_id.get(final.meeting or "") if final and final != due else None
    if meeting is None:
        return words
    if meeting.title is None:  # its name would say the same again
        return f"{words}, {meeting_days(meeting, language)}"
    return labelled(words, meeting_title(meeting, register.directory, language))


def deadline_in_words(
    task: Task, register: Register, language: str, day_text: Callable[[date], str]
) -> str:
    """Return a task's deadline, and in brackets the `due` in words where that is no day."""
    due = task.term.due
    is_told = due is None or due.is_soft or due.is_day
    words = "" if is_told else written_due(task, register, language)
    if task.deadline is None:
        return f"? {words}".rstrip() if task.state == "?" else words
    day = day_text(task.deadline)
    return day if words in day else f"{day} ({words})"  # `2003` is in `31 December 2003`
