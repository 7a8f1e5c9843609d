"""The forms of a deadline: each a class that knows all of itself.

A form is added as a class below, and in `FORMS`. Parser, JSON Schema, editor, lists, rules and
letters ask it; nothing outside of this file knows one form from another.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, ClassVar, NamedTuple

from grcm_cli.domain.due import DatedMeeting, Due, DueWording, MeetingCalendar, Series
from grcm_cli.domain.periods import Unit, later, parse_interval, parse_period
from grcm_cli.language.days import day_of_year, long_day, long_month, long_span
from grcm_cli.language.grammar import article, contracted, with_article
from grcm_cli.language.text import N_, _, counted, current_language

_TOO_LATE = N_("'{text}' ends after the year 9999")


class FixedDay(Due):
    """A day, or a period or interval, of which only the last day counts."""

    pattern = "{day}|{month}|{year}-Q{quarter}|{year}-H{half}|{year}|{day}/{day}"
    examples = (
        ("2003-01-15", N_("On that day; it is not overdue on the day itself.")),
        ("2003-01", N_("The last day of the month.")),
        ("2003-Q1", N_("The last day of the quarter.")),
        ("2003-H1", N_("The last day of the half-year.")),
        ("2003", N_("The last day of the year.")),
        ("2003-02-06/2003-02-07", N_("The last day of the interval.")),
    )
    offers = (
        *("{day}", "{year}-{month:02}", "{year}-Q{quarter}", "{year}-H{half}", "{year}"),
        *("{next_year}-Q1", "{next_year}-Q2", "{next_year}-Q3", "{next_year}-Q4"),
        *("{next_year}-H1", "{next_year}"),
    )
    rank = 4
    _PARTS = (
        ("Q1", N_("first quarter of {year}")),
        ("Q2", N_("second quarter of {year}")),
        ("Q3", N_("third quarter of {year}")),
        ("Q4", N_("fourth quarter of {year}")),
        ("H1", N_("first half of {year}")),
        ("H2", N_("second half of {year}")),
    )

    @classmethod
    def parse(cls, text: str, values: Mapping[str, Any]) -> "FixedDay | None":
        first, last = parse_period(text) or parse_interval(text)
        return cls(text, fixed_day=last) if first and last and first <= last else None

    def words(self, wording: DueWording) -> str:
        first, last = parse_interval(self.written)
        if first:
            return long_span(first, last or first, wording.language)
        year, _hyphen, part = self.written.partition("-")
        if part.isdecimal():
            return long_month(int(year), int(part), wording.language)
        return _(dict(self._PARTS)[part]).format(year=year) if part else self.written

    def short(self) -> str:
        return self.written if self.is_day else super().short()

    def last_day(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> date | None:
        return self.fixed_day


class _OfMeetings(Due):
    """What waits for meetings of a body, or for a meeting by its id."""

    in_words: ClassVar[tuple[str, ...]]
    """How it is said of a body, of a meeting that takes an article, and of one that takes none."""
    in_short: ClassVar[tuple[str, ...]]  # the same in a list: of a body, and of a meeting

    def words(self, wording: DueWording) -> str:
        if self.body is not None:
            return _(self.in_words[0]).format(span=_span(self), of_body=wording.of_body(self.body))
        _of_body, joined, apart = map(_, self.in_words)
        meeting = wording.meeting(self.meeting or "")
        of_title = article(meeting, "meeting", wording.language)
        phrase, named = (joined, with_article(meeting, of_title)) if of_title else (apart, meeting)
        return contracted(phrase.format(span=_span(self), meeting=named))

    def short(self) -> str:
        phrase = self.in_short[self.body is None]
        return _(phrase).format(span=_span(self), body=self.body, meeting=self.meeting)

    def resolved(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> Due:
        awaited = self.awaited(meeting, calendar)
        return self._replace(body=None, meeting=awaited.id) if awaited else self


class NextMeeting(_OfMeetings):
    """The first day of the first meeting of a body that starts after this meeting has ended."""

    pattern = "next {body}"
    examples = (("next GRCM", N_("The first day of the body's next meeting.")),)
    rank = 0
    in_words = (N_("next meeting {of_body}"),)
    in_short = (N_("next {body}"),)

    def resolved(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> Due:
        upcoming = self.awaited(meeting, calendar)
        return AtMeeting(self.written, meeting=upcoming.id) if upcoming else self


class AtMeeting(Due):
    """The first day of a meeting that is named by its id."""

    pattern = "{meeting}"
    examples = (("CRM-2003-05", N_("The first day of that meeting.")),)
    rank = 6

    def words(self, wording: DueWording) -> str:
        return wording.meeting(self.meeting or "")

    def short(self) -> str:
        return self.meeting or ""


class DuringMeeting(_OfMeetings):
    """The last day of a meeting: what is to be done at it is not late while it lasts."""

    pattern = "at (?:next {body}|{meeting})"
    examples = (
        ("at next GRCM", N_("On the last day of the body's next meeting: it is to be done there.")),
        ("at CRM-2003-05", N_("On the last day of that meeting: it is to be done there.")),
    )
    offers = ("at next {body}",)
    rank = 0
    in_words = (N_("at the next meeting {of_body}"), N_("at {meeting}"), N_("at: {meeting}"))
    in_short = (N_("at next {body}"), N_("at {meeting}"))

    def last_day(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> date | None:
        awaited = self.awaited(meeting, calendar)
        return awaited.last_day if awaited else None


class Before(_OfMeetings):
    """A duration back from the first day of a meeting: a next one, or one by its id."""

    pattern = "{amount} {unit} before (?:next {body}|{meeting})"
    examples = (
        (
            "30 days before next GRCM",
            N_("This long before the first day of the body's next meeting."),
        ),
        ("30 days before CRM-2003-05", N_("This long before the first day of that meeting.")),
    )
    offers = ("30 days before next {body}",)
    rank = 2
    relation = "before"
    out_of_years = N_("'{text}' is before the year 1")

    in_words = (
        N_("{span} before the next meeting {of_body}"),
        *(N_("{span} before {meeting}"), N_("{span} before: {meeting}")),
    )
    in_short = (N_("{span} before the next {body}"), N_("{span} before {meeting}"))

    def last_day(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> date | None:
        awaited = self.awaited(meeting, calendar)
        return later(awaited.start, -self.amount, self.unit) if awaited and awaited.start else None


class Within(Due):
    """A duration from this meeting's last day, from a day, or from another meeting's last day."""

    pattern = "within {amount} {unit}(?: of (?:{day}|{meeting}))?"
    examples = (
        (
            "within 60 days",
            N_("This many days, weeks, months or years after this meeting's last day."),
        ),
        (
            "within 60 days of 2003-01-15",
            N_("This long after that day, or after the last day of a meeting."),
        ),
    )
    offers = ("within 30 days", "within 60 days", "within 3 months", "within 1 year")
    rank = 1
    relation = "after"
    out_of_years = _TOO_LATE

    def words(self, wording: DueWording) -> str:
        span = _span(self)
        if self.day is None and self.meeting is None:
            return _("within {span} of the meeting").format(span=span)
        if self.day is not None:
            day = long_day(self.day, wording.language)
            return _("within {span} of {day}").format(span=span, day=day)
        start = wording.meeting(self.meeting or "")
        return _("within {span} of: {anchor}").format(span=span, anchor=start)

    def short(self) -> str:
        span = _span(self)
        anchor = self.day or self.meeting
        if anchor is None:
            return _("within {span}").format(span=span)
        return _("within {span} of {anchor}").format(span=span, anchor=anchor)

    def last_day(self, meeting: DatedMeeting, calendar: MeetingCalendar) -> date | None:
        awaited = meeting if self.meeting is None else self.awaited(meeting, calendar)
        start = self.day or (awaited.last_day if awaited else None)
        return later(start, self.amount, self.unit) if start else None


class EveryYear(Due):
    """A day of each year, here of 2000; the 29th of February is the 28th where there is none."""

    pattern = "every year on {day_of_year}"
    examples = (
        ("every year on 05-31", N_("It recurs every year on that day; `until:` may end it.")),
    )
    offers = ("every year on {day:%m-%d}",)
    recurs = True
    out_of_years = _TOO_LATE

    def words(self, wording: DueWording) -> str:
        day = day_of_year(self.day_of_year.month, self.day_of_year.day, wording.language)
        return _("every year on {day}").format(day=day)

    def recurrence(self, calendar: MeetingCalendar, start: date) -> Series:
        first = self._in_year(start.year)
        year = start.year if first is None or first > start else start.year + 1
        return Series(lambda number: self._in_year(year + number - 1))

    def _in_year(self, year: int) -> date | None:
        try:
            return self.day_of_year.replace(year)
        except ValueError:  # also of the 29th of February
            return date(year, self.day_of_year.month, 28) if year <= date.max.year else None


class EverySpan(Due):
    """A period that is counted again and again: from a day, else from this meeting's last day."""

    pattern = "every (?:{amount} )?{unit}(?: from {day})?"
    examples = (
        (
            "every 6 months",
            N_(
                "It recurs at this interval, counted from this meeting's last day; `until:` "
                "may end it."
            ),
        ),
        (
            "every 3 months from 2003-07-01",
            N_("It is due on that day and recurs at this interval; `until:` may end it."),
        ),
    )
    offers = ("every 3 months", "every 6 months", "every 1 year", "every 3 months from {day}")
    recurs = True
    out_of_years = _TOO_LATE
    _ONE: ClassVar[Mapping[Unit, str]] = {
        "days": N_("every day"),
        "weeks": N_("every week"),
        "months": N_("every month"),
        "years": N_("every year"),
    }

    def words(self, wording: DueWording) -> str:
        every = _(self._ONE[self.unit])
        if self.amount != 1:
            every = _("every {span}").format(span=_span(self))
        if self.day is None:
            return every
        message = _("{every}, from {day}")
        return message.format(every=every, day=long_day(self.day, wording.language))

    def short(self) -> str:
        every = self._replace(day=None).words(DueWording(current_language()))
        return _("{every} from {day}").format(every=every, day=self.day) if self.day else every

    def recurrence(self, calendar: MeetingCalendar, start: date) -> Series:
        anchor, before = (self.day, 1) if self.day else (start, 0)
        return Series(lambda number: later(anchor, (number - before) * self.amount, self.unit))


class EveryMeeting(_OfMeetings):
    """Each meeting of a body that starts after this one has ended."""

    pattern = "every {body}"
    examples = (
        (
            "every GRCM",
            N_("It recurs on the first day of each meeting of the body; `until:` may end it."),
        ),
    )
    recurs = True
    in_words = (N_("at every meeting {of_body}"),)
    in_short = (N_("every {body}"),)

    def recurrence(self, calendar: MeetingCalendar, start: date) -> Series:
        rows, by_id = calendar.of_body(self.body or "", start), calendar.by_id
        return Series(
            lambda number: rows[number - 1][0] if number <= len(rows) else None,
            rows,
            is_at_meetings=True,
            day_named=lambda name: by_id[name].start if name in by_id else None,
        )


class Ongoing(Due):
    """A standing duty: never overdue."""

    pattern = "ongoing"
    examples = (("ongoing", N_("A standing duty, which is never overdue.")),)
    rank = 3
    is_soft = True
    state_without_day = "standing"

    def words(self, wording: DueWording) -> str:
        return _("standing")


class Asap(Due):
    """As soon as possible: no day, but it ages."""

    pattern = "asap"
    examples = (("asap", N_("As soon as possible: it has no fixed date.")),)
    rank = 3
    is_soft = True
    state_without_day = "asap"

    def words(self, wording: DueWording) -> str:
        return _("as soon as possible")


class Unclear(Due):
    """A `due` in no form of the grammar; a finding tells why."""

    is_unclear = True

    def words(self, wording: DueWording) -> str:
        return self.written


FORMS: Sequence[type[Due]] = (
    *(FixedDay, NextMeeting, AtMeeting, DuringMeeting, Before, Within),
    *(EveryYear, EverySpan, EveryMeeting, Ongoing, Asap),
)
"""All forms, in the order in which they are listed. No text is in two of them."""


def _span(due: Due) -> str:
    phrases = {
        "days": counted("{count} day", "{count} days", due.amount),
        "weeks": counted("{count} week", "{count} weeks", due.amount),
        "months": counted("{count} month", "{count} months", due.amount),
        "years": counted("{count} year", "{count} years", due.amount),
    }
    return phrases[due.unit]


# The grammar of the forms above. No other text is ever read as a deadline.

MEETING_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
"""The names that Windows takes for devices: no file can be called so there."""
_LIKE_A_DATE = "[0-9][0-9QHWqhw/.-]*"
_FIELDS: Mapping[str, str] = {
    "day": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "month": "[0-9]{4}-(?:0[1-9]|1[0-2])",
    "year": "[0-9]{4}",
    "quarter": "[1-4]",
    "half": "[12]",
    "day_of_year": "[0-9]{2}-[0-9]{2}",
    "amount": "[1-9][0-9]{0,4}",
    "unit": "(?:day|week|month|year)s?",
    "body": "[A-Z][A-Z0-9-]{1,19}",
}
"""The fields of the forms; beside them there is `meeting`, an id that is in no other form."""
_VALUES: Mapping[str, Callable[[str], object]] = {
    "amount": int,
    "unit": lambda text: f"{text.removesuffix('s')}s",
    "day": date.fromisoformat,
    "day_of_year": lambda text: date.fromisoformat(f"2000-{text}"),  # a leap year
}
"""What fields say that are more than text; ValueError for a day that the calendar lacks."""


class Grammar(NamedTuple):
    """What is made of the table of forms."""

    pattern: re.Pattern[str]  # a named group for each form, and a group for each of its fields
    forms: Mapping[str, tuple[type[Due], Sequence[tuple[int, str]]]]
    """By the name of its group: the form, with the group and the name of each field."""
    no_id: re.Pattern[str]  # what reads as a day, or as a word with which a form begins


@cache
def grammar() -> Grammar:
    """Return the grammar of all forms."""
    no_id = f"{_LIKE_A_DATE}|(?i:{'|'.join(reserved_words())})"
    groups = {name: f"({field})" for name, field in _FIELDS.items()}
    groups["meeting"] = f"((?!(?:{no_id})$){MEETING_ID.pattern})"
    parts = [f"(?P<{form.__name__}>{form.pattern.format(**groups)})" for form in FORMS]
    pattern = re.compile("|".join(parts))
    forms = {}
    for form in FORMS:
        names = re.findall(r"{(\w+)}", form.pattern)
        forms[form.__name__] = form, list(enumerate(names, pattern.groupindex[form.__name__] + 1))
    return Grammar(pattern, forms, re.compile(no_id))


def parse_due(text: str) -> Due | None:
    """Return the parsed form of a `due`, else None."""
    pattern, forms, _no_id = grammar()
    match = pattern.fullmatch(text)
    if match is None or match.lastgroup is None:
        return None
    form, fields = forms[match.lastgroup]
    try:
        values = {name: _VALUES.get(name, str)(match[at]) for at, name in fields if match[at]}
        return form.parse(text, values)
    except ValueError:  # no day of the calendar
        return None


def schema_pattern(fields: Mapping[str, str]) -> str:
    """Return the pattern of all forms, with other patterns in the place of some fields."""
    return "|".join(form.pattern.format(**{**_FIELDS, **fields}) for form in FORMS)


def due_fields(text: str) -> list[tuple[str, int, int]]:
    """Return the name of each field of a text in a form, and the two ends of its part of it."""
    pattern, forms, _no_id = grammar()
    match = pattern.fullmatch(text)
    fields = forms[match.lastgroup][1] if match and match.lastgroup else ()
    return [(name, *match.span(group)) for group, name in fields if match and match[group]]


def due_examples() -> dict[str, str]:
    """Return the texts that findings and editors offer, each with its meaning in English."""
    return dict(example for form in FORMS for example in form.examples)


def due_offers() -> list[str]:
    """Return what an editor offers in a record, with `{body}` and other fields to be filled in."""
    by_rank = sorted(FORMS, key=lambda form: form.rank)
    return [offer for form in by_rank for offer in form.offers or (form.pattern,)]


def reserved_words() -> list[str]:
    """Return the words with which forms begin."""
    words = (re.match("[a-z]+", form.pattern) for form in FORMS)
    return list(dict.fromkeys(match[0] for match in words if match))


def reads_as_due(text: str) -> bool:
    """Tell whether a meeting's id would read as another form of `due`, which no id may."""
    return bool(grammar().no_id.fullmatch(text))


def fault_of_id(text: str) -> str:
    """Return why no meeting can have an id of the right form, or an empty text."""
    if reads_as_due(text):
        return _("the id '{text}' reads as a date").format(text=text)
    if DEVICE.fullmatch(text):
        message = _("Windows takes '{text}' for a device: no file can have that name")
        return message.format(text=text)
    return ""
