"""Deadlines in words, for readers who never see a file: `next GRCM` is `next meeting of GRCM`."""

import re
from collections.abc import Callable
from typing import assert_never

from grcm_cli.domain import model
from grcm_cli.domain.deadlines import parse_day, parse_period
from grcm_cli.language.articles import meeting_article, with_article
from grcm_cli.language.days import day_of_year, long_day, long_span, month_name
from grcm_cli.language.text import N_, _, current_language, ngettext

NameMeeting = Callable[[str], str]
NameBody = Callable[[str], str]

_PART = re.compile(r"([0-9]{4})-([QH])([1-4])")
_QUARTERS = (
    N_("first quarter of {year}"),
    N_("second quarter of {year}"),
    N_("third quarter of {year}"),
    N_("fourth quarter of {year}"),
)
_EVERY_ONE: dict[model.Unit, str] = {
    "days": N_("every day"),
    "weeks": N_("every week"),
    "months": N_("every month"),
    "years": N_("every year"),
}
_HALVES = (N_("first half of {year}"), N_("second half of {year}"))


def _meeting_id(meeting: str) -> str:
    return _("meeting {meeting}").format(meeting=meeting)


def _of_code(body: str) -> str:
    return _("of {body}").format(body=body)


def due_in_words(
    due: model.Due,
    language: str,
    name: NameMeeting = _meeting_id,
    of_body: NameBody = _of_code,
) -> str:
    """Return a `due` in words.

    `name` turns a meeting's id into its name, `of_body` the code of a body into `of the GRCM`.
    """
    match due:
        case model.FixedDay(written=written):
            return _period(written, language)
        case model.Within():
            return _within(due, language, name)
        case model.Before():
            return _before(due, language, name, of_body)
        case model.Ongoing() | model.Asap():
            return _("standing") if isinstance(due, model.Ongoing) else _("as soon as possible")
        case model.Unclear(written=written):
            return written
        case model.NextMeeting(body=body):
            return _("next meeting {of_body}").format(of_body=of_body(body))
        case model.AtMeeting(meeting=meeting):
            return name(meeting)
        case model.EveryYear() | model.EverySpan() | model.EveryMeeting():
            return _recurring(due, language, of_body)
        case _:
            assert_never(due)


def short_due(due: model.Due) -> str:
    """Return a `due` in the few words of a list: `next GRCM`, `within 60 days`."""
    match due:
        case model.FixedDay(written, day) if written == day.isoformat():
            return written
        case model.NextMeeting(body=body):
            return _("next {body}").format(body=body)
        case model.AtMeeting(meeting=meeting):
            return meeting
        case model.EveryMeeting(body=body):
            return _("every {body}").format(body=body)
        case model.Before() | model.Within():
            return _short_counted(due)
        case _:
            return due_in_words(due, current_language())


def _short_counted(due: model.Before | model.Within) -> str:
    """Return a time that is counted from a day or a meeting, in a few words."""
    span = _span(due.amount, due.unit)
    if isinstance(due, model.Within):
        if due.anchor is None:
            return _("within {span}").format(span=span)
        return _("within {span} of {anchor}").format(span=span, anchor=due.anchor)
    if isinstance(due.meeting, model.NextMeeting):
        return _("{span} before next {body}").format(span=span, body=due.meeting.body)
    return _("{span} before {meeting}").format(span=span, meeting=due.meeting.meeting)


def _within(due: model.Within, language: str, name: NameMeeting) -> str:
    span, anchor = _span(due.amount, due.unit), due.anchor
    if anchor is None:
        return _("within {span} of the meeting").format(span=span)
    start = name(anchor) if isinstance(anchor, str) else long_day(anchor, language)
    return _("within {span} of: {anchor}").format(span=span, anchor=start)


def _before(due: model.Before, language: str, name: NameMeeting, of_body: NameBody) -> str:
    span = _span(due.amount, due.unit)
    if isinstance(due.meeting, model.NextMeeting):
        message = _("{span} before the next meeting {of_body}")
        return message.format(span=span, of_body=of_body(due.meeting.body))
    meeting = name(due.meeting.meeting)
    article = meeting_article(meeting, language)
    if article:
        named = with_article(meeting, article)
        return _("{span} before {meeting}").format(span=span, meeting=named)
    return _("{span} before: {meeting}").format(span=span, meeting=meeting)


def _recurring(due: model.Recurring, language: str, of_body: NameBody) -> str:
    match due:
        case model.EveryYear(month=month, day=day):
            return _("every year on {day}").format(day=day_of_year(month, day, language))
        case model.EverySpan(amount=1, unit=unit):
            return _(_EVERY_ONE[unit])
        case model.EverySpan(amount=amount, unit=unit):
            return _("every {span}").format(span=_span(amount, unit))
        case model.EveryMeeting(body=body):
            return _("at every meeting {of_body}").format(of_body=of_body(body))
        case _:
            assert_never(due)


def _period(written: str, language: str) -> str:
    first, _slash, last = written.partition("/")
    start, end = parse_day(first), parse_day(last or first)
    if start and end:
        return long_span(start, end, language)
    part = _PART.fullmatch(written)
    if part:
        names = _QUARTERS if part[2] == "Q" else _HALVES
        return _(names[int(part[3]) - 1]).format(year=part[1])
    period = parse_period(written)
    if period and len(written) == len("2003-01"):
        message = _("{month} {year}")
        return message.format(month=month_name(period[0].month, language), year=period[0].year)
    return written


def _span(amount: int, unit: model.Unit) -> str:
    phrases = {
        "days": ngettext("{count} day", "{count} days", amount),
        "weeks": ngettext("{count} week", "{count} weeks", amount),
        "months": ngettext("{count} month", "{count} months", amount),
        "years": ngettext("{count} year", "{count} years", amount),
    }
    return phrases[unit].format(count=amount)
