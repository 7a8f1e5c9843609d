"""`ics`: iCalendar (RFC 5545), an all-day event a deadline, or things to do.

A calendar that knows an event by its UID moves it; SEQUENCE counts how often later meetings did,
and DTSTAMP is the day that the file answers for, so that the same data gives the same bytes.
LAST-MODIFIED is left out: the files do not tell when an officer corrected one, and an older day
would be a lie by which calendars skip what is new. NAME and REFRESH-INTERVAL are of RFC 7986, the
X- ones what Google, Outlook and Apple read instead.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Component, Todo, vText
from icalendar import Event as Entry

from grcm_cli.exporter import Event, Feed
from grcm_cli.text import clean, clean_lines

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
PRODUCT = "-//grcm//mandates and deadlines//EN"


def render(feed: Feed, *, alarms: Sequence[int] = (), as_todo: bool = False) -> bytes:
    """Return a calendar's bytes. `alarms` are days before each deadline."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _Text(clean(feed.name)))
    calendar.add("x-wr-calname", _Text(clean(feed.name)))
    calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    for event in feed.events:
        entry = _todo(event) if as_todo else _entry(event)
        entry.add("uid", clean(event.uid))
        entry.add("dtstamp", _midnight(feed.as_of))
        entry.add("sequence", event.moved)
        entry.add("summary", _Text(clean(event.summary)))
        entry.add("description", _Text(clean_lines(event.description)))
        entry.add("categories", [clean(category) for category in event.categories])
        # What is done needs none, and one for a day that has passed would ring at once.
        if event.day and event.day >= feed.as_of and not event.is_closed:
            for days in sorted(set(alarms), reverse=True):
                entry.add_component(_alarm(days, event, as_todo=as_todo))
        calendar.add_component(entry)
    data: bytes = calendar.to_ical()
    return data


class _Text(vText):
    r"""A text, escaped as RFC 5545, 3.3.11 says.

    The library makes a line end of a text's own `\N`, and leaves the properties as they are that it
    does not know, NAME among them.
    """

    def to_ical(self) -> bytes:
        return str(self).translate(_ESCAPED).encode()


def _entry(event: Event) -> Component:
    entry = Entry()
    if event.day is not None:
        entry.add("dtstart", event.day)
        if event.day < date.max:
            entry.add("dtend", event.day + timedelta(days=1))  # the first day after it
    entry.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy
    return entry


def _todo(event: Event) -> Component:
    todo = Todo()
    if event.day is not None:
        todo.add("due", event.day)
    todo.add("status", _status(event))
    if event.closed_on is not None:
        todo.add("completed", _midnight(event.closed_on))
        todo.add("percent-complete", 100)
    return todo


def _status(event: Event) -> str:
    if event.is_closed:
        return (
            "COMPLETED" if event.closed_on else "CANCELLED"
        )  # declined, or a later meeting ended it
    return "IN-PROCESS" if event.has_begun else "NEEDS-ACTION"


def _alarm(days: int, event: Event, *, as_todo: bool) -> Component:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(clean(event.summary)))
    # A thing to do has no start that an alarm could be counted from.
    parameters = {"related": "END"} if as_todo else {}
    alarm.add("trigger", -timedelta(days=days), parameters=parameters)
    return alarm


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
